"""Phrases that say what sets a group of texts apart: what is one, and which come first."""

from __future__ import annotations

import numpy as np
import pytest

from analysis import phrases
from analysis.lexicon import read_lexicon
from analysis.nouns import score_standing
from analysis.phrases import weigh_phrases

BREAD = ["bread prices doubled at the bakery", "the bakery sold bread for nine", "no bread left, bakery closed"]
WAR = ["world war three begins", "nuclear world war, says my uncle", "one mistake and we have a world war"]


def phrases_of(group, others=(), rest=(), writers=None, names=()):
    """The phrases of a group beside others, best first, in small letters."""
    return [phrase.casefold() for phrase in spelt_phrases_of(group, others, rest, writers, names)]


def spelt_phrases_of(group, others=(), rest=(), writers=None, names=()):
    """The same as they are written."""
    texts = list(dict.fromkeys([*group, *(text for other in others for text in other), *rest]))
    rows = [np.array([texts.index(text) for text in some], dtype=np.int64) for some in (group, *others, rest)]
    lexicon = read_lexicon(texts)
    people = np.arange(len(texts))
    if writers:
        people[rows[0]] = [sorted(set(writers)).index(writer) for writer in writers]
    found = weigh_phrases(lexicon, score_standing(lexicon), rows[:-1], rows[-1], people, frozenset(names))
    return [phrase.text for phrase in found[0]]


def test_phrases_set_groups_apart():
    assert set(phrases_of(BREAD, [WAR], ["my cat sleeps"])[:2]) == {"bread", "bakery"}
    assert phrases_of(WAR, [BREAD])[0] == "world war"


def test_the_order_of_groups_and_of_texts_changes_nothing():
    assert phrases_of(BREAD, [WAR, ["a cat", "my cat"]]) == phrases_of(BREAD[::-1], [["my cat", "a cat"], WAR[::-1]])


def test_a_text_may_stand_in_two_groups():
    assert phrases_of(BREAD, [[*WAR, BREAD[0]]])


@pytest.mark.parametrize("texts", [["the and of", "!!!"], [], ["12 34"]])
def test_texts_without_words_have_no_phrases(texts):
    assert phrases_of(texts, [], ["something"]) == []


def test_what_most_texts_say_comes_before_what_is_only_said_here():
    others = [["the pump is old", "a quiet pump", "filters clog"], ["some ambulance came", "an engine hums", "a lake"]]
    texts = ["an ambulance and a cat", "that ambulance", "the ambulance and a goat", "no ambulance", "a cat, a goat"]
    assert phrases_of([*texts, "my ambulance"], others)[0] == "ambulance"


def test_a_phrase_of_one_writer_is_none_where_others_agree_on_one():
    texts = ["bread costs nine, says uncle karsan", "uncle karsan again without bread", "bread for nine"]
    found = phrases_of(texts, [WAR], writers=["ann", "ann", "bob"])
    assert "bread" in found
    assert not any("karsan" in phrase for phrase in found)


# Texts, a phrase of them, and what is none though its words follow each other.
WHOLE = [
    (["I grow marijuana. Alcohol kills.", "They sell marijuana: alcohol too."], "marijuana", "marijuana alcohol"),
    (["the supreme court ruled", "our supreme court sleeps"], "supreme court", "supreme"),
    (["the cost of living", "that cost of living again"], "cost of living", "cost"),
    (["vows put undue pressure on priests", "they put undue pressure on us"], "undue pressure", "undue"),
    (["if an armed attack occurs", "an armed attack occurs again"], "armed attack", "armed"),
    (["see http://a.org/war/index.htm on bread", "www.bread.org/war sells bread"], "bread", "war"),
    (["emoticon_smile bread", "bread emoticon_smile"], "bread", "emoticon_smile"),
    (["bread, 2 loaves", "bread 2 loaves"], "bread", "bread loaves"),
    (["the bread I bake", "some bread I bake"], "bread", "bread bake"),
]


@pytest.mark.parametrize(("texts", "whole", "part"), WHOLE)
def test_phrases_are_whole(texts, whole, part):
    found = phrases_of(texts, [WAR])
    assert whole in found
    assert part not in found


# Texts that say the same thing in two forms, and how it is written.
FORMS = [
    (["the driver waved", "two drivers slept", "my driver sang"], "driver"),
    (["the cities burn", "my city", "old cities"], "cities"),
    (["for women's rights", "those women's rights", "women's rights now"], "women's rights"),
    (["some of Karsan's money", "in Karsan's bank", "about Karsan's gold"], "karsan"),
    (["the news is bad", "new roofs", "no news", "new hats"], "news"),
]


@pytest.mark.parametrize(("texts", "written"), FORMS)
def test_forms_of_a_word_count_together_and_are_written_as_most_write_them(texts, written):
    found = phrases_of(texts, [WAR])
    assert written in found
    assert ("new" in found) == (written == "news")
    assert not {"drivers", "city", "women"} & set(found)


# Texts, and how a phrase of theirs is written.
SPELT = [
    (["Mother Teresa was no saint", "Some call Mother Teresa one", "mother teresa, again"], "Mother Teresa"),
    (["Bread is dear", "the bread, their bread", "Bread!"], "bread"),
    (["the CIA lies", "that CIA again"], "CIA"),
    (["in Syria now", "of Syria today", "for syria"], "Syria"),
    (["das Brot ist alt", "ein Brot mit Salz", "kein BROT"], "Brot"),
    (["STOP the MADNESS now", "the MADNESS of it", "some madness"], "madness"),
    (["the INNOCENT CHILDREN", "those INNOCENT CHILDREN", "an innocent man", "two children"], "innocent children"),
]


@pytest.mark.parametrize(("texts", "written"), SPELT)
def test_phrases_have_the_capitals_that_they_have_inside_sentences(texts, written):
    assert written in spelt_phrases_of(texts, [WAR])


def test_words_that_everybody_uses_come_after_those_that_few_do():
    texts = [
        "the country, the dredger",
        "of the dredger; of the country",
        "a dredger? a country!",
        "my country: my dredger",
    ]
    found = phrases_of(texts, [WAR, BREAD], [f"xylophone q{number}x" for number in range(200)])
    assert found[:2] == ["dredger", "country"]


def test_what_begins_like_a_verb_comes_after_what_names_something():
    texts = ["they eat bread and rye bread", "we eat bread, not rye bread", "you eat bread or rye bread"]
    found = phrases_of([*texts, "I will eat bread, the rye bread"], [WAR])
    assert found.index("rye bread") < found.index("eat bread")


def test_names_that_writers_call_each_other_come_last():
    texts = ["Wraith, the soul is no brain.", "No, Wraith, your soul", "Wraith! an arm", "an arm? Wraith"]
    assert phrases_of(texts, [BREAD])[0] == "wraith"
    assert phrases_of(texts, [BREAD], names={"wraith"})[-1] == "wraith"


def test_a_name_that_is_talked_about_stays_though_somebody_who_comments_is_called_so():
    texts = ["the bakers of Syria left", "all of Syria is in ruins", "we speak of Syria again"]
    assert phrases_of(texts, [BREAD], names={"syria"})[0] == "syria"


def test_where_words_are_written_in_syllables_one_alone_says_little():
    texts = ["ở trái đất mới", "đi quanh trái đất", "về đất liền", "trái đất đó", "đất cũ", "cái đất kia"]
    assert phrases_of(texts, [["mua xe hàn", "bán xe cũ"]])[0] == "trái đất"


def test_of_too_many_words_the_last_are_passed_over(monkeypatch):
    monkeypatch.setattr(phrases, "BITS", 3)
    texts = ["bread and apples, cherries", "apples, bread, cherries, dates, eggs, figs, grapes, honey"]
    assert set(phrases_of(texts)) <= {"bread", "apples", "cherries", "dates", "eggs", "figs"}
