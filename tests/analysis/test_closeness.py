"""Phrases near to what a theme is about come first."""

from __future__ import annotations

import numpy as np

from analysis.closeness import put_near_first
from analysis.phrases import Phrase

MEANING = {"bread": [1.0, 0.0], "war": [0.0, 1.0], "hand": [0.7, 0.7], "moment": [0.7, 0.7]}


def embed(texts):
    return np.asarray([MEANING[text] for text in texts], dtype=np.float32)


def phrase(text, weight):
    return Phrase(text, frozenset({hash(text)}), weight, 0.5, frozenset({0, 1}))


def test_a_phrase_that_is_as_near_to_other_themes_comes_after_one_that_is_not():
    themes = [[phrase("hand", 1.0), phrase("bread", 0.8)], [phrase("moment", 1.0), phrase("war", 0.8)]]
    found = put_near_first(themes, np.eye(2), embed)
    assert [[one.text for one in own] for own in found] == [["bread", "hand"], ["war", "moment"]]


def test_a_single_theme_and_one_without_phrases_are_no_fault():
    assert put_near_first([[], []], np.eye(2), embed) == [[], []]
    (found,) = put_near_first([[phrase("hand", 1.0), phrase("bread", 0.9)]], np.array([[1.0, 0.0]]), embed)
    assert [one.text for one in found] == ["bread", "hand"]


def test_a_phrase_that_is_nearer_to_other_themes_still_weighs_something():
    found = put_near_first([[phrase("war", 1.0), phrase("bread", 0.1)], [phrase("hand", 1.0)]], np.eye(2), embed)
    assert [one.text for one in found[0]] == ["bread", "war"]
    assert all(one.weight > 0 for own in found for one in own)
