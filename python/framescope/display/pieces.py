"""Rows of hits → hits, each once; the text in pieces; and which lane each hit keeps."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

__all__ = ["Hit", "laned", "pieces", "whole"]

Hit = dict[str, Any]


def whole(rows: Iterable[Hit]) -> list[Hit]:
    """The hits in order of place, each once: one that is said of several targets has them all in `targets`, with the rule that chose each."""
    found: dict[tuple[Any, ...], Hit] = {}
    for row in rows:
        place = (row["start"], row["end"], row["frame"], row["entry"])
        hit = found.setdefault(place, {**row, "targets": []})
        if row["target"] is not None:
            hit["targets"].append((row["target"], row["target_rule"]))
    return sorted(found.values(), key=lambda hit: int(hit["start"]))


def pieces(text: str, hits: Sequence[Hit]) -> Iterator[tuple[str, list[Hit]]]:
    """The text cut at every border of a hit; each piece with the hits it lies in.

    >>> [(piece, len(inside)) for piece, inside in pieces("a bridge", [{"start": 2, "end": 8}])]
    [('a ', 0), ('bridge', 1)]
    """
    borders = sorted({0, len(text)} | {hit[end] for hit in hits for end in ("start", "end")})
    starting: dict[int, list[Hit]] = {}
    for hit in hits:
        starting.setdefault(hit["start"], []).append(hit)
    inside: list[Hit] = []
    for start, end in itertools.pairwise(borders):
        inside = [hit for hit in inside if hit["end"] > start] + starting.get(start, [])
        yield text[start:end], inside


def laned(hits: Iterable[Hit], lanes: Iterable[str]) -> list[Hit]:
    """The hits with a `lane` that no other hit has at the same place, the first that is free; None where all are taken.

    >>> [hit["lane"] for hit in laned([{"start": 0, "end": 5}, {"start": 3, "end": 8}, {"start": 6, "end": 9}], "ab")]
    ['a', 'b', 'a']
    """
    ends = dict.fromkeys(lanes, 0)
    found = []
    for hit in hits:
        lane = next((lane for lane, end in ends.items() if end <= hit["start"]), None)
        if lane is not None:
            ends[lane] = hit["end"]
        found.append({**hit, "lane": lane})
    return found
