"""Texts to vectors, one vector a distinct text, kept by (model, text hash)."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING, Protocol

from analysis.settings import CARRIED_MODELS, DEFAULT_MODEL, INT8_MODEL, WHOLE_MODEL
from comments.errors import BelowTheLineError, SettingsError
from comments.model import text_key
from comments.progress import progress

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from analysis.settings import Device

    Vectors = NDArray[np.float32]

log = logging.getLogger(__name__)
CHUNK, KEPT = 512, 2048
"""Texts that are embedded between two steps of the bar, and that are kept in one go. An embedder that spreads its
texts says by its own ``chunk`` how many keep all workers busy."""
MOST_OF_A_SIGN = 64
"""Tokens that no single sign comes to, even one that stands for a phrase: whatever is longer can be cut."""
_BREAK = re.compile(r"(?<=[.!?…。！？])\s+|\n+")


class Embedder(Protocol):
    """Whatever turns texts into unit vectors.

    Attributes:
        key: name under which vectors are cached; another model, another key.
        dimension: length of a vector.
        window: most tokens that the model reads at once, or None if it has no limit.
    """

    key: str
    dimension: int
    window: int | None

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return the number of tokens of each text, marks of start and end left out."""
        ...

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return unit vectors, shape (len(texts), dimension), each within the window."""
        ...


class VectorCache(Protocol):
    """Where vectors are kept between runs."""

    def load(self, model: str, keys: Sequence[str]) -> Mapping[str, Vectors]:
        """Return the vectors known for ``keys``, by key."""
        ...

    def save(self, model: str, keys: Sequence[str], vectors: Vectors) -> None:
        """Keep the rows of ``vectors`` under ``keys``."""
        ...


def open_embedder(name: str = DEFAULT_MODEL, *, threads: int | None = None, device: Device = "auto") -> Embedder:
    """Return the embedder that ``name`` stands for.

    Args:
        name: ``all-MiniLM-L6-v2-int8`` for the model that a package carries, in eight bits, and without ``-int8`` as
            it was published; else the name or path of a sentence-transformers model, which may be fetched from a hub.
        threads: cores to use; all of them if None.
        device: where it runs. ``auto`` is the CPU for a carried model (what a run takes is settled before, see
            ``reports.recipe.settle_model``), and what torch finds for another. In eight bits it is always the CPU.

    Raises:
        SettingsError: when no such model can be loaded.
    """
    if name == WHOLE_MODEL and device == "cuda":
        from analysis.minilm_torch import TorchMiniLM

        return TorchMiniLM()
    if name in CARRIED_MODELS:
        from analysis.minilm import MiniLM

        return MiniLM(threads=threads, int8=name == INT8_MODEL)
    from analysis.hub import HubModel

    try:
        return HubModel(name, device)
    except Exception as error:  # the libraries below raise some twenty kinds of error for one cause
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise SettingsError(
            f"the model {name!r} cannot be loaded ({reason})",
            "check its name or path, and the network if it is to be fetched",
        ) from error


def cut_parts(text: str, window: int, embedder: Embedder) -> list[str]:
    """Cut a text that is longer than the window into parts that are not, at sentence ends if possible.

    Args:
        text: the text.
        window: most tokens a part may have.
        embedder: counts the tokens.

    Returns:
        Parts that hold every word of the text, in order.
    """
    pieces = [p for p in _BREAK.split(text) if p.strip()]
    counts = embedder.count_tokens(pieces)
    parts: list[str] = []
    room = 0
    for piece, count in zip(pieces, counts, strict=True):
        if count > window:
            parts += _halve(piece, window, embedder)
            room = 0
        elif parts and count < room:
            parts[-1] += " " + piece
            room -= count
        else:
            parts.append(piece)
            room = window - count
    return parts


def _halve(piece: str, window: int, embedder: Embedder) -> list[str]:
    """Cut a sentence without end in halves, between words while it has any, until each fits."""
    todo, done = [piece], []
    while todo:
        one = todo.pop()
        if embedder.count_tokens([one])[0] <= window or len(one) < 2:
            done.append(one)
            continue
        middle = one.rfind(" ", 1, len(one) // 2 + 1)
        middle = middle if middle > 0 else len(one) // 2
        todo += [one[middle:].strip() or " ", one[:middle].strip() or " "]
    return done


def embed_texts(texts: Sequence[str], embedder: Embedder, cache: VectorCache | None = None) -> Vectors:
    """Return one unit vector a text, computing only what the cache does not hold.

    A text longer than the model's window is embedded whole: by parts, whose vectors are averaged by
    their numbers of tokens. The vector of a text depends on that text alone, never on its neighbours
    in a batch, so that the same text gives the same bytes in every run.

    Args:
        texts: any texts, repeated or not.
        embedder: the model.
        cache: where known vectors lie and new ones are kept.

    Returns:
        Array of shape (len(texts), embedder.dimension).
    """
    import numpy as np

    keys = [text_key(text) for text in texts]
    wanted = dict(zip(keys, texts, strict=True))
    known = dict(cache.load(embedder.key, sorted(wanted))) if cache else {}
    # Texts of one length together: they share batches, and few are left over.
    missing = sorted(set(wanted) - set(known), key=lambda key: (len(wanted[key]), key))
    log.info("vectors: %d distinct texts, %d to compute", len(wanted), len(missing))
    with progress("embed", "texts", len(missing)) as add:
        chunk = getattr(embedder, "chunk", CHUNK)
        kept = max(KEPT, chunk)
        for start in range(0, len(missing), kept):
            part = missing[start : start + kept]
            vectors = _embed_in_chunks([wanted[key] for key in part], embedder, chunk, add)
            if cache:
                cache.save(embedder.key, part, vectors)
            known.update(zip(part, vectors, strict=True))
    if not keys:
        return np.zeros((0, embedder.dimension), dtype=np.float32)
    return np.stack([known[key] for key in keys])


def _embed_in_chunks(texts: list[str], embedder: Embedder, size: int, add: Callable[[int], None]) -> Vectors:
    import numpy as np

    found = []
    for start in range(0, len(texts), size):
        found.append(_embed_whole(texts[start : start + size], embedder))
        add(len(found[-1]))
    return np.concatenate(found)


def _embed_whole(texts: list[str], embedder: Embedder) -> Vectors:
    """Embed texts of any length: parts of the long ones, averaged by length."""
    import numpy as np

    window = embedder.window
    long = _longer_than(window, texts, embedder)
    parts: list[str] = []
    owner: list[int] = []
    for number, text in enumerate(texts):
        cut = cut_parts(text, window, embedder) if window and number in long else [text]
        parts += cut
        owner += [number] * len(cut)
    vectors = embedder.encode(parts)
    if not np.isfinite(vectors).all():
        first = parts[int(np.flatnonzero(~np.isfinite(vectors).all(axis=1))[0])]
        what = f"the model {embedder.key} gives no vector for {first[:60]!r}"
        raise BelowTheLineError(what, "choose another --model")
    if len(parts) == len(texts):
        return vectors
    weights = np.maximum(np.asarray(embedder.count_tokens(parts), dtype=np.float32), 1.0)
    whole = np.zeros((len(texts), embedder.dimension), dtype=np.float32)
    for row, number in enumerate(owner):
        whole[number] += vectors[row] * weights[row]
    return np.asarray(whole / np.maximum(np.linalg.norm(whole, axis=1, keepdims=True), 1e-12), np.float32)


def text_seen(texts: Sequence[str], embedder: Embedder) -> list[float]:
    """Return for each text the share of its tokens that the model reads, 0 to 1.

    It is 1 but for what cannot be cut to the window: a single sign that makes more tokens than fit.
    """
    window = embedder.window
    seen = [1.0] * len(texts)
    if window is None or window >= MOST_OF_A_SIGN:
        return seen
    for number in _longer_than(window, texts, embedder):
        parts = embedder.count_tokens(cut_parts(texts[number], window, embedder))
        seen[number] = min(1.0, sum(min(part, window) for part in parts) / max(1, sum(parts)))
    return seen


def _longer_than(window: int | None, texts: Sequence[str], embedder: Embedder) -> dict[int, int]:
    """Rows of the texts with more tokens than the window, and how many.

    No text has more word pieces than bytes, so that only those with more bytes need be counted.
    """
    rows = (
        []
        if window is None
        else [row for row, text in enumerate(texts) if len(text.encode("utf-8", "replace")) > window]
    )
    counts = embedder.count_tokens([texts[row] for row in rows]) if rows else []
    return {row: count for row, count in zip(rows, counts, strict=True) if window is not None and count > window}
