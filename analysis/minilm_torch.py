"""all-MiniLM-L6-v2 run by torch on a GPU; torch is not imported where nothing speaks for one."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.minilm import WEIGHTS_SHA256, Carried, published_weights
from comments.errors import BelowTheLineError, SettingsError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

log = logging.getLogger(__name__)
PLACE = "cuda"
DRIVERS = (Path("/proc/driver/nvidia/version"), Path("/dev/nvidiactl"), Path("/dev/dxg"))
"""What the driver of a GPU leaves on Linux, the last one where Linux runs within Windows."""
FAILURES = (RuntimeError, AssertionError)  # the second by a torch that is built without CUDA


def find_gpu() -> bool:
    """Whether there is a GPU that torch can use; without a driver, torch is not imported to ask."""
    return any(path.exists() for path in DRIVERS) and _works()


def need_gpu() -> None:
    """See that there is a GPU that torch can use, whatever the drivers look like.

    Raises:
        SettingsError: when there is none.
    """
    if not _works():
        import torch

        what = f"the device cuda was asked for, but torch {torch.__version__} finds no GPU that it can use"
        raise SettingsError(what, "take --device cpu, or install a torch that is built for your GPU")


def _works() -> bool:
    import torch

    if not torch.cuda.is_available():
        return False
    try:  # a card for which torch has no code is there all the same, and fails at the first sum
        return bool(torch.ones(1, device=PLACE).add(1).item() == 2)
    except FAILURES as error:
        log.warning("the GPU does not work (%s)", str(error).partition("\n")[0])
        return False


class TorchMiniLM(Carried):
    """The model as published, in single precision by torch; see ``analysis.embed.Embedder`` for its members.

    Batches are of one length here too, so that nothing is masked. The sums of a product may be taken in another order
    in another batch, which moves a vector by its last bits; a store keeps what was computed first.

    Args:
        adapter: file of low-rank changes to the weights (see ``analysis.claims``), or None.

    Raises:
        BelowTheLineError: when the package's weights are not the published ones, or the GPU fails.
    """

    key = f"all-MiniLM-L6-v2:{WEIGHTS_SHA256[:16]}:torch1"
    batch_tokens = 16_384
    chunk = 8192  # so many texts have enough of one length to fill a batch

    def __init__(self, *, adapter: Path | None = None) -> None:
        super().__init__(threads=1, adapter=adapter)
        self._model = _load(self._folder, adapter)

    def _embed(self, ids: NDArray[np.int64]) -> NDArray[np.float32]:
        import numpy as np
        import torch

        try:
            with torch.inference_mode():
                hidden = self._model(torch.from_numpy(ids).to(PLACE)).last_hidden_state
                rows = torch.nn.functional.normalize(hidden.sum(dim=1, dtype=torch.float64), dim=1)
                return np.asarray(rows.float().cpu().numpy())
        except FAILURES as error:
            raise _failed(error) from error


def _load(folder: Path, adapter: Path | None) -> Any:  # noqa: ANN401
    """The layers as transformers has them, with the package's weights and the changes of an adapter."""
    import torch
    from transformers import BertConfig, BertModel

    from analysis.minilm_graph import read_weights

    weights = read_weights(published_weights(folder), adapter)
    own = {name: torch.from_numpy(array) for name, array in weights.items() if not name.startswith("pooler.")}
    own.pop("embeddings.position_ids")
    model = BertModel(BertConfig.from_pretrained(folder), add_pooling_layer=False)
    model.load_state_dict(own)
    try:
        return model.eval().to(PLACE)
    except FAILURES as error:
        raise _failed(error) from error


def _failed(error: Exception) -> BelowTheLineError:
    reason = str(error).partition("\n")[0]
    return BelowTheLineError(f"the GPU failed ({reason})", "run again, with --device cpu if it fails once more")
