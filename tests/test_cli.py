"""The command line, end to end: what it reads, prints and writes, and its exit codes."""

from __future__ import annotations

import io
import json
import subprocess
import sys

import pandas as pd
import pyarrow.parquet as pq
import pytest

import framescope as fs
from conftest import YAML
from framescope import cli, writing

ARTICLES = [
    {"url": "u1", "outlet": "a", "body": "A bridge of peace; a ceasefire."},
    {"url": "u2", "outlet": "b", "body": 'Nothing, "really".\nNothing.'},
    {"url": "=u3", "outlet": "b", "body": "Peace talks."},
]
FILES = ["hits", "documents", "stances", "quotes", "scores"]


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A folder of input files, and the place commands run in."""
    monkeypatch.chdir(tmp_path)
    frame = pd.DataFrame(ARTICLES)
    frame.to_csv("a.csv", index=False)
    frame.to_csv("a.tsv", index=False, sep="\t")
    frame.to_csv("semicolon.csv", index=False, sep=";", encoding="utf-8-sig")
    frame.to_parquet("a.parquet")
    frame.to_json("a.jsonl", orient="records", lines=True)
    (tmp_path / "small.yaml").write_text(YAML, encoding="utf-8")
    return tmp_path


@pytest.fixture
def run(capfd):
    def call(*arguments: str) -> tuple[int, str, str]:
        code = cli.main([str(argument) for argument in arguments])
        out, err = capfd.readouterr()
        return code, out, err

    return call


COLUMNS = ["--text", "body", "--id", "url", "--lexicon", "small.yaml"]


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("name", ["a.csv", "a.tsv", "semicolon.csv", "a.parquet", "a.jsonl"])
def test_every_file_with_columns_reads_the_same(name, run):
    code, out, err = run("count", name, *COLUMNS)
    assert (code, err) == (0, "")
    counts = pd.read_csv(io.StringIO(out)).set_index("doc")
    assert counts.index.tolist() == ["u1", "u2", "'=u3"]
    assert counts["peace"].tolist() == [1, 0, 1]


@pytest.mark.parametrize("format_", ["parquet", "csv", "jsonl"])
def test_analyze_writes_a_folder(format_, home, run):
    code, out, err = run("analyze", "a.jsonl", *COLUMNS, "--out", "out", "--format", format_, "--by", "outlet")
    assert (code, err) == (0, "")
    assert "written to out" in out
    assert "4 hits" in out
    assert sorted(path.name for path in (home / "out").iterdir()) == sorted(
        [f"{name}.{format_}" for name in [*FILES, "groups"]] + ["manifest.json"]
    )
    frame = pd.DataFrame(ARTICLES)
    result = fs.analyze(frame, text="body", id="url", lexicon="small.yaml")
    assert json.loads((home / "out/manifest.json").read_text(encoding="utf-8")) == result.manifest()
    read = {"parquet": pd.read_parquet, "csv": pd.read_csv, "jsonl": lambda path: pd.read_json(path, lines=True)}[format_]
    hits = read(home / f"out/hits.{format_}")
    assert hits["text"].tolist() == result.hits["text"].tolist()
    assert hits["start"].tolist() == result.hits["start"].tolist()
    ids = [i.replace("=", "'=") for i in result.hits["doc"]] if format_ == "csv" else result.hits["doc"].tolist()
    assert hits["doc"].tolist() == ids
    if format_ == "parquet":
        assert json.loads(pq.read_schema(home / "out/hits.parquet").metadata[b"framescope"]) == result.manifest()


def test_the_same_run_writes_the_same_bytes(home, run):
    for folder in ("one", "two"):
        run("analyze", "a.csv", *COLUMNS, "--out", folder, "--threads", "1" if folder == "one" else "2")
    for path in (home / "one").iterdir():
        assert path.read_bytes() == (home / "two" / path.name).read_bytes()


def test_a_folder_is_replaced_only_when_asked_and_only_ours(home, run):
    arguments = ["analyze", "a.csv", *COLUMNS, "--out", "out"]
    assert run(*arguments)[0] == 0
    code, _, err = run(*arguments)
    assert code == 1
    assert err == "error: 'out' exists; choose another folder, or replace it with --force (force=True)\n"
    (home / "out" / "hits.parquet").unlink()
    assert run(*arguments, "--force")[0] == 0
    assert (home / "out" / "hits.parquet").exists()
    (home / "thesis").mkdir()
    (home / "thesis" / "chapter.txt").write_text("do not lose me")
    code, _, err = run("analyze", "a.csv", *COLUMNS, "--out", "thesis", "--force")
    assert code == 1
    assert "was not written by framescope" in err
    assert (home / "thesis" / "chapter.txt").exists()


def test_output_is_complete_or_not_there(home, run, monkeypatch):
    before = sorted(home.iterdir())
    write = writing.write_table

    def fails_late(table, file, format_):
        if "quotes" in file.name:
            raise OSError(28, "No space left on device")
        write(table, file, format_)

    monkeypatch.setattr(writing, "write_table", fails_late)
    code, _, err = run("analyze", "a.csv", *COLUMNS, "--out", "out")
    assert code == 1
    assert "No space left" in err
    assert sorted(home.iterdir()) == before


def test_an_old_folder_survives_a_failure(home, run, monkeypatch):
    run("analyze", "a.csv", *COLUMNS, "--out", "out")
    before = {path.name: path.read_bytes() for path in (home / "out").iterdir()}

    def fails(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(writing, "write_table", fails)
    assert run("analyze", "a.csv", *COLUMNS, "--out", "out", "--force")[0] == 1
    assert {path.name: path.read_bytes() for path in (home / "out").iterdir()} == before


def test_a_folder_of_texts_and_pages(home, run):
    pytest.importorskip("trafilatura")
    (home / "press" / "deep").mkdir(parents=True)
    (home / "press" / "b.txt").write_bytes("\ufeffA bridge.\r\nPeace.".encode())
    page = (
        "<html><head><title>t</title></head><body><nav>peace peace</nav><article><p>A long sentence about a bridge, "
        + "and more " * 40
    )
    (home / "press" / "deep" / "a.html").write_text(page + "</p></article></body></html>", encoding="utf-8")
    (home / "press" / "notes.md").write_text("peace")
    code, out, err = run("count", "press", "--lexicon", "small.yaml")
    assert (code, err) == (0, "")
    counts = pd.read_csv(io.StringIO(out)).set_index("doc")
    assert counts.index.tolist() == ["b.txt", "deep/a.html"]
    assert counts["bridge"].tolist() == [1, 1]
    assert counts["peace"].tolist() == [1, 0]


def test_standard_input(home, run, monkeypatch):
    def typed(data: bytes) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))

    typed("A “bridge”.".encode())
    code, out, _ = run("kwic", "-", "bridge", "--lexicon", "small.yaml")
    assert (code, out) == (0, "standard input  A “  [bridge]  ”.\n")
    for kind in ("csv", "jsonl", "parquet"):
        typed((home / f"a.{kind}").read_bytes())
        code, out, _ = run("count", "-", "--from", kind, *COLUMNS, "--format", "jsonl")
        assert code == 0
        assert [json.loads(line)["words"] for line in out.splitlines()] == [6, 3, 2]


@pytest.mark.usefixtures("home")
def test_kwic(run):
    code, out, _ = run("kwic", "a.csv", "peace", *COLUMNS, "--window", "2")
    assert code == 0
    assert out.splitlines() == [
        " u1  bridge of  [peace]  ; a ceasefire",
        "=u3             [Peace talks]  .",
    ]
    code, out, _ = run("kwic", "a.csv", "noth*", *COLUMNS, "--format", "csv")
    assert pd.read_csv(io.StringIO(out))["keyword"].tolist() == ["Nothing", "Nothing"]


@pytest.mark.usefixtures("home")
def test_analyze_without_out_prints_a_summary(run):
    code, out, _ = run("analyze", "a.csv", *COLUMNS, "--by", "outlet")
    assert code == 0
    assert "3 documents" in out
    assert "nothing written; say --out DIR" in out
    assert "outlet" in out


@pytest.mark.usefixtures("home")
def test_scores(run):
    code, out, err = run(
        "scores", "a.csv", *COLUMNS, "--measure", "count", "--by", "outlet", "--not-quoted", "--speaker", "author"
    )
    assert (code, err) == (0, "")
    frame = pd.DataFrame(ARTICLES)
    result = fs.analyze(frame, text="body", id="url", lexicon="small.yaml")
    expected = result.scores("count", by="outlet", quoted=False, speaker="author")
    assert pd.read_csv(io.StringIO(out))["value"].tolist() == expected["value"].tolist()
    code, out, _ = run("scores", "a.csv", *COLUMNS, "--target", "azerbaijan", "--format", "jsonl")
    assert [json.loads(line)["peace"] for line in out.splitlines()] == [0, 0, 0]


@pytest.mark.usefixtures("home")
def test_stance(run):
    code, out, err = run("stance", "a.csv", *COLUMNS, "--by", "outlet", "--by", "target")
    assert (code, err) == (0, "")
    assert out.startswith('"outlet","target","documents","n","positive","negative","neutral","mean","low","high","strength"')


def test_demo(run):
    code, out, err = run("demo")
    assert (code, err) == (0, "")
    for expected in ("10 documents", "Caspian Ledger", "Strongest evidence", "Where to go next"):
        assert expected in out


@pytest.mark.usefixtures("home")
class TestLexicons:
    def test_list_and_show(self, run):
        assert "foreign-policy" in run("lexicon", "list")[1]
        out = run("lexicon", "show", "small.yaml")[1]
        assert "<Lexicon small 1.2.0" in out
        assert "peace.deal" in out
        assert run("lexicon", "show", "small.yaml", "bridge")[1].splitlines() == ["bridge~", "link* <0-3> East"]
        code, _, err = run("lexicon", "show", "small.yaml", "brigde")
        assert code == 1
        assert "did you mean 'bridge'" in err

    def test_lint(self, run):
        code, out, _ = run("lexicon", "lint", "small.yaml")
        assert code == (0 if out == "nothing found\n" else 1)

    def test_schema(self, run):
        assert json.loads(run("lexicon", "schema")[1])["title"] == "framescope lexicon"

    def test_convert(self, run):
        assert run("lexicon", "convert", "small.yaml", "small.json")[0] == 0
        assert fs.Lexicon.load("small.json") == fs.Lexicon.load("small.yaml")
        assert run("lexicon", "convert", "small.yaml", "small.json")[0] == 1

    def test_a_bad_one(self, home, run):
        (home / "bad.yaml").write_text("framescope: 1\nid: x\nversion: 1\nframes: {a: {entries: ['(']}}\n")
        code, _, err = run("lexicon", "lint", "bad.yaml")
        assert code == 1
        assert err.startswith("error: bad.yaml:4:")


BAD = {
    "no such file": (["count", "nope.csv", "--text", "body"], 1, "no file or folder 'nope.csv'"),
    "no such column": (["count", "a.csv", "--text", "boddy"], 1, "no column 'boddy'; did you mean 'body'?"),
    "no column given": (["count", "a.csv"], 1, "text= is needed with a frame"),
    "a column of plain text": (["count", "t.txt", "--text", "body"], 1, "--text names a column, but t.txt is plain text"),
    "an unknown ending": (["count", "a.docx"], 1, "say --from csv, jsonl, parquet or text"),
    "no such lexicon": (["count", "t.txt", "--lexicon", "foregn-policy"], 1, "did you mean 'foreign-policy'?"),
    "bad json": (["count", "bad.jsonl", "--text", "body"], 1, "bad.jsonl, line 2, column 2: not JSON"),
    "json of lists": (["count", "list.jsonl", "--text", "body"], 1, "list.jsonl, line 1: a list, not an object"),
    "number for text": (["count", "n.jsonl", "--text", "body"], 1, "row 1 of column 'body' holds int (5)"),
    "no such measure": (["scores", "t.txt", "--measure", "rat"], 1, "no measure 'rat'; did you mean 'rate'?"),
    "no such target": (["scores", "t.txt", "--target", "azerbaijn"], 1, "no target 'azerbaijn'; did you mean 'azerbaijan'?"),
    "no such speaker": (["scores", "t.txt", "--speaker", "Kern"], 1, "no speaker 'Kern'"),
    "no such group": (["scores", "a.csv", "--text", "body", "--by", "outlett"], 1, "no column 'outlett'; "),
    "no such key": (["stance", "t.txt", "--by", "speakers"], 1, "no column 'speakers'; did you mean 'speaker'?"),
    "not utf-8": (["count", "latin.txt"], 1, "latin.txt, line 2: not UTF-8 (byte 0xe9)"),
    "ragged csv": (["count", "ragged.csv", "--text", "body"], 1, "ragged.csv is not sound CSV"),
    "not parquet": (["count", "not.parquet", "--text", "body"], 1, "not sound Parquet"),
    "an empty folder": (["count", "empty"], 1, "no .txt or .html files in 'empty'"),
    "an unknown command": (["anlyze"], 2, "anlyze"),
    "an unknown option": (["count", "a.csv", "--txt", "body"], 2, "--txt"),
    "a bad format": (["count", "a.csv", "--format", "xlsx"], 2, "xlsx"),
    "no threads": (["count", "a.csv", "--threads", "0"], 2, "threads"),
}


@pytest.mark.parametrize("name", BAD)
def test_errors(name, home, run):
    (home / "t.txt").write_text("A bridge.")
    (home / "a.docx").write_text("x")
    (home / "bad.jsonl").write_text('{"body": "x"}\n{body: 1}\n')
    (home / "list.jsonl").write_text('["x"]\n')
    (home / "n.jsonl").write_text('{"body": "x"}\n{"body": 5}\n')
    (home / "latin.txt").write_bytes(b"one\ncaf\xe9\n")
    (home / "ragged.csv").write_text("body,id\na,b,c,d\n")
    (home / "not.parquet").write_text("x")
    (home / "empty").mkdir()
    arguments, expected, message = BAD[name]
    code, out, err = run(*arguments)
    assert code == expected
    assert message in err
    assert "Traceback" not in err
    assert out == ""


def test_nothing_typed_shows_help(run):
    code, out, err = run()
    assert code in {0, 2}
    assert all(verb in out + err for verb in ("analyze", "count", "kwic", "lexicon", "demo"))


@pytest.mark.usefixtures("home")
def test_as_a_program():
    call = [sys.executable, "-W", "error", "-m", "framescope", "count", "a.csv", *COLUMNS]
    done = subprocess.run(call, capture_output=True, check=False, text=True, encoding="utf-8")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith('"doc","words","bridge"')


def test_version(run):
    assert run("--version")[:2] == (0, f"framescope {fs.__version__}\n")


def test_the_articles_as_a_file(run, tmp_path):
    path = tmp_path / "articles.csv"
    assert run("demo", "--articles", str(path))[0] == 0
    assert pd.read_csv(path).equals(fs.examples())


def test_nothing_found_is_said(run, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("body\nA bridge between East and West.\n", encoding="utf-8")
    code, out, err = run("kwic", str(path), "bridg", "--text", "body")
    assert (code, out) == (0, "")
    assert "no hits of 'bridg'; did you mean 'bridge'?" in err
