"""`df.framescope` and `series.framescope`: the verbs on pandas frames and columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from framescope.analysis import analyze, count
from framescope.arguments import explained

if TYPE_CHECKING:
    from os import PathLike

    from framescope.lexicon import Lexicon
    from framescope.result import Result

__all__ = ["FrameVerbs", "SeriesVerbs"]


class FrameVerbs:
    """`df.framescope`: what `framescope.analyze` and `framescope.count` do, for a column of a pandas frame.

    >>> import framescope as fs, pandas as pd
    >>> lexicon = fs.Lexicon.from_quanteda({"bridge": ["bridge*"], "peace": ["peace"]})
    >>> df = pd.DataFrame({"body": ["A bridge to peace.", None]}, index=["a01", "a02"])
    >>> df.framescope.count("body", lexicon=lexicon)
         words  bridge  peace
    a01      4       1      1
    a02   <NA>    <NA>   <NA>
    >>> df.framescope.analyze("body", lexicon=lexicon).hits["text"].tolist()
    ['bridge', 'peace']
    """

    def __init__(self, frame: Any) -> None:
        self._frame = frame

    @explained
    def analyze(
        self,
        text: str | None = None,
        *,
        id: str | None = None,  # noqa: A002 - as in framescope.analyze
        lexicon: Lexicon | str | PathLike[str] = "foreign-policy",
        keep_chrome: bool = False,
        threads: int | None = None,
        progress: bool | None = None,
    ) -> Result:
        """`framescope.analyze(df, text=text, …)`: every hit in the column `text`.

        `doc` in its tables is the column named by `id`, else the row's position, from 0: `df.iloc[doc]` is the document, whatever the index.

        Raises
        ------
        ColumnError, LexiconError
            As `framescope.analyze`.
        """
        return analyze(
            self._frame, text=text, id=id, lexicon=lexicon, keep_chrome=keep_chrome, threads=threads, progress=progress
        )

    @explained
    def count(
        self,
        text: str | None = None,
        *,
        lexicon: Lexicon | str | PathLike[str] = "foreign-policy",
        keep_chrome: bool = False,
        threads: int | None = None,
        progress: bool | None = None,
    ) -> Any:
        """`framescope.count(df, text=text, …)`, on the frame's own index.

        Returns one row for each row of the frame, in its order and with its index: `words`, then a column of counts for each frame path,
        all Int64, null for a null document. So `df.join(df.framescope.count("body"))` sets counts beside the documents.

        Raises
        ------
        ColumnError, LexiconError
            As `framescope.count`.
        """
        return indexed(
            count(self._frame, text=text, lexicon=lexicon, keep_chrome=keep_chrome, threads=threads, progress=progress),
            self._frame,
        )


class SeriesVerbs:
    """`series.framescope`: what `framescope.analyze` and `framescope.count` do, for a pandas Series of documents.

    >>> import framescope as fs, pandas as pd
    >>> lexicon = fs.Lexicon.from_quanteda({"bridge": ["bridge*"], "peace": ["peace"]})
    >>> pd.Series(["A bridge to peace.", "Calm."], index=["a01", "a02"]).framescope.count(lexicon)
         words  bridge  peace
    a01      4       1      1
    a02      1       0      0
    """

    def __init__(self, series: Any) -> None:
        self._series = series

    @explained
    def analyze(
        self,
        lexicon: Lexicon | str | PathLike[str] = "foreign-policy",
        *,
        keep_chrome: bool = False,
        threads: int | None = None,
        progress: bool | None = None,
    ) -> Result:
        """`framescope.analyze(series, …)`: every hit; `doc` in its tables is the row's position, from 0, whatever the index.

        Raises
        ------
        ColumnError, LexiconError
            As `framescope.analyze`.
        """
        return analyze(self._series, lexicon=lexicon, keep_chrome=keep_chrome, threads=threads, progress=progress)

    @explained
    def count(
        self,
        lexicon: Lexicon | str | PathLike[str] = "foreign-policy",
        *,
        keep_chrome: bool = False,
        threads: int | None = None,
        progress: bool | None = None,
    ) -> Any:
        """`framescope.count(series, …)`: `words` and a column of counts for each frame path, in the order and with the index of the Series.

        Raises
        ------
        ColumnError, LexiconError
            As `framescope.count`.
        """
        counts = count(self._series, lexicon=lexicon, keep_chrome=keep_chrome, threads=threads, progress=progress)
        return indexed(counts, self._series)


def indexed(counts: Any, data: Any) -> Any:
    """The counts on the index of the data they were counted in."""
    return counts.drop(columns="doc").set_axis(data.index, axis="index")


def register() -> None:
    """Gives pandas both accessors; once, as it warns of a name that is taken."""
    if not hasattr(pd.DataFrame, "framescope"):
        pd.api.extensions.register_dataframe_accessor("framescope")(FrameVerbs)
        pd.api.extensions.register_series_accessor("framescope")(SeriesVerbs)


register()
