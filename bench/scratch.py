"""A small store in a folder, commands over it in processes of their own, and what a report then is.

Shared by the benchmarks that disturb runs (``bench.crash``, ``bench.faults``) and their small versions in the tests.
"""

from __future__ import annotations

import importlib
import json
import os
import pkgutil
import shutil
import signal
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reports.cli import _run
from reports.folder import damaged_files, read_manifest

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

THEMES = '[[theme]]\nname = "Border"\ndescription = "Queues of lorries at the border."\nexamples = ["Lorries wait."]\n'
SETTINGS = "[cluster]\nminimum = 10\nstructure = 0.0\nresamples = 1\nsmallest = 3\n"
AUTHOR, WORDS = "Zdenka Procházková", "My neighbour at number 40 keeps two lorries in the queue, ask her yourself."
MATTERS = (
    ("Lorries", "wait at the border gate", "the queue there", "all night without water"),
    ("Bread", "of the bakery in our street", "the loaf of rye", "fresh every morning"),
    ("Trains", "to the capital came late", "the timetable this winter", "because of the snow"),
)
STAGES = {
    "ingest": "reports.pipeline.ingest",
    "embed": "analysis.corpus.embed_texts",
    "fit": "analysis.discover.find_groups",
    "describe": "analysis.themes.describe_themes",
    "measure": "reports.pipeline.measure",
    "render": "reports.pipeline.write_files",
    "state": "reports.pipeline.save_registry",
    "publish": "reports.pipeline.publish",
    "compact": "comments.compact.compact",
    "erase": "reports.erase.plan_erasure",
    "erase vectors": "reports.erase._erase_vectors",
    "erase state": "reports.erase.rewrite_states",
    "erase reports": "reports.erase._erase_report",
    "erase rows": "reports.erase.erase_rows",
    "erase search": "reports.erase.find_words",
}
"""Where a step of a command begins, by the name that its caller knows it by."""


def _text(page: int, number: int) -> str:
    subject, what, other, how = MATTERS[(page + number) % 3]
    return f"{subject} {what} {page}, and {other} was number {number} {how}, I saw {number * 7 + page} of them."


def write_inputs(folder: Path, *, pages: int = 4, counts: Sequence[int] = (3, 5)) -> None:
    """Two readings: a few pages and a table, and the same pages with more below them.

    Args:
        folder: where they go, as ``first`` and ``second``, with ``themes.toml`` and ``settings.toml``.
        pages: how many.
        counts: comments a page, in either reading.
    """
    (folder / "themes.toml").write_text(THEMES)
    (folder / "settings.toml").write_text(SETTINGS)
    for reading, count in zip(("first", "second"), counts, strict=True):
        (folder / reading).mkdir()
        for page in range(pages):
            rows = "\n\n".join(f"  {n}. {_text(page, n)}" for n in range(1, count + 1))
            head = f"The queue at gate {page}\n\nOn Sunday the gate was shut.\n\n{count} thoughts on “The queue”"
            (folder / reading / f"{page}.txt").write_text(f"{head}\n\n{rows}\n", encoding="utf-8")
        table = f"comment_id,text,author\nt1,{_text(0, 50)!r},Ann\nt2,{WORDS!r},{AUTHOR}\n".replace("'", '"')
        (folder / reading / "table.csv").write_text(table, encoding="utf-8")


def reading(name: str) -> list[str]:
    """The command that reads one of the two."""
    options = ["--store", "store", "--out", "out", "--themes", "themes.toml", "--settings", "settings.toml"]
    return ["run", name, *options, "--threads", "1"]


def load_libraries() -> None:
    """Load and compile once what every run needs, so that a run costs seconds and not half a minute."""
    os.environ["TOKENIZERS_PARALLELISM"] = "false"
    os.environ.update(NUMBA_NUM_THREADS="1", NUMBA_THREADING_LAYER="workqueue")  # the one that may be forked
    names = "jinja2 onnxruntime pandas pyarrow.parquet sklearn.linear_model tokenizers umap hdbscan"
    for name in names.split():
        importlib.import_module(name)
    from analysis.settings import load_settings
    from reports import pipeline

    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        write_inputs(folder, pages=3, counts=(5, 11))
        settings, themes = load_settings(folder / "settings.toml"), pipeline.named_themes(folder / "themes.toml")
        paths = {"store": folder / "store", "out": folder / "out"}
        pipeline.run([str(folder / "first")], **paths, themes=themes, settings=settings, threads=1)


def start(
    folder: Path, command: Sequence[str], prepare: Callable[[], object] = lambda: None, said: str = "said"
) -> int:
    """Start a command in a folder, in a process of its own with all libraries loaded; return its id.

    Args:
        folder: where it works.
        command: of ``btl``.
        prepare: called there before it.
        said: file that takes what it says; the step that it has come to stands last in ``stages``.
    """
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        os.chdir(folder)
        os.dup2(os.open(said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), 2)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        sys.stderr, sys.stdout = os.fdopen(2, "w", closefd=False), os.fdopen(1, "w", closefd=False)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        _mark_stages(os.open("stages", os.O_WRONLY | os.O_CREAT | os.O_TRUNC))
        prepare()
        code = _run(command)
        sys.stderr.flush()
    finally:
        os._exit(code)


def _mark_stages(file: int) -> None:
    for stage, place in STAGES.items():
        owner, _, name = place.rpartition(".")
        module = pkgutil.resolve_name(owner)
        setattr(module, name, _marked(getattr(module, name), stage, file))


def _marked(function: Callable[..., Any], stage: str, file: int) -> Callable[..., Any]:
    def marked(*args: Any, **options: Any) -> Any:  # noqa: ANN401
        os.write(file, f"{time.monotonic()} {stage}\n".encode())
        return function(*args, **options)

    return marked


def steps(folder: Path) -> list[tuple[float, str]]:
    """The steps that the last command in a folder has come to, with when it did, in seconds."""
    file = folder / "stages"
    lines = [line.split(" ", 1) for line in file.read_text().split("\n")[:-1]] if file.exists() else []
    return [(float(when), step) for when, step in lines]


def end(process: int) -> int:
    """Wait for a process; return its exit code, negative for the signal that ended it."""
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


def finish(folder: Path, command: Sequence[str]) -> None:
    """Run a command to its end, which must be a good one."""
    code = end(start(folder, command))
    if code:
        raise SystemExit(f"{' '.join(command)} in {folder} ended with {code}: {(folder / 'said').read_text()}")


def flip(file: Path, place: int, bits: int = 1) -> bytes:
    """Damage one byte of a file; return what it held before."""
    good = file.read_bytes()
    data = bytearray(good)
    data[place] ^= bits
    file.write_bytes(data)
    return good


def copy(folder: Path, to: Path) -> Path:
    """A fresh copy of a folder, whose store knows its own report and not that of the original."""
    from comments.store import Store

    shutil.rmtree(to, ignore_errors=True)
    shutil.copytree(folder, to)
    for name in ("said", "stages", "store/runs.json"):  # what the last command there left is not this one's
        (to / name).unlink(missing_ok=True)
    Store(to / "store").note_run(to / "out")
    return to


def published(folder: Path) -> dict[str, str]:
    """Hashes of a report's files, and what of its manifest is not the clock's."""
    manifest = json.loads((folder / "out/run.json").read_bytes())
    return {**manifest["outputs"], "run_id": manifest["run_id"], "run": str(manifest["run"])}


def is_whole(folder: Path, *known: dict[str, str]) -> bool:
    """Whether the report is one of those known, or is between two with all files of the new one at hand."""
    manifest = read_manifest(folder / "out")
    if manifest is None:
        return False
    staged = folder / "out" / ".btl-staging"
    bad = [name for name in damaged_files(folder / "out", manifest) if not (staged / "COMPLETE").exists()]
    return not bad and manifest["run_id"] in {report["run_id"] for report in known}
