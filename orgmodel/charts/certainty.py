"""How sure a ranking is: ranks over all weightings, who would choose what, what decides, what turns it."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import Final

import numpy as np
import plotly.graph_objects as go

from orgmodel.charts.alternatives import row_names
from orgmodel.charts.style import CHOSEN_COLOUR, FAINT, LINE, TODAY_COLOUR, escaped, laid_out
from orgmodel.criteria import CRITERIA
from orgmodel.explanations import percent
from orgmodel.flip_points import FlipPoint
from orgmodel.lines import Floats
from orgmodel.ranking import Ranking
from orgmodel.recommendation import TWO_SIDED, probability_text, shown_order

#: What the bars of a rank are called; all further ranks are one bar.
RANKS: Final = ("first", "second", "third")
# Blue as far as 3 to 1 on both grounds for the first, then ever paler.
_BLUES: Final = (CHOSEN_COLOUR, "#7FB2E5", "#C4DDF3")
_SMALLEST_TEXT: Final = 0.055
_SMALLEST_WITH_ERROR: Final = 0.22
_NO_PART: Final = 0.001
_TITLE_WIDTH: Final = 34
_FLIP_ROW: Final = 40
_ROW: Final = 28
# Who would choose: told apart by sign as well as by colour, on both grounds.
_SIGNS: Final = (("circle", "#1F77C9"), ("diamond", "#D9600B"), ("square", "#1E9483"), ("cross", "#A0305E"))
#: So many placements are compared by who would choose them.
MOST_CHOSEN: Final = len(_SIGNS)


def acceptability_chart(ranking: Ranking) -> go.Figure:
    """Return for every placement in how many weightings it comes first, second, third, or later."""
    order = shown_order(ranking)
    shares = np.asarray(ranking.acceptability.rank_acceptability)[order]
    errors = TWO_SIDED * np.asarray(ranking.acceptability.standard_error)[order]
    names, rows = row_names(ranking), np.arange(len(order))
    figure = go.Figure()
    for rank, (title, colour) in enumerate(zip(RANKS, _BLUES, strict=True)):
        if rank < shares.shape[1]:
            _add_bars(figure, ranking, title, colour, shares[:, rank], errors[:, rank])
    if shares.shape[1] > len(RANKS):
        later = shares[:, len(RANKS) :].sum(axis=1)
        _add_bars(figure, ranking, "later", FAINT, later, None)
    figure.update_layout(barmode="stack", bargap=0.25, legend_traceorder="normal")
    figure.update_xaxes(
        title_text="share of the cases", range=[0, 1], dtick=0.25, tickformat=".0%", fixedrange=True
    )
    figure.update_yaxes(
        tickvals=rows, ticktext=names, range=[len(rows) - 0.5, -0.5], automargin=True, fixedrange=True
    )
    return laid_out(figure, 100 + _ROW * len(rows), top=36).update_layout(margin_r=24)


def _add_bars(
    figure: go.Figure, ranking: Ranking, title: str, colour: str, shares: Floats, errors: Floats | None
) -> None:
    text_colour = "#FFFFFF" if colour == _BLUES[0] else "#14181D"
    figure.add_bar(
        orientation="h",
        x=shares,
        y=np.arange(len(shares)),
        name=title,
        marker={"color": colour, "line": {"width": 1, "color": LINE}},
        text=[] if errors is None else [_in_bar(*each) for each in zip(shares, errors, strict=True)],
        textposition="inside",
        insidetextanchor="middle",
        textangle=0,
        insidetextfont={"size": 12, "color": text_colour},
        hovertext=[
            f"<b>{escaped(ranking.alternatives[at].title)}</b><br>{title} in "
            + (f"{100 * share:.0f} %" if errors is None else probability_text(share, errors[row]))
            for row, (at, share) in enumerate(zip(shown_order(ranking), shares, strict=True))
        ],
        hoverinfo="text",
    )


def _in_bar(share: float, error: float) -> str:
    """Return a share with its error, as far as a bar has room."""
    if share < _SMALLEST_TEXT:
        return ""
    return percent(share) if share < _SMALLEST_WITH_ERROR else probability_text(share, error)


def chosen_by_some(ranking: Ranking) -> list[int]:
    """Return the placements that come first most often, as far as they ever do."""
    first = np.asarray(ranking.acceptability.first)
    return [int(at) for at in np.argsort(-first, kind="stable")[:MOST_CHOSEN] if first[at] > 0]


def central_weights_chart(ranking: Ranking) -> go.Figure:
    """Return what those give weight to, on average, with whom each of a few placements comes first.

    The short lines are the weights in use.
    """
    shown = np.flatnonzero(ranking.counted & (ranking.weights > 0))
    shown = shown[np.argsort(-ranking.weights[shown], kind="stable")]
    rows = np.arange(len(shown))
    figure = go.Figure()
    figure.add_scatter(
        x=ranking.weights[shown],
        y=rows,
        mode="markers",
        name="Your weights",
        marker={"symbol": "line-ns", "size": 18, "line": {"width": 3, "color": TODAY_COLOUR}},
        hovertext=[f"{CRITERIA[at].title}: {100 * ranking.weights[at]:.0f} % of your weight" for at in shown],
        hoverinfo="text",
    )
    for (symbol, colour), at in zip(_SIGNS, chosen_by_some(ranking), strict=False):
        weights = np.asarray(ranking.acceptability.central_weights)[at][shown]
        title = escaped(ranking.alternatives[at].title, 40)
        figure.add_scatter(
            x=weights,
            y=rows,
            mode="markers",
            name=title,
            marker={"symbol": symbol, "size": 10, "color": colour},
            hovertext=[
                f"{title} comes first with those who give<br>{CRITERIA[column].title} {100 * weight:.0f} %"
                for column, weight in zip(shown, weights, strict=True)
            ],
            hoverinfo="text",
        )
    figure.update_xaxes(
        title_text="how much it counts",
        rangemode="tozero",
        tickformat=".0%",
        fixedrange=True,
        zeroline=False,
    )
    figure.update_yaxes(
        tickvals=rows,
        ticktext=[CRITERIA[at].title for at in shown],
        range=[len(rows) - 0.5, -0.5],
        automargin=True,
        fixedrange=True,
    )
    return laid_out(figure, 120 + _ROW * len(rows), top=60)


def sobol_chart(
    titles: Sequence[str], totals: Sequence[float], errors: Sequence[float], most: int = 10
) -> go.Figure:
    """Return how much of the difference's spread each group of assumptions has a part in, the largest first.

    Whiskers are 95 % intervals. Parts overlap, so they may sum to more than 100 %. What has next to no
    part is left out.
    """
    found = np.nan_to_num(np.asarray(totals, dtype=np.float64))
    order = np.argsort(-found, kind="stable")[:most]
    order = order[found[order] >= _NO_PART]
    shown = found[order]
    figure = go.Figure()
    figure.add_bar(
        orientation="h",
        x=shown,
        y=np.arange(len(order)),
        marker={"color": CHOSEN_COLOUR},
        error_x={"type": "data", "array": np.asarray(errors)[order], "color": TODAY_COLOUR, "thickness": 2},
        hovertext=[f"{escaped(titles[at])}: {probability_text(totals[at], errors[at])}" for at in order],
        hoverinfo="text",
    )
    figure.update_xaxes(
        title_text="part it has in how far they are apart",
        tickformat=".0%",
        rangemode="tozero",
        fixedrange=True,
        zeroline=False,
    )
    figure.update_yaxes(
        tickvals=list(range(len(order))),
        ticktext=[escaped(titles[at], 40) for at in order],
        range=[len(order) - 0.5, -0.5],
        automargin=True,
        fixedrange=True,
    )
    return laid_out(figure, 70 + _ROW * len(order), top=10)


def flips_chart(flips: Sequence[FlipPoint], most: int = 8) -> go.Figure:
    """Return the smallest changes that turn the order of two placements: short bars take little."""
    shown = flips[:most]
    rows = list(range(len(shown)))
    figure = go.Figure()
    for kind, (_, colour) in zip(("weight", "answer", "assumption"), _SIGNS, strict=False):
        of_kind = [row for row in rows if shown[row].kind == kind]
        if of_kind:
            figure.add_bar(
                orientation="h",
                x=[shown[row].size for row in of_kind],
                y=of_kind,
                width=0.6,
                name=kind,
                marker={"color": colour},
                text=[_change(shown[row]) for row in of_kind],
                textposition="outside",
                cliponaxis=False,
                textfont={"size": 12},
                hovertext=[_lines(shown[row].sentence, 60) for row in of_kind],
                hoverinfo="text",
                showlegend=True,
            )
    widest = max([flip.size for flip in shown], default=1.0)
    figure.update_xaxes(
        title_text="how much has to change", range=[0, 1.6 * widest], tickformat=".0%", fixedrange=True
    )
    figure.update_yaxes(
        tickvals=rows,
        ticktext=[_lines(flip.title, _TITLE_WIDTH) for flip in shown],
        range=[len(rows) - 0.5, -0.5],
        automargin=True,
        fixedrange=True,
    )
    figure.update_layout(barmode="overlay")
    return laid_out(figure, 100 + _FLIP_ROW * len(rows), top=36)


def _change(flip: FlipPoint) -> str:
    """Return what a number is and would have to be, the unit said once."""
    before, after = flip.before, flip.after
    number, _, unit = before.partition(" ")
    if unit and after.endswith(f" {unit}"):
        before, after = number, f"{after.partition(' ')[0]} {unit.partition(' ')[0]}"
    return f"{escaped(before, 30)} → {escaped(after, 30)}"


def _lines(text: str, width: int) -> str:
    return "<br>".join(escaped(line) for line in textwrap.wrap(text, width))
