"""Fit the weights of named themes and print how they do on what they were not fitted on.

Run from the project's root: ``python -m bench.fit_named SHARED FOLDS``, where SHARED holds ``data``, and FOLDS what
``python -m bench.train_claims SHARED FOLDS 0 1 2 3`` wrote. What is fitted:

- for themes without examples: ArgKP's debates, each with the claim vectors of a model that never saw it
  (FOLDS), key points by name alone, with all and with half of them, and
  with arguments of the next debate as strangers;
- for themes with examples: the same debates with three to eight arguments of each key point as examples, and the
  pages of data/sample with odd numbers with data/themes.toml; both count the same.

The debates that chose the settings are those of even place in the sorted list. The printed figures of a debate come
from weights that were fitted without its fold.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from analysis.claims import ADAPTER
from analysis.embed import embed_texts
from analysis.minilm import MiniLM
from analysis.named import WEIGHTS
from analysis.named_features import FEATURES, Views, theme_features
from analysis.settings import NamedTheme, Settings, load_themes
from bench.debates import read_debates
from comments.clean import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from analysis.embed import Embedder
    from bench.debates import Debate

SAMPLE = Path("data/sample/gold.jsonl")
FOLDS = 4
STRANGERS = 60
LABELS = {
    "Russian response": "russian-response",
    "Escalation fears": "escalation-fears",
    "Currency speculation": "currency-speculation",
}
# Comments, parents, named themes, gold of shape (comments, themes), the fold that must not have seen them.
Case = tuple[list[str], list[int], list[NamedTheme], "NDArray[np.bool_]", int]


@dataclass(frozen=True)
class Rows:
    """Features and truth of pairs of comment and theme.

    Attributes:
        x: shape (pairs, features).
        y: whether the comment is in the theme.
        fold: of the debate; -1 for the sample.
    """

    x: NDArray[np.float64]
    y: NDArray[np.bool_]
    fold: NDArray[np.int64]


class Models:
    """The plain model and one of claim vectors for each fold, with their vectors kept in memory.

    Args:
        folder: where claims-0.npz to claims-3.npz lie, as bench/train_claims.py wrote them.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._open: dict[int | None, Embedder] = {}
        self._kept: dict[tuple[int | None, str], NDArray[np.float32]] = {}

    def embed(self, fold: int | None, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return vectors by the model of a fold; None for the plain one, -1 for claims of all debates."""
        new = sorted({text for text in texts if (fold, text) not in self._kept})
        if new:
            vectors = embed_texts(new, self._model(fold))
            self._kept |= zip(((fold, text) for text in new), vectors, strict=True)
        rows = [self._kept[fold, text] for text in texts]
        return np.asarray(rows, dtype=np.float32).reshape(len(rows), MiniLM.dimension)

    def _model(self, fold: int | None) -> Embedder:
        if fold not in self._open:
            if fold is None:
                self._open[fold] = MiniLM()
            else:
                self._open[fold] = MiniLM(adapter=ADAPTER if fold < 0 else self._folder / f"claims-{fold}.npz")
        return self._open[fold]

    def views(self, texts: Sequence[str], fold: int | None) -> Views:
        """Return how ``match_named`` is to see texts; without a fold by plain vectors alone."""
        claims = None if fold is None else lambda some: self.embed(fold, some)
        return Views(self.embed(None, texts), lambda some: self.embed(None, some), claims)


def read_gold() -> tuple[list[str], list[int], list[set[str]], NDArray[np.bool_]]:
    """Return texts of the sample, parent rows (-1 for none), labels, and whether each comment trains."""
    rows = [json.loads(line) for line in SAMPLE.read_text(encoding="utf-8").splitlines()]
    at = {(row["page"], row["page_id"], row["n"]): i for i, row in enumerate(rows)}
    parents = [-1 if row["parent"] is None else at[row["page"], row["page_id"], row["parent"]] for row in rows]
    train = [row["page"][:2].isdigit() and int(row["page"][:2]) % 2 == 1 for row in rows]
    texts = [clean_text(row["text"]) for row in rows]
    return texts, parents, [set(row["themes"]) for row in rows], np.asarray(train)


def sample_case(*, train: bool, examples: bool = True) -> Case:
    """Return one half of the sample; a reply whose parent is in the other half counts as no reply."""
    texts, parents, labels, odd = read_gold()
    chosen = np.flatnonzero(odd == train)
    place = {row: i for i, row in enumerate(chosen.tolist())}
    themes = [t if examples else t.model_copy(update={"examples": (), "counter_examples": ()}) for t in TOML]
    gold = np.asarray([[LABELS[theme.name] in labels[row] for theme in themes] for row in chosen])
    return [texts[row] for row in chosen], [place.get(parents[row], -1) for row in chosen], themes, gold, -1


def plain_cases(debates: Sequence[Debate]) -> Iterator[Case]:
    """Each debate with all key points and with half of them, among strangers from the next one."""
    random = np.random.default_rng(0)
    for place, debate in enumerate(debates):
        others = debates[(place + FOLDS) % len(debates)].texts  # of the same fold: seen by the same models
        some = np.sort(random.choice(len(debate.points), max(1, len(debate.points) // 2), replace=False))
        for points in (np.arange(len(debate.points)), some):
            strangers = random.choice(len(others), STRANGERS, replace=False).tolist()
            texts = debate.texts + [others[i] for i in strangers]
            gold = np.vstack([debate.gold[:, points], np.zeros((STRANGERS, len(points)), dtype=bool)])
            themes = [NamedTheme(name=debate.points[i], description=debate.points[i]) for i in points]
            yield texts, [-1] * len(texts), themes, gold, place % FOLDS


def example_cases(debates: Sequence[Debate]) -> Iterator[Case]:
    """Each debate with some arguments of each key point as its examples, the other arguments to be placed."""
    random = np.random.default_rng(1)
    for place, debate in enumerate(debates):
        used: set[int] = set()
        themes = []
        for number, point in enumerate(debate.points):
            makers = [i for i in np.flatnonzero(debate.gold[:, number]).tolist() if i not in used]
            chosen = random.permutation(makers)[: min(int(random.integers(3, 9)), len(makers) // 3)].tolist()
            rest = [i for i in np.flatnonzero(debate.stances != debate.sides[number]).tolist() if i not in used]
            against = random.permutation(rest)[: int(random.integers(0, 4))].tolist()
            used |= {*chosen, *against}
            themes.append(
                NamedTheme(
                    name=point,
                    description=point,
                    examples=tuple(debate.texts[i] for i in chosen),
                    counter_examples=tuple(debate.texts[i] for i in against),
                )
            )
        left = [i for i in range(len(debate.texts)) if i not in used]
        others = debates[(place + FOLDS) % len(debates)].texts
        strangers = [others[i] for i in random.choice(len(others), STRANGERS, replace=False).tolist()]
        texts = [debate.texts[i] for i in left] + strangers
        gold = np.vstack([debate.gold[left], np.zeros((STRANGERS, len(themes)), dtype=bool)])
        yield texts, [-1] * len(texts), themes, gold, place % FOLDS


def rows_of(cases: Iterator[Case] | list[Case], models: Models, *, claims: bool) -> Rows:
    """Return the pairs of all themes in all cases, those that are looked at."""
    x, y, folds = [], [], []
    for texts, parents, themes, gold, fold in cases:
        views = models.views(texts, fold if claims else None)
        rows, features = theme_features(texts, parents, themes, views, Settings())
        for number, values in enumerate(features):
            if bool(themes[number].examples) == any(theme.examples for theme in themes):
                x.append(values)
                y.append(gold[rows, number])
                folds.append(np.full(len(rows), fold))
    return Rows(np.vstack(x), np.concatenate(y), np.concatenate(folds))


def fit(rows: Rows, weight: NDArray[np.float64] | None = None) -> dict[str, Any]:
    """Return means, scales, weights and bias of a logistic regression."""
    mean = rows.x.mean(axis=0)
    spread = rows.x.std(axis=0)
    scale = np.where(spread > 0, spread, 1.0)
    model = LogisticRegression(C=1, max_iter=5000).fit((rows.x - mean) / scale, rows.y, sample_weight=weight)
    return {
        "means": mean.round(6).tolist(),
        "scales": scale.round(6).tolist(),
        "weights": model.coef_[0].round(6).tolist(),
        "bias": round(float(model.intercept_[0]), 6),
    }


def balance(rows: Rows) -> NDArray[np.float64]:
    """Weights by which the sample and the debates count the same."""
    sample = rows.fold < 0
    return np.where(sample, len(rows.y) / (2 * max(1, sample.sum())), len(rows.y) / (2 * max(1, (~sample).sum())))


TOML = load_themes(Path("data/themes.toml"))


def main() -> None:
    """Fit on all of it and write the weights; ``btl eval named`` reports."""
    write_weights(read_debates(Path(sys.argv[1])), Models(Path(sys.argv[2])))


def write_weights(debates: Sequence[Debate], models: Models) -> None:
    """Fit the four sets of weights and write them."""
    found: dict[str, Any] = {"trained_on": (__doc__ or "").partition("What is fitted:")[2].strip().splitlines()}
    found["features"] = list(FEATURES)
    for name, claims in (("claims", True), ("plain", False)):
        described = rows_of(plain_cases(debates), models, claims=claims)
        exampled = rows_of([*example_cases(debates), sample_case(train=True)], models, claims=claims)
        found[name] = {"description": fit(described), "examples": fit(exampled, balance(exampled))}
        print(name, json.dumps(found[name]), flush=True)
    found["trained_on"] = " ".join(line.strip() for line in found["trained_on"][:7])
    WEIGHTS.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
