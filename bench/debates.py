"""The debates of ArgKP-2021: arguments, key points, and who makes which."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

FILE = "data/comments/arguments_argkp_dev.parquet"


@dataclass(frozen=True)
class Debate:
    """One debate.

    Attributes:
        name: its ``article_id``.
        texts: the arguments.
        points: the key points, sorted.
        gold: whether an argument makes a key point, shape (arguments, points).
        stances: 1 for and -1 against, of each argument.
        sides: the same of each key point, by most of the arguments that make it.
        rows: the arguments' rows of the file.
    """

    name: str
    texts: list[str]
    points: list[str]
    gold: NDArray[np.bool_]
    stances: NDArray[np.int64]
    sides: NDArray[np.int64]
    rows: pd.DataFrame


def read_debates(shared: Path) -> list[Debate]:
    """Return the debates in the order of their names.

    Args:
        shared: folder that holds ``data``.
    """
    frame = pd.read_parquet(shared / FILE)
    debates = []
    for name, rows in frame.groupby("article_id", sort=True):
        labels = [json.loads(label) for label in rows["labels"]]
        points = sorted({point for label in labels for point in label["key_points"]})
        gold = np.asarray([[point in label["key_points"] for point in points] for label in labels])
        stances = np.asarray([label["stance"] for label in labels])
        sides = np.where((gold * stances[:, None]).sum(axis=0) > 0, 1, -1)
        debates.append(Debate(str(name), rows["text"].tolist(), points, gold, stances, sides, rows))
    return debates
