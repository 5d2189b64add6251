"""The command line: `framescope analyze | count | scores | stance | kwic | learn | lexicon | demo`."""

from __future__ import annotations

import json
import sys
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

import framescope as fs
from framescope import _core
from framescope.demo import demo as demo_text
from framescope.errors import did_you_mean
from framescope.reading import Input, read_input
from framescope.writing import refuse_to_overwrite, write_folder, write_table

if TYPE_CHECKING:
    import pyarrow as pa

USAGE, FAILED, STOPPED = 2, 1, 130  # exit codes; 0 is success, STOPPED is Ctrl-C

app = typer.Typer(
    name="framescope",
    help="Which frames documents use, with evidence.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
lexicons = typer.Typer(help="Look at lexicons, check and convert them.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(lexicons, name="lexicon")


def print_version(wanted: bool) -> None:  # noqa: FBT001 - typer hands the flag over by place
    """Prints the version and ends."""
    if wanted:
        typer.echo(f"framescope {_core.version()}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[bool, typer.Option("--version", callback=print_version, is_eager=True, help="The version.")] = False,
) -> None:
    """Which frames documents use, with evidence."""


class Kind(str, Enum):
    """What the input is."""

    csv = "csv"
    jsonl = "jsonl"
    parquet = "parquet"
    text = "text"


class Format(str, Enum):
    """What the output is."""

    parquet = "parquet"
    csv = "csv"
    jsonl = "jsonl"


Source = Annotated[
    str, typer.Argument(metavar="INPUT", help="CSV, JSONL or Parquet file, a folder of .txt or .html, or - for standard input.")
]
Text = Annotated[str | None, typer.Option(help="Column of documents (files with columns).")]
Id = Annotated[str | None, typer.Option(help="Column of unique ids; else row numbers. In a folder, ids are paths.")]
From = Annotated[
    Kind | None, typer.Option("--from", help="What INPUT is, where its ending does not say. Standard input is one text.")
]
Lexicon = Annotated[str, typer.Option(help="A shipped lexicon, or a file.")]
Out = Annotated[Path | None, typer.Option(help="Folder to write; complete or not at all.")]
Threads = Annotated[int | None, typer.Option(min=1, help="Threads; all cores if not given.")]
KeepChrome = Annotated[bool, typer.Option("--keep-chrome", help="Keep hits in menus, share links and lists of other articles.")]
Force = Annotated[bool, typer.Option("--force", help="Replace a folder that framescope wrote.")]
FORMAT_HELP = "In CSV a cell that a spreadsheet would run as a formula gets a ' before it; Parquet and JSONL are exact."
FolderFormat = Annotated[Format, typer.Option("--format", help=FORMAT_HELP)]


@app.command()
def analyze(
    source: Source,
    text: Text = None,
    id: Id = None,  # noqa: A002 - the option's name
    from_: From = None,
    lexicon: Lexicon = "foreign-policy",
    out: Out = None,
    format: FolderFormat = Format.parquet,  # noqa: A002 - the option's name
    by: Annotated[list[str] | None, typer.Option(help="Column to group scores by; may be repeated.")] = None,
    keep_chrome: KeepChrome = False,
    threads: Threads = None,
    force: Force = False,
) -> None:
    """Find every hit: tables hits, documents, stances, quotes, scores and a manifest in --out; a summary on the screen."""
    given = ready(read(source, text, id, from_), out, by, force=force)
    result = analyzed(given, lexicon, keep_chrome=keep_chrome, threads=threads)
    if out:
        tables = result.tables()
        if by:
            tables["groups"] = result.scores("rate", by=by)
        write_folder(tables, result.manifest(), out, format.value, force=force)
    typer.echo(str(result))
    if by and not out:
        write_table(result.scores("rate", by=by), sys.stdout.buffer, "csv")
    typer.echo(f"written to {out}" if out else "nothing written; say --out DIR to keep the tables")


@app.command()
def count(
    source: Source,
    text: Text = None,
    id: Id = None,  # noqa: A002 - the option's name
    from_: From = None,
    lexicon: Lexicon = "foreign-policy",
    out: Out = None,
    format: FolderFormat = Format.csv,  # noqa: A002 - the option's name
    keep_chrome: KeepChrome = False,
    threads: Threads = None,
    force: Force = False,
) -> None:
    """Count hits, documents × frames: to --out, or to standard output."""
    given = ready(read(source, text, id, from_), out, force=force)
    table = fs.count(given.frame, text=given.text, id=given.id, lexicon=lexicon, keep_chrome=keep_chrome, threads=threads)
    put(table, "counts", out, format, force=force)


@app.command()
def scores(
    source: Source,
    text: Text = None,
    id: Id = None,  # noqa: A002 - the option's name
    from_: From = None,
    lexicon: Lexicon = "foreign-policy",
    measure: Annotated[str, typer.Option(help="rate, share, presence, count, weight or logit.")] = "rate",
    by: Annotated[list[str] | None, typer.Option(help="Column to group documents by; may be repeated.")] = None,
    target: Annotated[
        list[str] | None, typer.Option(help="Only hits said of this actor (an id of the lexicon); may be repeated.")
    ] = None,
    speaker: Annotated[
        list[str] | None, typer.Option(help="Only hits in this voice: author, a name, an actor's id; may be repeated.")
    ] = None,
    quoted: Annotated[
        bool | None, typer.Option("--quoted/--not-quoted", help="Only hits inside quotation marks, or outside.")
    ] = None,
    negated: Annotated[bool | None, typer.Option("--negated/--not-negated", help="Only hits that are denied, or not.")] = None,
    modality: Annotated[
        list[str] | None, typer.Option(help="asserted, hedged, conditional, future, desired; may be repeated.")
    ] = None,
    out: Out = None,
    format: FolderFormat = Format.csv,  # noqa: A002 - the option's name
    keep_chrome: KeepChrome = False,
    threads: Threads = None,
    force: Force = False,
) -> None:
    """Score frames, by document or group, of all hits or of some: to --out, or to standard output."""
    given = ready(read(source, text, id, from_), out, by, force=force)
    result = analyzed(given, lexicon, keep_chrome=keep_chrome, threads=threads)
    where: Any = {"target": target, "speaker": speaker, "modality": modality, "quoted": quoted, "negated": negated}
    asked = {name: value for name, value in where.items() if value not in (None, [])}
    measured: Any = measure  # a name the core checks
    put(result.scores(measured, by=by, **asked), "scores", out, format, force=force)


@app.command()
def stance(
    source: Source,
    text: Text = None,
    id: Id = None,  # noqa: A002 - the option's name
    from_: From = None,
    lexicon: Lexicon = "foreign-policy",
    by: Annotated[
        list[str] | None, typer.Option(help="target, speaker, speaker_actor, quoted, negated, or a column; may be repeated.")
    ] = None,
    out: Out = None,
    format: FolderFormat = Format.csv,  # noqa: A002 - the option's name
    keep_chrome: KeepChrome = False,
    threads: Threads = None,
    force: Force = False,
) -> None:
    """Sum up who evaluates whom, and how, by target or other columns: to --out, or to standard output."""
    given = ready(read(source, text, id, from_), out, force=force)
    result = analyzed(given, lexicon, keep_chrome=keep_chrome, threads=threads)
    put(result.stance(by or "target"), "stance", out, format, force=force)


@app.command()
def kwic(
    source: Source,
    what: Annotated[str, typer.Argument(help="A frame of the lexicon, or an entry such as 'bridge~'.")],
    text: Text = None,
    id: Id = None,  # noqa: A002 - the option's name
    from_: From = None,
    lexicon: Lexicon = "foreign-policy",
    window: Annotated[int, typer.Option(min=0, help="Words on each side.")] = 8,
    out: Out = None,
    format: Annotated[Format | None, typer.Option("--format", help=FORMAT_HELP)] = None,  # noqa: A002
    keep_chrome: KeepChrome = False,
    threads: Threads = None,
    force: Force = False,
) -> None:
    """Show every hit with the words around it: aligned on the screen, or as a table with --format or --out."""
    given = ready(read(source, text, id, from_), out, force=force)
    result = analyzed(given, lexicon, keep_chrome=keep_chrome, threads=threads)
    table = result.kwic(what, window)
    if not table.num_rows:
        typer.echo(f"no hits of '{what}'{did_you_mean(what, result.lexicon.counted_frames)}", err=True)
    if out or format:
        put(table, "kwic", out, format or Format.csv, force=force)
    else:
        for line in aligned(table):
            typer.echo(line)


@app.command()
def learn(
    source: Annotated[str, typer.Argument(metavar="INPUT", help="CSV, JSONL or Parquet file of coded spans.")],
    out: Annotated[Path, typer.Option(help="The weights file to write.")],
    text: Annotated[str, typer.Option(help="Column of texts.")] = "text",
    polarity: Annotated[str, typer.Option(help="Column of codes: -1, 0, 1.")] = "polarity",
    group: Annotated[
        str | None, typer.Option(help="Column whose equal values are kept together in tests; else equal texts are.")
    ] = None,
    name: Annotated[str, typer.Option(help="Name of the data, for the file.")] = "",
    license: Annotated[str, typer.Option(help="Licence of the data, for the file.")] = "",  # noqa: A002 - the option's name
    seed: Annotated[int, typer.Option(min=0, help="Of the folds.")] = 0,
    keep: Annotated[int, typer.Option(min=1, help="How many features to keep.")] = 12_000,
    ablate: Annotated[bool, typer.Option("--ablate", help="Also test without each family of features.")] = False,
) -> None:
    """Learn weights of stance from coded spans; print how right they are on texts they have not seen.

    INPUT has a text, start and end of the target (code points), and its polarity in each row; with holder_start and holder_end
    the weights are of that holder's stance. `fs.stance(..., weights=FILE)` uses the file.
    """
    from framescope.learn import Recipe, learn as learn_weights

    given = read(source, text, None, None)
    data = {key: value for key, value in (("data", name), ("license", license)) if value}
    learned = learn_weights(
        given.frame, text=text, polarity=polarity, group=group, recipe=Recipe(seed=seed, keep=keep), ablate=ablate, source=data
    )
    out.write_text(learned.text(), encoding="utf-8")
    typer.echo(json.dumps(learned.report, indent=1))
    typer.echo(f"written to {out}")


@app.command()
def demo(
    articles: Annotated[
        Path | None, typer.Option("--articles", metavar="FILE", help="Write the ten articles to a CSV file, and end.")
    ] = None,
) -> None:
    """Analyse ten built-in articles."""
    if articles:
        fs.examples().to_csv(articles, index=False)
        typer.echo(f"wrote ten articles to {articles}")
    else:
        typer.echo(demo_text())


@lexicons.command("list")
def list_() -> None:
    """The lexicons that ship with the package."""
    for name in fs._core.bundled_lexicons():  # noqa: SLF001 - our own core
        lexicon = fs.Lexicon.load(name)
        typer.echo(
            f"{name:16} {lexicon.version:8} {len(lexicon.frames):4} frames {len(lexicon.entries):6} entries {len(lexicon.actors):5} actors"
        )


@lexicons.command()
def show(
    lexicon: Annotated[str, typer.Argument(help="A shipped lexicon, or a file.")] = "foreign-policy",
    frame: Annotated[str | None, typer.Argument(help="A frame, to see its entries.")] = None,
) -> None:
    """The frames of a lexicon, or the entries of one frame."""
    loaded = fs.Lexicon.load(lexicon)
    if frame is None:
        typer.echo(f"{loaded!r}\nhash {loaded.hash}")
        for one in loaded.frames.values():
            typer.echo(f"  {one.path:24} {len(one.entries):4} entries  {one.definition or ''}")
        return
    if frame not in loaded.frames:
        raise fs.LexiconError.not_found("frame", frame, loaded.frames, "frames")
    for entry in loaded.frames[frame].entries:
        typer.echo(entry.pattern)


@lexicons.command()
def lint(lexicon: Annotated[str, typer.Argument(help="A shipped lexicon, or a file.")]) -> None:
    """Check a lexicon; exit code 1 if anything is found."""
    found = fs.Lexicon.load(lexicon).lint()
    for diagnostic in found:
        typer.echo(str(diagnostic))
    if found:
        raise typer.Exit(FAILED)
    typer.echo("nothing found")


@lexicons.command()
def schema() -> None:
    """JSON Schema of the lexicon file, for editors."""
    typer.echo(json.dumps(fs.Lexicon.schema(), indent=2, ensure_ascii=False))


@lexicons.command()
def convert(
    lexicon: Annotated[str, typer.Argument(help="A shipped lexicon, or a file.")],
    out: Annotated[Path, typer.Argument(help="A .yaml or .json file.")],
) -> None:
    """Write a lexicon as YAML or JSON."""
    if out.exists():
        raise fs.FramescopeError(f"'{out}' exists; choose another name")
    fs.Lexicon.load(lexicon).save(out)


def analyzed(given: Input, lexicon: str, *, keep_chrome: bool, threads: int | None) -> fs.Result:
    """What was read, analysed."""
    return fs.analyze(given.frame, text=given.text, id=given.id, lexicon=lexicon, keep_chrome=keep_chrome, threads=threads)


def read(source: str, text: str | None, id_: str | None, kind: Kind | None) -> Input:
    """The input, with the enum of the option as a plain word."""
    return read_input(source, text, id_, kind.value if kind else None)


def ready(given: Input, out: Path | None, by: list[str] | None = None, *, force: bool) -> Input:
    """The input, unless the run would be refused at its end: for a column that is missing or a folder that exists."""
    for name in by or []:
        if name not in given.frame.column_names:
            raise fs.ColumnError.not_found("column", name, given.frame.column_names, "columns")
    if out is not None:
        refuse_to_overwrite(out, force=force)
    return given


def put(table: pa.Table, name: str, out: Path | None, format_: Format, *, force: bool) -> None:
    """To a folder with its manifest, or to standard output."""
    if out is None:
        write_table(table, sys.stdout.buffer, format_.value)
        return
    manifest = json.loads(table.schema.metadata[b"framescope"])
    write_folder({name: table}, manifest, out, format_.value, force=force)
    typer.echo(f"written to {out}")


def aligned(table: pa.Table) -> list[str]:
    """A concordance for the eye: keywords below each other, white space run together."""
    rows = [{key: " ".join(str(value).split()) for key, value in row.items()} for row in table.to_pylist()]
    name = max((len(row["doc"]) for row in rows), default=0)
    before = max((len(row["before"]) for row in rows), default=0)
    return [f"{row['doc']:>{name}}  {row['before']:>{before}}  [{row['keyword']}]  {row['after']}".rstrip() for row in rows]


def main(arguments: list[str] | None = None) -> int:
    """Runs a command and returns its exit code: 0 done, 1 the run failed, 2 the call was wrong."""
    try:
        app(args=arguments, prog_name="framescope")
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else FAILED
    except KeyboardInterrupt:
        typer.echo("stopped", err=True)
        return STOPPED
    except BrokenPipeError:  # the reader of our output, such as `head`, had enough
        sys.stderr.close()
        return 0
    except (fs.FramescopeError, OSError) as error:
        typer.echo(f"error: {error}", err=True)
        return FAILED
    return 0
