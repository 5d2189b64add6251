"""Time against the size of the text, the number of entries, the number of threads and the density of hits; and memory.

    python benches/scaling.py CORPUS.parquet                  measures all and draws it: half an hour, 6 GB of memory
    python benches/scaling.py CORPUS.parquet --only entries   one curve; the others are kept
    python benches/scaling.py --small --out FOLDER            made-up text, two minutes
    python benches/scaling.py --draw                          the pictures anew, from what was measured

Points take turns, round by round; a point is measured for a quarter of a second at least. Time is user and system time, but for threads, where it is what the clock on the wall shows.
Figures go to `scaling.json` and pictures to the folder of `--out`, docs/images; tables of the figures are printed. Nothing is downloaded.
"""

from __future__ import annotations

import argparse
import bisect
import collections
import datetime as dt
import itertools
import json
import os
import platform
import random
import string
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
from corpus import DOCUMENT, FRAMES, WORD, Frequencies, Lexicon, add_corpus, by_frame, read_corpus
from drawing import draw, tables
from memory import memory

import framescope as fs

IMAGES = Path(__file__).parent.parent / "docs" / "images"
AT_LEAST = 0.25  # seconds


@dataclass
class Point:
    """One measurement of a curve."""

    series: str
    x: float
    megabytes: float
    job: Callable[[], Any]
    seconds: list[float] = field(default_factory=list)


@dataclass
class Scale:
    """How large it all is."""

    sizes: list[float]  # MB
    analyzed: float  # MB at most, where every hit is read in context
    one_document: float  # MB at most
    entries: list[int]
    text: float  # MB, for entries and density
    threads: list[int]


FULL = Scale([1, 4, 16, 64, 256, 1024, 2048], 256, 1024, [30, 100, 300, 1000, 3000, 10_000, 30_000, 100_000], 32, [1, 2])
SMALL = Scale([0.25, 1, 4], 1, 4, [30, 300, 3000], 2, [1, 2])


class Corpus:
    """Documents, as an Arrow column of any size."""

    def __init__(self, documents: list[str]) -> None:
        self.documents = documents
        self.column = pa.array(documents)
        self.bytes = sum(len(d.encode()) for d in documents)
        self.frequencies = Frequencies.of(documents[: 64_000_000 // DOCUMENT])

    def column_of(self, megabytes: float) -> tuple[pa.ChunkedArray, float]:
        """A column of about so many megabytes, and how many they are; the corpus, again and again, without a copy."""
        whole, rest = divmod(megabytes * 1e6, self.bytes)
        rows = round(len(self.documents) * rest / self.bytes)
        chunks = [self.column] * int(whole) + [self.column.slice(0, rows)] * (rows > 0)
        size = whole * self.bytes + sum(len(d.encode()) for d in self.documents[:rows])
        return pa.chunked_array(chunks, type=pa.string()), size / 1e6

    def one_document(self, megabytes: float) -> tuple[pa.Array, float]:
        """The same as a single document."""
        chunk = "\n".join(self.documents).encode()
        text = (chunk * (int(megabytes * 1e6 / len(chunk)) + 1))[: int(megabytes * 1e6)].decode(errors="ignore").encode()
        ends = pa.array([0, len(text)], pa.int32()).buffers()[1]
        return pa.StringArray.from_buffers(1, ends, pa.py_buffer(text)), len(text) / 1e6


def compiled(lexicon: Lexicon) -> fs.Lexicon:
    """As framescope reads it."""
    return fs.Lexicon.from_dict(lexicon.document())


def counting(texts: Any, lexicon: fs.Lexicon, threads: int = 1) -> Callable[[], Any]:
    """What is measured most."""
    return lambda: fs.count(texts, lexicon=lexicon, threads=threads, progress=False, keep_chrome=True)


def analysing(texts: Any, lexicon: fs.Lexicon | None = None, threads: int = 1) -> Callable[[], Any]:
    """The bundled lexicon where none is given."""
    given: Any = {} if lexicon is None else {"lexicon": lexicon}
    return lambda: fs.analyze(texts, threads=threads, progress=False, **given)


def by_size(corpus: Corpus, scale: Scale) -> Iterator[Point]:
    """The corpus cut short, or over and over."""
    few, many = (compiled(corpus.frequencies.lexicon(n)) for n in (300, max(scale.entries) // 2))
    for wanted in scale.sizes:
        texts, size = corpus.column_of(wanted)
        yield Point("fs.count, 300 entries", wanted, size, counting(texts, few))
        yield Point(f"fs.count, {max(scale.entries) // 2:,} entries", wanted, size, counting(texts, many))
        if wanted <= scale.analyzed:
            yield Point("fs.analyze, bundled lexicon", wanted, size, analysing(texts))
        if wanted <= scale.one_document:
            document, size = corpus.one_document(wanted)
            yield Point("fs.count, 300 entries, one document", wanted, size, counting(document, few))


def by_entries(corpus: Corpus, scale: Scale) -> Iterator[Point]:
    """Entries that all occur; and 300 that do, among others that do not."""
    texts, size = corpus.column_of(scale.text)
    few = corpus.frequencies.lexicon(300)
    words = {w for d in corpus.documents for w in WORD.findall(d.lower())}

    def strange(made: str) -> str:
        """No word of the texts."""
        return made if made not in words else f"{made}q"

    def like_words(head: str, tail: str) -> str:
        """The head of one word and the tail of another."""
        return strange(head[: len(head) // 2] + tail[len(tail) // 2 :])

    def any_letters(head: str, _tail: str) -> str:
        """As many letters as a word has, or the words of a phrase, drawn from all."""
        drawn = random.Random(head)
        return strange("".join(sign if sign == " " else drawn.choice(string.ascii_lowercase) for sign in head))

    for entries in scale.entries:
        lexicon = corpus.frequencies.lexicon(entries)
        yield Point("all occur", len(lexicon.entries()), size, counting(texts, compiled(lexicon)))
        if entries >= 300:
            for series, stranger in (
                ("300 occur, others begin as words do", like_words),
                ("300 occur, others are any letters", any_letters),
            ):
                joined = with_strangers(few, lexicon, stranger)
                yield Point(series, len(lexicon.entries()), size, counting(texts, compiled(joined)))


def with_strangers(known: Lexicon, more: Lexicon, stranger: Callable[[str, str], str]) -> Lexicon:
    """A lexicon, and about as many entries as another has more, each made of two of those."""

    def together(ours: list[list[str]], theirs: list[list[str]], end: str) -> list[list[str]]:
        out = []
        for own, frame in zip(ours, theirs, strict=True):
            others = [entry.removesuffix("*") for entry in frame[len(own) :]]
            out.append(list(dict.fromkeys(own + [stranger(a, b) + end for a, b in itertools.pairwise(others)])))
        return out

    return Lexicon(
        together(known.words, more.words, ""),
        together(known.phrases, more.phrases, ""),
        together(known.beginnings, more.beginnings, "q*"),
    )


def by_threads(corpus: Corpus, scale: Scale) -> Iterator[Point]:
    """The whole corpus; and as much in one document."""
    few, many = (compiled(corpus.frequencies.lexicon(n)) for n in (300, max(scale.entries) // 2))
    texts, size = corpus.column_of(corpus.bytes / 1e6)
    some, less = corpus.column_of(min(scale.analyzed / 4, size))
    document, length = corpus.one_document(size)
    for threads in scale.threads:
        yield Point("fs.count, 300 entries", threads, size, counting(texts, few, threads))
        yield Point(f"fs.count, {max(scale.entries) // 2:,} entries", threads, size, counting(texts, many, threads))
        yield Point("fs.analyze, bundled lexicon", threads, less, analysing(some, None, threads))
        yield Point("fs.count, 300 entries, one document", threads, length, counting(document, few, threads))


def by_density(corpus: Corpus, scale: Scale) -> Iterator[Point]:
    """300 words each: the most frequent ones, rarer ones, and so on."""
    texts, size = corpus.column_of(scale.text)
    some, less = corpus.column_of(scale.text / 8)
    words = collections.Counter(w for d in corpus.documents for w in WORD.findall(d.lower()) if w.isascii() and w.isalpha())
    ranked = words.most_common()
    reach = [0, *itertools.accumulate(n for _, n in ranked)]
    kilobytes = corpus.bytes / 1000
    density = [(reach[start + 300] - reach[start]) / kilobytes for start in range(len(ranked) - 300)]
    falling = [-d for d in density]
    starts = (bisect.bisect_left(falling, -wanted) for wanted in (200, 100, 30, 10, 3, 1, 0.3, 0.1, 0.03))
    for start in dict.fromkeys(min(start, len(density) - 1) for start in starts):
        lexicon = compiled(Lexicon(by_frame(w for w, _ in ranked[start : start + 300]), [[]] * FRAMES, [[]] * FRAMES))
        yield Point("fs.count", density[start], size, counting(texts, lexicon))
        yield Point("fs.analyze", density[start], less, analysing(some, lexicon))


CURVES = {"size": by_size, "entries": by_entries, "threads": by_threads, "density": by_density}


def measure(points: list[Point], rounds: int, clock: Callable[[], float]) -> None:
    """Seconds for a megabyte, by round."""
    for done in range(rounds + 1):  # the first is a rehearsal, in which lexicons are compiled
        for point in points:
            started, times = clock(), 0
            while clock() - started < (AT_LEAST if done else 0) or not times:
                point.job()
                times += 1
            if done:
                point.seconds.append((clock() - started) / times / point.megabytes)
        print(".", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)


def machine() -> str:
    """What figures were measured on."""
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines() if Path("/proc/cpuinfo").exists() else []
    name = next((line.partition(": ")[2] for line in lines if line.startswith("model name")), platform.processor())
    system = f"{platform.system()}, Python {platform.python_version()}"
    return f"{os.cpu_count()} cores of {name}, {system}, framescope {fs.__version__}"


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_corpus(parser, 1e6)
    parser.add_argument("--small", action="store_true", help="a few megabytes, two rounds")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", nargs="+", default=[*CURVES, "memory"], choices=[*CURVES, "memory"])
    parser.add_argument("--out", type=Path, default=IMAGES, help="folder of figures and pictures")
    parser.add_argument("--draw", action="store_true", help="measure nothing")
    parser.add_argument("--kind", default="svg", choices=["svg", "png"], help="of picture")
    options = parser.parse_args()
    scale, rounds = (SMALL, 2) if options.small else (FULL, options.rounds)
    options.out.mkdir(parents=True, exist_ok=True)
    record = options.out / "scaling.json"
    known = json.loads(record.read_text(encoding="utf-8")) if record.exists() else {}
    if not options.draw:
        corpus = Corpus(read_corpus(options.corpus, options.column, scale.text if options.small else options.mb))
        for name in options.only:
            print(f"{name} ", end="", file=sys.stderr, flush=True)
            found = (
                memory(corpus.column, corpus.frequencies.lexicon(300), scale.analyzed)
                if name == "memory"
                else curve(name, corpus, scale, rounds)
            )
            known[name] = {"date": f"{dt.datetime.now(dt.timezone.utc):%Y-%m-%d}", "machine": machine(), **found}
            record.write_text(json.dumps(known) + "\n", encoding="utf-8")
    print(tables(known))
    draw(known, options.out, options.kind)


def curve(name: str, corpus: Corpus, scale: Scale, rounds: int) -> dict[str, Any]:
    """The points of a curve, measured."""
    points = list(CURVES[name](corpus, scale))
    measure(points, rounds, time.perf_counter if name == "threads" else time.process_time)
    series: dict[str, list[dict[str, Any]]] = {}
    for point in points:
        entry = {"x": point.x, "megabytes": point.megabytes, "seconds_per_mb": [float(f"{s:.4g}") for s in point.seconds]}
        series.setdefault(point.series, []).append(entry)
    return {"rounds": rounds, "series": series}


if __name__ == "__main__":
    main()
