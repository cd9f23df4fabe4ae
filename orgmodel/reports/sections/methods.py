"""How the numbers are made, where the methods come from, and what a report is not."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from typing import Final

from orgmodel.criteria import CRITERIA
from orgmodel.indicators import INDICATORS, Indicator
from orgmodel.ranking import DRAWS, SCENARIOS
from orgmodel.recommendation import NO_FORECAST
from orgmodel.reports.content import Block, Paragraph, Points, Section, Table
from orgmodel.reports.sections.numbers import in_words, meaning
from orgmodel.scenarios import Scenario

_SOURCE: Final = re.compile(r"^Source\n((?:    .*\n?|\n)+)", re.MULTILINE)
_MOST_NOTES: Final = 200

#: How placements are ranked: what a head of service asks, and below it the answer.
RULES: Final = f"""
What is the total of a placement?
The mean of its scores, from 0 (best) to 100 (worst), by what each number counts. Scores are absolute: the
total of a placement does not hang on which others are looked at. Distances enter it once, as nearness. What
cannot be told for one placement but can be for another counts as 100 there, so that nothing wins because a
number is missing; what can be told for none is left out for all.

What do the answers do?
A goal is as strong as the mean of its answered questions: yes 1, partly one half, no 0. The goals that
apply are put in order and get the weights of that order (rank order centroid: 100; 75 and 25; 61, 28 and 11
%; Barron and Barrett (1996), Management Science 42(11), 1515-1523). Each goal has its own purpose, needs
and emphases; they are mixed by these weights, then multiplied by what the other answers say. What was set
by hand holds.

How sure is the order?
{SCENARIOS} times the goals are drawn from their ranges, and every number of the assumptions from half as
small to half as large again. In each case what counts how much is drawn {DRAWS // SCENARIOS} times:
{DRAWS:,} cases. In how many of them a placement comes first is its acceptability (SMAA-2: Lahdelma and
Salminen (2001), Operations Research 49(3), 444-454).

What matters most?
Sobol indices of the difference between the first two totals: the share of its variance that is left when
everything but this one input is known (Saltelli and others (2010), Computer Physics Communications 181,
259-270).

What is a tie, and what would turn it?
Two placements cannot be told apart when one assumption that is a fifth larger or smaller turns their order.
What would turn it is the smallest change of one answer, one assumption or one weight that does.

What helps most, and what is the plan over time?
One change to the chart at a time, with the total computed anew from the changed chart. The plan serves one
goal after another, each for as many quarters as its weight asks and two at least; a move costs points in
its quarter, and the old and the new boss overlap.
"""
_NOT: Final = f"""
{NO_FORECAST}
None of the assumed numbers is a measured fact of this company: compare places by them, and read no forecast.
Lines on a chart are not conversations: who really works together is in it only as far as it is drawn.
Whether somebody could and would lead customer service is not in a chart; talk with those whom it concerns.
"""


def notes(scenario: Scenario) -> Section | None:
    """Return the notes of the scenario, line by line; None where there are none."""
    lines = [line for line in scenario.notes.splitlines() if line.strip()]
    if not lines:
        return None
    blocks: list[Block] = [Paragraph(line) for line in lines[:_MOST_NOTES]]
    if len(lines) > _MOST_NOTES:
        blocks.append(Paragraph(f"And {len(lines) - _MOST_NOTES:,} lines more.", "note"))
    return Section("Notes", tuple(blocks), "notes")


def methods() -> Section:
    """Return how everything is computed, with the sources of the forms."""
    points = {item.name: item for item in CRITERIA}
    rows = tuple(
        (
            item.title,
            meaning(item),
            f"{points[item.name].points:g} of 100" if item.name in points else "not in it",
            source(item),
        )
        for item in INDICATORS
    )
    header = ("Number", "What it is", "In the total, before any answer", "Source of its form")
    note = "The sources are those of the forms; none gives the numbers, which are our assumptions."
    return Section(
        "Methods and sources",
        (
            *(Points((" ".join(text.split()),), question) for question, text in _rules()),
            Table("Every number", header, rows, note, widths=(18, 32, 12, 38)),
        ),
        "methods",
    )


def limits() -> Section:
    """Return what a report is not."""
    return Section("What this is not", (Points(tuple(_NOT.strip().splitlines())),), "limits")


def _rules() -> Iterator[tuple[str, str]]:
    """Yield the questions of the rules with their answers."""
    for rule in RULES.strip().split("\n\n"):
        question, _, text = rule.partition("\n")
        yield question, text


def source(item: Indicator) -> str:
    """Return where the form of a number comes from.

    >>> source(next(item for item in INDICATORS if item.name == "worst_distance"))
    'Our definition, on shortest paths.'
    """
    found = _SOURCE.search(inspect.cleandoc(item.definition))
    return in_words(found[1]) if found else ""
