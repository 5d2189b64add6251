"""The compiled core. Everything public is wrapped in `framescope`; nothing here is called per document."""

from collections.abc import Callable, Sequence
from typing import Any, final

__all__ = [
    "Analyzer",
    "Strings",
    "Table",
    "bundled_lexicon",
    "bundled_lexicons",
    "lexicon_hash",
    "lexicon_schema",
    "lint_lexicon",
    "merge_lexicons",
    "read_lexicon",
    "score",
    "select_frames",
    "stance",
    "stance_features",
    "stance_scores",
    "version",
    "write_lexicon",
]

def version() -> str:
    """The package version."""

# A lexicon crosses as one canonical JSON document. All raise LexiconError.
def read_lexicon(text: str, source: str) -> str:
    """YAML 1.2 or JSON text -> canonical JSON. `source` names the file in errors."""

def write_lexicon(lexicon: str) -> str:
    """Canonical JSON -> YAML. `read_lexicon(write_lexicon(x), "") == x`."""

def bundled_lexicons() -> list[str]:
    """Names of the lexicons that ship with the package."""

def bundled_lexicon(name: str) -> str:
    """Canonical JSON of a shipped lexicon; an unknown name is an error with a suggestion."""

def lexicon_hash(lexicon: str) -> str:
    """SHA-256 (hex) of all that changes results."""

def lexicon_schema() -> str:
    """JSON Schema of the lexicon file."""

def lint_lexicon(lexicon: str) -> str:
    """JSON list of {"code", "path", "entry", "message"}."""

def merge_lexicons(left: str, right: str) -> str:
    """Frames and actors of both; the right one's metadata is dropped; a clash of contents is an error."""

def select_frames(lexicon: str, frames: list[str]) -> str:
    """Only these frame paths (with their sub-frames), and all actors."""

@final
class Table:
    """An Arrow table (`__arrow_c_stream__`, `__arrow_c_schema__`)."""

    @property
    def num_rows(self) -> int: ...
    def __arrow_c_schema__(self) -> object: ...
    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...

@final
class Strings:
    """Python strings as a column, read where they are: each is a str, or None, NaN, NA.

    What else a row holds raises ColumnError, in which `name` is how the column is called. A lone surrogate is found when it is read.
    """

    def __new__(cls, texts: Sequence[object], name: str = "the documents") -> Strings: ...
    def __len__(self) -> int: ...
    def __getitem__(self, row: int) -> str | None: ...

@final
class Analyzer:
    """A compiled lexicon.

    `column` is any Arrow column of strings (string, large_string, string_view, dictionary of these, null;
    chunked or not), `Strings`, or a list of `str | None`. `doc` in all outputs is the row's position (int64).
    `threads=0` means all cores. `progress(done_bytes, total_bytes)` is called about ten times a second from the calling thread.
    Ctrl-C stops a run within a second with KeyboardInterrupt.
    Rows that are neither str nor None raise ColumnError naming the row.
    """

    def __new__(cls, lexicon: str, options: str = "{}") -> Analyzer:
        """`options`: JSON object; unknown keys are an error. Known: {"threads": 0, "keep_chrome": false}."""

    def with_threads(self, threads: int) -> Analyzer:
        """The same, compiled once for both, on so many threads."""

    @property
    def frames(self) -> list[str]:
        """Frame paths, in file order."""

    def analyze(self, column: Any, progress: Callable[[int, int], object] | None = None) -> dict[str, Table]:
        """{"hits", "documents", "quotes"}."""

    def stances(self, column: Any, progress: Callable[[int, int], object] | None = None) -> Table:
        """Evaluations of actors, by document and place; none in a language without a pack."""

    def count(self, column: Any, progress: Callable[[int, int], object] | None = None) -> Table:
        """One row per document: doc, words, then one int64 column per frame path; null for a null text."""

    def kwic(self, column: Any, window: int = 8, frame: str | None = None) -> Table:
        """Hits (of one frame, or all) with `window` words around: doc, start, end, before, keyword, after, frame, entry."""

    def sentences(self, column: Any) -> Table:
        """doc, sentence (0-based), start, end, text of every sentence."""

def score(
    words: Any,
    hits: Any,
    frames: list[str],
    measure: str,
    groups: Any | None = None,
    n_groups: int = 0,
) -> Table:
    """Numbers from hits.

    words: int64 Arrow column, one row per document (null: null text). hits: Arrow table with `doc` (row position),
    `frame`, `weight`, `start`, `end` (others ignored).
    measure: rate | share | presence | count | weight | logit.
    Without groups: wide, one row per document: doc, then a float64 column per frame (int64 for count and presence).
    With groups (int32 column, one row per document, null = no group): long, one row per group and frame:
    group (int32), frame, documents (int64), words (int64), count (int64), value,
    low, high (float64; null where there is no evidence, low and high also for a group of one document or without a hit).
    """

def stance_scores(stances: Any, groups: Any, n_groups: int) -> Table:
    """Numbers from evaluations, one row per group with an evaluation, in order of group.

    stances: Arrow table with `doc`, `polarity`, `strength` (others ignored). groups: int32 column, one row per stance, null = no group.
    group (int32), documents, n, positive, negative, neutral (int64), mean, low, high, strength (float64; low and high null where no
    document differs from another).
    """

# Spans cross as an Arrow table of int64 columns: start and end of the target, then those of the holder if there are any; code points, or null.
def stance(column: Any, spans: Any, weights: str | None, explain: bool, threads: int) -> Table:
    """How marked spans are seen.

    A row for each text: doc, start, end, text, polarity, strength, score, neutral, evidence; null where text or span is.
    With `explain` one for each addend: doc, start, end, text, family, feature, relation, weight, neutral.
    `weights` is the text of a weights file; None takes those of the package. A span that is none of its text raises TargetError.
    """

def stance_features(column: Any, spans: Any, threads: int) -> tuple[list[str], list[int], list[int], list[float]]:
    """The features of marked spans as a sparse matrix by rows: names of columns, starts of rows, columns, values."""
