"""Sentences of a comment, as far as punctuation and line breaks tell them."""

from __future__ import annotations

import re

_END = re.compile(r"(?<=[.!?…。！？])[\"'”’)\]]*\s+|\n+")
SHORT = 4


def split_sentences(text: str, limit: int = 60) -> list[str]:
    """Cut a text into sentences; what has fewer than four words goes with its neighbour.

    Args:
        text: tidied text.
        limit: most sentences to return; the rest stays with the last.
    """
    sentences: list[str] = []
    for piece in _END.split(text):
        piece = piece.strip()
        if not piece:
            continue
        if sentences and (len(piece.split()) < SHORT or len(sentences[-1].split()) < SHORT):
            sentences[-1] += " " + piece
        else:
            sentences.append(piece)
    return [*sentences[: limit - 1], " ".join(sentences[limit - 1 :])] if len(sentences) > limit else sentences
