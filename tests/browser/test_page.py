"""A page that `.save` wrote, in Chromium: lines, signs, tooltips, the legend, the keyboard, themes, and text that means harm."""

from __future__ import annotations

import pytest

import framescope as fs
from browsing import SCREENSHOTS, access_faults, watched
from hostile import NAME, TEXTS, hostile_lexicon, seen
from kinds import rows

LINES = """marks => marks.map(mark => getComputedStyle(mark).backgroundImage
  .split(/, (?=none|linear|repeating)/).filter(line => line !== 'none').length)"""
TOLD = "mark => { const tip = getComputedStyle(mark, '::after'); return tip.display === 'none' ? '' : tip.content }"
GROUND = "box => getComputedStyle(box).backgroundColor"
GROUNDS = {"light": "rgb(255, 255, 255)", "dark": "rgb(22, 24, 29)"}
BOX = """mark => { const tip = getComputedStyle(mark, '::after'), n = name => parseFloat(tip[name]);
  return [n('left'), n('top'), n('left') + n('width'), n('top') + n('height')] }"""
STOP = """() => { const stop = document.activeElement, mark = stop.closest('mark');
  return mark && {start: [...mark.parentNode.childNodes].slice(0, [...mark.parentNode.childNodes].indexOf(mark))
    .reduce((n, node) => n + [...node.textContent].length, 0), heard: stop.ariaLabel, told: stop.ariaDescription,
    shown: stop.getClientRects().length > 0, outline: getComputedStyle(mark).outlineStyle} }"""


@pytest.fixture(scope="module")
def result() -> fs.Result:
    return fs.analyze(fs.examples(), text="body", id="id")


@pytest.fixture(scope="module")
def overlapping() -> fs.Result:
    dictionary = {"a": ["one two three"], "b": ["two three four"], "c": ["three"], "d": ["three", "four five"]}
    return fs.analyze(["Zero one two three four five; three."], lexicon=fs.Lexicon.from_quanteda(dictionary))


@pytest.fixture
def opened(page, tmp_path):
    """Opens a document's own page."""

    def open_document(*documents: fs.Document):
        page.goto("about:blank")
        for n, document in enumerate(documents):
            document.save(tmp_path / f"{n}.html")
        if len(documents) == 1:
            page.goto((tmp_path / "0.html").as_uri())
        else:
            page.set_content("".join(document.to_html() for document in documents))
        return page

    return open_document


def lines(page) -> list[int]:
    """How many lines are under each marked piece."""
    counts: list[int] = page.locator("mark").evaluate_all(LINES)
    return counts


def told(mark) -> str:
    """The tooltip of a piece that the mouse is on; empty if there is none."""
    mark.hover()
    return mark.evaluate(TOLD)


def hits_of(result: fs.Result, doc: object) -> list[dict]:
    """The hits of a document in order, each once."""
    found = {(row["start"], row["end"], row["frame"]): row for row in rows(result.hits) if row["doc"] == doc}
    return [found[place] for place in sorted(found)]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_has_no_fault_of_access(browser, result, overlapping, tmp_path, scheme):
    with watched(browser, color_scheme=scheme) as page:
        for name, document in {
            "a01": result.show("a01"),
            "overlap": overlapping.show(0),
            "cut": result.show("a02", limit=900),
        }.items():
            document.save(tmp_path / f"{name}.html")
            page.goto((tmp_path / f"{name}.html").as_uri())
            assert not access_faults(page)
            page.screenshot(path=SCREENSHOTS / f"page-{name}-{scheme}.png", full_page=True)
        assert page.locator(".framescope").evaluate(GROUND) == GROUNDS[scheme]


def test_every_hit_has_a_line_of_its_own(opened, overlapping):
    page = opened(overlapping.show(0))
    text, hits = "Zero one two three four five; three.", hits_of(overlapping, 0)
    borders = sorted({hit[end] for hit in hits for end in ("start", "end")})
    expected = [sum(hit["start"] <= at < hit["end"] for hit in hits) for at in borders]
    assert lines(page) == [n for n in expected if n]
    assert max(expected) == 4
    assert page.locator(".text").inner_text() == text


def test_twenty_frames_have_twenty_looks(opened):
    numbers = [f"n{n}" for n in range(20)]
    page = opened(fs.analyze([" ".join(numbers)], lexicon=fs.Lexicon.from_quanteda({n: [n] for n in numbers})).show(0))
    drawn = [mark.evaluate("mark => getComputedStyle(mark).backgroundImage") for mark in page.locator("mark").all()]
    assert len(set(drawn)) == 20
    in_legend = [line.evaluate("line => getComputedStyle(line).backgroundImage") for line in page.locator("label .line").all()]
    assert sorted(in_legend) == sorted(drawn)


def test_a_tooltip_tells_the_evidence(opened, result):
    page = opened(result.show("a01"))
    tip = told(page.locator("mark", has_text="choose"))
    hit = next(hit for hit in hits_of(result, "a01") if hit["text"] == "choose between")
    evidence = [hit["entry"], hit["target"], hit["target_rule"], hit["speaker"], hit["modality"], f"negated: {hit['cue']}"]
    assert all(evidence), "the example has all of them"
    for part in ["Great-power competition", "great_power_competition", *evidence, "quoted", "weight: "]:
        assert part in tip
    page.screenshot(path=SCREENSHOTS / "page-tooltip.png")
    page.mouse.move(2, 2)
    assert page.locator("mark", has_text="choose").evaluate(TOLD) in {"", "none", "normal"}


@pytest.mark.parametrize("width", [360, 1000])
def test_tooltips_stay_in_the_window(browser, result, tmp_path, width):
    result.show("a01").save(tmp_path / "a01.html")
    with watched(browser, viewport={"width": width, "height": 500}) as page:
        page.goto((tmp_path / "a01.html").as_uri())
        for n in (0, 2, 8, -1):
            mark = page.locator("mark").nth(n)
            mark.scroll_into_view_if_needed()
            assert "entry" in told(mark)
            left, top, right, bottom = mark.evaluate(BOX)
            assert 0 <= left < right <= width
            assert 0 <= top < bottom <= 500
        page.screenshot(path=SCREENSHOTS / f"page-narrow-{width}.png")


def test_the_legend_hides_a_frame(opened, overlapping):
    page = opened(overlapping.show(0))
    before = lines(page)
    for frame in "abcd":
        box = page.get_by_role("checkbox", name=frame)
        covered = [f"• {frame}" in told(mark) for mark in page.locator("mark").all()]
        assert any(covered)
        box.click()
        assert lines(page) == [n - hidden for n, hidden in zip(before, covered, strict=True)]
        assert not any(f"• {frame}" in told(mark) for mark in page.locator("mark").all())
        box.click()
        assert lines(page) == before


def test_the_legend_hides_what_is_denied(opened, result):
    page = opened(result.show("a01"))
    hits = hits_of(result, "a01")
    for kind in ("negated", "quoted"):
        page.get_by_role("checkbox", name=kind).click()
        assert sum(lines(page)) == sum(not hit[kind] for hit in hits) < len(hits)
        page.get_by_role("checkbox", name=kind).click()
    page.get_by_role("checkbox", name="hedged").click()
    assert sum(lines(page)) == sum(hit["modality"] != "hedged" for hit in hits) < len(hits)


def test_the_keyboard_reaches_everything_in_order(opened, result):
    page = opened(result.show("a02"))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.type") == "checkbox"
    first = page.locator("label .name").first.inner_text()
    page.keyboard.press("Space")
    page.screenshot(path=SCREENSHOTS / "page-keyboard-legend.png")
    while page.evaluate("document.activeElement.type") == "checkbox":
        page.keyboard.press("Tab")
    labels = {path: frame.label for path, frame in result.lexicon.frames.items()}
    expected = [hit for hit in hits_of(result, "a02") if labels[hit["frame"]] != first]
    met = []
    while stop := page.evaluate(STOP):
        assert stop["shown"]
        assert stop["outline"] == "solid"
        assert page.locator("mark:focus-within").evaluate(TOLD).startswith('"• ')
        met.append((stop["start"], stop["heard"].split(", ")[0], stop["told"]))
        if len(met) == 3:
            page.screenshot(path=SCREENSHOTS / "page-keyboard-hit.png")
        page.keyboard.press("Tab")
    assert [(start, label) for start, label, _ in met] == [(hit["start"], labels[hit["frame"]]) for hit in expected]
    assert all(hit["entry"] in said for (_, _, said), hit in zip(met, expected, strict=True))
    assert page.locator("mark:focus-within").count() == 0, "no tooltip stays when the focus has moved on"


def test_documents_do_not_filter_each_other(opened, result):
    page = opened(result.show("a01"), result.show("a01"), result.show("a02"))
    boxes = page.locator(".framescope")
    counts = [sum(lines(boxes.nth(i))) for i in range(3)]
    boxes.nth(1).locator("input").first.click()
    after = [sum(lines(boxes.nth(i))) for i in range(3)]
    assert (after[0], after[2]) == (counts[0], counts[2])
    assert after[1] == counts[1] - 5, "the first frame of the legend has five hits"


@pytest.mark.parametrize(("place", "dark"), [('data-jp-theme-light="true"', False), ('data-jp-theme-light="false"', True),
    ('class="vscode-light"', False), ('class="vscode-dark"', True), ('class="vscode-body vscode-high-contrast"', True),
    ('class="vscode-high-contrast vscode-high-contrast-light"', False), ('data-theme="light"', False), ('data-theme="dark"', True)])  # fmt: skip
def test_a_notebook_chooses_the_theme(browser, result, place, dark):
    with watched(browser, color_scheme="light" if dark else "dark") as page:
        page.set_content(
            f"<body {place}>{result.show('a01').to_html()}{result._repr_html_()}{result.kwic('bridge')._repr_html_()}"
        )
        assert [box.evaluate(GROUND) for box in page.locator(".framescope").all()] == [GROUNDS["dark" if dark else "light"]] * 3


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_harmful_text_is_shown_as_text(opened, text):
    document = fs.analyze([text], lexicon=hostile_lexicon()).show(0)
    page = opened(document)
    shown = page.locator(".text").evaluate("text => text.textContent")
    assert shown == seen(text)
    assert page.locator(".framescope").evaluate("box => [...new Set([...box.querySelectorAll('*')].map(node => node.localName))]") == [
        *("style", "div", "b", "span", "fieldset", "legend", "label", "input", "mark", "i"),
    ]  # fmt: skip
    assert page.evaluate("[window.harm, document.styleSheets.length, document.scripts.length]") == [None, 2, 0]
    assert page.title().startswith("0 · </style></title>")
    assert "\u202e" not in page.title() + page.locator("label").first.inner_text()


def test_harm_in_a_notebook_is_none(page):
    """As a notebook does it: inside a page that allows scripts."""
    result = fs.analyze(list(TEXTS.values()), lexicon=hostile_lexicon())
    for html in [result._repr_html_(), result.kwic()._repr_html_(), *(result.show(n).to_html() for n in range(len(TEXTS)))]:
        page.set_content(f"<body>{html}</body>")
        assert page.evaluate("[window.harm, document.scripts.length]") == [None, 0]
    assert NAME[:8] in page.locator("label .name").first.inner_text()


def test_a_long_document_says_what_is_not_shown(opened, result):
    page = opened(result.show("a01", limit=300))
    text = fs.examples()["body"][0]
    shown = page.locator(".text").inner_text().removesuffix(" […]")
    assert text.startswith(shown)
    assert 0 < len(shown) <= 300
    assert f"the first {len(shown):,} of {len(text):,} characters" in page.locator(".note").inner_text()
    assert "limit=None" in page.locator(".note").inner_text()
