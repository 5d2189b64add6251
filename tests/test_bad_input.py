"""What is not a column of documents is refused by name, with the row and the fix."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import framescope as fs

FRAME = pd.DataFrame({"titel": ["x", "y"], "body": ["peace", "war"], "id": [1, 1], "gap": [1, None], "n": [1, 2]})
TWICE = pd.DataFrame([["a", "b"]], columns=["body", "body"])

BAD = {
    "one str": ("a text", {}, "put it in a list: [text]"),
    "bytes": (b"a text", {}, "decode them"),
    "path": (Path("a.txt"), {}, "read the file first"),
    "path in a str": ("articles.csv", {"text": "body"}, "read the file first"),
    "generator": ((t for t in ["a"]), {}, "a generator can be read only once; pass a list: list(data)"),
    "mapping": ({"body": ["a"]}, {}, "pandas.DataFrame(data)"),
    "set": ({"a"}, {}, "a set has no order"),
    "number": (7, {}, "cannot read documents from int; pass a list of str"),
    "lazy frame": (pl.LazyFrame({"body": ["a"]}), {"text": "body"}, "a LazyFrame is a query, not data; call .collect()"),
    "matrix": (np.array([["a", "b"]]), {}, "a matrix is not a column"),
    "scalar array": (np.array("a"), {}, "0 dimensions"),
    "number in a list": (["a", None, 3], {}, "row 2 of the documents holds int (3); a document is a str or null"),
    "bytes in a list": (["a", b"b"], {}, "row 1 of the documents holds bytes (b'b'); decode it first"),
    "list in a list": ([["a", "b"]], {}, "row 0 of the documents holds list (['a', 'b']); a document is one str, so join"),
    "lone surrogate": (["a", "b\ud83d"], {}, "row 1 of the documents holds a lone surrogate (U+D83D at character 1)"),
    "surrogate in a series": (pd.Series(["\udc00"], dtype=object), {}, "lone surrogate (U+DC00 at character 0)"),
    "bytes in a series": (pd.Series([None, b"x"]), {}, "row 1 of the documents holds bytes"),
    "numbers in a series": (pd.Series([1.5, 2.5]), {}, "row 0 of the documents holds"),
    "category of numbers": (pd.Series([1, 2], dtype="category"), {}, "row 0 of the documents holds"),
    "polars numbers": (pl.Series([None, 2]), {}, "row 1 of the documents holds int (2)"),
    "polars bytes": (pl.Series([b"x"]), {}, "row 0 of the documents holds bytes"),
    "polars objects": (pl.Series([object()], dtype=pl.Object), {}, "row 0 of the documents holds object"),
    "arrow numbers": (pa.array([None, 2]), {}, "row 1 of the documents holds int (2)"),
    "arrow binary": (pa.array([b"x"]), {}, "row 0 of the documents holds bytes"),
    "arrow lists": (pa.array([["x"]]), {}, "row 0 of the documents holds list"),
    "numpy numbers": (np.array([1, 2]), {}, "row 0 of the documents holds int64"),
    "frame without text=": (FRAME, {}, "text= is needed with a frame: name the column of documents (columns of text here: 'titel', 'body')"),
    "text= without frame": (["a"], {"text": "body"}, "text= names a column of a frame, but the documents came as a bare column"),
    "id= without frame": (["a"], {"id": "id"}, "id= names a column of a frame"),
    "missing column": (FRAME, {"text": "bodi"}, "no column 'bodi'; did you mean 'body'?; columns: 'titel', 'body'"),
    "missing id": (FRAME, {"text": "body", "id": "Id"}, "no column 'Id'; did you mean 'id'?"),
    "column of numbers": (FRAME, {"text": "n"}, "row 0 of column 'n' holds"),
    "two columns of one name": (TWICE, {"text": "body"}, "2 columns are named 'body'; rename all but one"),
    "id not unique": (FRAME, {"text": "body", "id": "id"}, "the id column 'id' is not unique: 1 stands in rows 0 and 1"),
    "id null": (FRAME, {"text": "body", "id": "gap"}, "row 1 of the id column 'gap' is null"),
    "mixed ids": (pd.DataFrame({"t": ["a", "b"], "id": [1, "x"]}), {"text": "t", "id": "id"}, "column 'id' holds values of more than one type"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
@pytest.mark.parametrize("verb", [fs.analyze, fs.count])
def test_bad_documents(name, verb, lexicon):
    data, options, message = BAD[name]
    with pytest.raises(fs.ColumnError, match=re.escape(message)):
        verb(data, lexicon=lexicon, **options)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"lexicon": "foreign-polcy"}, "no lexicon 'foreign-polcy'; did you mean 'foreign-policy'?"),
        ({"lexicon": 3}, "lexicon= is a Lexicon, a name or a path, not int"),
        ({"lexicon": {"tax": ["tax*"]}}, "make one with Lexicon.from_dict or Lexicon.from_quanteda"),
        ({"threads": 0}, "threads=0 must be a whole number from 1"),
        ({"threads": 1.5}, "threads=1.5 must be"),
    ],
)
def test_bad_options(options, message, lexicon):
    with pytest.raises(fs.FramescopeError, match=re.escape(message)):
        fs.analyze(["a"], **{"lexicon": lexicon, **options})


@pytest.mark.parametrize(
    ("ask", "error", "message"),
    [
        (lambda r: r.scores("rat"), fs.FramescopeError, "no measure 'rat'; did you mean 'rate'?"),
        (lambda r: r.scores(by="outlett"), fs.ColumnError, "no column 'outlett'; did you mean 'outlet'?"),
        (lambda r: r.scores(by=["outlet", "outlet"]), fs.ColumnError, "names a column twice"),
        (lambda r: r.scores(by="value"), fs.ColumnError, "has the name of a column of the scores; rename it"),
        (lambda r: r.show(9), fs.FramescopeError, "no document 9; the 2 documents are numbered from 0"),
        (lambda r: r.show("x"), fs.FramescopeError, "no document 'x'"),
        (lambda r: r.kwic("(a"), fs.LexiconError, "is not closed"),
        (lambda r: r.kwic("peace", window=-1), fs.FramescopeError, "window=-1"),
        (lambda r: r.save("x", format="xlsx"), fs.FramescopeError, "no format 'xlsx'"),
    ],
)
def test_bad_questions(ask, error, message, lexicon):
    frame = pd.DataFrame({"body": ["peace", "war"], "outlet": ["a", "b"], "value": [1, 2]})
    with pytest.raises(error, match=re.escape(message)):
        ask(fs.analyze(frame, text="body", lexicon=lexicon))


CALLS = {
    "column without its name": (lambda: fs.analyze(FRAME, "body"), fs.ColumnError, "fs.analyze(df, text='body'); or pass that column alone"),
    "column of polars": (lambda: fs.count(pl.DataFrame({"body": ["a"]}), "body"), fs.ColumnError, "fs.count(df, text='body')"),
    "column of Arrow": (lambda: fs.count(pa.table({"body": ["a"]}), "body"), fs.ColumnError, "fs.count(df['body'], ...)"),
    "column for a stance": (lambda: fs.stance(FRAME, "body", [(0, 1)]), fs.ColumnError, "fs.stance(df, targets, text='body')"),
    "lexicon without its name": (lambda: fs.count(["a"], "foreign-policy"), fs.FramescopeError, "as in fs.count(texts, lexicon='foreign-policy')"),
    "lexicon after a frame": (lambda: fs.count(FRAME, "foreign-policy", text="body"), fs.FramescopeError, "lexicon='foreign-policy'"),
    "holders without their name": (lambda: fs.stance(["a"], [(0, 1)], [(0, 1)]), fs.FramescopeError, "what follows data and targets needs its name"),
    "groups of counts": (lambda: fs.count(FRAME, text="body", by="n"), fs.FramescopeError, "fs.count has no by=; scores of groups"),
    "groups of an analysis": (lambda: fs.analyze(FRAME, text="body", by="n"), fs.FramescopeError, "fs.analyze(...).scores(by=...)"),
    "some hits": (lambda: fs.count(["a"], negated=True), fs.FramescopeError, "fs.analyze(...).scores(negated=...)"),
    "misspelt option": (lambda: fs.count(FRAME, txt="body"), fs.FramescopeError, "no option 'txt'; did you mean 'text'?"),
    "misspelt holders": (lambda: fs.stance(["a"], [(0, 1)], holder=None), fs.FramescopeError, "no option 'holder'; did you mean 'holders'?"),
}  # fmt: skip


@pytest.mark.parametrize("name", CALLS)
def test_bad_calls(name):
    call, error, message = CALLS[name]
    with pytest.raises(error, match=re.escape(message)):
        call()


def test_no_documents_at_all_is_a_type_error():
    with pytest.raises(TypeError, match=re.escape("count() missing 1 required positional argument: 'data'")):
        fs.count()


def test_groups_need_a_frame(lexicon):
    with pytest.raises(fs.ColumnError, match="pass the whole frame with text="):
        fs.analyze(["peace"], lexicon=lexicon).scores(by="outlet")


def test_an_unknown_id(lexicon):
    frame = pd.DataFrame({"body": ["peace", "war"], "id": ["first", "second"]})
    result = fs.analyze(frame, text="body", id="id", lexicon=lexicon)
    for wrong in ("frist", 0, None):
        with pytest.raises(fs.FramescopeError, match="no document"):
            result.show(wrong)


def test_errors_are_value_errors_and_travel():
    import pickle

    error = fs.LexiconError("a word is missing", "a.yaml", 3, 7)
    assert str(error) == "a.yaml:3:7: a word is missing"
    assert isinstance(error, ValueError)
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes
    assert (str(again), again.line, again.column) == (str(error), 3, 7)
