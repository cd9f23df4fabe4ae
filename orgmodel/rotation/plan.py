"""What a rotation plan says: its phases, and how it compares with moving less."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

import numpy as np

from orgmodel.alternatives import Alternative
from orgmodel.explanations import listed, value_text
from orgmodel.indicators import INDICATORS, Indicator
from orgmodel.questionnaire import GOAL_OF
from orgmodel.uncertainty import SWING
from orgmodel.wording import counted

#: Differences of less than this, in points of 100, are none: they could not be read from what is shown.
HARDLY = 0.05
#: An advantage below this is hardly worth a move.
SMALL = 1.0
#: Quarters of the shortest phase: in less nobody learns to work with a boss.
SHORTEST = 2
_VERDICTS = {
    "worth it": ("would be worth it", "is worth it"),
    "hardly worth it": ("would hardly be worth it", "is hardly worth it"),
    "not worth it": ("would not be worth it", "is not worth it"),
}


class Target(NamedTuple):
    """A number that the phase is to reach: what its placement makes possible, against today's."""

    indicator: Indicator
    value: float
    today: float

    @property
    def sense(self) -> str:
        """Whether the value is a floor or a ceiling."""
        return "at least" if self.indicator.direction == "higher is better" else "at most"

    @property
    def text(self) -> str:
        """The words of a screen: the number with its unit, and what it is today."""
        # Beside another number of the same kind a per cent needs no "of what".
        value, today = (
            re.sub(r" % .*", " %", value_text(self.indicator, each)) for each in (self.value, self.today)
        )
        return f"{self.indicator.title}: {self.sense} {value} (today, judged by this goal: {today})."


class LeftOut(NamedTuple):
    """A goal without a phase: its move costs more points than it brings, or (None) the time is too short."""

    goal: str
    loss: float | None


@dataclass(frozen=True)
class Phase:
    """Some quarters in which one goal counts.

    Attributes
    ----------
    goal : str
        Its key.
    alternative : Alternative
        Where customer service is.
    instead : str
        Why that is not the home of the goal; empty where it is.
    start, quarters : int
        The first quarter, counted from 0, and how many.
    moved : bool
        Whether customer service moves when the phase begins.
    overlap : int
        Quarters at the beginning in which the old and the new boss have half of the authority each.
    exit_criteria : tuple of str
        What must be true before the next move: what was wished for in the questions, achieved.
    targets : tuple of Target
        What the numbers must have reached.
    values : mapping of str to float
        Every indicator under this goal, after the overlap.
    total : float
        The total under this goal, after the overlap and without the cost of the move: 0 best, 100 worst.
    gain : float
        Points that the move saves over the quarters of the phase, its cost taken off, against staying with
        the boss before; below 0 it does not pay within the phase.

    """

    goal: str
    alternative: Alternative
    instead: str
    start: int
    quarters: int
    moved: bool
    overlap: int
    exit_criteria: tuple[str, ...]
    targets: tuple[Target, ...]
    values: Mapping[str, float]
    total: float
    gain: float

    @property
    def title(self) -> str:
        """The words of a screen for the goal."""
        return GOAL_OF[self.goal].title

    @property
    def when(self) -> str:
        """The quarters, counted from 1."""
        last = self.start + self.quarters
        return f"quarter {last}" if self.quarters == 1 else f"quarters {self.start + 1} to {last}"


@dataclass(frozen=True)
class Course:
    """Where customer service is quarter by quarter, and what comes of it.

    ``totals`` has one total per quarter (0 best, 100 worst), the cost of a move among it, ``total`` is their
    mean; ``values`` has the mean of every indicator over the quarters, each under the goal of its quarter.
    """

    title: str
    moves: int
    totals: tuple[float, ...]
    values: Mapping[str, float]

    @property
    def total(self) -> float:
        """The mean over all quarters."""
        return math.fsum(self.totals) / len(self.totals)

    @property
    def scores(self) -> dict[str, float]:
        """Score of every mean that has one: 0 best, 100 worst."""
        return {
            item.name: float(item.score(np.array([self.values[item.name]]))[0])
            for item in INDICATORS
            if item.score is not None
        }


@dataclass(frozen=True)
class RotationPlan:
    """The phases, and the plan beside staying and beside the best single move (None: there is none).

    ``chosen`` says whether the user has chosen goals; else all three count alike. ``move_cost`` is what a
    move costs in its quarter.
    """

    phases: tuple[Phase, ...]
    rotating: Course
    staying: Course
    best_single: Course | None
    left_out: tuple[LeftOut, ...]
    chosen: bool
    move_cost: float

    @property
    def horizon(self) -> int:
        """Number of quarters."""
        return len(self.rotating.totals)

    @property
    def total(self) -> float:
        """The mean total of the plan over all quarters, moves counted."""
        return self.rotating.total

    @property
    def others(self) -> tuple[Course, ...]:
        """What the plan is compared with."""
        return (self.staying,) if self.best_single is None else (self.staying, self.best_single)

    @property
    def rotates(self) -> bool:
        """Whether customer service is in more than one place."""
        return len({phase.alternative.key for phase in self.phases}) > 1

    @property
    def verdict(self) -> Literal["worth it", "hardly worth it", "not worth it"]:
        """Whether it is worth it to move again, against staying and against any single move.

        It hardly is where less than `SMALL` is to be gained, or nothing if moves cost a fifth more.
        """
        best = min(self.others, key=lambda course: course.total)
        ahead = best.total - self.total
        if not self.rotates or ahead < HARDLY:
            return "not worth it"
        doubtful = SWING * self.move_cost * (self.rotating.moves - best.moves) / self.horizon
        return "hardly worth it" if ahead < max(SMALL, doubtful) else "worth it"

    @property
    def worth_it(self) -> bool:
        """Whether it clearly is worth it to move again."""
        return self.verdict == "worth it"

    @property
    def answer(self) -> str:
        """Whether to move again, in a sentence with the numbers; names in it come from the user's file."""
        return _answer(self)

    @property
    def advice(self) -> str:
        """What to do then, in a sentence."""
        return _advice(self)

    @property
    def omitted(self) -> str:
        """Which goals have no phase and why, in sentences; empty where all have one."""
        return " ".join(_omitted(self))

    @property
    def sentence(self) -> str:
        """All that is to be said."""
        return " ".join(filter(None, (self.answer, self.advice, self.omitted)))

    def rows(self) -> list[dict[str, str | int | float]]:
        """Return the phases as the rows of a table."""
        return [
            {
                "from quarter": phase.start + 1,
                "to quarter": phase.start + phase.quarters,
                "goal": phase.title,
                "placement": phase.alternative.title,
                "reports to": phase.alternative.describes,
                "quarters of overlap": phase.overlap,
                "total (0 best, 100 worst)": round(phase.total, 2),
                "done when": " ".join((*phase.exit_criteria, *(item.text for item in phase.targets))),
            }
            for phase in self.phases
        ]

    def to_json(self) -> dict[str, Any]:
        """Return everything as JSON holds it; what is not defined or without end is null."""
        return {
            "sentence": self.sentence,
            "verdict": self.verdict,
            "worth_it": self.worth_it,
            "horizon": self.horizon,
            "phases": [
                {
                    "goal": phase.goal,
                    "placement": phase.alternative.key,
                    "title": phase.alternative.title,
                    "instead": phase.instead,
                    "from_quarter": phase.start + 1,
                    "quarters": phase.quarters,
                    "moved": phase.moved,
                    "overlap": phase.overlap,
                    "exit_criteria": list(phase.exit_criteria),
                    "targets": [
                        {"indicator": item.indicator.name, "sense": item.sense, "value": _finite(item.value)}
                        for item in phase.targets
                    ],
                    "total": phase.total,
                    "gain": phase.gain,
                    "values": {name: _finite(value) for name, value in phase.values.items()},
                }
                for phase in self.phases
            ],
            "left_out": [item._asdict() for item in self.left_out],
            **{
                name: None
                if course is None
                else {
                    "title": course.title,
                    "moves": course.moves,
                    "total": course.total,
                    "totals": list(course.totals),
                    "values": {key: _finite(value) for key, value in course.values.items()},
                }
                for name, course in (
                    ("rotating", self.rotating),
                    ("staying", self.staying),
                    ("best_single", self.best_single),
                )
            },
        }


def _answer(plan: RotationPlan) -> str:
    """Return whether to move again, with the numbers."""
    if plan.rotates or any(item.loss is not None for item in plan.left_out):
        said = f"moving again {_VERDICTS[plan.verdict][plan.chosen]}"
    elif len(plan.phases) == 1:
        said = "only one goal comes into the plan, so there is no second move"
    else:
        said = f"all goals lead to one place, {plan.phases[0].alternative.title}, so there is no second move"
    if not plan.chosen:
        said = f"if all three goals counted the same and came in this order (you have named none), {said}"
    return f"{said[:1].upper()}{said[1:]}: {_numbers(plan)}."


def _numbers(plan: RotationPlan) -> str:
    """Return the mean totals of all courses, one that is another one once."""
    moves, single = plan.rotating.moves, plan.best_single
    known = moves == 0 or (single is not None and plan.rotating.totals == single.totals)
    said = [] if known else [f"{plan.total:.1f} with this plan ({counted(moves, 'move')})"]
    said.append(f"{plan.staying.total:.1f} when staying as today")
    if single is not None:
        said.append(f"{single.total:.1f} with one move to {single.title}")
    return f"{', '.join(said)} (mean total of {counted(plan.horizon, 'quarter')}, moves counted; 0 is best)"


def _advice(plan: RotationPlan) -> str:
    """Return what to do."""
    if not plan.chosen:
        return "Name your goals first: their order and their weights make the plan."
    if plan.worth_it:
        then = ", then ".join(
            f"{phase.alternative.title} for {counted(phase.quarters, 'quarter')}" for phase in plan.phases
        )
        return f"The plan: {then}."
    place = plan.phases[0].alternative.title
    courses = plan.others if plan.rotates else (*plan.others, plan.rotating)
    # What prints the same is the same: then the one that moves less.
    best = min(courses, key=lambda course: (round(course.total, 1), course.moves))
    if plan.rotates:
        better = "does nearly as well" if plan.verdict == "hardly worth it" else "does better"
        return f"{'Staying as today' if best is plan.staying else f'One move, to {best.title},'} {better}."
    if not best.moves:
        there = plan.rotating.moves == 0
        return f"Customer service is at its place already: {place}." if there else "Better stay as today."
    if best.totals == plan.rotating.totals:
        return f"Better move once, to {place}."
    return f"Better move once, to {best.title}: that is ahead of {place}, where the first goal leads."


def _omitted(plan: RotationPlan) -> list[str]:
    """Return which goals have no phase and why."""
    dear = [f"“{GOAL_OF[item.goal].title}”" for item in plan.left_out if item.loss is not None]
    late = [f"“{GOAL_OF[item.goal].title}”" for item in plan.left_out if item.loss is None]
    said = []
    if dear:
        said.append(
            f"Left out: {listed(dear)}; a move for {'it' if len(dear) == 1 else 'each of them'} would cost "
            "more than it brings in its quarters."
        )
    if late:
        said.append(
            f"No time is left for {listed(late)}: {counted(plan.horizon, 'quarter')} are too few, as a phase "
            f"takes {SHORTEST} at least."
            if plan.horizon > 1
            else f"No time is left for {listed(late)} in 1 quarter."
        )
    return said


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None
