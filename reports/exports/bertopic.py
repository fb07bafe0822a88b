"""The themes of a report as a BERTopic model (Grootendorst 2022), for its drawings and for new texts."""

from __future__ import annotations

import logging
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from comments.errors import BelowTheLineError
from reports.rows import text_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from reports.exports.read import RunFolder
    from reports.rows import Row

NO_TOPIC = -1


def bertopic_files(run: RunFolder) -> dict[str, bytes]:
    """Return the files of a model that ``BERTopic.load(folder, embedding_model=...)`` reads.

    The topics are the themes as they are: BERTopic is given our vectors and our labels ("manual topic modeling") and
    fits nothing. It numbers topics by size, and -1 is what has no theme. A comment is in its main theme alone, since
    BERTopic knows one topic a document; a theme that is nobody's main theme has no topic. Vectors of comments are
    not in a report and are computed again, by the model of the run.

    Args:
        run: the run.

    Raises:
        BelowTheLineError: when no comment has a theme.
        SettingsError: when the model of the run cannot be loaded.
    """
    from analysis.embed import embed_texts, open_embedder

    rows = run.rows("comments")
    labels = {row["theme_id"]: row["label"] for row in run.rows("themes")}
    numbers = {theme: number for number, theme in enumerate(_by_size(rows))}
    if not numbers:
        raise BelowTheLineError("no comment of this report has a theme", "export it as jsonl, csv or convokit")
    texts = [text_of(row, "own_text") or text_of(row, "clean_text") or row["text"] for row in rows]
    topics = [numbers.get(text_of(row, "theme_id") or "", NO_TOPIC) for row in rows]
    vectors = embed_texts(texts, open_embedder(run.manifest["model"]["name"]))
    return _model_files(texts, vectors, topics, [labels[theme] for theme in numbers])


def _by_size(rows: Sequence[Row]) -> list[str]:
    """Main themes, the one with most comments first, as BERTopic numbers them."""
    counts: dict[str, int] = {}
    for row in rows:
        if theme := text_of(row, "theme_id"):
            counts[theme] = counts.get(theme, 0) + 1
    return sorted(counts, key=lambda theme: (-counts[theme], theme))


def _model_files(
    texts: Sequence[str], vectors: NDArray[np.float32], topics: Sequence[int], labels: Sequence[str]
) -> dict[str, bytes]:
    """Let BERTopic describe the topics that it is given, and return what it saves."""
    from bertopic import BERTopic
    from bertopic.backend import BaseEmbedder
    from bertopic.cluster import BaseCluster
    from bertopic.dimensionality import BaseDimensionalityReduction
    from bertopic.vectorizers import ClassTfidfTransformer

    model = BERTopic(
        embedding_model=BaseEmbedder(),
        umap_model=BaseDimensionalityReduction(),
        hdbscan_model=BaseCluster(),
        ctfidf_model=ClassTfidfTransformer(reduce_frequent_words=True),
    )
    try:
        model.fit(list(texts), embeddings=vectors, y=list(topics))
    except ValueError as error:  # of scikit-learn's vectorizer: no text has a word of two letters
        what = f"BERTopic finds no words in the comments ({error})"
        raise BelowTheLineError(what, "export the report as jsonl, csv or convokit") from error
    ours = _numbers_of(model.topics_, topics)
    model.set_topic_labels({number: labels[ours[number]] for number in sorted(ours) if number != NO_TOPIC})
    with tempfile.TemporaryDirectory() as name:
        # It sets its own level when it is imported; that no model for new texts is saved, the docs say.
        logging.getLogger("BERTopic").setLevel(logging.ERROR)
        model.save(name, serialization="safetensors", save_ctfidf=True, save_embedding_model=False)
        return {path.name: path.read_bytes() for path in sorted(Path(name).iterdir())}


def _numbers_of(theirs: Sequence[int], ours: Sequence[int]) -> Mapping[int, int]:
    """Our number of each topic of theirs: equal sizes may come in another order."""
    found: dict[int, int] = {}
    for their, our in zip(theirs, ours, strict=True):
        if found.setdefault(int(their), our) != our:
            raise BelowTheLineError("BERTopic has changed the themes that it was given", "use the pinned version of it")
    return found
