"""150 hostile payloads in every field that comes from input: none runs, no request leaves."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

sys.path.insert(0, str(Path(__file__).parent))
from browsing import NEEDS_BROWSER, write_page
from payloads import payloads
from test_report_sample import comment, page, tables, theme

from reports.tables import RunTables

pytestmark = NEEDS_BROWSER
PAYLOADS = payloads()
BATCH = 10


def attack(bad: list[str]) -> RunTables:
    """A run in which every field that comes from input holds one of the payloads, each payload in each field."""
    rows, pages, themes, rejects = [], [], [], []
    for n, text in enumerate(bad):
        more = {
            "author": text, "posted_at": text, "permalink": text, "created_at": text, "nearest_theme": text,
            "residual_reason": text, "depth": 1,
        }  # fmt: skip
        rows += [comment(2 * n, text, page=f"p{n}", **more)]
        rows += [comment(2 * n + 1, text, page=f"p{n}", **more | {"parent_id": f"c{2 * n}", "depth": 2})]
        pages.append(
            page(f"p{n}", source=text, address=text, url=text, title=text, reason=text, method=text, article=text)
        )
        themes.append(
            theme(f"t{n}", text, 1, 2 * len(bad), kind="named", description=text, rule=text, keyphrases=[text],
                  representatives=[f"c{2 * n}"], near_misses=[f"c{2 * n + 1}"])
        )  # fmt: skip
        rejects.append({"source": text, "place": text, "reason": text, "detail": text, "stage": text})
    joined = " ".join(bad)
    run = tables(
        rows, pages, themes, [(f"c{2 * n}", f"t{n}") for n in range(len(bad))], rejects, run_id=joined, title=joined,
        notes=bad, settings=dict.fromkeys(bad, joined), versions=dict.fromkeys(bad, joined), model={"name": joined},
        btl_version=joined, discovery={"state": joined, "note": joined}, measures={text: text for text in bad},
    )  # fmt: skip
    return replace(run, more=hostile_tables(bad), comments=run.comments.assign(language=[t for t in bad for _ in "ab"]))


def hostile_tables(bad: list[str]) -> dict[str, pd.DataFrame]:
    """The further tables, with payloads in all their texts."""

    def rows(make):
        return pd.DataFrame([make(n, text) for n, text in enumerate(bad)])

    passage = {"closeness": 0.2, "start": 0, "end": 3}
    return {
        "events": rows(lambda n, t: {"event": t if n % 2 else "merged", "theme_id": f"t{n}", "label": t, "parents": [t],
                                     "children": [t, f"t{n}"], "count_before": 1, "count_after": 2, "evidence": t,
                                     "share_before": 0.1, "share_after": 0.2, "change_low": 0.0, "change_high": 0.2}),
        "trend": pd.DataFrame([{"theme_id": f"t{n}", "period": f"{k}{t}", "basis": t, "count": 1, "total": 2,
                                "share": 0.5, "low": 0.1, "high": 0.9, "gap": False}
                               for n, t in enumerate(bad) for k in "12"]),
        "agenda_themes": rows(lambda n, t: {"theme_id": f"t{n}", "reader_introduced": True, "page_id": f"p{n}",
                                            "passage": t, **passage}),
        "agenda_articles": rows(lambda n, t: {"page_id": f"p{n}", "passage": t, "comment_id": f"c{2 * n}", **passage}),
        "desk": rows(lambda n, t: {"comment_id": f"c{2 * n}", "kind": t, "passage": t, "start": 0, "end": 2,
                                   "score": 1.0}),
        "campaigns": rows(lambda n, t: {"campaign_id": t, "comment_ids": [f"c{2 * n}", f"c{2 * n + 1}"],
                                        "comments": 2, "pages": 1, "authors": 1, "first_at": t, "last_at": t,
                                        "similarity": 0.9, "text": t}),
        "voices": rows(lambda n, t: {"author": t, "comments": 2, "share": 0.1}),
        "layers": rows(lambda n, t: {"node_id": t, "level": 0, "label": t, "count": 2, "share": 0.1,
                                     "stability": 0.5, "theme_ids": [f"t{n}"], "chosen": False}),
        "summary": rows(lambda n, t: {"section": "brief" if n % 2 else f"t{n}", "position": n, "sentence": t,
                                      "comment_ids": [f"c{2 * n}"], "kind": t, "quotes": [t]}),
        "notes": rows(lambda n, t: {"theme_id": f"t{n}", "comment_id": t, "note": t}),
        "conflicts": rows(lambda n, t: {"edit": n, "action": t, "theme_id": t, "comment_id": t, "reason": t}),
        "map": rows(lambda n, t: {"comment_id": f"c{2 * n}", "x": float(n), "y": float(n % 3)}),
    }  # fmt: skip


def test_there_are_150_payloads_all_different() -> None:
    assert len(set(PAYLOADS)) >= 150


@pytest.mark.parametrize("start", range(0, len(PAYLOADS), BATCH))
def test_no_payload_runs_and_no_request_leaves(browser, tmp_path, start: int) -> None:
    on = write_page(browser, tmp_path, attack(PAYLOADS[start : start + BATCH]))
    browser.get_log("performance")
    browser.get_log("browser")
    on.go()
    on.run("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    on.click("#edit-mode")
    on.choose("depth", "top")
    on.wait("return document.querySelectorAll('#results .comment').length > 0")
    on.run("document.querySelector('#results .comment footer a[href^=\"#c-\"]').click()")
    on.wait("return document.querySelectorAll('#drawer-body .comment').length === 2")
    on.run("document.getElementById('tab-page').click()")
    on.wait("return document.querySelector('#drawer-body .whole-page') !== null")
    on.run("document.getElementById('drawer').close()")
    on.run("document.querySelectorAll('.theme-tools button').forEach(b => b.click())")
    assert on.run("return window.hacked === undefined")
    runs = "return [...document.scripts].filter(s => s.type !== 'application/octet-stream').length"
    assert on.run(runs) == 1
    assert on.run("return document.querySelectorAll('iframe, img, object, embed, base, link').length") == 0
    sent = [m["message"] for m in browser.get_log("performance") if 'Network.requestWillBeSent"' in m["message"]]
    assert sent
    assert all('"url":"file://' in m or '"url":"about:blank' in m for m in sent)
    assert not [m for m in browser.get_log("browser") if m["level"] == "SEVERE"]
