"""`Evidence`: what an analysis found, as tables, concordances and highlighted documents."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, get_args

import pyarrow as pa
import pyarrow.compute as pc

from framescope.display.aligned import as_concordance
from framescope.display.document import LIMIT, Document
from framescope.display.summary import Summary
from framescope.errors import FramescopeError, LexiconError
from framescope.lexicon import Lexicon
from framescope.manifest import stamp
from framescope.progress import progress_bar
from framescope.scores import score_table
from framescope.tables import to_native
from framescope.workbook import write_workbook
from framescope.writing import TableName, write_file, write_folder

if TYPE_CHECKING:
    from os import PathLike

    from framescope._core import Analyzer
    from framescope.corpus import Corpus
    from framescope.writing import Format

__all__ = ["Evidence"]


class Evidence:
    """Hits with what shows them: tables, concordances, highlighted documents, files. `Result` adds the numbers, and says what the tables are."""

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
        Returns doc · start · end · before · keyword · after · frame · entry; `frame` is null for an entry. In pandas, and for lists, the table shows
        itself with all keywords in one column; `fs.aligned(table)` shows a table of any library so.

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
        return as_concordance(to_native(stamp(table, self._manifest), self._corpus))

    def show(self, doc: object, *, limit: int | None = LIMIT) -> Document:
        """One document with its hits marked; `doc` is its id, or its row where there are no ids.

        The return value shows itself in a notebook, prints as plain text, and is written by `.save("page.html")`. Of a long document, a notebook
        and a page show the first `limit` characters, and say so; None shows all.

        Raises
        ------
        FramescopeError
            If there is no such document, or the limit is no number.

        >>> import framescope as fs
        >>> lexicon = fs.Lexicon.from_quanteda({"bridge": ["bridge*"]})
        >>> print(fs.analyze(["A bridge to peace."], lexicon=lexicon).show(0))
        A [bridge]{bridge} to peace.
        """
        if limit is not None and (not isinstance(limit, int) or limit < 0):
            raise FramescopeError(f"limit={limit!r} must be a number of characters, or None for all")
        position = self._corpus.position(doc)
        hits = self._tables["hits"]
        hits = hits.filter(pc.equal(hits["doc"], position)).to_pylist()
        return Document(str(doc), self._corpus.document(position), hits, self.lexicon, limit)

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

    def to_parquet(self, path: str | PathLike[str], table: TableName = "hits", *, force: bool = False) -> None:
        """Writes one table to a Parquet file, with all types and the manifest in its metadata; complete or not at all.

        `table` is hits, documents, stances, quotes, or scores (rates). A file that exists is an error, unless `force`.

        Raises
        ------
        FramescopeError
            If there is no such table, or the file exists.
        """
        write_file(self._table(table), path, "parquet", force=force)

    def to_csv(self, path: str | PathLike[str], table: TableName = "hits", *, force: bool = False) -> None:
        """Writes one table to a CSV file (UTF-8); complete or not at all.

        Text that a spreadsheet would run as a formula (it begins with = + - @, a tab or a line break) gets a `'` before it; `to_parquet`
        and `to_excel` keep it as it is. `table`, `force` and errors are those of `to_parquet`.
        """
        write_file(self._table(table), path, "csv", force=force)

    def to_excel(self, path: str | PathLike[str], *, force: bool = False) -> None:
        """Writes a workbook: a sheet for each of hits, documents, stances, quotes and scores (rates), and the manifest; complete or not at all.

        Text is text: no formula, no link, and it stays so when a cell is edited. Nulls are empty cells. Excel would change numbers of more than
        15 digits, dates before March 1900 and times with a zone, so these are text too. A table longer than a sheet (1,048,576 rows) goes on in
        another, such as "hits 2". A text longer than a cell (32,767 characters) is cut, with a `FramescopeWarning`; the sheet manifest
        names each such cell. The same result gives the same bytes. It writes some 100,000 cells a second; for a large corpus take `to_parquet`.

        Raises
        ------
        FramescopeError
            If xlsxwriter is missing (the extra `excel`), the name does not end in .xlsx, the file exists (unless `force`),
            or a table is wider than a sheet (16,384 columns).

        >>> import framescope as fs, pathlib, tempfile
        >>> folder = tempfile.TemporaryDirectory()
        >>> path = pathlib.Path(folder.name, "results.xlsx")
        >>> fs.analyze(["A bridge between East and West."]).to_excel(path)
        >>> path.is_file()
        True
        >>> folder.cleanup()
        """
        write_workbook(self.tables(), {**self._manifest, "scores": {"measure": "rate"}}, path, force=force)

    def tables(self) -> dict[str, pa.Table]:
        """All tables as Arrow, with ids in `doc`: hits, documents, stances, quotes, scores (rates)."""
        return {name: self._table(name) for name in get_args(TableName)}

    def _table(self, name: TableName) -> pa.Table:
        if name == "scores":
            rates = score_table(self._corpus, self._tables, list(self.lexicon.counted_frames), "rate", [], wide=True)
            table = stamp(rates, {**self._manifest, "measure": "rate", "by": []})
        elif name == "stances":
            table = self._stances
        elif name in self._tables:
            table = self._tables[name]
        else:
            raise FramescopeError.not_found("table", name, get_args(TableName), "tables")
        return self._corpus.name_documents(table)

    @cached_property
    def summary(self) -> Summary:
        """Sizes, coverage and the commonest frames."""
        return Summary.of(self._tables, self._manifest, {path: frame.label for path, frame in self.lexicon.frames.items()})

    def __repr__(self) -> str:
        return str(self.summary)

    def _repr_html_(self) -> str:
        return self.summary.to_html()
