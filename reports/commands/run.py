"""``btl run``: everything, first run and re-run alike."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reports.commands.shared import FILE, FOLDER, columns_option, engine_option, say, say_ingested, store_option
from reports.quantities import plural

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analysis.settings import Settings
    from reports.pipeline import Run


@click.command()
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@store_option
@click.option("--out", type=FOLDER, required=True, metavar="DIR", help="Where the report goes.")
@click.option("--themes", type=FILE, metavar="FILE", help="Named themes [default: data/themes.toml if it exists].")
@click.option("--no-themes", is_flag=True, help="Look for no named themes.")
@click.option("--settings", type=FILE, metavar="FILE", help="Run settings as TOML; see docs/formats.md.")
@columns_option
@click.option("--model", metavar="NAME", help="Embedding model: name or path of a sentence-transformers model.")
@click.option(
    "--device",
    type=click.Choice(["auto", "cpu", "cuda"]),
    metavar="NAME",
    help="Where the model runs: cpu, cuda or auto [default: auto, a GPU unless the store was begun without].",
)
@click.option(
    "--llm", metavar="MODEL", help="Language model for descriptions, as the llm package names it [default: none]."
)
@click.option("--edits", type=FILE, metavar="FILE", help="Analyst's edits [default: data/edits.toml if it exists].")
@click.option("--refit", is_flag=True, help="Discover themes anew, whatever the drift since the last time.")
@click.option("--real-names", is_flag=True, help="Show authors as they are written, not by pseudonyms.")
@click.option(
    "--public", is_flag=True, help="For sharing: mask e-mail addresses, phone numbers, handles and authors' names."
)
@click.option("--title", metavar="TEXT", help="Headline of the report.")
@click.option("--threads", type=click.IntRange(min=1), metavar="N", help="Cores to use [default: all].")
@engine_option
@click.option(
    "--alert",
    "alerts",
    multiple=True,
    metavar="CONDITION",
    help="new-theme, share>10% or change>5%: write alerts.json and exit with 5 where it holds. May be repeated.",
)
@click.option("--if-new", is_flag=True, help="Write nothing where a report that says the same stands elsewhere.")
@click.option("--strict", is_flag=True, help="Exit with 3 if no comment was found.")
def run(
    inputs: tuple[str, ...],
    store: Path,
    out: Path,
    themes: Path | None,
    no_themes: bool,
    settings: Path | None,
    columns: Path | None,
    model: str | None,
    device: str | None,
    llm: str | None,
    edits: Path | None,
    refit: bool,
    real_names: bool,
    public: bool,
    title: str | None,
    threads: int | None,
    engine: str,
    strict: bool,
    alerts: tuple[str, ...],
    if_new: bool,
) -> int:
    """Read pages, find the themes of all comments in the store, write the report.

    INPUT is a file, folder or archive of pages, a web archive (WARC, WET), JSON Lines, a comment table (CSV,
    Parquet or JSON Lines), an export of WordPress or Disqus, or -. Pages that the store holds already add
    nothing. The first run and every later one are the same command; where nothing is new, no file is changed.

    \b
    Example:
      btl run pages/ --store data/store --out data/report
    """  # noqa: D301
    if no_themes and themes:
        raise click.UsageError("Give --themes or --no-themes, not both.")
    from reports import pipeline

    result = pipeline.run(
        inputs,
        store=store,
        out=out,
        themes=() if no_themes else pipeline.named_themes(themes),
        settings=_read_settings(settings, columns, {"model": model, "device": device}, llm),
        title=title,
        edits=pipeline.analyst_edits(edits),
        refit=refit,
        real_names=real_names,
        public=public,
        threads=threads,
        engine=engine,
        strict=strict,
        alerts=alerts,
        if_new=if_new,
    )
    _say_result(result)
    return _say_alerts(result, alerts)


def _read_settings(file: Path | None, columns: Path | None, said: dict[str, str | None], llm: str | None) -> Settings:
    """The settings of the file, with what options say instead."""
    from analysis.settings import load_settings
    from comments.inputs.columns import load_columns

    chosen = load_settings(file)
    chosen = chosen.model_copy(update={name: value for name, value in said.items() if value})
    if llm:
        chosen = chosen.model_copy(update={"llm": chosen.llm.model_copy(update={"model": llm})})
    if chosen.llm.model:
        from reports.summary.llm_door import open_model

        open_model(chosen.llm.model)  # a wrong name is said before the work begins
    if columns:
        chosen = chosen.model_copy(update={"columns": load_columns(columns).mapped})
    return chosen


def _say_alerts(result: Run, alerts: Sequence[str]) -> int:
    """Say which conditions hold for a report that was written now; return the exit code that tells it."""
    from reports.alerts import EXIT_CODE, parse_alert, raise_alerts

    raised = raise_alerts(tuple(map(parse_alert, alerts)), result.tables) if result.is_new and alerts else []
    for alert in raised:
        say(f"alert {alert['alert']}: {alert['theme_id']} {alert['label']} ({alert['value']:.1%})")
    return EXIT_CODE if raised else 0


def _say_result(result: Run) -> None:
    if logging.getLogger().level >= logging.ERROR:
        return
    got = result.ingested
    # `btl report` reads nothing
    read = [say_ingested(got, "the report under Left out")] if got.pages or got.comments or got.rejects else []
    if not result.is_new:
        say("\n".join([*read, f"nothing new; {result.out / 'report.html'} is as it was"]))
        return
    tables, themes = result.tables, result.tables.themes
    discovered = int((themes["kind"] == "discovered").sum())
    lines = [
        *read,
        f"store: {plural(len(tables.comments), 'comment')} on {plural(len(tables.pages), 'page')}",
        f"themes: {len(themes) - discovered} named, {discovered} discovered. {tables.run['discovery']['note']}",
        f"report: {result.out / 'report.html'}",
    ]
    say("\n".join(lines))
