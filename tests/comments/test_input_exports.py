"""Exports of WordPress and Disqus give the true tree of comments; what was not published is said and left out."""

from __future__ import annotations

import gzip
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_pages import ARTICLE, JUNE, OLGA, TARIQ

from comments.ingest import ingest
from comments.inputs import read_inputs
from comments.inputs.rows import TableRow
from comments.model import REJECT_REASONS, Page, Reject
from comments.store import Store
from comments.view import view_store

WXR = "http://wordpress.org/export/1.2/"


def wp_comment(
    number: int, text: str, *, parent: int = 0, approved: str = "1", kind: str = "comment", name: str = "Olga"
) -> str:
    return (
        f"<wp:comment><wp:comment_id>{number}</wp:comment_id><wp:comment_author><![CDATA[{name}]]></wp:comment_author>"
        "<wp:comment_author_email>olga@mail.example</wp:comment_author_email>"
        "<wp:comment_author_IP>192.0.2.7</wp:comment_author_IP>"
        "<wp:comment_date>2026-03-01 12:00:00</wp:comment_date>"
        "<wp:comment_date_gmt>2026-03-01 10:00:00</wp:comment_date_gmt>"
        f"<wp:comment_content><![CDATA[{text}]]></wp:comment_content><wp:comment_approved>{approved}</wp:comment_approved>"
        f"<wp:comment_type>{kind}</wp:comment_type><wp:comment_parent>{parent}</wp:comment_parent></wp:comment>"
    )


def wxr(comments: str, head: str = "", link: str = "https://a.example/peg/") -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8" ?>{head}<rss version="2.0" xmlns:wp="{WXR}"'
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>A blog</title>'
        f"<link>https://a.example</link><wp:base_blog_url>https://a.example</wp:base_blog_url>"
        f"<item><title>The peg &amp; us</title><link>{link}</link>"
        f"<content:encoded><![CDATA[<!-- wp:paragraph --><p>{ARTICLE}</p>\n\n<p>More.</p>]]></content:encoded>"
        f"<wp:post_id>5</wp:post_id>{comments}</item></channel></rss>"
    )


def dsq_post(
    number: int, text: str, *, parent: int | None = None, thread: int = 1, spam: bool = False, deleted: bool = False
) -> str:
    above = f'<parent dsq:id="{parent}" />' if parent else ""
    return (
        f'<post dsq:id="{number}"><id /><message><![CDATA[{text}]]></message>'
        "<createdAt>2026-03-01T10:00:00Z</createdAt>"
        f"<isDeleted>{str(deleted).lower()}</isDeleted><isSpam>{str(spam).lower()}</isSpam>"
        "<author><email>olga@mail.example</email><name>Olga</name><isAnonymous>false</isAnonymous></author>"
        f'<thread dsq:id="{thread}" />{above}</post>'
    )


def disqus(posts: str, head: str = "") -> str:
    return (
        f'<?xml version="1.0" encoding="utf-8"?>{head}<disqus xmlns="http://disqus.com"'
        ' xmlns:dsq="http://disqus.com/disqus-internals"><category dsq:id="9"><title>General</title></category>'
        '<thread dsq:id="1"><id>x</id><link>https://a.example/peg/</link><title>The peg &amp; us</title></thread>'
        f"{posts}</disqus>"
    )


def read(path: Path, data: str | bytes) -> list[TableRow | Reject]:
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    items = list(read_inputs([str(path)]))
    assert not any(isinstance(item, Page) for item in items)
    assert {item.reason for item in items if isinstance(item, Reject)} <= set(REJECT_REASONS)
    return items  # type: ignore[return-value]


def rows(items: list[TableRow | Reject]) -> list[TableRow]:
    return [item for item in items if isinstance(item, TableRow)]


def rejects(items: list[TableRow | Reject]) -> list[tuple[str, str, str]]:
    return [(item.place, item.reason, item.detail) for item in items if isinstance(item, Reject)]


@pytest.mark.parametrize("name", ["a.xml", "a.wxr", "a.xml.gz"])
def test_a_wordpress_export_gives_the_tree_with_article_authors_and_times(tmp_path: Path, name: str) -> None:
    text = wxr(wp_comment(7, f"<p>{OLGA}</p>") + wp_comment(9, TARIQ, parent=7, name=""))
    one, two = rows(read(tmp_path / name, gzip.compress(text.encode()) if name.endswith("gz") else text))
    assert (one.comment_id, one.parent_id, one.text, one.author) == ("a.example:7", None, OLGA, "Olga")
    assert (two.comment_id, two.parent_id, two.author) == ("a.example:9", "a.example:7", None)
    assert (one.created_at, one.posted_at) == ("2026-03-01T10:00:00+00:00", "2026-03-01 12:00:00")
    assert (one.url, one.title, one.permalink) == (
        "https://a.example/peg/",
        "The peg & us",
        "https://a.example/peg/#comment-7",
    )
    assert one.article == f"{ARTICLE}\nMore."


def test_a_disqus_export_gives_the_tree_with_threads_authors_and_times(tmp_path: Path) -> None:
    posts = dsq_post(70, f"<p>{OLGA}</p><p>Second.</p>") + dsq_post(71, TARIQ, parent=70)
    one, two = rows(read(tmp_path / "a.xml", disqus(posts)))
    assert (one.comment_id, one.parent_id, one.text, one.author) == ("70", None, f"{OLGA}\nSecond.", "Olga")
    assert (two.comment_id, two.parent_id) == ("71", "70")
    assert (one.created_at, one.url, one.title) == ("2026-03-01T10:00:00Z", "https://a.example/peg/", "The peg & us")


@pytest.mark.parametrize("text", [wxr(wp_comment(7, OLGA)), disqus(dsq_post(7, OLGA))], ids=["wordpress", "disqus"])
def test_addresses_of_people_are_never_read(tmp_path: Path, text: str) -> None:
    (row,) = rows(read(tmp_path / "a.xml", text))
    assert "olga@mail.example" not in repr(row)
    assert "192.0.2.7" not in repr(row)


def test_the_comments_of_an_export_are_in_the_store_under_their_article(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text(wxr(wp_comment(7, OLGA) + wp_comment(8, JUNE, parent=7)))
    with Store(tmp_path / "store") as store:
        ingest(store, read_inputs([str(tmp_path / "a.xml")]))
    view = view_store(Store(tmp_path / "store"))
    assert view.comments["depth"].tolist() == [1, 2]
    assert view.comments["permalink"].tolist() == [f"https://a.example/peg/#comment-{n}" for n in (7, 8)]
    assert view.pages[["title", "article"]].to_numpy().tolist() == [["The peg & us", f"{ARTICLE}\nMore."]]


@pytest.mark.parametrize(
    ("comment", "detail"),
    [
        (wp_comment(7, OLGA, approved="0"), "waiting for approval"),
        (wp_comment(7, OLGA, approved="spam"), "spam"),
        (wp_comment(7, OLGA, approved="trash"), "in the bin"),
        (wp_comment(7, OLGA, kind="pingback"), "pingback"),
        (wp_comment(7, OLGA, kind="trackback"), "trackback"),
    ],
)
def test_what_wordpress_did_not_show_is_a_reject_with_its_reason(tmp_path: Path, comment: str, detail: str) -> None:
    items = read(tmp_path / "a.xml", wxr(comment + wp_comment(8, TARIQ)))
    assert rejects(items) == [("comment 7", "comment not published", detail)]
    assert len(rows(items)) == 1


def test_what_disqus_did_not_show_is_a_reject_with_its_reason(tmp_path: Path) -> None:
    items = read(tmp_path / "a.xml", disqus(dsq_post(7, OLGA, spam=True) + dsq_post(8, JUNE, deleted=True)))
    assert rejects(items) == [
        ("comment 7", "comment not published", "spam"),
        ("comment 8", "comment not published", "deleted"),
    ]


def test_a_comment_without_text_is_a_reject(tmp_path: Path) -> None:
    items = read(tmp_path / "a.xml", wxr(wp_comment(7, "<p> </p>")))
    assert rejects(items) == [("comment 7", "row without text", "")]


def test_an_article_without_address_is_known_by_its_number(tmp_path: Path) -> None:
    (row,) = rows(read(tmp_path / "a.xml", wxr(wp_comment(7, OLGA), link="javascript:alert(1)")))
    assert (row.address, row.url, row.permalink) == ("a.example:post-5", None, None)


def test_lines_of_a_comment_that_wordpress_would_show_apart_stay_apart(tmp_path: Path) -> None:
    (row,) = rows(read(tmp_path / "a.xml", wxr(wp_comment(7, "One\r\ntwo\r\n\r\nthree &amp; <b>four</b>"))))
    assert row.text == "One\ntwo\nthree & four"


def test_control_characters_do_not_end_an_export(tmp_path: Path) -> None:
    items = read(tmp_path / "a.xml", wxr(wp_comment(7, "be\x08fore \x0b\x00") + wp_comment(8, TARIQ)))
    assert [row.text for row in rows(items)] == ["before", TARIQ]


BOMB = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
FILE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("head", [BOMB, FILE])
@pytest.mark.parametrize("make", [lambda h: wxr(wp_comment(7, "]]>&a;<![CDATA["), h), lambda h: disqus("&a;", h)])
def test_entities_are_refused(tmp_path: Path, head: str, make: object) -> None:
    assert [reason for _, reason, _ in rejects(read(tmp_path / "a.xml", make(head)))] == ["unreadable export"]  # type: ignore[operator]


def test_entities_past_the_head_of_the_file_are_not_resolved(tmp_path: Path) -> None:
    seen_first = f"<!-- <rss xmlns:wp='{WXR}' -->"
    head = f"{seen_first}<!DOCTYPE rss [{' ' * 100_000}<!ENTITY a SYSTEM 'file:///etc/passwd'>]>"
    items = read(tmp_path / "a.xml", wxr(wp_comment(7, "x]]>&a;<![CDATA[y"), head))
    assert "root:" not in repr(items)


@pytest.mark.parametrize("make", [wxr, disqus])
def test_an_export_that_is_cut_gives_what_was_whole_and_a_reject(tmp_path: Path, make: object) -> None:
    posts = "".join((wp_comment if make is wxr else dsq_post)(n, f"{OLGA} {n}") for n in range(1, 40))
    text = make(posts)  # type: ignore[operator]
    items = read(tmp_path / "a.xml", text[: len(text) // 2])
    assert 10 < len(rows(items)) < 39
    assert rejects(items)[-1][:2] == (f"after comment {len(rows(items))}", "unreadable export")


def test_an_export_without_comments_is_an_empty_file(tmp_path: Path) -> None:
    assert rejects(read(tmp_path / "a.xml", wxr(""))) == [("", "empty file", "the export holds no comments")]


def test_a_packed_export_that_is_a_bomb_is_a_reject(tmp_path: Path) -> None:
    text = wxr(wp_comment(7, OLGA)).replace("</rss>", f"<x>{' ' * 1_000_000}</x>" * 90 + "</rss>")
    items = read(tmp_path / "a.xml.gz", gzip.compress(text.encode()))
    assert [reason for _, reason, _ in rejects(items)] == ["archive expands too far"]


def test_an_xml_file_of_another_kind_is_a_page(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text("<?xml version='1.0'?><feed><title>x</title></feed>")
    assert isinstance(next(iter(read_inputs([str(tmp_path / "a.xml")]))), Page)


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=80), st.integers(0, 2**40))
def test_any_text_and_any_number_come_through(tmp_path_factory: pytest.TempPathFactory, text: str, number: int) -> None:
    path = tmp_path_factory.mktemp("any") / "a.xml"
    (item,) = read(
        path, disqus(dsq_post(number, "").replace("<![CDATA[]]>", escape(escape(f"x{text}".replace("\x00", "")))))
    )
    assert isinstance(item, TableRow) or item.reason == "unreadable export"


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_whatever_is_done_to_an_export_no_error_escapes(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    make, post = data.draw(st.sampled_from([(wxr, wp_comment), (disqus, dsq_post)]))
    whole = bytearray(make(post(7, OLGA) + post(8, TARIQ)).encode())  # type: ignore[operator]
    for at in data.draw(st.lists(st.integers(300, len(whole) - 1), max_size=6)):
        whole[at] = data.draw(st.integers(0, 255))
    path = tmp_path_factory.mktemp("fuzz") / "a.xml"
    assert read(path, bytes(whole[: data.draw(st.integers(300, len(whole)))]))
