"""Vocabulary hits -> mentions: which of several actors is meant, capital or city, office of which state."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from spacy.tokens import Doc

from pipeline import vocabulary
from pipeline.annotate.countries import BODIES, Cues, attached, choose, foreign, settled
from pipeline.annotate.embassies import read_embassy
from pipeline.annotate.gazetteer import Hit
from pipeline.annotate.people import given_names
from pipeline.records import EntityType, Mention
from pipeline.vocabulary import Actor, slug

MINISTERS = {"Minister", "Ministers", "Ministership"}
NEAR = {"regulator", "court"}  # in lower case these need their state in the same sentence


def mention(
    doc: Doc, start: int, end: int, name: str, kind: EntityType, entity: str, method: str, country: str | None
) -> Mention:
    """A mention of ``doc[start:end]``."""
    span = doc[start:end]
    return Mention(span.start_char, span.end_char, span.text, kind, name, entity, method, country)


def of_actor(doc: Doc, start: int, end: int, actor: Actor, method: str = "vocabulary") -> Mention:
    """A mention of an actor of the vocabulary."""
    return mention(doc, start, end, actor.name, actor.type, actor.entity, method, actor.country)


@cache
def state(code: str) -> Actor | None:
    """The state with an ISO code."""
    return next((a for a in vocabulary.actors() if a.kind == "state" and a.country == code), None)


@cache
def holders(role: str) -> dict[str, Actor]:
    """The listed holder of a role by country."""
    return {a.country: a for a in reversed(vocabulary.actors()) if role in a.roles and a.country}


def holder(role: str, code: str) -> Actor | None:
    """Who holds a role in a country: the listed actor, or one named by the role's pattern."""
    if listed := holders(role).get(code):
        return listed
    entry, country = vocabulary.roles()[role], state(code)
    if entry.name is None or country is None or code in {"EU", "INT"}:
        return None
    name = entry.name.format(state=country.name)
    return Actor(name, "ORG", entry.kind, code, slug(name), roles=(role,))


def is_plain_word(doc: Doc, start: int, end: int) -> bool:
    """Whether a name that is also a common word is used as the word: ``Match results were …``."""
    if end - start != 1:
        return False
    token = doc[start]
    if token.is_upper and token.is_stop and is_shouted(doc, start):
        return True
    if token.text not in vocabulary.names().common_words:
        return False
    if end < len(doc) and doc[end].text in MINISTERS:
        return True  # "Prime Minister"
    if any(0 <= i < len(doc) and doc[i].text in {"-", "v.", "vs."} for i in (start - 1, end)):
        return True
    if token.is_sent_start:
        return not token.ent_type_ and token.pos_ != "PROPN"
    return token.pos_ not in {"PROPN", "NOUN", "ADJ"} and not token.ent_type_


def is_shouted(doc: Doc, i: int) -> bool:
    """Whether a word stands in a line in capitals: ``THE MAN WHO LEFT``."""
    beside = [doc[j] for j in (i - 1, i + 1) if 0 <= j < len(doc)]
    return any(t.is_upper and t.is_alpha and len(t) > 2 for t in beside)


def is_stray_acronym(text: str, actor: Actor, cues: Cues) -> bool:
    """Whether an acronym points to a lesser-known body that nothing else in the text speaks for."""
    if not (text.isupper() and 2 <= len(text) <= 5) or text == actor.name or actor.entity in cues.spelled:
        return False
    if actor.kind == "university":
        return True
    local = actor.kind in {"ministry", "regulator", "court", "law"} and actor.country not in {"US", "EU", "INT"}
    return (local or actor.kind == "association") and actor.country not in {
        "INT",
        *cues.share,
        cues.dateline,
        cues.home,
    }


def inside_longer(doc: Doc, start: int, end: int, actor: Actor) -> bool:
    """Whether one word is part of another's name: ``Colin Powell``, ``North America``, ``the Tea Commission``."""
    words = vocabulary.names()
    common = words.common_words | words.org_heads
    if end - start == 1 and actor.type == "ORG" and start and doc[start - 1].text in given_names().given:
        return True  # "Chris Schott"
    if end - start > 1 or (actor.type not in {"PERSON", "GPE"} and doc[start].text not in common):
        return False
    before, after = doc[start - 1] if start else None, doc[end] if end < len(doc) else None
    if before is not None and before.pos_ == "PROPN" and before.text[:1].isupper() and before.text not in words.titles:
        named = before.dep_ in {"compound", "nmod", "conj"} and doc[start] in before.ancestors
        if named and actor.type not in {"PERSON", "GPE"}:
            return True
        return doc[start].ent_iob_ == "I" and doc[start].ent_type_ in {"PERSON", "LOC", "FAC", "WORK_OF_ART", "EVENT"}
    if after is not None and after.pos_ == "PROPN" and after.text[:1].isupper():
        return doc[start].ent_type_ == after.ent_type_ == "PERSON" and after.ent_iob_ == "I"
    return False


def is_city(doc: Doc, start: int, end: int) -> bool:
    """Whether a capital is the place, not the government: ``in Beijing``, ``Beijing time``, ``the Paris Agreement``."""
    words = vocabulary.names()
    before = doc[start - 1] if start else None
    after = doc[end] if end < len(doc) else None
    if before is not None and (before.lower_ in words.city_prepositions or before.text == "-"):
        return True
    if after is None:
        return False
    return (
        after.text in {"-", "(", "time"}
        or after.text in words.event_heads | {"Games"}
        or (after.pos_ == "PROPN" and not after.is_sent_start)
    )


def is_government(doc: Doc, start: int, end: int) -> bool:
    """Whether a capital acts: subject, possessor, agent, or party to talks."""
    token = doc[end - 1]
    if end < len(doc) and doc[end].text in {"'s", "’s", "'", "’"}:
        return True
    if not doc.has_annotation("DEP"):
        return True
    while token.dep_ in {"conj", "appos"} and token.head.i != token.i:
        token = token.head
    if token.dep_ in {"nsubj", "nsubjpass", "dobj", "dative", "ROOT", "compound", "nmod"}:
        return True
    return token.dep_ == "pobj" and token.head.lower_ in vocabulary.names().party_prepositions


def read_capital(doc: Doc, hit: Hit) -> Mention | None:
    """``Washington has tightened`` -> the United States; a mere place -> None."""
    country = state(hit.capital or "")
    if country is None or is_city(doc, hit.start, hit.end) or not is_government(doc, hit.start, hit.end):
        return None
    return of_actor(doc, hit.start, hit.end, country, "capital")


def read_adjective(doc: Doc, hit: Hit) -> Mention | None:
    """``the Dutch government`` -> the Netherlands; a bare adjective -> None."""
    country, end = state(hit.adjective or ""), hit.end
    if country is None or end >= len(doc) or doc[end].lower_ not in {"government", "authorities", "administration"}:
        return None
    return of_actor(doc, hit.start, end + 1, country, "government")


def read_role(doc: Doc, hit: Hit, cues: Cues, marks: dict[int, str], ends: dict[int, str]) -> Mention | None:
    """An office with the state that the context gives it; None where no state does."""
    role = hit.role or ""
    entry = vocabulary.roles()[role]
    if role in {"embassy", "consulate"}:  # what follows "in" is its host
        of = doc[hit.end : hit.end + 1].text == "of"
        sender = attached(doc, hit.start, hit.end if of else len(doc), marks, ends)
        return read_embassy(doc, hit, sender, cues, marks) if sender else None
    beside = attached(doc, hit.start, hit.end, marks, ends)
    if not beside and doc[hit.start].is_lower and (entry.kind in NEAR or doc[hit.end - 1].dep_ == "appos"):
        near = [c for i, c in cues.marks if doc[hit.start].sent.start <= i < hit.start]
        found = holder(role, near[-1]) if near and doc[hit.end - 1].dep_ != "appos" else None
        return of_actor(doc, hit.start, hit.end, found, f"role:{role}") if found else None
    options = tuple(dict.fromkeys(c for c in (*cues.share, cues.dateline, cues.home, entry.default) if c))
    if "ministry" in doc[hit.start : hit.end].text.casefold():  # the United States has departments
        options = tuple(c for c in options if c != "US")
    listed = tuple(c for c in options if c in holders(role))
    code = beside or choose(doc, hit.start, hit.end, listed or options, cues, entry.default)
    found = holder(role, code) if code else None
    return of_actor(doc, hit.start, hit.end, found, f"role:{role}") if found else None


def read_actor(doc: Doc, hit: Hit, cues: Cues, marks: dict[int, str], ends: dict[int, str]) -> Mention | None:
    """The actor meant; of several that share a name the one whose country the context gives."""
    if is_plain_word(doc, hit.start, hit.end):
        return None
    text = doc[hit.start : hit.end].text
    hit = replace(hit, actors=tuple(a for a in hit.actors if not is_stray_acronym(text, a, cues)))
    if len(hit.actors) > 1 and all(a.by for a in hit.actors):  # told apart by what they belong to
        hit = replace(hit, actors=tuple(a for a in hit.actors if a.by in cues.named)[:1])
    if not hit.actors:
        return None
    options = {a.country or "": a for a in reversed(hit.actors)}
    code = next(iter(options))
    if inside_longer(doc, hit.start, hit.end, options[code]):
        return None
    if len(options) > 1:
        beside = attached(doc, hit.start, hit.end, marks, ends)
        first = hit.actors[0].country or ""
        code = beside if beside in options else choose(doc, hit.start, hit.end, tuple(options), cues, first) or first
    end = hit.end
    if options[code].kind == "company":
        while end < len(doc) and doc[end].text in vocabulary.names().legal_suffixes:
            end += 1
    return of_actor(doc, hit.start, end, options[code])


def read_hits(doc: Doc, hits: tuple[Hit, ...], cues: Cues) -> Iterator[Mention]:
    """Mentions of the hits, in text order; a state's name inside an office's is part of it."""
    marks = {h.start: code for h in hits if (code := h.adjective or h.capital or state_code(h))}
    ends = {h.end: marks[h.start] for h in hits if h.start in marks}
    starts = {h.start: h for h in hits}
    states = settled(doc, hits, ends)
    taken = -1
    for hit in hits:
        if hit.start < taken or hit.city:
            continue
        following = starts.get(hit.end)
        if hit.start in marks and following and (following.role or is_body(following)):
            continue  # "the US Commerce Department": the office follows and takes the state in
        if code := foreign(doc, hit, ends, states):
            body = holder(hit.role, code) if hit.role else None
            found = of_actor(doc, hit.start, hit.end, body, f"role:{hit.role}") if body else None
        elif hit.role and not hit.actors:
            found = read_role(doc, hit, cues, marks, ends)
        elif hit.actors:
            found = read_actor(doc, hit, cues, marks, ends)
        elif hit.capital:
            found = read_capital(doc, hit)
        else:
            found = read_adjective(doc, hit)
        if found:
            yield found


def state_code(hit: Hit) -> str | None:
    """The code of a state's plain name."""
    return hit.actors[0].country if hit.actors and hit.actors[0].kind == "state" else None


def is_body(hit: Hit) -> bool:
    """Whether a hit is a public body."""
    return bool(hit.actors) and hit.actors[0].kind in BODIES
