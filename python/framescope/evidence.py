"""`Evidence`: what an analysis found, as tables, concordances and highlighted documents."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from framescope.display.document import Document
from framescope.display.summary import Summary
from framescope.errors import FramescopeError, LexiconError
from framescope.lexicon import Lexicon
from framescope.manifest import stamp
from framescope.progress import progress_bar
from framescope.scores import score_table
from framescope.tables import to_native
from framescope.writing import write_folder

if TYPE_CHECKING:
    from os import PathLike

    from framescope._core import Analyzer
    from framescope.corpus import Corpus
    from framescope.writing import Format

__all__ = ["Evidence"]


class Evidence:
    """Hits with what shows them; `Result` adds the numbers.

    `hits`, `documents`, `stances` and `quotes` are tables of the kind of frame that came in. `doc` in all of them is the id that `analyze` was
    given, else the row's position. `start` and `end` are code points: `text[start:end]` is the evidence. Null means no evidence.

    >>> import framescope as fs
    >>> result = fs.analyze(fs.examples(), text="body", id="id")
    >>> result.documents.shape[0]
    10
    """

    def __init__(
        self,
        corpus: Corpus,
        lexicon: Lexicon,
        tables: dict[str, pa.Table],
        manifest: dict[str, Any],
        *,
        threads: int | None = None,
        progress: bool | None = None,
    ) -> None:
        self._corpus = corpus
        self._tables = tables
        self._manifest = manifest
        self._threads = threads
        self._progress = progress
        self.lexicon = lexicon
        """The lexicon that was used."""

    @cached_property
    def hits(self) -> Any:
        """One row for each hit (and target), in order of place.

        doc · start · end · text · frame · entry (as written) · weight · sentence (from 0) · target (an actor's id) · target_rule (why) · polarity ·
        speaker (`author`, or a name) · quoted · negated · modality (asserted, hedged, conditional, future, desired) · cue (what negates) ·
        cue_start · cue_end · modality_cue · modality_start · modality_end · target_start · target_end (where the target is named) ·
        speaker_actor (the speaker's id in the lexicon)
        """
        return to_native(self._tables["hits"], self._corpus)

    @cached_property
    def documents(self) -> Any:
        """One row for each document.

        doc · words · sentences · hits · coverage (share of words inside a hit) · chrome (why lines were left out)

        Null documents have nulls.
        """
        return to_native(self._tables["documents"], self._corpus)

    @cached_property
    def stances(self) -> Any:
        """One row for each evaluation of a target by a speaker; `stance` sums them up. The texts are read for them when they are first asked for.

        doc · start · end · text (what shows it) · sentence · speaker · target · polarity (1, 0, -1) · strength (from -1 to 1) · quoted · negated ·
        cue · target_rule · speaker_actor
        """
        return to_native(self._stances, self._corpus)

    @cached_property
    def quotes(self) -> Any:
        """One row for each quotation.

        doc · start · end · text · speaker · cue (what shows it to be speech) · kind (direct, indirect) · speaker_actor · cue_start · cue_end
        """
        return to_native(self._tables["quotes"], self._corpus)

    @cached_property
    def _stances(self) -> pa.Table:
        with progress_bar(self._progress) as callback:
            return stamp(pa.table(self._compiled(self.lexicon).stances(self._corpus.texts, callback)), self._manifest)

    def _compiled(self, lexicon: Lexicon) -> Analyzer:
        return lexicon.compiled(threads=self._threads, keep_chrome=self._manifest["options"]["keep_chrome"])

    def kwic(self, what: str | None = None, window: int = 8) -> Any:
        """A concordance: every hit with the words around it.

        `what` is the path of a frame; or else any entry (`bridge~`, `link* <0-3> East`), which is then searched in the texts; None gives all hits.
        An entry spelled like a frame is searched when put in parentheses: `(bridge)`. `window` counts words on each side.
        Returns doc · start · end · before · keyword · after · frame · entry; `frame` is null for an entry.

        Raises
        ------
        LexiconError
            If `what` is neither a frame nor a sound entry.

        >>> import framescope as fs
        >>> result = fs.analyze(["They built a bridge over the old river in May."])
        >>> result.kwic("old riv*", window=2)[["before", "keyword", "after"]].iloc[0].tolist()
        ['over the ', 'old river', ' in May']
        """
        if window < 0:
            raise FramescopeError(f"window={window} must be 0 or more words")
        if what is None or what in self.lexicon.frames:
            return self._concordance(self.lexicon, window, what)
        try:
            document = {"framescope": 1, "id": "kwic", "version": "0", "frames": {"kwic": {"entries": [what]}}}
            wanted = Lexicon.from_dict(document)
        except LexiconError as error:
            raise LexiconError.not_found("frame", what, self.lexicon.frames, f"as an entry, {error}; frames") from None
        return self._concordance(wanted, window, None, unframed=True)

    def _concordance(self, lexicon: Lexicon, window: int, frame: str | None, *, unframed: bool = False) -> Any:
        table = pa.table(self._compiled(lexicon).kwic(self._corpus.texts, window, frame))
        if unframed:
            place = table.schema.get_field_index("frame")
            table = table.set_column(place, pa.field("frame", pa.string()), pa.nulls(table.num_rows, pa.string()))
        return to_native(stamp(table, self._manifest), self._corpus)

    def show(self, doc: object) -> Document:
        """One document with its hits highlighted; `doc` is its id, or its row where there are no ids.

        The return value shows itself in a notebook, prints as plain text, and is written by `.save("page.html")`.

        Raises
        ------
        FramescopeError
            If there is no such document.

        >>> import framescope as fs
        >>> lexicon = fs.Lexicon.from_quanteda({"bridge": ["bridge*"]})
        >>> print(fs.analyze(["A bridge to peace."], lexicon=lexicon).show(0))
        A [bridge]{bridge} to peace.
        """
        position = self._corpus.position(doc)
        hits = self._tables["hits"]
        hits = hits.filter(pc.equal(hits["doc"], position)).to_pylist()
        return Document(str(doc), self._corpus.document(position), hits, self.lexicon)

    def manifest(self) -> dict[str, Any]:
        """What made this result: package and lexicon versions, hash, options, numbers of rows, nulls, words and hits.

        >>> import framescope as fs
        >>> fs.analyze(["A bridge.", None]).manifest()["null_documents"]
        1
        """
        return dict(self._manifest)

    def save(self, folder: str | PathLike[str], *, format: Format = "parquet", force: bool = False) -> None:  # noqa: A002
        """Writes all tables, rates and the manifest to a folder, complete or not at all.

        `format` is parquet, csv or jsonl. In CSV alone, a text cell that a spreadsheet would run as a formula (it begins with = + - @, a tab
        or a line break) gets a `'` before it. An existing folder is an error, unless `force` and framescope wrote it.
        """
        write_folder(self.tables(), self._manifest, folder, format, force=force)

    def tables(self) -> dict[str, pa.Table]:
        """All tables as Arrow, with ids in `doc`: hits, documents, stances, quotes, scores (rates)."""
        scores = score_table(self._corpus, self._tables, list(self.lexicon.counted_frames), "rate", [], wide=True)
        scores = stamp(scores, {**self._manifest, "measure": "rate", "by": []})
        tables = {**self._tables, "stances": self._stances, "scores": scores}
        return {name: self._corpus.name_documents(table) for name, table in tables.items()}

    @property
    def summary(self) -> Summary:
        """Sizes, coverage and the commonest frames."""
        return Summary.of(self._tables, self._manifest)

    def __repr__(self) -> str:
        return str(self.summary)

    def _repr_html_(self) -> str:
        return self.summary.to_html()
