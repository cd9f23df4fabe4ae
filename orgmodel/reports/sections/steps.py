"""What to do next: single changes to the chart, and whether to move again over time."""

from __future__ import annotations

import math
from typing import Final

from orgmodel.criteria import NAMES
from orgmodel.decision import Decision
from orgmodel.indicators import INDICATORS
from orgmodel.next_moves import SAY, NextMove
from orgmodel.reports.content import Block, Number, Paragraph, Picture, Points, Section, Table
from orgmodel.reports.drawings import Bars, Phase, Plan
from orgmodel.reports.sections.numbers import change_of, measured, points
from orgmodel.rotation import RotationPlan
from orgmodel.wording import counted

_MOST_MOVES: Final = 8
_MOST_NUMBERS: Final = 4
_NUMBERS: Final = tuple(item for item in INDICATORS if item.headline or item.name in NAMES)
_DRAWN: Final = (
    "A line improves a chart when it is drawn, and customer service when people use it. A dotted line has "
    f"{100 * SAY:.0f} % of the say. Working together costs nobody's time in these numbers; in life it does."
)
_JUDGED: Final = (
    "Each quarter is judged by the goal it serves; that favours moving. The answer above looks for one place "
    "for all goals at once."
)


def next_steps(decision: Decision) -> Section:
    """Return the single changes that gain most."""
    moves = decision.moves
    if not moves:
        said = Paragraph("No single change to the chart improves the total of today any further.")
        return Section("What helps most now", (said,), "next-steps")
    best, shown = moves[0], moves[:_MOST_MOVES]
    several = " by each line" if any(move.lines > 1 for move in shown) else ""
    picture = Picture(
        "What single changes gain",
        Bars(
            tuple(f"{number}. {move.short}" for number, move in enumerate(shown, 1)),
            {"Gain": tuple(move.gain_each for move in shown)},
            f"points of the total gained{several}",
            texts={"Gain": tuple(f"{move.gain_each:.1f}" for move in shown)},
        ),
        "Points of the total that each single change gains, the best first.",
    )
    rows = tuple(
        (f"{number}. {move.title}", move.brings, points(move.total_after), _what_changes(move))
        for number, move in enumerate(shown, 1)
    )
    header = ("Change", "What it brings", "Total after: 0 best", "What gets better, what worse")
    return Section(
        "What helps most now",
        (
            Paragraph(
                f"What gains most: {best.title}: {best.brings}. The total goes from {best.total_before:.1f} "
                f"to {best.total_after:.1f} (0 is best, 100 is worst)."
            ),
            picture,
            Table("Single changes, each made alone", header, rows, _DRAWN, widths=(34, 16, 11, 39)),
        ),
        "next-steps",
    )


def _what_changes(move: NextMove) -> str:
    """Return the numbers that get better and those that get worse, with their units."""
    said = []
    for word in ("better", "worse"):
        found = [
            f"{item.title} {measured(item, old)} → {measured(item, new)}"
            for item in _NUMBERS
            if item.name in move.changed
            for old, new in [move.changed[item.name]]
            if change_of(item, old, new) == word
        ]
        if found:
            more = f", and {len(found) - _MOST_NUMBERS} more" if len(found) > _MOST_NUMBERS else ""
            said.append(f"{word.capitalize()}: {', '.join(found[:_MOST_NUMBERS])}{more}.")
    return " ".join(said)


def over_time(decision: Decision) -> Section:
    """Return the plan that serves one goal after another, beside staying put."""
    plan = decision.rotation
    blocks: list[Block] = [Paragraph(plan.sentence), Paragraph(_JUDGED, "note")]
    if plan.rotates:
        blocks.append(_timeline(plan))
    totals = {"This plan": plan.rotating, "Staying as today": plan.staying}
    if plan.best_single is not None:
        totals[f"One move, to {plan.best_single.title}"] = plan.best_single
    rows = tuple(
        (
            title,
            _whole(course.moves),
            points(course.total),
            ", ".join(f"{each:.1f}" for each in course.totals),
        )
        for title, course in totals.items()
    )
    header = ("Course", "Moves", "Mean total: 0 best", "Total of each quarter")
    blocks += [
        Table(f"Over {counted(plan.horizon, 'quarter')}", header, rows, widths=(36, 10, 16, 38)),
        _phases(plan),
        *_conditions(plan),
    ]
    return Section("Moving again over time", tuple(blocks), "plan")


def _whole(number: int) -> Number:
    return Number(float(number), f"{number:,}")


def _timeline(plan: RotationPlan) -> Picture:
    present = next((phase.alternative for phase in plan.phases if phase.alternative.today), None)
    before = "As today" if present is None else present.title
    places = [phase.alternative.title for phase in plan.phases]
    overlaps = any(phase.overlap for phase in plan.phases)
    rows = list(dict.fromkeys([*([before] if overlaps else []), *places]))
    bars = []
    for phase, place in zip(plan.phases, places, strict=True):
        begin, middle, end = phase.start, phase.start + phase.overlap, phase.start + phase.quarters
        if phase.overlap:
            bars += [
                Phase(rows.index(row), begin, middle, shared=True) for row in dict.fromkeys((before, place))
            ]
        bars.append(Phase(rows.index(place), middle, end, phase.title))
        before = place
    moves = tuple(float(phase.start) for phase in plan.phases if phase.moved)
    return Picture(
        "The plan, quarter by quarter",
        Plan(tuple(rows), tuple(bars), "quarter", moves),
        f"Who has customer service when, over {counted(plan.horizon, 'quarter')}.",
        "Hatched: the old and the new boss have half of the authority each." if overlaps else "",
    )


def _phases(plan: RotationPlan) -> Table:
    rows = tuple(
        (
            phase.when.capitalize(),
            phase.title,
            phase.alternative.title,
            " ".join(filter(None, (phase.alternative.describes, phase.instead))),
            points(phase.total),
        )
        for phase in plan.phases
    )
    header = ("When", "Goal", "Placement", "What it means", "Total under this goal: 0 best")
    return Table("The phases", header, rows, widths=(14, 14, 18, 40, 14))


def _conditions(plan: RotationPlan) -> list[Block]:
    """Return what must be true before each next move."""
    found: list[Block] = []
    for number, phase in enumerate(plan.phases, 1):
        met = (*phase.exit_criteria, *(target.text for target in phase.targets))
        if phase.moved and not math.isnan(phase.gain) and phase.gain < 0:
            met = (*met, f"This move costs {-phase.gain:.1f} points more than it brings within its phase.")
        if met:
            found.append(Points(met, f"Phase {number}, {phase.title}: done when"))
    return found
