"""The sample corpus keeps its promises: what stands in its gold stands in its pages."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import pytest

from comments.split.decode import html_text

SAMPLE = Path(__file__).resolve().parents[1] / "data" / "sample"
NO_COMMENTS = {
    "16-long-memo-nine-numbers.txt",
    "17-harbour-courier-hotline-explainer.html",
    "18-eastern-desk-crossing-closes-again.txt",
}
# The readers' own matter; a word of it above the line would give the theme away.
WATER = re.compile(r"\b(water|waters|pumps?|pumping|reservoirs?|thirst\w*|taps?|wells)\b", re.IGNORECASE)
FORMS: tuple[tuple[str, str], ...] = (
    ("blogger, 2006", "comments-block"),
    ("blogger, 2012", 'class="comment-block"'),
    ("wordpress, blocks", "wp-block-comment-template"),
    ("wordpress", "wp-content/themes"),
    ("microdata", "schema.org/Comment"),
    ("numbered list", "\n  1. "),
    ("dump", "\nReply\nReport\n"),
)

Key = tuple[str, str | None]
Gold = dict[str, Any]


@dataclass(frozen=True)
class SamplePage:
    kind: Literal["html", "text"]
    data: bytes
    form: str


def _sample_page(kind: Literal["html", "text"], text: str) -> SamplePage:
    form = next((name for name, mark in FORMS if mark in text), "none")
    return SamplePage(kind, text.encode(), form)


@pytest.fixture(scope="module")
def pages() -> dict[Key, SamplePage]:
    found: dict[Key, SamplePage] = {}
    for path in sorted(SAMPLE.glob("[0-9]*")):
        kind: Literal["html", "text"] = "html" if path.suffix == ".html" else "text"
        found[path.name, None] = _sample_page(kind, path.read_bytes().decode("utf-8"))
    for line in (SAMPLE / "crawl.jsonl").read_text("utf-8").splitlines():
        item = json.loads(line)
        kind = "html" if "html" in item else "text"
        found["crawl.jsonl", item["id"]] = _sample_page(kind, item[kind])
    return found


@pytest.fixture(scope="module")
def gold() -> list[Gold]:
    return [json.loads(line) for line in (SAMPLE / "gold.jsonl").read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def threads(gold: list[Gold]) -> dict[Key, list[Gold]]:
    by_page: dict[Key, list[Gold]] = {}
    for row in gold:
        by_page.setdefault((row["page"], row["page_id"]), []).append(row)
    return by_page


def test_it_holds_at_least_fourteen_pages_and_three_hundred_comments(
    pages: dict[Key, SamplePage], gold: list[Gold]
) -> None:
    assert len(pages) >= 14
    assert len(gold) >= 300


def test_its_pages_come_in_at_least_five_forms_with_comments(
    pages: dict[Key, SamplePage], threads: dict[Key, list[Gold]]
) -> None:
    forms = {pages[key].form for key in threads}
    assert "none" not in forms
    assert len(forms) >= 5


def test_three_pages_have_no_comments_and_every_other_page_has_some(
    pages: dict[Key, SamplePage], threads: dict[Key, list[Gold]]
) -> None:
    assert {name for name, item in pages if (name, item) not in threads} == NO_COMMENTS


def test_every_file_is_utf8_with_unix_line_ends() -> None:
    for path in SAMPLE.iterdir():
        data = path.read_bytes()
        data.decode("utf-8")
        assert b"\r" not in data, path.name
        assert data.endswith(b"\n"), path.name


def test_every_span_of_a_text_page_is_the_text_of_its_comment(pages: dict[Key, SamplePage], gold: list[Gold]) -> None:
    for row in gold:
        page = pages[row["page"], row["page_id"]]
        if page.kind == "text":
            assert page.data[row["start"] : row["end"]].decode("utf-8") == row["text"]


def test_every_span_of_an_html_page_reads_as_the_text_of_its_comment(
    pages: dict[Key, SamplePage], gold: list[Gold]
) -> None:
    for row in gold:
        page = pages[row["page"], row["page_id"]]
        if page.kind == "html":
            assert html_text(page.data[row["start"] : row["end"]], "utf-8") == row["text"]


def test_spans_of_a_page_follow_each_other_without_overlap(
    pages: dict[Key, SamplePage], threads: dict[Key, list[Gold]]
) -> None:
    for key, rows in threads.items():
        at = 0
        for number, row in enumerate(rows):
            assert row["n"] == number
            assert at < row["start"] < row["end"] <= len(pages[key].data)
            at = row["end"]


def test_a_reply_is_one_level_below_its_parent_which_stands_above_it(threads: dict[Key, list[Gold]]) -> None:
    for rows in threads.values():
        for row in rows:
            if row["depth"] == 1:
                assert row["parent"] is None
            else:
                assert 0 <= row["parent"] < row["n"]
                assert rows[row["parent"]]["depth"] == row["depth"] - 1


def test_only_numbered_lists_lose_authors_and_dates(
    pages: dict[Key, SamplePage], threads: dict[Key, list[Gold]]
) -> None:
    for key, rows in threads.items():
        lost = pages[key].form == "numbered list"
        for row in rows:
            assert (row["author"] is None) == lost
            assert (row["posted_at"] is None) == lost


def test_authors_and_dates_stand_in_the_page_as_given(
    pages: dict[Key, SamplePage], threads: dict[Key, list[Gold]]
) -> None:
    for key, rows in threads.items():
        whole = pages[key].data
        text = html_text(whole, "utf-8") if pages[key].kind == "html" else whole.decode("utf-8")
        for row in rows:
            if row["author"] is not None:
                assert row["author"] in text
                assert row["posted_at"] in text


def test_it_has_at_least_ten_labels_and_each_is_raised_by_several_readers(gold: list[Gold]) -> None:
    counts = Counter(theme for row in gold for theme in row["themes"])
    assert len(counts) >= 10
    assert min(counts.values()) >= 5


def test_some_comments_raise_nothing_and_none_raises_more_than_three_matters(gold: list[Gold]) -> None:
    assert any(not row["themes"] for row in gold)
    for row in gold:
        assert len(set(row["themes"])) == len(row["themes"]) <= 3


def test_off_topic_stands_alone(gold: list[Gold]) -> None:
    for row in gold:
        if "off-topic" in row["themes"]:
            assert row["themes"] == ["off-topic"]


def test_water_is_a_matter_of_readers_on_several_pages(gold: list[Gold]) -> None:
    assert len({(row["page"], row["page_id"]) for row in gold if "water" in row["themes"]}) >= 4


def test_no_article_speaks_of_water(pages: dict[Key, SamplePage], threads: dict[Key, list[Gold]]) -> None:
    for key, page in pages.items():
        rest, at = b"", 0
        for row in threads.get(key, []):
            rest += page.data[at : row["start"]] + b"\n"
            at = row["end"]
        rest += page.data[at:]
        text = html_text(rest, "utf-8") if page.kind == "html" else rest.decode("utf-8")
        assert WATER.search(text) is None, key


def test_most_comments_on_the_russian_response_do_not_use_the_word(gold: list[Gold]) -> None:
    texts = [row["text"].lower() for row in gold if "russian-response" in row["themes"]]
    assert 2 * sum("response" not in text for text in texts) >= len(texts)


def test_comments_run_from_four_words_to_about_three_hundred(gold: list[Gold]) -> None:
    words = sorted(len(row["text"].split()) for row in gold)
    assert words[0] <= 4
    assert 200 <= words[-1] <= 320
    assert 25 <= words[len(words) // 2] <= 60


def test_no_two_comments_are_equal(gold: list[Gold]) -> None:
    texts = Counter(" ".join(re.findall(r"\w+", row["text"].lower())) for row in gold)
    assert [text for text, times in texts.items() if times > 1] == []
