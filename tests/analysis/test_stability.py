"""Stability, and wider themes."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.clusters import number_threads, number_writers
from analysis.describe import Group
from analysis.halves import draw_halves
from analysis.layers import make_layers
from analysis.settings import ClusterSettings
from analysis.stability import agree_halves, choose_level, measure_stability

SETTINGS = ClusterSettings(resamples=2)


def around(centres, size, spread, seed=0):
    generator = np.random.default_rng(seed)
    truth = np.repeat(np.arange(len(centres)), size)
    vectors = centres[truth] + spread * generator.normal(size=(len(truth), centres.shape[1]))
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32), truth


def halves_of(vectors, settings=SETTINGS):
    return draw_halves(vectors, [vectors], np.arange(len(vectors)), settings)


def test_what_is_there_comes_back_in_a_fresh_half_and_what_is_made_up_does_not():
    vectors, truth = around(np.random.default_rng(1).normal(size=(5, 64)), 30, 0.5)
    made_up = np.random.default_rng(2).permutation(truth)
    halves = halves_of(vectors)
    assert measure_stability(halves, truth, SETTINGS).min() > 0.8
    assert measure_stability(halves, made_up, SETTINGS).max() < 0.4


def test_halves_agree_on_as_many_groups_as_there_are_and_less_on_more():
    halves = halves_of(around(np.random.default_rng(1).normal(size=(5, 64)), 30, 0.5)[0])
    right, more = (agree_halves(halves, count, SETTINGS) for count in (5, 15))
    assert right.min() > 0.9 > 0.8 > more.max()


def test_no_draws_leave_stability_unknown():
    vectors, truth = around(np.eye(4), 15, 0.1)
    assert np.isnan(measure_stability(halves_of(vectors, ClusterSettings(resamples=0)), truth, SETTINGS)).all()


@pytest.mark.parametrize(("heaps", "usual"), [(6, 12), (14, 18)])
def test_texts_are_cut_at_the_level_at_which_halves_agree_clearly_better(heaps, usual):
    vectors, _ = around(np.random.default_rng(5).normal(size=(heaps, 64)), 24, 1.0)
    assert choose_level(len(vectors), [], ClusterSettings()) == usual
    assert abs(choose_level(len(vectors), halves_of(vectors, ClusterSettings()), ClusterSettings()) - heaps) <= 1


def test_where_no_level_is_clearly_better_the_usual_one_stands():
    vectors = around(np.zeros((1, 64)), 144, 1.0)[0]
    assert choose_level(144, halves_of(vectors, ClusterSettings()), ClusterSettings()) == 12


def test_one_level_leaves_no_choice():
    vectors, _ = around(np.random.default_rng(5).normal(size=(6, 64)), 24, 1.0)
    assert choose_level(144, halves_of(vectors, ClusterSettings()), ClusterSettings(levels=(1,))) == 12


def test_a_thread_is_its_top_level_comment_with_all_replies():
    comments = pd.DataFrame({"comment_id": list("abcdef"), "parent_id": [None, "a", "b", None, "gone", "d"]})
    assert number_threads(comments).tolist() == [0, 0, 0, 3, 4, 3]


@pytest.mark.parametrize("parents", [["b", "a"], ["a", "a"], ["b", "b"]])
def test_a_circle_of_replies_ends(parents):
    assert len(number_threads(pd.DataFrame({"comment_id": ["a", "b"], "parent_id": parents}))) == 2


def test_a_comment_without_a_name_is_a_writer_of_its_own():
    assert number_writers(pd.DataFrame({"author": ["x", None, "x", None]})).tolist() == [0, 1, 0, 2]


def layers_of(count):
    vectors, truth = around(np.random.default_rng(3).normal(size=(count, 32)), 10, 0.2)
    rows = [np.flatnonzero(truth == n) for n in range(count)]
    none = np.zeros(0, np.int64)
    groups = [Group(f"T{n:02}", "discovered", r, np.ones(len(r)), none, 0.9) for n, r in enumerate(rows)]
    themes = pd.DataFrame({"theme_id": [g.theme_id for g in groups]})
    themes["label"] = [name.lower() for name in themes["theme_id"]]
    themes["keyphrases"] = [["one", "two", "three"]] * count
    return make_layers(groups, themes, np.asarray([f"c{n}" for n in range(len(truth))], dtype=object), vectors)


@pytest.mark.parametrize(("count", "levels"), [(0, 0), (1, 1), (5, 1), (6, 2), (20, 3)])
def test_each_level_holds_every_comment_of_a_theme_once(count, levels):
    layers, members = layers_of(count)
    assert sorted(layers["level"].unique()) == list(range(levels))
    assert (members.groupby("level").size() == 10 * count).all()
    assert not members.duplicated(["comment_id", "level"]).any()
    assert set(layers.loc[layers["chosen"], "level"]) == ({levels - 1} if count else set())


def test_a_wider_theme_holds_what_its_children_hold():
    layers, _ = layers_of(20)
    below = layers[layers["level"] > 0]
    assert set(below["parent_id"]) <= set(layers["node_id"])
    sums = below.groupby("parent_id")["count"].sum()
    assert (layers.set_index("node_id").loc[sums.index, "count"] == sums).all()
