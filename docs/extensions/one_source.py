"""Nothing is written twice: pages include sections of README, DESIGN and others, and links between files become links between pages."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sphinx.application import Sphinx

PAGES = {
    "README.md": "index.md",
    "DESIGN.md": "design.md",
    "COMPARE.md": "compare.md",
    "CONTRIBUTING.md": "contributing.md",
    "CHANGELOG.md": "changelog.md",
}
SECTIONS = {  # of DESIGN.md
    "1": "design.md",
    "2": "entries.md",
    "3": "entries.md",
    "4": "tables.md",
    "5": "context.md",
    "6": "context.md",
    "7": "context.md",
    "8": "methods.md",
    "9": "design.md",
}
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)(#[^)\s]*)?\)")
SECTION = re.compile(r"\bsection ([1-9])\b(?!\.\d)")


def setup(app: Sphinx) -> dict[str, bool]:
    """Sphinx calls this."""
    app.connect("include-read", included)
    app.connect("source-read", read)
    return {"parallel_read_safe": True}


def included(_app: Sphinx, path: Path, _page: str, content: list[str]) -> None:
    """A file from the top of the repository, as it stands in a page of docs/."""
    content[0] = links(content[0], PurePosixPath(), PurePosixPath("docs"))
    if path.name == "DESIGN.md":
        content[0] = SECTION.sub(lambda found: f"[{found[0]}]({SECTIONS[found[1]]})", content[0])


def read(_app: Sphinx, page: str, content: list[str]) -> None:
    """A page of docs/, which on its own links to `../DESIGN.md`."""
    folder = PurePosixPath("docs") / PurePosixPath(page).parent
    content[0] = links(content[0], folder, folder)


def links(text: str, written: PurePosixPath, shown: PurePosixPath) -> str:
    """The text with links as they must be for a page in the folder `shown`; they were right for a file in the folder `written`."""

    def link(found: re.Match[str]) -> str:
        target = normal(written / found[1])
        if target.name in PAGES and len(target.parts) == 1:
            target = PurePosixPath("docs") / PAGES[target.name]
        return f"]({relative(target, shown)}{found[2] or ''})"

    return LINK.sub(link, text)


def normal(path: PurePosixPath) -> PurePosixPath:
    """The path without `..`."""
    parts: list[Any] = []
    for part in path.parts:
        if part == ".." and parts:
            parts.pop()
        elif part != ".":
            parts.append(part)
    return PurePosixPath(*parts)


def relative(target: PurePosixPath, folder: PurePosixPath) -> PurePosixPath:
    """How the folder's pages name the target."""
    target_parts, parts = target.parts, normal(folder).parts
    same = next((i for i, pair in enumerate(zip(target_parts, parts, strict=False)) if pair[0] != pair[1]), None)
    same = min(len(target_parts), len(parts)) if same is None else same
    return PurePosixPath(*[".."] * (len(parts) - same), *target_parts[same:])
