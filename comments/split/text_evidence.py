"""What speaks for a stretch of lines being a comment section, and what against it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from comments.split.headings import Heading, is_reply
from comments.split.text_bodies import Body
from comments.split.text_bylines import Piece
from comments.split.text_patterns import Pattern
from comments.split.text_voices import mean_voice

FLOOR = 3.0
"""Evidence from which on a section is taken to be one of comments."""
SPEAKS, MOST_HEARD = 0.5, 60
"""Mean log odds from which on lines are readers'; how many lines of a section are heard."""

# What speaks for a section being one of comments; each row is one observation.
WEIGHTS: dict[str, float] = {
    "a heading counts its comments": 2.5,
    "a heading names comments": 1.5,
    "names are followed by 'says'": 2.0,
    "a button to reply follows": 2.0,
    "dates have a time of day": 1.0,
    "names come with dates": 0.5,
    "a comment form or its closing follows": 1.5,
    "as many as the heading says": 1.0,
    "three or more": 0.5,
    "items of a list": 0.5,
    "replies are nested": 1.0,
    "items are paragraphs": 1.5,
    "items talk to someone": 1.0,
    "the list ends the page": 0.5,
    "readers speak in them": 2.5,
    "bodies are empty or very short": -2.5,
    "heading says that there are none": -4.0,
    "the list was announced": -3.0,
    "a title stands over the list": -1.5,
    "a single item": -1.0,
    "a single name and no heading": -1.5,
    "items are short": -2.0,
    "items look like sources": -3.0,
    "only dates": -1.0,
    "names begin with the same word": -3.0,
    "bodies say the same": -4.0,
}
_TALK = Pattern(
    r"\b(?:i|i'm|i’m|i've|i’ve|my|me|you|your|we|thanks|thank|ich|mich|mein|du|sie|wir|danke|je|j'ai|j’ai|moi|mon|vous|"
    r"merci|yo|mi|me|usted|gracias|io|mio|grazie|eu|meu|obrigad[oa]|ik|mijn|jij|bedankt|jag|jeg|tack|takk|tak|я|мне|"
    r"спасибо|ja|dziękuję)\b|[?!]",
    re.IGNORECASE,
)
_SERIES = 3
"""Different names from which on one word before all of them makes them no names: versions, places, steps."""
_USUAL = frozenset([
    "anon", "anonym", "anonyme", "anonymous", "guest", "gast", "invité", "user", "reader", "mr", "mrs", "ms", "dr",
    "re", "aw", "sv", "fwd", "quote", "message", "msg", "comment", "post", "reply", "answer", "kommentar",
    "commentaire", "comentario",
])  # fmt: skip
"""Words that stand before names and titles of real comments."""
_ENDS = (".", "!", "?", "…", "”", '"', "»", ")", "’")
_SOURCE_WORDS = ("et al", "doi", "http", "www.", "pp.", "vol.", "isbn", "retrieved", "ibid", "journal of", "press,")
_SOURCE = Pattern(r"\b(?:et al|doi|https?://|www\.|pp\.|vol\.|isbn|retrieved|ibid|journal of|press,)", re.IGNORECASE)


@dataclass(slots=True)
class Section:
    """A stretch of lines that may be a comment section.

    Attributes:
        start: index of the first piece that belongs to it (its heading, if it has one).
        stop: index of the piece after it.
        bodies: the comments.
        heading: what announced it, if anything did.
        form: ``dump`` (names and dates over the comments), ``foot`` (under them) or ``list``.
        evidence: what speaks for it and against it, with its weight.
    """

    start: int
    stop: int
    bodies: list[Body]
    heading: Heading | None
    form: str
    evidence: dict[str, float] = field(default_factory=dict)

    @property
    def score(self) -> float:
        """Sum of the evidence."""
        return sum(self.evidence.values())


def _weigh_common(pieces: list[Piece], section: Section) -> int:
    """Weigh what both forms share; return how many comments have a body."""
    heading, bodies = section.heading, section.bodies
    filled = [b for b in bodies if b.stop > b.first]
    if heading:
        _say(section, "a heading counts its comments" if heading.strong else "a heading names comments")
        if heading.count == 0:
            _say(section, "heading says that there are none")
        elif heading.count is not None and heading.count in (len(filled), len(bodies)):
            _say(section, "as many as the heading says")
    if any(p.kind == "form" for p in pieces[section.stop : section.stop + 12]):
        _say(section, "a comment form or its closing follows")
    if len(filled) >= 3:
        _say(section, "three or more")
    if len({b.unit.indent // 2 for b in filled}) > 1:
        _say(section, "replies are nested")
    return len(filled)


def weigh_dump(pieces: list[Piece], section: Section) -> None:
    """Note the evidence for a section whose comments carry names, dates or buttons."""
    filled = _weigh_common(pieces, section)
    bodies = section.bodies
    half = 0.5 * len(bodies)
    if sum(b.unit.says for b in bodies) >= half:
        _say(section, "names are followed by 'says'")
    if sum(b.unit.clock for b in bodies) >= half:
        _say(section, "dates have a time of day")
    if sum(b.unit.author is not None and b.unit.date is not None for b in bodies) >= half:
        _say(section, "names come with dates")
    if not any(b.unit.author for b in bodies):
        _say(section, "only dates")
    if sum(_has_control(pieces, b) for b in bodies) >= half:
        _say(section, "a button to reply follows")
    if sum(bool(b.unit.marker) for b in bodies) >= half:
        _say(section, "items of a list")
    if len(bodies) == 1 and not section.heading:
        _say(section, "a single name and no heading")
    if not section.heading and _is_series([b.unit.author for b in bodies if b.unit.author]):
        _say(section, "names begin with the same word")
    if not section.heading and _says_the_same(pieces, bodies):
        _say(section, "bodies say the same")
    if filled < 0.6 * len(bodies) or _median_size(pieces, bodies) < 15:
        _say(section, "bodies are empty or very short")


def _is_series(names: list[str]) -> bool:
    """Whether most names are one word and something else each time: "Version 3.7", "Version 3.8"."""
    different = {name.lower() for name in names if " " in name}
    if len(different) < _SERIES:
        return False
    word, count = Counter(name.split()[0] for name in different).most_common(1)[0]
    return 2 * count > len(set(map(str.lower, names))) and word.strip(".:#") not in _USUAL


def _says_the_same(pieces: list[Piece], bodies: list[Body]) -> bool:
    """Whether most bodies are one text: what somebody did, time after time."""
    texts = Counter(" ".join(p.text for p in pieces[b.first : b.stop]) for b in bodies if b.stop > b.first)
    return len(bodies) > _SERIES and 2 * texts.most_common(1)[0][1] > len(bodies) if texts else False


def weigh_voice(pieces: list[Piece], section: Section) -> None:
    """Note whether readers speak in a section, where that decides about it.

    Renderings that drop headings leave names and dates, and so do lists of articles: the learned voice of the lines
    tells these apart.
    """
    filled = [b for b in section.bodies if b.stop > b.first]
    heading = section.heading
    bare = heading is not None and (heading.count == 0 or "names come with dates" not in section.evidence)
    if bare or len(filled) < 2 or not FLOOR - WEIGHTS["readers speak in them"] <= section.score < FLOOR:
        return
    own = [p for b in filled for p in pieces[b.first : b.stop]][:MOST_HEARD]
    if mean_voice(own) >= SPEAKS:
        _say(section, "readers speak in them")


def _has_control(pieces: list[Piece], body: Body) -> bool:
    near = pieces[body.stop : body.stop + 2] + pieces[body.unit.first : body.first]
    return any(p.kind == "reply to" or (p.kind == "control" and is_reply(p.text)) for p in near)


def weigh_list(pieces: list[Piece], section: Section) -> None:
    """Note the evidence for a section that is a bare list."""
    _weigh_common(pieces, section)
    bodies = section.bodies
    sizes = [sum(p.line.size for p in pieces[b.first : b.stop]) for b in bodies if b.stop > b.first]
    own = [p for b in bodies for p in pieces[b.first : b.stop]]
    texts = [" ".join(p.text for p in pieces[b.first : b.stop]) for b in bodies if b.stop > b.first]
    if not sizes:
        _say(section, "bodies are empty or very short")
        return
    longest = [max(p.line.size for p in pieces[b.first : b.stop]) for b in bodies if b.stop > b.first]
    opening = [pieces[b.first].line.size for b in bodies if b.stop > b.first]
    if sum(s >= 100 and o >= 60 for s, o in zip(longest, opening, strict=True)) >= 0.6 * len(longest):
        _say(section, "items are paragraphs")
    brief = sum(p.line.size < 45 and not p.text.endswith((".", "!", "?", "…")) for p in own)
    if sorted(sizes)[len(sizes) // 2] < 45 or (len(own) > 4 and brief > 0.6 * len(own)):
        _say(section, "items are short")
    if sum("?" in t or "!" in t or _TALK.search(t) is not None for t in texts) >= 0.6 * len(texts):
        _say(section, "items talk to someone")
    if sum(map(_looks_like_source, texts)) >= 0.5 * len(texts):
        _say(section, "items look like sources")
    if section.heading is None and section.start:
        above = pieces[section.start - 1]
        if above.text.endswith(":"):
            _say(section, "the list was announced")
        elif above.line.size < 70 and not above.text.endswith(_ENDS):
            _say(section, "a title stands over the list")
    if len(sizes) == 1 and not (section.heading and section.heading.count):
        _say(section, "a single item")
    if section.stop >= len(pieces) or pieces[section.stop].kind in ("form", "closer", "heading"):
        _say(section, "the list ends the page")


def _looks_like_source(text: str) -> bool:
    lowered = text.lower()
    # In other letters than ASCII lower case is not all that the pattern takes for the same.
    return (not text.isascii() or any(map(lowered.__contains__, _SOURCE_WORDS))) and _SOURCE.search(text) is not None


def _median_size(pieces: list[Piece], bodies: list[Body]) -> int:
    sizes = sorted(sum(p.line.size for p in pieces[b.first : b.stop]) for b in bodies)
    return sizes[len(sizes) // 2] if sizes else 0


def _say(section: Section, what: str) -> None:
    section.evidence[what] = WEIGHTS[what]
