"""Runs the notebooks of this folder from top to bottom, each in an empty folder, and keeps the outputs in the file: `make notebooks`."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import nbformat
from nbclient import NotebookClient

if TYPE_CHECKING:
    from nbformat import NotebookNode

HERE = Path(__file__).parent
SECONDS = 120  # for one cell
COLUMNS = "100"  # of what is printed
QUIET = ["--log-level=ERROR"]


def executed(path: Path, folder: Path) -> NotebookNode:
    """The notebook after a run in the folder; a cell that fails is an error."""
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(
        notebook,
        timeout=SECONDS,
        kernel_name="python3",
        record_timing=False,
        extra_arguments=QUIET,
        resources={"metadata": {"path": str(folder)}},
    )
    client.execute(env={**os.environ, "COLUMNS": COLUMNS})
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python", "pygments_lexer": "python"},
    }
    return notebook


def record(path: Path) -> None:
    """Writes the outputs into the file."""
    with tempfile.TemporaryDirectory() as folder:
        nbformat.write(executed(path, Path(folder)), path)


if __name__ == "__main__":
    for path in sorted(HERE.glob("*.ipynb")):
        print(path.name)
        record(path)
