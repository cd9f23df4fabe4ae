"""What a rotation plan says: its phases, and how it compares with moving less."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from orgmodel.alternatives import Alternative
from orgmodel.explanations import value_text
from orgmodel.indicators import INDICATORS, Indicator
from orgmodel.questionnaire import GOAL_OF
from orgmodel.wording import counted

#: Differences of less than this, in points of 100, are none: they could not be read from what is shown.
HARDLY = 0.05
#: An advantage below this is called small.
SMALL = 1.0


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
        value, today = (value_text(self.indicator, each) for each in (self.value, self.today))
        return f"{self.indicator.title}: {self.sense} {value} (today {today})."


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
    """The phases, and the plan beside staying and beside the best single move (None: there is none)."""

    phases: tuple[Phase, ...]
    rotating: Course
    staying: Course
    best_single: Course | None
    left_out: tuple[str, ...] = ()

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
    def worth_it(self) -> bool:
        """Whether it rotates, and that is better than staying and than any single move."""
        return self.rotates and all(self.total < other.total - HARDLY for other in self.others)

    @property
    def answer(self) -> str:
        """What to do, in a sentence: plain text, names in it come from the user's file."""
        return _answer(self)

    @property
    def numbers(self) -> str:
        """The mean total of the plan and of what it is compared with, in a sentence."""
        return _numbers(self)

    @property
    def sentence(self) -> str:
        """What to do, with the numbers."""
        return f"{self.answer} {self.numbers}"

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
            "left_out": list(self.left_out),
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
    """Return what to do."""
    if plan.worth_it:
        then = ", then ".join(
            f"{phase.alternative.title} for {counted(phase.quarters, 'quarter')}" for phase in plan.phases
        )
        ahead = min(course.total for course in plan.others) - plan.total
        little = f" (only {ahead:.1f} points ahead of moving less)" if ahead < SMALL else ""
        return f"Moving again is worth it: {then}{little}."
    courses = plan.others if plan.rotates else (plan.rotating, *plan.others)
    best = min(courses, key=lambda course: round(course.total, 9))
    better = "stay as today" if best is plan.staying else f"move once, to {best.title}"
    if plan.rotates:
        return f"Do not rotate: {better}."
    one = "Only one goal comes into the plan" if len(plan.phases) == 1 else "All goals lead to one placement"
    place = plan.phases[0].alternative.title
    if best is not plan.rotating:
        what = f"{better}; that is ahead of {place}, where the goal leads"
    elif plan.rotating.moves:
        what = f"move once, to {place}"
    else:
        what = f"customer service is at its place already, {place}"
    return f"{one}, so there is nothing to rotate: {what}."


def _numbers(plan: RotationPlan) -> str:
    """Return the mean total of all courses."""
    said = [
        f"{plan.total:.1f} with {counted(plan.rotating.moves, 'move')} as planned",
        f"{plan.staying.total:.1f} when staying as today",
    ]
    if plan.best_single is not None:
        said.append(f"{plan.best_single.total:.1f} with one move to {plan.best_single.title}")
    return (
        f"Mean total over {counted(plan.horizon, 'quarter')}, moves counted (0 is best): {'; '.join(said)}."
    )


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None
