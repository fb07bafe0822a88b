"""Kill runs at random moments: the next one must end as if nothing had happened.

Run from the project's root: ``python -m bench.crash --moments 200``. Each moment starts a run (or a compaction,
every fourth time) over a copy of a store that has seen one reading, kills it with SIGKILL after a random part of the
time that it takes, checks that the last report is whole or already the new one, runs again and compares every
table and page with those of a run that was left alone.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from pathlib import Path

from reports.cli import _run
from reports.folder import damaged_files, read_manifest

THEMES = '[[theme]]\nname = "Border"\ndescription = "Queues of lorries at the border."\nexamples = ["Lorries wait."]\n'


def write_inputs(folder: Path) -> None:
    """Two readings: a few pages, and the same pages with more below them."""
    (folder / "themes.toml").write_text(THEMES)
    for reading, count in (("first", 3), ("second", 5)):
        (folder / reading).mkdir()
        for page in range(4):
            rows = "\n\n".join(
                f"  {n}. Lorries wait at gate {page}, I counted {n} of them." for n in range(1, count + 1)
            )
            head = f"The queue at gate {page}\n\nOn Sunday the gate was shut.\n\n{count} thoughts on “The queue”"
            text = f"{head}\n\n{rows}\n"
            (folder / reading / f"{page}.txt").write_text(text, encoding="utf-8")


def start(folder: Path, command: list[str]) -> int:
    """Start a command over the store in a folder, in a process of its own with all libraries loaded; return its id."""
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        os.chdir(folder)
        code = _run(["-q", *command])
    finally:
        os._exit(code)


def reading(name: str) -> list[str]:
    options = ["--store", "store", "--out", "out", "--themes", "themes.toml", "--threads", "1"]
    return ["run", name, *options]


def finish(folder: Path, name: str) -> None:
    """Run to the end over one of the readings."""
    _, status = os.waitpid(start(folder, reading(name)), 0)
    if status:
        raise SystemExit(f"a run over {folder} failed")


def load_libraries() -> None:
    """Load once what every run needs, so that a moment costs a second and not ten."""
    for name in (
        "bertopic",
        "jinja2",
        "onnxruntime",
        "pandas",
        "pyarrow.parquet",
        "sklearn.linear_model",
        "tokenizers",
    ):
        importlib.import_module(name)


def published(folder: Path) -> dict[str, str]:
    """Hashes of a report's files, and what of its manifest is not the clock's."""
    manifest = json.loads((folder / "out/run.json").read_bytes())
    return {**manifest["outputs"], "run_id": manifest["run_id"], "run": str(manifest["run"])}


def is_whole(folder: Path, before: dict[str, str], after: dict[str, str]) -> bool:
    """Whether the report is one of the two, or is between them with all files of the new one at hand."""
    manifest = read_manifest(folder / "out")
    if manifest is None:
        return False
    staged = folder / "out" / ".btl-staging"
    bad = [name for name in damaged_files(folder / "out", manifest) if not (staged / "COMPLETE").exists()]
    return not bad and manifest["run_id"] in (before["run_id"], after["run_id"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--moments", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    os.environ["TOKENIZERS_PARALLELISM"] = "false"
    load_libraries()
    dice = random.Random(asked.seed)
    with tempfile.TemporaryDirectory() as place:
        base = Path(place) / "base"
        base.mkdir()
        write_inputs(base)
        finish(base, "first")
        before = published(base)
        good = Path(place) / "good"
        shutil.copytree(base, good)
        started = time.perf_counter()
        finish(good, "second")
        seconds = time.perf_counter() - started
        after = published(good)
        killed = broken = unequal = 0
        for moment in range(asked.moments):
            work = Path(place) / "work"
            shutil.rmtree(work, ignore_errors=True)
            compacting = moment % 4 == 3
            shutil.copytree(good if compacting else base, work)
            process = start(work, ["compact", "--store", "store"] if compacting else reading("second"))
            time.sleep(dice.uniform(0.02, 1.0) * seconds * (0.1 if compacting else 1.0))
            os.kill(process, signal.SIGKILL)
            _, status = os.waitpid(process, 0)
            killed += os.WIFSIGNALED(status)
            broken += not is_whole(work, before, after)
            finish(work, "second")
            unequal += published(work) != after
        print(f"{asked.moments} moments over {seconds:.1f} s: {killed} runs were killed before their end;")
        print(f"{broken} left a report that was not whole, {unequal} ended otherwise than a run left alone")
        sys.exit(bool(broken or unequal))


if __name__ == "__main__":
    main()
