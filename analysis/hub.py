"""Any other sentence-transformers model, by name or path, run by sentence-transformers itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray


class HubModel:
    """A model of the user's choice; see ``analysis.embed.Embedder`` for its members.

    Args:
        name: name at a hub (which is asked over the network) or a path on disk.
    """

    def __init__(self, name: str) -> None:
        from sentence_transformers import SentenceTransformer

        self._model: Any = SentenceTransformer(name)
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
