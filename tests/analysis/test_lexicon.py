"""Words of texts as numbers: what is a word, and which carry a matter."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.function_words import content_words
from analysis.lexicon import read_lexicon

TEXTS = [
    "Die Tür der Bäckerei war nicht offen",
    "Another world war three men died in",
    "los precios del pan no son de este mundo",
    "Some men vote with care; the war did not come.",
]


@pytest.mark.parametrize("text", TEXTS)
def test_a_word_carries_a_matter_here_as_it_does_in_its_text_alone(text):
    lexicon = read_lexicon(["a first text about bread", text])
    start, end = lexicon.starts[1:]
    own = range(start, end)
    assert [lexicon.forms[lexicon.tokens[i]] for i in own if lexicon.content[i]] == content_words(text)


@given(st.lists(st.text(max_size=40), max_size=5, unique=True))
def test_every_text_is_there_and_ends_in_a_gap(texts):
    lexicon = read_lexicon(texts)
    assert len(lexicon.starts) == len(texts) + 1
    assert len(lexicon.tokens) == len(lexicon.content) == lexicon.starts[-1]
    assert not lexicon.tokens[lexicon.starts[1:] - 1].any()


def test_places_are_those_of_the_texts_asked_for():
    lexicon = read_lexicon(["bread costs nine", "world war", "flour and rice"])
    at, of = lexicon.places(np.array([2, 0]))
    assert [lexicon.forms[i] for i in lexicon.tokens[at]] == ["flour", "and", "rice", "", "bread", "costs", "nine", ""]
    assert of.tolist() == [0, 0, 0, 0, 1, 1, 1, 1]
