"""Quarrels on the chart: whose time they take, and how one of them climbs.

Both pictures are outlines as in `orgmodel.charts.ways`: each box stands below its manager and further to the
right, so that they fit a telephone.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np
import plotly.graph_objects as go

from orgmodel.change_orders.process import Process
from orgmodel.change_orders.records import CONTRACT, Records
from orgmodel.change_orders.story import duration, story
from orgmodel.charts.boxes import Texts, add_path, add_texts, as_plan, corners, hover, name_cut, title_cut
from orgmodel.charts.extract import Extract, extract
from orgmodel.charts.layout import BOX_HEIGHT, Box
from orgmodel.charts.style import (
    CHOSEN_COLOUR,
    FAINT,
    LINE,
    TIE,
    UNIT_COLOUR,
    WORSE_COLOUR,
    escaped,
    with_opacity,
)
from orgmodel.charts.ways import MARGIN, ROW, WIDTH, boxes_of, curve, elbow
from orgmodel.functions import business_functions
from orgmodel.organization import Organization

_MOST_MANAGERS: Final = 24
_MOST_TOPS: Final = 3
_OTHERS: Final = 3
# Wider than where curves to owners need room; a text has the room that a box has on a telephone.
_BOX_WIDTH: Final = 240.0
_ROOM: Final = 190.0
_CONTRACT: Final = "A contract or the board"
# From no hours to most: one colour that lets more or less of either ground through.
_PALEST: Final = 0.05
_FULLEST: Final = 0.65
_LEAST_HOURS: Final = 0.05
_WHOLE_FROM: Final = 100
# The clock above the chart: its height, its line, and from where to where that goes.
_CLOCK: Final = 74.0
_CLOCK_LINE: Final = 48.0
_CLOCK_FROM: Final = MARGIN
_CLOCK_LENGTH: Final = WIDTH - 2 * MARGIN

_Path = Sequence[tuple[float, float]]


class _Outline(NamedTuple):
    """Some boxes of a chart and where they stand; ``contract`` is above all, and not of the chart."""

    organization: Organization
    found: Extract
    boxes: dict[int, Box]
    contract: Box | None

    @property
    def bottom(self) -> float:
        """Where the lowest row ends."""
        return max(box.top for box in self.boxes.values()) + ROW

    def key(self, row: int) -> int | None:
        """Return the box of a row, or the one that stands for it where it is left out; None: neither."""
        if row in self.boxes:
            return row
        return next((key for key, rows in self.found.left_out.items() if row in rows), None)

    def paths(self, way: Sequence[int]) -> list[_Path]:
        """Return the lines of a way upwards: along the chart, or beside it where it leaves the chart.

        A way that begins or ends with what is left out begins or ends at the box that stands for that.
        """
        keys = list(dict.fromkeys(key for row in way if (key := self.key(row)) is not None))
        paths: list[_Path] = []
        for start, end in pairwise(keys):
            low, high = self.boxes[start], self.boxes[end]
            paths.append(elbow(high, low) if self.found.above[start] == end else curve(low, high))
        return paths

    def text(self, key: int, second: str) -> Texts:
        """Return what a box says: the title where there is nothing else to say."""
        if key < 0:
            name = f"{len(self.found.left_out[key]):,} more"
            what = f"{name} levels, not shown, to keep it readable"
            return Texts(f"… {name} …", title_cut(second, _ROOM), "", _lines(what, second))
        chart, reading = self.organization, business_functions(self.organization)
        label, title = chart.label(key), chart.titles[key] or chart.units[key]
        details = hover(chart, key, str(reading.functions[key]), str(reading.evidence[key]))
        said = second or (title if title != label else "")
        return Texts(name_cut(label, _ROOM), title_cut(said, _ROOM), "", _lines(details, second))


def load_chart(
    organization: Organization, process: Process, hours: Mapping[int, float] | Sequence[float]
) -> go.Figure:
    """Return the chart around customer service with the hours a week that quarrels take of every manager.

    ``hours`` belong to the managers of the process by their place there. Of more than 24 managers those with
    most hours are shown; what the others have together is written below.
    """
    rows = [organization.row(manager.id) for manager in process.managers]
    had = [float(hours.get(at, 0.0) if isinstance(hours, Mapping) else hours[at]) for at in range(len(rows))]
    heads = {rows[part.head] for part in process.parts}
    deciding = {rows[part.route[-1]] for part in process.parts if part.route}
    largest = max(process.parts, key=lambda part: part.share).head
    by_hours = sorted(range(len(rows)), key=lambda at: (at != largest, -np.nan_to_num(had[at])))
    ways = [[rows[place] for place in (part.head, *part.route)] for part in process.parts]
    outside = {rows[part.head] for part in process.parts if part.contract}
    shown = [rows[at] for at in sorted(by_hours[:_MOST_MANAGERS])]
    outline = _outline(organization, shown, ways, contract=bool(outside))
    together: dict[int | None, list[float]] = {}
    for row, value in zip(rows, had, strict=True):
        together.setdefault(outline.key(row), []).append(value)
    elsewhere = together.pop(None, [])
    sums = {key: math.fsum(values) for key, values in together.items() if key is not None}
    most = max((value for value in sums.values() if math.isfinite(value)), default=0.0)

    figure = go.Figure()
    _add_lines(figure, outline)
    if outline.contract is not None:
        by_contract = [curve(outline.boxes[row], outline.contract) for row in outside & outline.boxes.keys()]
        add_path(figure, by_contract, "Settled outside the chart", UNIT_COLOUR, 1.8, dash="dot")
    for key, box in outline.boxes.items():
        if key in sums:
            fill = with_opacity(
                CHOSEN_COLOUR, round(_PALEST + (_FULLEST - _PALEST) * _share(sums[key], most), 3)
            )
            _add_box(figure, box, CHOSEN_COLOUR, fill)
        else:
            _add_box(figure, box, FAINT)
    roles = (("customer service", heads), ("has the last word", deciding))
    said = {
        key: ", ".join([_hours(value), *(role for role, those in roles if key in those)])
        for key, value in sums.items()
    }
    _add_texts(figure, outline, said)
    _add_frames(figure, outline, heads, "Customer service", UNIT_COLOUR)
    _add_frames(figure, outline, deciding - heads, "Has the last word", TIE, dash="dot")
    _add_sample(figure, "The fuller, the more hours", with_opacity(CHOSEN_COLOUR, _FULLEST))
    bottom = outline.bottom
    if elsewhere:
        _write(
            figure,
            bottom + 6.0,
            f"{len(elsewhere):,} others, not shown: {_hours(math.fsum(elsewhere))} together",
        )
        bottom += 20.0
    return _as_outline(figure, bottom)


def replay_chart(organization: Organization, records: Records, change: int, moment: int) -> go.Figure:
    """Return the chart with the way that a change has gone up to a moment of its `story`, and the clock.

    Thick: the way so far; dotted: to whom it would go next. Boxes and clock stand in the same places at every
    moment of one change.
    """
    process, changes = records.process, records.changes
    part = process.parts[int(changes.part[change])]
    places = (part.head, *part.route)
    rows = {place: organization.row(process.managers[place].id) for place in places}
    way = list(rows.values())
    outline = _outline(organization, [way[0], way[-1]], [way], contract=part.contract, top=_CLOCK)
    came = [one.manager for one in story(records, change)[: moment + 1] if one.manager >= 0]
    reached = max((places.index(place) for place in came), default=0)
    outside = bool(came) and int(changes.outcome[change]) == CONTRACT
    said = _said(records, change, moment, came)
    held = outline.key(way[reached]) if said and not outside else None
    passed = {outline.key(row) for row in way[: reached + 1]} - {held}

    figure = go.Figure()
    _add_lines(figure, outline)
    so_far, to_come = outline.paths(way[: reached + 1]), outline.paths(way[reached:])
    if outline.contract is not None:
        (so_far if outside else to_come).append(curve(outline.boxes[way[0]], outline.contract))
    _add_way(figure, to_come, "Would go there next", 1.8, dash="dot")
    _add_way(figure, so_far, "The way so far", 5.0)
    for key, box in outline.boxes.items():
        if key == held:
            _add_box(figure, box, CHOSEN_COLOUR, with_opacity(CHOSEN_COLOUR, 0.45))
        elif key in passed:
            _add_box(figure, box, UNIT_COLOUR, with_opacity(UNIT_COLOUR, 0.18))
        else:
            _add_box(figure, box, FAINT)
    words = {key: "passed it on" for key in passed if key is not None} | {way[0]: "Customer service"}
    if held is not None:
        words[held] = f"Customer service: {said}" if held == way[0] else said
    _add_texts(figure, outline, words, said if outside else "", held=outside)
    _add_frames(figure, outline, {way[0]}, "Customer service", UNIT_COLOUR)
    _add_sample(figure, "Has it now", with_opacity(CHOSEN_COLOUR, 0.45))
    _add_clock(figure, records, change, moment)
    return _as_outline(figure, outline.bottom)


def _said(records: Records, change: int, moment: int, came: Sequence[int]) -> str:
    """Return what whoever has the change does with it at a moment; empty where nobody has it any more."""
    changes, visits, moments = records.changes, records.visits, story(records, change)
    ended = moment == len(moments) - 1
    answer = f"decides: {'yes' if changes.granted[change] else 'no'}"
    if not came:
        waiting = moment == 0 or (bool(changes.disputed[change]) and not ended)
        return "has it now" if waiting else ""
    if ended:
        return answer
    if int(changes.outcome[change]) == CONTRACT:
        return "it waits here"
    visit = np.flatnonzero((visits.change == change) & (visits.manager == came[-1]))[0]
    time = moments[moment].time
    if time >= visits.ended[visit]:
        return "passes it on"
    return "has taken it up" if time >= visits.begun[visit] else "it waits here"


def _outline(
    organization: Organization,
    marked: Sequence[int],
    ways: Sequence[Sequence[int]],
    *,
    contract: bool,
    top: float = 0.0,
) -> _Outline:
    """Return the boxes of marked rows, the ways between them, and a few others who report to the last."""
    tops = list(dict.fromkeys(way[-1] for way in ways if len(way) > 1))
    below = organization.below(organization.headcount)
    if contract:
        tops.append(int(max(organization.roots, key=lambda row: below[row])))
    functions = business_functions(organization).functions
    others: list[int] = []
    for boss in tops[:_MOST_TOPS]:
        reports = np.flatnonzero(organization.manager == boss).tolist()
        reports.sort(key=lambda row: (functions[row] != "operations", -below[row]))
        others += [boss, *reports[:_OTHERS]]
    found = extract(organization, list(dict.fromkeys([*marked, *others])), ways)
    start = top + (ROW if contract else 0.0)
    boxes = {key: box._replace(top=box.top + start, width=_BOX_WIDTH) for key, box in boxes_of(found).items()}
    above = Box(-1, -1, 0, 0, MARGIN, top, _BOX_WIDTH, ()) if contract else None
    return _Outline(organization, found, boxes, above)


def _add_lines(figure: go.Figure, outline: _Outline) -> None:
    boxes = outline.boxes
    lines = [elbow(boxes[boss], boxes[key]) for key, boss in outline.found.above.items() if boss is not None]
    add_path(figure, lines, "Reports to", LINE, 1.2, legend=False)


def _add_way(figure: go.Figure, paths: Iterable[_Path], name: str, width: float, dash: str = "solid") -> None:
    """Add lines; without any the legend has them all the same, so that nothing jumps."""
    add_path(figure, [*paths, [(math.nan, math.nan)]], name, UNIT_COLOUR, width, dash=dash, opacity=0.75)


def _add_box(figure: go.Figure, box: Box, colour: str, fill: str | None = None) -> None:
    frame = corners(box.left, box.top, box.width, BOX_HEIGHT)
    add_path(figure, [frame], "box", colour, 1.0, fill=fill, legend=False)


def _add_texts(
    figure: go.Figure,
    outline: _Outline,
    said: Mapping[int, str],
    by_contract: str = "",
    *,
    held: bool = False,
) -> None:
    boxes = [*outline.boxes.values()]
    texts = [outline.text(key, said.get(key, "")) for key in outline.boxes]
    if outline.contract is not None:
        fill = with_opacity(CHOSEN_COLOUR, 0.45) if held else None
        _add_box(figure, outline.contract, CHOSEN_COLOUR if held else LINE, fill)
        boxes.append(outline.contract)
        why = "Nobody in the chart stands above both customer service and operations."
        texts.append(Texts(_CONTRACT, by_contract or "not in the chart", "", _lines(_CONTRACT, why)))
    add_texts(figure, boxes, texts)


def _add_frames(
    figure: go.Figure, outline: _Outline, rows: Iterable[int], name: str, colour: str, dash: str = "solid"
) -> None:
    boxes = [outline.boxes[row] for row in sorted(rows) if row in outline.boxes]
    if boxes:
        frames = [corners(box.left, box.top, box.width, BOX_HEIGHT) for box in boxes]
        add_path(figure, frames, name, colour, 2.6, dash=dash)


def _add_sample(figure: go.Figure, name: str, colour: str) -> None:
    """Add to the legend what a filled box means."""
    marker = {"symbol": "square", "size": 12, "color": colour}
    figure.add_scatter(x=[None], y=[None], mode="markers", marker=marker, name=name, hoverinfo="skip")


def _add_clock(figure: go.Figure, records: Records, change: int, moment: int) -> None:
    """Add how long ago the customer asked, how long it is to the start of production, and both as a line."""
    moments = story(records, change)
    asked, now, end = (moments[at].time for at in (0, moment, -1))
    start = float(records.changes.production_start[change])
    scale = _CLOCK_LENGTH / (max(end, start) - asked or 1.0)
    here, there = (_CLOCK_FROM + scale * (time - asked) for time in (now, start))
    ticks = [(there, _CLOCK_LINE - 7.0), (there, _CLOCK_LINE + 7.0)]
    whole = [(_CLOCK_FROM, _CLOCK_LINE), (_CLOCK_FROM + _CLOCK_LENGTH, _CLOCK_LINE)]
    add_path(figure, [whole], "Time", FAINT, 5.0, legend=False)
    add_path(figure, [[whole[0], (here, _CLOCK_LINE)]], "Time since asked", CHOSEN_COLOUR, 5.0, legend=False)
    add_path(figure, [ticks], "Production starts", WORSE_COLOUR, 3.0)
    since = (
        f"<b>{duration(now - asked)}</b> since the customer asked"
        if now > asked
        else "<b>The customer asks</b>"
    )
    _write(figure, 8.0, since)
    if now < start:
        _write(figure, 27.0, f"Production starts in <b>{duration(start - now)}</b>")
    else:
        ago = f"<b>{duration(now - start)}</b> ago" if now > start else "<b>now</b>"
        _write(figure, 27.0, f"Production started {ago}: a change is rework", WORSE_COLOUR)


def _write(figure: go.Figure, y: float, text: str, colour: str | None = None) -> None:
    """Write a line at the left of the picture; the text is our own, not of a chart."""
    figure.add_scatter(
        x=[MARGIN],
        y=[y],
        text=[text],
        mode="text",
        textposition="middle right",
        textfont={"size": 13, "color": colour},
        hoverinfo="skip",
        showlegend=False,
    )


def _as_outline(figure: go.Figure, bottom: float) -> go.Figure:
    return as_plan(figure, bottom).update_xaxes(range=[-4, WIDTH + 4])


def _share(value: float, most: float) -> float:
    """Return how full the colour of some hours is, from 0 to 1."""
    if math.isinf(value):
        return 1.0
    return value / most if most > 0 and value > 0 else 0.0


def _hours(value: float) -> str:
    """Return hours a week in words.

    >>> [_hours(value) for value in (0.0, 0.01, 2.44, 123.4, float("inf"))]
    ['0 h a week', 'under 0.1 h a week', '2.4 h a week', '123 h a week', 'hours without end']
    """
    if math.isnan(value):
        return "hours not known"
    if math.isinf(value):
        return "hours without end"
    if value >= _WHOLE_FROM or value <= 0:
        return f"{value:,.0f} h a week"
    return f"{value:.1f} h a week" if value >= _LEAST_HOURS else "under 0.1 h a week"


def _lines(first: str, second: str) -> str:
    """Return what appears under the mouse: what is already harmless, and a text that is made so."""
    return f"{first}<br>{escaped(second)}" if second else first
