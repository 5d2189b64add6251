"""Coded text → weights of stance: what `framescope learn` does."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field, replace
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
SHIFTS = np.arange(-15, 16) / 10, np.arange(-35, 16) / 10
"""Shifts that are tried: toward good, and toward neutral."""
NEAR = 2
"""How many steps of shift on either side are averaged: a peak in the midst of low figures is chance."""


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
    """Coded spans: the features of each row, what it was coded as, the text it is from, and whether its holder stands after the target."""

    matrix: Any
    names: list[str]
    coded: NDArray[np.int64]
    groups: NDArray[np.int64]
    after: NDArray[np.bool_]
    kind: str
    prior: NDArray[np.float64] | None = None
    """What other weights say of each feature: as one of the target, toward good and neutral, and as one of the holder."""

    @property
    def families(self) -> NDArray[Any]:
        """The family of each feature."""
        return np.array([name.split("\t", 1)[0] for name in self.names], dtype=object)


@dataclass(frozen=True)
class Learned:
    """A weights file, and how right it was on texts it had not seen."""

    weights: dict[str, Any]
    report: dict[str, Any]
    unseen: NDArray[np.float64]
    """For each row, the sums toward good and neutral by weights that were learned without it."""

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
    prior: dict[str, Any] | None = None,
) -> Learned:
    """Weights from a frame of coded spans.

    The frame has a column of texts, whole numbers `start` and `end` (the target, in code points), `polarity` (-1, 0, 1) and, for weights that tell
    whose stance it is, `holder_start` and `holder_end`. Rows of equal `group` (by default: of equal text) are never in training and test at once.
    `source` is written into the file: name, licence and citation of the data. The same data, recipe and package give the same bytes,
    with any number of threads.
    `prior` is a weights file of targets: how much its sums, of the target and of the holder, count for these rows is learned too, and the weights
    it has are added to those of the same features; the file that is written stands alone.

    Raises
    ------
    ColumnError, TargetError
        A column that is missing, a span that is none of its text, a polarity that is none.
    FramescopeError
        scikit-learn is not installed, or a polarity never occurs.
    """
    recipe = recipe or Recipe()
    coding = read_coding(data, text, polarity, group)
    if prior is not None:
        coding = replace(coding, prior=said_before(coding.names, prior))
    with one_thread():
        return learned(coding, recipe, ablate=ablate, source=source or {})


def one_thread() -> Any:
    """Within it, algebra runs in one thread: sums are added up in one order, and so rounded alike, however many there could be."""
    try:
        import sklearn.linear_model  # noqa: F401  # loads the libraries whose threads are limited
        from threadpoolctl import threadpool_limits
    except ImportError:
        raise FramescopeError("learning needs scikit-learn; install it with: pip install 'framescope[learn]'") from None
    return threadpool_limits(limits=1)


def learned(coding: Coding, recipe: Recipe, *, ablate: bool, source: dict[str, str]) -> Learned:
    """Weights of a coding, and how right they are."""
    sums = unseen(coding, recipe)
    shifts = calibrate(sums, coding)
    sums += shifts[coding.after.astype(int)]
    report = {"rows": len(coding.coded), **figures(coding.coded, decide(sums))}
    if ablate:
        report["without"] = ablation(coding, recipe)
    features, start = fitted(coding, recipe)
    return Learned(file(coding, recipe, (features, start + shifts), source, report), report, sums)


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
    by = corpus.column(text if group is None else group, "group")
    groups = by.combine_chunks().dictionary_encode().indices.to_numpy()
    after = np.zeros(len(coded), bool)
    if kind == "holder":
        first, second = (spans[f"{who} start"].to_numpy(zero_copy_only=False) for who in ("targets", "holders"))
        after = second > first
    return Coding(*features_of(corpus.texts, spans), coded, groups, after, kind)


def features_of(texts: Any, spans: dict[str, pa.Array]) -> tuple[Any, list[str]]:
    """The features as a sparse matrix, and their names."""
    from scipy.sparse import csr_matrix

    names, starts, columns, values = _core.stance_features(texts, pa.table(spans), 0)
    shape = (len(starts) - 1, len(names))
    return csr_matrix((np.array(values, float), np.array(columns, np.int32), np.array(starts)), shape=shape), names


def said_before(names: list[str], prior: dict[str, Any]) -> NDArray[np.float64]:
    """The weights that a file of targets has for each feature of the target (two columns) and for the same of the holder (two more)."""
    known = {
        f"{family}\t{feature}\t{relation}": pair
        for family, features in prior["features"].items()
        for feature, relations in features.items()
        for relation, pair in relations.items()
    }
    out = np.zeros((len(names), 4))
    for i, name in enumerate(names):
        if name in known:
            out[i, :2] = known[name]
        elif name.startswith("h") and name[1:] in known:
            out[i, 2:] = known[name[1:]]
    return out * float(prior["step"])


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
    from sklearn.linear_model import LogisticRegression

    used, scale = columns_used(coding, recipe, rows)
    model = LogisticRegression(C=recipe.strength, max_iter=400, tol=1e-3, random_state=recipe.seed)
    model.fit(design(coding, rows, used, scale), coding.coded[rows])
    return model, used, scale


def design(coding: Coding, rows: NDArray[Any], used: NDArray[Any], scale: NDArray[Any]) -> Any:
    """The features of some rows, scaled; where there are prior weights, their sums come last."""
    from scipy.sparse import csr_matrix, hstack

    features = coding.matrix[rows]
    own = features[:, used].multiply(scale).tocsr()
    return own if coding.prior is None else hstack([own, csr_matrix(features @ coding.prior)]).tocsr()


def unseen(coding: Coding, recipe: Recipe) -> NDArray[Any]:
    """The sums toward good and neutral of each row, by weights learned without its group."""
    numbers = np.unique(coding.groups)
    fold = np.random.default_rng(recipe.seed).permutation(len(numbers)) % recipe.folds
    of_row = fold[np.searchsorted(numbers, coding.groups)]
    sums = np.zeros((len(coding.coded), 2))
    for i in range(recipe.folds):
        model, used, scale = regression(coding, recipe, np.flatnonzero(of_row != i))
        test = of_row == i
        sums[test] = two(model.decision_function(design(coding, np.flatnonzero(test), used, scale)))
    return sums


def two(weights: NDArray[Any]) -> NDArray[Any]:
    """Numbers of bad, neutral and good as two: toward good, and neutral."""
    bad, neutral, good = weights.T
    return np.stack([good - bad, neutral - (good + bad) / 2], axis=-1)


def decide(sums: NDArray[Any]) -> NDArray[Any]:
    """The likeliest polarity."""
    toward, neutral = sums.T
    found: NDArray[Any] = np.where(neutral >= np.abs(toward) / 2, 0, np.sign(toward)).astype(int)
    return found


def calibrate(sums: NDArray[Any], coding: Coding) -> NDArray[Any]:
    """What to add to both sums where the holder stands before the target, and where after: what gives the best macro-F1 on unseen rows."""
    shifts = np.zeros((2, 2))
    for after in np.unique(coding.after):
        rows = coding.after == after
        here = rows if set(coding.coded[rows]) == set(CLASSES) else np.ones_like(rows)
        shifts[int(after)] = best_shift(sums[here], coding.coded[here])
    return shifts


def best_shift(sums: NDArray[Any], coded: NDArray[Any]) -> NDArray[Any]:
    """The shift whose neighbourhood has the best macro-F1; of equals the smallest."""
    (towards, neutrals), n = SHIFTS, np.array([(coded == c).sum() for c in CLASSES])
    is_class = np.stack([coded == c for c in CLASSES] + [np.ones_like(coded, bool)], axis=-1).astype(float)
    scores = np.zeros((len(towards), len(neutrals)))
    for i, shift in enumerate(towards):
        toward = sums[:, 0] + shift
        neither = (sums[:, 1, None] + neutrals >= np.abs(toward)[:, None] / 2).T.astype(float)
        good, bad = ((1 - neither) @ (is_class * (sign * toward > 0)[:, None]) for sign in (1, -1))
        none = neither @ is_class
        f1 = (2 * found[:, k] / np.maximum(found[:, 3] + n[k], 1) for k, found in enumerate((bad, none, good)))
        scores[i] = sum(f1) / len(CLASSES)
    padded = np.pad(scores, NEAR, mode="edge")
    window = np.lib.stride_tricks.sliding_window_view(padded, (2 * NEAR + 1, 2 * NEAR + 1)).mean((2, 3))
    rows, columns = np.nonzero(window >= window.max() - 1e-9)
    least = np.argmin(np.abs(towards[rows]) + np.abs(neutrals[columns]))
    return np.array([towards[rows[least]], neutrals[columns[least]]])


def counts(coded: NDArray[Any], found: NDArray[Any]) -> NDArray[Any]:
    """How often each polarity (rows) was taken for each (columns)."""
    table = np.zeros((len(CLASSES), len(CLASSES)), int)
    np.add.at(table, (coded + 1, found + 1), 1)
    return table


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
        sums = unseen(coding, Recipe(**{**vars(recipe), "without": (*recipe.without, family)}))
        sums += calibrate(sums, coding)[coding.after.astype(int)]
        out[family] = figures(coding.coded, decide(sums))["macro_f1"]
    return out


def fitted(coding: Coding, recipe: Recipe) -> tuple[list[tuple[str, NDArray[Any]]], NDArray[Any]]:
    """The weights of the features that are kept, and what the sums start with, from all rows."""
    rows = np.arange(len(coding.coded))
    model, used, scale = regression(coding, recipe, rows)
    weights = np.zeros((len(coding.names), len(CLASSES)))
    weights[used] = model.coef_.T[: len(used)] * scale[:, None]
    if coding.prior is not None:
        weights += coding.prior @ model.coef_.T[len(used) :]
    reach = np.sqrt(np.asarray(coding.matrix.power(2).sum(0)).ravel()) * np.abs(weights - weights.mean(1, keepdims=True)).max(1)
    kept = np.sort(np.argsort(-reach, kind="stable")[: recipe.keep])
    return [(coding.names[i], weights[i]) for i in kept], two(model.intercept_)


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
    starts = dict(zip(("start", "start_after"), np.round(start, 6).tolist(), strict=True))
    if coding.kind == "target":
        del starts["start_after"]
    return {
        "framescope_weights": VERSION,
        "kind": coding.kind,
        "provenance": provenance,
        "step": round(step, 9),
        **starts,
        "features": nested,
    }
