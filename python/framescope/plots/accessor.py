"""`result.plot`: every picture of a result."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from framescope.errors import FramescopeError
from framescope.plots.choice import refuse_options
from framescope.plots.rendering import libraries

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from typing_extensions import Unpack

    from framescope.groups.cooccurrence import Within
    from framescope.groups.dates import Freq
    from framescope.plots.choice import Question, Where
    from framescope.plots.plot import Plot
    from framescope.scores import Measure

__all__ = ["Plots"]

NAMES = ("frames", "timeline", "heatmap", "stance", "network", "dispersion", "targets")


class Plots:
    """The pictures of a result, each a `Plot`. They need `pip install 'framescope[plot]'`, and no network.

    All draw tables of `result`: the numbers stand in `plot.data`. Intervals are 95 %. A place without evidence is a gap, never a zero. `where`
    takes what `result.scores` takes to count some hits only (`target`, `speaker`, `quoted`, `negated`, `modality`), and `resamples` and `seed` of
    `result.by`.

    >>> import framescope as fs
    >>> fs.analyze(["A bridge of peace."]).plot
    <result.plot: .frames() .timeline() .heatmap() .stance() .network() .dispersion() .targets()>
    """

    def __init__(self, ask: Callable[[dict[str, Any]], Question], stances: Callable[[], object]) -> None:
        self._question = ask
        self._read_stances = stances

    def __repr__(self) -> str:
        return f"<result.plot: {' '.join(f'.{name}()' for name in NAMES)}>"

    def __call__(self, *_: object, **__: object) -> Plot:
        """Not a picture by itself."""
        raise FramescopeError(
            f"result.plot has several pictures; say which: {', '.join(f'result.plot.{name}()' for name in NAMES)}"
        )

    def frames(
        self,
        by: str | Sequence[str] | None = None,
        measure: Measure = "rate",
        *,
        frames: Sequence[str] | str | None = None,
        **where: Unpack[Where],
    ) -> Plot:
        """How often each frame is used, in all documents or by groups; points with intervals.

        `by` is a column of the input frame, or several; `measure` as in `result.scores`. `frames` are those to show; by default the commonest.
        Up to five groups stand side by side, more in a panel for each frame.

        >>> import framescope as fs
        >>> plot = fs.analyze(fs.examples(), text="body", id="id").plot.frames(by="outlet", frames=["bridge", "peace"])
        >>> plot.data.columns.tolist()
        ['outlet', 'frame', 'documents', 'words', 'count', 'value', 'low', 'high']
        """
        from framescope.plots.frames import draw_frames

        return draw_frames(self._ask(where), by, measure, frames)

    def timeline(
        self,
        date: str,
        freq: Freq = "M",
        by: str | Sequence[str] | None = None,
        *,
        measure: Measure = "rate",
        frames: Sequence[str] | str | None = None,
        **where: Unpack[Where],
    ) -> Plot:
        """Frames over time: a panel for each frame, a line with its band for each group, broken in periods without documents.

        `date` and `freq` as in `result.trend`; `frames` are those to show, by default the commonest.

        >>> import framescope as fs
        >>> plot = fs.analyze(fs.examples(), text="body", id="id").plot.timeline("date", "Q", frames="peace")
        >>> plot.data["count"].tolist()
        [2, 2, 3, 2]
        """
        from framescope.plots.timeline import draw_timeline

        return draw_timeline(self._ask(where), date, freq, by, measure=measure, frames=frames)

    def heatmap(
        self,
        rows: str = "frame",
        columns: str = "target",
        *,
        measure: Measure = "rate",
        frames: Sequence[str] | str | None = None,
        **where: Unpack[Where],
    ) -> Plot:
        """Two things against each other: `frame`, `target`, `speaker`, or a column of the input.

        Each cell has its value, and a dash where there is no evidence.
        Of targets and speakers, hits of all frames together count unless frames are the other side.

        >>> import framescope as fs
        >>> plot = fs.analyze(fs.examples(), text="body", id="id").plot.heatmap("frame", "outlet")
        >>> plot.data.columns.tolist()
        ['frame', 'outlet', 'documents', 'words', 'count', 'value', 'low', 'high']
        """
        from framescope.plots.heatmap import draw_heatmap

        return draw_heatmap(self._ask(where), rows, columns, measure=measure, frames=frames)

    def stance(self) -> Plot:
        """Who evaluates whom: speakers × targets, coloured by the mean of their evaluations, with its value and how many there are.

        Draws `result.stance(["speaker", "target"])`, where the intervals stand too.

        >>> import framescope as fs
        >>> plot = fs.analyze(fs.examples(), text="body", id="id").plot.stance()
        >>> int(plot.data["n"].max())
        3
        """
        from framescope.plots.stance import draw_stance

        libraries()
        self._read_stances()  # the texts are read once, and the result keeps what was found
        question = self._ask({})
        return draw_stance(question, question.result.stance(["speaker", "target"]))

    def network(self, within: Within = "sentence", *, frames: Sequence[str] | str | None = None, **where: Unpack[Where]) -> Plot:
        """Frames that share sentences (or documents): a circle for each frame, lines as wide as they share, with the number at the widest.

        Draws `result.cooccurrence(within)`. The same result gives the same picture: frames stand on a circle, those with most in common side by side.

        >>> import framescope as fs
        >>> plot = fs.analyze(fs.examples(), text="body", id="id").plot.network(frames=["bridge", "peace", "partnership"])
        >>> plot.data[["frame", "other", "count"]].to_numpy().tolist()
        [['bridge', 'peace', 1], ['bridge', 'partnership', 0], ['peace', 'partnership', 1]]
        """
        from framescope.plots.network import draw_network

        return draw_network(self._ask(where), within, frames)

    def dispersion(
        self, docs: Sequence[object] | None = None, *, frames: Sequence[str] | str | None = None, **where: Unpack[Where]
    ) -> Plot:
        """An x-ray: a row for each document from its beginning to its end, a mark for each hit.

        `docs` are ids (or rows, where there are none); by default the 40 documents with most hits.

        >>> import framescope as fs
        >>> plot = fs.analyze(fs.examples(), text="body", id="id").plot.dispersion(["a01"], frames="bridge")
        >>> plot.data["place"].round(2).tolist()
        [0.06, 0.09, 0.09, 0.71, 0.72]
        """
        from framescope.plots.dispersion import draw_dispersion

        return draw_dispersion(self._ask(where), docs, frames)

    def targets(self, frame: str | None = None, **where: Unpack[Where]) -> Plot:
        """Of whom a frame (or any) is said: hits per 1,000 words, denied ones apart, with intervals.

        >>> import framescope as fs
        >>> plot = fs.analyze(fs.examples(), text="body", id="id").plot.targets("middle_power")
        >>> plot.data.columns.tolist()
        ['target', 'negated', 'documents', 'words', 'count', 'value', 'low', 'high']
        """
        from framescope.plots.targets import draw_targets

        return draw_targets(self._ask(where), frame)

    def _ask(self, where: Any) -> Question:
        libraries()
        refuse_options(where)
        return self._question(dict(where))
