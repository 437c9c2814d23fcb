"""The annotators together: order kept, one bad document told apart, odd texts survived."""

from __future__ import annotations

import pytest

from pipeline import annotate
from pipeline.annotate import export
from pipeline.annotate.text import Text
from pipeline.jsonl import to_article
from pipeline.records import Article


def article(name: str, text: str) -> Article:
    return to_article({"id": name, "published": "2024-06-25T08:00:00Z", "title": "A title", "text": text})


ODD = [
    "(" * 2000,
    "\n\n\n.\n\n",
    "“” \" ' “",
    "a" * 20_000,
    "1,2,3.4.5% $$ € 99999999999999999999999999",
    "July 99 of 0000 in the year -1, by 2024-13-45",
    "\u202e\u0000\ufeff ok",
    "你好，世界。",
]


@pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
def test_odd_texts_are_survived_and_their_facts_lie_in_them(text: str) -> None:
    given = article("odd", text)
    (found,) = annotate.annotate([given])
    assert found.failed is None
    row = export(given, found)
    for kind in ("entities", "statistics"):
        assert all(text[f["start"] : f["end"]] == f["text"] for f in row[kind])


def test_one_bad_document_is_told_apart_and_the_others_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    real = annotate.read

    def read(text: Text) -> annotate.Annotations:
        if text.article.id == "bad":
            raise ValueError("cannot be read")
        return real(text)

    monkeypatch.setattr(annotate, "read", read)
    good, bad, last = annotate.annotate([article(n, "The EU fined Acme on Monday.") for n in ("good", "bad", "last")])
    assert [good.failed, bad.failed, last.failed] == [None, "ValueError: cannot be read", None]
    assert good.mentions == last.mentions != ()


def test_a_long_document_is_read_whole() -> None:
    text = "\n\n".join(["The European Commission fined Acme 10 million euros on Monday."] * 400)
    (found,) = annotate.annotate([article("long", text)])
    assert found.failed is None
    assert max(m.end for m in found.mentions) > len(text) - 100


def test_of_a_book_the_head_is_read(caplog: pytest.LogCaptureFixture) -> None:
    text = "The EU fined Acme on Monday. " + "x" * annotate.LONGEST
    (found,) = annotate.annotate([article("book", text)])
    assert found.failed is None
    assert found.mentions
    assert "only the first" in caplog.text
