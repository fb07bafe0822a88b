"""Intervals: known values, and bounds that hold."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.uncertainty import design_effect, share_intervals, wilson_interval


def test_the_interval_agrees_with_a_worked_example():
    assert wilson_interval(10, 100) == pytest.approx((0.0552, 0.1744), abs=1e-4)


def test_nothing_counted_says_nothing():
    assert wilson_interval(0, 0) == (0.0, 1.0)


@given(st.integers(0, 500), st.integers(1, 500))
def test_the_share_lies_inside_its_interval(count, total):
    count = min(count, total)
    low, high = wilson_interval(count, total)
    assert 0 <= low <= count / total + 1e-12
    assert count / total - 1e-12 <= high <= 1


def test_comments_that_come_one_a_writer_have_the_plain_interval():
    rows = np.arange(10)
    assert share_intervals([rows], np.arange(100)) == [wilson_interval(10, 100)]


def test_a_theme_that_one_writer_filled_is_less_sure():
    writers = np.r_[np.zeros(30, np.int64), np.arange(1, 71)]
    low, high = share_intervals([np.arange(30)], writers)[0]
    plain_low, plain_high = wilson_interval(30, 100)
    assert low < plain_low - 0.1
    assert high > plain_high + 0.1
    assert design_effect(np.arange(100) < 30, writers) > 5


def test_intervals_cover_the_truth_where_writers_differ():
    shares = np.array([0.3, 0.2, 0.15, 0.1, 0.1, 0.08, 0.05, 0.02])
    generator = np.random.default_rng(1)
    covered = plain = 0
    for _ in range(100):
        sizes = np.minimum(generator.zipf(2.0, 200), 30)
        writers = np.repeat(np.arange(200), sizes)
        leanings = generator.dirichlet(shares * 2, 200)[writers]
        theme = (generator.random(len(writers))[:, None] > leanings.cumsum(axis=1)).sum(axis=1)
        rows = [np.flatnonzero(theme == n) for n in range(len(shares))]
        bounds = share_intervals(rows, writers, np.arange(len(writers)))
        covered += sum(low <= share <= high for (low, high), share in zip(bounds, shares, strict=True))
        simple = [wilson_interval(len(r), len(writers)) for r in rows]
        plain += sum(low <= share <= high for (low, high), share in zip(simple, shares, strict=True))
    assert 0.92 <= covered / 800 <= 0.98
    assert plain / 800 < 0.8
