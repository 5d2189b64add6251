"""One document with its hits: HTML for a notebook or a page of its own, and plain text."""

from __future__ import annotations

import html
import itertools
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
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
AUTHOR, ASSERTED = "author", "asserted"  # what goes without saying in plain text


@dataclass(frozen=True)
class Document:
    """A document with highlighted hits. Shows itself in a notebook; `print` gives `[words]{frame}`; `save` writes a page.

    Each hit tells of whom it is said, in whose voice, how certain, and whether denied, with the words that show it: in a tooltip on the page, and in
    plain text in parentheses as far as it is anything but asserted by the author.

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
        return "".join(f"[{piece}]{{{', '.join(unique(remarks(hits)))}}}" if hits else piece for piece, hits in self.pieces())

    def _repr_html_(self) -> str:
        return self.to_html()

    def to_html(self) -> str:
        """The document as one `<div>` with its own style, free of scripts and of anything from elsewhere."""
        counts = Counter(hit["frame"] for hit in self.whole_hits)
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

    @cached_property
    def whole_hits(self) -> list[dict[str, Any]]:
        """The hits, each once: one that is said of several targets has them all in `targets`."""
        found: dict[tuple[Any, ...], dict[str, Any]] = {}
        for row in self.hits:
            place = (row["start"], row["end"], row["frame"], row["entry"])
            hit = found.setdefault(place, {**row, "targets": []})
            if row["target"] is not None:
                hit["targets"].append((row["target"], row["target_rule"]))
        return list(found.values())

    def pieces(self) -> Iterator[tuple[str, list[dict[str, Any]]]]:
        """The text cut at every border of a hit; each piece with the hits it lies in."""
        text = self.text or ""
        borders = sorted({0, len(text)} | {hit[end] for hit in self.whole_hits for end in ("start", "end")})
        starting: dict[int, list[dict[str, Any]]] = {}
        for hit in self.whole_hits:
            starting.setdefault(hit["start"], []).append(hit)
        inside: list[dict[str, Any]] = []
        for start, end in itertools.pairwise(borders):
            inside = [hit for hit in inside if hit["end"] > start] + starting.get(start, [])
            yield text[start:end], inside

    def marked(self, piece: str, hits: list[dict[str, Any]]) -> str:
        """A piece inside at least one hit."""
        kind = ' class="negated"' if all(hit.get("negated") for hit in hits) else ""
        title = html.escape("\n".join(self.tooltip(hit) for hit in hits))
        style = self.paint(unique(hit["frame"] for hit in hits))
        return f'<mark{kind} style="{style}" title="{title}">{html.escape(piece)}</mark>'

    def tooltip(self, hit: dict[str, Any]) -> str:
        """The evidence of a hit in one line."""
        parts = [f"{self.label(hit['frame'])} ({hit['frame']})", f"entry: {hit['entry']}", f"weight: {hit['weight']:g}"]
        parts += [f"target: {target} ({rule})" for target, rule in hit["targets"]]
        parts += [f"speaker: {hit['speaker']}"] if hit["speaker"] else []
        parts += ["quoted"] if hit["quoted"] else []
        parts += [with_cue(hit["modality"], hit["modality_cue"])] if hit["modality"] else []
        parts += [with_cue("negated", hit["cue"])] if hit["negated"] else []
        return " · ".join(parts)

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


def remarks(hits: list[dict[str, Any]]) -> list[str]:
    """The frame of each hit, with what does not go without saying."""
    return [f"{hit['frame']} ({'; '.join(said)})" if (said := remark(hit)) else hit["frame"] for hit in hits]


def remark(hit: dict[str, Any]) -> list[str]:
    """Of whom, in whose voice, how certain, whether denied."""
    said = [f"of {', '.join(target for target, _ in hit['targets'])}"] if hit["targets"] else []
    said += [f"says {hit['speaker']}"] if hit["speaker"] not in {AUTHOR, None} else []
    said += ["quoted"] if hit["quoted"] else []
    said += [with_cue(hit["modality"], hit["modality_cue"])] if hit["modality"] not in {ASSERTED, None} else []
    return said + ([with_cue("negated", hit["cue"])] if hit["negated"] else [])


def with_cue(what: str, cue: str | None) -> str:
    """An effect and the words that have it."""
    return f"{what}: {cue}" if cue else what


def unique(names: Iterable[str]) -> list[str]:
    """Names without repetition, in order."""
    return list(dict.fromkeys(names))
