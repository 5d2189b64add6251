"""The card a result shows of itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from framescope import _core
from framescope.display.escape import plain
from framescope.display.look import stylesheet

__all__ = ["Summary"]

TOP = 8  # frames on the card
BAR = 20  # characters of the longest bar
CAUTION = "not validated on these documents: read .kwic() and .show() before trusting a number"


@dataclass(frozen=True)
class Summary:
    """Sizes, coverage and the commonest frames of a result."""

    documents: int
    null_documents: int
    words: int
    hits: int
    coverage: float | None
    """Share of all words that lie inside a hit; None without words."""
    frames: list[tuple[str, int]]
    """Frames with their hits, commonest first."""
    lexicon: str
    """Its id and version, and the first twelve digits of its hash."""
    chrome: int
    """Documents in which lines were left out as no part of the article."""
    labels: dict[str, str]
    """What the frames are called for people."""

    @classmethod
    def of(cls, tables: dict[str, pa.Table], manifest: dict[str, Any], labels: dict[str, str]) -> Summary:
        """The summary of an analysis."""
        documents = tables["documents"]
        covered = pc.sum(pc.multiply(documents["coverage"], documents["words"].cast(pa.float64()))).as_py() or 0.0
        lexicon = manifest["lexicon"]
        return cls(
            documents=manifest["documents"],
            null_documents=manifest["null_documents"],
            words=manifest["words"],
            hits=manifest["hits"],
            coverage=covered / manifest["words"] if manifest["words"] else None,
            frames=sorted(frame_counts(documents["words"], tables["hits"]), key=lambda pair: (-pair[1], pair[0])),
            lexicon=f"{lexicon['id']} {lexicon['version']} ({lexicon['hash'][:12]})",
            chrome=len(documents) - documents["chrome"].null_count,
            labels=labels,
        )

    @property
    def headline(self) -> str:
        """Sizes in one line."""
        nulls = f" ({self.null_documents:,} null)" if self.null_documents else ""
        coverage = "" if self.coverage is None else f" · {self.coverage:.1%} of words in a hit"
        return (
            f"{amount(self.documents, 'document')}{nulls} · {amount(self.words, 'word')} · {amount(self.hits, 'hit')}{coverage}"
        )

    @property
    def bars(self) -> list[tuple[str, int, float]]:
        """The commonest frames with their hits, and these as a share of the highest."""
        most = self.frames[0][1] if self.frames else 1
        return [(frame, n, n / most) for frame, n in self.frames[:TOP]]

    @property
    def foot(self) -> list[str]:
        """What was left out, what found the hits, and what to think of them."""
        chrome = f"site chrome left out in {amount(self.chrome, 'document')}; keep_chrome=True keeps it"
        return [*([chrome] if self.chrome else []), f"lexicon {self.lexicon}; {CAUTION}"]

    @property
    def rest(self) -> int:
        """How many more frames there are."""
        return max(len(self.frames) - TOP, 0)

    def __str__(self) -> str:
        width = max((len(frame) for frame, _, _ in self.bars), default=0)
        digits = max([6, *(len(f"{n:,}") for _, n, _ in self.bars)])
        lines = [f"  {frame:{width}}  {n:{digits},}  {'█' * max(round(share * BAR), 1)}" for frame, n, share in self.bars]
        lines += [f"  … and {self.rest} more frames"] if self.rest else []
        return "\n".join([f"framescope: {self.headline}", *lines, *self.foot])

    def to_html(self) -> str:
        """The card for a notebook."""
        rows = "\n".join(
            f'<tr><th scope="row">{self.named(frame)}</th><td class="number">{n:,}</td>'
            f'<td class="bar"><div style="width:{share:.1%}"></div></td></tr>'
            for frame, n, share in self.bars
        )
        head = '<tr><th scope="col">frame</th><th scope="col" class="number">hits</th><td></td></tr>'
        caption = f"The {len(self.bars)} frames with most hits, of {len(self.frames)} found" if self.rest else "Frames by hits"
        table = f"<table><caption>{caption}</caption><thead>{head}</thead><tbody>{rows}</tbody></table>" if rows else ""
        lines = "".join(f'<div class="foot">{plain(line)}</div>' for line in self.foot)
        return (
            f'<div class="framescope summary" role="group" aria-label="Summary of the analysis"><style>{stylesheet("summary")}</style>\n'
            f'<div class="head"><b>framescope</b> <span>{plain(self.headline)}</span></div>\n{table}\n{lines}</div>'
        )

    def named(self, frame: str) -> str:
        """The frame's name for people, and the one it has in tables."""
        label = self.labels.get(frame, frame)
        return plain(frame) if label == frame else f'{plain(label)} <span class="path">{plain(frame)}</span>'


def frame_counts(words: pa.ChunkedArray, hits: pa.Table) -> list[tuple[str, int]]:
    """The frames that have hits, with how many: one that is said of two targets counts once."""
    frames = pc.unique(hits["frame"]).to_pylist()
    one_group = pa.chunked_array([pa.array(np.zeros(len(words), np.int32))])
    scores = pa.table(_core.score(words, hits, frames, "count", one_group, 1))
    return list(zip(frames, scores["count"].to_pylist(), strict=True))


def amount(n: int, noun: str) -> str:
    """The number with its noun: 1 hit, 2 hits."""
    return f"{n:,} {noun}" if n == 1 else f"{n:,} {noun}s"
