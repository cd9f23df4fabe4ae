"""Tables on slides: real ones, to be edited, cut over several slides with their header on each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.slide import Slide
from pptx.table import _Cell
from pptx.util import Pt

from orgmodel.reports.content import Number, Table
from orgmodel.reports.pptx import measuring
from orgmodel.reports.pptx.master import BODY, BORDER, INK, PRIMARY, SMALL, Area
from orgmodel.reports.pptx.slides import Deck, caption, describe, on_one_line, rgb, write

#: Most lines a cell has; the rest of its text stands in the notes.
MOST_LINES: Final = 6
#: Narrowest column a text can be read in; a table of more columns is cut over slides.
NARROWEST: Final = 76.0

_SIZES: Final = (16, 14, SMALL)
_SIDE, _ABOVE = 6.0, 3.0
_MARKED: Final = "DCE9F5"
# A table without a style of its own.
_PLAIN_STYLE: Final = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"


class Cell(NamedTuple):
    """A cell as it is drawn."""

    text: str
    bold: bool = False
    colour: str = INK
    ground: str = ""
    align: PP_ALIGN = PP_ALIGN.LEFT


class Grid(NamedTuple):
    """A table as it is drawn: the header and the rows of a slide, and the width of every column."""

    header: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[float, ...]
    size: float


def add_table(deck: Deck, heading: str, table: Table) -> None:
    """Add the slides of a table."""
    numbers = [
        bool(table.rows) and all(isinstance(row[at], Number) for row in table.rows if at < len(row))
        for at in range(len(table.header))
    ]
    sides = [PP_ALIGN.RIGHT if number else PP_ALIGN.LEFT for number in numbers]
    header = tuple(
        Cell(on_one_line(text), bold=True, colour=PRIMARY, align=side)
        for text, side in zip(table.header, sides, strict=True)
    )
    rows = [
        tuple(
            Cell(
                on_one_line(str(text)),
                bold=row in table.marked and at == 0,
                ground=_MARKED if row in table.marked else "",
                align=sides[at],
            )
            for at, text in enumerate(cells[: len(header)])
        )
        for row, cells in enumerate(table.rows)
    ]
    for columns in column_groups(len(header)):
        shares = [table.widths[at] for at in columns] if len(table.widths) == len(header) else []
        add_grid(
            deck,
            heading,
            table.title,
            tuple(header[at] for at in columns),
            [tuple(row[at] for at in columns) for row in rows],
            shares,
            note=table.note,
        )


def add_grid(  # noqa: PLR0913  # what a table is made of
    deck: Deck,
    heading: str,
    title: str,
    header: tuple[Cell, ...],
    rows: Sequence[tuple[Cell, ...]],
    shares: Sequence[float] = (),
    *,
    note: str = "",
    alt: str = "",
) -> None:
    """Add slides with a table as large as fits on one slide, or with small print on several."""
    below = measuring.height(on_one_line(note), BODY.width, SMALL) + 6 if note else 0.0
    room = BODY.height - min(below, 2 * SMALL * measuring.LINE + 6)
    tried = (
        list(_pages(Grid(header, tuple(rows), _widths(header, rows, shares, size), size), room))
        for size in _SIZES
    )
    pages: list[Grid] = []
    for pages in tried:
        if len(pages) == 1:
            break
    for part in (0.55, 0.65, 0.75, 0.85, 0.95):  # alike, rather than a last slide with one row
        if len(alike := list(_pages(pages[0]._replace(rows=tuple(rows)), part * room))) == len(pages):
            pages = alike
            break
    for number, page in enumerate(pages, 1):
        several = f" ({number} of {len(pages)})" if len(pages) > 1 else ""
        grid, missing = _shortened(page)
        slide = deck.add(f"{on_one_line(title)}{several}", heading, notes="\n".join([*missing, alt]).strip())
        caption(slide, note, BODY.bottom, BODY.width)
        draw(slide, BODY.left, BODY.top, grid, title, alt or f"Table: {title}")


def draw(slide: Slide, left: float, top: float, grid: Grid, name: str, alt: str) -> float:
    """Draw a table; return where it ends."""
    heights = [_row_height(row, grid.widths, grid.size) for row in (grid.header, *grid.rows)]
    area = Area(left, top, sum(grid.widths), sum(heights))
    frame = slide.shapes.add_table(len(heights), len(grid.widths), *(Pt(length) for length in area))
    describe(frame, name, alt)
    table = frame.table
    style = table._tbl.tblPr  # noqa: SLF001  # the library has no styles
    style.find(qn("a:tableStyleId")).text = _PLAIN_STYLE
    style.attrib.pop("bandRow", None)
    for column, wide in zip(table.columns, grid.widths, strict=True):
        column.width = Pt(wide)
    for row, high in zip(table.rows, heights, strict=True):
        row.height = Pt(high)
    for at, row in enumerate((grid.header, *grid.rows)):
        for column, cell in enumerate(row):
            _write_cell(table.cell(at, column), cell, grid.size, head=at == 0)
    return area.bottom


def _write_cell(drawn: _Cell, cell: Cell, size: float, *, head: bool) -> None:
    drawn.margin_left = drawn.margin_right = Pt(_SIDE)
    drawn.margin_top = drawn.margin_bottom = Pt(_ABOVE)
    drawn.vertical_anchor = MSO_ANCHOR.BOTTOM if head else MSO_ANCHOR.TOP
    write(drawn.text_frame, cell.text, size, bold=cell.bold, colour=cell.colour)
    drawn.text_frame.paragraphs[0].alignment = cell.align
    properties = drawn._tc.get_or_add_tcPr()  # noqa: SLF001  # the library has no borders
    colour, thick = (PRIMARY, 19050) if head else (BORDER, 9525)
    properties.append(
        parse_xml(
            f'<a:lnB {nsdecls("a")} w="{thick}"><a:solidFill>'
            f'<a:srgbClr val="{colour}"/></a:solidFill></a:lnB>'
        )
    )
    if cell.ground:
        drawn.fill.solid()
        drawn.fill.fore_color.rgb = rgb(cell.ground)
    else:
        drawn.fill.background()


def column_groups(columns: int) -> list[list[int]]:
    """Return the columns of each slide; the first, which says what a row is about, stands on all."""
    most = int(BODY.width / NARROWEST)
    if columns <= most:
        return [list(range(columns))]
    starts = [*range(1, columns, most - 1), columns]
    return [[0, *range(begin, end)] for begin, end in pairwise(starts)]


def _widths(
    header: tuple[Cell, ...], rows: Sequence[tuple[Cell, ...]], shares: Sequence[float], size: float
) -> tuple[float, ...]:
    """Return the widths as asked for; else what the texts need, where a long text gives way first.

    No column is narrower than its longest word in the header, as far as all can be served.
    """
    count = len(header)
    least = [
        min(
            BODY.width / count,
            max(
                [NARROWEST / 2, *(measuring.width(word, size, bold=True) for word in cell.text.split())],
            )
            + 2 * _SIDE
            + 1,
        )
        for cell in header
    ]
    if shares:
        total = sum(shares)
        wanted = [BODY.width * share / total for share in shares]
    else:
        wanted = [
            max(
                measuring.width(cell.text[:200], size, bold=cell.bold) + 2 * _SIDE + 1
                for cell in (head, *(row[at] for row in rows[:200] if at < len(row)))
            )
            for at, head in enumerate(header)
        ]
        wanted = _poured(wanted, BODY.width)
    wide = [max(want, low) for want, low in zip(wanted, least, strict=True)]
    spare = sum(wide) - BODY.width
    give = sum(want - low for want, low in zip(wide, least, strict=True))
    if spare > 0 and give > 0:
        wide = [want - spare * (want - low) / give for want, low in zip(wide, least, strict=True)]
    return tuple(round(width, 1) for width in wide)


def _poured(wanted: Sequence[float], room: float) -> list[float]:
    """Return the room for each: what it wants, and alike for those that want more than there is."""
    if sum(wanted) <= room:
        return [want + (room - sum(wanted)) / len(wanted) / 2 for want in wanted]
    level, left, open_ = 0.0, room, len(wanted)
    for want in sorted(wanted):
        level = left / open_
        if want > level:
            break
        left, open_ = left - want, open_ - 1
    return [min(want, level) for want in wanted]


def _lines(cell: Cell, width: float, size: float) -> int:
    return len(measuring.lines(cell.text[:4000], width - 2 * _SIDE, size, bold=cell.bold))


def _row_height(row: tuple[Cell, ...], widths: Sequence[float], size: float) -> float:
    most = max(min(MOST_LINES, _lines(cell, wide, size)) for cell, wide in zip(row, widths, strict=True))
    return most * size * measuring.LINE + 2 * _ABOVE


def _pages(grid: Grid, room: float) -> Iterator[Grid]:
    """Return the rows of each slide under the same header; one row at least."""
    head = _row_height(grid.header, grid.widths, grid.size)
    page: list[tuple[Cell, ...]] = []
    used = head
    for row in grid.rows:
        high = _row_height(row, grid.widths, grid.size)
        if page and used + high > room:
            yield grid._replace(rows=tuple(page))
            page, used = [], head
        page.append(row)
        used += high
    yield grid._replace(rows=tuple(page))


def _shortened(grid: Grid) -> tuple[Grid, list[str]]:
    """Return a page with its cells cut to what is shown, and the texts that were cut."""
    missing: list[str] = []

    def short(cell: Cell, wide: float) -> Cell:
        text = measuring.cut(cell.text, wide - 2 * _SIDE, grid.size, most=MOST_LINES, bold=cell.bold)
        if text != cell.text:
            missing.append(cell.text)
        return cell._replace(text=text)

    header, *rows = (
        tuple(short(cell, wide) for cell, wide in zip(row, grid.widths, strict=True))
        for row in (grid.header, *grid.rows)
    )
    return grid._replace(header=header, rows=tuple(rows)), missing
