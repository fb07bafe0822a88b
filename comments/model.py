"""The words of the comment side: pages, spans, comments, splits, rejects, and their identities."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Literal, get_args

Kind = Literal["html", "text"]
Role = Literal["article", "comment", "furniture"]
ParentEvidence = Literal["nesting", "mention", "quote", "none"]

SplitReason = Literal[
    "no comment section found",
    "comment section found, but it is empty",
    "comment section found, but the boundaries of its comments are unknown",
    "too little evidence that the list is made of comments",
    "more comments than a page of its length can hold",
    "comments stand in the page's data only",
    "page is empty",
]
"""Why a split holds no single comments; one of these whenever ``Split.found_count`` is 0."""

RejectReason = Literal[
    "empty file",
    "binary file",
    "unreadable file",
    "not a page format",
    "broken archive",
    "archive expands too far",
    "unsafe name in archive",
    "malformed record",
    "records without a page",
    "malformed line",
    "malformed row",
    "line without text or html",
    "table without text column",
    "unreadable table",
    "unreadable export",
    "column not in the table",
    "date of another form",
    "comment not published",
    "row without text",
    "comment_id repeated",
    "comment_id taken by another text",
    "page cannot be split",
    "boundaries of comments unknown",
    "erased on request",
]
SPLIT_REASONS: tuple[str, ...] = get_args(SplitReason)
REJECT_REASONS: tuple[str, ...] = get_args(RejectReason)


def digest(*parts: str, size: int = 16) -> str:
    """Return a hash of ``parts`` that keeps them apart, as ``size`` hexadecimal digits.

    Args:
        parts: texts; their order and their borders count.
        size: length of the result in hexadecimal digits, at most 64.
    """
    h = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        h.update(len(data).to_bytes(8, "big") + data)
    return h.hexdigest()[:size]


def sound(text: str) -> str:
    """Return ``text`` with lone halves of surrogate pairs, which no file can hold, as question marks."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def text_key(text: str) -> str:
    """Return the hash under which a text's vector and theme are kept (32 digits)."""
    return digest(text, size=32)


@dataclass(frozen=True, slots=True)
class Page:
    """One stored document.

    Attributes:
        source: where it was read, for people: a path, or ``path:line`` in a JSON Lines file.
        address: what identifies it: its URL where known, else its id or path.
        kind: ``html`` or ``text``.
        data: the bytes; every offset in a :class:`Split` counts into these.
        encoding: a Python codec name in which ``data`` is written.
        id: the id that the input gave, if any; passed through to the output.
        url: the page's URL, if known.
        title: the page's title, if known.
    """

    source: str
    address: str
    kind: Kind
    data: bytes
    encoding: str = "utf-8"
    id: str | None = None
    url: str | None = None
    title: str | None = None

    @property
    def page_id(self) -> str:
        """Hash of the address: the same for every version of the page."""
        return digest("page", self.address)

    @property
    def version(self) -> str:
        """Hash of the bytes: another one for every version of the page."""
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open byte range of a page and what it is."""

    start: int
    end: int
    role: Role


@dataclass(frozen=True, slots=True)
class Comment:
    """One reader contribution, where it stands in its page.

    Attributes:
        text: the text as it stood in the source: for plain text the decoded bytes of the span,
            for HTML the text of the span's nodes in order (see ``comments.split.decode``).
        start: first byte of its body in the page.
        end: byte after its body.
        author: display name as written, or None where the page does not give it.
        posted_at: date and time as written, or None.
        created_at: ISO 8601 date and time where the page gives one for machines, else None.
        depth: 1 for a top-level comment.
        parent: index of the parent among the page's comments, or None.
        parent_evidence: what the parent was inferred from.
        permalink: address of the comment itself, or None.
        likes: number of likes shown, or None.
        confidence: 0 to 1, how sure the splitter is that this is one whole comment.
        whole: False for a stretch in which readers speak, but where one comment ends and the next begins is
            unknown: it is no comment, and is not counted as one.
    """

    text: str
    start: int
    end: int
    author: str | None = None
    posted_at: str | None = None
    created_at: str | None = None
    depth: int = 1
    parent: int | None = None
    parent_evidence: ParentEvidence = "none"
    permalink: str | None = None
    likes: int | None = None
    confidence: float = 1.0
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Split:
    """A page taken apart: a partition of its bytes, and the comments in page order.

    Attributes:
        page: the page.
        spans: ordered spans that cover every byte of the page exactly once; a comment's body is
            one or more spans of role ``comment``.
        article: text of the article spans.
        comments: the comments in page order, or one stretch of them that is not ``whole``.
        declared_count: how many comments the page says it has, or None.
        confidence: 0 to 1, how sure the splitter is of the whole split.
        reason: why there are no single comments; None where there are some.
        method: name of the rule or detector that made the split.
    """

    page: Page
    spans: tuple[Span, ...]
    article: str
    comments: tuple[Comment, ...]
    declared_count: int | None = None
    confidence: float = 0.0
    reason: SplitReason | None = None
    method: str = ""
    notes: tuple[str, ...] = field(default=())

    @property
    def found_count(self) -> int:
        """Number of single comments recovered."""
        return sum(comment.whole for comment in self.comments)


@dataclass(frozen=True, slots=True)
class Reject:
    """One input that could not be taken, kept so that nothing is lost silently.

    Attributes:
        source: file or stream.
        place: line or row in it (``""`` for the whole file).
        reason: one of :data:`REJECT_REASONS`.
        detail: what exactly was wrong.
        stage: ``read`` or ``split``.
    """

    source: str
    place: str
    reason: RejectReason
    detail: str = ""
    stage: Literal["read", "split"] = "read"


def partition(size: int, taken: list[Span]) -> tuple[Span, ...]:
    """Return spans covering ``[0, size)`` once: ``taken`` and furniture in every gap.

    Args:
        size: length of the page in bytes.
        taken: article and comment spans in any order; empty ones are left out.

    Raises:
        ValueError: when two spans overlap or one leaves the page.
    """
    spans: list[Span] = []
    at = 0
    for span in sorted(taken, key=lambda s: (s.start, s.end)):
        if span.start == span.end:
            continue
        if span.start < at or span.end > size or span.end < span.start:
            raise ValueError(f"span {span} overlaps its neighbour or leaves the page of {size} bytes")
        if span.start > at:
            spans.append(Span(at, span.start, "furniture"))
        spans.append(span)
        at = span.end
    if at < size:
        spans.append(Span(at, size, "furniture"))
    return tuple(spans)
