"""The report at 100,000 comments, measured in Chromium: size, first paint, search, filters, opening a quote.

Run from the project's root: ``python -m bench.page SHARED [COMMENTS]``. Texts are those of the Reddit and forum
sets of SHARED, in their order and, where they run out, again with a number; pages, themes, names and dates are made
up, so that nothing has to be clustered. Times are milliseconds in the browser, medians where there are several.
"""

from __future__ import annotations

import random
import shutil
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

import pandas as pd

from reports.page.build import build_report
from reports.page.html import render_html
from reports.tables import RunTables

SETS = ("reddit_news_threads_2015feb_dev", "forum_debates_iac_dev")
THEMES, PER_PAGE, SEED = 120, 80, 3
WORDS = (
    "police",
    "guns",
    "the",
    "tax cuts",
    '"climate change"',
    "evolution",
    "zebra crossing",
    "a",
    "government",
    "abortion",
)


def make_run(shared: Path, comments: int) -> RunTables:
    """A run of so many comments of real length, 80 a page, in 120 themes."""
    draw = random.Random(SEED)
    texts = [
        t for name in SETS for t in pd.read_parquet(shared / "data" / "comments" / f"{name}.parquet")["text"].dropna()
    ]
    rows, members = [], []
    for n in range(comments):
        text = texts[n % len(texts)] + ("" if n < len(texts) else f" ({n})")
        reply = n % PER_PAGE and draw.random() < 0.6
        parent = f"c{n - 1 - draw.randrange(n % PER_PAGE)}" if reply else None
        themes = draw.sample(range(THEMES), draw.choice((0, 1, 1, 1, 2)))
        rows.append(
            {
                "comment_id": f"c{n}", "page_id": f"p{n // PER_PAGE}", "position": n % PER_PAGE, "text": text,
                "clean_text": text, "author": f"name {draw.randrange(comments // 5)}", "posted_at": None,
                "created_at": f"2026-{1 + n % 9:02}-{1 + n % 28:02}T10:00:00Z", "depth": None, "parent_id": parent,
                "start": 1000 * (n % PER_PAGE), "end": 1000 * (n % PER_PAGE) + len(text), "text_seen": 1.0,
                "language": "en", "residual_reason": None if themes else "far from all themes",
            }
        )  # fmt: skip
        members += [(f"c{n}", f"T{t:04}", draw.random()) for t in themes]
    frame, pairs = pd.DataFrame(rows), pd.DataFrame(members, columns=["comment_id", "theme_id", "strength"])
    sizes = pairs["theme_id"].value_counts().sort_index()
    themes_table = pd.DataFrame(
        {
            "theme_id": sizes.index, "kind": "discovered", "label": [f"Made-up theme {i}" for i in sizes.index],
            "rule": "made up", "count": sizes.values, "share": sizes.values / comments,
            "share_low": sizes.values / comments * 0.95, "share_high": sizes.values / comments * 1.05,
            "commenters": sizes.values, "pages": 100, "keyphrases": [["bread", "road", "price"]] * len(sizes),
            "representatives": [pairs.loc[pairs["theme_id"] == i, "comment_id"].head(5).tolist() for i in sizes.index],
            "near_misses": [[] for _ in sizes.index], "low_sample": False,
        }
    )  # fmt: skip
    pages = pd.DataFrame(
        {
            "page_id": f"p{p}", "address": f"https://news.example/{p}", "url": f"https://news.example/{p}",
            "source": f"page-{p}.html", "title": f"Made-up headline number {p} of the paper", "kind": "html",
            "declared_count": PER_PAGE, "found_count": PER_PAGE, "confidence": 0.9, "method": "made",
            "article": " ".join(texts[p % len(texts) : p % len(texts) + 6])[:4000],
        }
        for p in range(-(-comments // PER_PAGE))
    )  # fmt: skip
    places = {
        "comment_id": frame["comment_id"],
        "x": [draw.gauss(0, 1) for _ in rows],
        "y": [draw.gauss(0, 1) for _ in rows],
    }
    return RunTables(
        comments=frame, pages=pages, themes=themes_table, assignments=pairs, rejects=pd.DataFrame(),
        run={"run_id": "bench", "title": "A made-up run"},
        more={"map": pd.DataFrame(places), **make_levels(pairs), **make_similar(themes_table, frame, draw)},
    )  # fmt: skip


def make_levels(pairs: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Two levels above the themes: forty groups of three and thirteen of nine or so."""
    first = pairs.drop_duplicates("comment_id")
    layers, members = [], []
    for level, width in ((0, 9), (1, 3)):
        node = "L" + str(level) + "-" + first["theme_id"].str[1:].astype(int).floordiv(width).astype(str)
        for name, count in node.value_counts().sort_index().items():
            share = count / max(1, len(pairs))
            layers.append({"node_id": name, "level": level, "label": f"Made-up group {name}", "count": count,
                           "share": share, "share_low": share * 0.9, "share_high": share * 1.1, "stability": None,
                           "theme_ids": [], "chosen": False})  # fmt: skip
        members.append(first[["comment_id"]].assign(level=level, node_id=node))
    return {"layers": pd.DataFrame(layers), "layer_members": pd.concat(members, ignore_index=True)}


def make_similar(themes: pd.DataFrame, frame: pd.DataFrame, draw: random.Random) -> dict[str, pd.DataFrame]:
    """Six comments like each that a card quotes."""
    ids = frame["comment_id"].tolist()
    quoted = sorted({i for row in themes["representatives"] for i in row})
    rows = [{"comment_id": i, "similar": draw.sample(ids, 6), "closeness": [0.5] * 6} for i in quoted]
    return {"similar": pd.DataFrame(rows)}


def open_browser() -> Any:  # noqa: ANN401
    """Chromium without a head."""
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    options.binary_location = str(shutil.which("chromium"))
    for flag in ("--headless=new", "--no-sandbox", "--disable-gpu", "--window-size=1280,900"):
        options.add_argument(flag)
    return webdriver.Chrome(options=options, service=webdriver.ChromeService(str(shutil.which("chromedriver"))))


APPLY = """
const done = arguments[arguments.length - 1], [id, value] = arguments, field = document.getElementById(id);
field.value = value;
const begun = performance.now(), found = document.getElementById('found');
const seen = new MutationObserver(() => {
  if (!found.textContent.includes(' of ')) return;
  seen.disconnect();
  done([performance.now() - begun, found.textContent]);
});
seen.observe(found, {childList: true, characterData: true, subtree: true});
if (id === 'query') document.getElementById('finder').requestSubmit(); else field.onchange();
"""
OPEN = """
const done = arguments[arguments.length - 1], begun = performance.now();
const there = () => document.querySelector('#drawer-body .current');
const wait = () => (there() ? done(performance.now() - begun) : setTimeout(wait, 1));
document.querySelector('.theme .quotes a').click();
wait();
"""


def measure(driver: Any, file: Path) -> dict[str, float]:  # noqa: ANN401
    """Open the file three times and use it."""
    driver.set_script_timeout(120)
    paints, ready = [], []
    for _ in range(3):
        driver.get("about:blank")
        driver.get(file.as_uri())
        while not driver.execute_script("return document.documentElement.dataset.ready === 'yes'"):
            time.sleep(0.02)
        ready.append(driver.execute_script("return performance.now()"))
        paints.append(
            driver.execute_script("return performance.getEntriesByName('first-contentful-paint')[0].startTime")
        )
    opened = driver.execute_async_script(OPEN)
    driver.execute_script("document.getElementById('drawer').close()")
    first = driver.execute_async_script(APPLY, "query", "whatever comes first")[0]
    searches = [driver.execute_async_script(APPLY, "query", word)[0] for word in WORDS]
    driver.execute_async_script(APPLY, "query", "the")
    filters = [driver.execute_async_script(APPLY, "depth", value)[0] for value in ("top", "reply", "", "top", "")]
    return {
        "first paint": median(paints), "ready, at most": median(ready), "a quote opens": opened,
        "first search, unpacks all": first, "search, median": median(searches),
        "search, best": min(searches), "search, slowest": max(searches),
        "filter, median": median(filters),
    }  # fmt: skip


def main() -> None:
    """Print the table."""
    shared, comments = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 100_000
    run = make_run(shared, comments)
    begun = time.perf_counter()
    report = build_report(run)
    page = render_html(report)
    built = time.perf_counter() - begun
    chunks = sum(len(chunk) for chunk in report.details.chunks)
    size = len(page.encode())
    print(f"{comments:,} comments of {run.comments['text'].str.len().mean():.0f} characters, {len(run.pages):,} pages")
    print(f"built in {built:.1f} s; file {size / 1e6:.1f} MB, of which packed texts {chunks / 1e6:.1f} MB")
    print(
        f"before details are asked for: {(size - chunks) / 1e6:.1f} MB, "
        f"of which index {len(report.details.index) / 1e6:.1f} MB"
    )
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "report.html"
        file.write_text(page, encoding="utf-8")
        driver = open_browser()
        try:
            for name, value in measure(driver, file).items():
                print(f"{name:28} {value:8.0f} ms")
        finally:
            driver.quit()


if __name__ == "__main__":
    main()
