"""The map: the same whatever the order, and nothing on it moves when comments come later."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.layout import MINIMUM, lay_out, map_table
from comments.model import text_key

GROUPS, EACH = 4, 30


@pytest.fixture(scope="module")
def corpus() -> tuple[list[str], np.ndarray]:
    """Texts in four groups, with unit vectors close to one of four directions."""
    random = np.random.default_rng(7)
    centres = np.eye(GROUPS, 16)
    vectors = np.repeat(centres, EACH, axis=0) + random.normal(0, 0.12, (GROUPS * EACH, 16))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return [f"text {n}" for n in range(len(vectors))], vectors.astype(np.float32)


@pytest.fixture(scope="module")
def whole(corpus):
    return lay_out(*corpus, {})


def test_texts_of_one_group_lie_nearer_to_each_other_than_to_others(corpus, whole) -> None:
    texts, _ = corpus
    points = np.asarray([whole[text_key(text)] for text in texts])
    far = np.linalg.norm(points[:, None] - points[None], axis=2)
    same = np.arange(len(texts))[:, None] // EACH == np.arange(len(texts)) // EACH
    assert np.median(far[same]) < np.median(far[~same]) / 2


def test_order_and_copies_change_nothing(corpus, whole) -> None:
    texts, vectors = corpus
    turned = [*reversed(texts), texts[3]]
    assert lay_out(turned, np.vstack([vectors[::-1], vectors[3:4]]), {}) == whole


def test_known_texts_stay_and_new_ones_go_among_their_neighbours(corpus, whole) -> None:
    texts, vectors = corpus
    known = {text_key(text): whole[text_key(text)] for n, text in enumerate(texts) if n % 5}
    later = lay_out(texts, vectors, known)
    assert set(later) == set(whole)
    assert all(later[key] == place for key, place in known.items())
    for n in range(0, len(texts), 5):
        group = [later[text_key(t)] for t in texts[n // EACH * EACH : (n // EACH + 1) * EACH]]
        spread = np.ptp(np.asarray(list(whole.values())), axis=0).max()
        assert np.linalg.norm(np.asarray(later[text_key(texts[n])]) - np.median(group, axis=0)) < spread / 3


def test_a_map_of_mostly_new_texts_is_laid_out_anew(corpus, whole) -> None:
    texts, vectors = corpus
    few = {text_key(text): (0.0, 0.0) for text in texts[:10]}
    assert lay_out(texts, vectors, few) == whole


def test_too_few_texts_give_no_map(corpus) -> None:
    texts, vectors = corpus
    assert lay_out(texts[: MINIMUM - 1], vectors[: MINIMUM - 1], {}) == {}


def test_the_table_has_a_row_for_each_comment_with_a_position() -> None:
    comments = pd.DataFrame({"comment_id": ["a", "b", "c"], "clean_text": ["x", "y", "x"]})
    table = map_table(comments, {text_key("x"): (1.0, 2.0)})
    assert table.to_dict("list") == {"comment_id": ["a", "c"], "x": [1.0, 1.0], "y": [2.0, 2.0]}
