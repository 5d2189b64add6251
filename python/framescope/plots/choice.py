"""What a picture has room for: which frames, groups and hits it shows, and the notes that say what it leaves out."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypedDict

import pyarrow as pa
import pyarrow.compute as pc

from framescope.errors import FramescopeError
from framescope.plots.style import amount, clean, subtitle

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from framescope.corpus import Corpus
    from framescope.restriction import Modality
    from framescope.result import Result


class Where(TypedDict, total=False):
    """Which hits count, as in `Result.scores`, and how documents are drawn, as in `Result.by`."""

    target: str | Sequence[str]
    speaker: str | Sequence[str]
    quoted: bool
    negated: bool
    modality: Modality | Sequence[Modality]
    resamples: int
    seed: int


DRAWS = ("resamples", "seed")


@dataclass
class Question:
    """A result whose tables are Arrow, what is asked of it, and what must be said of the answer."""

    result: Result
    corpus: Corpus
    counted: dict[str, pa.Table]
    """The tables, with the hits that were asked for."""
    native: Callable[[pa.Table], Any]
    """A table → the kind of frame that came in."""
    where: dict[str, Any]
    notes: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        said = [told(name, value) for name, value in self.where.items() if name not in DRAWS and value is not None]
        if said:
            self.notes.append(f"only hits {', '.join(said)}")

    @property
    def subtitle(self) -> list[str]:
        """The lines under the title."""
        return subtitle(self.result.manifest(), self.notes)

    def frames(self, asked: Sequence[str] | str | None, table: pa.Table, most: int) -> list[str]:
        """The frames to show, in the order of the lexicon if they were asked for, else the commonest of a table with `frame` and `count`."""
        known = self.result.lexicon.counted_frames
        if asked is not None:
            wanted = [asked] if isinstance(asked, str) else list(dict.fromkeys(asked))
            for name in wanted:
                if name not in known:
                    raise FramescopeError.not_found("frame", name, known, "frames of the lexicon")
            return wanted
        counts = totals(table, "frame", "count")
        used = sorted((frame for frame in known if counts[frame]), key=lambda frame: (-counts[frame], known.index(frame)))
        shown = used[:most] or list(known[:most])
        if not used:
            self.notes.append("no hits")
        elif len(used) > most:
            self.notes.append(f"the {most} commonest of {amount(len(used), 'frame')} with hits; frames= shows others")
        return shown

    def say_left_out(self, table: pa.Table) -> None:
        """How many documents are in none of the groups of a table with `frame` and `documents`."""
        of_one = only(table, "frame", table["frame"].slice(0, 1).to_pylist())
        manifest = self.result.manifest()
        out = manifest["documents"] - manifest["null_documents"] - (pc.sum(of_one["documents"]).as_py() or 0)
        if out:
            self.notes.append(f"{amount(out, 'document')} in no group: the value of the column is null")

    def levels(self, table: pa.Table, key: str, most: int) -> list[Any]:
        """The values of a column to show, in order: those with most words."""
        sums = totals(table, key, "words")
        highest = sorted(sums, key=lambda value: (-sums[value], str(value)))[:most]
        if len(sums) > most:
            self.notes.append(f"{most} of {len(sums):,} values of {clean(key)}: those with most words")
        return [value for value in sums if value in highest]


def refuse_options(where: dict[str, Any]) -> None:
    """Options that there are not."""
    known = list(Where.__annotations__)
    for name in where:
        if name not in known:
            raise FramescopeError.not_found("option", name, known, "options that choose hits")


def told(name: str, value: Any) -> str:
    """A restriction in words."""
    if name == "negated":
        return "that are denied" if value else "that are not denied"
    if name == "quoted":
        return "inside quotation marks" if value else "outside quotation marks"
    names = [value] if isinstance(value, str) else list(value) if hasattr(value, "__iter__") else [value]
    before = {"target": "said of", "speaker": "in the voice of", "modality": "that are"}[name]
    return f"{before} {' or '.join(map(clean, names))}"


def totals(table: pa.Table, key: str, column: str) -> Counter[Any]:
    """Sums of a column for each value of another, in the order of the table."""
    sums: Counter[Any] = Counter()
    grouped = table.group_by(key, use_threads=False).aggregate([(column, "sum")])
    for value, n in zip(grouped[key].to_pylist(), grouped[f"{column}_sum"].to_pylist(), strict=True):
        sums[value] = n or 0
    return sums


def only(table: pa.Table, key: str, values: Sequence[Any]) -> pa.Table:
    """The rows whose key is one of the values."""
    return table.filter(pc.is_in(table[key], pa.array(values, table.schema.field(key).type)))


def names_of(keys: str | Sequence[str] | None) -> list[str]:
    """One name or several as a list."""
    return [keys] if isinstance(keys, str) else list(keys or ())


def group_names(table: pa.Table, keys: list[str]) -> list[str]:
    """For each row the values of its keys as one name."""
    columns = [map(clean, table[key].to_pylist()) for key in keys]
    return [" · ".join(values) for values in zip(*columns, strict=True)] if keys else ["all documents"] * table.num_rows
