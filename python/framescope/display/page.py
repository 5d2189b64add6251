"""A page of its own: HTML that needs nothing else, and in which nothing runs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from framescope.display.escape import plain
from framescope.display.look import theme

if TYPE_CHECKING:
    from os import PathLike

__all__ = ["write_page"]

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
STYLE = (
    f":root{{{theme(0)}}}@media (prefers-color-scheme:dark){{:root{{{theme(1)}}}}}"
    "body{margin:0;padding:1.5rem;background:var(--ground)}main{max-width:54rem;margin:auto}"
)


def write_page(path: str | PathLike[str], title: str, body: str) -> None:
    """Writes a page of HTML without scripts; whoever opens it asks nothing of anybody."""
    page = (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{plain(title)}</title>'
        f"<style>{STYLE}</style></head>\n<body><main>{body}</main></body></html>\n"
    )
    Path(path).write_text(page, encoding="utf-8", newline="\n")
