"""The verbs inside the libraries that people already work in: pandas, polars, scikit-learn, spaCy, DuckDB.

`import framescope` gives `df.framescope` to pandas and `pl.col(…).framescope` to polars, whichever of them is imported first; it imports neither.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

import wrapt

__all__ = ["register"]


def register() -> None:
    """Asks Python to load our verbs for pandas and polars once these are imported, at once if they are already."""
    for library in ("pandas", "polars"):
        wrapt.register_post_import_hook(load_verbs, library)


def load_verbs(library: Any) -> None:
    """Imports the module of that library's name here, which attaches the verbs."""
    import_module(f"{__name__}.{library.__name__}")
