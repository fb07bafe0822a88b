"""A comment that came without a page: a row of a table or of an export."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING

from comments.clean import clean_text
from comments.inputs.columns import DEFAULT_COLUMNS, ColumnMap
from comments.model import Reject, sound

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class TableRow:
    """One comment of a table or an export, as its input gives it.

    Attributes:
        source: the file.
        place: row or line in it.
        text: the comment.
        comment_id: the input's own id, kept as it is, or None.
        address: what it stands under: the article's URL or id, else the file.
        title: title of the article, or None.
        url: address of the article on the web, or None.
        author: author as given, or None.
        created_at: date as given, or as ISO 8601 where its form is known, or None.
        posted_at: date as written where ``created_at`` is not as given, else None.
        parent_id: comment_id of the parent, or None.
        permalink: address of the comment itself, or None.
        likes: number of likes, or None.
        article: text of the article, or None where the input does not hold it.
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
    posted_at: str | None = None
    parent_id: str | None = None
    permalink: str | None = None
    likes: int | None = None
    article: str | None = None
    extra: dict[str, object] = field(default_factory=dict)


class RowReader:
    """Records of one file to rows, and what the file as a whole lacked.

    Args:
        source: the file, for people.
        address: of the file, for rows that name no article.
        columns: what its columns are called.
    """

    def __init__(self, source: str, address: str, columns: ColumnMap = DEFAULT_COLUMNS) -> None:
        self._source = source
        self._address = address
        self.columns = columns
        self._unseen = {name: column for name, column in columns.mapped.items() if name != "date_format"}
        self._undated = 0
        self._first_undated = ""
        self._taken = 0

    def read(self, record: dict[str, object], place: str) -> TableRow | Reject:
        """Return the row that a record stands for, or a reject where it has no text that can be seen."""
        row = row_from_record(record, self._source, place, self._address, self.columns)
        if row is None:
            return Reject(self._source, place, "row without text")
        self._taken += 1
        if self._unseen:
            value = self.columns.value
            self._unseen = {k: v for k, v in self._unseen.items() if v not in record and value(record, k) is None}
        if row.posted_at and not row.created_at:
            self._undated += 1
            self._first_undated = self._first_undated or f"{place} has {row.posted_at[:60]!r}"
        return row

    def finish(self) -> Iterator[Reject]:
        """Yield a reject for each column that was named and never there, and for dates of another form."""
        for name, column in self._unseen.items() if self._taken else ():
            yield Reject(self._source, "columns", "column not in the table", f"{name} = {column!r}")
        if self._undated:
            detail = f"{self._undated} dates are not written as {self.columns.date_format!r}: {self._first_undated}"
            yield Reject(self._source, "columns", "date of another form", detail)


def row_from_record(
    record: dict[str, object], source: str, place: str, file: str, columns: ColumnMap = DEFAULT_COLUMNS
) -> TableRow | None:
    """Return the row that a table's record stands for, or None where it has no text that can be seen.

    Args:
        record: column names and values; null and NaN count as absent. Numbers that are ids, and times,
            become text: 7.0 is ``7``, because a column of whole numbers with gaps is one of floats.
        source: the file, for people.
        place: the row, for people.
        file: address of the file, for rows that name no article.
        columns: what the columns are called.
    """

    def value(name: str) -> object:
        found = columns.value(record, name)
        return None if found != found else found

    def string(name: str) -> str | None:
        return _string(value(name))

    text = value("text")
    if not isinstance(text, str) or not clean_text(text):
        return None
    url, written = string("article_url"), string("created_at")
    own = {columns.text, columns.comment_id, columns.parent_id}
    return TableRow(
        source=source,
        place=place,
        text=sound(text),
        comment_id=string("comment_id"),
        address=url or string("article_id") or file,
        title=string("article_title"),
        url=url,
        author=string("author"),
        created_at=columns.date(written) if columns.date_format and written else written,
        posted_at=written if columns.date_format else None,
        parent_id=string("parent_id"),
        permalink=string("permalink"),
        likes=_whole(value("likes")),
        extra={name: v if v == v else None for name, v in record.items() if name not in own},
    )


def _string(value: object) -> str | None:
    if value is None or value == "":
        return None
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, date | datetime):
        return value.isoformat()
    return sound(str(value))


def _whole(value: object) -> int | None:
    """A number of likes; what is no whole number that fits its column is unknown."""
    try:
        number = float(str(value))
        return int(number) if number.is_integer() and abs(number) < 2**53 else None
    except (ValueError, OverflowError):
        return None
