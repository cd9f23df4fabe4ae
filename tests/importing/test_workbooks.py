"""Excel workbooks: which sheet, how cells become text, and what must not end the process."""

import datetime as dt
import io
import re
import zipfile

import openpyxl
import pytest

from orgmodel.errors import UnreadableFileError
from orgmodel.importing import read_organization, write_organization
from orgmodel.importing.limits import Limits


def saved(workbook):
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def workbook_of(*rows):
    workbook = openpyxl.Workbook()
    for row in rows:
        workbook.active.append(row)
    return workbook


def packed(data, **members):
    """Return a workbook with some of its members replaced or added."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, members.pop(name, None) or old.read(name))
        for name, content in members.items():
            new.writestr(name, content)
    return file.getvalue()


def sheet_of(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(SHEET)


SHEET = "xl/worksheets/sheet1.xml"
SMALL = saved(workbook_of(["id", "name", "manager"], ["1", "Ann", None], ["2", "Bob", "1"]))


def test_numbers_are_texts_without_a_decimal_point():
    data = saved(
        workbook_of(
            ["Employee ID", "Name", "Manager ID", "FTE", "Start date", "Seen", "Active"],
            [1002, "Ann", None, 1, dt.date(2020, 1, 2), dt.datetime(2020, 1, 2, 3, 4), True],  # noqa: DTZ001
            ["00417", "Bob", 1002, 0.6, dt.datetime(2020, 1, 2), dt.time(3, 4), False],  # noqa: DTZ001
            [12345678901, "Cyd", "00417", 2.0, None, None, None],
        )
    )
    report = read_organization(data, filename="staff.xlsx")
    organization = report.organization
    assert organization.ids.tolist() == ["1002", "00417", "12345678901"]
    assert organization.manager.tolist() == [-1, 0, 1]
    assert organization.headcount.tolist() == [1, 0.6, 2]
    assert organization.attributes["Start date"].tolist() == ["2020-01-02", "2020-01-02", None]
    assert organization.attributes["Seen"].tolist() == ["2020-01-02 03:04:00", "03:04:00", None]
    assert organization.statuses.tolist() == ["active", "inactive", ""]
    assert (report.sheet, report.encoding, report.separator) == ("Sheet", None, None)


def test_leading_zeros_shown_by_a_number_format_are_found_again():
    data = saved(workbook_of(["id", "manager"], [417, None], ["b", "00417"], ["c", "00417"]))
    report = read_organization(data)
    assert report.organization.manager.tolist() == [-1, 0, 0]
    assert [notice.row for notice in report.notices if notice.code == "leading_zeros"] == [3]


def test_the_first_sheet_with_a_known_header_is_read_and_the_others_are_named():
    workbook = openpyxl.Workbook()
    workbook.active.title = "Cover"
    workbook.active.append(["Staff of Example Ltd"])
    workbook.active.append(["as of", "May"])
    notes = workbook.create_sheet("Old")
    notes.append(["id", "name", "manager"])
    notes.append(["x", "X", None])
    notes.sheet_state = "hidden"
    staff = workbook.create_sheet("Staff")
    for row in (
        [],
        ["Exported in May"],
        ["id", "name", "manager"],
        ["1", "Ann", None],
        [],
        ["2", "Bob", "gone"],
    ):
        staff.append(row)
    report = read_organization(saved(workbook))
    assert report.sheet == "Staff"
    assert report.organization.ids.tolist() == ["1", "2", "gone"]
    messages = {notice.code: notice for notice in report.notices}
    assert messages["sheets"].message == (
        'The sheet "Staff" was read; the workbook also has "Cover", "Old", which were not.'
    )
    assert messages["missing_manager"].row == 6  # as the sheet counts its rows, empty ones included


def test_our_own_format_survives_a_spreadsheet():
    first = read_organization(b"id,name,manager_id,ties\n00417,=Ann,,b|2\nb,,00417,\n").organization
    text = write_organization(first).decode()
    data = saved(workbook_of(*(line.split(",") for line in text.splitlines())))
    assert read_organization(data).organization == first


def test_a_workbook_is_known_by_its_content_not_by_its_name():
    assert len(read_organization(SMALL, filename="chart.csv").organization) == 2


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        # Two cells in opposite corners: the memory reserved for those between would end the process.
        ((rb'r="C3"', b'r="XFD1048576"'), "1,048,576 rows and 16,384 columns"),
        ((rb'<c r="C3"', b'<c x=">" r="XFD1048576"'), "1,048,576 rows and 16,384 columns"),
        ((rb'r="C3"', b'r="ZZZZZZZ3"'), "8,353,082,582 columns"),
        ((rb'<c r="C3"', b'<x:c r="XFD1048576"'), "damaged"),
    ],
)
def test_what_would_end_the_process_is_refused(change, sentence):
    sheet = re.sub(*change, sheet_of(SMALL), count=1)
    with pytest.raises(UnreadableFileError, match=sentence) as caught:
        read_organization(packed(SMALL, **{SHEET: sheet}), filename="bomb.xlsx")
    assert str(caught.value).startswith('The file "bomb.xlsx" ')


def test_a_claim_of_billions_of_texts_is_refused():
    texts = b'<sst uniqueCount="4000000000"><si><t>x</t></si></sst>'
    with pytest.raises(UnreadableFileError, match="shorter than it says"):
        read_organization(packed(SMALL, **{"xl/sharedStrings.xml": texts}))


def test_formats_far_outside_the_table_are_no_cells():
    sheet = sheet_of(SMALL).replace(
        b"</sheetData>", b'<row r="1048576"><c r="XFD1048576" s="1"/></row></sheetData>'
    )
    assert len(read_organization(packed(SMALL, **{SHEET: sheet})).organization) == 2


def test_a_zip_bomb_is_refused():
    data = packed(SMALL, **{"xl/media/zeros": bytes(2 << 20)})
    assert len(data) < 20_000
    with pytest.raises(UnreadableFileError, match="unpacks to more than 1 MB"):
        read_organization(data, limits=Limits(unpacked_bytes=1 << 20))


def test_a_workbook_without_a_table():
    with pytest.raises(UnreadableFileError, match="no sheet with a header and rows"):
        read_organization(saved(openpyxl.Workbook()))


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (SMALL[: len(SMALL) // 2], "packed file"),
        (b"PK\x03\x04 but no archive", "packed file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "old Excel file"),
    ],
)
def test_other_files_by_the_name_of_a_workbook(data, sentence):
    with pytest.raises(UnreadableFileError, match=sentence):
        read_organization(data, filename="chart.xlsx")
