"""From the tables of a run to a `Report`: everything the pages say, and no HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from comments.model import digest
from reports import quantities as q
from reports.charts import count_by_time
from reports.model import Entry, PageRow, Quote, Reject, Report, Residual, RunTables, Theme
from reports.rows import Row, day_of, flatten, list_of, real_of, rows_of, short_time, text_of, whole_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

OPEN_LIMIT = 2000  # comments up to which every thread is in the file
MAX_QUOTES, MAX_NEAR, MAX_EXAMPLES = 5, 3, 4
MAX_ABOVE, MAX_BELOW = 4, 4  # surroundings of a quote when the threads are not all in the file
QUOTE_LENGTH = 700  # characters; longer quotes are cut in a card and whole in the thread


def build_report(tables: RunTables) -> Report:
    """Return the report of a run; the same tables give an equal report whatever their row order.

    Args:
        tables: the run's tables; columns that are absent count as unknown.
    """
    run = tables.run
    source = _Source(tables)
    facts = source.facts(len(tables.rejects))
    themes = tuple(sorted(source.themes(), key=lambda t: (-t.count, t.kind != "named", t.label, t.anchor)))
    residual = source.residual()
    quoted = {x.comment_id for t in themes for x in (*t.quotes, *t.near_misses)}
    quoted |= {x.comment_id for r in residual for x in r.examples}
    whole = facts["comments"] <= OPEN_LIMIT
    rejects = sorted(tuple(text_of(r, k) or "" for k in Reject.__slots__) for r in rows_of(tables.rejects))
    discovery = run.get("discovery") or {}
    title = str(run.get("title") or "Reader comments")
    return Report(
        title=title,
        run_id=str(run.get("run_id") or "unnamed"),
        headline=q.write_headline(facts),
        brief=q.write_brief(facts, themes, [(r.reason, r.count) for r in residual]),
        discovery=(str(discovery.get("state") or "ok"), str(discovery.get("note") or "")),
        themes=themes,
        pages=tuple(source.page(page, None if whole else quoted) for page in source.pages.values()),
        threads_note=q.write_threads_note(facts, whole=whole),
        residual=residual,
        rejects=tuple(Reject(*r) for r in rejects),
        comments=facts["comments"],
        timeline=count_by_time(facts["dates"]),
        methods=q.write_methods(run, facts),
        notes=tuple(str(n) for n in run.get("notes") or ()),
        settings=tuple(flatten(run.get("settings") or {})),
        versions=tuple(flatten({"python": run.get("python"), **(run.get("versions") or {})})),
        cite=q.write_citation(run, title, facts),
    )


class _Source:
    """The tables by key and in canonical order, so that row order cannot reach the page."""

    def __init__(self, tables: RunTables) -> None:
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
        self.theme_rows = sorted(rows_of(tables.themes), key=lambda t: str(t["theme_id"]))
        labels = {t["theme_id"]: str(t["label"]) for t in self.theme_rows}
        self.tags: dict[str, list[tuple[float, str, str]]] = {}
        for a in rows_of(tables.assignments):
            strength, theme_id = real_of(a, "strength") or 0.0, a["theme_id"]
            tag = (-strength, _theme_anchor(theme_id), labels.get(theme_id, "unnamed"))
            self.tags.setdefault(a["comment_id"], []).append(tag)

    def facts(self, rejects: int) -> dict[str, Any]:
        """The counts that the headline, the brief and the methods share."""
        declared = [p for p in self.pages.values() if whole_of(p, "declared_count") is not None]
        authors = [text_of(c, "author") for c in self.comments.values()]
        seen = (real_of(c, "text_seen") for c in self.comments.values())
        dates = sorted(d for c in self.comments.values() if (d := day_of(text_of(c, "created_at"))))
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
            "rejects": rejects,
        }

    def found(self, page: Row) -> int:
        """Comments recovered from the page; where the table does not say, those of this run."""
        count = whole_of(page, "found_count")
        return len(self.by_page.get(page["page_id"], ())) if count is None else count

    def quote(self, comment_id: str, *, whole: bool = False) -> Quote:
        """The comment for display, cut at a word's end unless ``whole``."""
        c = self.comments[comment_id]
        page = self.pages.get(c["page_id"], {})
        text = _shown(c)
        cut = not whole and len(text) > QUOTE_LENGTH
        if cut:
            text = text[:QUOTE_LENGTH].rsplit(None, 1)[0]
        return Quote(
            comment_id=comment_id,
            anchor=_comment_anchor(comment_id),
            text=text,
            cut=cut,
            author=text_of(c, "author"),
            date=text_of(c, "posted_at") or short_time(text_of(c, "created_at")),
            page=_title(page),
            page_anchor=_page_anchor(c["page_id"]),
            url=text_of(page, "url"),
            permalink=text_of(c, "permalink"),
            nearest=text_of(c, "nearest_theme"),
            strength=real_of(c, "nearest_strength"),
        )

    def themes(self) -> Iterator[Theme]:
        """Every theme of the table as its card."""
        total = len(self.comments)
        for t in self.theme_rows:
            count, low, high = whole_of(t, "count") or 0, real_of(t, "share_low"), real_of(t, "share_high")
            sparse = bool(t.get("low_sample"))
            yield Theme(
                anchor=_theme_anchor(t["theme_id"]),
                kind=str(t["kind"]),
                label=str(t["label"]),
                description=text_of(t, "description"),
                rule=text_of(t, "rule") or "no rule was recorded",
                count=count,
                share=real_of(t, "share") or 0.0,
                low=low,
                high=high,
                commenters=whole_of(t, "commenters"),
                pages=whole_of(t, "pages") or 0,
                keyphrases=tuple(str(k) for k in list_of(t, "keyphrases")),
                quotes=self._quotes(list_of(t, "representatives"), MAX_QUOTES),
                near_misses=self._quotes(list_of(t, "near_misses"), MAX_NEAR),
                low_sample=sparse,
                quantity=q.quantity(count, total, low, high, sparse=sparse),
            )

    def _quotes(self, ids: Iterable[Any], most: int) -> tuple[Quote, ...]:
        known = [i for i in dict.fromkeys(ids) if i in self.comments]
        return tuple(self.quote(i) for i in known[:most])

    def residual(self) -> tuple[Residual, ...]:
        """The comments in no theme by reason, largest first; examples are those nearest to a theme."""
        by_reason: dict[str, list[Row]] = {}
        for c in self.comments.values():
            if c["comment_id"] not in self.tags:
                by_reason.setdefault(text_of(c, "residual_reason") or "no reason recorded", []).append(c)
        out = []
        for reason, rows in by_reason.items():
            near = sorted(rows, key=lambda c: (-(real_of(c, "nearest_strength") or 0.0), c["comment_id"]))
            examples = self._quotes([c["comment_id"] for c in near], MAX_EXAMPLES)
            out.append(Residual(reason, len(rows), len(rows) / len(self.comments), examples))
        return tuple(sorted(out, key=lambda r: (-r.count, r.reason)))

    def page(self, page: Row, quoted: set[str] | None) -> PageRow:
        """A page with its threads: all of them, or only the surroundings of ``quoted`` comments."""
        page_id = page["page_id"]
        tree = self._tree(page_id)
        keep = {c for c, _ in tree} if quoted is None else self._surroundings(tree, quoted)
        entries: list[Entry] = []
        gap = 0
        for comment_id, depth in tree:
            if comment_id in keep:
                entries.append(self._entry(comment_id, depth, gap))
            gap = 0 if comment_id in keep else gap + 1
        return PageRow(
            anchor=_page_anchor(page_id),
            title=_title(page),
            source=text_of(page, "source") or "unknown source",
            url=text_of(page, "url"),
            declared=whole_of(page, "declared_count"),
            found=self.found(page),
            confidence=real_of(page, "confidence"),
            reason=text_of(page, "reason"),
            method=text_of(page, "method"),
            entries=tuple(entries),
            gap_after=gap,
        )

    def _tree(self, page_id: str) -> list[tuple[str, int]]:
        """The page's comments in thread order with their depth; a cycle of parents is cut, not followed."""
        ids = self.by_page.get(page_id, [])
        here = set(ids)
        children: dict[str | None, list[str]] = {}
        for i in ids:
            parent = text_of(self.comments[i], "parent_id")
            children.setdefault(parent if parent in here and parent != i else None, []).append(i)
        out: dict[str, int] = {}
        for root in (*children.get(None, ()), *ids):
            stack = [] if root in out else [(root, max(1, whole_of(self.comments[root], "depth") or 1))]
            while stack:
                i, depth = stack.pop()
                if i not in out:
                    out[i] = depth
                    stack += [(child, depth + 1) for child in reversed(children.get(i, ()))]
        return list(out.items())

    def _surroundings(self, tree: list[tuple[str, int]], quoted: set[str]) -> set[str]:
        """Quoted comments with the nearest comments above them and the first replies below."""
        keep = {i for i, _ in tree if i in quoted}
        below: dict[str, int] = {}
        for i in list(keep):
            parent = text_of(self.comments[i], "parent_id")
            for _ in range(MAX_ABOVE):
                if parent is None or parent not in self.comments:
                    break
                keep.add(parent)
                parent = text_of(self.comments[parent], "parent_id")
        for i, _ in tree:
            parent = text_of(self.comments[i], "parent_id")
            if parent in quoted and below.get(parent, 0) < MAX_BELOW:
                below[parent] = below.get(parent, 0) + 1
                keep.add(i)
        return keep

    def _entry(self, comment_id: str, depth: int, gap: int) -> Entry:
        c = self.comments[comment_id]
        parent = text_of(c, "parent_id")
        above = self.comments.get(parent) if parent else None
        known = above is not None and above["page_id"] == c["page_id"]
        reply_to = None
        if parent:
            reply_to = text_of(above or {}, "author") or "an unnamed comment"
            reply_to = reply_to if known else "a comment that is not in the data"
        return Entry(
            quote=self.quote(comment_id, whole=True),
            depth=depth,
            gap=gap,
            reply_to=reply_to,
            reply_anchor=_comment_anchor(parent) if parent and known else None,
            themes=tuple((anchor, label) for _, anchor, label in sorted(self.tags.get(comment_id, ()))),
            reason=None if comment_id in self.tags else text_of(c, "residual_reason"),
            text_seen=real_of(c, "text_seen"),
        )


def _comment_anchor(comment_id: str) -> str:
    return f"c-{digest(comment_id, size=12)}"


def _page_anchor(page_id: str) -> str:
    return f"p-{digest(page_id, size=10)}"


def _theme_anchor(theme_id: str) -> str:
    return f"t-{digest(theme_id, size=10)}"


def _title(page: Row) -> str:
    return text_of(page, "title") or text_of(page, "url") or text_of(page, "source") or "untitled page"


def _shown(comment: Row) -> str:
    """The tidied text where it holds the very same words, else the text as it stood in the source."""
    text, clean = str(comment["text"]), text_of(comment, "clean_text")
    return clean if clean and clean.split() == text.split() else text
