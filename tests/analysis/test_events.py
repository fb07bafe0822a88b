"""What became of themes: each event from who was where before and who is where now."""

from __future__ import annotations

import pytest

from analysis.events import Snapshot, change_of_share, find_events
from bench.histories import score


def snapshot(total: int, **members) -> Snapshot:
    groups = {name: frozenset(f"c{n}" for n in rows) for name, rows in members.items()}
    return Snapshot(frozenset(f"c{n}" for n in range(total)), groups, {name: name for name in groups})


BEFORE = snapshot(100, A=range(20), B=range(20, 40), C=range(40, 60))


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (snapshot(100, A=range(20), B=range(20, 40), C=range(40, 60)), []),
        (snapshot(100, A=range(20), B=range(20, 40), C=range(40, 60), D=range(60, 80)), [("born", "D", [], ["D"])]),
        (snapshot(100, A=range(20), B=range(20, 40)), [("dormant", "C", ["C"], [])]),
        (snapshot(100, A=range(40), C=range(40, 60)), [("merged", "A", ["A", "B"], ["A"])]),
        (snapshot(100, Z=range(40), C=range(40, 60)), [("merged", "Z", ["A", "B"], ["Z"])]),
        (
            snapshot(100, A=range(12), D=range(12, 20), B=range(20, 40), C=range(40, 60)),
            [("split", "A", ["A"], ["A", "D"])],
        ),
        (
            snapshot(100, A=range(20), B=range(20, 40), C=range(40, 60), OLD=range(60, 80)),
            [("revived", "OLD", [], ["OLD"])],
        ),
        (snapshot(100, A=range(20), B=range(20, 40), **{"N-c": range(40, 52)}), [("merged", "N-c", ["C"], ["N-c"])]),
        (snapshot(100, A=range(20), B=range(20, 40), **{"N-c": range(40, 48)}), [("dormant", "C", ["C"], [])]),
    ],
    ids=[
        "nothing",
        "born",
        "dormant",
        "merged into one of them",
        "merged into a new one",
        "split",
        "revived",
        "folded",
        "not folded",
    ],
)
def test_an_event_names_its_parents_and_children(after, expected):
    events = find_events(BEFORE, after, {"A", "B", "C", "OLD"})
    assert [(e["event"], e["theme_id"], e["parents"], e["children"]) for e in events] == expected
    assert all(e["evidence"].endswith(".") for e in events)


def test_a_share_has_grown_only_where_its_interval_leaves_out_zero():
    grown = snapshot(200, A=range(20), B=[*range(20, 40), *range(100, 170)], C=range(40, 60))
    events = {e["theme_id"]: e for e in find_events(BEFORE, grown, set())}
    assert events["B"]["event"] == "grown"
    assert 0 < events["B"]["change_low"] < events["B"]["share_after"] - events["B"]["share_before"]
    assert events["A"]["event"] == "shrunk"
    few = snapshot(102, A=range(20), B=[*range(20, 40), 100], C=range(40, 60))
    assert find_events(BEFORE, few, set()) == []


def test_without_new_comments_no_share_has_moved():
    assert change_of_share("A", BEFORE, BEFORE) is None


def test_planted_histories_are_told_as_what_they_are():
    assert score(20)["all"][2] >= 0.9
