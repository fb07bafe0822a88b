"""What stands at the two ends of a comment's text and is none of it: names, dates, labels, buttons."""

from __future__ import annotations

import re

from comments.split.dates import find_date, has_clock
from comments.split.headings import is_control
from comments.split.tree import Tree

PARAGRAPHS = frozenset(("p", "blockquote", "pre", "ul", "ol", "li", "code"))
_SAYS = re.compile(
    r"^[\W\d_]*(?:says?|said|wrote|writes|sagte?|schreibt|schrieb|meint|dice|dijo|escribi[oó]|dit|"
    r"a dit|a écrit|"
    r"scrive|ha scritto|ha detto|zegt|schreef|diz|disse|säger|sier|siger|pisze|mówi|napsal|on|at|am|"
    r"um|le|el|the|"
    r"by|von|par|por|from|·|commented|responded|replied)?(?:\s+(?:on|at|am|um|le|el|il|op|den|em))?[\W\d_]*$",
    re.IGNORECASE,
)
_ANSWERS = re.compile(
    r"^(?:in (?:reply|response) to|als antwort auf|antwort auf|en réponse à|en respuesta a|in risposta a|em resposta a|"
    r"als reactie op)\b",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"#\d{1,6}|[|·•]")
"""A comment's number, as a link to it, and what stands between such links."""
_BY = re.compile(r"(?:\w+ )?(?:by|von|par|por|door|di|av|af|przez)\b", re.IGNORECASE)
_JOINT = re.compile(r"\s(?:on|at|am|um|le|el|il|op|den|em)\s*$", re.IGNORECASE)


def trim_run(tree: Tree, run: range, headed: bool, top: int) -> range:
    """Return a run of texts without the labels, names of buttons and dates at its two ends.

    Args:
        tree: the page.
        run: texts of one comment that follow each other.
        headed: whether its head may be among them.
        top: the element that they stand in.
    """
    first, last = _after_date(tree, run, top) if headed else 0, len(run)
    while first < last and _is_edge(tree, run[first], headed, top):
        first += 1
    if headed and first + 1 < last and _is_name_above(tree, run[first], run[first + 1]):
        first += 1
    if headed:
        last = _before_reply_to(tree, run, first, last)
    while last > first and _is_edge(tree, run[last - 1], headed, top, tail=True):
        last -= 1
    return run[first:last]


def _stands_in_paragraph(tree: Tree, place: int, top: int) -> bool:
    owner = tree.owner(place)
    return owner.name in PARAGRAPHS and owner.index > top


def _is_name_above(tree: Tree, place: int, after: int) -> bool:
    """Whether a text is a few words outside of the paragraphs that begin after it."""
    if tree.span(place) > 60 or _in_paragraph(tree, place) or not _in_paragraph(tree, after):
        return False
    text = tree.line_at(place)
    return len(text) <= 40 and len(text.split()) <= 5 and text[-1:] not in ".!?,;"


def _in_paragraph(tree: Tree, place: int) -> bool:
    owner = tree.owner(place)
    return owner.name in PARAGRAPHS or (owner.parent is not None and owner.parent.name in PARAGRAPHS)


def _before_reply_to(tree: Tree, run: range, first: int, last: int) -> int:
    """Return where a run ends without an "In reply to" and the names after it."""
    for i in range(max(first + 1, last - 5), last):
        if tree.span(run[i]) < 80 and _ANSWERS.match(tree.line_at(run[i])):
            return i
    return last


def _after_date(tree: Tree, run: range, top: int) -> int:
    """Return how many texts of a run stand before and in the date that heads it: a name, a place, the date."""
    for i, place in enumerate(run[:4]):
        if tree.span(place) > 60 or _stands_in_paragraph(tree, place, top):
            break
        if i + 1 < len(run) and _is_date(tree.line_at(place)):
            return i + 1
    return 0


def _is_date(text: str) -> bool:
    """Whether a short text says nothing but a date."""
    dated = find_date(text)
    return dated is not None and _SAYS.match(dated.before) is not None and len(dated.after) < 12


def _is_edge(tree: Tree, place: int, headed: bool, top: int, *, tail: bool = False) -> bool:
    if tree.span(place) > 200:
        return False
    text = tree.line_at(place)
    worded = any(c.isalpha() for c in text)
    if headed and tail and _NUMBERED.fullmatch(text) and (tree.text_linked[place] or not text[-1].isdigit()):
        return not _stands_in_paragraph(tree, place, top)
    if tree.text_linked[place] and len(text) < 40 and (worded or tail) and is_control(text):
        return True
    inside = _stands_in_paragraph(tree, place, top)
    if headed and tail and inside and has_clock(text):
        return len(text) < 40 and _is_date(text) and tree.size(tree.owner(place)) <= len(text) + 2
    if not headed or inside:
        return False
    if is_control(text) and (worded or not tail):
        return True
    if not tail and _SAYS.match(text):
        return True
    return (len(text) < 60 and _is_date(text)) or (len(text) < 100 and _is_byline(tree, place, text))


def _is_byline(tree: Tree, place: int, text: str) -> bool:
    """Whether a text that has an element to itself says who wrote and when."""
    dated = find_date(text)
    if dated is None or len(dated.after) > 40:
        return False
    signed = _BY.match(dated.before) or _JOINT.search(dated.before) or _BY.match(dated.after.lstrip(" ,"))
    return signed is not None and tree.size(tree.owner(place)) <= len(text) + 8
