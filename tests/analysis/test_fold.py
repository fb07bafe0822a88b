"""Discovered themes that turn out to be named ones."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from analysis.describe import Group
from analysis.fold import fold_groups
from analysis.settings import NamedSettings

NONE = np.zeros(0, dtype=np.int64)
WAR, BREAD = (1.0, 0.0), (0.0, 1.0)


def group(theme_id, rows, near=NONE):
    rows = np.asarray(rows, dtype=np.int64)
    kind = "named" if theme_id.startswith("N-") else "discovered"
    return Group(theme_id, kind, rows, np.full(len(rows), 0.5), np.asarray(near, dtype=np.int64))


def corpus(count):
    """The first half speaks of war, the second of bread."""
    return np.asarray([WAR] * (count // 2) + [BREAD] * (count // 2), dtype=np.float32)


def fold(groups, count=80, texts=None, **more):
    numbers = np.arange(count) if texts is None else np.asarray(texts)
    settings = NamedSettings(**more.pop("settings", {}))
    return fold_groups(groups, numbers, corpus(count), settings, **more)


def test_a_discovered_theme_of_the_same_comments_is_folded_and_its_others_become_near_misses():
    left, into = fold([group("N-war", range(20), near=[30]), group("T0001", range(25)), group("T0002", range(40, 70))])
    assert into == {"T0001": "N-war"}
    assert [one.theme_id for one in left] == ["N-war", "T0002"]
    assert left[0].folded == ("T0001",)
    assert left[0].members.tolist() == list(range(20))
    assert left[0].near.tolist() == [30, 20, 21, 22, 23, 24]


@pytest.mark.parametrize(
    ("named", "found", "why"),
    [
        (range(40), range(12), "one side of a broad named theme"),
        (range(10), range(40), "a broad theme with a named one in it"),
        (range(3), range(4), "so few texts prove nothing"),
        (range(20, 40), range(40, 60), "no comment in common"),
        ([], range(30), "a named theme at zero"),
    ],
)
def test_what_only_overlaps_stays_listed(named, found, why):
    groups = [group("N-war", named), group("T0001", found)]
    left, into = fold(groups)
    assert into == {}, why
    assert [one.theme_id for one in left] == ["N-war", "T0001"]


def test_copies_of_one_text_prove_nothing():
    groups = [group("N-war", range(20)), group("T0001", range(20))]
    assert fold(groups)[1]
    assert not fold(groups, texts=[0] * 20 + list(range(20, 80)))[1]


def test_the_nearer_of_two_named_themes_takes_it():
    groups = [group("N-a", range(14)), group("N-b", range(20)), group("T0001", range(20))]
    assert fold(groups)[1] == {"T0001": "N-b"}


def test_a_theme_that_an_analyst_worked_on_is_kept():
    groups = [group("N-war", range(20)), group("T0001", range(20))]
    assert fold(groups, keep={"T0001"})[1] == {}


def test_folding_can_be_turned_off():
    groups = [group("N-war", range(20)), group("T0001", range(20))]
    assert fold(groups, settings={"fold": 1.0})[1] == {}


def test_a_theme_that_was_folded_stays_folded_a_little_below_the_bounds():
    groups = [group("N-war", range(30)), group("T0001", range(14))]
    assert fold(groups)[1] == {}
    assert fold(groups, folded={"T0001"})[1] == {"T0001": "N-war"}


def test_the_order_of_comments_changes_nothing():
    groups = [group("N-war", range(20)), group("T0001", range(25))]
    back = [replace(one, members=79 - one.members[::-1]) for one in groups]
    flipped = fold_groups(back, np.arange(80)[::-1], corpus(80)[::-1], NamedSettings())
    assert flipped[1] == fold(groups)[1]
