"""Docstrings end with doctests without a heading; here they get one, so that they are not read as part of what stands above them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sphinx.application import Sphinx

BEFORE_NAPOLEON = 400


def setup(app: Sphinx) -> dict[str, bool]:
    """Sphinx calls this."""
    app.connect("autodoc-process-docstring", headed, priority=BEFORE_NAPOLEON)
    return {"parallel_read_safe": True}


def headed(_app: Sphinx, _what: str, _name: str, _object: Any, _options: Any, lines: list[str]) -> None:
    """Puts a heading before the first doctest of a docstring that has sections."""
    sections = any(line.startswith("---") for line in lines)
    first = next((i for i, line in enumerate(lines) if line.startswith(">>>")), None)
    if sections and first is not None and "Examples" not in lines:
        lines[first:first] = ["Examples", "--------"]
