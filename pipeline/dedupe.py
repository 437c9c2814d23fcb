"""The same text again: reprints found exactly by their hash and nearly by MinHash over word shingles.

An article that repeats another gets ``reprint_of``: the id of the agency's own report where one is at hand, else of
the earliest. What was given before (``known``) stays what it was, so that nothing is annotated twice.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from rensa import RMinHash, RMinHashLSH

from pipeline.records import Article

SHINGLE = 3  # words
PERMUTATIONS = 128
BANDS = 32  # of 4 rows: a pair of similarity 0.6 meets in one of them with probability 0.99
SIMILAR = 0.55  # estimated Jaccard similarity; one word in twenty changed leaves about 0.75
MIN_WORDS = 40  # shorter texts are alike by chance
_SEED = 20240709

_WORD = re.compile(r"\w+")


def dedupe(articles: Iterable[Article], known: Iterable[Article] = ()) -> Iterator[Article]:
    """The articles in their order, each reprint marked; all are read before the first is given."""
    return Deduper(known).judge_all(articles)


class Deduper:
    """The texts seen so far. ``known`` are articles of earlier runs, already judged."""

    def __init__(self, known: Iterable[Article] = ()) -> None:
        self._seen: list[Article] = []
        self._sketches: list[RMinHash | None] = []
        self._by_hash: dict[str, int] = {}
        self._by_id: dict[str, str] = {}
        self._near = RMinHashLSH(SIMILAR, PERMUTATIONS, BANDS)
        for article in known:
            self._keep(article, _words(article))

    def judge(self, article: Article) -> Article:
        """The article, marked if its text was seen before under another id; it is seen from now on."""
        words = _words(article)
        original = self._original(article, words)
        judged = replace(article, reprint_of=original.id if original else None)
        self._keep(judged, words)
        return judged

    def judge_all(self, articles: Iterable[Article]) -> Iterator[Article]:
        """As ``judge``, over a batch: the agency's own report is seen before its reprints, then the earliest."""
        batch = list(articles)
        order = sorted(range(len(batch)), key=lambda at: (_credited(batch[at]), batch[at].published, batch[at].id))
        judged = {at: self.judge(batch[at]) for at in order}
        return (judged[at] for at in range(len(batch)))

    def _original(self, article: Article, words: list[str]) -> Article | None:
        if len(words) < MIN_WORDS or article.access == "headline":
            return None
        same = self._by_hash.get(_digest(words))
        near = self._nearest(article, _sketch(words)) if same is None else same
        if near is None:
            return None
        found = self._seen[near]
        root = self._by_id.get(found.id) or found.id
        return None if root == article.id or found.id == article.id else replace(found, id=root)

    def _nearest(self, article: Article, sketch: RMinHash) -> int | None:
        best, similarity = None, SIMILAR
        for at in self._near.query(sketch):
            other = self._sketches[at]
            if other is not None and self._seen[at].id != article.id:
                alike = sketch.jaccard(other)
                if alike >= similarity:
                    best, similarity = at, alike
        return best

    def _keep(self, article: Article, words: list[str]) -> None:
        if len(words) < MIN_WORDS or article.access == "headline":
            return
        sketch = _sketch(words)
        self._near.insert(len(self._seen), sketch)
        self._by_hash.setdefault(_digest(words), len(self._seen))
        self._seen.append(article)
        self._sketches.append(sketch)
        if article.reprint_of:
            self._by_id[article.id] = article.reprint_of


def _credited(article: Article) -> bool:
    """Whether the text is another's by its own word."""
    return article.agency is not None


def _words(article: Article) -> list[str]:
    """The words of the report behind its dateline, which reprints change."""
    begin = article.dateline.end if article.dateline else 0
    return _WORD.findall(article.text[begin:].casefold())


def _digest(words: list[str]) -> str:
    return hashlib.sha256(" ".join(words).encode()).hexdigest()


def _sketch(words: list[str]) -> RMinHash:
    sketch = RMinHash(num_perm=PERMUTATIONS, seed=_SEED)
    sketch.update([" ".join(words[at : at + SHINGLE]) for at in range(max(1, len(words) - SHINGLE + 1))])
    return sketch
