"""Comments of pages that no rule knows: what repeats, under a heading or a name that says comments.

A section is asked for first (an element named after comments, or a heading such as "12 comments"); only
inside of one are repeated elements with a date or an author and a text taken for comments. Lists of
teasers, reviews and products repeat in the same way, but not in such a section.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache

from comments.split.dates import find_date
from comments.split.headings import find_heading
from comments.split.html_nodes import Marks
from comments.split.html_units import Unit, nest_units
from comments.split.html_words import HEAD, furniture_kind
from comments.split.marks import Index
from comments.split.platform_rule import Platform
from comments.split.tree import Node, Tree

SECTION = re.compile(
    r"^(?:comments?|commentlist|commentslist|commentarea|commentsarea|commentsection|commentthread|"
    r"responses|discussion|"
    r"conversation|kommentare?|kommentarliste|leserkommentare|comentarios?|commentaires?|commenti|"
    r"comentários|reacties?|"
    r"kommentarer|komentarze|komentarz|yorumlar|opinions|opinie|diskussion|forum|replies|guestbook|cmt|cmts)$"
)
"""Words in a class or id that name a section of comments, by language."""

SINGULAR = re.compile(r"^(?:comment|reply|response|kommentar|comentario|commentaire|commento|reactie|opinion|opinia)$")
"""Words that name one comment."""

AWAY = re.compile(
    r"^(?:widgets?|sidebar|recent|recentcomments|latest|related|nav|navbar|menu|footer|form|respond|"
    r"commentform|teaser|"
    r"teasers|popular|trending|most|product|products|testimonials?|policy|count|link|links|button|"
    r"toggle|meta|rss|feed|"
    r"script|icon|closed|none|disabled|share|subscribe|header|login|modal|template|breadcrumbs?|newsletter)$"
)
"""Words beside those that say it is something else."""

MEMBER_TAGS = frozenset(["li", "div", "article", "section", "tr", "dl", "dt", "blockquote", "table", "p"])
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6", "[role=heading]", "legend", "summary")
_WORDS = re.compile(r"[A-Za-z]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_PAGE = frozenset(("", "html", "body"))
_NO_SECTION = frozenset(["body", "html", "a", "span", "i", "svg", "h1", "h2", "h3", "h4", "h5", "h6", "p", "button"])
_FORM_WORDS = frozenset(["respond", "commentform", "form", "newcomment", "subscribe", "login"])
MOST_SECTIONS = 8
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


@dataclass(frozen=True, slots=True)
class Section:
    """Where comments are announced: the elements and texts after ``node.inner`` or after a heading."""

    lo: int
    hi: int
    named: bool


def detect_units(index: Index) -> list[Unit]:
    """Return the units of the best group of repeated elements in a section of comments."""
    sections = find_sections(index)
    best: tuple[float, list[Node]] = (0.0, [])
    dates = _dated_texts(index.tree) if sections else []
    for section in sections[:MOST_SECTIONS]:
        for group in _groups(index.tree, section):
            value = _value_of(index.tree, group, dates, section)
            if value > best[0]:
                best = value, group
    return nest_units(best[1])


def words_of(node: Node) -> frozenset[str]:
    """Return the words in an element's classes and id, in lower case."""
    if not node.id:
        if not node.classes:
            return _NO_WORDS
        if len(node.classes) == 1:
            return _words_in(node.classes[0])
    return _words_in(node.id).union(*map(_words_in, node.classes))


_NO_WORDS: frozenset[str] = frozenset()


@lru_cache(maxsize=65536)
def _words_in(mark: str) -> frozenset[str]:
    return frozenset(word.lower() for word in _WORDS.findall(_CAMEL.sub(" ", mark)))


def _is_away(tree: Tree, at: int) -> bool:
    """Whether an element is or stands in a menu, a form or the like."""
    half = tree.size(tree.root) / 2
    while at:
        away = tree.names[at] in ("nav", "form") or _naming(tree.marks[at]) == _OTHER
        # An element around most of the page is no menu, whatever it is called.
        if away and tree.names[at] not in _PAGE and tree.size(tree.node(at)) < half:
            return True
        at = tree.parent[at]
    return False


_SECTION, _OTHER = 1, 2


def _naming(marks: Marks) -> int:
    """Return whether classes and id name a section of comments, something else, or neither."""
    kinds = [_kind_of(name) for name in marks.names]
    return _OTHER if _OTHER in kinds else max(kinds, default=0)


@lru_cache(maxsize=65536)
def _kind_of(mark: str) -> int:
    words = _words_in(mark)
    if any(AWAY.match(word) for word in words):
        return _OTHER
    return _SECTION if any(SECTION.match(word) for word in words) else 0


def find_sections(index: Index) -> list[Section]:
    """Return the parts of a page that are announced as comments, the surest first."""
    tree = index.tree
    sections: list[Section] = []
    named = [marks for marks in index.by_marks if marks.names and _naming(marks) == _SECTION]
    taken_until = 0
    for at in sorted(place for marks in named for place in index.by_marks[marks]):
        whole = at >= taken_until and tree.last[at] > at + 1 and tree.names[at] not in _NO_SECTION
        if whole and not _is_away(tree, at):
            sections.append(Section(at + 1, tree.last[at], named=True))
            taken_until = tree.last[at]
    for node in index.find_all(_HEADINGS):
        if 0 < tree.size(node) < 200:
            heading = find_heading(tree.words(node, 300))
            if heading is not None and heading.count != 0 and node.parent is not None:
                box = _around(tree, node)
                sections.append(Section(node.last, box.last, named=False))
    return sections


def _around(tree: Tree, heading: Node) -> Node:
    """Return the smallest element around a heading with at least as much again after it."""
    box = heading.parent or heading
    for _ in range(4):
        if tree.weight[box.text_hi] - tree.weight[heading.text_hi] > 40 or box.parent is None:
            break
        box = box.parent
    return box


def _groups(tree: Tree, section: Section) -> list[list[Node]]:
    """Return the elements of a section by tag and classes, groups that might be comments only."""
    groups: dict[tuple[str, str], list[Node]] = {}
    for at in range(section.lo, section.hi):
        if tree.names[at] in MEMBER_TAGS and tree.text_hi[at] > tree.text_lo[at]:
            node = tree.node(at)
            if words_of(node) & _FORM_WORDS:
                continue
            for mark in dict.fromkeys(map(_plain, node.classes)):
                groups.setdefault((node.name, mark), []).append(node)
            if node.id:
                groups.setdefault((node.name, "#" + _plain(node.id)), []).append(node)
            if node.parent is not None:
                groups.setdefault((node.name, f"in {node.parent.index}"), []).append(node)
    found = [group for key, group in groups.items() if len(group) > 1 or not key[1].startswith("in ")]
    return sorted(found, key=len, reverse=True)[:MOST_GROUPS]


def _plain(name: str) -> str:
    return re.sub(r"\d+", "", name)


def _dated_texts(tree: Tree) -> list[int]:
    """Return the places of short texts that hold a date, and of texts in ``<time>``."""
    found: list[int] = []
    for place, owner in enumerate(tree.text_owner):
        if tree.names[owner] == "time":
            found.append(place)
        elif tree.span(place) < 160:
            text = tree.line_at(place)
            dated = find_date(text) if len(text) < 90 else None
            if dated is not None and len(dated.before) < 50 and len(dated.after) < 30:
                found.append(place)
    return found


def _value_of(tree: Tree, group: list[Node], dates: list[int], section: Section) -> float:
    """Return how much a group looks like comments: the number of its members that do, or 0."""
    good = 0.0
    singular = _is_singular(group[0])
    sure_of_name = 0.8 if singular and section.named else 0.5 if section.named else 0.0
    for i, node in enumerate(group):
        own_end = group[i + 1].text_lo if i + 1 < len(group) and group[i + 1].index < node.last else node.text_hi
        if tree.weight[own_end] - tree.weight[node.text_lo] <= 20:
            continue
        count = bisect_left(dates, own_end) - bisect_left(dates, node.text_lo)
        named = _names_author(tree, node, own_end)
        if 0 < count <= 3:
            good += 1.0 if named else 0.75
        elif named:
            good += sure_of_name
    if good < 0.7 * len(group) or (len(group) < 2 and not singular) or good < (0.75 if singular else 1.4):
        return 0.0
    covered = sum(tree.size(node) for i, node in enumerate(group) if i == 0 or node.index >= group[i - 1].last)
    total = tree.weight[tree.text_hi[section.hi - 1]] - tree.weight[tree.text_lo[section.lo]] or 1
    return good * (1.5 if singular else 1.0) * (0.3 + min(1.0, covered / total))


def _names_author(tree: Tree, node: Node, text_hi: int) -> bool:
    """Whether a short text in the head of an element is marked as a name."""
    for place in range(node.text_lo, min(text_hi, node.text_lo + 6)):
        up: Node | None = tree.owner(place)
        for _ in range(3):
            if up is None or up is node:
                break
            if tree.span(place) < 80 and furniture_kind(up) == HEAD:
                return True
            up = up.parent
    return False


def _is_singular(node: Node) -> bool:
    return any(SINGULAR.match(word) for word in words_of(node))
