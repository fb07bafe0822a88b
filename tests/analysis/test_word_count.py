"""Words are counted in every script."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.word_count import count_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("  The toll\nis too high ", 5),
        ("Die Maut ist zu hoch für uns", 7),
        ("رسوم الجسر مرتفعة جدا", 4),
        ("안녕하세요 여러분", 2),
        ("好", 1),
        ("桥税太高了，市政府应该修桥", 6),
        ("この橋の通行料は高すぎます", 6),
        ("สะพานเก่ามาก", 3),
        ("🔥🔥🔥🔥🔥🔥", 1),
    ],
)
def test_what_is_written_without_spaces_counts_by_its_length(text: str, words: int) -> None:
    assert count_words(text) == words


@given(st.text())
def test_no_text_has_fewer_words_than_spaces_part(text: str) -> None:
    assert count_words(text) >= len(text.split())
