"""Comments in a page's data: schema.org ``Comment``, ``UserComments`` and ``Answer`` in ``application/ld+json``.

Such data tells who wrote what and when, and what answers what; it is not what a reader sees, and has no place in the
page's text. So it fills in what the page itself leaves out (``json_ld_fill``), and no comment is taken from it.

Source: JSON-LD 1.1 (W3C, 2020); schema.org, types Comment, Answer and DiscussionForumPosting.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from comments.model import Page
from comments.split.decode import decode_slice
from comments.split.json_ld_facts import names_of, read_address, read_date, read_likes, read_name, read_number, text_of
from comments.split.tokens import RAW, START, pieces, unit_width

MOST_JSON = 2_000_000
"""Code units of JSON that are read in one page."""
FREE_OBJECTS, FREE_VALUES, PER_OBJECT, PER_VALUE = 1_500, 5_000, 400, 60
"""Objects and lists, and commas, that the blocks of a page may hold whatever its length, and how many code units the
page has to have for each further one: what real pages never reach keeps memory in proportion to the page."""
MOST_LEVELS = 200
"""Levels of objects and lists that are looked through."""

_TELLS = re.compile(r"omments?\"|Answer\"")
_WRAP = re.compile(r"(?:\s|//|/\*|\*/|<!--|-->|<!\[CDATA\[|\]\]>|;)*+")
_DECODER = json.JSONDecoder(strict=False)
_COMMENTS = frozenset(["Comment", "UserComments", "CorrectionComment"])
_REPLIES = frozenset(["comment", "reply", "replies", "suggestedAnswer", "acceptedAnswer"])
_ASIDE = frozenset(["parentItem", "author", "creator", "publisher", "potentialAction", "interactionStatistic"])


@dataclass(frozen=True, slots=True)
class Told:
    """A comment as the page's data tells it.

    Attributes:
        text: as written there.
        author: name, if told.
        created_at: ISO 8601, if told.
        permalink: address of the comment itself, if told.
        likes: number of likes, if told.
        parent: place of the comment it answers among those told, if told.
    """

    text: str
    author: str | None = None
    created_at: str | None = None
    permalink: str | None = None
    likes: int | None = None
    parent: int | None = None


@dataclass(frozen=True, slots=True)
class PageData:
    """What a page's data tells of its comments.

    Attributes:
        comments: those it tells, in the order of the data.
        count: how many it says there are: at least those it tells; None where it tells none.
        start: code unit of the page where the first block stands that tells comments.
        notes: what could not be read.
    """

    comments: tuple[Told, ...] = ()
    count: int | None = None
    start: int = -1
    notes: tuple[str, ...] = ()


def read_json_ld(page: Page, src: str) -> PageData:
    """Return the comments that a page's JSON-LD tells; blocks that are no JSON or too large are passed over.

    Args:
        page: the page.
        src: its code units (``comments.split.tokens.code_units``).
    """
    if not _may_tell(src):
        return PageData()
    blocks = list(_find_blocks(page, src))
    texts = [text for _, text in blocks]
    # The answers of a FAQPage are its owner's; only a QAPage holds those of readers.
    answers = any('QAPage"' in text for text in texts) and not any('FAQPage"' in text for text in texts)
    walk = _Walk(
        _COMMENTS | {"Answer"} if answers else _COMMENTS,
        FREE_OBJECTS + len(src) // PER_OBJECT,
        FREE_VALUES + len(src) // PER_VALUE,
    )
    start, left, unread = -1, MOST_JSON, 0
    for at, text in blocks:
        before = len(walk.told)
        left -= len(text)
        if left < 0 or not walk.read(text):
            unread += 1
        if start < 0 and len(walk.told) > before:
            start = at
    notes = (
        [f"JSON-LD not read, because it is no JSON or too large: {unread} of {len(blocks)} blocks"] if unread else []
    )
    if walk.too_deep:
        notes.append(f"JSON-LD read to {MOST_LEVELS} levels only")
    told = walk.result()
    return PageData(told, max(len(told), walk.count) if told else None, start, tuple(notes))


def _may_tell(src: str) -> bool:
    """Whether a page's tags have to be read for blocks that tell comments: most pages pay for a look alone."""
    at = src.find("ld+json")
    while at >= 0:
        end = src.find("</script", at)
        if _TELLS.search(src, at, end if end >= 0 else len(src)):
            return True
        at = src.find("ld+json", end) if end >= 0 else -1
    return False


def _find_blocks(page: Page, src: str) -> Iterator[tuple[int, str]]:
    """Yield place and text of the blocks of JSON-LD that may tell comments."""
    width = unit_width(page.encoding)
    inside = False
    for _, lt, kind, tag, end in pieces(src):
        if kind == RAW and inside and _TELLS.search(src, lt, end):
            size = min(end, lt + MOST_JSON + 1)
            yield lt, decode_slice(page.data[lt * width : size * width], page.encoding)
        inside = kind == START and "ld+json" in tag.lower()


@dataclass(slots=True)
class _Walk:
    """The comments found so far; by their names for each other, which are resolved at the end."""

    kinds: frozenset[str]
    objects: int
    values: int
    told: list[Told] = field(default_factory=list)
    names: list[list[str]] = field(default_factory=list)
    answered: list[list[str]] = field(default_factory=list)
    known: dict[tuple[str | None, ...], int] = field(default_factory=dict)
    count: int = 0
    too_deep: bool = False

    def read(self, text: str) -> bool:
        """Read a block; return whether it could be read."""
        objects, values = text.count("{") + text.count("["), text.count(",")
        if objects > self.objects or values > self.values:
            return False
        self.objects -= objects
        self.values -= values
        try:
            value, end = _DECODER.raw_decode(text, _wrap_end(text, 0))
        except (ValueError, RecursionError):
            return False
        if _wrap_end(text, end) < len(text):
            return False
        self.walk(value)
        return True

    def walk(self, value: object) -> None:
        """Add the comments in a value; what is open is on a list, so that no depth of it can be too much."""
        open_values: list[tuple[object, str, int | None, int]] = [(value, "", None, 0)]
        while open_values:
            value, key, parent, level = open_values.pop()
            if level > MOST_LEVELS:
                self.too_deep = True
            elif isinstance(value, list):
                open_values.extend((item, key, parent, level + 1) for item in reversed(value))
                value.clear()  # what is done is let go of, while comments are gathered from it
            elif isinstance(value, dict):
                at = self.add(value, parent) if self.is_comment(value, key) else None
                if at is None and "comment" in value:
                    self.count = max(self.count, read_number(value.get("commentCount")) or 0)
                for inner, held in reversed(value.items()):
                    if inner not in _ASIDE:
                        open_values.append((held, inner, at if inner in _REPLIES else None, level + 1))
                value.clear()

    def is_comment(self, value: dict[str, Any], key: str) -> bool:
        """Whether an object is a comment with a text."""
        kinds = value.get("@type")
        named = kinds if isinstance(kinds, list) else [kinds]
        if not isinstance(text_of(value), str):
            return False
        if kinds is None:
            return key == "comment"
        return any(isinstance(kind, str) and re.split("[/:#]", kind)[-1] in self.kinds for kind in named)

    def add(self, value: dict[str, Any], parent: int | None) -> int:
        """Note a comment, once however often it is told; return its place."""
        one = Told(
            str(text_of(value)),
            read_name(value.get("author", value.get("creator"))),
            read_date(value),
            read_address(value.get("url")),
            read_likes(value),
            parent,
        )
        names = names_of(value)
        same = (*names[:1], one.text, one.author, one.created_at)
        at = self.known.setdefault(same, len(self.told))
        if at == len(self.told):
            self.told.append(one)
            self.names.append(names)
            self.answered.append(names_of(value.get("parentItem")))
        elif self.told[at].parent is None and parent != at:
            self.told[at] = replace(self.told[at], parent=parent)
        return at

    def result(self) -> tuple[Told, ...]:
        """Return the comments, tied; an address that several have is that of the page, not of a comment."""
        uses = Counter(name for names in self.names for name in set(names))
        owner = {name: at for at, names in enumerate(self.names) for name in names if uses[name] == 1}
        addresses = Counter(one.permalink for one in self.told)
        found = []
        for at, one in enumerate(self.told):
            parents = [owner[name] for name in self.answered[at] if owner.get(name, at) != at]
            link = one.permalink if addresses[one.permalink] == 1 else None
            found.append(replace(one, permalink=link, parent=parents[0] if parents else one.parent))
        return tuple(found)


def _wrap_end(text: str, at: int) -> int:
    """Return where the signs end by which JSON is kept from readers that know no scripts."""
    found = _WRAP.match(text, at)
    return found.end() if found else at
