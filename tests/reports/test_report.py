"""The report as data: counts, words, order and honesty."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from test_report_sample import HOSTILE, comment, crossing, hostile, page, tables, theme

from reports import quantities as q
from reports.page import charts
from reports.page.build import OPEN_LIMIT, QUOTE_LENGTH, build_report
from reports.page.html import render_html
from reports.page.markdown import render_markdown
from reports.tables import RunTables


def figures(run: RunTables) -> dict[str, tuple[str, str]]:
    return {f.label: (f.value, f.note) for f in build_report(run).headline}


def test_headline_counts_what_is_there_and_says_what_is_not() -> None:
    head = figures(crossing())
    assert head["Pages"] == ("3", "1 without comments")
    assert head["Comments found"][0] == "5"
    assert head["Declared"] == ("6", "by 1 page; 4 found there, 2 missing")
    assert head["Commenters"] == ("2", "distinct names, 3 comments without one")
    assert head["Dates"] == (
        "9\u00a0Mar\u00a02026 to 12\u00a0Mar\u00a02026",
        "at 3 comments; 2 without a known date",
    )
    assert head["Left out"][0] == "1"


def test_where_no_comment_is_dated_no_number_of_dated_ones_is_given() -> None:
    run = tables([comment(0, "a b"), comment(1, "c d")], [page(found_count=2)])
    assert figures(run)["Dates"] == ("unknown", "no comment has a known date")


def test_commenters_are_unknown_where_no_comment_has_a_name() -> None:
    run = tables([comment(0, "a b"), comment(1, "c d")], [page(found_count=2)])
    assert figures(run)["Commenters"] == ("unknown", "no comment carries a name")
    assert "commenters are unknown" in build_report(run).brief[1].text


@pytest.mark.parametrize(
    ("count", "total", "low", "high", "sparse", "words"),
    [
        (60, 100, 0.501, 0.69, False, "most of the comments"),
        (60, 100, 0.50, 0.69, False, "60 of the 100 comments"),
        (95, 100, 0.91, 1.0, False, "nearly all of the comments"),
        (33, 100, 0.28, 0.39, False, "about a third of the comments"),
        (5, 100, 0.02, 0.09, False, "a small minority of the comments"),
        (35, 100, 0.26, 0.45, False, "a minority of the comments"),
        (9, 9, 0.7, 1.0, True, "9 of the 9 comments"),
        (2, 100, 0.001, 0.05, False, "2 of the 100 comments"),
        (0, 100, 0.0, 0.03, False, "no comment"),
        (50, 100, None, None, False, "50 of the 100 comments"),
        (1, 1, 0.2, 1.0, True, "the one comment"),
    ],
)
def test_quantity_words_follow_the_table(
    count: int, total: int, low: float | None, high: float | None, sparse: bool, words: str
) -> None:
    assert q.quantity(count, total, low, high, sparse=sparse) == words


def test_most_is_never_said_below_half() -> None:
    for low in range(101):
        words = q.quantity(50, 100, low / 100, 1.0)
        assert ("most" in words or "nearly" in words) == (low > 50)


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (0, "0%"),
        (0.0004, "under 0.1%"),
        (0.07, "7.0%"),
        (0.0994, "9.9%"),
        (0.1, "10%"),
        (0.335, "34%"),
        (1, "100%"),
    ],
)
def test_percentages_have_one_decimal_below_ten(share: float, text: str) -> None:
    assert q.percent(share) == text


def test_brief_rests_on_comments_that_are_in_the_threads() -> None:
    report = build_report(crossing())
    there = {e.quote.anchor for p in report.pages for e in p.entries}
    cited = [anchor for sentence in report.brief for anchor in sentence.evidence]
    assert cited
    assert set(cited) <= there


def test_brief_names_empty_themes_and_the_residual() -> None:
    text = " ".join(s.text for s in build_report(crossing()).brief)
    assert "No comment was matched with the named theme “\u2068Water\u2069”." in text
    assert "2 comments (40%) are in no theme: 1 near a theme but below its floor and 1 too short." in text


def test_a_label_cannot_turn_the_sentence_around() -> None:
    assert q.name("a\u2069\u202eb") == "“\u2068ab\u2069”"


def test_row_order_changes_nothing() -> None:
    run = crossing()
    names = ("comments", "pages", "themes", "assignments", "rejects")
    turned = replace(run, **{n: getattr(run, n).iloc[::-1].reset_index(drop=True) for n in names})
    assert render_html(build_report(turned)) == render_html(build_report(run))
    assert render_markdown(build_report(turned)) == render_markdown(build_report(run))


@pytest.mark.parametrize("count", [0, 1, 2])
@pytest.mark.parametrize("themes", [True, False])
def test_hardly_any_comments_give_a_sensible_page(count: int, themes: bool) -> None:
    rows = [comment(n, f"text number {n}", residual_reason="too few to cluster") for n in range(count)]
    named = [theme("n1", "Russian response", 0, count, kind="named", share_low=None, share_high=None)]
    state = {
        "state": "too few to cluster" if count else "no comments",
        "note": "Sixty are needed.",
        "minimum": 60,
    }
    run = tables(rows, [page(found_count=count)], named if themes else [], discovery=state)
    html, markdown = render_html(build_report(run)), render_markdown(build_report(run))
    for text in (html, markdown):
        assert f"No themes were discovered: {state['state']}." in text
        assert "Sixty are needed." in text
        assert "not public opinion" in text
        assert ("Russian response" in text) == themes


def test_empty_frames_without_columns_give_a_page() -> None:
    import pandas as pd

    empty = [pd.DataFrame() for _ in range(5)]
    assert "No page was read." in render_html(build_report(RunTables(*empty, {})))


def test_quotes_are_verbatim_and_cut_only_where_marked() -> None:
    long = "word " * 400 + "end"
    themes = [theme("d1", "Long", 2, 2, representatives=["c0", "c1"])]
    run = tables([comment(0, long), comment(1, "  indented\n   text", clean_text="indented\ntext")], themes=themes)
    first, second = build_report(run).themes[0].quotes
    assert first.cut
    assert len(first.text) <= QUOTE_LENGTH
    assert long.startswith(first.text)
    assert not second.cut
    assert second.text == "indented\ntext"


def test_a_cleaned_text_with_other_words_is_not_shown_as_a_quote() -> None:
    run = tables([comment(0, "> they said so\nNo.", clean_text="No.")], themes=[
        theme("d1", "Said", 1, 1, representatives=["c0"])
    ])  # fmt: skip
    assert build_report(run).themes[0].quotes[0].text == "> they said so\nNo."


def test_replies_stand_under_their_parent_whatever_their_position() -> None:
    rows = [comment(0, "top"), comment(1, "other"), comment(2, "reply", parent_id="c0"),
            comment(3, "deep", parent_id="c2"), comment(4, "lost", parent_id="gone")]  # fmt: skip
    entries = build_report(tables(rows)).pages[0].entries
    assert [(e.quote.comment_id, e.depth) for e in entries] == [
        ("c0", 1),
        ("c2", 2),
        ("c3", 3),
        ("c1", 1),
        ("c4", 1),
    ]
    assert entries[-1].reply_to == "a comment that is not in the data"
    assert entries[-1].reply_anchor is None


def test_a_circle_of_parents_loses_no_comment() -> None:
    rows = [comment(0, "a", parent_id="c1"), comment(1, "b", parent_id="c0"), comment(2, "c", parent_id="c2")]
    assert {e.quote.comment_id for e in build_report(tables(rows)).pages[0].entries} == {"c0", "c1", "c2"}


def test_a_very_deep_thread_is_shown() -> None:
    rows = [comment(n, f"n{n}", parent_id=f"c{n - 1}" if n else None) for n in range(OPEN_LIMIT)]
    assert build_report(tables(rows)).pages[0].entries[-1].depth == OPEN_LIMIT


def test_above_the_limit_only_quotes_and_their_surroundings_are_kept_and_the_gaps_counted() -> None:
    total = OPEN_LIMIT + 50
    rows = [comment(n, f"n{n}", parent_id="c100" if n in (101, 102) else None) for n in range(total)]
    rows[100]["parent_id"] = "c50"
    run = tables(rows, themes=[theme("d1", "One", 1, total, representatives=["c100"])],
                 members=[(f"c{n}", "d1") for n in range(total)])  # fmt: skip
    report = build_report(run)
    shown = report.pages[0]
    assert [e.quote.comment_id for e in shown.entries] == ["c50", "c100", "c101", "c102"]
    assert sum(e.gap for e in shown.entries) + shown.gap_after + len(shown.entries) == total
    assert f"{total:,} comments" in report.threads_note
    assert report.threads_note in render_html(report)


def test_a_comment_whose_page_is_missing_is_still_shown() -> None:
    report = build_report(tables([comment(0, "orphan", page="gone")], []))
    assert report.pages[0].entries[0].quote.text == "orphan"


def test_comments_in_no_theme_are_counted_even_without_a_reason() -> None:
    report = build_report(tables([comment(0, "a"), comment(1, "b", residual_reason="too short")]))
    assert {(r.reason, r.count) for r in report.residual} == {("no reason recorded", 1), ("too short", 1)}


def test_shares_and_counts_of_the_list_are_those_of_the_table() -> None:
    report = build_report(crossing())
    assert [(t.label, t.count) for t in report.themes] == [
        ("Prices", 2),
        ("Russian response", 1),
        ("Water", 0),
    ]
    assert all(a.count >= b.count for a, b in pairwise(report.themes))


@pytest.mark.parametrize(
    ("first", "last", "unit", "bins"),
    [("2026-03-09", "2026-03-12", "day", 4), ("2025-03-31", "2026-03-01", "month", 13),
     ("2001-01-01", "2026-01-01", "year", 26), ("2026-03-09", "2026-03-09", None, 0)],
)  # fmt: skip
def test_timeline_has_a_bar_for_every_unit_of_time(first: str, last: str, unit: str | None, bins: int) -> None:
    run = tables([comment(0, "a", created_at=first), comment(1, "b", created_at=last), comment(2, "c", created_at="?")])
    timeline = build_report(run).timeline
    assert (timeline.unit if timeline else None) == unit
    assert len(timeline.bins if timeline else ()) == bins
    assert timeline is None or sum(count for _, count in timeline.bins) == 2


@pytest.mark.parametrize("bad", HOSTILE)
def test_hostile_strings_in_every_field_still_build(bad: str) -> None:
    assert build_report(hostile(bad)).comments == 2


def test_hash_seed_time_zone_and_locale_change_no_byte() -> None:
    here = Path(__file__).parent
    code = (
        "import sys, hashlib; sys.path[:0] = sys.argv[1:]\n"
        "from test_report_sample import crossing, hostile\n"
        "from reports.page.build import build_report\n"
        "from reports.page.html import render_html\n"
        "from reports.page.markdown import render_markdown\n"
        "for run in (crossing(), hostile('<b>')):\n"
        "    r = build_report(run)\n"
        "    print(hashlib.sha256((render_html(r) + render_markdown(r)).encode()).hexdigest())\n"
    )
    outputs = set()
    for seed, zone, locale in (("0", "UTC", "C"), ("7", "Asia/Tokyo", "C.UTF-8")):
        env = os.environ | {"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale}
        command = [sys.executable, "-c", code, str(here), str(here.parents[1])]
        outputs.add(subprocess.run(command, env=env, check=True, capture_output=True, text=True).stdout)
    assert len(outputs) == 1


@pytest.mark.parametrize(
    ("values", "top"), [([], 0.01), ([0.0], 0.01), ([0.055], 0.06), ([0.34, 0.12], 0.4), ([1.0], 1.0)]
)
def test_the_axis_ends_at_a_round_share_that_holds_every_interval(values: list[float], top: float) -> None:
    assert charts.axis_top(values) == top
    assert charts.axis_ticks(top)[-1] == pytest.approx(top)
