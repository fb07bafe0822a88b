"""The default model a second time, turned so that opposite claims lie apart.

Sentence vectors put "prisons deter" beside "prisons do not deter": they share their matter. For named
themes that is the most frequent fault. ``claims.npz`` holds low-rank changes (Hu et al. 2021) to the last
three layers of all-MiniLM-L6-v2, trained by bench/train_claims.py on arguments and the key points that they
make: 24 debates of IBM's ArgKP-2021 (Bar-Haim et al. 2020; Friedman et al. 2021) and four more, under the
Community Data License Agreement - Sharing 1.0. Claim vectors serve named themes alone: themes are discovered
in the vectors of the model as published.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from analysis.minilm import INT8, MiniLM
from analysis.minilm_torch import TorchMiniLM

if TYPE_CHECKING:
    from analysis.embed import Embedder

ADAPTER = Path(__file__).with_name("claims.npz")


def open_claims(embedder: Embedder) -> Embedder | None:
    """Return the model of claim vectors that goes with an embedder; None for all but the default model's forms."""
    if embedder.key == TorchMiniLM.key:
        return TorchMiniLM(adapter=ADAPTER)
    if embedder.key not in (MiniLM.key, MiniLM.key + INT8):
        return None
    int8 = embedder.key != MiniLM.key
    return MiniLM(threads=getattr(embedder, "_threads", None), adapter=ADAPTER, int8=int8)
