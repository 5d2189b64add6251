"""A progress bar that shows itself only on runs worth waiting for."""

from __future__ import annotations

import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING

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
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # tqdm advises on ipywidgets; its text bar does as well
        from tqdm.auto import tqdm

        bar = tqdm(
            desc="framescope",
            unit="B",
            unit_scale=True,
            leave=False,
            delay=0 if show else DELAY,
            disable=False if show else None,
        )

    def move(done: int, total: int) -> None:
        bar.total = total
        bar.update(done - bar.n)

    try:
        yield move
    finally:
        bar.close()
