"""Who is seen how: the stance of a text, or of someone in it, toward a marked span."""

from __future__ import annotations

from numbers import Integral
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from framescope import _core
from framescope.arguments import explained
from framescope.columns import is_missing, items
from framescope.corpus import Corpus, read_corpus
from framescope.errors import FramescopeError, TargetError
from framescope.manifest import stamp
from framescope.options import thread_count
from framescope.tables import to_native

if TYPE_CHECKING:
    from collections.abc import Iterable
    from os import PathLike

__all__ = ["stance"]

PAIR = 2


@explained
def stance(
    data: Any,
    targets: Any,
    *,
    holders: Any = None,
    explain: bool = False,
    text: str | None = None,
    id: str | None = None,  # noqa: A002 - the word every user knows it by
    weights: str | PathLike[str] | None = None,
    threads: int | None = None,
) -> Any:
    """How a text, or someone in it, sees a marked target.

    A sum of weights of named features, each a word, phrase or class of the lexicon `evaluation` by its relation to the target; learned from coded
    sentences of political news. `docs/stance.md` has the features, the formula, the data and how often it is right.

    Parameters
    ----------
    data
        Documents, as `analyze` takes them. What is read is the sentence of the target and one on either side.
    targets
        A span (start, end) for each text, in code points, or None; or the names of two columns of the frame.
    holders
        Spans of those whose stance is asked; None asks for that of the text.
    explain
        False gives a row for each text, True one for each addend.
    text, id
        Columns of the frame, as in `analyze`.
    weights
        A file that `framescope learn` wrote; None takes those of the package.
    threads
        How many to use; None means all cores. The result is the same for any number.

    Returns
    -------
    frame
        Of the kind of `data` (lists give pandas). For each text: doc, start, end and text of the target, `polarity` (-1, 0, 1), `strength` (-1 to 1:
        how likely 1 is, less how likely -1), `score` (the sum), `neutral` (the sum that speaks for 0) and `evidence` (the number of addends).
        Without any addend, as where a span holds no word, polarity and strength are 0. A row without text, target or holder is null.
        With `explain`, for each addend: doc, start, end, text (the words that show it), family, feature, relation, weight, neutral; the weights of
        a document add up to its score. The first row of each (`start`) is what the sum begins with.

    Raises
    ------
    TargetError
        A span that is none of its text; it says the row.

    >>> import framescope as fs
    >>> texts = ["Kern praised the brave mayor.", "Critics blasted Kern over the scandal.", None]
    >>> seen = fs.stance(texts, targets=[(23, 28), (16, 20), None])
    >>> seen[["doc", "text", "polarity"]]
       doc   text  polarity
    0    0  mayor         1
    1    1   Kern        -1
    2    2   None      <NA>
    """
    corpus = read_corpus(data, text, id)
    columns = span_columns(corpus, targets, "targets")
    if holders is not None:
        columns |= span_columns(corpus, holders, "holders")
    own = None if weights is None else read_weights(weights)
    table = pa.table(_core.stance(corpus.texts, pa.table(columns), own, explain, thread_count(threads)))
    manifest = {
        "framescope": _core.version(),
        "documents": len(corpus),
        "weights": None if weights is None else Path(weights).name,
    }
    return to_native(stamp(table, manifest), corpus)


__test__ = {"stance": stance}  # doctest passes over what is wrapped


def read_weights(path: str | PathLike[str]) -> str:
    """The text of a weights file."""
    try:
        return Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeError) as error:
        raise FramescopeError(f"weights={str(path)!r} cannot be read: {error}; `framescope learn` writes such a file") from None


def span_columns(corpus: Corpus, spans: Any, name: str) -> dict[str, pa.Array]:
    """Two columns of whole numbers, start and end; null where there is no span."""
    if isinstance(spans, tuple) and len(spans) == PAIR and all(isinstance(one, str) for one in spans):
        pairs: Iterable[Any] = zip(*(whole_numbers(corpus, one, name) for one in spans), strict=True)
    elif isinstance(spans, str) or not hasattr(spans, "__iter__"):
        raise TargetError(f"{name}= is a list with a span (start, end) for each text, or the names of two columns")
    else:
        pairs = items(spans)
    checked = [span(pair, row, name) for row, pair in enumerate(pairs)]
    if len(checked) != len(corpus):
        raise TargetError(
            f"{name}= has {len(checked)} spans for {len(corpus)} texts; give one for each text, None where there is none"
        )
    return {f"{name} {end}": pa.array([one[i] for one in checked], pa.int64()) for i, end in enumerate(("start", "end"))}


def whole_numbers(corpus: Corpus, column: str, name: str) -> list[int | None]:
    """A column of offsets; files without types hold them as text."""
    try:
        numbers: list[int | None] = corpus.column(column, name).cast(pa.int64()).to_pylist()
    except pa.ArrowInvalid as error:
        raise TargetError(f"column '{column}' of {name} holds what is no whole number: {error}") from None
    return numbers


def span(pair: Any, row: int, name: str) -> tuple[int | None, int | None]:
    """A span, checked."""
    if is_missing(pair):
        return None, None
    try:
        start, end = pair
    except (TypeError, ValueError):
        start, end = pair, "?"
    if is_missing(start) and is_missing(end):
        return None, None
    if all(isinstance(one, Integral) and not isinstance(one, bool) for one in (start, end)):
        return int(start), int(end)
    raise TargetError(f"row {row} of {name}= holds {pair!r}; a span is (start, end), two whole numbers of code points, or None")
