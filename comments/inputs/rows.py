"""A comment that came without a page: a row of a table."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from comments.clean import clean_text
from comments.model import sound


@dataclass(frozen=True, slots=True)
class TableRow:
    """One comment of a table, as its input gives it.

    Attributes:
        source: the file.
        place: row or line in it.
        text: the comment.
        comment_id: the table's own id, kept as it is, or None.
        address: what it stands under: the article's URL or id, else the file.
        title: title of the article, or None.
        url: address of the article on the web, or None.
        author: author as given, or None.
        created_at: date as given, or None.
        parent_id: comment_id of the parent, or None.
        extra: the input's other columns, by name.
    """

    source: str
    place: str
    text: str
    comment_id: str | None
    address: str
    title: str | None = None
    url: str | None = None
    author: str | None = None
    created_at: str | None = None
    parent_id: str | None = None
    extra: dict[str, object] = field(default_factory=dict)


def row_from_record(record: dict[str, object], source: str, place: str, file: str) -> TableRow | None:
    """Return the row that a table's record stands for, or None where it has no text that can be seen.

    Args:
        record: column names and values; null and NaN count as absent. Numbers that are ids, and times,
            become text: 7.0 is ``7``, because a column of whole numbers with gaps is one of floats.
        source: the file, for people.
        place: the row, for people.
        file: address of the file, for rows that name no article.
    """
    values = {name: value for name, value in record.items() if value is not None and value == value}
    text = values.get("text")
    if not isinstance(text, str) or not clean_text(text):
        return None

    def string(name: str) -> str | None:
        return _string(values.get(name))

    url = string("article_url")
    extra = {name: value for name, value in record.items() if name not in {"text", "comment_id", "parent_id"}}
    return TableRow(
        source=source,
        place=place,
        text=sound(text),
        comment_id=string("comment_id"),
        address=url or string("article_id") or file,
        title=string("article_title"),
        url=url,
        author=string("author"),
        created_at=string("created_at"),
        parent_id=string("parent_id"),
        extra={name: value if value == value else None for name, value in extra.items()},
    )


def _string(value: object) -> str | None:
    if value is None or value == "":
        return None
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, date | datetime):
        return value.isoformat()
    return sound(str(value))
