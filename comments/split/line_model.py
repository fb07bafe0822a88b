"""How much a line sounds like a reader and not like an article: features, and a small learned model."""

from __future__ import annotations

import json
import math
import re
from functools import cache
from itertools import chain, pairwise
from operator import mul
from pathlib import Path
from typing import Any, NamedTuple

from comments.split.line_words import ADVERBS, OPENERS, VOICE_STRINGS, VOICES

WEIGHTS = Path(__file__).with_name("line_weights.json")
REACH = 400
"""Characters of a line that are read: its tone shows in its beginning."""

SHAPE = (
    "length", "very short", "no full stop at the end", "begins with a small letter", "exclamation marks",
    "question marks", "trailing dots", "emoticon", "address of a page", "opens with a word and a colon", "calls a name",
    "greets by name", "a name alone", "capitals inside", "digits", "commas", "long words", "quotation marks",
    "contractions", "one sentence or less", "question at the end", "space before a mark", "marks in a row",
    "opens with a sign", "code",
)  # fmt: skip
CLASSES = tuple(VOICES)
_HELLO, _I, _THANKS = (CLASSES.index(name) for name in ("hello", "i", "thanks"))
FEATURES = (
    *SHAPE,
    *CLASSES,
    *(f"any {name}" for name in CLASSES),
    "opens with hello",
    "opens with i",
    "opens with thanks",
)

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_ASCII_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?")
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_FACES = (":)", ";)", ":-)", ";-)", ":(", ":-(", ":D", ":P", ":p")
_PICTURE = re.compile("[\U0001f300-\U0001faff\u2600-\u27bf]")
_RARE = re.compile(_UNSPACED.pattern[:-1] + _PICTURE.pattern[1:])
_LONG = (8).__lt__
_CAPITAL = re.compile(" [A-ZÀ-ÞА-Я]")
_APART = re.compile(r"@\S|([A-ZÀ-ÞА-Я][\w'’-]{1,15})(?: [A-ZÀ-ÞА-Я]\w{0,15})?(?:[,:] ?\S|[!…]|\.\.| [–—-] )")
_GREETED = re.compile(r"\S+ ([A-ZÀ-ÞА-Я]\w{1,15})")
_ALONE = re.compile(r"(?:[-–~] ?)?[A-ZÀ-ÞА-Я]\w+(?: [A-ZÀ-ÞА-Я]\w+)?\.?")
_CALL_INSIDE = re.compile(r"\B@[A-Za-z]\w")
_DIGITS = "0123456789"
_CODE = "{}=<>|_\\;[]$#"
_APART_MARKS = (" , ", " ! ", " ? ", " . ")
_ROWS = ("!!", "??", "?!", "!?")
_SIGNS = frozenset("+-*•–>")
_STOP = (".", "!", "?", "…", "”", '"', "»", ")", "’", "。", "！", "？", "।")


class LineModel(NamedTuple):
    """What `bench/fit_lines.py` learned.

    Attributes:
        shape: weight of each of :data:`FEATURES` in a line's score.
        words: weight of words, of pairs of words, and (after ``^``) of a line's first word.
        pairs: the weights of pairs again, by both words.
        bias: constant of a line's score.
    """

    shape: tuple[float, ...]
    words: dict[str, float]
    pairs: dict[tuple[str, str], float]
    bias: float


@cache
def load_model() -> LineModel:
    """Return the committed model; it is read once."""
    return parse_model(json.loads(WEIGHTS.read_text(encoding="utf-8")))


def parse_model(held: dict[str, Any]) -> LineModel:
    """Return the model in what `bench/fit_lines.py` wrote."""
    pairs: dict[tuple[str, str], float] = {}
    for term, weight in held["words"].items():
        first, _, second = term.partition(" ")
        if second and first != "^":
            pairs[first, second] = weight
    return LineModel(tuple(held["shape"]), held["words"], pairs, held["bias"])


def line_score(values: list[float], words: list[str]) -> float:
    """Return the log odds that a reader and not the article speaks in a line."""
    model = load_model()
    score: float = model.bias + sum(map(mul, model.shape, values))
    if words:
        single = model.words.get
        found = chain(map(single, words), map(model.pairs.get, pairwise(words)), [single(f"^ {words[0]}")])
        score += sum(filter(None, found)) / math.sqrt(len(words))
    return score


def line_terms(words: list[str]) -> list[str]:
    """Return a line's words, their pairs, and its first word as such."""
    return [*words, *map("{} {}".format, words, words[1:]), *(f"^ {word}" for word in words[:1])]


@cache
def _classes() -> dict[str, tuple[int, ...]]:
    """Return the classes of every listed word."""
    known: dict[str, tuple[int, ...]] = {}
    for at, name in enumerate(CLASSES):
        for words in VOICES[name].values():
            for word in words.split():
                known[word] = (*(k for k in known.get(word, ()) if k != at), at)
    return known


def words_of(text: str) -> list[str]:
    """Return the words of the beginning of a line, lower case."""
    text = text[:REACH].lower()
    return (_ASCII_WORD if text.isascii() else _WORD).findall(text)


def line_features(text: str, size: int, words: list[str]) -> list[float]:
    """Return the values of :data:`FEATURES` for one line.

    Args:
        text: what the line says.
        size: its length in characters.
        words: its words, from :func:`words_of`.
    """
    text = text[:REACH]
    first = text[:1]
    count = max(1, len(words))
    root = math.sqrt(count)
    found = [0] * len(CLASSES)
    known = _classes()
    for classes in filter(None, map(known.get, words)):
        for at in classes:
            found[at] += 1
    rare = not text.isascii() and _RARE.search(text) is not None
    if rare and _UNSPACED.search(text):
        for at, name in enumerate(CLASSES):
            found[at] += sum(text.count(s) for s in VOICE_STRINGS[name])
    opening = [k for word in words[:2] if word in known for k in known[word]]
    marks = text.count
    ends = marks(". ") + marks("! ") + marks("? ")
    apart = _APART.match(text)
    colon = apart is not None and ":" in apart[0]
    greeted = _GREETED.match(text) if _HELLO in opening or _THANKS in opening else None
    inside = "@" in text and _CALL_INSIDE.search(text) is not None
    shape = (
        math.log1p(size) / 3 - 1.5,
        float(size < 40),
        float(not text.endswith(_STOP)),
        float(first.islower()),
        min(marks("!"), 3) / 2,
        min(marks("?"), 3) / 2,
        min(marks("..") + marks("…"), 3) / 2,
        float(_has_emoticon(text) or (rare and _PICTURE.search(text) is not None)),
        float("http://" in text or "https://" in text or "www." in text),
        float(colon),
        float(inside or (apart is not None and not colon and _is_name(apart[1]))),
        float(greeted is not None and _is_name(greeted[1])),
        float(len(text) < 32 and _ALONE.fullmatch(text) is not None),
        min(3.0, max(0, len(_CAPITAL.findall(text)) - ends) / root),
        min(2.0, sum(map(marks, _DIGITS)) / (2 * root)),
        marks(",") / root,
        sum(map(_LONG, map(len, words))) / root,
        min(2.0, (marks('"') + marks("“") + marks("«")) / root),
        (marks("'") + marks("’")) / root,
        float(ends == 0),
        float(text.endswith("?")),
        float(any(map(text.__contains__, _APART_MARKS)) or text.endswith((" !", " ?", " ."))),
        float(any(map(text.__contains__, _ROWS))),
        float(first in _SIGNS),
        min(3.0, sum(map(marks, _CODE)) / root),
    )
    return [
        *shape, *[n / root for n in found], *[float(n > 0) for n in found],
        float(_HELLO in opening), float(_I in opening), float(_THANKS in opening),
    ]  # fmt: skip


def _is_name(word: str | None) -> bool:
    """Whether a word that opens a line and stands apart is a name: none of those that open sentences so."""
    low = (word or "").lower()
    return low not in OPENERS and low not in _classes() and not (len(low) > 5 and low.endswith(ADVERBS))


def _has_emoticon(text: str) -> bool:
    return ((":" in text or ";" in text) and any(map(text.__contains__, _FACES))) or (
        "=)" in text or "<3" in text or "^^" in text or "xoxo" in text or "XD" in text
    )
