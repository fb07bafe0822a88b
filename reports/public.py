"""Tables for sharing: what could reach or name a person is masked in every text of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from comments.privacy import MASK, make_mask, mask_value

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    import pandas as pd

    from reports.tables import RunTables

KEPT = {
    "address",
    "agreeing",
    "author",
    "boundary",
    "campaign_id",
    "children",
    "comment_id",
    "comment_ids",
    "contradicting",
    "created_at",
    "day",
    "folded",
    "near_misses",
    "node_id",
    "page_id",
    "parent_id",
    "parents",
    "period",
    "permalink",
    "place",
    "posted_at",
    "representatives",
    "similar",
    "source",
    "theme_id",
    "theme_ids",
    "url",
    "version",
}
"""Columns of identities, places and times, which evidence rests on; authors have pseudonyms already."""
WORDS = {"keyphrases", "label", "theme", "nearest_theme"}
SAID = {"sentence", "evidence", "description"}
"""Columns whose sentences name themes by their labels."""
NOTE = (
    "For sharing: e-mail addresses, phone numbers, handles and names of commenters are masked, sign by sign; "
    "the text as it stood is in the store only."
)


def mask_tables(tables: RunTables, names: Iterable[str]) -> RunTables:
    """Return tables in whose texts no address, number, handle or author's name can be read.

    Args:
        tables: of a run, with pseudonyms for authors.
        names: of the authors, as written.
    """
    texts = tables.comments["text"].tolist()
    names = sorted(set(names))
    mask, contacts = make_mask(names, texts), make_mask((), ())
    # A part of a name says little in a sentence, and much as the word for a theme.
    parts = make_mask({part for name in names for part in name.split()}, texts)

    labels = {label: masked for label in tables.themes["label"] if (masked := legible(parts(mask(label)))) != label}

    def relabelled(text: str) -> str:
        for label in sorted(labels, key=len, reverse=True):
            text = text.replace(label, labels[label])
        return text

    def shown(frame: pd.DataFrame) -> pd.DataFrame:
        frame = _masked(frame, relabelled, only=SAID) if labels else frame
        return _legible_phrases(_masked(_masked(frame, mask), lambda text: legible(parts(text)), only=WORDS))

    more = {name: shown(frame) for name, frame in tables.more.items()}
    notes = [*tables.run.get("notes", []), NOTE]
    return replace(
        tables,
        comments=shown(tables.comments),
        # Names in an article are the newsroom's to print.
        pages=_masked(tables.pages, contacts),
        themes=shown(tables.themes),
        assignments=shown(tables.assignments),
        rejects=_masked(tables.rejects, contacts),
        more=more,
        run={**tables.run, "notes": notes},
    )


def legible(label: str) -> str:
    """Return a label without those of its phrases that are masked, as long as one is left."""
    return ", ".join(phrase for phrase in label.split(", ") if MASK not in phrase) or label


def _legible_phrases(frame: pd.DataFrame) -> pd.DataFrame:
    """A table without keyphrases that are masked: they say nothing."""
    if "keyphrases" not in frame:
        return frame
    return frame.assign(keyphrases=frame["keyphrases"].map(lambda own: [one for one in own if MASK not in one]))


def _masked(frame: pd.DataFrame, mask: Callable[[str], str], only: Collection[str] | None = None) -> pd.DataFrame:
    import pandas as pd

    columns = [
        name
        for name in frame.columns
        if name not in KEPT
        and (only is None or name in only)
        and (frame[name].dtype == object or isinstance(frame[name].dtype, pd.StringDtype))
    ]
    return frame.assign(**{name: frame[name].map(lambda value: mask_value(value, mask)) for name in columns})
