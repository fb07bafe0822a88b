"""Full disks, folders that cannot be written, damaged bytes and two runs at once: nothing is silently wrong.

Run from the project's root: ``python -m bench.faults``. After each fault the last report must be whole, the command
must have said in one line what is wrong and where, and the next run must come to what one left alone comes to. A byte
is damaged in every file below the store and the report in turn, and both a run over something new and one over nothing
new follow: either it comes to the same as over sound files, or it names the file. Mounts need root; what cannot be
made here is said to be left out.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from bench.scratch import (
    copy,
    end,
    finish,
    flip,
    is_whole,
    load_libraries,
    published,
    reading,
    start,
    write_inputs,
)
from comments.errors import BelowTheLineError
from comments.store import Store
from reports.verify import verify_store

if TYPE_CHECKING:
    from collections.abc import Iterator

STEPS = 8
ROUNDS = 5


def _mount(*words: str) -> bool:
    """Whether the system let us mount."""
    return subprocess.run(["mount", *words], capture_output=True, check=False).returncode == 0


@contextmanager
def small_disk(place: Path, kilobytes: int) -> Iterator[bool]:
    """A file system of so many kilobytes in a folder; False where none can be mounted."""
    place.mkdir(parents=True, exist_ok=True)
    mounted = _mount("-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(place))
    try:
        yield mounted
    finally:
        if mounted:
            subprocess.run(["umount", str(place)], check=True)


def grow_disk(place: Path, kilobytes: int) -> None:
    """Give a mounted small disk more room."""
    subprocess.run(["mount", "-o", f"remount,size={kilobytes}k", str(place)], check=True)


@contextmanager
def read_only(folder: Path) -> Iterator[bool]:
    """Nobody can write in a folder, root included where it may mount; False where that cannot be had."""
    if os.geteuid():
        mode = folder.stat().st_mode
        folder.chmod(0o500)
        try:
            yield True
        finally:
            folder.chmod(mode)
        return
    mounted = _mount("--bind", str(folder), str(folder))
    try:
        yield mounted and _mount("-o", "remount,ro,bind", str(folder))
    finally:
        if mounted:
            subprocess.run(["umount", str(folder)], check=True)


def size_of(folder: Path) -> int:
    """Kilobytes that the files below a folder take on a disk with pages of 4 kB."""
    return sum(4 * -(-file.stat().st_size // 4096) for file in folder.rglob("*") if file.is_file())


def files_below(folder: Path) -> list[Path]:
    """Every file of the store and the report with something in it."""
    files = [file for name in ("store", "out") for file in sorted((folder / name).rglob("*"))]
    return [file for file in files if file.is_file() and file.stat().st_size]


def fail(folder: Path, before: dict[str, str], after: dict[str, str], *names: str) -> list[str]:
    """Start a run that cannot end well; return what is not as it must be."""
    code = end(start(folder, reading("second")))
    said = (folder / "said").read_text() if (folder / "said").exists() else ""
    wrong = [] if is_whole(folder, before, after) else ["the last report is not whole"]
    if code == 0 and published(folder) == after:
        return wrong
    last = said.strip().rpartition("\n")[2]
    if code != 1 or "Traceback" in said or not last.startswith("btl: ") or not any(name in last for name in names):
        wrong.append(f"ended with {code}: {said.strip()!r}")
    return wrong


def fill_disk(base: Path, after: dict[str, str], place: Path, part: float, needed: int) -> list[str]:
    """Run on a disk that becomes full after a part of what is needed; then make room and run again."""
    used = size_of(base) + 200
    with small_disk(place, used + round(part * needed)) as mounted:
        if not mounted:
            return ["left out: nothing can be mounted here"]
        work = copy(base, place / "work")
        wrong = fail(work, published(work), after, "free some space", "No space left")
        grow_disk(place, used + 4 * needed + 10_000)
        finish(work, reading("second"))
        return wrong if published(work) == after else [*wrong, "the next run came to something else"]


def lock_folder(base: Path, after: dict[str, str], place: Path, name: str) -> list[str]:
    """Run with a folder that cannot be written; then mend it and run again."""
    work = copy(base, place)
    with read_only(work / name) as made:
        if not made:
            return ["left out: nothing can be mounted here"]
        wrong = fail(work, published(work), after, "permissions", "another --out", "another --store")
    finish(work, reading("second"))
    return wrong if published(work) == after else [*wrong, "the next run came to something else"]


def damage(base: Path, good: dict[str, dict[str, str]], place: Path, file: Path, dice: random.Random) -> list[str]:
    """Damage a byte of a file, and read each of the two readings over it."""
    wrong = []
    for name, after in good.items():
        work = copy(base, place)
        target = work / file.relative_to(base)
        at, bits = dice.randrange(target.stat().st_size), 1 << dice.randrange(8)
        flip(target, at, bits)
        named = any(str(target) in problem for problem in _problems(work))
        code = end(start(work, reading(name)))
        said = (work / "said").read_text()
        same = code == 0 and published(work) == after
        if not named:
            wrong.append(f"{file.relative_to(base)}: btl verify does not name it (byte {at}, bits {bits})")
        if not same and str(target.relative_to(work)) not in said:
            wrong.append(f"{file.relative_to(base)}, {name} reading: ended with {code} and another report: {said!r}")
    return wrong


def _problems(folder: Path) -> list[str]:
    try:
        return verify_store(Store(folder / "store"))[1]
    except BelowTheLineError as error:
        return [str(error)]


def run_two(base: Path, after: dict[str, str], place: Path, pause: float) -> list[str]:
    """Start two runs over one store: one works, the other says who does, or comes after it."""
    work = copy(base, place)
    one = start(work, reading("second"))
    time.sleep(pause)
    two = start(work, reading("second"), said="said too")
    codes = [end(one), end(two)]
    said = [(work / name).read_text() for name in ("said", "said too")]
    wrong = [] if sorted(codes) in ([0, 0], [0, 1]) else [f"ended with {codes}: {said}"]
    if 1 in codes and f"process {(one, two)[1 - codes.index(1)]} on " not in said[codes.index(1)]:
        wrong.append(f"the other said {said[codes.index(1)]!r}")
    return wrong if published(work) == after else [*wrong, "what they came to is not the same"]


def all_faults(place: Path) -> Iterator[tuple[str, list[str]]]:
    """Each fault with what was not as it must be after it."""
    dice = random.Random(1)
    base, work = place / "base", place / "work"
    base.mkdir()
    write_inputs(base, pages=3, counts=(5, 11))
    finish(base, reading("first"))
    whole = copy(base, place / "whole")
    finish(whole, reading("second"))
    good = {"first": published(base), "second": published(whole)}
    needed = size_of(whole) - size_of(base) + size_of(whole / "out")
    for step in range(STEPS):
        part = (step + 0.5) / STEPS
        yield f"disk full at {part:.0%}", fill_disk(base, good["second"], place / "disk", part, needed)
    for folder in ("store", "out"):
        yield f"{folder} read-only", lock_folder(base, good["second"], work, folder)
    for _ in range(ROUNDS):
        pause = dice.random() * 2
        yield f"two runs, {pause:.1f} s apart", run_two(base, good["second"], work, pause)
    for file in files_below(base):
        yield f"a byte of {file.relative_to(base)}", damage(base, good, work, file, dice)


def main() -> None:
    """Print a line a fault, and every thing that was not as it must be."""
    load_libraries()
    count = faults = 0
    with tempfile.TemporaryDirectory() as name:
        for what, wrong in all_faults(Path(name)):
            count += 1
            faults += any(not line.startswith("left out") for line in wrong)
            print(f"{what:60} {'; '.join(wrong) or 'as it must be'}", flush=True)
    print(f"{count} faults, {faults} of them not as it must be")
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()
