"""The one exception family: raised with what went wrong, where, and what to do."""

from __future__ import annotations


class BelowTheLineError(Exception):
    """A failure that the user can act on; its message is one line and names the file or row.

    Args:
        what: what is wrong, with the file or row in it.
        todo: what the user can do about it.
    """

    exit_code = 1

    def __init__(self, what: str, todo: str = "") -> None:
        super().__init__(" ".join((f"{what}: {todo}" if todo else what).splitlines()))


class SettingsError(BelowTheLineError):
    """The command line, a settings file or a themes file is wrong (exit code 2)."""

    exit_code = 2


class StoreError(BelowTheLineError):
    """The store cannot be read or written as it is."""


class NoCommentsError(BelowTheLineError):
    """No comment was found and the user asked for strictness (exit code 3)."""

    exit_code = 3


class QualityFloorError(BelowTheLineError):
    """A measured quality is below its floor (exit code 4)."""

    exit_code = 4
