"""How many words a text has, also in scripts that put no spaces between them."""

from __future__ import annotations

import re

# Signs of a word on average: two in Chinese and Japanese, about four in Thai, Lao, Burmese and Khmer.
_EAST = re.compile("[\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_SOUTH_EAST = re.compile("[\u0e01-\u0edf\u1000-\u109f\u1780-\u17d3]")


def count_words(text: str) -> int:
    """Return the number of words between spaces; what is written without spaces counts by its length."""
    words = text.split()
    if text.isascii():
        return len(words)
    return sum(max(1, len(_EAST.findall(word)) // 2 + len(_SOUTH_EAST.findall(word)) // 4) for word in words)
