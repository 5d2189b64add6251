"""A Vega-Lite specification → SVG, PNG, PDF, or HTML that needs nothing else.

A specification has the colours of the light theme. For a dark file they are replaced, and where a page decides, by its CSS variables.
"""

from __future__ import annotations

import hashlib
import html
import json
import re
from functools import cache
from typing import Any

from framescope.display.look import theme, themes
from framescope.errors import FramescopeError
from framescope.plots.style import DARK, LIGHT

COLOUR = re.compile(r'"(#[0-9a-fA-F]{3,6})"')
OWN_ID = re.compile(r'\bid="([^"]+)"')
CARD = (
    ".framescope.plot{background:var(--ground);color:var(--ink);border:1px solid var(--edge);border-radius:6px;box-sizing:border-box;"
    "max-width:max-content;padding:.2em 1.5em;overflow-x:auto;forced-color-adjust:none;print-color-adjust:exact}"
    ".framescope.plot svg{display:block;max-width:100%;height:auto;overflow:visible}"
)
POLICY = "default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"


def libraries() -> tuple[Any, Any]:
    """Altair and vl-convert, or how to get them."""
    try:
        import altair as alt
        import vl_convert
    except ImportError as error:
        raise FramescopeError(f"plots need {error.name}, which is not installed; say: pip install 'framescope[plot]'") from None
    return alt, vl_convert


@cache
def language_version() -> str | None:
    """The version of Vega-Lite that Altair writes, as vl-convert calls it; None if it has only others."""
    altair, convert = libraries()
    version = ".".join(altair.SCHEMA_VERSION.lstrip("v").split(".")[:2])
    return version if version in convert.get_vegalite_versions() else None


def drawn(spec: dict[str, Any]) -> str:
    """The picture as vl-convert draws it; it may fetch nothing."""
    _, convert = libraries()
    picture: str = convert.vegalite_to_svg(spec, vl_version=language_version(), allowed_base_urls=[])
    return picture


def svg(spec: dict[str, Any], description: str, *, dark: bool = False) -> str:
    """A file of its own, with real colours."""
    return accessible(painted(drawn(spec), dict(zip(LIGHT.values(), DARK.values(), strict=True)) if dark else {}), description)


def png(picture: str) -> bytes:
    """Twice as large as the picture says, for sharp screens and print."""
    content: bytes = libraries()[1].svg_to_png(picture, scale=2)
    return content


def pdf(picture: str) -> bytes:
    """The picture as a page of its own size."""
    content: bytes = libraries()[1].svg_to_pdf(picture)
    return content


def inline(spec: dict[str, Any], description: str) -> str:
    """The picture inside another page, in that page's theme."""
    picture = accessible(apart(painted(drawn(spec), VARIABLES)), description)
    return f'<div class="framescope plot"><style>{themes()}\n{CARD}</style>{picture}</div>'


def page(spec: dict[str, Any], title: str, description: str) -> str:
    """A page that draws the picture itself, with tooltips; libraries and numbers stand in it."""
    script = json.dumps(recoloured(spec, VARIABLES), ensure_ascii=True).replace("<", "\\u003c")
    options = '{"renderer":"svg","actions":false,"logLevel":1}'
    style = (
        f":root{{{theme(0)}}}@media (prefers-color-scheme:dark){{:root{{{theme(1)}}}}}"
        "body{margin:0;padding:1rem;background:var(--ground);color:var(--ink)}"
        "main{max-width:max-content;margin:auto;overflow-x:auto}"
    )
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{html.escape(title)}</title>'
        f"<style>{style}</style><script>{bundle()}</script></head>\n"
        f'<body><main><div id="plot" role="img" aria-label="{html.escape(description)}"></div></main>\n'
        f'<script>vegaEmbed("#plot",{script},{options})</script></body></html>\n'
    )


@cache
def bundle() -> str:
    """Vega and what it needs, as one script."""
    _, convert = libraries()
    script: str = convert.javascript_bundle(vl_version=language_version())
    return script.replace("</script", "<\\/script")


VARIABLES = {colour: f"var(--{name})" for name, colour in LIGHT.items()}


def painted(picture: str, colours: dict[str, str]) -> str:
    """The picture with other colours: in attributes, where they stand in quotes."""
    return COLOUR.sub(lambda found: f'"{colours.get(found[1].lower(), found[1])}"', picture)


def recoloured(value: Any, colours: dict[str, str]) -> Any:
    """A specification with other colours; its data are left alone."""
    if isinstance(value, dict):
        return {key: item if key in {"datasets", "data"} else recoloured(item, colours) for key, item in value.items()}
    if isinstance(value, list):
        return [recoloured(item, colours) for item in value]
    return colours.get(value, value) if isinstance(value, str) else value


def accessible(picture: str, description: str) -> str:
    """The picture as one image with a name."""
    name = html.escape(description)
    return picture.replace("<svg ", f'<svg role="img" aria-label="{name}" ', 1)


def apart(picture: str) -> str:
    """The picture with ids of its own: two in one notebook must not share their clips and gradients."""
    mark = hashlib.sha256(picture.encode()).hexdigest()[:8]
    for name in set(OWN_ID.findall(picture)):
        picture = picture.replace(f'id="{name}"', f'id="{name}-{mark}"').replace(f"url(#{name})", f"url(#{name}-{mark})")
    return picture
