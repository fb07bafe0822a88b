"""What replies say of what they answer, counted by theme."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.dissent import AGREEMENT, find_wording
from analysis.replies import count_replies, read_reply

THEMES = pd.DataFrame({"theme_id": ["T1", "T2"]})


def thread(*replies: str, language: str = "en", root: str = "The bank will hold the peg.") -> pd.DataFrame:
    """A comment and replies to it, each by its own author."""
    texts = [root, *replies]
    rows = [(f"c{n}", "p", text, "c0" if n else None, f"a{n}", language) for n, text in enumerate(texts)]
    return pd.DataFrame(
        rows, columns=["comment_id", "page_id", "text", "parent_id", "author", "language"], dtype=object
    )


def assigned(comments: pd.DataFrame, theme_id: str = "T1") -> pd.DataFrame:
    return comments[["comment_id"]].assign(theme_id=theme_id)


@pytest.mark.parametrize("rule", AGREEMENT, ids=lambda rule: rule.name)
def test_every_rule_of_agreement_takes_its_case_in_a_reply(rule) -> None:
    found = find_wording(AGREEMENT, rule.case, is_reply=True)
    assert found is not None
    assert found[0] is rule
    assert find_wording(AGREEMENT, rule.case, is_reply=False) is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("No, it will not.", "contradicts"),
        ("I agree with you.", "agrees"),
        ("I agree, but the bank is broke.", None),
        ("While I agree that he is a fool, he had his reasons.", None),
        ("I only agree that they do not belong there.", None),
        ("It is generally agreed that it was late.", None),
        ("Exactly what do you mean by that?", None),
        ("I am not saying you are wrong about it.", None),
        ("Ian and I disagree on almost everything we talk of.", None),
        ("The queue was long.", None),
    ],
)
def test_a_reply_contradicts_or_agrees_only_where_it_says_so(text: str, said: str | None) -> None:
    assert read_reply(text, "It will hold.") == said


def test_a_no_to_a_question_is_an_answer() -> None:
    assert read_reply("No, I have never been there.", "Have you been there?") is None


def test_replies_count_where_they_and_what_they_answer_are_in_the_theme() -> None:
    comments = thread("No, it will not.", "I agree with you.", "The queue was long.")
    row = count_replies(comments, assigned(comments), THEMES).iloc[0]
    assert (row["replies"], row["contradict"], row["agree"]) == (3, 1, 1)
    assert row["share_low"] < row["share"] < row["share_high"]
    assert (row["contradicting"], row["agreeing"]) == (["c1"], ["c2"])
    alone = count_replies(comments, assigned(comments).iloc[1:], THEMES).iloc[0]
    assert alone["replies"] == 0
    assert pd.isna(alone["share"])


def test_a_theme_is_contested_or_it_is_unknown() -> None:
    hot = thread(*["No, it will not."] * 20)
    calm = thread(*["The queue was long."] * 60, root="A long queue.").assign(page_id="q")
    calm[["comment_id", "author"]] = "d" + calm[["comment_id", "author"]]
    calm["parent_id"] = [None, *["dc0"] * 60]
    comments = pd.concat([hot, calm], ignore_index=True)
    found = count_replies(comments, pd.concat([assigned(hot), assigned(calm, "T2")]), THEMES)
    assert found["contested"].tolist()[0] is True
    assert pd.isna(found["contested"].tolist()[1])


def test_replies_in_another_language_are_not_read() -> None:
    comments = thread("No, it will not.", language="de")
    assert count_replies(comments, assigned(comments), THEMES)["replies"].tolist() == [0, 0]


def test_the_order_of_rows_changes_nothing() -> None:
    comments = thread("No, it will not.", "I agree with you.", "The queue was long.")
    backwards = comments.iloc[::-1].reset_index(drop=True)
    first, second = (count_replies(c, assigned(c), THEMES) for c in (comments, backwards))
    pd.testing.assert_frame_equal(first, second)
