"""Pages of known content, made for the tests that are not about splitting."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

OLGA = "The peg holds because nobody wants to be the first to let go of it."
TARIQ = "Two hundred lorries stood at the crossing this morning and not one of them moved."
JUNE = "Nobody in this thread has met a soldier, and it shows in every second line."
BASSEL = "My father is in that queue, they write the number with chalk on the door."

ARTICLE = (
    "On Sunday the crossing was closed for a technical reason, and by noon the dirham had lost a tenth of its "
    "value in the bazaar. The governor said that he saw no cause for worry, and left by the other door."
)


def wordpress(comments: Sequence[str], *, url: str | None = None, head: str = "", authors: str = "Reader") -> str:
    """Return a WordPress page with one top-level comment for each text."""
    link = f'<link rel="canonical" href="{escape(url)}">' if url else ""
    rows = "".join(
        f'<li id="comment-{n}" class="comment depth-1"><article class="comment-body"><footer class="comment-meta">'
        f'<div class="comment-author vcard"><b class="fn">{authors} {n}</b> <span class="says">says:</span></div>'
        f'<div class="comment-metadata"><time datetime="2026-03-01T10:0{n % 10}:00+00:00">March 1, 2026</time></div>'
        f'</footer><div class="comment-content"><p>{escape(text)}</p></div></article></li>\n'
        for n, text in enumerate(comments, 1)
    )
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>The peg &amp; the crossing</title>{link}{head}'
        f'</head><body><article class="post hentry"><div class="entry-content"><p>{ARTICLE}</p></div></article>'
        f'<div id="comments" class="comments-area"><h2 class="comments-title">{len(comments)} thoughts on '
        f'&ldquo;The peg&rdquo;</h2><ol class="comment-list">\n{rows}</ol></div></body></html>'
    )


def numbered(comments: Sequence[str]) -> str:
    """Return a plain-text page with a numbered list of comments, in the form that crawlers leave."""
    rows = "".join(f"  {n}. {text}\n\n" for n, text in enumerate(comments, 1))
    return f"The peg and the crossing\n\n{ARTICLE}\n\n{len(comments)} thoughts on “The peg and the crossing”\n\n{rows}"
