"""Annotations as the JSON lines that quality is measured on; the keys are those of the annotation guide."""

from __future__ import annotations

from typing import Any

from pipeline.records import Annotations, Article, Mention


def export(article: Article, found: Annotations) -> dict[str, Any]:
    """``{id, entities, dates, actions, statistics, quotes}``, each fact with its offsets into the text."""
    return {
        "id": article.id,
        "entities": _entities(found),
        "dates": _dates(found),
        "actions": [
            {
                "actor": a.actor,
                "type": a.type,
                "target": a.target,
                "instrument": a.instrument,
                "jurisdiction": a.jurisdiction,
                "status": a.status,
                "announced_date": a.announced_date,
                "effective_date": a.effective_date,
                "deadline_date": a.deadline_date,
                "expiry_date": a.expiry_date,
                "direction": a.direction,
                "legal_form": a.legal_form,
                "factuality": a.factuality,
                "on_word_of": a.on_word_of,
                "evidence": a.evidence,
                "start": a.start,
                "end": a.end,
                "confidence": round(a.confidence, 3),
                "method": a.method,
            }
            for a in found.actions
        ],
        "statistics": [
            {
                "value": int(s.value) if s.value == int(s.value) else s.value,
                "unit": s.unit,
                "of_what": s.of_what,
                "period": s.period,
                "attributed_to": s.attributed_to,
                "text": s.text,
                "start": s.start,
                "end": s.end,
            }
            for s in found.statistics
        ],
        "quotes": [
            {"speaker": q.speaker, "text": q.text, "cue": q.cue, "start": q.start, "end": q.end}
            for q in found.quotes
            if q.direct
        ],
    }


def _entities(found: Annotations) -> list[dict[str, Any]]:
    """Each indexed entity once, under the first name the text gives it."""
    first: dict[str, Mention] = {}
    for m in found.mentions:
        if m.kind == "name" and m.indexed:
            first.setdefault(m.entity, m)
    return [
        {"text": m.text, "type": m.type, "canonical": m.canonical, "entity": m.entity, "start": m.start, "end": m.end}
        for m in first.values()
    ]


def _dates(found: Annotations) -> list[dict[str, Any]]:
    """Unique on text, value and role: the first of each; those of the title, whose offsets are its own, come last."""
    first: dict[tuple[str, str | None, str], dict[str, Any]] = {}
    for place, dates in (("text", found.dates), ("title", found.title_dates)):
        for d in dates:
            row = {"text": d.text, "value": d.value, "role": d.role, "precision": d.precision, "basis": d.basis}
            first.setdefault((d.text, d.value, d.role), row | {"start": d.start, "end": d.end, "in": place})
    return list(first.values())
