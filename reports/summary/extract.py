"""The summary without a language model: counts in words, and sentences that readers wrote themselves."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from analysis.agenda import SPOKEN_OF
from analysis.dissent import find_dissent
from analysis.extract import Candidate, find_candidates, pick_sentences, sentence_of
from reports import quantities as q
from reports.rows import list_of, real_of, rows_of, text_of, whole_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from reports.rows import Row
    from reports.tables import RunTables

    Vectors = NDArray[np.float32]

Kind = Literal["counted", "extractive", "dissent", "model", "label"]
BRIEF = "brief"
COLUMNS = ("section", "position", "sentence", "comment_ids", "kind", "quotes")
SENTENCES = 3  # of a theme
POOL = 12  # comments of a theme whose sentences are looked at
MOST_SENTENCES = 12_000  # that are embedded in a run; of many themes each gets fewer
BRIEF_SENTENCES = 5
REASONED = 8  # words from which a contradiction may hold its reason
NEAR_THEME = 0.3  # cosine to a theme's centre from which a comment is about the same
OVERLAP = 0.5  # themes that share more of their comments are one matter for the brief


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
        dissent: a comment that contradicts, or that there was none.
    """

    row: Row
    members: tuple[int, ...]
    counted: Line
    voices: tuple[Line, ...]
    dissent: Line
    opposed: bool = field(default=False)

    @property
    def lines(self) -> tuple[Line, ...]:
        """All sentences in order."""
        return (self.counted, *self.voices, self.dissent)


def digest_themes(tables: RunTables, vectors: Vectors, embed: Callable[[Sequence[str]], Vectors]) -> dict[str, Digest]:
    """Return what is said of each theme that has comments, largest first.

    Args:
        tables: comments, themes and assignments of the run.
        vectors: unit vectors of the comments in the order of their rows, shape (n, d).
        embed: texts to unit vectors by the same model.
    """
    source = _Source(tables, vectors, embed)
    themes = [row for row in rows_of(tables.themes) if source.members.get(str(row["theme_id"]))]
    themes.sort(key=lambda row: (-(whole_of(row, "count") or 0), row["kind"] != "named", str(row["theme_id"])))
    source.look_at(themes)
    return {str(row["theme_id"]): source.digest(row) for row in themes}


def write_summary(
    tables: RunTables, digests: dict[str, Digest], lines: dict[str, tuple[Line, ...]] | None = None
) -> pd.DataFrame:
    """Return the table ``summary``: the brief, then every theme.

    Args:
        tables: the run with its further tables, as far as it has them.
        digests: what :func:`digest_themes` gave.
        lines: what is said of each theme, if it is something else.
    """
    lines = {name: one.lines for name, one in digests.items()} if lines is None else lines
    return frame_of({BRIEF: tuple(write_brief(tables, digests)), **lines})


def frame_of(sections: dict[str, tuple[Line, ...]]) -> pd.DataFrame:
    """Return lines by section as the table ``summary``."""
    import pandas as pd

    rows = [
        (section, position, line.sentence, list(line.comment_ids), line.kind, list(line.quotes))
        for section, lines in sections.items()
        for position, line in enumerate(lines)
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype({"position": "int64"})


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
        most = max(SENTENCES, MOST_SENTENCES // max(1, len(themes)))
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
        opposed = self._dissent(ranked, centre)
        looked = tuple(line.comment_ids[0] for line in voices) or (self.ids[ranked[0]],)
        none = Line("No comment in it contradicts another in so many words.", looked, "counted")
        counted = count_theme(theme, len(self.ids), looked)
        return Digest(theme, tuple(members), counted, voices, opposed or none, opposed is not None)

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
    """``, by 29 names``; where some comments have none, at how many the names stand."""
    commenters, names, at = (whole_of(theme, key) for key in ("commenters", "names", "named_comments"))
    if commenters is not None:
        return f", by {q.plural(commenters, 'name')}"
    return f", by {q.plural(names, 'name')} where there is one ({q.plural(at, 'comment')})" if names and at else ""


def share_words(theme: Row, total: int) -> str:
    """``About a fifth of the comments (62 of 312, 20%; 95% interval 16% to 25%)``."""
    count = whole_of(theme, "count") or 0
    low, high = real_of(theme, "share_low"), real_of(theme, "share_high")
    words = q.quantity(count, total, low, high, sparse=bool(theme.get("low_sample")))
    plain = words.endswith(f"of the {q.number(total)} comments") or total == 1
    counted = "" if plain else f"{q.number(count)} of {q.number(total)}, "
    between = f"; 95% interval {q.interval(low, high)}" if low is not None and high is not None else ""
    return q.upper_first(f"{words} ({counted}{q.percent(count / total)}{between})")


def write_brief(tables: RunTables, digests: dict[str, Digest]) -> Iterator[Line]:
    """Yield at most five sentences: the largest matter, the next, the readers' own, a dissent, the desk.

    A theme that shares more than half of its comments with one that was named is passed over.
    """
    total = len(tables.comments)
    lines: list[Line] = []
    said: list[Digest] = []
    apart = list(_apart(digests))
    for one in apart[:1]:
        first = one.voices[0] if one.voices else None
        ids = first.comment_ids if first else one.counted.comment_ids
        tail = f", as in {first.sentence}" if first else ""
        verb = "is" if len(one.members) == 1 else "are"
        lead = f"{share_words(one.row, total)} {verb} about {q.name(str(one.row['label']))}{tail}."
        lines.append(Line(_stopped(lead), ids, "counted", first.quotes if first else ()))
        said.append(one)
    own = _introduced(tables, digests, said)
    for one in [d for d in apart[1:] if d is not own][:2]:
        lines.append(_named_line(one, total, "Then comes"))
        said.append(one)
    if own is not None:
        lines.append(_named_line(own, total, "Readers bring up what no article above them speaks of:"))
    opposed = next((one for one in said if one.opposed), None)
    if opposed is not None:
        against = opposed.dissent
        lead = f"Under {q.name(str(opposed.row['label']))} a reader contradicts: {against.sentence}."
        lines.append(Line(_stopped(lead), against.comment_ids, "counted", against.quotes))
    desk = _desk_line(tables)
    if desk is not None:
        lines.append(desk)
    yield from lines[:BRIEF_SENTENCES]


def _stopped(sentence: str) -> str:
    """One full stop at the end, none after that of a quote."""
    return sentence[:-1] if sentence.endswith((".”.", "!”.", "?”.", "…”.")) else sentence


def _apart(digests: dict[str, Digest]) -> Iterator[Digest]:
    """Themes, largest first, that share little with a larger one."""
    seen: list[set[int]] = []
    for one in digests.values():
        own = set(one.members)
        if all(len(own & other) <= OVERLAP * min(len(own), len(other)) for other in seen):
            seen.append(own)
            yield one


def _named_line(one: Digest, total: int, lead: str) -> Line:
    """A theme with its count and a reader's sentence."""
    count = len(one.members)
    quote = one.voices[0] if one.voices else None
    text = f"{lead} {q.name(str(one.row['label']))} ({q.plural(count, 'comment')}, {q.percent(count / total)})"
    ids = quote.comment_ids if quote else one.counted.comment_ids
    return Line(
        _stopped(f"{text}: {quote.sentence}." if quote else f"{text}."), ids, "counted", quote.quotes if quote else ()
    )


def _introduced(tables: RunTables, digests: dict[str, Digest], said: Sequence[Digest]) -> Digest | None:
    """The largest theme that readers introduced and that not one of its articles speaks of."""
    frame = tables.more.get("agenda_themes")
    if frame is None:
        return None
    own = {
        str(r["theme_id"])
        for r in rows_of(frame)
        if r.get("reader_introduced") is True and (real_of(r, "closeness") or 0.0) < SPOKEN_OF
    }
    return next((one for name, one in digests.items() if name in own and one not in said), None)


def _desk_line(tables: RunTables) -> Line | None:
    """How many sentences speak to the newsroom, with the surest."""
    frame = tables.more.get("desk")
    rows = [] if frame is None else [r for r in rows_of(frame) if r["kind"] in ("question", "correction", "tip")]
    if not rows:
        return None
    counts: dict[str, int] = {}
    for row in rows:
        counts[str(row["kind"])] = counts.get(str(row["kind"]), 0) + 1
    parts = [q.plural(counts[kind], kind) for kind in ("question", "correction", "tip") if kind in counts]
    passage = str(rows[0]["passage"])
    among = "" if len(rows) == 1 else ", among them"
    text = f"Readers put {q.join(parts)} to the newsroom{among}: {quoted(passage)}."
    return Line(_stopped(text), (str(text_of(rows[0], "comment_id")),), "counted", (passage,))
