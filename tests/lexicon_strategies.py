"""Random lexicons and texts for hypothesis: the whole entry language over few words, for many matches and collisions.

Strategies are kept (`lru_cache`), since hypothesis checks each new one at length.

Left out, because the specification is silent there: a lone `*` beside a hyphen, `?` in words that fold to more letters,
wildcards beside an inner full stop or apostrophe or in Chinese, and invisible characters at the edge of a word.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from hypothesis import strategies as st

from plain_english import inflections

ASCII_WORDS = ["a", "ab", "b", "c", "abc", "ba", "East", "US", "US", "US", "us", "G7", "U.S", "3.5", "don't", "b's"]
ASCII_WORDS += ["multi", "vector", "multivector"]
OTHER_WORDS = ["ədalət", "Россия", "İstanbul", "STRASSE", "straße", "café", "cafe\u0301"]
OTHER_WORDS += ["don’t", "b’s", "a\xadb", "mul\xadti", "北京", "北京", "北京", "京"]
SPELLINGS = [["İstanbul", "istanbul", "ISTANBUL"], ["café", "cafe\u0301", "CAFE\u0301", "cafe"]]
SPELLINGS += [["straße", "STRASSE", "strasse"], ["a\xadb", "ab"], ["mul\xadti", "multi"]]
SPELLINGS += [["don't", "don’t"], ["b's", "b’s"], ["北京", "北 京", "北\n京", "北-京"]]
REGULAR = ["bridge", "card", "ally", "stop"]
SHORT = ["a", "b", "ab", "c"]

ASCII_BETWEEN = [" "] * 20 + ["-", "-", "-", "\n", "\n\n", "  ", "\t", " - ", "--", "-\n", "- \n", "", "'s ", "'s ", "' ", "'s-"]
ASCII_BETWEEN += [", ", ", ", ". ", ". ", ".", "! ", "? ", "/", "&", ",", " & ", "*", "!", ' "', '" ', " (", ") ", "... "]
ASCII_BETWEEN += [" #", " #", " #", "++ ", "++ ", "? ", "-\r\n", "-\n  ", "- "]
OTHER_BETWEEN = ["‑", "–", "−", "－", "—", "\xa0", "\u2009", " 🙂 "]
OTHER_BETWEEN += ["’s ", "’s ", "’ ", "ʼs ", " “", "” ", "… ", "’s, ", "", "", " ’", " ‘"]
NEAR = [" "] * 8 + ["-"] * 4 + [" <0-1> ", " <0-3> ", " <1-2> ", " <2-2> ", "&", "/", ", ", " & ", " '", r"\*"]
KINDS = ["upper", "prefix", "suffix", "middle", "one", "one more", "any", "forms", "forms", "forms"]
KIND = st.sampled_from(["plain"] * 6 + KINDS)
LENGTH = st.sampled_from([1, 2, 2, 3])
SEPARATOR = st.sampled_from(NEAR)
AROUND = st.sampled_from([("", "")] * 12 + [("#", ""), ("-", ""), ("", "-"), ("", "++"), ("", "'"), ("", r"\?")])
SIDES = st.sampled_from([["any"], ["any"], ["before"], ["after"], ["before", "after"], ["any", "after"]])
WITHIN = st.sampled_from([None, "sentence", 1, 2, 3, 5])
CONDITIONS = st.sampled_from([[], [], [], [], ["require"], ["forbid"], ["require", "forbid"]])
CASE = st.sampled_from([None] * 5 + ["exact", "fold"])
ALTERNATIVES = st.sampled_from([False] * 4 + [True])
PLACE = st.integers(0, 9)
DIGITS = "".join(chr(0x4E00 + number) for number in range(120))

Words = tuple[str, ...]
one_of_words = lru_cache(maxsize=200)(st.sampled_from)


@st.composite
def vocabularies(draw: st.DrawFn) -> tuple[Words, list[str]]:
    """The few words of one example: those of its patterns, and those of its texts."""
    pool = ASCII_WORDS + REGULAR + (OTHER_WORDS + REGULAR if draw(st.booleans()) else [])
    drawn = draw(st.lists(st.sampled_from(pool), min_size=1, max_size=3, unique=True))
    words = drawn + draw(
        st.lists(st.sampled_from(SHORT), min_size=1, max_size=2, unique=True).filter(lambda short: short != drawn)
    )
    words = list(dict.fromkeys(words))
    forms = [form for word in words if word in REGULAR for form in inflections(word)]
    cased = [changed for word in words for changed in (word.upper(), word.capitalize())]
    others = [other for group in SPELLINGS for other in group if not set(group).isdisjoint(words)]
    joined = [left + right for left in words[:3] for right in words[:3]]
    return tuple(words), words * 8 + forms + cased + others * 2 + joined + draw(st.lists(st.sampled_from(pool), max_size=3))


@lru_cache(maxsize=200)
@st.composite
def slots(draw: st.DrawFn, words: Words, *, beside_hyphen: bool = False) -> str:
    """One slot: a word as it is, in capitals, with wildcards, inflected, or any word."""
    word = draw(one_of_words(words))
    kind = draw(KIND)
    if "京" in word:
        return word
    inner = word.isalnum() and word.casefold() == word.lower() and "ss" not in word.casefold()
    place = draw(PLACE) % len(word) if kind == "one" else 0
    changed = {
        "upper": word.upper(),
        "prefix": (word[:1] if inner else word) + "*",
        "suffix": "*" + (word[-1:] if inner else word),
        "middle": word[0] + "*" + word[-1] if inner and len(word) > 1 else word,
        "one": word[:place] + "?" + word[place + 1 :] if inner and len(word) > 1 else word,
        "one more": word + "?" if inner else word,
        "forms": word + "~" if word in REGULAR else word,
        "any": word if beside_hyphen else "*",
    }
    return changed.get(kind, word)


@lru_cache(maxsize=200)
@st.composite
def sequences(draw: st.DrawFn, words: Words, longest: int, depth: int) -> str:
    """Slots or alternatives, and separators between them."""
    length = min(longest, draw(LENGTH))
    between = [draw(SEPARATOR) for _ in range(length - 1)]
    parts = []
    for place in range(length):
        hyphen = "-" in between[max(0, place - 1) : place + 1] or depth > 0
        if depth < 2 and draw(ALTERNATIVES):
            choices = draw(several(sequences(words, 2, depth + 1), 2, 3))
            parts.append("(" + "|".join(choices) + ")")
        elif not set(REGULAR).isdisjoint(words) and draw(ALTERNATIVES):
            parts.append("(" + "|".join(draw(several(one_of_words(tuple(REGULAR)), 2, 3))) + ")~")
        else:
            parts.append(draw(slots(words, beside_hyphen=hyphen)))
    return "".join(part + after for part, after in zip(parts, [*between, ""], strict=True))


@lru_cache(maxsize=200)
@st.composite
def patterns(draw: st.DrawFn, words: Words, longest: int = 3) -> str:
    """A pattern, seldom with punctuation before its first slot or after its last."""
    pattern = draw(sequences(words, longest, 0))
    return pattern.join(draw(AROUND))


@lru_cache(maxsize=200)
def items(words: Words, references: Words) -> st.SearchStrategy[str]:
    """A pattern of a context (its hashtag escaped), or a reference."""
    hashtag = patterns(words, 2).map(lambda pattern: "\\" + pattern if pattern.startswith("#") else pattern)
    return st.one_of(slots(words), hashtag, one_of_words(references))


@lru_cache(maxsize=500)
def several(item: st.SearchStrategy[str], fewest: int, most: int) -> st.SearchStrategy[list[str]]:
    """Different ones."""
    return st.lists(item, min_size=fewest, max_size=most, unique=True)


@lru_cache(maxsize=200)
def conditions(words: Words, references: Words) -> st.SearchStrategy[Any]:
    """One context, or a list of them."""
    condition = contexts(words, references)
    return st.one_of(condition, condition, st.lists(condition, min_size=1, max_size=2))


@lru_cache(maxsize=200)
@st.composite
def contexts(draw: st.DrawFn, words: Words, references: Words) -> dict[str, Any]:
    """One context of `require` or `forbid`."""
    context: dict[str, Any] = {side: draw(several(items(words, references), 1, 2)) for side in draw(SIDES)}
    within = draw(WITHIN)
    return context if within is None else {**context, "within": within}


@lru_cache(maxsize=200)
@st.composite
def entries(draw: st.DrawFn, words: Words, references: Words) -> str | dict[str, Any]:
    """An entry, short or long."""
    pattern = draw(patterns(words))
    entry: dict[str, Any] = {"pattern": pattern}
    if case := draw(CASE):
        entry["case"] = case
    for key in draw(CONDITIONS):
        entry[key] = draw(conditions(words, references))
    return pattern if len(entry) == 1 else entry


def frames_of(words: Words, references: Words) -> st.SearchStrategy[list[str | dict[str, Any]]]:
    """The entries of one frame, no pattern twice."""

    def pattern_of(entry: str | dict[str, Any]) -> str:
        return entry if isinstance(entry, str) else str(entry["pattern"])

    return st.lists(entries(words, references), min_size=1, max_size=3, unique_by=pattern_of)


@st.composite
def lexicons(draw: st.DrawFn, words: Words) -> dict[str, Any]:
    """Frames f, g, h and h.k, each referring to later ones only; actors x and y."""
    actors = ("#actors", "#x", "#y")
    frames = {
        "f": {"entries": draw(frames_of(words, (*actors, "#g", "#h", "#h.k")))},
        "g": {"entries": draw(frames_of(words, (*actors, "#h", "#h.k")))},
        "h": {"entries": draw(frames_of(words, actors)), "frames": {"k": {"entries": draw(frames_of(words, actors))}}},
    }
    aliases = draw(st.permutations(words))
    kinds = {name: {"label": name, "type": "country", "aliases": [alias]} for name, alias in zip("xy", aliases, strict=False)}
    return {"framescope": 1, "id": "t", "version": "1", "frames": frames, "actors": kinds}


def texts(words: Words, *, ascii_only: bool) -> st.SearchStrategy[str]:
    """Words and what stands between them, each drawn by one character of a string: quick, and easy to shrink."""
    between = ASCII_BETWEEN if ascii_only else ASCII_BETWEEN + OTHER_BETWEEN

    def spelled(digits: str) -> str:
        numbers = [ord(digit) - ord(DIGITS[0]) for digit in digits]
        return "".join(
            (between if place % 2 else words)[number % len(between if place % 2 else words)]
            for place, number in enumerate(numbers)
        )

    return st.text(DIGITS, min_size=7, max_size=25).map(spelled)


@st.composite
def corpora(draw: st.DrawFn, documents: int) -> tuple[dict[str, Any], list[str]]:
    """A lexicon, and texts of its words: some of ASCII only."""
    words, spellings = draw(vocabularies())
    lexicon = draw(lexicons(words))
    plain = [word for word in spellings if word.isascii()]
    half = documents // 2
    return lexicon, [
        *draw(st.lists(texts(plain, ascii_only=True), min_size=half, max_size=half)),
        *draw(st.lists(texts(spellings, ascii_only=False), min_size=documents - half, max_size=documents - half)),
    ]
