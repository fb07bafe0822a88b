"""What a single line is in a comment section: a name, a date, a button, a heading, or words."""

from __future__ import annotations

import re
from functools import lru_cache, partial
from typing import Literal, NamedTuple

from comments.split.dates import Dated, bare_rest, find_date, may_be_ago
from comments.split.headings import (
    REPLY_ROWS,
    Heading,
    heading_of,
    is_control,
    is_rule,
    opening_of,
    plain,
    reply_to,
    without_links,
)
from comments.split.lines import Line
from comments.split.text_names import POSTED_BY, clean_name, is_name
from comments.split.text_patterns import Pattern, has_digit
from comments.split.text_words import SAYS

PieceKind = Literal[
    "blank", "marker", "says", "dated", "date", "avatar", "control", "reply to", "pingback", "heading",
    "closer", "form", "rule", "text",
]  # fmt: skip

SAYS_ROWS = "|".join(sorted("|".join(SAYS.values()).split("|"), key=lambda w: (-len(w), w)))
SAYS_LAST = frozenset(w.replace("\\", "").rstrip(":").split(" ")[-1] for w in SAYS_ROWS.split("|"))
_LINKS = Pattern(r"(?:References|(?:Visible|Hidden) links:?)")
"""What lynx puts over the addresses of a page's links."""
_SCHEME = Pattern(r"[a-z]{3,10}:")
_SAYS_LINE = Pattern(
    rf"^(?P<who>\S.{{0,80}}?)[ \t\xa0]+(?:{SAYS_ROWS})[ \t\xa0]*(?P<end>[:：…]|\.{{0,3}})$", re.IGNORECASE
)
_SAYS_END = Pattern(rf"[ \t\xa0,]+(?:{SAYS_ROWS})[ \t\xa0]*(?:[,:：…]|\.{{0,3}})$", re.IGNORECASE)
_SAYS_WORD = Pattern(
    rf"^(?:,?\s*(?:{SAYS_ROWS}|and (?:said|wrote)))?\s*[:：.…]*\s*(?:#|¶|∞|§|permalink|reply|edit|link)?\s*[:：]?$",
    re.IGNORECASE,
)
_SAYS_CJK = Pattern(
    r"^(?P<who>\S.{0,40}?)\s?(?:さん(?:のコメント|より)?|より|のコメント|说道?|說道?|写道|寫道|"
    r"님의 말|님이 말함|말해봐요|님의 댓글)\s?[:：]?$"
)
_SAYS_CJK_LAST = ("さん", "コメント", "より", "说", "說", "道", "말", "말함", "봐요", "댓글")
# "X said in reply to Y", as TypePad prints it.
_SAYS_REPLY = Pattern(
    rf"^(?P<who>\S.{{0,60}}?)[ \t\xa0]+(?:{SAYS_ROWS})[ \t\xa0]+(?:{REPLY_ROWS})[ \t\xa0]+(?P<to>\S.{{0,60}}?)"
    r"[ \t\xa0]*[:：.…]*$",
    re.IGNORECASE,
)
# "X replied to comment from Y", as Movable Type 4 prints it before the date.
_REPLIED = Pattern(
    r"^(?P<who>\S.{0,60}?)\s+(?:replied|responded|replies) to (?:the |a )?(?:comment|reply) (?:from|by|of) "
    r"(?P<to>\S.{0,60})$",
    re.IGNORECASE,
)
_REPLY_STEMS = (
    "repl", "respo", "antw", "répons", "respuesta", "risposta", "reacti", "svar", "odpow", "odpov", "ответ", "відповід",
    "răspuns", "απάντ", "balasan", "vastau",
)  # fmt: skip
# Where the verb of saying stands before the name.
_SAID_FIRST = Pattern(r"^(?:يقول|تقول|قال|قالت|كتب|מאת)\s+(?P<who>\S.{0,60}?)\s?[:：]$")
_SAID_LETTERS = "يتقكמ"
_AVATAR = Pattern(
    r"^(?:.{1,60}['’]s (?:avatar|profile picture|picture|photo)|"
    r"(?:avatar|gravatar|photo|picture|image)(?: (?:of|for|from|image))? .{0,60}|"
    r"(?:user )?(?:avatar|gravatar)|avatar de .{1,60}|\[[0-9a-f]{2,40}\]|\[\]|\[(?:avatar|gravatar|svg|img)\])$",
    re.IGNORECASE,
)
_JOINT_END = re.compile(r"(?:^|\s+)(?:on|at|@|am|le|el|op|em|den|il|//|\|)$", re.IGNORECASE)
_ORDINAL = re.compile(r"^#?\d{1,4}[.)]?\s+(?=\S)")
_PING = Pattern(
    r"^(?:\[(?:…|\.\.\.)\]|(?:pingback|trackback|ping-?back|rückverweis|rétrolien|pings?)\s*[:：])",
    re.IGNORECASE,
)
_SIGNED = Pattern(r"(?:^|\s)(?:(?:posted|written|submitted|sent|comment) )?by\s+(?P<who>\S.{0,40})$", re.IGNORECASE)
MOST_NAMES = 4
"""Words of a name that follows a date and a bar."""


class _Look(NamedTuple):
    """What a text looks like, wherever it stands: the last fields of :class:`Piece`."""

    kind: PieceKind
    author: str | None = None
    date: str | None = None
    clock: bool = False
    heading: Heading | None = None
    replies_to: str | None = None
    said: bool = False


_TEXT, _MARKER = _Look("text"), _Look("marker")


class Piece(NamedTuple):
    """A line and what it looks like on its own.

    Attributes:
        line: the line.
        at: its index among the page's lines.
        gap: whether an empty line stands before it.
        kind: what it looks like.
        author: the name in it, or None.
        date: the date in it as written, or None.
        clock: whether the date has a time of day, or says how long ago.
        heading: what it announces, if it is a heading.
        replies_to: who is answered, where the line says it beside the name.
        said: whether a verb of saying stands beside name and date.
    """

    line: Line
    at: int
    gap: bool
    kind: PieceKind
    author: str | None = None
    date: str | None = None
    clock: bool = False
    heading: Heading | None = None
    replies_to: str | None = None
    said: bool = False

    @property
    def text(self) -> str:
        """What the line says."""
        return self.line.text

    @property
    def short(self) -> bool:
        """Whether it could be a name: nothing but a few words that make no sentence."""
        return self.kind == "text" and is_name(self.text)


# As lines are made: without the keyword handling of a named tuple's own call.
_new_piece = partial(tuple.__new__, Piece)


def read_pieces(lines: list[Line]) -> list[Piece]:
    """Return the lines that are not blank, each with what it looks like."""
    pieces: list[Piece] = []
    gap = False
    for at, line in enumerate(lines):
        text, size = line.text, line.size
        if "](" in text:
            # What a link's address adds to a line nobody reads.
            text = without_links(text)
            size -= len(line.text) - len(text)
            line = line._replace(text=text, size=size)
        if text and size <= 300:
            pieces.append(_new_piece((line, at, gap, *_look_at(text, size <= 200))))
        elif text or line.marker:
            pieces.append(_new_piece((line, at, gap, *(_TEXT if text else _MARKER))))
        else:
            gap = True
            continue
        gap = False
    return pieces[: _listed_links(pieces)]


def _listed_links(pieces: list[Piece]) -> int:
    """Return where the addresses begin that lynx lists under a page, the end where there are none."""
    at = first = len(pieces)
    while at and (pieces[at - 1].line.marker == "1" or _LINKS.fullmatch(pieces[at - 1].text)):
        at -= 1
        if _LINKS.fullmatch(pieces[at].text) and all(
            _SCHEME.match(p.text) or _LINKS.fullmatch(p.text) for p in pieces[at + 1 : at + 2]
        ):
            first = at
    return first


@lru_cache(maxsize=8192)
def _look_at(text: str, short: bool) -> _Look:
    """Return what a line says on its own; the same buttons and menus come back on every page."""
    if is_rule(text):
        return _Look("rule")
    text = plain(text)
    if not text:
        return _TEXT
    lowered = text.lower()
    counted = has_digit(text)
    heading = heading_of(text, lowered, counted=counted)
    dated = find_date(text) if short and (counted or (len(text) < 100 and may_be_ago(lowered))) else None
    if dated and heading and not heading.opens:
        heading = None
    if heading and heading.strong:
        return _Look("heading", heading=heading)
    return (_look_dated(dated) if dated else None) or _look_dateless(text, lowered, heading)


def _look_dated(dated: Dated) -> _Look | None:
    clock = dated.clock or dated.relative
    after = dated.after
    rest = bare_rest(after)
    opening = dated.before if bare_rest(dated.before) and not is_control(dated.before) else ""
    barred = after[:1] == "|" and is_name(rest) and not is_control(rest) and len(rest.split()) <= MOST_NAMES
    if rest and not opening and barred:
        return _Look("dated", clean_name(rest), dated.date, clock)
    if rest and not _SAYS_WORD.match(after.strip(" -–—|·•,")) and not is_control(after):
        who = clean_name(rest) if not opening and POSTED_BY.match(rest) and is_name(rest) else None
        return None if who is None else _Look("dated", who, dated.date, clock)
    words = _JOINT_END.sub("", _without_says(dated.before.rstrip(" \t\xa0|/,-–—·•:([")))
    before = _without_says(words)
    if not bare_rest(before) or is_control(before):
        return _Look("date", None, dated.date, clock)
    replied = _REPLIED.match(before) if " to " in before else None
    if replied and is_name(replied.group("who")):
        to = clean_name(replied.group("to"))
        return _Look("dated", clean_name(replied.group("who")), dated.date, clock, replies_to=to)
    name = clean_name(_ORDINAL.sub("", before))
    if name is None or POSTED_BY.fullmatch(name + " "):
        return _Look("date", None, dated.date, clock)
    if not is_name(name):
        signed = _SIGNED.search(before)
        name = clean_name(signed.group("who")) if signed else None
    # "X said on 3 May" may stand under a comment; with a colon behind it, it opens one.
    said = len(before) < len(words) and after[-1:] == ":"
    return _Look("dated", name, dated.date, clock, said=said) if name and is_name(name) else None


def _without_says(text: str) -> str:
    """Return ``text`` without a verb of saying that ends it; the last word tells most texts apart."""
    last = text.rstrip(" \t:.").replace(",", " ").split()[-1:]
    return text if text.isascii() and SAYS_LAST.isdisjoint(map(str.lower, last)) else _SAYS_END.sub("", text)


def _match_says(text: str) -> re.Match[str] | None:
    """Return "X says"; the last word tells most lines apart."""
    last = text.rstrip(" \t:：.…").rpartition(" ")[2].lower()
    found = _SAYS_LINE.match(text) if last in SAYS_LAST else None
    if found or text.isascii():
        return found
    bare = text.rstrip().rstrip(":：").rstrip()
    found = _SAYS_CJK.match(text) if bare.endswith(_SAYS_CJK_LAST) else None
    return found or (_SAID_FIRST.match(text) if text[0] in _SAID_LETTERS else None)


def _match_says_reply(text: str, lowered: str) -> re.Match[str] | None:
    """Return "X said in reply to Y"."""
    for stem in _REPLY_STEMS:
        if stem in lowered:
            found = _SAYS_REPLY.match(text)
            return found if found and is_name(found.group("who")) and is_name(found.group("to")) else None
    return None


def _has_picture(text: str) -> bool:
    return "avatar" in text or "picture" in text or "photo" in text or "image" in text


def _look_dateless(text: str, lowered: str, heading: Heading | None) -> _Look:
    # Escapes and stars may be left where marks stood inside marks.
    if "\\" in text or "*" in text or "](" in text:
        text = plain(text)
        lowered = text.lower()
    size, opening = len(text), opening_of(text[:3].lower())
    if opening and opening.ping and _PING.match(text):
        return _Look("pingback")
    if size < 130 and (_has_picture(lowered) or text[:1] == "[") and _AVATAR.match(text):
        return _Look("avatar")
    said = _look_said(text, lowered) if size <= 140 else None
    if said:
        return said
    if size <= 60 and is_control(text):
        return _Look("control")
    if heading:
        return _Look("heading", heading=heading)
    if opening is None:
        return _TEXT
    if opening.reply and reply_to(text):
        return _Look("reply to")
    if opening.form and opening.form.match(text):
        return _Look("form")
    return _Look("closer") if opening.closer and size < 200 and opening.closer.match(text) else _TEXT


def _look_said(text: str, lowered: str) -> _Look | None:
    """Return the look of "X says", or of "X said in reply to Y"."""
    said = _match_says(text) if len(text) <= 120 else None
    if said and is_name(said.group("who")):
        return _Look("says", clean_name(said.group("who")))
    said = _match_says_reply(text, lowered) if text[-1:] in ":：.…" else None
    if said is None:
        return None
    return _Look("says", clean_name(said.group("who")), replies_to=clean_name(said.group("to")))
