"""The days of acts: when announced, from when in force; told beside them, later, or shared."""

from __future__ import annotations

import pytest

from tests.pipeline.annotate.acts import acts


def test_what_takes_effect_is_an_act_of_its_maker():
    (act,) = acts("The European Union's extra duties on Chinese bicycles took effect on December 15.")
    assert (act.actor, act.type, act.effective_date, act.method) == (
        "European Union",
        "impose",
        "2025-12-15",
        "takes_effect",
    )


def test_a_start_told_later_belongs_to_the_act_before():
    (act,) = acts("Japan issued rules on drone exports on Friday. They take effect on February 1, 2026.")
    assert (act.type, act.effective_date, act.status) == ("issue", "2026-02-01", "adopted")


@pytest.mark.parametrize(
    ("text", "kind", "effective"),
    [
        ("Exports of drones will need a licence from March 1, Japan's trade ministry said.", "restrict", "2026-03-01"),
        ("India said on Monday that imports of drones require a permit.", "restrict", None),
        ("Norway announced that sales of small boats were exempt.", "permit/license", None),
        ("India banned exports of rice on December 15, with immediate effect.", "ban/block", "2025-12-15"),
        ("India will ban exports of rice as of January 5.", "ban/block", "2026-01-05"),
    ],
)
def test_duties_told_as_states_and_starts_told_beside_the_act(text, kind, effective):
    assert [(a.type, a.effective_date) for a in acts(text)] == [(kind, effective)]


@pytest.mark.parametrize(
    ("text", "kind", "announced"),
    [
        ("India opened a probe into Nokia on May 3, 2025 and fined Apple.", "fine/penalise", "2025-05-03"),
        ("Norway ended on Monday the tariff it had imposed on May 3, 2025.", "lift/repeal", "2025-12-15"),
    ],
)
def test_a_date_belongs_to_the_act_of_its_own_clause(text, kind, announced):
    assert (kind, announced) in [(a.type, a.announced_date) for a in acts(text)]


def test_a_day_is_shared_with_the_act_that_explains_it():
    text = "The Japanese ministry has collected the fees since June 3, 2024, the day India banned exports of drones."
    assert ("India", "2024-06-03") in [(a.actor, a.effective_date) for a in acts(text)]


def test_what_a_pronoun_starts_is_the_measure_told_before():
    (act,) = acts("Japan banned the app, but Norway wondered if it would be compulsory as of March 3, 2026.")
    assert act.effective_date == "2026-03-03"


def test_a_named_law_that_starts_is_its_state_s():
    told = acts("Governor Gavin Newsom vetoed a bill on drones.\n\nThe EU's AI Act entered into force on August 1.")
    assert [(a.actor, a.effective_date) for a in told if a.type == "enact"] == [("European Union", "2025-08-01")]


def test_the_day_on_which_a_voice_of_the_maker_tells_of_its_act():
    (act,) = acts("Meta is taking steps to curb access to its tools from China, a spokesperson said on Tuesday.")
    assert (act.announced_date, act.effective_date) == ("2025-12-16", None)


def test_what_came_before_an_act_is_not_its_day():
    (act,) = acts("Meta cut off users in Iran on Nov. 9, after a warning on Oct. 24.")
    assert (act.announced_date, act.effective_date) == ("2025-11-09", None)


def test_effective_upon_release_is_the_day_of_the_act():
    (act,) = acts("The new rules on drones, which took effect upon release, were issued by China on Friday.")
    assert (act.announced_date, act.effective_date) == ("2025-12-19", "2025-12-19")


def test_effective_upon_promulgation_may_be_told_further_on():
    (act, *_) = acts("China issued provisions on drones on Friday.\n\nThe provisions, effective as of the date of "
                     "promulgation, set out how drones are sold.")  # fmt: skip
    assert act.effective_date == "2025-12-19"
