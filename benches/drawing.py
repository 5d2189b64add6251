"""The pictures and tables of docs/performance.md."""

from __future__ import annotations

import statistics
from collections.abc import Callable
from pathlib import Path
from typing import Any

import matplotlib as mpl

mpl.use("Agg")

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, LogLocator, NullFormatter

COLOURS = ("#1b6ca8", "#c4501b", "#3a7d44", "#7a4fa3")
MARKERS = "osD^"
STYLE: Any = {
    "font.family": "DejaVu Sans",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.titlelocation": "left",
    "axes.titleweight": "bold",
    "axes.titlepad": 10,
    "grid.color": "#dddddd",
    "grid.linewidth": 0.6,
    "legend.frameon": False,
    "legend.fontsize": 9,
    "svg.hashsalt": "framescope",  # the same figures give the same file
}
PER_GB = "CPU seconds for a GB of text, one thread"
# Title, x, y, and what is drawn of the seconds that a point takes for a MB.
PICTURES: dict[str, tuple[str, str, str, Callable[[float, float], float]]] = {
    "size": ("Time against the size of the text", "text, MB", "CPU seconds, one thread", lambda s, mb: s * mb),
    "entries": ("Time against the number of entries, fs.count", "entries of the lexicon", PER_GB, lambda s, _: s * 1000),
    "threads": ("Speed against the number of threads", "threads", "MB of text a second, on the clock", lambda s, _: 1 / s),
    "density": ("Time against the density of hits, 300 words", "hits in a KB of text", PER_GB, lambda s, _: s * 1000),
}
Series = dict[str, list[dict[str, Any]]]


def draw(known: dict[str, Any], folder: Path, kind: str) -> None:
    """A picture for each curve that was measured."""
    for name in (name for name in PICTURES if name in known):
        about = known[name]
        with mpl.rc_context(STYLE):
            figure, axes = plt.subplots(figsize=(7.2, 4.6), layout="constrained")
            picture(axes, name, about["series"])
            note = f"points: median of {about['rounds']} rounds; bars: lowest and highest · {about['date']} · {about['machine']}"
            figure.supxlabel(note, fontsize=7, color="#666666")
            figure.savefig(folder / f"scaling-{name}.{kind}", metadata={"Date": None} if kind == "svg" else {}, dpi=110)
            plt.close(figure)


def picture(axes: Axes, name: str, series: Series) -> None:
    """Lines, axes and legend."""
    title, x, y, value = PICTURES[name]
    axes.set(xscale="linear" if name == "threads" else "log", yscale="log", xlabel=x, ylabel=y)
    axes.set_title(title, pad=14 + 12 * ((len(series) + 1) // 2))
    ends: list[float] = []
    for (label, points), colour, marker in zip(series.items(), COLOURS, MARKERS, strict=False):
        values = [[value(s, p["megabytes"]) for s in p["seconds_per_mb"]] for p in points]
        middle = [statistics.median(v) for v in values]
        bars = [
            [m - min(v) for m, v in zip(middle, values, strict=True)],
            [max(v) - m for m, v in zip(middle, values, strict=True)],
        ]
        look: Any = {"color": colour, "marker": marker, "markersize": 5, "linewidth": 1.6, "capsize": 2, "elinewidth": 0.8}
        axes.errorbar([p["x"] for p in points], middle, yerr=bars, label=label, **look)
        if name == "threads":
            gain = min(points[0]["seconds_per_mb"]) / min(points[-1]["seconds_per_mb"])
            # Of two lines that end in one place, the second has its label to the right.
            beside = 40 * sum(abs(middle[-1] / end - 1) < 0.2 for end in ends)
            ends.append(middle[-1])
            text = {"textcoords": "offset points", "va": "center", "fontsize": 9, "color": colour}
            axes.annotate(f"{gain:.2f} ×", (points[-1]["x"], middle[-1]), (8 + beside, 0), **text)
    if name == "threads":
        axes.set_xticks(sorted({p["x"] for points in series.values() for p in points}))
        axes.margins(x=0.2)
    else:
        plain(axes.xaxis)
    plain(axes.yaxis)
    axes.legend(loc="lower left", bbox_to_anchor=(-0.01, 1), ncols=2, borderaxespad=0.2)


def plain(axis: Any) -> None:
    """Plain numbers on a logarithmic axis: many where it is short."""
    low, high = axis.get_view_interval()
    axis.set_major_locator(LogLocator(base=10, subs=(1, 2, 5) if high < 300 * low else (1,), numticks=15))
    axis.set_major_formatter(FuncFormatter(lambda number, _: f"{number:,.10g}"))
    axis.set_minor_formatter(NullFormatter())


def tables(known: dict[str, Any]) -> str:
    """In Markdown: MB a second, median (lowest to highest), of each curve; and memory."""
    out = []
    for name in (name for name in PICTURES if name in known):
        series: Series = known[name]["series"]
        places = sorted({rounded(p["x"]) for points in series.values() for p in points})
        rows = [[f"{PICTURES[name][1]}; MB/s", *series], ["---"] * (1 + len(series))]
        for x in places:
            cells = [next((rates(p) for p in points if rounded(p["x"]) == x), "") for points in series.values()]
            rows.append([f"{x:,.10g}", *cells])
        out.append("\n".join(f"| {' | '.join(row)} |" for row in rows))
    if "memory" in known:
        rows = [["MB", "text", "result", "peak, with both", "(peak − result) / text"], ["---"] * 5]
        for call, used in known["memory"]["calls"].items():
            figures = [used["text"], used["result"], used["peak"]]
            rows.append(
                [call, *(f"{figure:,.1f}" for figure in figures), f"{(used['peak'] - used['result']) / used['text']:.2f}"]
            )
        out.append("\n".join(f"| {' | '.join(row)} |" for row in rows))
    return "\n\n".join(out)


def rounded(x: float) -> float:
    """As many digits as say something."""
    return float(f"{x:.2g}") if x < 100 else round(x)


def rates(point: dict[str, Any]) -> str:
    """Median, lowest, highest."""
    found = sorted(1 / s for s in point["seconds_per_mb"])
    median, low, high = (f"{float(f'{rate:.3g}'):,.10g}" for rate in (statistics.median(found), found[0], found[-1]))
    return f"{median} ({low} to {high})"
