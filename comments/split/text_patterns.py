"""Patterns that are compiled when first used, so that importing the splitter costs nothing."""

from __future__ import annotations

import re


class Pattern:
    """A regular expression, compiled at its first use.

    Args:
        source: the expression.
        flags: as for :func:`re.compile`.
    """

    __slots__ = ("_compiled", "_flags", "_source")

    def __init__(self, source: str, flags: re.RegexFlag = re.NOFLAG) -> None:
        self._source = source
        self._flags = flags
        self._compiled: re.Pattern[str] | None = None

    def match(self, text: str) -> re.Match[str] | None:
        """As the method of a compiled pattern."""
        return (self._compiled or self._compile()).match(text)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """As the method of a compiled pattern."""
        return (self._compiled or self._compile()).fullmatch(text)

    def search(self, text: str, start: int = 0) -> re.Match[str] | None:
        """As the method of a compiled pattern."""
        return (self._compiled or self._compile()).search(text, start)

    def sub(self, new: str, text: str) -> str:
        """As the method of a compiled pattern."""
        return (self._compiled or self._compile()).sub(new, text)

    def _compile(self) -> re.Pattern[str]:
        self._compiled = re.compile(self._source, self._flags)
        return self._compiled
