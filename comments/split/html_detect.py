"""Comments of pages that no rule knows: what repeats, under a heading or a name that says comments.

A section is asked for first (an element named after comments, or a heading such as "12 comments"); only
inside of one are repeated elements with a date or an author and a text taken for comments. Lists of
teasers, reviews and products repeat in the same way, but not in such a section.
"""

from __future__ import annotations

import re

from comments.split.html_pairs import LINE_TAGS, find_pairs, value_pairs
from comments.split.html_sections import Section, find_sections, said_sections, words_of
from comments.split.html_signs import Signs, count_between
from comments.split.html_units import Unit, nest_units
from comments.split.html_words import HEAD, furniture_kind
from comments.split.marks import Index
from comments.split.platform_rule import Platform
from comments.split.tree import Node, Tree

SINGULAR = re.compile(r"^(?:comment|reply|response|kommentar|comentario|commentaire|commento|reactie|opinion|opinia)$")
"""Words that name one comment."""

MEMBER_TAGS = frozenset(["li", "div", "article", "section", "tr", "dl", "dt", "blockquote", "table", "p"])
_FORM_WORDS = frozenset(["respond", "commentform", "form", "newcomment", "subscribe", "login"])
_RIM_WORDS = frozenset(["header", "head", "footer", "foot", "meta", "author", "date", "signature", "byline"])
"""Words that name a part of a comment."""
MOST_GROUPS = 60

GENERAL = Platform(
    name="repeated elements",
    source="no platform: elements that repeat in a section of comments",
    needle="",
    unit=(),
    body=(
        "[itemprop=text]", ".comment-content", ".comment-text", ".comment-body",
        ".comment__text", ".comment__body",
        ".comment__content", ".commenttext", ".comment_text", ".commentbody", ".comment-message",
        ".message-body", ".message",
        ".*comment*text", ".*comment*body", ".*comment*message",
        ".text", ".body", ".content", ".post-body", ".description",
    ),
    author=(
        "[itemprop=author]", "[rel=author]", ".author", ".username", ".user-name", ".user",
        ".nickname", ".nick", ".name",
        ".comment-author", ".comment__author", ".commentauthor", ".*author*", ".*user*name*",
        ".*nick*", ".fn", "cite",
    ),
    date=("time", ".date", ".time", ".timestamp", ".datetime", ".comment-date", ".comment__date", ".*date*", ".*time*"),
    permalink=(".permalink",),
    likes=(".likes", ".like-count", ".votes", ".vote-count", ".upvotes", ".score"),
    sure=0.7,
)  # fmt: skip


def detect_units(index: Index, signs: Signs) -> list[Unit]:
    """Return the units of the best group of repeated elements in a section of comments."""
    sections = find_sections(index) + said_sections(index)
    if len(signs.replies) > 1:
        sections.append(Section(1, len(index.tree.tags), strict=True))
    best: tuple[float, list[Node], list[Unit]] = (0.0, [], [])
    for section in sections:
        for group in _groups(index.tree, section):
            value = _value_of(index.tree, group, signs, section)
            if value > best[0] or (value == best[0] > 0 and len(group) == 1):
                best = value, group, []
        for row in _rows(index.tree, section):
            pairs = find_pairs(index.tree, row, signs, section)
            value = value_pairs(index.tree, pairs, signs, section) if pairs else 0.0
            if value > best[0]:
                best = value, [], pairs
    return best[2] or nest_units(best[1])


def _rows(tree: Tree, section: Section) -> list[list[Node]]:
    """Return the elements of a section that stand side by side, equal by tag and classes, from two on."""
    rows: dict[tuple[int, str, tuple[str, ...]], list[Node]] = {}
    for at in range(section.lo, section.hi):
        if tree.tags[at].name in LINE_TAGS and tree.text_hi[at] > tree.text_lo[at]:
            rows.setdefault((tree.parent[at], tree.tags[at].name, tree.tags[at].classes), []).append(tree.node(at))
    return sorted((row for row in rows.values() if len(row) > 1), key=len, reverse=True)[:MOST_GROUPS]


def _groups(tree: Tree, section: Section) -> list[list[Node]]:
    """Return the elements of a section by tag and classes, groups that might be comments only."""
    groups: dict[tuple[str, str], list[Node]] = {}
    for at in range(section.lo, section.hi):
        if tree.tags[at].name in MEMBER_TAGS and tree.text_hi[at] > tree.text_lo[at]:
            node = tree.node(at)
            if words_of(node) & _FORM_WORDS:
                continue
            for mark in dict.fromkeys(map(_plain, node.classes)):
                groups.setdefault((node.name, mark), []).append(node)
            if node.id:
                groups.setdefault((node.name, "#" + _plain(node.id)), []).append(node)
            if node.parent is not None:
                groups.setdefault((node.name, f"in {node.parent.index}"), []).append(node)
    return sorted(groups.values(), key=len, reverse=True)[:MOST_GROUPS]


def _plain(name: str) -> str:
    return re.sub(r"\d+", "", name)


def _value_of(tree: Tree, group: list[Node], signs: Signs, section: Section) -> float:
    """Return how much a group looks like comments: the number of its members that do, or 0."""
    good = 0.0
    alike = 0
    singular = _is_singular(group[0])
    sure_of_name = 0.8 if singular and section.named else 0.5 if section.named else 0.0
    told = section.count is not None and 0.75 * section.count <= len(group) <= section.count
    answered = 0
    for i, node in enumerate(group):
        own_end = group[i + 1].text_lo if i + 1 < len(group) and group[i + 1].index < node.last else node.text_hi
        if tree.weight[own_end] - tree.weight[node.text_lo] <= 20:
            continue
        dated = 0 < count_between(signs.dates, node.text_lo, own_end) <= 3
        named = _names_author(tree, node, own_end)
        reply = 0 < count_between(signs.replies, node.text_lo, own_end) <= 2
        answered += reply
        alike += dated or named or reply
        if section.strict and not (told and dated):
            good += 1.0 if reply and (dated or named) else 0.0
        elif dated:
            good += 1.0 if named or reply else 0.75
        elif named:
            good += 0.75 if reply or told else sure_of_name
        elif reply and not section.strict:
            good += 0.5
    alone = len(group) == 1
    enough = 0.75 if section.count == 1 else 1.0 if answered or section.named else 2.0
    single = alone and not section.strict and good >= enough
    linked = 2 * tree.link_size(group[0]) > tree.size(group[0]) and not answered and section.count != 1
    if alone and (linked or words_of(group[0]) & _RIM_WORDS):
        return 0.0
    if good < 0.6 * len(group) or (alone and not singular and not single):
        return 0.0
    if good < (0.75 if singular or single else 1.4):
        return 0.0
    if alone and not singular and _holds_form(tree, group[0]):
        return 0.0
    covered = sum(tree.size(node) for i, node in enumerate(group) if i == 0 or node.index >= group[i - 1].last)
    total = tree.weight[tree.text_hi[section.hi - 1]] - tree.weight[tree.text_lo[section.lo]] or 1
    good *= (1.5 if singular else 1.0) * alike / len(group)
    return good * (0.3 + min(1.0, covered / total))


def _holds_form(tree: Tree, node: Node) -> bool:
    """Whether there is a field to write in."""
    return any(tree.tags[i].name in ("form", "textarea") for i in range(node.index, node.last))


def _names_author(tree: Tree, node: Node, text_hi: int) -> bool:
    """Whether a short text in the head of an element is marked as a name."""
    for place in range(node.text_lo, min(text_hi, node.text_lo + 6)):
        up: Node | None = tree.owner(place)
        for _ in range(3):
            if up is None or up.index == node.index:
                break
            if tree.span(place) < 80 and furniture_kind(up) == HEAD:
                return True
            up = up.parent
    return False


def _is_singular(node: Node) -> bool:
    return any(SINGULAR.match(word) for word in words_of(node))
