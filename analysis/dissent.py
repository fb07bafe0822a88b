"""Comments that contradict in so many words: rules in a table, each with a case that it must take. English only.

Vectors cannot tell for from against (docs/methods.md), so nothing is called dissent that does not say so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from analysis.passages import sentence_spans


@dataclass(frozen=True, slots=True)
class DissentRule:
    """One way of contradicting.

    Attributes:
        name: what the rule is called.
        score: 0 to 1, how plain the wording is.
        pattern: what the sentence must begin with or hold.
        case: a sentence that it takes.
        reply: it says something only in an answer to another comment.
    """

    name: str
    score: float
    pattern: re.Pattern[str]
    case: str
    reply: bool


def _rule(name: str, score: float, pattern: str, case: str, *, reply: bool = False) -> DissentRule:
    return DissentRule(name, score, re.compile(pattern, re.IGNORECASE), case, reply)


_ALL = r"(?:most|many|all|the other|other|some|so many|everyone|everybody)"
RULES: tuple[DissentRule, ...] = (
    _rule(
        "disagrees",
        1.0,
        r"(?:^|[,;:–—] ?|\b(?:but|and|yet|so|however|sorry) )I (?:\w+ )?(?:disagree|beg to differ)\b"
        r"|(?:^|[,;:–—] ?|\b(?:but|and|yet|however|sorry) )I (?:do not|don['’]t|can['’]?t|cannot) agree\b(?!.* more\b)",
        "I strongly disagree with what is said here.",
    ),
    _rule(
        "against the others",
        0.9,
        rf"\b(?:unlike|contrary to) {_ALL}\b.*\b(?:people here|comment\w*|readers?|posters?)\b"
        rf"|\b{_ALL} (?:\w+ )?(?:here|commenters|posters|comments) (?:is|are|seems?|have|has|miss)\b"
        r".*\b(?:wrong|mistaken|missing|forget)",
        "Unlike most people here, I think that they did well.",
    ),
    _rule(
        "not so",
        0.8,
        r"^(?:nonsense|rubbish|not true|untrue|on the contrary|quite the (?:opposite|contrary)|far from it|"
        r"(?:that|this)(?:['’]s| is) (?:simply |just |plain |complete |utter |absolute )*"
        r"(?:not true|untrue|wrong|false|nonsense|rubbish))\b",
        "That is simply not true.",
    ),
    _rule(
        "you are wrong",
        0.8,
        r"^(?:[\w']+,? ){0,3}you(?:['’]re| are) (?:quite |completely |totally |so |simply |just )?"
        r"(?:wrong|mistaken|missing the point|forgetting)\b"
        r"|\byou (?:have|['’]ve) got it (?:wrong|backwards)\b",
        "You are quite wrong about the bank.",
        reply=True,
    ),
    _rule(
        "no",
        0.6,
        r"^(?:no|nope|wrong|hardly|sorry,? but|false)\b[,.!;:–—]",
        "No, the dollar will stay where it is.",
        reply=True,
    ),
)
LONGEST = 45  # words of a sentence that is shown


def find_dissent(text: str, *, is_reply: bool) -> tuple[DissentRule, int, int] | None:
    """Return the plainest rule that takes a sentence of a comment, and where the sentence stands.

    What follows a sentence of fewer than six words goes with it, so that the reason is there.

    Args:
        text: a comment as it stands in its source.
        is_reply: it is known to answer another comment.
    """
    spans = sentence_spans(text)
    best: tuple[float, int, DissentRule, int] | None = None
    for number, (start, end) in enumerate(spans[:12]):
        sentence = " ".join(text[start:end].split())
        if len(sentence.split()) < 6 and number + 1 < len(spans):
            end = spans[number + 1][1]
        if len(text[start:end].split()) > LONGEST or sentence.startswith((">", '"', "“")):
            continue
        for rule in RULES:
            if (is_reply or not rule.reply) and rule.pattern.search(sentence):
                found = (-rule.score, start, rule, end)
                best = found if best is None or found[:2] < best[:2] else best
    return None if best is None else (best[2], best[1], best[3])
