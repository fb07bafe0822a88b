"""Named themes: found sentence by sentence and through the thread, kept apart from look-alikes."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.claims import open_claims
from analysis.embed import embed_texts
from analysis.named import match_named, named_id
from analysis.named_features import Views
from analysis.settings import NamedTheme, Settings, load_themes

SETTINGS = Settings()
FLOOR = SETTINGS.named.floor


@pytest.fixture(scope="module")
def themes(root):
    return load_themes(root / "data/themes.toml")


@pytest.fixture(scope="module")
def match(embedder, themes):
    claims = open_claims(embedder)

    def run(texts, parents=None, some=None, settings=SETTINGS, *, plain=False):
        views = Views(
            embed_texts(texts, embedder),
            lambda t: embed_texts(t, embedder),
            None if plain else lambda t: embed_texts(t, claims),
        )
        return match_named(texts, parents or [-1] * len(texts), some or themes, views, settings)

    return run


def described(*names):
    return [NamedTheme(name=name, description=name) for name in names]


def test_plain_comments_are_in_their_theme_and_far_less_in_any_other(match):
    texts = [
        "The Kremlin just sits there and lets them bomb its friend.",
        "I fear this ends in a nuclear war between the big powers.",
        "Change your money into dollars now, the peg will not hold until Friday.",
    ]
    strengths = match(texts)
    own = np.diag(strengths)
    assert (own >= FLOOR).all()
    assert (strengths - np.diag(own) < own[:, None] / 2).all()


def test_one_sentence_of_many_is_enough(match):
    chat = "We had soup for lunch and then the children went to swim. My sister came by with her new dog. "
    text = chat + "Sell your savings for gold before the central bank devalues again. " + chat
    assert match([text])[0, 2] >= FLOOR


def test_a_short_reply_is_understood_with_what_it_answers(match):
    texts = [
        "How long will Putin swallow this before Moscow hits back?",
        "Maybe he waits for something else, who knows.",
    ]
    assert match(texts, [-1, 0])[1, 0] > match(texts[1:])[0, 0]


def test_strangers_to_every_theme_are_in_none(match):
    texts = ["Add the garlic last and let it rest for ten minutes.", "Lovely photographs, thank you for sharing them."]
    assert (match(texts) < FLOOR).all()


def test_a_rule_word_decides_what_is_in_doubt(match):
    text = ["The officials will meet again on Thursday, and the canteen has new chairs."]
    plain = NamedTheme(name="School lunches", description="What children eat at school and what it costs.")
    doubtful = match(text, some=[plain])[0, 0]
    settings = Settings(named={"bare_near": max(0.0, doubtful - 0.01), "bare_floor": doubtful + 0.01, "closeness": -1})

    def strength(words):
        theme = plain.model_copy(update={"words": words})
        return match(text, some=[theme], settings=settings)[0, 0]

    assert strength(()) < settings.named.bare_floor
    assert strength(("canteen*",)) >= settings.named.bare_floor
    assert strength(("tank*",)) < settings.named.bare_floor


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
    views = Views(np.zeros((1, 3), np.float32), lambda t: np.zeros((len(t), 3), np.float32))
    assert match_named(["a"], [-1], [], views, SETTINGS).shape == (1, 0)


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        ("Prison has never stopped anybody from stealing.", "Prison does not deter crime", "Prison deters crime"),
        ("Fear of a cell keeps people honest.", "Prison deters crime", "Prison does not deter crime"),
        (
            "Why should I pay for a museum I never visit?",
            "Museums should not be paid by taxes",
            "Museums need public money",
        ),
    ],
)
def test_a_claim_is_nearer_to_its_own_side_than_to_the_opposite(match, text, right, wrong):
    own, opposite = match([text], some=described(right, wrong))[0]
    assert own > opposite


def test_several_themes_may_hold_one_comment(match):
    text = (
        "I take the bus to work every day, and have done so for eleven years, rain or shine, with my lunch in a bag. "
        "A single ticket costs far too much money. I read the paper on my phone and look out of the window at the "
        "river. The bus is always late in the morning. My sister walks to her office, which takes her an hour."
    )
    themes = described("Buses cost too much", "Buses do not run on time")
    assert (match([text], some=themes)[0] >= SETTINGS.named.bare_floor).all()


def test_a_model_without_claim_vectors_still_ranks(match):
    texts = ["The school canteen serves cold food.", "The tank column was hit."]
    found = match(texts, some=described("Food at school", "Losses of tanks"), plain=True)
    assert found[0, 0] > found[1, 0]
    assert found[1, 1] > found[0, 1]


def test_the_context_of_replies_can_be_left_out(match):
    texts = [
        "How long will Putin swallow this before Moscow hits back?",
        "Maybe he waits for something else, who knows.",
    ]
    alone = Settings(context={"parents": False})
    assert match(texts, [-1, 0], settings=alone)[1, 0] == match(texts[1:])[0, 0]


def test_the_id_of_a_named_theme_is_its_name_in_plain_letters():
    assert named_id("Escalation fears") == "N-escalation-fears"
    assert named_id("Réponse: l'Été") == "N-reponse-l-ete"
    assert named_id("Ответ").startswith("N-")
    assert named_id("Ответ") != named_id("Страх")
    assert named_id("日本 G7") != named_id("中国 G7")
