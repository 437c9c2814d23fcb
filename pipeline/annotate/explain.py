"""Which rule found each fact, and on which words: for the person who asks why."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.records import Annotations, Article


def explain(article: Article, found: Annotations) -> Iterator[str]:
    """Lines of plain text, a block a fact, in the order of the text."""
    text = article.text
    yield f"# {article.id}  {article.title}"
    if found.failed:
        yield f"not annotated: {found.failed}"
    for act in found.actions:
        start, end = act.trigger
        yield f"act        {act.actor} | {act.type} | {act.target}"
        yield f"           rule {act.method}, confidence {act.confidence:.2f}, on “{text[start:end]}” at {start}"
        dates = [(n, getattr(act, f"{n}_date")) for n in ("announced", "effective", "deadline", "expiry")]
        told = ", ".join(f"{name} {value}" for name, value in dates if value)
        yield f"           {act.status}{', ' + told if told else ''}; {act.factuality}"
        yield f"           in: {act.evidence}"
    for date in found.dates:
        yield f"date       “{date.text}” at {date.start} -> {date.value} {date.role} ({date.basis}; {date.method})"
    for figure in found.statistics:
        said = f", {figure.attributed_to} says so" if figure.attributed_to else ""
        yield f"figure     “{figure.text}” -> {figure.value:g} {figure.unit}: {figure.of_what}{said} ({figure.method})"
    for quote in found.quotes:
        kind = "quotation" if quote.direct else "reported"
        yield f"{kind:10} {quote.speaker}: “{quote.text}” (cue {quote.cue}; {quote.method})"
    for m in found.mentions:
        shown = "" if m.indexed else ", not indexed"
        yield f"{m.kind:10} “{m.text}” at {m.start} -> {m.canonical} [{m.type} {m.entity}] ({m.method}{shown})"
    yield ""
