"""Articles on one event cluster as they arrive: one pass in time order, labels that never change.

An article joins the story whose centroid (TF-IDF of title, lead and text) it resembles most, the likeness fading
with the days since the story's last article; below a threshold it begins a story of its own, named after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer

from pipeline.records import Article, Story

# Measured by benchmarks/stories.py: BCubed F1 0.88 on news_cluster's 69 events, 0.95 on the development gold,
# 0.93 on the sample press (benchmarks/sample_press.yml).
LIKENESS = 0.10
FADE_DAYS = 60.0
TITLE_WEIGHT = 3
LEAD = 400  # characters
WINDOW = 20_000  # articles back that a new one is compared with


@dataclass(frozen=True, slots=True)
class Labelled:
    """An article and the story it belongs to; ``known`` articles keep the label they came with."""

    article: Article
    story: str


def label(articles: Iterable[Article], known: Iterable[Labelled] = ()) -> Iterator[Labelled]:
    """Label new articles, oldest first, given those labelled before. Same input, same labels."""
    before = sorted(known, key=lambda k: _order(k.article))
    new = sorted(articles, key=_order)
    if not new:
        return
    everything = [k.article for k in before] + new
    vectors = _vectors(everything)
    names: list[str] = []
    place: dict[str, int] = {}
    labels = np.empty(len(everything), dtype=np.int64)
    norms: list[float] = []  # squared length of each story's summed vector
    last_day: list[int] = []
    for i, article in enumerate(everything):
        first = max(0, i - WINDOW)
        near = np.asarray((vectors[first:i] @ vectors[i].T).todense()).ravel()
        sums = np.bincount(labels[first:i], weights=near, minlength=len(names))
        day = article.local_day.toordinal()
        if i < len(before):
            name = before[i].story
        else:
            name = _nearest(names, sums, norms, last_day, day) or _name(article, place)
        if name not in place:
            place[name] = len(names)
            names.append(name)
            norms.append(0.0)
            last_day.append(day)
            sums = np.append(sums, 0.0)
        own = place[name]
        labels[i] = own
        norms[own] += 2 * float(sums[own]) + 1
        last_day[own] = max(day, last_day[own])
        if i >= len(before):
            yield Labelled(article, name)


def stories(labelled: Iterable[Labelled]) -> tuple[Story, ...]:
    """Gather labelled articles into stories, titled by the headline nearest to the middle of each."""
    groups: dict[str, list[Article]] = {}
    for item in sorted(labelled, key=lambda k: _order(k.article)):
        groups.setdefault(item.story, []).append(item.article)
    return tuple(
        Story(id=name, title=_title(group), articles=tuple(a.id for a in group)) for name, group in groups.items()
    )


def _order(article: Article) -> tuple[str, str]:
    return article.published, article.id


def _vectors(articles: list[Article]) -> csr_matrix:
    """One unit vector an article: its title and lead, which tell the event, weigh as much as all it says."""
    whole = _tfidf([f"{a.title} . " * TITLE_WEIGHT + a.text for a in articles])
    head = _tfidf([f"{a.title} . {a.title} . {a.text[:LEAD]}" for a in articles])
    return csr_matrix(hstack([whole, head]) * np.sqrt(0.5))


def _tfidf(texts: list[str]) -> csr_matrix:
    common = 0.5 if len(texts) > 50 else 1.0  # in a handful of texts every shared word is in "half"
    vectorizer = TfidfVectorizer(sublinear_tf=True, ngram_range=(1, 2), stop_words="english", max_df=common)
    try:
        return csr_matrix(vectorizer.fit_transform(texts))
    except ValueError:  # no word at all in any text
        return csr_matrix((len(texts), 1))


def _nearest(names: list[str], sums: np.ndarray, norms: list[float], last_day: list[int], day: int) -> str | None:
    if not names:
        return None
    likeness = sums / np.sqrt(norms) * np.exp(-np.abs(day - np.array(last_day)) / FADE_DAYS)
    best = int(np.argmax(likeness))
    return names[best] if likeness[best] >= LIKENESS else None


def _name(article: Article, taken: dict[str, int]) -> str:
    words = re.findall(r"[a-z0-9]+", article.title.casefold())[:6] or ["story"]
    name = "-".join((*words, article.published[:7]))
    return name if name not in taken else f"{name}-{article.id[:6]}"


def _title(group: list[Article]) -> str:
    if len(group) == 1:
        return group[0].title
    vectors = _vectors(group)
    centre = np.asarray(vectors.sum(axis=0)).ravel()
    return group[int(np.argmax(vectors @ centre))].title
