"""The lexicon matcher of DESIGN.md, written to be obviously right and allowed to be slow: the oracle for the fast one.

Only the specification was read to write it. It shares no code with the package; sentences are given by the caller.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from uniseg.wordbreak import words as segments

from naive_pattern import HYPHEN, SPACE, Line, Separator, Slot, parse

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

WHITE = "\t-\r \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000"
DASHES = "\\-‐‑‒–−﹣－"
APOSTROPHES = "'’‘ʼ＇"
INVISIBLE = re.compile("[\xad\u061c\u200c-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
JOINED = (Separator(HYPHEN),)
BROKEN_LINE = f"(?:\\r\\n|\\n|\\r)[{WHITE}]*"
SPACE_OR_HYPHEN = f"(?:[{WHITE}]+|[{DASHES}](?:{BROKEN_LINE})?)"


def spelling(word: str) -> str:
    """Composition, apostrophes and invisible characters folded; case kept."""
    seen = re.sub(f"[{APOSTROPHES}]", "'", INVISIBLE.sub("", word))
    return unicodedata.normalize("NFC", seen)


@lru_cache(maxsize=100_000)
def fold(word: str) -> str:
    """The form in which a word is compared."""
    return unicodedata.normalize("NFC", spelling(word).replace("İ", "i").casefold())


@dataclass(frozen=True)
class Form:
    """A word as a slot may see it: whole, or without its possessive ending."""

    text: str
    end: int


@dataclass(frozen=True)
class Word:
    """A word of the text; the stem, if there is one, comes first among its forms."""

    start: int
    end: int
    forms: tuple[Form, ...]


@dataclass(frozen=True, order=True)
class Reading:
    """One way to read a pattern at a place: words `first` to `last`, characters `start` to `end`."""

    first: int
    last: int
    start: int
    end: int
    gap_words: int

    @property
    def preference(self) -> tuple[int, int, int]:
        """The greater, the better: fewest gap words, most words, ends last."""
        return (-self.gap_words, self.last - self.first + 1, self.end)


@dataclass(frozen=True)
class Match:
    """An entry found; `words` are the words its span touches."""

    frame: str
    entry: str
    rank: int
    start: int
    end: int
    words: range


Hit = tuple[int, int, str, str]


class Document:
    """A text, its words and its sentences."""

    def __init__(self, text: str, sentences: Sequence[tuple[int, int]]) -> None:
        self.text = text
        self.words = words_of(text)
        self.sentence = [
            next((i for i, (start, end) in enumerate(sentences) if start <= word.start < end), -1) for word in self.words
        ]
        self.memory: dict[Any, Any] = {}

    def touched(self, start: int, end: int) -> range:
        """The words that share a character with a span."""
        found = [i for i, word in enumerate(self.words) if word.start < end and start < word.end]
        return range(found[0], found[-1] + 1) if found else range(0)

    def same_sentence(self, *words: int) -> bool:
        """Whether all these words stand in one sentence."""
        return len({self.sentence[word] for word in words}) == 1


@lru_cache(maxsize=100_000)
def words_of(text: str) -> tuple[Word, ...]:
    """UAX #29 segments that hold an alphanumeric character."""
    found: list[Word] = []
    start = 0
    for segment in segments(text):
        end = start + len(segment)
        if any(character.isalnum() for character in segment):
            forms = [Form(segment, end)]
            if len(fold(segment)) > len("'s") and fold(segment).endswith("'s"):
                cut = max(segment.rfind(apostrophe) for apostrophe in APOSTROPHES)
                forms.insert(0, Form(segment[:cut], start + cut))
            found.append(Word(start, end, tuple(forms)))
        start = end
    return tuple(found)


@lru_cache(maxsize=1_000_000)
def fits(slots: tuple[Slot, ...], text: str) -> bool:
    """Whether slots, with nothing between them, are together this one word."""
    if len({slot.exact for slot in slots}) == 1:
        seen = spelling(text) if slots[0].exact else fold(text)
        return re.fullmatch("".join(slot.expression for slot in slots), seen, re.DOTALL) is not None
    whole = spelling(text)
    return any(
        fits(slots[:1], whole[:cut])
        and fits(slots[1:], whole[cut:])
        and (exact_or_usual(slots[:1], whole[:cut]) and exact_or_usual(slots[1:], whole[cut:]))
        for cut in range(1, len(whole))
    )


def exact_or_usual(slots: tuple[Slot, ...], text: str) -> bool:
    """Beside an exact slot, a word is in small letters, in capitals, or has one capital: USled, USLED, USLed."""
    usual = {text.lower(), text.upper(), text[:1].upper() + text[1:].lower()}
    return len(slots) > 1 or slots[0].exact or slots[0].wild or text in usual


@lru_cache(maxsize=10_000)
def between(separators: tuple[Separator, ...]) -> re.Pattern[str]:
    """What may stand between two words in the place of these separators."""
    if not separators:
        return re.compile(f"[{WHITE}]*")
    if len(separators) == 1 and separators[0].kind in {SPACE, HYPHEN}:
        return re.compile(SPACE_OR_HYPHEN)
    signs = [sign(separator) for separator in separators if separator.kind != SPACE]
    return re.compile("".join(f"[{WHITE}]*{each}" for each in signs) + f"[{WHITE}]*")


@lru_cache(maxsize=10_000)
def around(separators: tuple[Separator, ...]) -> re.Pattern[str]:
    """What stands directly before the first slot, or after the last."""
    return re.compile("".join(map(sign, separators)))


def sign(separator: Separator) -> str:
    """Literal punctuation: itself, any apostrophe or any hyphen."""
    if separator.kind == HYPHEN:
        return f"[{DASHES}]"
    return f"[{APOSTROPHES}]" if separator.text in APOSTROPHES else re.escape(separator.text)


def readings(line: Line, document: Document, first: int) -> Iterator[Reading]:
    """Every reading of a line of slots that starts at word `first`."""
    start = document.words[first].start
    for end, last, gap_words in endings(line, document, 0, first):
        openings = range(start, -1, -1) if line.separators[0] else [start]
        before = around(line.separators[0])
        yield from (Reading(first, last, at, end, gap_words) for at in openings if before.fullmatch(document.text, at, start))


def endings(line: Line, document: Document, slot: int, word: int) -> Iterator[tuple[int, int, int]]:
    """End, last word and gap words of every way to read the slots from `slot` on, the first of them at `word`."""
    if word >= len(document.words):
        return
    for until in range(slot + 1, len(line.slots) + 1):
        if until - slot > 1 and line.separators[until - 1] != JOINED:
            return
        forms = [form for form in document.words[word].forms if fits(line.slots[slot:until], form.text)]
        if not forms:
            continue
        after = line.separators[until]
        if until == len(line.slots):
            if closing := around(after).match(document.text, forms[0].end):
                yield closing.end(), word, 0
        else:
            for following, skipped in next_words(after, [form.end for form in forms], document, word):
                rest = endings(line, document, until, following)
                yield from ((end, last, gap_words + skipped) for end, last, gap_words in rest)


def next_words(separators: tuple[Separator, ...], ends: list[int], document: Document, word: int) -> Iterator[tuple[int, int]]:
    """Where the next slot may stand after one that ended in `word`, and how many words are skipped."""
    gap = separators[0].gap if separators else None
    shortest, longest = gap or (0, 0)
    for skipped in range(shortest, longest + 1):
        following = word + 1 + skipped
        if following >= len(document.words):
            return
        start = document.words[following].start
        if gap:
            if document.same_sentence(word, following):
                yield following, skipped
        elif any(between(separators).fullmatch(document.text, end, start) for end in ends):
            yield following, skipped


@dataclass(frozen=True)
class Entry:
    """An entry of a frame, or an alias of an actor."""

    owner: str
    rank: int
    source: dict[str, Any] = field(hash=False)

    @property
    def written(self) -> str:
        """As it stands in the lexicon."""
        return str(self.source.get("pattern", self.source.get("regex")))

    @cached_property
    def lines(self) -> list[Line]:
        """The pattern without its alternatives: one line for each choice."""
        return parse(self.source["pattern"], self.source.get("case"), fold, spelling)


class Naive:
    """A lexicon (the mapping of its file), ready to search."""

    def __init__(self, lexicon: dict[str, Any]) -> None:
        self.entries: list[Entry] = []
        self.aliases: list[Entry] = []
        self.collect(lexicon["frames"], "")
        for name, actor in lexicon.get("actors", {}).items():
            self.aliases += [Entry(name, rank, as_mapping(alias)) for rank, alias in enumerate(actor["aliases"])]

    def collect(self, frames: dict[str, Any], parent: str) -> None:
        """Take the entries of frames and of the frames inside them."""
        for name, frame in frames.items():
            entries = frame.get("entries", [])
            self.entries += [Entry(parent + name, rank, as_mapping(entry)) for rank, entry in enumerate(entries)]
            self.collect(frame.get("frames", {}), f"{parent}{name}.")

    def find(self, text: str, sentences: Sequence[tuple[int, int]]) -> list[Match]:
        """Every match of every entry."""
        document = Document(text, sentences)
        return [match for entry in self.entries for match in self.matches(entry, document)]

    def matches(self, entry: Entry, document: Document) -> list[Match]:
        """At each start word the best of the readings that meet the entry's conditions."""
        if "regex" in entry.source:
            return list(self.regex_matches(entry, document))
        if ("entry", entry) not in document.memory:
            found = []
            for legal in self.legal_readings(entry, document):
                best = max(legal, key=lambda reading: reading.preference)
                words = range(best.first, best.last + 1)
                found.append(Match(entry.owner, entry.written, entry.rank, best.start, best.end, words))
            document.memory["entry", entry] = found
        return list(document.memory["entry", entry])

    def legal_readings(self, entry: Entry, document: Document) -> Iterator[list[Reading]]:
        """For each start word that has any: the readings that meet the entry's conditions."""
        for first in range(len(document.words)):
            possible = {reading for line in entry.lines for reading in readings(line, document, first)}
            legal = [reading for reading in possible if self.allowed(entry, reading, document)]
            if legal:
                yield legal

    def regex_matches(self, entry: Entry, document: Document) -> Iterator[Match]:
        """The matches of a regular expression that begin and end at word borders."""
        flags = re.RegexFlag(0) if entry.source.get("case") == "exact" else re.IGNORECASE
        for found in re.finditer(entry.source["regex"], document.text, flags):
            start, end = found.span()
            inside = any(word.start < at < word.end for word in document.words for at in (start, end))
            if not inside or entry.source.get("bounded") in {False, "false"}:
                touched = document.touched(start, end)
                match = Match(entry.owner, entry.written, entry.rank, start, end, touched)
                if not touched or self.allowed(entry, Reading(touched[0], touched[-1], start, end, 0), document):
                    yield match

    def allowed(self, entry: Entry, reading: Reading, document: Document) -> bool:
        """Whether a reading meets the conditions of its entry."""
        required = as_list(entry.source.get("require"))
        forbidden = as_list(entry.source.get("forbid"))
        return all(all(self.sides(context, reading, document)) for context in required) and not any(
            any(self.sides(context, reading, document)) for context in forbidden
        )

    def sides(self, context: dict[str, Any], reading: Reading, document: Document) -> Iterator[bool]:
        """For each of `any`, `before`, `after` that is given: whether one of its list stands there."""
        within = context.get("within", "sentence")
        reach = len(document.words) if within == "sentence" else int(within)
        for side in {"any", "before", "after"} & context.keys():
            yield any(
                document.same_sentence(reading.first, words[0], words[-1])
                and (
                    (side != "after" and 0 < reading.first - words[-1] <= reach)
                    or (side != "before" and 0 < words[0] - reading.last <= reach)
                )
                for item in context[side]
                for words in self.occurrences(item, document)
            )

    def referred_to(self, name: str) -> list[Entry]:
        """The aliases of an actor or of all, and the entries of a frame and of the frames inside it."""
        aliases = [alias for alias in self.aliases if name in {"actors", alias.owner}]
        return aliases + [entry for entry in self.entries if f"{entry.owner}.".startswith(f"{name}.")]

    def occurrences(self, item: str, document: Document) -> list[range]:
        """The words of each reading of a pattern or reference of a condition."""
        if ("item", item) not in document.memory:
            pattern = Entry("", 0, {"pattern": item})
            entries = self.referred_to(item.removeprefix("#")) if item.startswith("#") else [pattern]
            found = {words for entry in entries for words in self.words_read(entry, document) if words}
            document.memory["item", item] = sorted(found, key=lambda words: (words[0], words[-1]))
        return list(document.memory["item", item])

    def words_read(self, entry: Entry, document: Document) -> Iterator[range]:
        """The words of every legal reading of an entry."""
        if "regex" in entry.source:
            yield from (match.words for match in self.regex_matches(entry, document))
        else:
            for legal in self.legal_readings(entry, document):
                yield from (range(reading.first, reading.last + 1) for reading in legal)


def as_mapping(entry: str | dict[str, Any]) -> dict[str, Any]:
    """The long form of an entry."""
    return {"pattern": entry} if isinstance(entry, str) else entry


def as_list(contexts: dict[str, Any] | list[dict[str, Any]] | None) -> list[dict[str, Any]]:
    """The long form of `require` and `forbid`."""
    return contexts if isinstance(contexts, list) else [contexts] if contexts else []


def settle(matches: list[Match], overlap: str) -> list[Hit]:
    """What is left of all matches under an overlap setting, sorted."""
    kept = matches
    if overlap != "all":
        kept = [
            winner for frame in {match.frame for match in matches} for winner in winners([m for m in matches if m.frame == frame])
        ]
    if overlap == "lexicon":
        kept = [match for match in kept if not covered(match, kept)]
    return sorted((match.start, match.end, match.frame, match.entry) for match in kept)


def winners(matches: list[Match]) -> list[Match]:
    """Inside one frame: most words, then leftmost, then ends last, then written first; no word twice."""
    taken: set[int] = set()
    kept = []
    for match in sorted(matches, key=lambda match: (-len(match.words), match.start, -match.end, match.rank)):
        if taken.isdisjoint(match.words):
            taken |= set(match.words)
            kept.append(match)
    return kept


def covered(match: Match, others: list[Match]) -> bool:
    """Whether all words of this match are in matches of more words, or of as many further left."""

    def hides(other: Match) -> bool:
        more = len(other.words) - len(match.words)
        return more > 0 or (more == 0 and other.words[0] < match.words[0])

    return bool(match.words) and {word for other in others if hides(other) for word in other.words}.issuperset(match.words)
