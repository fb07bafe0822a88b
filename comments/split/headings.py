"""Lines that open, close and furnish a comment section: tables by language, and what they say."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate, groupby
from typing import Literal, NamedTuple

from comments.split.text_patterns import DIGIT, Pattern, has_digit
from comments.split.text_words import BARE, CLOSERS, CONTROLS, FORMS, NOUNS, REPLIES, WORD_NUMBERS

_NOUN = "|".join(f"(?:{noun.replace('_', ' ')})" for nouns in NOUNS.values() for noun in nouns.split())
_NUMBER_WORD = "|".join(sorted((re.escape(w) for w in WORD_NUMBERS), key=lambda w: (-len(w), w)))
_COUNT = rf"(?P<n>\d{{1,3}}(?:[.,\s]\d{{3}})|\d{{1,6}}|{_NUMBER_WORD})"
_ADJECTIVE = (
    r"(?:reader|readers'|user|total|public|published|new|great|insightful|lesers?|approved|blog|"
    r"facebook|disqus|more|other)"
)
_TAIL = (
    r"(?:\s*$|\s*[:↓»¶.…!(\[–—|-]|\s+(?:so far|on|to|for|about|in|zu|zum|auf|für|über|sur|à|pour|en|a|al|para|sobre|su|"
    r"per|di|op|aan|over|bij|em|till|på|til|do|na|к|на|“|\"|«|„|om|до|despre|pada|στο|στην|về|على|पर|בנושא|"
    r"على:|add|leave|post|show|hide|sort|by|jump|from|\|)|\s+\w{1,12}\s*[“„«「《”\"])"
)
_OURS = r"(?:your|our|ihre|eure|unsere|vos|les|los|sus|tus|i|i vostri|os|as|de|våra)"
_TALKS = r"discussion|diskussion|discussione|discusión|discussie|conversation"
"""What is counted behind the word only: "12 discussions" are no comments."""
_OF_READERS = (
    r"(?:of|by|from|der|von|des|de|de los|dei|dos|van|van de)\s+(?:our\s+)?"
    r"(?:readers|leser|lecteurs|lectores|lettori|leitores|lezers)"
)
_COUNTED = Pattern(rf"^\(?{_COUNT}\)?\s*(?:{_ADJECTIVE}\s+)?(?:{_NOUN}){_TAIL}", re.IGNORECASE)
_COUNT_LAST = Pattern(
    rf"^(?:(?:all|the|reader|readers'|user|latest|alle|{_OURS})\s+)?(?:{_NOUN}|{_TALKS})(?:\s+{_OF_READERS})?"
    r"\s*[:(\[–—-]?\s*[(\[]?(?P<n>\d{1,6})\)?\]?\s*[:–+-]?\s*$",
    re.IGNORECASE,
)
_AFTER_TITLE = Pattern(rf"\s(?:[–—|•·-]{{1,2}})\s+{_COUNT}\s+(?:{_NOUN})\s*$", re.IGNORECASE)
_SHOWING = Pattern(
    rf"^(?:there (?:are|is)|showing|viewing|displaying)\s+(?:all\s+)?{_COUNT}\b.{{0,20}}?(?:{_NOUN})",
    re.IGNORECASE,
)
_COUNT_ENDS = Pattern(rf"(?:^|[\s(\[|])\d{{1,6}}\s+({_NOUN})\s*[)\]]?$", re.IGNORECASE)
_AFTER_QUOTE = Pattern(
    rf"^[“\"„«「《‘']{{1,2}}.{{1,200}}[”\"“»」》’']{{1,2}}.{{0,25}}?{_COUNT}\s*(?:{_NOUN})\s*[:：]?\s*$", re.IGNORECASE
)
_QUOTES = "“\"„«「《‘'"
_FIRST_WORD = re.compile(r"\(?(\d|[^\W\d_]+)")
_LAST_NUMBER = re.compile(r"\d\W*$")
_ONE = re.compile(r"\bone\b")
_DASH = re.compile(r"[–—|•·-]")
_NUMBER_STARTS = frozenset(word[:2] if len(word) > 1 else f"{word}{end}" for word in WORD_NUMBERS for end in ("", " "))
_BARE_ROWS = sorted({row for rows in BARE.values() for row in rows.split("|")})
_BARE = {
    start: Pattern(rf"^(?:{'|'.join(rows)})\s*[:↓»…]?$", re.IGNORECASE)
    for start, rows in groupby(_BARE_ROWS, lambda row: row[:2])
}
"""Headings without a count, by their first two letters."""
_REPLY = Pattern(
    r"(?:^|[^\w])(?:reply|replydelete|respond|quote|antworten|répondre|responder|rispondi|beantwoorden|reageren|antwoorden|"
    r"reageer|svara|svar|besvar|vastaa|odpowiedz|odpovědět|ответить|відповісти|返信|回复|回覆|답글|cevapla|"
    r"yanıtla|απάντηση|رد|الرد|הגב|השב|trả lời|प्रतिक्रिया|उत्तर दें|জবাব|উত্তর|응답|回應|回应|"
    r"válasz|răspunde|respon|balas|beantwoord|citeren|zitieren|citar|citer)(?:$|[^\w])",
    re.IGNORECASE,
)
_REPLY_START = Pattern(
    r"^(?:reply|répondre|antworten|responder|rispondi|reageer|reageren|svara|svar|besvar|ответить|odpowiedz)\b",
    re.IGNORECASE,
)
_REPLY_STARTS = frozenset(["re", "ré", "an", "ri", "rı", "sv", "be", "от", "od"])
_BETWEEN = re.compile(r"[|•·/,]|\s{2,}")
_GLUE = re.compile(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ\d])|(?<=\d)(?=[^\W\d_])")
"""Where two buttons meet that a renderer put side by side without a space."""
_CONTROL = frozenset(word for words in CONTROLS.values() for word in words.split("|"))
_STARS = Pattern(
    r"^(?:rating: ?)?(?:\d(?:[.,]\d)?(?: out of \d| / ?\d|/\d)? (?:stars?|votes?|points?|likes?|vote)|"
    r"(?:like)?liked by (?:you|\d{1,4} (?:person|people|others?))(?: and .{1,30})?|"
    r"[★☆⭐ ]{1,12}|[+-]?\d{1,5}\.?)$",
    re.IGNORECASE,
)
_STARS_FIRST = "rRlL★☆⭐ +-"
_CONTROL_STARTS = frozenset(word[:2] for word in _CONTROL)
REPLY_ROWS = "|".join(sorted("|".join(REPLIES.values()).split("|"), key=lambda w: (-len(w), w)))
"""What stands before the name of the one who is answered."""
_REPLY_TO = Pattern(rf"^(?:{REPLY_ROWS})(?:\s*:\s*|\s+|(?<=[↳⤷:：]))(?P<who>\S.{{0,60}})$", re.IGNORECASE)
_REPLY_TO_FIRST = frozenset(c for row in REPLY_ROWS.split("|") for c in (row[0], row[0].upper()))
_REPLY_TO_STARTS = frozenset(row[:3] for row in REPLY_ROWS.split("|"))
_PING_STARTS = frozenset(["pin", "tra"])
_LITERAL = re.compile(r"(?:[^\W_]|[ '«←<©-]|\\[()])+(?![?*{])")
_LINK = re.compile(r"!?\[([^\[\]]{0,300})\]\([^()]{0,500}(?:\([^()]{0,200}\)[^()]{0,300})?\)")
_REFERENCE = re.compile(r"\[\d{1,4}\](?=[^\s\[(])")
"""The number of a link, as lynx puts it before the link's text."""
_ESCAPED = re.compile(r"\\([.()\[\]#*_+-])")
_DECOR = " \t\xa0#*_~`>|{}"
_RULE = Pattern(r"^(?:[_\-=━─*~\s]{4,}|(?:\[[ _]*\]\s*)+.*)$")


@dataclass(frozen=True, slots=True)
class Heading:
    """A line that announces comments.

    Attributes:
        count: how many it declares, or None.
        strong: whether it holds a count.
        opens: whether it begins with it; where the count ends the line, that may be a byline.
    """

    count: int | None
    strong: bool
    opens: bool = True


def plain(text: str) -> str:
    """Return ``text`` without the marks that Markdown renderers put around a heading, and without links' addresses."""
    if "](" in text:
        text = without_links(text)
    if "[" in text:
        text = _REFERENCE.sub("", text)
    if "(BUTTON)" in text:
        text = text.replace("(BUTTON)", " ")
    text = text.strip(_DECOR)
    if "**" in text or "\xa0" in text:
        text = text.replace("**", "").replace("\xa0", " ").strip()
    return _ESCAPED.sub(r"\1", text) if "\\" in text else text


def without_links(text: str) -> str:
    """Return ``text`` with the words of Markdown's links and pictures in their place, also of pictures in links."""
    return _LINK.sub(r"\1", _LINK.sub(r"\1", text)).strip()


def find_heading(text: str) -> Heading | None:
    """Return what a heading of a comment section says, or None where ``text`` is no such heading.

    Args:
        text: one line without its list marker.
    """
    if len(text) > 300:
        return None
    text = plain(text)
    return heading_of(text, text.lower(), counted=has_digit(text)) if text else None


def heading_of(text: str, lowered: str, *, counted: bool) -> Heading | None:
    """As :func:`find_heading`, for a plain text that is not empty.

    Args:
        text: the plain text.
        lowered: the same in lower case.
        counted: whether a digit stands in it.
    """
    found = _match_counted(text, lowered, counted)
    if found:
        word = found.group("n").lower()
        count = WORD_NUMBERS.get(word)
        if count is None:
            count = int("".join(c for c in word if c.isdigit()))
        return Heading(count, True, found.start() == 0)
    bare = _BARE.get(lowered[:2])
    return Heading(None, False) if bare and bare.match(text) else None


def counted_last(text: str) -> str | None:
    """Return what a line counts at its end ("Posted by X at 9:00 | 3 comments"), lower case, or None."""
    found = _COUNT_ENDS.search(text[-40:])
    return found[1].lower() if found else None


def _match_counted(text: str, lowered: str, counted: bool) -> re.Match[str] | None:
    """Return how ``text`` counts comments; most lines are told apart by their first word or last one."""
    if lowered[:2] in _NUMBER_STARTS or not text[0].isalpha():
        first = _FIRST_WORD.match(lowered)
        if first and (first.group(1)[0].isdigit() or first.group(1) in WORD_NUMBERS):
            return _COUNTED.match(text)
    if not counted and "one" not in lowered:
        return None
    last = lowered[-60:]
    if not (counted and DIGIT.search(last)) and not ("one" in last and _ONE.search(last)):
        return None
    if text[0] in _QUOTES:
        return _AFTER_QUOTE.match(text)
    if _LAST_NUMBER.search(text[-12:]) and len(text) < 60:
        return _COUNT_LAST.match(text)
    if len(text) < 80 and text[:1] in "TtSsVvDd" and _SHOWING.match(text):
        return _SHOWING.match(text)
    return _AFTER_TITLE.search(text, max(0, len(text) - 60)) if _DASH.search(last) else None


class Opening(NamedTuple):
    """What a plain text may be by its first three characters.

    Attributes:
        ping: whether it may be a pingback.
        reply: whether it may say who is answered.
        form: the rows of :data:`FORMS` that may match it, or None.
        closer: the rows of :data:`CLOSERS` that may match it, or None.
    """

    ping: bool
    reply: bool
    form: re.Pattern[str] | None
    closer: re.Pattern[str] | None


@lru_cache(maxsize=8192)
def opening_of(start: str) -> Opening | None:
    """Return what a text that begins with ``start`` may be, None where it is nothing known, as most lines are.

    Args:
        start: its first three characters, in lower case.
    """
    # Letters outside ASCII may have more than one lower case, so that the rows themselves decide about them.
    sure = start.isascii() and start[:1].isalnum()
    reply = start in _REPLY_TO_STARTS if sure else start[:1] in _REPLY_TO_FIRST or not start[:1].isalnum()
    ping = start in _PING_STARTS if sure else start[:1] in "[ptr"
    found = Opening(ping, reply, _by_start("form", start), _by_start("closer", start))
    return found if any(found) else None


def _by_start(table: Literal["form", "closer"], start: str) -> re.Pattern[str] | None:
    """Return the rows of a table that may begin with ``start``, None where there are none."""
    rows = _rows(table)
    near = [row for size in range(4) if size <= len(start) for row in rows.get(start[:size], ())]
    return _joined(tuple(sorted(near))) if near else None


@cache
def _joined(rows: tuple[tuple[int, str], ...]) -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(row for _, row in rows)})", re.IGNORECASE)


@cache
def _rows(table: str) -> dict[str, list[tuple[int, str]]]:
    """Return the patterns of a table, numbered, by the letters (at most three) that may open them."""
    rows: dict[str, list[tuple[int, str]]] = {}
    for at, row in enumerate(_alternatives("|".join((FORMS if table == "form" else CLOSERS).values()))):
        for begin in dict.fromkeys(_beginnings(row)):
            rows.setdefault(begin, []).append((at, row))
    return rows


def _alternatives(pattern: str) -> list[str]:
    """Split a pattern at the bars that stand outside every group."""
    rows, depth, row = [], 0, ""
    for char in pattern:
        depth += (char == "(") - (char == ")")
        if char == "|" and depth <= 0:
            rows.append(row)
            row = ""
        else:
            row += char
    return [*rows, row]


def _beginnings(row: str) -> list[str]:
    """Return the letters that may open a pattern, group by group; an empty string stands for any."""
    if not row.startswith("(?:"):
        plain_ = _LITERAL.match(row)
        return [plain_.group().replace("\\", "")[:3].lower() if plain_ else ""]
    depths = accumulate((char == "(") - (char == ")") for char in row)
    at = next(at for at, depth in enumerate(depths) if not depth)
    begins = [b for inner in _alternatives(row[3:at]) for b in _beginnings(inner)]
    return [*begins, *(_beginnings(row[at + 2 :]) if row[at + 1 : at + 2] == "?" else [])]


def is_rule(text: str) -> bool:
    """Whether ``text`` is a drawn line or an input field."""
    return len(text) > 3 and text[0] in "_-=━─*~[" and bool(_RULE.match(text[:80]))


def is_control(text: str) -> bool:
    """Whether ``text`` is a button or a label beside a comment."""
    if len(text) > 60:
        return False
    bare = text.strip(" \t\xa0|.…:↓↑→←»«()[]*_#·•-0123456789").lower()
    if not bare:
        return bool(_STARS.match(text.strip(_DECOR))) or (
            bool(text.strip()) and not any(c.isalnum() for c in text) and len(text) < 4
        )
    if bare in _CONTROL or _is_doubled(bare):
        return True
    if (text[0] in _STARS_FIRST or not text[0].isalpha()) and _STARS.match(text.strip(_DECOR)):
        return True
    if bare[:2] in _REPLY_STARTS and _REPLY_START.match(bare) and len(bare.split()) <= 5 and text[-1:] not in ".!?,:":
        return True
    if bare[:2] in _CONTROL_STARTS and _GLUE.search(text) and _all_controls(_GLUE.sub(" ", text).lower()):
        return True
    if bare.isalpha():
        return False
    parts = [p.strip(" .…:↓↑→»()[]*_") for p in _BETWEEN.split(bare)] if _BETWEEN.search(bare) else []
    return len(parts) > 1 and all(not p or p in _CONTROL or p.isdigit() for p in parts)


def _is_doubled(bare: str) -> bool:
    """Whether a button's word stands twice without a space, as WordPress.com's "Like" and its label do."""
    half = len(bare) // 2
    return bare[0] == bare[half] and bare[:half] == bare[half:] and bare[:half] in _CONTROL


def _all_controls(text: str) -> bool:
    return all(part in _CONTROL or part.isdigit() for part in text.split())


def is_reply(text: str) -> bool:
    """Whether ``text`` is a button to answer a comment, alone or among other buttons."""
    if len(text) > 60:
        return False
    if _REPLY.search(text.replace("_", " ")):
        return True
    return not text[1:].islower() and _GLUE.search(text) is not None and bool(_REPLY.search(_GLUE.sub(" ", text)))


def reply_to(text: str) -> str | None:
    """Return the name after "in reply to" where ``text`` is such a line."""
    if len(text) >= 120 or (text[:1].isalnum() and text[0] not in _REPLY_TO_FIRST):
        return None
    text = plain(text)
    found = _REPLY_TO.match(text) if text[:1] in _REPLY_TO_FIRST else None
    return found.group("who").strip() if found else None
