"""`pl.col(…).framescope`: the numbers of `fs.count`, however polars cuts, groups and orders the rows."""

from __future__ import annotations

import pickle
import random
import re
from collections import defaultdict
from itertools import pairwise

import polars as pl
import pytest

import framescope as fs
from framescope.pipelines import polars as verbs
from kinds import rows

ENGINES = ["eager", "lazy", "streaming"]
FIELDS = ["words", "bridge", "peace", "peace.deal"]


@pytest.fixture(scope="module")
def frame() -> pl.DataFrame:
    """Many documents, in chunks of all sizes, some of them empty."""
    chance = random.Random(5)  # noqa: S311
    parts = ["A bridge. ", "Peace talks; ", "a ceasefire in Baku, ", "links us to the East. ", "“𝔘”, café… ", "nothing "]
    texts = [chance.choice([None, "", "".join(chance.choices(parts, k=chance.randint(1, 30)))]) for _ in range(2000)]
    whole = pl.DataFrame({"outlet": chance.choices(["a", "b", "c", None], k=2000), "body": texts, "n": range(2000)})
    cuts = sorted([0, 0, 1, *chance.choices(range(2000), k=20), 2000])
    return pl.concat([whole[start:end] for start, end in pairwise(cuts)], rechunk=False)


@pytest.fixture(scope="module")
def counted(frame, lexicon) -> list[dict[str, int] | None]:
    """What `fs.count` says of each document, given as a list; None for a null one."""
    table = rows(fs.count(frame["body"].to_list(), lexicon=lexicon))
    return [None if row["words"] is None else {name: row[name] for name in FIELDS} for row in table]


def collected(query: pl.LazyFrame, engine: str) -> pl.DataFrame:
    with pl.Config() as config:
        config.set_streaming_chunk_size(37)
        return query.collect(engine="streaming" if engine == "streaming" else "in-memory")


def selected(frame: pl.DataFrame, engine: str, *expressions: pl.Expr) -> pl.DataFrame:
    return frame.select(*expressions) if engine == "eager" else collected(frame.lazy().select(*expressions), engine)


@pytest.mark.parametrize("engine", ENGINES)
def test_row_for_row(engine, frame, lexicon, counted):
    got = selected(frame, engine, pl.col("body").framescope.count(lexicon))["body"]
    assert got.to_list() == counted
    assert got.null_count() == frame["body"].null_count() > 500
    assert sum(row["bridge"] for row in counted if row) > 500


@pytest.mark.parametrize("engine", ENGINES)
def test_any_threads(engine, frame, lexicon, counted):
    for threads in (1, 3):
        got = selected(frame, engine, pl.col("body").framescope.count(lexicon=lexicon, threads=threads))
        assert got["body"].to_list() == counted


@pytest.mark.parametrize("engine", ENGINES)
def test_columns_of_the_struct(engine, frame, lexicon, counted):
    got = selected(frame, engine, pl.col("body").framescope.count(lexicon).struct.unnest())
    assert got.columns == FIELDS
    assert got.rows() == [(None,) * 4 if row is None else tuple(row.values()) for row in counted]


def test_the_schema_is_known_before_anything_is_read(frame, lexicon):
    def read(series: pl.Series) -> pl.Series:
        raise AssertionError(series)

    never = frame.lazy().with_columns(pl.col("body").map_batches(read, return_dtype=pl.String, is_elementwise=True))
    counts = pl.col("body").framescope.count(lexicon)
    struct = pl.Struct(dict.fromkeys(FIELDS, pl.Int64))
    assert never.select(counts).collect_schema() == {"body": struct}
    assert never.group_by("outlet").agg(counts).collect_schema()["body"] == pl.List(struct)
    assert never.select(counts.struct.unnest()).collect_schema() == dict.fromkeys(FIELDS, pl.Int64)
    expected = {"doc": pl.Int64, **dict.fromkeys(FIELDS, pl.Int64)}
    assert never.framescope.count("body", lexicon=lexicon).collect_schema() == expected
    assert frame.head(0).select(counts).schema == {"body": struct}


def grouped(frame: pl.DataFrame, counted: list[dict[str, int] | None]) -> dict[str | None, list[dict[str, int] | None]]:
    groups = defaultdict(list)
    for outlet, row in zip(frame["outlet"], counted, strict=True):
        groups[outlet].append(row)
    return groups


@pytest.mark.parametrize("engine", ENGINES)
def test_sums_of_groups(engine, frame, lexicon, counted):
    count = pl.col("body").framescope.count(lexicon).struct.field("bridge")
    query = frame.lazy().group_by("outlet").agg(sum=count.sum(), most=count.max(), null=count.null_count())
    eager = frame.group_by("outlet").agg(sum=count.sum(), most=count.max(), null=count.null_count())
    got = eager if engine == "eager" else collected(query, engine)
    expected = {
        outlet: (sum(found := [row["bridge"] for row in group if row]), max(found), group.count(None))
        for outlet, group in grouped(frame, counted).items()
    }
    assert {outlet: tuple(rest) for outlet, *rest in got.rows()} == expected


@pytest.mark.parametrize("engine", ENGINES)
def test_groups_keep_their_documents(engine, frame, lexicon, counted):
    count = pl.col("body").framescope.count(lexicon)
    got = (
        frame.group_by("outlet").agg(count)
        if engine == "eager"
        else collected(frame.lazy().group_by("outlet").agg(count), engine)
    )
    groups = grouped(frame, counted)
    key = str
    assert {outlet: sorted(group, key=key) for outlet, group in got.rows()} == {k: sorted(v, key=key) for k, v in groups.items()}


@pytest.mark.parametrize("engine", ENGINES)
def test_windows(engine, frame, lexicon, counted):
    count = pl.col("body").framescope.count(lexicon)
    sums = {outlet: sum(row["peace"] for row in group if row) for outlet, group in grouped(frame, counted).items()}
    got = selected(
        frame, engine, count.struct.field("peace").sum().over("outlet").alias("sum"), count.over("outlet").alias("own")
    )
    assert got["sum"].to_list() == [sums[outlet] for outlet in frame["outlet"]]
    assert got["own"].to_list() == counted


@pytest.mark.parametrize("engine", ENGINES)
def test_filters_and_slices(engine, frame, lexicon, counted):
    count = pl.col("body").framescope.count(lexicon)
    query = frame.lazy().with_columns(counts=count).filter(pl.col("n") % 3 == 0).slice(10, 50).select("counts")
    got = query.collect() if engine == "eager" else collected(query, engine)
    assert got["counts"].to_list() == counted[::3][10:60]
    query = frame.lazy().filter(count.struct.field("peace") > 2).select("n")
    got = query.collect() if engine == "eager" else collected(query, engine)
    assert got["n"].to_list() == [n for n, row in enumerate(counted) if row and row["peace"] > 2]


def test_batches_are_read_as_they_come(frame, lexicon, monkeypatch):
    """Neither the whole column in memory, nor rows that a filter would drop."""
    sizes = []
    count = verbs.count_structs
    monkeypatch.setattr(
        verbs, "count_structs", lambda texts, *rest, **options: (sizes.append(len(texts)), count(texts, *rest, **options))[1]
    )
    query = frame.lazy().with_columns(counts=pl.col("body").framescope.count(lexicon))
    collected(query, "streaming")
    assert (sum(sizes), max(sizes) < 500) == (2000, True)
    sizes.clear()
    query.filter(pl.col("n") < 7).collect()
    assert sum(sizes) == 7


def test_documents_in_lists(frame, lexicon, counted):
    lists = frame.group_by("outlet", maintain_order=True).agg("body")
    got = lists.select("outlet", pl.col("body").list.eval(pl.element().framescope.count(lexicon)))
    assert dict(got.rows()) == grouped(frame, counted)


def test_the_name_stays(lexicon):
    frame = pl.DataFrame({"a": ["peace"], "b": ["bridge"]})
    got = frame.select(pl.col("a", "b").framescope.count(lexicon))
    assert got.columns == ["a", "b"]
    assert [got["a"][0]["peace"], got["b"][0]["bridge"]] == [1, 1]
    assert frame.select(pl.lit("Peace talks").framescope.count(lexicon).alias("c"))["c"][0]["peace"] == 1


@pytest.mark.parametrize("dtype", [pl.Categorical, pl.Enum(["A bridge.", "peace"]), pl.Null])
def test_other_columns_of_text(dtype, lexicon):
    texts = [None, None] if dtype == pl.Null else ["A bridge.", None]
    got = pl.DataFrame({"body": pl.Series(texts, dtype=dtype)}).select(pl.col("body").framescope.count(lexicon))["body"]
    assert [row and row["bridge"] for row in got] == [None if dtype == pl.Null else 1, None]


def test_a_lexicon_is_compiled_once_and_a_file_read_once(frame, lexicon, counted, compilations, tmp_path):
    path = tmp_path / "mine.yaml"
    lexicon.save(path)
    counts = pl.col("body").framescope.count(path)
    path.unlink()
    for engine in ENGINES:
        assert selected(frame, engine, counts)["body"].to_list() == counted
    assert frame.group_by("outlet").agg(counts).height == 4
    assert len(compilations) == 1


def test_keep_chrome_reaches_the_core(lexicon, page_with_chrome):
    frame = pl.LazyFrame({"body": [page_with_chrome]})
    for keep in (True, False):
        expected = fs.count([page_with_chrome], lexicon=lexicon, keep_chrome=keep)["peace"][0]
        got = frame.select(pl.col("body").framescope.count(lexicon, keep_chrome=keep)).collect()["body"][0]
        assert got["peace"] == expected == 7 + keep
        assert frame.framescope.count("body", lexicon=lexicon, keep_chrome=keep).collect()["peace"][0] == expected


def test_a_name(frame):
    got = frame.head(50).select(pl.col("body").framescope.count())["body"].struct.unnest()
    assert rows(got) == [{k: v for k, v in row.items() if k != "doc"} for row in rows(fs.count(frame["body"].head(50)))]


def test_queries_travel(frame, lexicon, counted):
    query = frame.lazy().select(pl.col("body").framescope.count(lexicon))
    assert pickle.loads(pickle.dumps(query)).collect()["body"].to_list() == counted  # noqa: S301 - our own bytes


class TestFrames:
    def test_count_is_the_verb(self, frame, lexicon):
        for id_ in (None, "n"):
            expected = fs.count(frame, text="body", id=id_, lexicon=lexicon)
            assert frame.framescope.count("body", id=id_, lexicon=lexicon).equals(expected)
            query = frame.lazy().framescope.count("body", id=id_, lexicon=lexicon)
            assert isinstance(query, pl.LazyFrame)
            for engine in ("lazy", "streaming"):
                got = collected(query, engine)
                assert got.equals(expected)
                assert got.schema == expected.schema
        expected = fs.count(frame["body"], lexicon=lexicon)
        assert frame["body"].framescope.count(lexicon).equals(expected)

    def test_analyze_is_the_verb(self, frame, lexicon):
        expected = fs.analyze(frame, text="body", id="n", lexicon=lexicon)
        assert frame.framescope.analyze("body", id="n", lexicon=lexicon).hits.equals(expected.hits)
        assert frame["body"].framescope.analyze(lexicon).hits.equals(expected.hits)

    def test_columns_named_like_ours(self, lexicon):
        frame = pl.DataFrame({"doc": ["peace"], "text": ["x"], "words": ["y"], "framescope": ["z"]})
        for id_ in (None, "text"):
            got = frame.lazy().framescope.count("doc", id=id_, lexicon=lexicon).collect()
            assert got.rows() == [(0 if id_ is None else "x", 1, 0, 1, 0)]
        assert frame.framescope.count("framescope", lexicon=lexicon).rows() == [(0, 1, 0, 0, 0)]

    def test_a_file_that_streams(self, frame, lexicon, counted, tmp_path):
        frame.write_parquet(tmp_path / "a.parquet", row_group_size=100)
        query = pl.scan_parquet(tmp_path / "a.parquet").with_columns(pl.col("body").framescope.count(lexicon).struct.unnest())
        query.select("n", *FIELDS).sink_parquet(tmp_path / "b.parquet")
        got = pl.read_parquet(tmp_path / "b.parquet").sort("n").drop("n")
        assert got.rows() == [(None,) * 4 if row is None else tuple(row.values()) for row in counted]


@pytest.mark.parametrize(
    ("call", "error"),
    [
        (lambda _: pl.col("body").framescope.count("foreign-polcy"), "did you mean 'foreign-policy'?"),
        (lambda _: pl.col("body").framescope.count(7), "lexicon= is a Lexicon, a name or a path, not int"),
        (lambda _: pl.col("body").framescope.count(threads=0), "threads=0 must be a whole number from 1"),
        (lambda _: pl.col("body").framescope.count(keep_chrome="no"), "keep_chrome='no' must be True or False"),
        (lambda _: pl.col("body").framescope.count(keep_crome=True), "no option 'keep_crome'; did you mean 'keep_chrome'?"),
        (
            lambda df: df.select(pl.col("n").framescope.count()),
            "column 'n' holds Int64, not text; cast it first: pl.col('n').cast(pl.String)",
        ),
        (
            lambda df: df.lazy().framescope.count("n").collect(engine="streaming"),
            "column 'n' holds Int64, not text; cast it first: pl.col('n').cast(pl.String)",
        ),
        (
            lambda df: df.framescope.count(),
            "text= is needed with a frame: name the column of documents (columns of text here: 'outlet', 'body')",
        ),
        (lambda df: df.framescope.analyze("bdy"), "no column 'bdy'; did you mean 'body'?"),
    ],
)
def test_errors_say_the_fix(call, error, frame):
    with pytest.raises(fs.FramescopeError, match=re.escape(error)):
        call(frame)


def test_polars_names_a_missing_column(frame):
    with pytest.raises(pl.exceptions.ColumnNotFoundError, match="bdy"):
        frame.lazy().framescope.count("bdy").collect()
