"""A store on object storage (S3, GCS, whatever fsspec opens), worked on through a copy of it on this machine.

The copy is a store like any other in the user's cache, so that all that holds for a store on a disk holds for it, and
a later run fetches only what is new. What has a hash in its name is written once and never changed; the few JSON files
change whole, which object storage does in one step. So:

- *pull* makes the copy what the storage holds: fetches what is missing, drops what is too much, and does it again where
  the JSON files have changed meanwhile;
- *push* puts up what is new, then the JSON files, the manifest after the batches that it names, then takes down what no
  file names any more. Killed in between, it leaves objects that nothing names.
"""

from __future__ import annotations

import hashlib
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from comments.errors import SettingsError, StoreError
from comments.remote_lock import FOLDER, Lease
from comments.sealed import write_whole

if TYPE_CHECKING:
    from collections.abc import Callable

NOTE = ".remote"
LAST = ("manifest.json", "state.json")
"""JSON files that name others, in the order in which they are put up, after all the rest."""
_ONCE = re.compile(r"(?:batches|state)/[^/.][^/]*/[^/]+|vectors/[^/]+/[^/.][^/]*")


def is_url(name: str) -> bool:
    """Whether a place is an address such as ``s3://bucket/prefix`` and no path."""
    return re.match(r"[a-z][a-z0-9+.-]+://", name) is not None


def copy_of(url: str) -> Path:
    """Return the folder on this machine that a store on object storage is worked on in; made if missing.

    Args:
        url: of the store.

    Raises:
        SettingsError: when the address names no place below a bucket.
    """
    import platformdirs

    url = url.rstrip("/")
    name = re.sub(r"[^\w.-]+", "-", url.partition("://")[2])
    if not name:
        raise SettingsError(f"{url} names no bucket", "write it as s3://bucket/prefix")
    root = Path(platformdirs.user_cache_dir("belowtheline")) / "stores"
    folder = root / f"{hashlib.sha256(url.encode()).hexdigest()[:12]}-{name[-60:]}"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not (folder / NOTE).exists():
            write_whole(folder / NOTE, url.encode(), mode=0o600)
    except OSError as error:
        todo = "mend its permissions, or set XDG_CACHE_HOME"
        raise StoreError(f"the copy {folder} of {url} cannot be made ({error.strerror})", todo) from error
    return folder


def remote_of(folder: Path) -> Remote | None:
    """Return the storage behind a folder that :func:`copy_of` gave; None for a store on a disk."""
    note = folder / NOTE
    return Remote(note.read_text(encoding="utf-8"), folder) if note.exists() else None


def open_storage(url: str) -> tuple[Any, str]:
    """Return the fsspec file system of an address, and the path there.

    Raises:
        SettingsError: when the package that knows such addresses is not installed.
    """
    try:
        import fsspec

        fs, root = fsspec.url_to_fs(url, use_listings_cache=False)
    except (ImportError, ValueError) as error:
        todo = "install the extra `cloud` for s3://, gcsfs for gs://"
        raise SettingsError(f"{url} cannot be opened ({str(error).splitlines()[0]})", todo) from error
    return fs, str(root).rstrip("/")


class Remote:
    """The storage of a store.

    Args:
        url: of the store.
        folder: its copy on this machine.
    """

    def __init__(self, url: str, folder: Path) -> None:
        self.url, self.folder = url, folder
        self._fs, self._root = open_storage(url)
        self._lease = Lease(self._fs, self._root, url)
        self._there: dict[str, tuple[int, str]] = {}
        self._put: dict[str, bytes] = {}

    def exists(self) -> bool:
        """Whether there is a store at the address."""
        return bool(self._asked(self._fs.exists, self._key("store.json")))

    def lock(self) -> None:
        """Take the writers' lock, see :class:`comments.remote_lock.Lease`; and pull."""
        self._asked(self._lease.acquire)
        try:
            self.pull()
        except BaseException:
            self.unlock()
            raise

    def unlock(self) -> None:
        """Give the lock back."""
        self._asked(self._lease.release)

    def pull(self) -> None:
        """Make the copy what the storage holds now; a writer that is busy meanwhile is waited for, three times."""
        for _ in range(4):
            there = self._asked(self._list)
            whole = self._asked(self._fetch, there)
            if whole and _changing(self._asked(self._list)) == _changing(there):
                self._there = there
                self._drop_local()
                return
        raise StoreError(f"the store {self.url} changes faster than it can be read", "try again later")

    def push(self) -> None:
        """Put up what is new in the copy.

        Raises:
            StoreError: when the lock was lost, or the storage cannot be written; what it held before still counts.
        """
        here = self._local()
        new = [name for name in here if _ONCE.fullmatch(name) and name not in self._there]
        changed = {name: data for name in here if not _ONCE.fullmatch(name) and (data := self._changed(name))}
        gone = [name for name in self._there if name not in here]
        if not (new or changed or gone):
            return
        self._asked(self._lease.check)
        for name in new:
            self._asked(self._fs.put_file, str(self.folder / name), self._key(name))
            self._there[name] = ((self.folder / name).stat().st_size, "")
        if changed or gone:
            self._asked(self._lease.check)  # again: putting up may have taken longer than the lease
        for name in sorted(changed, key=lambda n: (LAST.index(n) if n in LAST else -1, n)):
            self._asked(self._fs.pipe_file, self._key(name), changed[name])
            self._put[name] = hashlib.sha256(changed[name]).digest()
            self._there[name] = (len(changed[name]), "")
        for name in gone:
            self._asked(self._fs.rm_file, self._key(name))
            del self._there[name]

    def _key(self, name: str) -> str:
        return f"{self._root}/{name}"

    def _changed(self, name: str) -> bytes | None:
        data = (self.folder / name).read_bytes()
        return None if self._put.get(name) == hashlib.sha256(data).digest() else data

    def _list(self) -> dict[str, tuple[int, str]]:
        """Size and mark of each object of the store, by its name below the root."""
        self._fs.invalidate_cache()
        found = self._fs.find(self._root, detail=True)
        listed = {}
        for path, info in found.items():
            name = str(path).removeprefix(self._root).lstrip("/")
            mark = info.get("ETag") or info.get("etag") or info.get("created") or info.get("mtime") or ""
            if not name.startswith(f"{FOLDER}/") and _is_plain(name):
                listed[name] = (int(info.get("size") or 0), str(mark))
        return listed

    def _fetch(self, there: dict[str, tuple[int, str]]) -> bool:
        """Fetch what the copy lacks; False where something has gone since it was listed."""
        try:
            for name, (size, _) in there.items():
                file = self.folder / name
                if not _ONCE.fullmatch(name):
                    self._get_changing(name, file)
                elif not file.exists() or file.stat().st_size != size:
                    self._get(name, file)
        except FileNotFoundError:
            return False
        return True

    def _get_changing(self, name: str, file: Path) -> None:
        data = bytes(self._fs.cat_file(self._key(name)))
        self._put[name] = hashlib.sha256(data).digest()
        if not file.exists() or file.read_bytes() != data:
            file.parent.mkdir(parents=True, exist_ok=True)
            write_whole(file, data, mode=0o600 if name == "key.json" else 0o644)

    def _get(self, name: str, file: Path) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        part = file.parent / f".new-{file.name}"
        try:
            self._fs.get_file(self._key(name), str(part))
            part.replace(file)
        finally:
            part.unlink(missing_ok=True)

    def _local(self) -> dict[str, Path]:
        """Files of the copy that belong to the store, by their names below it."""
        files = {path.relative_to(self.folder).as_posix(): path for path in self.folder.rglob("*") if path.is_file()}
        return {name: path for name, path in sorted(files.items()) if _is_plain(name)}

    def _drop_local(self) -> None:
        """Remove from the copy what the storage has no more: erased, compacted, or never put up."""
        for name, path in self._local().items():
            if name not in self._there:
                path.unlink()
        for kind in ("batches", "state"):
            for folder in (self.folder / kind).glob("*"):
                if not any(folder.iterdir()):
                    shutil.rmtree(folder)

    def _asked(self, work: Callable[..., Any], *given: Any) -> Any:  # noqa: ANN401
        """Ask the storage; what it cannot do is said in our words."""
        try:
            return work(*given)
        except StoreError:
            raise
        except Exception as error:  # botocore and aiohttp raise dozens of kinds
            reason = str(error).splitlines()[0] if str(error) else type(error).__name__
            todo = "see that the bucket exists, its address and your credentials are right, and the network is there"
            raise StoreError(f"the store {self.url} cannot be reached ({reason})", todo) from error


def _is_plain(name: str) -> bool:
    """Whether a name leads neither out of the store nor to what is this machine's own."""
    return all(part and part[0] != "." for part in name.split("/"))


def _changing(there: dict[str, tuple[int, str]]) -> dict[str, tuple[int, str]]:
    return {name: mark for name, mark in there.items() if not _ONCE.fullmatch(name)}
