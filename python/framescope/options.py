"""The core's options, as a user gives them."""

from __future__ import annotations

import json

from framescope.errors import FramescopeError


def thread_count(threads: int | None) -> int:
    """How many threads the core shall use, checked; 0 for all cores."""
    if threads is not None and (isinstance(threads, bool) or not isinstance(threads, int) or threads < 1):
        raise FramescopeError(f"threads={threads!r} must be a whole number from 1, or None for all cores")
    return threads or 0


def options(*, keep_chrome: bool = False) -> str:
    """What else the core shall do, checked: one JSON document."""
    if not isinstance(keep_chrome, bool):
        raise FramescopeError(f"keep_chrome={keep_chrome!r} must be True or False")
    return json.dumps({"keep_chrome": keep_chrome})
