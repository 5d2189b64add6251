"""What Sphinx and its theme leave out for the keyboard and for those who hear a page: levels of headings, and a stop in everything that scrolls."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sphinx.application import Sphinx

AFTER_THE_THEME = 900
SCROLLS = re.compile(r'<pre>|<div class="output text_html">')
PARAMETERS = re.compile(r'(<span class="sig-paren">\(</span>\s*)<dl>(.*?)</dl>', re.DOTALL)


def setup(app: Sphinx) -> dict[str, bool]:
    """Sphinx calls this."""
    app.connect("html-page-context", mended, priority=AFTER_THE_THEME)
    return {"parallel_read_safe": True}


def mended(_app: Sphinx, _page: str, _template: str, context: dict[str, Any], _doctree: Any) -> None:
    """The page's body and its navigation, with what they lack."""
    if "body" in context:
        body = SCROLLS.sub(lambda found: f'{found[0][:-1]} tabindex="0">', context["body"])
        context["body"] = PARAMETERS.sub(as_list, body)
    if "furo_navigation_tree" in context:
        tree = context["furo_navigation_tree"]
        context["furo_navigation_tree"] = tree.replace('role="heading"', 'role="heading" aria-level="2"')


def as_list(found: re.Match[str]) -> str:
    """The parameters of a signature, which Sphinx sets as definitions of nothing."""
    items = found[2].replace("<dd>", '<dd role="listitem">')
    return f'{found[1]}<dl role="list">{items}</dl>'
