"""`Lexicon`: frames of entries and actors, read, joined, cut and written."""

from __future__ import annotations

import html
import json
import re
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

from framescope import _core, quanteda
from framescope.entries import Actor, Diagnostic, Entry, Frame, actors_of, frames_of
from framescope.errors import LexiconError
from framescope.options import options, thread_count

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from os import PathLike

__all__ = ["Lexicon"]

SUFFIXES = {".yaml", ".yml", ".json"}
NOT_IN_YAML = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")  # JSON leaves them bare


@dataclass(frozen=True, repr=False)
class Lexicon:
    """Frames, each with the entries that show it, and actors. Immutable; equal if the content is.

    Make one with `load`, `from_dict`, `from_yaml` or `from_quanteda`.

    >>> import framescope as fs
    >>> lexicon = fs.Lexicon.from_yaml('''
    ... framescope: 1
    ... id: small
    ... version: 1.0.0
    ... frames:
    ...   bridge: {label: Bridge, entries: [bridge~, {pattern: link* <0-3> East, weight: 0.5}]}
    ...   peace: {entries: [peace, ceasefire]}
    ... ''')
    >>> lexicon
    <Lexicon small 1.0.0: 2 frames, 4 entries, 0 actors>
    >>> list(lexicon.frames)
    ['bridge', 'peace']
    >>> lexicon.select(frames=["peace"])
    <Lexicon small 1.0.0: 1 frame, 2 entries, 0 actors>
    """

    canonical: str
    """The whole lexicon as one JSON document, checked and in canonical form."""

    @classmethod
    def load(cls, name: str | PathLike[str]) -> Lexicon:
        """Reads a file (YAML or JSON, UTF-8), or a lexicon that ships with the package.

        A string that is not the path of a file is the name of a shipped lexicon.

        Raises
        ------
        LexiconError
            With file, line and column if the file is not sound; with the nearest name if there is no such lexicon.

        >>> import framescope as fs
        >>> fs.Lexicon.load("foreign-policy").id
        'foreign-policy'
        """
        path = Path(name)
        if path.is_file():
            return cls(_core.read_lexicon(read_text(path), str(path)))
        if str(name) in _core.bundled_lexicons():
            return shipped(str(name))
        folder = path.parent
        nearby = sorted(str(p) for p in folder.iterdir() if p.suffix in SUFFIXES) if folder.is_dir() else []
        raise LexiconError.not_found("lexicon", name, [*_core.bundled_lexicons(), *nearby], "lexicons and files at hand")

    @classmethod
    def from_yaml(cls, text: str) -> Lexicon:
        """Reads YAML text (JSON is YAML too); for a file, use `load`.

        Raises
        ------
        LexiconError
            With line and column in the text.

        >>> import framescope as fs
        >>> fs.Lexicon.from_yaml("{framescope: 1, id: x, version: 1, frames: {no: {entries: [no, never]}}}").entries[0].pattern
        'no'
        """
        if "\n" not in text and Path(text).suffix in SUFFIXES:
            raise LexiconError(f"'{text}' is a file name, not YAML; use Lexicon.load('{text}')")
        return cls(_core.read_lexicon(text, ""))

    @classmethod
    def from_dict(cls, document: Mapping[str, Any]) -> Lexicon:
        """Takes the same document as a file, as Python values.

        Raises
        ------
        LexiconError
            Naming the frame, entry or key that is not sound.

        >>> import framescope as fs
        >>> fs.Lexicon.from_dict({"framescope": 1, "id": "x", "version": "1", "frames": {"a": {"entries": ["b", "c*"]}}})
        <Lexicon x 1: 1 frame, 2 entries, 0 actors>
        """
        try:
            text = json.dumps(document, ensure_ascii=False)
            if not text.isascii() or "\x7f" in text:
                text = NOT_IN_YAML.sub(lambda sign: f"\\u{ord(sign[0]):04x}", text)
            return cls(_core.read_lexicon(text, ""))
        except TypeError as error:
            raise LexiconError(f"a lexicon holds text, numbers, lists and mappings only: {error}") from None
        except UnicodeEncodeError as error:
            raise LexiconError(f"a lexicon holds Unicode text only: {error}") from None
        except LexiconError as error:
            raise LexiconError(error.message) from None  # its line and column are those of our own JSON

    @classmethod
    def from_quanteda(
        cls,
        dictionary: Mapping[str, Any],
        *,
        nested_scope: Literal["key", "dictionary"] = "key",
        id: str = "dictionary",  # noqa: A002 - the lexicon's own word
        version: str = "0",
    ) -> Lexicon:
        """Takes a quanteda dictionary: keys to lists of globs, nested as deep as you like.

        `nested_scope` is that of `tokens_lookup`: "key" drops a match that shares a word with a longer one of the same key, "dictionary"
        drops also what longer matches of other keys cover. As in quanteda, case does not count, duplicate values count once, `*` stands for any
        number of characters and `?` for one, `"__"` holds the values beside sub-keys, and a key "a.b" is the sub-key b of a.
        All other signs are literal. Keys without values are left out, with a `FramescopeWarning`.

        Raises
        ------
        LexiconError
            Naming the key whose value is not text.

        >>> import framescope as fs
        >>> lexicon = fs.Lexicon.from_quanteda({"economy": {"tax": ["tax*", "levy"], "jobs": ["job?"]}})
        >>> list(lexicon.frames)
        ['economy', 'economy.tax', 'economy.jobs']
        """
        overlaps = {"key": "frame", "dictionary": "lexicon"}
        if nested_scope not in overlaps:
            raise LexiconError.not_found("nested_scope", nested_scope, overlaps, "values")
        overlap = overlaps[nested_scope]
        return cls.from_dict(quanteda.lexicon_of(dictionary, overlap=overlap, id_=id, version=version))

    @staticmethod
    def schema() -> dict[str, Any]:
        """JSON Schema of the lexicon file, for editors that complete as you type.

        >>> import framescope as fs
        >>> fs.Lexicon.schema()["title"]
        'framescope lexicon'
        """
        schema: dict[str, Any] = json.loads(_core.lexicon_schema())
        return schema

    def to_dict(self) -> dict[str, Any]:
        """The lexicon as plain Python values; `Lexicon.from_dict(x.to_dict()) == x`."""
        document: dict[str, Any] = json.loads(self.canonical)
        return document

    def to_yaml(self) -> str:
        """The lexicon as YAML; `Lexicon.from_yaml(x.to_yaml()) == x`."""
        return _core.write_lexicon(self.canonical)

    def save(self, path: str | PathLike[str]) -> None:
        """Writes a file: JSON if the name ends in .json, else YAML."""
        path = Path(path)
        text = json.dumps(self.to_dict(), ensure_ascii=False, indent=2) + "\n" if path.suffix == ".json" else self.to_yaml()
        path.write_text(text, encoding="utf-8", newline="\n")

    @cached_property
    def _document(self) -> dict[str, Any]:
        return self.to_dict()

    @property
    def id(self) -> str:
        """Short name, for manifests."""
        return str(self._document["id"])

    @property
    def version(self) -> str:
        """Version of the content."""
        return str(self._document["version"])

    @property
    def language(self) -> str:
        """The language its entries are in."""
        return str(self._document["language"])

    @property
    def overlap(self) -> Literal["frame", "lexicon", "all"]:
        """Which of several matches that share words stay."""
        overlap: Literal["frame", "lexicon", "all"] = self._document["overlap"]
        return overlap

    @cached_property
    def frames(self) -> Mapping[str, Frame]:
        """Frames by path (`a.b`), parents before children, in file order."""
        return MappingProxyType({frame.path: frame for frame in frames_of(self._document)})

    @cached_property
    def counted_frames(self) -> tuple[str, ...]:
        """Paths of the frames that have entries of their own: the columns of counts and scores."""
        return tuple(path for path, frame in self.frames.items() if frame.entries)

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """The entries of all frames, in file order."""
        return tuple(entry for frame in self.frames.values() for entry in frame.entries)

    @cached_property
    def actors(self) -> Mapping[str, Actor]:
        """Actors by id, in file order."""
        return MappingProxyType({actor.id: actor for actor in actors_of(self._document)})

    @cached_property
    def hash(self) -> str:
        """SHA-256 in hex of all that changes results; labels, notes, definitions and examples do not."""
        return _core.lexicon_hash(self.canonical)

    def compiled(self, *, threads: int | None = None, keep_chrome: bool = False) -> _core.Analyzer:
        """The core's analyzer for this lexicon, made at the first call and kept for the next, for any number of threads."""
        number, asked = thread_count(threads), options(keep_chrome=keep_chrome)
        if asked not in self._analyzers:  # two threads may both compile; one of the two is kept
            self._analyzers.setdefault(asked, _core.Analyzer(self.canonical, asked))
        analyzer = self._analyzers[asked]
        return analyzer.with_threads(number) if number else analyzer

    @cached_property
    def _analyzers(self) -> dict[str, _core.Analyzer]:
        return {}

    def lint(self) -> list[Diagnostic]:
        """What is legal here and still likely a mistake, such as an entry that another one swallows."""
        return [Diagnostic(**found) for found in json.loads(_core.lint_lexicon(self.canonical))]

    def select(self, frames: Iterable[str]) -> Lexicon:
        """Only these frames (paths), with what is below them, and all actors.

        Raises
        ------
        LexiconError
            If there is no such frame, or an entry that stays refers to a frame that does not.
        """
        frames = [frames] if isinstance(frames, str) else list(frames)
        return Lexicon(_core.select_frames(self.canonical, frames))

    def __or__(self, other: object) -> Lexicon:
        """Frames and actors of both, under the name and settings of the left one.

        Raises
        ------
        LexiconError
            If a frame or actor of one name differs between the two.

        >>> import framescope as fs
        >>> both = fs.Lexicon.from_quanteda({"tax": ["tax*"]}) | fs.Lexicon.from_quanteda({"war": ["war"]})
        >>> list(both.frames)
        ['tax', 'war']
        """
        if not isinstance(other, Lexicon):
            return NotImplemented
        return Lexicon(_core.merge_lexicons(self.canonical, other.canonical))

    def __copy__(self) -> Lexicon:
        return self

    def __deepcopy__(self, memo: object) -> Lexicon:
        return self  # nothing in it changes, and what was compiled stays with it

    def __getstate__(self) -> dict[str, str]:
        return {"canonical": self.canonical}  # what is computed on demand does not travel to other processes

    def __repr__(self) -> str:
        counts = [
            f"{n} {what if n != 1 else one}"
            for n, one, what in (
                (len(self.frames), "frame", "frames"),
                (len(self.entries), "entry", "entries"),
                (len(self.actors), "actor", "actors"),
            )
        ]
        return f"<Lexicon {self.id} {self.version}: {', '.join(counts)}>"

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><td><code>{html.escape(frame.path)}</code></td><td>{html.escape(frame.label)}</td>"
            f"<td>{len(frame.entries)}</td><td style='text-align:left'>{html.escape(frame.definition or '')}</td></tr>"
            for frame in self.frames.values()
        )
        title = html.escape(f"{self.id} {self.version} · {self.hash[:12]} · {len(self.actors)} actors")
        head = "<tr><th>frame</th><th>label</th><th>entries</th><th style='text-align:left'>definition</th></tr>"
        return f"<div><b>{title}</b><table>{head}{rows}</table></div>"


@cache
def shipped(name: str) -> Lexicon:
    """A lexicon of the package: always the same one, so that it is compiled once."""
    return Lexicon(_core.bundled_lexicon(name))


def read_text(path: Path) -> str:
    """The file's text; a byte order mark is dropped."""
    data = path.read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise LexiconError(f"the file is not UTF-8 (byte {data[error.start]:#04x}); save it as UTF-8", str(path), line) from None
