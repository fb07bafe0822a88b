"""Keyphrases and labels: from the comments' own words, unlike each other."""

from __future__ import annotations

from analysis.words import find_keyphrases, make_labels

BREAD = ["bread prices doubled at the bakery", "the bakery sold bread for nine", "no bread left, bakery closed"]
WAR = ["world war three begins", "nuclear world war, says my uncle", "one mistake and we have a world war"]


def test_keyphrases_set_groups_apart():
    bread, war = find_keyphrases([BREAD, WAR], ["my cat sleeps"], 5)
    assert "bread" in " ".join(bread)
    assert "world war" in " ".join(war)
    assert not set(bread) & set(war)


def test_phrases_stand_in_the_comments_themselves():
    for phrases, texts in zip(find_keyphrases([BREAD, WAR], [], 5), [BREAD, WAR], strict=True):
        words = set(" ".join(texts).replace(",", " ").split())
        assert all(word in words for phrase in phrases for word in phrase.split())


def test_groups_keep_their_numbers_when_the_smaller_comes_first():
    war, bread = find_keyphrases([WAR[:1], BREAD * 3], [], 3)
    assert "war" in " ".join(war)
    assert "bread" in " ".join(bread)


def test_a_text_may_stand_in_two_groups():
    first, second = find_keyphrases([BREAD, [*WAR, BREAD[0]]], [], 4)
    assert first
    assert second


def test_texts_without_words_have_no_keyphrases():
    assert find_keyphrases([["the and of", "!!!"], []], ["12 34"], 5) == [[], []]
    assert find_keyphrases([], ["something"], 5) == []


def test_labels_are_unique_also_when_the_words_are_not():
    labels = make_labels([["a", "b", "c", "d"], ["a", "b", "c", "e"], ["a", "b", "c"], [], []], ["Named"])
    assert len(set(labels)) == 5
    assert labels[0] == "a, b, c"
    assert labels[1] == "a, b, c, e"
