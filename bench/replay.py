"""Months of a forum replayed as runs over one store: do comments keep their theme, and where do they end?

Run from the project's root: ``python -m bench.replay SHARED [MONTHS] [A_MONTH]``. So many comments are drawn from
each of so many months of the forum file, from January 2004, and read month by month. After every run the themes of
comments that were there before are compared with those of the run before; at the end all themes are compared with
those of one run over everything, by adjusted mutual information (Vinh, Epps and Bailey 2010), and so are those of a
refit at the end, which tells what is due to the last fit being older from what is due to the history.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import pandas as pd

from reports import pipeline

FILE = "forum_debates_iac_dev.parquet"
FIRST = "2004-01"
SEED = 0


def slices(shared: Path, months: int, size: int) -> list[tuple[str, pd.DataFrame]]:
    """Comments of each month, oldest month first."""
    columns = ["comment_id", "text", "author", "created_at", "article_id"]
    frame = pd.read_parquet(shared / "data/comments" / FILE, columns=columns)
    month = frame["created_at"].str[:7]
    names = sorted(set(month[month >= FIRST]))[:months]
    return [(name, frame[month == name].sample(size, random_state=SEED)) for name in names]


def run(rows: pd.DataFrame, folder: Path, *, refit: bool = False) -> tuple[pd.Series, str]:
    """Read rows into the folder's store; return each comment's theme, empty for none, and why there was a refit."""
    rows.to_parquet(folder / "comments.parquet")
    inputs = [str(folder / "comments.parquet")]
    tables = pipeline.run(inputs, store=folder / "store", out=folder / "out", refit=refit).tables
    found = tables.comments.set_index("comment_id")["theme_id"].fillna("").astype(str)
    return found, tables.run["discovery"]["refit"]


def kept(before: pd.Series, now: pd.Series) -> list[int]:
    """Comments that are where they were, in a theme or in none, of how many; the same of those that were in a theme.

    Last of all those of them that are in their theme or in a new one that is mostly made of it: a part that split off.
    """
    now = now[before.index]
    same, themed = before == now, before != ""
    flow = pd.crosstab(now[themed], before[themed])
    parts = {(new, old) for new in flow.index if new not in set(before) for old in flow if _mostly(flow, new, old)}
    split = pd.Series([pair in parts for pair in zip(now, before, strict=True)], index=before.index, dtype=bool)
    whole = int((same | split)[themed].sum())
    return [int(same.sum()), len(before), int(same[themed].sum()), int(themed.sum()), whole]


def _mostly(flow: pd.DataFrame, new: str, old: str) -> bool:
    return bool(new) and bool(2 * flow.loc[new, old] >= flow.loc[new].sum() > 0)


def agreement(one: pd.Series, other: pd.Series) -> tuple[float, float, int]:
    """Adjusted mutual information over all comments, none being a group; over those in a theme twice; how many."""
    from sklearn.metrics import adjusted_mutual_info_score

    other = other[one.index]
    both = (one != "") & (other != "")
    return (
        float(adjusted_mutual_info_score(one, other)),
        float(adjusted_mutual_info_score(one[both], other[both])),
        int(both.sum()),
    )


def replay(months: list[tuple[str, pd.DataFrame]], folder: Path) -> pd.Series:
    """Run month by month, print a line each and the sums; return the themes at the end."""
    sums = {"all runs": [0] * 5, "without a refit": [0] * 5}
    before, seen, reused = pd.Series(dtype=str), set[str](), 0
    for name, rows in months:
        now, reason = run(rows, folder)
        found = kept(before, now)
        fresh = set(now) - {""} - set(before)
        reused += sum(theme in seen for theme in fresh if not _is_back(folder, theme))
        seen |= set(now) - {""}
        for key in ("all runs",) if reason else sums:
            sums[key] = [one + more for one, more in zip(sums[key], found, strict=True)]
        print(f"{name}  kept {_shares(found)}  themes {len(set(now) - {''}):3}  {reason}", flush=True)
        before = now
    for key, found in sums.items():
        print(f"{key}: kept {_shares(found)}")
    print(f"ids given twice: {reused}")
    return before


def _shares(found: list[int]) -> str:
    same, total, themed, all_themed, whole = found
    parts = f"{whole / max(1, all_themed):7.2%} in it or a part of it"
    shares = (
        f"{same / max(1, total):7.2%} of {total:5}, in a theme {themed / max(1, all_themed):7.2%} of {all_themed:5}"
    )
    return f"{shares}, {parts}"


def _is_back(folder: Path, theme: str) -> bool:
    """Whether the run says of a theme that it was there before and has come back."""
    events = pd.read_parquet(folder / "out/events.parquet")
    return bool(((events["theme_id"] == theme) & (events["event"] == "revived")).any())


def main() -> None:
    """Print a line a run, then the agreement with one run over everything."""
    shared, given = Path(sys.argv[1]), [int(number) for number in sys.argv[2:]]
    months = slices(shared, *(given + [24, 50][len(given) :]))
    rows = pd.concat([part for _, part in months])
    with tempfile.TemporaryDirectory() as many, tempfile.TemporaryDirectory() as one:
        last = replay(months, Path(many))
        whole, _ = run(rows, Path(one))
        again, _ = run(months[-1][1], Path(many), refit=True)
    for name, found in (("the last run", last), ("the same after --refit", again)):
        every, within, both = agreement(found, whole)
        print(f"AMI of {name} with one run over everything: {every:.3f}, over the {both} in a theme twice {within:.3f}")


if __name__ == "__main__":
    main()
