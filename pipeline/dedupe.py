"""The same text again: reprints found exactly by their hash and nearly by MinHash over word shingles.

An article that repeats another gets ``reprint_of``: the id of the agency's own report where one is at hand, else of
the earliest. When an agency's own report comes after its reprints, they are told by ``Deduper.regraded``.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from rensa import RMinHash, RMinHashLSH

from pipeline.records import Article

SHINGLE = 3  # words
PERMUTATIONS = 128
BANDS = 32  # of 4 rows: a pair of similarity 0.6 meets in one of them with probability 0.99
SIMILAR = 0.55  # estimated Jaccard similarity; one word in twenty changed leaves about 0.75
MIN_WORDS = 40  # shorter texts are alike by chance
_SEED = 20240709

_WORD = re.compile(r"\w+")


class _Imprint(NamedTuple):
    digest: str
    sketch: RMinHash


def dedupe(articles: Iterable[Article], known: Iterable[Article] = ()) -> Iterator[Article]:
    """The articles in their order, each reprint marked; all are read before the first is given."""
    return Deduper(known).judge_all(articles)


class Deduper:
    """The texts seen so far. ``known`` are articles of earlier runs, already judged."""

    def __init__(self, known: Iterable[Article] = ()) -> None:
        self._seen: list[Article] = []
        self._sketches: list[RMinHash] = []
        self._by_hash: dict[str, int] = {}
        self._regraded: dict[str, str] = {}
        self._near = RMinHashLSH(SIMILAR, PERMUTATIONS, BANDS)
        for article in known:
            self._keep(article, _imprint(article))

    def judge(self, article: Article) -> Article:
        """The article, marked if its text was seen before under another id; it is seen from now on."""
        imprint = _imprint(article)
        same = self._same(article, imprint)
        if same is None:
            original = None
        elif is_own(article) and not is_own(same):
            original = None
            self._regrade(same.reprint_of or same.id, article.id)
        else:
            original = same.reprint_of or same.id
        judged = replace(article, reprint_of=None if original == article.id else original)
        self._keep(judged, imprint)
        return judged

    def original_of(self, article: Article) -> str | None:
        """The id of what the article repeats, or None; it is not kept."""
        same = self._same(article, _imprint(article))
        return None if same is None else same.reprint_of or same.id

    def judge_all(self, articles: Iterable[Article]) -> Iterator[Article]:
        """As ``judge``, over a batch: the agency's own report is seen before its reprints, then the earliest."""
        batch = list(articles)
        order = sorted(range(len(batch)), key=lambda at: (not is_own(batch[at]), batch[at].published, batch[at].id))
        judged = {at: self.judge(batch[at]) for at in order}
        return (judged[at] for at in range(len(batch)))

    def regraded(self) -> dict[str, str]:
        """Articles judged earlier that a later one showed to be its reprints: id -> id of the original."""
        return dict(self._regraded)

    def _regrade(self, old: str, new: str) -> None:
        for at, article in enumerate(self._seen):
            if old in (article.id, article.reprint_of) and article.id != new:
                self._seen[at] = replace(article, reprint_of=new)
                self._regraded[article.id] = new

    def _same(self, article: Article, imprint: _Imprint | None) -> Article | None:
        if imprint is None:
            return None
        at = self._by_hash.get(imprint.digest)
        if at is None or self._seen[at].id == article.id:
            at = self._nearest(article, imprint.sketch)
        return None if at is None else self._seen[at]

    def _nearest(self, article: Article, sketch: RMinHash) -> int | None:
        best, similarity = None, SIMILAR
        for at in sorted(self._near.query(sketch)):
            if self._seen[at].id != article.id and (alike := sketch.jaccard(self._sketches[at])) >= similarity:
                best, similarity = at, alike
        return best

    def _keep(self, article: Article, imprint: _Imprint | None) -> None:
        if imprint is None:
            return
        self._near.insert(len(self._seen), imprint.sketch)
        self._by_hash.setdefault(imprint.digest, len(self._seen))
        self._seen.append(article)
        self._sketches.append(imprint.sketch)


def is_own(article: Article) -> bool:
    """Whether the outlet wrote it: it credits nobody, or itself."""
    return article.agency is None or _plain(article.agency) == _plain(article.source)


def sketch_of(article: Article) -> tuple[str, tuple[int, ...]] | None:
    """The hash of an article's words and its MinHash sketch (PERMUTATIONS values of 32 bits); None for a short text."""
    imprint = _imprint(article)
    return None if imprint is None else (imprint.digest, tuple(imprint.sketch.digest()))


def _plain(name: str) -> str:
    return re.sub(r"[\W_]", "", name.casefold())


def _imprint(article: Article) -> _Imprint | None:
    """What a text is known by: its words behind the dateline, which reprints change. None for a short text."""
    begin = article.dateline.end if article.dateline else 0
    words = _WORD.findall(article.text[begin:].casefold())
    if len(words) < MIN_WORDS or article.access == "headline":
        return None
    sketch = RMinHash(num_perm=PERMUTATIONS, seed=_SEED)
    sketch.update([" ".join(words[at : at + SHINGLE]) for at in range(len(words) - SHINGLE + 1)])
    return _Imprint(hashlib.sha256(" ".join(words).encode()).hexdigest(), sketch)
