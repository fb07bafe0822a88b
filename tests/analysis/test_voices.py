"""Voices: shares of names, and unknown where nobody is named."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.voices import count_voices, gini, sum_voices


def test_names_come_loudest_first_with_their_share_of_the_named() -> None:
    voices = count_voices(pd.DataFrame({"author": ["b", "a", "b", None, "c"]}))
    assert voices.to_dict("list") == {"author": ["b", "a", "c"], "comments": [2, 1, 1], "share": [0.5, 0.25, 0.25]}
    assert sum_voices(voices, 5) == {"commenters": 3, "comments": 5, "named": 4, "top_share": 1.0, "gini": 0.166667}


def test_without_names_nothing_is_known() -> None:
    voices = count_voices(pd.DataFrame({"author": [None, None]}, dtype=object))
    assert voices.empty
    assert sum_voices(voices, 2) == {"commenters": None, "comments": 2, "named": 0, "top_share": None, "gini": None}


@pytest.mark.parametrize(
    ("counts", "value"), [([1], 0.0), ([4, 4, 4], 0.0), ([1, 3], 0.25), ([97, 1, 1, 1], 0.72), ([], 0.0)]
)
def test_the_gini_coefficient_is_that_of_the_mean_difference(counts: list[int], value: float) -> None:
    assert gini(counts) == pytest.approx(value)
    if counts:
        pairs = sum(abs(a - b) for a in counts for b in counts)
        assert gini(counts) == pytest.approx(pairs / (2 * len(counts) * sum(counts)))
