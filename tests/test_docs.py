"""The documents say what the code does now: commands, columns, settings, reasons, files."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import pytest
from pydantic import BaseModel

from analysis.residual import ResidualReason
from analysis.settings import NamedTheme, Settings
from bench.write_commands import commands_page
from comments import schema
from comments.model import REJECT_REASONS, SPLIT_REASONS, Page
from comments.split import split_page
from reports.cli import cli
from reports.columns import COLUMNS, schema_of
from reports.split_output import split_record

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyarrow as pa

ROOT = Path(__file__).resolve().parents[1]
DOCS = sorted(
    [*(ROOT / "docs").glob("*.md"), ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "data" / "README.md"]
)
FORMATS = (ROOT / "docs" / "formats.md").read_text("utf-8")
TWO_SCREENS = 110
SCHEMAS = {
    **{name: make() for name, make in schema.TABLES.items() if name != "rejects"},
    "rejects.parquet": schema.rejects_schema(),
    **{f"{name}.parquet": schema_of(name) for name in COLUMNS},
}
# What the program makes, or what stands for the user's own files: not in the repository.
MADE = re.compile(r"data/(?:store|runs|report|edits)|docs/commands\.md$|path/|.*[<>*$ ]")


def section(heading: str) -> str:
    """The text under a heading of docs/formats.md, up to the next heading of any level."""
    found = re.search(rf"^#+ {re.escape(heading)}\n(.*?)(?=^#+ |\Z)", FORMATS, re.MULTILINE | re.DOTALL)
    assert found, f"docs/formats.md has no heading {heading!r}"
    return found[1]


def rows(text: str) -> list[list[str]]:
    """The rows of a section's tables that begin with a name in code type."""
    lines = [line.strip("|").split(" | ") for line in text.splitlines() if line.startswith("| `")]
    return [[cell.strip().strip("`") for cell in line] for line in lines]


def named_files(text: str) -> Iterator[str]:
    """Paths that a document links to or names in code type."""
    prose = re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)
    for link in re.findall(r"\]\(([^)\s]+)\)", prose):
        if not link.startswith(("http", "#")):
            yield link.partition("#")[0]
    tops = r"comments|analysis|reports|data|docs|tests|bench|notebooks"
    yield from re.findall(rf"`((?:{tops})/[^`]*)`", prose)
    yield from re.findall(r"`([A-Z]+\.md|Makefile|requirements\.lock|pyproject\.toml)`", prose)


def test_the_command_reference_is_what_the_commands_say() -> None:
    assert (ROOT / "docs" / "commands.md").read_text("utf-8") == commands_page(), "run: make docs"


def test_the_command_reference_has_every_command() -> None:
    assert [name for name in cli.commands if f"\n## btl {name}\n" not in commands_page()] == []


def test_the_command_reference_is_the_same_at_every_width_of_terminal() -> None:
    code = "import sys; from bench.write_commands import commands_page; sys.stdout.write(commands_page())"
    env = {**os.environ, "COLUMNS": "31", "FORCE_COLOR": "1", "LC_ALL": "C", "PYTHONUTF8": "1"}
    out = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=env, capture_output=True, check=True)
    assert out.stdout.decode() == commands_page()


@pytest.mark.parametrize("table", SCHEMAS)
def test_every_column_is_in_the_formats_page_with_its_type_and_in_its_order(table: str) -> None:
    made: pa.Schema = SCHEMAS[table]
    said = [row[:2] for row in rows(section(table))]
    assert said == [[field.name, str(field.type)] for field in made]


def test_the_store_s_rejects_have_the_columns_that_the_page_names() -> None:
    assert all(f"`{name}`" in section("rejects") for name in schema.rejects_schema().names)


def test_every_setting_is_in_the_formats_page_with_its_default() -> None:
    said = {row[0]: tomllib.loads(f"x = {row[1]}")["x"] for row in rows(section("Run settings"))}
    assert said == dict(_leaves(Settings()))


def _leaves(settings: BaseModel, prefix: str = "") -> Iterator[tuple[str, object]]:
    for name in type(settings).model_fields:
        value = getattr(settings, name)
        if isinstance(value, BaseModel):
            yield from _leaves(value, f"{prefix}{name}.")
        else:
            yield prefix + name, list(value) if isinstance(value, tuple) else value


def test_every_field_of_a_named_theme_is_in_the_formats_page() -> None:
    said = [row[0] for row in rows(section("Named themes: themes.toml"))]
    assert said == list(NamedTheme.model_fields)


def test_every_key_of_a_split_object_is_in_the_formats_page() -> None:
    page = Page("p.txt", "p.txt", "text", (ROOT / "data/sample/01-long-memo-first-strike.txt").read_bytes())
    record = split_record(split_page(page))
    said = {name.strip("` ") for row in rows(section("Output of btl split")) for name in row[0].split(",")}
    assert said == set(record) | set(record["comments"][0])


@pytest.mark.parametrize("reason", [*SPLIT_REASONS, *REJECT_REASONS, *get_args(ResidualReason)])
def test_every_reason_is_in_the_formats_page(reason: str) -> None:
    assert f"`{reason}`" in " ".join(FORMATS.split())


def test_the_readme_fits_two_screens() -> None:
    assert len((ROOT / "README.md").read_text("utf-8").splitlines()) <= TWO_SCREENS


@pytest.mark.parametrize("page", DOCS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_file_that_a_document_names_exists(page: Path) -> None:
    named = set(named_files(page.read_text("utf-8")))
    missing = [n for n in named if not ((page.parent / n).exists() or (ROOT / n).exists() or MADE.match(n))]
    assert missing == []


def test_the_readme_names_only_targets_that_make_has() -> None:
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    named = re.findall(r"(?:^|`)make ([a-z]+)", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE)
    assert named
    assert set(named) <= set(targets)


def test_the_citation_has_the_project_s_version_and_licence() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    citation = (ROOT / "CITATION.cff").read_text("utf-8")
    assert f"\nversion: {project['version']}\n" in citation
    assert f"\nlicense: {project['license']}\n" in citation


def test_the_changelog_has_a_place_for_what_is_not_released() -> None:
    assert "## [Unreleased]\n" in (ROOT / "CHANGELOG.md").read_text("utf-8")


def test_the_picture_of_the_report_is_small() -> None:
    assert (ROOT / "docs" / "report.png").stat().st_size < 400_000
