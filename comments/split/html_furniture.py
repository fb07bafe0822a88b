"""What stands in and around an article and is no part of it: navigation, share lines, bios, forms."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left

from comments.split.html_words import IS_ALWAYS, strength_of
from comments.split.marks import Index
from comments.split.tree import Node, Tree

ALWAYS_TAGS = frozenset(["nav", "footer", "button", "select", "svg"])
OFTEN_TAGS = frozenset(["form", "aside", "figcaption"])
RELATED = re.compile(
    r"^(?:related|you (?:may|might) (?:also )?(?:like|enjoy)|more (?:from|in|on|like this|stories|"
    r"articles|posts)|"
    r"read (?:more|next|also)|recommended|similar|share (?:this|on)|about the authors?|"
    r"further reading|keep reading|"
    r"up next|popular|recent posts|latest (?:posts|news)|ähnliche|weitere (?:artikel|beiträge)|"
    r"mehr zum thema|"
    r"das könnte|verwandte|teilen|articles (?:similaires|liés)|à lire|artículos relacionados|"
    r"entradas relacionadas|"
    r"artigos relacionados|articoli correlati|gerelateerd|lees ook)\b",
    re.IGNORECASE,
)
KEEP = 0.25
"""An element that holds this part of the paragraphs around is no furniture, whatever it is called."""
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
Place = tuple[int, int]


class Paragraphs:
    """How much running text stands where: none in links, in short labels and in comments.

    Attributes:
        running: before each text, how much there is; paragraphs count twice.
        places: the paragraphs and items of lists that stand in no comment.
        written: before each of them, how much text there was in those before.
    """

    def __init__(self, tree: Tree, taken: list[Place]) -> None:
        self.tree = tree
        self.taken = sorted(taken)
        self.strengths = {tag: s for tag in tree.kinds if tag.classes and (s := strength_of(tag.classes))}
        self.by_id = {at: s for at, name in tree.given_ids() if (s := strength_of((name,)))}
        self.places, self.written = self._written()
        self.running = array("i")

    def _written(self) -> tuple[array[int], array[int]]:
        tree, taken = self.tree, self.taken
        weight, links, lo, hi = tree.weight, tree.links, tree.text_lo, tree.text_hi
        sums, places = array("i", [0]), array("i")
        total = at = 0
        tags = tree.tags
        for place in (place for place, tag in enumerate(tags) if tag.name in _WRITTEN):
            start = tree.start[place]
            while at < len(taken) and taken[at][1] <= start:
                at += 1
            if at == len(taken) or start < taken[at][0]:
                if tags[place].name == "br":
                    total += _broken(tree, place)
                else:
                    first, last = lo[place], hi[place]
                    total += weight[last] - weight[first] - links[last] + links[first]
                places.append(place)
                sums.append(total)
        return places, sums

    def written_in(self, node: int) -> int:
        """Return how much text there is in paragraphs and lists that begin in an element or are it."""
        first = bisect_left(self.places, node)
        return self.written[bisect_left(self.places, self.tree.last[node], lo=first)] - self.written[first]

    def count_running(self, holes: list[Place], short: int, names: frozenset[str]) -> None:
        """Fill in ``running``: texts outside of ``holes`` that are long or in an element of ``names``."""
        tree = self.tree
        weight, linked, starts = tree.weight, tree.text_linked, tree.text_start
        total = hole = 0
        self.running = array("i", [0])
        ends = [*(b for _, b in holes), len(tree.src) + 1]
        begins = [*(a for a, _ in holes), len(tree.src) + 1]
        for place, owner in enumerate(tree.text_owner):
            if not linked[place]:
                start = starts[place]
                while ends[hole] <= start:
                    hole += 1
                if start < begins[hole]:
                    size = weight[place + 1] - weight[place]
                    name = tree.tags[owner].name
                    if size >= short or name in names:
                        total += size * 2 if name == "p" else size
            self.running.append(total)

    def share(self, node: Node) -> int:
        """Return how much running text stands in an element."""
        return self.running[node.text_hi] - self.running[node.text_lo]


def _broken(tree: Tree, place: int) -> int:
    """Return how much text a ``<br>`` ends: old pages write their paragraphs that way."""
    at = tree.text_lo[place] - 1
    if at < 0 or tree.text_owner[at] != tree.parent[place] or tree.tags[tree.text_owner[at]].name in ("p", "li"):
        return 0
    return tree.weight[at + 1] - tree.weight[at]


def find_furniture(paragraphs: Paragraphs, body: Node) -> list[Node]:
    """Return the elements in ``body`` that are no part of an article, the outermost of each."""
    tree, strengths, by_id = paragraphs.tree, paragraphs.strengths, paragraphs.by_id
    found: list[Node] = []
    whole = tree.size(body)
    most = KEEP * paragraphs.written_in(body.index)
    tags, last, stop = tree.tags, tree.last, body.last
    at = body.index + 1
    while at < stop:
        tag = tags[at]
        name = tag.name
        strength = strengths.get(tag, 0)
        if tag.named and strength < IS_ALWAYS:
            strength = max(strength, by_id.get(at, 0))
        if (strength or name in _SUSPECT_TAGS) and name not in ("html", "body"):
            node = tree.node(at)
            poor = paragraphs.written_in(at) <= most
            if _is_link_list(tree, node) or _is_cut(tree, node, strength, whole, poor):
                found.append(node)
                at = last[at]
                continue
        at += 1
    return found


def _is_cut(tree: Tree, node: Node, strength: int, whole: int, poor: bool) -> bool:
    if node.name in ALWAYS_TAGS:
        return tree.size(node) * 2 < whole
    if strength == IS_ALWAYS and node.name not in ("article", "main"):
        return True
    return poor and (strength > 0 or node.name in OFTEN_TAGS)


_WRITTEN = frozenset(["p", "pre", "br", "li"])
_SUSPECT_TAGS = ALWAYS_TAGS | OFTEN_TAGS | {"ul", "ol", "table"}


def _is_link_list(tree: Tree, node: Node) -> bool:
    """Whether an element is a list that says nothing but links: a menu, related pages, tags."""
    if node.name not in ("ul", "ol", "table"):
        return False
    size = tree.size(node)
    return size > 60 and tree.link_size(node) > 0.9 * size and node.text_hi - node.text_lo > 3


def head_and_tail(index: Index, paragraphs: Paragraphs, body: Node) -> list[Place]:
    """Return what stands above the title in ``body``, and what stands under headings such as "Related"."""
    tree, running = index.tree, paragraphs.running
    total = paragraphs.share(body)
    holes: list[Place] = []
    title = index.first("h1", body.index + 1, body.last)
    if title is not None and running[title.text_hi] - running[body.text_lo] < 0.1 * total:
        holes.append((body.inner, title.end))
    for tag in HEADINGS:
        for node in index.inside(tag, body.index + 1, body.last):
            left = running[body.text_hi] - running[node.text_hi]
            if left < 0.3 * total and 0 < tree.size(node) < 80 and RELATED.match(tree.words(node, 100)):
                end = _section_end(index, node, body)
                if holes and holes[-1][0] <= node.start <= holes[-1][1]:
                    holes[-1] = holes[-1][0], max(end, holes[-1][1])
                else:
                    holes.append((node.start, end))
    return holes


def _section_end(index: Index, heading: Node, body: Node) -> int:
    """Where what belongs to a heading ends: at the next of its rank or with the element it is in."""
    around = heading.parent or body
    ends = [around.inner_end]
    for tag in HEADINGS[: HEADINGS.index(heading.name) + 1]:
        after = index.first(tag, heading.last, around.last)
        if after is not None:
            ends.append(after.start)
    return min(ends)
