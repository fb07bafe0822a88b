"""Places on the map, kept in the store for each model, so that no dot moves between runs."""

from __future__ import annotations

import logging
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from analysis.layout import lay_out, map_table
from comments.errors import StoreError
from comments.sealed import read_sealed, write_sealed

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from analysis.layout import Positions
    from comments.store import Store
    from reports.tables import RunTables

log = logging.getLogger(__name__)


def add_map(tables: RunTables, vectors: NDArray[np.float32], known: Positions) -> tuple[RunTables, Positions]:
    """Return the tables with ``map`` among them, and the positions to keep.

    Args:
        tables: the tables of a run.
        vectors: unit vectors of the comments in the order of their rows, shape (n, d).
        known: positions of the last run over the same store, by text hash.
    """
    positions = lay_out(tables.comments["clean_text"].tolist(), vectors, known)
    return replace(tables, more={**tables.more, "map": map_table(tables.comments, positions)}), positions


def load_positions(store: Store, model: str) -> Positions:
    """Return the positions of the last run with this model; a damaged file counts as not there."""
    try:
        data = read_sealed(_file(store, model)) or {"positions": {}}
        return {str(key): (float(x), float(y)) for key, (x, y) in data["positions"].items()}
    except (StoreError, KeyError, ValueError, TypeError, AttributeError):
        log.warning("%s is damaged: places on the map are found anew", _file(store, model))
        return {}


def save_positions(store: Store, model: str, positions: Positions) -> None:
    """Keep the positions of the texts that are in the store now; those of erased texts go."""
    file = _file(store, model)
    file.parent.mkdir(exist_ok=True)
    write_sealed(file, {"positions": positions})


def _file(store: Store, model: str) -> Path:
    return store.path / "map" / (re.sub(r"[^\w.-]+", "_", model) + ".json")
