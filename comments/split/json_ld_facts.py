"""Facts of a comment in a page's data: name, date, address and likes, in the forms that schema.org allows."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from comments.model import sound
from comments.split.html_facts import ISO

LONGEST_NAME, LONGEST_ADDRESS, MOST_LIKES = 100, 2000, 1_000_000_000
_TAG = re.compile(r"<[^<>]*>")


def plain_text(text: str) -> str:
    """Return a text without tags, entities resolved."""
    return unescape(_TAG.sub(" ", unescape(text)))


def text_of(value: dict[str, Any]) -> object:
    """Return what a comment says."""
    return value.get("text", value.get("commentText"))


def names_of(value: object) -> list[str]:
    """Return the names by which others may speak of an object."""
    if isinstance(value, str):
        return [value]
    if not isinstance(value, dict):
        return []
    return [name for key in ("@id", "url", "identifier") if isinstance(name := value.get(key), str) and name]


def read_name(value: object) -> str | None:
    """Return a name on one line; of several the first, and none where an address stands in its place."""
    for _ in range(3):
        if isinstance(value, list):
            value = value[0] if value else None
        elif isinstance(value, dict):
            value = value.get("name")
    if not isinstance(value, str):
        return None
    name = " ".join(sound(plain_text(value)).split())
    return name if 0 < len(name) <= LONGEST_NAME and "://" not in name else None


def read_date(value: dict[str, Any]) -> str | None:
    """Return the first date of an object that is written as ISO 8601."""
    dates = (value.get(key) for key in ("dateCreated", "datePublished", "commentTime"))
    return next((date for date in dates if isinstance(date, str) and ISO.fullmatch(date)), None)


def read_address(value: object) -> str | None:
    """Return an address that a page may link to, or None."""
    if not isinstance(value, str) or len(value) > LONGEST_ADDRESS:
        return None
    value = sound(value.strip())
    fit = value.lower().startswith(("http://", "https://", "/", "#")) and not any(c.isspace() for c in value)
    return value if fit else None


def read_likes(value: dict[str, Any]) -> int | None:
    """Return the count of votes for a comment, or of "like" actions."""
    votes = read_number(value.get("upvoteCount"))
    if votes is not None:
        return votes
    counters = value.get("interactionStatistic")
    for counter in counters if isinstance(counters, list) else [counters]:
        if not isinstance(counter, dict):
            continue
        kind = counter.get("interactionType")
        kind = kind.get("@type") if isinstance(kind, dict) else kind
        if isinstance(kind, str) and kind.endswith("LikeAction") and not kind.endswith("DislikeAction"):
            return read_number(counter.get("userInteractionCount"))
    return None


def read_number(value: object) -> int | None:
    """Return a count, written as a number or as digits, or None."""
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 12:
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool):
        return None
    return value if 0 <= value <= MOST_LIKES else None
