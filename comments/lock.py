"""One writer a store, who leaves a note of who it is; readers need no lock."""

from __future__ import annotations

import json
import os
import socket
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from comments.errors import StoreError
from comments.sealed import write_whole

if TYPE_CHECKING:
    from collections.abc import Sequence

_HIDDEN = {"--author", "--comment", "--page"}


class WriterLock:
    """A lock on a folder that ends with its process, whatever ends that.

    Args:
        folder: the store.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._note = folder / ".holder.json"
        self._file: Any = None

    def acquire(self) -> None:
        """Take the lock.

        Raises:
            StoreError: when another process holds it, with what is known of that, or the folder cannot be written.
        """
        try:
            taken = self._try()
        except OSError as error:
            todo = "mend its permissions, or choose another --store"
            raise StoreError(f"the store {self._folder} cannot be written ({error.strerror})", todo) from error
        if not taken:
            todo = "wait until it has ended, or choose another --store"
            raise StoreError(f"another process is writing to the store {self._folder}{self._holder()}", todo)
        holder = {
            "pid": os.getpid(),
            "host": socket.gethostname(),
            "command": _command(sys.argv),
            "since": datetime.now(UTC).isoformat(timespec="seconds"),
        }
        try:
            write_whole(self._note, json.dumps(holder).encode("utf-8", "replace"))
        except OSError as error:
            self.release()
            todo = "free some space or mend its permissions"
            raise StoreError(f"the store {self._folder} cannot be written ({error.strerror})", todo) from error

    def attempt(self) -> bool:
        """Take the lock if it is free, without a note; False where another process holds it or it cannot be taken."""
        try:
            return self._try()
        except OSError:
            return False

    @property
    def held(self) -> bool:
        """Whether this object holds the lock."""
        return self._file is not None

    def release(self) -> None:
        """Give the lock back."""
        if self._file is not None:
            self._note.unlink(missing_ok=True)
            os.close(self._file)
            self._file = None

    def _try(self) -> bool:
        """Lock a file without touching it, so that a run that finds nothing new changes no file."""
        import fcntl

        handle = os.open(self._folder / ".lock", os.O_RDWR | os.O_CREAT, 0o644)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            return False
        except BaseException:
            os.close(handle)
            raise
        self._file = handle
        return True

    def _holder(self) -> str:
        try:
            note = json.loads(self._note.read_text(encoding="utf-8"))
            return f": process {note['pid']} on {note['host']} ({note['command']}), since {note['since']}"
        except (OSError, ValueError, KeyError, TypeError):
            return ""


def _command(arguments: Sequence[str]) -> str:
    """What the process was started as; what it is to erase stands in no file, be the process killed or not."""
    shown, hide = [Path(arguments[0]).name], False
    for word in arguments[1:]:
        name, given, _ = word.partition("=")
        shown.append("..." if hide else f"{name}=..." if given and name in _HIDDEN else word)
        hide = word in _HIDDEN
    return " ".join(shown)[:500]
