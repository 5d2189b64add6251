"""Stances → who evaluates whom, and how: counts and means for groups of evaluations."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from framescope import _core
from framescope.corpus import names
from framescope.errors import ColumnError
from framescope.scores import group, keyed

if TYPE_CHECKING:
    from framescope.corpus import Corpus

KEYS = ("speaker", "speaker_actor", "target", "quoted", "negated")  # columns of stances that make groups
OWN_COLUMNS = ("documents", "n", "positive", "negative", "neutral", "mean", "low", "high", "strength")


def stance_table(corpus: Corpus, stances: pa.Table, by: list[str]) -> pa.Table:
    """The table of `Result.stance`."""
    if not by:
        raise ColumnError(f"by= names no column; columns of stances that make groups: {', '.join(KEYS)}")
    groups = group(by, lambda name: key_column(corpus, stances, name), stances.num_rows, OWN_COLUMNS)
    return keyed(groups, pa.table(_core.stance_scores(stances, groups.codes, groups.keys.num_rows)))


def key_column(corpus: Corpus, stances: pa.Table, name: str) -> pa.ChunkedArray:
    """A column of the stances, or for each stance the value of its document in a column of the input frame."""
    theirs = [] if corpus.native is None else names(corpus.native)
    if name in KEYS and name in theirs:
        raise ColumnError(f"the column '{name}' of by= is in the stances and in your frame too; rename yours")
    if name in KEYS:
        return stances[name]
    if name not in theirs:
        raise ColumnError.not_found("column", name, [*KEYS, *theirs], "columns of stances and of your frame")
    return corpus.column(name, "by").take(stances["doc"].combine_chunks())
