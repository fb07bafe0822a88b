"""The comments most like each comment."""

from __future__ import annotations

import numpy as np

from analysis.similar import MOST, find_similar

IDS = ["a", "b", "c", "d"]
VECTORS = np.asarray([[1, 0], [0.8, 0.6], [0, 1], [-1, 0]], dtype=np.float32)


def test_the_nearest_come_first_and_none_below_the_floor() -> None:
    found = find_similar(IDS, VECTORS).set_index("comment_id")
    assert found.at["a", "similar"] == ["b"]
    assert found.at["b", "similar"] == ["a", "c"]
    assert found.at["b", "closeness"] == [0.8, 0.6]
    assert "d" not in found.index


def test_only_wanted_comments_get_neighbours_and_unknown_ones_are_passed_over() -> None:
    assert find_similar(IDS, VECTORS, ["c", "gone"])["comment_id"].tolist() == ["c"]


def test_copies_are_like_each_other_and_no_comment_is_like_itself() -> None:
    ids = [f"c{n}" for n in range(MOST + 5)]
    found = find_similar(ids, np.tile(VECTORS[:1], (len(ids), 1)))
    assert all(len(similar) == MOST for similar in found["similar"])
    assert all(name not in similar for name, similar in zip(found["comment_id"], found["similar"], strict=True))


def test_there_may_be_no_comment_at_all() -> None:
    assert find_similar([], np.zeros((0, 2), dtype=np.float32)).empty
