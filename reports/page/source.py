"""The tables of a run by key and in canonical order, so that row order cannot reach the page."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Any

from comments.days import iso_day
from comments.model import digest
from reports.page.model import Quote
from reports.quantities import day
from reports.rows import Row, day_of_comment, list_of, real_of, rows_of, short_hour, text_of, whole_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reports.tables import RunTables

_MACHINE = re.compile(r"\d{4}-\d\d-\d\d(?:$|[T ]\d)")
QUOTE_LENGTH = 700  # characters; longer quotes are cut in a card and whole in the thread


class Source:
    """What every part of a report looks things up in.

    Args:
        tables: the run's tables; columns and further tables that are absent count as unknown.
    """

    def __init__(self, tables: RunTables) -> None:
        self._tables = tables
        pages = sorted(rows_of(tables.pages), key=lambda p: (text_of(p, "address") or "", p["page_id"]))
        self.pages: dict[str, Row] = {p["page_id"]: p for p in pages}
        order = {page_id: n for n, page_id in enumerate(self.pages)}
        rows = sorted(
            rows_of(tables.comments),
            key=lambda c: (order.get(c["page_id"], len(order)), whole_of(c, "position") or 0, c["comment_id"]),
        )
        self.comments: dict[str, Row] = {c["comment_id"]: c for c in rows}
        self.by_page: dict[str, list[str]] = {}
        for i, c in self.comments.items():
            self.by_page.setdefault(c["page_id"], []).append(i)
            self.pages.setdefault(c["page_id"], {"page_id": c["page_id"]})  # no comment is lost with its page
        self.themes: dict[str, Row] = {
            str(t["theme_id"]): t for t in sorted(rows_of(tables.themes), key=lambda t: str(t["theme_id"]))
        }
        self.members: dict[str, list[str]] = {}
        strengths: dict[str, list[tuple[float, str]]] = {}
        for a in rows_of(tables.assignments):
            if a["comment_id"] in self.comments:
                theme_id = str(a["theme_id"])
                strengths.setdefault(a["comment_id"], []).append((-(real_of(a, "strength") or 0.0), theme_id))
        self.themes_of: dict[str, tuple[str, ...]] = {
            i: tuple(theme_id for _, theme_id in sorted(pairs)) for i, pairs in strengths.items()
        }
        for i in self.comments:
            for theme_id in self.themes_of.get(i, ()):
                self.members.setdefault(theme_id, []).append(i)

    def more(self, name: str) -> list[Row]:
        """The rows of a further table in canonical order; none where the run has no such table."""
        frame = self._tables.more.get(name)
        if frame is None:
            return []
        return sorted(rows_of(frame), key=lambda r: [str(r[k]) for k in sorted(r)])

    def has(self, name: str) -> bool:
        """Whether the run has this further table at all, be it empty."""
        return name in self._tables.more

    def label(self, theme_id: str) -> str:
        """The theme's label."""
        return str(self.themes.get(theme_id, {}).get("label") or "unnamed")

    def found(self, page: Row) -> int:
        """Comments recovered from the page; where the table does not say, those of this run."""
        count = whole_of(page, "found_count")
        return len(self.by_page.get(page["page_id"], ())) if count is None else count

    def title(self, page_id: str) -> str:
        """What a page is called: its title, else its address, else where it was read."""
        page = self.pages.get(page_id, {})
        return text_of(page, "title") or text_of(page, "url") or text_of(page, "source") or "untitled page"

    def parent(self, comment_id: str) -> str | None:
        """The answered comment where it is on the same page."""
        c = self.comments[comment_id]
        above = self.comments.get(text_of(c, "parent_id") or "")
        return None if above is None or above["page_id"] != c["page_id"] else str(above["comment_id"])

    def quote(self, comment_id: str, *, whole: bool = False) -> Quote:
        """The comment for display, cut at a word's end unless ``whole``."""
        c = self.comments[comment_id]
        page = self.pages.get(c["page_id"], {})
        text = shown(c)
        cut = not whole and len(text) > QUOTE_LENGTH
        if cut:
            text = text[:QUOTE_LENGTH].rsplit(None, 1)[0]
        return Quote(
            comment_id=comment_id,
            anchor=comment_anchor(comment_id),
            text=text,
            cut=cut,
            author=text_of(c, "author"),
            date=date_of(c),
            page=self.title(c["page_id"]),
            page_anchor=page_anchor(c["page_id"]),
            url=text_of(page, "url"),
            permalink=text_of(c, "permalink"),
            nearest=text_of(c, "nearest_theme"),
            strength=real_of(c, "nearest_strength"),
        )

    def quotes(self, ids: Iterable[Any], most: int) -> tuple[Quote, ...]:
        """Quotes of the first ``most`` comments of these that exist."""
        known = [i for i in dict.fromkeys(ids) if i in self.comments]
        return tuple(self.quote(i) for i in known[:most])

    def anchors(self, row: Row, key: str) -> tuple[str, ...]:
        """Anchors of the comments that a list cell names, those that exist."""
        return tuple(comment_anchor(i) for i in dict.fromkeys(list_of(row, key)) if i in self.comments)

    @cached_property
    def facts(self) -> dict[str, Any]:
        """The counts that the headline, the brief and the methods share."""
        declared = [p for p in self.pages.values() if whole_of(p, "declared_count") is not None]
        authors = [text_of(c, "author") for c in self.comments.values()]
        seen = (real_of(c, "text_seen") for c in self.comments.values())
        dates = sorted(d for c in self.comments.values() if (d := day_of_comment(c)))
        return {
            "pages": len(self.pages),
            "bare": sum(not self.found(p) for p in self.pages.values()),
            "comments": len(self.comments),
            "declaring": len(declared),
            "declared": sum(whole_of(p, "declared_count") or 0 for p in declared),
            "declared_found": sum(map(self.found, declared)),
            "commenters": len({a for a in authors if a}) if any(authors) else None,
            "unnamed": sum(a is None for a in authors),
            "dates": dates,
            "partly_read": sum(s is not None and s < 1 for s in seen),
            "rejects": len(self._tables.rejects),
        }


def date_of(comment: Row) -> str | None:
    """A comment's date for people: as the page wrote it, unless that is a machine's form; else its time."""
    written = text_of(comment, "posted_at")
    if written and not _MACHINE.match(written):
        return written
    time = text_of(comment, "created_at") or written
    iso = iso_day(time)
    return written if time is None or iso is None else day(iso) + short_hour(time)


def shown(comment: Row) -> str:
    """The tidied text where it holds the very same words, else the text as it stood in the source."""
    text, clean = str(comment["text"]), text_of(comment, "clean_text")
    return clean if clean and clean.split() == text.split() else text


def comment_anchor(comment_id: str) -> str:
    """The id of a comment in the page."""
    return f"c-{digest(comment_id, size=12)}"


def page_anchor(page_id: str) -> str:
    """The id of a page in the page."""
    return f"p-{digest(page_id, size=10)}"


def theme_anchor(theme_id: str) -> str:
    """The id of a theme in the page."""
    return f"t-{digest(theme_id, size=10)}"
