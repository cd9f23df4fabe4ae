"""The tables of a report -> a workbook, or CSV files in a zip; no cell of them is run by a spreadsheet."""

from __future__ import annotations

import csv
import io
import math
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, Final

from orgmodel.importing.own_format import escaped_for_excel, neutralised
from orgmodel.reports.content import Cell, Number, Paragraph, Points, Report, Section, Table

_LONGEST_NAME: Final = 31  # of a sheet: Excel's own limit
_NOT_IN_NAMES: Final = re.compile(r"[^\w ,()-]+")
_WIDEST: Final = 60.0
_NARROWEST: Final = 10.0
_WORDS_WIDTH: Final = 110.0
_WORDS: Final = "Report"
_EARLIEST: Final = (1980, 1, 1, 0, 0, 0)  # of a file in a zip: the same report gives the same bytes


def written_tables_xlsx(report: Report) -> bytes:
    """Return a workbook: the report's words on the first sheet, then a sheet for every table.

    Numbers are numbers, with their units as formats; what has none is a text. No cell is a formula.
    """
    import xlsxwriter  # type: ignore[import-untyped]  # noqa: PLC0415  # only who writes one waits for it

    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as workbook:
        made = datetime(report.made.year, report.made.month, report.made.day)  # noqa: DTZ001  # has no zone
        workbook.set_properties({"title": report.title, "created": made})
        styles = _Styles(workbook)
        _write_words(workbook.add_worksheet(_WORDS), report, styles)
        for name, table in _named(report.tables):
            _write_table(workbook.add_worksheet(name), table, styles)
    return file.getvalue()


def written_tables_csv(report: Report) -> bytes:
    """Return a zip with the report's words as text and every table as CSV, numbers as they are read."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        words = "\n".join(text for text, _ in _lines(report))
        _add(packed, f"{_WORDS.lower()}.txt", words)
        for name, table in _named(report.tables):
            rows = [table.header, *table.rows, *([(table.note,)] if table.note else [])]
            text = io.StringIO(newline="")
            cells = ([neutralised(str(cell)) if str(cell) else "" for cell in row] for row in rows)
            csv.writer(text, lineterminator="\r\n").writerows(cells)
            _add(packed, f"{name}.csv", text.getvalue(), mark="\ufeff")
    return file.getvalue()


def _add(packed: zipfile.ZipFile, name: str, text: str, mark: str = "") -> None:
    """Put a text into a zip; the mark tells a spreadsheet that it is UTF-8."""
    entry = zipfile.ZipInfo(name, _EARLIEST)
    entry.compress_type = zipfile.ZIP_DEFLATED
    packed.writestr(entry, (mark + text).encode())


def _named(tables: Iterable[Table]) -> Iterator[tuple[str, Table]]:
    """Yield tables with a number and a name that a sheet and a file can have.

    >>> [name for name, _ in _named([Table("What counts: today/then", ("a",), ())])]
    ['1 What counts today then']
    """
    for number, table in enumerate(tables, 1):
        title = " ".join(_NOT_IN_NAMES.sub(" ", table.title).split())
        yield f"{number} {title or 'Table'}"[:_LONGEST_NAME].strip(), table


def _lines(report: Report) -> Iterator[tuple[str, bool]]:
    """Yield the words of a report line by line, and whether a line is a heading."""
    yield report.title, True
    yield f"{report.subtitle}, {report.day}", False
    for section in report.sections:
        if said := list(_said(section)):
            yield "", False
            yield section.heading, True
            for text in said:
                yield text, False


def _said(section: Section) -> Iterator[str]:
    for block in section.blocks:
        if isinstance(block, Paragraph):
            yield block.text
        elif isinstance(block, Points):
            yield from filter(None, (block.title, *block.texts))


class _Styles:
    """How cells of a workbook look; one format for every unit."""

    def __init__(self, workbook: Any) -> None:  # noqa: ANN401  # xlsxwriter has no types
        self._workbook = workbook
        self._numbers: dict[tuple[str, bool], Any] = {}
        self.bold = workbook.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        self.head = workbook.add_format(
            {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#F3F5F7"}
        )
        self.text = workbook.add_format({"text_wrap": True, "valign": "top"})
        self.marked = workbook.add_format({"text_wrap": True, "valign": "top", "bg_color": "#FFF4D6"})

    def number(self, cell: Number, *, marked: bool) -> Any:  # noqa: ANN401  # xlsxwriter has no types
        """Return the format of a number with its unit behind it."""
        key = (cell.unit, marked)
        if key not in self._numbers:
            unit = cell.unit.replace('"', "")
            wanted = {"num_format": f'#,##0.##" {unit}"' if unit else "#,##0.##", "valign": "top"}
            if marked:
                wanted["bg_color"] = "#FFF4D6"
            self._numbers[key] = self._workbook.add_format(wanted)
        return self._numbers[key]


def _write_words(sheet: Any, report: Report, styles: _Styles) -> None:  # noqa: ANN401  # xlsxwriter has no types
    sheet.set_column(0, 0, _WORDS_WIDTH)
    for row, (text, heading) in enumerate(_lines(report)):
        if text:
            sheet.write_string(row, 0, _for_excel(text), styles.bold if heading else styles.text)


def _write_table(sheet: Any, table: Table, styles: _Styles) -> None:  # noqa: ANN401  # xlsxwriter has no types
    sheet.write_string(0, 0, _for_excel(table.title), styles.bold)
    for column, head in enumerate(table.header):
        sheet.set_column(column, column, _width_of(table, column))
        sheet.write_string(1, column, _for_excel(head), styles.head)
    for row, cells in enumerate(table.rows):
        for column, cell in enumerate(cells):
            _write_cell(sheet, (row + 2, column), cell, styles, marked=row in table.marked)
    if table.note:
        sheet.write_string(len(table.rows) + 3, 0, _for_excel(table.note))
    sheet.freeze_panes(2, 1)


def _write_cell(sheet: Any, place: Sequence[int], cell: Cell, styles: _Styles, *, marked: bool) -> None:  # noqa: ANN401
    if isinstance(cell, Number) and math.isfinite(cell.value):
        sheet.write_number(*place, cell.value, styles.number(cell, marked=marked))
    else:
        sheet.write_string(*place, _for_excel(str(cell)), styles.marked if marked else styles.text)


def _for_excel(text: str) -> str:
    """Return a text as a cell holds it: no formula, and no text with formats of its own."""
    text = neutralised(text) if text else text
    return escaped_for_excel(f" {text}" if text.startswith("<r>") and text.endswith("</r>") else text)


def _width_of(table: Table, column: int) -> float:
    longest = max((len(str(row[column])) for row in table.rows), default=0)
    return min(_WIDEST, max(_NARROWEST, longest * 0.9 + 2, len(table.header[column]) * 0.6))
