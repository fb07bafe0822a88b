"""``btl eval themes``: discovered themes on labelled comments, beside BERTopic, and in simulations."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from reports.commands.shared import FILE, FOLDER, write_line

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reports.evaluation.theming import LabelledSet, Measured


@click.command("themes")
@click.argument("tables", nargs=-1, required=True, type=FILE, metavar="TABLE...")
@click.option("--within", metavar="COLUMN", help="Score each value of this column alone, and give the mean.")
@click.option("--least", default=1, show_default=True, help="Leave out labels that fewer comments hold.")
@click.option("--sample", type=click.IntRange(1), help="Most texts of a table or part, the first by their hashes.")
@click.option("--limit", type=click.IntRange(1), help="Measure only the first parts of --within.")
@click.option("--peer/--no-peer", default=True, help="Measure BERTopic's defaults too, where installed.")
@click.option("--seeds", default=5, show_default=True, type=click.IntRange(1), help="Seeds of BERTopic.")
@click.option("--orders", default=2, show_default=True, type=click.IntRange(0), help="Shuffles of the rows for ours.")
@click.option("--simulations", is_flag=True, help="Simulate on these tables instead of scoring them.")
@click.option(
    "--strangers", multiple=True, type=FILE, metavar="TABLE", help="With --simulations: plant no label of it."
)
@click.option("--model", metavar="NAME", help="Embed with this model (default: the one of a run).")
@click.option("--agree-model", "other", metavar="NAME", help="Say how far themes by this model agree with ours.")
@click.option("--runs", type=click.IntRange(1), help="Corpora of each simulation (default: 20 to 1,000).")
@click.option("--cache", type=FOLDER, metavar="FOLDER", help="Keep vectors here between calls.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of tables.")
@click.option("--floors", type=FILE, metavar="FILE", help="Floors to hold (default: those that come with btl).")
@click.option("--pin", is_flag=True, help="Pin the floors to what was measured now.")
@click.option("--lower", is_flag=True, help="With --pin: allow a floor to be lowered.")
def evaluate_themes(tables: tuple[Path, ...], **options: Any) -> None:  # noqa: ANN401
    """Measure discovered themes on labelled comments, beside BERTopic's defaults on the same vectors.

    TABLE is Parquet or CSV with `text` and `label`. Equal texts count once, and the residual counts as one
    cluster. Shuffles of the rows say whether ours depends on their order. Floors are pinned with the digest
    of TABLE and how it was cut; the exit code is 4 when one is missed.

    With --simulations: shuffled rows, one comment pasted 500 times, planted themes, themes in fresh halves,
    intervals of simulated writers, and corpora without structure, each beside its target. Several tables make
    strangers to each other's themes; a table whose labels are no themes apart from each other goes to --strangers.

    \b
    Example:
      btl eval themes debates.parquet --within article_id --limit 5 --cache vectors
    """  # noqa: D301
    from comments.errors import QualityFloorError
    from reports.evaluation.theming import read_labelled

    cut = {name: options[name] for name in ("within", "least", "sample", "limit")}
    sets = [read_labelled(path, **cut) for path in tables]
    further = [read_labelled(path, **cut) for path in options["strangers"]]
    missed = _simulate(sets, further, options) if options["simulations"] else _score(sets, options)
    if missed:
        raise QualityFloorError(f"{len(missed)} floors of quality missed ({missed[0]})", "look at the tables above")


def _score(sets: Sequence[LabelledSet], options: Mapping[str, Any]) -> list[str]:
    import json
    from functools import partial
    from importlib.util import find_spec

    from analysis.embed import embed_texts, open_embedder
    from analysis.settings import DEFAULT_MODEL
    from reports.evaluation.theming import agree, measure_set

    embedder, cache = open_embedder(options["model"] or DEFAULT_MODEL), _cache(options)
    other = None if options["other"] is None else open_embedder(options["other"])

    def embed(texts: Sequence[str]) -> Any:  # noqa: ANN401
        return embed_texts(texts, embedder, cache)

    seeds = options["seeds"] if options["peer"] and find_spec("bertopic") else 0
    missed: list[str] = []
    for one in sets:
        found = measure_set(one, embed, seeds=seeds, shuffles=options["orders"])
        same = agree(one, embed, partial(embed_texts, embedder=other, cache=cache)) if other else None
        lost, pinned = _hold(one.digest, {one.options: found}, options)
        missed += lost
        if options["as_json"]:
            floors = {"pinned": pinned, "missed": lost}
            held = {"table": str(one.path), "digest": one.digest, "cut": one.options, "parts": len(found.ours)}
            scores = {"scores": found.rows(), "by_part": _by_part(one, found), "order_free": found.order_free}
            write_line(json.dumps(held | scores | {"agreement": same, "floors": floors}))
        else:
            _write_scores(one, found)
            if same:
                figures = "  ".join(f"{name} {value:.3f}" for name, value in same.items())
                write_line(f"agreement with {options['other']}: {figures}")
            write_line(_say_floors(lost, pinned=pinned))
    return missed


def _simulate(sets: Sequence[LabelledSet], strangers: Sequence[LabelledSet], options: Mapping[str, Any]) -> list[str]:
    import json

    from analysis.embed import open_embedder
    from analysis.settings import DEFAULT_MODEL
    from reports.evaluation.simulations import TARGETS, Simulator
    from reports.evaluation.theming import Simulated, digest_of

    labelled, further = ([one.by_label() for one in some] for some in (sets, strangers))
    embedder = open_embedder(options["model"] or DEFAULT_MODEL)
    simulator = Simulator(labelled, embedder, _cache(options), options["runs"], further)
    figures: dict[str, float] = {}
    for name, some in simulator.run():
        figures |= some
        if not options["as_json"]:
            write_line(f"\n{name}")
            for figure, value in some.items():
                write_line(f"  {figure:<36}{value:>10.4g}{_say_target(value, TARGETS.get(figure))}")
    runs = f"simulations, {options['runs'] or 'all'} runs"
    lost, pinned = _hold(digest_of([*sets, *strangers]), {runs: Simulated(figures)}, options)
    if options["as_json"]:
        floors = {"pinned": pinned, "missed": lost}
        write_line(json.dumps({"simulations": figures, "targets": TARGETS, "floors": floors}))
    else:
        write_line(_say_floors(lost, pinned=pinned))
    return lost


def _say_target(value: float, target: tuple[float, float] | None) -> str:
    if target is None:
        return ""
    low, high = target
    return f"   target {low:g} to {high:g}: {'met' if low <= value <= high else 'MISSED'}"


def _hold(digest: str, groups: Mapping[str, Any], options: Mapping[str, Any]) -> tuple[list[str], bool]:
    """The floors that are missed, and whether any were pinned; with ``--pin`` they are what was measured."""
    from reports.evaluation.floors import find_missed, make_floors, pin_floors, read_floors
    from reports.evaluation.theming import RULES

    target = options["floors"] or RULES.path
    held = read_floors(target).get(digest, {})
    pinned = {name: floors for name, floors in held.items() if name in groups}
    if options["pin"]:
        others = {name: floors for name, floors in held.items() if name not in groups}
        pin_floors(target, digest, others | make_floors(groups, RULES), lower=options["lower"], rules=RULES)
        return [], True
    return find_missed(pinned, groups, RULES), bool(pinned)


def _say_floors(lost: Sequence[str], *, pinned: bool) -> str:
    return f"floors: {'; '.join(lost) or ('held' if pinned else 'none pinned for this')}"


def _cache(options: Mapping[str, Any]) -> Any:  # noqa: ANN401
    from reports.evaluation.vectors import FolderCache

    return None if options["cache"] is None else FolderCache(options["cache"])


def _by_part(one: LabelledSet, found: Measured) -> dict[str, dict[str, float]]:
    return {part.name: score for part, score in zip(one.parts, found.ours, strict=True)}


def _write_scores(one: LabelledSet, found: Measured) -> None:
    order = {True: "yes", False: "NO", None: "not looked at"}[found.order_free]
    write_line(f"\n{one.path} ({one.digest[:12]}; {one.options}), parts: {len(found.ours)}; same in any order: {order}")
    rows = found.rows()
    write_line(f"{'':<18}" + "".join(f"{name:>10}" for name in rows["btl"]))
    for name, score in rows.items():
        write_line(f"{name:<18}" + "".join(f"{value:>10.3f}" for value in score.values()))
