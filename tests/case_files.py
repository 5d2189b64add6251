"""Reading the TOML files of `tests/cases`: named cases as data, unknown keys refused."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

CASES = Path(__file__).parent / "cases"
HITS = ["entry_language.toml", "inflection.toml", "good_lexicons.toml"]
BAD_LEXICONS = ["bad_lexicons.toml"]
CHROME = ["chrome.toml"]
TOPICS = ["context", "negation", "modality", "quotes", "speakers", "targets", "stance"]


def context_files() -> list[str]:
    """The files of cases about what stands around a hit, as far as they are there."""
    return [f"{topic}.toml" for topic in TOPICS if (CASES / f"{topic}.toml").is_file()]


def load(file: str, required: set[str], optional: set[str]) -> list[dict[str, Any]]:
    """The `[[case]]` tables of a file: each with all required keys, none unknown, names unique, `why` not empty."""
    return read((CASES / file).read_text(encoding="utf-8"), file, required, optional)


def read(text: str, file: str, required: set[str], optional: set[str]) -> list[dict[str, Any]]:
    """As `load`, from the text of the file."""
    document = tomllib.loads(text)
    if document.keys() != {"case"}:
        message = f"{file}: only [[case]] tables are known, found {sorted(document)}"
        raise ValueError(message)
    cases: list[dict[str, Any]] = document["case"]
    names: set[str] = set()
    for case in cases:
        name = case.get("name", "a case without a name")
        missing, unknown = required - case.keys(), case.keys() - required - optional
        if missing or unknown or not case["why"].strip() or name in names:
            message = f"{file}: {name}: missing {sorted(missing)}, unknown {sorted(unknown)}, or no why, or named twice"
            raise ValueError(message)
        names.add(name)
    return cases
