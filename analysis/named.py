"""Named themes: which comments raise a matter that the user described, and how surely.

Plain cosine to a description tells neither a matter from its neighbours nor a claim from its opposite. So
comments that come near a theme at all are embedded again, whole and by sentences, as claim vectors
(``analysis.claims``); a logistic regression turns what they say about a comment and a theme into the
probability that the comment belongs. Its weights are the same for every theme, one set for themes with
examples and one for those without (bench/fit_named.py, which wrote named_weights.json).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.claims import open_claims
from analysis.corpus import parent_rows
from analysis.describe import Group
from analysis.embed import embed_texts
from analysis.named_features import WORDS, Views, theme_features
from comments.model import text_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from analysis.corpus import Corpus
    from analysis.settings import NamedTheme, Settings

    Floats = NDArray[np.float64]

WEIGHTS = Path(__file__).with_name("named_weights.json")


def match_named(
    texts: Sequence[str],
    parents: Sequence[int],
    themes: Sequence[NamedTheme],
    views: Views,
    settings: Settings,
) -> Floats:
    """Return the strength of every comment in every named theme.

    Args:
        texts: tidied comments.
        parents: for each comment the row of the comment it answers, or -1.
        themes: the named themes.
        views: vectors of the comments, and what turns further texts into vectors.
        settings: a near miss that holds a rule word of the theme is lifted to its floor: words decide what is
            in doubt, and nothing else, for alone they take too much.

    Returns:
        Array of shape (len(texts), len(themes)), 0 to 1, calibrated where the model of claim vectors is at
        hand; 0 for a comment that is near no theme. Equal texts have equal strengths.
    """
    import numpy as np
    from threadpoolctl import threadpool_limits

    out = np.zeros((len(texts), len(themes)))
    if not len(texts) or not themes:
        return out
    weights = json.loads(WEIGHTS.read_text(encoding="utf-8"))["claims" if views.claims else "plain"]
    with threadpool_limits(1):  # another number of threads, other last bits
        rows, features = theme_features(texts, parents, themes, views, settings)
    for column, (theme, values) in enumerate(zip(themes, features, strict=True)):
        fitted = weights["examples" if theme.examples else "description"]
        scaled = (values - np.asarray(fitted["means"])) / np.asarray(fitted["scales"])
        strength = 1 / (1 + np.exp(-(scaled @ np.asarray(fitted["weights"]) + fitted["bias"])))
        floor, near = settings.named.floors_for(theme)
        decided = (values[:, WORDS] > 0) & (strength >= near)
        out[rows, column] = np.where(decided, np.maximum(strength, floor), strength)
    return np.round(_same_for_copies(texts, out), 6)


def _same_for_copies(texts: Sequence[str], strengths: Floats) -> Floats:
    """Give equal texts the strongest of their strengths, whatever they answer."""
    import numpy as np

    _, group = np.unique(np.asarray(texts, dtype=object), return_inverse=True)
    best = np.zeros((group.max() + 1, strengths.shape[1]))
    np.maximum.at(best, group, strengths)
    return best[group]


@dataclass(frozen=True, slots=True)
class Matched:
    """Named themes as the comments match them, before the edits.

    Attributes:
        themes: as the user gave them.
        ids: id of each.
        strengths: of every comment in each, shape (n, number of themes).
        floors: the floor of each, and the strength from which a comment is near it.
    """

    themes: Sequence[NamedTheme]
    ids: Sequence[str]
    strengths: Floats
    floors: Sequence[tuple[float, float]]


def match_themes(corpus: Corpus, themes: Sequence[NamedTheme]) -> Matched:
    """Match the comments of a run with the named themes; what is set aside is in none.

    Args:
        corpus: the comments.
        themes: the themes that the user asks for.
    """
    # Only themes that the user asks for are looked for in claim vectors, which cost a second reading.
    claims = open_claims(corpus.embedder) if themes else None
    views = Views(
        corpus.vectors,
        corpus.embed,
        None if claims is None else lambda some: embed_texts(some, claims, corpus.cache),
    )
    comments, settings = corpus.comments, corpus.settings
    strengths = match_named(comments["clean_text"].tolist(), parent_rows(comments), themes, views, settings)
    strengths[corpus.aside[corpus.text_of]] = 0.0
    floors = [settings.named.floors_for(theme) for theme in themes]
    return Matched(themes, [named_id(theme.name) for theme in themes], strengths, floors)


def named_groups(matched: Matched) -> list[Group]:
    """Return the named themes with the comments that reach their floor, and those just below it."""
    import numpy as np

    groups = []
    for theme_id, values, (floor, least) in zip(matched.ids, matched.strengths.T, matched.floors, strict=True):
        members = np.flatnonzero(values >= floor)
        below = np.flatnonzero((values < floor) & (values >= least))
        near = below[np.argsort(-values[below], kind="stable")]
        groups.append(Group(theme_id, "named", members, values[members], near))
    return groups


def named_id(name: str) -> str:
    """Return the id of a named theme: its name in plain letters, the same in every run.

    Where letters have no plain form, a hash of the name stands for what is lost.
    """
    import unicodedata

    apart = unicodedata.normalize("NFKD", name)
    plain = "".join(c if c.isalnum() else " " for c in apart.encode("ascii", "ignore").decode().lower())
    lost = any(c.isalnum() and not c.isascii() for c in apart) or not plain.split()
    return "-".join(["N", *plain.split(), *([text_key(name)[:8]] if lost else [])])
