"""Excel workbooks: which sheet, how cells become text, and what must not end the process."""

import datetime as dt
import io
import re
import zipfile

import openpyxl
import pytest

from orgmodel import Organization
from orgmodel.errors import OrganizationError, UnreadableFileError
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


def test_two_cells_far_apart_are_refused_for_the_empty_ones_between_them():
    """A file of 5 KB would take 600 MB: the reader reserves memory for ten million empty cells."""
    sheet = sheet_of(SMALL).replace(
        b"</sheetData>", b'<row r="1000000"><c r="J1000000"><v>1</v></c></row></sheetData>'
    )
    with pytest.raises(UnreadableFileError, match="as far apart as 1,000,000 rows and 10 columns"):
        read_organization(packed(SMALL, **{SHEET: sheet}))


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
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "old Office program"),
    ],
)
def test_other_files_by_the_name_of_a_workbook(data, sentence):
    with pytest.raises(UnreadableFileError, match=sentence):
        read_organization(data, filename="chart.xlsx")


def test_a_long_text_in_many_cells_is_refused_before_each_holds_it():
    """A file of some KB: 30,000 characters, which 20 rows of 100 cells share, are 60 MB."""
    rows = "".join(f'<row r="{row}">' + '<c t="s"><v>0</v></c>' * 100 + "</row>" for row in range(1, 21))
    sheet = re.sub(rb"<sheetData>.*</sheetData>", f"<sheetData>{rows}</sheetData>".encode(), sheet_of(SMALL))
    texts = f'<sst uniqueCount="1"><si><t>{"x" * 30_000}</t></si></sst>'
    data = packed(SMALL, **{SHEET: sheet, "xl/sharedStrings.xml": texts.encode()})
    assert len(data) < 10_000
    with pytest.raises(
        UnreadableFileError, match="long texts in so many cells that they have more than 8 MB"
    ):
        read_organization(data, limits=Limits(unpacked_bytes=1 << 20))


def test_numbers_beside_a_long_text_are_no_texts():
    sheet = sheet_of(SMALL).replace(
        b"</sheetData>", b'<row r="4">' + b"<c><v>1</v></c>" * 900 + b"</row></sheetData>"
    )
    texts = f'<sst uniqueCount="9">{"<si><t>y</t></si>" * 8}<si><t>{"x" * 30_000}</t></si></sst>'
    data = packed(SMALL, **{SHEET: sheet, "xl/sharedStrings.xml": texts.encode()})
    assert len(read_organization(data, limits=Limits(unpacked_bytes=1 << 20)).organization)


# ---------------------------------------------------------------------- several sheets


def two_sheets(edges, nodes=(["id", "name"], ["a", "Ann"], ["b", "Bob"], ["c", "Cyd"])):
    workbook = openpyxl.Workbook()
    workbook.active.title = "People"
    for row in nodes:
        workbook.active.append(row)
    for name, rows in edges.items():
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(row)
    return workbook


@pytest.mark.parametrize("ends", [("source", "target"), ("from", "to"), ("parent", "child")])
def test_a_sheet_of_nodes_and_one_of_edges(ends):
    edges = [list(ends), ["a", "b"], ["a", "c"]]
    report = read_organization(saved(two_sheets({"Notes": [["Made in"], ["May"]], "Lines": edges})))
    assert report.organization.ids.tolist() == ["a", "b", "c"]
    assert report.organization.manager.tolist() == [-1, 0, 0]
    assert (report.rows.total, report.rows.nodes, report.rows.lines) == (5, 3, 2)
    assert [notice.message for notice in report.notices if notice.code == "sheets"] == [
        'The sheets "People", "Lines" were read; the workbook also has "Notes", which was not.'
    ]


def test_a_hidden_sheet_of_edges_is_not_read():
    workbook = two_sheets({"Lines": [["source", "target"], ["a", "b"]]})
    workbook["Lines"].sheet_state = "hidden"
    report = read_organization(saved(workbook))
    assert report.rows.total == 3
    assert [notice.message for notice in report.notices if notice.code == "sheets"] == [
        'The sheet "People" was read; the workbook also has "Lines", which was not.'
    ]


# ---------------------------------------------------------------------- limits


@pytest.mark.parametrize(
    ("limits", "sentence"),
    [
        (Limits(rows=1), "has 2 rows, which is more than is read: 1."),
        (Limits(columns=2), "which is more than is read: 2 columns"),
        (Limits(cells=5), "5 cells in all"),
        (Limits(cell_characters=4), "has a cell of 7 characters in row 1, which is more than is read: 4."),
        (Limits(workbook_cells=8), "has a sheet with cells as far apart as 3 rows and 3 columns."),
        (Limits(bytes=100), "is larger than 0 MB, the most that is read."),
    ],
)
def test_limits(limits, sentence):
    with pytest.raises(UnreadableFileError, match=re.escape(sentence)):
        read_organization(SMALL, limits=limits)


# ---------------------------------------------------------------------- our own workbooks


def test_our_own_workbook_has_a_bold_frozen_header():
    chart = Organization.from_columns(["00417", "=1+1"], [None, "00417"])
    sheet = openpyxl.load_workbook(io.BytesIO(write_organization(chart, "xlsx"))).active
    assert [cell.font.b for cell in sheet[1]] == [True] * 11
    assert sheet.freeze_panes == "B2"
    assert [sheet["A2"].value, sheet["A3"].value] == ["00417", "'=1+1"]


def test_a_cell_longer_than_excel_holds_is_refused_with_its_row():
    chart = Organization.from_columns(["a", "b"], [None, "a"], names=["", "x" * 32_767])
    assert read_organization(write_organization(chart, "xlsx")).organization == chart
    for name in ("x" * 32_768, "🙂" * 16_384):
        longer = Organization.from_columns(["a", "b"], [None, "a"], names=["", name])
        with pytest.raises(OrganizationError, match=r"holds 32,767 characters; row 3 has one of"):
            write_organization(longer, "xlsx")


def test_a_chart_of_more_columns_than_a_sheet_has_is_refused():
    chart = Organization.from_columns(["a"], [None], attributes={f"x{n}": ["1"] for n in range(16_374)})
    with pytest.raises(OrganizationError, match="16,384 columns; this chart has 1 nodes of 16,385 columns"):
        write_organization(chart, "xlsx")


def test_cells_that_look_like_the_writers_own_marks():
    texts = ["<r>a</r>", "<r><t>=1</t></r>", "_x0041_", "_x005f_x000D_", "_x0041\x00", "\x10u", "\ufffe"]
    chart = Organization.from_columns(list("abcdefg"), [None] * 7, names=texts)
    assert read_organization(write_organization(chart, "xlsx")).organization.names.tolist() == texts


def test_a_kind_of_file_that_is_not_written():
    with pytest.raises(OrganizationError, match=r'"pdf" is no kind of file a chart is written to'):
        write_organization(Organization.from_columns(["a"], [None]), "pdf")
