"""Intervals: known values, and bounds that hold."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.uncertainty import wilson_interval


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
