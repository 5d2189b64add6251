"""Coded text → weights of stance: what `framescope learn` does."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from framescope import _core
from framescope.corpus import names, read_corpus
from framescope.errors import ColumnError, FramescopeError
from framescope.lexicon import Lexicon
from framescope.marked import span_columns

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Coding", "Learned", "Recipe", "learn"]

CLASSES = (-1, 0, 1)
VERSION = 1


@dataclass(frozen=True)
class Recipe:
    """How weights are learned. The defaults were chosen by cross-validation on the training split of NewsMTSC."""

    seed: int = 0
    folds: int = 5
    strength: float = 0.02
    """C of the logistic regression: the smaller, the flatter the weights."""
    rare: int = 2
    """Features of fewer texts are left out."""
    keep: int = 12_000
    """How many features are kept: those that move most scores most."""
    scales: dict[str, float] = field(
        default_factory=lambda: {"sum": 3.0, "phrase": 3.0, "verb": 3.0, "link": 2.0, "own": 2.0, "sign": 0.6}
    )
    """How readily a family is used; 1 where it is not named."""
    without: tuple[str, ...] = ("name", "hname")
    """Families left out: names of others tell of the sample, not of stance."""


@dataclass(frozen=True)
class Coding:
    """Coded spans: the features of each row, what it was coded as, and the text it is from."""

    matrix: Any
    names: list[str]
    coded: NDArray[np.int64]
    groups: NDArray[np.int64]
    kind: str

    @property
    def families(self) -> NDArray[Any]:
        """The family of each feature."""
        return np.array([name.split("\t", 1)[0] for name in self.names], dtype=object)


@dataclass(frozen=True)
class Learned:
    """A weights file, and how right it was on texts it had not seen."""

    weights: dict[str, Any]
    report: dict[str, Any]

    def text(self) -> str:
        """The weights file: JSON, a feature on each line."""
        head = {key: value for key, value in self.weights.items() if key != "features"}
        families = []
        for family, features in self.weights["features"].items():
            lines = (f"  {quoted(feature)}: {compact(relations)}" for feature, relations in features.items())
            families.append(f" {quoted(family)}: {{\n" + ",\n".join(lines) + "\n }")
        return json.dumps(head, ensure_ascii=False)[:-1] + ', "features": {\n' + ",\n".join(families) + "\n}}\n"


def quoted(text: str) -> str:
    """A JSON string."""
    return json.dumps(text, ensure_ascii=False)


def compact(value: Any) -> str:
    """JSON without spaces."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def learn(
    data: Any,
    *,
    text: str = "text",
    polarity: str = "polarity",
    group: str | None = None,
    recipe: Recipe | None = None,
    ablate: bool = False,
    source: dict[str, str] | None = None,
) -> Learned:
    """Weights from a frame of coded spans.

    The frame has a column of texts, whole numbers `start` and `end` (the target, in code points), `polarity` (-1, 0, 1) and, for weights that tell
    whose stance it is, `holder_start` and `holder_end`. Rows of equal `group` (by default: of equal text) are never in training and test at once.
    `source` is written into the file: name, licence and citation of the data. The same data, recipe and package give the same bytes.

    Raises
    ------
    ColumnError, TargetError
        A column that is missing, a span that is none of its text, a polarity that is none.
    FramescopeError
        scikit-learn is not installed, or a polarity never occurs.
    """
    recipe = recipe or Recipe()
    coding = read_coding(data, text, polarity, group)
    chances = unseen(coding, recipe)
    shift = calibrate(chances, coding.coded)
    report = {"rows": len(coding.coded), **figures(coding.coded, decide(chances, shift))}
    if ablate:
        report["without"] = ablation(coding, recipe)
    features, start = fitted(coding, recipe)
    return Learned(file(coding, recipe, (features, start + shift), source or {}, report), report)


def read_coding(data: Any, text: str, polarity: str, group: str | None) -> Coding:
    """The features and codes of a frame."""
    corpus = read_corpus(data, text)
    kind = "holder" if "holder_start" in names(corpus.native) else "target"
    spans = span_columns(corpus, ("start", "end"), "targets")
    if kind == "holder":
        spans |= span_columns(corpus, ("holder_start", "holder_end"), "holders")
    coded = np.array([code(value, row, polarity) for row, value in enumerate(corpus.column(polarity, "polarity").to_pylist())])
    missing = sorted(set(CLASSES) - set(coded.tolist()))
    if missing:
        raise FramescopeError(f"no row of column '{polarity}' is {missing[0]}; weights are learned from rows of -1, 0 and 1")
    by = corpus.texts if group is None else corpus.column(group, "group")
    groups = by.combine_chunks().dictionary_encode().indices.to_numpy()
    return Coding(*features_of(corpus.texts, spans), coded, groups, kind)


def features_of(texts: Any, spans: dict[str, pa.Array]) -> tuple[Any, list[str]]:
    """The features as a sparse matrix, and their names."""
    from scipy.sparse import csr_matrix

    names, starts, columns, values = _core.stance_features(texts, pa.table(spans), 0)
    shape = (len(starts) - 1, len(names))
    return csr_matrix((np.array(values, float), np.array(columns, np.int32), np.array(starts)), shape=shape), names


def code(value: object, row: int, name: str) -> int:
    """A polarity, checked."""
    try:
        number = int(str(value))
    except ValueError:
        number = 2
    if number not in CLASSES:
        raise ColumnError(f"row {row} of column '{name}' holds {value!r}; a polarity is -1, 0 or 1")
    return number


def columns_used(coding: Coding, recipe: Recipe, rows: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Which features are used, and the scale of each."""
    known = coding.families
    often = np.bincount(coding.matrix[rows].indices, minlength=len(coding.names))
    used = (often >= recipe.rare) & ~np.isin(known, recipe.without)
    return np.flatnonzero(used), np.array([recipe.scales.get(family.removeprefix("h"), 1.0) for family in known[used]])


def regression(coding: Coding, recipe: Recipe, rows: NDArray[Any]) -> tuple[Any, NDArray[Any], NDArray[Any]]:
    """A logistic regression on some rows, with the features it uses and their scales."""
    try:
        from sklearn.linear_model import LogisticRegression
    except ImportError:
        raise FramescopeError("learning needs scikit-learn; install it with: pip install 'framescope[learn]'") from None
    used, scale = columns_used(coding, recipe, rows)
    model = LogisticRegression(C=recipe.strength, max_iter=400, tol=1e-3, random_state=recipe.seed)
    model.fit(coding.matrix[rows][:, used].multiply(scale).tocsr(), coding.coded[rows])
    return model, used, scale


def unseen(coding: Coding, recipe: Recipe) -> NDArray[Any]:
    """The chances of the three polarities for each row, from weights learned without its group."""
    numbers = np.unique(coding.groups)
    fold = np.random.default_rng(recipe.seed).permutation(len(numbers)) % recipe.folds
    of_row = fold[np.searchsorted(numbers, coding.groups)]
    chances = np.zeros((len(coding.coded), len(CLASSES)))
    for i in range(recipe.folds):
        model, used, scale = regression(coding, recipe, np.flatnonzero(of_row != i))
        test = of_row == i
        chances[test] = model.predict_log_proba(coding.matrix[test][:, used].multiply(scale).tocsr())
    return chances


def decide(chances: NDArray[Any], shift: NDArray[Any]) -> NDArray[Any]:
    """The likeliest polarity, after a shift of each."""
    found: NDArray[Any] = np.array(CLASSES)[(chances + shift).argmax(1)]
    return found


def calibrate(chances: NDArray[Any], coded: NDArray[Any]) -> NDArray[Any]:
    """The shift of the three polarities that gives the best macro-F1 on unseen rows."""
    shift, best = np.zeros(len(CLASSES)), macro_f1(coded, decide(chances, np.zeros(len(CLASSES))))
    for step in (0.4, 0.2, 0.1, 0.05):
        for _ in range(4):
            for i in range(len(CLASSES)):
                for sign in (-step, step):
                    tried = shift + sign * (np.arange(len(CLASSES)) == i)
                    score = macro_f1(coded, decide(chances, tried))
                    if score > best + 1e-9:
                        shift, best = tried, score
    return shift


def counts(coded: NDArray[Any], found: NDArray[Any]) -> NDArray[Any]:
    """How often each polarity (rows) was taken for each (columns)."""
    table = np.zeros((len(CLASSES), len(CLASSES)), int)
    np.add.at(table, (coded + 1, found + 1), 1)
    return table


def macro_f1(coded: NDArray[Any], found: NDArray[Any]) -> float:
    """The mean F1 of the three polarities."""
    table = counts(coded, found)
    return float(np.mean(2 * table.diagonal() / np.maximum(table.sum(0) + table.sum(1), 1)))


def figures(coded: NDArray[Any], found: NDArray[Any]) -> dict[str, Any]:
    """Macro-F1, accuracy, F1 of each polarity, confusion matrix (rows: coded)."""
    table = counts(coded, found)
    each = 2 * table.diagonal() / np.maximum(table.sum(0) + table.sum(1), 1)
    return {
        "macro_f1": round(float(each.mean()), 4),
        "accuracy": round(float(table.diagonal().sum() / table.sum()), 4),
        "f1": {str(c): round(float(f), 4) for c, f in zip(CLASSES, each, strict=True)},
        "confusion": table.tolist(),
    }


def ablation(coding: Coding, recipe: Recipe) -> dict[str, float]:
    """Macro-F1 on unseen rows without each family."""
    out = {}
    for family in sorted(set(coding.families) - set(recipe.without)):
        chances = unseen(coding, Recipe(**{**vars(recipe), "without": (*recipe.without, family)}))
        out[family] = round(macro_f1(coding.coded, decide(chances, calibrate(chances, coding.coded))), 4)
    return out


def fitted(coding: Coding, recipe: Recipe) -> tuple[list[tuple[str, NDArray[Any]]], NDArray[Any]]:
    """The weights of the features that are kept, and what the sums start with, from all rows."""
    rows = np.arange(len(coding.coded))
    model, used, scale = regression(coding, recipe, rows)
    weights = model.coef_.T * scale[:, None]
    reach = np.sqrt(np.asarray(coding.matrix[:, used].power(2).sum(0)).ravel()) * np.abs(
        weights - weights.mean(1, keepdims=True)
    ).max(1)
    kept = np.sort(np.argsort(-reach, kind="stable")[: recipe.keep])
    return [(coding.names[used[i]], weights[i]) for i in kept], model.intercept_


def two(weights: NDArray[Any]) -> NDArray[Any]:
    """Three weights as two: toward good, and neutral."""
    bad, neutral, good = weights
    return np.array([good - bad, neutral - (good + bad) / 2])


def file(
    coding: Coding,
    recipe: Recipe,
    found: tuple[list[tuple[str, NDArray[Any]]], NDArray[Any]],
    source: dict[str, str],
    report: dict[str, Any],
) -> dict[str, Any]:
    """The weights file: whole numbers of a step, 255 steps for the largest."""
    features, start = found
    pairs = [(name, two(weights)) for name, weights in features]
    step = max((float(np.abs(pair).max()) for _, pair in pairs), default=1.0) / 127
    nested: dict[str, dict[str, dict[str, list[int]]]] = {}
    for name, pair in pairs:
        family, feature, relation = name.split("\t")
        toward, neutral = (int(n) for n in np.rint(pair / step))
        if toward or neutral:
            nested.setdefault(family, {}).setdefault(feature, {})[relation] = [toward, neutral]
    digest = hashlib.sha256("\n".join(coding.names).encode())
    digest.update(coding.coded.tobytes())
    provenance = {
        **source,
        "framescope": _core.version(),
        "evaluation": Lexicon.load("evaluation").hash,
        "coding": digest.hexdigest(),
        "recipe": {key: list(value) if isinstance(value, tuple) else value for key, value in vars(recipe).items()},
        "unseen": {key: report[key] for key in ("rows", "macro_f1", "accuracy", "f1")},
    }
    return {
        "framescope_weights": VERSION,
        "kind": coding.kind,
        "provenance": provenance,
        "step": round(step, 9),
        "start": [round(float(n), 6) for n in two(start)],
        "features": nested,
    }
