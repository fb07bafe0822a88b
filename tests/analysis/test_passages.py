"""Sentences and passages: slices of the text that hold all of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.passages import FEWEST, MOST, cut_passages, sentence_spans


def slices(text: str, spans: list[tuple[int, int]]) -> list[str]:
    return [text[start:end] for start, end in spans]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("The bank is closed today. Nobody knows why it is.", ["The bank is closed today.", "Nobody knows why it is."]),
        ("Mr. Vail said it was so. I do not agree.", ["Mr. Vail said it was so.", "I do not agree."]),
        ("He lives in the U.S. Army barracks over there.", ["He lives in the U.S. Army barracks over there."]),
        ("“Is it really true?” That is what she asked.", ["“Is it really true?”", "That is what she asked."]),
        ("No! It is not so at all.", ["No! It is not so at all."]),
        ("A heading\n\n  A line of its own", ["A heading", "A line of its own"]),
        ("今天很冷。明天会更冷。", ["今天很冷。明天会更冷。"]),
        ("   ", []),
    ],
)
def test_sentences_end_where_punctuation_or_a_line_does(text: str, sentences: list[str]) -> None:
    assert slices(text, sentence_spans(text)) == sentences


@given(st.text(alphabet=st.sampled_from("ab .!?\n”。"), max_size=200))
def test_sentences_hold_every_sign_but_spaces_once_and_in_order(text: str) -> None:
    assert "".join("".join(slices(text, sentence_spans(text))).split()) == "".join(text.split())


def test_a_passage_is_some_sentences_of_one_paragraph() -> None:
    sentence = "The crossing has been closed for eight days and nobody says why. "
    article = f"Share\n{sentence * 9}\n\n{sentence}\nRead more"
    passages = slices(article, cut_passages(article))
    assert [passage.count("crossing") for passage in passages] == [5, 4, 1]
    assert all(passage.strip() == passage for passage in passages)


@pytest.mark.parametrize("paragraphs", [1, 39, 300])
def test_a_long_article_has_no_more_passages_but_longer_ones(paragraphs: int) -> None:
    article = "\n\n".join("One of very many paragraphs that say the same. " * 12 for _ in range(paragraphs))
    passages = cut_passages(article)
    assert 0 < len(passages) <= MOST
    assert sum(text.count("paragraphs") for text in slices(article, passages)) == 12 * paragraphs


def test_headings_captions_and_buttons_are_no_passages() -> None:
    assert cut_passages("Share this\nPhoto: AP\nBy Our Correspondent\n") == []
    assert FEWEST > 3
