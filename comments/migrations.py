"""Stores of older versions, brought up to date one numbered step after the other."""

from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING, Any

from comments.errors import StoreError
from comments.schema import TABLES
from comments.store import SCHEMA_VERSION

if TYPE_CHECKING:
    from collections.abc import Callable

    from comments.store import Store

log = logging.getLogger(__name__)


def migrate(store: Store, found: Any) -> None:  # noqa: ANN401
    """Bring a store up to date; what is killed half way is done again by the next to open it.

    Args:
        store: the store, whose lock is taken meanwhile.
        found: the version that it has.

    Raises:
        StoreError: when its version is not known, or the store cannot be written.
    """
    if not isinstance(found, int) or found not in MIGRATIONS:
        raise StoreError(
            f"the store {store.path} has schema version {found}, this btl reads {SCHEMA_VERSION}",
            "use the btl that wrote it, or choose another --store",
        )
    for version in range(found, SCHEMA_VERSION):
        log.info("the store %s goes from version %d to %d", store.path, version, version + 1)
        MIGRATIONS[version](store)


def _to_2(store: Store) -> None:
    """Version 2 knows in which run a comment was first seen, and which version of a page was seen last."""
    store.lock()
    try:
        file = store.path / "manifest.json"
        if file.exists():
            old = json.loads(file.read_bytes())["batches"]
            store.name_batches([_batch_to_2(store, entry, n) for n, entry in enumerate(old, 1)])
        store.set_version(2)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise StoreError(f"{file} is damaged", "restore it from a copy, or choose another --store") from error
    except OSError as error:
        todo = "free some space or mend its permissions"
        raise StoreError(f"the store {store.path} cannot be brought up to date ({error})", todo) from error
    finally:
        store.unlock()


def _batch_to_2(store: Store, entry: dict[str, Any], number: int) -> dict[str, Any]:
    import pyarrow as pa

    if "sightings.parquet" in entry["files"]:  # done by a migration that was killed
        return entry
    tables = {name: table for name in TABLES if name != "sightings" for table in [store.read_part(entry, name)]}
    comments = tables["comments"]
    unknown = pa.nulls(len(comments), pa.int64())
    tables["comments"] = comments.append_column("run", unknown).cast(TABLES["comments"]())
    tables["sightings"] = tables["pages"].select(["page_id", "version"]).cast(TABLES["sightings"]())
    return store.write_batch(tables, number)


MIGRATIONS: dict[int, Callable[[Store], None]] = {1: _to_2}
