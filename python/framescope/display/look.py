"""What people see: colours, lines and style sheets, in light and dark.

The colours are those of Okabe and Ito (2008, *Color Universal Design*), made for readers with any kind of colour vision; of its eight, each theme
has the five that stand out from its ground by 3 to 1 or more. With four kinds of line they make twenty looks, so that frames are not told by their
colour alone.
"""

from __future__ import annotations

from functools import cache, reduce
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["COLOURS", "LANES", "LINES", "looks", "stylesheet"]

COLOURS = {  # on a light ground, on a dark one
    "blue": ("#0072b2", "#56b4e9"),  # blue, sky blue
    "vermillion": ("#d55e00", "#d55e00"),
    "green": ("#009e73", "#009e73"),  # bluish green
    "purple": ("#cc79a7", "#cc79a7"),  # reddish purple
    "black": ("#000000", "#f0e442"),  # black, yellow
}
LINES = {  # images of 4 pixels' height
    "solid": "linear-gradient({0} 3px,#0000 0)",
    "double": "linear-gradient({0} 1.5px,#0000 0 2.5px,{0} 0)",
    "dashed": "repeating-linear-gradient(90deg,{0} 0 9px,#0000 0 13px)",
    "dotted": "repeating-linear-gradient(90deg,{0} 0 3px,#0000 0 6px)",
}
LOOKS = [(colour, line) for line in LINES for colour in COLOURS]

LANES = "abcdefgh"  # lines that find room under one another

GROUND = {  # on a light ground, on a dark one
    "ground": ("#ffffff", "#16181d"),
    "ink": ("#1c1e21", "#e4e6ea"),
    "muted": ("#565b63", "#a5abb5"),
    "edge": ("#d5d8dd", "#3a3f47"),
    "focus": ("#0b57d0", "#a8c7fa"),
}
LIGHT_PLACES = '[data-jp-theme-light="true"],[data-theme="light"],[theme="light"],.vscode-light,.vscode-high-contrast-light'
DARK_PLACES = (
    '[data-jp-theme-light="false"],[data-theme="dark"],[theme="dark"],.vscode-dark,'
    ".vscode-high-contrast:not(.vscode-high-contrast-light)"
)


def looks(frames: Iterable[str], order: Sequence[str]) -> dict[str, int]:
    """A look for each of the frames of a document: its place in the lexicon, or where another has that already, the next that is free.

    >>> looks(["peace", "bridge"], ["bridge", "hub", "peace"])
    {'bridge': 0, 'peace': 2}
    """
    places = {frame: place for place, frame in enumerate(order)}
    taken: dict[int, str] = {}
    given = {}
    for frame in sorted(frames, key=lambda frame: (places.get(frame, len(places)), frame)):
        wanted = [(places.get(frame, 0) + step) % len(LOOKS) for step in range(len(LOOKS))]
        given[frame] = next((look for look in wanted if look not in taken), wanted[0])
        taken[given[frame]] = frame
    return given


@cache
def stylesheet(name: str) -> str:
    """The style sheet of `document`, `summary` or `kwic`, with what all three share, as the content of one `<style>`."""
    folder = files("framescope.display")
    sheets = [(folder / f"{name}.css").read_text(encoding="utf-8").rstrip() for name in ("card", name)]
    return "\n".join([themes(), *sheets, *([lanes()] if name == "document" else [])])


def themes() -> str:
    """Colours by theme: that of JupyterLab, VS Code, Sphinx or Colab where there is one, else that of the system; on paper the light one."""
    light, dark = theme(0), theme(1)
    drawn = ";".join(f"--look{i}:{LINES[line].format(f'var(--{colour})')}" for i, (colour, line) in enumerate(LOOKS))
    return (
        f".framescope{{{light}}}\n@media (prefers-color-scheme:dark){{.framescope{{{dark}}}}}\n"
        f":is({LIGHT_PLACES}) .framescope{{{light}}}\n:is({DARK_PLACES}) .framescope{{{dark}}}\n"
        f"@media print{{.framescope.framescope.framescope{{{light}}}}}\n.framescope{{{drawn}}}"
    )


def theme(ground: int) -> str:
    """The colours on a ground: 0 light, 1 dark."""
    colours = ";".join(f"--{name}:{pair[ground]}" for name, pair in (GROUND | COLOURS).items())
    return f"color-scheme:{('light', 'dark')[ground]};{colours}"


def lanes() -> str:
    """The rules that draw the line of each lane.

    Lane a has a switch, `--a`, which is empty where its hit is shown and invalid where the legend hides it. What is made with an invalid switch is
    invalid too, so that the line (`--line-a`), the tooltip's part (`--tell-a`) and the stop of the keyboard go with it.
    """
    lines = [f"var(--line-{lane},none)" for lane in LANES]
    places = [f"0 calc(100% - (var(--lanes) - {i})*6px)" for i, _ in enumerate(LANES, 1)]
    stops = "\n".join(f".framescope i.{lane}{{--shown:var(--{lane}) inline}}" for lane in LANES)
    parts = ";".join(f'--tell-{lane}:var(--{lane}) attr(data-{lane}) "\\a";--box-{lane}:var(--{lane}) block' for lane in LANES)
    told = " ".join(f'var(--tell-{lane},"")' for lane in LANES)
    box = reduce(lambda others, lane: f"var(--box-{lane},{others})", reversed(LANES), "none")
    return (
        f".framescope mark{{background-image:{lines[0]};background-position:{places[0]}}}\n"
        f".framescope mark.over{{background-image:{','.join(lines)};background-position:{','.join(places)}}}\n{stops}\n"
        f".framescope mark:is(:hover,:focus-within){{{parts}}}\n"
        f'.framescope mark:is(:hover,:focus-within)::after{{content:{told};content:{told} / "";display:{box}}}'
    )
