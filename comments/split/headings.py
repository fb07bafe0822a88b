"""Lines that open, close and furnish a comment section: tables by language, and what they say."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from comments.split.text_patterns import Pattern
from comments.split.text_words import BARE, CLOSERS, CONTROLS, FORMS, NOUNS, WORD_NUMBERS

_NOUN = "|".join(f"(?:{noun.replace('_', ' ')})" for nouns in NOUNS.values() for noun in nouns.split())
_NUMBER_WORD = "|".join(sorted((re.escape(w) for w in WORD_NUMBERS), key=lambda w: (-len(w), w)))
_COUNT = rf"(?P<n>\d{{1,3}}(?:[.,\s]\d{{3}})|\d{{1,6}}|{_NUMBER_WORD})"
_ADJECTIVE = (
    r"(?:reader|readers'|user|total|public|published|new|great|insightful|lesers?|approved|blog|"
    r"facebook|disqus|more|other)"
)
_TAIL = (
    r"(?:\s*$|\s*[:↓»¶.!(\[–—|-]|\s+(?:so far|on|to|for|about|in|zu|zum|auf|für|über|sur|à|pour|en|a|al|para|sobre|su|"
    r"per|di|op|aan|over|bij|em|till|på|til|do|na|к|на|“|\"|«|„|om|до|despre|pada|στο|στην|về|على|पर|בנושא|"
    r"على:|add|leave|post|show|hide|sort|by|jump|from|\|)|\s+\w{1,12}\s*[“„«「《”\"])"
)
_COUNTED = Pattern(rf"^\(?{_COUNT}\)?\s*(?:{_ADJECTIVE}\s+)?(?:{_NOUN}){_TAIL}", re.IGNORECASE)
_COUNT_LAST = Pattern(
    rf"^(?:(?:all|the|reader|readers'|user|latest|alle)\s+)?(?:{_NOUN})\s*[:(\[–—-]?\s*[(\[]?(?P<n>\d{{1,6}})\)?\]?\s*:?\s*$",
    re.IGNORECASE,
)
_AFTER_TITLE = Pattern(rf"\s(?:[–—|•·-]{{1,2}})\s+{_COUNT}\s+(?:{_NOUN})\s*$", re.IGNORECASE)
_SHOWING = Pattern(
    rf"^(?:there (?:are|is)|showing|viewing|displaying)\s+(?:all\s+)?{_COUNT}\b.{{0,20}}?(?:{_NOUN})",
    re.IGNORECASE,
)
_AFTER_QUOTE = Pattern(
    rf"^[“\"„«「《‘']{{1,2}}.{{1,200}}[”\"“»」》’']{{1,2}}.{{0,25}}?{_COUNT}\s*(?:{_NOUN})\s*[:：]?\s*$", re.IGNORECASE
)
_QUOTES = "“\"„«「《‘'"
_FIRST_WORD = re.compile(r"\(?(\d|[^\W\d_]+)")
_LAST_NUMBER = re.compile(r"\d\W*$")
_DIGIT = re.compile(r"\d")
_ONE = re.compile(r"\bone\b")
_DASH = re.compile(r"[–—|•·-]")
_BARE = Pattern(rf"^(?:{'|'.join(BARE.values())})\s*[:↓»…]?$", re.IGNORECASE)
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
_REPLY_FIRST = "rasboо"
_BETWEEN = re.compile(r"[|•·/,]|\s{2,}")
_CONTROL = frozenset(word for words in CONTROLS.values() for word in words.split("|"))
_STARS = Pattern(
    r"^(?:rating: ?)?(?:\d(?:[.,]\d)?(?: out of \d| / ?\d|/\d)? (?:stars?|votes?|points?|likes?|vote)|"
    r"[★☆⭐ ]{1,12}|[+-]?\d{1,5})$",
    re.IGNORECASE,
)
_REPLY_TO = Pattern(
    r"^(?:in reply to|reply to|replying to|als antwort auf|antwort auf|en réponse à|en respuesta a|"
    r"respuesta a|in risposta a|em resposta a|als reactie op|↳|⤷)\s*:?\s*(?P<who>\S.{0,60})$",
    re.IGNORECASE,
)
_REPLY_TO_FIRST = frozenset("irae↳⤷")
_LINK = re.compile(r"!?\[([^\]]{0,200})\]\([^)]{0,500}\)")
_ESCAPED = re.compile(r"\\([.()\[\]#*_+-])")
_DECOR = " \t\xa0#*_~`>|"
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


@lru_cache(maxsize=1024)
def plain(text: str) -> str:
    """Return ``text`` without the marks that Markdown renderers put around a heading, and without links' addresses."""
    if "](" in text:
        text = _LINK.sub(r"\1", text)
    text = text.strip(_DECOR).replace("**", "").replace("\xa0", " ").strip()
    return _ESCAPED.sub(r"\1", text) if "\\" in text else text


def find_heading(text: str) -> Heading | None:
    """Return what a heading of a comment section says, or None where ``text`` is no such heading.

    Args:
        text: one line without its list marker.
    """
    if len(text) > 300:
        return None
    text = plain(text)
    if not text:
        return None
    found = _match_counted(text)
    if found:
        word = found.group("n").lower()
        count = WORD_NUMBERS.get(word)
        if count is None:
            count = int("".join(c for c in word if c.isdigit()))
        return Heading(count, True, found.start() == 0)
    return Heading(None, False) if _BARE.match(text) else None


def _match_counted(text: str) -> re.Match[str] | None:
    """Return how ``text`` counts comments; most lines are told apart by their first word or last one."""
    first = _FIRST_WORD.match(text)
    if first and (first.group(1)[0].isdigit() or first.group(1).lower() in WORD_NUMBERS):
        return _COUNTED.match(text)
    last = text[-60:]
    if not _DIGIT.search(last) and not ("one" in last.lower() and _ONE.search(last.lower())):
        return None
    if text[0] in _QUOTES:
        return _AFTER_QUOTE.match(text)
    if _LAST_NUMBER.search(text[-12:]) and len(text) < 60:
        return _COUNT_LAST.match(text)
    if len(text) < 80 and text[:1] in "TtSsVvDd" and _SHOWING.match(text):
        return _SHOWING.match(text)
    return _AFTER_TITLE.search(text, max(0, len(text) - 60)) if _DASH.search(last) else None


def is_closer(text: str) -> bool:
    """Whether ``text`` begins what stands after the last comment, the comment form aside."""
    text = plain(text)
    return bool(text) and len(text) < 200 and bool(_by_initial("closer", text[0].lower()).match(text))


def is_form(text: str) -> bool:
    """Whether ``text`` belongs to a comment form, or says that comments are closed."""
    text = plain(text)
    return bool(text) and bool(_by_initial("form", text[0].lower()).match(text))


@cache
def _by_initial(table: str, initial: str) -> re.Pattern[str]:
    """Return the rows of a table that may begin with ``initial``: most lines then fail at once."""
    near = [row for row in _rows(table) if row[0] in "(«←<\\" or row[0] == initial]
    return re.compile(rf"(?:{'|'.join(near)})" if near else "(?!)", re.IGNORECASE)


@cache
def _rows(table: str) -> tuple[str, ...]:
    """Split the patterns of a table at the bars that stand outside every group."""
    rows, depth, row = [], 0, ""
    for char in "|".join((FORMS if table == "form" else CLOSERS).values()):
        depth += (char == "(") - (char == ")")
        if char == "|" and depth <= 0:
            rows.append(row)
            row = ""
        else:
            row += char
    return (*rows, row)


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
    if bare in _CONTROL or _STARS.match(text.strip(_DECOR)):
        return True
    if bare[0] in _REPLY_FIRST and _REPLY_START.match(bare) and len(bare.split()) <= 5 and text[-1:] not in ".!?,:":
        return True
    parts = [p.strip(" .…:↓↑→»()[]*_") for p in _BETWEEN.split(bare)] if _BETWEEN.search(bare) else []
    return len(parts) > 1 and all(not p or p in _CONTROL or p.isdigit() for p in parts)


def is_reply(text: str) -> bool:
    """Whether ``text`` is a button to answer a comment, alone or among other buttons."""
    return len(text) <= 60 and bool(_REPLY.search(text.replace("_", " ")))


def reply_to(text: str) -> str | None:
    """Return the name after "in reply to" where ``text`` is such a line."""
    if len(text) >= 120:
        return None
    text = plain(text)
    found = _REPLY_TO.match(text) if text[:1].lower() in _REPLY_TO_FIRST else None
    return found.group("who").strip() if found else None
