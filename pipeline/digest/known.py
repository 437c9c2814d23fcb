"""Acts as a reader of a day knew them, and what changed between two days."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from datetime import date

from pipeline import topics
from pipeline.digest.model import Change, Evidence, Known
from pipeline.digest.period import Period, span
from pipeline.ledger.lead import lead
from pipeline.ledger.words import target
from pipeline.lifecycle import held_date, status_on
from pipeline.site import words
from pipeline.store import digest as rows
from pipeline.watchlist import Told

DATES = {"effective_on": "effective", "deadline_on": "deadline", "expires_on": "expiry"}
OWN = frozenset({"announced", *DATES.values()})  # kinds of events that are an act's own dates


def known(act: rows.Act, day: date, kinds: Mapping[str, str]) -> Known | None:
    """The act after the reports up to the day; None where none had told it. ``kinds``: source id -> its standing."""
    reports = tuple(r for r in act.reports if r.day <= day.isoformat())
    if not reports:
        return None
    told = [t.event for t in act.events if t.day <= day.isoformat()]
    shown = lead(reports)
    entities = tuple(dict.fromkeys(e for r in reports for e in (*r.actor_entities, *r.target_entities)))
    found = Known(
        id=act.id,
        actor=shown.actor,
        type=shown.type,
        target=_object(shown, reports),
        jurisdiction=shown.jurisdiction,
        status=status_on(told, day, kinds) if any(e.kind.startswith("status: ") for e in told) else "announced",
        announced_on=held_date(told, "announced", kinds),
        effective_on=held_date(told, "effective", kinds),
        deadline_on=held_date(told, "deadline", kinds),
        expires_on=held_date(told, "expiry", kinds),
        story=next((r.story for r in reports if r.story), None),
        topics=topics.of_telling(shown.target, [r.sentence for r in reports], set(entities)),
        entities=entities,
        targets=_targets(reports),
        reports=reports,
    )
    columns = {f.name for f in fields(Known)}
    return replace(found, **{k: v for k, v in act.corrected.items() if k in columns})  # type: ignore[arg-type]


def _object(shown: rows.Report, reports: tuple[rows.Report, ...]) -> str:
    """What is acted on; where the words say no more than "the act", the instrument that a report names."""
    if target(shown.target).telling:
        return shown.target
    return next((r.instrument for r in (shown, *reports) if r.instrument), shown.target)


def _targets(reports: tuple[rows.Report, ...]) -> tuple[str, ...]:
    actors = {e for r in reports for e in r.actor_entities}
    return tuple(dict.fromkeys(e for r in reports for e in r.target_entities if e not in actors))


def asked_of(act: Known) -> Told:
    """The act as a watchlist asks of it."""
    texts = (act.actor, act.target, *(text for r in act.reports for text in (r.sentence, r.headline)))
    return Told(act.entities, act.jurisdiction, act.type, act.topics, texts)


def changes(act: rows.Act, before: Known, after: Known, period: Period) -> Iterator[Change]:
    """What the period did to an act known before it, each with its evidence."""
    for told in act.events:
        kind = told.event.kind
        if period.holds(told.day) and kind not in OWN and not kind.startswith("status: "):
            yield Change(kind, f"{kind} on {words.day(told.event.date)}", _behind(after, told.event.article))
    if before.status != after.status:
        yield Change("status", _status_words(before, after), _status_evidence(after, period))
    for field, kind in DATES.items():
        old, new = getattr(before, field), getattr(after, field)
        if not new or old == new:
            continue
        source = next(r for r in _newest(act, kind, new, after))
        if not old:
            yield Change("dated", f"date set: {words.label(kind)} {words.day(new)}", source)
        elif apart(old, new):
            yield Change("moved", f"{words.label(kind)} {words.day(new)}, moved from {words.day(old)}", source)


def apart(old: str, new: str) -> bool:
    """Whether two dates cannot be the same day: a month and a day within it can."""
    a, b = span(old), span(new)
    return bool(a and b and (a[1] < b[0] or b[1] < a[0]))


def _status_words(before: Known, after: Known) -> str:
    begun = span(after.effective_on)
    since = f" since {words.day(after.effective_on)}" if after.status == "in_force" and begun else ""
    return f"{words.label(after.status)}{since}, was {words.label(before.status)}"


def _status_evidence(after: Known, period: Period) -> Evidence:
    fresh = [r for r in after.reports if period.holds(r.day)]
    dated = [r for r in after.reports if r.effective_date and r.effective_date == after.effective_on]
    return evidence((fresh or dated or list(after.reports))[-1])


def _newest(act: rows.Act, kind: str, value: str, after: Known) -> Iterator[Evidence]:
    """The latest report that gives the date first, any report of the act where its article tells no sentence of it."""
    for told in reversed(act.events):
        if told.event.kind == kind and told.event.date == value:
            yield _behind(after, told.event.article)
    yield evidence(after.reports[-1])


def _behind(after: Known, article: str) -> Evidence:
    return evidence(next((r for r in after.reports if r.article == article), after.reports[-1]))


def evidence(report: rows.Report) -> Evidence:
    """A report as the evidence of a line."""
    return Evidence(
        sentence=report.sentence,
        article=report.article,
        outlet=report.outlet,
        day=report.day,
        headline=report.headline,
        url=report.url,
        on_word_of=report.on_word_of,
    )


def state(act: Known) -> str:
    """What stands behind an act's sentence: "adopted, takes effect July 9, 2024, due August 4, 2024"."""
    told = [words.label(act.status)]
    if act.effective_on:
        verb = "since" if act.status == "in_force" else words.label("effective")
        told.append(f"{verb} {words.day(act.effective_on)}")
    if act.deadline_on:
        told.append(f"due {words.day(act.deadline_on)}")
    if act.expires_on:
        told.append(f"until {words.day(act.expires_on)}")
    if act.announced_on and len(told) == 1:
        told.append(f"announced {words.day(act.announced_on)}")
    return ", ".join(told).replace("in force, since", "in force since")
