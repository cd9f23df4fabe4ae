"""A plan over time: who has customer service in which quarter, and what that comes to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

import plotly.graph_objects as go
from plotly.subplots import make_subplots

from orgmodel.alternatives import Alternative
from orgmodel.charts.style import (
    CHOSEN_COLOUR,
    FAINT,
    FUNCTION_COLOURS,
    LINE,
    TODAY_COLOUR,
    WORSE_COLOUR,
    escaped,
    laid_out,
)
from orgmodel.rotation import RotationPlan
from orgmodel.wording import counted

_FUNCTION_OF_STRUCTURE: Final[Mapping[str, str]] = {
    "chief_executive": "executive",
    "human_resources": "hr",
    "merged_with_sales": "sales",
    "outsourced": "provider",
    "own_department": "customer_service",
}
_TODAY: Final = "today"
_LONGEST_NAME: Final = 18
_ROW_HEIGHT: Final = 46
_LINES_HEIGHT: Final = 200
_FRAME_HEIGHT: Final = 150
_BAR: Final = 0.56  # of a row
_MOST_LABELS: Final = 12


class _Bar(NamedTuple):
    """One boss for some quarters; ``shared`` with another one in an overlap."""

    row: str
    start: int
    quarters: int
    colour: str
    hover: str
    shared: bool


def timeline_chart(plan: RotationPlan) -> go.Figure:
    """Return the phases as bars over the quarters, and below the total of every quarter as three steps.

    In an overlap both bosses have a hatched bar; a diamond marks a move. The lines are the plan, staying as
    today, and the best single move.
    """
    bars = _bars(plan)
    titles = {phase.alternative.key: phase.alternative.title for phase in plan.phases}
    rows = list(dict.fromkeys(bar.row for bar in bars))[::-1]
    heights = [_ROW_HEIGHT * (len(rows) + 0.5), _LINES_HEIGHT]
    figure = make_subplots(rows=2, cols=1, shared_xaxes=True, vertical_spacing=0.06, row_heights=heights)
    for bar in bars:
        figure.add_bar(
            orientation="h",
            base=[bar.start],
            x=[bar.quarters],
            y=[rows.index(bar.row)],
            width=_BAR,
            marker={
                "color": bar.colour,
                "pattern": {"shape": "/" if bar.shared else "", "size": 7, "solidity": 0.45},
                "line": {"width": 0},
            },
            hovertext=bar.hover,
            hoverinfo="text",
            showlegend=False,
            row=1,
            col=1,
        )
    if moves := [phase for phase in plan.phases if phase.moved]:
        figure.add_scatter(
            x=[phase.start for phase in moves],
            y=[rows.index(phase.alternative.key) for phase in moves],
            mode="markers",
            name="Move",
            marker={
                "symbol": "diamond",
                "size": 13,
                "color": "#FFFFFF",
                "line": {"color": "#333333", "width": 2},
            },
            hovertext=[f"Move to {escaped(phase.alternative.title)}, {phase.when}" for phase in moves],
            hoverinfo="text",
            cliponaxis=False,
            row=1,
            col=1,
        )
    _add_totals(figure, plan)
    every = -(-plan.horizon // _MOST_LABELS)
    figure.update_xaxes(
        range=[-0.02 * plan.horizon, 1.01 * plan.horizon],
        tickvals=[quarter + 0.5 for quarter in range(0, plan.horizon, every)],
        ticktext=[str(quarter + 1) for quarter in range(0, plan.horizon, every)],
        showgrid=False,
        zeroline=False,
        fixedrange=True,
    )
    figure.update_xaxes(title_text="quarter", row=2, col=1)
    figure.update_yaxes(fixedrange=True, automargin=True, zeroline=False, gridcolor=FAINT)
    figure.update_yaxes(
        tickvals=list(range(len(rows))),
        ticktext=[escaped(titles.get(row, "As today"), _LONGEST_NAME) for row in rows],
        range=[-0.6, len(rows) - 0.4],
        showgrid=False,
        row=1,
        col=1,
    )
    figure.update_yaxes(title_text="total, 0 is best", rangemode="tozero", row=2, col=1)
    figure.update_layout(barmode="overlay")
    return laid_out(figure, round(sum(heights)) + _FRAME_HEIGHT, top=76)


def _bars(plan: RotationPlan) -> list[_Bar]:
    """Return the bars from left to right; phases in one placement after another stay apart."""
    present = next((phase.alternative for phase in plan.phases if phase.alternative.today), None)
    before, colour_before = (_TODAY, TODAY_COLOUR) if present is None else (present.key, _colour(present))
    bars = []
    for phase in plan.phases:
        row, colour = phase.alternative.key, _colour(phase.alternative)
        hover = f"{escaped(phase.alternative.title)}, {phase.when}<br>{phase.title}: total {phase.total:.1f}"
        if phase.overlap:
            shared = f"Half of the authority each for {counted(phase.overlap, 'quarter')}"
            bars.append(_Bar(before, phase.start, phase.overlap, colour_before, shared, shared=True))
            bars.append(_Bar(row, phase.start, phase.overlap, colour, shared, shared=True))
        alone = phase.quarters - phase.overlap
        bars.append(_Bar(row, phase.start + phase.overlap, alone, colour, hover, shared=False))
        before, colour_before = row, colour
    return bars


def _add_totals(figure: go.Figure, plan: RotationPlan) -> None:
    """Add the total of every quarter: the plan in front of what it is compared with."""
    courses = [(plan.staying, "Staying as today", TODAY_COLOUR, "dot")]
    if plan.best_single is not None:
        name = f"One move: {escaped(plan.best_single.title, _LONGEST_NAME)}"
        courses.append((plan.best_single, name, WORSE_COLOUR, "dash"))
    courses.append((plan.rotating, "This plan", CHOSEN_COLOUR, "solid"))
    for course, name, colour, dash in courses:
        totals = list(course.totals)
        figure.add_scatter(
            x=list(range(plan.horizon + 1)),
            y=[*totals, totals[-1]],
            mode="lines",
            name=name,
            line={"shape": "hv", "color": colour, "width": 3, "dash": dash},
            hovertext=[f"{name}, quarter {at}: {total:.1f}" for at, total in enumerate(totals, start=1)],
            hoverinfo="text",
            row=2,
            col=1,
        )
    for phase in plan.phases[1:]:
        figure.add_vline(x=phase.start, line={"color": LINE, "width": 1, "dash": "dot"})


def _colour(alternative: Alternative) -> str:
    """Return the colour of the department."""
    structure = alternative.structure
    return FUNCTION_COLOURS.get(_FUNCTION_OF_STRUCTURE.get(structure, structure), FUNCTION_COLOURS["other"])
