"""What the start tags of a page say: names and classes that many share, ids, and how many of them a page may have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from comments.split.html_nodes import Tag, Written, read_id
from comments.split.html_tags import KINDS, LOOSE
from comments.split.name_lines import MOST_APART

if TYPE_CHECKING:
    from comments.split.tree import Tree

FREE_KINDS, PER_KIND, COST = 700, 512, 5
"""Different tags, by name and classes, that a page may have whatever its length, how many code units each further one
has to bring, and as how many elements each counts. The densest of the development pages has one every 137 units, and
none has more than 507."""
FREE_IDS, PER_ID = 1_000, 128
"""The same for ids: the densest page has one every 236 units, and none has more than 344."""
MOST_KNOWN = 1024
"""Start tags of which it is remembered what they say, as they are written."""


class Kinds:
    """What start tags say, while a page is read.

    Attributes:
        known: what they say, by how they are written.
        found: the same by what they share with others.
        ids: the ids so far, a line each.
    """

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.known: dict[str, Tag] = {}
        self.found: dict[Written, Tag] = {}
        self.ids: list[str] = []

    def add(self, read: Written, start: int) -> Tag | None:
        """Return what a start tag of a new kind says, None where it is passed over because there are too many."""
        name, classes, named, shut = read
        if len(self.found) >= FREE_KINDS + start // PER_KIND:
            self.tree.passed += 1
            if name not in KINDS and name not in LOOSE:
                return None
            classes = ""
        key = name, classes, named, shut
        if key not in self.found:
            self.found[key] = Tag(name, classes, named=named, shut=shut)
        return self.found[key]

    def forget_known(self) -> None:
        """Let go of start tags as written, after a look for the letters of which was asked."""
        tree, tags = self.tree, "\n".join(self.known)
        tree.told.update(word for word in tree.asked if word in tags)
        self.known.clear()

    def note_id(self, index: int, written: str) -> None:
        """Note the id of an element."""
        if len(self.tree.named) >= FREE_IDS + self.tree.start[-1] // PER_ID:
            self.tree.passed += 1
            return
        self.tree.named.append(index)
        ids = self.ids
        ids.append(read_id(written).replace("\n", " "))
        if len(ids) > MOST_APART:
            self.ids = ["\n".join(ids)]

    def end(self) -> None:
        """Hand all of it on to the tree."""
        self.forget_known()
        self.tree.kinds = list(self.found.values())
        self.tree.set_ids("\n".join([*self.ids, ""]))
