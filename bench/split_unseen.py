"""How HTML pages are split whose theme is unknown: labelled pages with their classes and ids renamed.

Run from the project's root: ``python -m bench.split_unseen SHARED``. At most three pages a site, so that no large
one decides. Every row is measured with the rules of platforms and without them.

- as they are;
- comment as feedback: every "comment" in a class or id replaced, as themes do that speak of something else;
- names that say nothing: every class and id replaced by letters without meaning, microdata taken out, as
  build tools do; what is left is mark-up, words, dates and links.
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from comments.split import html
from comments.split.html_bodies import Part
from comments.split.html_confidence import RATES, Evidence, weigh_page
from comments.split.html_counts import Declared
from comments.split.platform_rule import Platform
from comments.split.platforms import PLATFORMS
from reports.evaluation.score import sum_scores
from reports.evaluation.splitting import page_reliability, read_gold, score_rows

PAGES_A_SITE = 3
FOLDS, PRIOR = 5, 10
"""Parts that sites are drawn into, and how many pages a stated rate is worth beside those of other sites."""
_MARK = re.compile(r"""(\s(?:class|id)\s*=\s*)("[^"]*"|'[^']*'|[^\s"'>]+)""", re.IGNORECASE)
_MICRODATA = re.compile(r'\s(?:itemprop|itemtype|typeof|property)="[^"]*"')
SHOWN = ("comment_f1", "comment_f1_by_site", "boundary_f1", "boundary_f1_by_site", "exact", "article_f1", "false")


def rename(source: str, change: Callable[[str], str]) -> str:
    """Return a page with every class and id changed."""
    return _MARK.sub(lambda m: f'{m[1]}"{" ".join(map(change, m[2].strip(chr(34) + chr(39)).split()))}"', source)


def hide(name: str) -> str:
    """Return letters without meaning, the same for names that differ in numbers only."""
    digest = hashlib.sha256(re.sub(r"\d+", "", name).encode("utf-8", "replace")).hexdigest()
    return "z" + re.sub(r"\d", "", digest)[:6]


WAYS: dict[str, Callable[[str], str]] = {
    "as they are": lambda source: source,
    "comment as feedback": lambda source: rename(source, lambda name: re.sub("(?i)comment", "feedback", name)),
    "names that say nothing": lambda source: _MICRODATA.sub("", rename(source, hide)),
}


def pick_rows(path: Path) -> list[dict[str, Any]]:
    """Return the first pages of each site."""
    seen: Counter[str] = Counter()
    rows = []
    for row in read_gold(path).rows:
        seen[str(row.get("site"))] += 1
        if seen[str(row.get("site"))] <= PAGES_A_SITE:
            rows.append(dict(row))
    return rows


def print_reliability(held: list[tuple[str, tuple[str, str, str], bool]]) -> None:
    """Print how often pages of each kind were exact, and how well rates of other sites foretell those left out.

    Args:
        held: site, kind of page and whether it was exact, a row a page and way.
    """
    print(f"\n{'kind of page':48} pages  right  stated")
    for cell in RATES:
        right = [exact for _, kind, exact in held if kind == cell]
        if right:
            name = ", ".join(filter(None, cell))
            print(f"{name:48} {len(right):5d}  {sum(right) / len(right):5.2f}  {RATES[cell]:6.2f}")
    folds = sorted({site for site, _, _ in held})
    bins: dict[float, list[tuple[float, bool]]] = {}
    for site, cell, exact in held:
        other = [e for s, kind, e in held if kind == cell and folds.index(s) % FOLDS != folds.index(site) % FOLDS]
        said = (sum(other) + PRIOR * RATES[cell]) / (len(other) + PRIOR)
        bins.setdefault(min(int(said * 10) / 10, 0.9), []).append((said, exact))
    for low, pairs in sorted(bins.items()):
        said, right = (sum(column) / len(pairs) for column in zip(*pairs, strict=True))
        print(f"sites left out, {low:.1f} and more: {len(pairs):4d} pages, said {said:.2f}, right {right:.2f}")


def main() -> None:
    """Print a row for each way of renaming, then how well the stated confidence fits."""
    kinds: list[tuple[str, str, str]] = []
    held: list[tuple[str, tuple[str, str, str], bool]] = []

    def note(platform: Platform | None, parts: list[Part], pings: int, declared: Declared) -> Evidence:
        evidence = weigh_page(platform, parts, pings, declared)
        kinds.append(evidence.cell)
        return evidence

    html.weigh_page = note
    rows = pick_rows(Path(sys.argv[1]) / "data/split/pages.jsonl.gz")
    print(f"{len(rows)} pages\n{'':40}", "  ".join(SHOWN))
    for name, change in WAYS.items():
        changed = [row | {"html": change(row["html"])} for row in rows]
        for rules in (PLATFORMS, ()):
            html.PLATFORMS = rules
            scores = score_rows(changed)
            sums = sum_scores(scores).as_dict()
            held += [(str(r.get("site")), kind, s.exact) for r, kind, s in zip(changed, kinds, scores, strict=True)]
            kinds.clear()
            title = f"{name}, {'with' if rules else 'without'} rules"
            print(f"{title:40}", "  ".join(f"{sums[key]:{len(key)}.3f}" for key in SHOWN))
            bins = (
                f"{b.low:.2f}-{b.high:.2f}: {b.count} said {b.said:.2f} right {b.right:.2f}"
                for b in page_reliability(scores)
            )
            print(f"{'':40}", "; ".join(bins))
    print_reliability(held)


if __name__ == "__main__":
    main()
