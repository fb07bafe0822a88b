"""What the page keeps packed until it is asked for: every comment, every article, and an index of them.

The index holds a few numbers a comment and is unpacked once. Texts lie in chunks of whole pages, each
unpacked when one of its comments is opened, and all of them at the first search.
"""

from __future__ import annotations

import base64
import json
import re
import zlib
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from reports.page.source import comment_anchor, date_of, page_anchor, shown, theme_anchor
from reports.page.threads import thread_order
from reports.rows import day_of_comment, list_of, real_of, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reports.page.levels import Level
    from reports.page.source import Source

CHUNK = 400_000  # characters of text in a chunk: unpacked in a few milliseconds
ARTICLE = 200_000  # characters of an article that are kept
# What no HTML or UTF-8 file may hold: control characters, lone surrogates, noncharacters.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Details:
    """Packed blocks: text that holds only letters, digits, ``+``, ``/`` and ``=``.

    Attributes:
        index: the index.
        chunks: texts, in the order of the pages.
    """

    index: str
    chunks: tuple[str, ...]


def build_details(source: Source, labels: Sequence[tuple[str, str, str]], levels: Sequence[Level] = ()) -> Details:
    """Pack every comment of a run.

    Args:
        source: the run.
        labels: theme id, label and kind of every theme, in the order of the list.
        levels: groups of themes on other levels.
    """
    order = [(page, thread_order(source, page)) for page in source.pages]
    place = {i: n for n, i in enumerate(i for _, tree in order for i, _ in tree)}
    number = {theme_id: n for n, (theme_id, _, _) in enumerate(labels)}
    reasons = sorted({text_of(c, "residual_reason") or "" for c in source.comments.values()} | {""})
    languages = sorted({text_of(c, "language") or "" for c in source.comments.values()} | {""})
    pages: list[dict[str, Any]] = []
    chunks: list[str] = []
    waiting: list[dict[str, Any]] = []
    size = 0
    for page_id, tree in order:
        body = _body(source, page_id, [i for i, _ in tree])
        waiting.append(body)
        size += len(body["article"]) + sum(len(row[0]) + 60 for row in body["rows"])
        pages.append(_page(source, page_id, len(tree), len(chunks), len(waiting) - 1))
        if size >= CHUNK:
            chunks.append(pack(waiting))
            waiting, size = [], 0
    if waiting:
        chunks.append(pack(waiting))
    index = {
        "anchors": "".join(comment_anchor(i)[2:] for i in place),
        "pages": pages,
        "themes": [{"id": i, "anchor": theme_anchor(i), "label": label, "kind": kind} for i, label, kind in labels],
        "reasons": reasons,
        "languages": languages,
        "depth": [depth for _, tree in order for _, depth in tree],
        "up": [n - place[p] if (p := source.parent(i)) is not None and p != i else 0 for i, n in place.items()],
        "day": [_day(source, i) for i in place],
        "language": [languages.index(text_of(source.comments[i], "language") or "") for i in place],
        "why": [_why(source, i, reasons) for i in place],
        "tags": [[number[t] for t in source.themes_of.get(i, ()) if t in number] for i in place],
        "map": _map(source, place),
        "levels": [_level(level, place) for level in levels],
        "near": list(_near(source, place)),
    }
    return Details(pack(index), tuple(chunks))


def pack(value: object) -> str:
    """Return a value as JSON, deflated, in base 64; the same value gives the same text."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
    return base64.b64encode(deflate.compress(text.encode()) + deflate.flush()).decode()


def printable(text: str) -> str:
    """Return the text with every character that a UTF-8 page may not hold as U+FFFD."""
    return _UNPRINTABLE.sub("\ufffd", text)


def _page(source: Source, page_id: str, count: int, chunk: int, place: int) -> dict[str, Any]:
    page = source.pages[page_id]
    return {
        "anchor": page_anchor(page_id),
        "title": printable(source.title(page_id)),
        "source": printable(text_of(page, "source") or ""),
        "url": printable(text_of(page, "url") or ""),
        "kind": text_of(page, "kind") or "",
        "count": count,
        "chunk": chunk,
        "place": place,
    }


def _body(source: Source, page_id: str, ids: Sequence[str]) -> dict[str, Any]:
    article = text_of(source.pages[page_id], "article") or ""
    return {
        "article": printable(article[:ARTICLE]),
        "cut": len(article) > ARTICLE,
        "rows": [list(_cells(source, i)) for i in ids],
    }


def _cells(source: Source, comment_id: str) -> Iterator[Any]:
    """Text, author, date, permalink, first and last byte, part read: what a comment shows when it is opened."""
    c = source.comments[comment_id]
    yield printable(shown(c))
    for value in (text_of(c, "author"), date_of(c), text_of(c, "permalink")):
        yield None if value is None else printable(value)
    start, end = real_of(c, "start"), real_of(c, "end")
    yield None if start is None else int(start)
    yield None if end is None else int(end)
    seen = real_of(c, "text_seen")
    yield None if seen is None or seen >= 1 else round(seen, 3)
    yield printable(comment_id)


def _day(source: Source, comment_id: str) -> int | None:
    """Days since 1970, so that a filter compares numbers."""
    day = day_of_comment(source.comments[comment_id])
    return None if day is None else date.fromisoformat(day).toordinal() - date(1970, 1, 1).toordinal()


def _why(source: Source, comment_id: str, reasons: Sequence[str]) -> int:
    if comment_id in source.themes_of:
        return -1
    return reasons.index(text_of(source.comments[comment_id], "residual_reason") or "")


def _level(level: Level, place: dict[str, int]) -> dict[str, Any]:
    """A level: its groups, and for every comment the number of its group, -1 where it is in none."""
    number = {group.anchor: n for n, group in enumerate(level.groups)}
    return {
        "level": level.number,
        "groups": [{"anchor": g.anchor, "label": g.label} for g in level.groups],
        "of": [number.get(level.members.get(i, ""), -1) for i in place],
    }


def _near(source: Source, place: dict[str, int]) -> Iterator[list[int]]:
    """For each comment with comments like it: its number, then the number and closeness in percent of each."""
    for r in source.more("similar"):
        pairs = zip(list_of(r, "similar"), list_of(r, "closeness"), strict=True)
        flat = [v for other, close in pairs if other in place for v in (place[other], round(100 * float(close)))]
        if flat and r["comment_id"] in place:
            yield [place[r["comment_id"]], *flat]


def _map(source: Source, place: dict[str, int]) -> list[int] | None:
    """Positions on the map as pairs of whole numbers from 0 to 4095 by comment, -1 where there is none."""
    points = {
        r["comment_id"]: (float(r["x"]), float(r["y"]))
        for r in source.more("map")
        if r["comment_id"] in place and r.get("x") is not None and r.get("y") is not None
    }
    if len(points) < 2:
        return None
    xs, ys = zip(*points.values(), strict=True)
    left, low = min(xs), min(ys)
    scale = 4095 / (max(max(xs) - left, max(ys) - low) or 1.0)
    flat: list[int] = []
    for i in place:
        x, y = points.get(i, (None, None))
        flat += [-1, -1] if x is None or y is None else [round((x - left) * scale), round((y - low) * scale)]
    return flat
