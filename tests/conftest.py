"""A small lexicon and small documents that many tests share."""

from __future__ import annotations

import pytest

import framescope as fs

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
