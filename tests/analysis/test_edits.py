"""Analyst's edits: carried out in order, or listed as conflicts; none is dropped."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.describe import Group
from analysis.edits import Edit, load_edits
from analysis.replay import Surroundings, apply_edits
from comments.errors import SettingsError

IDS = ["a", "b", "c", "d", "e", "f"]


def group(theme_id: str, *rows: int, kind: str = "discovered") -> Group:
    none = np.zeros(0, dtype=np.int64)
    return Group(theme_id, kind, np.asarray(rows, dtype=np.int64), np.full(len(rows), 0.5), none)  # type: ignore[arg-type]


def around(before: dict[str, set[str]] | None = None, vectors: np.ndarray | None = None) -> Surroundings:
    eye = np.eye(len(IDS), dtype=np.float32) if vectors is None else vectors
    kept = {name: frozenset(keys) for name, keys in (before or {}).items()}
    return Surroundings(IDS, IDS, eye, kept, frozenset({"T0001", "T0002", "T0009"}), 3)


def themes() -> list[Group]:
    return [group("N-war", 0, 3, kind="named"), group("T0001", 0, 1, 2), group("T0002", 3, 4)]


def edited(*edits: dict[str, object], **more: object):
    return apply_edits(themes(), [Edit.model_validate(e) for e in edits], around(**more))  # type: ignore[arg-type]


def members(result) -> dict[str, list[str]]:
    return {g.theme_id: [IDS[row] for row in g.members] for g in result.groups}


BEFORE = {"N-war": ["a", "d"], "T0001": ["a", "b", "c"], "T0002": ["d", "e"]}


def test_without_edits_nothing_changes():
    assert members(edited()) == BEFORE


def test_a_rename_gives_a_label_and_the_later_of_two_wins():
    first, second = ({"action": "rename", "theme_id": "T0001", "label": name} for name in ("One", "Two"))
    assert edited(first, second).labels == {"T0001": "Two"}


def test_a_merge_goes_into_the_first_and_says_where_the_others_went():
    result = edited({"action": "merge", "theme_ids": ["T0002", "T0001"], "label": "Both"})
    assert members(result) == {"N-war": ["a", "d"], "T0002": ["a", "b", "c", "d", "e"]}
    assert result.moved == {"T0001": "T0002"}
    assert result.labels == {"T0002": "Both"}


def test_a_split_takes_out_what_it_lists():
    edit = {"action": "split", "theme_id": "T0001", "comment_ids": ["c"], "label": "Part"}
    result = edited(edit)
    new = Edit.model_validate(edit).new_id
    assert members(result) == {**BEFORE, "T0001": ["a", "b"], new: ["c"]}
    assert result.labels == {new: "Part"}


def test_after_a_split_new_comments_go_to_the_side_they_are_like_and_old_ones_stay():
    edit = {"action": "split", "theme_id": "T0001", "comment_ids": ["c"], "label": "Part"}
    new = Edit.model_validate(edit).new_id
    vectors = np.eye(6, dtype=np.float32)
    vectors[0] = vectors[2]  # "a" is like "c", which was taken out
    assert members(edited(edit, before={new: {"c"}, "T0001": {"b"}}, vectors=vectors))[new] == ["a", "c"]
    assert members(edited(edit, before={new: {"c"}, "T0001": {"a", "b"}}, vectors=vectors))[new] == ["c"]


def test_a_pinned_comment_is_in_its_theme_and_in_no_other_discovered_one():
    result = edited({"action": "pin", "comment_id": "a", "theme_id": "T0002"})
    assert members(result) == {**BEFORE, "T0001": ["b", "c"], "T0002": ["a", "d", "e"]}


@pytest.mark.parametrize(
    ("edit", "after"),
    [
        ({"comment_id": "a"}, {**BEFORE, "N-war": ["d"], "T0001": ["b", "c"]}),
        ({"comment_id": "a", "theme_id": "N-war"}, {**BEFORE, "N-war": ["d"]}),
        ({"theme_id": "T0002"}, {"N-war": ["a", "d"], "T0001": ["a", "b", "c"]}),
    ],
)
def test_an_exclusion_takes_out_a_comment_or_a_theme(edit, after):
    result = edited({"action": "exclude", **edit})
    assert members(result) == after
    assert result.excluded
    assert result.conflicts == []


def test_a_note_is_kept_with_what_it_is_about():
    result = edited({"action": "note", "theme_id": "T0001", "text": "Check this."})
    assert result.notes == [{"theme_id": "T0001", "comment_id": None, "note": "Check this."}]


@pytest.mark.parametrize(
    ("edits", "reason"),
    [
        ([{"action": "rename", "theme_id": "T0009", "label": "x"}], "no comments are in the theme in this run"),
        ([{"action": "rename", "theme_id": "T0077", "label": "x"}], "there never was such a theme in this store"),
        ([{"action": "pin", "theme_id": "T0001", "comment_id": "z"}], "there is no such comment in the store"),
        (
            [{"action": "exclude", "theme_id": "T0001", "comment_id": "e"}],
            "the comment is not in the theme in this run",
        ),
        (
            [{"action": "split", "theme_id": "T0001", "comment_ids": ["e"], "label": "x"}],
            "the comment is not in the theme in this run",
        ),
        (
            [{"action": "split", "theme_id": "N-war", "comment_ids": ["a"], "label": "x"}],
            "a named theme cannot be split; describe its parts in themes.toml",
        ),
        (
            [{"action": "merge", "theme_ids": ["T0001", "N-war"]}],
            "a named theme cannot be merged into one of another kind",
        ),
        (
            [
                {"action": "merge", "theme_ids": ["T0001", "T0002"]},
                {"action": "note", "theme_id": "T0002", "text": "x"},
            ],
            "an earlier edit merged the theme into T0001",
        ),
        (
            [{"action": "exclude", "theme_id": "T0002"}, {"action": "pin", "theme_id": "T0002", "comment_id": "a"}],
            "an earlier edit excluded the theme",
        ),
    ],
)
def test_an_edit_that_does_not_apply_is_a_conflict_with_its_reason(edits, reason):
    (conflict,) = edited(*edits).conflicts
    assert conflict["reason"] == reason
    assert conflict["edit"] == len(edits)


ACTS = st.one_of(
    st.builds(lambda t: {"action": "rename", "theme_id": t, "label": "x"}, st.sampled_from(["T0001", "T0009"])),
    st.builds(lambda t: {"action": "exclude", "theme_id": t}, st.sampled_from(["T0001", "T0002"])),
    st.builds(lambda c: {"action": "exclude", "comment_id": c}, st.sampled_from([*IDS, "z"])),
    st.builds(lambda: {"action": "merge", "theme_ids": ["T0001", "T0002"]}),
    st.builds(
        lambda c: {"action": "split", "theme_id": "T0001", "comment_ids": c, "label": "s"},
        st.lists(st.sampled_from([*IDS, "z"]), min_size=1, unique=True),
    ),
    st.builds(
        lambda c, t: {"action": "pin", "comment_id": c, "theme_id": t},
        st.sampled_from(IDS),
        st.sampled_from(["T0001", "T0002", "N-war"]),
    ),
)


@given(st.lists(ACTS, max_size=6))
def test_whatever_the_edits_a_comment_is_in_one_discovered_theme_at_most(edits):
    inside = [name for theme, names in members(edited(*edits)).items() if theme[0] != "N" for name in names]
    assert len(inside) == len(set(inside))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('[[edit]]\naction = "rename"\ntheme_id = "T1"', "edit 1: rename needs label"),
        ('[[edit]]\naction = "pin"\ncomment_id = "a"\ntheme_id = "T1"\nlabel = "x"', "pin takes no label"),
        ('[[edit]]\naction = "exclude"', "exclude needs comment_id or theme_id"),
        ('[[edit]]\naction = "merge"\ntheme_ids = ["T1", "T1"]', "two different themes"),
        ('[[edit]]\naction = "burn"\ntheme_id = "T1"', "edit 1: action"),
        ('[[edit]]\naction = "note"\ntext = "x"\ntheme = "T1"', "edit 1: theme"),
        ('[[edits]]\naction = "note"', "write each edit as an"),
        ("[[edit", "is not TOML"),
    ],
)
def test_a_wrong_file_is_named_with_the_edit(tmp_path: Path, text, words):
    (tmp_path / "edits.toml").write_text(text)
    with pytest.raises(SettingsError, match=words) as error:
        load_edits(tmp_path / "edits.toml")
    assert "edits.toml" in str(error.value)


def test_a_file_of_edits_is_read_in_its_order(tmp_path: Path):
    (tmp_path / "e.toml").write_text(
        '[[edit]]\naction = "rename"\ntheme_id = "T1"\nlabel = "Ä"\nwhy = "clear"\n[[edit]]\naction = "note"\n'
        'comment_id = "a"\ntext = "x"\n',
        encoding="utf-8",
    )
    assert [edit.action for edit in load_edits(tmp_path / "e.toml")] == ["rename", "note"]
