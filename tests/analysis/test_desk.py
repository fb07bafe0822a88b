"""The desk: what speaks to the newsroom, by the table of rules."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.desk import KINDS, RULES, find_addresses, find_desk


def kinds(text: str, *, answers: bool | None = False) -> list[str]:
    return [rule.kind for rule, _, _ in find_addresses(text, answers=answers)]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_rule_takes_its_case(rule) -> None:
    assert rule.pattern.search(rule.case)
    assert rule.kind in kinds(rule.case)


def test_every_rule_has_a_name_of_its_own_and_every_kind_a_rule() -> None:
    assert len({rule.name for rule in RULES}) == len(RULES)
    assert {rule.kind for rule in RULES} == set(KINDS)


@pytest.mark.parametrize(
    "text",
    [
        "Why would anybody in his right mind vote for that man?",
        "You are wrong, and you know it.",
        "How did this piece of rubbish get on the air?",
        "Thank God I live in Canada!",
        "As a society we must do better than this.",
        "I was in the car when I heard it.",
        "> The article is wrong about the date of the treaty.",
        "How else can you explain how people can protest pipelines?",
        "This article is excellent.",
        "Did you even read the article?",
        "Please correct me if I am wrong.",
        "I would hide if I worked for the paper.",
        "Wente makes the same mistake in this column that most people make.",
        "",
    ],
)
def test_talk_between_readers_and_mere_opinion_are_not_taken(text: str) -> None:
    assert kinds(text) == []


def test_you_means_the_author_only_where_no_other_reader_is_answered() -> None:
    text = "You write that Kozlu is on the coast, but it is actually forty kilometres inland."
    assert kinds(text) == ["correction"]
    assert kinds(text, answers=True) == kinds(text, answers=None) == []
    rows = pd.DataFrame({"comment_id": ["a", "b", "c"], "page_id": ["p", "p", "q"], "text": [text] * 3,
                         "parent_id": [None, "a", None]}, dtype=object)  # fmt: skip
    assert find_desk(rows)["comment_id"].tolist() == ["a"]  # b answers a; on page q nobody knows who answers whom


def test_a_question_about_the_article_in_a_reply_is_put_to_the_other_reader() -> None:
    text = "Where does the article say that he had a gun?"
    assert kinds(text) == kinds(text, answers=None) == ["question"]
    assert kinds(text, answers=True) == []


def test_a_passage_is_a_slice_of_the_stored_text() -> None:
    text = "Good piece.\n\n   Why does the article\n   not mention who paid for the study?  I was at the meeting. Bye"
    rows = pd.DataFrame({"comment_id": ["a"], "page_id": ["p"], "text": [text], "parent_id": [None]}, dtype=object)
    found = find_desk(rows)
    assert found["kind"].tolist() == ["question", "account"]
    for row in found.itertuples():
        assert text[row.start : row.end] == row.passage
        assert row.passage == row.passage.strip()


@given(st.text(max_size=300))
def test_any_text_gives_slices_in_order_of_their_sureness(text: str) -> None:
    found = list(find_addresses(text, answers=False))
    assert all(0 <= start < end <= len(text) for _, start, end in found)
    assert [rule.score for rule, _, _ in found] == sorted((rule.score for rule, _, _ in found), reverse=True)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Hast du den Artikel überhaupt gelesen?"),
        ("de", "Bitte korrigieren Sie mich, wenn ich irre."),
        ("de", "Ich lebe in einer Welt, in der das normal ist."),
        ("de", "Warum lesen Sie den Artikel nicht?"),
        ("fr", "Vous avez lu l’article ?"),
        ("fr", "Cet article est excellent."),
        ("fr", "Pourquoi personne ne lit-il plus rien ?"),
        ("es", "¿Has leído el artículo?"),
        ("es", "No soy médico, pero eso no es normal."),
        ("es", "Este artículo es muy bueno."),
        ("ru", "Вы статью вообще читали?"),
        ("ru", "Я не врач, но это ненормально."),
        ("ru", "Хорошая статья, спасибо."),
    ],
)
def test_talk_between_readers_is_not_taken_in_other_languages(language: str, text: str) -> None:
    assert list(find_addresses(text, answers=False, language=language)) == []


def test_a_comment_is_read_by_the_rules_of_its_own_language_and_an_unknown_one_by_all() -> None:
    german = "Der Artikel verschweigt, dass der Bürgermeister im Aufsichtsrat saß."
    rows = pd.DataFrame({"comment_id": ["a", "b", "c"], "page_id": ["p"] * 3, "text": [german] * 3,
                         "parent_id": [None] * 3, "language": ["de", "fr", None]}, dtype=object)  # fmt: skip
    assert find_desk(rows)["comment_id"].tolist() == ["a", "c"]
