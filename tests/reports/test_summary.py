"""The summary: readers' own sentences, and a check that nothing false passes."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

sys.path.insert(0, str(Path(__file__).parent))
from test_report_sample import crossing

from reports.summary.brief import frame_of, write_summary
from reports.summary.check import check_summary
from reports.summary.extract import Line, digest_themes


def embed(texts):
    """Words on 64 axes: enough for likeness, the same in every process."""
    vectors = np.zeros((len(texts), 64), dtype=np.float32)
    for row, text in enumerate(texts):
        for word in text.casefold().split():
            vectors[row, sum(word.encode()) % 64] += 1
        vectors[row, 0] += 0.1
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


@pytest.fixture(scope="module")
def tables():
    return crossing()


@pytest.fixture(scope="module")
def digests(tables):
    return digest_themes(tables, embed(tables.comments["text"].tolist()), embed)


def test_every_sentence_of_a_summary_checks_out(tables, digests):
    summary = write_summary(tables, digests)
    assert len(summary)
    assert check_summary(summary, tables.comments, tables.themes) == []


def test_a_brief_has_at_most_five_sentences_and_each_cites_comments(tables, digests):
    brief = write_summary(tables, digests).query("section == 'brief'")
    assert 1 <= len(brief) <= 5
    assert brief["comment_ids"].map(len).min() >= 1


def test_quotes_of_a_theme_are_of_its_comments_each_of_another(tables, digests):
    members = tables.assignments.groupby("theme_id")["comment_id"].apply(set)
    for theme_id, one in digests.items():
        ids = [line.comment_ids[0] for line in one.voices]
        assert set(ids) <= members[theme_id]
        assert len(set(ids)) == len(ids)


def test_the_order_of_the_rows_changes_nothing(tables, digests):
    order = np.random.default_rng(3).permutation(len(tables.comments))
    comments = tables.comments.iloc[order].reset_index(drop=True)
    other = replace(
        tables, comments=comments, themes=tables.themes.iloc[::-1], assignments=tables.assignments.iloc[::-1]
    )
    again = digest_themes(other, embed(comments["text"].tolist()), embed)
    pd.testing.assert_frame_equal(write_summary(other, again), write_summary(tables, digests))


@pytest.mark.parametrize(("closeness", "said"), [(0.2, True), (0.6, False)])
def test_a_brief_calls_only_that_the_readers_own_which_no_article_speaks_of(tables, digests, closeness, said):
    """The smaller theme is the readers' own; in one run an article comes near it all the same."""
    small = list(digests)[-1]
    row = {"theme_id": small, "reader_introduced": True, "closeness": closeness}
    other = replace(tables, more={"agenda_themes": pd.DataFrame([row])})
    brief = write_summary(other, digests).query("section == 'brief'")["sentence"]
    assert brief.str.contains("no article above them speaks of").any() == said


THEMES = pd.DataFrame(
    {
        "theme_id": ["T1"],
        "label": ["bread"],
        "count": [60],
        "pages": [3],
        "commenters": [None],
        "share_low": [0.52],
        "share_high": [0.68],
        "low_sample": [False],
    },
    dtype=object,
)
COMMENTS = pd.DataFrame(
    {"comment_id": [f"c{n}" for n in range(100)], "text": ["Bread is  dear.\nVery dear."] + ["Yes."] * 99}
)


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        (Line("Most of the comments (60 of 100, 60%; 95% interval 52% to 68%) are in it.", ("c0",), "counted"), None),
        (Line("“Bread is dear. Very dear.”", ("c0",), "extractive", ("Bread is  dear.\nVery dear.",)), None),
        (Line("Readers find bread dear.", ("c0",), "model"), None),
        (Line("Most say “Very dear.”", ("c0",), "model", ("Very dear.",)), None),
        (Line("It is about “\u2068bread\u2069”.", ("c0",), "model"), None),
        (Line("Readers find bread dear.", (), "model"), "cites no comment"),
        (Line("Readers find bread dear.", ("c0", "x9"), "model"), "x9"),
        (Line("“Bread is cheap.”", ("c0",), "extractive", ("Bread is cheap.",)), "none of the comments"),
        (Line("“Bread is  dear.”", ("c1",), "extractive", ("Bread is  dear.",)), "none of the comments"),
        (Line("One says “bread is a right”.", ("c0",), "model"), "no quote"),
        (Line("They find it dear.", ("c0",), "model", ("Very dear.",)), "does not stand in it"),
        (Line("Nearly all readers find bread dear.", ("c0",), "model"), "nearly all"),
        (Line("Many readers find bread dear.", ("c0",), "model"), "many"),
        (Line("Seven readers find bread dear.", ("c0",), "model"), "seven"),
        (Line("61% of readers find bread dear.", ("c0",), "model"), "61%"),
        (Line("Bread rose by 400 dirhams.", ("c0",), "model"), "400"),
        (Line("A minority of the comments are in it.", ("c0",), "counted"), "minority"),
    ],
)
def test_a_sentence_passes_only_if_all_of_it_rests_on_what_it_cites(line: Line, fault: str | None):
    found = check_summary(frame_of({"T1": (line,)}), COMMENTS, THEMES)
    assert (found == []) if fault is None else any(fault in problem for problem in found), found
