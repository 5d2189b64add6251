"""Lexicons: read, written, joined, cut, looked at."""

from __future__ import annotations

import copy
import dataclasses
import json
import pickle
import re
from concurrent.futures import ThreadPoolExecutor

import pytest

import framescope as fs

YAML = """\
# every part of the format
framescope: 1
id: whole
version: 2.0.0
language: en
title: A title
description: What it is for.
citation: Us (2025)
license: CC-BY-4.0
overlap: lexicon
frames:
  bridge:
    label: Bridge
    definition: Connects.
    polarity: 1
    examples: {include: [A bridge.], exclude: [A bridge over the river.]}
    entries:
      - bridge~
      - {pattern: link* <0-3> East, weight: 0.5, note: gap}
      - {pattern: Trump, case: exact, polarity: -1, forbid: {after: [card~], within: 1}}
      - {pattern: gate, require: [{any: ["#actors"], within: 12}, {before: [a]}]}
      - {regex: 'x+', bounded: false}
    frames:
      below: {entries: [no, on, 1e5]}
actors:
  baku: {label: Baku, type: country, aliases: [Baku, {pattern: official Baku, weight: 2}], leads: [someone]}
  someone: {type: person, aliases: [Someone]}
"""


@pytest.fixture(scope="module")
def whole() -> fs.Lexicon:
    return fs.Lexicon.from_yaml(YAML)


def test_what_it_holds(whole):
    assert (whole.id, whole.version, whole.overlap) == ("whole", "2.0.0", "lexicon")
    assert list(whole.frames) == ["bridge", "bridge.below"]
    frame = whole.frames["bridge"]
    assert (frame.label, frame.definition, frame.polarity) == ("Bridge", "Connects.", 1)
    assert (frame.include, frame.exclude) == (("A bridge.",), ("A bridge over the river.",))
    assert frame.frames == ("bridge.below",)
    assert [entry.pattern for entry in whole.entries] == [
        "bridge~", "link* <0-3> East", "Trump", "gate", "x+", "no", "on", "1e5",
    ]  # fmt: skip
    link, trump, gate, regex = whole.entries[1:5]
    assert (link.weight, link.note, link.owner) == (0.5, "gap", "bridge")
    assert (trump.case, trump.polarity, len(trump.forbid)) == ("exact", -1, 1)
    assert len(gate.require) == 2
    assert (regex.regex, regex.bounded) == (True, False)
    assert whole.actors["baku"].leads == ("someone",)
    assert [alias.pattern for alias in whole.actors["baku"].aliases] == ["Baku", "official Baku"]
    assert whole.actors["someone"].label == "someone"


def test_the_round_trip_is_the_identity(whole, tmp_path):
    assert fs.Lexicon.from_yaml(whole.to_yaml()) == whole
    assert fs.Lexicon.from_dict(whole.to_dict()) == whole
    for name in ("a.yaml", "a.yml", "a.json"):
        whole.save(tmp_path / name)
        assert fs.Lexicon.load(tmp_path / name) == whole
        assert fs.Lexicon.load(str(tmp_path / name)).hash == whole.hash
    assert pickle.loads(pickle.dumps(whole)) == whole  # noqa: S301 - our own bytes
    json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", ["foreign-policy", "actors"])
def test_shipped_lexicons(name):
    lexicon = fs.Lexicon.load(name)
    assert fs.Lexicon.from_yaml(lexicon.to_yaml()) == lexicon
    assert lexicon.actors
    assert len({lexicon, fs.Lexicon.load(name)}) == 1


def test_a_file_comes_before_a_shipped_name(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "foreign-policy").write_text(YAML, encoding="utf-8-sig")
    assert fs.Lexicon.load("foreign-policy").id == "whole"


def test_files_nearby_are_proposed(tmp_path):
    (tmp_path / "mine.yaml").write_text(YAML, encoding="utf-8")
    with pytest.raises(fs.LexiconError, match=r"did you mean '.*mine\.yaml'"):
        fs.Lexicon.load(tmp_path / "mien.yaml")


def test_it_cannot_be_changed(whole):
    with pytest.raises(dataclasses.FrozenInstanceError):
        whole.canonical = ""
    with pytest.raises(TypeError):
        whole.frames["new"] = whole.frames["bridge"]
    document = whole.to_dict()
    document["frames"].clear()
    assert whole.frames


def test_the_hash_is_of_what_changes_results(whole):
    document = whole.to_dict()
    document["frames"]["bridge"]["label"] = "Other"
    assert fs.Lexicon.from_dict(document).hash == whole.hash
    assert fs.Lexicon.from_dict(document) != whole
    document["overlap"] = "all"
    assert fs.Lexicon.from_dict(document).hash != whole.hash
    assert re.fullmatch("[0-9a-f]{64}", whole.hash)


def test_or_joins(whole, lexicon):
    tax = fs.Lexicon.from_quanteda({"tax": ["tax*"]})
    joined = whole | tax
    assert list(joined.frames) == [*whole.frames, "tax"]
    assert (joined.id, joined.overlap) == ("whole", "lexicon")
    assert whole | whole == whole
    with pytest.raises(fs.LexiconError, match="bridge"):
        whole | lexicon
    with pytest.raises(TypeError):
        whole | "tax"


def test_select_cuts(whole):
    assert list(whole.select(frames=["bridge"]).frames) == ["bridge", "bridge.below"]
    below = whole.select(frames="bridge.below")
    assert [entry.pattern for entry in below.entries] == ["no", "on", "1e5"]
    assert below.actors == whole.actors
    with pytest.raises(fs.LexiconError, match="'bridge'"):
        whole.select(frames=["brigde"])


def test_lint_and_schema(whole):
    for diagnostic in fs.Lexicon.from_quanteda({"a": ["*", "u.s. army"]}).lint():
        assert diagnostic.code
        assert diagnostic.message in str(diagnostic)
    assert isinstance(whole.lint(), list)
    schema = fs.Lexicon.schema()
    assert {"framescope", "id", "version", "frames", "actors", "overlap"} <= schema["properties"].keys()


def test_html_is_escaped():
    lexicon = fs.Lexicon.from_dict({"framescope": 1, "id": "<i>", "version": "1", "frames": {"<b>": {"entries": ["x"]}}})
    assert "<b>&lt;i&gt;" in lexicon._repr_html_()
    assert "&lt;b&gt;" in lexicon._repr_html_()


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: fs.Lexicon.from_yaml("a.yaml"), r"'a.yaml' is a file name, not YAML; use Lexicon.load\('a.yaml'\)"),
        (lambda: fs.Lexicon.from_yaml("framescope: 1\nid: x\nversion: 1\nframes:\n  a: {entrys: [b]}\n"), "^lexicon:5:7: .*did you mean 'entries'"),
        (lambda: fs.Lexicon.from_dict({"framescope": 1, "id": "x", "version": "1", "frames": {"a": {"entries": ["(b"]}}}), r"^the pattern '\(b'"),
        (lambda: fs.Lexicon.from_dict({"framescope": 1, "id": {"x"}}), "text, numbers, lists and mappings only"),
        (lambda: fs.Lexicon.from_dict({"framescope": 1, "id": "\ud800"}), "Unicode text only"),
        (lambda: fs.Lexicon.from_dict([]), "mapping"),
    ],
)  # fmt: skip
def test_errors_name_the_place_and_the_fix(make, message):
    with pytest.raises(fs.LexiconError, match=message):
        make()


def test_errors_of_files_name_the_file(tmp_path):
    path = tmp_path / "bad.yaml"
    path.write_text("framescope: 1\nid: x\nversion: 1\nframes:\n  a: {entries: ['(b']}\n", encoding="utf-8")
    with pytest.raises(fs.LexiconError) as caught:
        fs.Lexicon.load(path)
    assert (caught.value.source, caught.value.line) == (str(path), 5)
    assert str(caught.value).startswith(f"{path}:5:")
    assert caught.value.message.startswith("the pattern '(b'")
    path.write_bytes(b"framescope: 1\nid: caf\xe9\n")
    with pytest.raises(fs.LexiconError, match=r"bad.yaml:2: the file is not UTF-8 \(byte 0xe9\)"):
        fs.Lexicon.load(path)


def test_a_lexicon_is_compiled_once(lexicon):
    first = lexicon.compiled()
    assert lexicon.compiled() is first
    assert lexicon.compiled(threads=1) is not first
    fs.analyze(["peace"], lexicon=lexicon)
    fs.count(["peace"], lexicon=lexicon)
    assert lexicon.compiled() is first
    assert fs.Lexicon.load("foreign-policy") is fs.Lexicon.load("foreign-policy")


def test_what_is_compiled_stays_at_home(lexicon):
    lexicon.compiled()
    assert copy.copy(lexicon) is copy.deepcopy(lexicon) is lexicon  # nothing in it changes
    other = pickle.loads(pickle.dumps(lexicon))  # noqa: S301 - our own bytes
    assert vars(other) == {"canonical": lexicon.canonical}
    assert (other, hash(other), repr(other)) == (lexicon, hash(lexicon), repr(lexicon))
    assert fs.count(["peace"], lexicon=other)["peace"].tolist() == [1]


def test_threads_may_compile_at_once():
    shared = fs.Lexicon.from_quanteda({"peace": ["peace*"]})
    with ThreadPoolExecutor(8) as pool:
        counted = list(pool.map(lambda n: fs.count(["peace"] * n, lexicon=shared)["peace"].sum(), range(1, 40)))
    assert counted == list(range(1, 40))
