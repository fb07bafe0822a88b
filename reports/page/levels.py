"""Levels of themes: groups of several themes, or parts of one, that a reader may look at instead of the themes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from comments.model import digest
from reports.page.source import theme_anchor
from reports.rows import Row, list_of, real_of, text_of, whole_of

if TYPE_CHECKING:
    from reports.page.source import Source


@dataclass(frozen=True, slots=True)
class Layer:
    """A group of themes above, or a part of one below, those of the list; ``named`` as in a theme."""

    anchor: str
    label: str
    level: int
    count: int
    share: float
    low: float | None
    high: float | None
    stability: float | None
    pages: int
    named: tuple[int, int] | None
    themes: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Level:
    """All groups of one level, largest first, and in which of them each comment is."""

    number: int
    name: str
    groups: tuple[Layer, ...]
    members: dict[str, str]


def read_levels(source: Source) -> tuple[Level, ...]:
    """Return every level but that of the themes, coarsest first."""
    rows = source.more("layers")
    chosen = max((whole_of(r, "level") or 0 for r in rows if r.get("chosen")), default=None)
    by_level: dict[int, list[Row]] = {}
    for r in rows:
        if not r.get("chosen"):
            by_level.setdefault(whole_of(r, "level") or 0, []).append(r)
    inside: dict[int, dict[str, str]] = {}
    for r in source.more("layer_members"):
        if r["comment_id"] in source.comments:
            inside.setdefault(whole_of(r, "level") or 0, {})[r["comment_id"]] = str(r["node_id"])
    levels = []
    for number, nodes in sorted(by_level.items()):
        members = inside.get(number, {})
        held: dict[str, list[str]] = {}
        for comment_id, node in members.items():
            held.setdefault(node, []).append(comment_id)
        groups = [_layer(source, r, held.get(str(r["node_id"]), [])) for r in nodes]
        groups.sort(key=lambda g: (-g.count, g.anchor))
        wider = chosen is None or number < chosen
        name = f"{len(groups)} {'wider' if wider else 'finer'} group{'' if len(groups) == 1 else 's'}"
        anchors = {i: group_anchor(node) for i, node in members.items()}
        levels.append(Level(number, name, tuple(groups), anchors))
    return tuple(levels)


def group_anchor(node_id: str) -> str:
    """The id of a group in the page."""
    return f"g-{digest(node_id, size=10)}"


def _layer(source: Source, row: Row, members: list[str]) -> Layer:
    authors = [name for i in members if (name := text_of(source.comments[i], "author"))]
    return Layer(
        anchor=group_anchor(str(row["node_id"])),
        label=text_of(row, "label") or "unnamed",
        level=whole_of(row, "level") or 0,
        count=whole_of(row, "count") or 0,
        share=real_of(row, "share") or 0.0,
        low=real_of(row, "share_low"),
        high=real_of(row, "share_high"),
        stability=real_of(row, "stability"),
        pages=len({source.comments[i]["page_id"] for i in members}),
        named=(len(set(authors)), len(authors)) if authors else None,
        themes=tuple(
            (theme_anchor(t), source.label(t)) for t in map(str, list_of(row, "theme_ids")) if t in source.themes
        ),
    )
