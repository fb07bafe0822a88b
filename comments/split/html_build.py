"""Building the tree of a page: what a start tag opens and closes, what an end tag closes."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

from comments.split.decode import BLOCKS
from comments.split.html_nodes import Marks
from comments.split.tokens import END, START, pieces

if TYPE_CHECKING:
    from comments.split.tree import Tree

VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
        "basefont",
        "frame",
        "keygen",
    ]
)
MAX_DEPTH = 512
"""Elements nested deeper become siblings, as in browsers; no walk up the tree is longer than this."""
FREE, PER_ELEMENT = 20_000, 24
"""Elements that a page may have whatever its length, and how many code units each further one has to bring:
what real pages never reach keeps time and memory in proportion to the page."""

_CLOSES_P = BLOCKS - {
    "body",
    "html",
    "option",
    "optgroup",
    "select",
    "caption",
    "tbody",
    "tfoot",
    "thead",
    "tr",
}
_WALLS = frozenset(["html", "table", "td", "th", "caption", "object", "template", "button", "applet", "marquee"])
_LIST_WALLS = (BLOCKS | _WALLS) - frozenset(["address", "div", "p", "li", "dd", "dt", "option", "optgroup"])
_LOOSE = frozenset(
    [
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "del",
        "dfn",
        "em",
        "font",
        "form",
        "i",
        "ins",
        "kbd",
        "label",
        "mark",
        "nobr",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
    ]
)
_IN_HEAD = frozenset(["base", "link", "meta", "noscript", "script", "style", "template", "title"])
_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
# What a start tag closes first, and which open element stops it (HTML standard, 13.1.2.4).
_CLOSES = {
    "li": (("li",), _LIST_WALLS),
    "dt": (("dt", "dd"), _LIST_WALLS),
    "dd": (("dt", "dd"), _LIST_WALLS),
    "td": (("td", "th"), frozenset(["tr", "table"])),
    "th": (("td", "th"), frozenset(["tr", "table"])),
    "tr": (("tr", "caption"), frozenset(["table"])),
    "tbody": (("tbody", "thead", "tfoot", "caption", "tr"), frozenset(["table"])),
    "thead": (("tbody", "thead", "tfoot", "caption", "tr"), frozenset(["table"])),
    "tfoot": (("tbody", "thead", "tfoot", "caption", "tr"), frozenset(["table"])),
    "option": (("option",), frozenset(["select", "datalist", "optgroup"])),
    "optgroup": (("optgroup", "option"), frozenset(["select"])),
}
_TABLE_PARTS = frozenset(["table", "tr", "td", "th", "tbody", "thead", "tfoot", "caption"])
_PAGE = frozenset(["html", "body"])
_TRACKED = (
    frozenset(_CLOSES) | _PAGE | _TABLE_PARTS | {"a", "p", "head", "ul", "ol", "select", "datalist", "svg", "math"}
)
_VOID, _NO_P, _CLOSER, _BLOCK, _WALL, _LIST_WALL, _HEAD, _ONCE, _TRACK = (1 << i for i in range(9))
_KINDS = {
    name: sum(
        bit
        for bit, names in (
            (_VOID, VOID), (_NO_P, _CLOSES_P), (_CLOSER, _CLOSES), (_BLOCK, BLOCKS | _WALLS), (_WALL, _WALLS),
            (_LIST_WALL, _LIST_WALLS), (_HEAD, _IN_HEAD | {"head"}), (_ONCE, _PAGE), (_TRACK, _TRACKED),
        )
        if name in names
    )
    for name in BLOCKS | _WALLS | VOID | _IN_HEAD | _TRACKED
}  # fmt: skip


class Builder:
    """The open elements while a page is read.

    Attributes:
        stack: the open elements.
        tags: their names; empty for one whose end tag came while a block in it was open.
        open: places on the stack by tag name, of the names that others look for.
        walls, list_walls, blocks: places of the elements that stop a look upwards, so that no start or end tag
            has to walk the stack.
        over: how many end tags of each name belong to elements that were passed over.
    """

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.stack: list[int] = [0]
        self.tags: list[str] = [""]
        self.open: dict[str, list[int]] = {name: [] for name in _TRACKED}
        self.walls: list[int] = [0]
        self.list_walls: list[int] = [0]
        self.blocks: list[int] = [0]
        self.over: dict[str, int] = {}

    def run(self) -> None:  # noqa: C901
        """Read the page to its end."""
        # One long loop with everything in local names: it runs for each tag, and calls would double its time.
        tree = self.tree
        src, known, kinds = tree.src, tree.known, _KINDS
        stack, tags, opened, over = self.stack, self.tags, self.open, self.over
        walls, list_walls, blocks = self.walls, self.list_walls, self.blocks
        names, marks, starts, inners, parents = tree.names, tree.marks, tree.start, tree.inner, tree.parent
        lows, owners = tree.text_lo, tree.text_owner
        add_name, add_marks, add_start, add_inner = names.append, marks.append, starts.append, inners.append
        add_parent, add_low, add_text = parents.append, lows.append, self.add_text
        inner_ends, ends, lasts, highs = self.make_room(src.count("<") + 1)
        links, heads, paragraphs = opened["a"], opened["head"], opened["p"]
        add_name("")
        add_marks(known[""])
        for adding in (add_start, add_inner, add_parent, add_low):
            adding(0)
        for at, lt, kind, name, raw, end in pieces(src):
            if at < lt:
                size = len(src[at:lt].strip())
                if size:
                    add_text(at, lt, size, bool(links))
            if kind == START:
                what = kinds.get(name, 0)
                if what:
                    if (
                        heads
                        or (what & _NO_P and paragraphs and paragraphs[-1] > walls[-1])
                        or what & (_CLOSER | _ONCE)
                    ) and self.settle(name, what, lt):
                        continue
                    if links and name == "a":
                        self.leave("a", lt, lt)
                index = len(names)
                place = len(stack)
                if place >= MAX_DEPTH or index > FREE + end // PER_ELEMENT:
                    # Too deep, it gets no inside; beyond all measure, it is passed over.
                    if not what & _VOID:
                        over[name] = over.get(name, 0) + 1
                        what |= _VOID
                    if index > FREE + end // PER_ELEMENT:
                        continue
                mark = known.get(raw)
                if mark is None:
                    mark = known[raw] = Marks(raw)
                add_name(name)
                add_marks(mark)
                add_start(lt)
                add_inner(end)
                add_parent(stack[-1])
                add_low(len(owners))
                if what & _VOID or (
                    raw[-1:] == "/" and (name == "svg" or opened["svg"] or opened["math"] or ":" in name)
                ):
                    inner_ends[index] = ends[index] = end
                    lasts[index] = index + 1
                    highs[index] = len(owners)
                    continue
                stack.append(index)
                tags.append(name)
                if what:
                    if what & _TRACK:
                        opened[name].append(place)
                    if what & _BLOCK:
                        blocks.append(place)
                        if what & _WALL:
                            walls.append(place)
                        if what & _LIST_WALL:
                            list_walls.append(place)
            elif kind == END:
                if tags[-1] != name or over or name in _PAGE:
                    self.close(name, lt, end)
                    continue
                index = stack.pop()
                tags.pop()
                inner_ends[index] = lt
                ends[index] = end
                lasts[index] = len(names)
                highs[index] = len(owners)
                what = kinds.get(name, 0)
                if what:
                    if what & _TRACK:
                        opened[name].pop()
                    if what & _BLOCK:
                        blocks.pop()
                        if what & _WALL:
                            walls.pop()
                        if what & _LIST_WALL:
                            list_walls.pop()
                if not tags[-1] and len(tags) > 1:
                    self.pop_to(len(tags), lt, lt)
        self.pop_to(0, len(src), len(src))
        for ending in (inner_ends, ends, lasts, highs):
            del ending[len(names) :]

    def make_room(self, tags: int) -> tuple[array[int], array[int], array[int], array[int]]:
        """Return the arrays that are filled when elements end, long enough for every element."""
        tree = self.tree
        rows = min(tags, FREE + len(tree.src) // PER_ELEMENT) + 2
        tree.inner_end, tree.end, tree.last, tree.text_hi = (array("i", bytes(4 * rows)) for _ in range(4))
        return tree.inner_end, tree.end, tree.last, tree.text_hi

    def add_text(self, start: int, end: int, size: int, linked: bool) -> None:
        """Note a text that is not blank."""
        tree = self.tree
        owner = self.stack[-1]
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
        if kind & _ONCE and opened[name]:
            return True
        if opened["head"] and not kind & _HEAD:
            self.pop_to(opened["head"][-1], start, start)
        if kind & _NO_P and opened["p"] and opened["p"][-1] > self.walls[-1]:
            self.pop_to(opened["p"][-1], start, start)
        if kind & _CLOSER:
            names, stops = _CLOSES[name]
            if stops is _LIST_WALLS:
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
        if name in _LOOSE:
            self.leave(name, start, end)
        elif name in _TABLE_PARTS:
            if at >= (opened["table"][-1] if opened["table"] else 0):
                self.pop_to(at, start, end)
        elif name == "li":
            if at > max((opened[n][-1] for n in ("ul", "ol") if opened[n]), default=0):
                self.pop_to(at, start, end)
        elif name not in _PAGE and (at > self.walls[-1] or (name in _WALLS and at == self.walls[-1])):
            self.pop_to(at, start, end)

    def find_open(self, name: str) -> int:
        """Return the place of the last open element of a name, 0 where there is none; any heading ends a heading."""
        tags = self.tags
        if name in tags:
            return len(tags) - 1 - tags[::-1].index(name)
        if name in _HEADINGS:
            return max((self.find_open(h) for h in _HEADINGS if h in tags), default=0)
        return 0

    def leave(self, name: str, start: int, end: int) -> None:
        """Close the last open inline element of a name.

        Where a block has begun inside of it, the block goes on, and the element ends with it.
        """
        at = self.find_open(name)
        if at > self.blocks[-1] or (name == "form" and at == self.blocks[-1]):
            self.pop_to(at, start, end)
        else:
            self.tags[at] = ""
            if name in self.open:
                self.open[name].pop()

    def pop_to(self, at: int, inner_end: int, end: int) -> None:
        """Close the element at place ``at`` of the stack and all in it."""
        tree, stack, tags = self.tree, self.stack, self.tags
        last, text_hi = len(tree.names), len(tree.text_owner)
        place = len(stack)
        while place > at or (place > 1 and not tags[-1]):
            place -= 1
            index = stack.pop()
            tag = tags.pop()
            tree.inner_end[index] = inner_end
            tree.end[index] = end if place == at else inner_end
            tree.last[index] = last
            tree.text_hi[index] = text_hi
            kind = _KINDS.get(tree.names[index], 0)
            if tag and kind & _TRACK:
                self.open[tag].pop()
            if kind & _BLOCK:
                self.blocks.pop()
                if kind & _WALL:
                    self.walls.pop()
                if kind & _LIST_WALL:
                    self.list_walls.pop()
