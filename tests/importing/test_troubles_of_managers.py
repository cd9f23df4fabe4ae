"""Troubles of real files, and what the reader reads, word for word: names as ids, several managers."""

from orgmodel.importing import RowAccount
from tests.report_parts import managers, read, said

# ---------------------------------------------------------------------- 8 managers by name or e-mail


def test_two_people_of_one_name():
    report = read(
        "Name,Title,Reports To\n"
        "Ann Lee,CEO,\n"
        "John Smith,Head of Sales,Ann Lee\n"
        "John Smith,Head of IT,Ann Lee\n"
        "Cy Dill,Clerk,John Smith\n"
    )
    assert said(report) == [
        'The managers are read from "Reports To": 3 of 3 found in "Name".',
        'No column of ids: "Name" serves as id.',
        (
            '"John Smith" stands for 2 different rows (rows 3, 4). All are kept: row 3 keeps the id and '
            'whoever reports to it; the other is now "John Smith (2)". If they are one post that several '
            "people share (a job share), merge them; if they are different posts, give each an id of its "
            "own."
        ),
    ]
    assert report.rows == RowAccount(total=4, nodes=4, merged=0, lines=0, rejected=0)
    assert managers(report) == {
        "Ann Lee": None,
        "John Smith": "Ann Lee",
        "John Smith (2)": "Ann Lee",
        "Cy Dill": "John Smith",
    }


def test_last_name_first():
    report = read('Employee Name,Supervisor\nAnn Lee,\nBob Fox,"Lee, Ann"\nCy Dill,"Fox, Bob"\n')
    assert said(report) == [
        'The managers are read from "Supervisor": 2 of 2 found in "Employee Name".',
        'No column of ids: "Employee Name" serves as id.',
        'The managers of 2 rows were found after "Last, First" was turned round: "Lee, Ann", "Fox, Bob".',
    ]
    assert report.rows == RowAccount(total=3, nodes=3, merged=0, lines=0, rejected=0)
    assert managers(report) == {"Ann Lee": None, "Bob Fox": "Ann Lee", "Cy Dill": "Bob Fox"}


def test_case_blanks_and_accents():
    report = read(
        "Name,Work Email,Manager Email\nJosé García,jose@firm.org,\nBob Fox,bob@firm.org,JOSE@FIRM.ORG\n"
        "Cy Dill,cy@firm.org, Bob@Firm.org \nDi Moss,di@firm.org,bob@firm.org\n"
    )
    assert said(report) == [
        'The managers are read from "Manager Email": 3 of 3 found in "Work Email".',
        'No column of ids: "Work Email" serves as id.',
        (
            "The managers of 2 rows were found under another spelling (case, accents, blanks): "
            '"JOSE@FIRM.ORG", "Bob@Firm.org".'
        ),
    ]
    assert report.rows == RowAccount(total=4, nodes=4, merged=0, lines=0, rejected=0)
    assert managers(report) == {
        "jose@firm.org": None,
        "bob@firm.org": "jose@firm.org",
        "cy@firm.org": "bob@firm.org",
        "di@firm.org": "bob@firm.org",
    }


def test_accents_in_names():
    report = read("Name,Manager\nJosé García,\nBob Fox,jose garcia\nCy Dill,Bob  Fox\nDi Moss,Bob Fox\n")
    assert said(report) == [
        'The managers are read from "Manager": 3 of 3 found in "Name".',
        'No column of ids: "Name" serves as id.',
        (
            'The managers of 2 rows were found under another spelling (case, accents, blanks): "jose '
            'garcia", "Bob Fox".'
        ),
    ]
    assert report.rows == RowAccount(total=4, nodes=4, merged=0, lines=0, rejected=0)
    assert managers(report) == {
        "José García": None,
        "Bob Fox": "José García",
        "Cy Dill": "Bob Fox",
        "Di Moss": "Bob Fox",
    }


# ---------------------------------------------------------------------- 9 several managers, levels, edges


def test_several_managers_in_one_cell():
    report = read("id,name,manager\n1,Ann,\n2,Bob,1\n3,Cy,1;2\n4,Di,2\n")
    assert said(report) == [
        'The managers are read from "manager": 2 of 3 found in "id".',
        (
            'Row 4 names several managers ("1", "2"). The first is the manager; the others have dotted '
            "lines without authority."
        ),
    ]
    assert report.rows == RowAccount(total=4, nodes=4, merged=0, lines=0, rejected=0)
    assert managers(report) == {"1": None, "2": "1", "3": "1", "4": "2"}
    assert report.organization.further_managers == [("3", "2", "dotted", 0.0)]


def test_a_column_of_second_managers():
    """OrgPlus."""
    report = read(
        "Person ID,Full Name,Supervisor ID,AltReportsTo\n1,Ann,,\n2,Bob,1,\n3,Cy,1,2\n4,Di,2,1;3;9\n"
    )
    assert said(report) == [
        'The managers are read from "Supervisor ID": 3 of 3 found in "Person ID".',
        'Row 5: "9" is not in the file, so no line was drawn; the cell is kept as an attribute.',
    ]
    assert report.rows == RowAccount(total=4, nodes=4, merged=0, lines=0, rejected=0)
    assert managers(report) == {"1": None, "2": "1", "3": "1", "4": "2"}
    assert [line[:2] for line in report.organization.further_managers] == [("3", "2"), ("4", "1"), ("4", "3")]


def test_one_column_per_level():
    report = read(
        "Level 1,Level 2,Level 3\n"
        "Board,Sales,Export\n"
        "Board,Sales,Home\n"
        "Board,Service,Phone\n"
        "Board,Service,Mail\n"
    )
    assert said(report) == [
        (
            'No column names managers; they were told from the columns of levels "Level 1", "Level 2", '
            '"Level 3": 4 of 4 rows have one. Added as nodes without people: 3 steps on the way that no '
            'row describes ("Sales", "Board", "Service").'
        ),
        'The managers are read from "manager_id": 6 of 6 found in "id".',
    ]
    assert report.rows == RowAccount(total=4, nodes=4, merged=0, lines=0, rejected=0)
    assert managers(report) == {
        "Export": "Sales",
        "Home": "Sales",
        "Phone": "Service",
        "Mail": "Service",
        "Sales": "Board",
        "Board": None,
        "Service": "Board",
    }


def test_a_file_of_nodes_and_a_file_of_edges():
    nodes = b"id,name\n1,Ann\n2,Bob\n3,Cy\n4,Di\n"
    edges = b"source,target,type\n1,2,reports\n1,3,reports\n2,4,reports\n"
    report = read([nodes, edges], filename=["nodes.csv", "edges.csv"])
    assert said(report) == [
        (
            '3 rows of "edges.csv" read as lines: "target" reports to "source", because nearly every '
            'node is once at most in "target". They became: 3 managers.'
        ),
        'The managers are read from "manager_id": 3 of 3 found in "id".',
    ]
    assert report.rows == RowAccount(total=7, nodes=4, merged=0, lines=3, rejected=0)
    assert managers(report) == {"1": None, "2": "1", "3": "1", "4": "2"}


def test_two_people_of_one_name_beside_ids():
    report = read(
        "id,Name,Manager Name\n1,Ann Lee,\n2,John Smith,Ann Lee\n3,John Smith,Ann Lee\n4,Cy Dill,John Smith\n"
    )
    assert said(report) == [
        'The managers are read from "Manager Name": 3 of 3 found in "Name".',
        (
            '"John Smith" is the name of 2 rows (rows 3, 4). Whoever reports to this name was put under '
            "row 3; a column of ids would make it certain."
        ),
    ]
    assert report.rows == RowAccount(total=4, nodes=4, merged=0, lines=0, rejected=0)
    assert managers(report) == {"1": None, "2": "1", "3": "1", "4": "2"}


def test_several_managers_in_draw_io_and_organimi():
    report = read(
        "ID,Firstname,Lastname,Manager ID,Dottedids\n"
        "1,Ann,Lee,,\n"
        "2,Bob,Fox,1,\n"
        "3,Cy,Dill,1,\n"
        "4,Di,Moss,2,1:3\n"
    )
    assert said(report) == [
        'The managers are read from "Manager ID": 3 of 3 found in "ID".',
    ]
    assert report.rows == RowAccount(total=4, nodes=4, merged=0, lines=0, rejected=0)
    assert managers(report) == {"1": None, "2": "1", "3": "1", "4": "2"}
    assert [line[:2] for line in report.organization.further_managers] == [("4", "1"), ("4", "3")]
