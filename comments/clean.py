"""The tidied column beside the verbatim one: what people read and what the model reads."""

from __future__ import annotations

import re

_INVISIBLE = re.compile(r"[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00-\x08\x0b-\x1f\x7f-\x9f]")
_BREAKS = re.compile(r"\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_SPACES = re.compile(r"[^\S\n]+")
_BLANK_LINES = re.compile(r"\n{3,}")


def clean_text(text: str) -> str:
    """Return ``text`` with indentation, runs of spaces, invisible and control characters tidied.

    Words, punctuation, line breaks between paragraphs and letter case stay as the reader wrote them.

    Args:
        text: a comment as it stands in its page.
    """
    text = _INVISIBLE.sub("", _BREAKS.sub("\n", text).replace("\t", " "))
    lines = [_SPACES.sub(" ", line).strip() for line in text.split("\n")]
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip()
