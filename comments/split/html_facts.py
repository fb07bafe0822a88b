"""Author, date, permalink and likes of a comment, as they stand around its text."""

from __future__ import annotations

import re

from comments.split.dates import find_date, has_clock
from comments.split.headings import is_reply
from comments.split.html_bodies import Part
from comments.split.html_units import Unit, in_reply, own_texts
from comments.split.marks import Index
from comments.split.platform_rule import Platform
from comments.split.tree import Node, Tree

_SAYS_TAIL = re.compile(
    r"\s*\|?\s*(?:\b(?:says?|said|wrote|writes|sagte?|schreibt|schrieb|meint|dice|dijo|escribió|dit|a dit|a écrit|"
    r"scrive|ha scritto|ha detto|zegt|schreef|diz|disse|säger|sier|siger|pisze|napsal|commented|replied|responded)"
    r"\b[.…]*)?\s*[:…,|·•]*\s*$",
    re.IGNORECASE,
)
_JOINT = re.compile(r"\s+(?:on|at|@|am|um|le|el|il|op|den|em|-)\s*$", re.IGNORECASE)
_BY = re.compile(
    r"^(?:(?:posted |written |submitted |added |sent |comment |kommentar )?(?:by|von|par|por|di|door)\b\s*:?|"
    r"comment from\s*:?|\d+[.)]|#\d+)\s+",
    re.IGNORECASE,
)
_SIGNED = re.compile(
    r"(?:^|\d\s+)(?:(?:posted|written|submitted|added|sent|comment|kommentar) )?(?:by|von|par|por|door)\b\s*:?\s+",
    re.IGNORECASE,
)
"""What stands before a name, at the beginning of a text or behind a date."""
_NO_NAME = re.compile(
    r"^(?:posted|written|submitted|added|sent|created|published|commented?|replied|reply|said|date|edited|updated|"
    r"geschrieben|verfasst|erstellt|publié|posté|écrit|ajouté|publicado|enviado|escrito|postado|inviato|scritto|"
    r"geplaatst|skrevet|skrivet|#?\d+)\b",
    re.IGNORECASE,
)
_INLINE = frozenset(["time", "span", "a", "small", "abbr", "i", "b", "em", "strong", "cite"])
ISO = re.compile(r"^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?\s?(?:Z|[+-]\d\d:?\d\d)?)?$")
PROFILE = 5
"""Texts in an element that stand around more than a name and a date: ranks, places, numbers of posts."""
FACT_TEXTS = 40
"""Texts of a comment that are looked through for a date that nothing marks."""
_FALLBACK_AUTHOR = ("cite", ".fn", ".*author*", ".*user*name*", ".*nick*", "[rel=nofollow]", "b", "strong")


def add_facts(index: Index, part: Part, platform: Platform) -> None:
    """Fill in what the page gives about a comment; what it does not give stays None."""
    part.author = _author(index, part, platform)
    _date(index, part, platform)
    part.permalink = _permalink(index, part, platform)
    part.likes = _likes(index, part, platform)


def _outside(index: Index, part: Part, patterns: tuple[str, ...]) -> list[Node]:
    """Elements of a unit that match the first fruitful pattern and are not in the comment's text."""
    unit = part.unit
    for pattern in patterns:
        found = [n for n in index.inside(pattern, unit.lo, unit.hi) if _beside(part, unit, n)]
        if found:
            return found
    return []


def _beside(part: Part, unit: Unit, node: Node) -> bool:
    if node.start < part.end and node.end > part.start:
        return False
    return not in_reply(unit, node)


def _author(index: Index, part: Part, platform: Platform) -> str | None:
    held = _held(index, part, platform.author)
    if held is not None:
        return clean_name(held)
    for pattern in (*platform.author, *_FALLBACK_AUTHOR):
        for node in _outside(index, part, (pattern,)):
            name = clean_name(_first_words(index.tree, node))
            if name and not is_reply(name):
                return name
    return _byline(index, part)


def _first_words(tree: Tree, node: Node) -> str:
    """Return the words of an element that may be a name; of a whole profile, what it begins with."""
    return tree.line_at(node.text_lo) if node.text_hi - node.text_lo > PROFILE else tree.words(node, 200)


def _byline(index: Index, part: Part) -> str | None:
    """Return the name in a line such as "Posted by Ann on 3 May", which stands beside the text unmarked."""
    tree, unit = index.tree, part.unit
    for place in own_texts(unit)[:FACT_TEXTS]:
        node: Node | None = tree.owner(place)
        while node is not None and node.name in _INLINE and node.index > unit.lo:
            node = node.parent
        name = _signed(index, part, place)
        if name:
            return name
        if node is None or node.index <= unit.node.index or not _beside(part, unit, node) or tree.size(node) > 120:
            continue
        dated = find_date(tree.words(node, 160))
        before = dated.before + " " if dated is not None else ""
        alone = dated is not None and dated.before.endswith(",") and not dated.after
        if alone or _BY.match(before.lstrip()) or _JOINT.search(before):
            name = clean_name(before)
            if name and len(name.split()) <= 5 and not _NO_NAME.match(name):
                return clean_name(_JOINT.sub("", name + " "))
    return None


def _signed(index: Index, part: Part, place: int) -> str | None:
    """Return the name after "by" in a short text beside the comment's, or in the text after it."""
    tree = index.tree
    if tree.span(place) > 120:
        return None
    text = tree.line_at(place) + " "
    signed = _SIGNED.search(text)
    if signed is None:
        return None
    after = place + (signed.end() == len(text) and place + 1 < part.unit.text_hi)
    if _inside(part, tree.text_start[place]) or _inside(part, tree.text_start[after]):
        return None
    name = clean_name(_JOINT.sub("", (text[signed.end() :] if after == place else tree.line_at(after)) + " "))
    return name if name and len(name.split()) <= 5 and not _NO_NAME.match(name) else None


def _inside(part: Part, place: int) -> bool:
    return part.start <= place < part.end


def _held(index: Index, part: Part, patterns: tuple[str, ...]) -> str | None:
    """Return what an attribute of the unit itself holds, where the first pattern names one (``tag@attribute``)."""
    _, at, name = patterns[0].partition("@") if patterns else ("", "", "")
    return index.tree.attributes(part.unit.node).get(name, "").strip() or None if at else None


def clean_name(text: str) -> str | None:
    """Return a display name without what stands around it, or None where none is left."""
    dated = find_date(text)
    if dated is not None:
        text = _JOINT.sub("", dated.before + " ")
    text = _SAYS_TAIL.sub("", _BY.sub("", text.strip())).strip(" \t\xa0:|·•,—–#")
    if not text or len(text) > 80 or not any(c.isalnum() for c in text):
        return None
    return text


def _date(index: Index, part: Part, platform: Platform) -> None:
    tree = index.tree
    for pattern in (*platform.date, "time"):
        for node in _outside(index, part, (pattern,)):
            text = tree.words(node, 300)
            written = _written_date(text)
            for inner in (
                node,
                *(tree.node(i) for i in range(node.index + 1, node.last) if tree.tags[i].name in ("time", "abbr")),
            ):
                part.created_at = part.created_at or _machine_date(index, inner)
            if written is not None:
                part.posted_at = written
                return
    for place in own_texts(part.unit)[:FACT_TEXTS]:
        if tree.span(place) < 80 and (tree.text_end[place] <= part.start or tree.text_start[place] >= part.end):
            dated = find_date(tree.line_at(place))
            if dated is not None:
                part.posted_at = dated.date
                return


def _written_date(text: str) -> str | None:
    """Return the date in a text that is there for it, as written."""
    dated = find_date(text)
    if dated is not None:
        return text if len(text) <= 60 and not dated.before else dated.date
    return text if len(text) <= 24 and has_clock(text) else None


def _machine_date(index: Index, node: Node) -> str | None:
    """Return the ISO date in an element's attributes."""
    held = index.tree.attributes(node)
    dates = (held.get(key, "").strip() for key in ("datetime", "content", "title"))
    return next((date for date in dates if ISO.match(date)), None)


def _permalink(index: Index, part: Part, platform: Platform) -> str | None:
    tree = index.tree
    held = _held(index, part, platform.permalink)
    if held is not None:
        return held
    for node in _outside(index, part, platform.permalink):
        href = tree.attributes(node).get("href")
        if href:
            return href.strip()
    unit = part.unit
    number = unit.number
    for node in index.inside("a", unit.lo, unit.hi):
        if "#" in node.raw and _beside(part, unit, node):
            href = tree.attributes(node).get("href", "").strip()
            place = href.rpartition("#")[2]
            if number and place.endswith(number) and "respond" not in place and "replytocom" not in href:
                return href
    return None


def _likes(index: Index, part: Part, platform: Platform) -> int | None:
    held = _held(index, part, platform.likes)
    if held is not None:
        return int(held) if held.isdecimal() and len(held) < 8 else None
    for node in _outside(index, part, platform.likes):
        found = re.search(r"\d{1,7}", index.tree.words(node, 60))
        if found:
            return int(found[0])
    return None
