"""One document with its hits: HTML for a notebook or a page of its own, and plain text."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from framescope.display.drawing import draw
from framescope.display.page import write_page
from framescope.display.pieces import pieces, whole
from framescope.display.remarks import remark

if TYPE_CHECKING:
    from collections.abc import Iterator
    from os import PathLike

    from framescope.lexicon import Lexicon

__all__ = ["LIMIT", "Document"]

LIMIT = 500_000  # characters drawn, unless all are asked for


@dataclass(frozen=True, repr=False)
class Document:
    """A document with its hits marked. Shows itself in a notebook; `print` gives `[words]{frame}`; `save` writes a page.

    In a notebook and on a page, each hit is underlined with the colour and line of its frame, and overlapping hits have their lines under one
    another. Signs stand before a hit that is negated (`not`), quoted (`“”`), hedged (`may`), conditional (`if`), future (`will`) or desired (`want`).
    Its evidence is shown when the mouse or the Tab key comes to it: entry, target with the rule that chose it, speaker, modality, and the words
    that show these. The legend hides and shows frames, and hits of a kind. Nothing of it needs a script or the network.

    In plain text, a hit tells in parentheses what it is beside asserted by the author.

    >>> import framescope as fs
    >>> lexicon = fs.Lexicon.from_quanteda({"bridge": ["bridge*"]})
    >>> document = fs.analyze(["A <bridge>."], lexicon=lexicon).show(0)
    >>> "&lt;<mark" in document.to_html()
    True
    """

    name: str
    text: str | None
    hits: list[dict[str, Any]]
    lexicon: Lexicon
    limit: int | None = LIMIT
    """How many characters are drawn in HTML; None for all."""

    def __str__(self) -> str:
        return "".join(f"[{piece}]{{{', '.join(remarks(hits))}}}" if hits else piece for piece, hits in self.pieces())

    def __repr__(self) -> str:
        return str(self)  # what a plain terminal shows

    def _repr_html_(self) -> str:
        return self.to_html()

    def to_html(self) -> str:
        """The document as one `<div>` with its own style, free of scripts and of anything from elsewhere."""
        return draw(self)

    def save(self, path: str | PathLike[str]) -> None:
        """Writes a page of HTML that needs nothing else."""
        write_page(path, f"{self.name} · {self.lexicon.id} {self.lexicon.version}", self.to_html())

    @cached_property
    def whole_hits(self) -> list[dict[str, Any]]:
        """The hits, each once: one that is said of several targets has them all in `targets`."""
        return whole(self.hits)

    def pieces(self) -> Iterator[tuple[str, list[dict[str, Any]]]]:
        """The text cut at every border of a hit; each piece with the hits it lies in."""
        return pieces(self.text or "", self.whole_hits)

    def label(self, frame: str) -> str:
        """The frame's name for people."""
        return self.lexicon.frames[frame].label if frame in self.lexicon.frames else frame


def remarks(hits: list[dict[str, Any]]) -> list[str]:
    """The frame of each hit, with what does not go without saying; each such remark once."""
    told = (f"{hit['frame']} ({'; '.join(said)})" if (said := remark(hit)) else hit["frame"] for hit in hits)
    return list(dict.fromkeys(told))
