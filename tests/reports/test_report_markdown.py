"""Markdown: the words of the page, and nothing in a comment that Markdown would act upon."""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

sys.path.insert(0, str(Path(__file__).parent))
from test_report_sample import HOSTILE, crossing, hostile

from reports.page.build import build_report
from reports.page.markdown import escape, render_markdown
from reports.tables import RunTables

markdown_it = pytest.importorskip("markdown_it")


def rendered(text: str) -> str:
    return markdown_it.MarkdownIt("commonmark", {"html": True}).enable("table").render(text)


def plain(html: str) -> str:
    import html as entities

    return " ".join(entities.unescape(re.sub("<[^>]*>", " ", html)).split())


def test_it_says_what_the_report_says() -> None:
    report = build_report(crossing())
    words = plain(rendered(render_markdown(report)))
    for sentence in (*(s.text for s in report.brief), *report.methods, report.cite, report.caveat):
        assert " ".join(sentence.split()) in words
    for theme in report.themes:
        assert theme.rule in words
        assert all(" ".join(quote.text.split()) in words for quote in theme.quotes)


@pytest.mark.parametrize("bad", HOSTILE)
def test_hostile_strings_stay_text(bad: str) -> None:
    html = rendered(render_markdown(build_report(hostile(bad))))
    html.encode("utf-8")
    tags = set(re.findall(r"</?([a-zA-Z][a-zA-Z0-9]*)", html))
    assert tags <= {
        *[
            "h1",
            "h2",
            "h3",
            "p",
            "ul",
            "li",
            "strong",
            "table",
            "thead",
            "tbody",
            "tr",
            "th",
            "td",
            "blockquote",
            "br",
            "a",
        ]
    }
    assert all(re.match(r"https?://", href) for href in re.findall(r'href="([^"]*)"', html))
    assert html.count("<h1>") == 1
    assert html.count("<table>") == 5


def _frame(rows: list[dict[str, object]]) -> pd.DataFrame:
    """Cells as they are: pandas' own type for text holds no half of a surrogate pair."""
    return pd.DataFrame(rows, dtype=object)


def with_further_tables(bad: str) -> RunTables:
    """The lifelike run with a hostile string in every text of its further tables."""
    base = crossing()
    text = f"{bad} Patience"
    more = {
        "summary": _frame(
            [{"section": s, "position": n, "sentence": text, "comment_ids": ["c0"], "kind": kind, "quotes": []}
             for s in ("brief", "d1") for n, kind in enumerate(("counted", "extractive", "dissent", "model", "label"))]
        ),
        "agenda_themes": _frame(
            [{"theme_id": "d1", "reader_introduced": True, "closeness": 0.2, "page_id": "p1", "passage": text,
              "start": 0, "end": 5}]
        ),
        "agenda_articles": _frame(
            [{"page_id": "p1", "passage": text, "start": 0, "end": 5, "closeness": 0.1, "comment_id": "c0"}]
        ),
        "desk": _frame(
            [{"comment_id": "c0", "kind": bad or "tip", "passage": text, "start": 0, "end": 4, "score": 0.5}]
        ),
        "campaigns": _frame(
            [{"campaign_id": "K1", "comment_ids": ["c0", "c1"], "comments": 2, "pages": 1, "authors": None,
              "first_at": None, "last_at": None, "similarity": 0.9, "text": text}]
        ),
        "notes": _frame([{"theme_id": "d1", "comment_id": None, "note": text}]),
        "conflicts": _frame(
            [{"edit": 1, "action": "pin", "theme_id": text, "comment_id": "c0", "reason": text}]
        ),
        "voices": _frame([{"author": text, "comments": 2, "share": 1.0}]),
        "events": _frame(
            [{"event": "born", "theme_id": "d1", "label": text, "parents": [], "children": [], "count_before": None,
              "count_after": 2, "share_before": None, "share_after": 0.4, "change_low": None, "change_high": None,
              "evidence": text}]
        ),
    }  # fmt: skip
    return replace(base, more=more)


@pytest.mark.parametrize("bad", HOSTILE)
def test_hostile_strings_in_further_tables_stay_text(bad: str) -> None:
    html = rendered(render_markdown(build_report(with_further_tables(bad))))
    html.encode("utf-8")
    tags = set(re.findall(r"</?([a-zA-Z][a-zA-Z0-9]*)", html))
    assert not tags & {"script", "img", "svg", "style", "iframe", "object", "form", "input", "meta", "base"}
    assert all(re.match(r"https?://", href) for href in re.findall(r'href="([^"]*)"', html))
    assert html.count("<h1>") == 1
    assert html.count("<table>") == 7


def test_every_further_table_is_said_with_the_ids_that_a_sentence_rests_on() -> None:
    words = plain(rendered(render_markdown(build_report(with_further_tables("")))))
    headings = ("What changed since the last run", "What the articles said", "For the desk", "Integrity")
    for heading in (*headings, "Edits that did not apply", "Note: Patience"):
        assert heading in words
    assert "Written by a language model, checked: Patience (c0)" in words
    assert "Against it: Patience (c0)" in words


@pytest.mark.parametrize(
    ("text", "escaped"),
    [("# a", "\\# a"), ("1. a", "1\\. a"), ("- a", "\\- a"), ("a - b. 2.5", "a - b. 2.5"), ("a\n\nb", "a b"),
     ("a|b <i> `c`", "a\\|b \\<i\\> \\`c\\`")],
)  # fmt: skip
def test_only_what_has_a_meaning_is_escaped(text: str, escaped: str) -> None:
    assert escape(text) == escaped
