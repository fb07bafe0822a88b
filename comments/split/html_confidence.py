"""How sure the split of an HTML page is: how often pages of the same kind were split exactly."""

from __future__ import annotations

from dataclasses import dataclass

from comments.split.html_bodies import Part
from comments.split.html_counts import Declared
from comments.split.platform_rule import Platform

USUAL_TRUST = 0.95
"""``Platform.sure`` of a rule that leaves nothing to doubt."""

RATES: dict[tuple[str, str, str], float] = {
    ("rule", "count agrees", "named"): 0.96,
    ("rule", "count agrees", "left over"): 0.94,
    ("rule", "no count", "named"): 0.95,
    ("rule", "no count", "left over"): 0.7,
    ("rule", "count is higher", "named"): 0.85,
    ("rule", "count is higher", "left over"): 0.7,
    ("rule", "count is lower", "named"): 0.4,
    ("rule", "count is lower", "left over"): 0.3,
    ("repeats", "count agrees", "named"): 0.95,
    ("repeats", "count agrees", "left over"): 0.88,
    ("repeats", "no count", "named"): 0.85,
    ("repeats", "no count", "left over"): 0.85,
    ("repeats", "count is higher", "named"): 0.85,
    ("repeats", "count is higher", "left over"): 0.85,
    ("repeats", "count is lower", "named"): 0.4,
    ("repeats", "count is lower", "left over"): 0.3,
    ("none", "no count", "no section"): 0.97,
    ("none", "no count", "place"): 0.95,
    ("none", "no count", "form"): 0.5,
    ("none", "no count", "heading"): 0.5,
    ("none", "count is higher", ""): 0.3,
}
"""Share of exact pages by what found the comments, what the page declares, and whether their texts have elements of
their own. Measured by ``python -m bench.split_unseen`` over pages as they are and with renamed classes; where it has
fewer than 20 pages, drawn towards the neighbouring rows by hand."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the confidence of a page rests on: a key of :data:`RATES`, and the rule's own trust."""

    cell: tuple[str, str, str]
    trust: float = USUAL_TRUST


def weigh_page(platform: Platform | None, parts: list[Part], pings: int, declared: Declared) -> Evidence:
    """Return the kind of page that a split belongs to.

    Args:
        platform: the rule that found the comments, None for none.
        parts: the comments found.
        pings: how many pingbacks were set aside.
        declared: what the page says of its comments.
    """
    count = declared.count
    if platform is None or not parts:
        if count:
            return Evidence(("none", "count is higher", ""))
        if declared.place or count == 0:
            return Evidence(("none", "no count", "place"))
        kind = "form" if declared.form else "heading" if declared.section else "no section"
        return Evidence(("none", "no count", kind))
    named = "named" if all(part.plain for part in parts) else "left over"
    found = len(parts)
    if count is None:
        said = "no count"
    elif count in (found, found + pings):
        said = "count agrees"
    else:
        said = "count is higher" if count > found else "count is lower"
    by = "rule" if platform.needle else "repeats"
    return Evidence((by, said, named), platform.sure if platform.needle else USUAL_TRUST)


def confidence_of(evidence: Evidence) -> float:
    """Return the chance that a page is split exactly."""
    return round(RATES[evidence.cell] - max(0.0, USUAL_TRUST - evidence.trust), 3)
