"""The site builds without a warning, asks nothing of the network, and leads nowhere that does not exist."""

from __future__ import annotations

import html
import re
import subprocess
import sys
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

import framescope as fs

ROOT = Path(__file__).parent.parent
LOADED = {"script": "src", "img": "src", "source": "src", "iframe": "src", "link": "href", "video": "src", "object": "data"}
LINK_ONLY = {"canonical", "next", "prev", "search", "index", "author", "license"}  # <link rel=…> that loads nothing
SOURCES = [
    path.relative_to(ROOT / "docs").with_suffix("") for ending in ("md", "ipynb") for path in (ROOT / "docs").rglob(f"*.{ending}")
]
MARKS = {  # what must stand on a page, wherever it was written
    "start": "make demo",
    "api": "FrameVectorizer",
    "entries": "Overlap",
    "tables": "code points",
    "context": "predicate",
    "methods": "Wilson",
    "limits": "Irony",
    "design": "Why a lexicon",
    "compare": "PhraseMatcher",
    "changelog": "Unreleased",
    "command-line": "framescope lexicon lint",
    "how-to/quanteda": "nested_scope",
    "how-to/vader": "compound",
    "how-to/spacy": "add_pipe",
    "how-to/pipelines": "framescope_count",
}


class Page(HTMLParser):
    """What a page loads, where it links to, which anchors it has."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.loads: list[str] = []
        self.links: list[str] = []
        self.anchors: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.anchors |= {values["id"]} if "id" in values else set()
        wanted = LOADED.get(tag)
        if wanted in values and not (tag == "link" and set(values.get("rel", "").split()) <= LINK_ONLY):
            self.loads.append(values[wanted])
        self.loads += [part.split()[0] for part in values.get("srcset", "").split(",") if part.strip()]
        self.loads += re.findall(r"url\(([^)]+)\)", values.get("style", ""))
        if tag == "a" and "href" in values:
            self.links.append(values["href"])


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    options = ["-b", "html", "-W", "--keep-going", "-q", "-d", folder / "doctrees"]
    command = [sys.executable, "-m", "sphinx", *options, ROOT / "docs", folder / "html"]
    built = subprocess.run(command, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    return folder / "html"


@cache
def page(path: Path) -> Page:
    return Page(path.read_text(encoding="utf-8"))


def pages(site: Path) -> list[Path]:
    return sorted(site.rglob("*.html"))


def test_every_source_is_a_page(site):
    assert len(SOURCES) > 20
    assert [name for name in SOURCES if not (site / name).with_suffix(".html").is_file()] == []


def test_pages_hold_what_they_are_for(site):
    for name, words in MARKS.items():
        assert words in (site / f"{name}.html").read_text(encoding="utf-8"), name


def test_nothing_is_loaded_from_elsewhere(site):
    loads = {(path.name, load) for path in pages(site) for load in page(path).loads}
    assert len(loads) > 100
    assert [found for found in loads if urlsplit(found[1]).scheme not in {"", "data"} or found[1].startswith("//")] == []
    sheets = {path: path.read_text(encoding="utf-8") for path in site.rglob("*.css")}
    assert len(sheets) > 3
    for path, text in sheets.items():
        assert re.findall(r"(?:url\(|@import)\s*[\"']?(?:https?:)?//", text) == [], path.name


def test_scripts_name_no_other_machine(site):
    scripts = [path.read_text(encoding="utf-8") for path in pages(site)]
    inline = [script for text in scripts for script in re.findall(r"<script[^>]*>(.*?)</script>", text, re.DOTALL)]
    assert [script for script in inline if re.search(r"https?://", html.unescape(script))] == []


def test_links_inside_the_site_lead_somewhere(site):
    broken, seen = [], 0
    for path in pages(site):
        for link in page(path).links:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            seen += 1
            anchors = page(target).anchors | {""} if target.suffix == ".html" and target.is_file() else {parts.fragment}
            if not target.is_file() or unquote(parts.fragment) not in anchors:
                broken.append((path.relative_to(site).as_posix(), link))
    assert seen > 1000
    assert broken == []


def test_the_api_page_names_every_public_name(site):
    anchors = page(site / "api.html").anchors
    for name in fs.__all__:
        assert any(anchor.startswith("framescope.") and anchor.endswith(f".{name}") for anchor in anchors), (
            f"docs/api.md has no {name}"
        )
    verbs = [name for name in dir(fs.Result) if not name.startswith("_")]
    assert len(verbs) > 10
    assert [name for name in verbs if f"framescope.Result.{name}" not in anchors] == []


def test_the_lexicon_page_has_every_frame_and_entry(site):
    lexicon = fs.Lexicon.load("foreign-policy")
    text = re.sub(r"<[^>]+>", "", (site / "lexicon.html").read_text(encoding="utf-8"))
    text = html.unescape(text)
    for frame in lexicon.frames.values():
        assert frame.label in text
        assert frame.definition in text
        assert all(sentence in text for sentence in (*frame.include, *frame.exclude))
    assert [entry.pattern for entry in lexicon.entries if entry.pattern not in text] == []
