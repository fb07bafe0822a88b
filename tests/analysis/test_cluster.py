"""Groups: planted ones are found, the same every time; noise and too few texts give none."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.cluster import find_groups
from analysis.diffusion import map_walks
from analysis.likeness import blend_words
from analysis.neighbours import nearest
from analysis.settings import ClusterSettings
from analysis.structure import SURE, excess_closeness, excess_of_words
from analysis.tree import absorb_small, find_gap, grow_tree
from analysis.votes import assign

SETTINGS = ClusterSettings(resamples=1)


def planted(groups: int, size: int, *, spread: float = 0.6, seed: int = 0):
    """Unit vectors around ``groups`` centres, and which is whose."""
    generator = np.random.default_rng(seed)
    centres = generator.normal(size=(groups, 64))
    truth = np.repeat(np.arange(groups), size)
    vectors = centres[truth] + spread * generator.normal(size=(len(truth), 64))
    order = generator.permutation(len(truth))
    vectors = vectors[order] / np.linalg.norm(vectors[order], axis=1, keepdims=True)
    return vectors.astype(np.float32), truth[order]


@pytest.fixture(scope="module")
def found():
    vectors, truth = planted(10, 40)
    return vectors, truth, find_groups(vectors, SETTINGS)


def test_planted_groups_are_found(found):
    from sklearn.metrics import adjusted_rand_score

    _, truth, groups = found
    assert groups.state == "ok"
    assert adjusted_rand_score(truth, groups.labels) > 0.95
    assert groups.strengths.min() > 0


def test_the_same_vectors_give_the_same_groups(found):
    vectors, _, groups = found
    again = find_groups(vectors.copy(), SETTINGS)
    assert (again.labels == groups.labels).all()
    assert (again.strengths == groups.strengths).all()


def test_texts_beyond_the_fit_are_assigned_by_the_same_rule(found):
    vectors, truth, _ = found
    from sklearn.metrics import adjusted_rand_score

    groups = find_groups(vectors, SETTINGS.model_copy(update={"fit_limit": 300}))
    assert groups.fitted == 300
    assert adjusted_rand_score(truth[300:], groups.labels[300:]) > 0.9


def test_groups_are_numbered_by_size():
    small, large = planted(1, 30, spread=0.2), planted(3, 60, spread=0.2, seed=1)
    vectors = np.vstack([small[0], large[0]])
    labels = find_groups(vectors, SETTINGS).labels
    sizes = np.bincount(labels[labels >= 0])
    assert sizes.tolist() == sorted(sizes.tolist(), reverse=True)


@pytest.mark.parametrize("count", [0, 1, 2, 9, 39])
def test_too_few_texts_are_not_clustered(count):
    vectors = planted(1, max(count, 1))[0][:count]
    groups = find_groups(vectors, SETTINGS)
    assert groups.state == ("too few to cluster" if count else "no comments")
    assert (groups.labels == -1).all()


@pytest.mark.parametrize("count", [60, 400])
def test_noise_gives_no_stable_themes(count):
    generator = np.random.default_rng(count)
    noise = generator.normal(size=(count, 384)).astype(np.float32)
    noise /= np.linalg.norm(noise, axis=1, keepdims=True)
    assert find_groups(noise, SETTINGS).state == "no stable themes"


def test_structure_is_told_from_noise():
    vectors, _ = planted(5, 40)
    noise = np.random.default_rng(3).normal(size=(200, 64)).astype(np.float32)
    noise /= np.linalg.norm(noise, axis=1, keepdims=True)
    assert excess_closeness(vectors) > 0.1 > 0.03 > excess_closeness(noise)


def about_something(count, seed):
    """Texts of twelve words, most of them of one of five matters, whose vectors say nothing."""
    generator = np.random.default_rng(seed)
    own = generator.integers(0, 20, (count, 8)) + 20 * generator.integers(0, 5, (count, 1))
    words = np.hstack([own, generator.integers(100, 300, (count, 4))])
    return [" ".join(f"word{number}" for number in row) for row in words.tolist()]


@pytest.mark.parametrize("seed", range(3))
def test_words_that_go_together_are_told_from_the_same_words_shuffled(seed):
    texts = about_something(120, seed)
    words = [word for text in texts for word in text.split()]
    dealt = np.random.default_rng(seed).permutation(words).reshape(120, 12)
    assert excess_of_words(texts) > SURE > 3 > excess_of_words([" ".join(row) for row in dealt.tolist()])


@pytest.mark.parametrize("texts", [["!!!"] * 50, ["one word"] * 50, [f"number{n}" for n in range(50)]])
def test_texts_that_share_no_telling_word_have_no_excess_of_words(texts):
    assert excess_of_words(texts) == 0


@pytest.mark.parametrize(("heaps", "size"), [(4, 60), (10, 40), (20, 25), (30, 20)])
def test_texts_in_heaps_are_cut_into_as_many_groups_as_there_are_heaps(heaps, size):
    vectors, _ = planted(heaps, size)
    assert find_gap(grow_tree(map_walks(blend_words(vectors, None, SETTINGS), SETTINGS)), SETTINGS) == heaps


def test_texts_that_blend_into_each_other_are_cut_by_their_number():
    blended = np.random.default_rng(0).normal(size=(225, 8)).astype(np.float32)
    blended /= np.linalg.norm(blended, axis=1, keepdims=True)
    assert find_gap(grow_tree(map_walks([blended], SETTINGS)), SETTINGS) is None
    settings = SETTINGS.model_copy(update={"structure": 0, "smallest": 2})
    assert find_groups(blended, settings).labels.max() + 1 == 15


def test_texts_far_apart_for_the_model_are_near_where_a_chain_of_others_joins_them():
    angles = np.concatenate([np.linspace(0, 2.2, 30), np.linspace(3.4, 5.6, 30)])
    circle = np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)
    places = map_walks([circle], ClusterSettings(steps=5))
    assert circle[0] @ circle[29] < 0 < places[0] @ places[29]
    assert places[0] @ places[29] > places[29] @ places[30]


def test_groups_that_are_too_small_go_where_their_texts_are_nearest():
    places = np.eye(3, dtype=np.float32)[[0, 0, 0, 1, 1, 1, 2]]
    places[6, 1] = 0.5
    assert absorb_small(np.array([0, 0, 0, 1, 1, 1, 2]), places, 3).tolist() == [0, 0, 0, 1, 1, 1, 1]
    assert (absorb_small(np.array([0, 0, 0, 1, 1, 1, 2]), places, 4) == -1).all()


def test_neighbours_are_exact_and_ties_go_by_row():
    corpus = np.eye(4, dtype=np.float32)[[0, 1, 0, 2]]
    rows, cosines = nearest(corpus[:1], corpus, 2)
    assert rows.tolist() == [[0, 2]]
    assert cosines.tolist() == [[1.0, 1.0]]
    rows, _ = nearest(corpus, corpus, 1, skip_self=True)
    assert rows[0, 0] == 2
    assert nearest(corpus[:0], corpus, 3)[0].shape == (0, 3)


def test_strength_is_the_share_of_votes():
    fit = np.eye(3, dtype=np.float32)[[0, 0, 0, 1]]
    best, strengths = assign(fit[:1], fit, np.array([0, 0, 1, -1]), ClusterSettings(votes=3))
    assert best.tolist() == [0]
    assert strengths[0] == pytest.approx(2 / 3, abs=1e-5)


def test_a_fitted_text_stays_in_its_group():
    fit = np.eye(3, dtype=np.float32)[[0, 1, 1, 1, 1]]
    fit[1:, 0] = 0.9
    fit /= np.linalg.norm(fit, axis=1, keepdims=True)
    labels = np.array([0, 1, 1, 1, 1])
    assert assign(fit, fit, labels, ClusterSettings())[0].tolist() == labels.tolist()
    assert assign(fit, fit, labels, ClusterSettings(), skip_self=True)[0][0] == 1


def test_words_draw_together_what_the_vectors_leave_apart():
    vectors, _ = planted(1, 60)
    texts = [f"the {'bridge toll' if n % 2 else 'school meal'} costs too much, number {n}" for n in range(60)]
    (likeness,) = blend_words(vectors, texts, ClusterSettings(wordings=(0.4,), centred=(True,)))
    alike = likeness @ likeness.T
    same = np.add.outer(np.arange(60), np.arange(60)) % 2 == 0
    np.fill_diagonal(same, False)
    apart = np.add.outer(np.arange(60), np.arange(60)) % 2 == 1
    assert alike[same].mean() > alike[apart].mean() + 0.1
    (without,) = blend_words(vectors, texts, ClusterSettings(wordings=(0,), centred=(True,)))
    assert abs((without @ without.T)[same].mean() - (without @ without.T)[apart].mean()) < 0.05


@pytest.mark.parametrize("texts", [["!!!"] * 50, ["one word"] * 50, [f"{n}" for n in range(50)]])
def test_texts_without_shared_words_are_left_to_their_vectors(texts):
    vectors, _ = planted(2, 25)
    assert all(np.isfinite(likeness).all() for likeness in blend_words(vectors, texts, ClusterSettings()))
