"""framescope's peers behind one door: built from a lexicon, given documents, they count documents × frames."""

from __future__ import annotations

import collections
import re
from typing import Any

import numpy as np
from corpus import FRAMES, WORD, Lexicon
from peer import (
    Framescope,
    FramescopeAnalyze,
    FramescopeChrome,
    FramescopeList,
    FramescopePandas,
    FramescopePolars,
    FramescopeStances,
    Peer,
)
from quanteda import Quanteda, QuantedaPointers


class Hyperscan(Peer):
    """Expressions with word boundaries."""

    module = "hyperscan"
    agrees = 0.97
    why = r"“good-will” is no “good will” to it; \b and \w know ASCII alone"

    def __init__(self, lexicon: Lexicon) -> None:
        import hyperscan

        super().__init__(lexicon)
        if len(self.entries) > 10_000:
            raise ValueError("does not finish building")
        self.frames = [frame for frame, _ in self.entries]
        expressions = [
            rb"\b"
            + (re.escape(e[:-1]).encode() + rb"\w*" if e.endswith("*") else re.escape(e).replace(r"\ ", r"\s+").encode())
            + rb"\b"
            for _, e in self.entries
        ]
        self.database = hyperscan.Database()
        flags = [hyperscan.HS_FLAG_CASELESS] * len(expressions)
        self.database.compile(expressions=expressions, ids=list(range(len(expressions))), elements=len(expressions), flags=flags)

    def prepare(self, documents: list[str]) -> Any:
        return [d.encode() for d in documents]

    def read(self, text: Any, row: np.ndarray) -> None:
        ends: set[tuple[int, int]] = set()

        def note(i: int, _start: int, end: int, _flags: int, _context: Any) -> None:
            ends.add((i, end))

        self.database.scan(text, match_event_handler=note)
        for i, end in ends:
            # A beginning matches at each letter that follows; the last counts.
            if (i, end + 1) not in ends:
                row[self.frames[i]] += 1


def boundaries(text: str, start: int, end: int, *, open_end: bool) -> bool:
    """Whether whole words begin and end here."""
    before = start == 0 or not (text[start - 1].isalnum() or text[start - 1] == "_")
    after = open_end or end == len(text) or not (text[end].isalnum() or text[end] == "_")
    return before and after


class Ahocorasick(Peer):
    """An automaton over lower-case text, borders checked in Python."""

    module = "ahocorasick_rs"
    agrees = 0.97
    why = "one blank stands between the words of a phrase: no line break, no hyphen"

    def __init__(self, lexicon: Lexicon) -> None:
        super().__init__(lexicon)
        self.open = [e.endswith("*") for _, e in self.entries]
        self.automaton = self.build([e.rstrip("*") for _, e in self.entries])

    def build(self, patterns: list[str]) -> Any:
        import ahocorasick_rs

        return ahocorasick_rs.AhoCorasick(patterns)

    def found(self, text: str) -> list[tuple[int, int, int]]:
        return self.automaton.find_matches_as_indexes(text, overlapping=True)

    def read(self, text: Any, row: np.ndarray) -> None:
        small = text.lower()
        for i, start, end in self.found(small):
            if boundaries(small, start, end, open_end=self.open[i]):
                row[self.entries[i][0]] += 1


class PyAhocorasick(Ahocorasick):
    """The same with pyahocorasick."""

    module = "ahocorasick"

    def build(self, patterns: list[str]) -> Any:
        import ahocorasick

        automaton = ahocorasick.Automaton()
        same = collections.defaultdict(list)
        for i, pattern in enumerate(patterns):
            same[pattern].append(i)
        for pattern, ids in same.items():
            automaton.add_word(pattern, (ids, len(pattern)))
        automaton.make_automaton()
        return automaton

    def found(self, text: str) -> list[tuple[int, int, int]]:
        return [(i, end + 1 - n, end + 1) for end, (ids, n) in self.automaton.iter(text) for i in ids]


class Polars(Peer):
    """`find_many` on lower-case text in which all that is no word is one blank: borders are blanks of the pattern."""

    module = "polars"
    agrees = 0.95
    why = "marks between the words of a phrase are a blank to it"

    def __init__(self, lexicon: Lexicon) -> None:
        super().__init__(lexicon)
        if len(self.entries) > 1000:
            raise ValueError("takes minutes")
        written = [(frame, f" {e[:-1]}" if e.endswith("*") else f" {e} ") for frame, e in self.entries]
        self.patterns = [[e for f, e in written if f == frame] for frame in range(FRAMES)]

    def prepare(self, documents: list[str]) -> Any:
        import polars as pl

        return pl.Series("text", documents)

    def count(self, documents: Any) -> Any:
        small = " " + documents.str.to_lowercase().str.replace_all(r"\W+", " ") + " "
        found = [small.str.find_many(own, overlapping=True).list.len().to_numpy() for own in self.patterns]
        return np.stack(found, axis=1)


class Dictionary(Peer):
    """A Python dictionary of words and pairs of words."""

    module = "re"
    agrees = 0.97
    why = "“good-will” is no “good will” to it"

    def __init__(self, lexicon: Lexicon) -> None:
        super().__init__(lexicon)
        self.exact: dict[str, list[int]] = collections.defaultdict(list)
        self.open: dict[str, list[int]] = collections.defaultdict(list)
        for frame, entry in self.entries:
            (self.open if entry.endswith("*") else self.exact)[entry.rstrip("*")].append(frame)
        self.lengths = sorted({len(b) for b in self.open})

    def read(self, text: Any, row: np.ndarray) -> None:
        small = text.lower()
        before, end = "", -2
        for match in WORD.finditer(small):
            word = match[0]
            joined = f"{before} {word}" if small[end : match.start()].isspace() else ""
            for frame in self.exact.get(word, ()):
                row[frame] += 1
            for frame in self.exact.get(joined, ()):
                row[frame] += 1
            for n in self.lengths:
                if n <= len(word):
                    for frame in self.open.get(word[:n], ()):
                        row[frame] += 1
            before, end = word, match.end()


class Flashtext(Peer):
    """Key words by a trie in Python."""

    module = "flashtext"
    beginnings = False
    agrees = 0.7
    why = "the longest at a place wins over all it overlaps; an entry of two frames counts in one; borders of ASCII"

    def __init__(self, lexicon: Lexicon) -> None:
        from flashtext import KeywordProcessor

        super().__init__(lexicon)
        self.processor = KeywordProcessor()
        for frame, entry in self.entries:
            self.processor.add_keyword(entry, (frame,))

    def read(self, text: Any, row: np.ndarray) -> None:
        for (frame,) in self.processor.extract_keywords(text):
            row[frame] += 1


class Spacy(Peer):
    """A blank tokenizer and PhraseMatcher."""

    module = "spacy"
    beginnings = False
    agrees = 0.95
    why = "its words are other words: line breaks are tokens, and dashes stay inside"

    def __init__(self, lexicon: Lexicon) -> None:
        import spacy
        from spacy.matcher import PhraseMatcher

        super().__init__(lexicon)
        self.tokenize = spacy.blank("en")
        self.matcher = PhraseMatcher(self.tokenize.vocab, attr="LOWER")
        for frame in range(FRAMES):
            self.matcher.add(str(frame), [self.tokenize.make_doc(e) for f, e in self.entries if f == frame])

    def read(self, text: Any, row: np.ndarray) -> None:
        for key, _, _ in self.matcher(self.tokenize.make_doc(text)):
            row[int(self.tokenize.vocab.strings[key])] += 1


class Vectorizer(Peer):
    """scikit-learn's CountVectorizer with words and pairs as its vocabulary."""

    module = "sklearn"
    beginnings = False
    agrees = 0.95
    why = "marks may stand between the words of a phrase"

    def __init__(self, lexicon: Lexicon) -> None:
        from sklearn.feature_extraction.text import CountVectorizer

        super().__init__(lexicon)
        vocabulary = {e: i for i, e in enumerate(dict.fromkeys(e for _, e in self.entries))}
        self.frames = np.zeros((len(vocabulary), FRAMES), int)
        for frame, entry in self.entries:
            self.frames[vocabulary[entry], frame] += 1
        self.vectorizer = CountVectorizer(vocabulary=vocabulary, ngram_range=(1, 2), token_pattern=WORD.pattern)

    def count(self, documents: Any) -> Any:
        return self.vectorizer.transform(documents) @ self.frames


class Vader(Peer):
    """Its own job: how positive a text is as a whole."""

    module = "vaderSentiment.vaderSentiment"
    agrees = None
    why = "one mood for a text, of nobody and toward nobody"

    def __init__(self, lexicon: Lexicon) -> None:
        from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

        del lexicon
        self.analyzer = SentimentIntensityAnalyzer()

    def count(self, documents: Any) -> Any:
        return [self.analyzer.polarity_scores(text)["compound"] for text in documents]


# The first of each is what the others are held against.
COUNTING: dict[str, type[Peer]] = {
    "framescope (Arrow)": Framescope,
    "framescope (without site chrome)": FramescopeChrome,
    "framescope (polars)": FramescopePolars,
    "framescope (pandas)": FramescopePandas,
    "framescope (list)": FramescopeList,
    "hyperscan": Hyperscan,
    "ahocorasick_rs": Ahocorasick,
    "pyahocorasick": PyAhocorasick,
    "polars find_many": Polars,
    "dict of words": Dictionary,
    "flashtext": Flashtext,
    "scikit-learn": Vectorizer,
    "spaCy PhraseMatcher": Spacy,
    "quanteda": Quanteda,
    "quanteda (fastest)": QuantedaPointers,
}
STANCE: dict[str, type[Peer]] = {"fs.analyze": FramescopeAnalyze, "result.stances": FramescopeStances, "VADER": Vader}
