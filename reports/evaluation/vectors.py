"""Vectors kept in a folder between measurements."""

from __future__ import annotations

from typing import TYPE_CHECKING

from comments.model import digest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]


class FolderCache:
    """A cache of vectors: one NumPy file for each call that computed some, named by what it holds.

    Args:
        folder: made where it is not there.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._known: dict[str, dict[str, Vectors]] = {}

    def load(self, model: str, keys: Sequence[str]) -> Mapping[str, Vectors]:
        """Return the vectors known for ``keys``, by key."""
        known = self._of(model)
        return {key: known[key] for key in keys if key in known}

    def save(self, model: str, keys: Sequence[str], vectors: Vectors) -> None:
        """Keep the rows of ``vectors`` under ``keys``."""
        import numpy as np

        self._of(model).update(zip(keys, vectors, strict=True))
        np.savez(self._folder / f"{digest(model, *keys, size=12)}.npz", model=model, keys=list(keys), vectors=vectors)

    def _of(self, model: str) -> dict[str, Vectors]:
        import numpy as np

        if model not in self._known:
            held: dict[str, Vectors] = {}
            for path in sorted(self._folder.glob("*.npz")):
                with np.load(path) as file:
                    if str(file["model"]) == model:
                        held.update(zip(file["keys"].tolist(), file["vectors"], strict=True))
            self._known[model] = held
        return self._known[model]
