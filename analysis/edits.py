"""What an analyst decided about themes: a list of edits, read from a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, Self

from pydantic import Field, ValidationError, model_validator

from analysis.settings import Frozen, say_invalid
from comments.errors import SettingsError
from comments.model import digest
from comments.toml_file import read_toml

if TYPE_CHECKING:
    from pathlib import Path

Action = Literal["rename", "merge", "split", "pin", "exclude", "note"]
NEEDS: dict[str, tuple[set[str], set[str]]] = {
    "rename": ({"theme_id", "label"}, set()),
    "merge": ({"theme_ids"}, {"label"}),
    "split": ({"theme_id", "comment_ids", "label"}, set()),
    "pin": ({"comment_id", "theme_id"}, set()),
    "exclude": (set(), {"comment_id", "theme_id"}),
    "note": ({"text"}, {"comment_id", "theme_id"}),
}
"""Fields that each action must have, and those that it may have."""


class Edit(Frozen):
    """One decision; see docs/formats.md for what each action does.

    Attributes:
        action: what is done.
        theme_id: the theme that it is about.
        theme_ids: themes to merge, into the first.
        comment_id: the comment that it is about.
        comment_ids: comments that a split takes out of the theme.
        label: name of the theme from now on.
        text: a note.
        why: the analyst's reason, for people only.
    """

    action: Action
    theme_id: str | None = None
    theme_ids: tuple[str, ...] = ()
    comment_id: str | None = None
    comment_ids: tuple[str, ...] = ()
    label: str | None = Field(default=None, min_length=1, max_length=200)
    text: str | None = Field(default=None, min_length=1, max_length=2000)
    why: str | None = None

    @model_validator(mode="after")
    def _has_its_fields(self) -> Self:
        given = {name for name in type(self).model_fields if getattr(self, name)} - {"action", "why"}
        needed, allowed = NEEDS[self.action]
        if needed - given:
            raise ValueError(f"{self.action} needs {', '.join(sorted(needed - given))}")
        if given - needed - allowed:
            raise ValueError(f"{self.action} takes no {', '.join(sorted(given - needed - allowed))}")
        if self.action in ("exclude", "note") and not given & {"comment_id", "theme_id"}:
            raise ValueError(f"{self.action} needs comment_id or theme_id")
        if self.action == "merge" and len(set(self.theme_ids)) < 2:
            raise ValueError("merge needs two different themes in theme_ids")
        return self

    @property
    def about(self) -> set[str]:
        """Ids of the themes that it works on or makes."""
        made = {self.new_id} if self.action == "split" else set()
        return {self.theme_id, *self.theme_ids} - {None} | made  # type: ignore[return-value]

    @property
    def new_id(self) -> str:
        """Id of the theme that a split makes: from what the edit says, so that it is the same in every run."""
        return "S-" + digest("split", str(self.theme_id), *sorted(self.comment_ids), size=8)


def load_edits(path: Path) -> tuple[Edit, ...]:
    """Read edits from a TOML file of ``[[edit]]`` tables, in their order.

    Args:
        path: the file.

    Raises:
        SettingsError: when the file cannot be read, is not TOML, or an edit in it is incomplete; the
            message names the file and the edit.
    """
    data = read_toml(path)
    unknown = sorted(set(data) - {"edit"})
    rows = data.get("edit", [])
    if unknown or not isinstance(rows, list):
        raise SettingsError(f"{path} holds {', '.join(unknown) or '[edit]'}", "write each edit as an [[edit]] table")
    edits = []
    for number, row in enumerate(rows, 1):
        try:
            edits.append(Edit.model_validate(row))
        except ValidationError as error:
            todo = "see docs/formats.md for the form"
            raise SettingsError(f"{path}, edit {number}: {say_invalid(error)}", todo) from error
    return tuple(edits)
