"""What the strength of a comment in a named theme is weighed from."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analysis.sentences import split_sentences

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from analysis.settings import NamedTheme, Settings

    Vectors = NDArray[np.float32]
    Floats = NDArray[np.float64]
    Embed = Callable[[Sequence[str]], Vectors]

FEATURES = (
    "nearest texts of the theme",
    "margin over other themes and counter-examples",
    "linear model of the examples",
    "plain vectors: nearest texts",
    "plain vectors: margin",
    "rule words",
)
WORDS = FEATURES.index("rule words")
APART = 0.2  # a cosine that strangers reach: margins are never taken over less
LONG = 45  # words from which a comment is also read by sentences: shorter ones make one point
PARENT_TAIL = 500  # characters of the parent that are read together with its reply


@dataclass(frozen=True, slots=True)
class Views:
    """How comments are seen.

    Attributes:
        vectors: unit vectors of the whole comments by the run's model, shape (n, d).
        embed: turns texts into vectors of that model.
        claims: turns texts into claim vectors; None where the model has none.
    """

    vectors: Vectors
    embed: Embed
    claims: Embed | None = None


@dataclass(frozen=True, slots=True)
class _Texts:
    """Vectors of what the user wrote about a theme."""

    own: Vectors
    counter: Vectors
    has_examples: bool


def theme_features(
    texts: Sequence[str],
    parents: Sequence[int],
    themes: Sequence[NamedTheme],
    views: Views,
    settings: Settings,
) -> tuple[NDArray[np.int64], list[Floats]]:
    """Return the rows that are near some theme, and for each theme their features.

    Args:
        texts: tidied comments.
        parents: for each comment the row of the comment it answers, or -1.
        themes: the named themes.
        views: vectors of the comments, and what turns further texts into vectors.
        settings: ``named.closeness`` is the least cosine, in the plain vectors of whole comments, to any text of
            any theme at which a comment is looked at more closely; ``context`` says which replies are read
            together with what they answer.

    Returns:
        Row numbers, shape (m,), and for each theme an array of shape (m, 6) as in ``FEATURES``.
    """
    import numpy as np

    plain_texts = [_theme_texts(theme, views.embed) for theme in themes]
    answers = np.asarray(parents, dtype=np.int64)
    short = np.asarray([len(text.split()) <= settings.context.short_reply for text in texts], dtype=bool)
    joined = settings.context.parents & short & (answers >= 0)
    near = np.column_stack([_cosines(views.vectors, one.own).max(axis=1) for one in plain_texts]).max(axis=1)
    pattern = _word_pattern(tuple(word for theme in themes for word in theme.words))
    worded = np.asarray([bool(pattern and pattern.search(text)) for text in texts], dtype=bool)
    looked = (near >= settings.named.closeness) | worded
    looked |= joined & looked[answers]
    rows = np.flatnonzero(looked)
    if not len(rows):
        return rows, [np.zeros((0, len(FEATURES))) for _ in themes]

    units, starts = _units(texts, answers, joined, rows)
    embed = views.claims or views.embed
    claim_texts = [_theme_texts(theme, embed) for theme in themes] if views.claims else plain_texts
    by_unit = _compare(embed(units), claim_texts)
    whole = _compare(views.vectors[rows], plain_texts)
    features = []
    for number, theme in enumerate(themes):
        words = np.asarray([_has_word(texts[row], theme.words) for row in rows.tolist()], dtype=np.float64)
        best = np.maximum.reduceat(by_unit[number], starts)
        features.append(np.column_stack([best, whole[number][:, :2], words]))
    return rows, features


def _theme_texts(theme: NamedTheme, embed: Embed) -> _Texts:
    said = theme.description if theme.description == theme.name else f"{theme.name}. {theme.description}"
    own = embed([said, *theme.examples])
    return _Texts(own, embed(theme.counter_examples) if theme.counter_examples else own[:0], bool(theme.examples))


def _units(
    texts: Sequence[str], answers: NDArray[np.int64], joined: NDArray[np.bool_], rows: NDArray[np.int64]
) -> tuple[list[str], NDArray[np.int64]]:
    """Each text whole, long ones by sentences too, short replies also with their parent.

    A theme may stand in one sentence of many. "Is it patience, or ...?" is understood only with what it answers.
    """
    import numpy as np

    units: list[str] = []
    starts: list[int] = []
    for row in rows.tolist():
        starts.append(len(units))
        units.append(texts[row])
        if len(texts[row].split()) > LONG:
            units += split_sentences(texts[row])
        if joined[row]:
            units.append(f"{texts[answers[row]][-PARENT_TAIL:]}\n{texts[row]}")
    return units, np.asarray(starts, dtype=np.int64)


def _compare(vectors: Vectors, themes: Sequence[_Texts]) -> list[Floats]:
    """For each theme the two nearest of its texts, the margin and the linear model, shape (len(vectors), 3)."""
    import numpy as np

    cosines = [_cosines(vectors, theme.own) for theme in themes]
    best = np.column_stack([cosine.max(axis=1) for cosine in cosines])
    found = []
    for number, theme in enumerate(themes):
        rivals = np.delete(best, number, axis=1).max(axis=1, initial=APART)
        if len(theme.counter):
            rivals = np.maximum(rivals, _cosines(vectors, theme.counter).max(axis=1))
        others = [themes[i].own for i in range(len(themes)) if i != number and themes[i].has_examples]
        linear = _linear_scores(vectors, theme, np.vstack([theme.counter, *others]))
        nearest = np.sort(cosines[number], axis=1)[:, -2:].mean(axis=1)
        found.append(np.column_stack([nearest, best[:, number] - rivals, linear]))
    return found


def _cosines(vectors: Vectors, texts: Vectors) -> Floats:
    import numpy as np

    return np.asarray(vectors @ texts.T, dtype=np.float64)


def _linear_scores(vectors: Vectors, theme: _Texts, negatives: Vectors) -> Floats:
    """Few-shot classification as in SetFit (Tunstall et al. 2022), without its fine-tuning; 0 without examples."""
    import numpy as np

    if not theme.has_examples or not len(negatives):
        return np.zeros(len(vectors))
    from sklearn.linear_model import LogisticRegression

    x = np.vstack([theme.own, negatives]).astype(np.float64)
    y = np.repeat([1, 0], [len(theme.own), len(negatives)])
    model = LogisticRegression(C=3, class_weight="balanced", max_iter=1000).fit(x, y)
    return np.asarray(model.decision_function(vectors.astype(np.float64)))


def _has_word(text: str, words: Sequence[str]) -> bool:
    pattern = _word_pattern(tuple(words))
    return bool(pattern and pattern.search(text))


def _word_pattern(words: tuple[str, ...]) -> re.Pattern[str] | None:
    if not words:
        return None
    parts = [re.escape(w.rstrip("*")) + (r"\w*" if w.endswith("*") else r"\b") for w in words]
    return re.compile(r"\b(?:" + "|".join(parts) + ")", re.IGNORECASE)  # re keeps a cache of patterns
