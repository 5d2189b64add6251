"""`Result`: what an analysis found, and every number that can be computed from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from framescope.evidence import Evidence
from framescope.manifest import stamp
from framescope.restriction import Modality, restrict, restriction
from framescope.scores import Measure, score_table
from framescope.stances import stance_table
from framescope.tables import to_native

if TYPE_CHECKING:
    from collections.abc import Sequence

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
        keys = [by] if isinstance(by, str) else list(by or ())
        frames = list(self.lexicon.counted_frames)
        wide = (not keys) if wide is None else wide
        where = restriction(target=target, speaker=speaker, quoted=quoted, negated=negated, modality=modality)
        tables = {**self._tables, "hits": restrict(self._tables, self.lexicon, where)}
        table = score_table(self._corpus, tables, frames, measure, keys, wide=wide)
        asked = {"measure": measure, "by": keys, **({"where": where} if where else {})}
        return to_native(stamp(table, {**self._manifest, **asked}), self._corpus, grouped=bool(keys))

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
        keys = [by] if isinstance(by, str) else list(by)
        table = stance_table(self._corpus, self._stances, keys)
        return to_native(stamp(table, {**self._manifest, "by": keys}), self._corpus, grouped=True)
