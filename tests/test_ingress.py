"""Documents are read where they are: the same numbers from any memory, nothing kept, the first bad row named."""

from __future__ import annotations

import pickle
import re
import sys

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import framescope as fs
from framescope import _core
from kinds import rows

# By the width that Python stores them in: one byte (ASCII and not), two, four; and long ones, which are encoded in parts.
WIDTHS = {
    "ascii": "Peace talks at the bridge. ",
    "latin": "Café: peace at the bridge, naïveté. ",
    "curly": "“Peace” at the bridge… ",
    "astral": "𝔘: peace at the bridge 🌉. ",
    "long latin": "Café: peace at the bridge. " * 60_000,
    "long astral": "🌉 a ceasefire; " * 80_000,
    # Longer than what is searched in one go.
    "sections": "Peace at the bridge. Was it a ceasefire? “No bridge”, said X in Café Baku. " * 70_000,
    "no sections": "peace at the bridge, " * 240_000,
    "empty": "",
    "null": None,
}
# Documents of all sizes in one column, small and larger than a piece of work.
MIXED = [*WIDTHS.values(), *(text for n in range(40) for text in ("A bridge. " * n**2, None, f"“Peace” {n} " * n, ""))]


@pytest.fixture(scope="module")
def counted(lexicon):
    return rows(fs.count(pa.array(MIXED, pa.large_string()), lexicon=lexicon, threads=1, keep_chrome=True))


def test_what_is_counted_is_right(counted):
    for row, text in zip(counted, MIXED, strict=True):
        assert row["bridge"] == (None if text is None else text.lower().count("bridge"))
    assert counted[list(WIDTHS).index("sections")]["words"] == 15 * 70_000


@pytest.mark.parametrize("threads", [1, 2, 5])
@pytest.mark.parametrize(
    "kind",
    [
        list,
        tuple,
        pl.Series,
        pd.Series,
        lambda t: np.array(t, dtype=object),
        lambda t: pd.Series(t, dtype=object),
        lambda t: pa.array(t, pa.string_view()),
        lambda t: pa.chunked_array([[text] for text in t], pa.string()),
        lambda t: pa.array(t).dictionary_encode(),
    ],
)
def test_any_memory_and_any_threads(kind, threads, lexicon, counted):
    assert rows(fs.count(kind(MIXED), lexicon=lexicon, threads=threads, keep_chrome=True)) == counted


def test_tables_are_cut_alike_for_any_threads(lexicon):
    column = pa.array([text for text in MIXED if len(text or "") < 200_000])
    one, many = (fs.analyze(column, lexicon=lexicon, threads=threads) for threads in (1, 4))
    for name in ("hits", "documents", "quotes", "stances"):
        first, second = getattr(one, name), getattr(many, name)
        assert first.equals(second)
        assert [len(c) for c in first["doc"].chunks] == [len(c) for c in second["doc"].chunks]
    assert fs.count(column, lexicon=lexicon)["doc"].num_chunks == 1


@pytest.mark.parametrize("width", [name for name, text in WIDTHS.items() if text])
def test_strings_keep_their_size(width, lexicon):
    """Python keeps the UTF-8 of a string that it was asked for."""
    text = "".join([WIDTHS[width], "x"])  # not seen by any other test
    size = sys.getsizeof(text)
    fs.count([text] * 3, lexicon=lexicon)
    fs.analyze([text[:2000]], lexicon=lexicon).kwic("peace")
    assert sys.getsizeof(text) == size


@pytest.mark.parametrize("threads", [1, 4])
@pytest.mark.parametrize("verb", [fs.count, fs.analyze])
@pytest.mark.parametrize(("long", "bad"), [(30_000, [20_011, 20_012, 29_000]), (30, [0]), (30, [29]), (30_000, [29_999])])
def test_the_first_surrogate_is_named(verb, threads, long, bad, lexicon):
    texts = ["“Peace” at the bridge. "] * long
    for row in bad:
        texts[row] = f"row {row} \udc00"
    message = f"row {bad[0]} of the documents holds a lone surrogate (U+DC00 at character {len(str(bad[0])) + 5})"
    for data in (texts, pd.Series(texts, dtype=object)):
        with pytest.raises(fs.ColumnError, match=re.escape(message)):
            verb(data, lexicon=lexicon, threads=threads)
    with pytest.raises(fs.ColumnError, match=re.escape(f"row {bad[0]} of column 'body' holds a lone surrogate")):
        verb(pd.DataFrame({"body": pd.Series(texts, dtype=object)}), text="body", lexicon=lexicon, threads=threads)


def test_a_surrogate_for_stance():
    with pytest.raises(fs.ColumnError, match=re.escape("row 1 of the documents holds a lone surrogate (U+D83D at character 2)")):
        fs.stance(["Kern won.", "a \ud83d"], [(0, 4), (0, 1)])


@pytest.mark.parametrize("threads", [1, 4])
@pytest.mark.parametrize("type_", [pa.string(), pa.large_string()])
def test_the_first_row_that_is_no_utf8_is_named(type_, threads, lexicon):
    texts = ["A bridge to peace. " * 20] * 5000
    column = pa.array(texts, type_)
    validity, offsets, data = column.buffers()
    broken = bytearray(data)
    for row in (4001, 4002, 4990):
        broken[row * len(texts[0]) + 7] = 0xFF
    column = pa.Array.from_buffers(type_, len(texts), [validity, offsets, pa.py_buffer(bytes(broken))])
    for verb in (fs.count, fs.analyze):
        with pytest.raises(fs.ColumnError, match="the text in row 4001 is not valid UTF-8"):
            verb(column, lexicon=lexicon, threads=threads)


@pytest.mark.parametrize("threads", [1, 3])
def test_a_long_text_that_is_no_utf8_is_named(threads, lexicon):
    texts = [b"Peace.", WIDTHS["sections"].encode(), WIDTHS["sections"].encode().replace(b"X", b"\xff", 1), b"\xff"]
    offsets = np.cumsum([0, *map(len, texts)])
    column = pa.Array.from_buffers(pa.large_string(), len(texts), [None, pa.py_buffer(offsets), pa.py_buffer(b"".join(texts))])
    with pytest.raises(fs.ColumnError, match="the text in row 2 is not valid UTF-8"):
        fs.count(column, lexicon=lexicon, threads=threads)


def test_chrome_of_a_long_text(lexicon):
    """It is seen from the whole text, not from a section of it."""
    body = "The peace talks at the bridge went on. Nobody left before the evening, as far as we know. " * 3
    text = (
        f"Home\nNews\nPeace\nShare\n\n{body}\n\n" + (body + "\n\n") * 20_000 + "Related articles\n\nA bridge\n\nPeace at last\n"
    )
    for keep in (False, True):
        counted = rows(fs.count([text], lexicon=lexicon, keep_chrome=keep))
        found = fs.analyze([text], lexicon=lexicon, keep_chrome=keep).documents["hits"].sum()
        assert counted[0]["bridge"] + counted[0]["peace"] + counted[0]["peace.deal"] == found
    assert rows(fs.count([text], lexicon=lexicon)) != counted


def test_a_dictionary_of_nothing(lexicon):
    column = pa.DictionaryArray.from_arrays(pa.array([None, None], pa.int8()), pa.array([], pa.string()))
    assert [row["words"] for row in rows(fs.count(column, lexicon=lexicon))] == [None, None]


def test_a_list_of_arrow_scalars(lexicon):
    assert [row["peace"] for row in rows(fs.count(list(pa.array(["peace", None])), lexicon=lexicon))] == [1, None]


def test_the_list_may_change_afterwards(texts, lexicon):
    mine = list(texts)
    result = fs.analyze(mine, lexicon=lexicon)
    expected = (str(result.show(3)), rows(result.kwic("peace")))
    mine.reverse()
    mine[1:] = []
    assert (str(result.show(3)), rows(result.kwic("peace"))) == expected
    assert len(rows(result.stances)) == len(rows(fs.analyze(texts, lexicon=lexicon).stances))


@pytest.mark.parametrize("kind", [list, pa.array, pl.Series, pd.Series])
def test_results_travel(kind, texts, lexicon):
    result = fs.analyze(kind(texts), lexicon=lexicon)
    again = pickle.loads(pickle.dumps(result))  # noqa: S301 - our own bytes
    assert rows(again.hits) == rows(result.hits)
    assert rows(again.kwic("peace")) == rows(result.kwic("peace"))
    assert str(again.show(3)) == str(result.show(3))


def test_frames_can_be_written_to(texts, lexicon):
    counts = fs.count(texts, lexicon=lexicon)
    for name in counts.columns:
        counts.loc[0, name] = 7
    assert counts.iloc[0].tolist() == [7] * len(counts.columns)
    assert fs.count(texts, lexicon=lexicon).iloc[0]["words"] == 10
    result = fs.analyze(texts, lexicon=lexicon)
    for table in (result.hits, result.documents):
        first = table.copy()
        for name in table.columns:
            table.loc[0, name] = table.loc[1, name]
        assert not table.equals(first)


def test_strings_of_the_core(texts):
    column = _core.Strings([*texts, float("nan"), pd.NA])
    assert [column[row] for row in range(len(column))] == [*texts, None, None]
    with pytest.raises(IndexError):
        column[len(column)]
    with pytest.raises(fs.ColumnError, match=re.escape("row 1 of it holds int (7)")):
        _core.Strings(["a", 7], "it")


def test_progress_is_told_in_bytes(lexicon):
    told: list[tuple[int, int]] = []
    texts = ["Peace at the bridge, no cause for war. " * 40] * 2000
    for column in (texts, pa.array(texts)):
        lexicon.compiled().analyze(column, lambda *at: told.append(at))
        assert told[-1] == (len(texts[0]) * 2000,) * 2
        assert told == sorted(told)
        told.clear()
