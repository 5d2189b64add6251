"""The verbs as methods of a frame and of a column: what pandas and polars share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from framescope.analysis import analyze, count
from framescope.arguments import explained

if TYPE_CHECKING:
    from os import PathLike

    from framescope.lexicon import Lexicon
    from framescope.result import Result

__all__ = ["ColumnVerbs", "FrameVerbs"]


class FrameVerbs:
    """`analyze` and `count` for a column of a frame."""

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

        `doc` in its tables is the column named by `id`, else the row's position, from 0, whatever index the frame has.

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
        id: str | None = None,  # noqa: A002 - as in framescope.count
        lexicon: Lexicon | str | PathLike[str] = "foreign-policy",
        keep_chrome: bool = False,
        threads: int | None = None,
        progress: bool | None = None,
    ) -> Any:
        """`framescope.count(df, text=text, …)`: a row for each row of the frame, in its order, with `words` and a column for each frame path.

        In polars, `doc` stands first: the column named by `id`, else the row's position. In pandas, rows have the index of the frame, and `doc`
        stands there only if `id` names one; so `df.join(df.framescope.count("body"))` sets counts beside the documents.

        Raises
        ------
        ColumnError, LexiconError
            As `framescope.count`.
        """
        counts = count(
            self._frame, text=text, id=id, lexicon=lexicon, keep_chrome=keep_chrome, threads=threads, progress=progress
        )
        return self._placed(counts, named=id is not None)

    def _placed(self, counts: Any, *, named: bool) -> Any:  # noqa: ARG002 - pandas places rows on its index
        return counts


class ColumnVerbs:
    """`analyze` and `count` for a column of documents."""

    def __init__(self, column: Any) -> None:
        self._column = column

    @explained
    def analyze(
        self,
        lexicon: Lexicon | str | PathLike[str] = "foreign-policy",
        *,
        keep_chrome: bool = False,
        threads: int | None = None,
        progress: bool | None = None,
    ) -> Result:
        """`framescope.analyze(series, …)`: every hit; `doc` in its tables is the row's position, from 0, whatever index the column has.

        Raises
        ------
        ColumnError, LexiconError
            As `framescope.analyze`.
        """
        return analyze(self._column, lexicon=lexicon, keep_chrome=keep_chrome, threads=threads, progress=progress)

    @explained
    def count(
        self,
        lexicon: Lexicon | str | PathLike[str] = "foreign-policy",
        *,
        keep_chrome: bool = False,
        threads: int | None = None,
        progress: bool | None = None,
    ) -> Any:
        """`framescope.count(series, …)`: a row for each document, in order, with `words` and a column of counts for each frame path.

        In polars, `doc`, the row's position, stands first; in pandas, rows have the index of the Series.

        Raises
        ------
        ColumnError, LexiconError
            As `framescope.count`.
        """
        return self._placed(count(self._column, lexicon=lexicon, keep_chrome=keep_chrome, threads=threads, progress=progress))

    def _placed(self, counts: Any) -> Any:
        return counts
