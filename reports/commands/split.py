"""``btl split``: pages to JSON Lines."""

from __future__ import annotations

import json

import click

from reports.commands.shared import write_line


@click.command()
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option("--explain", is_flag=True, help="Show why each line was taken as what it is, instead of JSON.")
@click.option(
    "--review",
    type=click.FloatRange(0, 1),
    metavar="FLOOR",
    help="List the pages whose confidence is below this (0 to 1), the least sure first, instead of JSON.",
)
@click.option("--strict", is_flag=True, help="Exit with 3 if no comment was found anywhere.")
def split(inputs: tuple[str, ...], explain: bool, review: float | None, strict: bool) -> None:
    """Split pages into article and comments: JSON Lines on standard output, one object a page.

    INPUT is a file or folder of pages (HTML or plain text), JSON Lines of crawled pages (objects with
    `html` or `text`), or - for standard input. An input that is no page gives an object whose `reason`
    begins with "rejected".

    \b
    Example:
      btl split page.html | jq '.comments[].text'
    """  # noqa: D301
    if explain and review is not None:
        raise click.UsageError("Give --explain or --review, not both.")
    from comments.ingest import split_safely
    from comments.inputs import read_inputs
    from comments.inputs.rows import TableRow
    from comments.model import Page, Reject
    from reports.split_output import explain_split, review_line, split_record

    found = 0
    doubtful: list[tuple[float, str]] = []
    for item in read_inputs(inputs, meaning="pages"):
        if isinstance(item, TableRow):
            item = Reject(item.source, item.place, "not a page format", "a comment table; btl run reads it as it is")
        result = split_safely(item) if isinstance(item, Page) else item
        found += 0 if isinstance(result, Reject) else result.found_count
        if review is not None:
            sure = 0.0 if isinstance(result, Reject) else result.confidence
            doubtful += [(sure, review_line(result))] if sure < review else []
        elif explain:
            write_line(explain_split(result))
        else:
            write_line(json.dumps(split_record(result), ensure_ascii=False))
    for _, line in sorted(doubtful):
        write_line(line)
    if strict and not found:
        from comments.errors import NoCommentsError

        raise NoCommentsError("no comment was found", "look at btl split --explain")
