"""Quality of discovered themes on labelled comments, beside BERTopic's defaults on the same vectors."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from comments.errors import SettingsError

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd
    from numpy.typing import NDArray

Score = dict[str, float]


def read_labelled(path: Path, within: str | None, least: int) -> list[pd.DataFrame]:
    """Read labelled comments: distinct texts with a label held by ``least`` or more, a table for each part.

    Raises:
        SettingsError: where the file is no such table, or nothing is left of it.
    """
    import pandas as pd

    try:
        table = pd.read_csv(path) if path.suffix == ".csv" else pd.read_parquet(path)
    except (OSError, ValueError) as error:
        raise SettingsError(f"{path} is no table ({error})", "name a Parquet or CSV file") from None
    if lacking := sorted({"text", "label", *([within] if within else [])} - set(table.columns)):
        raise SettingsError(f"{path} has no column {', '.join(lacking)}", "see btl eval themes --help")
    rows = table[table["label"].notna() & table["text"].notna()]
    parts = [part for _, part in rows.groupby(within)] if within else [rows]
    kept = [_distinct(part, least) for part in parts]
    if not (kept := [part for part in kept if len(part)]):
        raise SettingsError(f"{path} holds no labelled comment", "fill `text` and `label`, or give a smaller --least")
    return kept


def _distinct(rows: pd.DataFrame, least: int) -> pd.DataFrame:
    rows = rows.drop_duplicates("text")
    return rows[rows.groupby("label")["label"].transform("size") >= least].reset_index(drop=True)


def our_labels(texts: list[str], vectors: NDArray[Any]) -> NDArray[Any]:
    """Return our group of each distinct text, -1 for the residual, in the order given."""
    import numpy as np

    from analysis.cluster import find_groups
    from analysis.settings import ClusterSettings

    order = np.array(sorted(range(len(texts)), key=lambda i: hashlib.sha256(texts[i].encode()).digest()), dtype=int)
    found = find_groups(vectors[order], ClusterSettings(), [texts[i] for i in order])
    labels = np.empty(len(texts), dtype=np.int64)
    labels[order] = found.labels
    return labels


def peer_labels(texts: list[str], vectors: NDArray[Any], seed: int) -> NDArray[Any]:
    """Return the topics of BERTopic (Grootendorst, 2022) with its defaults; only UMAP's seed is set."""
    import numpy as np
    from bertopic import BERTopic
    from umap import UMAP

    umap = UMAP(n_neighbors=15, n_components=5, min_dist=0.0, metric="cosine", random_state=seed)
    return np.array(BERTopic(umap_model=umap).fit_transform(texts, vectors)[0])


def score_labels(gold: list[str], found: NDArray[Any]) -> Score:
    """Return AMI, ARI, V, residual share and counts; the residual counts as one cluster."""
    from sklearn.metrics import adjusted_mutual_info_score, adjusted_rand_score, v_measure_score

    return {
        "AMI": float(adjusted_mutual_info_score(gold, found)),
        "ARI": float(adjusted_rand_score(gold, found)),
        "V": float(v_measure_score(gold, found)),
        "residual": float((found == -1).mean()),
        "themes": float(len(set(found.tolist()) - {-1})),
        "gold": float(len(set(gold))),
    }


def same_in_any_order(texts: list[str], vectors: NDArray[Any], labels: NDArray[Any], shuffles: int = 2) -> bool:
    """Say whether shuffled rows get the same labels."""
    import numpy as np

    orders = [np.random.default_rng(seed).permutation(len(texts)) for seed in range(shuffles)]
    return all(np.array_equal(our_labels([texts[i] for i in o], vectors[o]), labels[o]) for o in orders)


def mean_score(scores: list[Score]) -> Score:
    """Return the mean of each number."""
    return {name: sum(score[name] for score in scores) / len(scores) for name in scores[0]}
