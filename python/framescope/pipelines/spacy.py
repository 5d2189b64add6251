"""The component `framescope` of spaCy: hits as spans of a `Doc`, each with its context."""

from __future__ import annotations

import json
from collections.abc import Mapping
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from framescope.analysis import as_lexicon
from framescope.errors import FramescopeError
from framescope.lexicon import SUFFIXES, Lexicon

try:
    from spacy.language import Language
    from spacy.pipeline import Pipe
    from spacy.tokens import Doc, Span
except ImportError:
    raise FramescopeError("the spaCy component needs spaCy; install it with: pip install 'framescope[spacy]'") from None

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from os import PathLike

__all__ = ["FrameSpans"]

NAME = "framescope"  # of the component, of the spans and of the extension attributes
LEXICON = "lexicon.json"  # in the folder of a saved pipeline

Context = dict[str, Any]


@Language.factory(
    NAME,
    assigns=["doc.spans", "doc._.framescope"],
    default_config={"lexicon": "foreign-policy", "keep_chrome": False, "threads": None, "spans_key": NAME},
)
class FrameSpans(Pipe):
    """Fills `doc.spans["framescope"]` with the hits of a lexicon: `nlp.add_pipe("framescope", config={...})`.

    In `config`: `lexicon` (the name of one that ships with the package, a file, or `Lexicon.to_dict()`), `keep_chrome` and `threads` as in
    `framescope.analyze`, and `spans_key` ("framescope"). It needs no other component; an empty pipeline will do.

    A span is the tokens that its hit touches. `span.label_` is the frame, `span.id_` the entry, `span.kb_id_` the target (an actor's id, or ""),
    and `span._.framescope` the row of `result.hits` as a dict: its exact `start` and `end`, speaker, negated, modality and all else, with
    `targets`, the ids of all actors that the hit is said of. `doc._.framescope` is the list of these dicts, one for each span, in order of place.

    A pipeline that is saved takes the lexicon along. Several lexicons are several components, each with a `name` and a `spans_key`.

    >>> import spacy
    >>> import framescope.pipelines.spacy  # where the package is installed, spaCy finds the component by itself
    >>> nlp = spacy.blank("en")
    >>> _ = nlp.add_pipe("framescope")
    >>> doc = nlp("Baku is no bridge between East and West, the minister said.")
    >>> [(span.text, span.label_, span.kb_id_, span._.framescope["negated"]) for span in doc.spans["framescope"]][0]
    ('bridge', 'bridge', 'azerbaijan', True)
    """

    def __init__(
        self,
        nlp: Language,  # noqa: ARG002 - spaCy hands it over
        name: str = NAME,
        *,
        lexicon: Lexicon | str | PathLike[str] | Mapping[str, Any] = "foreign-policy",
        keep_chrome: bool = False,
        threads: int | None = None,
        spans_key: str = NAME,
    ) -> None:
        self.name = name
        self.keep_chrome = keep_chrome
        self.threads = threads
        self.spans_key = spans_key
        self._asked = lexicon
        self._lexicon = read_lexicon(lexicon)
        if self._lexicon is not None:
            self._lexicon.compiled(threads=threads, keep_chrome=keep_chrome)  # what is wrong is said now

    @property
    def lexicon(self) -> Lexicon:
        """The lexicon that is used."""
        if self._lexicon is None:
            self._lexicon = as_lexicon(self._asked)  # type: ignore[arg-type] # a file that was not there; a mapping is read at once
        return self._lexicon

    def __call__(self, doc: Doc) -> Doc:
        """Annotates one document."""
        self._annotate([doc])
        return doc

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 128) -> Iterator[Doc]:
        """Annotates many, a batch at a time."""
        documents = iter(stream)
        while docs := list(islice(documents, batch_size)):
            self._annotate(docs)
            yield from docs

    def _annotate(self, docs: list[Doc]) -> None:
        analyzer = self.lexicon.compiled(threads=self.threads, keep_chrome=self.keep_chrome)
        hits = pa.table(analyzer.analyze([doc.text for doc in docs])["hits"])
        for doc, contexts in zip(docs, by_document(hits, len(docs), self.spans_key), strict=True):
            others = [context for context in doc._.framescope or () if context["spans_key"] != self.spans_key]
            doc._.framescope = others + contexts
            doc.spans[self.spans_key] = [span_of(doc, context) for context in contexts]

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:  # noqa: ARG002 - spaCy's signature
        """The lexicon, for a pipeline in memory."""
        return self.lexicon.canonical.encode()

    def from_bytes(self, bytes_data: bytes, *, exclude: Iterable[str] = ()) -> FrameSpans:  # noqa: ARG002 - as above
        """Takes the lexicon that `to_bytes` gave."""
        self._lexicon = Lexicon.from_dict(json.loads(bytes_data))
        return self

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:  # noqa: ARG002 - as above
        """Writes the lexicon into the folder of a pipeline."""
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        self.lexicon.save(folder / LEXICON)

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> FrameSpans:  # noqa: ARG002 - as above
        """Reads the lexicon that `to_disk` wrote."""
        self._lexicon = Lexicon.load(Path(path) / LEXICON)
        return self


def read_lexicon(lexicon: Lexicon | str | PathLike[str] | Mapping[str, Any]) -> Lexicon | None:
    """The lexicon of a config. None for a file that is not there: a saved pipeline brings its own, and is built before that is read."""
    if isinstance(lexicon, Mapping):
        return Lexicon.from_dict(lexicon)
    if isinstance(lexicon, str) and Path(lexicon).suffix in SUFFIXES and not Path(lexicon).exists():
        return None
    return as_lexicon(lexicon)


def by_document(hits: pa.Table, documents: int, spans_key: str) -> list[list[Context]]:
    """The hits of each document, each once, with all its `targets`."""
    found: list[dict[tuple[Any, ...], Context]] = [{} for _ in range(documents)]
    for row in hits.to_pylist():
        place = (row["start"], row["end"], row["frame"], row["entry"])
        context = found[row.pop("doc")].setdefault(place, {**row, "targets": [], "spans_key": spans_key})
        if row["target"] is not None:
            context["targets"].append(row["target"])
    return [list(contexts.values()) for contexts in found]


def span_of(doc: Doc, context: Context) -> Span:
    """The tokens that a hit touches."""
    return doc.char_span(  # type: ignore[return-value] # never None: it may expand
        context["start"],
        context["end"],
        label=context["frame"],
        kb_id=context["target"] or "",
        span_id=context["entry"],
        alignment_mode="expand",
    )


def context_of(span: Span) -> Context | None:
    """The context of a span that is a hit; None for any other."""
    for context in span.doc._.framescope or ():
        inside = span.start_char <= context["start"] and context["end"] <= span.end_char
        if inside and (context["frame"], context["entry"]) == (span.label_, span.id_):
            return dict(context)
    return None


Doc.set_extension(NAME, default=None, force=True)
Span.set_extension(NAME, getter=context_of, force=True)
