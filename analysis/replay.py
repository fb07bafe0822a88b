"""The analyst's edits carried out on the themes of a run, after the assignment.

An edit that cannot be carried out any more is a conflict, which the report lists; none is dropped.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from analysis.edits import Edit

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from analysis.describe import Group
    from analysis.edits import Action


@dataclass(frozen=True, slots=True)
class Edited:
    """Themes after the edits.

    Attributes:
        groups: the themes.
        labels: names that edits gave, by theme id.
        moved: what became of themes that are no more: the id they went into, or None.
        excluded: rows that an edit took out of a theme.
        notes: ``theme_id``, ``comment_id`` and ``note`` of each.
        conflicts: ``edit`` (its place in the file, from 1), ``action``, ``theme_id``, ``comment_id``, ``reason``.
    """

    groups: list[Group]
    labels: dict[str, str] = field(default_factory=dict)
    moved: dict[str, str | None] = field(default_factory=dict)
    excluded: set[int] = field(default_factory=set)
    notes: list[dict[str, Any]] = field(default_factory=list)
    conflicts: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What edits are applied to, besides the groups.

    Attributes:
        comment_ids: of each row.
        keys: text key of each row; copies of a text go together in a split.
        vectors: unit vectors of the rows, shape (n, d).
        before: comments that each theme held after the last run, by theme id.
        known: every theme id that the store has given.
        votes: how many nearest comments say which side of a split a new comment is on.
    """

    comment_ids: Sequence[str]
    keys: Sequence[str]
    vectors: NDArray[np.float32]
    before: Mapping[str, frozenset[str]]
    known: frozenset[str]
    votes: int


def apply_edits(groups: Sequence[Group], edits: Sequence[Edit], around: Surroundings) -> Edited:
    """Carry out edits in their order; each sees what those before it left.

    Args:
        groups: the themes as they were found.
        edits: the analyst's decisions.
        around: the comments that the themes are made of.
    """
    work = _Work(groups, around)
    for number, edit in enumerate(edits, 1):
        work.number, work.edit = number, edit
        ACTIONS[edit.action](work, edit)
    return work.result()


class _Work:
    """Themes while they are edited: rows and strengths of each."""

    def __init__(self, groups: Sequence[Group], around: Surroundings) -> None:
        self.groups = {group.theme_id: group for group in groups}
        self.rows = {g.theme_id: dict(zip(g.members.tolist(), g.strengths.tolist(), strict=True)) for g in groups}
        self.around = around
        self.row_of = {name: row for row, name in enumerate(around.comment_ids)}
        self.out = Edited([])
        self.number = 0
        self.edit = Edit(action="note", text="-", theme_id="-")

    def conflict(self, reason: str, theme_id: str | None = None, comment_id: str | None = None) -> None:
        self.out.conflicts.append(
            {
                "edit": self.number,
                "action": self.edit.action,
                "theme_id": theme_id,
                "comment_id": comment_id,
                "reason": reason,
            }
        )

    def theme(self, theme_id: str) -> bool:
        """Whether the theme is there; a conflict that says why where it is not."""
        if theme_id in self.groups:
            return True
        if theme_id in self.out.moved:
            into = self.out.moved[theme_id]
            reason = f"an earlier edit merged the theme into {into}" if into else "an earlier edit excluded the theme"
        elif theme_id in self.around.known:
            reason = "no comments are in the theme in this run"
        else:
            reason = "there never was such a theme in this store"
        self.conflict(reason, theme_id, self.edit.comment_id)
        return False

    def row(self, comment_id: str, theme_id: str | None) -> int | None:
        row = self.row_of.get(comment_id)
        if row is None:
            self.conflict("there is no such comment in the store", theme_id, comment_id)
        return row

    def result(self) -> Edited:
        import numpy as np

        for theme_id, group in self.groups.items():
            rows = self.rows[theme_id]
            members = np.asarray(sorted(rows), dtype=np.int64)
            strengths = np.asarray([rows[row] for row in sorted(rows)], dtype=np.float64)
            near = group.near[~np.isin(group.near, members)]
            if len(members) or group.kind == "named":
                self.out.groups.append(replace(group, members=members, strengths=strengths, near=near))
            else:
                self.out.moved[theme_id] = None
        return self.out


def _rename(work: _Work, edit: Edit) -> None:
    if work.theme(str(edit.theme_id)):
        work.out.labels[str(edit.theme_id)] = str(edit.label)


def _merge(work: _Work, edit: Edit) -> None:
    into, *others = [name for name in dict.fromkeys(edit.theme_ids) if work.theme(name)] or [""]
    for other in others:
        if work.groups[other].kind != work.groups[into].kind:
            work.conflict(f"a {work.groups[other].kind} theme cannot be merged into one of another kind", other)
            continue
        for row, strength in work.rows.pop(other).items():
            work.rows[into][row] = max(strength, work.rows[into].get(row, 0.0))
        del work.groups[other]
        work.out.moved.update({gone: into for gone, to in work.out.moved.items() if to == other} | {other: into})
    if into and edit.label:
        work.out.labels[into] = edit.label


def _split(work: _Work, edit: Edit) -> None:
    import numpy as np

    theme_id = str(edit.theme_id)
    if not work.theme(theme_id):
        return
    if work.groups[theme_id].kind == "named":
        work.conflict("a named theme cannot be split; describe its parts in themes.toml", theme_id)
        return
    rows, keys = work.rows[theme_id], work.around.keys
    listed = set()
    for comment_id in edit.comment_ids:
        row = work.row(comment_id, theme_id)
        if row is not None and row not in rows:
            work.conflict("the comment is not in the theme in this run", theme_id, comment_id)
        elif row is not None:
            listed.add(keys[row])
    if not listed:
        return
    moved = _new_side(work, edit, [row for row in rows if keys[row] not in listed])
    moved |= {row for row in rows if keys[row] in listed}
    none = np.zeros(0, dtype=np.int64)
    work.rows[edit.new_id] = {row: rows.pop(row) for row in sorted(moved)}
    work.groups[edit.new_id] = replace(work.groups[theme_id], theme_id=edit.new_id, near=none)
    work.out.labels[edit.new_id] = str(edit.label)


def _new_side(work: _Work, edit: Edit, unlisted: Sequence[int]) -> set[int]:
    """Rows of the theme that go with the listed ones: those that went before, and new ones most like them."""
    import numpy as np

    from analysis.neighbours import nearest

    around = work.around
    gone, stayed = _keys_before(work, edit.new_id), _keys_before(work, str(edit.theme_id))
    moved = {row for row in unlisted if around.keys[row] in gone}
    if not gone:  # the edit is new: what it does not list stays
        return set()
    new = [row for row in unlisted if row not in moved and around.keys[row] not in stayed]
    old = [row for row in work.rows[str(edit.theme_id)] if row not in set(new)]
    if not new or not old:
        return moved
    goes = np.asarray([around.keys[row] in gone for row in old])
    rows, cosines = nearest(around.vectors[new], around.vectors[old], around.votes)
    sides = (np.where(goes[rows], 1.0, -1.0) * np.clip(cosines, 0, None)).sum(axis=1)
    return moved | {row for row, side in zip(new, sides, strict=True) if side > 0}


def _keys_before(work: _Work, theme_id: str) -> set[str]:
    """Texts that a theme held after the last run."""
    ids = work.around.before.get(theme_id, frozenset())
    return {work.around.keys[work.row_of[name]] for name in ids if name in work.row_of}


def _pin(work: _Work, edit: Edit) -> None:
    theme_id = str(edit.theme_id)
    if not work.theme(theme_id):
        return
    row = work.row(str(edit.comment_id), theme_id)
    if row is None:
        return
    if work.groups[theme_id].kind == "discovered":  # a comment is in one discovered theme at most
        for name, group in work.groups.items():
            if group.kind == "discovered":
                work.rows[name].pop(row, None)
    work.rows[theme_id][row] = 1.0


def _exclude(work: _Work, edit: Edit) -> None:
    if edit.theme_id and not work.theme(edit.theme_id):
        return
    if edit.comment_id is None:
        theme_id = str(edit.theme_id)
        work.out.excluded.update(work.rows.pop(theme_id))
        del work.groups[theme_id]
        work.out.moved[theme_id] = None
        return
    row = work.row(edit.comment_id, edit.theme_id)
    if row is None:
        return
    inside = [name for name in work.groups if row in work.rows[name] and edit.theme_id in (None, name)]
    if edit.theme_id and not inside:
        work.conflict("the comment is not in the theme in this run", edit.theme_id, edit.comment_id)
        return
    for name in inside:
        del work.rows[name][row]
    work.out.excluded.add(row)


def _note(work: _Work, edit: Edit) -> None:
    if edit.theme_id and not work.theme(edit.theme_id):
        return
    if edit.comment_id and work.row(edit.comment_id, edit.theme_id) is None:
        return
    work.out.notes.append({"theme_id": edit.theme_id, "comment_id": edit.comment_id, "note": edit.text})


ACTIONS: dict[Action, Callable[[_Work, Edit], None]] = {
    "rename": _rename,
    "merge": _merge,
    "split": _split,
    "pin": _pin,
    "exclude": _exclude,
    "note": _note,
}
