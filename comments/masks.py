"""Forms in which a text says how to reach a person, each by name with an example that a test holds.

A number is a telephone number by its form or by the word before it, for most numbers in comments are years, pages of
court reports, columns of tables and parts of addresses: of 30,000 comments a rule for "many digits" masked 284 numbers,
nearly all of them such.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_AT = r"\s?[\[({<]\s?(?:at|@|ät|bei|chez)\s?[\])}>]\s?"
_DOT = r"\s?(?:\.|[\[({<]\s?(?:dot|punkt|point|punto)\s?[\])}>])\s?"
_NAME, _HOST = r"[\w.+%-]{1,64}", r"[\w-]{1,63}"
_ENDS = (
    "com|org|net|edu|gov|info|io|me|de|at|ch|fr|uk|ie|nl|be|es|it|pt|pl|cz|se|no|dk|fi|ru|ua|ca|au|nz|in|za|br|mx|ar"
)
_MAILERS = "gmail|googlemail|hotmail|yahoo|outlook|icloud|proton(?:mail)?|gmx|web|aol|mail|live|msn|yandex|posteo"
_SITES = (
    r"(?:facebook\.com|instagram\.com|twitter\.com|x\.com/@|linkedin\.com/in|tiktok\.com/@|youtube\.com/(?:@|user|c)|"
    r"t\.me|vk\.com|snapchat\.com/add|patreon\.com|threads\.net/@|reddit\.com/u(?:ser)?)"
)
_SERVICES = "skype|discord|telegram|whatsapp|signal|kik|snapchat|snap|instagram|insta|ig|icq|wechat|line|twitter"
_SPACE = r"[ \t\u00a0\u2007\u2009\u202f]"
_GAP = rf"(?:{_SPACE}?[-.\u2010-\u2013/]{_SPACE}?|{_SPACE})?"
_CALL = (
    r"(?:phone|telephone|tel|call|ring|text|fax|mobile|cell|cellphone|whatsapp|viber|signal|sms|number|handy|telefon|mobil|"
    r"t[ée]l[ée]phone|t[ée]l|portable|tel[ée]fono|m[óo]vil|celular|telefone|тел|телефон|звоните)"
)
_NUMBER_WORD = "(?:zero|oh|one|two|three|four|five|six|seven|eight|nine)"


@dataclass(frozen=True, slots=True)
class Form:
    """A way to say how to reach somebody.

    Attributes:
        name: what it is.
        pattern: matches it, and nothing around it.
        example: one that it matches whole.
    """

    name: str
    pattern: str
    example: str


CONTACTS = (
    Form(
        "address of the Fediverse", r"(?<![\w@/])@[\w.-]{1,40}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}", "@ann@social.example"
    ),
    Form("e-mail", rf"{_NAME}@{_HOST}(?:\.{_HOST}){{1,4}}", "ann.lee+news@example.co.uk"),
    Form("e-mail, spelt", rf"{_NAME}{_AT}{_HOST}(?:{_DOT}[\w-]{{2,63}}){{1,3}}", "ann [at] example (dot) org"),
    Form(
        "e-mail in words",
        rf"(?:[\w-]{{1,30}} dot ){{0,2}}{_NAME} at {_HOST}(?: dot [\w-]{{2,24}}){{1,3}}",
        "ann dot lee at example dot org",
    ),
    Form(
        "e-mail of a known mailer", rf"{_NAME} at (?:{_MAILERS})\.(?:com|net|de|org|me|fr|ru)\b", "annlee at gmail.com"
    ),
    Form(
        "e-mail, spaced", rf"{_NAME} ?@ ?{_HOST}(?: ?\. ?{_HOST}){{0,3}} ?\. ?(?:{_ENDS})\b", "annlee @ example . com"
    ),
    Form("page of a person", rf"(?<![\w.-]){_SITES}/?(?!\w+\.php)[\w.%-]{{2,60}}", "facebook.com/ann.lee.99"),
    Form("handle", r"(?<![\w@/])[@＠]\w[\w.-]{0,38}\w", "@ann_lee"),
    Form("name on Reddit", r"(?<![\w/])/?u/[\w-]{3,30}", "u/annlee99"),
    Form("name on Discord", r"\b[\w.]{2,32}#\d{4}\b", "annlee#1234"),
    Form(
        "name at a service",
        rf"\b(?:{_SERVICES})(?: name| id| handle)?(?: is |: ?| = ?)(?:[\w.:-]*[\d_.:])[\w.:-]*\w",
        "skype is live:ann_lee",
    ),
)
"""What is no number, whatever stands around it."""

PHONES = (
    Form("international", rf"\+{_SPACE}?\d(?:{_GAP}\(?\d\)?){{7,14}}", "+49 (0)30 / 1234-5678"),
    Form("international, by 00", rf"00[1-9](?:{_GAP}\(?\d\)?){{8,13}}", "0044 20 7946 0958"),
    Form("with a leading 0", rf"\(?0[1-9](?:{_GAP}[()]?\d\)?){{7,10}}", "020 7946 0958"),
    Form(
        "North America",
        r"(?:1[ .-]?)?(?:\([2-9]\d\d\) ?|[2-9]\d\d[ .\u2010-\u2013-])\d{3}[ .\u2010-\u2013-]\d{4}",
        "(555) 123-4567",
    ),
    Form("North America, local", r"(?<!\()[2-9]\d\d[\u2010-\u2013-]\d{4}", "555-0199"),
    Form("ten digits", r"[2-9]\d{9}", "5551234567"),
    Form("in letters", r"1-[89]\d\d-[A-Z]{5,8}", "1-800-FLOWERS"),
    Form("area code in brackets", r"\(\d{2,5}\) ?\d{3,5}[ -]?\d{3,5}", "(11) 91234-5678"),
    Form("Russia", r"[78][ -]?\(?\d{3}\)?[ -]?\d{3}-\d\d-\d\d", "8 (495) 123-45-67"),
    Form("India", r"[6-9]\d{4}[ -]\d{5}", "98765 43210"),
)
"""What is a telephone number by itself, where no other number stands directly beside it."""

_CONTACT = re.compile("|".join(form.pattern for form in CONTACTS), re.IGNORECASE)
_BEFORE, _AFTER = r"(?<![\w+$€£])(?<!\d[.,:/-])(?<!\d )", r"(?!\w|[.,:/-]\d| \d| ?%)"
_PHONE = re.compile(f"{_BEFORE}(?:{'|'.join(form.pattern for form in PHONES)}){_AFTER}")
_CALLED = re.compile(rf"\b{_CALL}\b[^\w\n]{{0,4}}(?:(?:me|us|is|at|on|no|nr|number|him|her)\b[^\w\n]{{0,3}}){{0,3}}"
                     rf"(\+?\(?\d(?:{_GAP}[()]?\d\)?){{6,14}})(?!\w)", re.IGNORECASE)  # fmt: skip
_SPOKEN = re.compile(rf"\b{_NUMBER_WORD}(?:[\s,-]+{_NUMBER_WORD}){{6,}}\b", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_TO_CALL = re.compile(r"(?:\btel:|wa\.me/|whatsapp\.com/)\+?\d[\d()-]*", re.IGNORECASE)
_DATE = re.compile(
    r"(?:19|20)\d\d\W+\d{1,2}\W+\d{1,2}.*|\d{1,2}\W+\d{1,2}\W+(?:19|20)\d\d.*|\d{4}\W+\d{4}|.*\((?:1[5-9]|20)\d\d\)?"
)
_BOOK = re.compile(r"(?:ISBN|ISSN|doi|no\.|#|case|patent)[\w -]{0,8}:?\s?$", re.IGNORECASE)
_CLOSING = re.compile(
    r"^[ \t]*(?:--[ \t]*\n|(?:kind |best |warm )?regards|sincerely|yours(?: truly| sincerely| faithfully)?|signed|"
    r"mit freundlichen gr[üu](?:ß|ss)en|mfg|viele gr[üu](?:ß|ss)e|cordialement|saludos|atentamente)[,.!]?\s*"
    r"(?P<name>[^\W\d_][\w'’.-]*(?:[ \t]+[^\W\d_][\w'’.-]*){0,3})\s*\Z",
    re.IGNORECASE | re.MULTILINE,
)


def contact_spans(text: str) -> list[tuple[int, int]]:
    """Return where a text says how to reach a person: addresses, handles, telephone numbers, the name below a letter.

    Args:
        text: a comment.

    Returns:
        Offsets, which may overlap.
    """
    spans = [found.span() for found in _CONTACT.finditer(text)] if _may_hold(text) else []
    closing = _CLOSING.search(text[-200:])
    if closing:
        past = max(0, len(text) - 200)
        spans.append((past + closing.start("name"), past + closing.end("name")))
    if any(sign.isdigit() for sign in text):
        spans += number_spans(text)
    spans += [found.span() for found in _SPOKEN.finditer(text)]
    return spans


def _may_hold(text: str) -> bool:
    """Whether a text has any of the signs that contacts cannot do without; most have none."""
    return any(sign in text for sign in "@＠#/[({<:=._") or " at " in text.lower()


def number_spans(text: str) -> list[tuple[int, int]]:
    """Return where telephone numbers stand in a text; what is inside the address of a page is none.

    Args:
        text: a comment.
    """
    addresses = [found.span() for found in _ADDRESS.finditer(text)]
    spans = [found.span() for found in _TO_CALL.finditer(text)]
    spans += [found.span(1) for found in _CALLED.finditer(text) if not _DATE.fullmatch(found[1])]
    for found in _PHONE.finditer(text):
        inside = any(start <= found.start() < end for start, end in addresses)
        if not inside and not _DATE.fullmatch(found[0]) and not _BOOK.search(text[: found.start()][-12:]):
            spans.append(found.span())
    return spans
