"""Words for themes: keyphrases by class-based TF-IDF, and labels made of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from analysis.light import without_optional

if TYPE_CHECKING:
    from collections.abc import Sequence

# What scikit-learn's English list lacks of reader comments: contractions cut at the apostrophe, traces of
# addresses, and words that carry a conversation rather than a matter.
_MORE_STOP_WORDS = """
    ain amp aren arent cant com couldn couldnt did didn didnt does doesn doesnt doing don dont gt hadn hasn
    havent http https im isn isnt ive just let like ll lol lt maybe nbsp ok oh really said say says shouldn
    thats theres theyre thing things think unless ve wasn wasnt way weren won wont wouldn wouldnt www yeah
    yes youre got gonna know want people good make going right need look actually pretty lot bit sure mean
    point use used
"""
_WORD = r"(?u)\b[^\W\d_][\w-]+\b"
CANDIDATES = 100
LOOKED_AT = 1000  # texts of a group in which a phrase is looked for


def find_keyphrases(groups: Sequence[Sequence[str]], rest: Sequence[str], count: int) -> list[list[str]]:
    """Return the phrases that set each group of texts apart from the others.

    One to three words, weighted by class-based TF-IDF (Grootendorst 2022) through BERTopic, which gets
    our groups as they are. A phrase must stand as it is in two texts of the group, so that it is neither
    one writer's nor put together across stop words; one text will do where no phrase stands in two. A
    phrase that only repeats the words of a better one is left out.

    Args:
        groups: texts of each group; a text may be in several.
        rest: texts in no group, for contrast.
        count: phrases a group.

    Returns:
        At most ``count`` phrases a group, best first; none where its texts hold no word.
    """
    texts = [text for group in groups for text in group] + list(rest)
    labels = [number for number, group in enumerate(groups) for _ in group] + [-1] * len(rest)
    if not any(len(group) for group in groups):
        return [[] for _ in groups]
    words = _bertopic_words(texts, labels)
    return [_distinct(_shared(words.get(number, []), group), count) for number, group in enumerate(groups)]


def _bertopic_words(texts: list[str], labels: list[int]) -> dict[int, list[str]]:
    """Drive BERTopic by its manual-topics path: nothing in it embeds, reduces or clusters."""
    import numpy as np
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS, CountVectorizer

    with without_optional():
        from bertopic import BERTopic
        from bertopic.backend import BaseEmbedder
        from bertopic.cluster import BaseCluster
        from bertopic.dimensionality import BaseDimensionalityReduction
        from bertopic.vectorizers import ClassTfidfTransformer

    vectorizer = CountVectorizer(
        ngram_range=(1, 3),
        stop_words=sorted(ENGLISH_STOP_WORDS.union(_MORE_STOP_WORDS.split())),
        token_pattern=_WORD,
        min_df=1,
    )
    model = BERTopic(
        embedding_model=BaseEmbedder(),
        umap_model=BaseDimensionalityReduction(),
        hdbscan_model=BaseCluster(),
        vectorizer_model=vectorizer,
        ctfidf_model=ClassTfidfTransformer(reduce_frequent_words=True),
        top_n_words=CANDIDATES,
    )
    try:
        model.fit(texts, embeddings=np.zeros((len(texts), 2), dtype=np.float32), y=np.asarray(labels))
    except ValueError as error:
        if "empty vocabulary" in str(error) or "no terms remain" in str(error):
            return {}  # nothing but stop words, numbers or signs
        raise
    # BERTopic numbers topics by size; its mapping leads back to our numbers.
    back = {int(new): label for new, label in zip(model.topics_, labels, strict=True)}
    return {back[topic]: [w for w, weight in ws if w and weight > 0] for topic, ws in model.get_topics().items()}


def _shared(candidates: Sequence[str], texts: Sequence[str]) -> list[str]:
    """Candidates that stand in two texts as they are; in one where there are none in two."""
    looked = [f" {' '.join(re.findall(_WORD, text.lower()))} " for text in texts[:LOOKED_AT]]
    found = {phrase: sum(f" {phrase} " in text for text in looked) for phrase in candidates}
    return [p for p in candidates if found[p] > 1] or [p for p in candidates if found[p]]


def _distinct(candidates: Sequence[str], count: int) -> list[str]:
    """Keep phrases of which at least half of the words are new; a longer form replaces its part."""
    kept: list[str] = []
    for phrase in candidates:
        words = set(phrase.split())
        inside = next((i for i, k in enumerate(kept) if set(k.split()) < words), None)
        if inside is not None and len(words) == len(kept[inside].split()) + 1:
            kept[inside] = phrase
        elif not any(2 * len(words & set(k.split())) > len(words) for k in kept):
            kept.append(phrase)
    return list(dict.fromkeys(kept))[:count]


def make_labels(keyphrases: Sequence[Sequence[str]], taken: Sequence[str] = ()) -> list[str]:
    """Return a label a theme: its first three keyphrases, more where two would be alike.

    Args:
        keyphrases: of each theme, best first.
        taken: labels that others have already.
    """
    used = set(taken)
    labels: list[str] = []
    for number, phrases in enumerate(keyphrases, 1):
        options = [", ".join(phrases[:size]) for size in range(min(3, len(phrases)), len(phrases) + 1) if size]
        fallback = f"{options[-1]} ({number})" if options else f"Unnamed theme {number}"
        labels.append(next((o for o in options if o not in used), fallback))
        used.add(labels[-1])
    return labels
