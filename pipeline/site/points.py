"""Who said what of an act: what one outlet alone says, leaves out, or says otherwise than the others."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from pipeline.site import words
from pipeline.site.ask import Query

DATES = ("announced", "effective", "deadline", "expiry")


@dataclass(frozen=True, slots=True)
class Point:
    """One point of an outlet. ``how``: adds, leaves_out or otherwise; ``told_by``: names of outlets, with commas."""

    act: str
    actor: str
    type: str
    target: str
    instrument: str | None
    source: str
    outlet: str
    how: str
    kind: str
    words: str
    others: str | None
    told_by: str
    article: str | None
    start: int | None
    figure: str | None

    @property
    def said(self) -> str:
        return self._told(self.words)

    @property
    def instead(self) -> str:
        """What the others say."""
        return self._told(self.others or "")

    def _told(self, value: str) -> str:
        return "; ".join(words.day(v) for v in value.split("; ")) if self.kind in DATES else value


_FIRST = "case p.how when 'otherwise' then 0 when 'leaves_out' then 1 else 2 end, p.kind = 'quote', p.id"
_SELECT = """select x.id as act, x.actor, x.type, x.target, x.instrument, p.source, s.name as outlet, p.how, p.kind,
  p.words, p.others, p.told_by, p.article, p.start, p.figure"""
OF_ACT = Query(
    f"""{_SELECT} from act_points p join actions x on x.id = p.action join sources s on s.id = p.source
    where p.action = :id order by p.source, {_FIRST} limit 200""",
    Point,
)
OF_STORY = Query(
    f"""{_SELECT} from actions x join act_points p on p.action = x.id join sources s on s.id = p.source
    where x.story = :id and x.withdrawn = 0 and (p.kind <> 'quote' or p.how = 'leaves_out')
    order by x.sources desc, x.id, {_FIRST} limit 80""",
    Point,
)


def by_outlet(points: Iterable[Point]) -> dict[str, tuple[Point, ...]]:
    """The points under the id of their outlet."""
    return {source: tuple(told) for source, told in groupby(points, lambda p: p.source)}


def by_act(points: Iterable[Point]) -> tuple[tuple[Point, ...], ...]:
    """The points of one act stand together."""
    return tuple(tuple(told) for _, told in groupby(points, lambda p: p.act))
