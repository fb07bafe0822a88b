"""Comments that contradict or agree in so many words: rules in tables, each with a case. English only.

Vectors cannot tell for from against (docs/methods.md), so nothing is called dissent that does not say so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from analysis.passages import sentence_spans
from analysis.rules import Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording(Rule):
    """One way of contradicting or agreeing; ``reply`` where it says something only in an answer to another comment."""

    reply: bool


def _rule(
    name: str, score: float, pattern: str, case: str, *, reply: bool = False, needs: tuple[str, ...] = ()
) -> Wording:
    compiled = re.compile(pattern, re.IGNORECASE)
    return Wording(name=name, score=score, pattern=compiled, case=case, reply=reply, needs=needs)


_ALL = r"(?:most|many|all|the other|other|some|so many|everyone|everybody)"
RULES: tuple[Wording, ...] = (
    _rule(
        "disagrees",
        1.0,
        r"(?:^|[,;:–—] ?|\b(?:but|and|yet|so|however|sorry) )I (?:\w+ )?(?:disagree|beg to differ)\b"
        r"(?! (?:on|about) (?:almost|nearly|many|most|a lot|some|everything))"
        r"|(?:^|[,;:–—] ?|\b(?:but|and|yet|however|sorry) )I (?:do not|don['’]t|can['’]?t|cannot) agree\b(?!.* more\b)",
        "I strongly disagree with what is said here.",
        needs=("disagree", "beg to differ", " agree"),
    ),
    _rule(
        "against the others",
        0.9,
        rf"\b(?:unlike|contrary to) {_ALL}\b.*\b(?:people here|comment\w*|readers?|posters?)\b"
        rf"|\b{_ALL} (?:\w+ )?(?:here|commenters|posters|comments) (?:is|are|seems?|have|has|miss)\b"
        r".*\b(?:wrong|mistaken|missing|forget)",
        "Unlike most people here, I think that they did well.",
        needs=("unlike", "contrary to", "wrong", "mistaken", "missing", "forget"),
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
        r"^(?!.{0,30}\b(?:not|never|if|unless|n['’]t)\b.{0,20}\byou\b)(?:[\w']+,? ){0,3}you(?:['’]re|"
        r" are) (?:quite |completely |totally |so |simply |just )?"
        r"(?:wrong|mistaken|missing the point|forgetting)\b"
        r"|\byou (?:have|['’]ve) got it (?:wrong|backwards)\b",
        "You are quite wrong about the bank.",
        needs=("you",),
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
AGREEMENT: tuple[Wording, ...] = (
    _rule(
        "agrees",
        1.0,
        r"^(?:agreed[.,!;:]|(?:(?!while\b|although\b|though\b|if\b)[\w'’]+,? ){0,3}?(?:I (?:(?:also|fully|totally|"
        r"completely|wholeheartedly|strongly|absolutely|definitely|certainly|entirely|very much|do) )?agree|"
        r"I (?:couldn|can)['’]?t agree more|I could not agree more)\b)"
        r"(?!.*\b(?:but|however|except|although|though|to disagree|to a point|to some extent|in part|partly|if)\b)",
        "I agree with every word of this.",
        needs=("agree",),
        reply=True,
    ),
    _rule(
        "you are right",
        0.9,
        r"^(?!.{0,30}\b(?:not|never|if|unless|n['’]t)\b.{0,20}\byou\b)(?:[\w'’]+,? ){0,3}you(?:['’]re| are) "
        r"(?:quite |so |very |absolutely |completely |totally |exactly )?(?:right|correct|"
        r"spot on)\b(?!.*\b(?:but|however)\b)",
        "You are absolutely right about the bank.",
        needs=("you",),
        reply=True,
    ),
    _rule(
        "well said",
        0.8,
        r"^(?:exactly(?: right)?|precisely|well (?:said|put)|very true|so true|quite right|spot on|amen|hear,? hear|"
        r"(?:good|great|excellent) (?:point|post|comment))[.!]",
        "Well said. The bank was open on Tuesday.",
        reply=True,
    ),
)
LONGEST = 45  # words of a sentence that is shown


def find_dissent(text: str, *, is_reply: bool) -> tuple[Wording, int, int] | None:
    """Return the plainest rule of `RULES` that takes a sentence of a comment, and where the sentence stands.

    Args:
        text: a comment as it stands in its source.
        is_reply: it is known to answer another comment.
    """
    return find_wording(RULES, text, is_reply=is_reply)


def find_wording(rules: tuple[Wording, ...], text: str, *, is_reply: bool) -> tuple[Wording, int, int] | None:
    """Return the plainest of some rules that takes a sentence of a comment, and where the sentence stands.

    What follows a sentence of fewer than six words goes with it, so that the reason is there.

    Args:
        rules: those that count.
        text: a comment as it stands in its source.
        is_reply: it is known to answer another comment.
    """
    spans = sentence_spans(text)
    best: tuple[float, int, Wording, int] | None = None
    for number, (start, end) in enumerate(spans[:12]):
        sentence = " ".join(text[start:end].split())
        if len(sentence.split()) < 6 and number + 1 < len(spans):
            end = spans[number + 1][1]
        if len(text[start:end].split()) > LONGEST or sentence.startswith((">", '"', "“")):
            continue
        lowered = sentence.lower()
        for rule in rules:
            if (is_reply or not rule.reply) and rule.takes(sentence, lowered):
                found = (-rule.score, start, rule, end)
                best = found if best is None or found[:2] < best[:2] else best
    return None if best is None else (best[2], best[1], best[3])
