"""The notebook runs from its first cell to its last on a bare copy of the sample."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOK = ROOT / "notebooks" / "explore.ipynb"
CHECKS = """
assert len(comments) > 0 and comments["clean_text"].str.len().min() > 0
assert set(comments["comment_id"]) == set(tables.comments["comment_id"])
assert set(tables.themes["kind"]) == {"named", "discovered"}
assert all(f'id="{theme.anchor}"' in page for theme in report.themes[:3])
"""


def read_notebook() -> Any:
    return nbformat.read(NOTEBOOK, as_version=4)  # type: ignore[no-untyped-call]


@pytest.mark.slow
def test_the_notebook_runs_and_its_frames_are_not_empty(tmp_path: Path) -> None:
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "data").mkdir()
    shutil.copytree(ROOT / "data" / "sample", tmp_path / "data" / "sample")
    shutil.copy(ROOT / "data" / "themes.toml", tmp_path / "data")
    notebook = read_notebook()
    notebook.cells.append(nbformat.v4.new_code_cell(CHECKS))  # type: ignore[no-untyped-call]
    where = {"metadata": {"path": str(tmp_path / "notebooks")}}

    NotebookClient(notebook, timeout=540, kernel_name="python3", resources=where).execute()

    outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    assert not [output for output in outputs if output.output_type == "error"]
    assert any("srcdoc" in output.get("data", {}).get("text/html", "") for output in outputs)


def test_the_notebook_is_kept_without_outputs() -> None:
    cells = [cell for cell in read_notebook().cells if cell.cell_type == "code"]
    assert cells
    assert all(not cell.outputs and cell.execution_count is None for cell in cells)


def test_the_notebook_uses_public_names_of_our_packages_only() -> None:
    source = "\n".join(cell.source for cell in read_notebook().cells if cell.cell_type == "code")
    imports = re.findall(r"^from (?:comments|analysis|reports)[\w.]* import (.+)$", source, re.MULTILINE)
    names = [name.strip() for line in imports for name in line.split(",")]
    assert names
    assert not [name for name in names if name.startswith("_")]
    assert not re.findall(r"\b\w+\._[a-z]", source)
