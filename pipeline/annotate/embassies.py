"""Embassies and consulates: whose, and where."""

from __future__ import annotations

from spacy.tokens import Doc

from pipeline import vocabulary
from pipeline.annotate.countries import Cues
from pipeline.annotate.gazetteer import Hit
from pipeline.records import Mention
from pipeline.vocabulary import slug

ARTICLE = {"US", "GB", "NL", "AE", "EU", "PH"}  # states named with an article


def named(code: str) -> str:
    """``the United States``, ``China``."""
    state = vocabulary.states().get(code)
    name = state.name if state else code
    return f"the {name}" if code in ARTICLE else name


def read_embassy(doc: Doc, hit: Hit, code: str, cues: Cues, marks: dict[int, str]) -> Mention:
    """``China's embassy in Berlin`` -> Embassy of China in Germany; a consulate keeps the name of its town."""
    name = (vocabulary.roles()[hit.role or "embassy"].name or "").format(state=named(code))
    after = hit.end + 1 if hit.end < len(doc) and doc[hit.end].lower_ in {"in", "to"} else hit.end
    if after < len(doc) and doc[after].lower_ == "the":
        after += 1
    span = doc[hit.start : hit.end]
    if hit.role == "consulate" and after > hit.end and after < len(doc) and doc[after].text[:1].isupper():
        end = next((i for i in range(after, len(doc)) if not doc[i].text[:1].isupper()), len(doc))
        span, name = doc[hit.start : end], f"{name} in {doc[after:end].text}"
    elif hit.role == "embassy" and (
        host := marks.get(after) or next((c for c in (cues.dateline, *cues.share) if c and c != code), None)
    ):
        name += f" in {named(host)}"
    return Mention(span.start_char, span.end_char, span.text, "ORG", name, slug(name), "embassy", code)
