"""A progress bar that shows itself only on runs worth waiting for."""

from __future__ import annotations

import time
import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

DELAY = 2.0  # seconds before a bar appears by itself


@contextmanager
def progress_bar(show: bool | None) -> Iterator[Callable[[int, int], None] | None]:  # noqa: FBT001 - passed through as given
    """A callback `(done, total)` in bytes; None where no bar is wanted.

    `show=None`: after two seconds, where somebody can see it; True: at once, anywhere; False: never.
    """
    if show is False:
        yield None
        return
    start = time.time()
    bar = None

    def move(done: int, total: int) -> None:
        nonlocal bar
        if bar is None and (show or time.time() - start > DELAY):
            bar = make_bar(start, shown=show)
        if bar is not None:
            bar.total = total
            bar.update(done - bar.n)

    try:
        yield move
    finally:
        if bar is not None:
            bar.close()


def make_bar(start: float, *, shown: bool | None) -> Any:
    """A bar of tqdm for a run that began at `start`; loaded here, as most runs are over before one is needed."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # tqdm advises on ipywidgets; its text bar does as well
        from tqdm.auto import tqdm

        bar = tqdm(desc="framescope", unit="B", unit_scale=True, leave=False, disable=False if shown else None)
    bar.start_t = start
    return bar
