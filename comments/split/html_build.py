"""Building the tree of a page: what a start tag opens and closes, what an end tag closes."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

from comments.split.html_kinds import COST, MOST_KNOWN, Kinds
from comments.split.html_nodes import Tag, read_tag
from comments.split.html_tags import (
    CLOSES,
    ENDS_P,
    HEADINGS,
    IS_BLOCK,
    IS_CLOSER,
    IS_HEAD,
    IS_KEPT,
    IS_LIST_WALL,
    IS_ONCE,
    IS_RARE,
    IS_SHUT,
    IS_TRACKED,
    IS_VOID,
    IS_WALL,
    LIST_WALLS,
    LOOSE,
    PAGE,
    TABLE_PARTS,
    TRACKED,
    WALLS,
)  # fmt: skip
from comments.split.tokens import END, LEAF, pieces, tag_name

if TYPE_CHECKING:
    from comments.split.tree import Tree

MAX_DEPTH = 512
"""Elements nested deeper become siblings, as in browsers; no walk up the tree is longer than this."""
FREE, PER_ELEMENT = 5_000, 40
"""Elements, or texts, that a page may have whatever its length, and how many code units each further one has to bring:
what real pages never reach keeps time and memory in proportion to the page. On the densest of the development pages
there is an element every 39 units, and none has more than 4,000."""

UNENDED = "<"
"""Before the name of an element that ends with the page only: no end tag has such a name."""


class Builder:
    """The open elements while a page is read.

    Attributes:
        stack: the open elements.
        awaited: the names that end them; empty for one whose end tag came while a block in it was open.
        open: places on the stack by tag name, of the names that others look for.
        walls, list_walls, blocks: places of the elements that stop a look upwards, so that no start or end tag
            has to walk the stack.
        over: how many end tags of each name belong to elements that were passed over.
        kinds: what start tags say.
    """

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.stack: list[int] = [0]
        self.awaited: list[str] = [""]
        self.open: dict[str, list[int]] = {name: [] for name in TRACKED}
        self.walls: list[int] = [0]
        self.list_walls: list[int] = [0]
        self.blocks: list[int] = [0]
        self.over: dict[str, int] = {}
        self.kinds = Kinds(tree)
        self.cuts: list[int] = []

    def run(self) -> None:  # noqa: C901
        """Read the page to its end."""
        # Everything in local names, because this runs for each tag; what is rare has a method.
        tree, opened, over, src = self.tree, self.open, self.over, self.tree.src
        stack, awaited, tags, owners, known = self.stack, self.awaited, tree.tags, tree.text_owner, self.kinds.known
        add_tag, add_start, add_parent, add_before = (
            tags.append, tree.start.append, tree.parent.append, tree.before.append
        )  # fmt: skip
        kinds, add_kind, note_id = self.kinds.found, self.kinds.add, self.kinds.note_id
        add_low, add_text = tree.text_lo.append, self.add_text
        inner_ends, ends, lasts, highs = self.make_room(src.count("<") + 1)
        links, heads, paragraphs, walls = opened["a"], opened["head"], opened["p"], self.walls
        limit = FREE
        kinds["", "", False, False] = root = Tag("", "", named=False, shut=False)
        self.add_element(root, "", 0)
        for at, lt, kind, written, end in pieces(src, cuts=self.cuts):
            if at < lt:
                size = len(src[at:lt].strip())
                if size:
                    add_text(stack[-1], at, lt, size, bool(links))
            if kind == END:
                if awaited[-1] != written or over:
                    self.close(written.lower(), lt, end)
                    continue
                index = stack.pop()
                awaited.pop()
                inner_ends[index] = lt
                ends[index] = end
                lasts[index] = len(tags)
                highs[index] = len(owners)
                what = tags[index].kind
                if what & IS_KEPT:
                    self.forget(written, what)
                if not awaited[-1] and len(awaited) > 1:
                    self.pop_to(len(awaited), end, end)
                continue
            if kind > LEAF:
                continue
            tag = known.get(written)
            if tag is None:
                read = read_tag(written)
                tag = kinds.get(read) or add_kind(read, lt)
                if tag is None:
                    self.pass_over(kind, written, lt, end)
                    continue
                if len(known) >= MOST_KNOWN:
                    self.kinds.forget_known()
                known[written] = tag
            what = tag.kind
            index = len(tags)
            if index >= limit:
                limit = self.room(lt)
            if index >= limit or over or what & IS_RARE or len(stack) >= MAX_DEPTH:
                self.begin_rare(kind, tag, written, lt, end)
                continue
            if what:
                if heads or what & IS_CLOSER or (what & ENDS_P and paragraphs and paragraphs[-1] > walls[-1]):
                    self.settle(tag.name, what, lt)
                if links and tag.name == "a":
                    self.leave("a", lt, lt)
            add_tag(tag)
            add_before(tag.latest)
            tag.latest = index
            if tag.named:
                note_id(index, written)
            add_start(lt)
            add_parent(stack[-1])
            add_low(len(owners))
            if kind == LEAF:
                # What holds nothing but text is never among the open elements.
                name = tag.name
                inner = lt + len(written) + 2
                inner_ends[index] = inner_end = end - len(name) - 3
                ends[index] = end
                lasts[index] = index + 1
                size = len(src[inner:inner_end].strip())
                if size:
                    add_text(index, inner, inner_end, size, bool(links) or name == "a")
                highs[index] = len(owners)
            elif what & IS_VOID:
                inner_ends[index] = ends[index] = end
                lasts[index] = index + 1
                highs[index] = len(owners)
            else:
                if what & IS_KEPT:
                    self.keep(tag.name, what)
                stack.append(index)
                awaited.append(tag.name)
        self.pop_to(0, len(src), len(src))
        for ending in (inner_ends, ends, lasts, highs):
            del ending[len(tags) :]
        self.kinds.end()
        tree.blind = self.cuts[0] if self.cuts else len(src)

    def pass_over(self, kind: int, written: str, start: int, end: int) -> None:
        """Read a start tag or a leaf as if it were not there but for its text."""
        inner, inner_end = start + len(written) + 2, end - len(tag_name(written)) - 3
        size = len(self.tree.src[inner:inner_end].strip()) if kind == LEAF else 0
        if size:
            self.add_text(self.stack[-1], inner, inner_end, size, bool(self.open["a"]))

    def room(self, at: int) -> int:
        """Return how many elements the page may have up to a place."""
        return FREE + at // PER_ELEMENT - COST * len(self.kinds.found)

    def begin_rare(self, kind: int, tag: Tag, written: str, start: int, end: int) -> None:
        """Read a start tag or a leaf that is too deep, one too many, ends itself or may come but once."""
        self.begin(tag, written, start, start + len(written) + 2)
        if kind == LEAF:
            inner, inner_end = start + len(written) + 2, end - len(tag.name) - 3
            size = len(self.tree.src[inner:inner_end].strip())
            if size:
                self.add_text(self.stack[-1], inner, inner_end, size, bool(self.open["a"]))
            self.close(tag.name, inner_end, end)

    def begin(self, tag: Tag, written: str, start: int, inner: int) -> None:
        """Read a start tag."""
        tree, opened = self.tree, self.open
        name, what = tag.name, tag.kind
        if what & ~IS_SHUT and self.settle(name, what, start):
            return
        if name == "a" and opened["a"]:
            self.leave("a", start, start)
        index = len(tree.tags)
        beyond = index > self.room(inner)
        if beyond or len(self.stack) >= MAX_DEPTH:
            # Too deep, it gets no inside; beyond all measure, it is passed over.
            if not what & IS_VOID:
                self.over[name] = self.over.get(name, 0) + 1
                what |= IS_VOID
            if beyond:
                tree.passed += 1
                return
        self.add_element(tag, written, start)
        if what & IS_VOID or (what & IS_SHUT and (name == "svg" or opened["svg"] or opened["math"] or ":" in name)):
            tree.inner_end[index] = tree.end[index] = inner
            tree.last[index] = index + 1
            tree.text_hi[index] = len(tree.text_owner)
            return
        self.keep(name, what)
        self.stack.append(index)
        self.awaited.append(UNENDED + name if what & IS_ONCE else name)

    def add_element(self, tag: Tag, written: str, start: int) -> None:
        """Note an element where its start tag stands."""
        tree = self.tree
        index = len(tree.tags)
        tree.before.append(tag.latest)
        tag.latest = index
        if tag.named:
            self.kinds.note_id(index, written)
        tree.tags.append(tag)
        tree.start.append(start)
        tree.parent.append(self.stack[-1])
        tree.text_lo.append(len(tree.text_owner))

    def keep(self, name: str, what: int) -> None:
        """Note an element that is about to be opened among those that others look for."""
        place = len(self.stack)
        if what & IS_TRACKED:
            self.open[name].append(place)
        if what & IS_BLOCK:
            self.blocks.append(place)
            if what & IS_WALL:
                self.walls.append(place)
            if what & IS_LIST_WALL:
                self.list_walls.append(place)

    def forget(self, name: str, what: int) -> None:
        """Take the last element out of what :meth:`keep` noted; ``name`` is empty where that was done before."""
        if what & IS_TRACKED and name:
            self.open[name].pop()
        if what & IS_BLOCK:
            self.blocks.pop()
            if what & IS_WALL:
                self.walls.pop()
            if what & IS_LIST_WALL:
                self.list_walls.pop()

    def make_room(self, tags: int) -> tuple[array[int], array[int], array[int], array[int]]:
        """Return the arrays that are filled when elements end, long enough for every element."""
        tree = self.tree
        rows = min(tags, FREE + len(tree.src) // PER_ELEMENT) + 2
        tree.inner_end, tree.end, tree.last, tree.text_hi = (array("i", bytes(4 * rows)) for _ in range(4))
        return tree.inner_end, tree.end, tree.last, tree.text_hi

    def add_text(self, owner: int, start: int, end: int, size: int, linked: bool) -> None:
        """Note a text that is not blank."""
        tree = self.tree
        weight, links, owners = tree.weight, tree.links, tree.text_owner
        if len(owners) > FREE + end // PER_ELEMENT and owners[-1] == owner:
            tree.text_end[-1] = end
            weight[-1] += size
            links[-1] += size if linked else 0
            return
        tree.text_start.append(start)
        tree.text_end.append(end)
        owners.append(owner)
        tree.text_linked.append(linked)
        weight.append(weight[-1] + size)
        links.append(links[-1] + size if linked else links[-1])

    def settle(self, name: str, kind: int, start: int) -> bool:
        """Close what a start tag implies the end of; return whether the tag itself is to be ignored."""
        opened = self.open
        if kind & IS_ONCE and opened[name]:
            return True
        if opened["head"] and not kind & IS_HEAD:
            self.pop_to(opened["head"][-1], start, start)
        if kind & ENDS_P and opened["p"] and opened["p"][-1] > self.walls[-1]:
            self.pop_to(opened["p"][-1], start, start)
        if kind & IS_CLOSER:
            names, stops = CLOSES[name]
            if stops is LIST_WALLS:
                wall = self.list_walls[-1]
            else:
                wall = max((opened[stop][-1] for stop in stops if opened[stop]), default=0)
            ends = [opened[n][-1] for n in names if opened[n] and opened[n][-1] > wall]
            if ends:
                self.pop_to(min(ends), start, start)
        return False

    def close(self, name: str, start: int, end: int) -> None:
        """Close what an end tag closes, if anything."""
        opened = self.open
        if self.over.get(name):
            self.over[name] -= 1
            if not self.over[name]:
                del self.over[name]
            return
        at = self.find_open(name)
        if not at:
            return
        if name in LOOSE:
            self.leave(name, start, end)
        elif name in TABLE_PARTS:
            if at >= (opened["table"][-1] if opened["table"] else 0):
                self.pop_to(at, start, end)
        elif name == "li":
            if at > max((opened[n][-1] for n in ("ul", "ol") if opened[n]), default=0):
                self.pop_to(at, start, end)
        elif name not in PAGE and (at > self.walls[-1] or (name in WALLS and at == self.walls[-1])):
            self.pop_to(at, start, end)

    def find_open(self, name: str) -> int:
        """Return the place of the last open element of a name, 0 where there is none; any heading ends a heading."""
        awaited = self.awaited
        if name in awaited:
            return len(awaited) - 1 - awaited[::-1].index(name)
        if name in HEADINGS:
            return max((self.find_open(h) for h in HEADINGS if h in awaited), default=0)
        return 0

    def leave(self, name: str, start: int, end: int) -> None:
        """Close the last open inline element of a name.

        Where a block has begun inside of it, the block goes on, and the element ends with it.
        """
        at = self.find_open(name)
        if at > self.blocks[-1] or (name == "form" and at == self.blocks[-1]):
            self.pop_to(at, start, end)
        else:
            self.awaited[at] = ""
            if name in self.open:
                self.open[name].pop()

    def pop_to(self, at: int, inner_end: int, end: int) -> None:
        """Close the element at place ``at`` of the stack, all in it, and those around it that only waited for it."""
        tree, stack, awaited = self.tree, self.stack, self.awaited
        last, text_hi = len(tree.tags), len(tree.text_owner)
        place = len(stack)
        while place > at or (place > 1 and not awaited[-1]):
            place -= 1
            index = stack.pop()
            name = awaited.pop()
            # What ended before what it holds ends with that, behind its end tag.
            tree.inner_end[index] = inner_end if place >= at else end
            tree.end[index] = inner_end if place > at else end
            tree.last[index] = last
            tree.text_hi[index] = text_hi
            tag = tree.tags[index]
            self.forget(name and tag.name, tag.kind)
