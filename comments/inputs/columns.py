"""Which columns of a table hold what: a mapping for tables that call them by other names."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from comments.errors import SettingsError
from comments.toml_file import read_toml

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

UNIX = {"unix": 1, "unix_ms": 1000}
TODO = "see `Column mapping` in docs/formats.md"


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """The names of a table's columns, and how its dates are written.

    In objects of JSON Lines a name with dots leads into inner objects: ``author.name``.

    Attributes:
        text: the comment.
        comment_id: its id.
        parent_id: id of the comment that is answered.
        article_id: what it stands under.
        article_url: address of that on the web.
        article_title: its title.
        author: name of who wrote it.
        created_at: when.
        permalink: address of the comment itself.
        likes: how often it was liked.
        date_format: how ``created_at`` is written, in the signs of ``strptime``, or ``unix`` or
            ``unix_ms`` for seconds or milliseconds since 1970; empty to take dates as they are.
    """

    text: str = "text"
    comment_id: str = "comment_id"
    parent_id: str = "parent_id"
    article_id: str = "article_id"
    article_url: str = "article_url"
    article_title: str = "article_title"
    author: str = "author"
    created_at: str = "created_at"
    permalink: str = "permalink"
    likes: str = "likes"
    date_format: str = ""

    @classmethod
    def from_mapping(cls, given: Mapping[str, object], where: str) -> ColumnMap:
        """Return the map that a ``[columns]`` table stands for.

        Args:
            given: names of attributes, and what the table calls them.
            where: the file, for the error.

        Raises:
            SettingsError: where a name is unknown, or its value is no name.
        """
        names = {field.name for field in fields(cls)}
        for name, value in given.items():
            if name not in names:
                raise SettingsError(f"{where}, [columns]: {name!r} is no column ({', '.join(sorted(names))})", TODO)
            if not isinstance(value, str) or (not value and name != "date_format"):
                raise SettingsError(f"{where}, [columns]: {name} is {value!r}, not the name of a column", TODO)
        return cls(**{name: str(value) for name, value in given.items()})

    @property
    def mapped(self) -> dict[str, str]:
        """What the user set, as a ``[columns]`` table has it."""
        return {f.name: value for f in fields(self) if (value := getattr(self, f.name)) != f.default}

    def value(self, record: Mapping[str, Any], name: str) -> object:
        """Return what a record holds under the attribute ``name``, None where it has no such column."""
        column = getattr(self, name)
        if column in record:
            return record[column]
        found: Any = record
        for part in column.split(".") if "." in column else ():
            if not isinstance(found, dict):
                return None
            found = found.get(part)
        return None if found is record else found

    def date(self, written: str) -> str | None:
        """Return a date as ISO 8601, None where it is not written as ``date_format`` says."""
        try:
            if self.date_format in UNIX:
                return datetime.fromtimestamp(float(written) / UNIX[self.date_format], UTC).isoformat()
            return datetime.strptime(written, self.date_format).isoformat()
        except (ValueError, OverflowError, OSError):
            return None


DEFAULT_COLUMNS = ColumnMap()


def load_columns(path: Path) -> ColumnMap:
    """Read a TOML file with a ``[columns]`` table.

    Raises:
        SettingsError: when it cannot be read, is not TOML, or names what is no column.
    """
    data = read_toml(path)
    given = data.get("columns")
    if not isinstance(given, dict) or len(data) > 1:
        raise SettingsError(f"{path} holds more or else than one table [columns]", TODO)
    return ColumnMap.from_mapping(given, str(path))
