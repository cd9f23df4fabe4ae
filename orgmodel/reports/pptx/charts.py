"""Numbers as charts of the office program: bars that can be restyled, numbers that can be edited."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from pptx.chart.chart import Chart
from pptx.chart.series import BarSeries
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_TICK_LABEL_POSITION,
    XL_TICK_MARK,
)
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.slide import Slide
from pptx.util import Pt

from orgmodel.reports.drawings import Bars, Dots, Shares, Spans
from orgmodel.reports.drawings.number_charts import part_colours, series_colours, text_colour
from orgmodel.reports.pptx import measuring
from orgmodel.reports.pptx.master import BORDER, INK, QUIET, SMALL, Area
from orgmodel.reports.pptx.slides import describe, on_one_line, rgb, text_box
from orgmodel.reports.pptx.workbooks import ChartValues

_HEAD: Final = 24.0
_LEGEND: Final = 22.0
_WIDEST_NAME: Final = 330.0
_WIDEST_TEXT: Final = 220.0
_SIZES: Final = (16, 14, SMALL)
_LONGEST_UNIT: Final = 10
_PALE: Final = "9CC3E8"
_LEAST_LABELLED: Final = 0.07


@dataclass(frozen=True)
class NumberChart:
    """Bars as an office program draws them, one row a category.

    ``whiskers`` holds for a series how far its line goes down and up from the value; ``stacked`` bars are
    parts of a whole.
    """

    categories: tuple[str, ...]
    series: Mapping[str, tuple[float, ...]]
    unit: str
    texts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    whiskers: Mapping[str, tuple[tuple[float, float], ...]] = field(default_factory=dict)
    percent: bool = False
    stacked: bool = False
    limits: tuple[float, float] | None = None

    def rows(self, first: int, last: int) -> NumberChart:
        """Return only some of its rows."""

        def part(values: Mapping[str, tuple[Any, ...]]) -> dict[str, tuple[Any, ...]]:
            return {name: each[first:last] for name, each in values.items()}

        return NumberChart(
            self.categories[first:last],
            part(self.series),
            self.unit,
            part(self.texts),
            part(self.whiskers),
            self.percent,
            self.stacked,
            self.limits or self.ends,
        )

    @property
    def ends(self) -> tuple[float, float]:
        """Both ends of its axis: zero, and whatever is beyond, so that slides of one picture compare."""
        values = [0.0]
        if self.stacked:
            values.append(1.0)
        for name, each in self.series.items():
            arms = self.whiskers.get(name) or ((0.0, 0.0),) * len(each)
            for value, (down, up) in zip(each, arms, strict=True):
                values += [end for end in (value, value - down, value + up) if math.isfinite(end)]
        low, high = min(values), max(values)
        return (low, high) if high > low else (low, low + 1.0)

    @property
    def bars(self) -> int:
        """Bars of a row."""
        return 1 if self.stacked else max(1, len(self.series))

    def fitting(self, area: Area) -> int:
        """Return how many rows a slide has room for."""
        return max(1, int((area.height - _HEAD - _LEGEND) / self.row_height(SMALL)))

    def row_height(self, size: float) -> float:
        """Return how high a row is whose numbers are of this size."""
        return self.bars * size * 1.25 + 9


def number_chart(drawing: Bars | Shares | Dots | Spans) -> NumberChart:
    """Return a picture of numbers as bars: before and after as two, a range as a bar with a line across.

    >>> number_chart(Dots(("Steps",), (3.0,), (1.0,), "steps")).series
    {'Today': (3.0,), 'Afterwards': (1.0,)}
    """
    if isinstance(drawing, Bars):
        arms = {name: tuple((half, half) for half in each) for name, each in drawing.errors.items()}
        unit = _with_direction(drawing.unit, drawing.direction)
        return NumberChart(drawing.categories, drawing.series, unit, drawing.texts, arms, drawing.percent)
    if isinstance(drawing, Shares):
        return NumberChart(
            drawing.categories, drawing.series, drawing.unit, drawing.texts, percent=True, stacked=True
        )
    if isinstance(drawing, Dots):
        before, after = drawing.names
        after = after if after != before else f"{after} (2)"
        series = {before: drawing.before, after: drawing.after}
        texts = {after: drawing.texts} if drawing.texts else {}
        return NumberChart(drawing.categories, series, drawing.unit, texts, limits=drawing.limits)
    unit = _with_direction(drawing.unit, drawing.direction)
    series = {name: tuple(middle for _, middle, _ in each) for name, each in drawing.series.items()}
    arms = {
        name: tuple((middle - low, high - middle) for low, middle, high in each)
        for name, each in drawing.series.items()
    }
    return NumberChart(drawing.categories, series, unit, {}, arms, drawing.percent, limits=drawing.limits)


def _with_direction(unit: str, direction: str) -> str:
    return f"{unit} ({direction})" if direction else unit


def add_chart(slide: Slide, area: Area, drawn: NumberChart, name: str, alt: str, made: datetime) -> None:
    """Draw a chart below a line that says what it counts."""
    unit = on_one_line(drawn.unit)
    text_box(slide, area._replace(height=18), measuring.cut(_upper(unit), area.width, 14), 14, colour=QUIET)
    room = (area.height - _HEAD - _LEGEND) / max(1, len(drawn.categories))
    size = next((size for size in _SIZES if drawn.row_height(size) <= room), SMALL)
    high = len(drawn.categories) * min(room, 2.2 * drawn.row_height(size)) + _LEGEND
    place = Area(area.left, area.top + _HEAD, area.width, high)
    categories = [measuring.cut(on_one_line(text) or "–", _WIDEST_NAME, size) for text in drawn.categories]
    series = _shown(list(drawn.series))
    whiskers: dict[str, list[float | None]] = {}
    for shown, key in series.items():
        if key in drawn.whiskers:
            whiskers[f"{shown}: down"] = [_finite(down) for down, _ in drawn.whiskers[key]]
            whiskers[f"{shown}: up"] = [_finite(up) for _, up in drawn.whiskers[key]]
    values = ChartValues(
        categories,
        {shown: [_finite(value) for value in drawn.series[key]] for shown, key in series.items()},
        _number_format(drawn),
        unit,
        whiskers,
        made,
    )
    kind = XL_CHART_TYPE.BAR_STACKED if drawn.stacked else XL_CHART_TYPE.BAR_CLUSTERED
    frame = slide.shapes.add_chart(kind, *(Pt(length) for length in place), values)
    describe(frame, name, alt)
    chart = frame.chart
    _style(chart, drawn, place, categories, size)
    colours = part_colours(len(series)) if drawn.stacked else series_colours(len(series))
    for bar, key, colour in zip(chart.plots[0].series, series.values(), colours, strict=True):
        ranged = key in drawn.whiskers
        ground = f"#{_PALE}" if ranged and len(series) == 1 else colour
        bar.format.fill.solid()
        bar.format.fill.fore_color.rgb = rgb(ground.lstrip("#"))
        bar.invert_if_negative = False
        _label(bar, drawn, key, ground, size)
    for at, key in enumerate(drawn.whiskers):
        _whisker(chart, list(series.values()).index(key), values, 2 * at)


def _style(chart: Chart, drawn: NumberChart, place: Area, categories: Sequence[str], size: float) -> None:
    """Leave the bars, their names and their numbers; an axis of numbers only where whiskers need one."""
    chart.font.size, chart.font.color.rgb = Pt(size), rgb(INK)
    chart.has_title = False
    several = len(drawn.series) > 1
    chart.has_legend = several
    if several:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
        chart.legend.font.size = Pt(size)
    rows, numbers = chart.category_axis, chart.value_axis
    rows.reverse_order = True
    rows.major_tick_mark = XL_TICK_MARK.NONE
    rows.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    rows.format.line.color.rgb = rgb(BORDER)
    numbers.visible = numbers.has_major_gridlines = bool(drawn.whiskers)
    if drawn.whiskers:
        numbers.tick_label_position = XL_TICK_LABEL_POSITION.HIGH  # below, as the first row is above
        numbers.major_gridlines.format.line.color.rgb = rgb(BORDER)
        numbers.format.line.fill.background()
        labels = numbers.tick_labels
        labels.number_format, labels.number_format_is_linked = _number_format(drawn), False
    numbers.minimum_scale, numbers.maximum_scale = drawn.limits or drawn.ends
    plot = chart.plots[0]
    plot.gap_width = 40
    if not drawn.stacked:
        plot.overlap = -5
    left = max(measuring.width(name, size) for name in categories) + 14
    texts = [text for each in drawn.texts.values() for text in each]
    right = max([50.0, *(min(_WIDEST_TEXT, measuring.width(on_one_line(text), size)) + 14 for text in texts)])
    right = 8.0 if drawn.stacked and not texts else right
    top = _LEGEND if several else 0.0
    _inner_plot(
        chart,
        left / place.width,
        top / place.height,
        (place.width - left - right) / place.width,
        (place.height - top - (_LEGEND + 6 if drawn.whiskers else 0)) / place.height,
    )


def _inner_plot(chart: Chart, *place: float) -> None:
    """Say where the bars are drawn, in parts of the chart; the names stand at their left."""
    area = chart._chartSpace.chart.plotArea  # noqa: SLF001  # the library has no layouts
    for old in area.findall(qn("c:layout")):
        area.remove(old)
    inner = "".join(f'<c:{name} val="{round(part, 4)}"/>' for name, part in zip("xywh", place, strict=True))
    area.insert(
        0,
        parse_xml(
            f'<c:layout {nsdecls("c")}><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/>'
            f'<c:yMode val="edge"/>{inner}</c:manualLayout></c:layout>'
        ),
    )


def _label(bar: BarSeries, drawn: NumberChart, key: str, ground: str, size: float) -> None:
    """Write the numbers at the bars, or the texts that stand there instead."""
    if key in drawn.whiskers:
        return
    labels = bar.data_labels
    labels.show_value = True
    labels.number_format, labels.number_format_is_linked = _number_format(drawn), False
    labels.font.size = Pt(size)
    where = XL_LABEL_POSITION.OUTSIDE_END
    if drawn.stacked:
        where = XL_LABEL_POSITION.CENTER
        labels.font.color.rgb = rgb(text_colour(ground).lstrip("#"))
        labels.number_format = f'[>={_LEAST_LABELLED}]0%;""'
    labels.position = where
    for at, text in enumerate(drawn.texts.get(key, ())):
        label = bar.points[at].data_label
        run = label.text_frame.paragraphs[0].add_run()
        run.text = measuring.cut(on_one_line(text), _WIDEST_TEXT, size)
        run.font.size = Pt(size)
        label.position = where


def _whisker(chart: Chart, series: int, values: ChartValues, first: int) -> None:
    """Draw lines down and up from the ends of the bars, as long as the sheet says."""
    parts = []
    arms = list(values.whiskers.values())
    for name, at in (("plus", first + 1), ("minus", first)):
        points = "".join(
            f'<c:pt idx="{row}"><c:v>{length}</c:v></c:pt>'
            for row, length in enumerate(arms[at])
            if length is not None
        )
        parts.append(
            f"<c:{name}><c:numRef><c:f>{values.whisker_ref(at)}</c:f><c:numCache><c:formatCode>General"
            f'</c:formatCode><c:ptCount val="{len(arms[at])}"/>{points}</c:numCache></c:numRef></c:{name}>'
        )
    element = chart.plots[0].series[series]._element  # noqa: SLF001  # the library has no whiskers
    element.find(qn("c:cat")).addprevious(
        parse_xml(
            f'<c:errBars {nsdecls("c", "a")}><c:errBarType val="both"/><c:errValType val="cust"/>'
            f'<c:noEndCap val="0"/>{"".join(parts)}<c:spPr><a:ln w="19050"><a:solidFill>'
            f'<a:srgbClr val="{INK}"/></a:solidFill></a:ln></c:spPr></c:errBars>'
        )
    )


def _number_format(drawn: NumberChart) -> str:
    """Return how numbers are written: three digits that count, and the unit where it is short."""
    if drawn.percent:
        return "0%"
    most = max(
        (abs(value) for each in drawn.series.values() for value in each if math.isfinite(value)), default=0
    )
    digits = "#,##0" if most >= 100 else "0.0" if most >= 10 else "0.00"  # noqa: PLR2004  # three digits
    unit = "".join(sign for sign in on_one_line(drawn.unit) if sign not in '"&<>\\')
    return f'{digits}" {unit}"' if unit and len(unit) <= _LONGEST_UNIT else digits


def _finite(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None


def _shown(names: Sequence[str]) -> dict[str, str]:
    """Return the names of series as they are shown, all different, with what they are called."""
    shown: dict[str, str] = {}
    for name in names:
        cut = measuring.cut(on_one_line(name) or "–", _WIDEST_TEXT, SMALL)
        shown[cut if cut not in shown else f"{cut} ({len(shown) + 1})"] = name
    return shown


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
