"""What a lexicon holds, as read-only records: frames, entries, actors, and what lint says of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

__all__ = ["Actor", "Diagnostic", "Entry", "Frame"]


@dataclass(frozen=True)
class Entry:
    """One pattern with its weight and conditions.

    >>> import framescope as fs
    >>> lexicon = fs.Lexicon.from_dict({
    ...     "framescope": 1, "id": "x", "version": "1", "frames": {"link": {"entries": [{"pattern": "bridge~", "weight": 0.5}]}}
    ... })
    >>> lexicon.entries[0].pattern, lexicon.entries[0].weight
    ('bridge~', 0.5)
    """

    pattern: str
    """As written; a regular expression where `regex` is true."""
    owner: str
    """The path of the frame, or the id of the actor, it belongs to."""
    weight: float = 1.0
    polarity: Literal[-1, 0, 1] | None = None
    """Overrules the frame's polarity."""
    case: Literal["exact", "fold"] | None = None
    """None: acronyms in exact case, all else folded."""
    regex: bool = False
    bounded: bool = True
    """A regex must begin and end at word borders."""
    require: tuple[Mapping[str, Any], ...] = ()
    forbid: tuple[Mapping[str, Any], ...] = ()
    note: str | None = None


@dataclass(frozen=True)
class Frame:
    """What its entries indicate; LIWC says category, quanteda says key."""

    path: str
    """Ids from the top, joined by full stops: `a.b`."""
    label: str
    definition: str | None = None
    polarity: Literal[-1, 0, 1] | None = None
    """Whether it credits its target (1), discredits it (-1), or neither (0)."""
    evaluates: bool = True
    """Whether its hits evaluate their target without an evaluating word beside them."""
    include: tuple[str, ...] = ()
    """Example sentences that hold the frame."""
    exclude: tuple[str, ...] = ()
    """Example sentences that look like it and are not."""
    entries: tuple[Entry, ...] = ()
    frames: tuple[str, ...] = ()
    """Paths of the frames right below."""


@dataclass(frozen=True)
class Actor:
    """Who can speak, act, or be spoken of."""

    id: str
    label: str
    type: Literal["country", "person", "organisation", "bloc", "region"]
    aliases: tuple[Entry, ...] = ()
    leads: tuple[str, ...] = field(default=())
    """Ids of the persons who lead it."""


@dataclass(frozen=True)
class Diagnostic:
    """Something legal in a lexicon that is likely a mistake."""

    code: str
    path: str
    entry: str | None
    message: str

    def __str__(self) -> str:
        return f"{self.path}: {self.message} [{self.code}]"


def frames_of(lexicon: Mapping[str, Any], prefix: str = "") -> Iterator[Frame]:
    """The frames of a lexicon document or of a frame in it, parents before children, in file order."""
    for name, frame in lexicon.get("frames", {}).items():
        path = f"{prefix}{name}"
        examples = frame.get("examples", {})
        yield Frame(
            path=path,
            label=frame.get("label", name),
            definition=frame.get("definition"),
            polarity=frame.get("polarity"),
            evaluates=frame.get("evaluates", True),
            include=tuple(examples.get("include", ())),
            exclude=tuple(examples.get("exclude", ())),
            entries=entries_of(frame.get("entries", ()), path),
            frames=tuple(f"{path}.{child}" for child in frame.get("frames", {})),
        )
        yield from frames_of(frame, f"{path}.")


def actors_of(lexicon: Mapping[str, Any]) -> Iterator[Actor]:
    """The actors of a lexicon document, in file order."""
    for name, actor in lexicon.get("actors", {}).items():
        yield Actor(
            id=name,
            label=actor.get("label", name),
            type=actor["type"],
            aliases=entries_of(actor["aliases"], name),
            leads=tuple(actor.get("leads", ())),
        )


def entries_of(entries: list[Any], owner: str) -> tuple[Entry, ...]:
    """Entries as they stand in a document: a string, or a mapping."""
    return tuple(entry_of({"pattern": entry} if isinstance(entry, str) else entry, owner) for entry in entries)


def entry_of(entry: Mapping[str, Any], owner: str) -> Entry:
    """One entry from its mapping."""
    return Entry(
        pattern=entry["regex"] if "regex" in entry else entry["pattern"],
        owner=owner,
        weight=entry.get("weight", 1.0),
        polarity=entry.get("polarity"),
        case=entry.get("case"),
        regex="regex" in entry,
        bounded=entry.get("bounded", True),
        require=contexts_of(entry.get("require", ())),
        forbid=contexts_of(entry.get("forbid", ())),
        note=entry.get("note"),
    )


def contexts_of(contexts: Any) -> tuple[Mapping[str, Any], ...]:
    """A context, or a list of them."""
    return (contexts,) if isinstance(contexts, Mapping) else tuple(contexts)
