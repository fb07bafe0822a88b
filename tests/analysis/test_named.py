"""Named themes: found sentence by sentence and through the thread, kept apart from look-alikes."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.embed import embed_texts
from analysis.named import match_named
from analysis.settings import NamedSettings, NamedTheme, load_themes
from analysis.themes import named_id

SETTINGS = NamedSettings()


@pytest.fixture(scope="module")
def themes(root):
    return load_themes(root / "data/themes.toml")


@pytest.fixture(scope="module")
def match(embedder, themes):
    def run(texts, parents=None, some=None, settings=SETTINGS):
        parents = parents or [-1] * len(texts)
        return match_named(texts, parents, some or themes, lambda t: embed_texts(t, embedder), settings)

    return run


def test_plain_comments_are_in_their_theme_and_in_no_other(match):
    texts = [
        "The Kremlin just sits there and lets them bomb its friend.",
        "I fear this ends in a nuclear war between the big powers.",
        "Change your money into dollars now, the peg will not hold until Friday.",
    ]
    assert ((match(texts) >= SETTINGS.floor) == np.eye(3, dtype=bool)).all()


def test_one_sentence_of_many_is_enough(match):
    chat = "We had soup for lunch and then the children went to swim. My sister came by with her new dog. "
    text = chat + "Sell your savings for gold before the central bank devalues again. " + chat
    assert match([text])[0, 2] >= SETTINGS.floor


def test_a_short_reply_is_understood_with_what_it_answers(match):
    texts = [
        "How long will Putin swallow this before Moscow hits back?",
        "Maybe he waits for something else, who knows.",
    ]
    assert match(texts, [-1, 0])[1, 0] > match(texts[1:])[0, 0]


def test_strangers_to_every_theme_are_in_none(match):
    texts = ["Add the garlic last and let it rest for ten minutes.", "Lovely photographs, thank you for sharing them."]
    assert (match(texts) < SETTINGS.floor).all()


def test_a_rule_word_decides_what_is_in_doubt(match):
    text = ["The officials will meet again on Thursday, and the canteen has new chairs."]
    plain = NamedTheme(name="School lunches", description="What children eat at school and what it costs.")
    doubtful = match(text, some=[plain])[0, 0]
    settings = NamedSettings(near=max(0.0, doubtful - 0.01), floor=doubtful + 0.01, closeness=-1)

    def strength(words):
        theme = plain.model_copy(update={"words": words})
        return match(text, some=[theme], settings=settings)[0, 0]

    assert strength(()) < settings.floor
    assert strength(("canteen*",)) >= settings.floor
    assert strength(("tank*",)) < settings.floor


def test_equal_texts_have_equal_strengths_whatever_they_answer(match):
    texts = ["The rouble is worthless now, buy gold.", "Same here.", "Nice weather today.", "Same here."]
    found = match(texts, [-1, 0, -1, 2])
    assert (found[1] == found[3]).all()


def test_order_changes_nothing(match):
    texts = ["Putin will do nothing.", "Gold is the only safe money.", "And then the war spreads to us all."]
    assert (match(texts)[::-1] == match(texts[::-1])).all()


def test_a_theme_without_examples_or_counter_examples_works_alone(match):
    theme = NamedTheme(name="School lunches", description="What children eat at school and what it costs.")
    found = match(
        ["The canteen serves my kids cold noodles every day at school.", "The tank column was hit."], some=[theme]
    )
    assert found[0, 0] > found[1, 0]


def test_no_comments_or_no_themes_give_an_empty_table(match):
    assert match([]).shape == (0, 3)
    assert match_named(["a"], [-1], [], lambda t: np.zeros((len(t), 3), np.float32), SETTINGS).shape == (1, 0)


def test_the_id_of_a_named_theme_is_its_name_in_plain_letters():
    assert named_id("Escalation fears") == "N-escalation-fears"
    assert named_id("Réponse: l'Été") == "N-reponse-l-ete"
    assert named_id("Ответ").startswith("N-")
    assert named_id("Ответ") != named_id("Страх")
