"""Corpora whose truth is known because they are made: without structure, with planted themes, in halves, of writers."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

from comments.model import text_key

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    Labelled = Mapping[str, Sequence[str]]

PLANTED = range(3, 9)  # themes that are planted in a corpus
MEMBERS = range(20, 51)  # texts of each


@dataclass(frozen=True, slots=True)
class Planted:
    """A corpus with planted themes.

    Attributes:
        texts: distinct texts in the order of their hashes.
        themes: rows of each planted theme.
    """

    texts: list[str]
    themes: list[list[int]]


@dataclass(frozen=True, slots=True)
class Writers:
    """Comments of writers who lean differently.

    Attributes:
        writers: the writer of each comment, shape (n,).
        themes: rows of the comments in each theme.
        truth: what share each theme has over all writers there could be.
    """

    writers: NDArray[np.int64]
    themes: list[NDArray[np.int64]]
    truth: list[float]


def make_null(texts: Sequence[str], size: int, seed: int) -> list[str]:
    """Return real texts cut to words, the words shuffled over all of them and dealt out to texts as long as they were.

    Args:
        texts: distinct texts to draw from.
        size: how many are drawn.
        seed: of the draw.

    Returns:
        Distinct texts in the order of their letters.
    """
    draw = random.Random(seed)  # noqa: S311
    taken = draw.sample(sorted(texts), min(size, len(texts)))
    words = [word for text in taken for word in text.split()]
    draw.shuffle(words)
    dealt = iter(words)
    return sorted({" ".join(next(dealt) for _ in text.split()) for text in taken})


def plant_themes(sets: Sequence[Labelled], seed: int, strangers: Sequence[Labelled] = ()) -> Planted:
    """Return a corpus of some labels of one set amid as many unrelated texts, of other sets where there are any.

    Three to eight labels are drawn, and twenty to fifty texts of each. Strangers from the same set are of labels
    that are not planted, at most three of each.

    Args:
        sets: texts by their label, one mapping a labelled set.
        seed: of the draw.
        strangers: further sets, of which no label is planted.
    """
    draw = random.Random(seed)  # noqa: S311
    usable = [place for place, one in enumerate(sets) if sum(len(t) >= MEMBERS[0] for t in one.values()) >= PLANTED[0]]
    home = sets[draw.choice(usable)]
    labels = sorted(label for label, texts in home.items() if len(texts) >= MEMBERS[0])
    chosen = draw.sample(labels, min(draw.choice(PLANTED), len(labels)))
    themes = [draw.sample(sorted(home[c]), min(draw.choice(MEMBERS), len(home[c]))) for c in chosen]
    others = sorted(
        {text for one in (*sets, *strangers) if one is not home for texts in one.values() for text in texts}
    )
    if not others:
        left = sorted(set(home) - set(chosen))
        others = [text for label in left for text in draw.sample(sorted(home[label]), min(3, len(home[label])))]
    planted = {text: number for number, theme in enumerate(themes) for text in theme}
    unrelated = draw.sample(others, min(len(planted), len(others)))
    texts = sorted({*planted, *unrelated}, key=text_key)
    rows: list[list[int]] = [[] for _ in themes]
    for row, text in enumerate(texts):
        if text in planted:
            rows[planted[text]].append(row)
    return Planted(texts, rows)


def cut_halves(texts: Sequence[str], seed: int) -> tuple[list[str], list[str]]:
    """Return two halves of distinct texts that have none in common, each in the order of the hashes."""
    draw = random.Random(seed)  # noqa: S311
    mixed = draw.sample(sorted(texts), len(texts))
    first = set(mixed[: len(mixed) // 2])
    ordered = sorted(texts, key=text_key)
    return [text for text in ordered if text in first], [text for text in ordered if text not in first]


def simulate_writers(themes: int, seed: int) -> Writers:
    """Return a corpus of 60 to 400 writers, a few of them loud, whose leanings are drawn from a Dirichlet distribution.

    How many comments a writer wrote follows Zipf's law with exponent 2, cut at 200; how much writers differ is drawn
    as well.

    Args:
        themes: how many; what is left is in none.
        seed: of the draw.
    """
    import numpy as np

    generator = np.random.default_rng(seed)
    count = int(generator.integers(60, 401))
    wrote = np.minimum(generator.zipf(2.0, count), 200)
    share = generator.dirichlet(np.full(themes + 1, 2.0))
    leanings = generator.dirichlet(share * generator.choice([2.0, 5.0, 20.0]) + 1e-3, count)
    writers = np.repeat(np.arange(count), wrote)
    drawn = (leanings[writers].cumsum(axis=1) < generator.random((len(writers), 1))).sum(axis=1)
    return Writers(writers, [np.flatnonzero(drawn == theme) for theme in range(themes)], share[:themes].tolist())
