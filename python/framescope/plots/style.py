"""What all plots share: the colours of `display`, fonts, units, and what stands above a picture."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

from framescope.display.escape import PICTURES, TURNING
from framescope.display.look import COLOURS, GROUND, LINES, looks

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from framescope.lexicon import Lexicon
    from framescope.scores import Measure

LIGHT = {name: pair[0] for name, pair in (GROUND | COLOURS).items()}
DARK = {name: pair[1] for name, pair in (GROUND | COLOURS).items()}
HUES = [LIGHT[name] for name in COLOURS]
SERIES = len(HUES)  # more lines than colours are told apart by panels
DASHES = dict(zip(LINES, ([1, 0], [10, 2], [5, 3], [2, 3]), strict=True))
SHAPES = dict(zip(LINES, ("circle", "square", "triangle-up", "diamond"), strict=True))
WIDTH = 110  # characters of a line above the picture

UNITS: dict[Measure, str] = {
    "rate": "hits per 1,000 words",
    "share": "share of all hits",
    "presence": "share of documents",
    "count": "hits",
    "weight": "sum of weights",
    "logit": "log odds of a hit",
}
PERCENT = ("share", "presence")

CONFIG: dict[str, Any] = {
    "background": LIGHT["ground"],
    "padding": 12,
    "font": "Arial, Liberation Sans, Helvetica, sans-serif",  # of one width, so that text is as wide as was measured
    "view": {"stroke": None},
    "axis": {
        "labelColor": LIGHT["ink"],
        "titleColor": LIGHT["muted"],
        "titleFontWeight": "normal",
        "gridColor": LIGHT["edge"],
        "domainColor": LIGHT["edge"],
        "tickColor": LIGHT["edge"],
        "labelFontSize": 11,
        "titleFontSize": 11,
        "labelLimit": 420,
        "titlePadding": 8,
        "labelPadding": 7,
    },
    "legend": {
        "labelColor": LIGHT["ink"],
        "titleColor": LIGHT["muted"],
        "titleFontWeight": "normal",
        "labelFontSize": 11,
        "titleFontSize": 11,
        "labelLimit": 420,
        "titleLimit": 420,
        "symbolLimit": 40,
    },
    "header": {"labelColor": LIGHT["ink"], "labelFontSize": 12, "labelLimit": 260, "labelFontWeight": "bold"},
    "title": {
        "anchor": "start",
        "frame": "bounds",
        "color": LIGHT["ink"],
        "fontSize": 15,
        "subtitleColor": LIGHT["muted"],
        "subtitleFontSize": 11,
        "subtitleLineHeight": 15,
        "subtitlePadding": 6,
        "offset": 14,
    },
    "text": {"color": LIGHT["ink"], "fontSize": 11},
}


def frame_looks(lexicon: Lexicon, frames: Iterable[str]) -> dict[str, tuple[str, list[int], str]]:
    """Colour, dashes and shape of each frame: those of its place in the lexicon, so that it has them in every picture."""
    pairs = [(colour, line) for line in LINES for colour in COLOURS]
    given = looks(frames, lexicon.counted_frames)
    return {frame: (LIGHT[pairs[i][0]], DASHES[pairs[i][1]], SHAPES[pairs[i][1]]) for frame, i in given.items()}


def distinct(looks: dict[str, tuple[str, list[int], str]]) -> dict[str, tuple[str, list[int], str]]:
    """The same looks, where frames share a picture: one whose colour is taken has the next that is free."""
    out: dict[str, tuple[str, list[int], str]] = {}
    for frame, (colour, dashes, shape) in looks.items():
        taken = {look[0] for look in out.values()}
        turned = HUES[HUES.index(colour) :] + HUES[: HUES.index(colour)]
        out[frame] = (next((hue for hue in turned if hue not in taken), colour), dashes, shape)
    return out


def labels(lexicon: Lexicon, frames: Sequence[str]) -> dict[str, str]:
    """What frames are called for people; a label that two frames share gives way to their paths."""
    named = {frame: clean(lexicon.frames[frame].label or frame) for frame in frames}
    known = list(named.values())
    return {frame: label if known.count(label) == 1 else clean(frame) for frame, label in named.items()}


def actor_labels(lexicon: Lexicon, actors: Sequence[str]) -> dict[str, str]:
    """What actors are called for people; others keep their name."""
    named = {actor: clean(lexicon.actors[actor].label or actor) if actor in lexicon.actors else clean(actor) for actor in actors}
    known = list(named.values())
    return {actor: label if known.count(label) == 1 else clean(actor) for actor, label in named.items()}


def clean(value: object) -> str:
    """Any value as one line of text that turns nothing around it."""
    text = value if isinstance(value, str) else str(value)
    return " ".join(text.translate(PICTURES | TURNING).split()) or "(empty)"


def subtitle(manifest: Mapping[str, Any], notes: Iterable[str] = ()) -> list[str]:
    """The lines under a title: what was left out, and what the numbers were made of."""
    lexicon = manifest["lexicon"]
    documents = manifest["documents"] - manifest["null_documents"]
    made = [
        f"lexicon {clean(lexicon['id'])} {clean(lexicon['version'])} ({lexicon['hash'][:12]})",
        f"{documents:,} document{'' if documents == 1 else 's'}",
        "not validated on these documents",
    ]
    return [line for text in (*notes, " · ".join(made)) for line in textwrap.wrap(text, WIDTH)]


def value_format(measure: str) -> str:
    """How numbers of a measure are written on an axis."""
    return ".0%" if measure in PERCENT else ",d" if measure == "count" else ",.6~f"


def amount(n: int, noun: str) -> str:
    """1 frame, 2 frames."""
    return f"{n:,} {noun}" if n == 1 else f"{n:,} {noun}s"
