"""One document with its hits: HTML for a notebook or a page of its own, and plain text."""

from __future__ import annotations

import html
import itertools
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from os import PathLike

    from framescope.lexicon import Lexicon

__all__ = ["Document"]

GOLDEN_ANGLE = 137.508  # degrees; neighbours in the lexicon get far hues
LIGHT = "background:#fff;color:#1c1e21;--saturation:78%;--lightness:83%;--line:#d5d8dd"
DARK = "background:#16181d;color:#e4e6ea;--saturation:52%;--lightness:29%;--line:#3a3f47"
STYLE = f"""
.framescope{{{LIGHT};padding:1em 1.2em;border:1px solid var(--line);border-radius:6px;max-width:50em;font:16px/1.6 system-ui,sans-serif}}
@media (prefers-color-scheme:dark){{.framescope{{{DARK}}}}}
[data-jp-theme-light="true"] .framescope,.vscode-light .framescope{{{LIGHT}}}
[data-jp-theme-light="false"] .framescope,.vscode-dark .framescope{{{DARK}}}
.framescope mark{{color:inherit;padding:.1em 0;border-radius:2px;cursor:help}}
.framescope mark.negated{{text-decoration:line-through}}
.framescope .legend{{font-size:.82em;margin-bottom:.9em;padding-bottom:.7em;border-bottom:1px solid var(--line)}}
.framescope .legend mark{{padding:.15em .5em;margin-right:.5em;display:inline-block;margin-bottom:.3em}}
.framescope .text{{white-space:pre-wrap;overflow-wrap:anywhere}}
"""
EVIDENCE = ("target", "speaker", "modality", "cue")  # shown where the row has them


@dataclass(frozen=True)
class Document:
    """A document with highlighted hits. Shows itself in a notebook; `print` gives `[words]{frame}`; `save` writes a page.

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

    def __str__(self) -> str:
        return "".join(f"[{piece}]{{{', '.join(unique(hits))}}}" if hits else piece for piece, hits in self.pieces())

    def _repr_html_(self) -> str:
        return self.to_html()

    def to_html(self) -> str:
        """The document as one `<div>` with its own style, free of scripts and of anything from elsewhere."""
        counts = Counter(hit["frame"] for hit in self.hits)
        legend = "".join(
            f'<mark style="{self.paint([frame])}" title="{html.escape(frame)}">{html.escape(self.label(frame))} {n}</mark>'
            for frame, n in counts.most_common()
        )
        body = "".join(self.marked(piece, hits) if hits else html.escape(piece) for piece, hits in self.pieces())
        empty = "null document" if self.text is None else "no hits"
        return (
            f'<div class="framescope"><style>{STYLE}</style><div class="legend">{legend or empty}</div>'
            f'<div class="text">{body}</div></div>'
        )

    def save(self, path: str | PathLike[str]) -> None:
        """Writes a page of HTML that needs nothing else."""
        title = html.escape(f"{self.name} · {self.lexicon.id} {self.lexicon.version}")
        page = (
            '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
            f"<title>{title}</title></head><body>{self.to_html()}</body></html>\n"
        )
        Path(path).write_text(page, encoding="utf-8", newline="\n")

    def pieces(self) -> Iterator[tuple[str, list[dict[str, Any]]]]:
        """The text cut at every border of a hit; each piece with the hits it lies in."""
        text = self.text or ""
        borders = sorted({0, len(text)} | {hit[end] for hit in self.hits for end in ("start", "end")})
        starting: dict[int, list[dict[str, Any]]] = {}
        for hit in self.hits:
            starting.setdefault(hit["start"], []).append(hit)
        inside: list[dict[str, Any]] = []
        for start, end in itertools.pairwise(borders):
            inside = [hit for hit in inside if hit["end"] > start] + starting.get(start, [])
            yield text[start:end], inside

    def marked(self, piece: str, hits: list[dict[str, Any]]) -> str:
        """A piece inside at least one hit."""
        kind = ' class="negated"' if all(hit.get("negated") for hit in hits) else ""
        title = html.escape("\n".join(self.tooltip(hit) for hit in hits))
        style = self.paint(unique(hits))
        return f'<mark{kind} style="{style}" title="{title}">{html.escape(piece)}</mark>'

    def tooltip(self, hit: dict[str, Any]) -> str:
        """The evidence of a hit in one line."""
        parts = [f"{self.label(hit['frame'])} ({hit['frame']})", f"entry: {hit['entry']}", f"weight: {hit['weight']:g}"]
        parts += [f"{name}: {hit[name]}" for name in EVIDENCE if hit.get(name) is not None]
        return " · ".join([*parts, "negated"] if hit.get("negated") else parts)

    def label(self, frame: str) -> str:
        """The frame's name for people."""
        return self.lexicon.frames[frame].label if frame in self.lexicon.frames else frame

    def paint(self, frames: list[str]) -> str:
        """A background with one band for each frame."""
        order = list(self.lexicon.frames)
        hues = [round(order.index(frame) * GOLDEN_ANGLE % 360) if frame in order else 0 for frame in frames]
        colours = [f"hsl({hue} var(--saturation) var(--lightness))" for hue in hues]
        if len(colours) == 1:
            return f"background:{colours[0]}"
        step = 100 / len(colours)
        bands = ",".join(f"{colour} {i * step:.0f}% {(i + 1) * step:.0f}%" for i, colour in enumerate(colours))
        return f"background:linear-gradient({bands})"


def unique(hits: list[dict[str, Any]]) -> list[str]:
    """The frames of some hits, without repetition, in order."""
    return list(dict.fromkeys(hit["frame"] for hit in hits))
