"""What a peer is; and framescope itself, as one of them."""

from __future__ import annotations

import importlib
import os
import time
from typing import Any, ClassVar

import numpy as np
from corpus import FRAMES, Lexicon


class Peer:
    """Counts the entries of a lexicon on one thread."""

    module: ClassVar[str]
    beginnings: ClassVar[bool] = True  # whether it can look for `democra*`
    agrees: ClassVar[float | None] = 0.99  # what part of the counts is the same at least; none where answers are of another kind
    why: ClassVar[str] = ""  # they are not all the same

    @classmethod
    def missing(cls) -> str | None:
        """What must be installed first."""
        try:
            importlib.import_module(cls.module)
        except ImportError:
            return cls.module
        return None

    @classmethod
    def load(cls) -> None:
        """Imports what it needs: that is no part of building it."""
        importlib.import_module(cls.module)

    def __init__(self, lexicon: Lexicon) -> None:
        self.entries = lexicon.entries(beginnings=self.beginnings)

    def prepare(self, documents: list[str]) -> Any:
        """What it likes best to be given."""
        return documents

    def count(self, documents: Any) -> Any:
        """What is measured."""
        out = np.zeros((len(documents), FRAMES), int)
        for row, text in zip(out, documents, strict=True):
            self.read(text, row)
        return out

    def read(self, text: Any, row: np.ndarray) -> None:
        """Adds what one document holds to its row."""
        raise NotImplementedError

    def counts(self, answer: Any) -> np.ndarray:
        """Documents × frames, of what counting gave."""
        return np.asarray(answer)

    def clock(self) -> float:
        """User and system time that it used, in seconds."""
        return time.process_time()

    def process(self) -> int:
        """The process that does the work."""
        return os.getpid()


class Framescope(Peer):
    """The package itself, from an Arrow column."""

    module = "framescope"
    agrees: ClassVar[float | None] = 1.0
    keeps_chrome = True

    @classmethod
    def load(cls) -> None:
        super().load()
        few = cls(Lexicon([[f"bridge{i}"] for i in range(FRAMES)], [], []))
        few.count(few.prepare(["A bridge."]))  # imports what a kind of column needs, and reads the packs of the language

    def __init__(self, lexicon: Lexicon) -> None:
        import framescope as fs

        self.lexicon = fs.Lexicon.from_dict(lexicon.document())

    def prepare(self, documents: list[str]) -> Any:
        import pyarrow as pa

        return pa.array(documents)

    def count(self, documents: Any) -> Any:
        import framescope as fs

        return fs.count(documents, lexicon=self.lexicon, threads=1, progress=False, keep_chrome=self.keeps_chrome)

    def counts(self, answer: Any) -> np.ndarray:
        return np.stack([np.asarray(answer[f"f{i}"]) for i in range(FRAMES)], axis=1)


class FramescopeChrome(Framescope):
    """The same, as it counts where nothing else is asked for: no peer looks for lines that are no part of the article."""

    agrees = 0.99
    keeps_chrome = False
    why = "site chrome is looked for, and left out"


class FramescopeList(Framescope):
    """The same, from a list of strings."""

    def prepare(self, documents: list[str]) -> Any:
        return documents


class FramescopePandas(Framescope):
    """The same, from a pandas Series as pandas makes it."""

    module = "pandas"

    def prepare(self, documents: list[str]) -> Any:
        import pandas as pd

        return pd.Series(documents)


class FramescopePolars(Framescope):
    """The same, from a polars Series."""

    module = "polars"

    def prepare(self, documents: list[str]) -> Any:
        import polars as pl

        return pl.Series("text", documents)


class FramescopeAnalyze(Framescope):
    """Every hit of the bundled lexicon in full context."""

    agrees = None

    @classmethod
    def load(cls) -> None:
        Framescope.load()

    def __init__(self, lexicon: Lexicon) -> None:
        import framescope as fs

        del lexicon
        fs.analyze(["compiled by its first use"])

    def count(self, documents: Any) -> Any:
        import framescope as fs

        return fs.analyze(documents, threads=1, progress=False)


class FramescopeStances(FramescopeAnalyze):
    """The same, and who takes what stance toward whom."""

    why = "how a sentence treats each actor, and whose view it is"

    def count(self, documents: Any) -> Any:
        return super().count(documents).stances
