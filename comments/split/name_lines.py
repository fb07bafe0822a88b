"""Names of many elements, written one below the other, and patterns that find them there.

Classes, ids and values of attributes are looked up by some hundred patterns a page. A search through one text takes a
twentieth of the memory of tables by name, and no longer.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

MOST_APART = 2048
"""Lines that are kept one by one before they are joined."""


class NameLines:
    """The names of elements or tags, a line for each.

    Attributes:
        owners: whose names stand in each line, as numbers in ascending order.
        text: the lines, each behind a line break.
    """

    def __init__(self, rows: Iterable[tuple[int, str]]) -> None:
        self.owners = array("i")
        lines: list[str] = []
        for owner, names in rows:
            self.owners.append(owner)
            lines.append("\n" + names.replace("\n", " "))
            if len(lines) > MOST_APART:
                lines = ["".join(lines)]
        self.text = "".join(lines)
        self._starts: array[int] | None = None

    def find(self, wanted: Wanted) -> array[int]:
        """Return whose lines hold what is wanted, in ascending order, each once."""
        found = array("i")
        last = -1
        if wanted.letters not in self.text:
            return found
        for match in wanted.pattern.finditer(self.text):
            if self._starts is None:
                self._starts = array("i", [line.start() for line in re.finditer("\n", self.text)])
            line = bisect_right(self._starts, match.start()) - 1
            if line != last:
                found.append(self.owners[line])
                last = line
        return found


class Wanted(NamedTuple):
    """What is looked for: letters without which no line has it, and the pattern that finds it."""

    letters: str
    pattern: re.Pattern[str]


@lru_cache(maxsize=4096)
def word_pattern(name: str, *, numbers: bool = True) -> Wanted:
    """Return what finds a word of a line: ``*`` in it stands for anything, ``9`` for a number (with ``numbers``)."""
    return _compile(name, r"\S", numbers=numbers)


@lru_cache(maxsize=4096)
def line_pattern(name: str) -> Wanted:
    """Return what finds a whole line, where ``*`` and ``9`` stand for the same."""
    return _compile(name, r"[^\n]", numbers=True)


def _compile(name: str, sign: str, *, numbers: bool) -> Wanted:
    inner = name.strip("*")
    # The first letters come before the look back at what is before them, as a search can skip to letters.
    first = re.split(r"[*9]" if numbers else r"\*", inner, maxsplit=1)[0]
    rest = re.escape(inner[len(first) :]).replace(r"\*", f"{sign}*")
    if numbers:
        rest = rest.replace("9", r"\d+")
    letters = re.escape(first)
    before = "" if name.startswith("*") else f"(?<!{sign}{letters})"
    after = "" if name.endswith("*") else f"(?!{sign})"
    return Wanted(first, re.compile(letters + before + rest + after))
