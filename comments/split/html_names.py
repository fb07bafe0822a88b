"""Names of readers that nothing marks as names: what stands in the same place of every comment, short and different."""

from __future__ import annotations

import re
from collections.abc import Sequence

from comments.split.dates import find_date
from comments.split.headings import is_control
from comments.split.html_bodies import Part
from comments.split.html_columns import Path, regular_columns
from comments.split.html_facts import clean_name
from comments.split.text_names import is_name
from comments.split.tree import Node, Tree

ALIKE, DIFFERENT = 0.9, 0.5
"""Part of the comments in which it must look like a name, and how many of the names must differ."""
_HINT = re.compile(
    r"autho|autor|auteur|user|usuario|utente|nick|name|namn|naam|nome|nombre|pseudo|poster|member|handle|who|signature|bold",
    re.IGNORECASE,
)


def add_names(tree: Tree, parts: Sequence[Part]) -> None:
    """Fill in the authors of comments from what looks like names in the same place of each.

    Args:
        tree: the page.
        parts: comments most of which have no author yet.
    """
    found: dict[Path, dict[int, str]] = {}
    for path, column in regular_columns(tree, [part.unit for part in parts]).items():
        names = {i: name for i, at in zip(*column, strict=True) if (name := _name_in(tree, tree.node(at), parts[i]))}
        # One reader may write all comments of a short page, but a word that is always the same is a label.
        differ = len(set(names.values())) >= max(2, DIFFERENT * len(names))
        if differ and any(_rank(path)[:2]) and len(names) >= ALIKE * len(parts):
            found[path] = names
    if found:
        for i, name in found[max(found, key=_rank)].items():
            parts[i].author = parts[i].author or name


def _rank(path: Path) -> tuple[bool, bool, int]:
    """Return how surely an element holds a name: by its own name, as a link or in bold, the innermost."""
    last = path[-1] if path else ""
    tag = last.partition(".")[0]
    return bool(_HINT.search(last)), tag in ("a", "b", "strong", "cite"), len(path)


def _name_in(tree: Tree, node: Node, part: Part) -> str | None:
    if not 0 < tree.size(node) <= 60 or (node.start < part.end and node.end > part.start):
        return None
    text = tree.words(node, 80)
    if find_date(text) or is_control(text) or not is_name(text) or not any(map(str.isalpha, text)):
        return None
    # A title is often the first words of the text.
    if tree.text(part.start, min(part.end, part.start + 200)).removeprefix("<p>").lstrip().startswith(text):
        return None
    return clean_name(text)
