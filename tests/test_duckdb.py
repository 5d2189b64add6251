"""DuckDB: relations in and out, in the user's own connection; SQL over results; `framescope_count` in SQL."""

from __future__ import annotations

import re

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import framescope as fs
from framescope.pipelines.duckdb import register
from kinds import rows

OUTLETS = ["a", "a", "b", "b", "b"]
FIELDS = ["words", "bridge", "peace", "peace.deal"]


@pytest.fixture
def connection(texts):
    """A connection of the user's own, with a table of articles."""
    articles = pa.table({"n": range(5), "outlet": OUTLETS, "body": texts})  # noqa: F841 - DuckDB finds it by its name
    with duckdb.connect() as own:
        own.execute("create table articles as select * from articles order by n")
        yield own


@pytest.fixture
def counted(texts, lexicon):
    """The counts of `fs.count` for each text; None for a null one."""
    table = rows(fs.count(texts, lexicon=lexicon))
    return [None if row["words"] is None else {name: row[name] for name in FIELDS} for row in table]


class TestRelations:
    def test_every_table_is_a_relation_of_the_own_connection(self, connection, lexicon):
        """A relation of another connection could not be joined with a table of this one."""
        result = fs.analyze(connection.sql("from articles"), text="body", id="n", lexicon=lexicon)
        tables = {
            "hits": result.hits,
            "documents": result.documents,
            "stances": result.stances,
            "quotes": result.quotes,
            "scores": result.scores("rate"),
            "kwic": result.kwic("peace"),
            "counts": fs.count(connection.sql("from articles"), text="body", id="n", lexicon=lexicon),
        }
        for name, relation in tables.items():
            assert isinstance(relation, duckdb.DuckDBPyRelation), name
            joined = connection.sql("select articles.n, articles.outlet from relation join articles on relation.doc = articles.n")
            assert sorted(joined.fetchall()) == sorted((row["doc"], OUTLETS[row["doc"]]) for row in rows(relation))
        groups = result.scores("count", by="outlet")
        assert groups.filter("frame = 'peace' and outlet = 'b'").fetchall()[0][4] == 1
        stances = result.stance(by=["outlet", "target"])
        assert connection.sql("select count(*) from stances").fetchall() == [(len(rows(stances)),)]

    def test_sql_over_hits(self, connection, lexicon):
        hits = fs.analyze(connection.sql("from articles"), text="body", id="n", lexicon=lexicon).hits  # noqa: F841
        got = connection.sql(
            "select outlet, frame, count(distinct (doc, start)) from hits join articles on doc = n where not negated group by all order by all"
        )
        assert got.fetchall() == [
            ("a", "bridge", 2),
            ("a", "peace", 1),
            ("b", "bridge", 1),
            ("b", "peace", 1),
            ("b", "peace.deal", 1),
        ]
        connection.execute("create table found as from hits")
        assert connection.sql("select count(*) from found where text ilike 'peace%'").fetchall() == [(2,)]

    @pytest.mark.parametrize("kind", [pd.DataFrame, pl.DataFrame, pa.table], ids=["pandas", "polars", "arrow"])
    def test_sql_over_results_of_other_libraries(self, kind, texts, lexicon):
        result = fs.analyze(kind({"body": texts}), text="body", lexicon=lexicon)
        hits, documents = result.hits, result.documents  # noqa: F841 - DuckDB finds them by their names
        got = duckdb.sql("select frame, count(distinct (doc, start)) n, bool_or(negated) from hits group by frame order by frame")
        assert got.fetchall() == [("bridge", 3, False), ("peace", 2, False), ("peace.deal", 1, False)]
        assert duckdb.sql("select doc from documents where words is null").fetchall() == [(1,)]

    def test_results_outlive_what_they_were_made_of(self, connection, lexicon):
        relation = connection.sql("from articles")
        hits = fs.analyze(relation, text="body", lexicon=lexicon).hits
        n = len(rows(hits))
        del relation
        connection.execute("drop table articles")
        assert len(hits.fetchall()) == n


class TestFunction:
    def test_row_for_row(self, connection, lexicon, counted):
        register(connection, lexicon)
        got = connection.sql("select framescope_count(body) from articles order by n").fetchall()
        assert [row[0] for row in got] == counted

    def test_the_type_is_known_before_anything_is_read(self, connection, lexicon):
        register(connection, lexicon)
        struct = 'STRUCT(words BIGINT, bridge BIGINT, peace BIGINT, "peace.deal" BIGINT)'
        assert [str(kind) for kind in connection.sql("select framescope_count(body) c from articles").types] == [struct]

    def test_groups(self, connection, lexicon):
        register(connection, lexicon)
        got = connection.sql(
            "with counts as materialized (select outlet, framescope_count(body) c from articles) "
            "select outlet, sum(c.bridge), sum(c['peace.deal']), count(c) from counts group by all order by all"
        )
        assert got.fetchall() == [("a", 2, 0, 1), ("b", 1, 1, 3)]

    @pytest.mark.parametrize("threads", [1, 2, None])
    def test_many_rows_on_many_threads(self, threads, connection, lexicon, texts, counted):
        connection.execute("set threads = 4")
        many = pa.table({"n": range(50_000), "body": texts * 10_000})  # noqa: F841
        connection.execute("create table many as from many")
        register(connection, lexicon, threads=threads)
        got = connection.sql(
            "select sum(c.bridge), sum(c.words), count(c) from (select framescope_count(body) c from many)"
        ).fetchall()
        bridge, words = (10_000 * sum(row[name] for row in counted if row) for name in ("bridge", "words"))
        assert got == [(bridge, words, 40_000)]

    def test_constants(self, connection, lexicon):
        register(connection, lexicon)
        assert connection.sql("select framescope_count('A bridge.').bridge, framescope_count(null)").fetchall() == [(1, None)]

    def test_several_lexicons_and_once_more(self, connection, lexicon, page_with_chrome):
        register(connection, lexicon)
        register(connection, lexicon.select("bridge"), name="bridges")
        register(connection, lexicon, keep_chrome=True)  # in place of the first
        page = connection.execute("select framescope_count(?).peace, bridges(?)", [page_with_chrome] * 2).fetchall()
        assert page == [(8, {"words": 119, "bridge": 6})]

    def test_the_connection_of_duckdb_itself(self, lexicon):
        register(lexicon=lexicon, name="framescope_count_of_tests")
        try:
            assert duckdb.sql("select framescope_count_of_tests('peace').peace").fetchall() == [(1,)]
        finally:
            duckdb.remove_function("framescope_count_of_tests")

    def test_the_lexicon_is_compiled_once(self, connection, lexicon, compilations, tmp_path):
        lexicon.save(tmp_path / "mine.yaml")
        register(connection, tmp_path / "mine.yaml")
        (tmp_path / "mine.yaml").unlink()
        connection.sql("select framescope_count('peace ' || i) from range(20000) t(i)").fetchall()
        assert len(compilations) == 1

    @pytest.mark.parametrize(
        ("options", "error"),
        [
            ({"lexicon": "foreign-polcy"}, "did you mean 'foreign-policy'?"),
            ({"threads": 0}, "threads=0 must be a whole number from 1"),
            ({"keep_chrome": 1}, "keep_chrome=1 must be True or False"),
        ],
    )
    def test_errors_come_at_once(self, options, error, connection):
        with pytest.raises(fs.FramescopeError, match=re.escape(error)):
            register(connection, **options)

    def test_other_types_are_refused_by_duckdb(self, connection, lexicon):
        register(connection, lexicon)
        with pytest.raises(duckdb.BinderException, match="framescope_count"):
            connection.sql("select framescope_count(n) from articles")
