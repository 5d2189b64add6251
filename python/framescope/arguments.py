"""Arguments that a function does not take, and what was likely meant, in place of Python's bare TypeError."""

from __future__ import annotations

import functools
import inspect
from typing import TYPE_CHECKING, Any, NoReturn, ParamSpec, TypeVar

import narwhals.stable.v2 as nw
import pyarrow as pa

from framescope.errors import ColumnError, FramescopeError
from framescope.result import Result

if TYPE_CHECKING:
    from collections.abc import Callable

P = ParamSpec("P")
R = TypeVar("R")

KEYWORD = inspect.Parameter.KEYWORD_ONLY
OF_SCORES = [name for name in inspect.signature(Result.scores).parameters if name != "self"]


def explained(function: Callable[P, R]) -> Callable[P, R]:
    """The function, with kind words for arguments it does not take."""
    parameters = [parameter for name, parameter in inspect.signature(function).parameters.items() if name != "self"]
    is_method = "self" in inspect.signature(function).parameters
    places = [parameter.name for parameter in parameters if parameter.kind is not KEYWORD]
    names = [parameter.name for parameter in parameters if parameter.kind is KEYWORD]

    @functools.wraps(function)
    def call(*args: P.args, **options: P.kwargs) -> R:
        given = args[is_method:]
        if len(given) > len(places):
            refuse_places(function.__name__, given, places, names, with_text="text" in options)
        for name in options:
            if name not in names and name not in places:
                refuse_name(function.__name__, name, names)
        return function(*args, **options)

    return call


def refuse_places(verb: str, args: tuple[object, ...], places: list[str], names: list[str], *, with_text: bool) -> NoReturn:
    """Too many arguments without a name."""
    name = next((arg for arg in args[1:] if isinstance(arg, str)), None)
    if name is not None and is_frame(args[0]) and not with_text:
        rest = "".join(f", {place}" for place in places[1:])
        raise ColumnError(
            f"the column of documents needs its name: fs.{verb}(df{rest}, text={name!r}); "
            f"or pass that column alone: fs.{verb}(df[{name!r}]{rest}, ...)"
        )
    if "lexicon" in names:
        shown = repr(name) if name is not None else "..."
        raise FramescopeError(
            f"what follows the documents needs its name, as in fs.{verb}(texts, lexicon={shown}); options: {listed(names)}"
        )
    raise FramescopeError(f"what follows {' and '.join(places)} needs its name; options of fs.{verb}: {listed(names)}")


def refuse_name(verb: str, name: str, names: list[str]) -> NoReturn:
    """An option that there is not."""
    if "lexicon" in names and name in OF_SCORES:
        raise FramescopeError(
            f"fs.{verb} has no {name}=; scores of groups or of some hits, with intervals, come from fs.analyze(...).scores({name}=...)"
        )
    raise FramescopeError.not_found("option", name, names, f"options of fs.{verb}")


def is_frame(data: Any) -> bool:
    """Whether it has columns with names."""
    return isinstance(data, pa.RecordBatch) or nw.dependencies.is_duckdb_relation(data) or nw.dependencies.is_into_dataframe(data)


def listed(names: list[str]) -> str:
    """Names as a call has them."""
    return ", ".join(f"{name}=" for name in names)
