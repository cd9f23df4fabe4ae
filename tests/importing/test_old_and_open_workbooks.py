"""Workbooks that are no XLSX: .xls, .xlsb and .ods, each made here byte by byte, so that it can be a trap."""

import io
import struct
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orgmodel.errors import UnreadableFileError
from orgmodel.importing import read_organization
from orgmodel.importing.files.old_workbooks import contained, lengths_of_texts
from orgmodel.importing.limits import Limits

ROWS = [["id", "name", "manager"], [7, "Zoë", ""], ["007", "Bob", 7], [9, "Cyd", "007"]]


def read(data, **options):
    return read_organization(data, filename="chart", **options)


def refused(data, **options):
    with pytest.raises(UnreadableFileError) as caught:
        read(data, **options)
    assert str(caught.value).startswith('The file "chart" ')
    return str(caught.value)


def packed(members):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


# ---------------------------------------------------------------------- .xls: records of BIFF8


def record(kind, data=b""):
    return struct.pack("<HH", kind, len(data)) + data


def label(row, column, text):
    return record(0x0204, struct.pack("<HHHHB", row, column, 0, len(text), 1) + text.encode("utf-16-le"))


def number(row, column, value):
    return record(0x0203, struct.pack("<HHHd", row, column, 0, value))


def xls_stream(*further, rows=ROWS, before=b"", sheet_at=None):
    bof = record(0x0809, struct.pack("<HHHHII", 0x0600, 5, 0, 0, 0, 0))
    cells = b"".join(
        number(row, column, cell) if isinstance(cell, int) else label(row, column, cell)
        for row, values in enumerate(rows)
        for column, cell in enumerate(values)
        if cell != ""
    )
    name = struct.pack("<BBBB", 0, 0, 5, 0) + b"Staff"
    start = len(bof) + len(before) + len(record(0x85, bytes(4) + name)) + 4
    sheet = record(0x85, struct.pack("<I", start if sheet_at is None else sheet_at) + name)
    return bof + before + sheet + record(0x0A) + bof + b"".join(further) + cells + record(0x0A)


def test_an_old_workbook():
    report = read(contained(xls_stream()))
    assert report.organization.ids.tolist() == ["7", "007", "9"]
    assert report.organization.manager.tolist() == [-1, 0, 1]
    assert report.organization.names.tolist() == ["Zoë", "Bob", "Cyd"]
    assert report.sheet == "Staff"


def test_an_old_workbook_whose_container_needs_further_tables():
    rows = [*ROWS, *([number, "x" * 5000, 7] for number in range(10, 1000))]
    data = contained(xls_stream(rows=rows))
    assert len(data) > 8_000_000
    assert len(read(data).organization) == 993


@pytest.mark.parametrize(
    ("stream", "words"),
    [
        (xls_stream(number(65535, 65535, 1)), "65,536 rows and 65,536 columns"),
        (
            xls_stream(record(0x0200, struct.pack("<IIHHH", 0, 0xFFFFFFFF, 0, 0xFFFF, 0))),
            "4,294,967,295 rows and 65,535 columns",
        ),
        (xls_stream(before=record(0xFC, struct.pack("<II", 1, 0x7FFFFFFF))), "shorter than it says"),
        (xls_stream(before=record(0x2F, b"\1\0" + bytes(52))), "is a workbook with a password."),
        (xls_stream(sheet_at=0xFFFFFF), "is a damaged Excel workbook."),
        (xls_stream(before=record(0x85, bytes(11)) * 9999), "is a damaged Excel workbook."),
        (b"\xff" * 9999, "is a damaged Excel workbook."),
    ],
)
def test_old_workbooks_that_are_traps(stream, words):
    assert words in refused(contained(stream))


def shared(row, column, place):
    return record(0xFD, struct.pack("<HHHI", row, column, 0, place))


def texts(*parts):
    """Return a list of texts in one record and those that continue it."""
    return b"".join(record(0x3C if number else 0xFC, part) for number, part in enumerate(parts))


@pytest.mark.parametrize(
    "parts",
    [
        (b"\5\0\0Ann B", b"\3\0\0Bob"),
        (b"\5\0\0An", b"\1" + "n B".encode("utf-16-le") + b"\3\0\0Bob"),
        (b"\5\0\x0c\1\0\7\0\0\0Ann B" + bytes(6), bytes(5) + b"\3\0\1" + "Bob".encode("utf-16-le")),
    ],
)
def test_texts_that_run_on_in_the_next_record(parts):
    parts = (struct.pack("<II", 2, 2) + parts[0], *parts[1:])
    rows = [["id", "name", "manager"], [7, "", ""], [8, "", 7]]
    data = contained(xls_stream(shared(1, 1, 0), shared(2, 1, 1), before=texts(*parts), rows=rows))
    assert read(data).organization.names.tolist() == ["Ann B", "Bob"]
    assert lengths_of_texts(list(parts)) == [10, 6]


def test_a_long_text_in_many_cells_of_an_old_workbook():
    before = texts(struct.pack("<II", 1, 1) + struct.pack("<HB", 8000, 0) + b"x" * 8000)
    cells = [shared(row, column, 0) for row in range(4, 30) for column in range(99)]
    data = contained(xls_stream(*cells, before=before))
    assert "have more than 8 MB together" in refused(data, limits=Limits(unpacked_bytes=1 << 20))


def test_a_password_of_a_new_workbook():
    data = contained(xls_stream()).replace("Workbook".encode("utf-16-le"), "Encrypte".encode("utf-16-le"))
    assert "is a document of an old Office program, but no workbook" in refused(data)
    name = "EncryptedPackage".encode("utf-16-le")
    data = contained(xls_stream())
    place = data.index("Workbook".encode("utf-16-le"))
    data = data[:place] + name.ljust(64, b"\0") + struct.pack("<H", len(name) + 2) + data[place + 66 :]
    assert refused(data).endswith(
        "is a workbook with a password. Open it, save it without one, and read that."
    )


def test_chains_of_sectors_that_run_in_a_circle():
    data = bytearray(contained(xls_stream()))
    table = data.rindex(struct.pack("<III", 1, 2, 3))
    data[table : table + 12] = struct.pack("<III", 1, 0, 0)
    assert "is a damaged Excel workbook." in refused(bytes(data))


@given(st.data())
@settings(max_examples=300)
def test_an_old_workbook_changed_at_random_is_read_or_refused(data):
    """In the header, the records or the directory: nothing of it may end or hold up the process."""
    content = bytearray(contained(xls_stream()))
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.one_of(st.integers(0, 600), st.integers(0, len(content) - 1)))
        content[place : place + 4] = data.draw(
            st.sampled_from([b"\xff" * 4, b"\0" * 4, b"\xfe\xff\xff\xff", b"\1"])
        )
    try:
        read(bytes(content))
    except UnreadableFileError as error:
        sentence = str(error)
    else:
        sentence = "."
    assert sentence.endswith(".")


# ---------------------------------------------------------------------- .xlsb: records of BIFF12


def binary(kind, data=b""):
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size = len(data)
    return head + bytes([size & 0x7F | 0x80, size >> 7 & 0x7F | 0x80, size >> 14]) + data


def wide(text):
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def xlsb(rows=ROWS, further=b""):
    cells = b"".join(
        binary(0, struct.pack("<I", row) + bytes(13))
        + b"".join(
            binary(6, struct.pack("<II", column, 0) + wide(str(cell))) for column, cell in enumerate(values)
        )
        for row, values in enumerate(rows)
    )
    # Excel writes two bytes for the kinds from 128 on, the lower seven bits first.
    sheet = binary(0x81) + binary(0x94, bytes(16)) + binary(0x91) + cells + further + binary(0x92)
    workbook = (
        binary(0x9C, struct.pack("<II", 0, 1) + wide("rId1") + wide("Staff")) + binary(0x90) + binary(0x84)
    )
    rels = '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.bin"/></Relationships>'
    return packed(
        {
            "xl/workbook.bin": workbook,
            "xl/_rels/workbook.bin.rels": rels,
            "xl/worksheets/sheet1.bin": sheet,
        }
    )


def test_a_binary_workbook():
    report = read(xlsb())
    assert report.organization.ids.tolist() == ["7", "007", "9"]
    assert report.organization.manager.tolist() == [-1, 0, 1]


@pytest.mark.parametrize(
    ("further", "words"),
    [
        (
            binary(0, struct.pack("<I", 1_048_575)) + binary(6, struct.pack("<II", 16_383, 0) + wide("x")),
            "1,048,576 rows and 16,384 columns",
        ),
        (binary(6, struct.pack("<II", 0xFFFFFFFF, 0) + wide("x")), "4,294,967,296 columns"),
        # Small enough, but more columns than any program has: each would be looked at for a header.
        (binary(6, struct.pack("<II", 3_878_947, 0) + wide("x")), "4 rows and 3,878,948 columns"),
        (b"\x06\xff\xff\xff\x7f", "is a damaged workbook"),
    ],
)
def test_binary_workbooks_that_are_traps(further, words):
    assert words in refused(xlsb(further=further))


# ---------------------------------------------------------------------- .ods

CONTENT = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
    '<table:table table:name="Staff">{}</table:table></office:spreadsheet></office:body>'
    "</office:document-content>"
)
EMPTY_END = (
    '<table:table-row table:number-rows-repeated="1048572"><table:table-cell '
    'table:number-columns-repeated="16384"/></table:table-row>'
)


def ods_row(*cells, repeated=1):
    written = "".join(
        f'<table:table-cell office:value-type="float" office:value="{cell}"/>'
        if isinstance(cell, int)
        else f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
        if cell
        else "<table:table-cell/>"
        for cell in cells
    )
    end = '<table:table-cell table:number-columns-repeated="16381"/>'
    return f'<table:table-row table:number-rows-repeated="{repeated}">{written}{end}</table:table-row>'


def ods(*rows, manifest="<manifest:manifest/>"):
    return packed(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": manifest,
            "content.xml": CONTENT.format("".join(rows) + EMPTY_END),
        }
    )


STAFF = [ods_row(*row) for row in ROWS]


def test_an_open_document():
    report = read(ods(*STAFF))
    assert report.organization.ids.tolist() == ["7", "007", "9"]
    assert report.organization.manager.tolist() == [-1, 0, 1]
    assert report.sheet == "Staff"


def test_rows_left_empty_in_an_open_document_are_counted():
    gap = '<table:table-row table:number-rows-repeated="3"><table:table-cell/></table:table-row>'
    report = read(ods(*STAFF, gap, ods_row(10, "Dan", "gone")))
    assert [notice.row for notice in report.notices if notice.code == "missing_manager"] == [8]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (ods_row(10, "Dan", 7, repeated=4_000_000_000), "4,000,000,004 rows and 3 columns"),
        (
            (
                '<table:table-row><table:table-cell table:number-columns-repeated="4000000000"/>'
                '<table:table-cell office:value-type="float" office:value="1"/></table:table-row>'
            ),
            "more than 1,000,000 cells when repeated ones",
        ),
        (
            (
                '<table:table-row><table:table-cell office:value-type="float" office:value="1" '
                'table:number-columns-repeated="4000000000"/></table:table-row>'
            ),
            "more than 1,000,000 cells when repeated ones",
        ),
        (ods_row('<text:s text:c="4000000000"/>'), "more than 256 million characters"),
        (ods_row("x" * 100_000, repeated=100_000), "more than 256 million characters"),
    ],
)
def test_open_documents_that_are_traps(row, words):
    assert words in refused(ods(*STAFF, row))


def test_a_row_that_stands_for_many_counts_as_many():
    data = ods(*STAFF, ods_row(10, "Dan", 7, repeated=2000))
    assert "has 2,003 rows, which is more than is read: 1,000." in refused(data, limits=Limits(rows=1000))


def test_a_password_of_an_open_document():
    manifest = "<manifest:manifest><manifest:encryption-data/></manifest:manifest>"
    assert "is a workbook with a password." in refused(ods(*STAFF, manifest=manifest))


def test_an_open_document_of_text_is_no_workbook():
    data = packed({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": CONTENT})
    assert "is a packed file, but no workbook (.xlsx, .xlsb, .ods)." in refused(data)


def test_entities_in_an_open_document_are_not_expanded():
    data = packed(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": "<x/>",
            "content.xml": '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
            + CONTENT.format(ods_row("&b;")),
        }
    )
    assert "is a damaged" in refused(data)
