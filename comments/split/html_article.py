"""The body of the article: an element named as one, else the one that holds most of the running text."""

from __future__ import annotations

from comments.split.html_furniture import Paragraphs, Place, find_furniture, head_and_tail
from comments.split.marks import Index
from comments.split.tree import Node, trim

# Names of the element around an article's text, best first. Sources: schema.org articleBody, the hAtom
# microformat (entry-content), and the default themes of WordPress, Blogger, Drupal, Ghost and TypePad.
BODY_PATTERNS: tuple[str, ...] = (
    "[itemprop=articleBody]", ".entry-content", ".post-content", ".article-content", ".article-body",
    ".article__body", ".post-body", ".entry__content", ".post__content", ".td-post-content",
    ".single-content",
    ".story-body", ".articlebody", ".post-entry", ".entry-body", ".entrytext",
    ".storycontent", ".blog-content",
    ".post_content", ".postcontent", ".article-text", ".entry", ".post-bodycopy", "#article-body",
    ".wp-block-post-content", ".content-inner", ".field-name-body", ".field--name-body",
)  # fmt: skip
AROUND_PATTERNS: tuple[str, ...] = (".post", "article", "main", "#content", ".content")
"""Names of what is around a body and little else."""

ENOUGH = 0.4
"""Part of the page's running text that an element named as a body has to hold."""
ENOUGH_AROUND = 0.5
"""The same for one named as something around a body."""
MOST = 0.8
"""Part of the running text that has to stay when the look narrows to an element inside."""
SHORT = 24
"""Texts from this length on count as running text wherever they stand."""
RUNNING = frozenset(["p", "pre", "blockquote", "li", "dd", "td", "h2", "h3", "h4", "h5", "h6", "code"])
"""Elements in which shorter texts count as well."""


def find_article(index: Index, taken: list[Place]) -> tuple[list[Place], str]:
    """Return the places of the article's body and what it was found by.

    Args:
        index: the page.
        taken: where comments stand.
    """
    tree = index.tree
    paragraphs = Paragraphs(tree, taken)
    holes = sorted([(n.start, n.end) for n in find_furniture(paragraphs, tree.root)] + taken)
    paragraphs.count_running(holes, SHORT, RUNNING)
    body, why = _choose_body(index, paragraphs, min((start for start, _ in taken), default=len(tree.src)))
    inner = [(n.start, n.end) for n in find_furniture(paragraphs, body)]
    holes = inner + taken + head_and_tail(index, paragraphs, body)
    pieces = (trim(tree.src, a, b) for a, b in subtract(body.inner, body.inner_end, holes))
    return [(a, b) for a, b in pieces if a < b], why


def _choose_body(index: Index, paragraphs: Paragraphs, first: int) -> tuple[Node, str]:
    total = paragraphs.running[-1]
    for pattern in (*BODY_PATTERNS, *AROUND_PATTERNS):
        least = total * (ENOUGH_AROUND if pattern in AROUND_PATTERNS else ENOUGH)
        nodes = [n for n in index.find_all([pattern]) if n.start < first and paragraphs.share(n) >= least > 0]
        if nodes:
            return max(nodes, key=paragraphs.share), f"body named {pattern}"
    return _narrow(paragraphs), "most of the running text"


def _narrow(paragraphs: Paragraphs) -> Node:
    """Return the smallest element that holds most of the running text."""
    tree, running = paragraphs.tree, paragraphs.running
    node = 0
    least = MOST * (running[-1] or 1)
    while True:
        best, most = -1, -1
        at, stop = node + 1, tree.last[node]
        while at < stop:
            share = running[tree.text_hi[at]] - running[tree.text_lo[at]]
            if share > most:
                best, most = at, share
            at = tree.last[at]
        if best < 0 or tree.tags[best].name in RUNNING or most < least:
            return tree.node(node)
        node = best


def subtract(start: int, end: int, holes: list[Place]) -> list[Place]:
    """Return what is left of ``[start, end)`` without ``holes``, in order."""
    left: list[Place] = []
    at = start
    for a, b in sorted(holes):
        if a > at:
            left.append((at, min(a, end)))
        at = max(at, b)
        if at >= end:
            break
    if at < end:
        left.append((at, end))
    return left
