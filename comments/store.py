"""Append-only Parquet batches under a manifest that is written last.

A store is a folder::

    store.json          schema version; an older one is brought up to date, a newer one refused
    manifest.json       the batches that count, with the sha256 of each file
    batches/000001-.../ pages, places, comments, sightings and rejects of one ingest
    vectors/<model>/    vectors by text hash
    state.json, state/  what the runs found, see ``reports.registry``
    runs.json           the output folders that hold reports on this store
    key.json            keys for pseudonyms and tombstones
    erased.json         tombstones of what was erased

A store on object storage is worked on in a copy of it, see ``comments.remote``.

A batch that the manifest does not name never counts: it is what a killed process left behind.
"""

from __future__ import annotations

import hashlib
import json
import logging
import shutil
import tempfile
from typing import TYPE_CHECKING, Any, Self

from comments.errors import StoreError
from comments.lock import WriterLock
from comments.parquet import read_parquet
from comments.remote import remote_of
from comments.schema import TABLES
from comments.sealed import read_sealed, sha256_file, sync, write_sealed, write_whole

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    import pyarrow as pa

log = logging.getLogger(__name__)
SCHEMA_VERSION = 2
NEW = ".new-"
"""How the name of a file begins that is being written."""


class Store:
    """The comments that have been read so far; open it with ``with`` to be the one who writes.

    Args:
        path: its folder, made if missing.

    Raises:
        StoreError: when the folder cannot be made or read, or another version wrote it.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = WriterLock(path)
        self._remote = remote_of(path)
        self._verified: set[Path] = set()
        try:
            self._pull()
            (path / "batches").mkdir(parents=True, exist_ok=True)
            found = self._version()
        except OSError as error:
            todo = "mend its permissions, or choose another --store"
            raise StoreError(f"the store {path} cannot be used ({error.strerror})", todo) from error
        if found != SCHEMA_VERSION:
            from comments.migrations import migrate

            migrate(self, found)

    def _pull(self) -> None:
        """Bring the copy of a remote store up to date, unless a process on this machine is just writing to it."""
        if self._remote and self._lock.attempt():
            try:
                self._remote.pull()
            finally:
                self._lock.release()

    def _version(self) -> Any:  # noqa: ANN401
        file = self.path / "store.json"
        if not file.exists():
            self.set_version(SCHEMA_VERSION)
        try:
            return json.loads(file.read_text(encoding="utf-8"))["schema_version"]
        except (ValueError, KeyError, TypeError) as error:
            raise StoreError(f"{file} is damaged", "restore it from a copy, or choose another --store") from error

    def set_version(self, version: int) -> None:
        """Say which version the store has."""
        write_whole(self.path / "store.json", json.dumps({"schema_version": version}).encode() + b"\n")
        self.push()

    def __enter__(self) -> Self:
        """Take the writers' lock, and clear what a killed process left.

        Raises:
            StoreError: when another process holds it; the message says which.
        """
        self.lock()
        try:
            self.clear()
        except BaseException:
            self.unlock()
            raise
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        """Give the lock back; of a remote store, put up first what is new."""
        try:
            if kind is None:
                self.push()
        finally:
            self.unlock()

    def lock(self) -> None:
        """Take the writers' lock; see :meth:`__enter__`."""
        self._lock.acquire()
        if self._remote is None:
            return
        try:
            self._remote.lock()
            self._version()
        except BaseException:
            self._lock.release()
            raise

    def unlock(self) -> None:
        """Give the lock back."""
        try:
            if self._remote:
                self._remote.unlock()
        finally:
            self._lock.release()

    def push(self) -> None:
        """Put up what is new in the copy of a remote store; does nothing for a store on a disk, or without the lock.

        Raises:
            StoreError: when the storage cannot be written or the lock was lost.
        """
        if self._remote and self._lock.held:
            self._remote.push()

    def clear(self) -> None:
        """Remove what no manifest names; every file that matters is written whole under another name first."""
        named = {entry["name"] for entry in self.batches()}
        for folder in (self.path / "batches").iterdir():
            if folder.name not in named:
                shutil.rmtree(folder, ignore_errors=True)
        for left in [*self.path.glob(".*.json-*"), *self.path.glob(f"vectors/*/{NEW}*")]:
            left.unlink(missing_ok=True)

    def batches(self) -> list[dict[str, Any]]:
        """Return the manifest's entries, oldest first."""
        file = self.path / "manifest.json"
        value = read_sealed(file)
        if value is None:
            return []
        try:
            return [{"name": str(e["name"]), "files": dict(e["files"])} for e in list[Any](value["batches"])]
        except (ValueError, KeyError, TypeError) as error:
            raise StoreError(f"{file} is damaged", "restore it from a copy, or choose another --store") from error

    def name_batches(self, entries: Sequence[Mapping[str, Any]]) -> None:
        """Write the manifest: from here on these batches count and no others."""
        write_sealed(self.path / "manifest.json", {"batches": list(entries)})
        self.push()

    def known_runs(self) -> list[Path]:
        """Return the output folders that reports on this store were written to, the last one last."""
        value = read_sealed(self.path / "runs.json")
        return [type(self.path)(str(run)) for run in value["runs"]] if value else []

    def note_run(self, out: Path) -> None:
        """Remember an output folder; called before a report is written there, so that none is forgotten."""
        runs = [str(run) for run in self.known_runs()]
        now = str(out.resolve())
        write_sealed(self.path / "runs.json", {"runs": [*(run for run in runs if run != now), now]})

    @property
    def run_number(self) -> int:
        """Number of the run that is under way: one more than have ended."""
        state = read_sealed(self.path / "state.json")
        return 1 + (int(state["run"]) if state else 0)

    def append(self, tables: Mapping[str, pa.Table]) -> str:
        """Add a batch and return its name; it counts once the manifest names it.

        Args:
            tables: a table for each name in ``comments.schema.TABLES``.

        Raises:
            StoreError: when the disk is full or the folder cannot be written; what was there still counts.
        """
        try:
            return self._append(tables)
        except OSError as error:
            todo = "free some space or mend its permissions; what it held before is as it was"
            raise StoreError(f"the store {self.path} cannot be written ({error.strerror or error})", todo) from error

    def _append(self, tables: Mapping[str, pa.Table]) -> str:
        entries = self.batches()
        entry = self.write_batch(tables, len(entries) + 1)
        self.name_batches([*entries, entry])
        return str(entry["name"])

    def write_batch(self, tables: Mapping[str, pa.Table], number: int) -> dict[str, Any]:
        """Write a batch, which counts once the manifest names it, and return its entry.

        Args:
            tables: a table for each name in ``comments.schema.TABLES``.
            number: its place among the batches, from 1.
        """
        import pyarrow.parquet as pq

        temporary = type(self.path)(tempfile.mkdtemp(dir=self.path / "batches", prefix=NEW))
        try:
            files = {}
            for name in sorted(tables):
                file = temporary / f"{name}.parquet"
                pq.write_table(tables[name], file, compression="zstd")
                sync(file)
                files[file.name] = sha256_file(file)
            mark = hashlib.sha256("".join(files.values()).encode()).hexdigest()[:12]
            batch = f"{number:06d}-{mark}"
            target = self.path / "batches" / batch
            if target.exists():  # left by a killed process: same content, not yet in the manifest
                shutil.rmtree(target)
            temporary.chmod(0o755)
            temporary.rename(target)
        except BaseException:
            shutil.rmtree(temporary, ignore_errors=True)
            raise
        return {"name": batch, "files": files}

    def table(self, name: str, columns: Sequence[str] | None = None) -> pa.Table:
        """Return all rows of a table, in the order in which they were added.

        Args:
            name: one of ``comments.schema.TABLES``.
            columns: which of its columns; all if None.

        Raises:
            StoreError: when a file that the manifest names is missing or damaged.
        """
        import pyarrow as pa

        for attempt in range(3):
            entries = self.batches()
            try:
                parts = [self.read_part(entry, name, columns) for entry in entries]
                break
            except StoreError:
                if attempt == 2 or entries == self.batches():
                    raise  # else another process has compacted the store meanwhile
        if parts:
            return pa.concat_tables(parts)
        empty = TABLES[name]().empty_table()
        return empty if columns is None else empty.select(list(columns))

    def parts(self, name: str, columns: Sequence[str] | None = None) -> Iterator[pa.Table]:
        """Yield the rows of a table a batch at a time; only for who holds the lock, so that no batch goes meanwhile."""
        for entry in self.batches():
            yield self.read_part(entry, name, columns)

    def read_part(self, entry: Mapping[str, Any], name: str, columns: Sequence[str] | None = None) -> pa.Table:
        """Return a table of one batch, once its hash has been seen to be the manifest's."""
        import pyarrow as pa

        file = self.path / "batches" / entry["name"] / f"{name}.parquet"
        try:
            if file not in self._verified and sha256_file(file) != entry["files"].get(file.name):
                raise StoreError(f"{file} is damaged (its sha256 is not the manifest's)", "restore it from a copy")
            self._verified.add(file)
            return read_parquet(file, columns)
        except (OSError, pa.ArrowInvalid) as error:
            raise StoreError(f"{file} cannot be read ({error})", "restore it from a copy") from error
