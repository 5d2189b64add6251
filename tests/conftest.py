"""A small lexicon and small documents that many tests share."""

from __future__ import annotations

import pytest

import framescope as fs
from framescope import _core

YAML = """
framescope: 1
id: small
version: 1.2.0
frames:
  bridge:
    label: Bridge <b>
    definition: Connects.
    polarity: 1
    entries: [bridge~, {pattern: link* <0-3> East, weight: 0.5}]
  peace:
    entries: [peace, peace talks]
    frames:
      deal: {entries: [ceasefire]}
actors:
  azerbaijan: {label: Azerbaijan, type: country, aliases: [Azerbaijan, Baku]}
"""


@pytest.fixture(scope="session")
def lexicon() -> fs.Lexicon:
    return fs.Lexicon.from_yaml(YAML)


@pytest.fixture(scope="session")
def texts() -> list[str | None]:
    return [
        "Bridges link Asia to the East. Peace talks in Baku.",
        None,
        "",
        "𝔘 caffè: a “bridge” – peace, ceasefire!",
        "Nothing here.",
    ]


@pytest.fixture(scope="session")
def page_with_chrome() -> str:
    """An article between site chrome, in which stand one more hit of bridge and one of peace."""
    body = "The peace talks at the bridge went on. Nobody left before the evening, as far as we know. " * 3
    return f"Home\nNews\nPeace\nShare\n\n{body}\n\n{body}\n\nRelated articles\n\nA bridge\n\nPeace at last\n"


@pytest.fixture
def compilations(monkeypatch) -> list[str]:
    """How many lexicons were compiled."""
    made = []

    class Core:
        def __getattr__(self, name):
            if name == "Analyzer":
                made.append(name)
            return getattr(_core, name)

    monkeypatch.setattr("framescope.lexicon._core", Core())
    return made
