"""The brief of a report, and the table ``summary``: what counts and readers' own sentences come to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.agenda import SPOKEN_OF
from reports import quantities as q
from reports.rows import real_of, rows_of, text_of
from reports.summary.extract import Line, quoted, share_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pandas as pd

    from reports.summary.extract import Digest
    from reports.tables import RunTables

BRIEF = "brief"
BRIEF_SENTENCES = 5
OVERLAP = 0.5  # themes that share more of their comments are one matter for the brief
COLUMNS = ("section", "position", "sentence", "comment_ids", "kind", "quotes")


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
    for lead, one in zip(("Then comes", "After that comes"), [d for d in apart[1:] if d is not own], strict=False):
        lines.append(_named_line(one, total, lead))
        said.append(one)
    if own is not None:
        lines.append(_named_line(own, total, "Readers bring up what no article above them speaks of:"))
    opposed = next(((one, against) for one in said for against in one.against), None)
    if opposed is not None:
        one, against = opposed
        lead = f"Under {q.name(str(one.row['label']))} a reader contradicts: {against.sentence}."
        lines.append(Line(_stopped(lead), against.comment_ids, "counted", against.quotes))
    desk = _desk_line(tables)
    if desk is not None:
        lines.append(desk)
    yield from lines[:BRIEF_SENTENCES]


def _stopped(sentence: str) -> str:
    """One full stop at the end, none after that of a quote."""
    return sentence[:-1] if sentence.endswith((".”.", "!”.", "?”.", "…”.")) else sentence


def _apart(digests: dict[str, Digest]) -> Iterator[Digest]:
    """Themes in their order that share little with one before them; loose groups only where there are no others."""
    seen: list[set[int]] = []
    held = [one for one in digests.values() if one.row.get("loose") is not True]
    for one in held or digests.values():
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
    """The largest theme, no loose group, that readers introduced and that not one of its articles speaks of."""
    frame = tables.more.get("agenda_themes")
    if frame is None:
        return None
    own = {
        str(r["theme_id"])
        for r in rows_of(frame)
        if r.get("reader_introduced") is True and (real_of(r, "closeness") or 0.0) < SPOKEN_OF
    }
    held = {name: one for name, one in digests.items() if one.row.get("loose") is not True}
    return next((one for name, one in held.items() if name in own and one not in said), None)


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
