"""Texts and names that would do something in a page, were they not escaped; each with what is to be seen of it."""

from __future__ import annotations

import framescope as fs

TEXTS = {  # each holds the word "bridge", so that it is shown around and inside marks
    "script": "<script>window.harm = 1; alert(1)</script> a bridge",
    "script in a hit": "bridge<script>alert(1)</script>bridge",
    "handler": '<img src=x onerror="window.harm = 1; alert(2)"> bridge',
    "svg": "<svg/onload=alert(3)><bridge/onclick=alert(3)>",
    "link": '<a href="javascript:alert(4)">bridge</a> [bridge](javascript:alert(4))',
    "end of style": "</style><script>alert(5)</script><style>* {display: none}</style> bridge",
    "end of everything": "</div></main></body></html><!-- bridge --> <![CDATA[ bridge ]]> -->",
    "quotes": '"\'`><b autofocus onfocus=alert(6)> bridge " onmouseover="alert(6)',
    "entities": "&lt;script&gt; &amp;amp; &#60; &bridge; &nbsp bridge",
    "template": "{{constructor.constructor('alert(7)')()}} ${bridge} <template>bridge</template>",
    "mathematics": r"$\href{javascript:alert(8)}{bridge}$ \(bridge\)",
    "frame": "<iframe srcdoc='<script>alert(9)</script>'></iframe><meta http-equiv=refresh content='0;url=data:,x'> bridge",
    "control characters": "a\x00bridge\x00\x07\x1b[31m\x7f bridge",
    "directions": "abc \u202ebridge egdirb\u202c \u2066bridge\u2069 \u200fbridge",
    "right to left": "שלום bridge עולם",
    "other signs": "𝔘 bridge 👩\u200d👩\u200d👧 e\u0301 \ufeffbridge\u2028bridge \ufffe",
}
NAME = "</style></title>\"'><script>alert(10)</script><img src=x onerror=alert(10)>\u202eemarf"


def hostile_lexicon() -> fs.Lexicon:
    """A lexicon all of whose names mean harm."""
    frames = {f"<script>alert(11)</script> {n} \"' onclick='alert(11)": {"label": f"{n} {NAME}", "entries": [entry]}
              for n, entry in enumerate(["bridge", {"regex": "bridge|</style><script>alert.12.</script>"}])}  # fmt: skip
    actors = {"x": {"label": NAME, "type": "country", "aliases": ["Norland"]}}
    return fs.Lexicon.from_dict({"framescope": 1, "id": NAME, "version": NAME, "frames": frames, "actors": actors})


def seen(text: str) -> str:
    """What is to be seen of a text: all of it, with pictures for control characters, which HTML cannot hold."""
    pictures = {code: chr(0x2400 + code) for code in [*range(9), 11, 12, *range(14, 32)]} | {127: "␡"}
    return text.translate(pictures)
