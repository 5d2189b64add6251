"""Which hits a score counts: those of a target, in a voice, quoted or not, denied or not, of a modality."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from typing import TYPE_CHECKING, Any, Literal, get_args

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from framescope.errors import FramescopeError, TargetError

if TYPE_CHECKING:
    from framescope.lexicon import Lexicon

Modality = Literal["asserted", "hedged", "conditional", "future", "desired"]
AUTHOR = "author"  # the speaker of what nobody else says
NAMES, FLAGS = ("target", "speaker", "modality"), ("quoted", "negated")

Restriction = dict[str, Any]


def restriction(**options: Any) -> Restriction:
    """What was asked for, with one name as a list of one; an option that is None asks for nothing."""
    asked = {name: value for name, value in options.items() if value is not None}
    for name in asked.keys() & set(FLAGS):
        if not isinstance(asked[name], bool | np.bool_):
            raise FramescopeError(f"{name}={asked[name]!r} must be True or False, or None for both")
        asked[name] = bool(asked[name])
    for name in asked.keys() & set(NAMES):
        several = isinstance(asked[name], Iterable) and not isinstance(asked[name], str)
        names = list(asked[name]) if several else [asked[name]]
        if not names or not all(isinstance(one, str) for one in names):
            raise FramescopeError(f"{name}={asked[name]!r} must be a name or a list of names, or None for all")
        asked[name] = names
    return asked


def restrict(tables: dict[str, pa.Table], lexicon: Lexicon, asked: Restriction) -> pa.Table:
    """The hits that were asked for."""
    hits = tables["hits"]
    if not asked:
        return hits
    refuse_unknown(tables, lexicon, asked)
    return hits.filter(reduce(pc.and_, [mask(hits, name, value) for name, value in asked.items()]))


def mask(hits: pa.Table, name: str, value: Any) -> pa.ChunkedArray:
    """Whether each hit is as asked in one respect; null counts as no."""
    if name in FLAGS:
        return pc.fill_null(pc.equal(hits[name], value), fill_value=False)
    wanted = pa.array(value, pa.string())
    fits = pc.is_in(hits[name], wanted)
    return pc.or_(fits, pc.is_in(hits["speaker_actor"], wanted)) if name == "speaker" else fits


def refuse_unknown(tables: dict[str, pa.Table], lexicon: Lexicon, asked: Restriction) -> None:
    """A name that does not exist, or a question that was never put to these hits."""
    for target in asked.get("target", ()):
        if target not in lexicon.actors:
            ids = {actor.label.casefold(): actor.id for actor in lexicon.actors.values()}
            near = ids.get(target.casefold(), target)
            raise TargetError.not_found("target", target, lexicon.actors, "actors of the lexicon", near)
    for modality in asked.get("modality", ()):
        if modality not in get_args(Modality):
            raise FramescopeError.not_found("modality", modality, get_args(Modality), "modalities")
    heard = speakers(tables) if "speaker" in asked else ()
    for speaker in asked.get("speaker", ()):
        if speaker not in heard:
            raise FramescopeError.not_found("speaker", speaker, heard, "speakers heard in these documents")
    unread = asked.keys() - {"target"}
    if unread and tables["hits"]["negated"].null_count:
        raise FramescopeError(
            f"{min(unread)}= needs a language pack, and there is none for the language '{lexicon.language}' of the lexicon: "
            "who speaks, and what is denied, was not looked into"
        )


def speakers(tables: dict[str, pa.Table]) -> list[str]:
    """Names and actor ids of all who are heard in the documents, and the author."""
    columns = [tables[table][column] for table in ("hits", "quotes") for column in ("speaker", "speaker_actor")]
    heard = {name for column in columns for name in pc.unique(column).to_pylist() if name is not None}
    return [AUTHOR, *sorted(heard - {AUTHOR})]
