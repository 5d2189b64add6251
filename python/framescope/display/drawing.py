"""A document as HTML: its text with a line for each hit, signs, tooltips, and a legend that filters. No script runs; the browser does all of it.

A hit keeps its lane from its first to its last word, so that the lines of overlapping hits run under one another. The legend's checkboxes are
switches: a style sheet asks for their state.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from framescope.display.escape import escaped, plain
from framescope.display.look import LANES, looks, stylesheet
from framescope.display.pieces import Hit, laned, pieces
from framescope.display.remarks import SIGNS, circumstances, sign, tooltip

if TYPE_CHECKING:
    from framescope.display.document import Document

__all__ = ["draw"]

MOST = 5_000  # hits drawn, unless all are asked for


@dataclass(frozen=True)
class Drawing:
    """What is drawn of a document: the text up to some place, and the hits in it."""

    document: Document
    text: str
    hits: list[Hit]
    """Each with its `lane`, and what is `told` of it."""
    counts: list[tuple[str, int]]
    """Frames with their hits, commonest first: the place of a frame is the number of its switch."""
    looks: dict[str, int]
    switches: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, document: Document) -> Drawing:
        """As much of the document as its limit allows."""
        text = (document.text or "")[: shown_until(document)]
        hits = [
            {**hit, "told": tooltip(hit, document.label(hit["frame"]))}
            for hit in laned(document.whole_hits, LANES)
            if hit["end"] <= len(text) and hit["lane"]
        ]
        counts = Counter(hit["frame"] for hit in hits).most_common()
        switches = {frame: i for i, (frame, _) in enumerate(counts)}
        return cls(document, text, hits, counts, looks(switches, document.lexicon.counted_frames), switches)

    def html(self) -> str:
        """All of it, in one `<div>`."""
        name = plain(self.document.name)
        lanes = LANES.index(max((hit["lane"] for hit in self.hits), default=LANES[0])) + 1
        return (
            f'<div class="framescope" role="group" aria-label="Document {name} with its hits" style="--lanes:{lanes}">'
            f"<style>{stylesheet('document')}\n{switches([f'f{i}' for i in self.switches.values()])}</style>\n"
            f"{self.head()}\n{self.legend()}\n"
            f'<div class="text" style="white-space:pre-wrap" lang="{plain(self.document.lexicon.language)}">{self.body()}</div></div>'
        )

    def head(self) -> str:
        """Which document this is, what found the hits, and what of it is not shown."""
        lexicon, hits = self.document.lexicon, len(self.document.whole_hits)
        what = "null document" if self.document.text is None else "no hits" if not hits else f"{hits:,} hit{'s' * (hits != 1)}"
        lines = [f"{what} · {lexicon.id} {lexicon.version} ({lexicon.hash[:12]})"]
        notes = "".join(f'<div class="note">{plain(note)}</div>' for note in self.notes())
        return f'<div class="head"><b>Document {plain(self.document.name)}</b> <span>{plain(lines[0])}</span></div>{notes}'

    def notes(self) -> list[str]:
        """What is not shown, and how to see it."""
        length, hits = len(self.document.text or ""), self.document.whole_hits
        before = sum(hit["end"] <= len(self.text) for hit in hits)
        notes = []
        if len(self.text) < length:
            notes.append(
                f"Not all is shown: the first {len(self.text):,} of {length:,} characters, with {before:,} of {len(hits):,} hits. "
                "show(…, limit=None) shows all."
            )
        if len(self.hits) < before:
            notes.append(
                f"{before - len(self.hits):,} hits have no line, as more than {len(LANES)} overlap there; result.hits has them all."
            )
        return notes

    def legend(self) -> str:
        """A checkbox for each frame, and for each circumstance that is met with."""
        frames = "\n".join(
            checkbox(f"f{i}", f'class="line" style="background-image:var(--look{self.looks[frame]})"', self.label(frame), n)
            for i, (frame, n) in enumerate(self.counts)
        )
        met = Counter(name for hit in self.hits for name in circumstances(hit))
        signs = "\n".join(
            checkbox(name, f'class="sign" data-sign="{SIGNS[name]}"', name, met[name]) for name in SIGNS if met[name]
        )
        sets = (("frames", "Frames shown", frames), ("signs", "Hits shown that are", signs))
        return "\n".join(
            f'<fieldset class="{kind}"><legend>{title}</legend>{boxes}</fieldset>' for kind, title, boxes in sets if boxes
        )

    def body(self) -> str:
        """The text, with every stretch inside hits marked."""
        at, parts = 0, []
        for piece, hits in pieces(self.text, self.hits):
            parts.append(self.marked(piece, hits, at) if hits else escaped(piece))
            at += len(piece)
        return "".join(parts) + ('<span class="cut"> […]</span>' if len(self.text) < len(self.document.text or "") else "")

    def marked(self, piece: str, hits: list[Hit], at: int) -> str:
        """A piece inside at least one hit: a line for each, and a stop of the keyboard for each that begins here."""
        lines = ";".join(self.line(hit) for hit in hits)
        told = "".join(f' data-{hit["lane"]}="{hit["told"]}"' for hit in hits)
        stops = "".join(self.stop(hit) for hit in hits if hit["start"] == at)
        over = ' class="over"' if any(hit["lane"] != LANES[0] for hit in hits) else ""
        return f'<mark{over} style="{lines}"{told}>{stops}{escaped(piece)}</mark>'

    def line(self, hit: Hit) -> str:
        """The switches of the hit's lane, and its line."""
        lane = hit["lane"]
        names = [f"f{self.switches[hit['frame']]}", *circumstances(hit)]
        return f"--{lane}:{''.join(f'var(--{name})' for name in names)};--line-{lane}:var(--{lane})var(--look{self.looks[hit['frame']]})"

    def stop(self, hit: Hit) -> str:
        """Where the keyboard stops and a screen reader hears of the hit; its signs stand here."""
        heard = ", ".join([plain(self.label(hit["frame"])), *circumstances(hit)])
        signs = f' data-sign="{sign(hit)}"' if circumstances(hit) else ""
        return (
            f'<i class="{hit["lane"]}" tabindex="0" role="note" aria-label="{heard}" aria-description="{hit["told"]}"{signs}></i>'
        )

    def label(self, frame: str) -> str:
        """The frame's name for people."""
        return self.document.label(frame)


def draw(document: Document) -> str:
    """The document as one `<div>` with its own style."""
    return Drawing.of(document).html()


def shown_until(document: Document) -> int:
    """How many characters are shown: up to the limit, and to no more hits than can be drawn at once; never a part of a hit."""
    length, hits = len(document.text or ""), document.whole_hits
    if document.limit is None:
        return length
    end = min(length, document.limit, *(hit["start"] for hit in hits[MOST : MOST + 1]))
    for hit in sorted(hits, key=lambda hit: -int(hit["end"])):
        end = hit["start"] if hit["start"] < end < hit["end"] else end
    return int(end)


def switches(names: list[str]) -> str:
    """The rules that tie switches to their checkboxes."""
    names = [*names, *SIGNS]
    on = "".join(f"--{name}: ;" for name in names)
    return f".framescope{{{on}}}" + "".join(f".framescope:has(input.{name}:not(:checked)){{--{name}:initial}}" for name in names)


def checkbox(switch: str, picture: str, name: str, n: int) -> str:
    """One line of the legend."""
    return (
        f'<label><input type="checkbox" class="{switch}" autocomplete="off" checked><span aria-hidden="true" {picture}></span> '
        f'<span class="name">{plain(name)}</span> <span class="n">{n:,}</span></label>'
    )
