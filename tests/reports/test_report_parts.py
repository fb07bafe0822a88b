"""Parts of the report from further tables: changes, trends, grid, panels, packed details; absent means unknown."""

from __future__ import annotations

import base64
import json
import sys
import zlib
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

sys.path.insert(0, str(Path(__file__).parent))
from test_report_sample import HOSTILE, comment, crossing, everything, hostile, page, tables, theme

from reports.page import drawings, wording
from reports.page.build import build_report
from reports.page.details import pack
from reports.page.grid import make_cell
from reports.page.html import render_html, render_theme
from reports.page.markdown import render_markdown
from reports.page.model import Report


@pytest.fixture(scope="module")
def report() -> Report:
    return build_report(everything())


def unpack(text: str) -> object:
    return json.loads(zlib.decompress(base64.b64decode(text), -15))


def test_without_its_table_a_part_is_unknown() -> None:
    bare = build_report(crossing())
    assert (bare.changes, bare.trends, bare.agenda, bare.integrity, bare.desk) == (None,) * 5
    assert all(t.stability is None and t.introduced is None and t.change is None for t in bare.themes)


@pytest.mark.parametrize("name", sorted(everything().more))
def test_any_one_table_may_be_missing_or_empty(name: str) -> None:
    run = everything()
    others = {k: v for k, v in run.more.items() if k != name}
    render_html(build_report(replace(run, more=others)))
    render_html(build_report(replace(run, more={**others, name: run.more[name].iloc[:0]})))


def test_row_order_of_further_tables_changes_nothing(report) -> None:
    run = everything()
    turned = {name: frame.iloc[::-1].reset_index(drop=True) for name, frame in run.more.items()}
    assert render_html(build_report(replace(run, more=turned))) == render_html(report)


def test_a_theme_carries_its_event_stability_and_origin(report) -> None:
    prices, russian = report.themes[0], report.themes[1]
    assert (prices.change.mark, prices.stable, prices.introduced.by_readers) == ("grown", True, True)
    assert (russian.change.mark, russian.stable, russian.introduced.by_readers) == ("merged", False, False)
    assert prices.notes == ("Ask the port.",)
    assert [s.label for s in russian.change.before] == ["d8", "d9"]


def test_the_summary_is_the_brief_and_the_words_of_a_card(report) -> None:
    assert [s.text for s in report.brief] == ["Two comments speak of prices."]
    assert [s.kind for s in report.themes[0].sentences] == ["extractive", "dissent"]


def test_movers_come_by_the_size_of_their_move(report) -> None:
    assert [(c.label, round(c.difference, 2)) for c in report.changes.movers] == [("Ferries", -0.3), ("Prices", 0.2)]


def test_a_gap_in_a_trend_is_unknown_and_not_zero(report) -> None:
    shares = [p.share for p in report.themes[0].trend]
    assert shares == [1.0, None, 0.0]
    assert [total for _, total, _ in report.trends.periods] == [1, 0, 2]
    assert drawings.trend(report.themes[0].trend, 1.0).count('class="lone"') == 2


def test_trends_stand_on_one_basis_and_runs_come_in_their_order() -> None:
    row = {"theme_id": "d1", "count": 1, "total": 2, "share": 0.5, "low": 0.1, "high": 0.9, "gap": False}
    runs = [{**row, "basis": "run", "period": f"run {n}"} for n in (9, 10, 8)]
    lone = [{**row, "basis": "comment date", "period": "2026-03-09"}]
    trends = build_report(replace(crossing(), more={"trend": pd.DataFrame(runs + lone)})).trends
    assert trends.basis == "run"
    assert [p.period for p in trends.lines[0][2]] == ["run 8", "run 9", "run 10"]


def test_a_panel_without_anything_to_compare_is_unknown_and_not_empty() -> None:
    run = everything()
    more = {**run.more, "agenda_themes": run.more["agenda_themes"].assign(reader_introduced=None)}
    more["agenda_articles"] = more["agenda_articles"].iloc[:0]
    page = render_html(build_report(replace(run, more=more)))
    assert "Unknown: no theme could be compared with an article." in page
    assert "Unknown: there is no passage of an article to compare." in page


def test_only_passages_that_nobody_took_up_stand_among_them_and_points_before_asides() -> None:
    run = everything()
    row = run.more["agenda_articles"].iloc[0].to_dict()
    point = " ".join(["word"] * 20)
    rows = [
        {**row, "passage": "An aside of five words.", "closeness": 0.05, "taken_up": False},
        {**row, "passage": point, "closeness": 0.2, "taken_up": False},
        {**row, "passage": f"Taken {point}", "closeness": 0.33, "taken_up": True},
    ]
    said = build_report(replace(run, more={**run.more, "agenda_articles": pd.DataFrame(rows)})).agenda.said
    assert [one.passage.text for one in said] == [point, "An aside of five words."]
    taken = pd.DataFrame(rows[2:])
    page = render_html(build_report(replace(run, more={**run.more, "agenda_articles": taken})))
    assert "Every passage was taken up." in page


def test_comments_in_a_language_without_rules_are_counted_at_the_desk() -> None:
    run = everything()
    languages = ["en", "de", "tr", "tr", "vi"]
    report = build_report(replace(run, comments=run.comments.assign(language=languages)))
    assert report.desk_unread == (("Turkish", 2), ("Vietnamese", 1))
    for text in (render_html(report), render_markdown(report)):
        assert "Not looked through, because no rules read them: 2 comments in Turkish, 1 comment in Vietnamese" in text


def test_a_theme_with_names_at_a_part_of_its_comments_says_at_how_many() -> None:
    run = everything()
    themes = run.themes.assign(commenters=None, names=[3, None, None], named_comments=[4, 0, 0])
    first, second, _ = build_report(replace(run, themes=themes)).themes
    assert first.writers == "3 names at 4 of 2 comments"
    assert second.writers == "commenters unknown"


def test_names_and_copies_are_summed_up_in_sentences(report) -> None:
    assert report.integrity.measures == (
        "The Gini coefficient of comments by name is 0.20: 0 where all wrote equally often, near 1 where one wrote "
        "nearly all.",
    )


def test_the_marked_words_of_a_desk_item_are_a_slice_of_the_comment(report) -> None:
    item = report.desk[0].items[0]
    assert item.passage == "the drivers"
    assert item.before + item.passage + item.after == item.quote.text


@pytest.mark.parametrize(
    ("count", "total", "share", "look"),
    [(0, 5, 0.1, "none"), (3, 6, 0.4, "even"), (9, 10, 0.4, "over2"), (30, 50, 0.4, "over"), (1, 60, 0.4, "under2"),
     (30, 100, 0.45, "under"), (0, 100, 0.3, "under2")],
)  # fmt: skip
def test_a_cell_is_coloured_only_where_its_interval_is_clear_of_the_share(count, total, share, look) -> None:
    assert make_cell(count, total, share).look == look


def test_the_details_hold_every_comment_and_article_in_thread_order(report) -> None:
    index = unpack(report.details.index)
    bodies = [body for chunk in report.details.chunks for body in unpack(chunk)]
    texts = [row[0] for body in bodies for row in body["rows"]]
    shown = [e.quote.text for p in report.pages for e in p.entries]
    assert texts == shown
    assert len(index["depth"]) == 5
    assert index["up"] == [0, 1, 0, 0, 0]
    assert [index["reasons"][w] for w in index["why"] if w >= 0] == ["too short", "near a theme but below its floor"]
    assert bodies[0]["article"].startswith("The road closed")


def test_long_runs_are_cut_into_chunks_at_whole_pages() -> None:
    rows = [comment(n, "word " * 2000, page=f"p{n // 10}", position=n) for n in range(100)]
    details = build_report(tables(rows, [page(f"p{n}") for n in range(10)])).details
    index = unpack(details.index)
    assert len(details.chunks) == 3
    for entry in index["pages"]:
        body = unpack(details.chunks[entry["chunk"]])[entry["place"]]
        assert len(body["rows"]) == entry["count"]


@pytest.mark.parametrize("bad", HOSTILE)
def test_packed_details_hold_hostile_text_as_letters_only(bad: str) -> None:
    details = build_report(hostile(bad)).details
    for block in (details.index, *details.chunks):
        assert base64.b64decode(block, validate=True)


def test_equal_values_are_packed_to_equal_bytes() -> None:
    assert pack({"a": [1, "é"]}) == pack({"a": [1, "é"]})


def test_a_theme_alone_is_a_page_without_script_or_dead_links(report) -> None:
    html = render_theme(report.themes[0])
    assert "<script" not in html
    assert 'href="#' not in html
    assert "They closed the road" in html


def test_reports_and_themes_show_themselves_in_a_notebook(report) -> None:
    card, whole = report.themes[0]._repr_html_(), report._repr_html_()
    assert card.startswith('<iframe sandbox="" srcdoc="')
    assert whole.startswith('<iframe sandbox="allow-scripts" srcdoc="')
    assert card.count("<") == whole.count("<") == 2


@pytest.mark.parametrize(
    ("text", "cut"),
    [("short", "short"), ("a  b\nc", "a b c"), ("word " * 60, ("word " * 38).strip() + " …"),
     ("x" * 300, "x" * 190 + " …")],
)  # fmt: skip
def test_a_lead_is_cut_after_a_whole_word_and_marked(text: str, cut: str) -> None:
    assert wording.lead(text) == cut


@pytest.mark.parametrize(("change", "text"), [(0.021, "+2.1"), (-0.004, "−0.4"), (0.0, "0"), (0.0002, "0")])
def test_changes_are_points_with_a_sign(change: float, text: str) -> None:
    assert wording.points(change) == text


def test_a_theme_without_a_period_has_no_spark() -> None:
    assert drawings.spark((), 0.5) == ""


def test_above_the_limit_every_cited_comment_is_written_out() -> None:
    rows = [comment(n, f"n{n}") for n in range(2100)]
    run = tables(rows, themes=[theme("d1", "One", 3, 2100)], members=[("c1", "d1")])
    cited = pd.DataFrame(
        [{"section": "brief", "position": 0, "sentence": "x", "comment_ids": ["c77"], "kind": "counted"}]
    )
    report = build_report(replace(run, more={"summary": cited}))
    assert "c77" in {e.quote.comment_id for p in report.pages for e in p.entries}


def test_the_row_of_a_theme_does_not_say_its_label_again(report: Report) -> None:
    shown = replace(
        report.themes[0], label="Bread, flour", description=None, sentences=(), keyphrases=("bread", "flour", "rice")
    )
    html = render_html(replace(report, themes=(shown, *report.themes[1:])))
    assert '<p class="desc keys" dir="auto">rice</p>' in html
