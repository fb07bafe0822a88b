"""Keyphrases and labels: from the comments' own words, unlike each other."""

from __future__ import annotations

import pytest

from analysis.function_words import FUNCTION_WORDS, content_words
from analysis.nouns import rate_name, score_nouns
from analysis.words import find_keyphrases, label_holds, make_labels

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


# A text in each of several languages, and the words of it that say what it is about.
CONTENT = [
    ("The door of the bakery is closed", ["door", "bakery", "closed"]),
    ("Another world war three men died in", ["world", "war", "men", "died"]),
    ("Die Tür der Bäckerei war nicht offen", ["tür", "bäckerei", "offen"]),
    ("не надо путать цены на хлеб", ["путать", "цены", "хлеб"]),
    ("але ціни на хліб дуже високі", ["ціни", "хліб", "високі"]),
    ("los precios del pan no son de este mundo", ["precios", "pan", "mundo"]),
    ("le prix du pain est trop haut dans les villes", ["prix", "pain", "trop", "haut", "villes"]),
    ("la guerra è nei giornali e non in piazza", ["guerra", "giornali", "piazza"]),
    ("de deur van het huis is niet open", ["deur", "huis", "open"]),
    ("ceny chleba są za wysokie", ["ceny", "chleba", "wysokie"]),
    ("ekmek çok pahalı ve un yok", ["ekmek", "pahalı"]),
    ("कीमतें बहुत ज्यादा हैं", ["कीमतें", "ज्यादा"]),
    ("الخبز في السوق غالي", ["الخبز", "السوق", "غالي"]),
]


@pytest.mark.parametrize(("text", "words"), CONTENT)
def test_function_words_of_the_language_of_a_text_are_left_out(text, words):
    assert content_words(text) == words


def test_keyphrases_of_other_languages_are_no_function_words():
    bread = ["не верю на слово, хлеб подорожал", "хлеб на рынке не купить", "на полках хлеб, но не тот"]
    (found, _) = find_keyphrases([bread, WAR], [], 8)
    assert "хлеб" in found
    assert not set(found) & set(FUNCTION_WORDS["ru"].split())


def test_a_phrase_of_one_writer_is_no_keyphrase_where_others_agree_on_one():
    texts = ["bread costs nine, says uncle karsan", "uncle karsan again without bread", "bread for nine"]
    (found,) = find_keyphrases([texts], WAR, 8, [["ann", "ann", "bob"]])
    assert "bread" in found
    assert not any("karsan" in phrase for phrase in found)


# Keyphrases of the themes, names that are taken, and the labels that come of them.
LABELS = [
    ([["bread", "flour", "baker"]], [], ["bread, flour"]),
    ([["dirhams", "dirham", "salary"]], [], ["dirhams, salary"]),
    ([["russian response", "weather", "snow"]], ["Russian response"], ["weather, snow"]),
    ([["today", "years", "diesel", "fuel"]], [], ["diesel, fuel"]),
    ([["gold", "coins"], ["gold", "coins"]], [], ["gold, coins", "gold (2)"]),
    ([["gold"], ["gold"]], [], ["gold", "gold (2)"]),
    ([["professor"]], [], ["professor"]),
    ([[], []], [], ["Unnamed theme 1", "Unnamed theme 2"]),
]


@pytest.mark.parametrize(("phrases", "taken", "labels"), LABELS)
def test_labels_are_made_of_one_or_two_keyphrases(phrases, taken, labels):
    assert make_labels(phrases, taken) == labels


def test_a_phrase_of_several_words_in_many_of_the_comments_is_a_label_alone():
    assert make_labels([["war", "world war"]], texts=[WAR]) == ["world war"]


def test_labels_are_unique_also_when_the_words_are_not():
    labels = make_labels([["bread", "flour"], ["bread", "flour"], ["bread", "flour"], [], []], ["Named"])
    assert len(set(labels)) == 5


@pytest.mark.parametrize(
    ("label", "holds"),
    [("bread, flour", True), ("не, bread", False), ("bread, не", False), ("war", False), ("en", False)],
)
def test_an_earlier_label_is_kept_while_its_phrases_hold_and_say_something(label, holds):
    assert label_holds(label, ["bread", "не", "en"]) is holds


SAID = [
    "The list of the dead grew and I knew it would.",
    "My women friends knew. They grew up with the women of that list.",
    "We grew tired of your list. Who knew? It is useless.",
    "You grew old, and the women on every list are useless to him.",
    "He knew that she would list the useless things of the women.",
]


@pytest.mark.parametrize(("name", "verb"), [("list", "grew"), ("women", "knew"), ("women", "useless")])
def test_words_that_stand_like_nouns_are_told_from_verbs_and_adjectives(name, verb):
    nouns = score_nouns(SAID)
    assert nouns[name] > 0.5 > nouns[verb]
    assert rate_name(f"old {name}", nouns) > rate_name(f"old {verb}", nouns)


def test_words_of_other_languages_have_nothing_for_or_against_them():
    assert score_nouns(["цены на хлеб выросли", "der Preis für Brot ist gestiegen"]) == {}


def test_a_label_names_a_thing_rather_than_what_was_done():
    nouns = score_nouns(SAID)
    (label,) = make_labels([["grew", "knew", "list", "women"]], nouns=nouns)
    assert set(label.split(", ")) == {"list", "women"}


def test_a_phrase_may_be_joined_by_of():
    texts = ["the cost of living doubled", "nobody speaks of the cost of living", "cost of living, again"]
    assert find_keyphrases([texts], WAR, 3)[0][0] == "cost of living"
