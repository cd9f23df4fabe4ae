"""Troubles of real files, and what the reader reads, word for word: headers, encodings, ids as text, zeros.

The twelve kinds are told in four files; here are the first four.
"""

from orgmodel.importing import RowAccount
from tests.report_parts import managers, read, said

# ---------------------------------------------------------------------- 1 headers


def test_two_header_rows():
    """SAP SuccessFactors writes the header in two languages."""
    report = read(
        "STATUS,USERID,USERNAME,FIRSTNAME,LASTNAME,MANAGER,DEPARTMENT\n"
        "Status,User ID,Username,First Name,Last Name,Manager,Department\n"
        "active,u1,alee,Ann,Lee,NO_MANAGER,Board\nactive,u2,bfox,Bob,Fox,u1,Sales\n"
    )
    assert said(report) == [
        (
            'A second header line was left out: "Status, User ID, Username, First Name, Last Name, '
            'Manager, Department".'
        ),
        'The managers are read from "MANAGER": 1 of 1 found in "USERID".',
    ]
    assert report.rows == RowAccount(total=2, nodes=2, merged=0, lines=0, rejected=0)
    assert managers(report) == {"u1": None, "u2": "u1"}


def test_comments_and_titles_above_the_header():
    report = read(
        "# made by hand\nStaff list of Example Ltd,,\nAs of May 2024,,\nid,name,manager\n1,Ann,\n2,Bob,1\n"
    )
    assert said(report) == [
        "1 line with comments at the top of the file (starting with #).",
        '2 lines above the header not read as data: "Staff list of Example Ltd", "As of May 2024".',
        'The managers are read from "manager": 1 of 1 found in "id".',
    ]
    assert report.rows == RowAccount(total=2, nodes=2, merged=0, lines=0, rejected=0)
    assert managers(report) == {"1": None, "2": "1"}


def test_no_header_at_all():
    report = read("17,,Ann Lee\n18,17,Bob Fox\n19,17,Cy Dill\n20,18,Di Moss\n")
    assert said(report) == [
        (
            "The first line is already data, so what the columns hold was told from their cells. A first "
            "line with the names of the columns (id, name, title, manager_id) makes that certain."
        ),
        (
            'The managers are read from "column 2": 3 of 3 found in "column 1". The column was chosen '
            "because its values are found there."
        ),
    ]
    assert report.rows == RowAccount(total=4, nodes=4, merged=0, lines=0, rejected=0)
    assert managers(report) == {"17": None, "18": "17", "19": "17", "20": "18"}


def test_an_index_column_without_a_name():
    """pandas writes it."""
    report = read(",id,name,manager\n0,17,Ann,\n1,18,Bob,17\n")
    assert said(report) == [
        "Column 1 has no name and only counts the rows; it was left out.",
        'The managers are read from "manager": 1 of 1 found in "id".',
    ]
    assert report.rows == RowAccount(total=2, nodes=2, merged=0, lines=0, rejected=0)
    assert managers(report) == {"17": None, "18": "17"}


def test_a_template_row():
    report = read(
        "id,name,email,manager\n"
        "12345,Jane Doe,jane.doe@example.com,\n"
        "17,Ann,ann@firm.org,\n"
        "18,Bob,bob@firm.org,17\n"
    )
    assert said(report) == [
        (
            'Row 2 seems to be left in from a template: the id "12345", the address '
            '"jane.doe@example.com" and the name "Jane Doe" are common examples. It was not made a node: '
            '"12345", "Jane Doe", "jane.doe@example.com".'
        ),
        'The managers are read from "manager": 1 of 1 found in "id".',
    ]
    assert report.rows == RowAccount(total=3, nodes=2, merged=0, lines=0, rejected=1)
    assert managers(report) == {"17": None, "18": "17"}


def test_a_shifted_row():
    report = read(
        "id,name,title,manager\n"
        "17,Ann Lee,Head,\n"
        "18,Bob Fox,Clerk,17\n"
        "19,Dill, Cy,Clerk,17\n"
        "20,Di Moss,Clerk,18\n"
    )
    assert said(report) == [
        (
            'Row 4 has a cell too many, because "Dill, Cy" was cut at the comma. It was put right: name '
            '"Dill, Cy", title "Clerk", manager "17". In the file: name "Dill", title "Cy", manager '
            '"Clerk", column 5 "17".'
        ),
        'The managers are read from "manager": 3 of 3 found in "id".',
    ]
    assert report.rows == RowAccount(total=4, nodes=4, merged=0, lines=0, rejected=0)
    assert managers(report) == {"17": None, "18": "17", "19": "17", "20": "18"}
    assert report.organization.names[2] == "Dill, Cy"


# ---------------------------------------------------------------------- 2 encodings, separators


def test_a_byte_order_mark():
    report = read("id,name,manager\n1,Zoë,\n2,Bob,1\n".encode("utf-8-sig"))
    assert said(report) == [
        'The managers are read from "manager": 1 of 1 found in "id".',
    ]
    assert report.rows == RowAccount(total=2, nodes=2, merged=0, lines=0, rejected=0)
    assert managers(report) == {"1": None, "2": "1"}
    assert report.organization.names[0] == "Zoë"


def test_utf_16_with_tabs():
    """Excel calls it Unicode text."""
    report = read("id\tname\tmanager\n1\tZoë\t\n2\tBob\t1\n".encode("utf-16"))
    assert said(report) == [
        'The managers are read from "manager": 1 of 1 found in "id".',
    ]
    assert report.rows == RowAccount(total=2, nodes=2, merged=0, lines=0, rejected=0)
    assert managers(report) == {"1": None, "2": "1"}
    assert (report.encoding, report.separator) == ("utf-16", "\t")


def test_windows_1252_with_semicolons():
    report = read("id;name;manager\n1;Zoë – “Z”;\n2;Bob;1\n".encode("cp1252"))
    assert said(report) == [
        (
            "The file is not UTF-8 and was read as Windows-1252 (Western European). If names look wrong, "
            "save the file as UTF-8."
        ),
        'The managers are read from "manager": 1 of 1 found in "id".',
    ]
    assert report.rows == RowAccount(total=2, nodes=2, merged=0, lines=0, rejected=0)
    assert managers(report) == {"1": None, "2": "1"}
    assert report.organization.names[0] == "Zoë – “Z”"
    assert report.separator == ";"


def test_iso_8859_1_with_bars():
    report = read("id|name|manager\n1|Zoë|\n2|Bob|1\n".encode("iso-8859-1"))
    assert said(report) == [
        (
            "The file is not UTF-8 and was read as Windows-1252 (Western European). If names look wrong, "
            "save the file as UTF-8."
        ),
        'The managers are read from "manager": 1 of 1 found in "id".',
    ]
    assert report.rows == RowAccount(total=2, nodes=2, merged=0, lines=0, rejected=0)
    assert managers(report) == {"1": None, "2": "1"}
    assert report.organization.names[0] == "Zoë"
    assert report.separator == "|"


def test_mixed_line_ends_cells_of_several_lines_and_padding():
    report = read(
        'id , name,title,manager\r\n1, Ann ,"Head of\nSales",\n 2,Bob,Clerk, 1\r\n3,Cy,Clerk,gone\n'
    )
    assert said(report) == [
        'The managers are read from "manager": 1 of 2 found in "id".',
        (
            '"gone", the manager of 1 row (row 5), is not in the file; it was added as a placeholder '
            "without a manager."
        ),
        (
            'The chart has 2 tops: "1" (Ann) with 2 nodes, "gone" with 2 nodes. No line joins their '
            "branches, so distances between them cannot be measured. They were left as they are."
        ),
    ]
    assert report.rows == RowAccount(total=3, nodes=3, merged=0, lines=0, rejected=0)
    assert managers(report) == {"1": None, "2": "1", "3": "gone", "gone": None}
    assert report.organization.names.tolist()[:3] == ["Ann", "Bob", "Cy"]
    assert report.organization.titles[0] == "Head of\nSales"


# ---------------------------------------------------------------------- 3 ids are text


def test_managers_that_were_made_numbers_with_a_point():
    """What pandas makes of a column of ids whose top cell is empty."""
    report = read("id,name,manager\n1,Ann,\n2,Bob,1.0\n3,Cy,2.0\n")
    assert said(report) == [
        (
            '"manager" holds numbers with a point ("1.0", "2.0"), which a program makes of ids; "id" '
            'holds them without. They were read without it, "1.0" as "1" and so on.'
        ),
        'The managers are read from "manager": 2 of 2 found in "id".',
    ]
    assert report.rows == RowAccount(total=3, nodes=3, merged=0, lines=0, rejected=0)
    assert managers(report) == {"1": None, "2": "1", "3": "2"}


def test_ids_stay_text():
    report = read("id,name,manager\n007,Ann,\n1e3,Bob,007\nNA,Cy,1e3\nnull,Di,NA\n")
    assert said(report) == [
        'The managers are read from "manager": 3 of 3 found in "id".',
    ]
    assert report.rows == RowAccount(total=4, nodes=4, merged=0, lines=0, rejected=0)
    assert managers(report) == {"007": None, "1e3": "007", "NA": "1e3", "null": "NA"}
    assert report.organization.ids.tolist() == ["007", "1e3", "NA", "null"]


# ---------------------------------------------------------------------- 4 leading zeros


def test_leading_zeros_lost_on_one_side():
    """The Ministry of Defence in 2013: 135 of 136 posts had lost their manager."""
    report = read(
        "Post Unique Reference,Name,Reports to Senior Post\n47,Ann,xx\n48,Bob,00000047\n49,Cy,00000048\n"
    )
    assert said(report) == [
        'The managers are read from "Reports to Senior Post": 2 of 2 found in "Post Unique Reference".',
        (
            "The managers of 2 rows were found after leading zeros were ignored; no two ids are the same "
            'without them: "00000047", "00000048".'
        ),
    ]
    assert report.rows == RowAccount(total=3, nodes=3, merged=0, lines=0, rejected=0)
    assert managers(report) == {"47": None, "48": "47", "49": "48"}


def test_leading_zeros_that_tell_two_posts_apart():
    report = read("id,name,manager\n7,Ann,\n07,Bob,7\n8,Cy,007\n")
    assert said(report) == [
        'The managers are read from "manager": 1 of 2 found in "id".',
        (
            '"007", the manager of 1 row (row 4), is not in the file; it was added as a placeholder '
            "without a manager."
        ),
        (
            'The chart has 2 tops: "7" (Ann) with 2 nodes, "007" with 2 nodes. No line joins their '
            "branches, so distances between them cannot be measured. They were left as they are."
        ),
    ]
    assert report.rows == RowAccount(total=3, nodes=3, merged=0, lines=0, rejected=0)
    assert managers(report) == {"7": None, "07": "7", "8": "007", "007": None}
