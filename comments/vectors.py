"""Vectors by model and text hash, in Parquet files beside the batches of a store."""

from __future__ import annotations

import logging
import os
import re
from typing import TYPE_CHECKING

from comments.parquet import read_parquet
from comments.sealed import sha256_file, sync
from comments.store import NEW

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from comments.store import Store

log = logging.getLogger(__name__)


class StoredVectors:
    """Vectors by model and text hash, in Parquet files beside the batches.

    Args:
        store: the store; whoever saves must hold its lock.
    """

    def __init__(self, store: Store) -> None:
        self._store, self._root = store, store.path / "vectors"
        self._read: dict[Path, dict[str, NDArray[np.float32]]] = {}

    def _folder(self, model: str) -> Path:
        return self._root / re.sub(r"[^\w.-]+", "_", model)

    def load(self, model: str, keys: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """Return the vectors known for ``keys``, by key; a damaged file counts as not there."""
        import numpy as np
        import pyarrow as pa

        found: dict[str, NDArray[np.float32]] = {}
        for file in sorted(self._folder(model).glob("*.parquet")):
            if file not in self._read:  # a run asks a hundred times
                if file.stem.partition("-")[2] != sha256_file(file)[:16]:
                    log.warning("%s is damaged: its vectors are computed again", file)
                    file.unlink()
                    continue
                try:
                    table = read_parquet(file)
                except (OSError, pa.ArrowInvalid):
                    continue
                values = table["vector"].combine_chunks()
                rows = np.asarray(values.flatten(), dtype=np.float32).reshape(len(table), -1)
                self._read[file] = dict(zip(table["key"].to_pylist(), rows, strict=True))
            known = self._read[file]
            found.update((key, known[key]) for key in keys if key in known)
        return found

    def save(self, model: str, keys: Sequence[str], vectors: NDArray[np.float32]) -> None:
        """Keep the rows of ``vectors`` under ``keys``, in a file named by its own sha256."""
        folder = self._folder(model)
        folder.mkdir(parents=True, exist_ok=True)
        self._write(folder, len(list(folder.glob("*.parquet"))) + 1, keys, vectors)
        self._store.push()

    def _write(self, folder: Path, number: int, keys: Sequence[str], vectors: NDArray[np.float32]) -> Path:
        import pyarrow as pa
        import pyarrow.parquet as pq

        values = pa.FixedSizeListArray.from_arrays(pa.array(vectors.reshape(-1)), vectors.shape[1])
        temporary = folder / f"{NEW}{os.getpid()}"
        pq.write_table(pa.table({"key": list(keys), "vector": values}), temporary, compression="none")
        sync(temporary)
        return temporary.replace(folder / f"{number:06d}-{sha256_file(temporary)[:16]}.parquet")

    def merge(self, drop: Collection[str] = ()) -> list[Path]:
        """Write the vectors of each model as one file, without those under the keys in ``drop``.

        Returns:
            The files that were replaced; one that holds nothing to drop and stands alone is left.
        """
        replaced = []
        for folder in sorted(path for path in self._root.glob("*") if path.is_dir()):
            files = sorted(folder.glob("*.parquet"))
            known = {key for file in files for key in read_parquet(file, ["key"])["key"].to_pylist()}
            if len(files) < 2 and not known & set(drop):
                continue
            keys = sorted(known - set(drop))
            found = self.load(folder.name, keys)  # leaves out what is damaged
            kept = [key for key in keys if key in found]
            made = self._write(folder, 1, kept, _stack([found[key] for key in kept])) if kept else None
            for file in files:
                if file != made:
                    self._read.pop(file, None)
                    file.unlink(missing_ok=True)
                    replaced.append(file)
        return replaced


def _stack(rows: list[NDArray[np.float32]]) -> NDArray[np.float32]:
    import numpy as np

    return np.stack(rows).astype(np.float32)
