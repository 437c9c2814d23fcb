"""Whose words an act shows."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from pipeline.ledger.lead import lead


@dataclass(frozen=True)
class Told:
    target: str
    actor: str = "OpenAI"
    type: str = "ban/block"
    confidence: float = 0.8
    actor_entities: tuple[str, ...] = ("openai",)


def shown(*told: Told) -> str:
    return lead(told).target


def test_words_that_most_tellings_share_are_shown() -> None:
    assert (
        shown(
            Told("traffic"), Told("API traffic from China"), Told("API traffic from China"), Told("access in a region")
        )
        == "API traffic from China"
    )


def test_of_one_telling_more_than_of_another_the_fuller_is_shown() -> None:
    assert shown(Told("duties"), Told("duties on electric cars")) == "duties on electric cars"


@pytest.mark.parametrize("leaning", ["API traffic from such regions", "those API services in China"])
def test_words_that_lean_on_their_text_come_last(leaning: str) -> None:
    assert shown(Told(leaning), Told("API traffic")) == "API traffic"


def test_a_sure_reading_goes_before_a_fuller_one() -> None:
    assert shown(Told("block on API traffic from China", confidence=0.65), Told("API traffic")) == "API traffic"


def test_the_ministry_goes_before_its_state() -> None:
    told = (
        Told("data rules", actor="China", actor_entities=("CN",)),
        Told("rules on cross-border data", actor="China", actor_entities=("CN",)),
        Told("data rules", actor="Cyberspace Administration of China", actor_entities=("cac",)),
        Told("data rules", actor="Cyberspace Administration of China", actor_entities=("cac",)),
    )
    assert lead(told).actor == "Cyberspace Administration of China"


def test_an_actor_that_is_an_entity_goes_before_a_mere_phrase() -> None:
    assert lead([Told("traffic from China", actor="the firm", actor_entities=()), Told("traffic")]).actor == "OpenAI"
