"""A study of the change-order process as pictures: what happens as operations fill up, and who settles it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from orgmodel.change_orders.outcomes import OUTCOME_TABLE, Outcome
from orgmodel.change_orders.study import Cell, Study
from orgmodel.change_orders.summary import Interval
from orgmodel.charts.style import (
    CHOSEN_COLOUR,
    FAINT,
    LINE,
    TODAY_COLOUR,
    WORSE_COLOUR,
    escaped,
    laid_out,
)
from orgmodel.lines import Floats

# Placements and policies are told apart by sign as well as by colour, on both grounds.
_SIGNS: Final = (
    ("circle", "#1F77C9"),
    ("diamond", "#D9600B"),
    ("square", "#1E9483"),
    ("cross", "#B0487A"),
    ("triangle-up", "#8B3DF0"),
    ("x", "#8C8C8C"),
    ("star", "#B8860B"),
    ("pentagon", "#5B7FBF"),
)
_OUTCOMES: Final = {outcome.name: outcome for outcome in OUTCOME_TABLE}
_LONGEST_TITLE: Final = 44
_ROW: Final = 40
_BAR: Final = 17
_A_PANEL: Final = 250
_WHOLE_FROM: Final = 100
_ABOVE: Final = 1.12  # where on the axis of values what never comes to rest is marked
#: Who settles quarrels, from the bottom of the chart upwards.
_SETTLED_BY: Final = (
    ("a rule", "#1E9483"),
    ("the head of customer service", "#7FB2E5"),
    ("managers above", CHOSEN_COLOUR),
    ("top executives", WORSE_COLOUR),
    ("a contract or the board", "#B0487A"),
)


def curves(study: Study, outcome: str, policy: int = 0) -> go.Figure:
    """Return an outcome against how busy operations are: a line for each placement, with 95 % intervals.

    What the formula says is dashed. Where a queue grows for ever there is no value but a mark at the top.
    """
    figure = make_subplots(rows=1, cols=1)
    _add_panel(figure, study, _OUTCOMES[outcome], policy, (1, 1))
    figure.update_xaxes(dtick=10)
    return _with_legend(figure, 460)


def small_curves(study: Study, outcomes: Sequence[str], policy: int = 0, columns: int = 2) -> go.Figure:
    """Return several outcomes as `curves` does, with one legend for all."""
    rows = math.ceil(len(outcomes) / columns)
    figure = make_subplots(
        rows=rows,
        cols=columns,
        subplot_titles=[_titled(_OUTCOMES[name], "<br>") for name in outcomes],
        vertical_spacing=0.36 / rows,
        horizontal_spacing=0.09,
    )
    figure.update_annotations(font_size=12)
    for at, name in enumerate(outcomes):
        row, column = divmod(at, columns)
        _add_panel(
            figure, study, _OUTCOMES[name], policy, (row + 1, column + 1), first=at == 0, last=row == rows - 1
        )
    return _with_legend(figure, 150 + _A_PANEL * rows, 1 + 0.3 / rows)


def _with_legend(figure: go.Figure, height: int, above: float = 1.02) -> go.Figure:
    """Return the figure with the legend above the plot, which gives way to as many lines as it takes."""
    return laid_out(figure, height, top=8).update_layout(
        legend={"yref": "paper", "y": above, "yanchor": "bottom", "traceorder": "normal"},
        margin_r=24,
        margin_b=44,
    )


def _titled(outcome: Outcome, between: str = " ") -> str:
    return f"{outcome.title},{between}{outcome.unit}"


def _add_panel(
    figure: go.Figure,
    study: Study,
    outcome: Outcome,
    policy: int,
    place: tuple[int, int],
    *,
    first: bool = True,
    last: bool = True,
) -> None:
    plan = study.plan
    busy = 100 * np.array(plan.utilisations)
    row, col = place
    highest = 0.0
    endless: list[Cell] = []
    for at, process in enumerate(plan.placements):
        symbol, colour = _SIGNS[at % len(_SIGNS)]
        name = escaped(process.title, _LONGEST_TITLE)
        found = [study.interval(outcome.name, at, policy, step) for step in range(len(busy))]
        mean, high = np.array([item.mean for item in found]), np.array([item.high for item in found])
        formula = np.array(
            [study.expected[at][policy][step].values.get(outcome.name, math.nan) for step in range(len(busy))]
        )
        formula = np.where(np.isfinite(formula), formula, np.nan)
        endless += [(at, policy, step) for step in range(len(busy)) if (at, policy, step) in study.unstable]
        known = [*mean[np.isfinite(mean)], *high[np.isfinite(high)]]
        highest = max([highest, *known])
        figure.add_scatter(
            x=busy,
            y=mean,
            error_y=_range(found),
            mode="lines+markers",
            name=name,
            legendgroup=str(at),
            showlegend=first,
            line={"color": colour, "width": 2},
            marker={"symbol": symbol, "size": 8, "color": colour},
            hovertext=[
                f"<b>{name}</b><br>Operations {share:.0f} % busy<br>{outcome.title}: {_value(item.mean)} "
                f"{outcome.unit}<br>95 % interval {_value(item.low)} to {_value(item.high)}"
                for share, item in zip(busy, found, strict=True)
            ],
            hoverinfo="text",
            row=row,
            col=col,
        )
        if np.isfinite(formula).any():
            figure.add_scatter(
                x=busy,
                y=formula,
                mode="lines",
                legendgroup=str(at),
                showlegend=False,
                line={"color": colour, "width": 1.2, "dash": "dash"},
                hovertext=[
                    f"<b>{name}</b>, by the formula<br>Operations {share:.0f} % busy<br>{outcome.title}: "
                    f"{_value(value)} {outcome.unit}"
                    for share, value in zip(busy, formula, strict=True)
                ],
                hoverinfo="text",
                row=row,
                col=col,
            )
    _add_endless(figure, study, endless, highest, place)
    if first:
        # Only for the legend.
        figure.add_scatter(
            x=[None],
            y=[None],
            mode="lines",
            name="dashed: by the formula",
            line={"color": LINE, "width": 1.2, "dash": "dash"},
        )
    figure.update_xaxes(
        title_text="operations busy" if last else "",
        ticksuffix=" %",
        nticks=5,
        range=[min(busy) - 2, max(busy) + 2],
        fixedrange=True,
        row=row,
        col=col,
    )
    figure.update_yaxes(
        title_text=outcome.unit if place == (1, 1) and first and len(figure.layout.annotations) == 0 else "",
        rangemode="tozero",
        fixedrange=True,
        automargin=True,
        zeroline=False,
        row=row,
        col=col,
    )


def _add_endless(
    figure: go.Figure, study: Study, endless: Sequence[Cell], highest: float, place: tuple[int, int]
) -> None:
    """Mark at the top what would never come to rest."""
    plan = study.plan
    for cell in endless:
        title = escaped(plan.placements[cell[0]].title, _LONGEST_TITLE)
        figure.add_scatter(
            x=[100 * plan.utilisations[cell[2]]],
            y=[_ABOVE * highest if highest > 0 else 1.0],
            mode="markers",
            showlegend=False,
            cliponaxis=False,
            marker={
                "symbol": "arrow-bar-up",
                "size": 11,
                "color": _SIGNS[cell[0] % len(_SIGNS)][1],
            },
            hovertext=[
                f"<b>{title}</b>: never comes to rest<br>{_broken(escaped(study.unstable[cell], 400))}"
            ],
            hoverinfo="text",
            row=place[0],
            col=place[1],
        )


def policies_chart(study: Study, outcome: str, utilisation: int) -> go.Figure:
    """Return an outcome of every placement under every policy, with 95 % intervals."""
    plan, shown = study.plan, _OUTCOMES[outcome]
    rows = np.arange(len(plan.placements))
    width = 0.84 / len(plan.policies)
    figure = go.Figure()
    for at, policy in enumerate(plan.policies):
        found = [study.interval(outcome, place, at, utilisation) for place in rows.tolist()]
        places = rows + width * (at - (len(plan.policies) - 1) / 2)
        _say_endless(
            figure,
            study,
            {(row, at, utilisation): place for row, place in enumerate(places.tolist())},
        )
        figure.add_bar(
            orientation="h",
            x=[item.mean for item in found],
            y=places,
            width=0.88 * width,
            name=escaped(policy.title, _LONGEST_TITLE),
            marker={"color": _SIGNS[at % len(_SIGNS)][1] if at else TODAY_COLOUR},
            error_x=_range(found, color="#5B6672"),
            hovertext=[
                _policy_hover(study, shown, (place, at, utilisation), escaped(policy.title))
                for place in rows.tolist()
            ],
            hoverinfo="text",
        )
    _with_rows(figure, study)
    figure.update_xaxes(title_text=_titled(shown), rangemode="tozero", fixedrange=True)
    height = 130 + len(rows) * max(_ROW, _BAR * len(plan.policies) + 8)
    return _with_legend(figure, height).update_layout(barmode="overlay")


def _say_endless(figure: go.Figure, study: Study, rows: Mapping[Cell, float]) -> None:
    """Write into the rows of what never comes to rest that it does not: it has no bar."""
    for cell, row in rows.items():
        if why := study.unstable.get(cell):
            figure.add_annotation(
                x=0,
                xref="x domain",
                xanchor="left",
                y=row,
                text="never comes to rest",
                hovertext=_broken(escaped(why, 400)),
                showarrow=False,
                font={"size": 12},
            )


def _range(found: Sequence[Interval], **look: object) -> dict[str, object]:
    """Return the intervals of a trace as plotly takes them."""
    above, below = np.nan_to_num([(item.high - item.mean, item.mean - item.low) for item in found]).T
    return {"array": above, "arrayminus": below, "symmetric": False, "thickness": 1.2, "width": 3, **look}


def _policy_hover(study: Study, outcome: Outcome, cell: Cell, policy: str) -> str:
    title = f"<b>{escaped(study.plan.placements[cell[0]].title)}</b>, {policy}"
    if cell in study.unstable:
        return f"{title}<br>{_broken(escaped(study.unstable[cell], 400))}"
    found = study.interval(outcome.name, *cell)
    return (
        f"{title}<br>{outcome.title}: {_value(found.mean)} {outcome.unit}"
        f"<br>95 % interval {_value(found.low)} to {_value(found.high)}"
    )


def levels_chart(study: Study, policy: int, utilisation: int) -> go.Figure:
    """Return who settles the quarrels of each placement, per 1,000 changes."""
    plan = study.plan
    rows = np.arange(len(plan.placements))
    settled = np.array([settled_by(study, (place, policy, utilisation)) for place in rows.tolist()])
    figure = go.Figure()
    for at, (who, colour) in enumerate(_SETTLED_BY):
        figure.add_bar(
            orientation="h",
            x=settled[:, at],
            y=rows,
            name=who,
            marker={"color": colour, "line": {"width": 1, "color": FAINT}},
            hovertext=[
                f"<b>{escaped(process.title)}</b><br>{_value(value)} of 1,000 changes are quarrels"
                f"<br>settled by {who}"
                for process, value in zip(plan.placements, settled[:, at], strict=True)
            ],
            hoverinfo="text",
        )
    _with_rows(figure, study)
    _say_endless(figure, study, {(place, policy, utilisation): place for place in rows.tolist()})
    figure.update_xaxes(title_text="quarrels per 1,000 changes", rangemode="tozero", fixedrange=True)
    return _with_legend(figure, 170 + _ROW * len(rows)).update_layout(barmode="stack", bargap=0.3)


def settled_by(study: Study, cell: Cell) -> Floats:
    """Return how many quarrels per 1,000 changes a rule, the head, managers, the top and a contract settle.

    NaN where a queue is unstable.
    """
    quarrels, climbing, top = (
        float(study.samples[name][cell].mean()) for name in ("disputes", "escalations", "top")
    )
    head, outside = float(study.by_level[cell][:, 0].mean()), float(study.by_contract(cell).mean())
    return np.array([quarrels - climbing - head, head, climbing - outside - top, top, outside])


def times_chart(study: Study, policy: int, utilisation: int) -> go.Figure:
    """Return how long quarrels take: the middle half thick, the middle 80 % thin, the median as a sign."""
    plan = study.plan
    rows = np.arange(len(plan.placements))
    times = np.array(
        [_mean_over_replications(study.decision_times[place, policy, utilisation]) for place in rows.tolist()]
    )
    figure = go.Figure()
    for at, process in enumerate(plan.placements):
        symbol, colour = _SIGNS[at % len(_SIGNS)]
        low, lower, middle, upper, high = times[at].tolist()
        said = (
            f"<b>{escaped(process.title)}</b><br>Of the quarrels that no rule settles half take up to "
            f"<br>{_value(middle)} working days, 9 of 10 up to {_value(high)}"
        )
        for ends, width in (((low, high), 2), ((lower, upper), 9)):
            figure.add_scatter(
                x=ends,
                y=[at, at],
                mode="lines",
                line={"color": colour, "width": width},
                hovertext=said,
                hoverinfo="text",
                showlegend=False,
            )
        figure.add_scatter(
            x=[middle],
            y=[at],
            mode="markers",
            marker={"symbol": symbol, "size": 13, "color": colour, "line": {"width": 2, "color": "#FFFFFF"}},
            hovertext=said,
            hoverinfo="text",
            showlegend=False,
        )
    _with_rows(figure, study)
    _say_endless(figure, study, {(place, policy, utilisation): place for place in rows.tolist()})
    figure.update_xaxes(title_text="working days until it is settled", rangemode="tozero", fixedrange=True)
    return laid_out(figure, 90 + _ROW * len(rows), top=12).update_layout(margin_r=24, margin_b=44)


def _mean_over_replications(times: Floats) -> Floats:
    known = np.isfinite(times).all(axis=1)
    return np.asarray(times[known].mean(axis=0) if known.any() else np.full(times.shape[1], np.nan))


def _with_rows(figure: go.Figure, study: Study) -> None:
    """Write the placements beside their rows."""
    rows = len(study.plan.placements)
    figure.update_yaxes(
        tickvals=np.arange(rows),
        ticktext=[_broken(escaped(process.title, _LONGEST_TITLE), 22) for process in study.plan.placements],
        range=[rows - 0.5, -0.5],
        automargin=True,
        fixedrange=True,
        zeroline=False,
        showgrid=False,
    )


def _value(value: float) -> str:
    if math.isnan(value):
        return "not known"
    if math.isinf(value):
        return "without end"
    if abs(value) < 1:
        return f"{value:.2g}"
    return f"{value:.1f}" if abs(value) < _WHOLE_FROM else f"{value:,.0f}"


def _broken(text: str, width: int = 60) -> str:
    """Return a text in lines; it is broken at blanks only, so that what is escaped stays whole."""
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + len(word) >= width:
            lines.append("")
        lines[-1] += f" {word}" if lines[-1] else word
    return "<br>".join(lines)
