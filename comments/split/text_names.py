"""Names that people go by in a comment section: which texts may be one, and what stands around them."""

from __future__ import annotations

import re

from comments.split.headings import plain
from comments.split.text_patterns import Pattern, has_digit
from comments.split.text_words import POSTED

POSTED_BY = Pattern(rf"^(?:{'|'.join(POSTED.values())})\b\s*:?\s+", re.IGNORECASE)
"""What stands before a name: "Posted by", "von"."""
_ICON = Pattern(
    r"^\[(?:[0-9a-f]{2,40}|avatar|gravatar|img|svg|no-?photo|[\w.-]{1,40}\.(?:png|jpe?g|gif)|)\][ \t\xa0]*(?=\S)",
    re.IGNORECASE,
)
_SENTENCE = Pattern(r"\w{4}(?<!Prof)(?<!prof)(?<!Capt)(?<!Dipl)\.\s+\S|[!?…;]\s+\S")
_CELLS = re.compile(r"\t|\S[ \xa0]{3,}\S|\s\d+\s+\S.*\s\d+$|\|\s*\d+\s*(?:\||$)")
"""What stands between the cells of a table's row, and numbers in two of them: no name."""
_QUESTION = Pattern(r"^(?:(?:what|how|why|when|where|whether) |(?:retrieved|accessed|archived)\b)", re.IGNORECASE)
"""Words that open a sentence, or say when a source was read: no name either."""
_QUESTION_STARTS = frozenset(["wh", "ho", "re", "ac", "ar"])
_TAG = Pattern(r"\s*\(?(?:post author|author|moderator|admin|verified|guest|op|member|staff|editor)\)?$", re.IGNORECASE)
LABEL = 30
"""Signs of a line that says whose name follows."""


def is_name(text: str) -> bool:
    """Whether ``text`` may be a name that someone goes by."""
    text = plain(text)
    if not 0 < len(text) <= 60 or len(text.split()) > 7 or text[-1] in "!?;,:":
        return False
    if any(map(text.__contains__, ".!?…;")) and _SENTENCE.search(text):
        return False
    if text.endswith(".") and len(text.split()[-1]) > 4:
        return False
    if text[:2].lower() in _QUESTION_STARTS and _QUESTION.match(text):
        return False
    if ("\t" in text or "  " in text or has_digit(text)) and _CELLS.search(text):
        return False
    return (text[0].isalnum() or any(map(str.isalnum, text))) and "://" not in text


def clean_name(text: str) -> str | None:
    """Return the name in ``text`` without decoration, labels and lead-ins; None where nothing is left."""
    text = _ICON.sub("", plain(text).lstrip("☆★✩✪✓✔ ")).strip(" \t\xa0|/,-–—·•:#*_>~")
    text = POSTED_BY.sub("", text) if POSTED_BY.match(text) else text
    tagged = _TAG.sub("", text).strip(" \t\xa0|/,-–—·•:#*_")
    text = tagged or text
    return text if any(map(str.isalnum, text)) else None


def is_label(text: str) -> bool:
    """Whether a line is "Posted by:" and the name stands below."""
    return text[-1:] == ":" and len(text) <= LABEL and POSTED_BY.fullmatch(text[:-1].rstrip() + " ") is not None
