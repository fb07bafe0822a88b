"""Quality of discovered themes on labelled comments, beside BERTopic's defaults on the same vectors."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from comments.errors import SettingsError
from comments.model import text_key
from reports.evaluation.floors import Rules

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import pandas as pd
    from numpy.typing import NDArray

    Embed = Callable[[Sequence[str]], NDArray[Any]]

Score = dict[str, float]
RULES = Rules(
    Path(__file__).with_name("theme_floors.json"),
    (
        "AMI",
        "ARI",
        "shuffles the same",
        "ARI of the others after a paste",
        "copies in one theme",
        "recall of planted themes",
        "stable themes that return",
        "intervals that hold, one theme",
        "intervals that hold, ten themes",
        "nulls without stable themes",
    ),
    (),
    0.005,
    "text",
)


@dataclass(frozen=True, slots=True)
class Part:
    """Labelled texts that are clustered together: distinct, in the order of their hashes.

    Attributes:
        name: value of the column that the set is cut by; empty for a whole set.
        texts: the texts.
        gold: label of each.
    """

    name: str
    texts: list[str]
    gold: list[str]


@dataclass(frozen=True, slots=True)
class LabelledSet:
    """A table of labelled comments.

    Attributes:
        path: where it is.
        digest: SHA-256 of the file's bytes.
        options: how it was cut, in words; floors are pinned to both.
        parts: what is clustered by itself.
    """

    path: Path
    digest: str
    options: str
    parts: tuple[Part, ...]

    def by_label(self) -> dict[str, list[str]]:
        """Return all texts by their label."""
        found: dict[str, list[str]] = {}
        for part in self.parts:
            for text, label in zip(part.texts, part.gold, strict=True):
                found.setdefault(label, []).append(text)
        return found


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured of a set.

    Attributes:
        ours: scores of each part.
        peers: of BERTopic, a list a seed.
        order_free: whether shuffled rows got the same groups; None where that was not looked at.
    """

    ours: list[Score]
    peers: list[list[Score]]
    order_free: bool | None

    def as_dict(self) -> Score:
        """Return our scores, the mean over the parts."""
        return mean_score(self.ours)

    def rows(self) -> dict[str, Score]:
        """Return the lines of the table: ours, by every second part where there are several, and the peer's."""
        rows = {"btl": self.as_dict()}
        if len(self.ours) > 3:
            rows |= {"btl, even places": mean_score(self.ours[0::2]), "btl, odd places": mean_score(self.ours[1::2])}
        if by_seed := sorted((mean_score(held) for held in self.peers), key=lambda score: score["AMI"]):
            rows |= {"BERTopic mean": mean_score(by_seed), "BERTopic worst": by_seed[0], "BERTopic best": by_seed[-1]}
        return rows


def read_labelled(
    path: Path, within: str | None = None, least: int = 1, sample: int | None = None, limit: int | None = None
) -> LabelledSet:
    """Read labelled comments: distinct texts with a label.

    Args:
        path: Parquet or CSV with ``text`` and ``label``.
        within: column whose values are parts.
        least: labels that fewer texts of a part hold are left out.
        sample: most texts of a part, the first by their hashes.
        limit: most parts, the first by their names.

    Raises:
        SettingsError: where the file is no such table, or nothing is left of it.
    """
    import pandas as pd

    try:
        table = pd.read_csv(path) if path.suffix == ".csv" else pd.read_parquet(path)
    except FileNotFoundError:
        raise SettingsError(f"{path} does not exist", "name a Parquet or CSV file") from None
    except (OSError, ValueError) as error:
        raise SettingsError(f"{path} is no table ({error})", "name a Parquet or CSV file") from None
    if lacking := sorted({"text", "label", *([within] if within else [])} - set(table.columns)):
        raise SettingsError(f"{path} has no column {', '.join(lacking)}", "see btl eval themes --help")
    rows = table[table["label"].notna() & table["text"].notna()].astype({"text": str, "label": str})
    cut = [(str(name), part) for name, part in rows.groupby(within)] if within else [("", rows)]
    parts = tuple(part for name, some in cut[:limit] if (part := _part(name, some, least, sample)).texts)
    if not parts:
        raise SettingsError(f"{path} holds no labelled comment", "fill `text` and `label`, or give a smaller --least")
    options = f"within {within or 'all'}, least {least}, sample {sample or 'all'}, limit {limit or 'none'}"
    return LabelledSet(path, hashlib.sha256(path.read_bytes()).hexdigest(), options, parts)


def _part(name: str, rows: pd.DataFrame, least: int, sample: int | None) -> Part:
    rows = rows.drop_duplicates("text")
    rows = rows[rows.groupby("label")["label"].transform("size") >= least]
    rows = rows.loc[rows["text"].map(text_key).sort_values().index[:sample]]
    return Part(name, rows["text"].tolist(), rows["label"].tolist())


def measure_set(
    held: LabelledSet,
    embed: Embed,
    *,
    seeds: int = 0,
    shuffles: int = 2,
) -> Measured:
    """Cluster each part of a set, and score it beside BERTopic on the same vectors.

    Args:
        held: the set.
        embed: turns texts into vectors.
        seeds: how many seeds BERTopic is given; 0 leaves it out.
        shuffles: orders of rows in which ours is clustered again.
    """
    ours, same, peers = [], True, [list[Score]() for _ in range(seeds)]
    for part in held.parts:
        vectors = embed(part.texts)
        labels = our_labels(part.texts, vectors)
        ours.append(score_labels(part.gold, labels))
        same &= same_in_any_order(part.texts, vectors, labels, shuffles)
        for seed, scores in enumerate(peers):
            scores.append(score_labels(part.gold, peer_labels(part.texts, vectors, seed)))
    return Measured(ours, peers, same if shuffles else None)


def agree(held: LabelledSet, embed: Embed, other: Embed) -> Score:
    """Return how far the themes by two models agree, the mean over the parts of a set.

    ``AMI`` and ``ARI`` compare the two groupings, the residual as one cluster; ``matched`` is the share of our themes
    with a Jaccard index (1912) of 0.5 or more to one of the other model's, ``Jaccard`` the mean of the best ones.

    Args:
        held: the set; its labels do not matter.
        embed: turns texts into vectors of our model.
        other: the same of the other model.
    """
    import numpy as np

    scores = []
    for part in held.parts:
        ours, theirs = (our_labels(part.texts, model(part.texts)) for model in (embed, other))
        score = score_labels([str(label) for label in ours.tolist()], theirs)
        best = [
            max((_jaccard(ours == a, theirs == b) for b in np.unique(theirs[theirs >= 0])), default=0.0)
            for a in np.unique(ours[ours >= 0])
        ]
        counts = {"themes": float(len(best)), "their themes": score["themes"]}
        shares = {"matched": float(np.mean(np.asarray(best) >= 0.5)), "Jaccard": float(np.mean(best))} if best else {}
        scores.append({"AMI": score["AMI"], "ARI": score["ARI"], "matched": 0.0, "Jaccard": 0.0, **shares, **counts})
    return mean_score(scores)


def _jaccard(first: NDArray[Any], second: NDArray[Any]) -> float:
    return float((first & second).sum() / max(1, (first | second).sum()))


def our_labels(texts: Sequence[str], vectors: NDArray[Any]) -> NDArray[Any]:
    """Return our group of each distinct text, -1 for the residual, in the order given."""
    import numpy as np

    from analysis.cluster import find_groups
    from analysis.settings import ClusterSettings

    order = np.array(sorted(range(len(texts)), key=lambda i: text_key(texts[i])), dtype=int)
    found = find_groups(vectors[order], ClusterSettings(), [texts[i] for i in order])
    labels = np.empty(len(texts), dtype=np.int64)
    labels[order] = found.labels
    return labels


def peer_labels(texts: Sequence[str], vectors: NDArray[Any], seed: int) -> NDArray[Any]:
    """Return the topics of BERTopic (Grootendorst, 2022) with its defaults; only UMAP's seed is set."""
    import numpy as np
    from bertopic import BERTopic
    from umap import UMAP

    umap = UMAP(n_neighbors=15, n_components=5, min_dist=0.0, metric="cosine", random_state=seed)
    return np.array(BERTopic(umap_model=umap).fit_transform(list(texts), vectors)[0])


def score_labels(gold: Sequence[str], found: NDArray[Any]) -> Score:
    """Return AMI, ARI, V, residual share and counts; the residual counts as one cluster."""
    from sklearn.metrics import adjusted_mutual_info_score, adjusted_rand_score, v_measure_score

    return {
        "AMI": float(adjusted_mutual_info_score(gold, found)),
        "ARI": float(adjusted_rand_score(gold, found)),
        "V": float(v_measure_score(gold, found)),
        "residual": float((found == -1).mean()),
        "themes": float(len(set(found.tolist()) - {-1})),
        "gold": float(len(set(gold))),
        "texts": float(len(gold)),
    }


def same_in_any_order(texts: Sequence[str], vectors: NDArray[Any], labels: NDArray[Any], shuffles: int) -> bool:
    """Say whether shuffled rows get the same labels."""
    import numpy as np

    orders = [np.random.default_rng(seed).permutation(len(texts)) for seed in range(shuffles)]
    return all(np.array_equal(our_labels([texts[i] for i in o], vectors[o]), labels[o]) for o in orders)


def mean_score(scores: Sequence[Score]) -> Score:
    """Return the mean of each number."""
    return {name: sum(score[name] for score in scores) / len(scores) for name in scores[0]}


@dataclass(frozen=True, slots=True)
class Simulated:
    """Figures of all simulations."""

    figures: Score

    def as_dict(self) -> Score:
        """Return the figures by name."""
        return self.figures


def digest_of(sets: Sequence[LabelledSet]) -> str:
    """Return the hash of several sets and how they were cut: floors of simulations are pinned to it."""
    return hashlib.sha256("\n".join(f"{one.digest} {one.options}" for one in sets).encode()).hexdigest()
