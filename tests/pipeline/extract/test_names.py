"""Bylines: names of people, and nothing else that stands beside them."""

from __future__ import annotations

import pytest

from pipeline.extract.names import people, reporters


@pytest.mark.parametrize(
    ("printed", "names"),
    [
        ("By Ann Example and Bob B. Sample", ("Ann Example", "Bob B. Sample")),
        ("Ann Example, Bob Sample", ("Ann Example", "Bob Sample")),
        ("ANN EXAMPLE", ("Ann Example",)),
        ("More stories by Ann Example", ("Ann Example",)),
        ("By Ann Example in Geneva, Bob Sample in The Hague", ("Ann Example", "Bob Sample")),
        ("Xinhua writers Li Ming, Wang Fang", ("Li Ming", "Wang Fang")),
        ("李明", ("李明",)),
        ("Martin Luther King, Jr.", ("Martin Luther King, Jr",)),
        ("By Ann Example Source: Global Times", ("Ann Example",)),
        ("By Global Times", ()),
        ("GT staff reporters", ()),
        ("Reuters Staff", ()),
        ("huaxia", ()),
        ("https://example.org/ann", ()),
        ("ann@example.org", ()),
        ("<script>alert(1)</script>", ()),
    ],
)
def test_people(printed: str, names: tuple[str, ...]) -> None:
    assert people([printed], outlet=("Global Times", "Reuters")) == names


def test_reporters_of_the_closing_line() -> None:
    line = "(Reporting by Ann Example in Geneva and Bob Sample; Writing by C. Third; Editing by Dee Fourth)"
    assert reporters([line]) == ("Ann Example", "Bob Sample")
    assert reporters(["Editing by Dee Fourth"]) == ()
    assert reporters(["by Xinhua writers Zhang San, Li Si"]) == ("Zhang San", "Li Si")
