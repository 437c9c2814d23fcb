"""Which state a name belongs to: the country cues of one article.

``the commerce ministry`` is China's in a Xinhua report from Beijing, Japan's after "Tokyo said".
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc

from pipeline import vocabulary
from pipeline.annotate.gazetteer import Hit
from pipeline.records import Article

HOME = {"xinhua": "CN", "global_times": "CN"}
NATIONAL = {"state", "ministry", "regulator", "court", "legislature", "central_bank", "person", "law"}
BODIES = {"ministry", "regulator", "court", "legislature", "central_bank"}
LINKS = {"of", "in", "for"}


@dataclass(frozen=True, slots=True)
class Cues:
    """Country marks by token, the dateline's country, the outlet's home, and each country's share of marks."""

    marks: tuple[tuple[int, str], ...]
    dateline: str | None
    home: str | None
    share: dict[str, float]
    spelled: frozenset[str]  # ids of actors named by more than one word
    named: frozenset[str]  # names of all actors that a hit can be


def country_of(hit: Hit) -> str | None:
    """The state a hit points to by itself, or None."""
    if code := hit.adjective or hit.capital or hit.city:
        return code
    if len(hit.actors) == 1 and hit.actors[0].kind in NATIONAL:
        return hit.actors[0].country
    return None


@cache
def place_country(place: str | None) -> str | None:
    """The country of a dateline's place, by capital, city or state name."""
    wanted = (place or "").split("/")[0].split(",")[0].strip().casefold()
    for code, state in vocabulary.states().items():
        if wanted in {n.casefold() for n in (state.name, *state.aliases, *state.capitals, *state.cities)}:
            return code
    return None


def find_cues(article: Article, hits: tuple[Hit, ...], title_hits: tuple[Hit, ...]) -> Cues:
    """The cues of one article from the vocabulary's hits in text and title."""
    marks = tuple((hit.start, code) for hit in hits if (code := country_of(hit)))
    counts = Counter(code for _, code in marks)
    counts.update(code for hit in title_hits if (code := country_of(hit)))
    total = sum(counts.values()) or 1
    share = {code: count / total for code, count in counts.items()}
    place = article.dateline.place if article.dateline else None
    spelled = frozenset(a.entity for hit in (*hits, *title_hits) if hit.end - hit.start > 1 for a in hit.actors)
    named = frozenset(a.name for hit in (*hits, *title_hits) for a in hit.actors)
    return Cues(marks, place_country(place), HOME.get(article.source), share, spelled, named)


def named_before(doc: Doc, start: int, ends: dict[int, str]) -> str | None:
    """The state right before a phrase: ``the Peruvian Congress``, ``India's Supreme Court``."""
    return ends.get(start - 1 if start > 1 and doc[start - 1].tag_ == "POS" else start)


def settled(doc: Doc, hits: tuple[Hit, ...], ends: dict[int, str]) -> dict[str, str]:
    """Offices that the text names with one state only: after ``Peru's Congress`` a bare ``Congress`` is Peru's."""
    found: dict[str, set[str | None]] = {}
    for hit in hits:
        if hit.role:
            if code := named_before(doc, hit.start, ends):
                found.setdefault(hit.role, set()).add(code)
            continue
        for actor in hit.actors:
            for role in actor.roles:
                found.setdefault(role, set()).add(actor.country)
    return {role: code for role, codes in found.items() if len(codes) == 1 and (code := next(iter(codes)))}


def foreign(doc: Doc, hit: Hit, ends: dict[int, str], states: dict[str, str]) -> str | None:
    """The other state that a listed body's name is told with: ``Peru's Congress`` is not the United States'."""
    if not hit.actors or not all(actor.kind in BODIES for actor in hit.actors):
        return None
    code = named_before(doc, hit.start, ends) or states.get(hit.role or "")
    return code if code not in {actor.country for actor in hit.actors} else None


def attached(doc: Doc, start: int, end: int, marks: dict[int, str], ends: dict[int, str]) -> str | None:
    """The state named beside a phrase: ``China's commerce ministry``, ``the Ministry of Justice of Japan``."""
    i = start - 1
    for _ in range(3):  # "South Korea's powerful privacy regulator"
        if i >= 0 and i + 1 in ends:
            return ends[i + 1]
        if i < 0 or doc[i].pos_ not in {"ADJ", "NOUN", "PROPN", "PART", "ADV"}:
            break
        i -= 1
    after = end
    if after < len(doc) and (doc[after].lower_ in LINKS or doc[after].text == "("):
        after += 1
        if after < len(doc) and doc[after].lower_ == "the":
            after += 1
        return marks.get(after)
    return None


def choose(doc: Doc, start: int, end: int, options: tuple[str, ...], cues: Cues, default: str | None) -> str | None:
    """The likeliest of ``options`` for a name in ``doc[start:end]`` that several states share."""
    scores = dict.fromkeys(options, 0.0)
    sentence = doc[start].sent.start if doc.has_annotation("SENT_START") else 0
    before = [(i, code) for i, code in cues.marks if i < start and code in scores]
    if before and before[-1][0] >= sentence - 60:
        scores[before[-1][1]] += 3.0 if before[-1][0] >= sentence else 1.0
    for code in options:
        scores[code] += 3.0 * cues.share.get(code, 0.0)
        scores[code] += 1.5 * (code == cues.dateline) + 2.0 * (code == cues.home) + 1.0 * (code == default)
    best = max(options, key=lambda code: scores[code], default=None)
    return best if best and scores[best] > 0 else None
