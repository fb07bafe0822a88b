"""The store as it stands now: every comment once at its latest place, every page once."""

from __future__ import annotations

import random
from pathlib import Path
from time import perf_counter
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_pages import JUNE, OLGA, TARIQ, wordpress

from comments.ingest import ingest
from comments.inputs.rows import TableRow
from comments.model import Page, Reject
from comments.store import Store
from comments.view import View, _depths, view_store


def page(*texts: str, address: str = "a", source: str = "a.html") -> Page:
    return Page(source, address, "html", wordpress(texts).encode())


def view(path: Path, *readings: list[Page | TableRow | Reject]) -> View:
    for items in readings:
        with Store(path) as store:
            ingest(store, items)
    return view_store(Store(path))


def row(name: str, parent: str | None = None, **fields: Any) -> TableRow:
    return TableRow("t.csv", name, f"Text of {name}", name, fields.pop("address", "t.csv"), parent_id=parent, **fields)


def depths(frame: pd.DataFrame) -> dict[str, int]:
    return dict(zip(frame["comment_id"], frame["depth"], strict=True))


def test_a_comment_stands_where_the_latest_version_has_it(tmp_path: Path) -> None:
    comments = view(tmp_path, [page(OLGA, TARIQ)], [page(JUNE, OLGA, TARIQ)]).comments
    assert comments["text"].tolist() == [JUNE, OLGA, TARIQ]
    assert comments["position"].tolist() == [0, 1, 2]


def test_a_comment_that_the_latest_version_has_no_more_is_kept(tmp_path: Path) -> None:
    now = view(tmp_path, [page(OLGA, TARIQ)], [page(TARIQ)])
    assert sorted(now.comments["text"]) == [OLGA, TARIQ]
    assert now.pages["found_count"].tolist() == [2]


@pytest.mark.parametrize("address", ["http://[road", "http://a]b/", "http://x\u2100y/p"])
def test_an_address_that_is_none_is_a_site_of_its_own(tmp_path: Path, address: str) -> None:
    rows = [row("c1", address=address, created_at="03/04/2014"), row("c2", address=address, created_at="25/12/2013")]
    days = view(tmp_path, rows).comments.set_index("comment_id")["day"]
    assert days.to_dict() == {"c1": "2014-04-03", "c2": "2013-12-25"}


def test_a_page_is_shown_in_its_latest_version(tmp_path: Path) -> None:
    pages = view(tmp_path, [page(OLGA, TARIQ), page(address="b")], [page(OLGA, TARIQ, JUNE)]).pages
    assert pages["address"].tolist() == ["a", "b"]
    assert pages["declared_count"].tolist()[0] == 3
    assert not {"content", "spans", "encoding"} & set(pages.columns)


def test_the_order_of_the_readings_changes_no_row(tmp_path: Path) -> None:
    items = [page(OLGA, TARIQ, address=name, source=name) for name in "cab"]
    items_and_rows = [*items, row("x", created_at="2026-03-02"), row("y", created_at="2026-03-01"), row("z")]
    frames = []
    for turn in range(3):
        random.Random(turn).shuffle(items_and_rows)
        frames.append(view(tmp_path / str(turn), *([item] for item in items_and_rows)))
    for frame in frames[1:]:
        pd.testing.assert_frame_equal(frame.comments, frames[0].comments)
        assert frame.pages["address"].tolist() == frames[0].pages["address"].tolist()
    assert frames[0].comments["comment_id"].tolist()[-3:] == ["y", "x", "z"]


def test_unknown_stays_unknown(tmp_path: Path) -> None:
    (comment,) = view(tmp_path, [row("x")]).comments.to_dict("records")
    for name in ("author", "posted_at", "created_at", "likes", "position", "start", "end", "parent_id", "permalink"):
        assert pd.isna(comment[name]), name


def test_a_reject_goes_once_its_file_has_been_read_whole(tmp_path: Path) -> None:
    first = view(tmp_path, [Reject("a.html", "", "empty file"), Reject("b.html", "", "empty file")])
    assert first.rejects["source"].tolist() == ["a.html", "b.html"]
    assert view(tmp_path, [page(OLGA)]).rejects["source"].tolist() == ["b.html"]


def test_the_inputs_own_columns_keep_their_values(tmp_path: Path) -> None:
    extra = view(
        tmp_path,
        [
            row("a", extra={"id": 2**62 + 1, "tags": ["x"], "votes": {"up": 1}, "score": 0.5, "new": True}),
            row("b", extra={"id": None, "tags": [], "votes": None}),
            page(OLGA, address="z"),
        ],
    ).extra
    assert list(extra.columns) == ["id", "new", "score", "tags", "votes"]
    assert extra["id"].tolist() == [2**62 + 1, None, None]
    assert extra["tags"].tolist() == ['["x"]', "[]", None]
    assert extra["votes"].tolist() == ['{"up": 1}', None, None]
    assert extra["new"].tolist() == [True, None, None]


# Depth


def test_the_depth_of_a_row_follows_its_parents(tmp_path: Path) -> None:
    rows = [row("c", "b"), row("a"), row("b", "a"), row("d", "a"), row("lost", "not-here"), row("under", "lost")]
    assert depths(view(tmp_path, rows).comments) == {"a": 1, "b": 2, "c": 3, "d": 2, "lost": 1, "under": 2}


def test_a_parent_that_comes_later_counts(tmp_path: Path) -> None:
    assert depths(view(tmp_path, [row("b", "a")]).comments) == {"b": 1}
    assert depths(view(tmp_path, [row("a")]).comments) == {"a": 1, "b": 2}


def test_depths_that_pages_gave_stay(tmp_path: Path) -> None:
    comments = view(tmp_path, [page(OLGA)]).comments
    name = comments["comment_id"].tolist()[0]
    assert depths(view(tmp_path, [row("r", name)]).comments) == {name: 1, "r": 2}


@pytest.mark.parametrize(
    ("parents", "expected"),
    [
        ({"a": "a"}, {"a": 1}),
        ({"a": "b", "b": "a"}, {"a": 1, "b": 1}),
        ({"a": "b", "b": "c", "c": "b", "d": "a"}, {"a": 2, "b": 1, "c": 1, "d": 3}),
    ],
)
def test_a_comment_that_is_its_own_ancestor_has_depth_one(parents: dict[str, str], expected: dict[str, int]) -> None:
    for names in (sorted(parents), sorted(parents, reverse=True)):
        found = _depths(names, [parents[name] for name in names], [float("nan")] * len(names))
        assert dict(zip(names, found, strict=True)) == expected


@given(st.lists(st.one_of(st.none(), st.integers(0, 12)), max_size=12), st.randoms())
def test_depths_do_not_depend_on_order_and_grow_by_one(above: list[int | None], chance: random.Random) -> None:
    names = [str(n) for n in range(len(above))]
    parents = {name: None if n is None else str(n) for name, n in zip(names, above, strict=True)}
    first = dict(zip(names, _depths(names, list(parents.values()), [float("nan")] * len(names)), strict=True))
    chance.shuffle(names)
    found = _depths(names, [parents[name] for name in names], [float("nan")] * len(names))
    assert dict(zip(names, found, strict=True)) == first
    for name, parent in parents.items():
        assert first[name] == 1 or (parent in first and first[name] == first[str(parent)] + 1)


@pytest.mark.parametrize("turn", [1, -1])
def test_a_very_long_thread_takes_linear_time(turn: int) -> None:
    count = 100_000
    names = [str(n) for n in range(count)]
    parents = [None, *names[:-1]]
    start = perf_counter()
    found = _depths(names[::turn], parents[::turn], [float("nan")] * count)
    assert perf_counter() - start < 10
    assert found[::turn] == list(range(1, count + 1))
