"""`pl.col(…).framescope`, and the same on frames, queries and Series of polars."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import polars as pl

from framescope.analysis import as_lexicon
from framescope.arguments import explained
from framescope.columns import text_column
from framescope.errors import ColumnError
from framescope.pipelines import verbs
from framescope.pipelines.structs import count_structs, fields

if TYPE_CHECKING:
    from os import PathLike

    from framescope.lexicon import Lexicon

__all__ = ["ExprVerbs", "FrameVerbs", "LazyFrameVerbs", "SeriesVerbs"]

TEXTUAL = (pl.String, pl.Categorical, pl.Enum, pl.Object)


class ExprVerbs:
    """`pl.col(…).framescope`: counts as an expression of polars, in frames, queries, group-bys and the streaming engine.

    >>> import framescope as fs, polars as pl
    >>> lexicon = fs.Lexicon.from_quanteda({"bridge": ["bridge*"], "peace": ["peace"]})
    >>> query = pl.LazyFrame({"outlet": ["A", "A", "B"], "body": ["A bridge to peace.", "A bridge.", None]})
    >>> counts = pl.col("body").framescope.count(lexicon)
    >>> query.select("outlet", counts.struct.unnest()).collect().rows()
    [('A', 4, 1, 1), ('A', 2, 1, 0), ('B', None, None, None)]
    >>> query.group_by("outlet", maintain_order=True).agg(counts.struct.field("bridge").sum()).collect().rows()
    [('A', 2), ('B', 0)]
    """

    def __init__(self, expr: pl.Expr) -> None:
        self._expr = expr

    @explained
    def count(
        self, lexicon: Lexicon | str | PathLike[str] = "foreign-policy", *, keep_chrome: bool = False, threads: int | None = None
    ) -> pl.Expr:
        """The counts of each document: a struct of `words` and a field for each frame path, all Int64.

        The numbers are those of `framescope.count`; the struct of a null document is null. `.struct.unnest()` makes columns of it,
        `.struct.field("bridge")` takes one. The documents are read once for each use of the expression in a query, so for several
        frames take them from one column: `df.with_columns(n=….count()).with_columns(pl.col("n").struct.field("bridge", "peace"))`.

        The lexicon is read when the expression is made and compiled once, not for each batch; a file that changes later changes nothing.

        Raises
        ------
        LexiconError, FramescopeError
            At once, for a lexicon that does not exist or is not sound and for options that are none.
        ColumnError
            When the query runs, if the column holds no text.
        """
        lexicon = as_lexicon(lexicon)
        lexicon.compiled(threads=threads, keep_chrome=keep_chrome)  # once, and what is wrong is said now
        counts = partial(counted, lexicon=lexicon, keep_chrome=keep_chrome, threads=threads)
        return self._expr.map_batches(counts, return_dtype=struct_of(lexicon), is_elementwise=True)


class SeriesVerbs(verbs.ColumnVerbs):
    """`series.framescope`: what `framescope.analyze` and `framescope.count` do, for a polars Series of documents.

    >>> import framescope as fs, polars as pl
    >>> lexicon = fs.Lexicon.from_quanteda({"bridge": ["bridge*"], "peace": ["peace"]})
    >>> pl.Series(["A bridge to peace.", None]).framescope.count(lexicon).rows()
    [(0, 4, 1, 1), (1, None, None, None)]
    """


class FrameVerbs(verbs.FrameVerbs):
    """`df.framescope`: what `framescope.analyze` and `framescope.count` do, for a column of a polars frame.

    >>> import framescope as fs, polars as pl
    >>> lexicon = fs.Lexicon.from_quanteda({"bridge": ["bridge*"], "peace": ["peace"]})
    >>> df = pl.DataFrame({"url": ["u1", "u2"], "body": ["A bridge to peace.", None]})
    >>> df.framescope.count("body", id="url", lexicon=lexicon).rows()
    [('u1', 4, 1, 1), ('u2', None, None, None)]
    >>> df.framescope.analyze("body", lexicon=lexicon).hits["text"].to_list()
    ['bridge', 'peace']
    """


class LazyFrameVerbs:
    """`query.framescope`: counts of a column of a query that has not run yet.

    >>> import framescope as fs, polars as pl
    >>> lexicon = fs.Lexicon.from_quanteda({"bridge": ["bridge*"], "peace": ["peace"]})
    >>> query = pl.LazyFrame({"url": ["u1", "u2"], "body": ["A bridge to peace.", None]})
    >>> query.framescope.count("body", id="url", lexicon=lexicon).collect().rows()
    [('u1', 4, 1, 1), ('u2', None, None, None)]
    """

    def __init__(self, frame: pl.LazyFrame) -> None:
        self._frame = frame

    @explained
    def count(
        self,
        text: str,
        *,
        id: str | None = None,  # noqa: A002 - as in framescope.count
        lexicon: Lexicon | str | PathLike[str] = "foreign-policy",
        keep_chrome: bool = False,
        threads: int | None = None,
    ) -> pl.LazyFrame:
        """A query for the table of `framescope.count`; nothing is read before it is collected.

        `doc` is the column named by `id`, else the row's position, from 0. That ids are unique is not checked: that takes all of them at once.

        Raises
        ------
        LexiconError
            At once, for a lexicon that does not exist or is not sound.
        """
        counts = ExprVerbs(pl.col(text)).count(lexicon, keep_chrome=keep_chrome, threads=threads).struct.unnest()
        if id is not None:
            return self._frame.select(pl.col(id).alias("doc"), counts)
        rows = self._frame.select(text).with_row_index("framescope_row")
        return rows.select(pl.col("framescope_row").cast(pl.Int64).alias("doc"), counts)


def struct_of(lexicon: Lexicon) -> pl.Struct:
    """The type of the counts of one document."""
    return pl.Struct(dict.fromkeys(fields(lexicon), pl.Int64))


def counted(texts: pl.Series, lexicon: Lexicon, *, keep_chrome: bool, threads: int | None) -> pl.Series:
    """The counts of a batch of documents, as a struct for each."""
    name = texts.name
    if texts.dtype not in TEXTUAL and texts.null_count() < len(texts):
        # No row is named: those of a batch are not those of the column.
        raise ColumnError(f"column '{name}' holds {texts.dtype}, not text; cast it first: pl.col('{name}').cast(pl.String)")
    column = text_column(texts, f"column '{name}'")
    structs = count_structs(column, lexicon, keep_chrome=keep_chrome, threads=threads)
    return pl.Series(name, structs, dtype=struct_of(lexicon))


def register() -> None:
    """Gives polars all four namespaces; once, as it warns of a name that is taken."""
    if not hasattr(pl.Expr, "framescope"):
        pl.api.register_expr_namespace("framescope")(ExprVerbs)
        pl.api.register_series_namespace("framescope")(SeriesVerbs)
        pl.api.register_dataframe_namespace("framescope")(FrameVerbs)
        pl.api.register_lazyframe_namespace("framescope")(LazyFrameVerbs)


register()
