"""The two verbs: `analyze` for evidence, `count` for numbers alone."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from framescope.arguments import explained
from framescope.corpus import read_corpus
from framescope.errors import FramescopeError
from framescope.lexicon import Lexicon
from framescope.manifest import make_manifest, stamp
from framescope.progress import progress_bar
from framescope.result import Result
from framescope.tables import to_native

if TYPE_CHECKING:
    from os import PathLike

__all__ = ["analyze", "count"]


@explained
def analyze(
    data: Any,
    *,
    text: str | None = None,
    id: str | None = None,  # noqa: A002 - the word every user knows it by
    lexicon: Lexicon | str | PathLike[str] = "foreign-policy",
    keep_chrome: bool = False,
    threads: int | None = None,
    progress: bool | None = None,
) -> Result:
    """Finds every hit of a lexicon in a column of documents.

    Parameters
    ----------
    data
        A list or tuple of `str | None`, a Series, an Arrow array, a NumPy array of str; or a frame: pandas, polars, a pyarrow Table or RecordBatch,
        a DuckDB relation, or anything else that speaks Arrow or that narwhals knows. None, NaN and NA are null documents.
    text
        The column of documents; needed with a frame.
    id
        A column with a unique value for each document, which then stands in `doc` everywhere; else `doc` is the row's position, from 0.
    lexicon
        A `Lexicon`, the name of one that ships with the package, or a file.
    keep_chrome
        Whether to keep what is found in menus, share links, counters and lists of other articles; `documents` says in
        the column `chrome` why lines were left out.
    threads
        How many to use; None means all cores. The result is the same for any number.
    progress
        None shows a bar after two seconds; True at once, False never.

    Returns
    -------
    Result
        Its tables are of the kind of `data` (lists and NumPy arrays give pandas).

    Raises
    ------
    ColumnError
        A document that is neither text nor null (with its row), a column that does not exist, ids that are not unique.
    LexiconError
        A lexicon that does not exist or is not sound.

    >>> import framescope as fs
    >>> lexicon = fs.Lexicon.from_quanteda({"bridge": ["bridge*"], "peace": ["peace"]})
    >>> result = fs.analyze(["A bridge to peace.", None, ""], lexicon=lexicon)
    >>> result.hits[["doc", "start", "end", "text", "frame"]]
       doc  start  end    text   frame
    0    0      2    8  bridge  bridge
    1    0     12   17   peace   peace
    """
    corpus = read_corpus(data, text, id)
    lexicon = as_lexicon(lexicon)
    analyzer = lexicon.compiled(threads=threads, keep_chrome=keep_chrome)
    with progress_bar(progress) as callback:
        found = analyzer.analyze(corpus.texts, callback)
    tables = {name: pa.table(table) for name, table in found.items()}
    documents = tables["documents"]
    manifest = make_manifest(corpus, lexicon, documents["words"], documents["hits"], keep_chrome=keep_chrome)
    stamped = {name: stamp(table, manifest) for name, table in tables.items()}
    return Result(corpus, lexicon, stamped, manifest, threads=threads, progress=progress)


@explained
def count(
    data: Any,
    *,
    text: str | None = None,
    id: str | None = None,  # noqa: A002 - the word every user knows it by
    lexicon: Lexicon | str | PathLike[str] = "foreign-policy",
    keep_chrome: bool = False,
    threads: int | None = None,
    progress: bool | None = None,
) -> Any:
    """Counts the hits of each frame in each document: the same numbers as `analyze`, sooner.

    Takes what `analyze` takes. Returns one row for each document, in order: `doc`, `words`, then a column of counts for each frame path.
    A null document has null counts, an empty one zeros.

    Raises
    ------
    ColumnError, LexiconError
        As `analyze`.

    >>> import framescope as fs
    >>> lexicon = fs.Lexicon.from_quanteda({"bridge": ["bridge*"], "peace": ["peace"]})
    >>> fs.count(["A bridge to peace, a bridge to nowhere.", None], lexicon=lexicon)
       doc  words  bridge  peace
    0    0      8       2      1
    1    1   <NA>    <NA>   <NA>
    """
    corpus = read_corpus(data, text, id)
    lexicon = as_lexicon(lexicon)
    analyzer = lexicon.compiled(threads=threads, keep_chrome=keep_chrome)
    with progress_bar(progress) as callback:
        table = pa.table(analyzer.count(corpus.texts, callback))
    return to_native(stamp(table, make_manifest(corpus, lexicon, table["words"], None, keep_chrome=keep_chrome)), corpus)


__test__ = {"analyze": analyze, "count": count}  # doctest passes over what is wrapped


def as_lexicon(lexicon: Lexicon | str | PathLike[str]) -> Lexicon:
    """The lexicon itself, or the one of that name or path."""
    if isinstance(lexicon, Lexicon):
        return lexicon
    if isinstance(lexicon, str | Path) or hasattr(lexicon, "__fspath__"):
        return Lexicon.load(lexicon)
    raise FramescopeError(
        f"lexicon= is a Lexicon, a name or a path, not {type(lexicon).__name__}; make one with Lexicon.from_dict or Lexicon.from_quanteda"
    )
