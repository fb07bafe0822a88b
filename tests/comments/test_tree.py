"""The tokenizer, the tree and the text of slices."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from comments.split.decode import detect_encoding, html_text
from comments.split.html_build import FREE, MAX_DEPTH, PER_ELEMENT
from comments.split.marks import Index
from comments.split.tokens import pieces
from comments.split.tree import Node, Tree

MARKUP = st.lists(
    st.sampled_from(
        ["<p>", "</p>", "<div class='a b'>", "</div>", "<li id=comment-1>", "<ul>", "</ul>", "<td>", "<table>",
         "</table>",
         "<b>", "</b>", "<a href=x>", "</a>", "<!--", "-->", "<![CDATA[", "]]>", "<script>",
         "</script>", "<", ">", '"', "'",
         "&amp;", "&#", "text", " ", "\n", "é", "<textarea>", "</textarea>",
         "<br/>", "<option>", "<dt>", "<dd>", "</x", "<3"]
    ),
    max_size=60,
).map("".join)  # fmt: skip


def outline(node: Node) -> str:
    """Write an element and those in it as ``name(kids)``."""
    kids, at = [], node.index + 1
    while at < node.last:
        kids.append(outline(node.tree.node(at)))
        at = node.tree.last[at]
    return node.name + (f"({' '.join(kids)})" if kids else "")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<p>a<p>b<div>c</div>", "(p p div)"),
        ("<ul><li>a<li>b<ul><li>c</ul><li>d</ul>", "(ul(li li(ul(li)) li))"),
        ("<dl><dt>a<dd>b<dt>c<dd>d</dl>", "(dl(dt dd dt dd))"),
        ("<table><tr><td>a<td>b<tr><td>c</table>", "(table(tr(td td) tr(td)))"),
        ("<select><option>a<option>b</select>", "(select(option option))"),
        ("<div><p>a</div>b", "(div(p))"),
        ("<b><p>a</b>b</p><i>c</i>", "(b(p) i)"),
        ("<a href=1>x<a href=2>y</a>", "(a a)"),
        ("<table><tr><td></div>a</td></tr></table>", "(table(tr(td)))"),
        ("<head><title>a<b></title><p>x", "(head(title) p)"),
        ("<br><img src='x'><hr>", "(br img hr)"),
        ("<svg><path/><g/></svg><p>x", "(svg p)"),
        ("<math><mi/><mo/></math><p>x", "(math(mi mo) p)"),
        ("<svg><p>x</p><svg></svg>", "(svg(p svg))"),
        ("<svg /><p>x</p><svg></svg>", "(svg p svg)"),
        ("<li>a</ul><li>b", "(li li)"),
    ],
)
def test_end_tags_are_implied_as_in_browsers(source: str, expected: str) -> None:
    tree = Tree(source.encode(), "utf-8")
    assert outline(tree.root) == expected


def test_every_tag_and_text_knows_its_bytes() -> None:
    data = "<p>Grüße, <b>Ole</b>!</p>".encode()
    tree = Tree(data, "utf-8")
    p, b = tree.node(1), tree.node(2)
    assert data[p.start : p.end] == data
    assert data[b.start : b.end] == b"<b>Ole</b>"
    assert data[b.inner : b.inner_end] == b"Ole"
    assert [tree.text_at(i) for i in range(len(tree.text_owner))] == ["Grüße, ", "Ole", "!"]


def test_scripts_comments_and_cdata_hold_no_text() -> None:
    data = b"<script>'<p>a'</script><style>p{}</style><!-- <p>b --><![CDATA[<p>c]]><?php d ?><noscript><p>e</noscript>f"
    tree = Tree(data, "utf-8")
    assert [tree.text_at(i) for i in range(len(tree.text_owner))] == ["f"]


@pytest.mark.parametrize(
    ("source", "attributes"),
    [
        (
            "<a href='x y' TITLE=\"a>b\" class=c data-id=7 hidden>",
            {"href": "x y", "title": "a>b", "class": "c", "data-id": "7", "hidden": ""},
        ),
        ("<a title=it's>", {"title": "it's"}),
        ('<a href="?a=1&amp;b=2">', {"href": "?a=1&b=2"}),
        ("<a id=1 id=2>", {"id": "1"}),
    ],
)
def test_attributes_are_read_with_and_without_quotes(source: str, attributes: dict[str, str]) -> None:
    tree = Tree(source.encode(), "utf-8")
    held = tree.attributes(tree.node(1))
    assert {k: held[k] for k in attributes if k in held} == {k: v for k, v in attributes.items() if k in held}
    assert held.keys() >= attributes.keys()


def test_elements_too_deep_become_siblings() -> None:
    tree = Tree(b"<div>" * 5_000 + b"x" + b"</div>" * 5_000, "utf-8")
    depths = [0]
    for parent in tree.parent[1:]:
        depths.append(depths[parent] + 1)
    assert max(depths) == MAX_DEPTH
    assert len(tree.tags) == 5_001


def test_what_no_real_page_holds_is_passed_over_but_no_text_is_lost() -> None:
    tree = Tree(b"<b>x" * 40_000 + b"</b>" * 40_000 + b"<p class=end>y", "utf-8")
    assert len(tree.tags) <= FREE + len(tree.src) // PER_ELEMENT + 2
    assert tree.weight[-1] == 40_001


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<p>a</p>\n<p>b</p>", "a\nb"),
        ("a<br>b<br/><br>c", "a\nb\n\nc"),
        ("x <b>y</b>z", "x yz"),
        ("a<script>b</script>c", "ac"),
        ("1 &lt; 2 &amp;amp; &#233; &eacute;", "1 < 2 &amp; é é"),
        ("<pre>if a:\n    b</pre>", "if a:\n    b"),
        ("<ul><li>a</li><li>b</li></ul>c", "a\nb\nc"),
        ("<td>a</td><td>b</td>", "a b"),
        ("  \n ", ""),
    ],
)
def test_text_of_a_slice(source: str, text: str) -> None:
    assert html_text(source.encode(), "utf-8") == text


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (b"\xef\xbb\xbf<p>a", "utf-8"),
        ("<p>a".encode("utf-16"), "utf-16-le"),
        (b'<meta charset="windows-1251"><p>\xcf', "cp1251"),
        (b'<meta http-equiv=Content-Type content="text/html; charset=iso-8859-1"><p>\xe9', "cp1252"),
        (b'<meta charset="iso-8859-1"><p>\xc3\xa9', "utf-8"),
        (b'<meta charset="no-such-thing"><p>\xc3\xa9', "utf-8"),
        (b"<p>\xc3\xa9", "utf-8"),
        (b"<p>\xe9t\xe9", "cp1252"),
        (b"<p>caf\xc3", "utf-8"),
        (b"", "utf-8"),
    ],
)
def test_encoding_is_found_as_browsers_do(data: bytes, encoding: str) -> None:
    assert detect_encoding(data) == encoding


def test_patterns_find_elements() -> None:
    index = Index(
        Tree(
            b"<div id=c class='x Y'><li id=comment-12 class=depth-3 itemprop='a b'>q</div><li id=comment-form>", "utf-8"
        )
    )
    counts = {
        p: len(index.find(p))
        for p in ("li", "#comment-9", "#comment-*", ".depth-9", "div.x.y", "#c li", "[itemprop=b]", "p")
    }
    assert counts == {
        "li": 2,
        "#comment-9": 1,
        "#comment-*": 2,
        ".depth-9": 1,
        "div.x.y": 1,
        "#c li": 1,
        "[itemprop=b]": 1,
        "p": 0,
    }


@given(MARKUP)
@settings(max_examples=300, deadline=None)
def test_tokens_cover_the_page_once(source: str) -> None:
    at = 0
    for start, lt, _, _, end in pieces(source):
        assert start == at
        assert start <= lt <= end
        assert end > start
        at = end
    assert at == len(source)


@given(MARKUP)
@example("<a href=x><table><a href=x></table>")
@example("<a href=x><table></a></table>")
@example("<a href=x><div><p></a></div>")
@settings(max_examples=300, deadline=None)
def test_elements_nest_and_stay_in_the_page(source: str) -> None:
    data = source.encode()
    tree = Tree(data, "utf-8")
    for node in map(tree.node, range(len(tree.tags))):
        assert 0 <= node.start <= node.inner <= node.inner_end <= node.end <= len(data)
        assert node.index < node.last <= len(tree.tags)
        if node.parent is not None:
            assert node.parent.start <= node.start
            assert node.end <= node.parent.end
            assert node.last <= node.parent.last


@given(st.binary(max_size=200), st.sampled_from(["utf-8", "cp1252", "utf-16-le", "shift_jis", "no-such-codec"]))
@settings(max_examples=200, deadline=None)
def test_any_bytes_give_a_tree_and_a_text(data: bytes, encoding: str) -> None:
    Tree(data, encoding)
    html_text(data, encoding)
    detect_encoding(data)
