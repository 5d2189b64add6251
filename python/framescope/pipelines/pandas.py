"""`df.framescope` and `series.framescope`: the verbs on pandas frames and columns."""

from __future__ import annotations

from typing import Any

import pandas as pd

from framescope.pipelines import verbs

__all__ = ["FrameVerbs", "SeriesVerbs"]


class FrameVerbs(verbs.FrameVerbs):
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

    def _placed(self, counts: Any, *, named: bool) -> Any:
        return indexed(counts if named else counts.drop(columns="doc"), self._frame)


class SeriesVerbs(verbs.ColumnVerbs):
    """`series.framescope`: what `framescope.analyze` and `framescope.count` do, for a pandas Series of documents.

    >>> import framescope as fs, pandas as pd
    >>> lexicon = fs.Lexicon.from_quanteda({"bridge": ["bridge*"], "peace": ["peace"]})
    >>> pd.Series(["A bridge to peace.", "Calm."], index=["a01", "a02"]).framescope.count(lexicon)
         words  bridge  peace
    a01      4       1      1
    a02      1       0      0
    """

    def _placed(self, counts: Any) -> Any:
        return indexed(counts.drop(columns="doc"), self._column)


def indexed(counts: Any, data: Any) -> Any:
    """The counts on the index of the data they were counted in."""
    return counts.set_axis(data.index, axis="index")


def register() -> None:
    """Gives pandas both accessors; once, as it warns of a name that is taken."""
    if not hasattr(pd.DataFrame, "framescope"):
        pd.api.extensions.register_dataframe_accessor("framescope")(FrameVerbs)
        pd.api.extensions.register_series_accessor("framescope")(SeriesVerbs)


register()
