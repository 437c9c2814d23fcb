"""Where a state is named in a text, by token: names, adjectives, capitals and cities."""

from __future__ import annotations

from functools import lru_cache

from pipeline.annotate.countries import Cues, country_of, find_cues
from pipeline.annotate.gazetteer import Hit, build, match
from pipeline.annotate.text import Text


@lru_cache(maxsize=8)
def read_places(text: Text) -> tuple[tuple[Hit, ...], tuple[Hit, ...], Cues]:
    """Vocabulary hits of text and title, and the country cues they give together; kept for the next annotator."""
    gazetteer = build(text.doc.vocab)
    hits, title_hits = match(text.doc, gazetteer), match(text.title, gazetteer)
    return hits, title_hits, find_cues(text.article, hits, title_hits)


def place_codes(text: Text) -> dict[int, str]:
    """The ISO code of each token that names a state, its adjective, capital or a city of it."""
    hits, _, _ = read_places(text)
    return {
        i: code
        for h in hits
        if not (h.actors and h.actors[0].kind not in {"state", "province"}) and (code := country_of(h))
        for i in range(h.start, h.end)
    }
