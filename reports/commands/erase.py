"""``btl erase``: a person, comment or page out of everything."""

from __future__ import annotations

import json
from pathlib import Path

import click

from reports.commands.shared import open_store, store_option, write_line


@click.command()
@store_option
@click.option("--comment", metavar="ID", help="A comment, by its comment_id.")
@click.option("--author", metavar="KEY", help="Everything by a name, as written or by its pseudonym.")
@click.option("--page", metavar="URL", help="A page with all its comments, by address, URL or page_id.")
def erase(store: Path, comment: str | None, author: str | None, page: str | None) -> int:
    """Take a comment, an author or a page out of the store and of every report made from it, for good.

    Rows, bytes of pages, vectors, fits and reports are written anew without it, and a keyed hash keeps it from
    coming back with the next crawl. The receipt, as JSON on standard output, names every file that was
    rewritten, and under "left" those in which the words still stand: exit code 1 if there are any.

    \b
    Example:
      btl erase --author reader-3f2a1c9b04 --store data/store
    """  # noqa: D301
    if sum(value is not None for value in (comment, author, page)) != 1:
        raise click.UsageError("Name one of --comment, --author and --page.")
    from reports.erase import erase as erase_all

    with open_store(store) as opened:
        receipt = erase_all(opened, comment=comment, author=author, page=page)
    write_line(json.dumps(receipt, indent=1, ensure_ascii=False))
    return 1 if receipt["left"] else 0
