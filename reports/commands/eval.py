"""``btl eval``: quality on labelled data, one subcommand a stage."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from reports.commands.eval_themes import evaluate_themes
from reports.commands.shared import FILE, write_line

if TYPE_CHECKING:
    from reports.evaluation.score import GroupScore
    from reports.evaluation.splitting import Bin, Gold

COLUMNS = (
    ("pages", "pages", "{:.0f}"), ("with", "with_comments", "{:.0f}"), ("comment P", "comment_precision", "{:.3f}"),
    ("R", "comment_recall", "{:.3f}"), ("F1", "comment_f1", "{:.3f}"), ("by site", "comment_f1_by_site", "{:.3f}"),
    ("boundary F1", "boundary_f1", "{:.3f}"), ("by site", "boundary_f1_by_site", "{:.3f}"),
    ("exact", "exact", "{:.3f}"), ("count", "right_count", "{:.3f}"), ("article F1", "article_f1", "{:.3f}"),
    ("by site", "article_f1_by_site", "{:.3f}"), ("false", "false", "{:.3f}"),
)  # fmt: skip
KEYS = ("group", "renderer", "platform", "source", "site")


@click.group("eval")
def evaluate() -> None:
    """Measure quality on labelled data."""


@evaluate.command("split")
@click.argument("gold", nargs=-1, required=True, type=FILE, metavar="GOLD...")
@click.option(
    "--by", "keys", multiple=True, type=click.Choice(KEYS), help="Group rows by this (default: group, platform)."
)
@click.option("--peers/--no-peers", default=True, help="Measure other tools on the same HTML pages, where installed.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of tables.")
@click.option("--floors", type=FILE, metavar="FILE", help="Floors to hold (default: those that come with btl).")
@click.option("--pin", is_flag=True, help="Pin the floors to what was measured now.")
@click.option("--lower", is_flag=True, help="With --pin: allow a floor to be lowered.")
def evaluate_split(
    gold: tuple[Path, ...],
    keys: tuple[str, ...],
    peers: bool,
    as_json: bool,
    floors: Path | None,
    pin: bool,
    lower: bool,
) -> None:
    """Measure splitting on labelled pages, beside other tools, and hold it to its floors.

    GOLD is JSON Lines (also gzipped), one object a page: `html` or `text`, `article`, `comments` (objects with
    `text`), and if known `pingbacks`, `site`, `platform`, `renderer`. Means "by site" are over sites, so that no
    large one decides. Floors are pinned with the digest of GOLD; the exit code is 4 when one is missed.

    \b
    Example:
      btl eval split pages.jsonl.gz --by platform --by site
    """  # noqa: D301
    import json

    from comments.errors import QualityFloorError
    from reports.evaluation.floors import FLOORS, find_missed, make_floors, pin_floors, read_floors
    from reports.evaluation.score import sum_scores
    from reports.evaluation.splitting import group_rows, read_gold, score_rows

    book, target = read_floors(floors or FLOORS), floors or FLOORS
    missed: list[str] = []
    for path in gold:
        labelled = read_gold(path)
        scores = score_rows(labelled.rows)
        tables = {key: {n: sum_scores(s) for n, s in group_rows(labelled, scores, key).items()} for key in _keys(keys)}
        tables = {"all": {"btl": sum_scores(scores)} | _peers(labelled, peers)} | tables
        groups = {name: sum_scores(held) for name, held in group_rows(labelled, scores, "group").items()}
        if pin:
            pin_floors(target, labelled.digest, make_floors(groups), lower=lower)
        pinned = book.get(labelled.digest, {})
        lost = [] if pin else find_missed(pinned, groups)
        missed += lost
        if as_json:
            write_line(json.dumps(_record(labelled, tables, scores, lost, pinned=bool(pinned))))
        else:
            _write_tables(labelled, tables, scores)
            write_line(f"floors: {'; '.join(lost) or ('held' if pinned else 'none pinned for this file')}")
    if missed:
        raise QualityFloorError(f"{len(missed)} floors of quality missed ({missed[0]})", "look at the tables above")


evaluate.add_command(evaluate_themes)


def _keys(keys: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(keys)) or ("group", "platform")


def _peers(labelled: Gold, wanted: bool) -> dict[str, GroupScore]:
    from reports.evaluation.peers import PEERS, installed_peers
    from reports.evaluation.score import sum_scores
    from reports.evaluation.splitting import score_rows

    if not wanted or not all("html" in row for row in labelled.rows):
        return {}
    return {name: sum_scores(score_rows(labelled.rows, PEERS[name])) for name in installed_peers()}


def _record(
    labelled: Gold, tables: dict[str, dict[str, GroupScore]], scores: list[Any], lost: list[str], *, pinned: bool
) -> dict[str, Any]:
    from dataclasses import asdict

    from reports.evaluation.splitting import comment_reliability, page_reliability

    return {
        "gold": str(labelled.path),
        "digest": labelled.digest,
        "tables": {key: {n: s.as_dict() for n, s in table.items()} for key, table in tables.items()},
        "page_reliability": [asdict(b) for b in page_reliability(scores)],
        "comment_reliability": [asdict(b) for b in comment_reliability(scores)],
        "floors": {"pinned": pinned, "missed": lost},
    }


def _write_tables(labelled: Gold, tables: dict[str, dict[str, GroupScore]], scores: list[Any]) -> None:
    from reports.evaluation.splitting import comment_reliability, page_reliability

    write_line(f"{labelled.path} ({labelled.digest[:12]})")
    for key, table in tables.items():
        width = max(24, *map(len, table))
        write_line(f"\n{key:<{width}}  " + "  ".join(f"{title:>{max(6, len(title))}}" for title, _, _ in COLUMNS))
        for name, score in table.items():
            write_line(f"{name:<{width}}  " + "  ".join(_cells(score)))
    _write_bins("confidence of pages", page_reliability(scores))
    _write_bins("confidence of comments", comment_reliability(scores))


def _cells(score: GroupScore) -> list[str]:
    held = score.as_dict()
    values = [(title, form, held[name]) for title, name, form in COLUMNS]
    return [f"{'-' if value is None else form.format(value):>{max(6, len(title))}}" for title, form, value in values]


def _write_bins(title: str, bins: list[Bin]) -> None:
    write_line(f"\n{title:<24}  {'count':>6}  {'said':>6}  {'right':>6}")
    for b in bins:
        write_line(f"{f'{b.low:.2f} to {b.high:.2f}':<24}  {b.count:>6}  {b.said:>6.3f}  {b.right:>6.3f}")
