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


FTC: dict[str, Any] = {
    "actor": "Federal Trade Commission (US)",
    "actor_entities": ("federal-trade-commission",),
    "type": "issue",
    "target": "rule on noncompete agreements",
    "evidence": "The agency issued its rule on noncompete agreements.",
}
COURT: dict[str, Any] = {
    "actor": "federal judge in Texas",
    "actor_entities": (),
    "type": "rule",
    "target": "FTC rule on noncompete agreements blocked",
    "evidence": "A judge blocked the rule on noncompete agreements.",
    "status": "in_force",
}


def test_a_court_that_stays_a_rule_changes_it_and_is_an_act_of_its_own() -> None:
    rule, stay = merge([filed("a1", "2024-04-23", **FTC), filed("a2", "2024-07-03", **COURT)], today=TODAY)
    assert stay.changes == rule.id
    assert (
        merge([filed("a1", "2024-04-23", **FTC), filed("a2", "2024-07-03", **COURT)], today=date(2024, 7, 4))[0].status
        == "suspended"
    )


def test_a_court_of_one_power_changes_the_act_of_another_that_it_names() -> None:
    fine: dict[str, Any] = {"type": "fine/penalise", "actor": "Italy", "actor_entities": ("IT",), "jurisdiction": "IT"}
    fine |= {"target": "Acme for excessive fees", "target_entities": ("acme",)}
    quashed: dict[str, Any] = {
        "type": "rule",
        "actor": "General Court of the European Union",
        "actor_entities": ("eu-court",),
    }
    quashed |= {"jurisdiction": "EU", "target": "Italian fine on Acme for excessive fees", "status": "in_force"}
    quashed |= {"evidence": "The court annulled the Italian fine on Acme."}
    first, ruling = merge(
        [filed("a1", "2024-04-23", story=None, **fine), filed("a2", "2024-06-03", story=None, **quashed)], today=TODAY
    )
    assert ruling.changes == first.id
    assert first.status == "repealed"


def test_a_company_that_sues_over_a_rule_links_to_it_and_leaves_its_status() -> None:
    suit: dict[str, Any] = {"type": "sue/challenge", "target": "FTC rule on noncompete agreements", "actor": "OpenAI"}
    suit |= {
        "target_entities": ("federal-trade-commission",),
        "status": "under_investigation",
        "evidence": "The company sued over the rule.",
    }
    rule, challenge = merge([filed("a1", "2024-04-23", **FTC), filed("a2", "2024-05-03", **suit)], today=TODAY)
    assert (challenge.changes, rule.status) == (rule.id, "adopted")


def test_a_legislature_that_repeals_an_agency_s_rule_changes_it() -> None:
    repeal = FTC | {"type": "lift/repeal", "actor": "US Congress", "actor_entities": ("Q11268",)}
    repeal |= {"status": "repealed", "evidence": "Congress repealed the rule."}
    rule, repealed = merge([filed("a1", "2024-04-23", **FTC), filed("a2", "2024-06-03", **repeal)], today=TODAY)
    assert (repealed.changes, rule.status) == (rule.id, "repealed")


def test_a_ruling_on_something_else_stands_alone() -> None:
    other = COURT | {"target": "merger of two grocers blocked", "evidence": "A judge blocked the merger."}
    _, ruling = merge([filed("a1", "2024-04-23", **FTC), filed("a2", "2024-06-03", story=None, **other)], today=TODAY)
    assert ruling.changes is None


DELAY: dict[str, Any] = {"type": "delay/extend", "target": "block on API traffic from unsupported regions"}


def test_a_delay_to_a_day_lets_the_act_begin_on_that_day() -> None:
    reports = [
        filed("a1", "2024-06-25", effective_date="2024-07-09"),
        filed("a2", "2024-06-28", effective_date="2024-08-01", evidence="It put the block off to August.", **DELAY),
    ]
    assert merge(reports, today=date(2024, 7, 10))[0].status == "suspended"
    assert merge(reports, today=date(2024, 8, 1))[0].status == "in_force"


def test_a_pause_with_a_last_day_ends_by_itself() -> None:
    reports = [
        filed("a1", "2024-06-25", status="in_force"),
        filed(
            "a2",
            "2024-06-28",
            effective_date="2024-07-01",
            expiry_date="2024-09-30",
            evidence="It suspended the block until the end of September.",
            **DELAY,
        ),
    ]
    days = {day: merge(reports, today=day)[0].status for day in (date(2024, 6, 29), TODAY, date(2024, 9, 30))}
    assert list(days.values()) == ["in_force", "suspended", "in_force"]


def test_an_extension_moves_the_day_on_which_an_act_expires() -> None:
    reports = [
        filed("a1", "2024-06-25", status="in_force", expiry_date="2024-07-31"),
        filed("a2", "2024-06-28", expiry_date="2024-12-31", evidence="It extended the block.", **DELAY),
    ]
    assert merge(reports[:1], today=date(2024, 8, 1))[0].status == "expired"
    assert merge(reports, today=date(2024, 8, 1))[0].status == "in_force"
    assert merge(reports, today=date(2024, 8, 1))[0].expires_on == "2024-12-31"
