"""An organization -> an Excel workbook in our own format."""

from __future__ import annotations

import io
from typing import Final
from xml.sax.saxutils import escape  # only writes

import xlsxwriter  # type: ignore[import-untyped]  # has no types of its own

from orgmodel.errors import OrganizationError
from orgmodel.importing.own_format import OWN_COLUMNS, escaped_for_excel
from orgmodel.importing.writing.own_rows import own_rows, sound
from orgmodel.organization import Organization
from orgmodel.wording import quoted

_ROWS_AT_MOST: Final = 1_048_576  # Excel's own limits
_COLUMNS_AT_MOST: Final = 16_384
_CHARACTERS_AT_MOST: Final = 32_767


def written_xlsx(organization: Organization) -> bytes:
    """Return an organization as a workbook of one sheet, every cell a text, the header frozen.

    Raises
    ------
    OrganizationError
        Excel's limits are too narrow for it.

    """
    columns = len(OWN_COLUMNS) + len(organization.attributes)
    if len(organization) >= _ROWS_AT_MOST or columns > _COLUMNS_AT_MOST:
        raise OrganizationError(
            f"A sheet of a workbook holds {_ROWS_AT_MOST - 1:,} nodes of {_COLUMNS_AT_MOST:,} columns; this "
            f"chart has {len(organization):,} nodes of {columns:,} columns. Save it as CSV."
        )
    file = io.BytesIO()
    options = {
        "constant_memory": True,  # row by row, through a temporary file
        "strings_to_numbers": False,
        "strings_to_formulas": False,
        "strings_to_urls": False,
    }
    with xlsxwriter.Workbook(file, options) as workbook:
        sheet = workbook.add_worksheet("Org chart")
        header = workbook.add_format({"bold": True})
        sheet.freeze_panes(1, 1)
        for row, cells in enumerate(own_rows(organization)):
            style = None if row else header
            for column, cell in enumerate(cells):
                if cell:
                    sheet.write_string(row, column, _checked(cell, row), style)
    return file.getvalue()


def _checked(cell: str, row: int) -> str:
    """Return a cell as the writer is to be given it."""
    cell = escaped_for_excel(sound(cell))
    # Excel counts a character beyond U+FFFF twice.
    if len(cell) + sum(sign > "\uffff" for sign in cell[:_CHARACTERS_AT_MOST]) > _CHARACTERS_AT_MOST:
        raise OrganizationError(
            f"A cell of a workbook holds {_CHARACTERS_AT_MOST:,} characters; row {row + 1:,} has one of "
            f"{len(cell):,}, {quoted(cell)}. Save the chart as CSV."
        )
    if cell.startswith("<r>") and cell.endswith("</r>"):
        # The writer takes it for text with formats and would write it as it stands.
        return f'<r><t xml:space="preserve">{escape(cell)}</t></r>'
    return cell
