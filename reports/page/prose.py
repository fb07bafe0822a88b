"""What the report says in sentences: the headline strip, the brief from counts, the methods, how to cite."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from reports.quantities import Sentence, day, interval, join, name, number, percent, plural, upper_first

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reports.page.model import Theme


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of the headline strip, with the note that keeps it honest."""

    label: str
    value: str
    note: str


def write_headline(facts: Mapping[str, Any]) -> tuple[Figure, ...]:
    """Return the headline strip: pages, comments, declared, commenters, dates, rejects."""
    declaring, unnamed, dates = facts["declaring"], facts["unnamed"], facts["dates"]
    gap = facts["declared"] - facts["declared_found"]
    named = facts["commenters"] is not None
    undated = facts["comments"] - len(dates)
    span = " to ".join(day(d) for d in dict.fromkeys((dates[0], dates[-1]))) if dates else "unknown"
    on = f"by {plural(declaring, 'page')}; {number(facts['declared_found'])} found there"
    missing = f", {number(gap)} missing" if gap > 0 else f", {number(-gap)} more" if gap else ""
    who = f"{plural(unnamed, 'comment')} without one" if unnamed else "not people"
    declared = (number(facts["declared"]), on + missing) if declaring else ("unknown", "no page has a count")
    people = (
        (number(facts["commenters"]), f"distinct names, {who}") if named else ("unknown", "no comment carries a name")
    )
    known = f"at {plural(len(dates), 'comment')}; {number(undated)} without a known date"
    dated = known if undated and dates else "every comment is dated" if dates else "no comment has a known date"
    taken = "inputs that could not be taken" if facts["rejects"] else "every input was taken"
    return (
        Figure("Pages", number(facts["pages"]), f"{number(facts['bare'])} without comments"),
        Figure("Comments found", number(facts["comments"]), "texts, not people"),
        Figure("Declared", *declared),
        Figure("Commenters", *people),
        Figure("Dates", span, dated if facts["comments"] else "there are no comments"),
        Figure("Left out", number(facts["rejects"]), taken),
    )


def write_threads_note(facts: Mapping[str, Any], *, whole: bool) -> str:
    """Return what part of the threads the file holds."""
    if whole:
        return "Every comment of every page is here, in the order and nesting of its thread."
    return (
        f"This run holds {plural(facts['comments'], 'comment')}. The quoted ones are here with the comments "
        "above them and the first replies below; the tables beside this report hold all of them."
    )


def write_brief(
    facts: Mapping[str, Any], themes: Sequence[Theme], residual: Sequence[tuple[str, int]]
) -> tuple[Sentence, ...]:
    """Return the brief: what was read, who wrote, the largest themes, what is in none.

    Args:
        facts: ``pages``, ``comments``, ``declared``, ``declared_found``, ``declaring``, ``commenters``,
            ``unnamed``, ``discovery`` and ``rejects`` as counted by ``build``.
        themes: all themes, largest first.
        residual: reason and count, largest first.
    """
    comments = facts["comments"]
    under = plural(facts["pages"], "page")
    if not comments:
        return (Sentence(f"No comment was found under {under}; why is stated page by page below."),)
    out = [Sentence(_coverage(facts, under)), Sentence(_people(facts))]
    out += _theme_sentences([t for t in themes if t.count], comments)
    empty = [name(t.label) for t in themes if t.kind == "named" and not t.count]
    if empty:
        noun = "theme" if len(empty) == 1 else "themes"
        out.append(Sentence(f"No comment was matched with the named {noun} {join(empty)}."))
    left = sum(count for _, count in residual)
    if left:
        counted = [f"{number(count)} {reason}" for reason, count in residual]
        why = f": {join(counted)}" if len(counted) > 1 else f" ({residual[0][0]})"
        who = f"{plural(left, 'comment')} ({percent(left / comments)}) {'is' if left == 1 else 'are'}"
        out.append(Sentence(f"{who} in no theme{why}."))
    return tuple(out)


def _coverage(facts: Mapping[str, Any], under: str) -> str:
    """What was found against what the pages declare."""
    verb = "was" if facts["comments"] == 1 else "were"
    text = f"{plural(facts['comments'], 'comment')} {verb} found under {under}"
    one = facts["pages"] == 1
    if not facts["declaring"]:
        return f"{text}, which declares no count." if one else f"{text}; no page says how many it has."
    declared, there = number(facts["declared"]), number(facts["declared_found"])
    if one:
        return f"{text}, which declares {declared}."
    declare = "declares" if facts["declaring"] == 1 else "declare"
    which = f"{plural(facts['declaring'], 'page')} that {declare} a count {declare} {declared}"
    return f"{text}. The {which}; {there} {'was' if there == '1' else 'were'} found there."


def _people(facts: Mapping[str, Any]) -> str:
    """How many names wrote, never how many comments as people."""
    if facts["commenters"] is None:
        return "The commenters are unknown: no comment carries a name, so comments cannot be read as people."
    text = f"They carry {plural(facts['commenters'], 'distinct name')}"
    if facts["unnamed"]:
        return f"{text}; {plural(facts['unnamed'], 'comment')} without a name may be by anyone."
    return f"{text}; one person may use several, and several may share one."


def _theme_sentences(themes: Sequence[Theme], total: int) -> list[Sentence]:
    """The largest theme in a full sentence, the next three beside each other."""
    if not themes:
        return []
    first = themes[0]
    plain = first.quantity.endswith(f"of the {number(total)} comments") or total == 1
    counted = "" if plain else f"{number(first.count)} of {number(total)}, "
    verb = "is" if first.count == 1 else "are"
    text = (
        f"{upper_first(first.quantity)} ({counted}{percent(first.share)}; 95% interval "
        f"{interval(first.low, first.high)}) {verb} in the {first.kind} theme {name(first.label)}."
    )
    out = [Sentence(text, tuple(q.anchor for q in first.quotes[:3]))]
    rest = themes[1:4]
    if rest:
        parts = [f"{name(t.label)} with {number(t.count)} ({percent(t.share)})" for t in rest]
        evidence = tuple(q.anchor for t in rest for q in t.quotes[:1])
        out.append(Sentence(f"After it {'comes' if len(rest) == 1 else 'come'} {join(parts)}.", evidence))
    return out


def write_methods(run: Mapping[str, Any], facts: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the methods paragraph as sentences, from the run's own record."""
    model, discovery = run.get("model") or {}, run.get("discovery") or {}
    count, part, rejects = facts["comments"], facts["partly_read"], facts["rejects"]
    left = f"{plural(rejects, 'input')} could not be taken; the reasons are listed"
    out = [
        f"Below the line {run.get('btl_version', 'of unknown version')} took {plural(count, 'comment')} "
        f"from {plural(facts['pages'], 'page')}; {left if rejects else 'every input was taken'}."
    ]
    if count and model.get("name"):
        read = f"{plural(part, 'comment')} {'was' if part == 1 else 'were'} read in part only."
        out.append(
            f"Each distinct text was turned into a vector ({model.get('dimension', 'unknown')} numbers) by "
            f"the model {model['name']}, which reads {model.get('max_tokens', 'unknown')} word pieces "
            f"at a time. {read if part else 'Every comment was read whole.'}"
        )
    out.append(
        "Named themes are matched with the description and examples that the user gave; discovered themes "
        "are found by clustering, and their labels are keyphrases, not judgements. A comment may be in "
        "several themes, so shares need not add up to 100%. The line across a share bar is its 95% interval."
    )
    if discovery.get("distinct_texts") is not None:
        minimum = discovery.get("minimum")
        needs = f"; it needs at least {number(int(minimum))}" if minimum is not None else ""
        note = f" {discovery['note']}" if discovery.get("state") == "ok" and discovery.get("note") else ""
        out.append(f"Discovery saw {plural(int(discovery['distinct_texts']), 'distinct text')}{needs}.{note}")
    out.append(
        "Quotes are verbatim; only indentation and line breaks are tidied, and […] marks where one is cut. "
        f"The brief is put together from the counts by fixed rules; {_author(run)}"
    )
    return tuple(out)


def _author(run: Mapping[str, Any]) -> str:
    """Whether a language model wrote anything."""
    account = run.get("llm") or {}
    if not account.get("sentences_kept"):
        return "no language model wrote any of it."
    return (
        f"descriptions marked as generated were written by the language model {account['model']}, and only sentences "
        "whose citations, quotes and numbers check out by code were kept."
    )


def write_measures(measures: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the sums on names and near-identical texts in sentences, from ``run["measures"]``."""
    out = []
    voices = measures.get("voices") or {}
    if voices.get("top_share") is not None:
        out.append(
            f"The five loudest of {plural(voices['commenters'], 'name')} wrote {percent(voices['top_share'])} of the "
            f"{plural(voices['named'], 'comment')} that carry a name."
        )
    if voices.get("gini") is not None:
        out.append(
            f"The Gini coefficient of comments by name is {voices['gini']:.2f}: 0 where all wrote equally often, "
            "near 1 where one wrote nearly all."
        )
    campaigns = measures.get("campaigns") or {}
    if campaigns.get("found"):
        verb = "makes" if campaigns["found"] == 1 else "make"
        text = plural(campaigns["found"], "text")
        out.append(f"{text} posted again and again {verb} up {plural(campaigns['comments'], 'comment')}.")
    return tuple(out)


def write_citation(run: Mapping[str, Any], title: str, facts: Mapping[str, Any]) -> str:
    """Return how to cite this report: software, version, run and the hash of the inputs."""
    inputs = run.get("inputs") or {}
    digest = f", inputs sha256 {inputs['sha256']}" if inputs.get("sha256") else ""
    return (
        f"{title}: {plural(facts['comments'], 'comment')} under {plural(facts['pages'], 'page')}. Report "
        f"made with Below the line (belowtheline) {run.get('btl_version', 'of unknown version')}, "
        f"run {run.get('run_id', 'unnamed')}{digest}."
    )
