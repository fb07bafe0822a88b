"""Named themes: which comments raise a matter that the user described.

Plain cosine to a description does not tell a matter from its neighbours. Here each theme has a small
linear model fitted on the user's own examples against the counter-examples and the other themes'
examples (few-shot, as in SetFit: Tunstall et al. 2022, without its fine-tuning). Its score, the nearest
examples, the rule words, and the same of the comment that is answered are weighed into one strength;
the weights are the same for every theme and were fitted on half of data/sample (bench/fit_named.py,
which wrote named_weights.json).
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.sentences import split_sentences

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from analysis.settings import NamedSettings, NamedTheme

    Vectors = NDArray[np.float32]
    Floats = NDArray[np.float64]

FEATURES = (
    "two nearest examples",
    "linear model",
    "rule words",
    "margin over the nearest counter-example",
    "parent: two nearest examples",
    "parent: linear model",
    "parent: rule words",
    "parent: margin",
    "is a reply",
    "with its parent: linear model",
    "with its parent: two nearest examples",
)
OWN_NEAREST, OWN_WORDS, JOINT_NEAREST = 0, 2, 10
PARENT_TAIL = 500  # characters of the parent that are read together with its reply


def match_named(
    texts: Sequence[str],
    parents: Sequence[int],
    themes: Sequence[NamedTheme],
    embed: Callable[[Sequence[str]], Vectors],
    settings: NamedSettings,
) -> Floats:
    """Return the strength of every comment in every named theme.

    Args:
        texts: tidied comments.
        parents: for each comment the row of the comment it answers, or -1.
        themes: the named themes.
        embed: turns texts into unit vectors.
        settings: a comment less close to its two nearest examples than ``closeness`` comes no further
            than a near miss: among strangers the weights alone would take the least strange. A near
            miss that holds a rule word of the theme is lifted to ``floor``.

    Returns:
        Array of shape (len(texts), len(themes)), 0 to 1; equal texts have equal strengths.
    """
    import numpy as np

    out = np.zeros((len(texts), len(themes)))
    if not len(texts) or not themes:
        return out
    fitted = json.loads(Path(__file__).with_name("named_weights.json").read_text(encoding="utf-8"))
    weights, bias = np.asarray(fitted["weights"]), float(fitted["bias"])
    for column, features in enumerate(theme_features(texts, parents, themes, embed)):
        scaled = (features - np.asarray(fitted["means"])) / np.asarray(fitted["scales"])
        strength = 1 / (1 + np.exp(-(scaled @ weights + bias)))
        close = np.maximum(features[:, OWN_NEAREST], features[:, JOINT_NEAREST]) >= settings.closeness
        # Rule words decide what is in doubt, and nothing else: alone they take too much.
        decided = close & (features[:, OWN_WORDS] > 0) & (strength >= settings.near)
        strength = np.where(decided, np.maximum(strength, settings.floor), strength)
        out[:, column] = np.where(close, strength, np.minimum(strength, settings.near))
    return np.round(_same_for_copies(texts, out), 6)


def theme_features(
    texts: Sequence[str],
    parents: Sequence[int],
    themes: Sequence[NamedTheme],
    embed: Callable[[Sequence[str]], Vectors],
) -> list[Floats]:
    """Return for each theme what its strength is weighed from, shape (len(texts), 11)."""
    import numpy as np

    units, starts = _units(texts)
    vectors = embed(units)
    answers = np.asarray(parents, dtype=np.int64)
    together = embed(_with_parents(texts, answers))
    positives = [embed([f"{t.name}. {t.description}", *t.examples]) for t in themes]
    is_reply = (answers >= 0).astype(np.float64)
    features = []
    for number, theme in enumerate(themes):
        counter = embed(theme.counter_examples) if theme.counter_examples else positives[number][:0]
        others = [positives[i] for i in range(len(themes)) if i != number]
        everything = np.vstack([vectors, together])
        own, joint = np.split(
            _unit_features(everything, positives[number], np.vstack([counter, *others])), [len(vectors)]
        )
        words = np.asarray([_has_word(unit, theme.words) for unit in units], dtype=np.float64)
        best = np.maximum.reduceat(np.column_stack([own[:, :2], words, own[:, 2:]]), starts)
        features.append(np.column_stack([best, best[answers] * is_reply[:, None], is_reply, joint[:, 1::-1]]))
    return features


def _units(texts: Sequence[str]) -> tuple[list[str], NDArray[np.int64]]:
    """Each text whole and by sentences: a theme may stand in one sentence of many."""
    import numpy as np

    units: list[str] = []
    starts: list[int] = []
    for text in texts:
        sentences = split_sentences(text)
        starts.append(len(units))
        units += [text, *(sentences if len(sentences) > 1 else [])]
    return units, np.asarray(starts, dtype=np.int64)


def _with_parents(texts: Sequence[str], answers: NDArray[np.int64]) -> list[str]:
    """A short reply ("Is it patience, or ...?") is understood only with what it answers."""
    return [
        f"{texts[parent][-PARENT_TAIL:]}\n{text}" if parent >= 0 else text
        for text, parent in zip(texts, answers.tolist(), strict=True)
    ]


def _unit_features(vectors: Vectors, positives: Vectors, negatives: Vectors) -> Floats:
    """Two nearest positives, linear score, margin; shape (len(vectors), 3)."""
    import numpy as np
    from threadpoolctl import threadpool_limits

    with threadpool_limits(1):
        near = np.sort(vectors @ positives.T, axis=1).astype(np.float64)
        away = (vectors @ negatives.T).max(axis=1) if len(negatives) else np.zeros(len(vectors))
        linear = _linear_scores(vectors, positives, negatives)
    return np.column_stack([near[:, -2:].mean(axis=1), linear, near[:, -1] - away])


def _linear_scores(vectors: Vectors, positives: Vectors, negatives: Vectors) -> Floats:
    import numpy as np

    if not len(negatives):
        return np.asarray(vectors @ positives.mean(axis=0), dtype=np.float64)
    from sklearn.linear_model import LogisticRegression

    x = np.vstack([positives, negatives]).astype(np.float64)
    y = np.repeat([1, 0], [len(positives), len(negatives)])
    model = LogisticRegression(C=3, class_weight="balanced", max_iter=1000).fit(x, y)
    return np.asarray(model.decision_function(vectors.astype(np.float64)))


def _has_word(text: str, words: Sequence[str]) -> bool:
    return bool(words) and bool(_word_pattern(tuple(words)).search(text))


def _word_pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    parts = [re.escape(w.rstrip("*")) + (r"\w*" if w.endswith("*") else r"\b") for w in words]
    return re.compile(r"\b(?:" + "|".join(parts) + ")", re.IGNORECASE)  # re keeps a cache of patterns


def _same_for_copies(texts: Sequence[str], strengths: Floats) -> Floats:
    """Give equal texts the strongest of their strengths, whatever they answer."""
    import numpy as np

    _, group = np.unique(np.asarray(texts, dtype=object), return_inverse=True)
    best = np.zeros((group.max() + 1, strengths.shape[1]))
    np.maximum.at(best, group, strengths)
    return best[group]
