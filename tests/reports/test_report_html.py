"""The HTML page: self-contained, well formed, every quote linked, nothing hostile let through."""

from __future__ import annotations

import base64
import hashlib
import re
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from test_report_sample import HOSTILE, comment, crossing, everything, hostile, page, tables, theme

from reports.page.build import build_report
from reports.page.html import page_script, page_style, passage_url, render_html, safe_url
from reports.page.model import Quote

lxml_html = pytest.importorskip("lxml.html")

ELEMENTS = """
html head meta title style body a header p span h1 h2 h3 h4 dl dt dd div nav ul ol li main section article figure
figcaption blockquote table caption thead tbody tfoot tr th td b small bdi strong mark svg line rect text path circle
details summary form label input select option button output footer dialog canvas code pre script
"""
ALLOWED = frozenset(ELEMENTS.split())


def parsed(run):
    return lxml_html.document_fromstring(render_html(build_report(run)))


@pytest.mark.parametrize("run", [crossing, everything])
def test_every_link_inside_the_file_leads_somewhere_and_ids_are_unique(run) -> None:
    tree = parsed(run())
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {h[1:] for h in tree.xpath("//@href") if h.startswith("#") and not h.startswith("#?")} <= set(ids)


def test_every_quote_links_to_its_thread_and_its_page() -> None:
    for caption in parsed(crossing()).xpath("//figure[@class='quote']/figcaption"):
        links = caption.xpath(".//a/@href")
        assert len(links) == 2
        assert links[0].startswith("#c-")


def test_the_policy_allows_exactly_the_inlined_style_and_script() -> None:
    html = render_html(build_report(crossing()))
    policy = lxml_html.document_fromstring(html).xpath("//meta[@http-equiv]/@content")[0]
    assert policy.startswith("default-src 'none';")
    for tag in ("style", "script"):
        inside = re.search(rf"<{tag}>(.*?)</{tag}>", html, re.DOTALL)
        assert inside is not None
        digest = base64.b64encode(hashlib.sha256(inside[1].encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy


def test_style_and_script_together_stay_below_80_kb() -> None:
    assert len(page_style()) + len(page_script()) < 80_000


def test_nothing_is_fetched_and_no_attribute_can_run() -> None:
    tree = parsed(crossing())
    assert not tree.xpath("//@src | //@style | //link | //iframe | //img | //object | //embed | //base")
    assert not [a for a in tree.xpath("//@*") if a.attrname.startswith("on")]


def test_tables_have_captions_and_headers() -> None:
    for table in parsed(crossing()).xpath("//table"):
        assert table.xpath("./caption")
        assert table.xpath(".//th[@scope='col']")


def test_text_of_readers_has_its_own_direction() -> None:
    tree = parsed(crossing())
    assert all(n.get("dir") == "auto" for n in tree.xpath("//blockquote | //*[@class='text'] | //h1"))


def test_unknown_authors_and_dates_are_said_to_be_unknown() -> None:
    header = parsed(crossing()).xpath("//article[contains(., 'First!')]/header")[0].text_content()
    assert "unknown" in header
    assert "no date" in header


@pytest.mark.parametrize("bad", HOSTILE)
def test_hostile_strings_make_no_element_no_attribute_and_no_link(bad: str) -> None:
    html = render_html(build_report(hostile(bad)))
    html.encode("utf-8")
    assert not re.search("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff]", html)
    tree = lxml_html.document_fromstring(html)
    assert {n.tag for n in tree.iter() if isinstance(n.tag, str)} <= ALLOWED
    assert [n.get("type") for n in tree.xpath("//script")] == [None, *["application/octet-stream"] * 2]
    assert all(re.fullmatch(r"[A-Za-z0-9+/=]*", n.text) for n in tree.xpath("//script[@type]"))
    assert len(tree.xpath("//style")) == 1
    assert not [a for a in tree.xpath("//@*") if a.attrname.startswith("on") or a.attrname in ("style", "src")]
    assert all(re.match(r"#|https?://", href) for href in tree.xpath("//@href"))


@pytest.mark.parametrize("bad", [b for b in HOSTILE if "\x00" not in b and b.isprintable()])
def test_hostile_comments_are_shown_as_they_were_written(bad: str) -> None:
    shown = parsed(hostile(bad)).xpath("//div[@class='text']")[0].text_content()
    assert shown == bad


@pytest.mark.parametrize(
    ("url", "linked"),
    [("https://a.example/b?c=d&e#f", True), ("HTTP://a.example", True), ("https://пример.example/я", True),
     ("javascript:alert(1)", False), (" https://a.example", False), ("https://a.example/\n", False),
     ("https://", False), ("https://[::1", False), ("//a.example", False), ("file:///etc/passwd", False),
     ("https://a.example/\u202egpj", False), ("", False), (None, False)],
)  # fmt: skip
def test_only_plain_web_addresses_are_linked(url: str | None, linked: bool) -> None:
    assert (safe_url(url) == url and url is not None) == linked


def quote_of(text: str, url: str | None, permalink: str | None = None) -> Quote:
    run = tables([comment(0, text, permalink=permalink)], [page(url=url)],
                 [theme("d1", "x", 1, 1, representatives=["c0"])])  # fmt: skip
    return build_report(run).themes[0].quotes[0]


def test_a_permalink_goes_before_the_page() -> None:
    assert passage_url(quote_of("a", "https://a.example", "https://a.example/#c1")) == "https://a.example/#c1"
    assert passage_url(quote_of("a", "https://a.example", "javascript:x")) == "https://a.example#:~:text=a"


def test_a_page_link_carries_the_first_and_last_words() -> None:
    words = "one two, three-four & five six seven eight nine ten eleven"
    url = passage_url(quote_of(words, "https://a.example/p#top"))
    assert url == (
        "https://a.example/p#top:~:text=one%20two%2C%20three%2Dfour%20%26%20five,seven%20eight%20nine%20ten%20eleven"
    )


def test_without_an_address_the_link_stays_in_the_file() -> None:
    assert passage_url(quote_of("a", None)) is None
