"""Numbers as pictures: bars, parts of a whole, before and after, ranges, what happens when."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from orgmodel.charts.style import BETTER_COLOUR, CHOSEN_COLOUR, TODAY_COLOUR, WORSE_COLOUR
from orgmodel.reports.drawings import elements
from orgmodel.reports.drawings.drawing import Bars, Dots, Plan, Shares, Spans
from orgmodel.reports.drawings.elements import INK, PAPER, Point, mixed
from orgmodel.reports.drawings.letters import width_of
from orgmodel.reports.drawings.number_axis import (
    NOT_DEFINED,
    Axis,
    axis_of,
    drawn_axis,
    finite,
    value_text,
)

# Colours of series: grey and blue for today and afterwards, else apart for all eyes; numbers stand beside.
_ONE: Final = (CHOSEN_COLOUR,)
_TWO: Final = (TODAY_COLOUR, CHOSEN_COLOUR)
_MORE: Final = (CHOSEN_COLOUR, WORSE_COLOUR, "#1E9483", "#A0305E", "#8C8C8C", "#B8860B")
#: The parts of a whole, the first the darkest.
_PARTS: Final = (CHOSEN_COLOUR, "#7FB2E5", "#C4DDF3", "#E9EDF1")
_BAR: Final = 17.0
_ROW: Final = 30.0
_SAME: Final = 1e-9


def series_colours(count: int) -> tuple[str, ...]:
    """Return the colours of so many series."""
    few = _ONE if count == 1 else _TWO
    return few if count <= len(_TWO) else tuple(_MORE[at % len(_MORE)] for at in range(count))


def part_colours(count: int) -> tuple[str, ...]:
    """Return the colours of so many parts of a whole, from the darkest to the palest."""
    return tuple(_PARTS[min(at, len(_PARTS) - 1)] for at in range(count))


def text_colour(ground: str) -> str:
    """Return white or black, whichever is read better on a ground: a contrast of 4.5 at least (WCAG 2).

    >>> text_colour("#FFF4DF"), text_colour("#662700")
    ('#000000', '#FFFFFF')
    """
    red, green, blue = ((int(ground[at : at + 2], 16) / 255) ** 2.2 for at in (1, 3, 5))
    luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return PAPER if 1.05 / (luminance + 0.05) > (luminance + 0.05) / 0.05 else "#000000"


def _legend(names: Sequence[str], colours: Sequence[str], width: float) -> tuple[str, float]:
    if len(names) < 2:  # noqa: PLR2004  # what there is one of needs no key
        return "", 8.0
    items = [(elements.square(colour), name) for name, colour in zip(names, colours, strict=True)]
    return elements.legend(items, 8, 6, width - 8)


def bars_svg(bars: Bars, width: float) -> str:
    """Return bars, with their values at their ends."""
    names = list(bars.series)
    colours = series_colours(len(names))
    thick = _BAR if len(names) < 3 else 13.0  # noqa: PLR2004  # more bars, thinner ones
    head, top = _legend(names, colours, width)
    values = finite(value for series in bars.series.values() for value in series)
    reach = [
        value + sign * error
        for name, series in bars.series.items()
        for value, error in zip(finite(series), bars.errors.get(name, ()), strict=False)
        for sign in (-1, 1)
        if math.isfinite(error)
    ]
    span = (min([0.0, *values, *reach]), max([0.0, *values, *reach]))
    labels = {
        name: bars.texts.get(name) or tuple(value_text(value, percent=bars.percent) for value in series)
        for name, series in bars.series.items()
    }
    room = {
        sign: max(
            (
                min(width_of(label, 11), 0.3 * width) + 8
                for name, series in bars.series.items()
                for value, label in zip(series, labels[name], strict=True)
                if (sign < 0) == (math.isfinite(value) and value < 0)
            ),
            default=0.0,
        )
        for sign in (-1, 1)
    }
    row = thick * len(names) + 12
    axis = axis_of(bars.categories, span, width, top=top, row=row, room_left=room[-1], room_right=room[1])
    unit = ", ".join(filter(None, (bars.unit, bars.direction)))
    grid, bottom = drawn_axis(axis, unit, percent=bars.percent, room_left=room[-1])
    parts = [head, grid]
    for at, (name, colour) in enumerate(zip(names, colours, strict=True)):
        errors = bars.errors.get(name, ())
        for place, value in enumerate(bars.series[name]):
            y = axis.top + place * row + 6 + at * thick
            label, error = labels[name][place], errors[place] if errors else math.nan
            parts += _bar(axis, value, error, y, thick - 3, colour)
            beyond = math.copysign(error, value) if math.isfinite(error) else 0.0
            end = axis.x(value + beyond if math.isfinite(value) else 0.0)
            side = "end" if value < 0 else "start"
            parts.append(
                elements.text(
                    end + (-5 if value < 0 else 5),
                    y + thick / 2 + 2.5,
                    label,
                    size=11,
                    anchor=side,
                    room=max(room[-1 if value < 0 else 1], 40),
                    colour=elements.GREY if label == NOT_DEFINED else "",
                )
            )
    return elements.picture(parts, width, bottom, f"Bars: {unit}")


def _bar(axis: Axis, value: float, error: float, y: float, thick: float, colour: str) -> list[str]:
    if not math.isfinite(value):
        return []
    start, end = sorted((axis.x(0), axis.x(value)))
    parts = [elements.rectangle(start, y, max(end - start, 1), thick, colour)]
    if math.isfinite(error) and error > 0:
        low, high, middle = axis.x(value - error), axis.x(value + error), y + thick / 2
        parts.append(elements.line([(low, middle), (high, middle)], INK, width=1.5))
        parts += [elements.line([(x, middle - 4), (x, middle + 4)], INK, width=1.5) for x in (low, high)]
    return parts


def shares_svg(shares: Shares, width: float) -> str:
    """Return stacked bars of parts, from 0 to 100 %, with the parts written where there is room."""
    names = list(shares.series)
    colours = part_colours(len(names))
    head, top = _legend(names, colours, width)
    axis = axis_of(shares.categories, (0.0, 1.0), width, top=top, row=_ROW)
    grid, bottom = drawn_axis(axis, shares.unit, percent=True)
    parts = [head, grid]
    for row in range(len(shares.categories)):
        start = 0.0
        for name, colour in zip(names, colours, strict=True):
            value = shares.series[name][row]
            if not math.isfinite(value) or value <= 0:
                continue
            left, right = axis.x(start), axis.x(start + value)
            start += value
            y = axis.middle(row) - 10
            parts.append(elements.rectangle(left, y, right - left, 20, colour, edge=elements.EDGE))
            given = shares.texts.get(name)
            short = value_text(value, percent=True)
            fits = (
                words
                for words in ((given[row] if given else short), short)
                if width_of(words, 11) + 6 <= right - left
            )
            if words := next(fits, ""):
                ink = text_colour(colour)
                middle = (left + right) / 2
                parts.append(elements.text(middle, y + 14, words, size=11, anchor="middle", colour=ink))
    return elements.picture(parts, width, bottom, f"Parts: {shares.unit}")


def dots_svg(dots: Dots, width: float) -> str:
    """Return before and after as a ring, an arrow and a dot, and in words what became better."""
    values = finite((*dots.before, *dots.after))
    low, high = dots.limits or (min([0.0, *values]), max(values, default=1.0))
    judged = [_judged(dots, row) for row in range(len(dots.categories))]
    texts = [
        f"{words}{', ' if words and word else ''}{word}"
        for words, word in zip(_between(dots), judged, strict=True)
    ]
    room = min(max((width_of(words, 11) for words in texts), default=0.0), 0.36 * width) + 14
    keys = [
        (elements.circle(7, 7, 5, PAPER, TODAY_COLOUR), dots.names[0]),
        (elements.circle(7, 7, 5, CHOSEN_COLOUR, CHOSEN_COLOUR), dots.names[1]),
    ]
    head, top = elements.legend(keys, 8, 6, width - 8)
    axis = axis_of(dots.categories, (low, high), width, top=top, row=_ROW, room_right=room)
    good = {True: "lower is better", False: "higher is better", None: ""}[dots.lower_is_better]
    unit = dots.unit if "best" in dots.unit or not good else f"{dots.unit}, {good}"
    grid, bottom = drawn_axis(axis, unit)
    parts = [head, grid]
    for row, (before, after) in enumerate(zip(dots.before, dots.after, strict=True)):
        y = axis.middle(row)
        colour = {"better": BETTER_COLOUR, "worse": WORSE_COLOUR}.get(judged[row], elements.GREY)
        if math.isfinite(before) and math.isfinite(after):
            parts += _arrow((axis.x(before), y), (axis.x(after), y), colour)
        if math.isfinite(after):
            parts.append(elements.circle(axis.x(after), y, 5, colour, colour))
        if math.isfinite(before):
            near = math.isfinite(after) and abs(axis.x(before) - axis.x(after)) < 4  # noqa: PLR2004  # pixels
            fill = "none" if near else PAPER
            parts.append(elements.circle(axis.x(before), y, 8 if near else 5, fill, TODAY_COLOUR))
        parts.append(elements.text(axis.right + 14, y + 4, texts[row], size=11, room=room))
    return elements.picture(parts, width, bottom, f"{dots.names[0]} and {dots.names[1]}: {dots.unit}")


def _between(dots: Dots) -> Sequence[str]:
    if dots.texts:
        return dots.texts
    pairs = zip(dots.before, dots.after, strict=True)
    return [f"{value_text(before)} → {value_text(after)}" for before, after in pairs]


def _judged(dots: Dots, row: int) -> str:
    change = dots.after[row] - dots.before[row]
    if not math.isfinite(change) or dots.lower_is_better is None:
        return ""
    if abs(change) <= _SAME:
        return "the same"
    return "better" if (change < 0) is dots.lower_is_better else "worse"


def _arrow(start: Point, end: Point, colour: str) -> list[str]:
    """Return a line to just before a dot, with a head where there is room for one."""
    sign = 1 if end[0] >= start[0] else -1
    tip, y = end[0] - sign * 6, end[1]
    parts = [elements.line([start, (tip, y)], colour, width=2)]
    if abs(end[0] - start[0]) > 18:  # noqa: PLR2004  # pixels
        parts.append(elements.polygon([(tip, y), (tip - sign * 7, y - 4), (tip - sign * 7, y + 4)], colour))
    return parts


def spans_svg(spans: Spans, width: float) -> str:
    """Return ranges as bars with a point in each."""
    names = list(spans.series)
    colours = series_colours(len(names))
    values = finite(value for series in spans.series.values() for span in series for value in span)
    limits = spans.limits or (min([0.0, *values]), max(values, default=1.0))
    head, top = _legend(names, colours, width)
    row = max(_ROW, 18.0 * len(names) + 10)
    room = max(
        (
            width_of(_span_text(span, percent=spans.percent), 11)
            for one in spans.series.values()
            for span in one
        ),
        default=0.0,
    )
    axis = axis_of(spans.categories, limits, width, top=top, row=row, room_right=room + 12)
    unit = ", ".join(filter(None, (spans.unit, spans.direction)))
    grid, bottom = drawn_axis(axis, unit, percent=spans.percent)
    parts = [head, grid]
    for at, (name, colour) in enumerate(zip(names, colours, strict=True)):
        for place, span in enumerate(spans.series[name]):
            y = axis.middle(place) + 18 * (at - (len(names) - 1) / 2)
            low, middle, high = span
            if math.isfinite(low) and math.isfinite(high):
                left, right = axis.x(low), axis.x(high)
                parts.append(
                    elements.rectangle(left, y - 4, max(right - left, 1), 8, mixed(colour, 0.4), edge=colour)
                )
            if math.isfinite(middle):
                parts.append(elements.circle(axis.x(middle), y, 4, colour, colour))
            words = _span_text(span, percent=spans.percent)
            parts.append(elements.text(axis.right + 12, y + 4, words, size=11))
    return elements.picture(parts, width, bottom, f"Ranges: {unit}")


def _span_text(span: tuple[float, float, float], *, percent: bool) -> str:
    low, middle, high = (value_text(value, percent=percent) for value in span)
    if NOT_DEFINED in (low, high):
        return middle
    return f"{middle} ({low} to {high})" if low != high else middle


def plan_svg(plan: Plan, width: float) -> str:
    """Return phases as bars over time; what is shared is hatched, a move is a diamond."""
    keys: list[tuple[str, str]] = []
    if any(phase.shared for phase in plan.phases):
        keys.append((elements.square(mixed(CHOSEN_COLOUR, 0.25)) + _hatch(0, 1, 13, 13), "Overlap of two"))
    if plan.moves:
        keys.append((_diamond(7, 7), "Move"))
    head, top = elements.legend(keys, 8, 6, width - 8)
    end = max((phase.end for phase in plan.phases), default=1.0)
    start = min((phase.start for phase in plan.phases), default=0.0)
    axis = axis_of(plan.rows, (start, end), width, top=top + (8 if plan.moves else 0), row=_ROW)
    grid, bottom = drawn_axis(axis, plan.unit)
    parts = [head, grid]
    for phase in plan.phases:
        left, right, y = axis.x(phase.start), axis.x(phase.end), axis.middle(phase.row) - 10
        fill = mixed(CHOSEN_COLOUR, 0.25) if phase.shared else CHOSEN_COLOUR
        parts.append(elements.rectangle(left, y, right - left, 20, fill, edge=CHOSEN_COLOUR))
        if phase.shared:
            parts.append(_hatch(left, y, right - left, 20))
        elif right - left > 24:  # noqa: PLR2004  # pixels
            ink = text_colour(fill)
            parts.append(
                elements.text(left + 5, y + 14, phase.text, size=11, colour=ink, room=right - left - 8)
            )
    parts += [_diamond(axis.x(move), axis.top - 5) for move in plan.moves]
    return elements.picture(parts, width, bottom, f"What happens when, by {plan.unit}")


def _hatch(left: float, top: float, width: float, height: float) -> str:
    """Return slanting lines within a rectangle."""
    starts = [left + 6 * at for at in range(int(max(width - height, 0) // 6) + 1)]
    wide = min(width, height)
    return "".join(
        elements.line([(x, top + height), (x + wide, top + height - wide)], CHOSEN_COLOUR) for x in starts
    )


def _diamond(x: float, y: float) -> str:
    return elements.polygon([(x, y - 5), (x + 5, y), (x, y + 5), (x - 5, y)], INK)
