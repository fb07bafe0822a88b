"""Many small files of a store into few: nothing in it changes but where it lies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from comments.schema import TABLES
from comments.vectors import StoredVectors

if TYPE_CHECKING:
    from comments.store import Store


def compact(store: Store) -> tuple[int, int]:
    """Write all batches as one and all vectors of a model as one file.

    The new files are written whole before anything names them, the old ones go last: killed at any moment, it
    leaves a store that holds the same.

    Args:
        store: the store, whose lock the caller holds.

    Returns:
        Numbers of files before and after.
    """
    before = _count(store)
    entries = store.batches()
    if len(entries) > 1:
        tables = {name: store.table(name) for name in TABLES}
        store.name_batches([store.write_batch(tables, 1)])
        store.clear()
    StoredVectors(store).merge()
    return before, _count(store)


def _count(store: Store) -> int:
    return sum(len(list((store.path / folder).rglob("*.parquet"))) for folder in ("batches", "vectors"))
