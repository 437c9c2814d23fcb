"""How well a report agrees with an act: actor, type, target, instrument, dates and story, each scored.

The weights were set on the pairs of benchmarks/ledger.py; THRESHOLD is where precision and recall there are best.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import TypeVar

from pipeline import vocabulary
from pipeline.ledger.actors import STATE_FOR_BODY, Actor, actor_of, compatible
from pipeline.ledger.effect import effects
from pipeline.ledger.families import family
from pipeline.ledger.words import Target, likeness, state_of, target
from pipeline.records import ActionMention, ActionReport

Kept = TypeVar("Kept", Actor, Target)
THRESHOLD = 0.48
MAX_TARGETS = 12  # wordings kept of one act's target
NEAR_DAYS = 4  # announcements that reports date this close are one: time zones, decision and publication
SAME_DAY = 0.3  # both reports give one day
STORY, STORY_AND_TYPE = 0.2, 0.05  # one story; and the very actor and type, with no date against it
MOVED = -0.1  # the most that another effective date takes off: starts are moved, and reports disagree
TOLD_TWICE = 0.3  # one article rarely tells one act twice: its mentions were merged when it was read
UNLIKE = 0.2  # likeness of targets below which dates and story alone do not join two reports


@dataclass(frozen=True, slots=True)
class Filed:
    """A report with what the ledger knows of its article: the story, the article it reprints, the agency credited."""

    report: ActionReport
    story: str | None = None
    reprint_of: str | None = None
    agency: str | None = None

    @property
    def told(self) -> str:
        """When it was told, in the order in which articles are read."""
        return f"{self.report.reported_at} {self.report.article}"


@dataclass(frozen=True, slots=True)
class Features:
    """What a report is matched by."""

    actor: Actor
    type: str
    family: int
    target: Target
    instrument: Target | None
    entities: frozenset[str]
    announced: str | None
    effective: str | None
    story: str | None
    article: str


@dataclass(slots=True, eq=False)
class Open:
    """An act being gathered: its reports in order, and all that a further report may agree with."""

    id: str
    root: str
    family: int
    reports: list[Filed] = field(default_factory=list)
    actors: list[Actor] = field(default_factory=list)
    types: set[str] = field(default_factory=set)
    targets: list[Target] = field(default_factory=list)
    instruments: list[Target] = field(default_factory=list)
    entities: set[str] = field(default_factory=set)
    stories: set[str] = field(default_factory=set)
    articles: set[str] = field(default_factory=set)
    dates: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    effects: dict[str, None] = field(default_factory=dict)  # what it can do to others
    links: dict[str, str] = field(default_factory=dict)  # an act that this one may change -> when that was told

    def take(self, filed: Filed, seen: Features) -> None:
        """Add a report."""
        self.reports.append(filed)
        self.types.add(seen.type)
        self.entities |= seen.entities
        self.articles.add(seen.article)
        self.effects |= dict.fromkeys(effects(filed.report.mention))
        _keep(self.actors, seen.actor)
        _keep(self.targets, seen.target)
        _keep(self.instruments, seen.instrument)
        if seen.story:
            self.stories.add(seen.story)
        for role in ("announced", "effective"):
            if value := getattr(seen, role):
                self.dates[role].add(value)


def _keep(known: list[Kept], value: Kept | None) -> None:
    if value is not None and len(known) < MAX_TARGETS and value not in known:
        known.append(value)


def features(filed: Filed) -> Features:
    """What a filed report is matched by."""
    mention = filed.report.mention
    return Features(
        actor=actor_of(mention),
        type=mention.type,
        family=family(mention),
        target=_object(mention),
        instrument=target(mention.instrument) if mention.instrument else None,
        entities=frozenset(mention.target_entities),
        announced=mention.announced_date,
        effective=mention.effective_date,
        story=filed.story,
        article=filed.report.article,
    )


def _object(mention: ActionMention) -> Target:
    """The target; "State Council decree" by the State Council says no more than "decree"."""
    found, own = target(mention.target), target(mention.actor).telling
    return found if not found.telling or found.telling - own else replace(found, telling=frozenset())


def score(act: Open, seen: Features) -> float:
    """0 to 1: how well a report agrees with an act of its root and family."""
    who = max(compatible(actor, seen.actor) for actor in act.actors)
    if not who:
        return 0.0
    alike = max(likeness(known, seen.target) for known in act.targets)
    vague = not seen.target.telling or all(not known.telling for known in act.targets)
    named = _instruments(act, seen)
    announced = _dates(act.dates["announced"], seen.announced)
    effective = max(_dates(act.dates["effective"], seen.effective), MOVED)
    story = bool(seen.story and seen.story in act.stories)
    told = seen.article in act.articles
    total = 0.6 * alike + named + announced + effective
    total += STORY * story
    if story and who == 1.0 and seen.type in act.types and announced >= 0 and effective >= 0:
        total += STORY_AND_TYPE
    total += 0.1 if seen.entities & act.entities else 0.0
    total -= 0.05 if seen.type not in act.types else 0.0
    total -= TOLD_TWICE if told else 0.0
    total -= 0.2 if _other_firms(act.entities, seen.entities) else 0.0
    if told and who == 1.0 and not seen.target.telling and min(announced, effective) >= 0:
        total = max(total, THRESHOLD)  # "the rules": further words of the article on the act that it told
    same_day = announced >= SAME_DAY and who == 1.0 and seen.type in act.types
    if vague and same_day and effective >= 0:
        total = max(total, THRESHOLD)  # "the draft rules" issued on the day on which this actor issued these
    fits = min(announced, effective) >= 0
    if told and who >= STATE_FOR_BODY and seen.type in act.types and fits and _points_back(act, seen):
        total = max(total, THRESHOLD / who)  # "the duties", after the provisional duties on something
    if story and who == 1.0 and fits and not seen.actor.public and _one_place(act, seen):
        return max(total, THRESHOLD)  # a company in one story: its users in a state, its service there
    if vague and story and effective >= SAME_DAY and announced >= 0 and seen.type in act.types:
        total = max(total, THRESHOLD / who)  # "the decree" that takes effect on the day of these regulations
    if alike < UNLIKE and named <= 0 and not (vague and (story or told or same_day)):
        total = min(total, THRESHOLD - 0.1)
    return max(0.0, min(1.0, total * who))


def _instruments(act: Open, seen: Features) -> float:
    if seen.instrument is None or not act.instruments:
        return 0.1 if _named_in_target(act, seen) else 0.0
    alike = max(likeness(known, seen.instrument) for known in act.instruments)
    return 0.2 if alike > 0.7 else 0.0 if alike > 0.3 else -0.2


def _named_in_target(act: Open, seen: Features) -> bool:
    """Whether the one's target holds the name of the other's instrument."""
    if seen.instrument is not None:
        return any(seen.instrument.words <= known.words for known in act.targets)
    return any(known.words <= seen.target.words for known in act.instruments)


def _points_back(act: Open, seen: Features) -> bool:
    """Whether a report names the act's object by a single word of it."""
    return len(seen.target.telling) == 1 and any(seen.target.telling <= known.telling for known in act.targets)


def _one_place(act: Open, seen: Features) -> bool:
    """Whether both targets name one state, or one leans on sentences before ("from such regions")."""
    here = _places(seen.target)
    return any(here & there or (here and known.leans) or (there and seen.target.leans) for known, there in _placed(act))


def _placed(act: Open) -> list[tuple[Target, frozenset[str]]]:
    return [(known, _places(known)) for known in act.targets]


def _places(known: Target) -> frozenset[str]:
    return frozenset(word for word in known.words if state_of(word))


def _other_firms(a: set[str], b: frozenset[str]) -> bool:
    """Whether both have companies among their targets, and none in common."""
    firms, others = a & _firms(), b & _firms()
    return bool(firms and others) and not firms & others


@cache
def _firms() -> frozenset[str]:
    return frozenset(actor.entity for actor in vocabulary.actors() if actor.kind in ("company", "app"))


def _dates(known: set[str], value: str | None) -> float:
    """For agreement by its fineness; against a conflict by its distance."""
    if not value or not known:
        return 0.0
    return max(_date_pair(other, value) for other in known)


@lru_cache(maxsize=100_000)
def _date_pair(a: str, b: str) -> float:
    one, two = span(a), span(b)
    if one is None or two is None:
        return 0.0
    gap = max((one[0] - two[1]).days, (two[0] - one[1]).days)
    if gap <= 0:
        longest = max((one[1] - one[0]).days, (two[1] - two[0]).days)
        return SAME_DAY if longest == 0 else 0.2 if longest < 32 else 0.1
    if gap <= NEAR_DAYS:
        return 0.1
    return -0.15 if gap <= 31 else -0.35


@lru_cache(maxsize=100_000)
def span(value: str) -> tuple[date, date] | None:
    """First and last day of a value; None where it is none (``--07-09``)."""
    first, _, last = value.partition("/")
    end = last or first
    try:
        begin = date.fromisoformat((first + "-01-01")[:10])
        if len(end) == len("2024"):
            return begin, date(int(end), 12, 31)
        if len(end) == len("2024-07"):
            year, month = int(end[:4]), int(end[5:7])
            return begin, date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
        return begin, date.fromisoformat(end)
    except ValueError:
        return None
