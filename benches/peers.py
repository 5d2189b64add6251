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

import numpy as np
from adapters import COUNTING, STANCE
from corpus import Lexicon, add_corpus, make_lexicon, read_corpus
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


def agreement(name: str, measured: Measured, lexicon: Lexicon, documents: list[str]) -> float:
    """How far the counts of a peer are those of framescope."""
    assert measured.counts is not None
    known = lexicon if COUNTING[name].beginnings else Lexicon(lexicon.words, lexicon.phrases, [])
    reference = Framescope(known)
    wanted = reference.counts(reference.count(documents[: measured.documents]))
    return 1 - np.abs(measured.counts - wanted).sum() / max(wanted.sum(), 1)


def table(rows: list[list[str]]) -> str:
    """In Markdown, aligned."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ["| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |" for row in rows]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(lines)


def figures(values: list[float]) -> list[str]:
    """Median, lowest, highest."""
    return [f"{value:,.{0 if value >= 100 else 1 if value >= 10 else 2}f}" for value in spread(values)]


def spread(values: list[float]) -> tuple[float, float, float]:
    """Median, lowest, highest."""
    return statistics.median(values), min(values), max(values)


def compare(peers: dict[str, type[Peer]], lexicon: Lexicon, documents: list[str], rounds: int, seconds: float) -> list[str]:
    """Prints a table; gives what agrees less than it should."""
    rows, wrong = [HEAD], []
    reference: list[float] = []
    for name, measured in measure(list(peers), lexicon, documents, rounds, seconds):
        if isinstance(measured, str):
            rows.append([name, *[""] * (len(HEAD) - 2), measured])
            continue
        reference = reference or measured.rates
        ratios = [ours / theirs for ours, theirs in zip(reference, measured.rates, strict=True)]
        agrees, wanted = "", peers[name].agrees
        if name in COUNTING:
            share = agreement(name, measured, lexicon, documents)
            agrees = f"{share:.2%}"
            if wanted and share < wanted:
                wrong.append(f"{name} agrees in {share:.2%} of its counts; {wanted:.0%} and more are known of it")
        end = [f"{measured.build:.2f}", f"{measured.peak:,.0f}", agrees, peers[name].why]
        rows.append([name, *figures(measured.rates), *figures(ratios), *end])
    print(table(rows), flush=True)
    return wrong


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
    wrong = []
    if counting := present(COUNTING, options.only):
        for entries in options.entries:
            lexicon = make_lexicon(documents, entries)
            print(f"\nCounting {len(lexicon.entries()):,} entries\n")
            wrong += compare(counting, lexicon, documents, options.rounds, options.seconds)
    if stance := present(STANCE, options.only):
        print("\nContext and stance, with the bundled lexicon; framescope is fs.analyze\n")
        wrong += compare(stance, Lexicon([], [], []), documents, options.rounds, options.seconds)
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
