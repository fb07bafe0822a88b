"""Campaigns: what is taken for the same text, and where it must stand to count."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.campaigns import COLUMNS, find_campaigns, normalise_words

LETTER = "Six hundred drivers sleep in their cabs tonight, so sign the open letter of the fund and share it everywhere."


def frame(*rows: tuple[str, str, str | None, str | None]) -> pd.DataFrame:
    """Comments from text, page, author and time."""
    table = pd.DataFrame(rows, columns=["clean_text", "page_id", "author", "created_at"], dtype=object)
    return table.assign(comment_id=[f"c{n}" for n in range(len(table))], day=table["created_at"].str[:10])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (LETTER, LETTER),
        (LETTER, LETTER.upper().replace(",", " !!")),
        (LETTER, f"Please read: {LETTER}"),
        (LETTER, LETTER.replace("tonight", "now")),
        (f"{LETTER} https://a.example/1", f"{LETTER} https://b.example/2"),
        (LETTER, LETTER.replace("fi", "ﬁ")),
    ],
)
def test_a_text_and_its_near_copy_on_two_pages_are_a_campaign(one: str, other: str) -> None:
    found = find_campaigns(frame((one, "p", "Ann", None), (other, "q", "Ben", None)))
    assert found["comment_ids"].tolist() == [["c0", "c1"]]
    assert found["similarity"].iloc[0] >= 0.6


@pytest.mark.parametrize(
    "phrase",
    ["I agree.", "Thank you for this article", "Do you have evidence to back up these claims?", "", "👍👍👍"],
)
def test_common_short_phrases_are_no_campaign(phrase: str) -> None:
    assert find_campaigns(frame(*[(phrase, f"p{n}", f"a{n}", None) for n in range(30)])).empty


@pytest.mark.parametrize(
    ("places", "counts"),
    [
        ([("p", None, None), ("p", None, None)], False),
        ([("p", "Ann", "2026-03-01T10:00"), ("p", "Ann", "2026-03-01T10:01")], False),
        ([("p", "Ann", "2026-03-01"), ("p", "Ann", "2026-03-02")], True),
        ([("p", "Ann", None), ("p", "Ben", None)], True),
        ([("p", None, None), ("q", None, None)], True),
    ],
)
def test_copies_count_at_several_pages_names_or_days(places, counts: bool) -> None:
    assert find_campaigns(frame(*[(LETTER, *place) for place in places])).empty != counts


def test_times_in_a_form_of_a_table_are_ordered_by_their_days() -> None:
    table = frame((LETTER, "p", "Ann", "5 March 2026"), (LETTER, "q", "Ben", "12 February 2026"))
    found = find_campaigns(table.assign(day=["2026-03-05", "2026-02-12"])).iloc[0]
    assert (found["first_at"], found["last_at"]) == ("2026-02-12", "2026-03-05")


def test_dates_that_name_no_day_are_no_several_days() -> None:
    table = frame((LETTER, "p", "Ann", "last week"), (LETTER, "p", "Ann", "yesterday"))
    assert find_campaigns(table.assign(day=None)).empty


def test_unknown_names_and_times_stay_unknown() -> None:
    row = find_campaigns(frame((LETTER, "p", None, None), (LETTER, "q", None, None))).iloc[0]
    assert pd.isna(row["authors"])
    assert row[["first_at", "last_at"]].isna().all()


def test_texts_on_one_matter_in_words_of_their_own_are_no_campaign() -> None:
    other = "The lorry drivers at the border have been sleeping in their cabs for a week and nobody lets them through."
    assert find_campaigns(frame((LETTER, "p", None, None), (other, "q", None, None))).empty


def test_no_comments_give_the_columns() -> None:
    assert tuple(find_campaigns(frame()).columns) == COLUMNS


@given(st.permutations(range(6)))
def test_the_order_of_the_comments_changes_nothing(order: list[int]) -> None:
    texts = [LETTER, LETTER.lower(), f"Hello! {LETTER}", "Another text of more than ten words that nobody else wrote.",
             LETTER.replace("tonight", "now"), "Short."]  # fmt: skip
    table = frame(*[(text, f"p{n}", f"a{n}", None) for n, text in enumerate(texts)])
    pd.testing.assert_frame_equal(find_campaigns(table.iloc[list(order)]), find_campaigns(table))


def test_words_are_compared_without_case_punctuation_and_addresses() -> None:
    assert normalise_words("It’s HERE: see http://x.example/a?b=c, now_") == ("it’s", "here", "see", "now")
