"""Patterns that are compiled when first used, so that importing the splitter costs nothing; and digits in a line."""

from __future__ import annotations

import re
from collections.abc import Callable

Find = Callable[..., "re.Match[str] | None"]
DIGIT = re.compile(r"\d")


class Pattern:
    """A regular expression, compiled at its first use.

    Its methods are those of the compiled pattern, bound when one is first asked for: lines by the thousand are held
    against each, so that a call in between would be felt.

    Args:
        source: the expression.
        flags: as for :func:`re.compile`.
    """

    __slots__ = ("_flags", "_source", "fullmatch", "match", "search", "sub")

    match: Find
    fullmatch: Find
    search: Find
    sub: Callable[[str, str], str]

    def __init__(self, source: str, flags: re.RegexFlag = re.NOFLAG) -> None:
        self._source = source
        self._flags = flags

    def __getattr__(self, name: str) -> object:
        """Compile: only a method that is not yet bound is looked for here."""
        compiled = re.compile(self._source, self._flags)
        self.match, self.fullmatch, self.search, self.sub = (
            compiled.match, compiled.fullmatch, compiled.search, compiled.sub,
        )  # fmt: skip
        return object.__getattribute__(self, name)


def has_digit(text: str) -> bool:
    """Whether a digit stands in ``text``; looking for one after the other is faster than a pattern."""
    return (
        "1" in text or "2" in text or "0" in text or "3" in text or "4" in text or "5" in text or "6" in text
        or "7" in text or "8" in text or "9" in text or (not text.isascii() and DIGIT.search(text) is not None)
    )  # fmt: skip
