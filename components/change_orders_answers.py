"""The answers at once, by formula, and beside them what a study has simulated."""

from __future__ import annotations

import math
from typing import Final

import streamlit as st

from components import session
from components.change_orders_choice import AS_TODAY, Setting
from components.text import plain
from orgmodel.change_orders.closed_form import Expected, expected
from orgmodel.change_orders.outcomes import OUTCOME_TABLE, Outcome
from orgmodel.change_orders.parameters import HOURS_A_WEEK, Parameters
from orgmodel.change_orders.study import Study
from orgmodel.explanations import percent
from orgmodel.wording import counted

_SHOWN: Final = ("disputes", "escalations", "top", "dispute_time", "manager_hours")
_DIGITS: Final = {"dispute_time": 2, "manager_hours": 1}
_OUTCOMES: Final = tuple(next(item for item in OUTCOME_TABLE if item.name == name) for name in _SHOWN)
_BOLD: Final = "Bold: by formula, at the values set above."
_IN_BURSTS: Final = "≈ nearly so: quarrels are taken one by one, while in fact they come in bursts."
_AT_THE_DESK: Final = (
    "≈ nearly so: where people sell and customers give up waiting there is no exact formula of the desk, and "
    "quarrels are taken one by one, while in fact they come in bursts."
)
_BESIDE: Final = (
    "In brackets: simulated, ± the range in which the mean of very many runs would lie (95 %); where the "
    "formula is outside it, how much more or less the simulation gives."
)


def show_answers(setting: Setting, study: Study | None) -> None:
    """Show what the formulas say of every placement, what a study says if it is of the same, and overload."""
    st.subheader("At these settings", anchor=False)
    st.caption(_volume(setting.parameters))
    found = session.kept(
        "change_orders_expected",
        (setting.processes, setting.parameters),
        lambda: [expected(process, setting.parameters) for process in setting.processes],
    )
    cells = [_cell_of(study, setting, place) for place in range(len(found))]
    st.table(
        {"Placement": [plain(process.title) for process in setting.processes]}
        | {
            f"{outcome.title}, {outcome.unit}": [
                _text(outcome, formula, study, cell) for formula, cell in zip(found, cells, strict=True)
            ]
            for outcome in _OUTCOMES
        },
        border="horizontal",
        hide_index=True,
        alt="Quarrels, who decides and how long it takes, by placement",
    )
    notes = [_BOLD]
    if any(_is_near(outcome, formula) for formula in found for outcome in _OUTCOMES):
        notes.append(_IN_BURSTS if all("disputes" in formula.exact for formula in found) else _AT_THE_DESK)
    simulated = any(cell is not None for cell in cells)
    st.caption(" ".join([*notes, _BESIDE if simulated else "A study puts what is simulated beside it."]))
    _show_overload(setting, found)


def _volume(parameters: Parameters) -> str:
    """Return what comes from the chart and what from the numbers, and how much a week is."""
    planners = counted(parameters.planners, "planner")
    busy, changes = percent(parameters.planning_utilisation), HOURS_A_WEEK * parameters.change_rate
    return (
        "From your chart: who is above whom, what bosses are measured by, who answers customers. From the "
        f"numbers above: {planners} in operations, {busy} busy, and so about {changes:,.0f} changes a week."
    )


def _show_overload(setting: Setting, found: list[Expected]) -> None:
    """Say which lines would grow without end, and where."""
    where: dict[str, list[str]] = {}
    for process, formula in zip(setting.processes, found, strict=True):
        if formula.sentence:
            where.setdefault(formula.sentence, []).append(process.title)
    if where:
        said = [f"- **{plain(', '.join(titles))}**: {plain(why)}" for why, titles in where.items()]
        st.warning("\n".join(["Too much for somebody; the study leaves this out:\n", *said]))


def _cell_of(study: Study | None, setting: Setting, place: int) -> tuple[int, int, int] | None:
    """Return where a study has what is set now; None where it has not."""
    if study is None:
        return None
    plan, process, utilisation = study.plan, setting.processes[place], setting.utilisation
    policies = [policy.key for policy in plan.policies]
    same = plan.parameters.replaced(planning_utilisation=utilisation) == setting.parameters
    if not same or process not in plan.placements or utilisation not in plan.utilisations:
        return None
    cell = (plan.placements.index(process), policies.index(AS_TODAY), plan.utilisations.index(utilisation))
    return None if cell in study.unstable else cell


def _text(outcome: Outcome, formula: Expected, study: Study | None, cell: tuple[int, int, int] | None) -> str:
    value = formula.values[outcome.name]
    said = f"**{'≈ ' if _is_near(outcome, formula) else ''}{_number(value, outcome)}**"
    if study is None or cell is None:
        return said
    simulated = study.interval(outcome.name, *cell)
    if math.isnan(simulated.mean):
        return said
    around = simulated.high - simulated.mean
    shown = f"{_number(simulated.mean, outcome)} ± {_number(around, outcome)}"
    if not simulated.low <= value <= simulated.high:
        gap = simulated.mean - value
        shown += f", {_number(abs(gap), outcome)} {'more' if gap > 0 else 'less'}"
    return f"{said} :small[({shown})]"


def _is_near(outcome: Outcome, formula: Expected) -> bool:
    """Return whether a number is there and not exact."""
    return outcome.name not in formula.exact and math.isfinite(formula.values[outcome.name])


def _number(value: float, outcome: Outcome) -> str:
    """Return a number with as many digits as are of use, the same for all of one outcome."""
    if math.isnan(value):
        return "nothing to settle"
    return "without end" if math.isinf(value) else f"{value:,.{_DIGITS.get(outcome.name, 0)}f}"
