"""Documents drawn with replacement, over and over → 95 % intervals of whatever is computed from sums over documents."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime, time
from numbers import Integral
from typing import TYPE_CHECKING

import numpy as np

from framescope.errors import FramescopeError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

FEWEST, MOST = 100, 1_000_000  # resamples; the 2.5 % point of fewer is a guess
BLOCK = 4_000_000  # draws held in memory at a time
TAILS = (0.025, 0.975)


@dataclass(frozen=True)
class Bootstrap:
    """How often documents are drawn, and from which seed."""

    resamples: int = 2000
    seed: int = 0

    def __post_init__(self) -> None:
        if not is_whole(self.resamples) or not FEWEST <= self.resamples <= MOST:
            raise FramescopeError(f"resamples={self.resamples!r} must be a whole number from {FEWEST} to {MOST:,}; 2000 is usual")
        if not is_whole(self.seed) or self.seed < 0:
            raise FramescopeError(f"seed={self.seed!r} must be a whole number, 0 or more")

    def sums(self, totals: NDArray[np.float64], key: Sequence[object]) -> NDArray[np.float64]:
        """Sums of the columns of `totals` over as many rows as it has, drawn with replacement: one row for each resample.

        `totals` has a row for each document of a group, and whole numbers in it: then sums are exact, in whatever order a machine adds.
        The draws hang on the seed, on `key`, which names the group, and on the number of documents, and on nothing else.
        """
        documents = len(totals)
        draw = np.random.Generator(np.random.PCG64(np.random.SeedSequence(int(self.seed), spawn_key=fingerprint(key))))
        step = max(BLOCK // documents, 1)
        blocks = []
        for start in range(0, self.resamples, step):
            rows = min(step, self.resamples - start)
            drawn = draw.integers(0, documents, size=(rows, documents), dtype=np.int64)
            drawn += np.arange(rows)[:, None] * documents
            times = np.bincount(drawn.ravel(), minlength=rows * documents).reshape(rows, documents)
            blocks.append(times.astype(np.float64) @ totals)
        return np.concatenate(blocks)


def percentiles(values: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The 2.5 % and 97.5 % points of each column, NaN left out; NaN where all values are one: nothing shows how they vary."""
    ordered = np.sort(values, axis=0)  # NaN last
    defined = np.count_nonzero(~np.isnan(ordered), axis=0)
    columns = np.arange(ordered.shape[1])
    last = np.maximum(defined - 1, 0)
    constant = (defined == 0) | (ordered[0] == ordered[last, columns])
    ends = []
    for tail in TAILS:
        place = last * tail
        below = np.floor(place).astype(np.int64)
        above = np.minimum(below + 1, last)
        lower, upper = ordered[below, columns], ordered[above, columns]
        ends.append(np.where(constant, np.nan, lower + (upper - lower) * (place - below)))
    return ends[0], ends[1]


def fingerprint(key: Sequence[object]) -> tuple[int, ...]:
    """A number of 256 bits, in words of 32, for the values that name a group; the same for one value in any library."""
    digest = hashlib.sha256(json.dumps([plain(value) for value in key], ensure_ascii=True).encode()).digest()
    return tuple(int.from_bytes(digest[i : i + 4], "little") for i in range(0, len(digest), 4))


def plain(value: object) -> str:
    """The value as text: 2025 and 2025.0 are one, and so are a day and its midnight."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, datetime) and value.tzinfo is None and value.time() == time():
        value = value.date()
    return value.isoformat() if isinstance(value, date) else str(value)


def is_whole(value: object) -> bool:
    """Whether it is an integer (True and False are not)."""
    return isinstance(value, Integral) and not isinstance(value, bool)
