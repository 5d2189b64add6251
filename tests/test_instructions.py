"""How many instructions a byte each stage takes, against what is recorded: what a busy machine cannot hide."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import pytest

SPEC = importlib.util.spec_from_file_location("instructions", Path(__file__).parent.parent / "benches" / "instructions.py")
instructions = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(instructions)
RECORDED = json.loads(instructions.RECORD.read_text(encoding="utf-8"))


def test_no_stage_takes_more_instructions_than_recorded():
    if reason := instructions.unable():
        pytest.skip(reason)
    complaints = instructions.compare(instructions.counted(), RECORDED)
    assert not complaints, "\n".join(complaints)


def complaints_of(**now):
    recorded = {"tolerance": 0.05, "with": instructions.tools(), "per_byte": {"words": 20.0, "analyze": 200.0}}
    return instructions.compare({"words": 20.0, "analyze": 200.0} | now, recorded)


def test_figures_within_the_tolerance_are_fine():
    assert complaints_of(words=20.9, analyze=191) == []


def test_a_regression_names_the_stage_both_figures_and_the_command():
    said = "\n".join(complaints_of(analyze=230))
    for part in ("analyze", "230.00", "200.00", "+15.0%", "regression", "make instructions"):
        assert part in said
    assert "words" not in said


def test_what_became_better_is_no_complaint():
    assert complaints_of(words=10) == []


def test_a_stage_that_one_side_lacks_is_named():
    assert any("chrome" in sentence for sentence in complaints_of(chrome=1.0))


def test_other_tools_than_those_of_the_record_are_named():
    recorded = {"tolerance": 0.05, "with": {"rustc": "1.0.0", "valgrind": "valgrind-1.0.0"}, "per_byte": {"words": 20.0}}
    assert instructions.compare({"words": 20.0}, recorded) == []
    assert any("1.0.0" in sentence for sentence in instructions.compare({"words": 30.0}, recorded))
