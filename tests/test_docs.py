"""What the documentation shows is run. Docstrings run by themselves (--doctest-modules); here the pages do.

A block of ```python is run, all blocks of a page in one go, in a folder that holds what `framescope demo --articles articles.csv` writes.
A block of ```text right after it is what it prints; others are only shown.
"""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest

import framescope as fs

ROOT = Path(__file__).parent.parent
PAGES = [
    path
    for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]
    if re.search(r"^```python$", path.read_text(encoding="utf-8"), re.MULTILINE)
]
BLOCK = re.compile(r"^```python\n(.*?)^```$(?:\n\n```text\n(.*?)^```$)?", re.DOTALL | re.MULTILINE)


def test_there_is_a_readme():
    assert (ROOT / "README.md").is_file()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_page(page, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "90")  # what a page has room for
    fs.examples().to_csv("articles.csv", index=False)
    text = page.read_text(encoding="utf-8")
    namespace: dict[str, object] = {"__name__": "page"}
    for block in BLOCK.finditer(text):
        line = text.count("\n", 0, block.start(1))
        exec(compile("\n" * line + block[1], str(page), "exec"), namespace)  # noqa: S102 - our own pages
        printed = capsys.readouterr().out
        if block[2] is not None:
            assert without_ends(printed) == without_ends(block[2]), f"{page.name}, line {line}: this is not what it prints"


def without_ends(text: str) -> str:
    """Lines without white space at their ends, which no page can show."""
    return "\n".join(line.rstrip() for line in text.strip("\n").splitlines())


def test_some_pages_show_what_they_print():
    assert sum(block[2] is not None for page in PAGES for block in BLOCK.finditer(page.read_text(encoding="utf-8"))) > 20


SECTION = re.compile(r"^Parameters\n-+\n(.*?)(?:^\w+\n-+$|^>>>|\Z)", re.DOTALL | re.MULTILINE)


def test_docstrings_name_the_parameters_of_the_signature():
    things = [getattr(fs, name) for name in fs.__all__]
    members = [value for thing in things if isinstance(thing, type) for _, value in inspect.getmembers(thing, inspect.isroutine)]
    ours = [one for one in [*things, *members] if (getattr(one, "__module__", "") or "").startswith("framescope")]
    functions = [one for one in ours if not isinstance(one, type)]
    seen = 0
    for function in functions:
        section = SECTION.search(inspect.getdoc(function) or "")
        lines = section[1].splitlines() if section else []
        named = [name for line in lines if line and not line.startswith(" ") for name in line.split(", ")]
        seen += len(named)
        assert set(named) <= set(inspect.signature(function).parameters), f"{function.__qualname__}: {named}"
    assert seen > 10


def test_every_public_name_is_documented():
    assert len(fs.__all__) > 10
    for name in [*fs.__all__, "FrameVectorizer"]:  # the one that is imported when it is asked for
        thing = getattr(fs, name)
        assert thing.__doc__, name
        members = {key: value for key, value in vars(thing).items() if not key.startswith("_")} if isinstance(thing, type) else {}
        for key, value in members.items():
            function = getattr(value, "__func__", value)
            if callable(function) or isinstance(function, property):
                assert function.__doc__, f"{name}.{key}"
