"""The lexicon files of `tests/cases/bad_lexicons.toml` are refused, with the place and a way out."""

from __future__ import annotations

from typing import Any

import pytest

import case_files
import framescope as fs
from framescope import _core

REQUIRED = {"name", "why", "lexicon", "names"}
CASES = [
    pytest.param(case, id=case["name"]) for case in case_files.load("bad_lexicons.toml", REQUIRED, {"line", "column", "fix"})
]
MANY = 60


def test_there_are_cases() -> None:
    """So that the tests below cannot pass emptily."""
    assert len(CASES) > MANY


@pytest.mark.parametrize("case", CASES)
def test_refused(case: dict[str, Any]) -> None:
    """The message names the file, the place, what is wrong there and what to do."""
    with pytest.raises(fs.LexiconError) as refused:
        _core.read_lexicon(case["lexicon"], "bad.yaml")
    message = str(refused.value)
    place = f"bad.yaml:{case['line']}:{case['column']}:" if "line" in case else "bad.yaml:"
    assert message.startswith(place), f"{place} is the place, not: {message}"
    for fragment in [*case["names"], case.get("fix", "")]:
        assert fragment.lower() in message.lower(), case["why"]


@pytest.mark.parametrize("case", CASES)
def test_refused_by_the_public_class(case: dict[str, Any]) -> None:
    """`Lexicon.from_yaml` raises the same class."""
    with pytest.raises(fs.LexiconError):
        fs.Lexicon.from_yaml(case["lexicon"])
