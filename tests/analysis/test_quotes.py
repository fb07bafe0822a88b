"""A comment's own words: what it quotes is another's."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.quotes import own_texts

ABOVE = "The ministry should have told us about the pumps long before the valley ran dry this summer."
ARTICLE = "Officials said on Tuesday that the bridge will stay closed to lorries until the end of the year."
CASES = {
    "a line marked with an angle": (f"> {ABOVE}\nAnd who would have listened?", "And who would have listened?"),
    "an escaped angle": (f"&gt; {ABOVE}\nAnd who would have listened?", "And who would have listened?"),
    "a quote block": (f"[quote=Ann]{ABOVE}[/quote] And who would have listened?", "And who would have listened?"),
    "the comment above, word for word": (f"“{ABOVE}” And who would have listened?", "And who would have listened?"),
    "a part of it": (
        "You say the ministry should have told us about the pumps long before. And who would have listened?",
        "You say And who would have listened?",
    ),
    "the article": (
        "the bridge will stay closed to lorries until the end of the year: I bet it falls first.",
        "I bet it falls first.",
    ),
}


@pytest.mark.parametrize(("text", "own"), CASES.values(), ids=CASES)
def test_a_quotation_is_not_the_replier_s(text, own):
    assert own_texts([ABOVE, text], [-1, 0], ["p", "p"], {"p": ARTICLE})[1] == own


@pytest.mark.parametrize(
    "text",
    [
        "The ministry should have told us, that is true.",
        ABOVE,
        f"> {ABOVE}",
        "5 > 3 and 2 < 4, as everybody knows.",
        "[quote] is a word in brackets",
        "",
    ],
    ids=["a few common words", "a copy", "nothing else", "an angle inside", "no end", "empty"],
)
def test_what_is_no_quotation_stays(text):
    assert own_texts([ABOVE, text], [-1, 0]) == [ABOVE, text]


def test_the_whole_thread_above_is_looked_through():
    texts = [ABOVE, "Nonsense, they knew nothing.", f"{ABOVE} He said so and you call it nonsense?"]
    assert own_texts(texts, [-1, 0, 1])[2] == "He said so and you call it nonsense?"


def test_without_a_parent_nothing_is_compared():
    text = f"{ABOVE} He said so."
    assert own_texts([ABOVE, text], [-1, -1])[1] == text


def test_equal_texts_have_equal_words_whatever_they_answer():
    text = f"{ABOVE} He said so."
    assert own_texts([ABOVE, text, text], [-1, 0, -1])[1:] == ["He said so."] * 2


def test_comments_that_answer_each_other_end():
    assert own_texts(["one and two", "two and three"], [1, 0]) == ["one and two", "two and three"]


@given(st.lists(st.text(alphabet="ab >\n[]/quote", max_size=60), min_size=1, max_size=5))
def test_own_words_are_words_of_the_text(texts):
    own = own_texts(texts, list(range(-1, len(texts) - 1)))
    for one, text in zip(own, texts, strict=True):
        assert set(one.split()) <= set(text.split())
        assert bool(one.strip()) == bool(text.strip())
