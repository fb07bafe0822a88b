"""Building the tree of a page: what a start tag opens and closes, what an end tag closes."""

from __future__ import annotations

from comments.split.decode import BLOCKS
from comments.split.html_nodes import NO_MARKS, Node, marks_in
from comments.split.tokens import END, START, TEXT, tokens

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


class Builder:
    """The open elements while a page is read.

    ``open`` holds the places on the stack by tag name, ``walls``, ``list_walls`` and ``blocks`` those of
    the elements that stop a look upwards, so that no start or end tag has to walk the stack.
    """

    def __init__(
        self,
        src: str,
        nodes: list[Node],
        texts: list[tuple[int, int, Node, bool]],
        weight: list[int],
        links: list[int],
    ) -> None:
        self.src, self.nodes, self.texts, self.weight, self.links = src, nodes, texts, weight, links
        self.stack: list[Node] = [nodes[0]]
        self.open: dict[str, list[int]] = {}
        self.walls: list[int] = [0]
        self.list_walls: list[int] = [0]
        self.blocks: list[int] = [0]
        self.over: dict[str, int] = {}
        self.marks: dict[str, tuple[tuple[str, ...], str]] = {}

    def run(self) -> None:
        """Read the page to its end."""
        stack, begin, finish = self.stack, self.begin, self.finish
        src, texts, weight, links = self.src, self.texts, self.weight, self.links
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
        """Open an element, after closing what its start tag implies the end of."""
        kind = _KINDS.get(name, 0)
        opened, stack, nodes = self.open, self.stack, self.nodes
        if kind & ~_VOID:
            if self.settle(name, kind, start):
                return
        elif name == "a" and opened["a"]:
            self.leave("a", start, start)
        parent = stack[-1]
        if raw:
            marks = self.marks.get(raw)
            if marks is None:
                marks = self.marks[raw] = marks_in(raw)
        else:
            marks = NO_MARKS
        node = Node(name, raw, start, end, parent, len(nodes), len(self.texts), kind, marks)
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
        """Close what an end tag closes, if anything."""
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
            self.leave(name, start, end)
        elif name in _TABLE_PARTS:
            if at >= (opened["table"][-1] if opened.get("table") else 0):
                self.pop_to(at, start, end)
        elif name == "li":
            if at > max((opened[n][-1] for n in ("ul", "ol") if opened.get(n)), default=0):
                self.pop_to(at, start, end)
        elif name not in _PAGE and (at > self.walls[-1] or (name in _WALLS and at == self.walls[-1])):
            self.pop_to(at, start, end)

    def leave(self, name: str, start: int, end: int) -> None:
        """Close the last open inline element of a name.

        Where a block has begun inside of it, the block goes on, and the element ends with it.
        """
        places = self.open[name]
        if places[-1] > self.blocks[-1] or (name == "form" and places[-1] == self.blocks[-1]):
            self.pop_to(places[-1], start, end)
        else:
            self.stack[places.pop()].dead = True

    def pop_to(self, at: int, inner_end: int, end: int) -> None:
        """Close the element at place ``at`` of the stack and all in it."""
        stack, opened = self.stack, self.open
        last, text_hi = len(self.nodes), len(self.texts)
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
