"""Peak memory of a call, in a process of its own."""

from __future__ import annotations

import multiprocessing
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
from corpus import Lexicon
from measuring import forget_peak, status

CALLS = ("fs.count", "fs.analyze")


def memory(column: pa.Array, known: Lexicon, analyzed: float) -> dict[str, Any]:
    """Of counting in a column of text, and of analysing about so many megabytes of it."""
    lexicon = known.document()
    context = multiprocessing.get_context("spawn")
    out = {}
    with tempfile.TemporaryDirectory() as folder:
        for call in CALLS:
            texts = column if call == "fs.count" else column.slice(0, round(len(column) * min(1, analyzed * 1e6 / column.nbytes)))
            path = Path(folder, "texts.arrow")
            with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, pa.schema({"text": pa.string()})) as writer:
                writer.write_table(pa.table({"text": texts}))
            ours, theirs = context.Pipe()
            process = context.Process(target=used, args=(call, path, lexicon, theirs), daemon=True)
            process.start()
            out[call] = ours.recv()
            process.join()
    return {"calls": out}


def used(call: str, path: Path, lexicon: dict[str, Any], pipe: Any) -> None:
    """Sends sizes in MB; the text lies in a file that is mapped into memory, so the peak holds each page of it that was read."""
    import framescope as fs

    compiled = fs.Lexicon.from_dict(lexicon)
    jobs: dict[str, Callable[[Any], Any]] = {
        "fs.count": lambda texts: fs.count(texts, lexicon=compiled, threads=1, progress=False),
        "fs.analyze": lambda texts: fs.analyze(texts, threads=1, progress=False),
    }
    jobs[call](pa.array(["What is built once is no part of the peak."]))
    with pa.memory_map(str(path)) as file:
        texts = pa.ipc.open_file(file).read_all().column(0)
        forget_peak()
        before = status("self", "VmRSS")
        result = jobs[call](texts)
        peak = status("self", "VmHWM") - before
        pipe.send({"text": texts.nbytes / 1e6, "result": size_of(result), "peak": peak})


def size_of(result: Any) -> float:
    """Megabytes of a table, or of the tables of an analysis."""
    import narwhals as nw

    names = ("hits", "documents", "quotes")
    tables = [getattr(result, name) for name in names] if hasattr(result, "hits") else [result]
    return sum(nw.from_native(table, eager_only=True).to_arrow().nbytes for table in tables) / 1e6
