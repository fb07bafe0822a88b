"""Texts embedded on an engine: parts of them on many workers, the same bytes as on one."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from analysis.embed import open_embedder
from analysis.engine import Failure
from comments.errors import BelowTheLineError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analysis.embed import Embedder, Vectors
    from analysis.engine import Engine
    from analysis.settings import Device

PART = 256


class SpreadEmbedder:
    """An embedder whose texts are encoded on an engine; see ``analysis.embed.Embedder`` for its members.

    Args:
        name: of the model, as ``open_embedder`` takes it.
        embedder: the same model here, which counts tokens.
        engine: where texts are encoded.
        device: what the model runs on there.
    """

    def __init__(self, name: str, embedder: Embedder, engine: Engine, device: Device = "auto") -> None:
        self.key, self.dimension, self.window = embedder.key, embedder.dimension, embedder.window
        self.chunk = 4 * PART * engine.width
        self._name, self._device = name, device
        self._embedder = embedder
        self._engine = engine

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return the number of tokens of each text."""
        return self._embedder.count_tokens(texts)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return unit vectors, shape (len(texts), dimension).

        Raises:
            BelowTheLineError: where a part failed twice.
        """
        import numpy as np

        # In the order of their length, so that the texts of a part share batches.
        order = sorted(range(len(texts)), key=lambda row: len(texts[row]))
        parts = [order[at : at + PART] for at in range(0, len(order), PART)]
        out = np.zeros((len(texts), self.dimension), dtype=np.float32)
        work = ((self._name, self._device, [texts[row] for row in part]) for part in parts)
        done = self._engine.map(encode_part, work)
        for part, vectors in zip(parts, done, strict=True):
            if isinstance(vectors, Failure):
                todo = "what is embedded so far is kept; run again, or with --engine serial"
                raise BelowTheLineError(f"{len(part)} texts could not be embedded ({vectors.reason})", todo)
            out[part] = vectors
        return out


def encode_part(part: tuple[str, Device, list[str]]) -> Vectors:
    """Encode texts on a worker; the model is opened once in its process."""
    name, device, texts = part
    return _model(name, device).encode(texts)


@lru_cache(maxsize=1)
def _model(name: str, device: Device) -> Embedder:
    return open_embedder(name, threads=1, device=device)
