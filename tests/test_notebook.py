"""The notebooks run from their first cell to their last on a bare copy of the sample."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

ROOT = Path(__file__).resolve().parents[1]
CHECKS = {
    "explore": """
assert len(comments) > 0 and comments["clean_text"].str.len().min() > 0
assert set(comments["comment_id"]) == set(tables.comments["comment_id"])
assert set(tables.themes["kind"]) == {"named", "discovered"}
assert all(f'id="{theme.anchor}"' in page for theme in report.themes[:3])
""",
    "tune_themes": """
assert set(tables.themes["kind"]) == {"named"}
assert before and len(weakest(tables, card.label)) == min(5, len(before))
""",
    "compare_runs": """
assert len(after.comments) > len(before.comments) > 0
assert set(before.themes["theme_id"]) == set(after.themes["theme_id"])
assert report.changes is not None
""",
}
NAMES = sorted(CHECKS)


def read_notebook(name: str) -> Any:
    return nbformat.read(ROOT / "notebooks" / f"{name}.ipynb", as_version=4)  # type: ignore[no-untyped-call]


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_a_notebook_runs_and_shows_cards_as_the_report_does(tmp_path: Path, name: str) -> None:
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "data").mkdir()
    shutil.copytree(ROOT / "data" / "sample", tmp_path / "data" / "sample")
    shutil.copy(ROOT / "data" / "themes.toml", tmp_path / "data")
    notebook = read_notebook(name)
    notebook.cells.append(nbformat.v4.new_code_cell(CHECKS[name]))  # type: ignore[no-untyped-call]
    where = {"metadata": {"path": str(tmp_path / "notebooks")}}

    NotebookClient(notebook, timeout=540, kernel_name="python3", resources=where).execute()

    outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    assert not [output for output in outputs if output.output_type == "error"]
    shown = [output.get("data", {}).get("text/html", "") for output in outputs]
    assert any("srcdoc" in html for html in shown)


def test_every_notebook_is_run_by_a_test() -> None:
    assert sorted(path.stem for path in (ROOT / "notebooks").glob("*.ipynb")) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_notebook_is_kept_without_outputs(name: str) -> None:
    cells = [cell for cell in read_notebook(name).cells if cell.cell_type == "code"]
    assert cells
    assert all(not cell.outputs and cell.execution_count is None for cell in cells)


@pytest.mark.parametrize("name", NAMES)
def test_a_notebook_uses_public_names_of_our_packages_only(name: str) -> None:
    source = "\n".join(cell.source for cell in read_notebook(name).cells if cell.cell_type == "code")
    imports = re.findall(r"^from (?:comments|analysis|reports)[\w.]* import (.+)$", source, re.MULTILINE)
    names = [name.strip() for line in imports for name in line.split(",")]
    assert names
    assert not [name for name in names if name.startswith("_")]
    assert not re.findall(r"\b\w+\._[a-z]", source)
