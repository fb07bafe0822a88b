"""Words in classes and ids, and what they say of an element.

That it is a comment's text or stands around it, that it is a section of comments, that it is furniture.

A class or id is taken apart at "-", "_" and capitals. Sources: the comment templates of the platforms in
:mod:`comments.split.platforms`, and the themes that the development pages were made with.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

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
_FORM_WORDS = frozenset(["respond", "commentform", "form", "newcomment", "subscribe", "login"])
_RIM_WORDS = frozenset(["header", "head", "footer", "foot", "meta", "author", "date", "signature", "byline"])
"""Words that name a part of a comment."""
SINGULAR = re.compile(r"^(?:comment|reply|response|kommentar|comentario|commentaire|commento|reactie|opinion|opinia)$")
"""Words that name one comment."""
SECTION = re.compile(
    r"^(?:comments?|commentlist|commentslist|commentarea|commentsarea|commentsection|commentthread|"
    r"responses|discussion|"
    r"conversation|kommentare?|kommentarliste|leserkommentare|comentarios?|commentaires?|commenti|"
    r"comentários|reacties?|"
    r"kommentarer|komentarze|komentarz|yorumlar|opinions|opinie|diskussion|forum|replies|guestbook|cmt|cmts|reactions|"
    r"hozzaszolasok|komentare|komentari|kommentit|comentarii|comentaris|kommentarii|leserkommentar|talkbacks?)$"
)
"""Words in a class or id that name a section of comments, by language."""

AWAY = re.compile(
    r"^(?:widgets?|sidebar|recent|recentcomments|latest|related|nav|navbar|menu|footer|form|respond|"
    r"commentform|teaser|"
    r"teasers|popular|trending|most|product|products|testimonials?|policy|count|link|links|button|"
    r"toggle|meta|rss|feed|"
    r"script|icon|closed|none|disabled|share|subscribe|header|login|modal|template|breadcrumbs?|newsletter)$"
)
"""Words beside those that say it is something else."""
# Classes and ids, from the theme directories of WordPress, Blogger, Drupal and Ghost, and the plug-ins
# most often seen in them (Jetpack, AddToAny, Disqus, Yoast, Elementor).
ALWAYS = re.compile(
    r"^(?:comments?[-_]?(?:area|list|section|wrap|wrapper|container|block|form|template)?|"
    r"commentlist|respond|"
    r"disqus[-_]thread|screen-reader-text|sr-only|visually-?hidden|wp-caption-text|sharedaddy|jp-relatedposts)$",
    re.IGNORECASE,
)
OFTEN = re.compile(
    r"(?:^|[-_ ])(?:share|sharing|sharedaddy|social|addtoany|related|relatedposts|jp-relatedposts|author-bio|"
    r"authorbio|author-box|about-author|author-info|newsletter|subscribe|signup|breadcrumbs?|"
    r"postmetadata|post-meta|"
    r"entry-meta|tagged|tagdata|post-tags|post-navigation|nav-links|navigation|pagination|comments?|"
    r"respond|sidebar|"
    r"advert|adsbygoogle|promo|byline|cookie|toc|widget-area|ez-toc-container|printfriendly|"
    r"wp-caption-text)(?:$|[-_ ])"
    r"|^widget$",
    re.IGNORECASE,
)
_QUOTE = re.compile(
    r"(?:^|[-_]|bb|Code)(?:block)?quoted?(?:$|[-_\d]|[A-Z]|content|header|text|message|title)", re.IGNORECASE
)
_PARTS = re.compile(r"[^A-Za-z0-9]+|(?<=[a-z])(?=[A-Z])")
_LONG_NUMBER = re.compile(r"[0-9]{3,}")
_WORDS = re.compile(r"[A-Za-z]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
NAMES_COMMENTS, NAMES_OTHER = 1, 2
IS_OFTEN, IS_ALWAYS = 1, 2
IS_FORM, IS_RIM, IS_ONE, IS_READ = 64, 128, 256, 512
_KIND, _NAMING, _STRENGTH = 0, 2, 4
"""Where in the sum of what a name says two bits tell of each."""


def furniture_kind(node: Node) -> int:
    """Return what an element's name and classes say that it is: ``HEAD``, ``TAIL`` or ``OWN``.

    The head of a comment is who wrote it and when, its tail what may be done with it.
    """
    tag = node.tag
    if tag.furniture >= 0:
        return tag.furniture
    if tag.name in HEAD_TAGS:
        kind = HEAD
    elif tag.name in TAIL_TAGS:
        kind = TAIL
    else:
        kinds = [said_by(name) & 3 for name in node.names]
        kind = OWN if CONTENT in kinds else max(kinds, default=OWN)
    if not tag.named:
        tag.furniture = kind
    return kind


def naming_of(names: Iterable[str]) -> int:
    """Return whether classes and id name a section of comments, something else, or neither (0)."""
    # Other things count for more, so the highest of the two numbers is what they say together.
    return _highest(names, _NAMING)


def strength_of(names: Iterable[str]) -> int:
    """Return whether one of some classes or ids is always furniture, one often is, or none (0)."""
    return _highest(names, _STRENGTH)


def _highest(names: Iterable[str], shift: int) -> int:
    """Return the highest of the two bits at a place in what names say."""
    highest, known = 0, _SAID.get
    for name in names:
        said = (known(name) or said_by(name)) >> shift & 3
        if said > highest:
            highest = said
    return highest


def says(node: Node, what: int) -> bool:
    """Whether a class or the id of an element says that it is a form, a rim of a comment or one comment."""
    return any(said_by(name) & what for name in node.names)


_SAID: dict[str, int] = {}
MOST_SAID = 32768
"""Names of which it is remembered what they say, over pages."""


def said_by(name: str) -> int:
    """Return the sum of all that a class or id says."""
    said = _SAID.get(name)
    if not said:
        # Long numbers say nothing, and what holds one would be remembered for each of a page's comments.
        name = _LONG_NUMBER.sub("0", name)
        said = _SAID.get(name)
        if said is None:
            if len(_SAID) >= MOST_SAID:
                _SAID.clear()
            said = _SAID[name] = _read_name(name)
    return said


def _read_name(name: str) -> int:
    # One number for all of it: names are many, and tables of what each says would take more than the page.
    words = {word.lower() for word in _WORDS.findall(_CAMEL.sub(" ", name))}
    naming = NAMES_OTHER if any(map(AWAY.match, words)) else NAMES_COMMENTS if any(map(SECTION.match, words)) else 0
    strength = IS_ALWAYS if ALWAYS.match(name) else IS_OFTEN if OFTEN.search(name) else 0
    return (
        IS_READ
        | _kind_of(name) << _KIND
        | naming << _NAMING
        | strength << _STRENGTH
        | IS_FORM * (not words.isdisjoint(_FORM_WORDS))
        | IS_RIM * (not words.isdisjoint(_RIM_WORDS))
        | IS_ONE * any(map(SINGULAR.match, words))
    )


def is_quote(node: Node) -> bool:
    """Whether an element holds what somebody else has said."""
    return node.name in ("blockquote", "q") or any(_QUOTE.search(name) for name in node.names)


def _kind_of(name: str) -> int:
    words = {w.lower() for w in _PARTS.split(name)}
    if words & CONTENT_WORDS:
        return CONTENT
    return TAIL if words & TAIL_WORDS else HEAD if words & HEAD_WORDS else OWN
