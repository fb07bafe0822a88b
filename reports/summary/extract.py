"""The summary without a language model: counts in words, and sentences that readers wrote themselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from analysis.dissent import find_dissent
from analysis.extract import Candidate, find_candidates, pick_sentences, sentence_of
from reports import quantities as q
from reports.rows import list_of, real_of, rows_of, whole_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from reports.rows import Row
    from reports.tables import RunTables

    Vectors = NDArray[np.float32]

Kind = Literal["counted", "extractive", "dissent", "model", "label"]
SENTENCES = 3  # of a theme
POOL = 12  # comments of a theme whose sentences are looked at
EACH, ALL = 40, 12_000  # sentences that are embedded of a theme and in a run; of many themes each gets fewer
REASONED = 8  # words from which a contradiction may hold its reason
NEAR_THEME = 0.3  # cosine to a theme's centre from which a comment is about the same


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence of the summary with what it rests on; ``quotes`` are slices of the cited comments' texts."""

    sentence: str
    comment_ids: tuple[str, ...]
    kind: Kind
    quotes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Digest:
    """What is said of one theme.

    Attributes:
        row: its row of the table ``themes``.
        members: rows of its comments.
        counted: how much of all comments it is.
        voices: its readers' own sentences, best first.
        dissent: a comment that contradicts, None where there is none.
    """

    row: Row
    members: tuple[int, ...]
    counted: Line
    voices: tuple[Line, ...]
    dissent: Line | None

    @property
    def lines(self) -> tuple[Line, ...]:
        """All sentences in order."""
        return (self.counted, *self.voices, *self.against)

    @property
    def against(self) -> tuple[Line, ...]:
        """The comment that contradicts, if there is one."""
        return (self.dissent,) if self.dissent else ()


def digest_themes(tables: RunTables, vectors: Vectors, embed: Callable[[Sequence[str]], Vectors]) -> dict[str, Digest]:
    """Return what is said of each theme that has comments, largest first, loose groups after all others.

    Args:
        tables: comments, themes and assignments of the run.
        vectors: unit vectors of the comments in the order of their rows, shape (n, d).
        embed: texts to unit vectors by the same model.
    """
    source = _Source(tables, vectors, embed)
    themes = [row for row in rows_of(tables.themes) if source.members.get(str(row["theme_id"]))]
    themes.sort(
        key=lambda r: (r.get("loose") is True, -(whole_of(r, "count") or 0), r["kind"] != "named", str(r["theme_id"]))
    )
    source.look_at(themes)
    return {str(row["theme_id"]): source.digest(row) for row in themes}


class _Source:
    """Comments by row, members of themes by id."""

    def __init__(self, tables: RunTables, vectors: Vectors, embed: Callable[[Sequence[str]], Vectors]) -> None:
        comments = tables.comments
        self.ids, self.texts = comments["comment_id"].tolist(), comments["text"].tolist()
        self.pages, self.authors = comments["page_id"].tolist(), comments["author"].tolist()
        self.parents = comments["parent_id"].tolist()
        self.rows = {name: row for row, name in enumerate(self.ids)}
        self.vectors, self.embed = vectors, embed
        self.found: dict[str, list[Candidate]] = {}
        self.quoted: set[int] = set()
        self.members: dict[str, list[int]] = {}
        for comment_id, theme_id in zip(tables.assignments["comment_id"], tables.assignments["theme_id"], strict=True):
            self.members.setdefault(str(theme_id), []).append(self.rows[comment_id])

    def look_at(self, themes: Sequence[Row]) -> None:
        """Find the sentences that may speak for each theme, and embed them all in one go."""
        most = max(SENTENCES, min(EACH, ALL // max(1, len(themes))))
        for theme in themes:
            _, ranked = self._members(theme)
            spoken = [self.rows[i] for i in list_of(theme, "representatives") if i in self.rows]
            pool = list(dict.fromkeys([*spoken, *ranked]))[:POOL]
            self.found[str(theme["theme_id"])] = find_candidates(self.texts, pool)[:most]
        sentences = sorted({sentence_of(one, self.texts) for found in self.found.values() for one in found})
        vectors, places = self.embed(sentences), {sentence: place for place, sentence in enumerate(sentences)}
        self.embed = lambda some: vectors[[places[one] for one in some]]

    def _members(self, theme: Row) -> tuple[Vectors, list[int]]:
        """Centre of a theme and its comments, those nearest to it first."""
        members = sorted(self.members[str(theme["theme_id"])], key=self.ids.__getitem__)
        centre = self._centre(members)
        return centre, self._ranked(members, centre)

    def digest(self, theme: Row) -> Digest:
        """What is said of one theme; see :meth:`look_at`."""
        centre, ranked = self._members(theme)
        members = sorted(ranked, key=self.ids.__getitem__)
        voices = self._voices(theme, centre)
        looked = tuple(line.comment_ids[0] for line in voices) or (self.ids[ranked[0]],)
        counted = count_theme(theme, len(self.ids), looked)
        return Digest(theme, tuple(members), counted, voices, self._dissent(ranked, centre))

    def _centre(self, members: Sequence[int]) -> Vectors:
        import numpy as np

        centre = self.vectors[list(members)].astype(np.float64).sum(axis=0)
        return np.asarray(centre / max(float(np.linalg.norm(centre)), 1e-12), dtype=np.float32)

    def _ranked(self, members: Sequence[int], centre: Vectors) -> list[int]:
        """Members nearest to the centre first."""
        near = (self.vectors[list(members)].astype("float64") @ centre.astype("float64")).round(6)
        return [members[i] for i in sorted(range(len(members)), key=lambda i: (-near[i], self.ids[members[i]]))]

    def _voices(self, theme: Row, centre: Vectors) -> tuple[Line, ...]:
        """Sentences that speak for the theme, quoted."""
        found = self.found[str(theme["theme_id"])]
        fresh = [one for one in found if one.row not in self.quoted]  # a comment speaks for one theme, if others can
        candidates = fresh if len({one.row for one in fresh}) >= SENTENCES else found
        chosen = pick_sentences(
            candidates, self.texts, centre, self.embed, most=SENTENCES, authors=self.authors, pages=self.pages
        )
        self.quoted |= {one.row for one in chosen}
        return tuple(quote_line(self.texts[c.row][c.start : c.end], self.ids[c.row]) for c in chosen)

    def _dissent(self, ranked: Sequence[int], centre: Vectors) -> Line | None:
        """The plainest contradiction, nearest to the centre among equals; bare ones last.

        What a reply contradicts is the comment that it answers, so that one must be of the theme or near it.
        """
        best: tuple[tuple[bool, float, int], int, int, int] | None = None
        for place, row in enumerate(ranked):
            parent = self.rows.get(self.parents[row], -1) if isinstance(self.parents[row], str) else -1
            of_theme = parent >= 0 and float(self.vectors[parent] @ centre) >= NEAR_THEME
            found = find_dissent(self.texts[row], is_reply=of_theme)
            if found is None:
                continue
            rule, start, end = found
            bare = len(self.texts[row][start:end].split()) < REASONED  # "I disagree." and no reason
            key = (bare, -rule.score, place)
            if best is None or key < best[0]:
                best = key, row, start, end
        if best is None:
            return None
        _, row, start, end = best
        words = self.texts[row][start:end]
        return Line(quoted(words), (self.ids[row],), "dissent", (words,))


def quote_line(words: str, comment_id: str) -> Line:
    """A reader's sentence, in quotation marks."""
    return Line(quoted(words), (comment_id,), "extractive", (words,))


def quoted(words: str) -> str:
    """Words of a comment on one line in quotation marks, its own spaces tidied."""
    return f"“{' '.join(words.split())}”"


def count_theme(theme: Row, total: int, ids: tuple[str, ...]) -> Line:
    """How much of all comments a theme is, in words that its interval allows."""
    count, pages = whole_of(theme, "count") or 0, whole_of(theme, "pages") or 0
    who = _by_names(theme)
    verb = "is" if count == 1 else "are"
    return Line(f"{share_words(theme, total)} {verb} in it, under {q.plural(pages, 'page')}{who}.", ids, "counted")


def _by_names(theme: Row) -> str:
    """``, by 29 names``; where some comments have none, also at how many comments the names stand."""
    commenters, names, at = (whole_of(theme, key) for key in ("commenters", "names", "named_comments"))
    if commenters is not None:
        return f", by {q.plural(commenters, 'name')}"
    return f", by {q.plural(names, 'name')} at the {q.plural(at, 'comment')} with a name" if names and at else ""


def share_words(theme: Row, total: int) -> str:
    """``About a fifth of the comments (62 of 312, 20%; 95% interval 16% to 25%)``."""
    count = whole_of(theme, "count") or 0
    low, high = real_of(theme, "share_low"), real_of(theme, "share_high")
    words = q.quantity(count, total, low, high, sparse=bool(theme.get("low_sample")))
    plain = words.endswith(f"of the {q.number(total)} comments") or total == 1
    counted = "" if plain else f"{q.number(count)} of {q.number(total)}, "
    between = f"; 95% interval {q.interval(low, high)}" if low is not None and high is not None else ""
    return q.upper_first(f"{words} ({counted}{q.percent(count / total)}{between})")
