"""The notebooks run from top to bottom, and what they show is what is kept in their files."""

from __future__ import annotations

import ast
import json
import runpy
import tempfile
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent.parent / "docs" / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
# Drawn otherwise by other versions of pandas or Vega; what they say is in text/plain too.
PICTURES = ("image/", "text/html")


def shown(notebook):
    """All text that the code cells of a notebook show, cell by cell; of pictures that there is one."""
    return [[of_output(output) for output in cell["outputs"]] for cell in notebook["cells"] if cell["cell_type"] == "code"]


def of_output(output):
    if output["output_type"] == "stream":
        return {output["name"]: joined(output["text"])}
    return {kind: "picture" if kind.startswith(PICTURES) else joined(value) for kind, value in output["data"].items()}


def joined(text):
    return "".join(text) if isinstance(text, list) else text


def test_there_are_notebooks():
    assert [path.name for path in NOTEBOOKS] == ["quickstart.ipynb", "study.ipynb"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")  # of the machinery of notebooks
def test_a_run_shows_what_the_file_shows(path, tmp_path):
    kept = json.loads(path.read_text(encoding="utf-8"))
    run = runpy.run_path(str(FOLDER / "record.py"))["executed"](path, tmp_path)
    assert shown(run) == shown(kept), "make notebooks"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_outputs_are_kept_and_nothing_else_is(path):
    notebook = json.loads(path.read_text(encoding="utf-8"))
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    assert [cell["execution_count"] for cell in code] == list(range(1, len(code) + 1)), "make notebooks"
    assert sum(bool(cell["outputs"]) for cell in code) > len(code) / 2
    assert all(output["output_type"] != "error" for cell in code for output in cell["outputs"])
    assert all("execution" not in cell["metadata"] for cell in code)
    assert tempfile.gettempdir() not in path.read_text(encoding="utf-8")


def test_the_quick_start_begins_with_the_five_lines_of_the_readme():
    readme = (FOLDER.parent.parent / "README.md").read_text(encoding="utf-8")
    lines = statements(readme.split("## In Python\n\n```python\n")[1].split("```")[0])
    cells = json.loads((FOLDER / "quickstart.ipynb").read_text(encoding="utf-8"))["cells"]
    first = statements(joined(next(cell for cell in cells if cell["cell_type"] == "code")["source"]))
    assert len(lines) == len(first) == 5
    assert lines[:-1] == first[:-1]
    assert lines[-1].startswith(first[-1])  # the README saves the page that the notebook shows


def statements(code):
    """The code without what ruff and people set differently: comments and line breaks."""
    return [ast.unparse(statement) for statement in ast.parse(code).body]
