"""A sheet for human coders who do not see what the report says, and a codebook of its themes."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from reports.exports.sheets import csv_files, xlsx_file
from reports.rows import list_of, text_of

if TYPE_CHECKING:
    from reports.exports.read import RunFolder
    from reports.rows import Row

SIZE = 200
FEWEST = 3  # of a theme, so that small ones are looked at too
NONE = 0  # the code for "none of these"


def coding_files(run: RunFolder, *, size: int = SIZE, seed: int = 1) -> dict[str, bytes]:
    """Return a coding sheet and its codebook as CSV, and both as one workbook.

    Comments are drawn by their main theme, the residual being one stratum: at least three of each as far as there
    are, the rest in proportion. They stand in an order that tells nothing, and no column says what the report found.

    Args:
        run: the run.
        size: how many comments.
        seed: another seed, another sample.
    """
    import pyarrow as pa

    comments = {row["comment_id"]: row for row in run.rows("comments")}
    titles = {row["page_id"]: text_of(row, "title") or text_of(row, "address") or "" for row in run.rows("pages")}
    chosen = draw_sample(list(comments.values()), size, seed)
    sheet = {
        "item": list(range(1, len(chosen) + 1)),
        "comment_id": chosen,
        "page": [titles.get(comments[i]["page_id"], "") for i in chosen],
        "in_answer_to": [_parent_text(comments[i], comments) for i in chosen],
        "text": [comments[i]["text"] for i in chosen],
        "codes": [""] * len(chosen),
        "note": [""] * len(chosen),
    }
    tables = {"coding": pa.table(sheet), "codebook": pa.Table.from_pylist(codebook(run.rows("themes")))}
    files = csv_files(tables)
    return {
        "coding-sheet.csv": files["coding.csv"],
        "codebook.csv": files["codebook.csv"],
        "coding-sheet.xlsx": xlsx_file(tables),
    }


def codebook(themes: list[Row]) -> list[Row]:
    """Return the codes: a number for each theme of the table, in its order, and 0 for none of them."""
    how = "Write one or more numbers in the column codes, divided by semicolons, what fits best first."
    rows = [{"code": NONE, "label": "none of these", "meaning": how}]
    for code, row in enumerate(themes, 1):
        phrases = ", ".join(str(phrase) for phrase in list_of(row, "keyphrases"))
        meaning = text_of(row, "description") or (f"comments about: {phrases}" if phrases else "")
        rows.append({"code": code, "label": str(row["label"]), "meaning": meaning})
    return rows


def draw_sample(comments: list[Row], size: int, seed: int) -> list[str]:
    """Return ids of comments drawn by main theme, in an order that does not depend on it.

    Args:
        comments: ``comment_id`` and ``theme_id``.
        size: how many; fewer where there are fewer.
        seed: of the draw.
    """
    strata: dict[str, list[str]] = {}
    for row in comments:
        strata.setdefault(text_of(row, "theme_id") or "", []).append(row["comment_id"])
    for ids in strata.values():
        ids.sort(key=lambda i: _lot(seed, i))
    takes = {name: min(FEWEST, len(ids)) for name, ids in strata.items()}
    order = sorted(strata)
    while sum(takes.values()) > size:  # more themes than the sheet has room for: the largest samples shrink first
        takes[max(order, key=lambda name: (takes[name], -len(strata[name])))] -= 1
    while sum(takes.values()) < min(size, len(comments)):
        open_ = [name for name in order if takes[name] < len(strata[name])]
        takes[min(open_, key=lambda name: (takes[name] / len(strata[name]), name))] += 1
    return sorted((i for name in order for i in strata[name][: takes[name]]), key=lambda i: _lot(seed + 1, i))


def _lot(seed: int, comment_id: str) -> str:
    return hashlib.sha256(f"{seed}\n{comment_id}".encode("utf-8", "replace")).hexdigest()


def _parent_text(row: Row, comments: dict[str, Row]) -> str:
    parent = comments.get(row["parent_id"]) if row["parent_id"] else None
    return str(parent["text"]) if parent else ""
