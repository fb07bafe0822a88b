"""One writer a store on object storage: a lease that is renewed while its process lives.

Each lock is an object with a number of its own, made only if there is none (``If-None-Match: *`` on S3), so that of
two processes that find the place free one gets it. The highest number counts. A lock whose lease ran out is stale: the
next writer takes the next number, and the one before sees that it has lost before it publishes anything.
"""

from __future__ import annotations

import json
import logging
import os
import socket
import sys
import threading
import uuid
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from comments.errors import StoreError

log = logging.getLogger(__name__)
LEASE = timedelta(minutes=10)
FOLDER = "lock"


class Lease:
    """The writers' lock of a store on object storage.

    Args:
        fs: its fsspec file system.
        root: bucket and prefix of the store there.
        url: what the user calls it.
    """

    def __init__(self, fs: Any, root: str, url: str) -> None:  # noqa: ANN401
        self._fs, self._root, self._url = fs, f"{root}/{FOLDER}", url
        self._own: str | None = None
        self._token = self._since = ""
        self._until = datetime.min.replace(tzinfo=UTC)
        self._ended = threading.Event()
        self._writing = threading.Lock()

    def acquire(self) -> None:
        """Take the lock, and go on renewing it.

        Raises:
            StoreError: when another process holds it, or the storage would let two in.
        """
        newest = self._newest()
        note = self._read(newest) if newest else None
        if newest and note and datetime.fromisoformat(note["until"]) > datetime.now(UTC):
            raise StoreError(
                f"another process is writing to the store {self._url}: process {note['pid']} on {note['host']} "
                f"({note['command']}), since {note['since']}",
                f"wait until it has ended; if it was killed, its lock ends at {note['until']}",
            )
        number = int(Path(newest).stem) + 1 if newest else 1
        own, self._token = f"{self._root}/{number:09d}.json", uuid.uuid4().hex
        self._since = datetime.now(UTC).isoformat(timespec="seconds")
        if not self._make(own):
            raise StoreError(f"another process has just begun to write to the store {self._url}", "try again later")
        self._own = own
        if self._make(own):
            self.release()
            what = f"the storage of {self._url} writes over an object when told not to, so it cannot hold a lock"
            raise StoreError(what, "use storage with conditional writes, or keep the store on a disk")
        for name in self._names():
            if name != own:
                self._remove(name)
        self._ended.clear()
        threading.Thread(target=self._renew, daemon=True).start()

    def release(self) -> None:
        """Give the lock back."""
        self._ended.set()
        with self._writing:
            own, self._own = self._own, None
            if own is not None and (self._read(own) or {}).get("token") == self._token:
                self._remove(own)

    def check(self) -> None:
        """See that the lock is still ours; called before anything is published.

        Raises:
            StoreError: when it was lost: the process stood still for longer than its lease, or another took it away.
        """
        note = self._read(self._own) if self._own and self._newest() == self._own else None
        if not note or note["token"] != self._token or self._until <= datetime.now(UTC):
            what = f"the lock on the store {self._url} was lost: this process stood still for too long"
            raise StoreError(what, "run again; what was published before is whole")

    def _make(self, name: str) -> bool:
        try:
            self._fs.pipe_file(name, self._note(), mode="create")
        except FileExistsError:
            return False
        return True

    def _note(self) -> bytes:
        self._until = datetime.now(UTC) + LEASE
        holder = {
            "token": self._token,
            "pid": os.getpid(),
            "host": socket.gethostname(),
            "command": " ".join([Path(sys.argv[0]).name, *sys.argv[1:]])[:500],
            "since": self._since,
            "until": self._until.isoformat(timespec="seconds"),
        }
        return json.dumps(holder).encode("utf-8", "replace")

    def _renew(self) -> None:
        while not self._ended.wait(LEASE.total_seconds() / 5):
            with self._writing:
                if self._own is None or self._until <= datetime.now(UTC):
                    return  # lost: another may have it by now
                try:
                    self._fs.pipe_file(self._own, self._note())
                except Exception as error:  # the storage's own kinds; tried again in a moment
                    log.warning("the lock on %s cannot be renewed (%s)", self._url, error)

    def _names(self) -> list[str]:
        self._fs.invalidate_cache()
        try:
            names = self._fs.ls(self._root, detail=False)
        except FileNotFoundError:
            return []
        return sorted(name for name in names if Path(name).stem.isdigit())

    def _newest(self) -> str | None:
        return next(reversed(self._names()), None)

    def _read(self, name: str) -> dict[str, Any] | None:
        try:
            return dict(json.loads(self._fs.cat_file(name)))
        except (FileNotFoundError, ValueError):
            return None

    def _remove(self, name: str) -> None:
        with suppress(FileNotFoundError):
            self._fs.rm_file(name)
