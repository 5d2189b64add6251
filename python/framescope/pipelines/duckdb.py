"""`framescope_count` in the SQL of DuckDB."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from framescope.analysis import as_lexicon
from framescope.errors import FramescopeError
from framescope.pipelines.structs import count_structs, fields

try:
    import duckdb
except ImportError:
    raise FramescopeError("register needs DuckDB; install it with: pip install duckdb") from None

if TYPE_CHECKING:
    from os import PathLike

    from framescope.lexicon import Lexicon

__all__ = ["register"]


def register(
    connection: duckdb.DuckDBPyConnection | None = None,
    lexicon: Lexicon | str | PathLike[str] = "foreign-policy",
    *,
    name: str = "framescope_count",
    keep_chrome: bool = False,
    threads: int | None = 1,
) -> None:
    """Gives a connection the SQL function `framescope_count(text)`: the counts of each document, as a struct.

    The numbers are those of `framescope.count`: `words` and a field for each frame path, all BIGINT; null for a null text. The lexicon is
    read and compiled now, once. DuckDB calls the function with some thousand texts at a time, from as many threads as it has, so each call
    takes one. A query that takes several fields had better count in a `materialized` step, or each field may count anew.

    Parameters
    ----------
    connection
        A connection; None is the one that `duckdb.sql` uses.
    lexicon
        A `Lexicon`, the name of one that ships with the package, or a file.
    name
        What SQL calls the function; one that was registered under that name is replaced, so a second lexicon wants a second name.
    keep_chrome, threads
        As in `framescope.count`.

    Raises
    ------
    LexiconError, FramescopeError
        For a lexicon that does not exist or is not sound, and for options that are none.

    >>> import duckdb, framescope as fs, framescope.pipelines.duckdb
    >>> connection = duckdb.connect()
    >>> lexicon = fs.Lexicon.from_quanteda({"bridge": ["bridge*"], "peace": ["peace"]})
    >>> framescope.pipelines.duckdb.register(connection, lexicon)
    >>> connection.sql("select framescope_count('A bridge to peace.').peace").fetchall()
    [(1,)]
    """
    connection = duckdb.default_connection() if connection is None else connection
    lexicon = as_lexicon(lexicon)
    lexicon.compiled(threads=threads, keep_chrome=keep_chrome)  # once, and what is wrong is said now
    struct = connection.struct_type(dict.fromkeys(fields(lexicon), "BIGINT"))
    with suppress(duckdb.InvalidInputException):  # there is none yet
        connection.remove_function(name)
    create: Any = connection.create_function  # its types know no names of types
    create(
        name,
        lambda texts: count_structs(texts, lexicon, keep_chrome=keep_chrome, threads=threads),
        ["VARCHAR"],
        struct,
        type="arrow",
        null_handling="special",
    )
