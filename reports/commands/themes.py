"""``btl themes``: the themes of a report, in the terminal."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from reports.commands.shared import FOLDER, write_line

if TYPE_CHECKING:
    import pandas as pd


@click.command()
@click.argument("run", type=FOLDER, metavar="RUN")
@click.option("--json", "as_json", is_flag=True, help="Print JSON Lines with every column, one object a theme.")
def themes(run: Path, as_json: bool) -> None:
    """List the themes of a report, largest first, loose groups last, with share, interval and stability.

    RUN is a folder that `btl run --out` wrote.

    \b
    Example:
      btl themes data/report
    """  # noqa: D301
    import json

    from reports.folder import read_tables
    from reports.rows import rows_of

    table = read_tables(run).themes
    loose = table["loose"].fillna(value=False) if "loose" in table else False
    table = table.assign(last=loose).sort_values(["last", "count", "theme_id"], ascending=[True, False, True])
    table = table.drop(columns="last")
    if as_json:
        for row in rows_of(table):
            write_line(json.dumps({key: _plain(value) for key, value in row.items()}, ensure_ascii=False))
        return
    for line in _lines(table):
        write_line(line)


def _plain(value: Any) -> Any:  # noqa: ANN401
    return value.tolist() if hasattr(value, "tolist") else value


def _lines(table: pd.DataFrame) -> list[str]:
    from reports.rows import real_of, rows_of, whole_of

    width = max([5, *map(len, table["theme_id"])])
    lines = [f"{'theme':<{width}} {'comments':>8} {'share':>6}  {'95% interval':<14} {'stability':>9}  label"]
    for row in rows_of(table):
        low, high, stability = (real_of(row, key) for key in ("share_low", "share_high", "stability"))
        between = "unknown" if low is None or high is None else f"{low:.1%} to {high:.1%}"
        steady = "unknown" if stability is None else f"{stability:.2f}"
        count, share = whole_of(row, "count") or 0, real_of(row, "share") or 0.0
        lines.append(f"{row['theme_id']:<{width}} {count:>8} {share:>6.1%}  {between:<14} {steady:>9}  {row['label']}")
    return lines
