"""framescope reads a column of documents and says, with evidence, which frames they use.

>>> import framescope as fs
>>> result = fs.analyze(fs.examples(), text="body", id="id")   # a frame, a Series or a list; the lexicon "foreign-policy"
>>> hits = result.hits                                         # the evidence: one row for each hit, with offsets
>>> rates = result.scores("rate", by="outlet")                 # numbers, with 95 % intervals
>>> denied = result.scores("count", negated=True)              # of some hits: a target, a voice, denied, hedged
>>> stances = result.stance(by=["outlet", "target"])           # who evaluates whom
>>> trend = result.trend("date", "Q")                          # time; also result.by and result.cooccurrence
>>> plot = result.plot.frames(by="outlet")                     # a picture; .timeline, .heatmap, .stance, .network, …
>>> lines = result.kwic("bridge")                              # a concordance
>>> page = result.show("a01")                                  # a highlighted document
"""

from importlib.util import find_spec as _find_spec
from typing import TYPE_CHECKING as _TYPE_CHECKING, Any as _Any

from framescope._core import version as _version
from framescope.analysis import analyze, count
from framescope.demo import examples
from framescope.display.aligned import aligned
from framescope.display.document import Document
from framescope.entries import Actor, Diagnostic, Entry, Frame
from framescope.errors import ColumnError, FramescopeError, FramescopeWarning, LexiconError, TargetError
from framescope.lexicon import Lexicon
from framescope.marked import stance
from framescope.pipelines import register as _register
from framescope.plots.plot import Plot
from framescope.result import Result

if _TYPE_CHECKING:
    from framescope.pipelines.sklearn import FrameVectorizer as FrameVectorizer

__all__ = [
    "Actor",
    "ColumnError",
    "Diagnostic",
    "Document",
    "Entry",
    "Frame",
    "FramescopeError",
    "FramescopeWarning",
    "Lexicon",
    "LexiconError",
    "Plot",
    "Result",
    "TargetError",
    "aligned",
    "analyze",
    "count",
    "examples",
    "stance",
]

__version__ = _version()

_register()


def __getattr__(name: str) -> _Any:
    """`FrameVectorizer`, once somebody asks for it: scikit-learn is an extra, and `from framescope import *` works without."""
    if name == "FrameVectorizer":
        from framescope.pipelines.sklearn import FrameVectorizer

        return FrameVectorizer
    raise AttributeError(f"module 'framescope' has no attribute {name!r}")


def __dir__() -> list[str]:
    return [*globals(), *(["FrameVectorizer"] if _find_spec("sklearn") else [])]
