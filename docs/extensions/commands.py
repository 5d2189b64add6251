"""The directive `commands`: what `framescope --help` and the help of each command print."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer
from docutils import nodes
from sphinx.util.docutils import SphinxDirective
from typer.testing import CliRunner

from framescope.cli import app as framescope_app

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx

WIDTH = "100"


def setup(app: Sphinx) -> dict[str, bool]:
    """Sphinx calls this."""
    app.add_directive("commands", Commands)
    return {"parallel_read_safe": True}


class Commands(SphinxDirective):
    """A section for each command."""

    def run(self) -> list[nodes.Node]:
        """What stands in place of the directive."""
        return [self.section(path) for path in paths(typer.main.get_command(framescope_app), ())]

    def section(self, path: tuple[str, ...]) -> nodes.section:
        """The help of one command, as it is printed."""
        name = " ".join(("framescope", *path))
        section = nodes.section(ids=[nodes.make_id(name)], names=[name])
        section += nodes.title("", "", nodes.literal("", name))
        shown = CliRunner(env={"COLUMNS": WIDTH, "TERM": "dumb"}).invoke(
            framescope_app, [*path, "--help"], prog_name="framescope"
        )
        section += nodes.literal_block("", shown.output.strip("\n"), language="text")
        self.state.document.note_explicit_target(section)
        return section


def paths(command: Any, path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The words that lead to a command and to those below it."""
    yield path
    for name, below in getattr(command, "commands", {}).items():
        yield from paths(below, (*path, name))
