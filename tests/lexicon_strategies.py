"""Random lexicons and texts for hypothesis: the whole entry language over few words, for many matches and collisions.

Left out, because the specification is silent there: a lone `*` beside a hyphen, `?` in words that fold to more letters,
wildcards beside an inner full stop or apostrophe or in Chinese, and invisible characters at the edge of a word.
"""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from plain_english import inflections

ASCII_WORDS = ["a", "ab", "b", "c", "abc", "ba", "East", "US", "us", "G7", "U.S", "3.5", "don't", "b's"]
ASCII_WORDS += ["multi", "vector", "multivector"]
OTHER_WORDS = ["ədalət", "Россия", "İstanbul", "STRASSE", "straße", "café", "cafe\u0301"]
OTHER_WORDS += ["don’t", "b’s", "a\xadb", "mul\xadti", "北京", "京"]
SPELLINGS = [["İstanbul", "istanbul", "ISTANBUL"], ["café", "cafe\u0301", "CAFE\u0301", "cafe"]]
SPELLINGS += [["straße", "STRASSE", "strasse"], ["a\xadb", "ab"], ["mul\xadti", "multi"]]
SPELLINGS += [["don't", "don’t"], ["b's", "b’s"]]
REGULAR = ["bridge", "card", "ally", "stop"]
SHORT = ["a", "b", "ab", "c"]

ASCII_BETWEEN = [" "] * 20 + ["-", "-", "-", "\n", "\n\n", "  ", "\t", " - ", "--", "-\n", "- \n", "", "'s ", "'s ", "' ", "'s-"]
ASCII_BETWEEN += [", ", ", ", ". ", ". ", ".", "! ", "? ", "/", "&", ",", " & ", "*", "!", ' "', '" ', " (", ") ", "... "]
ASCII_BETWEEN += [" #", " #", " #", "++ ", "++ ", "? ", "-\r\n", "-\n  ", "- "]
OTHER_BETWEEN = ["‑", "–", "−", "－", "—", "\xa0", "\u2009", " 🙂 "]
OTHER_BETWEEN += ["’s ", "’s ", "’ ", "ʼs ", " “", "” ", "… ", "’s, ", "", "", " ’", " ‘"]
NEAR = [" "] * 8 + ["-"] * 4 + [" <0-1> ", " <0-3> ", " <1-2> ", " <2-2> ", "&", "/", ", ", " & ", " '", r"\*"]
KINDS = ["upper", "prefix", "suffix", "middle", "one", "one more", "any", "forms", "forms", "forms"]
DIGITS = "".join(chr(0x4E00 + number) for number in range(120))


@st.composite
def vocabularies(draw: st.DrawFn) -> tuple[list[str], list[str]]:
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
    return words, words * 8 + forms + cased + others * 2 + joined + draw(st.lists(st.sampled_from(pool), max_size=3))


@st.composite
def slots(draw: st.DrawFn, words: list[str], *, beside_hyphen: bool = False) -> str:
    """One slot: a word as it is, in capitals, with wildcards, inflected, or any word."""
    word = draw(st.sampled_from(words))
    kind = draw(st.sampled_from(["plain"] * 6 + KINDS))
    if "京" in word:
        return word
    inner = word.isalnum() and word.casefold() == word.lower() and "ss" not in word.casefold()
    place = draw(st.integers(0, len(word) - 1)) if kind == "one" else 0
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


@st.composite
def sequences(draw: st.DrawFn, words: list[str], longest: int, depth: int) -> str:
    """Slots or alternatives, and separators between them."""
    length = min(longest, draw(st.sampled_from([1, 2, 2, 3])))
    between = [draw(st.sampled_from(NEAR)) for _ in range(length - 1)]
    parts = []
    for place in range(length):
        hyphen = "-" in between[max(0, place - 1) : place + 1] or depth > 0
        if depth < 2 and draw(st.integers(0, 4)) == 4:
            choices = draw(st.lists(sequences(words, 2, depth + 1), min_size=2, max_size=3, unique=True))
            inflected = all(choice in REGULAR for choice in choices)
            parts.append("(" + "|".join(choices) + (")~" if inflected else ")"))
        else:
            parts.append(draw(slots(words, beside_hyphen=hyphen)))
    return "".join(part + after for part, after in zip(parts, [*between, ""], strict=True))


@st.composite
def patterns(draw: st.DrawFn, words: list[str], longest: int = 3) -> str:
    """A pattern, seldom with punctuation before its first slot or after its last."""
    pattern = draw(sequences(words, longest, 0))
    around = draw(st.sampled_from([("", "")] * 12 + [("#", ""), ("-", ""), ("", "-"), ("", "++"), ("", "'"), ("", r"\?")]))
    return pattern.join(around)


@st.composite
def contexts(draw: st.DrawFn, words: list[str], references: list[str]) -> dict[str, Any]:
    """One context of `require` or `forbid`."""
    sides = draw(st.sampled_from([["any"], ["any"], ["before"], ["after"], ["before", "after"], ["any", "after"]]))
    hashtag = patterns(words, 2).map(lambda pattern: "\\" + pattern if pattern.startswith("#") else pattern)
    item = st.one_of(slots(words), hashtag, st.sampled_from(references))
    context: dict[str, Any] = {side: draw(st.lists(item, min_size=1, max_size=2, unique=True)) for side in sides}
    within = draw(st.sampled_from([None, "sentence", 1, 2, 3, 5]))
    return context if within is None else {**context, "within": within}


@st.composite
def entries(draw: st.DrawFn, words: list[str], references: list[str]) -> str | dict[str, Any]:
    """An entry, short or long."""
    pattern = draw(patterns(words))
    entry: dict[str, Any] = {"pattern": pattern}
    if draw(st.integers(0, 5)) == 0:
        entry["case"] = draw(st.sampled_from(["exact", "fold"]))
    condition = contexts(words, references)
    for key in draw(st.sampled_from([[], [], [], [], ["require"], ["forbid"], ["require", "forbid"]])):
        entry[key] = draw(st.one_of(condition, condition, st.lists(condition, min_size=1, max_size=2)))
    return pattern if len(entry) == 1 else entry


def frames_of(words: list[str], references: list[str]) -> st.SearchStrategy[list[str | dict[str, Any]]]:
    """The entries of one frame, no pattern twice."""

    def pattern_of(entry: str | dict[str, Any]) -> str:
        return entry if isinstance(entry, str) else str(entry["pattern"])

    return st.lists(entries(words, references), min_size=1, max_size=3, unique_by=pattern_of)


@st.composite
def lexicons(draw: st.DrawFn, words: list[str]) -> dict[str, Any]:
    """Frames f, g, h and h.k, each referring to later ones only; actors x and y."""
    actors = ["#actors", "#x", "#y"]
    frames = {
        "f": {"entries": draw(frames_of(words, [*actors, "#g", "#h", "#h.k"]))},
        "g": {"entries": draw(frames_of(words, [*actors, "#h", "#h.k"]))},
        "h": {"entries": draw(frames_of(words, actors)), "frames": {"k": {"entries": draw(frames_of(words, actors))}}},
    }
    aliases = draw(st.permutations(words))
    kinds = {name: {"label": name, "type": "country", "aliases": [alias]} for name, alias in zip("xy", aliases, strict=False)}
    return {"framescope": 1, "id": "t", "version": "1", "frames": frames, "actors": kinds}


def texts(words: list[str], *, ascii_only: bool) -> st.SearchStrategy[str]:
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
