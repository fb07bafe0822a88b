"""The command ``btl``: its group, its log and its exit codes; the commands stand in ``reports.commands``."""

from __future__ import annotations

import logging
import os
import sys
from contextlib import suppress

import click

from comments.errors import BelowTheLineError
from comments.progress import LOGGER as PROGRESS
from reports.commands.agreement import agreement
from reports.commands.compact import compact
from reports.commands.compare import compare
from reports.commands.doctor import doctor, package_home
from reports.commands.erase import erase
from reports.commands.eval import evaluate
from reports.commands.export import export
from reports.commands.ingest import ingest
from reports.commands.query import query
from reports.commands.report import report
from reports.commands.run import run
from reports.commands.shared import JsonLines, say
from reports.commands.split import split
from reports.commands.status import status
from reports.commands.themes import themes
from reports.commands.verify import verify

log = logging.getLogger("btl")
INTERRUPTED = 130


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="belowtheline", prog_name="btl")
@click.option("-v", "--verbose", count=True, help="Say what is being done; twice for every detail.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
@click.option("--log-json", is_flag=True, help="Messages as JSON Lines on standard error.")
def cli(verbose: int, quiet: bool, log_json: bool) -> None:
    """From web pages to the themes that readers raise below the line.

    Start with `btl run PAGES --store data/store --out data/report`, then open report.html.
    """
    level = logging.ERROR if quiet else {0: logging.WARNING, 1: logging.INFO}.get(verbose, logging.DEBUG)
    logging.basicConfig(stream=sys.stderr, level=level, format="%(message)s", force=True)
    if log_json:
        for handler in logging.getLogger().handlers:
            handler.setFormatter(JsonLines())
        if not quiet:
            logging.getLogger(PROGRESS).setLevel(logging.INFO)
    if verbose < 2:  # our own messages, not those of the libraries below
        for name in (
            "bertopic",
            "BERTopic",
            "numba",
            "sentence_transformers",
            "transformers",
            "urllib3",
            "filelock",
            "huggingface_hub",
        ):
            logging.getLogger(name).setLevel(logging.ERROR)


for command in (
    agreement,
    compact,
    compare,
    doctor,
    erase,
    evaluate,
    export,
    ingest,
    query,
    report,
    run,
    split,
    status,
    themes,
    verify,
):
    cli.add_command(command)


def main(arguments: list[str] | None = None) -> None:
    """Run the command and exit.

    0 ok, 1 failed, 2 usage or settings, 3 nothing found, 4 a floor missed, 5 an alert, 130 interrupted.
    """
    sys.exit(_run(arguments))


def _run(arguments: list[str] | None) -> int:
    try:
        package_home()
        result = cli.main(args=arguments, prog_name="btl", standalone_mode=False)
        sys.stdout.flush()
        return result if isinstance(result, int) else 0
    except click.ClickException as error:
        error.show()
        return 2
    except (click.Abort, KeyboardInterrupt):
        say("btl: interrupted; what was finished before is kept", "error")
        return INTERRUPTED
    except BelowTheLineError as error:
        say(f"btl: {error}", "error")
        return error.exit_code
    except BrokenPipeError:
        _drop_stdout()  # the reader has gone; there is nobody to tell
        return 0
    except OSError as error:
        _drop_stdout()
        where = f"{error.filename}: " if error.filename else ""
        todo = "free some space or mend permissions, then run again"
        say(f"btl: {where}{error.strerror or error}: {todo}", "error")
        return 1
    except Exception as error:
        log.debug("trace", exc_info=True)
        line = str(error).splitlines()[0] if str(error) else ""
        say(f"btl: failed: {type(error).__name__}: {line} (a fault of btl; -vv shows where)", "error")
        return 1


def _drop_stdout() -> None:
    """Let go what is still to be written, or Python tries again at its end and complains."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
