"""What a report says, as frozen values: everything the pages show, and no HTML."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports.quantities import NOT_PUBLIC_OPINION, number, plural

if TYPE_CHECKING:
    from reports.page.agenda import Agenda, Introduced
    from reports.page.charts import Timeline
    from reports.page.desk import DeskGroup
    from reports.page.details import Details
    from reports.page.grid import Grid
    from reports.page.integrity import Integrity
    from reports.page.levels import Level
    from reports.page.movement import Change, Changes, Period, Trends
    from reports.page.prose import Figure
    from reports.quantities import Sentence


@dataclass(frozen=True, slots=True)
class Quote:
    """A comment as shown to readers; ``text`` is the comment's words, cut only where ``cut`` says so."""

    comment_id: str
    anchor: str
    text: str
    cut: bool
    author: str | None
    date: str | None
    page: str
    page_anchor: str
    url: str | None
    permalink: str | None
    nearest: str | None
    strength: float | None


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme's row in the list and its card.

    ``commenters`` is None where even one of its comments has no name; ``named`` holds the distinct names at those that
    have one and how many these are, None where no comment has.
    """

    anchor: str
    kind: str
    label: str
    description: str | None
    rule: str
    count: int
    share: float
    low: float | None
    high: float | None
    commenters: int | None
    named: tuple[int, int] | None
    pages: int
    keyphrases: tuple[str, ...]
    quotes: tuple[Quote, ...]
    near_misses: tuple[Quote, ...]
    low_sample: bool
    quantity: str
    theme_id: str
    sentences: tuple[Sentence, ...] = ()
    boundary: tuple[Quote, ...] = ()
    articles: tuple[ThemePage, ...] = ()
    stability: float | None = None
    stable: bool | None = None
    loose: bool = False
    people: tuple[float, float | None, float | None] | None = None
    introduced: Introduced | None = None
    replies: Replies | None = None
    change: Change | None = None
    trend: tuple[Period, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def further(self) -> tuple[str, ...]:
        """Keyphrases that the label does not say."""
        said = set(self.label.casefold().split(", "))
        return tuple(phrase for phrase in self.keyphrases if phrase.casefold() not in said)

    def first_of(self, kind: str) -> str | None:
        """The first sentence of a kind, or None."""
        return next((s.text for s in self.sentences if s.kind == kind), None)

    @property
    def writers(self) -> str:
        """How many wrote, as far as names are known."""
        if self.commenters is not None:
            return plural(self.commenters, "commenter")
        if self.named is None:
            return "commenters unknown"
        return f"{plural(self.named[0], 'name')} at {number(self.named[1])} of {plural(self.count, 'comment')}"

    def _repr_html_(self) -> str:
        """The card, as a notebook shows it."""
        from reports.page.rich import show_theme

        return show_theme(self)


@dataclass(frozen=True, slots=True)
class Replies:
    """What the replies inside a theme say of what they answer, where they say it outright: lower bounds.

    ``contradicting`` holds anchors of the first contradictions; ``contested`` is never False, only unknown.
    """

    count: int
    contradict: int
    agree: int
    share: float
    low: float | None
    high: float | None
    contested: bool | None
    contradicting: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ThemePage:
    """How many of a page's comments are in a theme."""

    anchor: str
    title: str
    count: int
    total: int


@dataclass(frozen=True, slots=True)
class Entry:
    """A comment in its thread; ``gap`` counts the comments left out before it."""

    quote: Quote
    depth: int
    gap: int
    reply_to: str | None
    reply_anchor: str | None
    themes: tuple[tuple[str, str], ...]
    reason: str | None
    text_seen: float | None


@dataclass(frozen=True, slots=True)
class PageRow:
    """A page with its counts and its threads (``gap_after``: comments left out at the end)."""

    anchor: str
    title: str
    source: str
    url: str | None
    declared: int | None
    found: int
    confidence: float | None
    reason: str | None
    method: str | None
    entries: tuple[Entry, ...]
    gap_after: int

    @property
    def gap(self) -> int | None:
        """Comments declared and not found; negative where more were found than declared."""
        return None if self.declared is None else self.declared - self.found


@dataclass(frozen=True, slots=True)
class Residual:
    """Comments in no theme for one reason, with examples and the themes most of them lie nearest to."""

    reason: str
    count: int
    share: float
    examples: tuple[Quote, ...]
    nearest: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Reject:
    """An input that could not be taken."""

    source: str
    place: str
    reason: str
    detail: str
    stage: str


@dataclass(frozen=True, slots=True)
class Report:
    """Everything the report says, in the order in which it says it."""

    title: str
    run_id: str
    headline: tuple[Figure, ...]
    brief: tuple[Sentence, ...]
    discovery: tuple[str, str]
    themes: tuple[Theme, ...]
    pages: tuple[PageRow, ...]
    threads_note: str
    residual: tuple[Residual, ...]
    rejects: tuple[Reject, ...]
    comments: int
    timeline: Timeline | None
    methods: tuple[str, ...]
    notes: tuple[str, ...]
    settings: tuple[tuple[str, str], ...]
    versions: tuple[tuple[str, str], ...]
    cite: str
    details: Details
    changes: Changes | None = None
    trends: Trends | None = None
    grid: Grid | None = None
    agenda: Agenda | None = None
    integrity: Integrity | None = None
    desk: tuple[DeskGroup, ...] | None = None
    desk_unread: tuple[tuple[str, int], ...] = ()
    levels: tuple[Level, ...] = ()
    conflicts: tuple[tuple[str, str, str], ...] = ()
    inputs: tuple[tuple[str, str], ...] = ()
    caveat: str = NOT_PUBLIC_OPINION

    def _repr_html_(self) -> str:
        """The page, as a notebook shows it."""
        from reports.page.rich import show_report

        return show_report(self)
