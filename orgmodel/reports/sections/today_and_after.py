"""Today against after: every number with its unit, what became of it, and what it means."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from orgmodel.criteria import CRITERIA
from orgmodel.indicators import HEADLINES, INDICATORS, Indicator
from orgmodel.reports.content import Block, Paragraph, Picture, Points, Section, Table
from orgmodel.reports.drawings import Dots
from orgmodel.reports.sections.compared import Compared
from orgmodel.reports.sections.numbers import change_of, meaning, measured, share
from orgmodel.sweep import Assessment

_WIDTHS: Final = (22, 13, 13, 10, 42)


def today_and_after(beside: Compared) -> Section:
    """Return the numbers of today beside those of another place."""
    before, after = beside.before, beside.after
    said = [f"Beside today stands: {beside.title}.", beside.describes, beside.why]
    blocks: list[Block] = [Paragraph(" ".join(filter(None, said)))]
    if after.done:
        blocks.append(Points(after.done, "What has to be done for it"))
    counted = [item.indicator for item in CRITERIA]
    shown = {item.name for item in (*HEADLINES, *counted)}
    header = ("Number", "Today", "Then", "Becomes", "What it is")
    blocks += [
        _table("The three headlines", header, HEADLINES, before, after),
        _scores(beside),
        _counting(beside),
        _table(
            "All other numbers",
            header,
            [item for item in INDICATORS if item.name not in shown],
            before,
            after,
            note="These are in no total.",
        ),
        Points(before.sentences[len(before.done) :], "Why: today"),
        Points(after.sentences[len(after.done) :], f"Why: {beside.title}"),
    ]
    return Section("Today and after", tuple(blocks), "today-and-after")


def today(current: Assessment) -> Section:
    """Return the numbers of today, where there is no other place."""
    rows = [(item.title, measured(item, current.values[item.name]), meaning(item)) for item in INDICATORS]
    table = Table("All numbers", ("Number", "Today", "What it is"), tuple(rows), widths=(26, 16, 58))
    return Section("Today", (table, Points(current.sentences, "Why")), "today-and-after")


def _table(
    title: str,
    header: tuple[str, ...],
    items: Sequence[Indicator],
    before: Assessment,
    after: Assessment,
    note: str = "",
) -> Table:
    rows = []
    for item in items:
        old, new = before.values[item.name], after.values[item.name]
        about = [meaning(item)]
        if reason := after.undefined.get(item.name) or before.undefined.get(item.name):
            about.append(reason)
        rows.append(
            (item.title, measured(item, old), measured(item, new), change_of(item, old, new), " ".join(about))
        )
    return Table(title, header, tuple(rows), note, widths=_WIDTHS)


def _counting(beside: Compared) -> Table:
    """Return the numbers that the total is made of, the weightiest first."""
    ranking = beside.decision.now
    rows = []
    for at in sorted(range(len(CRITERIA)), key=lambda at: -ranking.weights[at]):
        item = CRITERIA[at].indicator
        old, new = beside.before.values[item.name], beside.after.values[item.name]
        rows.append(
            (
                item.title,
                share(float(ranking.weights[at])),
                measured(item, old),
                measured(item, new),
                change_of(item, old, new),
                meaning(item),
            )
        )
    return Table(
        "What the total is made of",
        ("Number", "Counts", "Today", "Then", "Becomes", "What it is"),
        tuple(rows),
        "How much a number counts follows from the goals; together 100 %.",
        widths=(20, 9, 12, 12, 10, 37),
    )


def _becomes(beside: Compared, item: Indicator) -> str:
    """Return what a number is today and then, "of what" left out: its title stands beside it."""
    found = (measured(item, each.values[item.name]).text for each in (beside.before, beside.after))
    parts = (each.partition(" %") for each in found)
    old, new = (f"{number} %" if sign else number for number, sign, _ in parts)
    return old if old == new else f"{old} → {new}"


def _scores(beside: Compared) -> Picture:
    """Return the scores of what counts, today and then."""
    before, after = beside.before, beside.after
    weights = beside.decision.now.weights
    order = sorted(range(len(CRITERIA)), key=lambda at: -weights[at])
    items = [CRITERIA[at].indicator for at in order if weights[at] > 0]
    return Picture(
        "What counts, today and then",
        Dots(
            tuple(item.title for item in items),
            tuple(before.scores[item.name] for item in items),
            tuple(after.scores[item.name] for item in items),
            "score: 0 best, 100 worst",
            ("Today", "Then"),
            texts=tuple(_becomes(beside, item) for item in items),
            limits=(0.0, 100.0),
        ),
        f"The score of every number that counts, today and with {beside.title}, the weightiest first.",
        "A score puts a number on a scale from 0 (best) to 100 (worst); the table below has the numbers.",
    )
