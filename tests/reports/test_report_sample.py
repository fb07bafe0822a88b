"""An invented run for the report tests, and hostile strings for every field that comes from input."""

from __future__ import annotations

import pandas as pd

from reports.tables import RunTables

PAGES = "page_id source address url title kind declared_count found_count confidence reason method article"
THEMES = (
    "theme_id kind label description rule count share share_low share_high commenters pages keyphrases "
    "representatives near_misses low_sample"
)
HOSTILE = (
    "<script>window.hacked=1</script>",
    "</script><script>window.hacked=1</script>",
    "</style><script>window.hacked=1</script>",
    "<img src=x onerror=window.hacked=1>",
    "<svg/onload=window.hacked=1>",
    "\"><iframe srcdoc='<script>parent.hacked=1</script>'>",
    "' autofocus onfocus=window.hacked=1 x='",
    '" style="background:url(https://evil.example/x)" onmouseover="window.hacked=1',
    "{{ 7*7 }}{% for x in () %}{{ ''.__class__.__mro__ }}",
    "javascript:window.hacked=1",
    "JaVaScRiPt:window.hacked=1",
    "java\tscript:window.hacked=1",
    "data:text/html,<script>window.hacked=1</script>",
    "vbscript:window.hacked=1",
    'https://a.example/"onclick="window.hacked=1',
    "https://a.example/ onclick=window.hacked=1",
    "http://a.example/'><script>window.hacked=1</script>",
    "//evil.example/x.js",
    "]]><!--><script>window.hacked=1</script>",
    "<!-- <base href='https://evil.example/'> -->",
    "<base href=https://evil.example/><link rel=stylesheet href=//evil.example/x.css>",
    "<meta http-equiv=refresh content='0;url=https://evil.example/'>",
    "<style>@import url(https://evil.example/x.css);*{display:none}</style>",
    "<template><script>window.hacked=1</script></template>",
    "<math><mtext></p><style><img src=x onerror=window.hacked=1></style>",
    '<noscript><p title="</noscript><img src=x onerror=window.hacked=1>">',
    "<plaintext>",
    "<textarea><xmp><title>",
    "</option></select><img src=x onerror=window.hacked=1>",
    "\u202egnp.exe\u202c \u2067rtl\u2069 \u200b\u200d zero\ufeffwidth",
    "null\x00byte \x1b[31m \x7f \x85 \ufffe",
    "half a pair \ud83d alone",
    "| a | b |\n|---|---|\n| `x` | **y** |",
    "# heading\n\n---\n```\n<b>code</b>\n```\n[link](javascript:alert(1)) ![i](https://evil.example/i.png)",
    "<https://evil.example/> <a@evil.example> &lt;script&gt; &#60;b&#62;",
    "1. one\n2) two\n- three\n+ four\n=====\n    indented code\n> quote",
    "[a]: https://evil.example/ 'x'\n[a]",
    "\\`\\<b>\\",
    "هذا تعليق طويل من اليمين إلى اليسار",
    "x" * 5000,
)


def comment(number: int, text: str, page: str = "p1", **more: object) -> dict[str, object]:
    """One row of the comments table, everything unknown that may be."""
    row: dict[str, object] = {
        "comment_id": f"c{number}", "page_id": page, "position": number, "text": text, "clean_text": text,
        "author": None, "posted_at": None, "created_at": None, "depth": 1, "parent_id": None, "start": None,
        "end": None, "permalink": None, "confidence": 1.0, "text_seen": 1.0, "theme_id": None, "theme": None,
        "strength": None, "residual_reason": None, "nearest_theme_id": None, "nearest_theme": None,
        "nearest_strength": None,
    }  # fmt: skip
    return row | more


def page(page_id: str = "p1", **more: object) -> dict[str, object]:
    """One row of the pages table."""
    row = dict.fromkeys(PAGES.split())
    known = {"page_id": page_id, "source": f"{page_id}.txt", "address": f"{page_id}.txt", "kind": "text"}
    return row | known | {"found_count": 0, "method": "text"} | more


def theme(theme_id: str, label: str, count: int, total: int, **more: object) -> dict[str, object]:
    """One row of the themes table."""
    share = count / total if total else 0.0
    row: dict[str, object] = {
        "theme_id": theme_id, "kind": "discovered", "label": label, "description": None,
        "count": count, "share": share, "share_low": share * 0.9, "share_high": min(1.0, share * 1.1),
        "commenters": None, "pages": 1, "keyphrases": ["bread", "diesel"], "representatives": [],
        "near_misses": [], "low_sample": False, "rule": "Near its centre.",
    }  # fmt: skip
    return row | more


def tables(
    comments: list[dict[str, object]],
    pages: list[dict[str, object]] | None = None,
    themes: list[dict[str, object]] | None = None,
    members: list[tuple[str, str]] | None = None,
    rejects: list[dict[str, object]] | None = None,
    **run: object,
) -> RunTables:
    """The tables of a run from plain rows."""
    rows = [{"comment_id": c, "theme_id": t, "theme": t, "strength": 0.5} for c, t in members or []]
    record = {
        "run_id": "r1", "title": "The crossing", "btl_version": "0.1.0", "python": "3.11",
        "model": {"name": "MiniLM", "dimension": 384, "max_tokens": 256}, "versions": {"pandas": "3"},
        "inputs": {"sha256": "ab" * 32}, "discovery": {"state": "ok", "note": ""}, "notes": [],
        "settings": {"floor": 0.4},
    }  # fmt: skip
    return RunTables(
        comments=pd.DataFrame(comments, columns=list(comment(0, ""))),
        pages=pd.DataFrame([page()] if pages is None else pages, columns=PAGES.split()),
        themes=pd.DataFrame(themes or [], columns=THEMES.split()),
        assignments=pd.DataFrame(rows, columns=["comment_id", "theme_id", "theme", "strength"]),
        rejects=pd.DataFrame(rejects or [], columns=["source", "place", "reason", "detail", "stage"]),
        run=record | run,
    )


def crossing() -> RunTables:
    """A small lifelike run: themes of both kinds, a reply, a residual, a reject, a page without comments."""
    rows = [
        comment(0, "They closed the road and bread went up.\n\nMy cousin waits there.", author="Ferryman",
                posted_at="9 March, 14:02", created_at="2026-03-09T14:02:00Z"),
        comment(1, "Diesel too, since Tuesday.", author="Ana", parent_id="c0", depth=2,
                created_at="2026-03-10T00:00:00Z"),
        comment(2, "Patience is not weakness.", created_at="2026-03-12", permalink="https://ledger.example/#c2"),
        comment(3, "First!", residual_reason="too short"),
        comment(4, "Nobody asks the drivers what they think of it.", page="p2", text_seen=0.5,
                residual_reason="near a theme but below its floor", nearest_theme="Prices",
                nearest_strength=0.31),
    ]  # fmt: skip
    pages = [
        page("p1", url="https://ledger.example/a", title="Road closed", declared_count=6, found_count=4),
        page("p2", title="Opinion", found_count=1),
        page("p3", reason="no comment section found"),
    ]
    themes = [
        theme("d1", "Prices", 2, 5, representatives=["c0", "c1"], commenters=2),
        theme("n1", "Russian response", 1, 5, kind="named", description="What Moscow does.",
              representatives=["c2"], near_misses=["c4"], low_sample=True),
        theme("n2", "Water", 0, 5, kind="named"),
    ]  # fmt: skip
    rejects = [{"source": "logo.png", "place": "", "reason": "binary file", "detail": "PNG", "stage": "read"}]
    return tables(rows, pages, themes, [("c0", "d1"), ("c1", "d1"), ("c2", "n1")], rejects)


def hostile(bad: str) -> RunTables:
    """A run in which every field that comes from input is ``bad``."""
    safe = bad.encode("utf-8", "surrogatepass").decode("utf-8", "replace")  # pandas' strings hold no surrogate
    more = {"author": safe, "posted_at": safe, "permalink": safe, "nearest_theme": safe, "created_at": safe}
    rows = [comment(0, safe, **more), comment(1, safe, parent_id="c0", residual_reason="too short", **more)]
    pages = [page("p1", source=safe, address=safe, url=safe, title=safe, reason=safe, found_count=2)]
    themes = [theme("t1", safe, 1, 2, kind="named", description=safe, rule=safe, keyphrases=[safe],
                    representatives=["c0"], near_misses=["c1"])]  # fmt: skip
    rejects = [{"source": safe, "place": safe, "reason": safe, "detail": safe, "stage": "read"}]
    return tables(
        rows, pages, themes, [("c0", "t1")], rejects, run_id=bad, title=bad, notes=[bad],
        settings={bad: bad}, versions={bad: bad}, model={"name": bad}, btl_version=bad,
        discovery={"state": bad, "note": bad}, themes_file=bad,
    )  # fmt: skip


def everything() -> RunTables:
    """The crossing with every further table that a run may have, small and by hand."""
    run = crossing()
    comments = run.comments.assign(language=["en", "en", "en", None, "de"])
    run.themes["stability"] = [0.82, 0.4, None]
    run.themes["stable"] = [True, False, None]
    run.themes["boundary"] = [["c1"], [], []]
    run.themes["commenter_share"] = [0.6, None, None]
    run.themes["commenter_share_low"] = [0.3, None, None]
    run.themes["commenter_share_high"] = [0.8, None, None]
    pages = run.pages.assign(article=["The road closed at noon. 🚧 Prices were not asked about. Night fell.", "", None])
    return RunTables(
        comments=comments, pages=pages, themes=run.themes, assignments=run.assignments, rejects=run.rejects,
        run={**run.run, "measures": {"voices": {"gini": 0.2}, "agenda": {"passages": 3}}}, more=further_tables(),
    )  # fmt: skip


def further_tables() -> dict[str, pd.DataFrame]:
    """Tables beyond the five, over the comments, pages and themes of the crossing."""
    events = [
        {"event": "grown", "theme_id": "d1", "label": "Prices", "parents": ["d1"], "children": ["d1"],
         "count_before": 1, "count_after": 2, "share_before": 0.2, "share_after": 0.4, "change_low": 0.05,
         "change_high": 0.4, "evidence": "Prices went from 1 to 2 comments."},
        {"event": "merged", "theme_id": "n1", "label": "Russian response", "parents": ["d8", "d9"], "children": ["n1"],
         "count_before": None, "count_after": 1, "share_before": None, "share_after": 0.2, "change_low": None,
         "change_high": None, "evidence": None},
        {"event": "dormant", "theme_id": "d7", "label": "Ferries", "parents": [], "children": [], "count_before": 3,
         "count_after": 0, "share_before": 0.3, "share_after": 0.0, "change_low": -0.6, "change_high": 0.1,
         "evidence": "No comment is left in it."},
    ]  # fmt: skip
    periods = (("2026-03-09", 1, False), ("2026-03-10", 0, True), ("2026-03-11", 2, False))
    trend = [
        {"theme_id": theme_id, "period": period, "basis": "comment date", "count": n, "total": total,
         "share": None if gap else n / total, "low": None if gap else 0.1, "high": None if gap else 0.9, "gap": gap}
        for theme_id, counts in (("d1", (1, 1, 0)), ("n1", (0, 0, 1)))
        for (period, total, gap), n in zip(periods, counts, strict=True)
    ]  # fmt: skip
    agenda = [
        {"theme_id": "d1", "reader_introduced": True, "closeness": 0.21, "page_id": "p1",
         "passage": "Prices were not asked about.", "start": 27, "end": 55},
        {"theme_id": "n1", "reader_introduced": False, "closeness": 0.7, "page_id": "p1",
         "passage": "The road closed at noon.", "start": 0, "end": 24},
    ]  # fmt: skip
    said = [{"page_id": "p1", "passage": "Night fell.", "start": 56, "end": 67, "closeness": 0.1, "comment_id": "c2"}]
    desk = [{"comment_id": "c4", "kind": "tip", "passage": "the drivers", "start": 12, "end": 23, "score": 0.9}]
    campaigns = [{"campaign_id": "k1", "comment_ids": ["c0", "c1"], "comments": 2, "pages": 1, "authors": 2,
                  "first_at": "2026-03-09T14:02:00Z", "last_at": "2026-03-10", "similarity": 0.93,
                  "text": "They closed the road"}]  # fmt: skip
    layers = [{"node_id": "L0-1", "level": 0, "parent_id": None, "label": "All of it", "keyphrases": ["road"],
               "count": 3, "share": 0.6, "share_low": 0.3, "share_high": 0.8, "stability": 0.9,
               "theme_ids": ["d1", "n1"], "chosen": False}]  # fmt: skip
    inside = [{"comment_id": f"c{n}", "level": 0, "node_id": "L0-1"} for n in (0, 1, 3)]
    replies = [{"theme_id": "d1", "replies": 9, "contradict": 6, "agree": 1, "share": 0.67, "share_low": 0.35,
                "share_high": 0.88, "contested": True, "contradicting": ["c1"], "agreeing": []}]  # fmt: skip
    similar = [{"comment_id": "c1", "similar": ["c4", "c0"], "closeness": [0.81, 0.5]}]
    summary = [
        {"section": "brief", "position": 0, "sentence": "Two comments speak of prices.", "comment_ids": ["c0", "c1"],
         "kind": "counted", "quotes": []},
        {"section": "d1", "position": 0, "sentence": "“bread went up”", "comment_ids": ["c0"], "kind": "extractive",
         "quotes": ["bread went up"]},
        {"section": "d1", "position": 1, "sentence": "“Nobody asks”", "comment_ids": ["c4"], "kind": "dissent",
         "quotes": ["Nobody asks"]},
    ]  # fmt: skip
    positions = [{"comment_id": f"c{n}", "x": float(n), "y": float(n % 3)} for n in range(5)]
    return {
        "events": pd.DataFrame(events), "trend": pd.DataFrame(trend), "agenda_themes": pd.DataFrame(agenda),
        "agenda_articles": pd.DataFrame(said), "desk": pd.DataFrame(desk), "campaigns": pd.DataFrame(campaigns),
        "voices": pd.DataFrame([{"author": "Ferryman", "comments": 1, "share": 0.2}]), "layers": pd.DataFrame(layers),
        "notes": pd.DataFrame([{"theme_id": "d1", "comment_id": None, "note": "Ask the port."}]),
        "conflicts": pd.DataFrame([{"edit": 2, "action": "rename", "theme_id": "d6", "comment_id": None,
                                    "reason": "there is no such theme"}]),
        "layer_members": pd.DataFrame(inside), "replies": pd.DataFrame(replies), "similar": pd.DataFrame(similar),
        "summary": pd.DataFrame(summary), "map": pd.DataFrame(positions),
    }  # fmt: skip
