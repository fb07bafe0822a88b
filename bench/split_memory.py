"""Memory and time of splitting one page, for real pages and for junk of every kind.

Run from the project's root: ``python -m bench.split_memory [SHARED] [MEGABYTES ...]``. Peak memory is what Python
counts (``tracemalloc``) while a page is split, the page's own bytes left out, in sizes of the page; seconds are of
processor time, without that count. With SHARED the longest threads of the labelled pages are among the pages, repeated
to length.
"""

from __future__ import annotations

import gzip
import json
import sys
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

from comments.model import Page
from comments.split import split_page

SIZES = (1.0, 5.0)
"""Megabytes of a page."""
BOUND = 4.0
"""Sizes of a page that splitting it may take."""

WORDS = "The road by the river was closed for weeks, and nobody in the town knew why it took so long. "
ENGLISH, RUSSIAN, JAPANESE = (
    WORDS,
    "Дорогу вдоль реки закрыли на несколько недель, и никто в городе не знал почему. ",
    "川沿いの道は数週間閉鎖され、なぜこんなに長くかかるのか町の誰も知らなかった。",
)


def _comment(number: int, text: str) -> str:
    """Return a comment as WordPress prints it."""
    return (
        f'<li class="comment even thread-even depth-1" id="li-comment-{number}"><article id="comment-{number}" '
        f'class="comment-body"><footer class="comment-meta"><div class="comment-author vcard"><img alt="" '
        f'src="https://secure.gravatar.com/avatar/{number:032x}?s=40" class="avatar avatar-40 photo" height="40" '
        f'width="40"><b class="fn"><a href="https://site{number}.example/" rel="external nofollow ugc" '
        f'class="url">Reader {number}</a></b> <span class="says">says:</span></div><div class="comment-metadata">'
        f'<a href="https://blog.example/2019/05/a-post/#comment-{number}"><time datetime="2019-05-03T10:12:00+00:00">'
        f'May 3, 2019 at 10:12 am</time></a></div></footer><div class="comment-content"><p>{number} {text}</p></div>'
        f'<div class="reply"><a rel="nofollow" class="comment-reply-link" href="/a-post/?replytocom={number}#respond" '
        f'data-commentid="{number}" aria-label="Reply to Reader {number}">Reply</a></div></article></li>\n'
    )


def _json(number: int) -> str:
    return (
        f'{{"@type":"Comment","text":"Comment {number} of many","author":{{"@type":"Person","name":"Ann {number}"}}}},'
    )


LIST, ITEM = "<ol class=commentlist>", "<li class=comment id=comment-"

REPEATED: dict[str, tuple[str, Callable[[int], str]]] = {
    "WordPress, two sentences a comment": ("<h2>Comments</h2>" + LIST, lambda n: _comment(n, 2 * ENGLISH)),
    "the same in Russian": ("<h2>Comments</h2>" + LIST, lambda n: _comment(n, 2 * RUSSIAN)),
    "article, English": ("<article>", lambda n: f"<p>{n} {4 * ENGLISH}</p>\n"),
    "article, Russian": ("<article>", lambda n: f"<p>{n} {4 * RUSSIAN}</p>\n"),
    "article, Japanese": ("<article>", lambda n: f"<p>{n} {4 * JAPANESE}</p>\n"),
    "article, English and one emoji": ("<article>", lambda n: f"<p>{n} {4 * ENGLISH}{'' if n else '😀'}</p>\n"),
    "nothing but <p>": ("", lambda n: "<p>"),
    "nothing but <i></i>": ("", lambda n: "<i></i>"),
    "nothing but <b>x": ("", lambda n: "<b>x"),
    "paragraphs of one letter": ("", lambda n: "<p>x</p>"),
    "a word to every 32 bytes": ("", lambda n: "<p class=a>one word here</p>    "),
    "links that all differ": ("", lambda n: f"<a href=/page/{n}>link {n}</a>"),
    "ids that all differ": ("", lambda n: f"<p id=x{n}>a"),
    "classes that all differ": ("", lambda n: f"<p class=x{n}>a"),
    "names of elements that all differ": ("", lambda n: f"<x{n}>a</x{n}>"),
    "headings called related": ("", lambda n: "<h2>Related</h2><p>x"),
    "headings": ("", lambda n: f"<h2>{n} comments</h2>"),
    "comments of two words": (LIST, lambda n: f"{ITEM}{n}><p>Two words</li>"),
    "comments of two words, no platform": (
        "<h3>Comments</h3><div id=comments>", lambda n: f"<div class=msg><b>Ann {n}</b> 3 May 2019<p>Two words</div>"),
    "comments of 400 bytes": (LIST, lambda n: f"{ITEM}{n}><p>{4 * ENGLISH[:84]}</li>"),
    "one comment of many paragraphs": (f"{LIST}{ITEM}1>", lambda n: f"<p>Words, {n} of them</p>"),
    "comments in each other": (LIST, lambda n: f"{ITEM}{n}><p>{ENGLISH}</p><ol class=children>"),
    "elements in each other": ("", lambda n: "<div>"),
    "JSON-LD": ('<p>Text</p><script type="application/ld+json">[', _json),
    "tags cut off": ("", lambda n: '<a href="'),
    "no tag at all": ("", lambda n: ENGLISH),
}  # fmt: skip
"""Pages of made-up parts, by name: how they begin and how a part with a number is written."""


def make_page(name: str, size: int) -> bytes:
    """Return a page of about ``size`` bytes."""
    begin, part = REPEATED[name]
    done = [begin]
    left, number = size - len(begin), 0
    while left > 0:
        done.append(part(number))
        left -= len(done[-1].encode())
        number += 1
    return "".join(done).encode()


def long_pages(shared: Path, size: int) -> dict[str, bytes]:
    """Return the labelled pages with most comments, their bodies repeated to about ``size`` bytes."""
    with gzip.open(shared / "data/split/pages.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line)["html"].encode("utf-8", "replace") for line in lines]
    pages = {}
    for data in sorted(rows, key=lambda page: -page.count(b"omment-"))[:3]:
        begin = max(0, data.find(b"<body"))
        body = data[begin:]
        pages[f"real thread of {len(data) // 1000} kB, repeated"] = data[:begin] + body * -(-size // len(body))
    return pages


def measure(data: bytes) -> tuple[float, float, str]:
    """Return peak memory in sizes of a page, seconds a megabyte, and what the split says of itself."""
    start = time.process_time()
    split_page(Page("", "", "html", data))
    seconds = time.process_time() - start
    tracemalloc.start()
    split = split_page(Page("", "", "html", data))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / len(data), seconds / len(data) * 1e6, split.reason or f"{split.found_count} comments"


def main() -> None:
    """Print a table; what takes more than the bound is marked."""
    named = [Path(word) for word in sys.argv[1:] if Path(word).is_dir()]
    sizes = [float(word) for word in sys.argv[1:] if not Path(word).is_dir()] or SIZES
    for size in sizes:
        pages = long_pages(named[0], int(size * 1e6)) if named else {}
        pages |= {name: make_page(name, int(size * 1e6)) for name in REPEATED}
        print(f"\n| pages of {size:g} MB | peak, sizes of the page | s a MB | |\n|---|---|---|---|")
        for name, data in pages.items():
            peak, seconds, outcome = measure(data)
            above = " (above)" if peak > BOUND else ""
            print(f"| {name} | {peak:.2f}{above} | {seconds:.2f} | {outcome} |", flush=True)


if __name__ == "__main__":
    main()
