"""What a rule for one comment platform says."""

from __future__ import annotations

import re
from dataclasses import dataclass

_ATTRIBUTE = re.compile(r"\[([a-z\-]+)")


@dataclass(frozen=True, slots=True)
class Platform:
    """How to find the comments of one platform.

    Attributes:
        name: goes into ``Split.method``.
        source: where the mark-up is laid down.
        needle: a page without this text in a start tag is not tried.
        unit: elements that hold one comment each (and, nested in it, its replies).
        body: where its text stands; empty, or none found: what is left of the unit.
        author, date, permalink, likes: where these stand in a unit.
        flat: whether a unit is a heading element, its comment being the siblings up to the next.
        each: whether every element that matches is a comment of its own, even right inside of another.
        needs_body: whether a unit without such an element is none.
        level: an element with its attribute (``td.ind@indent``) that holds how deep a unit lies, from 0, where nesting
            does not show it.
        within: if given, units count only inside one of these.
        sure: confidence of a page split by this rule.
    """

    name: str
    source: str
    needle: str
    unit: tuple[str, ...]
    body: tuple[str, ...] = ()
    author: tuple[str, ...] = ()
    date: tuple[str, ...] = ()
    permalink: tuple[str, ...] = ()
    likes: tuple[str, ...] = ()
    flat: bool = False
    each: bool = False
    needs_body: bool = False
    level: str = ""
    within: tuple[str, ...] = ()
    sure: float = 0.95

    @property
    def named(self) -> bool:
        """Whether units are told by their classes and ids alone, so that the needle must be in one."""
        return all(("." in unit or "#" in unit) and "[" not in unit for unit in self.unit)

    @property
    def attributes(self) -> frozenset[str]:
        """Names of attributes by which units are told; the needle where a unit has neither one nor that in a name."""
        if not all("[" in unit or self.needle in unit for unit in self.unit):
            return frozenset([self.needle])
        return frozenset(_ATTRIBUTE.findall(" ".join(self.unit)))
