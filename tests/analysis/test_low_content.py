"""Comments that say nothing of their own are told from those that do."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.embed import open_embedder
from analysis.low_content import LOW_CONTENT, is_low_content
from analysis.settings import DEFAULT_MODEL, NamedTheme, Settings
from analysis.themes import find_themes

NOTHING = [
    "Agree",
    "I agree!!!",
    "I agree. Well said.",
    "Yes, I couldn’t agree more 👏👏",
    "lol",
    "LOL, so true",
    "hahahahaha",
    "First!",
    "This.",
    "THIS 👆",
    "+1",
    "+1000",
    "100%",
    "Thanks for sharing.",
    "Thank you so much!",
    "no comment",
    "Well said, thank you",
    "👍",
    "❤️❤️❤️",
    "...",
    "?!",
    "Danke für den Artikel!",
    "Tout à fait d’accord",
    "Totalmente de acuerdo, gracias por compartir",
    "Полностью согласен!",
    "Zgadzam się.",
    "شكرا جزيلا",
]
SOMETHING = [
    "I agree with the mayor",
    "Agree, but the peg will not hold",
    "Thanks for sharing your recipe with flour",
    "Lol, the bank is closed again",
    "First they came for the bakers",
    "This war",
    "No bread",
    "Not true",
    "I disagree",
    "No, I don't agree",
    "12 dirhams",
    "$40",
    "1984",
    "https://example.org/radar",
    "Why?",
    "Согласен, но хлеба нет",
    "面包太贵了",
    "Half",
    "Hi Putin",
    "Exactly three planes",
]


@pytest.mark.parametrize("text", NOTHING)
def test_a_comment_made_of_nothing_but_agreement_laughter_thanks_or_signs_is_low_content(text):
    assert is_low_content(text)


@pytest.mark.parametrize("text", SOMETHING)
def test_a_comment_with_a_word_of_its_own_is_not(text):
    assert not is_low_content(text)


@pytest.mark.parametrize("phrase", [p.strip() for row in LOW_CONTENT.values() for p in row.split("|")])
def test_every_phrase_of_the_table_is_found(phrase):
    assert is_low_content(f"{' '.join(phrase.split()).capitalize()}!")


def test_low_content_is_set_aside_with_its_reason_whatever_its_length_and_in_no_named_theme():
    texts = ["Lol!", "Bread now", "Thank you so much!", "I totally agree.", "I totally agree about the bread"]
    frame = pd.DataFrame(
        {"comment_id": list("abcde"), "page_id": "p", "clean_text": texts, "author": None, "parent_id": None}
    )
    named = (NamedTheme(name="Assent", description="I totally agree.", examples=("I totally agree.",)),)
    found = find_themes(frame, named, Settings(), open_embedder(DEFAULT_MODEL))
    reasons = found.comments["residual_reason"].tolist()
    assert reasons[:4] == ["low content", "too short", "low content", "low content"]
    assert found.comments["theme_id"].isna().tolist()[:4] == [True] * 4
    assert found.discovery["distinct_texts"] == 1


@pytest.mark.parametrize(("texts", "state"), [(["Lol!", "Bread now"], "too few to cluster"), ([], "no comments")])
def test_that_there_are_no_comments_is_said_only_where_there_are_none(texts, state):
    frame = pd.DataFrame(
        {"comment_id": texts, "page_id": "p", "clean_text": texts, "author": None, "parent_id": None}, dtype=object
    )
    found = find_themes(frame, (), Settings(), open_embedder(DEFAULT_MODEL)).discovery
    assert found["state"] == state
    assert ("There are no comments" in found["note"]) == (not texts)
