"""Peers in processes of their own, which take turns."""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from adapters import COUNTING, STANCE
from corpus import Lexicon

AT_LEAST = 0.25  # seconds; quicker peers count the same documents again


@dataclass
class Measured:
    """What is known of a peer."""

    build: float  # CPU seconds, with the first search, for some compile then; not with what is imported
    documents: int  # how many it got
    rates: list[float] = field(default_factory=list)  # MB of text a CPU second, by round
    peak: float = float("nan")  # MB of the process, with what it imports and the documents
    counts: np.ndarray | None = None


def status(process: int | str, key: str) -> float:
    """A line of the system's account of a process, in megabytes; not a number where there is none."""
    try:
        lines = Path(f"/proc/{process}/status").read_text(encoding="utf-8").splitlines()
    except OSError:
        return float("nan")
    return next((int(line.split()[1]) / 1000 * 1.024 for line in lines if line.startswith(key)), float("nan"))


def forget_peak(process: int | str = "self") -> None:
    """Lets the peak of memory start anew, where the system can."""
    try:
        Path(f"/proc/{process}/clear_refs").write_text("5", encoding="utf-8")
    except OSError:
        return


def work(name: str, lexicon: Lexicon, documents: list[str], seconds: float, pipe: Any) -> None:
    """Builds a peer; then counts whenever it is told to, and says how long that took."""
    try:
        forget_peak()
        kind = (COUNTING | STANCE)[name]
        kind.load()
        started = time.process_time()
        peer = kind(lexicon)
        peer.count(peer.prepare(documents[:1]))
        built = peer.clock() - (started if peer.process() == os.getpid() else 0)
        sample = documents[: max(1, len(documents) // 50)]
        rate = len(sample) / max(timed(peer, peer.prepare(sample), 1)[0], 1e-3)
        documents = documents[: max(len(sample), min(len(documents), int(rate * seconds)))]
        again = max(1, round(AT_LEAST * rate / len(documents)))
        prepared = peer.prepare(documents)
        size = sum(len(d.encode()) for d in documents) / 1e6
        pipe.send(Measured(built, len(documents)))
        answer = None
        for order in iter(pipe.recv, "end"):
            if order == "count":
                answer = None
                taken, answer = timed(peer, prepared, again)
                pipe.send(size * again / taken)
            else:
                pipe.send((status(peer.process(), "VmHWM"), peer.counts(answer) if name in COUNTING else None))
    except Exception as error:  # noqa: BLE001 what a peer cannot do is part of the table
        pipe.send(str(error) if isinstance(error, ValueError) else f"{type(error).__name__}: {error}")


def timed(peer: Any, prepared: Any, again: int) -> tuple[float, Any]:
    """CPU seconds, and the last answer."""
    started, answer = peer.clock(), None
    for _ in range(again):
        answer = None  # the answer before must not count as its memory
        answer = peer.count(prepared)
    return max(peer.clock() - started, 1e-9), answer


def measure(
    names: list[str], lexicon: Lexicon, documents: list[str], rounds: int, seconds: float
) -> Iterator[tuple[str, Measured | str]]:
    """Each peer with its figures, or with what it failed at; they take turns, round by round."""
    context = multiprocessing.get_context("spawn")
    running: dict[str, tuple[Any, Any, Measured]] = {}
    for name in names:
        ours, theirs = context.Pipe()
        process = context.Process(target=work, args=(name, lexicon, documents, seconds, theirs), daemon=True)
        process.start()
        answer = ours.recv()
        if isinstance(answer, str):
            yield name, answer
        else:
            running[name] = (ours, process, answer)
    for _ in range(rounds):
        for name, (pipe, _, measured) in list(running.items()):
            pipe.send("count")
            rate = pipe.recv()
            if isinstance(rate, str):
                running.pop(name)
                yield name, rate
            else:
                measured.rates.append(rate)
    for name, (pipe, process, measured) in running.items():
        pipe.send("tell")
        measured.peak, measured.counts = pipe.recv()
        pipe.send("end")
        process.join(5)
        yield name, measured
