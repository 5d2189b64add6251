"""The named cases of `tests/cases`, run against the package, and against the naive matcher that is its oracle."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

import pyarrow as pa
import pytest

import case_files
import framescope as fs
from framescope import _core
from kinds import once, rows
from naive import Naive, settle

FILES = case_files.HITS
REQUIRED = {"name", "why", "text", "want"}
OPTIONAL = {"entries", "lexicon", "overlap", "frames"}
CASES = [
    pytest.param(case, id=f"{file.removesuffix('.toml')}: {case['name']}")
    for file in FILES
    for case in case_files.load(file, REQUIRED, OPTIONAL)
]
MANY = 190

Row = tuple[str, int, int, str]


def lexicon_of(case: dict[str, Any]) -> str:
    """Canonical JSON of the case's lexicon: a whole file, or entries of a frame called f."""
    if "lexicon" in case:
        assert not {"entries", "overlap"} & case.keys(), "a case has a lexicon or entries; overlap stands in the lexicon"
        text = str(case["lexicon"])
    else:
        frames = {"f": {"entries": case["entries"]}}
        text = json.dumps({"framescope": 1, "id": "t", "version": "1", "overlap": case.get("overlap", "frame"), "frames": frames})
    canonical: str = _core.read_lexicon(text, "case.yaml")
    return canonical


def wanted(case: dict[str, Any], found: list[Row]) -> list[Row]:
    """The rows a case wants; where it names only the text, the place is that of the row found."""
    frames = case.get("frames", ["f"] * len(case["want"]))
    assert len(frames) == len(case["want"]), "one frame for each wanted hit"
    rows = []
    for number, (want, frame) in enumerate(zip(case["want"], frames, strict=True)):
        if isinstance(want, str):
            start, end = found[number][1:3] if number < len(found) else (-1, -1)
            rows.append((want, start, end, frame))
        else:
            rows.append((*want, frame))
    return rows


def rows_of(text: str, spans: list[tuple[int, int, str]]) -> list[Row]:
    """By start, end, frame."""
    return [(text[start:end], start, end, frame) for start, end, frame in sorted(spans)]


@lru_cache(maxsize=8)
def splitter(language: str) -> _core.Analyzer:
    """Sentences are those of the lexicon's language, whatever its entries; an analyzer takes long to build."""
    lexicon = {"framescope": 1, "id": "t", "version": "1", "language": language, "frames": {"f": {"entries": ["x"]}}}
    return _core.Analyzer(_core.read_lexicon(json.dumps(lexicon), "sentences.yaml"))


def sentences_of(text: str, lexicon: dict[str, Any]) -> list[tuple[int, int]]:
    """The sentences of one document."""
    table = pa.table(splitter(lexicon.get("language", "en")).sentences([text]))
    return list(zip(table["start"].to_pylist(), table["end"].to_pylist(), strict=True))


def test_there_are_cases() -> None:
    """So that the tests below cannot pass emptily."""
    assert len(CASES) > MANY


@pytest.mark.parametrize("case", CASES)
def test_package(case: dict[str, Any]) -> None:
    """The hits are the wanted ones, and each row's text is the text at its place."""
    lexicon = fs.Lexicon.from_yaml(case["lexicon"]) if "lexicon" in case else fs.Lexicon.from_dict(json.loads(lexicon_of(case)))
    hits = fs.analyze([case["text"]], lexicon=lexicon).hits
    found = rows_of(case["text"], [(row["start"], row["end"], row["frame"]) for row in once(rows(hits))])
    assert found == wanted(case, found), case["why"]
    assert list(hits["text"]) == [case["text"][start:end] for start, end in zip(hits["start"], hits["end"], strict=True)]


@pytest.mark.parametrize("case", CASES)
def test_oracle(case: dict[str, Any]) -> None:
    """The naive matcher agrees with the cases, or it is no oracle."""
    mapping = json.loads(lexicon_of(case))
    matches = Naive(mapping).find(case["text"], sentences_of(case["text"], mapping))
    hits = settle(matches, mapping.get("overlap", "frame"))
    found = rows_of(case["text"], [(start, end, frame) for start, end, frame, _ in hits])
    assert found == wanted(case, found), case["why"]
