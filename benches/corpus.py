"""The text that is measured on, and lexicons made of its own words.

    python benches/corpus.py CORPUS.parquet FOLDER --mb 16      what `FRAMESCOPE_BENCH=FOLDER cargo bench` reads

A corpus is a Parquet file with a column of text, cut into documents of some 3,500 characters. A lexicon is drawn with a fixed seed: 60 % words, 25 % phrases of two words, 15 %
beginnings (`democra*`), in twelve frames, all of which occur in the text. Where no corpus is given, one is made up, of pseudo-words.
"""

from __future__ import annotations

import argparse
import collections
import itertools
import json
import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FRAMES = 12
DOCUMENT = 3500
WORD = re.compile(r"\w+")
MADE_UP = "made-up text"
BORDER = "\0"  # between documents, in a folder for Rust


@dataclass
class Lexicon:
    """Entries by frame; a beginning ends with an asterisk."""

    words: list[list[str]]
    phrases: list[list[str]]
    beginnings: list[list[str]]

    def entries(self, *, beginnings: bool = True) -> list[tuple[int, str]]:
        """Frame and entry."""
        kinds = [self.words, self.phrases, *([self.beginnings] if beginnings else [])]
        return [(i, entry) for kind in kinds for i, frame in enumerate(kind) for entry in frame]

    def document(self, *, beginnings: bool = True) -> dict[str, Any]:
        """As framescope's format wants it."""
        frames: dict[str, dict[str, list[str]]] = {f"f{i}": {"entries": []} for i in range(FRAMES)}
        for frame, entry in self.entries(beginnings=beginnings):
            frames[f"f{frame}"]["entries"].append(entry)
        return {"framescope": 1, "id": "bench", "version": "1", "overlap": "all", "frames": frames}


def read_corpus(path: str, column: str, megabytes: float) -> list[str]:
    """Documents of some 3,500 characters, together so many megabytes."""
    documents: list[str] = []
    size = 0
    if path == MADE_UP:
        megabytes = min(megabytes, 64)
    for text in made_up() if path == MADE_UP else column_of(path, column):
        for start in range(0, len(text or ""), DOCUMENT):
            documents.append(text[start : start + DOCUMENT])
            size += len(documents[-1].encode())
            if size >= megabytes * 1e6:
                return documents
    return documents


def column_of(path: str, column: str) -> Iterator[str]:
    """The texts of a Parquet file."""
    import pyarrow.parquet as pq

    for batch in pq.ParquetFile(path).iter_batches(columns=[column]):
        yield from batch.column(0).to_pylist()


def made_up() -> Iterator[str]:
    """Pseudo-words by Zipf's law, without an end: for machines without a corpus, and no measure of anything but itself."""
    chance = random.Random(4)
    words = []
    for rank in range(30_000):
        length = 2 + min(9, len(f"{rank:b}") // 2) + chance.randint(0, 2) if rank > 150 else chance.randint(1, 4)
        words.append("".join(chance.choice("bcdfghlmnprstvw" if i % 2 else "aeiou") for i in range(length)))
    weights = list(itertools.accumulate(1 / (rank + 3) for rank in range(len(words))))
    while True:
        drawn = chance.choices(words, cum_weights=weights, k=5000)
        yield " ".join(" ".join(drawn[i : i + 20]).capitalize() + "." for i in range(0, len(drawn), 20))


@dataclass
class Frequencies:
    """Words, and pairs of longer words, the most frequent first."""

    words: list[tuple[str, int]]
    pairs: list[tuple[str, int]]

    @classmethod
    def of(cls, documents: list[str]) -> Frequencies:
        """Of every other document."""
        words: collections.Counter[str] = collections.Counter()
        pairs: collections.Counter[str] = collections.Counter()
        for text in documents[::2]:
            found = [w for w in WORD.findall(text.lower()) if w.isascii() and w.isalpha()]
            words.update(found)
            pairs.update(f"{a} {b}" for a, b in itertools.pairwise(found) if len(a) > 3 and len(b) > 3)
        return cls(words.most_common(), pairs.most_common(200_000))

    def lexicon(self, entries: int) -> Lexicon:
        """So many entries that occur, chosen with a fixed seed; more phrases where the text has too few words."""
        chosen = random.Random(entries)
        pool = [w for w, _ in self.words[60 : max(3000, entries * 4)] if len(w) > 3]
        long = sorted({w[: chosen.randint(5, 8)] + "*" for w in pool if len(w) > 6})
        words = chosen.sample(pool, min(len(pool), entries * 60 // 100))
        beginnings = chosen.sample(long, min(len(long), entries * 15 // 100))
        pairs = [p for p, _ in self.pairs[: entries * 2]]
        phrases = chosen.sample(pairs, min(len(pairs), entries - len(words) - len(beginnings)))
        return Lexicon(by_frame(words), by_frame(phrases), by_frame(beginnings))


def by_frame(found: Iterable[str]) -> list[list[str]]:
    """Dealt out like cards."""
    found = list(found)
    return [found[i::FRAMES] for i in range(FRAMES)]


def write(documents: list[str], sizes: list[int], folder: Path) -> None:
    """`texts.txt` and a lexicon for each size, as benches/input/mod.rs reads them."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "texts.txt").write_text(BORDER.join(d.replace(BORDER, " ") for d in documents), encoding="utf-8", newline="")
    frequencies = Frequencies.of(documents)
    for entries in sizes:
        lexicon = frequencies.lexicon(entries).document()
        (folder / f"{entries}.json").write_text(json.dumps(lexicon, ensure_ascii=False), encoding="utf-8")


def add_corpus(parser: argparse.ArgumentParser, megabytes: float) -> None:
    """The options that all benches share."""
    parser.add_argument("corpus", nargs="?", default=MADE_UP, help="a Parquet file; made-up text where there is none")
    parser.add_argument("--column", default="text", help="its column of texts")
    parser.add_argument("--mb", type=float, default=megabytes, help="how much of it, in megabytes")


def main() -> None:
    """Writes a folder for the benches in Rust."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_corpus(parser, 16)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--entries", type=int, nargs="+", default=[300, 5000, 50000])
    options = parser.parse_args()
    write(read_corpus(options.corpus, options.column, options.mb), options.entries, options.folder)


if __name__ == "__main__":
    main()
