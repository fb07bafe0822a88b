"""Parents: from nesting, from "in reply to", from a name or a quotation at the beginning."""

from __future__ import annotations

import re
from dataclasses import dataclass

from comments.model import ParentEvidence
from comments.split.text_patterns import Pattern

_AT = Pattern(r"^@\s?(?P<who>[^\s,:;!?][^,:;!?\n]{0,40})")
_CALL = re.compile(r"(?P<who>\S[^,:;!?.\n]{1,40})(?:[:,]| [-–—] )")
_QUOTE = re.compile(r"""^(?:>\s?|["“„«])(?P<said>[^\n"”“»]{24,300})""")
REACH, SEEN = 50, 5000
"""How many comments back, and how many characters of each, a quotation is looked for."""
LEAST_QUOTE, LONGEST_QUOTE = 24, 300
"""Characters of a quotation from which on it is looked for, and up to which."""
LEAST_NAME = 3
"""Letters from which on a word before a colon or comma is taken for the name of another commenter."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a comment lies in its thread."""

    depth: int
    parent: int | None
    evidence: ParentEvidence


@dataclass(frozen=True, slots=True)
class Quotation:
    """What a comment quotes at its beginning, as its mark-up shows, and whose words it says these are."""

    said: str
    who: str | None = None


def find_places(
    depths: list[int],
    authors: list[str | None],
    replies_to: list[str | None],
    texts: list[str],
    quotations: list[Quotation | None] | None = None,
) -> list[Place]:
    """Return depth and parent of every comment.

    Args:
        depths: from the indentation, one a comment.
        authors: names as written.
        replies_to: names after "in reply to", where there is such a line.
        texts: the comments' texts, or their beginnings.
        quotations: what each begins with, where mark-up shows that it is quoted.
    """
    places: list[Place] = []
    latest: dict[str, int] = {}
    path: list[int] = []
    for k, depth in enumerate(depths):
        del path[depth - 1 :]
        place = Place(len(path) + 1, path[-1], "nesting") if path else Place(1, None, "none")
        if place.parent is None:
            quotation = quotations[k] if quotations else _quotation(texts[k])
            quoted = _quoted(texts, k, quotation, latest) if quotation else None
            named = _mentioned(places, latest, replies_to[k], texts[k])
            place = (named or quoted if replies_to[k] else quoted or named) or place
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
    found = _AT.match(text[:80])
    parent = _lookup(latest, found.group("who")) if found else _called(latest, text[:80])
    # A name called in passing says who is answered; the page still shows the comment at the top.
    return None if parent is None else Place(1, parent, "mention")


def _called(latest: dict[str, int], text: str) -> int | None:
    """Return the latest comment of the one whose whole name opens ``text``, before a comma, a colon or a dash."""
    found = _CALL.match(text)
    name = found.group("who").strip().casefold() if found else ""
    return latest.get(name) if len(name) >= LEAST_NAME else None


def _quotation(text: str) -> Quotation | None:
    """Return the quotation that a plain text begins with."""
    found = _QUOTE.match(text[:400])
    return Quotation(" ".join(found.group("said").split()).rstrip(" .…")) if found else None


def _quoted(texts: list[str], at: int, quotation: Quotation, latest: dict[str, int]) -> Place | None:
    """Return the place under the latest comment whose words a quotation repeats, else of whom it names."""
    said = quotation.said[:LONGEST_QUOTE]
    if len(said) >= LEAST_QUOTE:
        for before in range(at - 1, max(-1, at - REACH - 1), -1):
            if said in " ".join(texts[before][:SEEN].split()):
                return Place(1, before, "quote")
    parent = _lookup(latest, quotation.who) if quotation.who else None
    return None if parent is None else Place(1, parent, "mention")


def _lookup(latest: dict[str, int], said: str) -> int | None:
    """Return the latest comment of the author whose name ``said`` is or begins with."""
    said = said.casefold().strip()
    words = said.split()
    for size in range(len(words), 0, -1):
        found = latest.get(" ".join(words[:size]).rstrip(".,:;"))
        if found is not None:
            return found
    return None
