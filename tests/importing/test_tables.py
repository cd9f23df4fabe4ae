"""Bytes to tables: encodings, separators, quoting, headers, uneven rows."""

import io

import pytest

from orgmodel.errors import UnreadableFileError
from orgmodel.importing import read_organization
from orgmodel.importing.limits import Limits

STAFF = "id,name,manager\n1,Zoë,\n2,Bob,1\n"


def names(data):
    return read_organization(data).organization.names.tolist()


def codes(report):
    return [notice.code for notice in report.notices]


def message(report, code):
    return next(notice.message for notice in report.notices if notice.code == code)


def row(report, code):
    return next(notice.row for notice in report.notices if notice.code == code)


# ---------------------------------------------------------------------- encodings


@pytest.mark.parametrize(
    ("encoding", "reported"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-32", "utf-32"),
        ("cp1252", "cp1252"),
        ("iso-8859-1", "cp1252"),
    ],
)
def test_encodings(encoding, reported):
    report = read_organization(STAFF.encode(encoding))
    assert report.organization.names.tolist() == ["Zoë", "Bob"]
    assert report.organization.manager.tolist() == [-1, 0]
    assert report.encoding == reported


def test_windows_1252_is_said():
    report = read_organization("id,name\n1,Zoë – “Z”\n".encode("cp1252"))
    assert report.organization.names.tolist() == ["Zoë – “Z”"]
    assert message(report, "encoding") == (
        "The file is not UTF-8 and was read as Windows-1252 (Western European). If names look wrong, save "
        "the "
        "file as UTF-8."
    )


def test_bytes_windows_1252_leaves_open():
    assert names(b"id,name\n1,Zo\xeb \x81\n") == ["Zoë \x81"]


def test_one_line_from_another_source_does_not_spoil_the_others():
    data = "id,name\n1,Zoë\n2,Jörg\n".encode() + "3,André\n".encode("cp1252")
    assert names(data) == ["Zoë", "Jörg", "André"]


def test_utf_16_cut_off_in_a_character():
    report = read_organization(STAFF.encode("utf-16")[:-1])
    assert report.organization.ids.tolist()[:1] == ["1"]
    assert "says it is UTF-16" in message(report, "encoding")


# ---------------------------------------------------------------------- separators, quoting


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_separators_and_line_ends(separator, end):
    rows = ["id,name,manager,FTE", "1,Zoë,,1", '2,"Smith, Bob; Jr. | x",1,"0,5"']
    text = end.join(rows)
    if separator != ",":
        text = (
            text.replace(",", "\0")
            .replace("Smith\0", "Smith,")
            .replace("0\x005", "0,5")
            .replace("\0", separator)
        )
    report = read_organization(text.encode())
    assert report.separator == separator
    assert report.organization.names.tolist() == ["Zoë", "Smith, Bob; Jr. | x"]
    assert report.organization.headcount.tolist() == [1, 0.5]


def test_mixed_line_ends_and_cells_over_several_lines():
    report = read_organization(
        b'id,name,title,manager\r\n1,Ann,"Head of\nSales",\n2,Bob,x,1\r\n3,Cyd,y,gone\n'
    )
    assert report.organization.titles.tolist() == ["Head of\nSales", "x", "y", ""]
    assert row(report, "missing_manager") == 5  # the line in the file, not the third row


def test_the_separator_named_in_the_first_line():
    report = read_organization(b"sep=;\nid;name, first\n1;a, b\n")
    assert report.separator == ";"
    assert len(report.organization) == 1


def test_a_quotation_mark_that_is_never_closed():
    rows = "".join(
        f'{number},"Ann {number},1\n' if number == 3 else f"{number},Ann,1\n" for number in range(1, 30)
    )
    report = read_organization(f"id,name,manager\n{rows}".encode())
    assert len(report.organization) == 29
    assert report.organization.names[2] == '"Ann 3'
    assert message(report, "quotes").startswith("A quotation mark is opened and never closed")


def test_one_column_only():
    report = read_organization(b"name\nAnn\nBob\n")
    assert report.organization.ids.tolist() == ["Ann", "Bob"]
    assert report.separator is None


# ---------------------------------------------------------------------- headers


def test_titles_comments_and_empty_lines_above_the_header():
    report = read_organization(
        b"# exported by x\n# style: label;image=%image%\n\nStaff of Example Ltd\nas of May,,\n"
        b"id,name,manager\n1,Ann,\n2,Bob,gone\n3,C,1"
    )
    assert report.organization.ids.tolist() == ["1", "2", "3", "gone"]
    assert [notice.message for notice in report.notices if notice.code == "lines_above_header"] == [
        "2 lines with comments at the top of the file (starting with #).",
        '2 lines above the header not read as data: "Staff of Example Ltd", "as of May".',
    ]
    assert row(report, "missing_manager") == 8


def test_a_header_that_starts_with_the_comment_sign():
    assert names(b"# id,name,manager\n1,Ann,\n") == ["Ann"]


def test_two_headers_as_sap_writes_them():
    report = read_organization(
        b"STATUS,USERID,USERNAME,FIRSTNAME,LASTNAME,MANAGER,HR,DEPARTMENT,MATRIX_MANAGER\n"
        b"Status,User ID,Username,First Name,Last Name,Manager,HR,Department,Matrix Manager\n"
        b"active,u1,ann,Ann,One,NO_MANAGER,u2,Board,NO_MANAGER\n"
        b"active,u2,bob,Bob,Two,u1,u2,Sales,u3\n"
        b"active,u3,cyd,Cyd,Three,u1,u2,IT,\n"
    )
    organization = report.organization
    assert organization.ids.tolist() == ["u1", "u2", "u3"]
    assert organization.manager.tolist() == [-1, 0, 0]
    assert organization.names.tolist() == ["Ann One", "Bob Two", "Cyd Three"]
    assert [tuple(line) for line in organization.further_managers] == [("u2", "u3", "dotted", 0.0)]
    assert organization.attributes["HR"].tolist() == ["u2"] * 3
    assert "second_header" in codes(report)


def test_a_second_header_in_which_half_of_the_words_are_short():
    report = read_organization(
        b"STATUS,USERID,FIRSTNAME,LASTNAME,MANAGER,MATRIX_MANAGER\nStatus,User ID,First,Last,Manager,Matrix\n"
        b"active,u1,Ann,One,NO_MANAGER,\nactive,u2,Bob,Two,u1,\n"
    )
    assert report.organization.ids.tolist() == ["u1", "u2"]
    assert "second_header" in codes(report)


def test_a_row_of_data_that_looks_like_a_header_is_data():
    report = read_organization(b"Name,Title,Status\nAnn,Manager,Active\nBob,Position,Active\n")
    assert report.organization.names.tolist() == ["Ann", "Bob"]


def test_no_header():
    report = read_organization(b"1,Ann Smith,CEO,\n2,Bob Jones,COO,1\n3,Cyd Lee,Head of Service,2\n")
    organization = report.organization
    assert organization.ids.tolist() == ["1", "2", "3"]
    assert organization.names.tolist() == ["Ann Smith", "Bob Jones", "Cyd Lee"]
    assert organization.manager.tolist() == [-1, 0, 1]
    assert message(report, "no_header").startswith("The first line is already data")
    assert message(report, "manager_column") == (
        'The managers are read from "column 4": 2 of 2 found in "column 1". The column was chosen because '
        "its "
        "values are found there."
    )


def test_no_header_and_names_only():
    report = read_organization(b"Ann,\nBob,Ann\nCyd,Ann\n")
    assert report.organization.ids.tolist() == ["Ann", "Bob", "Cyd"]
    assert report.organization.manager.tolist() == [-1, 0, 0]


def test_a_header_of_unknown_words():
    report = read_organization(b"Tunnus,Esimies,Huone\na1,,12\nb2,a1,13\nc3,b2,14\n")
    assert report.organization.ids.tolist() == ["a1", "b2", "c3"]
    assert report.organization.manager.tolist() == [-1, 0, 1]
    assert report.columns == {"id": ("Tunnus",), "manager": ("Esimies",)}


@pytest.mark.parametrize(
    ("data", "ids", "managers"),
    [
        (
            "Name,Notes,\nAnn Lee,likes tea,x\nBob Ray,likes rum,y\nCid Moe,none,z",
            "Ann Lee,Bob Ray,Cid Moe",
            "",
        ),
        (",Notes,id\nAnn Lee,likes tea,a\nBob Ray,likes rum,b\nCid Moe,none,c\n", "a,b,c", ""),
        ("Name,\nAnn,CEO\nBob,COO\nCid,CFO\n", "Ann,Bob,Cid", ""),
        ("Name,Notes,,\nAnn,tea,x,u\nBob,rum,y,v\nCid,gin,z,w\n", "Ann,Bob,Cid", ""),
        ("Name,2024,\nAnn,tea,x\nBob,rum,y\n", "Name,Ann,Bob", ""),  # no header then, but nobody is lost
        ("Person,Boss,\nAnn,,x\nBob,Ann,y\nCid,Ann,z\n", "Ann,Bob,Cid", "-1,0,0"),
        (",Employee,Chief\nx,Ann,\ny,Bob,Ann\nz,Cid,Ann\n", "Ann,Bob,Cid", "-1,0,0"),
        ("Staff,,\nPerson,Boss,\nAnn,,x\nBob,Ann,y\nCid,Ann,z\n", "Ann,Bob,Cid", "-1,0,0"),
        # Titles, with a known word too, above words nobody knows.
        ("Team\nTunnus,Esimies,Huone\na,,12\nb,a,13\nc,b,14\n", "a,b,c", "-1,0,1"),
        ("Location,Rome,,,\nTunnus,Esimies,X,Y,Z\na,,1,2,3\nb,a,1,2,4\nc,b,1,2,5\n", "a,b,c", "-1,0,1"),
    ],
)
def test_a_header_with_one_known_word_and_columns_without_a_name(data, ids, managers):
    report = read_organization(data.encode())
    assert report.rows.total == report.rows.nodes == len(ids.split(","))
    assert report.organization.ids.tolist() == ids.split(",")
    tops = ",".join(["-1"] * report.rows.total)
    assert ",".join(map(str, report.organization.manager)) == (managers or tops)


# ---------------------------------------------------------------------- columns and rows


def test_columns_without_names():
    report = read_organization(b",id,name,,\n0,a,Ann,x,\n1,b,Bob,y,\n")
    assert list(report.organization.attributes) == ["column 4"]
    assert report.organization.attributes["column 4"].tolist() == ["x", "y"]
    assert (
        message(report, "index_column") == "Column 1 has no name and only counts the rows; it was left out."
    )
    assert message(report, "unnamed_column") == 'Column 4 has no name; it was kept as "column 4".'


def test_row_names_without_a_header_as_r_writes_them():
    report = read_organization(b'"id","name"\n"1","a","Ann"\n"2","b","Bob"\n')
    assert report.organization.ids.tolist() == ["a", "b"]


def test_two_columns_of_one_name():
    report = read_organization(b"id,name,Note,Note,unit,Department\na,Ann,1,2,x,y\nb,Bob,3,4,z,w\n")
    assert report.organization.attributes["Note"].tolist() == ["1", "3"]
    assert report.organization.attributes["Note (column 4)"].tolist() == ["2", "4"]
    # A graph's node has one attribute "unit": the column that is not taken for it needs another name.
    assert report.organization.attributes["unit (file)"].tolist() == ["x", "z"]


def test_rows_longer_and_shorter_than_the_header():
    report = read_organization(b"id,name,manager,unit\n1,Ann,,A\n2,Bob,1,C,B\n3,Cyd,1\n4,Dan,1,D,,\n")
    assert report.organization.attributes["column 5"].tolist() == [None, "B", None, None]
    assert message(report, "long_row") == (
        "Row 3 has 5 cells, but the header names 4 columns; perhaps a cell contains a separator. The last "
        "cells "
        'were kept without a name: "B".'
    )
    assert message(report, "short_row") == (
        "1 row with fewer cells than the header (row 4); the missing ones are taken as empty."
    )


def test_empty_rows_are_not_data():
    report = read_organization(b"id,name\n\n1,Ann\n , \n,\n2,Bob\n,\n\n")
    assert report.rows.total == 2
    assert message(report, "blank_rows") == "3 empty rows left out."


def test_padded_cells_are_trimmed():
    report = read_organization("id , name , manager\n 1 ,\u00a0Ann ,\n2, Bob, 1 \n".encode())
    assert report.organization.ids.tolist() == ["1", "2"]
    assert report.organization.names.tolist() == ["Ann", "Bob"]
    assert report.organization.manager.tolist() == [-1, 0]


def test_texts_stay_texts():
    report = read_organization(b"id,name,manager\n00417,None,\n1e5,NA,00417\nNA,nan,1e5\n0x1,NULL,NA\n")
    organization = report.organization
    assert organization.ids.tolist() == ["00417", "1e5", "NA", "0x1"]
    assert organization.names.tolist() == ["None", "NA", "nan", "NULL"]
    assert organization.manager.tolist() == [-1, 0, 1, 2]


# ---------------------------------------------------------------------- no table


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", 'The file "x.csv" is empty.'),
        (b" \n\n ", 'The file "x.csv" is empty.'),
        (b"\xef\xbb\xbf", 'The file "x.csv" has no rows.'),
        (b"id,name,manager\n", 'The file "x.csv" has a header but no rows below it.'),
        (b"\x89PNG\r\n\x1a\n\x00\x00", 'The file "x.csv" is a picture (PNG).'),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", 'The file "x.csv" is a picture (JPEG).'),
        (b"%PDF-1.7 ...", 'The file "x.csv" is a PDF document.'),
        (
            b"<html><body><table>",
            'The file "x.csv" is a web page or XML, not a table; save it as .xlsx or CSV.',
        ),
        (
            b'{"a": 1}',
            (
                'The file "x.csv" is JSON, but holds no list of people or units. A list looks like this: '
                '[{"id": 1, "name": "Ann"}, {"id": 2, "name": "Bob", "manager_id": 1}].'
            ),
        ),
        (
            bytes(range(256)) * 4,
            'The file "x.csv" does not contain text; it may be a picture or a program under another name.',
        ),
        (
            b"Dear all,\nthe new structure is attached.\nRegards\n",
            (
                'The file "x.csv" does not contain a table of people or units. The first row should name '
                "the columns, "
                "for example: id, name, title, manager_id."
            ),
        ),
    ],
)
def test_what_is_no_table(data, sentence):
    with pytest.raises(UnreadableFileError) as caught:
        read_organization(data, filename="x.csv")
    assert str(caught.value) == sentence


def test_a_file_that_is_too_large():
    with pytest.raises(UnreadableFileError, match="is larger than 1 MB"):
        read_organization(b"id\n" + b"1\n" * (1 << 20), limits=Limits(bytes=1 << 20))


def test_sources(tmp_path):
    path = tmp_path / "staff.csv"
    path.write_bytes(STAFF.encode())
    with path.open("rb") as file:
        reports = [read_organization(source) for source in (path, str(path), file)]
    reports.append(read_organization(io.BytesIO(STAFF.encode()), filename="staff.csv"))
    assert {report.filename for report in reports} == {"staff.csv"}
    assert all(report.organization == reports[0].organization for report in reports)


def test_a_path_that_is_not_there(tmp_path):
    with pytest.raises(
        UnreadableFileError, match=r"none\.csv\" cannot be opened: no such file or directory\."
    ):
        read_organization(tmp_path / "none.csv")


# ---------------------------------------------------------------------- drawing programs


def test_a_file_for_draw_io():
    """As the template of its CSV import has it: settings above, then names as managers and ids as refs."""
    report = read_organization(
        b"## Example CSV import. Use ## for comments and # for configuration.\n"
        b'# label: %name%<br><i>%position%</i><br><a href="mailto:%email%">Email</a>\n'
        b'# connect: {"from": "manager", "to": "name", "invert": true, "label": "manages"}\n'
        b'# connect: {"from": "refs", "to": "id"}\n'
        b"# ignore: id,image,fill,stroke,refs,manager\n"
        b"name,position,id,location,manager,email,fill,stroke,refs,url,image\n"
        b"Ann Lee,CFO,emi,Office 1,,me@example.com,#dae8fc,#6c8ebf,,https://example.com,\n"
        b"Bob Ray,Manager,bra,Office 2,Ann Lee,me@example.com,#d5e8d4,#82b366,,,\n"
        b'Cyd Moe,Clerk,cmo,Office 2,Bob Ray,me@example.com,#d5e8d4,#82b366,"bra,emi",,\n'
    )
    organization = report.organization
    assert organization.ids.tolist() == ["emi", "bra", "cmo"]
    assert organization.manager.tolist() == [-1, 0, 1]
    assert organization.titles.tolist() == ["CFO", "Manager", "Clerk"]
    assert [line[:2] for line in organization.further_managers] == [("cmo", "emi")]
    assert message(report, "lines_above_header").startswith("5 lines with comments")


def test_a_file_for_visios_wizard():
    report = read_organization(
        b"Name\tReports_To\tTitle\tDepartment\tTelephone\n"
        b"Joe Sampleboss\t\tCEO\tExecutive\tx5555\nJane Samplemgr\tJoe Sampleboss\tManager\tSales\tx6666\n"
    )
    assert report.organization.manager.tolist() == [-1, 0]
    assert report.organization.units.tolist() == ["Executive", "Sales"]
    report = read_organization(b"Employee ID,Name,Reports To,Title\n1,Ann,,CEO\n2,Bob,1,COO\n3,Bob,2,Clerk\n")
    assert report.organization.manager.tolist() == [-1, 0, 1]


def test_a_file_for_lucidcharts_org_charts():
    report = read_organization(
        b"Employee ID,Supervisor ID,First Name,Last Name,Email,Role,Phone,Photo URL\n"
        b"1,,Ann,Lee,ann@example.com,CEO,,\n2,1,Bob,Ray,bob@example.com,COO,,\n3,1,Cyd,Moe,cyd@example.com,,,\n"
    )
    organization = report.organization
    assert organization.ids.tolist() == ["1", "2", "3"]
    assert organization.manager.tolist() == [-1, 0, 0]
    assert organization.names.tolist() == ["Ann Lee", "Bob Ray", "Cyd Moe"]
    assert organization.titles.tolist() == ["CEO", "COO", ""]
