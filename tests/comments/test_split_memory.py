"""How much memory splitting takes: at most four times the page, whatever the page is."""

from __future__ import annotations

import tracemalloc

import pytest

from bench.split_memory import BOUND, make_page
from comments.model import Page, Split
from comments.split import split_page
from comments.split.html import explain_html
from comments.split.html_units import FREE_UNITS, PER_UNIT

SIZE, BASE = 200_000, 500_000
"""Bytes of a page here, and what the smallest page takes: tables that fill once and bounds that hold from there on."""
KINDS = (
    "WordPress, two sentences a comment", "article, Russian", "nothing but <p>", "paragraphs of one letter",
    "links that all differ", "ids that all differ", "classes that all differ", "headings called related",
    "comments of two words", "comments of 400 bytes", "comments in each other", "JSON-LD",
)  # fmt: skip


def peak_of(data: bytes) -> tuple[int, Split]:
    """Return the peak of memory while a page is split, its own bytes left out, and the split."""
    page = Page("", "", "html", data)
    split_page(page)
    tracemalloc.start()
    try:
        split = split_page(page)
        return tracemalloc.get_traced_memory()[1], split
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("kind", KINDS)
def test_splitting_takes_at_most_four_times_the_page(kind: str) -> None:
    data = make_page(kind, SIZE)
    peak, split = peak_of(data)
    assert peak <= BOUND * len(data) + BASE
    assert split.spans[0].start == 0
    assert split.spans[-1].end == len(data)
    assert all(a.end == b.start for a, b in zip(split.spans, split.spans[1:], strict=False))


def test_a_page_with_more_comments_than_it_can_hold_says_so_and_no_byte_is_lost() -> None:
    item = "<li class=comment id=comment-{}><p>Words</li>"
    most = FREE_UNITS + 200_000 // PER_UNIT
    page = Page("", "", "html", ("<ol>" + "".join(item.format(n) for n in range(most))).encode())
    split = split_page(page)
    assert split.reason == "more comments than a page of its length can hold"
    assert split.comments == ()
    assert [(s.start, s.end, s.role) for s in split.spans] == [(0, len(page.data), "furniture")]
    assert explain_html(page) == [(0, len(page.data), "furniture", split.reason)]


def test_as_many_comments_as_a_page_can_hold_are_all_found() -> None:
    item = "<li class=comment id=comment-{}><p>Words</li>"
    page = Page("", "", "html", ("<ol>" + "".join(item.format(n) for n in range(FREE_UNITS))).encode())
    assert split_page(page).found_count == FREE_UNITS


@pytest.mark.parametrize("kind", ["nothing but <b>x", "classes that all differ", "names of elements that all differ"])
def test_mark_up_that_is_not_heeded_is_told_and_its_text_stays(kind: str) -> None:
    split = split_page(Page("", "", "html", b"<p>" + make_page(kind, SIZE) + b"<p>The last words"))
    assert any("not heeded" in note for note in split.notes)
    assert split.article.endswith("The last words")
