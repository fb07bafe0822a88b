"""Splitting an HTML page: rules of known platforms first, then whatever repeats like comments."""

from __future__ import annotations

from comments.model import Comment, Page, Span, Split, SplitReason, partition
from comments.split.html_article import find_article
from comments.split.decode import html_text
from comments.split.html_facts import add_facts
from comments.split.headings import find_heading
from comments.split.html_detect import GENERAL, detect_units
from comments.split.marks import Index
from comments.split.platforms import PLATFORMS, Platform
from comments.split.tree import Tree
from comments.split.html_units import Part, Unit, dissect, find_units

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6", ".*comment*", "#*comment*")


def split_html(page: Page) -> Split:
    """Take an HTML page apart into article, comments and furniture."""
    tree = Tree(page.data, page.encoding)
    if not tree.texts:
        return Split(page, partition(len(page.data), []), "", (), reason="page is empty", confidence=1.0, method="html")
    index = Index(tree)
    platform, parts, pings, units = _by_platform(index)
    taken = [(tree.nodes[u.lo].start, _end(tree, u)) for u in units if u.parent is None]
    article = find_article(index, taken)
    width = tree.width
    comments = _comments(page, parts, width)
    spans = [Span(p.start * width, p.end * width, "comment") for p in parts]
    pieces = [Span(a * width, b * width, "article") for a, b in article]
    text = "\n".join(html_text(page.data[s.start : s.end], page.encoding) for s in pieces)
    declared, section = declared_count(index, taken)
    reason: SplitReason | None = None
    if not comments:
        reason = "no comment section found"
        if section:
            reason = "comment section found, but it is empty"
    return Split(
        page,
        partition(len(page.data), spans + pieces),
        text,
        comments,
        declared_count=declared,
        confidence=platform.sure if platform else 0.8,
        reason=reason,
        method=f"html:{platform.name}" if platform else "html",
        notes=(f"{pings} pingbacks or trackbacks set aside",) if pings else (),
    )


def _end(tree: Tree, unit: Unit) -> int:
    """Place after a unit."""
    if unit.hi == unit.node.last:
        return unit.node.end
    return tree.nodes[unit.hi].start if unit.hi < len(tree.nodes) else len(tree.src)


def _by_platform(index: Index) -> tuple[Platform | None, list[Part], int, list[Unit]]:
    for platform in PLATFORMS:
        if platform.needle not in index.tree.src:
            continue
        units = find_units(index, platform)
        found = [part for unit in units if (part := dissect(index, unit, platform)) is not None]
        parts = [part for part in found if not part.ping]
        if found:
            for part in parts:
                add_facts(index, part, platform)
            return platform, sorted(parts, key=lambda p: p.start), len(found) - len(parts), units
    units, _ = detect_units(index)
    found = [part for unit in units if (part := dissect(index, unit, GENERAL)) is not None]
    parts = [part for part in found if not part.ping]
    for part in parts:
        add_facts(index, part, GENERAL)
    return (GENERAL if parts else None), sorted(parts, key=lambda p: p.start), len(found) - len(parts), units


def _comments(page: Page, parts: list[Part], width: int) -> tuple[Comment, ...]:
    places = {id(part.unit): i for i, part in enumerate(parts)}
    comments: list[Comment] = []
    for part in parts:
        depth, parent, up = 1, None, part.unit.parent
        while up is not None:
            depth += 1
            if parent is None:
                parent = places.get(id(up))
            up = up.parent
        start, end = part.start * width, part.end * width
        comments.append(
            Comment(
                html_text(page.data[start:end], page.encoding), start, end, part.author, part.posted_at,
                part.created_at, depth, parent, "nesting" if parent is not None else "none",
                part.permalink, part.likes, 0.97 if part.explicit else 0.85,
            )
        )  # fmt: skip
    return tuple(comments)


def declared_count(index: Index, taken: list[tuple[int, int]]) -> tuple[int | None, bool]:
    """Return how many comments the page says it has, and whether it has a section for them."""
    tree = index.tree
    first = min((start for start, _ in taken), default=len(tree.src))
    heads = index.find_all(HEADINGS)
    best: tuple[int, int] | None = None
    section = False
    for node in heads:
        if not 0 < tree.size(node) < 250:
            continue
        heading = find_heading(tree.words(node, 300))
        if heading is None:
            continue
        section = True
        if heading.count is not None:
            distance = abs(first - node.start) if taken else 0
            if best is None or distance < best[0]:
                best = distance, heading.count
    return (best[1] if best else None), section or bool(index.find_all(("#comments", "#respond", "#commentform")))


def explain_html(page: Page) -> list[tuple[int, int, str, str]]:
    """Return every span of a page with its role and the rule that gave it."""
    split = split_html(page)
    rows: list[tuple[int, int, str, str]] = []
    for span in split.spans:
        why = split.method if span.role != "furniture" else "in no article and no comment"
        rows.append((span.start, span.end, span.role, why))
    return rows
