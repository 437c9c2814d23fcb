"""The fast way of reading: which sentences are chosen, and that what is chosen reads as it does in the full way."""

from __future__ import annotations

import numpy as np
from spacy.tokens import Doc

from pipeline import annotate
from pipeline.annotate.actions.promising import promising
from pipeline.annotate.language import load
from pipeline.annotate.selective import SHORT, stretches
from pipeline.jsonl import to_article
from pipeline.records import Article

IDLE = "The evening was warm and the old harbour smelled of salt. Children ran along the quay until it grew dark. "
ACT = "The Ministry of Commerce imposed a tariff of 20 percent on imported bicycles on Monday. "
TEXT = IDLE + IDLE + ACT + IDLE + "The ministry said the tariff, announced in “a hurry”, stays for a year. " + IDLE


def article(text: str, title: str = "Bicycles") -> Article:
    """One report."""
    return to_article({"id": "1", "published": "2024-07-03", "title": title, "text": text})


def tagged(text: str) -> Doc:
    """A text with tags and lemmas, not parsed."""
    nlp = load(fast=True)
    with nlp.select_pipes(disable="selective"):
        return nlp(text)


def chosen(*sentences: str) -> list[str]:
    """Which of the sentences, after an idle one, are chosen."""
    doc = tagged(" ".join((IDLE, *sentences)))
    begins = stretches(doc)
    ends = [*begins[1:].tolist(), len(doc)]
    flags = promising(doc, begins)
    told = [doc[a:b].text for a, b, flag in zip(begins, ends, flags, strict=True) if flag]
    return [sentence for sentence in sentences if sentence in told]


def test_a_stretch_ends_at_a_full_stop_with_what_closes_after_it() -> None:
    doc = tagged("The U.S. paid $3.5 million. “It is done.” Dr. Ames (of St. Ives) left!\n\nWhy? No one")
    begins = stretches(doc)
    assert [doc[i].text for i in begins] == ["The", "“", "Dr.", "Why", "No"]


def test_a_verb_needs_what_its_reading_asks_for() -> None:
    duty, walk = "Brussels lifted the tariff on maize.", "The boy lifted the kite over the wall."
    assert chosen(walk, duty) == [duty]


def test_nouns_of_acting_and_constructions_are_chosen() -> None:
    ban, listed = "There was dismay at the ban on imports.", "Washington put the maker on its control list."
    assert chosen(ban, "Rain fell on the roofs.", listed) == [ban, listed]


def test_duties_are_chosen_after_an_instrument_only() -> None:
    rule, duty = "The regulator issued a rule on cookies.", "Providers must ask first."
    assert chosen(rule, duty) == [rule, duty]
    assert chosen("Sailors must sleep.") == []


def test_what_a_chosen_sentence_points_back_to_is_chosen() -> None:
    before, after = "Acme walked home.", "It sued the regulator."
    assert chosen("Rain fell on the roofs.", before, after) == [before, after]


def test_a_sentence_left_out_is_flat_and_a_chosen_one_is_parsed_as_ever() -> None:
    fast, full = load(fast=True)(TEXT), load()(TEXT)
    act = next(s for s in full.sents if s.text == ACT.strip())

    def told(doc: Doc) -> list[tuple[str, str, str, str, int, str]]:
        tokens = doc[act.start : act.end]
        return [(t.tag_, t.pos_, t.lemma_, t.dep_, t.head.i, t.ent_type_) for t in tokens]

    assert told(fast) == told(full)
    assert [s.text for s in fast.sents] == [s.text for s in full.sents]
    flat = next(s for s in list(fast.sents)[1:] if s.text.startswith("Children"))
    assert {t.dep_ for t in flat} == {"ROOT", "dep"}
    assert flat.root == flat[0]
    assert not flat.ents


def test_short_texts_are_read_whole() -> None:
    fast, full = load(fast=True)(IDLE), load()(IDLE)
    assert len(fast) < SHORT
    for name in ("HEAD", "DEP", "TAG", "LEMMA", "ENT_TYPE"):
        np.testing.assert_array_equal(fast.to_array(name), full.to_array(name))


def test_a_text_without_any_act_and_an_empty_one_are_read() -> None:
    docs = list(load(fast=True).pipe(["", IDLE * 4]))
    assert [len(list(doc.sents)) for doc in docs] == [0, 8]


def test_the_fast_way_finds_the_same_acts() -> None:
    (fast,) = annotate.annotate([article(TEXT)], fast=True)
    (full,) = annotate.annotate([article(TEXT)])
    assert [(a.actor, a.type, a.target, a.evidence) for a in full.actions] == [
        ("Ministry of Commerce (China)", "impose", "tariff of 20 percent on imported bicycles", ACT.strip())
    ]
    assert fast.actions == full.actions
    assert fast.dates == full.dates


def test_the_two_ways_are_two_readers() -> None:
    assert annotate.version(fast=True) != annotate.version()
