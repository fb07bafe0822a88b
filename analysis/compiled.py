"""UMAP with what Numba compiles for it kept between runs: compiling takes ten seconds, most of a small fit."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import Any


def open_umap() -> Any:  # noqa: ANN401
    """Return the module ``umap``, whose compiled functions are kept in the user's cache.

    The folder has the versions in its name: what Numba keeps of a function does not change when a function that it
    calls does. A folder that ``NUMBA_CACHE_DIR`` names is taken instead.
    """
    import sys

    if "numba" not in sys.modules:  # it reads its settings when it is imported
        os.environ.setdefault("NUMBA_CACHE_DIR", str(_folder()))
    import umap
    from numba.core.dispatcher import Dispatcher

    for name in ("distances", "layouts", "umap_", "utils"):
        for function in vars(sys.modules[f"umap.{name}"]).values():
            if isinstance(function, Dispatcher) and not function.stats.cache_path:
                with suppress(RuntimeError):  # nowhere to keep it
                    function.enable_caching()
    return umap


def _folder() -> Path:
    from importlib.metadata import version

    import platformdirs

    versions = "-".join(version(name) for name in ("umap-learn", "pynndescent", "numba"))
    return Path(platformdirs.user_cache_dir("belowtheline")) / "numba" / versions
