"""R's quanteda, in a process of its own that runs quanteda.R."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
from corpus import Lexicon
from peer import Peer


class Quanteda(Peer):
    """R's quanteda as its manual has it: tokens, tokens_lookup, dfm."""

    module = "quanteda"
    agrees = 0.9
    why = "hyphens and 's stay inside words; white space between the words of a phrase"
    way = "word"

    @classmethod
    def missing(cls) -> str | None:
        """Rscript, or the package in it."""
        if not shutil.which("Rscript"):
            return "Rscript"
        there = subprocess.run(["Rscript", "-e", "library(quanteda)"], capture_output=True, check=False)  # noqa: S607
        return "quanteda of R" if there.returncode else None

    @classmethod
    def load(cls) -> None:
        """R does it on its own, when it starts."""

    def __init__(self, lexicon: Lexicon) -> None:
        super().__init__(lexicon)
        self.folder = tempfile.TemporaryDirectory(prefix="quanteda-")
        with self.file("entries.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows((f"f{frame}", entry) for frame, entry in self.entries)
        script = Path(__file__).with_name("quanteda.R")
        command = ["Rscript", "--vanilla", str(script), self.folder.name, self.way]
        self.r = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.wait_for("ready")

    def file(self, name: str) -> Path:
        return Path(self.folder.name, name)

    def ask(self, verb: str) -> None:
        assert self.r.stdin is not None
        self.r.stdin.write(verb + "\n")
        self.r.stdin.flush()
        self.wait_for(verb)

    def wait_for(self, answer: str) -> None:
        assert self.r.stdout is not None
        for line in self.r.stdout:
            if line.strip() == answer:
                return
        raise ValueError("R ended; what it said stands above")

    def prepare(self, documents: list[str]) -> Any:
        self.file("documents.txt").write_text("\x1e".join(documents), encoding="utf-8", newline="")
        self.ask("read")
        return documents

    def count(self, documents: Any) -> Any:
        del documents  # it read them when they were prepared
        self.ask("count")

    def counts(self, answer: Any) -> np.ndarray:
        del answer  # it kept it
        self.ask("write")
        return np.loadtxt(self.file("counts.csv"), delimiter=",", dtype=int, ndmin=2)

    def clock(self) -> float:
        fields = Path(f"/proc/{self.r.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        return sum(map(int, fields[11:13])) / os.sysconf("SC_CLK_TCK")

    def process(self) -> int:
        return self.r.pid


class QuantedaPointers(Quanteda):
    """The same at its fastest: split at white space, tokens behind external pointers."""

    agrees = 0.7
    why = "marks stay on words"
    way = "fasterword"
