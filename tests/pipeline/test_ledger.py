"""The ledger: reports of one act become one row; later and contrary acts link to it."""

from __future__ import annotations

from datetime import date
from typing import Any

from pipeline.ledger import Filed, merge
from pipeline.records import ActionMention, ActionReport


def filed(article: str, day: str, source: str = "reuters", story: str | None = "s1", **told: Any) -> Filed:
    fields: dict[str, Any] = {
        "start": 0,
        "end": 40,
        "evidence": "OpenAI will block API traffic.",
        "actor": "OpenAI",
        "type": "ban/block",
        "target": "API traffic from unsupported regions",
        "status": "adopted",
        "jurisdiction": "US",
        "trigger": (12, 17),
        "method": "active",
        "actor_entities": ("openai",),
    }
    return Filed(ActionReport(article, ActionMention(**fields | told), source, day), story)


TODAY = date(2024, 7, 1)


def test_two_outlets_on_one_act_make_one_row() -> None:
    (act,) = merge(
        [
            filed("a1", "2024-06-25T08:00:00Z", effective_date="2024-07-09"),
            filed("a2", "2024-06-26T02:00:00Z", "global_times", target="traffic to its API from China"),
        ],
        today=TODAY,
    )
    assert [r.source for r in act.reports] == ["reuters", "global_times"]
    assert act.effective_on == "2024-07-09"


def test_another_actor_is_another_act() -> None:
    acts = merge(
        [filed("a1", "2024-06-25"), filed("a1", "2024-06-25", actor="Italy", actor_entities=("Q38",))], today=TODAY
    )
    assert len(acts) == 2


def test_another_target_is_another_act() -> None:
    acts = merge(
        [
            filed("a1", "2024-06-25"),
            filed("a2", "2024-06-25", target="accounts behind influence campaigns", story="s2"),
        ],
        today=TODAY,
    )
    assert len(acts) == 2


def test_an_adopted_act_is_in_force_when_its_day_has_come_without_a_new_report() -> None:
    report = filed("a1", "2024-06-25", effective_date="2024-07-09")
    assert merge([report], today=date(2024, 7, 8))[0].status == "adopted"
    assert merge([report], today=date(2024, 7, 9))[0].status == "in_force"


def test_when_reports_disagree_both_dates_stay_and_the_later_is_held() -> None:
    (act,) = merge(
        [
            filed("a1", "2024-06-25", effective_date="2024-07-09"),
            filed("a2", "2024-07-05", effective_date="2024-07-16"),
        ],
        today=TODAY,
    )
    assert [e.date for e in act.events if e.kind == "effective"] == ["2024-07-09", "2024-07-16"]
    assert act.effective_on == "2024-07-16"


def test_the_official_source_is_held_over_a_later_newspaper() -> None:
    (act,) = merge(
        [
            filed("a1", "2024-06-25", "wipo", effective_date="2024-07-09"),
            filed("a2", "2024-07-05", effective_date="2024-07-16"),
        ],
        kinds={"wipo": "official", "reuters": "agency"},
        today=TODAY,
    )
    assert act.effective_on == "2024-07-09"


def test_a_delay_links_to_the_act_it_changes() -> None:
    block, delay = merge(
        [
            filed("a1", "2024-06-25"),
            filed(
                "a2",
                "2024-07-05",
                type="delay/extend",
                target="block on API traffic",
                status="suspended",
                evidence="It put the block off.",
            ),
        ],
        today=TODAY,
    )
    assert delay.changes == block.id


def test_ids_do_not_move_when_an_actor_is_renamed() -> None:
    (old,) = merge([filed("a1", "2024-06-25")], today=TODAY)
    (new,) = merge([filed("a1", "2024-06-25", actor="OpenAI, Inc.", actor_entities=("Q21708200",))], today=TODAY)
    assert old.id == new.id


def test_the_order_of_the_input_does_not_matter() -> None:
    reports = [filed("a1", "2024-06-25"), filed("a2", "2024-06-26"), filed("a3", "2024-06-27", target="chips")]
    assert merge(reports, today=TODAY) == merge(reversed(reports), today=TODAY)
