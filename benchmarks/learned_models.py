"""The learned variants: fitted on some stories, settled on inner folds of these, applied to the others."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from benchmarks.learned_features import Clause

NONE = "none"
STRENGTHS = (0.1, 1.0)  # C of the logistic regression, most regularised first
FLOORS = (0.0, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5)  # below this probability of being an act, a rule's act is dropped
BARS = (0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1.1)  # from this probability on another type, or a new act, is believed

Rows = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Case:
    """One document: gold, the rules' acts with features and true type, clauses with true type."""

    story: str
    gold: Rows
    acts: Rows
    act_features: tuple[tuple[str, ...], ...]
    act_labels: tuple[str, ...]
    clauses: tuple[Clause, ...]
    clause_labels: tuple[str, ...]
    vectors: np.ndarray | None = None  # one embedding a clause


@dataclass(frozen=True, slots=True)
class Guess:
    """Class probabilities of the rows of one document; ``classes`` in their order."""

    classes: tuple[str, ...]
    chances: np.ndarray


def scorer(evaluation: Path) -> ModuleType:
    """The evaluation's own ``score.py``."""
    spec = importlib.util.spec_from_file_location("score", evaluation / "score.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(evaluation / "score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Linear:
    """Multinomial logistic regression over binary features, and over a dense vector where there is one."""

    def __init__(self, strength: float) -> None:
        self.words = CountVectorizer(analyzer=tuple, binary=True, min_df=2, dtype=np.float64)
        self.model = LogisticRegression(C=strength, max_iter=300, random_state=0)

    def fit(self, features: Sequence[tuple[str, ...]], vectors: np.ndarray | None, labels: Sequence[str]) -> Linear:
        """Learn from rows of features with their labels."""
        self.model.fit(self._matrix(self.words.fit_transform(features), vectors), labels)
        return self

    def guess(self, features: Sequence[tuple[str, ...]], vectors: np.ndarray | None) -> Guess:
        """Class probabilities of each row."""
        classes = tuple(str(c) for c in self.model.classes_)
        if not features:
            return Guess(classes, np.zeros((0, len(classes))))
        return Guess(classes, self.model.predict_proba(self._matrix(self.words.transform(features), vectors)))

    @staticmethod
    def _matrix(words: csr_matrix, vectors: np.ndarray | None) -> csr_matrix:
        return words if vectors is None else hstack([words, csr_matrix(vectors * 4)], format="csr")


@dataclass(frozen=True, slots=True)
class Variant:
    """One learned improvement: what it is fitted on, how its guess changes a document, which settings it may take."""

    name: str
    rows: Callable[[Case], tuple[Sequence[tuple[str, ...]], np.ndarray | None, Sequence[str]]]
    apply: Callable[[Case, Guess, tuple[float, float]], Rows]
    settings: tuple[tuple[float, float], ...]

    def fit(self, cases: Sequence[Case], strength: float) -> Linear:
        """A model of these documents."""
        parts = [self.rows(c) for c in cases]
        vectors = [v for _, v, _ in parts if v is not None]
        features = [f for part in parts for f in part[0]]
        return Linear(strength).fit(
            features, np.vstack(vectors) if vectors else None, [x for part in parts for x in part[2]]
        )

    def guess(self, model: Linear, case: Case) -> Guess:
        """The model's guess for one document."""
        features, vectors, _ = self.rows(case)
        return model.guess(features, vectors)


def judged(case: Case, guess: Guess, setting: tuple[float, float]) -> Rows:
    """The rules' acts, improbable ones dropped, and given another type where that is probable enough."""
    floor, bar = setting
    none = guess.classes.index(NONE) if NONE in guess.classes else None
    kept = []
    for act, chances in zip(case.acts, guess.chances, strict=True):
        if none is not None and 1 - chances[none] < floor:
            continue
        best = int(np.argmax([-1 if n == none else p for n, p in enumerate(chances)]))
        kept.append(act | {"type": guess.classes[best]} if chances[best] >= bar else act)
    return kept


def proposed(case: Case, guess: Guess, setting: tuple[float, float]) -> Rows:
    """The rules' acts, and in a sentence where they find none the most probable clause's act."""
    best: dict[str, tuple[float, dict[str, Any]]] = {}
    for clause, chances in zip(case.clauses, guess.chances, strict=True):
        if not clause.silent:
            continue
        n = int(np.argmax([-1 if c == NONE else p for c, p in zip(guess.classes, chances, strict=True)]))
        chance = 1 - chances[guess.classes.index(NONE)]
        if chance >= setting[1] and chance > best.get(clause.row["evidence"], (0.0, {}))[0]:
            best[clause.row["evidence"]] = (chance, clause.row | {"type": guess.classes[n]})
    return case.acts + [row for _, row in best.values()]


def _accepting(case: Case) -> tuple[Sequence[tuple[str, ...]], None, Sequence[str]]:
    right = ["act" if label == act["type"] else NONE for act, label in zip(case.acts, case.act_labels, strict=True)]
    return case.act_features, None, right


def _typing(case: Case) -> tuple[Sequence[tuple[str, ...]], None, Sequence[str]]:
    return case.act_features, None, case.act_labels


def _wording(case: Case) -> tuple[Sequence[tuple[str, ...]], None, Sequence[str]]:
    return [c.features for c in case.clauses], None, case.clause_labels


def _embedding(case: Case) -> tuple[Sequence[tuple[str, ...]], np.ndarray | None, Sequence[str]]:
    telling = ("t=", "who", "kind=", "force=", "public=", "o_class=", "dep=")
    return (
        [tuple(f for f in c.features if f.startswith(telling)) for c in case.clauses],
        case.vectors,
        case.clause_labels,
    )


def variants(*, embedded: bool) -> tuple[Variant, ...]:
    """All that is compared."""
    drop = tuple((floor, 1.1) for floor in FLOORS)
    both = tuple((floor, bar) for floor in FLOORS for bar in BARS)
    new = tuple((0.0, bar) for bar in BARS)
    found = [
        Variant("accept or reject", _accepting, judged, drop),
        Variant("accept, reject or re-type", _typing, judged, both),
        Variant("propose, by words and grammar", _wording, proposed, new),
    ]
    return (*found, *([Variant("propose, by MiniLM", _embedding, proposed, new)] if embedded else []))


def settle(
    variant: Variant, cases: Sequence[Case], f1: Callable[[Sequence[Case], Sequence[Rows]], float]
) -> tuple[float, tuple[float, float]]:
    """Strength and setting by inner folds of the training stories; ties go to the setting that changes least."""
    stories = [c.story for c in cases]
    folds = list(GroupKFold(4).split(stories, groups=stories))
    best: tuple[float, float, tuple[float, float]] | None = None
    for strength in STRENGTHS:
        guesses: dict[int, Guess] = {}
        for train, test in folds:
            model = variant.fit([cases[i] for i in train], strength)
            guesses |= {int(i): variant.guess(model, cases[i]) for i in test}
        for setting in sorted(variant.settings, key=lambda s: (s[0], -s[1])):
            value = f1(cases, [variant.apply(c, guesses[i], setting) for i, c in enumerate(cases)])
            if best is None or value > best[0] + 1e-9:
                best = (value, strength, setting)
    if best is None:
        raise ValueError("no setting to choose from")
    return best[1], best[2]
