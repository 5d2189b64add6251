"""framescope and its peers on the same work: whole words, in any case, documents × frames; and stance beside VADER.

    python benches/peers.py CORPUS.parquet --mb 16 --entries 300 5000 50000 --rounds 5

Every peer that is installed gets a process of its own, in which it works on one thread; they take turns, round by round, so that all feel the same neighbours on the machine. Time is
user and system time of the process. A slow peer counts only as many documents as it can in some seconds, a quick one the same documents several times a round.

Printed are MB of text a second, how many times as fast framescope is in the same round, how far the counts are framescope's (1 − Σ|a − b| / Σb, by document and frame; peers without
beginnings of words are held against a lexicon without them), and the peak memory of the process. Less agreement than a peer is known to have ends the run with status 1.

Nothing is downloaded: `pip install -r benches/requirements.txt` brings the peers, but for quanteda, which is asked where `Rscript` has it.
"""

from __future__ import annotations

import argparse
import statistics
import sys
from dataclasses import dataclass

import numpy as np
from adapters import COUNTING, STANCE
from corpus import Frequencies, Lexicon, add_corpus, read_corpus
from measuring import Measured, measure
from peer import Framescope, Peer

HEAD = [
    "",
    "MB/s",
    "lowest",
    "highest",
    "framescope is × as fast",
    "lowest",
    "highest",
    "build s",
    "peak MB",
    "agrees",
    "because",
]


@dataclass
class Row:
    """What is printed of a peer."""

    measured: Measured | str  # or what it failed at
    ratios: list[float]  # how many times as fast framescope is, by round
    agrees: float | None
    why: str

    def cells(self) -> list[str]:
        """All of it."""
        if isinstance(self.measured, str):
            return [*[""] * (len(HEAD) - 2), self.measured]
        end = [f"{self.measured.build:.2f}", f"{self.measured.peak:,.0f}", share(self.agrees), self.why]
        return [*spread(self.measured.rates), *spread(self.ratios), *end]

    def summary(self) -> list[str]:
        """Speed and ratio."""
        if isinstance(self.measured, str):
            return ["–", self.measured]
        ratio, low, high = spread(self.ratios)
        return [spread(self.measured.rates)[0], f"{ratio} ({low} to {high})"]


def together(sizes: dict[int, dict[str, Row]]) -> str:
    """A table of all sizes: speed and ratio for each, the lowest agreement and the highest peak of memory."""
    head = [
        "",
        *(cell for entries in sizes for cell in (f"{entries:,}: MB/s", "framescope is × as fast")),
        "agrees",
        "peak MB",
        "because",
    ]
    lines = [head]
    for name in next(iter(sizes.values())):
        rows = [rows[name] for rows in sizes.values()]
        agrees = min((row.agrees for row in rows if row.agrees is not None), default=None)
        peak = max((row.measured.peak for row in rows if not isinstance(row.measured, str)), default=0)
        cells = [cell for row in rows for cell in row.summary()]
        lines.append([name, *cells, share(agrees), f"{peak:,.0f}", next((row.why for row in rows if row.why), "")])
    return table(lines)


def share(agrees: float | None) -> str:
    """Per cent."""
    return "" if agrees is None else f"{agrees:.2%}"


def spread(values: list[float]) -> list[str]:
    """Median, lowest, highest, with three digits."""
    three = statistics.median(values), min(values), max(values)
    return [f"{value:,.{0 if value >= 100 else 1 if value >= 10 else 2}f}" for value in three]


def table(rows: list[list[str]]) -> str:
    """In Markdown, aligned."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ["| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |" for row in rows]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(lines)


def agreement(name: str, measured: Measured, lexicon: Lexicon, documents: list[str]) -> float | None:
    """How far the counts of a peer are those of framescope; none for work of another kind."""
    if measured.counts is None:
        return None
    known = lexicon if COUNTING[name].beginnings else Lexicon(lexicon.words, lexicon.phrases, [])
    reference = Framescope(known)
    wanted = reference.counts(reference.count(documents[: measured.documents]))
    return 1 - np.abs(measured.counts - wanted).sum() / max(wanted.sum(), 1)


def compare(peers: dict[str, type[Peer]], lexicon: Lexicon, documents: list[str], rounds: int, seconds: float) -> dict[str, Row]:
    """Prints a table."""
    rows: dict[str, Row] = {}
    reference: list[float] = []
    for name, measured in measure(list(peers), lexicon, documents, rounds, seconds):
        if isinstance(measured, str):
            rows[name] = Row(measured, [], None, "")
            continue
        reference = reference or measured.rates
        ratios = [ours / theirs for ours, theirs in zip(reference, measured.rates, strict=True)]
        rows[name] = Row(measured, ratios, agreement(name, measured, lexicon, documents), peers[name].why)
    rows = {name: rows[name] for name in peers}
    print(table([HEAD, *([name, *row.cells()] for name, row in rows.items())]), flush=True)
    return rows


def wrong_of(rows: dict[str, Row]) -> list[str]:
    """What agrees less than it should."""
    least = {name: peer.agrees for name, peer in COUNTING.items()}
    return [
        f"{name} agrees in {share(row.agrees)} of its counts; {wanted:.0%} and more are known of it"
        for name, row in rows.items()
        if row.agrees is not None and (wanted := least[name]) and row.agrees < wanted
    ]


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_corpus(parser, 16)
    parser.add_argument("--entries", type=int, nargs="+", default=[300, 5000, 50000])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=2, help="how long a peer may take for a round")
    parser.add_argument("--only", nargs="+", default=[*COUNTING, *STANCE], choices=[*COUNTING, *STANCE], metavar="PEER")
    options = parser.parse_args()
    documents = read_corpus(options.corpus, options.column, options.mb)
    size = sum(len(d.encode()) for d in documents) / 1e6
    print(f"{options.corpus}: {len(documents):,} documents, {size:.1f} MB; one thread, CPU time, {options.rounds} rounds")
    wrong, all_rows = [], {}
    if counting := present(COUNTING, options.only):
        frequencies = Frequencies.of(documents)
        for entries in options.entries:
            lexicon = frequencies.lexicon(entries)
            print(f"\nCounting {len(lexicon.entries()):,} entries\n")
            all_rows[entries] = compare(counting, lexicon, documents, options.rounds, options.seconds)
            wrong += wrong_of(all_rows[entries])
        if len(all_rows) > 1:
            print("\nTogether: median ratio (lowest to highest); the lowest agreement, the highest peak\n")
            print(together(all_rows))
    if stance := present(STANCE, options.only):
        print("\nContext and stance, with the bundled lexicon; framescope is fs.analyze\n")
        compare(stance, Lexicon([], [], []), documents, options.rounds, options.seconds)
    sys.exit("\n".join(wrong) or None)


def present(group: dict[str, type[Peer]], asked: list[str]) -> dict[str, type[Peer]]:
    """What was asked for and is installed, after the first of its group, which the others are held against."""
    names = [name for name in group if name in asked]
    missing = {name: what for name in names if (what := group[name].missing())}
    for name, what in missing.items():
        print(f"{name} is left out: {what} is not installed", file=sys.stderr)
    return {name: group[name] for name in dict.fromkeys([next(iter(group)), *names]) if names and name not in missing}


if __name__ == "__main__":
    main()
