"""Any text as HTML that shows it and does nothing else."""

from __future__ import annotations

import html

__all__ = ["escaped", "plain"]

PICTURES = {code: chr(0x2400 + code) for code in range(0x20) if chr(code) not in "\t\n\r"} | {0x7F: "\u2421"}
TURNING = {code: f"[U+{code:04X}]" for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))}


def escaped(text: str) -> str:
    """A text to be read. Control characters, which HTML drops, stand as their pictures: ␀ for NUL."""
    return html.escape(text.translate(PICTURES))


def plain(text: str) -> str:
    """A name, an entry or a label, also inside an attribute: what turns the direction of the words after it is spelled out."""
    return escaped(text.translate(TURNING))
