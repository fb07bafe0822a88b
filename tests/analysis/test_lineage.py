"""Theme ids: kept by what continues, never given twice."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from analysis.lineage import KnownTheme, Registry, keep_ids, update_registry


def known(groups, registry=None):
    registry = registry or Registry()
    ids = keep_ids(groups, registry)
    return ids, update_registry(registry, [KnownTheme(i, i, g) for i, g in zip(ids, groups, strict=True)])


A, B, C = frozenset("abcdef"), frozenset("ghijkl"), frozenset("mnopqr")


def test_groups_that_stay_keep_their_ids_in_any_order():
    ids, registry = known([A, B])
    assert keep_ids([B, A], registry) == ids[::-1]


def test_a_group_that_grew_keeps_its_id_and_a_new_one_gets_a_new_id():
    ids, registry = known([A, B])
    assert keep_ids([A | frozenset("123456789"), C, B], registry) == [ids[0], "T0003", ids[1]]


def test_after_a_split_the_larger_part_keeps_the_id():
    ids, registry = known([A])
    assert keep_ids([frozenset("ef"), frozenset("abcd")], registry) == ["T0002", ids[0]]


def test_of_a_theme_that_falls_into_many_parts_the_largest_keeps_the_id():
    whole = frozenset("abcdefghijklmnop")
    ids, registry = known([whole])
    parts = [frozenset("abc"), frozenset("defgh1"), frozenset("ijkl2"), frozenset("mnop")]
    assert keep_ids(parts, registry) == ["T0002", ids[0], "T0003", "T0004"]
    assert keep_ids([frozenset("a123456"), frozenset("QRSTUV")], registry)[1] == "T0003"


def test_a_dormant_theme_comes_back_under_its_id():
    ids, registry = known([A, B])
    _, registry = known([A], registry)
    assert keep_ids([A, B], registry) == ids


@given(st.lists(st.lists(st.frozensets(st.integers(0, 30).map(str), min_size=1), max_size=6), max_size=6))
def test_no_id_is_ever_given_to_two_groups_or_used_again(runs):
    registry, seen = Registry(), {}
    for groups in runs:
        ids, after = known(groups, registry)
        assert len(set(ids)) == len(ids)
        fresh = [i for i in ids if i not in seen]
        assert all(int(i[1:]) > registry.given for i in fresh)
        seen |= dict.fromkeys(ids, True)
        registry = after
