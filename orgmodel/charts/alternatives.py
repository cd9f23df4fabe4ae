"""Placements side by side: every score at once, and any two numbers against each other."""

from __future__ import annotations

import math
import re
import textwrap
from collections.abc import Sequence
from typing import Final

import numpy as np
import plotly.graph_objects as go

from orgmodel.charts.style import (
    CHOSEN_COLOUR,
    TODAY_COLOUR,
    UNIT_COLOUR,
    WORSE_COLOUR,
    escaped,
    laid_out,
    with_opacity,
)
from orgmodel.criteria import CRITERIA, Criterion
from orgmodel.explanations import value_text
from orgmodel.indicators import Indicator
from orgmodel.lines import Bools, Floats, Ints
from orgmodel.priorities import non_dominated
from orgmodel.ranking import Ranking
from orgmodel.recommendation import Reason, described, shown_order

#: From pale, nothing to complain of, to dark: lightness alone tells the scores apart, also without colours.
SCORE_SCALE: Final = (
    (0.0, "#FFF4DF"),
    (0.25, "#FBD08F"),
    (0.5, "#F09B3C"),
    (0.75, "#BA5209"),
    (1.0, "#662700"),
)
_UNKNOWN: Final = "#B4BAC2"
_PALE: Final = "#E6E9EC"
_DARK_FROM: Final = 73.0  # from this score on white is read better than black
_BEST, _WORST = "✓", "✗"
_SAME: Final = 0.05
_ROW: Final = 34
_HEAD: Final = 84
_HEAD_WIDTH: Final = 11
_LONG_WORD: Final = re.compile(r"(\w{8})(\w{3,})")
_NAME_WIDTH: Final = 24
_NAME_LINES: Final = 2
_CELL_LETTERS: Final = 9
_MARGIN: Final = 30
# About the room for points on a screen, the radius of one, and the size of a letter beside it, in pixels.
_ROOM: Final = (820.0, 320.0)
_POINT: Final = 21.0
_LETTER: Final = (6.2, 16.0)
_NAME_LENGTH: Final = 30
# Points as near as this share of the picture, across and upwards, would hide each other.
_NEAR: Final = np.array([0.02, 0.05])
_EQUAL: Final = 1e-6
# Of all the weight: what counts less needs no column for a few placements that are different.
_LITTLE: Final = 0.05
# At most so many marks on either side of an axis.
_TICKS: Final = 4


def heat_map(ranking: Ranking) -> go.Figure:
    """Return the placements (`shown_order`) by the criteria (the weightiest first): the darker, the worse.

    A cell holds the number, its colour is the score from 0 to 100. Signs mark the best and the worst of every
    criterion, see `best_and_worst`; the total needs none, the rows are in its order. What is not defined is
    grey. Criteria that are `alike` have no column.
    """
    shown = np.array([at for at in by_weight(ranking) if at not in alike(ranking)], dtype=np.int64)
    order = shown_order(ranking)
    scores, totals = ranking.scores[np.ix_(order, shown)], ranking.totals[order]
    figure = go.Figure()
    rows = np.arange(len(order))
    _add_cells(figure, totals[:, None], -1)
    _add_cells(figure, scores, 0)
    best, worst = best_and_worst(scores)
    for column in range(-1, len(shown)):
        item = None if column < 0 else CRITERIA[shown[column]]
        raw = None if item is None else ranking.values[item.name].to_numpy()[order]
        texts, hovers, colours = [], [], []
        for row in rows:
            score = totals[row] if item is None else scores[row, column]
            value = score if raw is None else float(raw[row])
            marks = (
                "" if item is None else _BEST * bool(best[row, column]) + _WORST * bool(worst[row, column])
            )
            words = f"<b>{value:.1f}</b>" if item is None else _short(item.indicator, value)
            texts.append("not<br>defined" if math.isnan(score) else _in_cell(f"{marks} {words}".strip()))
            hovers.append(_hover(ranking, int(order[row]), item, value, score))
            colours.append("#FFFFFF" if score >= _DARK_FROM else "#000000")
        figure.add_scatter(
            x=np.full(len(rows), column),
            y=rows,
            mode="text",
            text=texts,
            textfont={"color": colours, "size": 12},
            hovertext=hovers,
            hoverinfo="text",
            showlegend=False,
        )
    for row in rows[[ranking.alternatives[at].today for at in order]]:
        corners = {"x0": -1.5, "x1": len(shown) - 0.5, "y0": row - 0.48, "y1": row + 0.48}
        figure.add_shape(type="rect", **corners, line={"color": UNIT_COLOUR, "width": 3})
    heads = [
        f"{_wrapped(CRITERIA[at].title, _HEAD_WIDTH, 4)}<br><b>{100 * ranking.weights[at]:.0f} %</b>"
        for at in shown
    ]
    figure.update_xaxes(
        side="top",
        tickvals=list(range(-1, len(shown))),
        ticktext=["<b>Total</b><br>0 is best", *heads],
        range=[-1.5, len(shown) - 0.5],
        tickangle=0,
        tickfont={"size": 10},
        fixedrange=True,
        showgrid=False,
        zeroline=False,
    )
    figure.update_yaxes(
        tickvals=rows,
        ticktext=row_names(ranking),
        range=[len(rows) - 0.5, -0.5],
        automargin=True,
        fixedrange=True,
        showgrid=False,
        zeroline=False,
    )
    laid_out(figure, _HEAD + _MARGIN + _ROW * len(rows), top=_HEAD)
    return figure


def by_weight(ranking: Ranking) -> list[int]:
    """Return the criteria that count, the weightiest first."""
    shown = np.flatnonzero(ranking.counted)
    return [int(at) for at in shown[np.argsort(-ranking.weights[shown], kind="stable")]]


def alike(ranking: Ranking) -> dict[int, str]:
    """Return the criteria by which all placements read the same, with what that is; none where all are.

    Of what counts little, a few may be different; they are named.
    """
    found = {}
    for at in by_weight(ranking):
        item = CRITERIA[at].indicator
        texts = [value_text(item, float(value)) for value in ranking.values[item.name]]
        usual = max(texts, key=texts.count)
        others = [row for row, text in enumerate(texts) if text != usual]
        if not others or (ranking.weights[at] < _LITTLE and len(others) <= len(texts) // 6):
            but = ", ".join(f"{ranking.alternatives[row].title} {texts[row]}" for row in others)
            found[at] = f"{usual} ({but})" if but else usual
    return found if len(found) < np.count_nonzero(ranking.counted) else {}


def best_and_worst(scores: Floats) -> tuple[Bools, Bools]:
    """Return which cells of a table of scores are the best and which the worst of their column.

    All that are alike are marked; where more than half of what can be told is alike, that marks nobody out.
    """
    if not len(scores):
        none = np.zeros(scores.shape, dtype=np.bool_)
        return none, none
    least, most = np.fmin.reduce(scores, axis=0), np.fmax.reduce(scores, axis=0)
    few = (~np.isnan(scores)).sum(axis=0) / 2
    apart = most - least > 2 * _SAME
    best, worst = scores - least <= _SAME, most - scores <= _SAME
    return best & apart & (best.sum(axis=0) <= few), worst & apart & (worst.sum(axis=0) <= few)


def _add_cells(figure: go.Figure, scores: Floats, first: int) -> None:
    """Draw the grounds of some columns, those without a score in grey."""
    place = {"x0": first, "dx": 1, "y0": 0, "dy": 1, "xgap": 2, "ygap": 2, "hoverinfo": "skip"}
    unknown = np.where(np.isnan(scores), 0.0, np.nan)
    if np.isnan(scores).any():
        figure.add_heatmap(
            z=unknown, colorscale=[(0, _UNKNOWN), (1, _UNKNOWN)], zmin=0, zmax=1, showscale=False, **place
        )
    figure.add_heatmap(z=scores, colorscale=SCORE_SCALE, zmin=0, zmax=100, showscale=False, **place)


def row_names(ranking: Ranking) -> list[str]:
    """Return the placements as rows of a picture, see `shown_order`, with their places and today marked."""
    found = []
    for place, at in zip(places(ranking), shown_order(ranking), strict=True):
        alternative = ranking.alternatives[at]
        name = f"{place} {_wrapped(alternative.title, _NAME_WIDTH, _NAME_LINES)}"
        today = "" if alternative.title == "As today" else " (today)"
        found.append(f"<b>{name}{today}</b>" if alternative.today else name)
    return found


def places(ranking: Ranking) -> list[str]:
    """Return the places of the alternatives as they are shown; those that tie with the best are marked."""
    tied = {int(ranking.order[0]), *ranking.ties} if ranking.ties else set()
    return [f"{place}{'=' * (int(at) in tied)}" for place, at in enumerate(shown_order(ranking), 1)]


def _wrapped(text: str, width: int, lines: int) -> str:
    text = _LONG_WORD.sub(r"\1-\2", text) if width < _NAME_WIDTH else text
    found = textwrap.wrap(text, width, max_lines=lines, placeholder=" …")
    return "<br>".join(escaped(line) for line in found)


def _in_cell(text: str) -> str:
    """Return a text without its unit where a cell has no room for it."""
    return text if len(text) <= _CELL_LETTERS or "<" in text else text.rpartition(" ")[0]


def _short(item: Indicator, value: float) -> str:
    """Return a number with its unit as far as a cell has room."""
    text = value_text(item, value)
    number, percent, _ = text.partition(" %")
    return f"{number}{percent}"


def _hover(ranking: Ranking, at: int, criterion: Criterion | None, value: float, score: float) -> str:
    alternative = ranking.alternatives[at]
    first = f"<b>{escaped(alternative.title)}</b><br>{escaped(described(alternative))}<br>"
    if criterion is None:
        covered = ranking.coverage[at]
        rest = "" if covered > 1 - 1e-9 else f"; {100 * covered:.0f} % of the weight has a number"
        return f"{first}Total {score:.1f} of 100, 0 is best{rest}"
    item = criterion.indicator
    if math.isnan(score):
        reason = "<br>".join(escaped(line) for line in textwrap.wrap(item.undefined, 60))
        return f"{first}{item.title}: not defined<br>{reason}"
    says = "<br>".join(escaped(line) for line in textwrap.wrap(criterion.says, 60))
    return f"{first}{item.title}: {value_text(item, value)}<br>{says}<br>score {score:.0f} of 100, 0 is best"


def alternatives_scatter(ranking: Ranking, across: Indicator, upwards: Indicator) -> go.Figure:
    """Return the placements by two indicators, both axes turned so that the upper right is the best.

    The number of a point is its place in the table. Full points are those that no other is better than in
    one of the two without being worse in the other; they are joined by a line. Placements with nearly
    the same numbers share a point, and those without one of the numbers are named above the picture.
    """
    order = shown_order(ranking)
    found = ranking.values[[across.name, upwards.name]].to_numpy(dtype=np.float64)[order]
    known = np.isfinite(found).all(axis=1)
    figure = go.Figure()
    signs = np.array([1.0 if item.direction == "higher is better" else -1.0 for item in (across, upwards)])
    good = np.zeros(len(order), dtype=np.bool_)
    if known.any():
        good[known] = non_dominated(found[known] * signs)
    points = _points(found, known, good)
    best = sorted(place for place, rows in points.items() if good[rows[0]])
    figure.add_scatter(
        x=[place[0] for place in best],
        y=[place[1] for place in best],
        mode="lines",
        line={"color": with_opacity(CHOSEN_COLOUR, 0.5), "width": 1.5, "dash": "dot"},
        showlegend=False,
        hoverinfo="skip",
    )
    for name, colour, symbol in (
        ("Another is better", TODAY_COLOUR, "circle"),
        ("No other is better in both", CHOSEN_COLOUR, "circle"),
        ("Today", UNIT_COLOUR, "circle-open"),
    ):
        marker = {"symbol": symbol, "size": 12, "color": colour, "line": {"width": 2, "color": colour}}
        figure.add_scatter(x=[None], y=[None], mode="markers", name=name, marker=marker)
    now = [row for row in np.flatnonzero(known) if ranking.alternatives[order[row]].today]
    ring = {"symbol": "circle-open", "size": 35, "color": UNIT_COLOUR, "line": {"width": 3}}
    figure.add_scatter(
        x=found[now, 0],
        y=found[now, 1],
        mode="markers",
        marker=ring,
        cliponaxis=False,
        showlegend=False,
        hoverinfo="skip",
    )
    for place, rows in reversed(points.items()):  # the best lies on top
        full = bool(good[rows[0]])
        colour = CHOSEN_COLOUR if full else TODAY_COLOUR
        ground = colour if full else _PALE
        figure.add_scatter(
            x=[place[0]],
            y=[place[1]],
            mode="markers+text",
            marker={
                "size": 25,
                "color": ground,
                "line": {"width": 2, "color": colour},
            },
            text=f"{rows[0] + 1}{'+' if len(rows) > 1 else ''}",
            textfont={"size": 12, "color": "#FFFFFF" if full else "#14181D"},
            cliponaxis=False,
            hovertext=_point_hover(ranking, order, rows, across, upwards),
            hoverinfo="text",
            showlegend=False,
        )
    _add_names(figure, ranking, order, points, signs)
    axes = ((figure.update_xaxes, across, signs[0]), (figure.update_yaxes, upwards, signs[1]))
    for axis, item, sign in axes:
        percents = {"tickformat": ".0%"} if item.unit == "0 to 1" else {}
        unit = "" if item.unit == "0 to 1" else f", {item.unit}"
        values = [place[0 if item is across else 1] for place in points] or [0.0, 1.0]
        room = 0.14 * max(max(values) - min(values), 0.05 * max(map(abs, values)), 1e-3)
        span = [min(values) - room, max(values) + room]
        axis(
            title_text=f"{item.title}{unit} ({item.direction})",
            range=span[::-1] if sign < 0 else span,
            fixedrange=True,
            zeroline=False,
            **percents,
        )
    figure.add_annotation(
        x=1, y=1, xref="paper", yref="paper", text="best in both ↗", showarrow=False, font={"size": 13}
    )
    return laid_out(figure, 420)


def _points(found: Floats, known: Bools, good: Bools) -> dict[tuple[float, float], list[int]]:
    """Return the rows that share a point, by its place: of those nearer one would hide another."""
    points: dict[tuple[float, float], list[int]] = {}
    if not known.any():
        return points
    near = np.ptp(found[known], axis=0) * _NEAR + _EQUAL
    for row in np.flatnonzero(known):
        beside = (
            place
            for place, rows in points.items()
            if good[rows[0]] == good[row] and (np.abs(found[row] - place) <= near).all()
        )
        points.setdefault(next(beside, (float(found[row, 0]), float(found[row, 1]))), []).append(int(row))
    return points


def unplaced(ranking: Ranking, items: Sequence[Indicator]) -> list[str]:
    """Return the titles of the placements that have no number by one of some indicators."""
    found = ranking.values[[item.name for item in items]].to_numpy(dtype=np.float64)
    return [ranking.alternatives[row].title for row in np.flatnonzero(~np.isfinite(found).all(axis=1))]


def _point_hover(
    ranking: Ranking, order: Ints, rows: Sequence[int], across: Indicator, upwards: Indicator
) -> str:
    lines = []
    for row in rows:
        values = ranking.values.iloc[order[row]]
        lines.append(f"<b>{row + 1} {escaped(ranking.alternatives[order[row]].title)}</b>")
        lines += [f"{item.title}: {value_text(item, float(values[item.name]))}" for item in (across, upwards)]
    return "<br>".join(lines)


def _add_names(
    figure: go.Figure,
    ranking: Ranking,
    order: Ints,
    points: dict[tuple[float, float], list[int]],
    signs: Floats,
) -> None:
    """Write the names of the placements beside their points, the best first, where they cover nothing."""
    if not points:
        return
    places = np.array(list(points))
    extent = np.maximum(np.ptp(places, axis=0), 1e-9)
    middles = np.where(signs > 0, places - places.min(axis=0), places.max(axis=0) - places) / extent * _ROOM
    taken = [(x - _POINT, y - _POINT, x + _POINT, y + _POINT) for x, y in middles]
    for ((x, y), rows), (right, above) in zip(points.items(), middles, strict=True):
        title = ranking.alternatives[order[rows[0]]].title
        text = escaped(title, _NAME_LENGTH) + (f" and {len(rows) - 1} more" if len(rows) > 1 else "")
        long, high = _LETTER[0] * len(text), _LETTER[1] / 2
        for anchor in ("left", "right"):
            start = right + _POINT if anchor == "left" else right - _POINT - long
            label = (start, above - high, start + long, above + high)
            if start < -0.1 * _ROOM[0] or label[2] > 1.1 * _ROOM[0]:
                continue
            if not any(_overlap(label, other) for other in taken):
                taken.append(label)
                shift = _POINT if anchor == "left" else -_POINT
                figure.add_annotation(
                    x=x, y=y, text=text, showarrow=False, xanchor=anchor, xshift=shift, font={"size": 12}
                )
                break


def _overlap(a: tuple[float, ...], b: tuple[float, ...]) -> bool:
    return bool(a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3])


def differences_chart(reasons: Sequence[Reason], first: str, second: str, most: int = 8) -> go.Figure:
    """Return by which criteria two placements differ most, and what that is worth in their totals.

    Bars to the right are for the ``first``, bars to the left for the ``second``; both are titles.
    """
    shown = sorted(reasons, key=lambda reason: -abs(reason.points))[:most]
    shown = [reason for reason in shown if abs(reason.points) > _SAME]
    figure = go.Figure()
    for title, colour, sign in ((first, CHOSEN_COLOUR, 1), (second, WORSE_COLOUR, -1)):
        rows = [row for row, reason in enumerate(shown) if sign * reason.points > 0]
        figure.add_bar(
            orientation="h",
            x=[shown[row].points for row in rows],
            y=rows,
            name=escaped(title),
            marker={"color": colour},
            text=[f"{abs(shown[row].points):.1f}" for row in rows],
            textposition="outside",
            cliponaxis=False,
            textfont={"size": 12},
            textangle=0,
            hovertext=[_difference_hover(shown[row], first, second) for row in rows],
            hoverinfo="text",
        )
        side = "left" if sign > 0 else "right"
        figure.add_annotation(
            x=0.5 + 0.02 * sign,
            y=1,
            xref="paper",
            yref="paper",
            xanchor=side,
            yanchor="bottom",
            align=side,
            text=f"better with<br><b>{_wrapped(title, _NAME_WIDTH, 3)}</b>",
            showarrow=False,
            font={"size": 12},
        )
    widest = max([1.0, *(abs(reason.points) for reason in shown)])
    step = max(1, math.ceil(widest / _TICKS))
    ticks = range(-step * _TICKS, step * _TICKS + 1, step)
    figure.update_xaxes(
        title_text="points of the total by which it is better",
        range=[-1.15 * widest, 1.15 * widest],
        tickvals=list(ticks),
        ticktext=[str(abs(tick)) for tick in ticks],
        fixedrange=True,
        zeroline=True,
    )
    figure.update_yaxes(
        tickvals=list(range(len(shown))),
        ticktext=[reason.criterion.title for reason in shown],
        range=[len(shown) - 0.5, -0.5],
        automargin=True,
        fixedrange=True,
    )
    figure.update_layout(barmode="relative", bargap=0.3)
    return laid_out(figure, 130 + 26 * len(shown), top=72).update_layout(showlegend=False)


def _difference_hover(reason: Reason, first: str, second: str) -> str:
    item = reason.criterion.indicator
    return (
        f"<b>{item.title}</b><br>{escaped(first)}: {value_text(item, reason.value)}<br>"
        f"{escaped(second)}: {value_text(item, reason.other)}"
    )
