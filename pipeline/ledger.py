"""Action mentions -> acts: one act, many reports.

Reports arrive oldest first. A report joins the act with the same actor and type family whose target, dates and
story agree with it best; below a threshold it opens an act of its own. Delays, repeals and withdrawals link to the
act they change. An act's status is never typed in: it follows from its dated events.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from pipeline.lifecycle import events_of, held_date, status_on
from pipeline.records import Action, ActionReport

# A careful reader may call one act by any type of its family; acts of different families never merge.
FAMILIES: tuple[frozenset[str], ...] = (
    frozenset({"restrict", "ban/block", "impose", "enforce"}),
    frozenset({"propose", "issue", "adopt", "enact", "require", "agree/sign"}),
    frozenset({"lift/repeal", "withdraw"}),
    frozenset({"permit/license"}),
    frozenset({"delay/extend"}),
    frozenset({"investigate", "sue/challenge"}),
    frozenset({"rule", "fine/penalise"}),
    frozenset({"fund/subsidise"}),
)
CHANGING = frozenset({"lift/repeal", "withdraw", "delay/extend"})
THRESHOLD = 0.5
LINK_THRESHOLD = 0.3

_STOP = frozenset(
    {"a", "all", "an", "and", "as", "at", "by", "for", "from", "in", "its", "measure", "new", "of", "on", "or"}
    | {"rule", "that", "the", "their", "to", "which", "with"}
)


@dataclass(frozen=True, slots=True)
class Filed:
    """A report with what the ledger knows of its article: the story, and the article it reprints."""

    report: ActionReport
    story: str | None = None
    reprint_of: str | None = None


@dataclass(slots=True)
class _Open:
    """An act being gathered; becomes a frozen Action at the end."""

    id: str
    reports: list[Filed] = field(default_factory=list)
    words: set[str] = field(default_factory=set)
    entities: set[str] = field(default_factory=set)
    stories: set[str] = field(default_factory=set)
    dates: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def take(self, filed: Filed) -> None:
        mention = filed.report.mention
        self.reports.append(filed)
        self.words |= target_words(mention.target)
        self.entities |= set(mention.target_entities)
        if filed.story:
            self.stories.add(filed.story)
        for role in ("announced_date", "effective_date"):
            if value := getattr(mention, role):
                self.dates[role].add(value)


def merge(
    filed: Iterable[Filed], *, kinds: Mapping[str, str] | None = None, today: date | None = None
) -> tuple[Action, ...]:
    """All acts told by the reports, in the order of their first report.

    ``kinds``: source id -> official | agency | newspaper, for whose date is held where reports disagree.
    ``today``: the day on which the statuses are true (default: now).
    """
    blocks: dict[tuple[str, int], list[_Open]] = defaultdict(list)
    acts: list[_Open] = []
    for item in sorted(filed, key=_order):
        key = (actor_key(item.report), family(item.report.mention.type))
        best = max(blocks[key], key=lambda act: likeness(act, item), default=None)
        if best is None or likeness(best, item) < THRESHOLD:
            best = _Open(id=_act_id(item.report))
            blocks[key].append(best)
            acts.append(best)
        best.take(item)
    day = today or date.today()  # noqa: DTZ011 - statuses turn at the reader's midnight
    closed = [_close(act, kinds or {}, day) for act in acts]
    return tuple(_linked(closed, acts))


def likeness(act: _Open, item: Filed) -> float:
    """0 to 1: how well target, dates and story of a report agree with an act of the same actor and family."""
    mention = item.report.mention
    words = target_words(mention.target)
    shared = len(words & act.words) / (min(len(words), len(act.words)) or 1)
    entities = set(mention.target_entities)
    same_entity = bool(entities & act.entities)
    score = 0.6 * shared + (0.15 if same_entity else 0.0)
    same_type = mention.type == act.reports[0].report.mention.type
    if item.story and item.story in act.stories:
        score += 0.35 if same_type else 0.2
    if any(other.report.article == item.report.article for other in act.reports):
        score -= 0.2  # one article rarely tells one act twice: its mentions were merged when it was read
    for role in ("announced_date", "effective_date"):
        value = getattr(mention, role)
        if value and act.dates[role]:
            score += 0.25 if any(_agree(value, other) for other in act.dates[role]) else -0.2
    return max(0.0, min(1.0, score))


def family(kind: str) -> int:
    """The number of the type's family."""
    return next(n for n, members in enumerate(FAMILIES) if kind in members)


def actor_key(report: ActionReport) -> str:
    """Entities where resolved, else the actor's words."""
    mention = report.mention
    return "|".join(sorted(mention.actor_entities)) or " ".join(sorted(target_words(mention.actor)))


def target_words(phrase: str) -> set[str]:
    """The telling words of a target, without plural s."""
    found = re.findall(r"[a-z0-9]+", phrase.casefold())
    return {w.removesuffix("s") if len(w) > 3 else w for w in found} - _STOP


def _order(item: Filed) -> tuple[str, str, int]:
    return item.report.reported_at, item.report.article, item.report.mention.start


def _agree(a: str, b: str) -> bool:
    return a.startswith(b) or b.startswith(a)


def _act_id(report: ActionReport) -> str:
    """From the first report's place, not from names: a better vocabulary does not move it."""
    evidence = " ".join(report.mention.evidence.split())
    seed = f"{report.article}\n{evidence}\n{family(report.mention.type)}\n{report.mention.target}"
    return hashlib.sha256(seed.encode()).hexdigest()[:12]


def _close(act: _Open, kinds: Mapping[str, str], today: date) -> Action:
    reports = tuple(item.report for item in act.reports)
    lead = max(reports, key=lambda r: (r.mention.confidence, len(r.mention.target)))
    events = tuple(event for report in reports for event in events_of(report))
    return Action(
        id=act.id,
        actor=lead.mention.actor,
        type=lead.mention.type,
        target=lead.mention.target,
        status=status_on(events, today),
        jurisdiction=lead.mention.jurisdiction,
        reports=reports,
        events=events,
        actor_entities=lead.mention.actor_entities,
        target_entities=tuple(sorted(act.entities)),
        instrument=_first(r.mention.instrument for r in reports),
        legal_form=_first(r.mention.legal_form for r in reports),
        direction=lead.mention.direction,
        announced_on=held_date(events, "announced", kinds),
        effective_on=held_date(events, "effective", kinds),
        deadline_on=held_date(events, "deadline", kinds),
        expires_on=held_date(events, "expiry", kinds),
        story=_first(item.story for item in act.reports),
    )


def _linked(closed: Sequence[Action], acts: Sequence[_Open]) -> Iterable[Action]:
    """A delay or repeal points to the act it changes: same jurisdiction, likest target, reported no later."""
    for action in closed:
        if action.type not in CHANGING:
            yield action
            continue
        words = target_words(action.target)
        options = [
            (len(words & act.words) / (len(words) or 1), other.id)
            for other, act in zip(closed, acts, strict=True)
            if other.type not in CHANGING
            and other.jurisdiction == action.jurisdiction
            and other.reports[0].reported_at <= action.reports[-1].reported_at
        ]
        score, target = max(options, default=(0.0, None))
        yield replace(action, changes=target) if score >= LINK_THRESHOLD else action


def _first(values: Iterable[str | None]) -> str | None:
    return next((value for value in values if value), None)
