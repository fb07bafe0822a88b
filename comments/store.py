"""Append-only Parquet batches under a manifest that is written last.

A store is a folder::

    store.json          schema version; another version is refused by name
    manifest.json       the batches that count, with the sha256 of each file
    batches/000001-.../ pages, places, comments and rejects of one ingest
    vectors/<model>/    vectors by text hash
    themes.json         the registry of theme ids

A batch that the manifest does not name never counts: it is what a killed process left behind.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from comments.errors import StoreError
from comments.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    import pyarrow as pa
    from numpy.typing import NDArray

SCHEMA_VERSION = 1
_NEW = ".new-"


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that it is seen whole or not at all, also after a power cut."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def sha256_file(path: Path) -> str:
    """Return the sha256 of a file's bytes in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class Store:
    """The comments that have been read so far; open it with ``with`` to be the one who writes.

    Args:
        path: its folder, made if missing.

    Raises:
        StoreError: when the folder cannot be made or read, or another version wrote it.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            (path / "batches").mkdir(parents=True, exist_ok=True)
            self._check_version()
        except OSError as error:
            todo = "mend its permissions, or choose another --store"
            raise StoreError(f"the store {path} cannot be used ({error.strerror})", todo) from error
        self._lock: Any = None

    def _check_version(self) -> None:
        file = self.path / "store.json"
        if not file.exists():
            write_whole(file, json.dumps({"schema_version": SCHEMA_VERSION}).encode() + b"\n")
            return
        try:
            found = json.loads(file.read_text(encoding="utf-8"))["schema_version"]
        except (ValueError, KeyError, TypeError) as error:
            raise StoreError(f"{file} is damaged", "restore it from a copy, or choose another --store") from error
        if found != SCHEMA_VERSION:
            raise StoreError(
                f"the store {self.path} has schema version {found}, this btl reads {SCHEMA_VERSION}",
                "use the btl that wrote it, or choose another --store",
            )

    def __enter__(self) -> Self:
        """Take the writers' lock.

        Raises:
            StoreError: when another process holds it.
        """
        from filelock import FileLock, Timeout

        self._lock = FileLock(self.path / ".lock", timeout=0)
        try:
            self._lock.acquire()
        except Timeout as error:
            todo = "wait until it has ended, or choose another --store"
            raise StoreError(f"another process is writing to the store {self.path}", todo) from error
        except OSError as error:
            todo = "mend its permissions, or choose another --store"
            raise StoreError(f"the store {self.path} cannot be written ({error.strerror})", todo) from error
        for left in (self.path / "batches").glob(f"{_NEW}*"):  # by a process that was killed
            shutil.rmtree(left, ignore_errors=True)
        return self

    def __exit__(self, *_: object) -> None:
        """Give the lock back."""
        self._lock.release()

    def batches(self) -> list[dict[str, Any]]:
        """Return the manifest's entries, oldest first."""
        file = self.path / "manifest.json"
        if not file.exists():
            return []
        try:
            entries = json.loads(file.read_text(encoding="utf-8"))["batches"]
            return [{"name": str(e["name"]), "files": dict(e["files"])} for e in list[Any](entries)]
        except OSError as error:
            raise StoreError(f"{file} cannot be read ({error.strerror})", "mend its permissions") from error
        except (ValueError, KeyError, TypeError) as error:
            raise StoreError(f"{file} is damaged", "restore it from a copy, or choose another --store") from error

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
        import pyarrow.parquet as pq

        entries = self.batches()
        temporary = Path(tempfile.mkdtemp(dir=self.path / "batches", prefix=_NEW))
        try:
            files = {}
            for name in sorted(tables):
                file = temporary / f"{name}.parquet"
                pq.write_table(tables[name], file, compression="zstd")
                files[file.name] = sha256_file(file)
            mark = hashlib.sha256("".join(files.values()).encode()).hexdigest()[:12]
            batch = f"{len(entries) + 1:06d}-{mark}"
            target = self.path / "batches" / batch
            if target.exists():  # left by a killed process: same content, not yet in the manifest
                shutil.rmtree(target)
            temporary.chmod(0o755)
            temporary.rename(target)
        except BaseException:
            shutil.rmtree(temporary, ignore_errors=True)
            raise
        entries.append({"name": batch, "files": files})
        write_whole(self.path / "manifest.json", json.dumps({"batches": entries}, indent=1).encode() + b"\n")
        return batch

    def table(self, name: str, columns: Sequence[str] | None = None) -> pa.Table:
        """Return all rows of a table, in the order in which they were added.

        Args:
            name: one of ``comments.schema.TABLES``.
            columns: which of its columns; all if None.

        Raises:
            StoreError: when a file that the manifest names is missing or damaged.
        """
        import pyarrow as pa
        import pyarrow.parquet as pq

        parts = []
        for entry in self.batches():
            file = self.path / "batches" / entry["name"] / f"{name}.parquet"
            try:
                if sha256_file(file) != entry["files"].get(file.name):
                    raise StoreError(f"{file} is damaged (its sha256 is not the manifest's)", "restore it from a copy")
                parts.append(pq.read_table(file, columns=columns))
            except (OSError, pa.ArrowInvalid) as error:
                raise StoreError(f"{file} cannot be read ({error})", "restore it from a copy") from error
        if parts:
            return pa.concat_tables(parts)
        empty = TABLES[name]().empty_table()
        return empty if columns is None else empty.select(list(columns))


class StoredVectors:
    """Vectors by model and text hash, in Parquet files beside the batches.

    Args:
        store: the store; whoever saves must hold its lock.
    """

    def __init__(self, store: Store) -> None:
        self._root = store.path / "vectors"

    def _folder(self, model: str) -> Path:
        return self._root / re.sub(r"[^\w.-]+", "_", model)

    def load(self, model: str, keys: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """Return the vectors known for ``keys``, by key; a damaged file counts as not there."""
        import numpy as np
        import pyarrow as pa
        import pyarrow.parquet as pq

        wanted = set(keys)
        found: dict[str, NDArray[np.float32]] = {}
        for file in sorted(self._folder(model).glob("*.parquet")):
            if file.stem.partition("-")[2] != sha256_file(file)[:16]:
                file.unlink()
                continue
            try:
                table = pq.read_table(file)
            except (OSError, pa.ArrowInvalid):
                continue
            values = table["vector"].combine_chunks()
            rows = np.asarray(values.flatten(), dtype=np.float32).reshape(len(table), -1)
            found.update((k, rows[i]) for i, k in enumerate(table["key"].to_pylist()) if k in wanted)
        return found

    def save(self, model: str, keys: Sequence[str], vectors: NDArray[np.float32]) -> None:
        """Keep the rows of ``vectors`` under ``keys``, in a file named by its own sha256."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        folder = self._folder(model)
        folder.mkdir(parents=True, exist_ok=True)
        width = vectors.shape[1]
        values = pa.FixedSizeListArray.from_arrays(pa.array(vectors.reshape(-1)), width)
        temporary = folder / f".new-{os.getpid()}"
        pq.write_table(pa.table({"key": list(keys), "vector": values}), temporary, compression="none")
        number = len(list(folder.glob("*.parquet"))) + 1
        temporary.replace(folder / f"{number:06d}-{sha256_file(temporary)[:16]}.parquet")
