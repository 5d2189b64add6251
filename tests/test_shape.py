"""The shape of the code: one line of stages, one door to Python, files one can read. Each test first finds what it speaks of."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src"
PACKAGE = ROOT / "python" / "framescope"
ROW = re.compile(r"^\| [^|]+ \| `(\w+)(?:\.rs|/)` \|", re.MULTILINE)
STAGES = ROW.findall((ROOT / "DESIGN.md").read_text(encoding="utf-8"))
RUST = sorted(SOURCE.rglob("*.rs"))
PYTHON = sorted([*PACKAGE.rglob("*.py"), *(ROOT / "tests").glob("*.py"), *(ROOT / "benches").glob("*.py")])
LONGEST = 400  # lines of code; tests inside a Rust file do not count
TESTS = re.compile(r"^#\[cfg\(test\)\]\nmod tests \{.*", re.DOTALL | re.MULTILINE)


def stage(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0].removesuffix(".rs")


def code(path: Path) -> str:
    """A Rust file without its tests and comments."""
    text = TESTS.sub("", path.read_text(encoding="utf-8"))
    return re.sub(r"//[^\n]*", "", text)


def test_there_is_something_to_test():
    assert len(STAGES) >= 13
    assert len(RUST) >= len(STAGES)
    assert len(PYTHON) >= 20


def test_design_lists_every_stage_and_no_other():
    assert {stage(path) for path in RUST} - {"lib"} == set(STAGES)


@pytest.mark.parametrize("path", RUST, ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_file_uses_only_what_stands_above_it(path):
    if stage(path) == "lib":
        pytest.skip("the table of contents")
    above = STAGES[: STAGES.index(stage(path)) + 1]
    text = code(path)
    used = set(re.findall(r"\bcrate::(\w+)", text))
    for group in re.findall(r"\bcrate::\{(.*?)\};", text, re.DOTALL):
        used |= set(re.findall(r"(?:^|,)\s*(\w+)", re.sub(r"\{[^{}]*\}", "", group)))
    assert used & set(STAGES) <= set(above), f"{path.name} reaches down the line"


def test_imports_inside_the_crate_were_found():
    assert sum(len(re.findall(r"\bcrate::", code(path))) for path in RUST) > 20


def test_one_stage_names_pyo3():
    naming = {stage(path) for path in RUST if re.search(r"\bpyo3", code(path))}
    assert naming == {"python"}


@pytest.mark.parametrize("path", [*RUST, *PYTHON], ids=lambda path: str(path.relative_to(ROOT)))
def test_files_can_be_read_in_one_sitting(path):
    text = path.read_text(encoding="utf-8")
    lines = (TESTS.sub("", text) if path.suffix == ".rs" else text).count("\n")
    assert 0 < lines + 1 <= LONGEST, f"{lines} lines; split the stage into a folder of the same name"


def test_nothing_unwraps():
    unwrapping = [f"{path.name}: {found}" for path in RUST for found in re.findall(r"\.(?:unwrap|expect)\([^\n]*", code(path))]
    assert unwrapping == []
    assert any(".unwrap(" in path.read_text(encoding="utf-8") for path in RUST), (
        "the tests of the core unwrap, so this looks at nothing"
    )


def test_python_says_what_each_file_is_for():
    for path in PYTHON:
        assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))), path.name


def test_python_has_no_loop_over_documents():
    """The package hands columns to the core; the one loop over rows is there to name the row that is wrong."""
    verbs = [PACKAGE / f"{name}.py" for name in ("analysis", "scores", "manifest", "tables")]
    loops = [
        node for path in verbs for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.For)
    ]
    assert all("corpus" not in ast.unparse(loop.iter) and "texts" not in ast.unparse(loop.iter) for loop in loops)
    assert loops


def test_the_stub_names_all_of_the_core():
    from framescope import _core

    stub = ast.parse((PACKAGE / "_core.pyi").read_text(encoding="utf-8"))
    defined = {node.name for node in stub.body if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    public = {name for name in dir(_core) if not name.startswith("_")}
    assert defined == public
