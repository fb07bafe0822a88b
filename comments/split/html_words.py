"""Words in names of elements that tell a comment's text from what stands around it.

A class or id is taken apart at "-", "_" and capitals. Sources: the comment templates of the platforms in
:mod:`comments.split.platforms`, and the themes that the development pages were made with.
"""

from __future__ import annotations

import re
from functools import lru_cache

from comments.split.html_nodes import Node

HEAD_WORDS = frozenset((
    "author", "vcard", "avatar", "gravatar", "userpic", "photo", "fn", "cite", "user", "username",
    "userinfo", "commenter", "by", "byline", "says", "said", "meta", "metadata", "commentmetadata",
    "commentmeta", "commentauthor", "commentdate", "postmetadata", "date", "datetime", "time", "timestamp",
    "submitted", "permalink", "permlink", "number", "num", "badge", "head", "header", "login", "url",
    "name", "names", "nickname", "nick", "autor", "auteur", "autore", "datum", "fecha", "kopf",
))  # fmt: skip
"""Who wrote it, and when."""
TAIL_WORDS = frozenset((
    "reply", "replies", "replylink", "edit", "vote", "votes", "voting", "like", "likes", "share", "sharing",
    "sharedaddy", "report", "flag", "moderation", "toolbar", "actions", "action", "act", "acts", "controls",
    "tools", "buttons", "button", "rating", "ratings", "hide", "hidden", "delete", "karma", "noprint", "ad",
    "ads", "adsbygoogle", "relatedposts", "awaiting", "screen", "children", "footer", "foot", "links",
    "reaction", "reactions", "translate", "melden", "antworten", "responder", "citer",
))  # fmt: skip
"""What may be done with it."""
CONTENT_WORDS = frozenset((
    "content", "text", "body", "entry", "message", "copy", "txt", "bodycopy", "inhalt", "texte", "texto",
    "testo", "contenu", "contenido",
))  # fmt: skip
"""The text itself, whatever else the name says."""
HEAD_TAGS = frozenset(("time", "cite"))
TAIL_TAGS = frozenset(("form", "button", "nav", "select", "option", "label", "svg", "aside"))
OWN, HEAD, TAIL, CONTENT = range(4)
_QUOTE = re.compile(
    r"(?:^|[-_]|bb|Code)(?:block)?quoted?(?:$|[-_\d]|[A-Z]|content|header|text|message|title)", re.IGNORECASE
)
_PARTS = re.compile(r"[^A-Za-z0-9]+|(?<=[a-z])(?=[A-Z])")


def furniture_kind(node: Node) -> int:
    """Return what an element's name and classes say that it is: ``HEAD``, ``TAIL`` or ``OWN``.

    The head of a comment is who wrote it and when, its tail what may be done with it.
    """
    if node.name in HEAD_TAGS:
        return HEAD
    if node.name in TAIL_TAGS:
        return TAIL
    kinds = [_kind_of(name) for name in (*node.classes, node.id) if name]
    return OWN if CONTENT in kinds else max(kinds, default=OWN)


def is_quote(node: Node) -> bool:
    """Whether an element holds what somebody else has said."""
    return node.name in ("blockquote", "q") or any(_QUOTE.search(name) for name in node.tag.names)


@lru_cache(maxsize=65536)
def _kind_of(name: str) -> int:
    words = {w.lower() for w in _PARTS.split(name)}
    if words & CONTENT_WORDS:
        return CONTENT
    return TAIL if words & TAIL_WORDS else HEAD if words & HEAD_WORDS else OWN
