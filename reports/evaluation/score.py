"""How well pages are split against labels: tokens, comments found whole, pages split for no reason.

Tokens are the lower-cased words of a text, counted as a multiset. A found comment matches a labelled one when
the F1 of their tokens is at least :data:`SAME`; each matches once, the most alike first. What
matches a labelled pingback counts neither way.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

SAME = 0.9
"""Token F1 from which on two texts are one comment."""
_WORD = re.compile(r"\w+")
Bag = Counter[str]


@dataclass(frozen=True, slots=True)
class Found:
    """What a splitter said of one page.

    Attributes:
        article: text of the article.
        comments: texts of the comments in page order.
        confidence: 0 to 1 for the page, None where the splitter gives none.
        sure: 0 to 1 for each comment; empty where the splitter gives none.
    """

    article: str
    comments: tuple[str, ...]
    confidence: float | None = None
    sure: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Overlap:
    """How much of what was found is right, and how much of what is there was found."""

    both: int = 0
    found: int = 0
    true: int = 0

    @property
    def precision(self) -> float:
        """Share of what was found that is right; 1 where there is nothing on either side."""
        return self.both / self.found if self.found else float(not self.true)

    @property
    def recall(self) -> float:
        """Share of what is there that was found."""
        return self.both / self.true if self.true else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of the two."""
        p, r = self.precision, self.recall
        return 2 * p * r / (p + r) if p + r else 0.0

    def __add__(self, other: Overlap) -> Overlap:
        return Overlap(self.both + other.both, self.found + other.found, self.true + other.true)


@dataclass(frozen=True, slots=True)
class PageScore:
    """One page against its labels.

    Attributes:
        site: where the page is from.
        labelled: how many comments it has.
        tokens, boundary, article: overlap of comment tokens, of whole comments, of article tokens.
        confidence: what the splitter said of the page.
        sure: for each comment found, what the splitter said of it and whether it is one.
    """

    site: str
    labelled: int
    tokens: Overlap
    boundary: Overlap
    article: Overlap
    confidence: float | None = None
    sure: tuple[tuple[float, bool], ...] = ()

    @property
    def exact(self) -> bool:
        """Whether every comment was found whole and nothing else was."""
        return self.boundary.both == self.boundary.found == self.boundary.true


@dataclass(frozen=True, slots=True)
class GroupScore:
    """Pages together: sums over them, and means over their sites so that no large site decides."""

    pages: int
    with_comments: int
    tokens: Overlap
    boundary: Overlap
    article: Overlap
    tokens_by_site: float | None
    boundary_by_site: float | None
    article_by_site: float | None
    exact: float | None
    right_count: float | None
    false: float | None

    def as_dict(self) -> dict[str, float | None]:
        """Return the numbers by name, rounded to 4 places."""
        named: dict[str, float | None] = {"pages": self.pages, "with_comments": self.with_comments}
        for name, overlap in (("comment", self.tokens), ("boundary", self.boundary), ("article", self.article)):
            named |= {f"{name}_precision": overlap.precision, f"{name}_recall": overlap.recall}
            named[f"{name}_f1"] = overlap.f1
        named |= {
            "comment_f1_by_site": self.tokens_by_site, "boundary_f1_by_site": self.boundary_by_site,
            "article_f1_by_site": self.article_by_site, "exact": self.exact, "right_count": self.right_count,
            "false": self.false,
        }  # fmt: skip
        if not self.with_comments:
            named |= dict.fromkeys([k for k in named if k.startswith(("comment_", "boundary_"))])
        return {k: v if v is None else round(v, 4) for k, v in named.items()}


def score_page(gold: Mapping[str, Any], found: Found) -> PageScore:
    """Compare what was found on a page with its labels.

    Args:
        gold: a row with ``comments`` (each with ``text``), ``article``, ``pingbacks`` and ``site``; the last three may
            be missing.
        found: what a splitter said.
    """
    labelled = [bag for c in gold["comments"] if (bag := tokens(c["text"]))]
    pings = [bag for c in gold.get("pingbacks") or () if (bag := tokens(c["text"]))]
    bags = [tokens(text) for text in found.comments]
    taken = [i for i, bag in enumerate(bags) if bag]
    pairs = match([bags[i] for i in taken], labelled)
    right = {taken[i] for i, _ in pairs}
    rest = [i for i in taken if i not in right]
    neutral = {rest[i] for i, _ in match([bags[i] for i in rest], pings)} if pings else set()
    taken = [i for i in taken if i not in neutral]
    return PageScore(
        str(gold.get("site") or gold.get("source") or ""),
        len(labelled),
        overlap([bags[i] for i in taken], labelled),
        Overlap(len(pairs), len(taken), len(labelled)),
        overlap([tokens(found.article)], [tokens(gold.get("article") or "")]),
        found.confidence,
        tuple((found.sure[i], i in right) for i in taken) if found.sure else (),
    )


def tokens(text: str) -> Bag:
    """Return the lower-cased words of a text with their counts."""
    return Counter(_WORD.findall(text.lower()))


def overlap(found: Iterable[Bag], true: Iterable[Bag]) -> Overlap:
    """Return how much two lots of bags share."""
    a, b = Counter[str](), Counter[str]()
    for bag in found:
        a.update(bag)
    for bag in true:
        b.update(bag)
    return Overlap((a & b).total(), a.total(), b.total())


def match(found: Sequence[Bag], true: Sequence[Bag]) -> list[tuple[int, int]]:
    """Return which of ``found`` is which of ``true``, one to one, the most alike first."""
    holders: dict[str, list[int]] = {}
    sizes = [bag.total() for bag in true]
    for j, bag in enumerate(true):
        for word in bag:
            holders.setdefault(word, []).append(j)
    near: list[tuple[float, int, int, int]] = []
    for i, bag in enumerate(found):
        size = bag.total()
        for j in {j for word in bag for j in holders.get(word, ())}:
            both = size + sizes[j]
            if 2 * min(size, sizes[j]) >= SAME * both:
                alike = 2 * (bag & true[j]).total() / both
                if alike >= SAME:
                    near.append((-alike, abs(i - j), i, j))
    pairs: list[tuple[int, int]] = []
    used: tuple[set[int], set[int]] = set(), set()
    for _, _, i, j in sorted(near):
        if i not in used[0] and j not in used[1]:
            used[0].add(i)
            used[1].add(j)
            pairs.append((i, j))
    return pairs


def sum_scores(pages: Sequence[PageScore]) -> GroupScore:
    """Return the score of pages together."""
    having = [p for p in pages if p.labelled]
    bare = [p for p in pages if not p.labelled]
    return GroupScore(
        pages=len(pages),
        with_comments=len(having),
        tokens=sum((p.tokens for p in pages), Overlap()),
        boundary=sum((p.boundary for p in pages), Overlap()),
        article=sum((p.article for p in pages), Overlap()),
        tokens_by_site=_by_site([(p.site, p.tokens) for p in pages], having),
        boundary_by_site=_by_site([(p.site, p.boundary) for p in pages], having),
        article_by_site=_by_site([(p.site, p.article) for p in pages], pages),
        exact=_share([p.exact for p in having]),
        right_count=_share([p.boundary.found == p.labelled for p in having]),
        false=_share([bool(p.boundary.found) for p in bare]),
    )


def _by_site(rows: list[tuple[str, Overlap]], counted: Sequence[PageScore]) -> float | None:
    """Return the mean over sites of the F1 of each; only sites of ``counted`` pages are asked."""
    sites: dict[str, Overlap] = {p.site: Overlap() for p in counted}
    for site, part in rows:
        if site in sites:
            sites[site] += part
    return sum(part.f1 for part in sites.values()) / len(sites) if sites else None


def _share(values: list[bool]) -> float | None:
    return sum(values) / len(values) if values else None
