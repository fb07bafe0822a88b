"""What HTML says of its elements by their names: which are void, which end others, which stop a look upwards."""

from __future__ import annotations

BLOCKS = frozenset([
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir",
    "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "frameset", "h1", "h2", "h3", "h4",
    "h5", "h6", "header", "hgroup", "hr", "html", "legend", "li", "main", "menu", "nav", "ol", "optgroup", "option",
    "p", "pre", "section", "select", "summary", "table", "tbody", "tfoot", "thead", "tr", "ul",
])  # fmt: skip
"""Elements that start and end a line of their own (HTML standard, 15.3)."""
VOID = frozenset([
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
    "basefont", "frame", "keygen",
])  # fmt: skip
CLOSES_P = BLOCKS - frozenset(
    ["body", "html", "option", "optgroup", "select", "caption", "tbody", "tfoot", "thead", "tr"]
)
WALLS = frozenset(["html", "table", "td", "th", "caption", "object", "template", "button", "applet", "marquee"])
LIST_WALLS = (BLOCKS | WALLS) - frozenset(["address", "div", "p", "li", "dd", "dt", "option", "optgroup"])
LOOSE = frozenset([
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font", "form", "i",
    "ins", "kbd", "label", "mark", "nobr", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup",
    "time", "tt", "u", "var",
])  # fmt: skip
IN_HEAD = frozenset(["base", "link", "meta", "noscript", "script", "style", "template", "title"])
HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
# What a start tag closes first, and which open element stops it (HTML standard, 13.1.2.4).
CLOSES = {
    "li": (("li",), LIST_WALLS),
    "dt": (("dt", "dd"), LIST_WALLS),
    "dd": (("dt", "dd"), LIST_WALLS),
    "td": (("td", "th"), frozenset(["tr", "table"])),
    "th": (("td", "th"), frozenset(["tr", "table"])),
    "tr": (("tr", "caption"), frozenset(["table"])),
    "tbody": (("tbody", "thead", "tfoot", "caption", "tr"), frozenset(["table"])),
    "thead": (("tbody", "thead", "tfoot", "caption", "tr"), frozenset(["table"])),
    "tfoot": (("tbody", "thead", "tfoot", "caption", "tr"), frozenset(["table"])),
    "option": (("option",), frozenset(["select", "datalist", "optgroup"])),
    "optgroup": (("optgroup", "option"), frozenset(["select"])),
}
TABLE_PARTS = frozenset(["table", "tr", "td", "th", "tbody", "thead", "tfoot", "caption"])
PAGE = frozenset(["html", "body"])
TRACKED = frozenset(CLOSES) | PAGE | TABLE_PARTS | {"a", "p", "head", "ul", "ol", "select", "datalist", "svg", "math"}
IS_VOID, ENDS_P, IS_CLOSER, IS_BLOCK, IS_WALL, IS_LIST_WALL, IS_HEAD, IS_ONCE, IS_TRACKED, IS_SHUT = (
    1 << i for i in range(10)
)
IS_KEPT = IS_BLOCK | IS_TRACKED
IS_RARE = IS_ONCE | IS_SHUT
KINDS = {
    name: sum(
        bit
        for bit, names in (
            (IS_VOID, VOID), (ENDS_P, CLOSES_P), (IS_CLOSER, CLOSES), (IS_BLOCK, BLOCKS | WALLS), (IS_WALL, WALLS),
            (IS_LIST_WALL, LIST_WALLS), (IS_HEAD, IN_HEAD | {"head"}), (IS_ONCE, PAGE), (IS_TRACKED, TRACKED),
        )
        if name in names
    )
    for name in BLOCKS | WALLS | VOID | IN_HEAD | TRACKED
}  # fmt: skip
"""What is true of each name, as a sum of the bits above. ``IS_SHUT`` is of single tags: one that ends in a slash, of an
element that is not void."""
