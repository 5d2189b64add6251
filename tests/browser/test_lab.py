"""Notebooks in JupyterLab, run from top to bottom as a reader would: a small one of ours, and those of the documentation."""

from __future__ import annotations

import shutil

import nbformat
import pytest

from browsing import ROOT, SCREENSHOTS, access_faults, watched

NOTEBOOKS = sorted((ROOT / "docs" / "notebooks").glob("*.ipynb"))
KERNEL = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
CELLS = [
    'import framescope as fs\nresult = fs.analyze(fs.examples(), text="body", id="id")\nresult',
    'result.show("a01")',
    'result.show("a01")',
    'result.kwic("bridge")',
    'fs.analyze(["<script>alert(1)</script> a bridge to <img src=x onerror=alert(2)> the East."]).show(0)',
    'result.plot.frames(by="outlet")',
]
TIP = "mark => { const tip = getComputedStyle(mark, '::after'); return tip.display === 'none' ? '' : tip.content }"
UNDERLINED = "marks => marks.filter(mark => getComputedStyle(mark).backgroundImage.includes('gradient')).length"
THEME = "theme => window.jupyterapp.commands.execute('apputils:change-theme', {theme})"


@pytest.fixture(scope="module")
def opened(browser, lab):
    """The small notebook, run, in the light theme."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in CELLS], metadata=KERNEL)
    nbformat.write(notebook, lab.folder / "small.ipynb")
    with watched(browser, viewport={"width": 1300, "height": 1100}) as page:
        lab.run(page, "small.ipynb")
        yield page


def test_everything_is_shown(opened):
    assert opened.locator(".framescope.summary").count() == 1
    assert opened.locator(".framescope > div.text").count() == 3
    assert opened.locator(".framescope.kwic tbody tr").count() == 7
    assert opened.locator(".framescope.plot svg").count() == 1
    assert "<script>alert(1)</script> a bridge to <img src=x" in opened.locator(".framescope > div.text").last.text_content()


def test_a_tooltip_on_hover_and_on_focus(opened):
    box = opened.locator(".framescope:has(> div.text)").first
    mark = box.locator("mark", has_text="choose")
    mark.hover()
    assert "negated: not" in mark.evaluate(TIP)
    opened.screenshot(path=SCREENSHOTS / "lab-hover.png")
    opened.mouse.move(2, 2)
    assert mark.evaluate(TIP) in {"", "none", "normal"}
    box.locator("input").last.focus()
    opened.keyboard.press("Tab")
    assert "bridge" in box.locator("mark:focus-within").evaluate(TIP)
    opened.keyboard.press("Tab")
    assert box.locator("mark:focus-within").inner_text() == "living bridge"
    opened.screenshot(path=SCREENSHOTS / "lab-focus.png")


def test_the_legend_filters_its_own_document(opened):
    boxes = opened.locator(".framescope:has(> div.text)")
    count = [boxes.nth(i).locator("mark").evaluate_all(UNDERLINED) for i in range(2)]
    bridge = boxes.nth(0).get_by_role("checkbox", name="Bridge between worlds")
    bridge.click()
    assert [boxes.nth(i).locator("mark").evaluate_all(UNDERLINED) for i in range(2)] == [count[0] - 5, count[1]]
    bridge.press("Space")
    assert [boxes.nth(i).locator("mark").evaluate_all(UNDERLINED) for i in range(2)] == count
    assert opened.locator(".jp-Notebook-cell").count() == len(CELLS), "keys pressed in an output do nothing to the notebook"


def put_on(page, theme: str) -> None:
    """The light or the dark theme of JupyterLab."""
    page.evaluate(THEME, f"JupyterLab {theme.title()}")
    page.wait_for_selector(f'body[data-jp-theme-name="JupyterLab {theme.title()}"]', state="attached")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_themes_and_access(opened, theme):
    put_on(opened, theme)
    assert not access_faults(opened)
    for n, box in enumerate(opened.locator(".framescope").all()):
        assert box.evaluate("box => getComputedStyle(box).colorScheme") == theme
        box.screenshot(path=SCREENSHOTS / f"lab-{theme}-{n}.png")


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_of_the_documentation(browser, lab, path):
    shutil.copytree(path.parent, lab.folder, dirs_exist_ok=True)
    with watched(browser, viewport={"width": 1300, "height": 1400}) as page:
        lab.run(page, path.name)
        assert page.locator(".framescope").count() > 0
        for theme in ("dark", "light"):
            put_on(page, theme)
            assert not access_faults(page)
            for n, output in enumerate(page.locator(".framescope").all()):
                output.screenshot(path=SCREENSHOTS / f"{path.stem}-{theme}-{n}.png")
