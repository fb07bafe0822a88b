"""What a page says about its comments: how many there are, and whether there is a place for them."""

from __future__ import annotations

from dataclasses import dataclass

from comments.model import SplitReason
from comments.split.headings import find_heading
from comments.split.html_furniture import Place
from comments.split.html_sections import find_sections
from comments.split.marks import Index

HEADINGS = (
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    ".*comment*",
    "#*comment*",
    ".*kommentar*",
    ".*respon*",
    ".*reacti*",
    ".*thread-head*",
    ".comment-count",
)
PLACES = ("#comments", "#disqus_thread", ".fb-comments", ".comments-area")
"""Elements that are there for comments, filled or not."""
FORMS = ("#respond", "#commentform", ".comment-respond")
"""Elements to write a comment in: they stand under comments as well as where there are none yet."""
LONGEST_HEADING = 250
MOST_LINKED = 4
"""Different counts in links from which on it is no matter how many more there are."""
MUCH = 300
"""Text in a section, beside its heading and form, from which on something stands in it."""


@dataclass(frozen=True, slots=True)
class Declared:
    """What a page declares of its comments.

    Attributes:
        count: how many there are.
        section: whether it has a heading of comments, a place for them or a form.
        place: whether it has an element that is named as their place.
        form: whether it has an element named as the form to write one.
    """

    count: int | None
    section: bool
    place: bool = False
    form: bool = False


def find_declared(index: Index, taken: list[Place]) -> Declared:
    """Return what the page declares; the heading nearest above the first comment decides."""
    tree = index.tree
    inside = sorted(taken)
    first = inside[0][0] if inside else len(tree.src)
    best: tuple[int, int] | None = None
    section = False
    linked: set[int | None] = set()
    at = 0
    for node in index.find_all(HEADINGS):
        while at < len(inside) and inside[at][1] <= node.start:
            at += 1
        if (at < len(inside) and inside[at][0] <= node.start) or not 0 < tree.size(node) < LONGEST_HEADING:
            continue
        heading = find_heading(tree.words(node, LONGEST_HEADING))
        if heading is None:
            continue
        if tree.link_size(node) == tree.size(node):
            # A link to comments stands above a page's own, but also under every teaser of a list.
            if len(linked) < MOST_LINKED:
                linked.add(heading.count)
            continue
        section = True
        # Below the first comment a count is more likely that of another page.
        distance = first - node.start if node.start <= first else 2 * (node.start - first)
        if heading.count is not None and (best is None or distance < best[0]):
            best = distance, heading.count
    linked.discard(None)
    count = best[1] if best is not None else linked.pop() if len(linked) == 1 else None
    place, form = any(map(index.find, PLACES)), any(map(index.find, FORMS))
    return Declared(count, section or place or form, place, form)


def reason_for(index: Index, declared: Declared) -> SplitReason:
    """Return why a page on which no comment was found has none."""
    if not declared.section:
        return "no comment section found"
    if declared.count:
        for section in find_sections(index):
            if section.named and _filled(index, section.lo, section.hi):
                return "comment section found, but the boundaries of its comments are unknown"
    return "comment section found, but it is empty"


def _filled(index: Index, lo: int, hi: int) -> bool:
    """Whether more than a heading and a form stands in a section."""
    tree = index.tree
    at = lo
    size = 0
    while at < hi:
        node = tree.node(at)
        if node.name in ("form", "h1", "h2", "h3", "h4", "h5", "h6") or node.id in ("respond", "commentform"):
            at = node.last
            continue
        if node.name in ("p", "li", "blockquote", "dd", "td"):
            size += tree.size(node) - tree.link_size(node)
            at = node.last
            continue
        at += 1
    return size > MUCH
