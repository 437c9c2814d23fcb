"""What a digest holds: the templates show it, the JSON is it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pipeline.digest.period import Period
from pipeline.store import digest as rows
from pipeline.store import digest_press as press


@dataclass(frozen=True, slots=True)
class Evidence:
    """The sentence behind a line, and where it stands."""

    sentence: str
    article: str
    outlet: str
    day: str
    headline: str
    url: str
    on_word_of: str | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """An act as the reports up to a day tell it."""

    id: str
    actor: str
    type: str
    target: str
    jurisdiction: str | None
    status: str
    announced_on: str | None
    effective_on: str | None
    deadline_on: str | None
    expires_on: str | None
    story: str | None
    topics: tuple[str, ...]
    entities: tuple[str, ...]
    targets: tuple[str, ...]  # entities acted on, the actors left out
    reports: tuple[rows.Report, ...]


@dataclass(frozen=True, slots=True)
class Factor:
    """One reason for an act's rank: what was found, and the points it gives."""

    name: str
    points: float
    why: str


@dataclass(frozen=True, slots=True)
class Change:
    """What became of an act within the period. ``kind``: moved, dated, status, or the step another act made it take."""

    kind: str
    text: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Entry:
    """One act in the digest: its sentence, the words after it, what changed, and why it ranks where it does."""

    id: str
    statement: str
    state: str
    status: str
    type: str
    jurisdiction: str | None
    topics: tuple[str, ...]
    announced_on: str | None
    effective_on: str | None
    deadline_on: str | None
    expires_on: str | None
    story: str | None
    outlets: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    changes: tuple[Change, ...]
    factors: tuple[Factor, ...]
    score: float
    new: bool

    @property
    def why(self) -> str:
        """The reasons that weigh most, in words; how sure the reading is comes into play but is no reason."""
        reasons = sorted((f for f in self.factors if f.name != "confidence"), key=lambda f: -f.points)
        return "; ".join(dict.fromkeys(f.why for f in reasons[:4]))


@dataclass(frozen=True, slots=True)
class Group:
    """Acts of one story: the one that ranks highest, and the others."""

    head: Entry
    also: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """New acts of one jurisdiction."""

    jurisdiction: str
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Coming:
    """A day (or month) ahead: what is due, what begins or ends; ``also``: other acts of the story with this date."""

    day: str
    kind: Literal["deadline", "effective", "expiry"]
    entry: Entry
    also: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Dated:
    """A day ahead that reports of a story give, though of no act that was read from them."""

    day: str
    kind: Literal["deadline", "effective"]
    story: str
    title: str
    evidence: tuple[Evidence, ...]

    @property
    def key(self) -> str:
        """What it is remembered by."""
        return f"dated {self.kind} {self.story} {self.day}"


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of the period, its most exact value, with who says so; the link is the period's earliest report.

    ``outlets``: all that gave it by then; ``against``: other values told for the same thing, and by whom.
    """

    id: str
    value: float
    unit: str
    of_what: str
    said_by: str
    article: str
    day: str
    url: str
    outlet: str
    outlets: tuple[str, ...]
    against: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What it is remembered by: an id may change as further reports come."""
        return f"figure {self.value:g} {self.unit}"


@dataclass(frozen=True, slots=True)
class Outlet:
    """How one outlet tells a story: its first article of the period, and what it alone says."""

    name: str
    article: str
    day: str
    headline: str
    url: str
    articles: int
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tale:
    """A story and its tellings, the outlet that was first on top."""

    story: str
    title: str
    outlets: tuple[Outlet, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """Counts a week, a series a name; ``weeks`` are Mondays."""

    title: str
    weeks: tuple[str, ...]
    series: tuple[tuple[str, tuple[int, ...]], ...]


@dataclass(frozen=True, slots=True)
class Numbers:
    """What the digest rests on. ``background``: acts first told now that lie long back, ``before``: told by an
    earlier digest and left out here."""

    sources: tuple[press.Count, ...]
    acts: int
    background: int
    before: int


@dataclass(frozen=True, slots=True)
class Digest:
    """Everything the writers show, in the order of the sections; they leave empty ones out."""

    period: Period
    watchlist: str
    base_url: str
    in_short: tuple[Entry, ...]
    new: tuple[Place, ...]
    changed: tuple[Entry, ...]
    coming: tuple[Coming, ...]
    dated: tuple[Dated, ...]
    figures: tuple[Figure, ...]
    said: tuple[press.Said, ...]
    tales: tuple[Tale, ...]
    newcomers: tuple[press.Newcomer, ...]
    charts: tuple[Chart, ...]
    numbers: Numbers
    calendar: tuple[Coming, ...]  # every coming date, also those told before: a calendar is updated, not repeated

    @property
    def empty(self) -> bool:
        """Whether there is nothing to tell."""
        told = (self.in_short, self.coming, self.dated, self.figures, self.said, self.tales, self.newcomers)
        return not any(told)
