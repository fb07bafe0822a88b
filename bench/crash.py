"""End commands at random moments: the next one must come to what one left alone comes to.

Run from the project's root: ``python -m bench.crash --moments 200 [--signal INT]``. Over copies of a store that has
seen one reading, a run over the second one, a compaction or an erasure is started, and ended by a signal: at one of
the steps that it goes through, each as likely as the other, and a random time into it. Then the last report must be
whole and every file of the store what was written. The command is given again; after an erasure no file may hold a word
of what was erased, and after one more run over the same inputs neither. At the end tables and pages must be those
of the same commands left alone.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bench.scratch import (
    AUTHOR,
    WORDS,
    copy,
    end,
    finish,
    is_whole,
    load_libraries,
    published,
    reading,
    start,
    steps,
    write_inputs,
)
from comments.store import Store
from reports.search import find_words
from reports.verify import verify_store

if TYPE_CHECKING:
    from collections.abc import Sequence

ENDED = {signal.SIGKILL: -signal.SIGKILL, signal.SIGINT: 130}


@dataclass(frozen=True)
class Work:
    """A command to end before its time.

    Attributes:
        command: of ``btl``.
        base: the folder whose copy it works on.
        before: the report there.
        after: the report that it, and one more run, come to when they are left alone.
        path: when it came to each of its steps then, in seconds, and to its end.
    """

    command: Sequence[str]
    base: Path
    before: dict[str, str]
    after: dict[str, str]
    path: tuple[float, ...]


def leave_alone(command: Sequence[str], base: Path, place: Path) -> Work:
    """Give a command, and a run over the second reading after it, and see what they come to."""
    work = copy(base, place)
    before = published(work)
    finish(work, command)
    path = (*(when for when, _ in steps(work)), time.monotonic())
    finish(work, reading("second"))
    return Work(command, base, before, published(work), path)


def end_early(work: Work, place: Path, number: signal.Signals, dice: random.Random) -> tuple[str, list[str]]:
    """End a command at a random moment; return the step, empty when it was faster, and what is not as it must be."""
    folder = copy(work.base, place)
    process = start(folder, work.command)
    _wait(folder, work.path, dice)
    os.kill(process, number)
    code = end(process)
    step = steps(folder)[-1][1] if code == ENDED[number] and steps(folder) else ""
    wrong = [] if code in (0, ENDED[number]) else [f"ended with {code}: {(folder / 'said').read_text().strip()}"]
    if not is_whole(folder, work.before, work.after):
        wrong.append("the last report is not whole")
    store = Store(folder / "store")
    wrong += _of_store(verify_store(store)[1], folder)
    finish(folder, work.command)
    if work.command[0] == "erase":
        wrong += _words_left(folder)
    finish(folder, reading("second"))
    if work.command[0] == "erase":
        wrong += _words_left(folder)
    if published(folder) != work.after:
        wrong.append("what the next command came to is not the same")
    return step, wrong


def _wait(folder: Path, path: Sequence[float], dice: random.Random) -> None:
    """Until a command has come to one of its steps, and a random part of that step longer."""
    step = dice.randrange(len(path) - 1)
    late = time.monotonic() + 120
    while len(steps(folder)) <= step and time.monotonic() < late:
        time.sleep(0.002)
    time.sleep(dice.random() * (path[step + 1] - path[step]))


def _of_store(problems: Sequence[str], folder: Path) -> list[str]:
    """What is wrong in the store; a report between two is judged by itself."""
    return [problem for problem in problems if str(folder / "store") in problem]


def _words_left(folder: Path) -> list[str]:
    found = [file for place in ("store", "out") for file in find_words(folder / place, [AUTHOR, WORDS])]
    return [f"{file} holds what was erased" for file in found]


def main() -> None:
    """Print how many commands were ended, at which steps, and every thing that was not as it must be."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--moments", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--signal", choices=["KILL", "INT"], default="KILL")
    asked = parser.parse_args()
    load_libraries()
    number, dice = signal.Signals[f"SIG{asked.signal}"], random.Random(asked.seed)
    with tempfile.TemporaryDirectory() as place:
        one, two, folder = Path(place) / "one", Path(place) / "two", Path(place) / "work"
        one.mkdir()
        write_inputs(one, pages=3, counts=(5, 11))
        finish(one, reading("first"))
        copy(one, two)
        finish(two, reading("second"))
        works = [
            leave_alone(reading("second"), one, folder),
            leave_alone(["compact", "--store", "store"], two, folder),
            leave_alone(["erase", "--store", "store", "--author", AUTHOR], two, folder),
        ]
        ended, faults = Counter[str](), 0
        for moment in range(3 * asked.moments):
            work = dice.choices(works, weights=[4, 1, 2])[0]
            step, wrong = end_early(work, folder, number, dice)
            ended.update([f"{work.command[0]}: {step}"] if step else [])
            faults += bool(wrong)
            for line in wrong:
                print(f"moment {moment}, {work.command[0]} at {step or 'its end'}: {line}", flush=True)
            if ended.total() >= asked.moments:
                break
    print(f"{ended.total()} commands were ended by SIG{asked.signal} of {moment + 1} started; {faults} went wrong")
    for name, count in sorted(ended.items()):
        print(f"  {count:4}  {name}")
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()
