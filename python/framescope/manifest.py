"""What a table was made of: enough to make it again. No dates, no machine: the same run gives the same manifest."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from framescope import _core

if TYPE_CHECKING:
    from framescope.corpus import Corpus
    from framescope.lexicon import Lexicon

METADATA_KEY = b"framescope"  # in the Arrow schema


def make_manifest(
    corpus: Corpus, lexicon: Lexicon, words: pa.ChunkedArray, hits: pa.ChunkedArray | None, *, keep_chrome: bool
) -> dict[str, Any]:
    """Package, lexicon, options and sizes. `words` and `hits` have a number for each document; `hits` is None for plain counts."""
    manifest = {
        "framescope": _core.version(),
        "lexicon": {"id": lexicon.id, "version": lexicon.version, "hash": lexicon.hash},
        "options": {"text": corpus.text, "id": corpus.id, "overlap": lexicon.overlap, "keep_chrome": keep_chrome},
        "documents": len(corpus),
        "null_documents": words.null_count,
        "words": pc.sum(words).as_py() or 0,
    }
    return manifest if hits is None else {**manifest, "hits": pc.sum(hits).as_py() or 0}


def stamp(table: pa.Table, manifest: dict[str, Any]) -> pa.Table:
    """The table with the manifest in its schema's metadata."""
    return table.replace_schema_metadata({METADATA_KEY: json.dumps(manifest, ensure_ascii=False).encode()})
