"""What themes must show where the truth is known: on made corpora, shuffled rows, pasted copies and fresh halves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reports.evaluation.corpora import cut_halves, make_null, plant_themes, simulate_writers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    import pandas as pd

    from analysis.cluster import Groups
    from analysis.embed import Embedder, VectorCache
    from analysis.themes import Themes

    Labelled = Mapping[str, Sequence[str]]

FOUND = 0.5
"""Jaccard index from which a group is what was planted, or a theme come back."""
NULLS = (100, 300, 1000)
COPIES = 500
LOOKED_AT = 400  # comments whose rows are shuffled, or among which one is pasted
HALVED, HALVINGS = 2400, 6  # texts that are cut in halves, and how often
TARGETS = {
    "shuffles the same": (1.0, 1.0),
    "ARI of the others after a paste": (0.99, 1.0),
    "copies in one theme": (1.0, 1.0),
    "recall of planted themes": (0.9, 1.0),
    "stable themes that return": (0.9, 1.0),
    "intervals that hold, one theme": (0.93, 0.97),
    "intervals that hold, ten themes": (0.93, 0.97),
    "nulls without stable themes": (0.95, 1.0),
}
"""Bounds that each figure is to lie in."""
Figures = dict[str, float]


class Simulator:
    """Runs the simulations on labelled sets.

    Args:
        sets: texts by their label, one mapping a labelled set.
        embedder: the model.
        cache: where vectors are kept.
        runs: corpora of each kind.
        strangers: sets whose labels are no themes apart from each other: their texts are halved, make nulls and stand
            amid planted themes, but none of their labels is planted.
    """

    def __init__(
        self,
        sets: Sequence[Labelled],
        embedder: Embedder,
        cache: VectorCache | None,
        runs: int | None = None,
        strangers: Sequence[Labelled] = (),
    ) -> None:
        self._sets, self._strangers = list(sets), list(strangers)
        self._texts = [sorted({text for texts in one.values() for text in texts}) for one in (*sets, *strangers)]
        self._embedder, self._cache, self._runs = embedder, cache, runs

    def run(self) -> Iterator[tuple[str, Figures]]:
        """Yield the name of each simulation with its figures, as each is done."""
        steps: dict[str, Callable[[], Figures]] = {
            "intervals": self.intervals,
            "pasted copies": self.pasted,
            "shuffles": self.shuffles,
            "planted themes": self.planted,
            "fresh halves": self.halves,
            "nulls": self.nulls,
        }
        for name, step in steps.items():
            yield name, step()

    def shuffles(self) -> Figures:
        """Whether shuffled rows give the same tables."""
        import numpy as np

        comments = _comments(self._sample(0))
        first = _tables(comments, self._themes(comments))
        same = 0
        for seed in range(runs := self._runs or 20):
            order = np.random.default_rng(seed).permutation(len(comments))
            shuffled = comments.iloc[order].reset_index(drop=True)
            same += _tables(shuffled, self._themes(shuffled)) == first
        return {"shuffles the same": same / runs, "shuffles": runs}

    def pasted(self) -> Figures:
        """What one comment pasted many times does to the others."""
        import pandas as pd
        from sklearn.metrics import adjusted_rand_score

        comments = _comments(self._sample(0))
        before = self._themes(comments).comments["theme_id"].fillna("")
        again, where = [], []
        for place in range(runs := min(self._runs or 3, 3)):
            row = comments.iloc[[(place + 1) * len(comments) // (runs + 1)]]
            copies = pd.concat([row] * COPIES).assign(comment_id=[f"copy-{n}" for n in range(COPIES)])
            found = self._themes(pd.concat([comments, copies], ignore_index=True)).comments["theme_id"].fillna("")
            again.append(adjusted_rand_score(before, found[: len(comments)]))
            where.append(found[len(comments) :].nunique() == 1 and found.iloc[-1] == found[row.index[0]])
        return {"ARI of the others after a paste": min(again), "copies in one theme": sum(where) / runs, "pastes": runs}

    def planted(self) -> Figures:
        """How many of the themes that were planted are found."""
        found, total = 0, 0
        for seed in range(runs := self._runs or 50):
            corpus = plant_themes(self._sets, seed, self._strangers)
            groups = _sets_of(self._groups(corpus.texts).labels.tolist())
            total += len(corpus.themes)
            found += sum(_best(set(theme), groups) >= FOUND for theme in corpus.themes)
        return {"recall of planted themes": found / max(1, total), "planted themes": total, "corpora": runs}

    def halves(self) -> Figures:
        """How many themes marked stable in one half of the texts are themes of the other half, which has none of these.

        A theme of the first half is taken to the other by the rule that assigns new texts.
        """
        from analysis.settings import ClusterSettings
        from analysis.votes import assign

        settings, back, all_back, stable, total = ClusterSettings(), 0, 0, 0, 0
        for place in range(len(self._texts)):
            for seed in range(min(self._runs or HALVINGS, HALVINGS)):
                first, other = cut_halves(self._sample(place, HALVED), seed)
                ours, theirs = self._groups(first), _sets_of(self._groups(other).labels.tolist())
                if ours.voters is None:
                    continue
                best, strengths = assign(self._embed(other), self._embed(first), ours.voters, settings)
                taken = [g if s >= settings.floor else -1 for g, s in zip(best.tolist(), strengths, strict=True)]
                for group, value in enumerate(ours.stability):
                    returns = _best({row for row, name in enumerate(taken) if name == group}, theirs) >= FOUND
                    total, all_back = total + 1, all_back + returns
                    if value is not None and value >= settings.stable:
                        stable, back = stable + 1, back + returns
        return {
            "stable themes that return": back / stable if stable else float("nan"),
            "stable themes": stable,
            "all themes that return": all_back / total if total else float("nan"),
            "all themes": total,
        }

    def intervals(self) -> Figures:
        """How many of the 95% intervals hold the truth."""
        from analysis.uncertainty import share_intervals

        figures: Figures = {}
        for name, themes, runs in (("one theme", 1, self._runs or 1000), ("ten themes", 10, self._runs or 300)):
            held = []
            for seed in range(runs):
                made = simulate_writers(themes, seed)
                intervals = share_intervals(made.themes, made.writers)
                held += [low <= true <= high for (low, high), true in zip(intervals, made.truth, strict=True)]
            figures |= {f"intervals that hold, {name}": sum(held) / len(held), f"corpora, {name}": runs}
        return figures

    def nulls(self) -> Figures:
        """How many corpora without structure are said to have no stable themes, by size."""
        honest: dict[int, list[bool]] = {}
        for seed in range(runs := self._runs or 100):
            texts = make_null(self._texts[seed % len(self._texts)], size := NULLS[seed % len(NULLS)], seed)
            honest.setdefault(size, []).append(self._groups(texts).state == "no stable themes")
        by_size = {f"of {size} texts": sum(said) / len(said) for size, said in honest.items()}
        return {"nulls without stable themes": sum(map(sum, honest.values())) / runs, "nulls": runs, **by_size}

    def _embed(self, texts: Sequence[str]) -> Any:  # noqa: ANN401
        from analysis.embed import embed_texts

        return embed_texts(texts, self._embedder, self._cache)

    def _groups(self, texts: Sequence[str]) -> Groups:
        from analysis.cluster import find_groups
        from analysis.settings import ClusterSettings

        return find_groups(self._embed(texts), ClusterSettings(), list(texts))

    def _themes(self, comments: pd.DataFrame) -> Themes:
        from analysis.settings import Settings
        from analysis.themes import find_themes

        return find_themes(comments, (), Settings(), self._embedder, cache=self._cache)

    def _sample(self, place: int, most: int = LOOKED_AT) -> list[str]:
        import random

        texts = self._texts[place]
        return random.Random(place).sample(texts, min(most, len(texts)))  # noqa: S311


def _comments(texts: Sequence[str]) -> pd.DataFrame:
    import pandas as pd

    columns: dict[str, Any] = {"comment_id": [f"c{n}" for n in range(len(texts))], "page_id": "p", "clean_text": texts}
    return pd.DataFrame({**columns, "author": None, "parent_id": None})


def _tables(comments: pd.DataFrame, found: Themes) -> list[str]:
    """The tables of a run as text, rows of comments in the order of their ids."""
    main = found.comments.assign(comment_id=comments["comment_id"]).sort_values("comment_id")
    return [frame.to_json(orient="values") for frame in (main, found.themes, found.assignments)]


def _sets_of(labels: Sequence[int]) -> list[set[int]]:
    groups: dict[int, set[int]] = {}
    for row, label in enumerate(labels):
        if label >= 0:
            groups.setdefault(label, set()).add(row)
    return list(groups.values())


def _best(rows: set[int], groups: Sequence[set[int]]) -> float:
    """Jaccard index (1912) of the group most like a set of rows."""
    return max((len(rows & group) / len(rows | group) for group in groups), default=0.0) if rows else 0.0
