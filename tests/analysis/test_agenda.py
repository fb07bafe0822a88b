"""Agenda: themes that no article holds, passages that nobody took up; unknown where articles are."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.agenda import ARTICLE_COLUMNS, THEME_COLUMNS, compare_agenda

MATTERS = ("bank", "water", "bread")
BANK = "The bank was closed again on Tuesday and nobody at the bank could say for how long."
BREAD = "Bread has become dearer by a third in a week, say the bakers of the old town."


def embed(texts):
    """One axis a matter, by the share of its word: closeness that a reader of the test can see."""
    rows = [[text.casefold().count(matter) for matter in MATTERS] + [0.1] for text in texts]
    vectors = np.asarray(rows, dtype=np.float32).reshape(len(rows), len(MATTERS) + 1)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def compare(texts, article, *, keyphrases=("water",), languages=None, members=None):
    """The agenda of one page with one theme that holds all comments or ``members`` of them."""
    comments = pd.DataFrame({"comment_id": [f"c{n}" for n in range(len(texts))], "page_id": "p"})
    if languages:
        comments["language"] = languages
    pages = pd.DataFrame({"page_id": ["p"], "article": [article]}, dtype=object)
    themes = pd.DataFrame({"theme_id": ["T1"], "keyphrases": [list(keyphrases)]})
    ids = comments["comment_id"] if members is None else comments["comment_id"].iloc[:members]
    return compare_agenda(
        comments, pages, themes, pd.DataFrame({"comment_id": ids, "theme_id": "T1"}), embed(texts), embed
    )


WATER = ["When will the water run again?", "No water for a week.", "The water!", "Water, please.", "My water is off."]


@pytest.mark.parametrize(
    ("article", "keyphrases", "verdict"),
    [
        (f"{BANK}\n\n{BREAD}", ["water"], True),
        (f"{BANK}\n\nThe water has not run in the eastern quarter since the strike, people say.", ["water"], False),
        (f"{BANK} It has a pump.", ["pump"], False),
        ("", ["water"], None),
        (None, ["water"], None),
    ],
    ids=["absent", "spoken of", "its words stand there", "no article", "unknown article"],
)
def test_a_theme_is_the_readers_own_where_the_articles_lack_its_matter_and_its_words(article, keyphrases, verdict):
    row = compare(WATER, article, keyphrases=keyphrases).themes.iloc[0]
    assert (None if pd.isna(row["reader_introduced"]) else bool(row["reader_introduced"])) is verdict
    if article:
        assert article[row["start"] : row["end"]] == row["passage"]


@pytest.mark.parametrize(("members", "languages"), [(4, None), (5, ["ru", "ru", "ru", "en", "en"])])
def test_nothing_is_said_of_few_comments_or_of_another_language(members, languages):
    assert compare(WATER, BANK, members=members, languages=languages).themes["reader_introduced"].isna().all()


def test_a_passage_that_no_comment_comes_near_was_not_taken_up():
    texts = [*["The bank again."] * 4, "Which bank?"]
    article = f"{BANK}\n\n{BREAD}"
    found = compare(texts, article, keyphrases=["bank"]).articles
    assert found["taken_up"].tolist() == [True, False]
    assert [article[row.start : row.end] for row in found.itertuples()] == found["passage"].tolist() == [BANK, BREAD]


def test_without_themes_nothing_is_embedded_and_the_columns_are_there():
    def refuse(texts):
        assert not texts
        return np.zeros((0, 4), dtype=np.float32)

    comments = pd.DataFrame({"comment_id": ["a"], "page_id": ["p"]})
    pages = pd.DataFrame({"page_id": ["p"], "article": [BANK]})
    none = pd.DataFrame({"comment_id": [], "theme_id": []})
    themes = pd.DataFrame({"theme_id": [], "keyphrases": []})
    agenda = compare_agenda(comments, pages, themes, none, embed(["bank"]), refuse)
    assert (tuple(agenda.themes.columns), tuple(agenda.articles.columns)) == (THEME_COLUMNS, ARTICLE_COLUMNS)
    assert agenda.themes.empty
    assert agenda.articles.empty
