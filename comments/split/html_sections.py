"""Where comments may stand on a page that no rule knows: under a name or a heading that says comments."""

from __future__ import annotations

from dataclasses import dataclass
from heapq import merge
from itertools import groupby

from comments.split.headings import Heading, find_heading
from comments.split.html_words import NAMES_COMMENTS, NAMES_OTHER, naming_of
from comments.split.marks import Index
from comments.split.tree import Node, Tree

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6", "[role=heading]", "legend", "summary")
_SINGULAR = frozenset(["comment", "kommentar", "commentaire", "comentario", "commento", "reactie"])
"""Headings of comments in themes that print the word for one."""
_ONE_WORD = Heading(None, False)
_PAGE = frozenset(("", "html", "body"))
_NO_SECTION = frozenset(["body", "html", "a", "span", "i", "svg", "h1", "h2", "h3", "h4", "h5", "h6", "p", "button"])
_NO_COUNT = frozenset(["h1", "h2", "h3", "h4", "h5", "h6", "button", "option"])
MOST_SECTIONS, MOST_NAMED = 12, 8
MOST_SAID = 4


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a page where comments may stand: the elements ``lo`` to ``hi``.

    Attributes:
        lo, hi: first element, and the place after the last one.
        named: whether it is an element named after comments.
        strict: whether nothing but a passing text announces it, or nothing at all.
        count: how many comments are announced, if that is said.
    """

    lo: int
    hi: int
    named: bool = False
    strict: bool = False
    count: int | None = None


def _is_away(tree: Tree, at: int) -> bool:
    """Whether an element is or stands in a menu, a form or the like."""
    half = tree.size(tree.root) / 2
    while at:
        name = tree.tags[at].name
        away = name in ("nav", "form") or naming_of(tree.node(at).names) == NAMES_OTHER
        # An element around most of the page is no menu, whatever it is called.
        if away and name not in _PAGE and tree.size(tree.node(at)) < half:
            return True
        at = tree.parent[at]
    return False


def find_sections(index: Index) -> list[Section]:
    """Return the parts of a page that are announced as comments, the surest first."""
    tree = index.tree
    sections: list[Section] = []
    by_class = tree.places_of([tag for tag in tree.kinds if tag.classes and naming_of(tag.classes) == NAMES_COMMENTS])
    by_id = [at for at, name in tree.given_ids() if naming_of((name,)) == NAMES_COMMENTS]
    held: list[int] = []
    nesting: set[int] = set()
    for at in merge(by_class, by_id):
        if (held and at == held[-1]) or (tree.tags[at].named and naming_of(tree.node(at).names) != NAMES_COMMENTS):
            continue
        whole = not held or at >= tree.last[held[-1]]
        if not whole and _kind(tree, at) == _kind(tree, held[-1]):
            nesting.add(held[-1])
        if whole and tree.last[at] > at + 1 and tree.tags[at].name not in _NO_SECTION and not _is_away(tree, at):
            held.append(at)
    for _, row in groupby(held, lambda at: (tree.parent[at], _kind(tree, at))):
        places = list(row)
        # Equal elements side by side or in each other are comments themselves, not as many sections.
        first = places[0] if len(places) > 1 or places[0] in nesting else places[0] + 1
        sections.append(Section(first, tree.last[places[-1]], named=True))
    del sections[MOST_NAMED:]
    for node in index.find_all(_HEADINGS):
        if 0 < tree.size(node) < 200:
            line = tree.words(node, 300)
            heading = _ONE_WORD if line.strip(": ").lower() in _SINGULAR else find_heading(line)
            if heading is not None and heading.count != 0 and node.parent is not None:
                box = _around(tree, node)
                sections.append(Section(node.last, box.last, count=heading.count))
                if len(sections) >= MOST_SECTIONS:
                    break
    return sections


def _kind(tree: Tree, at: int) -> tuple[str, tuple[str, ...]]:
    tag = tree.tags[at]
    return tag.name, tag.classes


def said_sections(index: Index) -> list[Section]:
    """Return what stands after short texts that count comments and are neither headings nor links."""
    tree = index.tree
    found: list[Section] = []
    starts, ends, linked, parent, low, tags = (
        tree.text_start, tree.text_end, tree.text_linked, tree.parent, tree.text_lo, tree.tags
    )  # fmt: skip
    for place, at in enumerate(tree.text_owner):
        if linked[place] or ends[place] - starts[place] > 100:
            continue
        while at and tree.size_of(parent[at]) < 60 and tags[parent[at]].name not in _PAGE:
            at = parent[at]
        if low[at] != place or tags[at].name in _NO_COUNT:
            continue
        owner = tree.node(at)
        line = tree.words(owner, 100)
        heading = find_heading(line) if len(line) < 60 else None
        if heading is not None and heading.opens and heading.count != 0 and owner.parent is not None:
            found.append(Section(owner.last, _around(tree, owner).last, strict=True, count=heading.count))
    # A page that counts comments again and again is a list of pages.
    return found if len(found) < MOST_SAID else []


def _around(tree: Tree, heading: Node) -> Node:
    """Return the smallest element around a heading with at least as much again after it."""
    box = heading.parent or heading
    for _ in range(4):
        if tree.weight[box.text_hi] - tree.weight[heading.text_hi] > 40 or box.parent is None:
            break
        box = box.parent
    return box
