"""What became of themes between two runs: born, grown, shrunk, merged, split, dormant, revived."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from analysis.uncertainty import difference_interval

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    import pandas as pd

EventName = Literal["born", "grown", "shrunk", "merged", "split", "dormant", "revived"]
ORDER: tuple[EventName, ...] = ("born", "revived", "merged", "split", "dormant", "grown", "shrunk")
MOST, PART = 0.5, 0.2
"""Share of an old theme that goes into another when it merges; least share of it that a child of a split takes."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Who was in which theme after a run.

    Attributes:
        comments: ids of all comments.
        members: ids of the comments in each theme that had any, by theme id.
        labels: label of each theme.
    """

    comments: frozenset[str]
    members: Mapping[str, frozenset[str]]
    labels: Mapping[str, str]


def take_snapshot(comments: pd.DataFrame, assignments: pd.DataFrame) -> Snapshot:
    """Return the snapshot of a run from its tables."""
    members = {str(name): frozenset(ids) for name, ids in assignments.groupby("theme_id")["comment_id"]}
    labels = dict(zip(assignments["theme_id"], assignments["theme"], strict=True))
    return Snapshot(frozenset(comments["comment_id"]), members, labels)


def find_events(before: Snapshot, after: Snapshot, known: Collection[str]) -> list[dict[str, Any]]:
    """Return what became of themes, in the columns of the table ``events``.

    An old theme went into another when that holds most of its comments and it has none left of its own
    name; a named theme takes in that way what is folded into it. It was split when there is a new theme that
    is mostly made of it, and another that is too or holds a fifth of it. A share has grown or shrunk when the 95%
    interval of its change leaves out zero.

    Args:
        before: after the earlier run.
        after: after the later one.
        known: every theme id given before the later run, dormant ones too.
    """
    was, now = _discovered(before), _discovered(after)
    flow = _flow(was, now)
    merged = _merges(was, now, flow)
    gone = {parent for parents in merged.values() for parent in parents}
    splits = _splits(was, now, flow, gone)
    children = {child for names in splits.values() for child in names}
    rows = [_event("merged", name, parents, [name], before, after) for name, parents in merged.items()]
    rows += [_event("split", name, [name], names, before, after) for name, names in splits.items()]
    for name in now.keys() - was.keys():
        if name in known:
            rows.append(_event("revived", name, [], [name], before, after))
        elif name not in children and name not in merged:
            rows.append(_event("born", name, [], [name], before, after))
    left = was.keys() - now.keys() - gone - splits.keys()
    folded = _folds({name: was[name] for name in left}, after)
    rows += [_event("merged", name, parents, [name], before, after) for name, parents in folded.items()]
    dormant = left - {parent for parents in folded.values() for parent in parents}
    rows += [_event("dormant", name, [name], [], before, after) for name in dormant]
    rows += _movements(before, after)
    return sorted(rows, key=lambda row: (ORDER.index(row["event"]), -row["count_after"], row["theme_id"]))


def _discovered(snapshot: Snapshot) -> dict[str, frozenset[str]]:
    """Members of the themes that can begin and end; a named one is there as long as its file names it."""
    return {name: ids for name, ids in snapshot.members.items() if not name.startswith("N-") and ids}


def _flow(was: Mapping[str, frozenset[str]], now: Mapping[str, frozenset[str]]) -> dict[str, Counter[str]]:
    """How many comments of each old theme are now in each theme."""
    theme_of = {comment: name for name, ids in now.items() for comment in ids}
    return {name: Counter(theme_of[c] for c in ids if c in theme_of) for name, ids in was.items()}


def _merges(
    was: Mapping[str, frozenset[str]], now: Mapping[str, frozenset[str]], flow: Mapping[str, Counter[str]]
) -> dict[str, list[str]]:
    """Parents of each theme that took in others."""
    parents: dict[str, list[str]] = {}
    for name in was:
        into, count = max(flow[name].items(), key=lambda item: (item[1], item[0]), default=("", 0))
        if name in now:
            if flow[name][name] >= MOST * len(was[name]):
                parents.setdefault(name, []).append(name)
        elif count >= MOST * len(was[name]):
            parents.setdefault(into, []).append(name)
    return {name: sorted(found) for name, found in sorted(parents.items()) if len(found) > 1}


def _folds(left: Mapping[str, frozenset[str]], after: Snapshot) -> dict[str, list[str]]:
    """Discovered themes that are no more, by the named theme that holds most of what they held."""
    parents: dict[str, list[str]] = {}
    named = [name for name in sorted(after.members) if name.startswith("N-")]
    for theme_id, ids in sorted(left.items()):
        into = max(named, key=lambda name: len(ids & after.members[name]), default="")
        if into and len(ids & after.members[into]) >= MOST * len(ids):
            parents.setdefault(into, []).append(theme_id)
    return parents


def _splits(
    was: Mapping[str, frozenset[str]],
    now: Mapping[str, frozenset[str]],
    flow: Mapping[str, Counter[str]],
    gone: Collection[str],
) -> dict[str, list[str]]:
    """Children of each theme that fell apart."""
    total = Counter[str]()
    for counts in flow.values():
        total.update(counts)
    found = {}
    for name in sorted(was.keys() - (gone - now.keys())):
        mostly = [child for child, count in flow[name].items() if child == name or count >= MOST * total[child]]
        fresh = [child for child in mostly if child not in was and _from(flow[name][child], now[child])]
        children = [child for child in mostly if child in fresh or flow[name][child] >= PART * len(was[name])]
        if len(children) > 1 and fresh:
            found[name] = sorted(children)
    return found


def _from(count: int, child: frozenset[str]) -> bool:
    """Whether a theme has enough of its parent in it to be its part rather than a new matter."""
    return count >= PART * len(child)


def _movements(before: Snapshot, after: Snapshot) -> list[dict[str, Any]]:
    rows = []
    for name in sorted(before.members.keys() & after.members.keys()):
        change = change_of_share(name, before, after)
        if change and (change[1] > 0 or change[2] < 0):
            rows.append(_event("grown" if change[1] > 0 else "shrunk", name, [name], [name], before, after))
    return rows


def change_of_share(name: str, before: Snapshot, after: Snapshot) -> tuple[float, float, float] | None:
    """Change of a theme's share with its 95% interval, or None where no comment came or all are new.

    The later run holds the comments of the earlier one, so that the two shares are not independent. New
    and old comments are: their difference has Newcombe's interval (1998, method 10), and moves the share
    by the part that the new ones are of all. Comments that changed their theme move it for certain.
    """
    old, new = after.comments & before.comments, after.comments - before.comments
    if not old or not new:
        return None
    then = len(before.members.get(name, ())) / max(1, len(before.comments))
    members = after.members.get(name, frozenset())
    among_old, among_new = len(members & old), len(members & new)
    moved = among_old / len(old) - then
    part = len(new) / len(after.comments)
    low, high = difference_interval(among_new, len(new), among_old, len(old))
    share = len(members) / len(after.comments)
    return share - then, moved + part * low, moved + part * high


def _event(
    event: EventName, name: str, parents: list[str], children: list[str], before: Snapshot, after: Snapshot
) -> dict[str, Any]:
    was, now = len(before.members.get(name, ())), len(after.members.get(name, ()))
    change = change_of_share(name, before, after) if name in before.members and name in after.members else None
    row = {
        "event": event,
        "theme_id": name,
        "label": after.labels.get(name) or before.labels.get(name) or name,
        "parents": parents,
        "children": children,
        "count_before": was,
        "count_after": now,
        "share_before": round(was / len(before.comments), 6) if before.comments else 0.0,
        "share_after": round(now / len(after.comments), 6) if after.comments else 0.0,
        "change_low": None if change is None else round(change[1], 6),
        "change_high": None if change is None else round(change[2], 6),
    }
    return row | {"evidence": _evidence(row, before, after)}


def _evidence(row: Mapping[str, Any], before: Snapshot, after: Snapshot) -> str:
    """One sentence that says what the event was read from."""
    was, now, name = row["count_before"], row["count_after"], row["theme_id"]
    if row["event"] == "born":
        new = len(after.members[name] - before.comments)
        return f"{now} comments, {new} of them new, in no theme known before."
    if row["event"] == "revived":
        return f"{now} comments, after a run without it."
    if row["event"] == "dormant":
        return f"Its {was} comments are together in no theme any more."
    if row["event"] == "merged":
        parts = [f"{_shared(p, name, before, after)} of {len(before.members[p])} of {p}" for p in row["parents"]]
        return f"It holds {', '.join(parts)}."
    if row["event"] == "split":
        parts = [f"{_shared(name, c, before, after)} in {c}" for c in row["children"]]
        return f"Of its {was} comments {', '.join(parts)}."
    return (
        f"{row['share_before']:.1%} of {len(before.comments)} comments before, {row['share_after']:.1%} of "
        f"{len(after.comments)} now; the change lies between {100 * row['change_low']:+.1f} and "
        f"{100 * row['change_high']:+.1f} percentage points (95% interval)."
    )


def _shared(old: str, new: str, before: Snapshot, after: Snapshot) -> int:
    return len(before.members.get(old, frozenset()) & after.members.get(new, frozenset()))
