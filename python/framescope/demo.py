"""Example articles, and what framescope makes of ten of them."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Literal, get_args

import pyarrow as pa

from framescope.analysis import analyze
from framescope.errors import FramescopeError

if TYPE_CHECKING:
    from framescope.result import Result

__all__ = ["examples"]

Examples = Literal["articles", "study"]
FRAMES = 8  # frames in the table of outlets
EVIDENCE = 6  # hits shown
NEXT = """\
Where to go next
  framescope demo --articles articles.csv                      the ten articles as a file
  framescope kwic articles.csv bridge --text body              every hit of a frame with its context
  framescope analyze articles.csv --text body --out results    all tables as Parquet, CSV or JSONL
  framescope lexicon show foreign-policy                       the frames and their definitions
  python:  import framescope as fs
           result = fs.analyze(fs.examples(), text="body", id="id")
           result.hits; result.scores("rate", by="outlet"); result.show("a01")"""


def examples(name: Examples = "articles") -> Any:
    """Short news articles written for this package (outlets, people and events are invented), as a pandas frame.

    `articles`: ten, of 2025. `study`: forty-eight shorter ones by the same four outlets over the twelve months of 2025, about who is a bridge
    between whom, for tables and pictures by outlet and by time.

    Columns: id · outlet · date · title · body.

    Raises
    ------
    FramescopeError
        If there are no examples of that name.

    >>> import framescope as fs
    >>> fs.examples().shape
    (10, 5)
    >>> fs.examples("study").groupby("outlet").size().tolist()
    [12, 12, 12, 12]
    """
    import pandas as pd

    if name not in get_args(Examples):
        raise FramescopeError.not_found("set of examples", name, get_args(Examples), "sets")
    text = (files("framescope") / "examples" / f"{name}.jsonl").read_text(encoding="utf-8")
    return pd.DataFrame([json.loads(line) for line in text.splitlines()])


def demo() -> str:
    """What `framescope demo` prints."""
    articles = examples()
    result = analyze(articles, text="body", id="id")
    parts = [str(result.summary), outlets(result), evidence(result, articles), NEXT]
    return "\n\n".join(parts)


def outlets(result: Result) -> str:
    """Hits per 1,000 words, outlets × commonest frames."""
    top = [frame for frame, _ in result.summary.frames[:FRAMES]]
    rates = result.scores("rate", by="outlet", wide=True).set_index("outlet")[top]
    return f"Hits per 1,000 words\n\n{rates.T.to_string(float_format='{:.1f}'.format, na_rep='·', index_names=False)}"


def evidence(result: Result, articles: Any) -> str:
    """For each of the commonest frames the hit of most weight and most words, in its sentence."""
    sentences = pa.table(result.lexicon.compiled().sentences(articles["body"].tolist())).to_pandas()
    sentences = sentences.assign(doc=articles["id"].iloc[sentences["doc"]].to_numpy())
    hits = result.hits.assign(length=result.hits["text"].str.split().str.len())
    hits = hits.sort_values(["weight", "length", "doc", "start"], ascending=[False, False, True, True], kind="stable")
    best = hits.drop_duplicates("frame").set_index("frame")
    hits = best.loc[[frame for frame, _ in result.summary.frames[:EVIDENCE]]].reset_index()
    shown = hits.merge(sentences, on=["doc", "sentence"], suffixes=("", "_of_sentence"))
    lines = []
    for row in shown.to_dict("records"):
        start = row["start"] - row["start_of_sentence"]
        sentence = row["text_of_sentence"]
        marked = f"{sentence[:start]}[{row['text']}]{sentence[start + len(row['text']) :]}"
        lines.append(f"  {row['frame']} · {row['doc']}\n    {' '.join(marked.split())}")
    return "Strongest evidence\n\n" + "\n".join(lines)
