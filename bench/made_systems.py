"""Made-up pages in the mark-up of many comment systems, with what is said on them known.

The folder ``bench/systems`` holds a template for each system, written from what the system prints. A file is a row of
them, each under a line ``=== NAME SHELL [op]``: the shell is the page around it, and ``op`` says that the first
post opens a thread and is neither article nor comment. A template gets ``a`` (the article), ``n``, ``tree``
and ``flat`` (comments in page order, replies below what they answer), ``posts`` (in order of time), ``pings`` and
``closed``.
"""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from html import escape
from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined

from bench.system_words import ARTICLES, NAMES, SAYINGS, SITES, SYSTEMS_OF

FOLDER = Path(__file__).parent / "systems"
FAMILIES = ("wp", "cms", "forum", "host")
NAV = tuple(f'<a href="/{name.lower()}">{name}</a>' for name in ("Home", "About", "Archive", "Contact"))
AGO = ("3 hours ago", "2 days ago", "1 year ago", "5 months ago", "17 minutes ago", "an hour ago")
FRENCH = dict(
    zip(
        ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
        ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"],
        strict=True,
    )
)
OCTOBER = 10
"""The month of all dates in other languages than English, whose names stand in the templates."""
DEEPEST = 4


@dataclass(frozen=True, slots=True)
class System:
    """A template with its name, family, shell and options."""

    name: str
    family: str
    shell: str
    options: tuple[str, ...]
    text: str

    @property
    def language(self) -> str:
        """The language of its pages."""
        return next((key for key, names in SYSTEMS_OF.items() if self.name in names.split()), "en")

    @property
    def aside(self) -> bool:
        """Whether it is put aside: a third of all, by hash, on which nothing was mended."""
        return int(hashlib.sha256(self.name.encode()).hexdigest()[:8], 16) % 3 == 0

    @property
    def ties(self) -> bool:
        """Whether its pages show which comment answers which."""
        return any(shown in self.text for shown in ("tree recursive", "c.depth", "c.pauthor", "c.pnick", "c.quote"))

    @property
    def threaded(self) -> bool:
        """Whether a page is one thread, which cannot be without posts."""
        return "op" in self.options or "posts" in self.text


@dataclass(frozen=True, slots=True)
class Form:
    """What a page of a system holds: how many comments at least and at most, pingbacks, and whether it is closed."""

    name: str
    least: int
    most: int
    pings: int = 0
    closed: bool = False


FORMS = (
    Form("many", 9, 22), Form("many2", 5, 12), Form("few", 2, 4), Form("one", 1, 1), Form("none", 0, 0),
    Form("pings", 3, 7, pings=2, closed=True),
)  # fmt: skip


@dataclass(slots=True)
class Said:
    """One comment, as templates ask for it."""

    i: int
    id: int
    author: str
    nick: str
    w: datetime
    paragraphs: list[str]
    linked: str | None
    ago: str
    parent: int | None = None
    pauthor: str | None = None
    pnick: str | None = None
    depth: int = 1
    quote: str = ""
    kids: list[Said] = field(default_factory=list)

    @property
    def link(self) -> str:
        """The name, in a link where the reader left an address."""
        return (
            f'<a href="http://{self.linked}" rel="external nofollow" class="url">{self.author}</a>'
            if self.linked
            else self.author
        )

    @property
    def body(self) -> str:
        """The text in paragraphs."""
        return "\n".join(f"<p>{_safe(p)}</p>" for p in self.paragraphs)

    @property
    def br(self) -> str:
        """The text with line breaks."""
        return "<br/><br/>".join(map(_safe, self.paragraphs))

    @property
    def inline(self) -> str:
        """The text on one line."""
        return _safe(" ".join(self.paragraphs))

    @property
    def hn(self) -> str:
        """The text with paragraphs that are opened and not closed, the first one neither."""
        return "<p>".join(map(_safe, self.paragraphs))

    @property
    def subject(self) -> str:
        """Its first words, where a system asks for a title."""
        return _safe(" ".join(" ".join(self.paragraphs).split()[:4]))

    @property
    def iso(self) -> str:
        """When it was sent, for machines."""
        return self.w.strftime("%Y-%m-%dT%H:%M:%S+00:00")

    @property
    def ts(self) -> int:
        """A number made of when it was sent."""
        return int(self.w.strftime("%y%m%d%H%M"))


def read_systems() -> list[System]:
    """Return all systems, in the order of their files."""
    return [
        System(name, family, shell, tuple(options), text)
        for family in FAMILIES
        for (name, shell, *options), text in _parts(family)
    ]


def make_pages(system: System, texts: Sequence[str]) -> Iterator[dict[str, Any]]:
    """Yield a labelled page of a system for each form that it can take.

    Args:
        system: the system.
        texts: what English readers say; other languages have sayings of their own.
    """
    for form in FORMS:
        if form.most or not system.threaded:
            yield _make_page(system, form, random.Random(system.name + form.name), texts)


def _parts(name: str) -> Iterator[tuple[list[str], str]]:
    for part in re.split(r"(?m)^=== ", (FOLDER / f"{name}.j2").read_text("utf-8"))[1:]:
        head, _, text = part.partition("\n")
        yield head.split(), text


def _safe(text: str) -> str:
    return escape(text, quote=False)


def _make_page(system: System, form: Form, draw: random.Random, texts: Sequence[str]) -> dict[str, Any]:
    language = system.language
    opening = "op" in system.options
    count = draw.randint(form.least, form.most) + system.threaded
    title, written = draw.choice(ARTICLES[language])
    months = range(1, 13) if language == "en" else (OCTOBER,)
    began = datetime(
        draw.choice((2005, 2008, 2011, 2014, 2018, 2021)), draw.choice(months), draw.randint(1, 20),
        draw.randint(7, 20), draw.randint(0, 59), draw.randint(0, 59),
    )  # fmt: skip
    article = {
        "title": title, "author": draw.choice(("Nora Field", "Theo Brandt")), "w": began, "ago": "5 days ago",
        "body": "\n".join(f"<p>{_safe(p)}</p>" for p in written),
    }  # fmt: skip
    posts = _thread(draw, began, [_said(draw, language, texts) for _ in range(count)])
    pings = [
        {
            "id": n, "author": "The week in rivers", "site": draw.choice(SITES), "w": began,
            "text": "[...] " + " ".join(_said(draw, language, texts).split()[:30]) + " [...]",
        }
        for n in range(900, 900 + form.pings)
    ]  # fmt: skip
    tree = [post for post in posts if post.parent is None]
    flat = [post for top in tree for post in _walk(top)]
    main = _engine(language).from_string(system.text).render(
        a=article, n=count, tree=tree, flat=flat, posts=posts, pings=pings, closed=form.closed
    )  # fmt: skip
    shells = {name: text for (name, *_), text in _parts("shells")}
    html = _engine(language).from_string(shells[system.shell]).render(title=title, nav=NAV, main=main, lang=language)
    shown = posts if "posts" in system.text else flat
    neutral = [ping["text"] for ping in pings] if "pings" in system.text else []
    gold = [_label(post, shown, system) for post in shown]
    if opening:
        neutral.append(gold.pop(0)["text"])
        for label in gold:
            label["parent"] = label["parent"] - 1 if label["parent"] else None
    return {
        "id": f"{system.name}.{form.name}", "site": system.name, "family": system.family, "html": html,
        "article": "" if opening or "a.body" not in system.text else "\n".join(written),
        "comments": gold, "pingbacks": [{"text": text} for text in neutral],
    }  # fmt: skip


def _said(draw: random.Random, language: str, texts: Sequence[str]) -> str:
    if language == "en":
        return draw.choice(texts)
    return " ".join(draw.sample(SAYINGS[language].split("|"), draw.choice((1, 1, 2, 3))))


def _thread(draw: random.Random, began: datetime, texts: Sequence[str]) -> list[Said]:
    """Return comments in order of time, two in five of which answer one of the four before."""
    names = draw.sample(NAMES, len(NAMES))
    first = draw.randint(100, 90000)
    posts: list[Said] = []
    at = began
    for i, text in enumerate(texts):
        at += timedelta(minutes=draw.choice((3, 40, 190, 1500)))
        name = names[i % len(names)]
        site = draw.choice(SITES) if draw.random() < 0.4 else None
        when = at if began.month != OCTOBER else at.replace(month=OCTOBER)
        nick = re.sub(r"\W+", "_", name)
        written = _paragraphs(draw, text)
        post = Said(i + 1, first + 7 * i, _safe(name), nick, when, written, site, draw.choice(AGO))
        if posts and draw.random() < 0.4:
            _answer(post, draw.choice(posts[-4:]))
        posts.append(post)
    return posts


def _answer(post: Said, other: Said) -> None:
    if other.depth < DEEPEST:
        post.parent, post.pauthor, post.pnick, post.depth = other.id, other.author, other.nick, other.depth + 1
        post.quote = _safe(" ".join(" ".join(other.paragraphs).split()[:25]))
        other.kids.append(post)


def _paragraphs(draw: random.Random, text: str) -> list[str]:
    """Cut a long text at the ends of sentences: the data keep no paragraphs."""
    if len(text) < 260 or draw.random() < 0.3:
        return [text]
    cut = [""]
    for sentence in re.split(r"(?<=[.!?]) +", text):
        cut[-1] = f"{cut[-1]} {sentence}".strip()
        if len(cut[-1]) > 150 and draw.random() < 0.5:
            cut.append("")
    return [paragraph for paragraph in cut if paragraph]


def _walk(post: Said) -> Iterator[Said]:
    yield post
    for kid in post.kids:
        yield from _walk(kid)


def _label(post: Said, shown: Sequence[Said], system: System) -> dict[str, Any]:
    lines = [post.quote, *post.paragraphs] if post.quote and "c.quote" in system.text else post.paragraphs
    parent = next((k for k, other in enumerate(shown) if other.id == post.parent), None)
    if not system.ties:
        parent = None
    return {"text": "\n".join(lines), "author": post.author, "date": post.iso, "depth": post.depth, "parent": parent}


def _engine(language: str) -> Environment:
    engine = Environment(undefined=StrictUndefined, autoescape=False)
    engine.filters["resp"] = lambda n, one, more: f"One {one}" if n == 1 else f"{n or 'No'} {more}"
    engine.filters["f"] = lambda when, form: _localise(when.strftime(form), language)
    return engine


def _localise(text: str, language: str) -> str:
    if language == "fr":
        for english, french in FRENCH.items():
            text = text.replace(english, french)
    return text
