"""Phrases and their weights: BERTopic's, without BERTopic."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from analysis import phrases
from analysis.phrases import weigh_phrases

WORDS = st.lists(st.sampled_from(["tram", "bus", "fare", "late", "strike"]), max_size=12)


@settings(max_examples=30, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=4), WORDS)
def test_weights_are_those_of_bertopic(groups, rest):
    pytest.importorskip("bertopic")
    from bertopic.vectorizers import ClassTfidfTransformer
    from sklearn.feature_extraction.text import CountVectorizer

    every = [*groups, rest] if rest else groups
    assume(len({word for own in every for word in own}) > 1)  # theirs fails on a single one
    vectorizer = CountVectorizer(ngram_range=(1, 3), tokenizer=str.split, token_pattern=None)
    counts = vectorizer.fit_transform([" ".join(own) for own in every])
    theirs = ClassTfidfTransformer(reduce_frequent_words=True).fit(counts).transform(counts.astype(float)).toarray()
    names = vectorizer.get_feature_names_out()
    for found, row, counted in zip(weigh_phrases(groups, rest, 1000), theirs, counts.toarray(), strict=False):
        assert dict(found) == {names[i]: row[i] for i in counted.nonzero()[0]}
        assert found == sorted(found, key=lambda one: -one[1])


def test_only_the_heaviest_are_returned_and_the_order_of_the_groups_changes_nothing():
    trams, buses = ["tram"] * 3 + ["late"], ["bus", "fare", "bus", "strike"]
    one, other = weigh_phrases([trams, buses], [], 2)
    assert [one, other] == weigh_phrases([buses, trams], [], 2)[::-1]
    assert [len(one), len(other)] == [2, 2]


def test_of_too_many_words_the_rarest_are_passed_over(monkeypatch):
    monkeypatch.setattr(phrases, "BITS", 2)
    (found,) = weigh_phrases([["a", "a", "a", "b", "b", "c", "c", "d"]], [], 100)
    assert {word for phrase, _ in found for word in phrase.split()} == {"a", "b", "c"}
