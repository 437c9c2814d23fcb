"""A gathered act as the record that is stored: whose words it shows, its dates, its status, its sources."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date

from pipeline.ledger import link
from pipeline.ledger.effect import DONE_TO, effects
from pipeline.ledger.lead import lead
from pipeline.ledger.match import Filed, Open
from pipeline.ledger.sources import origins
from pipeline.lifecycle import changed_by, events_of, held_date, status_on
from pipeline.records import Action, ActionEvent


def close(
    acts: Iterable[Open],
    changes: Mapping[str, str],
    kinds: Mapping[str, str],
    today: date,
    only: Collection[str] | None = None,
) -> tuple[Action, ...]:
    """Acts as records; an act that another changes has the change among its events. ``only``: ids wanted, or all."""
    known = {act.id: act for act in acts}
    done: dict[str, list[ActionEvent]] = defaultdict(list)
    for changer, changed in sorted(changes.items()):
        if changer in known and (only is None or changed in only):
            how = link.done(known[changer], known[changed])
            for item in known[changer].reports:
                if told := _told(item, how, known[changed]):
                    done[changed] += changed_by(item.report, told)
    wanted = [act for act in known.values() if only is None or act.id in only]
    changed_acts = {act.id: known[changes[act.id]] for act in wanted if act.id in changes}
    return tuple(_closed(act, changed_acts.get(act.id), done[act.id], kinds, today) for act in wanted)


def _told(item: Filed, how: str | None, changed: Open) -> str | None:
    """What one report of a change tells that it does to the changed act: what the whole does, or its own word."""
    own = [told for told in effects(item.report.mention) if changed.family in DONE_TO[told]]
    return how if how in own else own[0] if own else None


def _closed(act: Open, changed: Open | None, done: list[ActionEvent], kinds: Mapping[str, str], today: date) -> Action:
    reports = tuple(item.report for item in act.reports)
    shown = lead([report.mention for report in reports])
    own = tuple(event for report in reports for event in events_of(report))
    events = own + tuple(dict.fromkeys(done))
    return Action(
        id=act.id,
        actor=shown.actor,
        type=shown.type,
        target=shown.target,
        status=status_on(events, today, kinds),
        jurisdiction=shown.jurisdiction,
        reports=reports,
        events=events,
        actor_entities=shown.actor_entities,
        target_entities=tuple(sorted(act.entities)),
        instrument=_first(r.mention.instrument for r in reports),
        legal_form=_first(r.mention.legal_form for r in reports),
        direction=shown.direction,
        announced_on=held_date(own, "announced", kinds),
        effective_on=held_date(own, "effective", kinds),
        deadline_on=held_date(own, "deadline", kinds),
        expires_on=held_date(events, "expiry", kinds),
        changes=changed.id if changed else None,
        change=link.done(act, changed) if changed else None,
        story=_first(item.story for item in act.reports),
        origins=origins(act.reports),
    )


def _first(values: Iterable[str | None]) -> str | None:
    return next((value for value in values if value), None)
