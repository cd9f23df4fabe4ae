"""Where formula and simulation of a study agree, and why they do not, in sentences."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from orgmodel.change_orders.comparison import Comparison
from orgmodel.change_orders.phrases import INTERVAL, number, numbered, within
from orgmodel.change_orders.study import Cell, Study
from orgmodel.change_orders.summary import Interval
from orgmodel.explanations import listed
from orgmodel.wording import counted

#: Of the numbers that the formula has exactly, less than this share in the interval asks for an explanation.
_FEW: Final = 0.8
#: An outcome, its formula and its simulation.
_Compared = tuple[str, float, Interval]


def agreement(view: Comparison) -> str:
    """Return how often formula and simulation agree, and why they do not; empty where none were compared."""
    study = view.study
    simulated = [cell for cell in study.cells if cell not in study.unstable]
    compared = {
        place: _compared(study, [cell for cell in simulated if cell[2] == place]) for place in view.rising
    }
    everything = set[_Compared]().union(*compared.values())
    if not everything:
        return ""
    within_it = _agreeing(everything)
    said = (
        f"Formula and simulation: of {counted(len(everything), 'number')} that the formula has exactly, "
        f"{within_it:,} {'lies' if within_it == 1 else 'lie'} within the {INTERVAL}of the simulation."
    )
    few = [place for place, numbers in compared.items() if _agreeing(numbers) < _FEW * len(numbers)]
    if few:
        where = [
            f"{_agreeing(compared[place]):,} of {len(compared[place]):,} with operations "
            f"{view.percent(place)} busy"
            for place in few
        ]
        said += (
            f" It is only {listed(where)}: all rest on the same customers, and the fuller the "
            f"schedule, the less {counted(study.plan.replications, 'run')} can tell. Give more replications."
        )
    return f"{said}{_of_times(view, simulated)}"


def _compared(study: Study, cells: Iterable[Cell]) -> set[_Compared]:
    """Return the numbers that the formula has exactly; what is the same in several cells counts once."""
    return {
        (outcome, found.values[outcome], simulated)
        for place, policy, utilisation in cells
        for found in [study.expected[place][policy][utilisation]]
        for outcome in found.exact
        for simulated in [study.interval(outcome, place, policy, utilisation)]
        if simulated.low < simulated.high
    }


def _agreeing(compared: Iterable[_Compared]) -> int:
    return sum(simulated.low <= formula <= simulated.high for _, formula, simulated in compared)


def _of_times(view: Comparison, simulated: Iterable[Cell]) -> str:
    """Return where the time to settle a quarrel is furthest from its formula, which is not exact."""
    furthest, said = 1.0, ""
    for place, policy, utilisation in simulated:
        cell = (place, policy, utilisation)
        found, formula = (
            view.study.interval("dispute_time", *cell),
            view.study.expected[place][policy][utilisation].values["dispute_time"],
        )
        if found.low < found.high and found.low > formula * furthest:
            furthest = found.low / formula
            said = (
                f" The formula has the time to settle a quarrel too short, since quarrels come in bursts "
                f"while the schedule is full: most of all for {view.titles[place]} under "
                f"{view.policies[policy]} with operations {view.percent(utilisation)} busy, "
                f"{numbered(formula, 'working day')} instead of "
                f"{number(found.mean)} ({within(found)})."
            )
    return said
