"""The entry language for the naive matcher: a pattern is parsed to a tree, the tree is written out as lines."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from uniseg.wordbreak import words as segments

from plain_english import inflections

SPACE, HYPHEN, PUNCTUATION, GAP = "space", "hyphen", "punctuation", "gap"
LETTERS_OF_AN_ACRONYM = 2

Fold = Callable[[str], str]


class PatternError(ValueError):
    """A pattern that is none; the naive matcher only has to refuse, not to explain."""


@dataclass(frozen=True, eq=False)
class Slot:
    """Matches one word: an expression over its spelling (`exact`) or over its folded form. `wild` has `*` or `?`."""

    expression: str
    exact: bool
    wild: bool


@dataclass(frozen=True)
class Separator:
    """What stands between two slots, before the first or after the last."""

    kind: str
    text: str = ""
    gap: tuple[int, int] | None = None


@dataclass(frozen=True)
class Alternatives:
    """`(a|b)`: one of several sequences."""

    choices: tuple[Sequence, ...]


@dataclass(frozen=True)
class Sequence:
    """Slots, separators and alternatives in the order of the pattern."""

    items: tuple[Slot | Separator | Alternatives, ...]


@dataclass(frozen=True)
class Line:
    """A pattern without alternatives. `separators[i]` stands before `slots[i]`, the last one after the last slot."""

    slots: tuple[Slot, ...]
    separators: tuple[tuple[Separator, ...], ...]


@dataclass(frozen=True)
class Symbol:
    """A character of a pattern: itself (`plain`), or a sign of the language."""

    text: str
    plain: bool
    gap: tuple[int, int] | None = None


@lru_cache(maxsize=100_000)
def parse(pattern: str, case: str | None, fold: Fold, spelling: Fold) -> list[Line]:
    """All lines of a pattern. `case` is the entry's own setting; `fold` and `spelling` are the two forms of a word."""
    parser = Parser(inflected_one_by_one(symbols(pattern)), case, fold, spelling)
    sequence = parser.sequence()
    if parser.rest:
        raise PatternError(pattern)
    return [as_line(items) for items in written_out(sequence)]


def symbols(pattern: str) -> list[Symbol]:
    """Escapes and gaps resolved."""
    found = []
    for part in re.finditer(r"\\(.)|\s*<(\d+)-(\d+)>\s*|(.)", pattern, re.DOTALL):
        escaped, shortest, longest, character = part.groups()
        if escaped:
            found.append(Symbol(escaped, plain=True))
        elif shortest:
            found.append(Symbol("<>", plain=False, gap=(int(shortest), int(longest))))
        else:
            found.append(Symbol(character, plain=character not in "*?~()|<>\\"))
    return found


def inflected_one_by_one(pattern: list[Symbol]) -> list[Symbol]:
    """`(a|b)~` written as `(a~|b~)`, from the outermost alternatives inwards."""
    tilde, closed = Symbol("~", plain=False), Symbol(")", plain=False)
    found = list(pattern)
    while (place := next((at for at in range(1, len(found)) if found[at - 1 : at + 1] == [closed, tilde]), None)) is not None:
        del found[place]
        depth = 0
        for at in reversed(range(place)):
            sign = "" if found[at].plain else found[at].text
            depth += (sign == ")") - (sign == "(")
            if depth == 0:
                break
            if (sign == "|" and depth == 1) or at == place - 1:
                found.insert(at, tilde)
    return found


class Parser:
    """Recursive descent: sequence = (run | group | gap)*; group = "(" sequence ("|" sequence)* ")"."""

    def __init__(self, rest: list[Symbol], case: str | None, fold: Fold, spelling: Fold) -> None:
        self.rest = rest
        self.case = case
        self.fold = fold
        self.spelling = spelling

    def at(self, *signs: str) -> bool:
        """Whether the next symbol is one of these signs."""
        return bool(self.rest) and not self.rest[0].plain and self.rest[0].text in signs

    def sequence(self) -> Sequence:
        """Up to the end of the pattern, of a group or of a choice."""
        items: list[Slot | Separator | Alternatives] = []
        while self.rest and not self.at("|", ")"):
            if self.at("("):
                items.append(self.group())
            elif self.at("<>"):
                items.append(Separator(GAP, gap=self.rest.pop(0).gap))
            else:
                items += self.run()
        if not items:
            raise PatternError
        return Sequence(tuple(items))

    def group(self) -> Alternatives:
        """`(a|b)`."""
        choices = []
        while self.at("(", "|"):
            self.rest.pop(0)
            choices.append(without_edges(self.sequence()))
        if not self.at(")"):
            raise PatternError
        self.rest.pop(0)
        return Alternatives(tuple(choices))

    def run(self) -> list[Slot | Separator]:
        """Words and what is between them, up to the next sign that is no wildcard; a `~` belongs to the last word."""
        taken: list[Symbol] = []
        while self.rest and (self.rest[0].plain or self.at("*", "?")):
            taken.append(self.rest.pop(0))
        inflected = self.at("~")
        if inflected:
            self.rest.pop(0)
        if not taken:
            raise PatternError
        items: list[Slot | Separator] = []
        start = 0
        for segment in segments("".join(symbol.text if symbol.plain else "x" for symbol in taken)):
            part = taken[start : start + len(segment)]
            start += len(segment)
            if any(character.isalnum() for character in segment):
                items.append(self.slot(part, inflected=inflected and start == len(taken)))
            elif segment.isspace():
                items.append(Separator(SPACE))
            elif segment in "-‐‑‒–−﹣－":
                items.append(Separator(HYPHEN))
            else:
                items += [Separator(PUNCTUATION, character) for character in segment]
        if inflected and (not isinstance(items[-1], Slot) or items[-1].wild):
            raise PatternError
        return items

    def slot(self, part: list[Symbol], *, inflected: bool) -> Slot:
        """One word of the pattern."""
        letters = [symbol.text for symbol in part if symbol.plain and symbol.text.isalpha()]
        capitals = len(letters) >= LETTERS_OF_AN_ACRONYM and all(letter.isupper() for letter in letters)
        exact = {"exact": True, "fold": False, None: capitals}[self.case]
        form = self.spelling if exact else self.fold
        literally = all(symbol.plain for symbol in part)
        if inflected and literally:
            word = form("".join(symbol.text for symbol in part))
            return Slot("(?:" + "|".join(map(re.escape, inflections(word))) + ")", exact, wild=False)
        wild = {"*": ".*", "?": "."}
        expression = literal = ""
        for symbol in part:
            literal += symbol.text if symbol.plain else ""
            if not symbol.plain:
                expression += re.escape(form(literal)) + wild[symbol.text]
                literal = ""
        expression += re.escape(form(literal))
        return Slot(expression, exact, wild=not literally)


def without_edges(sequence: Sequence) -> Sequence:
    """Spaces at the edges of a choice are layout."""
    items = list(sequence.items)
    while items and items[0] == Separator(SPACE):
        items.pop(0)
    while items and items[-1] == Separator(SPACE):
        items.pop()
    return Sequence(tuple(items))


def written_out(sequence: Sequence) -> list[list[Slot | Separator]]:
    """Every choice of alternatives, as a plain list."""
    choices = [
        [line for choice in item.choices for line in written_out(choice)] if isinstance(item, Alternatives) else [[item]]
        for item in sequence.items
    ]
    return [[item for part in parts for item in part] for parts in product(*choices)]


def as_line(items: list[Slot | Separator]) -> Line:
    """Slots, and the separators around them; the full stop that ends an abbreviation is left out."""
    slots: list[Slot] = []
    separators: list[list[Separator]] = [[]]
    for item in items:
        if isinstance(item, Separator):
            separators[-1].append(item)
        else:
            slots.append(item)
            separators.append([])
    if not slots:
        raise PatternError
    separators[0] = [separator for separator in separators[0] if separator.kind != SPACE]
    separators[-1] = [separator for separator in separators[-1] if separator.kind != SPACE]
    if separators[-1] == [Separator(PUNCTUATION, ".")] and "\\." in slots[-1].expression:
        separators[-1] = []
    return Line(tuple(slots), tuple(map(tuple, separators)))
