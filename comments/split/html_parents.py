"""What a comment answers where the mark-up does not nest it: "in reply to" above it, a name or a quotation in it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from comments.model import Comment
from comments.split.headings import reply_to
from comments.split.html_bodies import Part
from comments.split.html_units import own_texts
from comments.split.html_words import is_quote
from comments.split.text_bylines import SAYS_LAST
from comments.split.thread import find_places, find_writer
from comments.split.tree import Node, Tree

_BBCODE = re.compile(
    r"^\[quote(?:=\"?(?P<who>[^\]\"]{1,40}?)\"?(?:[;,][^\]]*)?)?\](?P<said>.*?)\[/quote\]", re.IGNORECASE | re.DOTALL
)
_ANSWERS_NEXT = re.compile(r"\bin (?:reply|response) to\s*:?$", re.IGNORECASE)
HEAD_TEXTS = 12
"""Texts around a comment's own that are looked through for a line that says what it answers."""


class Answer(NamedTuple):
    """What a comment's mark-up says of what it answers.

    Attributes:
        nested: whether it stands in another comment.
        answered: whether others stand in it.
        named: whom a line above it names.
        quoted: the quotation that it begins with, as plain text writes one.
    """

    nested: bool
    answered: bool
    named: str | None = None
    quoted: str = ""


_SILENT = {kids: Answer(nested=False, answered=kids) for kids in (False, True)}


def read_answer(tree: Tree, part: Part) -> Answer:
    """Return what is said around and at the beginning of a comment of what it answers."""
    nested, answered = part.unit.parent is not None, bool(part.unit.kids)
    if nested:
        return Answer(nested, answered)
    named, quoted = _named_above(tree, part), _quoted_first(tree, part)
    return Answer(nested, answered, named, quoted) if named or quoted else _SILENT[answered]


def tie_parents(answers: Sequence[Answer], comments: tuple[Comment, ...]) -> tuple[Comment, ...]:
    """Return the comments; those that no mark-up nests have the parent of which they speak.

    Args:
        answers: what the mark-up says of each.
        comments: the comments, with the parents that nesting gives.
    """
    places = find_places(
        [comment.depth for comment in comments],
        [comment.author for comment in comments],
        [answer.named for answer in answers],
        [answer.quoted + comment.text for answer, comment in zip(answers, comments, strict=True)],
    )
    tied: list[Comment] = []
    for answer, comment, place in zip(answers, comments, places, strict=True):
        free = not answer.nested and comment.parent is None and place.evidence in ("mention", "quote")
        depth = comment.depth if answer.answered else place.depth
        tied.append(
            replace(comment, depth=depth, parent=place.parent, parent_evidence=place.evidence) if free else comment
        )
    return tuple(tied)


def _named_above(tree: Tree, part: Part) -> str | None:
    around = [i for i in own_texts(part.unit)[: 2 * HEAD_TEXTS] if tree.text_end[i] <= part.start][:HEAD_TEXTS]
    for i, place in enumerate(around):
        if tree.span(place) > 160:
            continue
        line = tree.line_at(place)
        if _ANSWERS_NEXT.search(line):
            return tree.line_at(around[i + 1]).strip(" .…:") or None if i + 1 < len(around) else None
        name = reply_to(line)
        if name:
            return name.strip(" .…:")
    return None


def _quoted_first(tree: Tree, part: Part) -> str:
    """Return the quotation that a comment begins with as plain text writes one, empty where there is none."""
    first = bisect_left(tree.text_start, part.start)
    if first >= len(tree.text_owner) or tree.text_start[first] >= part.end:
        return ""
    quote = _quote_around(tree, tree.owner(first), part)
    if quote is None:
        found = _BBCODE.match(tree.words_between(first, part.end, 1000))
        return _as_plain(found["who"], found["said"]) if found else ""
    who: str | None = None
    said: list[str] = []
    for place in range(quote.text_lo, quote.text_hi):
        line = tree.line_at(place)
        asked = who is None and len(said) < 3
        named = _writer(line) or _writer(" ".join([*said, line])) if asked else None
        if named is not None:
            who = named
            said.clear()
        elif not _deeper(tree, place, quote):
            said.append(line)
    return _as_plain(who, " ".join(said))


def _writer(line: str) -> str | None:
    """Return the name in a line that says no more than "Ann wrote:", "Ann said: ↑" or "Originally posted by Ann"."""
    line = line.rstrip(" ↑")
    # Where no colon follows, the verb is the last word; "The United States" over a quotation is a title.
    line += ":\n" if line[line.rfind(" ") + 1 :] in SAYS_LAST else "\n"
    found = find_writer(line)
    return found["who"].strip() if found and not line[found.end() :].strip() else None


def _quote_around(tree: Tree, node: Node | None, part: Part) -> Node | None:
    """Return the outermost quotation around an element of a comment, after which the comment has words of its own."""
    found: Node | None = None
    after = bisect_left(tree.text_start, part.end)
    while node is not None and node.index > part.unit.node.index and node.text_hi < after:
        if is_quote(node):
            found = node
        node = node.parent
    return found


def _deeper(tree: Tree, place: int, quote: Node) -> bool:
    """Whether a text stands in a quotation within a quotation."""
    node: Node | None = tree.owner(place)
    while node is not None and node.index != quote.index:
        if node.name in ("blockquote", "q"):
            return quote.name in ("blockquote", "q")
        node = node.parent
    return False


def _as_plain(who: str | None, said: str) -> str:
    led = f"{who} wrote:\n" if who else ""
    return f"{led}> {' '.join(said.split())}\n" if said else led
