"""The matcher against the naive one, on random lexicons and texts; and what must hold of hits on any text."""

from __future__ import annotations

import json
from collections import Counter
from functools import lru_cache
from itertools import pairwise
from typing import Any

import pyarrow as pa
from hypothesis import HealthCheck, Phase, given, settings, strategies as st

import framescope as fs
from framescope import _core
from kinds import once, rows
from lexicon_strategies import corpora
from naive import Document, Hit, Naive, settle

settings.register_profile(
    "framescope",
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.generate, Phase.shrink],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
PROFILE = settings.get_profile("framescope")
DOCUMENTS = 30
PAIRS = 10_000
OVERLAPS = ["frame", "lexicon", "all"]

Corpus = tuple[dict[str, Any], list[str]]
Row = tuple[int, int, int, str, str]

ANY_TEXT: dict[str, Any] = {
    "framescope": 1,
    "id": "t",
    "version": "1",
    "overlap": "all",
    "frames": {
        "word": {"entries": ["*", "?", "*s"]},
        "phrase": {"entries": ["* *", "* <0-2> ?*", "(*a*|?) *", "*e-*"]},
        "regex": {"entries": [{"regex": "."}, {"regex": r"\W+"}, {"regex": "[ae]", "bounded": False}]},
    },
}


@lru_cache(maxsize=8)
def analyzer(lexicon: str, threads: int) -> _core.Analyzer:
    """The core's own analyzer, kept for the next call with the same lexicon."""
    return _core.Analyzer(_core.read_lexicon(lexicon, "random.yaml"), json.dumps({"threads": threads}))


def compiled(lexicon: dict[str, Any], threads: int = 0) -> _core.Analyzer:
    """The core's own analyzer."""
    return analyzer(json.dumps(lexicon), threads)


def rows_of(lexicon: dict[str, Any], texts: list[str], threads: int = 0) -> list[Row]:
    """The hits of the core, sorted, after checking that each shows its own text."""
    hits = pa.table(compiled(lexicon, threads).analyze(texts)["hits"]).to_pylist()
    for hit in hits:
        assert texts[hit["doc"]][hit["start"] : hit["end"]] == hit["text"], hit
        assert hit["start"] < hit["end"], hit
    return sorted((hit["doc"], hit["start"], hit["end"], hit["frame"], hit["entry"]) for hit in once(hits))


def words_of(lexicon: dict[str, Any], texts: list[str]) -> list[int]:
    """The number of words the core finds in each text."""
    words: list[int] = pa.table(compiled(lexicon).analyze(texts)["documents"])["words"].to_pylist()
    return words


def sentences_of(lexicon: dict[str, Any], texts: list[str]) -> list[list[tuple[int, int]]]:
    """The spans of the sentences of each text."""
    spans: list[list[tuple[int, int]]] = [[] for _ in texts]
    for row in pa.table(compiled(lexicon).sentences(texts)).to_pylist():
        spans[row["doc"]].append((row["start"], row["end"]))
    return spans


def of_document(rows: list[Row], doc: int) -> list[Hit]:
    """The rows of one document, without its number."""
    return [row[1:] for row in rows if row[0] == doc]


def test_agrees_with_the_naive_matcher() -> None:
    """Ten thousand pairs of a lexicon and a text, each under all three overlap settings: the same hits."""
    tally: Counter[str] = Counter()

    @settings(PROFILE, max_examples=340)
    @given(corpora(DOCUMENTS))
    def agree(corpus: Corpus) -> None:
        lexicon, texts = {**corpus[0], "overlap": OVERLAPS[0]}, corpus[1]
        naive = Naive(lexicon)
        found = [naive.find(text, spans) for text, spans in zip(texts, sentences_of(lexicon, texts), strict=True)]
        assert words_of(lexicon, texts) == [len(Document(text, []).words) for text in texts]
        for overlap in OVERLAPS:
            rows = rows_of({**lexicon, "overlap": overlap}, texts)
            for doc, (text, matches) in enumerate(zip(texts, found, strict=True)):
                wanted = settle(matches, overlap)
                assert of_document(rows, doc) == wanted, (overlap, text, lexicon)
                tally["pairs"] += overlap == "all"
                tally[overlap] += len(wanted)
                tally["documents with hits"] += bool(wanted)

    agree()
    assert tally["pairs"] >= PAIRS
    assert tally["documents with hits"] >= PAIRS
    assert tally["all"] > tally["frame"] > tally["lexicon"] > PAIRS, "the settings differ, or the texts hold no collisions"


@settings(PROFILE, max_examples=25)
@given(corpora(12), st.data())
def test_documents_do_not_see_each_other(corpus: Corpus, data: st.DataObject) -> None:
    """Alone, among others, in another order, with one thread or two: the same hits."""
    lexicon, texts = corpus
    rows = rows_of(lexicon, texts)
    order = data.draw(st.permutations(range(len(texts))))
    shuffled = rows_of(lexicon, [texts[doc] for doc in order])
    for place, doc in enumerate(order):
        assert of_document(shuffled, place) == of_document(rows, doc)
    for doc, text in enumerate(texts):
        assert of_document(rows_of(lexicon, [text]), 0) == of_document(rows, doc)
    assert rows_of(lexicon, texts, threads=1) == rows_of(lexicon, texts, threads=2) == rows


@settings(PROFILE, max_examples=25)
@given(corpora(12), st.sampled_from(OVERLAPS))
def test_counts_are_those_of_the_hits(corpus: Corpus, overlap: str) -> None:
    """`fs.count` is the fast path to the same numbers."""
    lexicon, texts = corpus
    ready = fs.Lexicon.from_dict({**lexicon, "overlap": overlap})
    found = Counter((hit["doc"], hit["frame"]) for hit in once(rows(fs.analyze(texts, lexicon=ready).hits)))
    counts = fs.count(texts, lexicon=ready)
    assert list(counts["doc"]) == list(range(len(texts)))
    for frame in ("f", "g", "h", "h.k"):
        assert list(counts[frame]) == [found[doc, frame] for doc in range(len(texts))]


@settings(PROFILE, max_examples=100)
@given(st.lists(st.text(), max_size=8))
def test_any_text_is_legal(texts: list[str]) -> None:
    """Each row shows its own text, and sentences and words are those of one document at a time."""
    rows = rows_of(ANY_TEXT, texts)
    for doc, text in enumerate(texts):
        assert of_document(rows_of(ANY_TEXT, [text]), 0) == of_document(rows, doc)
    for text, spans in zip(texts, sentences_of(ANY_TEXT, texts), strict=True):
        assert all(0 <= start < end <= len(text) for start, end in spans)
        assert all(before[1] <= after[0] for before, after in pairwise(spans))
