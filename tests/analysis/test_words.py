"""Keyphrases and labels: from the comments' own words, unlike each other."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.function_words import content_words
from analysis.labels import APART, make_labels
from analysis.lexicon import read_lexicon
from analysis.nouns import score_standing
from analysis.phrases import Phrase
from analysis.words import choose_keyphrases, label_holds


def said(text, *, weight=1.0, by=range(10), of=10, meaning=None):
    """A phrase that so many texts of a theme hold."""
    words = frozenset(hash(word) for word in text.split() if word != "of")
    vector = None if meaning is None else np.asarray(meaning, dtype=np.float32)
    return Phrase(text, words, weight, len(by) / of, frozenset(by), vector)


def all_said(*texts):
    return [said(text, weight=1 / place) for place, text in enumerate(texts, 1)]


# A text in each of several languages, and the words of it that say what it is about.
CONTENT = [
    ("The door of the bakery is closed", ["door", "bakery", "closed"]),
    ("Another world war three men died in", ["world", "war", "men", "died"]),
    ("Die Tür der Bäckerei war nicht offen", ["tür", "bäckerei", "offen"]),
    ("war bread auf care", ["war", "bread", "care"]),  # one German word makes no German text
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


# Phrases best first, and those of them that are keyphrases.
KEYPHRASES = [
    (["bread", "bread prices", "flour"], ["bread", "bread prices", "flour"]),
    (["bread prices today", "bread prices"], ["bread prices today"]),
    (["driver", "kind driver", "rude driver", "late driver", "taxi"], ["driver", "kind driver", "taxi"]),
    (["a1", "b1", "c1", "d1", "e1", "f1"], ["a1", "b1", "c1", "d1", "e1"]),
]


@pytest.mark.parametrize(("found", "kept"), KEYPHRASES)
def test_keyphrases_say_new_things(found, kept):
    assert [phrase.text for phrase in choose_keyphrases(all_said(*found), 5)] == kept


# Keyphrases of the themes, names that are taken, and the labels that come of them.
LABELS = [
    ([["bread", "flour", "baker"]], [], ["bread, flour"]),
    ([["dirhams", "dirham", "salary"]], [], ["dirhams, salary"]),
    ([["terrorist", "terrorism", "israel"]], [], ["terrorist, israel"]),
    ([["autos", "e-autos", "strom"]], [], ["autos, strom"]),
    ([["russian response", "weather", "snow"]], ["Russian response"], ["weather, snow"]),
    ([["gold", "coins"], ["gold", "coins"]], [], ["gold, coins", "gold (2)"]),
    ([["gold"], ["gold"]], [], ["gold", "gold (2)"]),
    ([["bread", "flour"], ["bread", "rice", "eggs"]], [], ["bread, flour", "rice, eggs"]),
    ([["professor"]], [], ["professor"]),
    ([["world war", "plane"]], [], ["world war"]),
    ([["war", "world war", "plane"]], [], ["world war"]),
    ([[], []], [], ["Unnamed theme 1", "Unnamed theme 2"]),
]


@pytest.mark.parametrize(("phrases", "taken", "labels"), LABELS)
def test_labels_are_made_of_one_or_two_keyphrases(phrases, taken, labels):
    assert make_labels([all_said(*own) for own in phrases], taken) == labels


def test_a_phrase_of_several_words_that_few_of_the_texts_hold_is_no_label_alone():
    assert make_labels([[said("world war", by=range(2)), said("plane")]]) == ["world war, plane"]


def test_the_second_phrase_is_one_that_other_texts_hold():
    first, same, other = (
        said("bread", by=range(5)),
        said("loaf", by=range(5)),
        said("flour", by=range(5, 10), weight=0.9),
    )
    assert make_labels([[first, same, other]]) == ["bread, flour"]


def test_the_second_phrase_does_not_mean_the_same():
    vote, voter = said("voting", meaning=[1, 0]), said("ballot", meaning=[1, 0])
    assert make_labels([[vote, voter, said("felons", weight=0.5, meaning=[0, 1])]]) == ["voting, felons"]


def test_a_word_that_is_mostly_said_in_a_longer_phrase_is_spelt_out():
    some, few = said("free tuition", weight=0.2, by=range(3)), said("free tuition", weight=0.2, by=range(2))
    assert make_labels([[said("tuition"), said("college"), some]]) == ["free tuition, college"]
    assert make_labels([[said("tuition"), said("college"), few]]) == ["tuition, college"]


def test_a_phrase_is_left_to_the_theme_that_it_says_most_of():
    web = [said("web"), said("global warming", weight=0.5), said("links", weight=0.4)]
    climate = [said("global warming", weight=2.0), said("ice age")]
    assert make_labels([web, climate]) == ["web, links", "global warming"]


def test_a_theme_of_which_two_phrases_say_little_has_three():
    few = [said("spot", by=[0, 1], of=20), said("class", by=[2], of=20), said("mind", by=[3], of=20)]
    assert make_labels([few]) == ["spot, class, mind"]
    spelt = [said("crew", by=range(5), of=20), said("kind crew", by=[0, 1], of=20, weight=0.1), *few]
    assert make_labels([spelt]) == ["kind crew, class"]


def test_a_theme_whose_texts_share_no_phrase_says_so():
    apart = [said("abuela", by=[0], of=6), said("brotpreis", by=[1], of=6)]
    assert make_labels([apart, apart]) == [APART, f"{APART} (2)"]
    assert make_labels([[said("bread", by=[0], of=1)]]) == ["bread"]


def test_labels_are_unique_also_when_the_words_are_not():
    same = all_said("bread", "flour")
    assert len(set(make_labels([same, same, same, [], []], ["Named"]))) == 5


@pytest.mark.parametrize(
    ("label", "holds"),
    [
        ("bread, flour", True),
        ("Bread, flour", True),
        ("не, bread", False),
        ("bread, не", False),
        ("war", False),
        ("en", False),
    ],
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
    lexicon = read_lexicon(SAID)
    nouns = score_standing(lexicon).nouns
    assert nouns[lexicon.forms.index(name)] > 0.5 > nouns[lexicon.forms.index(verb)]


def test_what_many_comments_say_of_an_english_word_is_known_beforehand():
    lexicon = read_lexicon(["moment", "considering"])
    standing = score_standing(lexicon)
    moment, considering = map(lexicon.forms.index, ("moment", "considering"))
    assert standing.nouns[moment] > 0.8 > 0.3 > standing.nouns[considering]
    assert standing.everyday[moment] > 50


def test_a_few_odd_uses_do_not_outweigh_what_many_comments_say_of_a_word():
    lexicon = read_lexicon(["the considering of it", "my considering", "of considering, a moment"])
    assert score_standing(lexicon).nouns[lexicon.forms.index("considering")] < 0.5


def test_german_nouns_have_capitals():
    texts = ["Der Preis für Brot ist zu hoch", "Wir haben kein Brot und der Preis ist hoch", "Das Brot und der Preis"]
    lexicon = read_lexicon(texts)
    nouns = score_standing(lexicon).nouns
    assert nouns[lexicon.forms.index("brot")] > 0.5 > nouns[lexicon.forms.index("hoch")]


def test_words_of_other_languages_have_nothing_for_or_against_them():
    lexicon = read_lexicon(["цены на хлеб выросли"])
    assert set(score_standing(lexicon).nouns.tolist()) == {0.5}
