"""Planted histories of themes: are births, deaths, merges, splits and returns told as what they are?

Run from the project's root: ``python -m bench.histories``. Each history is a store that grows over eight runs.
Groups of texts are born, die, merge, split and come back at known runs; one text in twenty is put into a wrong
group or none at each fit. Every text has a vector near its group's; a group that comes back does so half of the time
with new texts alone, so that only vectors tell. Ids are kept and events read as in a run.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from dataclasses import dataclass, field

from analysis.events import Snapshot, find_events
from analysis.lineage import KnownTheme, Registry, keep_ids, update_registry

RUNS = 8
WRONG = 0.05
DIMENSIONS, SPREAD, APART = 64, 0.1, 0.1
"""Of vectors; how far a text lies from its group's, and a half of a split from the other, along each."""
COUNTED = ("born", "merged", "split", "dormant", "revived")


@dataclass
class World:
    """What is true: the texts of each living group, those that sleep, and what happened in this run."""

    dice: random.Random
    groups: dict[int, set[str]] = field(default_factory=dict)
    asleep: dict[int, set[str]] = field(default_factory=dict)
    loose: set[str] = field(default_factory=set)
    towards: dict[int, list[float]] = field(default_factory=dict)
    made: int = 0
    texts: int = 0

    def new_texts(self, count: int) -> set[str]:
        """So many texts that were never there before."""
        self.texts += count
        return {f"t{n}" for n in range(self.texts - count, self.texts)}

    def birth(self) -> None:
        """A new group of 20 to 60 texts."""
        self.made += 1
        self.groups[self.made] = self.new_texts(self.dice.randint(20, 60))
        self.towards[self.made] = self.unit([0.0] * DIMENSIONS, 1.0)

    def unit(self, near: list[float], spread: float) -> list[float]:
        """A unit vector near another one."""
        vector = [value + self.dice.gauss(0, spread) for value in near]
        length = sum(value * value for value in vector) ** 0.5
        return [value / length for value in vector]

    def step(self) -> Counter[str]:
        """Let every group grow a little, and one or two things happen."""
        for members in self.groups.values():
            members |= self.new_texts(self.dice.randint(0, 5))
        self.loose |= self.new_texts(self.dice.randint(5, 20))
        happened: Counter[str] = Counter()
        untouched = sorted(self.groups)
        self.dice.shuffle(untouched)
        sleeping = sorted(self.asleep)
        for event in self.dice.sample(COUNTED, self.dice.randint(1, 2)):
            if event == "born":
                self.birth()
            elif event == "dormant" and len(untouched) > 3:
                name = untouched.pop()
                self.asleep[name] = self.groups.pop(name)
            elif event == "revived" and sleeping:
                name = sleeping.pop()
                old = self.asleep.pop(name)
                if self.dice.random() < 0.5:
                    self.groups[name] = old | self.new_texts(5)
                else:
                    self.loose |= old
                    self.groups[name] = self.new_texts(self.dice.randint(10, 30))
            elif event == "merged" and len(untouched) > 3:
                one, other = untouched.pop(), untouched.pop()
                self.groups[one] |= self.groups.pop(other)
            elif event == "split" and untouched:
                name = untouched.pop()
                members = sorted(self.groups[name])
                self.dice.shuffle(members)
                part = len(members) * self.dice.randint(35, 50) // 100
                self.made += 1
                self.groups[self.made] = set(members[:part])
                self.groups[name] = set(members[part:])
                self.towards[self.made] = self.unit(self.towards[name], APART)
            else:
                continue
            happened[event] += 1
        return happened

    def seen(self) -> tuple[list[frozenset[str]], list[list[float]]]:
        """The groups and their centres as a fit would find them: in no order, with some texts astray."""
        names = sorted(self.groups)
        found: dict[int, set[str]] = {name: set() for name in names}
        for name in names:
            for text in sorted(self.groups[name]):
                if self.dice.random() < WRONG:
                    stray = self.dice.choice([*names, None])
                    if stray is not None:
                        found[stray].add(text)
                else:
                    found[name].add(text)
        self.dice.shuffle(names)
        groups = [frozenset(found[name]) for name in names]
        return groups, [self.unit(self.towards[name], SPREAD / len(found[name]) ** 0.5) for name in names]

    def all_texts(self) -> frozenset[str]:
        """Every text of the store: nothing in it is lost."""
        return frozenset().union(self.loose, *self.groups.values(), *self.asleep.values())


def replay(seed: int) -> tuple[Counter[str], Counter[str], Counter[str]]:
    """Return the events of one history that were planted, those that were told, and those told rightly."""
    world = World(random.Random(seed))
    for _ in range(world.dice.randint(5, 9)):
        world.birth()
    registry = Registry()
    last: Snapshot | None = None
    planted, told, right = Counter[str](), Counter[str](), Counter[str]()
    for run in range(RUNS):
        happened = world.step() if run else Counter()
        groups, centres = world.seen()
        ids = keep_ids(groups, registry, centres)
        known = {theme.theme_id for theme in registry.themes}
        if len(set(ids)) < len(ids):
            raise SystemExit(f"history {seed}: an id was given twice")
        now = Snapshot(world.all_texts(), dict(zip(ids, groups, strict=True)), {})
        if last is not None:
            events = Counter(event["event"] for event in find_events(last, now, known))
            for event in COUNTED:
                planted[event] += happened[event]
                told[event] += events[event]
                right[event] += min(happened[event], events[event])
        rows = zip(ids, groups, centres, strict=True)
        registry = update_registry(registry, [KnownTheme(i, i, g, tuple(centre)) for i, g, centre in rows])
        last = now
    return planted, told, right


def score(histories: int) -> dict[str, tuple[int, int, float]]:
    """Return for each event, and for all, how often it was planted and told, and its F1."""
    planted, told, right = Counter[str](), Counter[str](), Counter[str]()
    for seed in range(histories):
        for total, part in zip((planted, told, right), replay(seed), strict=True):
            total.update(part)
    rows = {name: (planted[name], told[name], _f1(planted[name], told[name], right[name])) for name in COUNTED}
    sums = (planted.total(), told.total(), right.total())
    return {**rows, "all": (sums[0], sums[1], _f1(*sums))}


def _f1(planted: int, told: int, right: int) -> float:
    return 2 * right / (planted + told) if planted + told else 1.0


def main() -> None:
    found = score(200)
    print(f"{'event':10} {'planted':>8} {'told':>8} {'F1':>6}")
    for name, (planted, told, value) in found.items():
        print(f"{name:10} {planted:8} {told:8} {value:6.3f}")
    sys.exit(found["all"][2] < 0.9)


if __name__ == "__main__":
    main()
