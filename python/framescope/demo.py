"""Ten example articles, and what framescope makes of them."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from framescope.analysis import analyze

if TYPE_CHECKING:
    from framescope.result import Result

__all__ = ["examples"]

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


def examples() -> Any:
    """Ten short news articles written for this package (outlets and events are invented), as a pandas frame.

    Columns: id · outlet · date · title · body.

    >>> import framescope as fs
    >>> fs.examples().shape
    (10, 5)
    """
    import pandas as pd

    text = (files("framescope") / "examples" / "articles.jsonl").read_text(encoding="utf-8")
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
