"""Splitting HTML pages: each platform, pages without comments, and what holds for any bytes."""

from __future__ import annotations

import gzip
import json
import os
import time
from pathlib import Path
from typing import Any

import pytest
from bare_pages import NAMES
from bare_pages import PAGES as BARE_PAGES
from hypothesis import given, settings
from hypothesis import strategies as st
from unknown_pages import ALONE, SAID
from unknown_pages import PAGES as UNKNOWN_PAGES

from comments.model import SPLIT_REASONS, Page, Split
from comments.split import split_page
from comments.split.decode import html_text
from comments.split.html import explain_html, split_html
from comments.split.platforms import PLATFORMS

CASES = Path(__file__).parent / "cases" / "html"
EXPECTED: dict[str, dict[str, Any]] = json.loads((CASES / "expected.json").read_text(encoding="utf-8"))
SHARED = Path(os.environ.get("BTL_SHARED", Path(__file__).resolve().parents[2].parent / "shared"))
PAGES = SHARED / "data" / "split" / "pages.jsonl.gz"
UNREPEATED = {"facebook.html", "hacker-news.html", "youtube-threaded.html"}
"""Pages whose comments only a rule tells from what else repeats."""
PIECES = [
    b"<div id='comments'>", b"<ol class=comment-list>",
    b"<li class='comment depth-1' id=comment-1>", b"<li id='comment-2'>",
    b"<ul class=children>", b"</ul>", b"</li>", b"</ol>", b"</div>",
    b"<div class='comment-content'>", b"<p>", b"</p>",
    b"<cite class=fn>Ann</cite>", b"<time datetime='2020-01-01'>Jan 1, 2020</time>",
    b"Some words of a reader. ", b"<br>",
    b"<dl id=comments-block>", b"<dt class=comment-author>", b"<dd class=comment-body>",
    b"<h3>2 Comments</h3>", b"\xff\xe9",
    b"<article class=entry-content>", b"</article>",
    b"<p>A long paragraph of an article that goes on for a while.</p>",
    b"<!--", b"-->", b"<script>", b"</script>", b"<form>", b"</form>", b"<", b"&amp;",
    b"<table><tr><td>", b"</table>",
]  # fmt: skip


def page_of(data: bytes, encoding: str = "utf-8") -> Page:
    return Page("test", "test", "html", data, encoding)


def assert_sound(split: Split) -> None:
    """Every byte is in one span, every comment is its bytes' text, and there is a reason or a comment."""
    data = split.page.data
    at = 0
    for span in split.spans:
        assert span.start == at
        assert span.end > span.start
        at = span.end
    assert at == len(data)
    for i, comment in enumerate(split.comments):
        assert comment.text == html_text(data[comment.start : comment.end], split.page.encoding)
        assert comment.parent is None or comment.parent < i
    held = {(s.start, s.end) for s in split.spans if s.role == "comment"}
    assert held == {(c.start, c.end) for c in split.comments}
    assert (split.reason is None) == bool(split.comments)
    assert split.reason is None or split.reason in SPLIT_REASONS
    assert 0 <= split.confidence <= 1


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_page_is_split_as_written_down(name: str) -> None:
    split = split_page(page_of((CASES / name).read_bytes()))
    wanted = EXPECTED[name]
    assert_sound(split)
    assert [c.text for c in split.comments] == [c["text"] for c in wanted["comments"]]
    for comment, facts in zip(split.comments, wanted["comments"], strict=True):
        for key in ("author", "posted_at", "created_at", "depth", "parent", "permalink", "likes"):
            assert getattr(comment, key) == facts.get(key), key
    assert split.declared_count == wanted["declared"]
    assert split.reason == wanted["reason"]
    assert split.method == wanted["method"]
    assert list(split.notes) == wanted["notes"]
    assert split.article.startswith(wanted["article_starts"])
    assert split.article.endswith(wanted["article_ends"])


def test_every_platform_has_a_case() -> None:
    used = {case["method"].removeprefix("html: ") for case in EXPECTED.values()}
    assert {platform.name for platform in PLATFORMS} <= used


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_platform_pages_are_split_by_what_repeats_too(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("comments.split.html.PLATFORMS", ())
    split = split_html(page_of((CASES / name).read_bytes()))
    assert_sound(split)
    wanted = {c["text"] for c in EXPECTED[name]["comments"]}
    assert {c.text for c in split.comments} <= wanted or name in UNREPEATED


def test_a_reply_lies_outside_its_parents_bytes() -> None:
    split = split_html(page_of((CASES / "wordpress-nested.html").read_bytes()))
    parent, reply = split.comments[:2]
    assert reply.parent == 0
    assert reply.parent_evidence == "nesting"
    assert parent.end <= reply.start


def test_a_name_keeps_its_full_stop_and_a_link_gives_no_name() -> None:
    data = (
        b"<ol class=commentlist><li id=comment-5><cite>J. R.</cite> says: <p>Well put.</p></li>"
        b"<li id=comment-6><p>No name.</p></li></ol>"
    )
    assert [c.author for c in split_html(page_of(data)).comments] == ["J. R.", None]


def test_a_moderation_notice_is_furniture() -> None:
    data = (
        b"<ol><li class='comment depth-1' id=comment-5><b class=fn>Al</b><div class=comment-content>"
        b"<em>Your comment is awaiting moderation.</em><p>Let me in.</p></div></li></ol>"
    )
    assert [c.text for c in split_html(page_of(data)).comments] == ["Let me in."]


def test_an_empty_page_says_so() -> None:
    for data in (b"", b"  \n", b"<html><body><!-- x --></body></html>"):
        split = split_html(page_of(data))
        assert split.reason == "page is empty"
        assert_sound(split)


def test_other_encodings_keep_their_offsets() -> None:
    source = (CASES / "wordpress-block.html").read_text(encoding="utf-8")
    for encoding in ("cp1252", "utf-16-le", "utf-16-be"):
        split = split_html(page_of(source.encode(encoding), encoding))
        assert_sound(split)
        assert [c.text for c in split.comments] == ["Meine Großmutter hat dort Netze geflickt."]


def test_explanations_cover_the_page() -> None:
    data = (CASES / "wordpress-nested.html").read_bytes()
    rows = explain_html(page_of(data))
    assert [row[0] for row in rows[1:]] == [row[1] for row in rows[:-1]]
    assert rows[-1][1] == len(data)
    assert any(role == "comment" and "wordpress" in why for _, _, role, why in rows)
    assert any(role == "article" and ".entry-content" in why for _, _, role, why in rows)


@pytest.mark.parametrize("name", ["facebook.html", "coral.html", "no-section.html"])
def test_a_page_cut_at_any_byte_is_split(name: str) -> None:
    data = (CASES / name).read_bytes()
    for end in range(len(data)):
        assert_sound(split_html(page_of(data[:end])))


@pytest.mark.parametrize("name", ["wordpress-nested.html", "blogger-old.html", "unknown-system.html", "phpbb.html"])
def test_a_longer_page_cut_here_and_there_is_split(name: str) -> None:
    data = (CASES / name).read_bytes()
    for end in range(0, len(data), 11):
        assert_sound(split_html(page_of(data[:end])))


def test_ten_thousand_elements_in_each_other_are_split() -> None:
    text = "Words at the bottom of a deep page that go on for a while."
    split = split_html(page_of(f"{'<div>' * 10_000}<p>{text}</p>{'</div>' * 10_000}".encode()))
    assert_sound(split)
    assert split.article == text


@given(st.lists(st.sampled_from(PIECES), max_size=50).map(b"".join), st.sampled_from(["utf-8", "cp1252", "utf-16-le"]))
@settings(max_examples=300, deadline=None)
def test_any_mark_up_gives_a_sound_split(data: bytes, encoding: str) -> None:
    assert_sound(split_html(page_of(data, encoding)))


@given(st.binary(max_size=300))
@settings(max_examples=100, deadline=None)
def test_any_bytes_give_a_sound_split(data: bytes) -> None:
    assert_sound(split_html(page_of(data)))


@pytest.mark.parametrize(
    "piece",
    [b"<div>",
     b"<li>x", b'<a b="', b"<", b"<!--", b"<![CDATA[", b"<script>", b"<b><p>x</b>", b"<table><tr><td>x",
     b"<h2>5 comments</h2>",
     b"<li class='comment' id=comment-7><p>x", b"x" * 1000, b"&amp;"],
)  # fmt: skip
def test_time_grows_with_the_page_and_no_faster(piece: bytes) -> None:
    times = []
    for size in (25_000, 100_000):
        data = b"<div id=comments>" + piece * (size // len(piece))
        before = time.process_time()
        assert_sound(split_html(page_of(data)))
        times.append(time.process_time() - before)
    assert times[1] < 10 * times[0] + 0.5


@pytest.mark.skipif(not PAGES.exists(), reason="needs the labelled pages beside the repository")
def test_labelled_pages_without_comments_stay_without() -> None:
    with gzip.open(PAGES, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    wrong = []
    for row in rows:
        if not row["comments"]:
            split = split_html(page_of(row["html"].encode()))
            assert_sound(split)
            if split.comments:
                wrong.append(row["id"])
    assert len(wrong) <= 0.01 * sum(not row["comments"] for row in rows)


@pytest.mark.parametrize("name", sorted(BARE_PAGES))
@pytest.mark.parametrize("rules", [True, False], ids=["with rules", "without rules"])
def test_what_only_looks_like_comments_is_left_alone(name: str, rules: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if not rules:
        monkeypatch.setattr("comments.split.html.PLATFORMS", ())
    split = split_html(page_of(BARE_PAGES[name].encode()))
    assert_sound(split)
    assert [c.text for c in split.comments] == []


@pytest.mark.parametrize("name", sorted(UNKNOWN_PAGES))
def test_comments_of_unknown_systems_are_found_whole(name: str) -> None:
    split = split_html(page_of(UNKNOWN_PAGES[name].encode()))
    assert_sound(split)
    assert [c.text for c in split.comments] == list(SAID)
    assert split.method == "html: repeated elements"
    assert all(c.author in (None, name) for c, name in zip(split.comments, NAMES, strict=False))


def test_a_short_comment_in_a_box_with_its_date_is_no_line_of_a_date() -> None:
    item = (
        "<li class=u><div class=x><div class=i>Ann {0}</div><div class=w><span>{1}</span></div><div class=b>"
        "<span>2011.10.{0}. 20:05</span><a href=#>Report</a></div></div></li>"
    )
    said = ["Not so.", "I agree.", "Nor do I."]
    items = "".join(item.format(n, text) for n, text in enumerate(said, 11))
    split = split_html(page_of(f"<p>The canal is dry.</p><h2>3 Comments</h2><ul>{items}</ul>".encode()))
    assert [c.text for c in split.comments] == said


def test_comments_that_all_say_the_same_are_kept() -> None:
    item = "<li class=c id=comment-{0}><b>Ann {0}</b> <span>May {0}, 2020</span><p>I agree.</p></li>"
    items = "".join(map(item.format, range(1, 5)))
    split = split_html(page_of(f"<p>The canal is dry.</p><h2>4 Comments</h2><ol>{items}</ol>".encode()))
    assert [c.text for c in split.comments] == ["I agree."] * 4


@pytest.mark.parametrize("name", sorted(ALONE))
def test_a_single_comment_of_an_unknown_system_is_found(name: str) -> None:
    split = split_html(page_of(ALONE[name].encode()))
    assert [c.text for c in split.comments] == [SAID[3]]


def named(unit: str, count: int) -> str:
    """A page of comments in a section headed with their number, whose elements are called ``unit``."""
    rows = "".join(
        f"<div class='{unit}'><b>Reader {i}</b> <span>March {i + 1}, 2021</span>"
        f"<p>The pump at lock {i} has failed twice this winter, and nobody came.</p><a href=#>Reply</a></div>"
        for i in range(count)
    )
    return f"<p>The canal has been dry since the gate broke.</p><h2>{count} Comments</h2><div class=x1>{rows}</div>"


def test_comments_are_found_where_no_name_says_what_is_what() -> None:
    split = split_html(page_of(named("q7x", 4).encode()))
    assert [c.text for c in split.comments] == [
        f"The pump at lock {i} has failed twice this winter, and nobody came." for i in range(4)
    ]
    assert [c.posted_at for c in split.comments] == [f"March {i + 1}, 2021" for i in range(4)]
    assert [c.author for c in split.comments] == [f"Reader {i}" for i in range(4)]


def test_what_repeats_is_asked_where_a_rule_finds_far_too_few() -> None:
    stray = "<li class='comment depth-1' id=comment-1><div class=comment-content><p>A stray one.</p></div></li>"
    split = split_html(page_of((named("q7x", 5) + stray).encode()))
    assert split.found_count == 5


def test_pingbacks_alone_are_set_aside_and_counted() -> None:
    ping = b"<li class='pingback' id=comment-1><p>Pingback: <a href=x>The canal again</a></p></li>"
    data = b"<p>The canal has been dry since the gate broke.</p><ol class=commentlist>" + ping + b"</ol>"
    split = split_html(page_of(data))
    assert (split.found_count, split.notes) == (0, ("1 pingbacks or trackbacks set aside",))


FERRY = "The ferry was late again this morning, and nobody on the quay said a word."


@pytest.mark.parametrize(
    ("body", "evidence"),
    [
        (f"<blockquote>{FERRY}</blockquote><p>It was the fog.</p>", "quote"),
        (f"<blockquote><p><cite>Ann wrote:</cite></p><p>{FERRY[:50]}…</p></blockquote>It was the fog.", "quote"),
        (f"<div class=quote_container>Originally Posted by <b>Ann</b><br>{FERRY}</div>It was the fog.", "quote"),
        (f"<div class=bbCodeBlock--quote><a>Ann said: ↑</a><div>{FERRY}</div></div>It was the fog.", "quote"),
        (f"<p>[quote=Ann]{FERRY}[/quote] It was the fog.</p>", "quote"),
        (f"<p>Ann wrote: “{FERRY}”</p><p>It was the fog.</p>", "quote"),
        ("<blockquote>Ann wrote:<br>Words that stand nowhere else on this page.</blockquote>No.", "mention"),
        (f"<blockquote><cite>Ann wrote</cite><p>{FERRY}</p></blockquote>It was the fog.", "quote"),
        (f"<blockquote><b>Quote from: Ann on 5 May</b><p>{FERRY}</p></blockquote>It was the fog.", "quote"),
        ("<blockquote>Ann napsala:<br>Words that stand nowhere else on this page.</blockquote>No.", "mention"),
        ("<blockquote>Ann States<br>Words that stand nowhere else on this page.</blockquote>No.", "none"),
        (f"<blockquote><cite><i>(15-06-2014, 01:03)</i>Ann Wrote: <a></a></cite>{FERRY}</blockquote>No.", "quote"),
        (
            f"<div class=bbCodeQuote><aside><div class=attribution>Ann said: ↑</div><blockquote>{FERRY}"
            "</blockquote></aside></div>It was the fog.",
            "quote",
        ),
        ("<b>Quote:</b><table><td>Originally Posted by <b>Ann</b></td></table>It was the fog.", "mention"),
        ("<p>@Ann It was the fog.</p>", "mention"),
        ("<blockquote>Words of a poem that stand nowhere else on this page.</blockquote><p>Lovely.</p>", "none"),
        ("<p>It was the fog, says the harbour master.</p>", "none"),
    ],
)
def test_a_reply_that_nothing_nests_is_tied_by_the_name_or_the_words_that_it_repeats(body: str, evidence: str) -> None:
    entry = "<li class=comment id=comment-{}><cite class=fn>{}</cite><div class=comment-content>{}</div></li>"
    rows = [("Ann", f"<p>{FERRY}</p>"), ("Bo", "<p>Cheap at the price.</p>"), ("Cid", body)]
    data = "<ol>" + "".join(entry.format(i + 1, *row) for i, row in enumerate(rows)) + "</ol>"
    split = split_html(page_of(data.encode()))
    assert_sound(split)
    reply = split.comments[2]
    assert (reply.parent, reply.parent_evidence, reply.depth) == (None if evidence == "none" else 0, evidence, 1)


def test_what_a_comment_quotes_is_part_of_it_even_in_an_aside() -> None:
    quote = f"<div class=bbCodeQuote><aside><p>Ann said: ↑</p><blockquote>{FERRY}</blockquote></aside></div>"
    entry = "<li class=comment id=comment-{}><cite class=fn>{}</cite><div class=comment-content>{}</div></li>"
    data = f"<ol>{entry.format(1, 'Ann', f'<p>{FERRY}</p>')}{entry.format(2, 'Bo', quote + 'It was the fog.')}</ol>"
    assert FERRY in split_html(page_of(data.encode())).comments[1].text


TEXTS = [f"The pump at lock {i} has failed twice this winter, and nobody came." for i in range(4)]
BOX = (
    "<article class=comment><b class=author>Ann</b> <i class=date>3 May 2021</i><p class=comment-text>{}</p></article>"
)


@pytest.mark.parametrize(
    ("data", "parents"),
    [
        (
            "<div class='thread level-0'>{0}<div class='thread level-1'>{1}<div class='thread level-2'>{2}</div></div>"
            "</div><div class='thread level-0'>{3}</div>",
            [None, 0, 1, None],
        ),
        ("<li>{0}<ol><li>{1}</li><li>{2}</li></ol></li><li>{3}</li>", [None, 0, 0, None]),
        ("{0}<div class=indented>{1}<div class=indented>{2}</div></div>{3}", [None, 0, 1, None]),
        ("{0}<div class=page>{1}{2}</div>{3}", [None] * 4),
        ("<li>{0}</li><li>{1}</li><li>{2}</li><li>{3}</li>", [None] * 4),
        ("<ul>{0}{1}</ul><ul>{2}{3}</ul>", [None] * 4),
    ],
    ids=["threads in threads", "lists in items", "beside", "a box without a name", "flat", "two lists"],
)
def test_replies_that_stand_outside_of_what_they_answer_are_put_under_it(data: str, parents: list[int | None]) -> None:
    rows = data.format(*(BOX.format(text) for text in TEXTS))
    split = split_html(page_of(f"<p>Dry.</p><h2>4 Comments</h2><div class=comments>{rows}</div>".encode()))
    assert [c.text for c in split.comments] == TEXTS
    assert [c.parent for c in split.comments] == parents


def test_comments_whose_boxes_are_never_closed_are_no_thread() -> None:
    rows = "".join("<div class=row>" + BOX.format(f"{text} {i}") for i in range(3) for text in TEXTS)
    split = split_html(page_of(f"<p>Dry.</p><h2>12 Comments</h2><div class=comments>{rows}</div>".encode()))
    assert {c.parent for c in split.comments} == {None}


def test_of_a_profile_beside_a_post_the_name_alone_is_the_author() -> None:
    profile = (
        "<div class=post_author><b>Ann</b><br><i>Posting Freak</i><p>Posts: 1,021</p><p>Threads: 30</p>"
        "<p>Joined: May 2009</p><p>Reputation: <b>12</b></p></div>"
    )
    rows = "".join(
        f"<div class=post id=post_{i}>{profile}<i>0{i}-15-2014, 09:50 AM</i><div class=post_body>{text}</div>"
        "<a href=#>Reply</a></div>"
        for i, text in enumerate(TEXTS, 1)
    )
    split = split_html(page_of(f"<div id=posts>{rows}</div>".encode()))
    assert [c.author for c in split.comments] == ["Ann"] * 4


@pytest.mark.parametrize(
    "line", ["<a>Bo</a> said in reply to <a>Ann</a>...", "<a>Bo</a> <a href=#comment-1>replied to comment from Ann</a>"]
)
def test_a_line_above_that_says_what_is_answered_puts_a_reply_under_it(line: str) -> None:
    entry = "<div class=comment id=comment-{}><p class=comment-footer>{}</p><div class=comment-content>{}</div></div>"
    rows = [("<a>Ann</a> said...", "Late again."), (line, "It was the fog.")]
    data = "<div class=comments-content>" + "".join(entry.format(i + 1, *row) for i, row in enumerate(rows)) + "</div>"
    split = split_html(page_of(data.encode()))
    assert [(c.author, c.parent, c.depth) for c in split.comments] == [("Ann", None, 1), ("Bo", 0, 2)]
    assert split.comments[1].parent_evidence == "mention"


def test_a_reply_that_stands_above_the_text_it_answers_has_no_parent() -> None:
    outer, inner = "<li class=comment id=comment-1>", "<li class=comment id=comment-2><div class=comment-content>"
    body = "<div class=comment-content><p>The text.</p></div>"
    data = f"<ol>{outer}<ul>{inner}<p>A reply.</p></div></li></ul>{body}</li></ol>"
    split = split_html(page_of(data.encode()))
    assert_sound(split)
    assert [(c.text, c.parent) for c in split.comments] == [("A reply.", None), ("The text.", None)]
