"""How pages of systems are split that nobody looked at while rules were written, as HTML and as text renderings.

Run from the project's root: ``python -m bench.unseen_systems SHARED``. The pages are made (:mod:`bench.made_systems`),
what readers say is real (English comments of ``SHARED/data/comments``, other languages in words of our own). A third of
the systems, drawn by hash, is put aside: nothing was mended on them. Renderers that are not installed are left out.
"""

from __future__ import annotations

import random
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from bench.made_systems import make_pages, read_systems
from bench.parents import count_parents
from reports.evaluation.score import GroupScore, sum_scores, tokens
from reports.evaluation.splitting import score_rows

SOURCES = {
    "news_comments_c3": 900, "news_comments_civil": 700, "news_comments_roomfordebate": 300, "forum_debates_iac": 900,
    "reddit_news_threads_2015feb": 1500, "news_video_comments_youtube": 400,
}  # fmt: skip
"""Files of real comments, and how many are drawn of each."""
LONGEST = 3000
SHORT = ("Thanks!", "Great post.", "+1", "LOL", "I agree.", "First!", "This.", "Nice.", "So true!!!", "?") * 12
"""Comments of a word or two, of which the data hold fewer than blogs do."""
BLOCKS = frozenset([
    "address", "article", "aside", "blockquote", "br", "dd", "div", "dl", "dt", "fieldset", "figcaption", "figure",
    "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre",
    "section", "table", "td", "th", "title", "tr", "ul",
])  # fmt: skip
HALVES = (("mended on", False), ("put aside", True))
_WORD = re.compile(r"\w+")
Renderer = Callable[[str], str]


def read_texts(shared: Path) -> list[str]:
    """Return real comments, drawn with a fixed seed."""
    import pandas as pd

    draw = random.Random(11)
    texts: list[str] = []
    for name, count in SOURCES.items():
        held = pd.read_parquet(shared / f"data/comments/{name}_dev.parquet", columns=["text"])["text"].dropna()
        fitting = [text.strip() for text in held if 0 < len(text.strip()) < LONGEST]
        texts += draw.sample(fitting, count)
    return [re.sub(r"[\x00-\x08\x0b-\x1f]", " ", text) for text in texts] + list(SHORT)


def renderers() -> dict[str, Renderer]:
    """Return the renderers that are installed, by name."""
    found: dict[str, Renderer] = {}
    if find_spec("resiliparse"):
        from resiliparse.extract.html2text import extract_plain_text as extract

        found["resiliparse, main content"] = lambda html: extract(html, main_content=True)
        found["resiliparse, no bullets"] = lambda html: extract(html, main_content=True, list_bullets=False)
        found["resiliparse, whole page"] = lambda html: extract(html, main_content=False)
    if find_spec("trafilatura"):
        import trafilatura

        found["trafilatura"] = lambda html: trafilatura.extract(html, include_comments=True) or ""
    if find_spec("inscriptis"):
        import inscriptis

        found["inscriptis"] = inscriptis.get_text
    if find_spec("html2text"):
        import html2text

        found["html2text"] = lambda html: html2text.html2text(html, bodywidth=0)
    if find_spec("html_text"):
        import html_text

        found["html-text"] = html_text.extract_text
    found["a line a block"] = _lines_of_blocks
    for name, options in (("lynx", ["-dump", "-stdin"]), ("w3m", ["-dump", "-T", "text/html", "-I", "utf-8"])):
        if shutil.which(name):
            found[name] = lambda html, name=name, options=options: _run([name, *options], html)
    return found


def _lines_of_blocks(html: str) -> str:
    """Render a page as Common Crawl's WET files do: a line for each block, nothing moved in, no line empty."""
    import lxml.html

    tree = lxml.html.fromstring(html.encode(), parser=lxml.html.HTMLParser(encoding="utf-8"))
    for node in tree.xpath("//script|//style|//noscript"):
        node.drop_tree()
    parts: list[str] = []
    for event, node in lxml.etree.iterwalk(tree, events=("start", "end")):
        said = node.text if event == "start" else node.tail
        parts.append(f"{chr(10) if node.tag in BLOCKS else ''}{said or ''}")
    lines = (" ".join(line.split()) for line in "".join(parts).split(chr(10)))
    return chr(10).join(filter(None, lines))


def _run(command: Sequence[str], html: str) -> str:
    done = subprocess.run(command, input=html.encode(), capture_output=True, check=True)
    return done.stdout.decode("utf-8", "replace")


def render(row: dict[str, Any], renderer: Renderer) -> dict[str, Any] | None:
    """Return a page as text with the comments that are left of it, None where one is left in part."""
    text = renderer(row["html"])
    words = _WORD.findall(text.lower())
    at = 0
    kept: list[dict[str, Any]] = []
    for comment in row["comments"]:
        own = _WORD.findall(comment["text"].lower())
        found = _find(words, own, at)
        if found is not None:
            kept.append(comment)
            at = found + len(own)
        elif len(own) >= 6 and any(_find(words, own[k : k + 6], 0) is not None for k in range(0, len(own) - 5, 3)):
            return None
    inside = tokens(row["article"]) & tokens(text)
    article = row["article"] if inside.total() > 0.8 * tokens(row["article"]).total() else ""
    rest = {key: value for key, value in row.items() if key != "html"}
    return rest | {"text": text, "comments": kept, "article": article} if text.strip() else None


def _find(words: Sequence[str], part: Sequence[str], start: int) -> int | None:
    """Return where a run of words stands at or after ``start``."""
    if not part:
        return start
    size = len(part)
    places = (k for k in range(start, len(words) - size + 1) if words[k] == part[0] and words[k : k + size] == part)
    return next(places, None)


def print_row(title: str, score: GroupScore) -> None:
    """Print what was measured on pages of a kind."""
    held = score.as_dict()
    keys = ("comment_f1", "comment_f1_by_site", "boundary_f1", "boundary_f1_by_site", "exact", "false")
    values = ("    -" if held[key] is None else f"{held[key]:5.3f}" for key in keys)
    print(f"{title:42} {score.pages:5d}  {'  '.join(values)}")


def measure(rows: Iterable[dict[str, Any]], aside: frozenset[str], title: str, *, by_system: bool = False) -> None:
    """Print the scores of pages in both halves, and by system if asked for."""
    rows = list(rows)
    scores = score_rows(rows)
    for half, put_aside in HALVES:
        held = [s for s in scores if (s.site in aside) is put_aside]
        if held:
            print_row(f"{title}, {half}", sum_scores(held))
            if by_system:
                for site in sorted({s.site for s in held}):
                    print_row(f"    {site}", sum_scores([s for s in held if s.site == site]))


def main() -> None:
    """Print a row for each renderer and half."""
    systems = read_systems()
    aside = frozenset(system.name for system in systems if system.aside)
    texts = read_texts(Path(sys.argv[1]))
    pages = [page for system in systems for page in make_pages(system, texts)]
    print(f"{len(pages)} pages of {len(systems)} systems, {len(aside)} of them put aside")
    print(f"{'':42} pages  comment F1, by system; boundary F1, by system; exact; false")
    measure(pages, aside, "HTML", by_system="--systems" in sys.argv)
    for half, put_aside in HALVES:
        held = sum((count_parents(page) for page in pages if (page["site"] in aside) is put_aside), Counter[str]())
        print(
            f"{f'HTML parents, {half}':42} nested {held['nested']}, found {held['both found']}, right {held['right']}"
        )
    for name, renderer in renderers().items():
        measure(filter(None, (render(page, renderer) for page in pages)), aside, name)


if __name__ == "__main__":
    main()
