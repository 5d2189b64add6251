"""`Result`: what an analysis found, and every number that can be computed from it."""

from __future__ import annotations

from copy import copy
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import narwhals.stable.v2 as nw

from framescope.evidence import Evidence
from framescope.groups.bootstrap import Bootstrap
from framescope.groups.by import group_table
from framescope.groups.cooccurrence import Association, Within, cooccurrence_table
from framescope.groups.trend import dated, trend_table
from framescope.manifest import stamp
from framescope.plots.accessor import Plots
from framescope.plots.choice import DRAWS, Question
from framescope.restriction import Modality, Restriction, restrict, restriction
from framescope.scores import Measure, document_groups, score_table
from framescope.stances import stance_table
from framescope.tables import to_native

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyarrow as pa

    from framescope.groups.dates import Freq

__all__ = ["Result"]


class Result(Evidence):
    """Hits with their evidence, and everything that can be computed from them.

    `hits`, `documents`, `stances` and `quotes` are tables of the kind of frame that came in. `doc` in all of them is the id that `analyze` was
    given, else the row's position. `start` and `end` are code points: `text[start:end]` is the evidence. Null means no evidence.

    >>> import framescope as fs
    >>> result = fs.analyze(fs.examples(), text="body", id="id")
    >>> result.documents.shape[0]
    10
    """

    def scores(
        self,
        measure: Measure = "rate",
        by: str | list[str] | None = None,
        *,
        wide: bool | None = None,
        target: str | Sequence[str] | None = None,
        speaker: str | Sequence[str] | None = None,
        quoted: bool | None = None,
        negated: bool | None = None,
        modality: Modality | Sequence[Modality] | None = None,
    ) -> Any:
        """Numbers for each document and frame, or for each group and frame; of all hits, or of some.

        Parameters
        ----------
        measure
            `rate`: hits per 1,000 words. `share`: of all hits, those of the frame. `presence`: 1 where the frame occurs (of a group: the share of
            its documents). `count`: hits. `weight`: sum of the entries' weights. `logit`: ln((hits + ½) / (words - hits + ½)).
            A hit said of two targets counts once.
        by
            A column of the input frame, or a list of them: one score for each group of documents, with its 95 % interval (`low`, `high`):
            Wilson's (1927) for presence, else Student's t on documents as clusters (Cochran 1977). Documents whose group is null are in no group.
        wide
            True: a column for each frame. False: a row for each frame, with `words` and `count` beside the `value`. By default, documents are wide
            and groups are long (there the intervals stand).
        target
            Only hits said of this actor (its id in the lexicon), or of any of several.
        speaker
            Only hits in this voice: `author`, a name as in `result.hits["speaker"]`, or an actor's id; or any of several.
        quoted, negated
            True: only hits inside quotation marks; only denied ones. False: only the others.
        modality
            Only hits that are asserted, hedged, conditional, future or desired; or any of several.

        Notes
        -----
        Several restrictions hold together. Words and documents stay those of all the text, so a rate says how often per 1,000 words the frame
        is used of that target, in that voice; `share` is of the hits so restricted: of what is said of the target, the part of each frame.
        Null means no evidence: a null document, no words, no hits to take a share of.

        Raises
        ------
        ColumnError
            If `by` names no column of the input, or the input was no frame.
        TargetError
            If the lexicon has no such actor. One that it has and nobody speaks of gets zeros.
        FramescopeError
            If nobody of that name speaks in these documents, or there is no such modality.

        >>> import framescope as fs
        >>> lexicon = fs.Lexicon.from_quanteda({"bridge": ["bridge*"], "peace": ["peace"]})
        >>> result = fs.analyze(["A bridge to peace, a bridge to nowhere.", None], lexicon=lexicon)
        >>> result.scores("rate")
           doc  bridge  peace
        0    0   250.0  125.0
        1    1     NaN    NaN
        >>> result.scores("count", speaker="author", quoted=True)
           doc  bridge  peace
        0    0       0      0
        1    1    <NA>   <NA>
        """
        keys = named(by)
        frames = list(self.lexicon.counted_frames)
        wide = (not keys) if wide is None else wide
        where = restriction(target=target, speaker=speaker, quoted=quoted, negated=negated, modality=modality)
        table = score_table(self._corpus, self._counted(where), frames, measure, keys, wide=wide)
        return self._answer(table, where, grouped=bool(keys), measure=measure, by=keys)

    def by(
        self,
        by: str | list[str] | None = None,
        measure: Measure = "rate",
        *,
        target: str | Sequence[str] | None = None,
        speaker: str | Sequence[str] | None = None,
        quoted: bool | None = None,
        negated: bool | None = None,
        modality: Modality | Sequence[Modality] | None = None,
        resamples: int = 2000,
        seed: int = 0,
    ) -> Any:
        """Numbers for each group of documents and frame, with an interval that draws documents again and again.

        As `scores(measure, by=by)`, with the same values; `low` and `high` are the 2.5 % and 97.5 % points of the value in `resamples` draws of the
        group's documents with replacement (the percentile bootstrap, Efron and Tibshirani 1993, clustered by document as in Davison and Hinkley
        1997, section 3.8). They are null for fewer than two documents, without a hit, and where documents do not differ: nothing shows how they vary.

        Parameters
        ----------
        by
            A column of the input frame, or a list of them. None: all documents are one group.
        measure, target, speaker, quoted, negated, modality
            As in `scores`.
        resamples, seed
            How often documents are drawn, and from which seed. A group's draws hang on the seed and its own keys, so another group
            changes nothing, and the same call gives the same numbers anywhere.

        Returns
        -------
        frame
            One row for each group and frame: the columns of `by` · frame · documents · words · count · value · low · high.

        Raises
        ------
        ColumnError, TargetError, FramescopeError
            As `scores`; and if `resamples` or `seed` is no such number.

        >>> import framescope as fs
        >>> result = fs.analyze(fs.examples(), text="body", id="id")
        >>> groups = result.by("outlet").set_index(["outlet", "frame"])
        >>> groups.loc[("Caspian Ledger", "bridge"), ["documents", "words", "count", "value", "low", "high"]].round(2).tolist()
        [3.0, 934.0, 5.0, 5.35, 0.0, 15.87]
        """
        keys = named(by)
        bootstrap = Bootstrap(resamples, seed)
        where = restriction(target=target, speaker=speaker, quoted=quoted, negated=negated, modality=modality)
        groups = document_groups(self._corpus, keys)
        table = group_table(self._counted(where), list(self.lexicon.counted_frames), measure, groups, bootstrap)
        return self._answer(table, where, bootstrap, measure=measure, by=keys)

    def trend(
        self,
        date: str,
        freq: Freq = "M",
        measure: Measure = "rate",
        *,
        by: str | list[str] | None = None,
        target: str | Sequence[str] | None = None,
        speaker: str | Sequence[str] | None = None,
        quoted: bool | None = None,
        negated: bool | None = None,
        modality: Modality | Sequence[Modality] | None = None,
        resamples: int = 2000,
        seed: int = 0,
    ) -> Any:
        """Numbers for each period of time and frame, with intervals as in `by`.

        Parameters
        ----------
        date
            A column of the input frame: dates, moments (they count on the day of their own time zone), ISO 8601 text such as `2025-03-04`,
            or whole numbers, which are years.
        freq
            The period: `D` day, `W` week from Monday (ISO 8601), `M` month, `Q` quarter, `Y` year.
        by
            A column or a list of columns: a trend for each group.
        measure, target, speaker, quoted, negated, modality
            As in `scores`.
        resamples, seed
            As in `by`.

        Returns
        -------
        frame
            One row for each period, group and frame: period (its first day) · the columns of `by` · frame · documents · words · count · value ·
            low · high. A period between the first and the last that has no documents is there, with 0 documents and null value: a gap, no zero.

        Raises
        ------
        ColumnError
            If a date cannot be read (it names the row), or says too little for `freq`.

        Warns
        -----
        FramescopeWarning
            If documents have no date: they are in no period.

        >>> import framescope as fs
        >>> result = fs.analyze(fs.examples(), text="body", id="id")
        >>> trend = result.trend("date", "Q", "presence")
        >>> print(trend[trend["frame"] == "bridge"][["period", "documents", "count", "value"]])
               period  documents  count  value
        1  2025-01-01          2      6    1.0
        21 2025-04-01          3      0    0.0
        41 2025-07-01          3      0    0.0
        61 2025-10-01          2      1    0.5
        """
        keys = named(by)
        bootstrap = Bootstrap(resamples, seed)
        where = restriction(target=target, speaker=speaker, quoted=quoted, negated=negated, modality=modality)
        frames = list(self.lexicon.counted_frames)
        table = trend_table(
            self._corpus, self._counted(where), frames, measure=measure, date=date, freq=freq, by=keys, bootstrap=bootstrap
        )
        return self._answer(table, where, bootstrap, measure=measure, date=date, freq=freq, by=keys)

    def cooccurrence(
        self,
        within: Within = "sentence",
        measure: Association = "jaccard",
        *,
        target: str | Sequence[str] | None = None,
        speaker: str | Sequence[str] | None = None,
        quoted: bool | None = None,
        negated: bool | None = None,
        modality: Modality | Sequence[Modality] | None = None,
        resamples: int = 2000,
        seed: int = 0,
    ) -> Any:
        """Which frames stand together in a sentence, or in a document.

        Parameters
        ----------
        within
            The units: sentences, or documents, of all texts that are not null. A hit lies in the sentence in which it begins.
        measure
            `jaccard`: of the units with either frame, those with both (Jaccard 1912). `lift`: units with both over those expected if frames
            were independent (1: as expected; the association strength of van Eck and Waltman 2009). `npmi`: normalised pointwise mutual
            information, from -1 (never together) over 0 (as expected) to 1 (never apart) (Bouma 2009).
        target, speaker, quoted, negated, modality
            As in `scores`: only such hits count. A hit said of two targets counts once.
        resamples, seed
            As in `by`: documents are drawn, not sentences.

        Returns
        -------
        frame
            One row for each pair of frames: frame · other · documents · units · of_frame (units with the one) · of_other · count (units with both) ·
            expected (of_frame · of_other / units) · value · low · high. `low` and `high` are null where no unit holds both.

        Raises
        ------
        FramescopeError
            If there are no such units or no such measure.

        >>> import framescope as fs
        >>> lexicon = fs.Lexicon.from_quanteda({"bridge": ["bridge*"], "peace": ["peace"]})
        >>> result = fs.analyze(["A bridge to peace. A bridge to nowhere.", None], lexicon=lexicon)
        >>> print(result.cooccurrence()[["frame", "other", "units", "of_frame", "of_other", "count", "value"]])
            frame  other  units  of_frame  of_other  count  value
        0  bridge  peace      2         2         1      1    0.5
        """
        bootstrap = Bootstrap(resamples, seed)
        where = restriction(target=target, speaker=speaker, quoted=quoted, negated=negated, modality=modality)
        tables, frames = self._counted(where), list(self.lexicon.counted_frames)
        table = cooccurrence_table(
            tables["documents"], tables["hits"], frames, within=within, measure=measure, bootstrap=bootstrap
        )
        return self._answer(table, where, bootstrap, within=within, measure=measure)

    @property
    def plot(self) -> Plots:
        """Pictures of the numbers: `result.plot.frames(by="outlet")`, `.timeline("date")`, `.stance()`, and more.

        >>> import framescope as fs
        >>> result = fs.analyze(fs.examples(), text="body", id="id")
        >>> result.plot.timeline("date", "Q", frames=["bridge"]).data["count"].tolist()
        [6, 0, 0, 1]
        """
        return Plots(self._question, lambda: self._stances)

    def _question(self, where: dict[str, Any]) -> Question:
        """What a picture is drawn from."""
        asked = {name: value for name, value in where.items() if name not in DRAWS}
        return Question(
            result=self._in_arrow(),
            corpus=self._corpus,
            counted=self._counted(restriction(**asked)),
            native=lambda table: to_native(dated(table, self._corpus), self._corpus, grouped=True),
            where=where,
        )

    def _in_arrow(self) -> Result:
        """The same result, whose tables are Arrow."""
        twin = copy(self)
        twin._corpus = replace(self._corpus, kind=nw.Implementation.PYARROW)  # noqa: SLF001 - itself
        for name in ("hits", "documents", "stances", "quotes"):
            twin.__dict__.pop(name, None)
        return twin

    def _counted(self, where: Restriction) -> dict[str, pa.Table]:
        """The tables, with the hits that were asked for."""
        return {**self._tables, "hits": restrict(self._tables, self.lexicon, where)}

    def _answer(
        self, table: pa.Table, where: Restriction, bootstrap: Bootstrap | None = None, *, grouped: bool = True, **asked: object
    ) -> Any:
        """The table in the user's library, with the question in its manifest."""
        asked |= {"resamples": bootstrap.resamples, "seed": bootstrap.seed} if bootstrap else {}
        asked |= {"where": where} if where else {}
        return to_native(dated(stamp(table, {**self._manifest, **asked}), self._corpus), self._corpus, grouped=grouped)

    def stance(self, by: str | list[str] = "target") -> Any:
        """Who evaluates whom, and how: counts and means of the stances, for each group of them.

        `by` is a column or a list of columns: of the stances (`target`, `speaker`, `speaker_actor`, `quoted`, `negated`), or of the input frame.
        Returns one row for each group with a stance, in the order of its keys:

        the columns of `by` · documents (with such a stance) · n (stances) · positive · negative · neutral · mean (of polarity, from -1 to 1) ·
        low · high · strength (mean, from -1 to 1)

        `low` and `high` are a 95 % interval of the mean that takes documents as what was sampled (Cochran 1977, Student's t); it is null for one
        document, and where all documents say the same: there nothing shows how they vary. A stance whose key is null, such as one without
        a target, is in no group.

        Raises
        ------
        ColumnError
            If `by` names a column that neither the stances nor the input have.

        >>> import framescope as fs
        >>> result = fs.analyze(fs.examples(), text="body", id="id")
        >>> result.stance(by=["outlet", "target"]).columns.tolist()
        ['outlet', 'target', 'documents', 'n', 'positive', 'negative', 'neutral', 'mean', 'low', 'high', 'strength']
        """
        keys = named(by)
        table = stance_table(self._corpus, self._stances, keys)
        return to_native(stamp(table, {**self._manifest, "by": keys}), self._corpus, grouped=True)


def named(by: str | list[str] | None) -> list[str]:
    """The columns that `by` names."""
    return [by] if isinstance(by, str) else list(by or ())
