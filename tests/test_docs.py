"""What the documentation shows is run. Docstrings run by themselves (--doctest-modules); here the pages do.

A block of ```python is run, all blocks of a page in one go, in an empty folder; ```text and others are only shown.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGES = [
    path
    for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]
    if re.search(r"^```python$", path.read_text(encoding="utf-8"), re.MULTILINE)
]
BLOCK = re.compile(r"^```python\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def test_there_is_a_readme():
    assert (ROOT / "README.md").is_file()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_page(page, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    text = page.read_text(encoding="utf-8")
    namespace: dict[str, object] = {"__name__": "page"}
    for block in BLOCK.finditer(text):
        line = text.count("\n", 0, block.start(1))
        exec(compile("\n" * line + block[1], str(page), "exec"), namespace)  # noqa: S102 - our own pages


def test_every_public_name_is_documented():
    import framescope as fs

    assert len(fs.__all__) > 10
    for name in [*fs.__all__, "FrameVectorizer"]:  # the one that is imported when it is asked for
        thing = getattr(fs, name)
        assert thing.__doc__, name
        members = {key: value for key, value in vars(thing).items() if not key.startswith("_")} if isinstance(thing, type) else {}
        for key, value in members.items():
            function = getattr(value, "__func__", value)
            if callable(function) or isinstance(function, property):
                assert function.__doc__, f"{name}.{key}"
