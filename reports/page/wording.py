"""Short words for the page that are no sentences: cut texts, points, looks, stability."""

from __future__ import annotations

LEAD = 190
MINUS = "\u2212"
LOOKS = {
    "over2": "at least twice the share over all pages",
    "over": "above the share over all pages",
    "even": "not clearly different from all pages",
    "under": "below the share over all pages",
    "under2": "at most half the share over all pages",
    "none": "not clearly different from all pages",
}


def lead(text: str, most: int = LEAD) -> str:
    """Return the beginning of a text on one line, cut after a whole word and marked with an ellipsis.

    Args:
        text: any text.
        most: longest result in characters, without the mark.
    """
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    return (line[: most + 1].rpartition(" ")[0] or line[:most]) + " \u2026"


def points(difference: float) -> str:
    """Return a change of a share in percentage points, with its sign: ``+2.1``, ``\u22120.4``, ``0``."""
    value = round(difference * 100, 1)
    if value == 0:
        return "0"
    return ("+" if value > 0 else MINUS) + f"{abs(value):.1f}"


def stability(value: float) -> str:
    """Return in words what a stability of 0 to 1 means."""
    return f"Among as many new comments it would come back with about {value:.0%} in common ({value:.2f} of 1)."
