"""Dissent: what contradicts in so many words, and what does not."""

from __future__ import annotations

import pytest

from analysis.dissent import RULES, find_dissent


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_rule_takes_its_case(rule) -> None:
    found = find_dissent(rule.case, is_reply=rule.reply)
    assert found is not None
    assert found[0] is rule


@pytest.mark.parametrize(
    "text",
    [
        "I couldn't agree more with what was said.",
        "No need for personal attacks, please.",
        "No one seems to mind what it is called.",
        "Hopefully you are proven wrong one day.",
        "They do not agree with each other at all.",
        "I tried to pick people I disagree with a lot.",
        "“I disagree” is what she said to him.",
        "",
    ],
)
def test_what_only_sounds_like_it_is_not_taken(text: str) -> None:
    assert find_dissent(text, is_reply=True) is None


@pytest.mark.parametrize("text", ["No, the dollar will stay.", "You are wrong about the bank."])
def test_no_and_you_are_wrong_need_somebody_who_is_answered(text: str) -> None:
    assert find_dissent(text, is_reply=True) is not None
    assert find_dissent(text, is_reply=False) is None


def test_a_short_contradiction_takes_its_reason_with_it() -> None:
    text = "Nonsense.  The bank was open on Tuesday, I was there. Nobody believes a word of it."
    found = find_dissent(text, is_reply=False)
    assert found is not None
    assert text[found[1] : found[2]] == "Nonsense.  The bank was open on Tuesday, I was there."
