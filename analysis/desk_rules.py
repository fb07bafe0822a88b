"""What a rule for the desk is, and those of English; those of other languages stand in `analysis/desk_languages.py`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from analysis.rules import Rule

Kind = Literal["question", "correction", "tip", "account"]
Reach = Literal["any comment", "no reply", "above all replies"]
KINDS: tuple[Kind, ...] = ("question", "correction", "tip", "account")

_PIECE = r"(?:article|piece(?! of)|report|column|headline|editorial|op-?ed|caption|photo(?:graph)?|map|graphic|chart)"
_THIS_PIECE = rf"(?:this|the|your)\s+(?:\w+\s+)?{_PIECE}"
_PAPER = r"(?:editors?|newsroom|newspaper|reporters?|journalists?|columnists?|author|writer|moderators?)"
_ASKED = (
    r"(?:please\s+|perhaps\s+|at least\s+)?(?:clarify|follow up|look into|investigate|report on|tell us|publish|"
    r"update (?:this|the|us)|explain (?:why|what|how|where|to us))\b"
)
_SAID = (
    r"(?:wrote|writes?|said|says?|states?|stated|claim(?:ed|s)?|call(?:ed)?|quoted?|"
    r"mention(?:ed|s)?|reported?|describ\w+)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskRule(Rule):
    """One way of speaking to the newsroom.

    Attributes:
        kind: what a sentence that it takes is.
        reach: where it holds: in any comment; in none that is known to answer another reader; or, for what says "you",
            only in one that is known to answer nobody.
        language: ISO 639 code of its words.
    """

    kind: Kind
    reach: Reach = "any comment"
    language: str = "en"


def _rule(
    name: str, kind: Kind, score: float, needs: tuple[str, ...], pattern: str, case: str, reach: Reach = "any comment"
) -> DeskRule:
    compiled = re.compile(pattern, re.IGNORECASE)
    return DeskRule(name=name, kind=kind, score=score, needs=needs, pattern=compiled, case=case, reach=reach)


_UNTRUE = ("actually", "in fact", "not true", "incorrect", "wrong", "false")
_WISHES = ("clarify", "follow up", "look into", "investigate", "report on", "tell us", "publish", "update", "explain")
ENGLISH: tuple[DeskRule, ...] = (
    _rule(
        "a correction by name",
        "correction",
        0.9,
        ("correct", "erratum", "fix", "retraction"),
        r"^(?:a\s+|one\s+|small\s+|minor\s+|quick\s+|slight\s+)*(?:correction|erratum)\s*:"
        rf"|\bplease\s+(?:correct|fix)\b(?! me\b)|\b(?:should|needs? to|must|ought to)\s+(?:correct|fix)\s+"
        rf"(?:{_THIS_PIECE}|the\s+(?:name|date|figure|spelling|typo|headline))\b"
        r"|\b(?:issue|print|publish|run)\s+an?\s+(?:correction|retraction)\b",
        "Correction: the bridge was opened in 1987, not in 1978.",
        "no reply",
    ),
    _rule(
        "a typing error",
        "correction",
        0.9,
        ("typo", "misspel", "mis-spel", "wrongly spel"),
        rf"\btypos?\s+in\s+(?:{_THIS_PIECE}|the\s+\w+\s+(?:paragraph|sentence|line))"
        r"|\b(?:there(?:'|’)s|there is|is)\s+a\s+typo\b"
        rf"|\b(?:misspel\w+|mis-?spelt|wrongly spel\w+)\b(?=.*\b(?:{_PIECE}|headline|paragraph)\b)",
        "There is a typo in the third paragraph.",
        "no reply",
    ),
    _rule(
        "an error of the article",
        "correction",
        0.8,
        ("wrong", "incorrect", "inaccura", "mistake", "factual", "error", "misstatement"),
        rf"(?<!where )(?<!whether )(?<!if )"
        rf"\b(?:{_THIS_PIECE}|the (?:author|writer|reporter|journalist|columnist))\s+(?:\w+\s+){{0,3}}?"
        r"(?:is|are|has|gets?|got|makes?|made|contains?)\s+(?:\w+\s+){0,3}?"
        r"(?:wrong|incorrect|inaccurate|mistaken|factual\w*\s+(?:errors?|mistakes?|wrong|incorrect)"
        r"|an?\s+(?:factual\s+)?(?:error|mistake))\b"
        rf"|(?<!same )(?<!their )\b(?:errors?|mistakes?|inaccurac\w+|misstatements?)\s+in\s+{_THIS_PIECE}",
        "The article is wrong about the date of the treaty.",
    ),
    _rule(
        "the article says, and it is not so",
        "correction",
        0.7,
        _UNTRUE,
        rf"\b{_THIS_PIECE}\s+{_SAID}\b.{{0,160}}?"
        r"(?:\b(?:but|however|when|whereas|though)\b.{0,60}?\b(?:actually|in fact|wrong|not true|incorrect"
        r"|false)\b|[.;,]\s*(?:actually|in fact|not true|wrong)\b)",
        "The article says that the port was closed in May, but it was actually closed in March.",
    ),
    _rule(
        "you wrote, and it is not so",
        "correction",
        0.7,
        _UNTRUE,
        rf"\b(?:you|the author|the writer|the reporter|the columnist)\s+{_SAID}\b.{{0,160}}?\b(?:actually"
        rf"|in fact|not true|incorrect|wrong)\b",
        "You write that Kozlu is on the coast, but it is actually forty kilometres inland.",
        "above all replies",
    ),
    _rule(
        "a question to the paper",
        "question",
        0.9,
        ("?",),
        r"^(?!.*\bread (?:the|this) )"
        r".*?\b(?:why|how|what|when|where|who|which|could|can|would|will|did|does|do|has|have|is|are)\b.{0,120}?"
        rf"\b(?:{_THIS_PIECE}|(?:the|your) {_PAPER}|(?:this|the|your) (?:paper|newspaper|website|magazine"
        rf"|broadcaster))\b"
        r".{0,160}\?$",
        "Why does the article not mention who paid for the study?",
        "no reply",
    ),
    _rule(
        "a wish for reporting",
        "question",
        0.8,
        _WISHES,
        r"\b(?:could|can|would|will|might)\s+(?:the (?:author|paper|editors?|reporters?|newspaper|writer)|"
        rf"someone at (?:the|this) \w+|your (?:reporters?|paper|newsroom))\s+{_ASKED}",
        "Could the reporter tell us who owns the land now?",
        "no reply",
    ),
    _rule(
        "a wish put to you",
        "question",
        0.7,
        _WISHES,
        rf"(?<!how )(?<!else )(?<!times )\b(?:(?:could|can|would|will) you|please)\s+{_ASKED}",
        "Could you please publish the letter in full?",
        "above all replies",
    ),
    _rule(
        "a matter for a follow-up",
        "question",
        0.7,
        ("follow", "article", "piece", "story", "report", "investigation", "analysis", "interview"),
        r"\b(?:would|i'd|i’d|we'd|we’d)\s+(?:love|like|be (?:interested|curious)|appreciate)\s+(?:\w+\s+){0,3}?"
        r"(?:to (?:see|read|hear|know)|an?)\s+(?:\w+\s+){0,4}?"
        r"(?:follow[- ]?up|article|piece|story|report|investigation|analysis|interview)\b",
        "I would like to see a follow-up on what happened to the tenants.",
        "no reply",
    ),
    _rule(
        "a greeting and a question",
        "question",
        0.8,
        ("?",),
        rf"^(?:dear|hi|hello|to the)\s+(?:\w+\s+)?{_PAPER}\b.*\?$",
        "Dear editor, when will the second part appear?",
    ),
    _rule(
        "a hint at what to look into",
        "tip",
        0.8,
        ("look into", "investigate", "interview", "dig ", "follow the money", "talk to", "speak "),
        rf"\b(?:you|(?:the|your|some) {_PAPER}|(?:this|the|your) (?:paper|newspaper|story))\s+(?:\w+\s+)?"
        r"(?:should|might want to|may want to|needs? to|ought to|could)\s+(?:also\s+|really\s+)?"
        r"(?:look into|investigate|interview|dig (?:into|deeper)|follow the money|talk to|speak (?:to|with))\b",
        "The paper should look into who owns the warehouse.",
        "above all replies",
    ),
    _rule(
        "what the article leaves out",
        "tip",
        0.7,
        ("fail", "neglect", "forget", "forgot", "omit", "leaves out", "left out", "overlook", "ignores", "mention"),
        rf"\b(?:{_THIS_PIECE}|the (?:author|writer|reporter|journalist|columnist))\s+(?:\w+\s+){{0,3}}?"
        r"(?:(?:fails?|failed|neglects?|neglected|forgets?|forgot)\s+to\s+(?:mention|say|note|report|point out"
        r"|include|add)"
        r"|omits?|omitted|leaves out|left out|overlooks?|overlooked|ignores? the fact|never mentions?"
        r"|makes no mention"
        r"|(?:does|did)(?:n'?t|n’t| not)(?: even)? mention)\b",
        "The article fails to mention that the mayor sat on the board of the company.",
    ),
    _rule(
        "a promise of documents",
        "tip",
        0.9,
        ("send", "provide", "forward", "email", "e-mail", "show", "contact"),
        r"\bI (?:can|could|would|will|am (?:happy|willing) to|'d be happy to)\s+(?:send|provide|forward|e-?mail"
        r"|show)\s+"
        r"(?:you|the (?:paper|editors?|reporters?|author)|your \w+)\b"
        r"|\b(?:contact|e-?mail) me\b(?=.*\b(?:if you|for (?:more|details|documents)|details)\b)",
        "I can send you the letters that the council wrote to us.",
        "above all replies",
    ),
    _rule(
        "was there",
        "account",
        0.8,
        ("i was ", "i were ", "i saw ", "i witnessed ", "i watched "),
        r"\bI (?:was|were) (?:actually |also |personally |right |myself )*"
        r"(?:there|present|in the (?:room|crowd|building|audience|queue|hall|march)"
        r"|at the (?:scene|meeting|rally|protest|march|hearing|border|crossing|event|trial|demonstration))\b"
        r"|\bI (?:saw|witnessed|watched) (?:it|this|that|them) (?:\w+\s+)?(?:with my own eyes|myself|happen"
        r"|first[- ]?hand)\b"
        r"|\bI (?:witnessed|saw) (?:\w+\s+){0,3}?first[- ]?hand\b",
        "I was at the meeting, and nobody voted against it.",
    ),
    _rule(
        "works or worked in it",
        "account",
        0.7,
        ("work", "served", "taught", "practi", "volunteer", "farmed", " am a", "'m a", "’m a"),
        r"(?<!if )(?<!If )\bI (?:have |'ve |’ve )?(?:work(?:ed)?|served|taught|practi[cs]ed|volunteer(?:ed)?"
        r"|farmed)\s+(?:\w+\s+){0,3}?(?:for|at|in|as|on|with|under)\s+(?!average)(?:an?|the|our|this|that|my|\d+|[A-Z])"
        r"|\bI(?: am|'m|’m) an? (?:\w+[- ]){0,3}?"
        r"(?:nurse|doctor|physician|teacher|professor|engineer|pilot|lawyer|farmer|officer|veteran|driver"
        r"|paramedic|firefighter|"
        r"scientist|economist|accountant|soldier|journalist|pharmacist|surgeon|principal|fisherman|electrician"
        r"|social worker)\b",
        "I worked for eleven years at the plant that you describe.",
    ),
    _rule(
        "as somebody who knows it",
        "account",
        0.7,
        (),
        r"^(?:speaking )?as (?:an?|someone|somebody|one) (?:\w+[ ,]+){0,3}?"
        r"(?:who (?:has|works?|worked|lives?|lived|was|served|taught|spent|grew|had|used)|nurse|doctor"
        r"|physician|teacher|professor|engineer|pilot|lawyer|farmer|officer|veteran|driver|paramedic|scientist"
        r"|economist|resident|"
        r"immigrant|refugee|parent of|survivor)\b(?=.*\b(?:I|my|we)\b)",
        "As someone who has lived in that street for thirty years, I can say that it floods every spring.",
    ),
    _rule(
        "lives there",
        "account",
        0.5,
        ("live", "grew up", "was born", "was raised"),
        r"(?<!God )(?<!glad )\bI (?:have |'ve |’ve )?(?:live[ds]?|grew up|was (?:born|raised))\s+(?:\w+\s+){0,4}?"
        r"(?:in|on|near|next to|across from|there|here)\b(?!\s+(?:an?\s+)?(?:country|world|society|democracy"
        r"|family|house|times?|fear|hope|peace|an?\s+age))",
        "I have lived near the crossing for twenty years.",
    ),
)
