"""The language of a comment: told where it can be, unknown where it would be a guess."""

from __future__ import annotations

import socket

import pandas as pd
import pytest

from analysis.language import detect_languages, language_note
from analysis.settings import LanguageSettings

SETTINGS = LanguageSettings()
SAID = {
    "en": "I do not believe a word of what the ministry says.",
    "de": "Ich glaube dem Ministerium kein einziges Wort davon.",
    "vi": "Tôi không tin một lời nào của bộ này cả.",
    "bn": "আমি মন্ত্রণালয়ের একটি কথাও বিশ্বাস করি না।",
    "ru": "Я не верю ни одному слову министерства.",
    "zh": "我一个字都不相信这个部门说的话。",
}


def languages(texts):
    return detect_languages(texts, SETTINGS)["language"].tolist()


@pytest.mark.parametrize(("code", "text"), SAID.items())
def test_a_sentence_is_known_by_its_language(code, text):
    assert languages([text]) == [code]


@pytest.mark.parametrize(
    "text", ["", "lol", "+1 !!!", "😀😀😀😀😀😀", "https://example.org/a/long/path", "1234567890 1234567890"]
)
def test_what_has_too_few_letters_is_unknown(text):
    found = detect_languages([text], SETTINGS)
    assert found.isna().all(axis=None)


def test_a_doubtful_answer_is_unknown_but_its_confidence_is_told():
    found = detect_languages(["hahahaha zzzz brrrr hmmmm aaaa"], SETTINGS)
    assert found["language"].isna().all()
    assert found["language_confidence"].lt(SETTINGS.confidence).all()


def test_no_network_is_asked(monkeypatch):
    def refuse(*_args, **_more):
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    assert languages([SAID["de"]]) == ["de"]


def test_a_text_gets_the_same_answer_whatever_stands_beside_it():
    together = detect_languages([*SAID.values(), SAID["en"]], SETTINGS)
    alone = pd.concat([detect_languages([text], SETTINGS) for text in SAID.values()], ignore_index=True)
    pd.testing.assert_frame_equal(together.iloc[:-1], alone)
    assert together.iloc[-1].tolist() == together.iloc[0].tolist()


def test_broken_text_is_no_error():
    assert languages(["half a character \ud800 and then plain English words"]) == ["en"]


def test_no_comments_give_an_empty_table():
    assert detect_languages([], SETTINGS).shape == (0, 2)


@pytest.mark.parametrize(
    ("codes", "model", "warned"),
    [
        (["en"] * 19 + ["de"], "all-MiniLM-L6-v2", False),
        (["en"] * 17 + ["de"] * 2 + ["vi"], "all-MiniLM-L6-v2", True),
        ([None] * 20, "all-MiniLM-L6-v2", False),
        (["de"] * 20, "a-multilingual-model", False),
    ],
)
def test_the_report_warns_where_many_comments_are_not_in_the_model_s_language(codes, model, warned):
    note = language_note(pd.Series(codes, dtype="str"), model, SETTINGS)
    assert (note is not None) == warned
    if note:
        assert "3 of 20" in note
        assert "2 German, 1 Vietnamese" in note
        assert "--model NAME" in note
