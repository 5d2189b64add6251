"""Every error a user can meet. Each says what was asked, what exists, and what would mend it."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["ColumnError", "FramescopeError", "FramescopeWarning", "LexiconError", "TargetError"]

SHOWN = 12  # names listed in a message; a wide frame has hundreds of columns


class FramescopeError(ValueError):
    """Something asked of framescope cannot be done; the base of all its errors.

    >>> import framescope as fs
    >>> try:
    ...     fs.Lexicon.load("foreign-polcy")
    ... except fs.FramescopeError as error:
    ...     print(type(error).__name__)
    LexiconError
    """

    @classmethod
    def not_found(
        cls, what: str, name: object, known: Iterable[object], plural: str, near: object | None = None
    ) -> FramescopeError:
        """The error for a name that does not exist, with the one that does and is nearest to it, or to `near`."""
        known = [str(item) for item in known]
        listed = ", ".join(f"'{item}'" for item in known[:SHOWN]) or "none"
        if len(known) > SHOWN:
            listed += f" and {len(known) - SHOWN} more"
        return cls(f"no {what} '{name}'{did_you_mean(near or name, known)}; {plural}: {listed}")


class LexiconError(FramescopeError):
    """A lexicon or a pattern that cannot be used.

    `source` (file name), `line` and `column` (both from 1) say where; each is None where there is no file.

    >>> import framescope as fs
    >>> try:
    ...     fs.Lexicon.from_dict({"framescope": 1, "id": "x", "version": "1", "frames": {"a": {"entrys": ["b"]}}})
    ... except fs.LexiconError as error:
    ...     print("did you mean 'entries'" in str(error))
    True
    """

    def __init__(self, message: str, source: str | None = None, line: int | None = None, column: int | None = None) -> None:
        super().__init__(message, source, line, column)
        self.source = source or None
        self.line = line
        self.column = column
        self.message = message.removeprefix(self.place)  # the core's messages begin with it

    @property
    def place(self) -> str:
        """`file:line:column: ` as far as it is known."""
        if self.source is None and self.line is None:
            return ""
        parts = [self.source or "lexicon", *(str(n) for n in (self.line, self.column) if n is not None)]
        return f"{':'.join(parts)}: "

    def __str__(self) -> str:
        return self.place + self.message


class ColumnError(FramescopeError):
    """Documents, ids or groups that cannot be read: a wrong type, a missing column, an id that is not unique.

    >>> import framescope as fs
    >>> try:
    ...     fs.count("one text")
    ... except fs.ColumnError as error:
    ...     print(error)
    one str is one document, not a column of them; put it in a list: [text]
    """


class TargetError(FramescopeError):
    """An actor that the lexicon does not have.

    >>> import framescope as fs
    >>> try:
    ...     fs.analyze(["Baku agreed."]).scores(target="azerbaijian")
    ... except fs.TargetError as error:
    ...     print("did you mean 'azerbaijan'" in str(error))
    True
    """


class FramescopeWarning(UserWarning):
    """Something was left out or is likely not what was meant; the result stands all the same."""


def did_you_mean(name: object, known: Iterable[object]) -> str:
    """`; did you mean 'x'?` where something near exists, else nothing."""
    by_fold = {str(item).casefold(): str(item) for item in known}
    near = difflib.get_close_matches(str(name).casefold(), by_fold, n=1)
    return f"; did you mean '{by_fold[near[0]]}'?" if near else ""
