"""Files on object storage (``s3://bucket/prefix``): listed, and fetched one at a time when their turn comes."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from comments.errors import SettingsError
from comments.model import sound
from comments.remote import open_storage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from comments.inputs.files import InputFile


def list_storage(url: str) -> list[InputFile]:
    """Return the files below an address, or the one that has it; hidden ones are passed over.

    Raises:
        SettingsError: when nothing is there, or the storage cannot be asked.
    """
    from comments.inputs.files import InputFile

    fs, root = open_storage(url)
    scheme = url.partition("://")[0]
    try:
        names = sorted(str(name) for name in fs.find(root))
    except Exception as error:  # botocore and aiohttp raise dozens of kinds
        todo = "see that its address and your credentials are right"
        raise SettingsError(f"{url} cannot be listed ({str(error) or type(error).__name__})", todo) from error
    files = []
    for name in names:
        below = name.removeprefix(root).lstrip("/") or PurePosixPath(name).name
        if not any(part.startswith(".") for part in below.split("/")):
            files.append(InputFile(sound(below), Path(name), f"{scheme}://{name.lstrip('/')}"))
    if not files:
        raise SettingsError(f"{url} holds no file to read", "name an object, or a prefix with pages below it")
    return files


@contextmanager
def on_disk(file: InputFile) -> Iterator[InputFile]:
    """Give the file as one on this machine's disk; what was fetched for that goes afterwards.

    Raises:
        OSError: when it cannot be fetched.
    """
    if not file.url:
        yield file
        return
    fs, name = open_storage(file.url)
    with tempfile.TemporaryDirectory(prefix="btl-") as folder:
        here = Path(folder) / file.path.name
        try:
            fs.get_file(name, str(here))
        except OSError:
            raise
        except Exception as error:  # see above
            raise OSError(str(error) or type(error).__name__) from error
        yield replace(file, path=here)
