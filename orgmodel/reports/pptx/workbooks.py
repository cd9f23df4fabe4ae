"""The workbook behind a chart: what "Edit data" opens, every text a text and never a formula."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

import xlsxwriter  # type: ignore[import-untyped]  # has no types of its own
from pptx.chart.data import CategoryChartData
from pptx.chart.xlsx import CategoryWorkbookWriter
from pptx.util import lazyproperty

from orgmodel.importing.own_format import escaped_for_excel

_OPTIONS: Final = {
    "in_memory": True,
    "strings_to_numbers": False,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "nan_inf_to_errors": False,
}
_LONGEST: Final = 255


class ChartValues(CategoryChartData):  # type: ignore[misc]  # has no types of its own
    """Categories and series of a chart, with the unit and the lengths of whiskers in its workbook too."""

    def __init__(
        self,
        categories: Sequence[str],
        series: Mapping[str, Sequence[float | None]],
        number_format: str,
        unit: str,
        whiskers: Mapping[str, Sequence[float | None]],
        made: datetime,
    ) -> None:
        """Take them as they are; a value that is not defined is None, and its cell stays empty."""
        super().__init__(number_format=number_format)
        self.unit, self.whiskers, self.made = unit, whiskers, made
        self.categories = categories
        for name, values in series.items():
            self.add_series(name, values)

    @lazyproperty  # type: ignore[untyped-decorator]  # has no types of its own
    def _workbook_writer(self) -> CategoryWorkbookWriter:
        return _TextsOnly(self)

    def whisker_ref(self, at: int) -> str:
        """Return where in the sheet the lengths of one kind of whisker stand."""
        column = self._workbook_writer._column_reference(2 + len(self) + at)  # noqa: SLF001  # letters of a column
        return f"Sheet1!${column}$2:${column}${1 + len(self.categories)}"


class _TextsOnly(CategoryWorkbookWriter):  # type: ignore[misc]  # has no types of its own
    """Writes texts as texts; the library's own takes "=1+1" for a formula and "http:" for a link."""

    @property
    def xlsx_blob(self) -> bytes:
        data = self._chart_data
        file = io.BytesIO()
        with xlsxwriter.Workbook(file, _OPTIONS) as workbook:
            workbook.set_properties({"created": data.made, "author": "Orgmodel"})
            sheet = workbook.add_worksheet("Sheet1")
            text = workbook.add_format({"num_format": "@"})
            number = workbook.add_format({"num_format": data.number_format})
            sheet.set_column(0, 0, 40)
            sheet.set_column(1, 8, 16)
            _write(sheet, 0, 0, data.unit, text)
            for row, category in enumerate(data.categories, 1):
                _write(sheet, row, 0, category.label, text)
            columns = [(series.name, series.values) for series in data] + list(data.whiskers.items())
            for column, (name, values) in enumerate(columns, 1):
                _write(sheet, 0, column, name, text)
                for row, value in enumerate(values, 1):
                    if value is not None:
                        sheet.write_number(row, column, value, number)
        return file.getvalue()


def _write(sheet: Any, row: int, column: int, text: str, style: Any) -> None:  # noqa: ANN401  # no types of their own
    text = escaped_for_excel(text[:_LONGEST])
    # The writer takes what begins like this for a text with formats of its own.
    sheet.write_string(row, column, f" {text}" if text.startswith("<r>") else text, style)
