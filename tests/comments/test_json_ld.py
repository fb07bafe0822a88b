"""Comments in a page's JSON-LD: what they add to those of its body, and what is said where the body has none."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comments.model import Page, Split
from comments.split.html import explain_html, split_html
from comments.split.json_ld import MOST_JSON, MOST_LEVELS, PageData, read_json_ld

FIRST = "The ferry should run on Sundays, when nobody has to work."
SECOND = "On Sundays the crew is at home as well, and rightly so."
THIRD = "A third boat would cost less than the new pier."
ONLY_DATA = "comments stand in the page's data only"
UNKNOWN = "comment section found, but the boundaries of its comments are unknown"


def script(value: Any) -> str:
    written = value if isinstance(value, str) else json.dumps(value)
    return f'<script type="application/ld+json">{written}</script>'


def page_of(value: Any, *items: str, encoding: str = "utf-8") -> Page:
    """A page with data and, in WordPress's classic form, comments of nothing but what is given."""
    body = "".join(f"<li class=comment id=comment-{i}>{item}</li>" for i, item in enumerate(items, 1))
    listed = f"<ol class=commentlist>{body}</ol>" if items else ""
    article = "<article><p>The council has put off the vote on the harbour until the spring session.</p></article>"
    text = f"<html><head>{script(value)}</head><body>{article}{listed}</body></html>"
    return Page("test", "test", "html", text.encode(encoding), encoding)


def told(text: str, **more: Any) -> dict[str, Any]:
    return {"@type": "Comment", "text": text} | more


def counted(kind: Any, count: int) -> dict[str, Any]:
    return {"interactionStatistic": [{"interactionType": kind, "userInteractionCount": count}]}


def article(*comments: Any, **more: Any) -> dict[str, Any]:
    return {"@context": "https://schema.org", "@type": "NewsArticle", "comment": list(comments), **more}


def data_of(value: Any) -> PageData:
    page = page_of(value)
    return read_json_ld(page, page.data.decode("latin-1"))


def only(split: Split) -> Any:
    assert len(split.comments) == 1
    return split.comments[0]


@pytest.mark.parametrize(
    ("more", "field", "wanted"),
    [
        ({"author": "Ann"}, "author", "Ann"),
        ({"author": {"@type": "Person", "name": "Ann"}}, "author", "Ann"),
        ({"author": [{"@type": "Person", "name": ["Ann", "A."]}]}, "author", "Ann"),
        ({"creator": {"name": "Ann &amp; Bo"}}, "author", "Ann & Bo"),
        ({"author": {"url": "https://site.example/ann"}}, "author", None),
        ({"author": "https://site.example/ann"}, "author", None),
        ({"author": 7}, "author", None),
        ({"dateCreated": "2021-03-04T05:06:07Z"}, "created_at", "2021-03-04T05:06:07Z"),
        ({"datePublished": "2021-03-04"}, "created_at", "2021-03-04"),
        ({"commentTime": "2021-03-04"}, "created_at", "2021-03-04"),
        ({"dateCreated": "last week", "datePublished": "2021-03-04"}, "created_at", "2021-03-04"),
        ({"dateCreated": "yesterday"}, "created_at", None),
        ({"upvoteCount": 12}, "likes", 12),
        ({"upvoteCount": "12"}, "likes", 12),
        ({"upvoteCount": -3}, "likes", None),
        ({"upvoteCount": True}, "likes", None),
        (counted("https://schema.org/LikeAction", 4), "likes", 4),
        (counted({"@type": "LikeAction"}, 4), "likes", 4),
        (counted("https://schema.org/DislikeAction", 4), "likes", None),
        ({"dateCreated": "2021-03-04\n"}, "created_at", None),
        ({"author": "A\ud800nn"}, "author", "A?nn"),
        ({"@type": "http://schema.org/UserComments", "commentText": FIRST, "creator": "Ann"}, "author", "Ann"),
        ({"@type": ["Comment", "Thing"], "author": "Ann"}, "author", "Ann"),
        ({"text": FIRST.replace("ferry", "<b>ferry</b>&#32;"), "author": "Ann"}, "author", "Ann"),
        ({"@type": "Review", "author": "Ann"}, "author", None),
        ({"@type": "Answer", "author": "Ann"}, "author", None),
    ],
)  # fmt: skip
def test_the_data_fills_in_what_the_body_leaves_out(more: dict[str, Any], field: str, wanted: Any) -> None:
    comment = only(split_html(page_of(article(told(FIRST) | more), f"<p>{FIRST}</p>")))
    assert comment.text == FIRST
    assert getattr(comment, field) == wanted


def test_an_address_of_a_comment_is_its_permalink_and_one_of_several_is_none() -> None:
    items = ["<p>" + text + "</p>" for text in (FIRST, SECOND, THIRD)]
    same, own = "https://site.example/a", "https://site.example/a#c3"
    data = article(told(FIRST, url=same), told(SECOND, url=same), told(THIRD, url=own))
    shown = [c.permalink for c in split_html(page_of({"@type": "WebPage"}, *items)).comments]
    got = [c.permalink for c in split_html(page_of(data, *items)).comments]
    assert [a or b for a, b in zip(shown, [None, None, own], strict=True)] == got


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "two words", 5, "x" * 3000])
def test_what_is_no_address_of_a_page_is_no_permalink(url: Any) -> None:
    assert [one.permalink for one in data_of(article(told(FIRST, url=url))).comments] == [None]


def test_what_the_page_shows_is_never_replaced() -> None:
    item = f'<cite class=fn>Ann</cite> <time datetime="2020-01-01">1 January 2020</time><p>{FIRST}</p>'
    bare = only(split_html(page_of({"@type": "WebPage"}, item)))
    filled = only(split_html(page_of(article(told(FIRST, author="Ann", dateCreated="2021-03-04")), item)))
    assert (bare.author, bare.created_at) == ("Ann", "2020-01-01")
    assert (filled.author, filled.created_at, filled.posted_at) == ("Ann", "2020-01-01", bare.posted_at)


def test_a_comment_by_another_author_with_the_same_text_is_not_the_same() -> None:
    item = f"<cite class=fn>Ann</cite><p>{FIRST}</p>"
    assert only(split_html(page_of(article(told(FIRST, author="Bo", upvoteCount=3)), item))).likes is None


def test_equal_texts_are_told_apart_by_their_authors_or_not_at_all() -> None:
    shown = [f"<cite class=fn>{name}</cite><p>{FIRST}</p>" for name in ("Ann", "Bo")]
    named = article(told(FIRST, author="Bo", upvoteCount=2), told(FIRST, author="Ann", upvoteCount=1))
    assert [c.likes for c in split_html(page_of(named, *shown)).comments] == [1, 2]
    bare = article(told(FIRST, upvoteCount=2), told(FIRST, upvoteCount=1, dateCreated="2020-01-01"))
    assert [c.likes for c in split_html(page_of(bare, *shown)).comments] == [None, None]


BY_ID = [
    told(FIRST, **{"@id": "#1"}),
    told(SECOND, **{"@id": "#2"}, parentItem={"@id": "#1"}),
    told(THIRD, parentItem="#2"),
]
BY_ADDRESS = [
    told(THIRD, parentItem={"url": "/a#2"}),
    told(SECOND, url="/a#2", parentItem={"@id": "/a#1"}),
    told(FIRST, **{"@id": "/a#1"}),
]
IN_TWO_PLACES = [
    article(told(FIRST, url="/1"), told(SECOND, url="/2", parentItem={"@type": "Comment", "url": "/1"})),
    told(SECOND, url="/2", comment=[told(THIRD)]),
]


@pytest.mark.parametrize(
    "data",
    [article(told(FIRST, comment=[told(SECOND, comment=told(THIRD))])), {"@graph": BY_ID}, BY_ADDRESS, IN_TWO_PLACES],
    ids=["nested", "by id", "by address in another order", "in two places"],
)
def test_the_data_ties_replies_that_the_body_shows_flat(data: Any) -> None:
    split = split_html(page_of(data, *(f"<p>{text}</p>" for text in (FIRST, SECOND, THIRD))))
    got = [(c.parent, c.depth, c.parent_evidence) for c in split.comments]
    assert got == [(None, 1, "none"), (0, 2, "nesting"), (1, 3, "nesting")]


def test_a_reply_above_what_it_answers_and_a_circle_are_not_tied() -> None:
    above = article(told(SECOND, comment=[told(FIRST)]))
    circle = {"@graph": [told(FIRST, **{"@id": "1"}, parentItem="2"), told(SECOND, **{"@id": "2"}, parentItem="1")]}
    items = [f"<p>{text}</p>" for text in (FIRST, SECOND)]
    assert [c.parent for c in split_html(page_of(above, *items)).comments] == [None, None]
    assert [c.parent for c in split_html(page_of(circle, *items)).comments] == [None, 0]


def test_a_parent_that_the_mark_up_shows_goes_before_the_data() -> None:
    nested = f"<p>{FIRST}</p><ul class=children><li class=comment id=comment-9><p>{SECOND}</p></li></ul>"
    data = article(told(THIRD, comment=[told(FIRST)]), told(SECOND))
    comments = split_html(page_of(data, f"<p>{THIRD}</p>", nested)).comments
    assert [(c.parent, c.depth) for c in comments] == [(None, 1), (0, 2), (1, 3)]


def test_comments_of_the_data_alone_are_counted_and_not_taken() -> None:
    split = split_html(page := page_of(article(told(FIRST), told(SECOND, comment=[told(THIRD)]))))
    assert (split.comments, split.declared_count, split.reason) == ((), 3, ONLY_DATA)
    (note,) = split.notes
    assert note == "comments in the page's data (JSON-LD), not taken, because not found in its body: 3 of 3"
    assert any(note in why for _, _, _, why in explain_html(page))
    assert split.confidence < 0.5
    assert "harbour" in split.article


def test_a_page_that_is_nothing_but_data_is_not_called_empty() -> None:
    split = split_html(Page("t", "t", "html", script(article(told(FIRST))).encode()))
    assert (split.reason, split.declared_count) == (ONLY_DATA, 1)


def test_the_count_of_the_article_goes_before_how_many_are_told() -> None:
    assert split_html(page_of(article(told(FIRST), commentCount=57))).declared_count == 57
    assert split_html(page_of({"@type": "NewsArticle", "commentCount": 57})).declared_count is None


def test_texts_that_stand_in_the_body_undivided_are_not_said_to_be_in_the_data_alone() -> None:
    page = page_of(article(told(FIRST)))
    inside = page.data.replace(b"</article>", f"</article><p>{FIRST}</p>".encode())
    assert split_html(Page("t", "t", "html", inside)).reason == UNKNOWN


def test_a_note_says_how_many_comments_of_the_data_the_body_leaves_out() -> None:
    split = split_html(page_of(article(told(FIRST, author="Ann"), told(SECOND)), f"<p>{FIRST}</p>"))
    assert [note[-10:] for note in split.notes] == ["1 comments", "dy: 1 of 2"]
    assert split.declared_count is None


@pytest.mark.parametrize(("kind", "count"), [("QAPage", 1), ("FAQPage", None), ("WebPage", None)])
def test_answers_are_those_of_readers_on_a_page_of_questions_only(kind: str, count: int | None) -> None:
    asked = {"@type": "Question", "name": "Why?", "acceptedAnswer": {"@type": "Answer", "text": FIRST}}
    assert data_of({"@type": kind, "mainEntity": asked}).count == count


@pytest.mark.parametrize(
    "block",
    [
        "{0}", "<!-- {0} -->", "//<![CDATA[\n{0}\n//]]>", "/* <![CDATA[ */ {0}; /* ]]> */",
        " \n {0} ;", "[{0}]", '{{"@graph": [{0}]}}',
    ],
)  # fmt: skip
def test_data_is_read_however_it_is_wrapped(block: str) -> None:
    assert data_of(block.format(json.dumps(told(FIRST)))).count == 1


def test_data_with_line_breaks_in_its_texts_is_read() -> None:
    assert data_of('{"@type": "Comment", "text": "One line\nand another"}').count == 1


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16-le"])
def test_data_is_read_in_the_encoding_of_its_page(encoding: str) -> None:
    text = "Das Fährschiff müsste auch sonntags fahren, wenn niemand arbeitet."
    data = json.dumps(article(told(text, author="Jürgen")), ensure_ascii=False)
    assert only(split_html(page_of(data, f"<p>{text}</p>", encoding=encoding))).author == "Jürgen"


DEEP = '{"comment":' * 100_000
BIG = json.dumps(article(told("x" * MOST_JSON)))


@pytest.mark.parametrize(
    "block",
    ['{"@type": "Comment"', '{"@type": "Comment", "text": "a",}', "Comment\"", DEEP, "[" * 40_000 + '"Comment"', BIG,
     '{"@type": "Comment", "upvoteCount": ' + "9" * 100_000 + "}", "[" + '[],' * 60_000 + '"Comment"]',
     json.dumps(told(FIRST)) * 2],
    ids=["cut", "comma", "word", "deep", "brackets", "big", "long number", "many", "two values"],
)  # fmt: skip
def test_what_is_no_json_or_too_large_is_passed_over_with_a_note(block: str) -> None:
    page = page_of(block, f"<p>{FIRST}</p>")
    split = split_html(page)
    assert only(split).text == FIRST
    assert split.notes == ("JSON-LD not read, because it is no JSON or too large: 1 of 1 blocks",)


def test_replies_deeper_than_any_thread_are_left_with_a_note() -> None:
    value: Any = told("last")
    for i in range(MOST_LEVELS):
        value = told(f"reply {i}", comment=value)
    data = data_of(value)
    assert len(data.comments) == MOST_LEVELS + 1
    assert data_of([value]).notes == (f"JSON-LD read to {MOST_LEVELS} levels only",)


@pytest.mark.parametrize("levels", [*range(150, 500, 50), *range(900, 1000, 5)])
@pytest.mark.parametrize("key", ["interactionStatistic", "interactionType", "author", "text", "parentItem", "comment"])
def test_no_depth_of_any_value_is_too_much(key: str, levels: int) -> None:
    nested = "[" * levels + "]" * levels
    block = f'{{"@type": "Comment", "text": "a", "{key}": [{{"{key}": {nested}}}]}}'
    assert len(data_of(f"[{json.dumps(told(FIRST))}, {block}]").comments) <= 2


def test_data_in_a_comment_of_the_mark_up_is_not_read() -> None:
    page = Page("t", "t", "html", f"<p>Text.</p><!-- {script(article(told(FIRST)))} -->".encode())
    assert read_json_ld(page, page.data.decode("latin-1")) == PageData()


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12)
    | st.sampled_from([FIRST, SECOND, "2020-01-01", "Comment", "/a", "#1"]),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(
        st.sampled_from(
            ["@type", "@id", "@graph", "text", "comment", "author", "name", "url", "parentItem", "upvoteCount",
             "dateCreated", "interactionStatistic", "interactionType", "commentCount", "identifier"]
        ),
        inner, max_size=6,
    )
    | st.builds(lambda value: {"@type": "Comment", "text": FIRST, "comment": value}, inner),
    max_leaves=30,
)  # fmt: skip


@given(VALUES)
def test_any_json_leaves_the_texts_and_places_of_the_body_as_they_are(value: Any) -> None:
    items = [f"<p>{text}</p>" for text in (FIRST, SECOND)]
    page = page_of([value, "Comment"], *items)
    split = split_html(page)
    assert [c.text for c in split.comments] == [FIRST, SECOND]
    assert [page.data[c.start : c.end].decode() for c in split.comments] == items
    for at, comment in enumerate(split.comments):
        assert comment.parent is None or comment.parent < at
        assert comment.depth == 1 if comment.parent is None else comment.depth > 1
        assert comment.author is None or isinstance(comment.author, str)
        assert comment.likes is None or comment.likes >= 0


@given(st.text(alphabet='{}[]":,Comment\\ntext<>!-/', max_size=60))
def test_any_text_in_place_of_json_is_survived(block: str) -> None:
    assert split_html(page_of(block.replace("</", "") + ' "Comment"', f"<p>{FIRST}</p>")).found_count == 1
