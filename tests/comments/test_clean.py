"""The tidied column: what is invisible goes, what a reader wrote stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comments.clean import clean_text

CASES = [
    ("  a  b\t c ", "a b c"),
    ("a\r\nb\rc", "a\nb\nc"),
    ("    one\n\n\n\n    two\n", "one\n\ntwo"),
    ("a\n \t \n \nb", "a\n\nb"),
    ("a\u2028b\u2029c", "a\nb\nc"),
    ("a\x0bb\x0cc\x85d", "a\nb\nc\nd"),
    ("a\u00a0b\u3000c", "a b c"),
    ("soft\u00adhyphen", "softhyphen"),
    ("\ufeffzero\u200bwidth\u2060", "zerowidth"),
    ("evil\u202etxt.exe\u2066", "eviltxt.exe"),
    ("be\x07ll\x00", "bell"),
    ("", ""),
    (" \n\t\u200b", ""),
]


@pytest.mark.parametrize(("text", "tidy"), CASES)
def test_space_and_what_is_invisible_is_tidied(text: str, tidy: str) -> None:
    assert clean_text(text) == tidy


@pytest.mark.parametrize(
    "text",
    [
        "Words, PUNCTUATION & “quotes” — and case stay!!! :-) 1st\nline two",
        "\U0001f468\u200d\U0001f469\u200d\U0001f467 a family is one sign",
        "می\u200cخواهم",
        "e\u0301 is kept as it was typed",
        "<b>not markup</b> &amp; no entity",
    ],
)
def test_what_a_reader_wrote_stays(text: str) -> None:
    assert clean_text(text) == text


@given(st.text())
def test_tidying_twice_changes_nothing(text: str) -> None:
    assert clean_text(clean_text(text)) == clean_text(text)


@given(st.text())
def test_it_never_joins_nor_splits_words(text: str) -> None:
    letters = [c for c in text if c.isalnum()]
    assert [c for c in clean_text(text) if c.isalnum()] == letters


@given(
    st.lists(st.text(st.characters(categories=["L", "N"]), min_size=1), min_size=1),
    st.sampled_from(" \t\n\r\x0b\x0c\x1c\x85\u2028\u00a0"),
)
def test_words_between_spaces_of_any_kind_stay_apart(words: list[str], space: str) -> None:
    assert clean_text(space.join(words)).split() == words
