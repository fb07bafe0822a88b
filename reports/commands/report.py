"""``btl report``: the report on a store as it is, with the options of ``btl run`` and no input."""

from __future__ import annotations

from typing import Any

import click

from reports.commands.run import run
from reports.commands.shared import open_store

HELP = """Find the themes of all comments in a store and write the report, reading nothing new.

As `btl run` after `btl ingest`, or with other themes, edits or settings than last time.

\b
Example:
  btl ingest crawl.warc.gz --store data/store
  btl report --store data/store --out data/report
"""


def _report(**options: Any) -> Any:  # noqa: ANN401
    open_store(options["store"])  # one that is not there is not made
    return click.get_current_context().invoke(run, inputs=(), **options)


report = click.Command(
    "report", params=[option for option in run.params if option.name != "inputs"], callback=_report, help=HELP
)
