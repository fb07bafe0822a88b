"""Columns of the tables that a run writes, as docs/formats.md promises them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pyarrow as pa

MAIN = ("comments", "assignments", "themes", "pages")
"""Tables that every run has; all others may be missing. Each is written as its name and ``.parquet``."""

# A column is its name and, unless it holds text, its type.
COLUMNS: Mapping[str, str] = {
    "comments": (
        "comment_id theme_id theme strength:real page_id position:whole text clean_text own_text author posted_at "
        "created_at day depth:whole parent_id parent_evidence start:whole end:whole permalink likes:whole "
        "confidence:real gone:flag text_seen:real language language_confidence:real residual_reason "
        "nearest_theme_id nearest_theme nearest_strength:real source place"
    ),
    "assignments": "comment_id theme_id theme strength:real kind",
    "themes": (
        "theme_id kind label description rule count:whole share:real share_low:real share_high:real "
        "commenters:whole named_comments:whole names:whole commenter_share:real commenter_share_low:real "
        "commenter_share_high:real pages:whole keyphrases:texts representatives:texts near_misses:texts "
        "boundary:texts stability:real stable:flag loose:flag low_sample:flag folded:texts"
    ),
    "pages": (
        "page_id version source address url title kind declared_count:whole found_count:whole confidence:real "
        "reason method article"
    ),
    "agenda_articles": "page_id passage start:whole end:whole closeness:real comment_id taken_up:flag",
    "agenda_themes": "theme_id reader_introduced:flag closeness:real page_id passage start:whole end:whole",
    "campaigns": (
        "campaign_id comment_ids:texts comments:whole pages:whole authors:whole first_at last_at similarity:real text"
    ),
    "conflicts": "edit:whole action theme_id comment_id reason",
    "desk": "comment_id kind passage start:whole end:whole score:real rule",
    "events": (
        "event theme_id label parents:texts children:texts count_before:whole count_after:whole share_before:real "
        "share_after:real change_low:real change_high:real evidence"
    ),
    "history": (
        "run:whole event theme_id label parents:texts children:texts count_before:whole count_after:whole "
        "share_before:real share_after:real change_low:real change_high:real evidence"
    ),
    "layer_members": "comment_id level:whole node_id",
    "layers": (
        "node_id level:whole parent_id label keyphrases:texts count:whole share:real share_low:real "
        "share_high:real stability:real theme_ids:texts chosen:flag"
    ),
    "map": "comment_id x:real y:real",
    "notes": "theme_id comment_id note",
    "replies": (
        "theme_id replies:whole contradict:whole agree:whole share:real share_low:real share_high:real contested:flag "
        "contradicting:texts agreeing:texts"
    ),
    "similar": "comment_id similar:texts closeness:reals",
    "summary": "section position:whole sentence comment_ids:texts kind quotes:texts",
    "trend": "theme_id period basis count:whole total:whole share:real low:real high:real gap:flag",
    "voices": "author comments:whole share:real",
}
MORE = tuple(sorted(set(COLUMNS) - set(MAIN)))


def columns_of(table: str) -> list[str]:
    """Return the names of a table's columns in order."""
    return [column.partition(":")[0] for column in COLUMNS[table].split()]


def schema_of(table: str) -> pa.Schema | None:
    """Return names and types of a table's columns; None for one whose columns are typed by their values."""
    import pyarrow as pa

    if table not in COLUMNS:
        return None
    types = {"": pa.string(), "text": pa.string(), "whole": pa.int64(), "real": pa.float64(), "flag": pa.bool_()}
    types |= {f"{name}s": pa.list_(kind) for name, kind in types.items() if name}
    pairs = (column.partition(":")[::2] for column in COLUMNS[table].split())
    return pa.schema([(name, types[kind]) for name, kind in pairs])
