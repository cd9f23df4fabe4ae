"""A table whose cells are coloured by their value, and say it."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Final

from orgmodel.charts.alternatives import SCORE_SCALE
from orgmodel.charts.style import UNIT_COLOUR
from orgmodel.reports.drawings import elements
from orgmodel.reports.drawings.drawing import Heat
from orgmodel.reports.drawings.letters import escaped, printable, width_of, wrapped
from orgmodel.reports.drawings.number_axis import value_text
from orgmodel.reports.drawings.number_charts import text_colour

_UNKNOWN: Final = "#D5D9DE"
_LINE: Final = 13.0
_HEAD_LINES: Final = 4
_NARROWEST: Final = 58.0
_NAME_PART: Final = 0.32


def heat_colour(value: float, limits: tuple[float, float]) -> str:
    """Return the colour of a value between two limits, grey for one that is not defined.

    >>> heat_colour(0, (0, 100)), heat_colour(100, (0, 100)), heat_colour(math.nan, (0, 100))
    ('#FFF4DF', '#662700', '#D5D9DE')
    """
    if not math.isfinite(value):
        return _UNKNOWN
    low, high = limits
    part = min(1.0, max(0.0, (value - low) / (high - low) if high > low else 0.0))
    for (start, first), (end, second) in pairwise(SCORE_SCALE):
        if part <= end:
            along = (part - start) / (end - start)
            return _blend(first, second, along)
    return SCORE_SCALE[-1][1]


def _blend(first: str, second: str, part: float) -> str:
    pairs = ((int(first[at : at + 2], 16), int(second[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(a + (b - a) * part):02X}" for a, b in pairs)


def heat_svg(heat: Heat, width: float) -> str:
    """Return the table; wider than asked where its columns need it."""
    widest = max((width_of(printable(row), 12) for row in heat.rows), default=0.0)
    left = 16 + min(widest, _NAME_PART * width)
    cell = max(_NARROWEST, (width - left - 8) / max(1, len(heat.columns)))
    width = max(width, left + cell * len(heat.columns) + 8)
    heads = [wrapped(name, cell - 6, 10.5, _HEAD_LINES) for name in heat.columns]
    top = 8 + _LINE * max((len(lines) for lines in heads), default=0) + 4
    cells = [
        [
            wrapped(heat.texts[row][column] if heat.texts else value_text(value), cell - 6, 11, 3)
            for column, value in enumerate(values)
        ]
        for row, values in enumerate(heat.values)
    ]
    tallest = max((len(lines) for row in cells for lines in row), default=1)
    high = max(30.0, _LINE * tallest + 10)
    parts: list[str] = []
    for column, lines in enumerate(heads):
        x, start = left + (column + 0.5) * cell, top - 8 - _LINE * (len(lines) - 1)
        words = "".join(
            elements.text(x, start + _LINE * at, line, size=10.5, anchor="middle", colour=elements.GREY)
            for at, line in enumerate(lines)
        )
        parts.append(f"<g><title>{escaped(heat.columns[column])}</title>{words}</g>")
    for row, name in enumerate(heat.rows):
        y = top + row * high
        names = wrapped(name, left - 16, 12, 2)
        inner = "".join(
            elements.text(8, y + high / 2 + 4 + 14 * (at - (len(names) - 1) / 2), line)
            for at, line in enumerate(names)
        )
        parts.append(f"<g><title>{escaped(name)}</title>{inner}</g>")
        for column, lines in enumerate(cells[row]):
            fill = heat_colour(heat.values[row][column], heat.limits)
            x, ink = left + column * cell, text_colour(fill)
            parts.append(elements.rectangle(x, y, cell, high, fill, edge=elements.PAPER))
            first = y + high / 2 + 4 - _LINE / 2 * (len(lines) - 1)
            parts += [
                elements.text(x + cell / 2, first + _LINE * at, line, size=11, anchor="middle", colour=ink)
                for at, line in enumerate(lines)
            ]
    for row in heat.framed:
        corners = [(2.0, top + row * high + 1), (width - 2, top + row * high + 1)]
        corners += [(width - 2, top + (row + 1) * high - 1), (2.0, top + (row + 1) * high - 1), corners[0]]
        parts.append(elements.line(corners, UNIT_COLOUR, width=2.5))
    bottom = top + high * len(heat.rows) + 8
    scale = [elements.square(heat_colour(low, (0, 4))) for low in range(5)]
    strip = "".join(f'<g transform="translate({14 * at} 0)">{key}</g>' for at, key in enumerate(scale))
    parts.append(f'<g transform="translate({elements.number(left)} {elements.number(bottom)})">{strip}</g>')
    said = f"{value_text(heat.limits[0])} to {value_text(heat.limits[1])}; {heat.unit}"
    parts.append(
        elements.text(left + 78, bottom + 12, said, size=11, colour=elements.GREY, room=width - left - 86)
    )
    if heat.framed:
        frame = elements.line([(1, 2), (13, 2), (13, 13), (1, 13), (1, 2)], UNIT_COLOUR, width=2.5)
        key, _ = elements.legend([(frame, heat.framed_as)], 8, bottom, left)
        parts.append(key)
    return elements.picture(parts, width, bottom + 24, f"Table of colours: {heat.unit}")
