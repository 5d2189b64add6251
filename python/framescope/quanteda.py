"""A quanteda dictionary → a lexicon that finds the same: nested keys, globs, no case."""

from __future__ import annotations

import re
import unicodedata
import warnings
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from framescope.errors import FramescopeWarning, LexiconError

VALUES_OF_PARENT = "__"  # quanteda's own name for values beside sub-keys
MEANINGFUL = re.compile(r"[~()|<>\\]|^#")  # in our entry language, not in a glob
APOSTROPHES = str.maketrans("’‘ʼ＇", "''''")


def lexicon_of(dictionary: Mapping[str, Any], *, overlap: str, id_: str, version: str) -> dict[str, Any]:
    """A lexicon document with the frames of a quanteda dictionary."""
    if not isinstance(dictionary, Mapping):
        raise LexiconError(f"a quanteda dictionary is a mapping of keys to lists of values, not {type(dictionary).__name__}")
    frames: dict[str, Any] = {}
    for path, value in flat(dictionary, ()):
        put(frames, path, value)
    for empty in prune(frames):
        warnings.warn(f"the key '{empty}' has no values and was left out", FramescopeWarning, stacklevel=3)
    if not frames:
        raise LexiconError("the dictionary has no values at all; give at least one, as in {'tax': ['tax*', 'levy']}")
    return {"framescope": 1, "id": id_, "version": version, "overlap": overlap, "frames": frames}


def flat(values: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str | None]]:
    """(key path, value) pairs; a key without values comes once with None."""
    if isinstance(values, str) or values is None:
        yield path, values
    elif isinstance(values, Mapping):
        yield path, None
        for key, below in values.items():
            yield from flat(below, path if key == VALUES_OF_PARENT else (*path, *ids_of(key, path)))
    elif isinstance(values, Iterable) and not isinstance(values, bytes):
        yield path, None
        for value in values:
            yield from flat(value, path)
    else:
        raise LexiconError(
            f"a value of the key '{'.'.join(path)}' is {type(values).__name__} ({values!r}), not text; put it in quotes"
        )


def ids_of(key: object, path: tuple[str, ...]) -> list[str]:
    """A key as frame ids: `a.b` is the sub-key b of a, as in quanteda's own output."""
    if not isinstance(key, str):
        raise LexiconError(
            f"the key {key!r}{' under ' + '.'.join(path) if path else ''} is {type(key).__name__}, not text; put it in quotes"
        )
    ids = [part.strip() for part in key.split(".")]
    return [part for part in ids if part] or [key.strip()]


def put(frames: dict[str, Any], path: tuple[str, ...], value: str | None) -> None:
    """Adds a value to the frame at a path, making the frames on the way."""
    if not path:
        if value is not None:
            raise LexiconError(f"the value '{value}' stands under no key; write it as {{'key': ['{value}']}}")
        return
    for depth, name in enumerate(path):
        frame = frames.setdefault(name, {"entries": [], "frames": {}, "seen": set()})
        frames = frame["frames"] if depth < len(path) - 1 else frames
    if value is None or not value.strip() or same(value) in frame["seen"]:
        return
    frame["seen"].add(same(value))
    frame["entries"].append(entry_of(value.strip()))


def same(value: str) -> str:
    """Values that are the same to the matcher have the same form here."""
    visible = (c for c in value.strip().translate(APOSTROPHES) if unicodedata.category(c) != "Cf")
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", "".join(visible)).casefold()).replace("i\u0307", "i")


def entry_of(value: str) -> dict[str, Any]:
    """A glob as an entry: `*` and `?` mean the same here, all else is literal."""
    if value != "?" and any(c.isalnum() or c in "*?" for c in value):
        return {"pattern": MEANINGFUL.sub(r"\\\g<0>", value), "case": "fold"}
    return {"regex": r"\s*".join(re.escape(piece) for piece in value.split()), "bounded": False}


def prune(frames: dict[str, Any], prefix: str = "") -> Iterator[str]:
    """Takes frames without entries and sub-frames out, and yields their paths."""
    for name, frame in list(frames.items()):
        yield from prune(frame["frames"], f"{prefix}{name}.")
        del frame["seen"]
        for part in ("entries", "frames"):
            if not frame[part]:
                del frame[part]
        if not frame:
            del frames[name]
            yield f"{prefix}{name}"
