"""framescope and its peers on the same work: whole words, in any case, documents × frames.

    python benches/peers.py CORPUS.parquet --mb 16 --entries 300 5000 50000 --rounds 5

The corpus is a Parquet file with a column of text; it is cut into documents of some 3,500 characters. The lexicons are made of its own words, with a fixed seed: 60 % words, 25 %
phrases of two words, 15 % beginnings (`democra*`), in twelve frames. Every peer that is installed gets a process of its own, in which it counts on one thread; they take turns, round
by round, so that all feel the same neighbours on the machine. Time is user and system time of the process. A slow peer counts only as many documents as it can in some seconds.

Printed are MB of text a second (lowest, median, highest), how often framescope is faster (median of the ratios of each round), how far the counts agree with framescope's, and the
peak memory of the process. Nothing is downloaded: `pip install -r benches/requirements.txt` brings the peers.
"""

from __future__ import annotations

import argparse
import collections
import importlib
import itertools
import multiprocessing
import random
import re
import statistics
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

FRAMES = 12
DOCUMENT = 3500
WORD = re.compile(r"\w+")


@dataclass
class Lexicon:
    """Entries by frame."""

    words: list[list[str]]
    phrases: list[list[str]]
    beginnings: list[list[str]]

    def entries(self) -> list[tuple[int, str]]:
        """Frame and entry; a beginning ends with an asterisk."""
        kinds = (self.words, self.phrases, [[b + "*" for b in frame] for frame in self.beginnings])
        return [(i, entry) for kind in kinds for i, frame in enumerate(kind) for entry in frame]


def read_corpus(path: str, column: str, megabytes: float) -> list[str]:
    """Documents of some 3,500 characters, together so many megabytes."""
    import pyarrow.parquet as pq

    documents: list[str] = []
    size = 0
    for text in pq.read_table(path, columns=[column])[column].to_pylist():
        for start in range(0, len(text or ""), DOCUMENT):
            documents.append(text[start : start + DOCUMENT])
            size += len(documents[-1].encode())
            if size >= megabytes * 1e6:
                return documents
    return documents


def make_lexicon(documents: list[str], entries: int) -> Lexicon:
    """Entries that occur in the corpus, chosen with a fixed seed."""
    words: collections.Counter[str] = collections.Counter()
    pairs: collections.Counter[str] = collections.Counter()
    for text in documents[::2]:
        found = [w for w in WORD.findall(text.lower()) if w.isascii() and w.isalpha()]
        words.update(found)
        pairs.update(f"{a} {b}" for a, b in itertools.pairwise(found) if len(a) > 3 and len(b) > 3)
    chosen = random.Random(entries)
    pool = [w for w, _ in words.most_common()[60 : max(3000, entries * 4)] if len(w) > 3]
    phrases = [p for p, _ in pairs.most_common(entries * 2)]

    def by_frame(found: list[str]) -> list[list[str]]:
        return [found[i::FRAMES] for i in range(FRAMES)]

    long = sorted({w[: chosen.randint(5, 8)] for w in pool if len(w) > 6})
    return Lexicon(
        by_frame(chosen.sample(pool, min(len(pool), entries * 60 // 100))),
        by_frame(chosen.sample(phrases, min(len(phrases), entries * 25 // 100))),
        by_frame(chosen.sample(long, min(len(long), entries * 15 // 100))),
    )


def boundaries(text: str, start: int, end: int, *, open_end: bool) -> bool:
    """Whether whole words begin and end here."""
    before = start == 0 or not (text[start - 1].isalnum() or text[start - 1] == "_")
    after = open_end or end == len(text) or not (text[end].isalnum() or text[end] == "_")
    return before and after


class Peer:
    """Counts the entries of a lexicon."""

    module: str

    def prepare(self, documents: list[str]) -> Any:
        """What it likes best to be given."""
        return documents

    def count(self, documents: Any) -> np.ndarray:
        """Documents × frames."""
        out = np.zeros((len(documents), FRAMES), int)
        for row, text in zip(out, documents, strict=True):
            self.read(text, row)
        return out

    def read(self, text: Any, row: np.ndarray) -> None:
        """Adds what one document holds to its row."""
        raise NotImplementedError


class Framescope(Peer):
    """The package itself, from an Arrow column."""

    module = "framescope"

    def __init__(self, lexicon: Lexicon) -> None:
        import framescope as fs

        frames = {f"f{i}": {"entries": []} for i in range(FRAMES)}
        for frame, entry in lexicon.entries():
            frames[f"f{frame}"]["entries"].append(entry)
        self.lexicon = fs.Lexicon.from_dict({"framescope": 1, "id": "bench", "version": 1, "overlap": "all", "frames": frames})

    def prepare(self, documents: list[str]) -> Any:
        import pyarrow as pa

        return pa.array(documents)

    def count(self, documents: Any) -> np.ndarray:
        import framescope as fs

        table = fs.count(documents, lexicon=self.lexicon, threads=1, progress=False, keep_chrome=True)
        return np.stack([np.asarray(table[f"f{i}"]) for i in range(FRAMES)], axis=1)


class FramescopeList(Framescope):
    """The same, from a list of strings."""

    def prepare(self, documents: list[str]) -> Any:
        return documents


class Hyperscan(Peer):
    """Expressions with word boundaries."""

    module = "hyperscan"

    def __init__(self, lexicon: Lexicon) -> None:
        import hyperscan

        entries = lexicon.entries()
        if len(entries) > 10_000:
            raise ValueError("does not finish building")
        self.frames = [frame for frame, _ in entries]
        expressions = [
            rb"\b"
            + (re.escape(e[:-1]).encode() + rb"\w*" if e.endswith("*") else re.escape(e).replace(r"\ ", r"\s+").encode())
            + rb"\b"
            for _, e in entries
        ]
        self.database = hyperscan.Database()
        flags = [hyperscan.HS_FLAG_CASELESS] * len(entries)
        self.database.compile(expressions=expressions, ids=list(range(len(entries))), elements=len(entries), flags=flags)

    def prepare(self, documents: list[str]) -> Any:
        return [d.encode() for d in documents]

    def read(self, text: Any, row: np.ndarray) -> None:
        ends: set[tuple[int, int]] = set()
        self.database.scan(text, match_event_handler=lambda i, _start, end, _flags, found: found.add((i, end)), context=ends)
        for i, end in ends:
            # A beginning matches at each letter that follows; the last counts.
            if (i, end + 1) not in ends:
                row[self.frames[i]] += 1


class Ahocorasick(Peer):
    """An automaton over lower-case text, borders checked in Python."""

    module = "ahocorasick_rs"

    def __init__(self, lexicon: Lexicon) -> None:
        self.entries = lexicon.entries()
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


class Dictionary(Peer):
    """A Python dictionary of words and pairs of words."""

    module = "re"

    def __init__(self, lexicon: Lexicon) -> None:
        self.exact: dict[str, list[int]] = collections.defaultdict(list)
        self.beginnings: dict[str, list[int]] = collections.defaultdict(list)
        for frame, entry in lexicon.entries():
            (self.beginnings if entry.endswith("*") else self.exact)[entry.rstrip("*")].append(frame)
        self.lengths = sorted({len(b) for b in self.beginnings})

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
                    for frame in self.beginnings.get(word[:n], ()):
                        row[frame] += 1
            before, end = word, match.end()


class Flashtext(Peer):
    """Key words; the longest at a place, no beginnings."""

    module = "flashtext"

    def __init__(self, lexicon: Lexicon) -> None:
        from flashtext import KeywordProcessor

        self.processor = KeywordProcessor()
        for frame, entry in lexicon.entries():
            if not entry.endswith("*"):
                self.processor.add_keyword(entry, (frame,))

    def read(self, text: Any, row: np.ndarray) -> None:
        for (frame,) in self.processor.extract_keywords(text):
            row[frame] += 1


class Spacy(Peer):
    """A blank tokenizer and PhraseMatcher; no beginnings."""

    module = "spacy"

    def __init__(self, lexicon: Lexicon) -> None:
        import spacy
        from spacy.matcher import PhraseMatcher

        self.tokenize = spacy.blank("en")
        self.matcher = PhraseMatcher(self.tokenize.vocab, attr="LOWER")
        for frame in range(FRAMES):
            entries = [self.tokenize.make_doc(e) for f, e in lexicon.entries() if f == frame and not e.endswith("*")]
            self.matcher.add(str(frame), entries)

    def read(self, text: Any, row: np.ndarray) -> None:
        for key, _, _ in self.matcher(self.tokenize.make_doc(text)):
            row[int(self.tokenize.vocab.strings[key])] += 1


class Vectorizer(Peer):
    """scikit-learn's CountVectorizer with words and pairs as its vocabulary; no beginnings."""

    module = "sklearn"

    def __init__(self, lexicon: Lexicon) -> None:
        from sklearn.feature_extraction.text import CountVectorizer

        entries = [(f, e) for f, e in lexicon.entries() if not e.endswith("*")]
        vocabulary = {e: i for i, e in enumerate(dict.fromkeys(e for _, e in entries))}
        self.frames = np.zeros((len(vocabulary), FRAMES), int)
        for frame, entry in entries:
            self.frames[vocabulary[entry], frame] += 1
        self.vectorizer = CountVectorizer(vocabulary=vocabulary, ngram_range=(1, 2), token_pattern=WORD.pattern)

    def count(self, documents: Any) -> np.ndarray:
        return self.vectorizer.transform(documents) @ self.frames


class Polars(Peer):
    """`find_many` on lower-case text, borders checked in Python."""

    module = "polars"

    def __init__(self, lexicon: Lexicon) -> None:
        self.entries = lexicon.entries()
        if len(self.entries) > 1000:
            raise ValueError("takes minutes")
        self.patterns = [e.rstrip("*") for _, e in self.entries]

    def prepare(self, documents: list[str]) -> Any:
        import polars as pl

        return pl.Series("text", documents)

    def count(self, documents: Any) -> np.ndarray:
        small = documents.str.to_lowercase()
        out = np.zeros((len(small), FRAMES), int)
        for frame in range(FRAMES):
            own = [p for p, (f, _) in zip(self.patterns, self.entries, strict=True) if f == frame]
            out[:, frame] = small.str.find_many(own, overlapping=True).list.len().to_numpy()
        return out


PEERS: dict[str, tuple[type, str]] = {
    "framescope (Arrow)": (Framescope, "the reference"),
    "framescope (list)": (FramescopeList, "the reference"),
    "hyperscan": (Hyperscan, "\\b of ASCII"),
    "ahocorasick_rs": (Ahocorasick, "one blank between words"),
    "pyahocorasick": (PyAhocorasick, "one blank between words"),
    "polars find_many": (Polars, "no borders of words"),
    "dict of words": (Dictionary, ""),
    "flashtext": (Flashtext, "no beginnings, no overlaps"),
    "scikit-learn": (Vectorizer, "no beginnings"),
    "spaCy PhraseMatcher": (Spacy, "no beginnings"),
}


def peak_memory() -> float:
    """Of this process, in megabytes; not a number where the system does not tell."""
    try:
        lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    except OSError:
        return float("nan")
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), float("nan"))


def work(name: str, lexicon: Lexicon, documents: list[str], seconds: float, pipe: Any) -> None:
    """Counts whenever it is told to, and says how long that took."""
    try:
        started = time.process_time()
        peer = PEERS[name][0](lexicon)
        built = time.process_time() - started
        sample = documents[: max(1, len(documents) // 50)]
        prepared = peer.prepare(sample)
        started = time.process_time()
        peer.count(prepared)
        rate = len(sample) / max(time.process_time() - started, 1e-9)
        documents = documents[: max(len(sample), min(len(documents), int(rate * seconds)))]
        prepared = peer.prepare(documents)
        size = sum(len(d.encode()) for d in documents) / 1e6
        pipe.send((built, len(documents)))
        while pipe.recv():
            started = time.process_time()
            counts = peer.count(prepared)
            taken = time.process_time() - started
            pipe.send((size / taken, np.asarray(counts).sum(axis=1), peak_memory()))
    except Exception as error:  # noqa: BLE001 what a peer cannot do is part of the table
        pipe.send(f"{type(error).__name__}: {error}")


def compare(lexicon: Lexicon, documents: list[str], names: list[str], rounds: int, seconds: float) -> None:
    """Prints a row for each peer."""
    context = multiprocessing.get_context("spawn")
    running = {}
    for name in names:
        ours, theirs = context.Pipe()
        process = context.Process(target=work, args=(name, lexicon, documents, seconds, theirs), daemon=True)
        process.start()
        answer = ours.recv()
        if isinstance(answer, str):
            print(f"{name:22} {answer}")
            continue
        running[name] = (ours, process, *answer)
    rates: dict[str, list[float]] = {name: [] for name in running}
    last: dict[str, tuple[np.ndarray, float]] = {}
    for _ in range(rounds):
        for name, (pipe, *_) in running.items():
            pipe.send(True)
            rate, counts, peak = pipe.recv()
            rates[name].append(rate)
            last[name] = (counts, peak)
    print(
        f"{'':22} {'build s':>8} {'MB/s: lowest':>13} {'median':>8} {'highest':>8} {'framescope is':>14} {'agrees':>8} {'peak MB':>8}"
    )
    reference = next(iter(running))
    for name, (pipe, process, built, _) in running.items():
        counts, peak = last[name]
        wanted = last[reference][0][: len(counts)]
        off = np.abs(counts[: len(wanted)] - wanted).sum() / max(wanted.sum(), 1)
        ratio = statistics.median(a / b for a, b in zip(rates[reference], rates[name], strict=True))
        low, middle, high = min(rates[name]), statistics.median(rates[name]), max(rates[name])
        note = PEERS[name][1]
        print(f"{name:22} {built:8.2f} {low:13.1f} {middle:8.1f} {high:8.1f} {ratio:12.1f} x {1 - off:8.2%} {peak:8.0f}  {note}")
        pipe.send(False)
        process.join(5)


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", help="a Parquet file")
    parser.add_argument("--column", default="text")
    parser.add_argument("--mb", type=float, default=16, help="how much of it, in megabytes")
    parser.add_argument("--entries", type=int, nargs="+", default=[300, 5000, 50000])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=2, help="how long a peer may take for a round")
    parser.add_argument("--only", nargs="+", default=list(PEERS), choices=list(PEERS))
    options = parser.parse_args()
    names = ["framescope (Arrow)"] + [n for n in options.only if n != "framescope (Arrow)"]
    missing = [n for n in names if not is_installed(PEERS[n][0].module)]
    if missing:
        print("not installed:", ", ".join(missing), file=sys.stderr)
    documents = read_corpus(options.corpus, options.column, options.mb)
    for entries in options.entries:
        lexicon = make_lexicon(documents, entries)
        print(
            f"\n{len(lexicon.entries()):,} entries, {len(documents):,} documents, {sum(map(len, documents)) / 1e6:.1f} million characters"
        )
        compare(lexicon, documents, [n for n in names if n not in missing], options.rounds, options.seconds)


def is_installed(module: str) -> bool:
    """Whether a module can be imported."""
    try:
        importlib.import_module(module)
    except ImportError:
        return False
    return True


if __name__ == "__main__":
    main()
