"""The body of the article: where it starts and ends, and what in it is furniture."""

from __future__ import annotations

import re

from comments.split.marks import Index
from comments.split.tree import Node, Tree

BODY_PATTERNS: tuple[str, ...] = (
    "[itemprop=articleBody]", ".entry-content", ".post-content", ".article-content", ".article-body", ".article__body",
    ".post-body", ".entry__content", ".post__content", ".td-post-content", ".single-content", ".story-body", ".articlebody",
    ".post-entry", ".entry-body", ".entrytext", ".storycontent", ".blog-content", ".post_content", ".postcontent", ".article-text",
    ".entry", ".post-bodycopy", "#article-body", ".wp-block-post-content", ".content-inner", ".field-name-body", ".field--name-body",
    ".post", "article", "main", "#content", ".content",
)  # fmt: skip

_CUT_TAGS = frozenset("form nav footer aside button select svg".split())
_CUT = re.compile(
    r"(?:^|[-_ ])(?:share|sharing|sharedaddy|social|addtoany|related|relatedposts|jp-relatedposts|author-bio|authorbio|author-box|"
    r"about-author|author-info|newsletter|subscribe|signup|breadcrumbs?|postmetadata|post-meta|entry-meta|tagged|tagdata|post-tags|"
    r"post-navigation|nav-links|navigation|pagination|comments?|respond|sidebar|widget|advert|adsbygoogle|promo|byline|"
    r"cookie|toc|ez-toc-container|printfriendly|wp-caption-text)(?:$|[-_ ])",
    re.IGNORECASE,
)


def find_article(index: Index, taken: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the places of the article's body; ``taken`` are the comments' units."""
    tree = index.tree
    first = min((start for start, _ in taken), default=len(tree.src))
    for pattern in BODY_PATTERNS:
        nodes = [n for n in index.find(pattern) if n.start < first and not any(s <= n.start < e for s, e in taken)]
        nodes = [n for n in nodes if tree.size(n) - tree.link_size(n) > 100]
        if nodes:
            best = max(nodes, key=lambda n: tree.size(n) - 2 * tree.link_size(n))
            return cut(index, best, taken)
    return cut(index, tree.root, taken)


def cut(index: Index, body: Node, taken: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return ``body`` without the furniture and the comments in it."""
    tree = index.tree
    holes = [(n.start, n.end) for n in _furniture(tree, body)] + [t for t in taken if t[0] < body.inner_end and t[1] > body.inner]
    return [(a, b) for a, b in subtract(body.inner, body.inner_end, holes) if tree.src[a:b].strip()]


def _furniture(tree: Tree, body: Node) -> list[Node]:
    found: list[Node] = []
    size = tree.size(body)
    after = body.index + 1
    for node in tree.nodes[body.index + 1 : body.last]:
        if node.index < after:
            continue
        marks = " ".join((*node.classes, node.id))
        if node.name in _CUT_TAGS or (marks and _CUT.search(marks) and tree.size(node) * 2 < size):
            found.append(node)
            after = node.last
    return found


def subtract(start: int, end: int, holes: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return what is left of ``[start, end)`` without ``holes``, in order."""
    left: list[tuple[int, int]] = []
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
