"""The named cases of site chrome in `tests/cases/chrome.toml`: which lines are left out, and that every table leaves out the same."""

from __future__ import annotations

import pytest

import case_files
import framescope as fs

LINES = fs.Lexicon.from_dict(
    {
        "framescope": 1,
        "id": "lines",
        "version": "1",
        "frames": {"line": {"entries": [{"regex": r"(?m)^\S.*$", "bounded": False}]}},
    }
)
CASES = {case["name"]: case for case in case_files.load("chrome.toml", {"name", "why", "text", "dropped"}, set())}
PAGE = CASES["views, comments and share links after the article"]["text"]


def lines(text: str, *, keep_chrome: bool) -> list[str]:
    return fs.analyze([text], lexicon=LINES, keep_chrome=keep_chrome).hits["text"].tolist()


def test_there_are_cases_of_both_kinds():
    assert len(CASES) >= 20
    assert {bool(case["dropped"]) for case in CASES.values()} == {True, False}


@pytest.mark.parametrize("name", CASES)
def test_the_lines_left_out(name):
    case = CASES[name]
    everything = [line for line in case["text"].split("\n") if line]
    assert lines(case["text"], keep_chrome=True) == everything
    assert lines(case["text"], keep_chrome=False) == [line for line in everything if line not in case["dropped"]]


def test_counts_and_hits_agree():
    for keep_chrome in (False, True):
        counted = fs.count([PAGE], lexicon=LINES, keep_chrome=keep_chrome)["line"].tolist()
        assert counted == [len(lines(PAGE, keep_chrome=keep_chrome))]


def test_the_reasons_and_the_option_are_written_down():
    left_out = fs.analyze([PAGE, "A bridge."], lexicon=LINES)
    assert left_out.documents["chrome"].tolist()[0] == "counter; menu; prompt; copyright"
    assert left_out.documents["chrome"].isna().tolist() == [False, True]
    assert left_out.documents["words"].tolist() == fs.analyze([PAGE, "A bridge."], lexicon=LINES, keep_chrome=True).documents["words"].tolist()
    assert left_out.manifest()["options"]["keep_chrome"] is False
    assert len(left_out.kwic()) == len(left_out.hits)
    kept = fs.analyze([PAGE], lexicon=LINES, keep_chrome=True)
    assert kept.documents["chrome"].isna().all()
    assert len(kept.kwic()) == len(kept.hits)


def test_keep_chrome_is_true_or_false():
    with pytest.raises(fs.FramescopeError, match="keep_chrome='no' must be True or False"):
        fs.analyze([PAGE], lexicon=LINES, keep_chrome="no")
