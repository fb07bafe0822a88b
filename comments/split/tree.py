"""A tolerant tree of an HTML page whose nodes know the bytes they stand on."""

from __future__ import annotations

import re
from html import unescape

from comments.split.decode import BLOCKS, decode_slice
from comments.split.tokens import END, START, TEXT, code_units, tokens, unit_width

VOID = frozenset(
    "area base br col embed hr img input link meta param source track wbr basefont frame keygen".split()
)
MAX_DEPTH = 512
"""Elements nested deeper become siblings, as in browsers; no walk up the tree is longer than this."""

_CLOSES_P = BLOCKS - {"body", "html", "option", "optgroup", "select", "caption", "tbody", "tfoot", "thead", "tr"}
_WALLS = frozenset("html table td th caption object template button applet marquee".split())
_LIST_WALLS = (BLOCKS | _WALLS) - frozenset("address div p li dd dt option optgroup".split())
_LOOSE = frozenset(
    """a abbr acronym b bdi bdo big cite code del dfn em font form i ins kbd label mark nobr q s samp small
    span strike strong sub sup time tt u var""".split()
)
_IN_HEAD = frozenset("base link meta noscript script style template title".split())
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
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
_TABLE_PARTS = frozenset("table tr td th tbody thead tfoot caption".split())
_PAGE = frozenset(["html", "body"])
_VOID, _NO_P, _CLOSER, _BLOCK, _WALL, _LIST_WALL, _HEAD, _ONCE = (1 << i for i in range(8))
_KINDS = {
    name: sum(
        bit
        for bit, names in (
            (_VOID, VOID), (_NO_P, _CLOSES_P), (_CLOSER, _CLOSES), (_BLOCK, BLOCKS | _WALLS), (_WALL, _WALLS),
            (_LIST_WALL, _LIST_WALLS), (_HEAD, _IN_HEAD | {"head"}), (_ONCE, _PAGE),
        )
        if name in names
    )
    for name in BLOCKS | _WALLS | VOID | _IN_HEAD | _PAGE | set(_CLOSES) | {"head"}
}  # fmt: skip
_ATTR = re.compile(r"([^\s=/>\"'][^\s=/>]*)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>][^\s>]*)))?")
_CLASS = re.compile(r"(?:class|CLASS)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_ID = re.compile(r"(?:id|ID)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")


NO_MARKS: tuple[tuple[str, ...], str] = ((), "")


def _marks_in(raw: str) -> tuple[tuple[str, ...], str]:
    """Return the classes and the id among attributes as written."""
    classes = tuple(_value(_CLASS, raw).split()) if "class" in raw or "CLASS" in raw else ()
    return classes, _value(_ID, raw).strip() if "id" in raw or "ID" in raw else ""


def _value(attribute: re.Pattern[str], raw: str) -> str:
    """Return the value of the first attribute of a name in ``raw``, empty where there is none."""
    for found in attribute.finditer(raw):
        if found.start() == 0 or raw[found.start() - 1] in " \t\n\r\f\"'/":
            return found[1] or found[2] or found[3] or ""
    return ""


class Node:
    """An element.

    Attributes:
        name: tag name in lower case.
        raw: the attributes as written.
        start, inner: first unit of the start tag, and the unit after it.
        inner_end, end: first unit of the end tag, and the unit after it (equal where it is implied).
        parent: the element around it.
        index, last: its place among all elements, and the place after its last descendant.
        text_lo, text_hi: the texts in it, as places among all texts.
        depth: how many elements are around it.
    """

    __slots__ = ("classes", "dead", "depth", "end", "id", "index", "inner", "inner_end", "kind", "last",
                 "name", "parent", "raw", "start", "text_hi", "text_lo")  # fmt: skip

    def __init__(
        self,
        name: str,
        raw: str,
        start: int,
        inner: int,
        parent: Node | None,
        index: int,
        text_lo: int = 0,
        kind: int = 0,
        marks: tuple[tuple[str, ...], str] = NO_MARKS,
    ) -> None:
        self.name = name
        self.raw = raw
        self.start = start
        self.inner = self.inner_end = self.end = inner
        self.parent = parent
        self.index = index
        self.last = index + 1
        self.depth = parent.depth + 1 if parent is not None else 0
        self.text_lo = self.text_hi = text_lo
        self.dead = False
        self.kind = kind
        self.classes, self.id = marks

    def __repr__(self) -> str:
        return f"<{self.name}{'#' + self.id if self.id else ''}{''.join('.' + c for c in self.classes)}>"

    def within(self, other: Node) -> bool:
        """Whether this is ``other`` or stands in it."""
        return other.index <= self.index < other.last


class Tree:
    """All elements and texts of a page, in page order.

    Attributes:
        src: the page, one character a code unit.
        nodes: the elements; the first is a root around everything.
        texts: ``(start, end, parent, in_link)`` of each text that is not blank.
        weight: sum of the lengths of the texts before each text (one more than there are texts).
        links: the same for the text inside links.
    """

    def __init__(self, data: bytes, encoding: str) -> None:
        self.data = data
        self.encoding = encoding
        self.width = unit_width(encoding)
        self.src = code_units(data, encoding)
        self.root = Node("", "", 0, 0, None, 0)
        self.nodes: list[Node] = [self.root]
        self.texts: list[tuple[int, int, Node, bool]] = []
        self.weight: list[int] = [0]
        self.links: list[int] = [0]
        _Builder(self).run()

    def text(self, start: int, end: int) -> str:
        """Return the characters of one text or attribute value, entities resolved."""
        text = decode_slice(self.data[start * self.width : end * self.width], self.encoding)
        return unescape(text) if "&" in text else text

    def words(self, node: Node, limit: int = 2000) -> str:
        """Return the text in an element on one line, up to about ``limit`` code units."""
        parts: list[str] = []
        for start, end, _, _ in self.texts[node.text_lo : node.text_hi]:
            parts.append(self.text(start, min(end, start + limit)))
            limit -= end - start
            if limit <= 0:
                break
        return " ".join(" ".join(parts).split())

    def attributes(self, node: Node) -> dict[str, str]:
        """Return the attributes of an element, names in lower case, the first of equal names."""
        found: dict[str, str] = {}
        for key, double, single, bare in _ATTR.findall(node.raw):
            value = double or single or bare
            if not value.isascii():
                value = decode_slice(value.encode("latin-1", "replace"), self.encoding)
            found.setdefault(key.lower(), unescape(value) if "&" in value else value)
        return found

    def size(self, node: Node) -> int:
        """Return how much text stands in an element."""
        return self.weight[node.text_hi] - self.weight[node.text_lo]

    def link_size(self, node: Node) -> int:
        """Return how much of the text in an element stands in links."""
        return self.links[node.text_hi] - self.links[node.text_lo]


class _Builder:
    """The open elements while a page is read.

    ``open`` holds the places on the stack by tag name, ``walls``, ``list_walls`` and ``blocks`` those of
    the elements that stop a look upwards, so that no start or end tag has to walk the stack.
    """

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.stack: list[Node] = [tree.root]
        self.open: dict[str, list[int]] = {}
        self.walls: list[int] = [0]
        self.list_walls: list[int] = [0]
        self.blocks: list[int] = [0]
        self.over: dict[str, int] = {}
        self.marks: dict[str, tuple[tuple[str, ...], str]] = {}

    def run(self) -> None:
        tree, stack, begin, finish = self.tree, self.stack, self.begin, self.finish
        src, texts, weight, links = tree.src, tree.texts, tree.weight, tree.links
        open_links = self.open.setdefault("a", [])
        total = linked = 0
        for kind, name, raw, start, end in tokens(src):
            if kind == TEXT:
                size = len(src[start:end].strip())
                if size:
                    texts.append((start, end, stack[-1], bool(open_links)))
                    total += size
                    weight.append(total)
                    if open_links:
                        linked += size
                    links.append(linked)
            elif kind == START:
                begin(name, raw, start, end)
            elif kind == END:
                finish(name, start, end)
        self.pop_to(0, len(src), len(src))

    def begin(self, name: str, raw: str, start: int, end: int) -> None:
        kind = _KINDS.get(name, 0)
        opened, stack, tree = self.open, self.stack, self.tree
        if kind & ~_VOID:
            if self.settle(name, kind, start):
                return
        elif name == "a" and opened["a"]:
            if opened["a"][-1] > self.blocks[-1]:
                self.pop_to(opened["a"][-1], start, start)
            else:
                stack[opened["a"].pop()].dead = True
        parent = stack[-1]
        if raw:
            marks = self.marks.get(raw)
            if marks is None:
                marks = self.marks[raw] = _marks_in(raw)
        else:
            marks = NO_MARKS
        nodes = tree.nodes
        node = Node(name, raw, start, end, parent, len(nodes), len(tree.texts), kind, marks)
        nodes.append(node)
        if kind & _VOID or (raw[-1:] == "/" and (opened.get("svg") or opened.get("math") or ":" in name)):
            return
        at = len(stack)
        if at >= MAX_DEPTH:
            self.over[name] = self.over.get(name, 0) + 1
            return
        stack.append(node)
        if name in opened:
            opened[name].append(at)
        else:
            opened[name] = [at]
        if kind & _BLOCK:
            self.blocks.append(at)
            if kind & _WALL:
                self.walls.append(at)
            if kind & _LIST_WALL:
                self.list_walls.append(at)

    def settle(self, name: str, kind: int, start: int) -> bool:
        """Close what a start tag implies the end of; return whether the tag itself is to be ignored."""
        opened = self.open
        if kind & _ONCE and opened.get(name):
            return True
        if opened.get("head") and not kind & _HEAD:
            self.pop_to(opened["head"][-1], start, start)
        if kind & _NO_P and opened.get("p") and opened["p"][-1] > self.walls[-1]:
            self.pop_to(opened["p"][-1], start, start)
        if kind & _CLOSER:
            names, stops = _CLOSES[name]
            if stops is _LIST_WALLS:
                wall = self.list_walls[-1]
            else:
                wall = max((opened[stop][-1] for stop in stops if opened.get(stop)), default=0)
            ends = [opened[n][-1] for n in names if opened.get(n) and opened[n][-1] > wall]
            if ends:
                self.pop_to(min(ends), start, start)
        return False

    def finish(self, name: str, start: int, end: int) -> None:
        opened = self.open
        if self.over.get(name):
            self.over[name] -= 1
            return
        places = opened.get(name)
        if not places:
            if name not in _HEADINGS:
                return
            places = next((opened[h] for h in sorted(_HEADINGS) if opened.get(h)), [])
            if not places:
                return
        at = places[-1]
        if name == "div" and at == len(self.stack) - 1:
            self.pop_to(at, start, end)
        elif name in _LOOSE:
            if at > self.blocks[-1] or (name == "form" and at == self.blocks[-1]):
                self.pop_to(at, start, end)
            else:
                # Misnested: its block goes on, the element ends with the block inside it.
                places.pop()
                self.stack[at].dead = True
        elif name in _TABLE_PARTS:
            if at >= (opened["table"][-1] if opened.get("table") else 0):
                self.pop_to(at, start, end)
        elif name == "li":
            if at > max((opened[n][-1] for n in ("ul", "ol") if opened.get(n)), default=0):
                self.pop_to(at, start, end)
        elif name not in _PAGE and (at > self.walls[-1] or (name in _WALLS and at == self.walls[-1])):
            self.pop_to(at, start, end)

    def pop_to(self, at: int, inner_end: int, end: int) -> None:
        """Close the element at place ``at`` of the stack and all in it."""
        stack, opened = self.stack, self.open
        last, text_hi = len(self.tree.nodes), len(self.tree.texts)
        place = len(stack)
        while place > at or (place > 1 and stack[-1].dead):
            place -= 1
            node = stack.pop()
            node.inner_end = inner_end
            node.end = end if place == at else inner_end
            node.last = last
            node.text_hi = text_hi
            if place:
                places = opened[node.name]
                if places and places[-1] == place:
                    places.pop()
                kind = node.kind
                if kind & _BLOCK:
                    self.blocks.pop()
                    if kind & _WALL:
                        self.walls.pop()
                    if kind & _LIST_WALL:
                        self.list_walls.pop()
