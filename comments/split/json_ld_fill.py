"""What a page's data tells of the comments in its body, and which comments stand in the data alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace

from comments.model import Comment, SplitReason
from comments.split.json_ld import PageData, Told
from comments.split.json_ld_facts import plain_text
from comments.split.tree import Tree

MOST_ASKED = 20
"""Comments of the data that are looked for in a body in which none was found."""
LEAST_SIGNS, PROBE = 24, 80
"""Letters from which on a comment's beginning is told from a turn of phrase, and how many are compared."""


@dataclass(frozen=True, slots=True)
class Filled:
    """The comments of a body with what the data tells of them.

    Attributes:
        comments: the comments.
        filled: how many of them got something from the data.
        missing: how many comments of the data do not stand among them.
    """

    comments: tuple[Comment, ...]
    filled: int
    missing: int


def fill_in(comments: tuple[Comment, ...], data: PageData) -> Filled:
    """Return the comments with author, date, permalink, likes and parent where only the page's data gives them.

    A comment of the body and one of the data are the same where their tidied texts are; where several have that text,
    the author must be the same too. What the page shows is never replaced.
    """
    if not data.comments:
        return Filled(comments, 0, 0)
    texts = [_tidy(comment.text) for comment in comments]
    told = [_tidy(one.text) for one in data.comments]
    same = _match(
        list(zip(texts, map(_writer, comments), strict=True)), list(zip(told, map(_writer, data.comments), strict=True))
    )
    place = {there: here for here, there in same.items()}
    done: list[Comment] = []
    for at, comment in enumerate(comments):
        one = data.comments[same[at]] if at in same else None
        deeper = done[comment.parent].depth - comments[comment.parent].depth if comment.parent is not None else 0
        comment = replace(comment, depth=comment.depth + deeper) if deeper else comment
        done.append(_fill(comment, one, at, place, done) if one else comment)
    stands = set(texts)
    changed = sum(_facts(a) != _facts(b) for a, b in zip(comments, done, strict=True))
    return Filled(tuple(done), changed, sum(text not in stands for text in told))


def notes_on(data: PageData, filled: Filled) -> tuple[str, ...]:
    """Return what is to be said of a page's data: what came from it, what was left there, what could not be read."""
    notes: list[str] = []
    if filled.filled:
        notes.append(
            f"author, date, permalink, likes or parent from the page's data (JSON-LD): {filled.filled} comments"
        )
    if filled.missing:
        many = f"{filled.missing} of {len(data.comments)}"
        notes.append(f"comments in the page's data (JSON-LD), not taken, because not found in its body: {many}")
    return (*notes, *data.notes)


def reason_with(tree: Tree, data: PageData, reason: SplitReason) -> SplitReason:
    """Return why a page has no comments; where its data tells some, that they stand there alone or undivided."""
    if not data.comments:
        return reason
    body = _tidy(tree.words_between(0, len(tree.src), len(tree.src)))
    for one in data.comments[:MOST_ASKED]:
        signs = _tidy(one.text)[:PROBE]
        if len(signs) >= LEAST_SIGNS and signs in body:
            return "comment section found, but the boundaries of its comments are unknown"
    return "comments stand in the page's data only"


def _match(here: Sequence[tuple[str, str]], there: Sequence[tuple[str, str]]) -> dict[int, int]:
    """Return which text and writer there belongs to which here: by both, or by a text that is there but once."""
    by_both = _pair([pair if pair[1] else None for pair in here], [pair if pair[1] else None for pair in there])
    by_text = _pair([text for text, _ in here], [text for text, _ in there])
    pairs = {a: b for a, b in by_text.items() if not (here[a][1] and there[b][1])} | by_both
    return {a: b for a, b in pairs.items() if here[a][0]}


def _pair(here: Sequence[Hashable], there: Sequence[Hashable]) -> dict[int, int]:
    """Return the places of equal keys that occur once on either side."""
    places: dict[Hashable, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for side, keys in enumerate((here, there)):
        for at, key in enumerate(keys):
            if key is not None:
                places[key][side].append(at)
    return {a[0]: b[0] for a, b in places.values() if len(a) == len(b) == 1}


def _fill(comment: Comment, one: Told, at: int, place: dict[int, int], done: list[Comment]) -> Comment:
    comment = replace(
        comment,
        author=comment.author or one.author,
        created_at=comment.created_at or one.created_at,
        permalink=comment.permalink or one.permalink,
        likes=one.likes if comment.likes is None else comment.likes,
    )
    parent = place.get(one.parent, at) if one.parent is not None else at
    # A page that shows the answer above what it answers keeps its order, and the two are not tied.
    if comment.parent is not None or comment.depth > 1 or parent >= at:
        return comment
    return replace(comment, parent=parent, parent_evidence="nesting", depth=done[parent].depth + 1)


def _facts(comment: Comment) -> tuple[object, ...]:
    return comment.author, comment.created_at, comment.permalink, comment.likes, comment.parent


def _writer(one: Comment | Told) -> str:
    return _tidy(one.author or "")


def _tidy(text: str) -> str:
    """Return the letters and digits of a text in lower case, or all its signs where it has none."""
    signs = plain_text(text).casefold().split()
    return "".join(c for word in signs for c in word if c.isalnum()) or "".join(signs)
