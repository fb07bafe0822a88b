"""Any other sentence-transformers model, by name or path, run by sentence-transformers itself."""

from __future__ import annotations

import os
import socket
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from analysis.settings import Device


PATIENCE = 5.0  # seconds


def hub_answers() -> bool:
    """Whether the hub can be reached; behind a proxy that is not for us to say."""
    from huggingface_hub.constants import ENDPOINT

    if any(os.environ.get(name) for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy")):
        return True
    place = urlsplit(ENDPOINT)
    try:
        port = place.port or (80 if place.scheme == "http" else 443)
        with socket.create_connection((place.hostname or "", port), timeout=PATIENCE):
            return True
    except OSError:
        return False


class HubModel:
    """A model of the user's choice; see ``analysis.embed.Embedder`` for its members.

    Args:
        name: name at a hub (which is asked over the network) or a path on disk.
        device: where it runs; ``auto`` leaves that to torch.
    """

    def __init__(self, name: str, device: Device = "auto") -> None:
        from sentence_transformers import SentenceTransformer

        # Without a network only what was fetched before can serve; asking for it all the same takes minutes of retries.
        offline = Path(name).exists() or not hub_answers()
        place = None if device == "auto" else device
        self._model: Any = SentenceTransformer(name, device=place, local_files_only=offline)
        self.key = f"sentence-transformers:{name}"
        self.dimension = int(self._model.get_embedding_dimension())
        limit = getattr(self._model, "max_seq_length", None)
        self.window = int(limit) - 2 if limit and limit < 100_000 else None

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return the number of tokens of each text; words where the model has no common tokenizer."""
        tokenizer = getattr(self._model, "tokenizer", None)
        if tokenizer is None or not callable(tokenizer):
            return [len(text.split()) for text in texts]
        ids = tokenizer(list(texts), add_special_tokens=False, truncation=False, verbose=False)["input_ids"]
        return [len(row) for row in ids]

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return unit vectors, shape (len(texts), dimension)."""
        import numpy as np

        # One at a time, as in MiniLM: a vector must not depend on its neighbours in a batch.
        vectors = [
            self._model.encode([text], batch_size=1, normalize_embeddings=True, show_progress_bar=False)[0]
            for text in texts
        ]
        if not vectors:
            return np.zeros((0, self.dimension), dtype=np.float32)
        return np.asarray(vectors, dtype=np.float32)
