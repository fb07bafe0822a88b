"""Write docs/commands.md from the command's own help; run from the project's root: ``make docs``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from reports.cli import cli

if TYPE_CHECKING:
    from collections.abc import Iterator

TARGET = Path("docs/commands.md")
WIDTH = 88
HEAD = """\
# Commands

Written by `make docs` from the help of each command; a test compares the two. Data goes to standard
output, messages to standard error.

| exit code | meaning |
|---:|---|
| 0 | done |
| 1 | failed; the message names the file or folder and what to do |
| 2 | the command line, a settings file or a themes file is wrong |
| 3 | no comment was found, and `--strict` was given |
| 4 | `btl eval`: a measured quality is below its floor |
| 5 | an `--alert` of `btl run` or `btl report` holds; the report is written |
| 130 | interrupted; what was finished before is kept |
"""


def main() -> None:
    """Write the page."""
    TARGET.write_text(commands_page(), encoding="utf-8")


def commands_page() -> str:
    """Return the command reference as Markdown, the same at every width of terminal."""
    parts = [f"## {name}\n\n```text\n{text}\n```\n" for name, text in _helps(cli, None, "btl")]
    return "\n".join([HEAD, *parts])


def _helps(command: click.Command, parent: click.Context | None, name: str) -> Iterator[tuple[str, str]]:
    """Yield path and help of a command and of all below it, in the order of their names."""
    # The width is given to every context, so that click never asks for the terminal's.
    settings = {"terminal_width": WIDTH, "color": False, **command.context_settings}
    with command.context_class(command, parent=parent, info_name=name, **settings) as context:
        yield context.command_path, "\n".join(line.rstrip() for line in command.get_help(context).splitlines())
        if isinstance(command, click.Group):
            for below in command.list_commands(context):
                found = command.get_command(context, below)
                if found is not None and not found.hidden:
                    yield from _helps(found, context, below)


if __name__ == "__main__":
    main()
