"""Parents: from nesting, from "in reply to", from a name or a quotation at the beginning."""

from __future__ import annotations

import re
from typing import NamedTuple

from comments.model import ParentEvidence
from comments.split.headings import reply_to
from comments.split.text_bylines import SAYS_LAST, SAYS_ROWS
from comments.split.text_patterns import Pattern

# "X wrote:" over a quotation, and what forums print instead.
_WROTE = Pattern(rf"^@?(?P<who>\S[^\n:]{{0,60}}?)\s+(?:{SAYS_ROWS})\b[^\n:]{{0,40}}:", re.IGNORECASE)
_LED = Pattern(
    r"^(?:quote from|quoting|originally posted by|zitat von|citation de|cita de)[: ]\s*(?P<who>\S[^\n:]{0,60}?)"
    r"\s*(?:[:\n]|(?=[\"“„«>]))",
    re.IGNORECASE,
)
_LABEL = Pattern(r"^(?:quote|zitat|citation|cita|citaat|citat|цитата)\s*:\s*(?=\S)", re.IGNORECASE)
"""What forums print over a quotation, above its writer's name."""
_LED_FIRST = "qozc"
WRITER = 120
"""Characters in which "X wrote:" is over."""
_MARKED = re.compile(r"(?:^|\n)[ \t]*>[> \t]*(?P<said>[^\n]+(?:\n[ \t]*>[^\n]*)*)")
_CUT = re.compile(r"\s*(?:\[?\(?(?:\.\.\.|…)\)?\]?|\[snip\])\s*")
_AT = Pattern(r"^@\s?(?P<who>[^\s,:;!?][^,:;!?\n]{0,40})")
_CALL = re.compile(r"(?P<who>\S[^,:;!?.\n]{1,40})(?:[:,]| [-–—] )")
_QUOTE = re.compile(r"""^\s*["“„«](?P<said>[^\n"”“»]{24,300})""")
LEAST_QUOTE = 24
"""Letters from which on a quotation is told from a turn of phrase."""
REACH, SEEN = 50, 5000
"""How many comments back, and how many characters of each, a quotation is looked for."""
LEAST_NAME = 3
"""Letters from which on a word before a colon or comma is taken for the name of another commenter."""


class Place(NamedTuple):
    """Where a comment lies in its thread."""

    depth: int
    parent: int | None
    evidence: ParentEvidence


def find_places(
    depths: list[int], authors: list[str | None], replies_to: list[str | None], texts: list[str]
) -> list[Place]:
    """Return depth and parent of every comment.

    Args:
        depths: from the indentation, one a comment.
        authors: names as written.
        replies_to: names after "in reply to", where there is such a line.
        texts: the comments' texts, or their beginnings.
    """
    places: list[Place] = []
    latest: dict[str, int] = {}
    path: list[int] = []
    for k, depth in enumerate(depths):
        del path[depth - 1 :]
        place = Place(len(path) + 1, path[-1], "nesting") if path else Place(1, None, "none")
        if place.parent is None:
            place = (
                _mentioned(places, latest, replies_to[k], texts[k])
                or _quoted(texts, authors, k)
                or _named(latest, texts[k])
                or place
            )
        places.append(place)
        path.append(k)
        name = authors[k]
        if name:
            latest[name.casefold()] = k
    return places


def _mentioned(places: list[Place], latest: dict[str, int], replies_to: str | None, text: str) -> Place | None:
    if replies_to:
        parent = _lookup(latest, replies_to)
        return None if parent is None else Place(places[parent].depth + 1, parent, "mention")
    head = text[:80]
    found = _AT.match(head)
    said = found.group("who") if found else reply_to(head.partition("\n")[0])
    parent = _lookup(latest, said) if said else _called(latest, head)
    # A name called in passing says who is answered; the page still shows the comment at the top.
    return None if parent is None else Place(1, parent, "mention")


def _called(latest: dict[str, int], text: str) -> int | None:
    """Return the latest comment of the one whose whole name opens ``text``, before a comma, a colon or a dash."""
    found = _CALL.match(text)
    name = found.group("who").strip().casefold() if found else ""
    return latest.get(name) if len(name) >= LEAST_NAME else None


def _quoted(texts: list[str], authors: list[str | None], at: int) -> Place | None:
    """Return the place under the latest comment whose words a quotation repeats; one by the named author goes first."""
    head = _LABEL.sub("", texts[at][:600])
    who = find_writer(head)
    said = _said(head[who.end() :] if who else head)
    if said is None:
        return None
    name = who.group("who").casefold().strip() if who else ""
    found = [
        k for k in range(at - 1, max(-1, at - REACH - 1), -1) if said in " ".join(texts[k][:SEEN].split()).casefold()
    ]
    named = [k for k in found if name and (authors[k] or "").casefold() == name]
    return Place(1, (named or found)[0], "quote") if found else None


def _named(latest: dict[str, int], text: str) -> Place | None:
    """Return the place under the latest comment of the one of whom a text says at its beginning that he wrote."""
    who = find_writer(_LABEL.sub("", text[:200]))
    parent = latest.get(who.group("who").casefold().strip()) if who else None
    return None if parent is None else Place(1, parent, "mention")


def find_writer(text: str) -> re.Match[str] | None:
    """Return the match of "X wrote:" at the beginning of a text, ``who`` being X, or None."""
    first = text[0].lower() if text else ""
    led = _LED.match(text) if first in _LED_FIRST else None
    if led or ":" not in text[:WRITER]:
        return led
    words = text[:WRITER].partition(":")[0].lower().split()
    return None if SAYS_LAST.isdisjoint(words) else _WROTE.match(text)


def _said(text: str) -> str | None:
    """Return the first stretch of what a text quotes, folded: between marks, or in lines that begin with ``>``."""
    found = _QUOTE.match(text) or (_MARKED.search(text) if ">" in text else None)
    if found is None:
        return None
    words = " ".join(found.group("said").replace("\n", " ").replace(">", " ").split()).casefold()
    parts = [part.strip(' ."“”') for part in _CUT.split(words)]
    return next((part for part in parts if len(part) >= LEAST_QUOTE), None)


def _lookup(latest: dict[str, int], said: str) -> int | None:
    """Return the latest comment of the author whose name ``said`` is or begins with."""
    said = said.casefold().strip()
    words = said.split()
    for size in range(len(words), 0, -1):
        found = latest.get(" ".join(words[:size]).rstrip(".,:;"))
        if found is not None:
            return found
    return None
