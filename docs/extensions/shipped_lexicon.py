"""The directive `shipped-lexicon`: frames with definitions, examples and entries, and actors by type, read from the lexicon when the site is built.

What it makes are nodes of text, so nothing of a lexicon is ever taken for markup.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

import framescope as fs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sphinx.application import Sphinx

POLARITY = {1: "credits its target (+1)", -1: "discredits its target (−1)", 0: "neither credits nor discredits (0)", None: "none"}
PLACES = {"any": "near", "before": "before it", "after": "after it"}
TYPES = {"country": "countries", "person": "persons", "organisation": "organisations", "bloc": "blocs", "region": "regions"}
SHOWN = 6  # actors of each type, those with most names


def setup(app: Sphinx) -> dict[str, bool]:
    """Sphinx calls this."""
    app.add_directive("shipped-lexicon", ShippedLexicon)
    app.add_directive("shipped-actors", ShippedActors)
    return {"parallel_read_safe": True}


class ShippedLexicon(SphinxDirective):
    """`{shipped-lexicon} NAME`: a line about the lexicon, a table of its frames, and a section for each."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """What stands in place of the directive."""
        lexicon = fs.Lexicon.load(self.arguments[0])
        counts = f"{len(lexicon.frames)} frames, {len(lexicon.entries):,} entries, {len(lexicon.actors):,} actors"
        about = nodes.paragraph("", f"{lexicon.id} {lexicon.version}: {counts}; hash ")
        about += nodes.literal("", lexicon.hash[:12])
        about += nodes.Text(f". Overlap: {lexicon.overlap}. Licence: {lexicon.to_dict().get('license', '–')}.")
        return [about, overview(lexicon), *(self.section(frame) for frame in lexicon.frames.values())]

    def section(self, frame: fs.Frame) -> nodes.section:
        """One frame."""
        section = nodes.section(ids=[identifier(frame)], names=[frame.path])
        section += nodes.title("", frame.label)
        facts = nodes.paragraph("")
        facts += nodes.literal("", frame.path)
        counting = "" if frame.evaluates else "; its hits evaluate only beside an evaluating word"
        facts += nodes.Text(f" · polarity: {POLARITY[frame.polarity]}{counting}")
        section += facts
        section += nodes.paragraph("", frame.definition or "No definition.")
        for heading, sentences in (("Is this frame", frame.include), ("Looks like it, and is not", frame.exclude)):
            if sentences:
                section += nodes.paragraph("", "", nodes.strong("", heading))
                section += listing(nodes.paragraph("", sentence) for sentence in sentences)
        if frame.entries:
            section += folded(f"{len(frame.entries)} entries", [listing(map(entry_line, frame.entries))])
        self.state.document.note_explicit_target(section)
        return section


class ShippedActors(SphinxDirective):
    """`{shipped-actors} NAME`: how many actors of each type, and some of them with their names."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """What stands in place of the directive."""
        actors = list(fs.Lexicon.load(self.arguments[0]).actors.values())
        counts = Counter(actor.type for actor in actors)
        rows = []
        for kind, number in counts.most_common():
            known = sorted((actor for actor in actors if actor.type == kind), key=lambda actor: -len(actor.aliases))[:SHOWN]
            rows.append([text(TYPES[kind]), text(f"{number:,}"), text(", ".join(actor.label for actor in known) + " …")])
        return [table(["type", "number", "those with most names"], [14, 10, 76], rows)]


def overview(lexicon: fs.Lexicon) -> nodes.table:
    """All frames in one table, each a link to its section."""
    rows = []
    for frame in lexicon.frames.values():
        link = nodes.paragraph("", "", nodes.reference("", "", nodes.literal("", frame.path), refid=identifier(frame)))
        rows.append([link, text(frame.definition or ""), text(str(len(frame.entries)))])
    return table(["frame", "definition", "entries"], [24, 66, 10], rows)


def entry_line(entry: fs.Entry) -> nodes.paragraph:
    """An entry with everything that decides whether it counts, and for how much."""
    line = nodes.paragraph("")
    line += nodes.literal("", entry.pattern)
    if entry.regex:
        line += nodes.Text(" (regular expression)")
    if entry.weight != 1:
        line += nodes.Text(f" · weight {entry.weight:g}")
    if entry.polarity is not None:
        line += nodes.Text(f" · polarity {entry.polarity:+d}")
    if entry.case:
        line += nodes.Text(f" · case: {entry.case}")
    for word, contexts in (("only with", entry.require), ("not with", entry.forbid)):
        for context in contexts:
            line += nodes.Text(f" · {word} ")
            line += condition(context)
    if entry.note:
        line += nodes.Text(f" · {entry.note}")
    return line


def condition(context: Mapping[str, Any]) -> Iterator[nodes.Node]:
    """`require` or `forbid` in words."""
    parts = [(PLACES[place], context[place]) for place in PLACES if context.get(place)]
    for i, (where, patterns) in enumerate(parts):
        yield nodes.Text(f"{', or ' if i else ''}{where} ")
        for j, pattern in enumerate(patterns):
            if j:
                yield nodes.Text(" ")
            yield nodes.literal("", pattern)
    within = context.get("within", "sentence")
    yield nodes.Text(" in the sentence" if within == "sentence" else f" within {within} words")


def identifier(frame: fs.Frame) -> str:
    """The anchor of a frame."""
    return "frame-" + nodes.make_id(frame.path)


def text(words: str) -> nodes.paragraph:
    """A paragraph of plain words."""
    return nodes.paragraph("", words)


def listing(lines: Iterable[nodes.paragraph]) -> nodes.bullet_list:
    """A list, one line each."""
    return nodes.bullet_list("", *(nodes.list_item("", line) for line in lines))


def folded(summary: str, content: list[nodes.Node]) -> list[nodes.Node]:
    """What opens when its summary is clicked."""
    opening = nodes.raw("", f"<details class='entries'><summary>{summary}</summary>", format="html")
    return [opening, *content, nodes.raw("", "</details>", format="html")]


def table(headings: list[str], widths: list[int], rows: list[list[nodes.Node]]) -> nodes.table:
    """A table of paragraphs."""
    group = nodes.tgroup("", *(nodes.colspec(colwidth=width) for width in widths), cols=len(widths))
    group += nodes.thead("", row([text(heading) for heading in headings]))
    group += nodes.tbody("", *map(row, rows))
    return nodes.table("", group, classes=["colwidths-given"])


def row(cells: list[nodes.Node]) -> nodes.row:
    """One row of a table."""
    return nodes.row("", *(nodes.entry("", cell) for cell in cells))
