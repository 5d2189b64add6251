"""The named cases of context in `tests/cases`, run against the package; `context.toml` says what a case may hold."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import Any

import pytest

import case_files
import framescope as fs
from kinds import rows

REQUIRED = {"name", "why", "text"}
OPTIONAL = {"lexicon", "hits", "quotes", "stances", "no_stance_of"}
WANTS = OPTIONAL - {"lexicon"}
SPEAKER = {"speaker", "speaker_actor"}
FLAGS = {"quoted", "negated", "cue", "target", "rule", "polarity"}
FIELDS = {
    "hits": {"text", "frame", "entry", "modality", "modality_cue", *SPEAKER, *FLAGS},
    "quotes": {"text", "kind", "cue", *SPEAKER},
    "stances": {"text", *SPEAKER, *FLAGS},
}
LEAST = 150

Row = dict[str, Any]


def read(text: str, file: str) -> list[Row]:
    """The cases of a file; what is not known is refused by name."""
    cases = case_files.read(text, file, REQUIRED, OPTIONAL)
    for case in cases:
        if not WANTS & case.keys():
            message = f"{file}: {case['name']}: wants nothing"
            raise ValueError(message)
        for table, known in FIELDS.items():
            unknown = {key for item in case.get(table, ()) for key in item} - known
            if unknown:
                message = f"{file}: {case['name']}: {table}: unknown {sorted(unknown)}; there are {sorted(known)}"
                raise ValueError(message)
    return cases


CASES = {
    f"{file.removesuffix('.toml')}: {case['name']}": case
    for file in case_files.context_files()
    for case in read((case_files.CASES / file).read_text(encoding="utf-8"), file)
}


@lru_cache(maxsize=64)
def lexicon_of(text: str | None) -> fs.Lexicon:
    return fs.Lexicon.load("foreign-policy") if text is None else fs.Lexicon.from_yaml(text)


def wanted(item: Row) -> Row:
    """The item with the names of columns; "" is null."""
    named = {"target_rule" if key == "rule" else key: value for key, value in item.items()}
    return {key: None if isinstance(value, str) and not value else value for key, value in named.items()}


def fits(item: Row, row: Row) -> bool:
    return all(row[key] == value for key, value in wanted(item).items())


def check_hits(items: list[Row], found: list[Row]) -> list[str]:
    """What is wrong with the hits."""
    if not items:
        return ["there should be no hit"] if found else []
    met: Counter[tuple[str, str | None]] = Counter()
    wrong = []
    for item in items:
        key = (item["text"], item.get("frame"))
        places: dict[tuple[int, int], list[Row]] = {}
        for row in found:
            if row["text"] == item["text"] and row["frame"] == item.get("frame", row["frame"]):
                places.setdefault((row["start"], row["end"]), []).append(row)
        there = [places[place] for place in sorted(places)][met[key] :][:1]
        met[key] += 1
        wrong += check_hit(wanted(item), there[0]) if there else [f"no hit number {met[key]} for {item}"]
    return wrong


def check_hit(item: Row, found: list[Row]) -> list[str]:
    """What is wrong at one place: each field stands in all rows there, and the targets are all of the item."""
    targets = item.pop("target", ...)
    wrong = [f"{key} is {row[key]!r}, not {value!r}: {item}" for row in found for key, value in item.items() if row[key] != value]
    if targets is not ...:
        asked = set(targets) if isinstance(targets, list) else {targets}
        of = {row["target"] for row in found}
        wrong += [f"said of {of}, not of {asked}: {item}"] if of != asked else []
    return wrong


def check_quotes(items: list[Row], found: list[Row]) -> list[str]:
    if len(items) != len(found):
        return [f"{len(found)} quotes, not {len(items)}"]
    return [f"no quote {item} in its place" for item, row in zip(items, found, strict=True) if not fits(item, row)]


def check_stances(items: list[Row], found: list[Row]) -> list[str]:
    if not items and found:
        return ["there should be no stance"]
    return [f"no stance {item}" for item in items if not any(fits(item, row) for row in found)]


def check(case: Row) -> str:
    """What is wrong with a case, with all that helps to see why; empty if it holds."""
    result = fs.analyze([case["text"]], lexicon=lexicon_of(case.get("lexicon")), progress=False)
    found = {table: rows(getattr(result, table)) for table in FIELDS}
    checks = {"hits": check_hits, "quotes": check_quotes, "stances": check_stances}
    wrong = [message for table, of in checks.items() if table in case for message in of(case[table], found[table])]
    judged = {row["target"] for row in found["stances"]} & set(case.get("no_stance_of", ()))
    wrong += [f"a stance of {target}" for target in sorted(judged)]
    if not wrong:
        return ""
    shown = [
        f"  {table}: " + " ".join(f"{key}={value!r}" for key, value in row.items() if value is not None and key != "doc")
        for table, found_rows in found.items()
        for row in found_rows
    ]
    return "\n".join([case["name"], f"why: {case['why']}", *wrong, f"text: {case['text']}", f"found: {len(shown)}", *shown])


def test_there_are_cases() -> None:
    assert case_files.context_files()
    assert CASES


@pytest.mark.parametrize("name", CASES)
def test_case(name: str) -> None:
    wrong = check(CASES[name])
    assert not wrong, wrong


HEAD = "[[case]]\nname = 'n'\nwhy = 'w'\ntext = 'A b and b.'\nlexicon = '{framescope: 1, id: t, version: 1, frames: {f: {entries: [b]}}}'\n"


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ("hit = []", "f: n: missing .* unknown \\['hit'\\]"),
        ("hits = [{ text = 'a', negatd = true }]", "f: n: hits: unknown \\['negatd'\\]; there are \\['cue'"),
        ("quotes = [{ text = 'a', rule = 'x' }]", "f: n: quotes: unknown \\['rule'\\]"),
        ("stances = [{ modality = 'hedged' }]", "f: n: stances: unknown \\['modality'\\]"),
        ("", "f: n: wants nothing"),
    ],
)
def test_what_is_not_known_is_refused_by_name(fields: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        read(HEAD + fields, "f")


@pytest.mark.parametrize(
    "fields",
    [
        "hits = []",
        "hits = [{ text = 'c' }]",
        "hits = [{ text = 'b' }, { text = 'b' }, { text = 'b' }]",
        "hits = [{ text = 'b', negated = true }]",
        "hits = [{ text = 'b', target = 'x' }]",
        "hits = [{ text = 'b', target = ['x', 'y'] }]",
        "quotes = [{ text = 'b' }]",
        "stances = [{ target = 'x' }]",
    ],
)
def test_a_failure_is_seen(fields: str) -> None:
    message = check(read(HEAD + fields, "f")[0])
    assert "why: w" in message
    assert "text: A b and b." in message
    assert "hits: start=2" in message
    assert not check(read(HEAD + "hits = [{ text = 'b' }, { text = 'b' }]", "f")[0])


def test_every_file_of_cases_is_run() -> None:
    run = {*case_files.HITS, *case_files.BAD_LEXICONS, *case_files.CHROME, *case_files.context_files()}
    assert {path.name for path in case_files.CASES.iterdir()} == run


def test_names_are_unique_over_all_files() -> None:
    old = {"want", "names", "entries", "overlap", "frames", "line", "column", "fix", "dropped"}
    named = [
        (case["name"], file)
        for file in sorted(path.name for path in case_files.CASES.glob("*.toml"))
        for case in case_files.load(file, {"name", "why"}, REQUIRED | OPTIONAL | old)
    ]
    twice = {name: [file for other, file in named if other == name] for name, n in Counter(n for n, _ in named).items() if n > 1}
    assert not twice


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= LEAST
