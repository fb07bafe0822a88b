"""Markdown: the words of the page, and nothing in a comment that Markdown would act upon."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from test_report_sample import HOSTILE, crossing, hostile

from reports.build import build_report
from reports.markdown import escape, render_markdown

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


@pytest.mark.parametrize(
    ("text", "escaped"),
    [("# a", "\\# a"), ("1. a", "1\\. a"), ("- a", "\\- a"), ("a - b. 2.5", "a - b. 2.5"), ("a\n\nb", "a b"),
     ("a|b <i> `c`", "a\\|b \\<i\\> \\`c\\`")],
)  # fmt: skip
def test_only_what_has_a_meaning_is_escaped(text: str, escaped: str) -> None:
    assert escape(text) == escaped
