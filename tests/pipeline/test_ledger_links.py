"""What a later act does to an earlier one: it links to it under a kind and does not merge with it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from pipeline.ledger import Filed, merge
from pipeline.records import Action
from tests.pipeline.test_ledger import filed

TODAY = date(2024, 9, 1)
COMMERCE: dict[str, Any] = {"actor": "US Department of Commerce", "actor_entities": ("Q503577",)}
MOFCOM: dict[str, Any] = {"actor": "Ministry of Commerce (China)", "actor_entities": ("Q837822",), "jurisdiction": "CN"}
CURBS = COMMERCE | {"type": "restrict", "target": "exports of advanced chips to China"}
CURBS |= {"announced_date": "2024-05-06"}


def told(article: str, day: str, sentence: str, verb: str, **fields: Any) -> Filed:
    begin = sentence.index(verb)
    return filed(article, day, evidence=sentence, trigger=(begin, begin + len(verb)), end=len(sentence), **fields)


LATER = {
    "eased": told(
        *("b1", "2024-08-01", "The department licensed exports of some advanced chips to China.", "licensed"),
        **COMMERCE | {"type": "permit/license", "target": "exports of some advanced chips to China"},
    ),
    "amended": told(
        *("b1", "2024-08-01", "It tightened its curbs on exports of advanced chips to China.", "tightened"),
        **COMMERCE | {"type": "restrict", "target": "curbs on exports of advanced chips to China"},
        announced_date="2024-08-01",
    ),
    "delayed": told(
        *("b1", "2024-08-01", "It put off its curbs on exports of advanced chips to China.", "put"),
        **COMMERCE | {"type": "delay/extend", "target": "curbs on exports of advanced chips to China"},
    ),
    "lifted": told(
        *("b1", "2024-08-01", "It lifted its curbs on exports of advanced chips to China.", "lifted"),
        **COMMERCE | {"type": "lift/repeal", "target": "curbs on exports of advanced chips to China"},
    ),
    "answered": told(
        *("b1", "2024-08-01", "In retaliation China curbed exports of gallium to the United States.", "curbed"),
        **MOFCOM | {"type": "restrict", "target": "exports of gallium to the United States"},
    ),
}


@pytest.mark.parametrize("how", LATER)
def test_a_later_act_is_its_own_and_says_what_it_does_to_the_earlier(how: str) -> None:
    curbs, later = merge([filed("a1", "2024-05-06", **CURBS), LATER[how]], today=TODAY)
    assert (later.changes, later.change) == (curbs.id, how)
    assert how in {event.kind for event in curbs.events}
    assert (curbs.changes, curbs.change) == (None, None)


def test_those_rules_are_the_ones_of_the_sentence() -> None:
    sentence = "It restricted exports of chips in October 2022 and tightened those rules in October 2023."
    first = told("a1", "2024-05-06", sentence, "restricted", **CURBS | {"announced_date": "2022-10"})
    then = told(
        *("a1", "2024-05-06", sentence, "tightened"),
        **CURBS | {"announced_date": "2023-10", "target": "those rules"},
    )
    curbs, tightened = merge([first, then], today=TODAY)
    assert (tightened.changes, tightened.change) == (curbs.id, "amended")


def test_rules_that_carry_out_a_law_link_to_it() -> None:
    law = filed("a1", "2024-05-06", actor="US Congress", actor_entities=("Q11268",), type="enact", target="Chips Act")
    sentence = "The department issued rules implementing the Chips Act."
    rules = told("b1", "2024-08-01", sentence, "issued", **COMMERCE | {"type": "issue", "target": "rules"})
    enacted, issued = merge([law, rules], today=TODAY)
    assert (issued.changes, issued.change) == (enacted.id, "implemented")


def test_a_probe_in_response_to_a_request_answers_nobody() -> None:
    sentence = "The ministry opened the investigation in response to a request by chip makers of the United States."
    probe = told("b1", "2024-08-01", sentence, "opened", **MOFCOM | {"type": "investigate", "target": "US chips"})
    assert _of(merge([filed("a1", "2024-05-06", **CURBS), probe], today=TODAY), "investigate").changes is None


def test_a_permit_for_something_else_eases_nothing() -> None:
    permit = told(
        *("b1", "2024-08-01", "The department licensed a takeover of a port.", "licensed"),
        **COMMERCE | {"type": "permit/license", "target": "takeover of a port"},
    )
    assert _of(merge([filed("a1", "2024-05-06", **CURBS), permit], today=TODAY), "permit/license").changes is None


def test_a_company_that_shuts_users_out_and_blocks_their_traffic_does_one_thing() -> None:
    shut = filed("a1", "2024-06-25", type="withdraw", target="developers in China", effective_date="2024-07-09")
    block = filed("a1", "2024-06-25", start=50, target="API traffic from such regions", effective_date="2024-07-09")
    cut = filed("a2", "2024-06-25T09", "bloomberg", target="developers in China from its software")
    (act,) = merge([shut, block, cut], today=TODAY)
    assert (act.type, len(act.reports)) == ("ban/block", 3)


def test_a_company_that_withdraws_its_suit_does_not_shut_anyone_out() -> None:
    suit = filed("a1", "2024-06-25", type="withdraw", target="lawsuit over rules in China")
    assert len(merge([suit, filed("a1", "2024-06-25", target="developers in China")], today=TODAY)) == 2


def test_what_a_company_does_from_another_day_is_another_act() -> None:
    block = filed("a1", "2024-06-25", target="developers in China", effective_date="2024-07-09")
    other = filed("a2", "2024-06-26", target="payments from China", effective_date="2024-10-01")
    assert len(merge([block, other], today=TODAY)) == 2


def _of(acts: tuple[Action, ...], kind: str) -> Action:
    return next(act for act in acts if act.type == kind)


def test_a_decree_named_by_its_giver_alone_is_that_of_its_day() -> None:
    council: dict[str, Any] = {"type": "issue", "actor": "State Council", "jurisdiction": "CN"}
    council |= {"actor_entities": ("state-council",)}
    decree = filed("a1", "2024-06-29", **council, target="State Council decree", effective_date="2024-10-01")
    state = council | {"actor": "China", "actor_entities": ("Q148",)}
    rules = filed("a2", "2024-06-29", **state, target="regulations on rare earths", effective_date="2024-10-01")
    later = filed("a3", "2024-06-30", **state, target="regulations on chips", effective_date="2025-01-01")
    assert [len(act.reports) for act in merge([decree, rules, later], today=TODAY)] == [2, 1]
