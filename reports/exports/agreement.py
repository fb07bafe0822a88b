"""What filled coding sheets say: how far coders agree, and how far the report agrees with them."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from comments.errors import SettingsError
from reports.exports.coding import NONE
from reports.rows import text_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from reports.exports.read import RunFolder

RESAMPLES, SEED = 500, 1


@dataclass(frozen=True, slots=True)
class Sheet:
    """A coder's answers: the codes of each comment, first the one that fits best; what was left empty is not there."""

    name: str
    codes: Mapping[str, tuple[int, ...]]


def read_sheet(path: Path) -> Sheet:
    """Read a filled coding sheet, CSV or XLSX.

    Raises:
        SettingsError: when it cannot be read, is no coding sheet, or has a code that is no number.
    """
    rows = _xlsx_rows(path) if path.suffix.casefold() == ".xlsx" else _csv_rows(path)
    codes: dict[str, tuple[int, ...]] = {}
    for number, row in enumerate(rows, 2):
        if "comment_id" not in row or "codes" not in row:
            raise SettingsError(f"{path} has no columns comment_id and codes", "fill a sheet that btl export made")
        given = re.split(r"[;,\s]+", ("" if row["codes"] is None else str(row["codes"])).strip().removeprefix("'"))
        try:
            found = tuple(dict.fromkeys(int(float(code)) for code in given if code))
        except ValueError as error:
            todo = "write numbers of the codebook, divided by semicolons"
            raise SettingsError(f"{path}, row {number}: {row['codes']!r} is no code", todo) from error
        if found:
            codes[str(row["comment_id"]).removeprefix("'")] = found
    return Sheet(path.name, codes)


def _csv_rows(path: Path) -> list[dict[str, Any]]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise SettingsError(f"{path} cannot be read ({error.strerror})", "name a filled coding sheet") from error
    except UnicodeDecodeError as error:
        raise SettingsError(
            f"{path} cannot be read as UTF-8 ({error})", "save it as CSV in UTF-8, or as XLSX"
        ) from error
    first = text.partition("\n")[0]
    csv.field_size_limit(10**9)
    return list(csv.DictReader(io.StringIO(text), delimiter=";" if first.count(";") > first.count(",") else ","))


def _xlsx_rows(path: Path) -> list[dict[str, Any]]:
    import openpyxl

    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except Exception as error:  # zipfile, XML and openpyxl have errors of their own for one cause
        raise SettingsError(f"{path} cannot be read as a workbook", "save it as XLSX or CSV") from error
    try:
        lines = list(book.worksheets[0].iter_rows(values_only=True))
    finally:
        book.close()
    heading = [str(cell) for cell in lines[0]] if lines else []
    return [dict(zip(heading, line, strict=False)) for line in lines[1:]]


def measure_agreement(sheets: Sequence[Sheet], run: RunFolder) -> dict[str, Any]:
    """Return agreement between coders, and between them and the report.

    Krippendorff's alpha (Krippendorff 2019, nominal) is given for the first code of each comment, with a 95% interval
    from 500 resamples of the comments, and for each theme as named or not. The report is compared with what more
    than half of the coders say; shares are weighed back to all comments, for the sheet holds more of small themes.

    Args:
        sheets: one a coder.
        run: the run that the sheets were drawn from.

    Raises:
        SettingsError: when a sheet holds a comment or a code that the run does not have.
    """
    import numpy as np

    themes = run.rows("themes")
    main = {row["comment_id"]: text_of(row, "theme_id") or "" for row in run.rows("comments")}
    for sheet in sheets:
        _check(sheet, main, len(themes))
    items = sorted({i for sheet in sheets for i in sheet.codes})
    first = np.asarray([[s.codes[i][0] if i in s.codes else np.nan for i in items] for s in sheets], dtype=float)
    weights = _weights(items, main)
    assigned: dict[str, set[str]] = {}
    for row in run.rows("assignments"):
        assigned.setdefault(row["theme_id"], set()).add(row["comment_id"])
    per_theme = []
    for code, row in enumerate(themes, 1):
        named = np.asarray(
            [[code in s.codes[i] if i in s.codes else np.nan for i in items] for s in sheets], dtype=float
        )
        ours = np.asarray([i in assigned.get(row["theme_id"], ()) for i in items])
        per_theme.append(
            {
                "code": code,
                "theme_id": row["theme_id"],
                "label": row["label"],
                "alpha": alpha(named),
                **_against(named, ours, weights),
            }
        )
    low, high = _interval(first)
    return {
        "run_id": run.manifest.get("run_id"),
        "coders": [sheet.name for sheet in sheets],
        "comments": len(items),
        "coded_by_all": int((~np.isnan(first)).all(axis=0).sum()),
        "alpha_first_code": alpha(first),
        "alpha_low": low,
        "alpha_high": high,
        "themes": per_theme,
    }


def _check(sheet: Sheet, known: Mapping[str, str], themes: int) -> None:
    if not sheet.codes:
        raise SettingsError(f"{sheet.name} has no codes", "fill the column codes")
    for comment_id, codes in sheet.codes.items():
        if comment_id not in known:
            raise SettingsError(
                f"{sheet.name}: the comment {comment_id} is not in the run", "name the run it was made of"
            )
        wrong = [code for code in codes if not NONE <= code <= themes]
        if wrong:
            raise SettingsError(f"{sheet.name}: {wrong[0]} is no code of this run", f"codes go from 0 to {themes}")


def alpha(values: NDArray[np.float64]) -> float | None:
    """Return Krippendorff's alpha of nominal values, or None where it is not defined.

    Args:
        values: one row a coder, one column a comment; not a number where one did not code.
    """
    import krippendorff
    import numpy as np

    paired = values[:, (~np.isnan(values)).sum(axis=0) > 1]
    if len(values) < 2 or not paired.size or len(np.unique(paired[~np.isnan(paired)])) < 2:
        return None  # one coder, nothing in common, or one value throughout
    return round(float(krippendorff.alpha(reliability_data=paired, level_of_measurement="nominal")), 6)


def _interval(values: NDArray[np.float64]) -> tuple[float | None, float | None]:
    """95% interval of alpha over resamples of the comments."""
    import numpy as np

    if alpha(values) is None:
        return None, None
    draw = np.random.default_rng(SEED)
    found = [alpha(values[:, draw.integers(0, values.shape[1], values.shape[1])]) for _ in range(RESAMPLES)]
    low, high = np.percentile([one for one in found if one is not None], [2.5, 97.5])
    return round(float(low), 6), round(float(high), 6)


def _weights(items: Sequence[str], main: Mapping[str, str]) -> NDArray[np.float64]:
    """How many comments of the run each of the sheet stands for."""
    import numpy as np

    of_all: dict[str, int] = {}
    for theme in main.values():
        of_all[theme] = of_all.get(theme, 0) + 1
    of_sheet: dict[str, int] = {}
    for item in items:
        of_sheet[main[item]] = of_sheet.get(main[item], 0) + 1
    return np.asarray([of_all[main[item]] / of_sheet[main[item]] for item in items])


def _against(
    named: NDArray[np.float64], ours: NDArray[np.bool_], weights: NDArray[np.float64]
) -> dict[str, float | int | None]:
    """Precision, recall and F1 of the report against most coders; ties are left out."""
    import numpy as np

    share = np.nanmean(named, axis=0)
    clear = share != 0.5
    theirs = share > 0.5
    both = float(weights[clear & ours & theirs].sum())
    ours_all, theirs_all = float(weights[clear & ours].sum()), float(weights[clear & theirs].sum())
    total = ours_all + theirs_all
    return {
        "coded": int(theirs.sum()),
        "precision": round(both / ours_all, 6) if ours_all else None,
        "recall": round(both / theirs_all, 6) if theirs_all else None,
        "f1": round(2 * both / total, 6) if total else None,
    }
