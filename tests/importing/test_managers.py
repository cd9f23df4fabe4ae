"""Who reports to whom: what the manager column refers to, and what to do where it does not."""

import pytest

from orgmodel.importing import read_organization
from orgmodel.importing.files.cells import column_of, empty_column
from orgmodel.importing.managers.directory import Directory, primary_nodes
from tests.report_parts import managers, messages


def notices(report, code):
    return [(notice.severity, notice.row, notice.value) for notice in report.notices if notice.code == code]


# ---------------------------------------------------------------------- what the values refer to


def test_managers_by_a_column_nobody_would_guess():
    report = read_organization(
        b"id,role,manager_role_slug,reports_to\np1,CEO,ceo,none\np2,CTO,cto,ceo\np3,Engineer,,cto\np4,Clerk,,ceo\n"
    )
    assert managers(report) == {"p1": None, "p2": "p1", "p3": "p2", "p4": "p1"}
    assert messages(report, "manager_column") == [
        'The managers are read from "reports_to": 3 of 3 found in "manager_role_slug".'
    ]


def test_ids_are_preferred_to_names():
    report = read_organization(
        b"id,name,supervisor,supervisorId\n1,Ann,,\n2,Bob,Ann,1\n3,Ann,Bob,2\n4,Dan,Ann,3\n"
    )
    assert managers(report) == {"1": None, "2": "1", "3": "2", "4": "3"}
    assert report.columns["manager"] == ("supervisorId",)


def test_two_manager_columns_that_disagree():
    report = read_organization(
        b"Job Id,Employee Name,Reporting To Job Id,Reporting to\n"
        b"1,Ann,,\n2,Bob,1,Ann\n3,Cyd,1,Ann\n4,Dan,3,Bob\n"
    )
    assert managers(report) == {"1": None, "2": "1", "3": "1", "4": "3"}
    assert messages(report, "manager_columns_disagree") == [
        (
            'Row 5: "Reporting To Job Id" names "3" as the manager, but "Reporting to" names "Bob"; the '
            "first "
            "was taken."
        )
    ]


@pytest.mark.parametrize(
    ("reference", "way"),
    [
        ("ANN ONE", "found under another spelling (case, accents, blanks)"),
        ("Ann  One", "found under another spelling (case, accents, blanks)"),
        ("Änn One", "found under another spelling (case, accents, blanks)"),
        ("One, Ann", 'found after "Last, First" was turned round'),
        ("Ann One (acting)", "found by the part before or within the brackets"),
        ("a@x.org", "found in another column than the others"),
    ],
)
def test_managers_written_in_another_way(reference, way):
    rows = "1,Ann One,a@x.org,\n2,Bob Two,b@x.org,Ann One\n3,Dan Ten,d@x.org,Ann One\n"
    report = read_organization(f'id,Name,Email,Manager\n{rows}4,Cyd Six,c@x.org,"{reference}"\n'.encode())
    assert managers(report) == {"1": None, "2": "1", "3": "1", "4": "1"}
    assert messages(report, "loose_match") == [
        f'The managers of 1 row were {way}: "{reference}".'.replace("  ", " ")
    ]


def test_names_written_last_name_first_in_the_name_column():
    report = read_organization(b'Name,Manager\n"One, Ann",\n"Two, Bob",Ann One\n"Six, Cyd",Ann One\n')
    assert managers(report) == {"One, Ann": None, "Two, Bob": "One, Ann", "Six, Cyd": "One, Ann"}


def test_leading_zeros_are_ignored_only_when_nothing_else_is_found():
    report = read_organization(b"id,manager\n47,XX\n163901,00000047\n9,00163901\n0,0000163901\n")
    assert managers(report) == {"47": None, "163901": "47", "9": "163901", "0": "163901"}
    assert messages(report, "leading_zeros") == [
        (
            "The managers of 3 rows were found after leading zeros were ignored; no two ids are the same "
            "without "
            'them: "00000047", "00163901", "0000163901".'
        )
    ]
    # Two ids that differ in their zeros are two people: then nothing is guessed.
    report = read_organization(b"id,manager\n47,XX\n047,47\n9,0047\n")
    assert managers(report) == {"47": None, "047": "47", "9": "0047", "0047": None}


def test_the_same_name_twice():
    report = read_organization(
        b"Name,Title,Manager\nAnn,CEO,\nBob,COO,Ann\nBob,Clerk,Cyd\nCyd,CFO,Ann\nDan,Clerk,Bob\n"
    )
    assert managers(report) == {"Ann": None, "Bob": "Ann", "Bob (2)": "Cyd", "Cyd": "Ann", "Dan": "Bob"}
    report = read_organization(b"id,Name,Manager\n1,Ann,\n2,Bob,Ann\n3,Bob,Cyd\n4,Cyd,Ann\n5,Dan,Bob\n")
    assert managers(report) == {"1": None, "2": "1", "3": "4", "4": "1", "5": "2"}
    assert messages(report, "ambiguous_manager") == [
        (
            '"Bob" is the name of 2 rows (rows 3, 4). Whoever reports to this name was put under row 3; a '
            "column of "
            "ids would make it certain."
        )
    ]


def test_of_two_of_one_name_the_one_that_makes_no_circle():
    report = read_organization(b"id,Name,Manager\n1,Bob,Cyd\n2,Cyd,Bob\n3,Bob,\n")
    assert managers(report) == {"1": "2", "2": "3", "3": None}


def test_several_managers_in_one_cell():
    report = read_organization(b"id,manager\n1,\n2,1\n3,1;2\n4,2:1\n5,1;9\n")
    assert managers(report) == {"1": None, "2": "1", "3": "1", "4": "2", "5": "1;9", "1;9": None}
    assert report.organization.further_managers == [("3", "2", "dotted", 0.0), ("4", "1", "dotted", 0.0)]
    assert messages(report, "several_managers")[0] == (
        'Row 4 names several managers ("1", "2"). The first is the manager; the others have dotted lines '
        "without "
        "authority."
    )


def test_a_column_that_only_says_who_is_a_supervisor_is_no_manager_column():
    report = read_organization(b"id,name,Supervisor,Parent\n1,Ann,Yes,\n2,Bob,No,1\n3,Cyd,No,1\n")
    assert managers(report) == {"1": None, "2": "1", "3": "1"}


def test_codes_that_happen_to_be_ids_are_no_managers():
    levels = [""] + [str(1 + number % 3) for number in range(40)]
    rows = "".join(f"{number + 1},{number % 7},{level}\n" for number, level in enumerate(levels))
    report = read_organization(f"id,age,tier\n{rows}".encode())
    assert "no_manager_column" in [notice.code for notice in report.notices]


@pytest.mark.parametrize(
    ("header", "beginning"),
    [
        ("id,displayName,userPrincipalName,accountEnabled", "No column says who reports to whom"),
        ("id,displayName,userPrincipalName,Manager", 'The column "Manager" names nobody'),
    ],
)
def test_a_file_without_managers(header, beginning):
    report = read_organization(f"{header}\n1,Ann,a@x.org,\n2,Bob,b@x.org,\n".encode())
    assert managers(report) == {"1": None, "2": None}
    assert messages(report, "no_manager_column") == [
        (
            f"{beginning}, so all 2 rows are tops. Add a column with each person's manager (their id, "
            f"e-mail address or "
            'name) and read the file again. An export that has it is usually called "reporting lines", "org '
            'chart" or '
            '"employees with manager".'
        )
    ]
    assert notices(report, "no_manager_column") == [("error", None, None)]


def test_one_row_without_managers():
    report = read_organization(b"id,name\n1,Ann\n")
    assert messages(report, "no_manager_column")[0].startswith(
        "No column says who reports to whom, so the only row is a top. Add a column"
    )
    assert notices(report, "no_manager_column") == [("info", None, None)]


# ---------------------------------------------------------------------- tops, orphans, circles


@pytest.mark.parametrize(
    "mark", ["", "-1", "0", "XX", "xx", "none", "NO_MANAGER", "no_mgr", "N/A", "NULL", " n/a "]
)
def test_marks_of_a_top(mark):
    report = read_organization(f"id,manager\na,{mark}\nb,a\nc,{mark}\n".encode())
    assert managers(report) == {"a": None, "b": "a", "c": None}
    assert not report.added


def test_a_mark_that_is_an_id_is_an_id():
    report = read_organization(b"id,manager\n0,\n1,0\nnone,1\n-1,none\n")
    assert managers(report) == {"0": None, "1": "0", "none": "1", "-1": "none"}


def test_who_reports_to_themselves_where_that_is_the_mark_of_the_top():
    report = read_organization(b"id,manager\na,a\nb,a\n")
    assert managers(report) == {"a": None, "b": "a"}
    assert messages(report, "self_reference") == ['Row 2: "a" reports to itself and was taken as a top.']


def test_who_reports_to_themselves_by_mistake():
    report = read_organization(b"id,title,manager\na,CEO,XX\nb,Director Customers,b\nc,Clerk,b\n")
    assert managers(report) == {"a": None, "b": None, "c": "b"}
    assert notices(report, "self_reference") == [("warning", 3, "b")]
    assert messages(report, "self_reference") == [
        (
            'Row 3: "b" (Director Customers) reports to itself. Other rows are marked as tops in another '
            "way, so this may be a mistake; it is a top of its own with 1 node below it, apart from all "
            "others until its manager is given."
        )
    ]


def test_managers_outside_the_file_become_placeholders_that_keep_siblings_together():
    report = read_organization(b"id,name,manager\na,Ann,\nb,Bob,x\nc,Cyd,x\nd,Dan,y\ne,Eve,d\n")
    organization = report.organization
    assert managers(report) == {"a": None, "b": "x", "c": "x", "d": "y", "e": "d", "x": None, "y": None}
    assert report.added == ("x", "y")
    assert organization.names.tolist()[-2:] == ["x", "y"]
    assert organization.statuses.tolist()[-2:] == ["placeholder", "placeholder"]
    assert organization.headcount.tolist()[-2:] == [0, 0]
    assert notices(report, "missing_manager") == [("warning", 3, "x"), ("warning", 5, "y")]
    assert messages(report, "missing_manager")[0] == (
        '"x", the manager of 2 rows (rows 3, 4), is not in the file; it was added as a placeholder '
        "without a manager."
    )


def test_the_manager_of_the_only_top_needs_no_placeholder():
    report = read_organization(b"id,manager\na,The Board\nb,a\nc,b\n")
    assert managers(report) == {"a": None, "b": "a", "c": "b"}
    assert messages(report, "outside_manager") == [
        (
            'Row 2: "a" reports to "The Board", which is not in the file; as there is no other top, this row '
            "is the top."
        )
    ]


def test_managers_none_of_whom_is_in_the_file():
    report = read_organization(b"id,name,Manager\n1,Ann,M7\n2,Bob,M7\n3,Cyd,M9\n")
    assert managers(report) == {"1": "M7", "2": "M7", "3": "M9", "M7": None, "M9": None}
    assert messages(report, "managers_not_found") == [
        (
            'Most managers in "Manager" are not in the file ("M7", "M9"). Perhaps the export covers a '
            "part of the "
            "company, or the column that says what they refer to is missing."
        )
    ]


def test_a_circle_is_named_and_cut_above_its_largest_branch():
    report = read_organization(b"id,manager\ntop,\na,c\nb,a\nc,b\nd,b\ne,d\nf,c\n")
    assert managers(report) == {"top": None, "a": "c", "b": None, "c": "b", "d": "b", "e": "d", "f": "c"}
    assert notices(report, "cycle") == [("error", 4, "a")]
    assert messages(report, "cycle") == [
        (
            'The managers of 3 rows run in a circle: "b" -> "a" -> "c" -> "b". The line from "b" to "a" '
            'was left out, because "b" has the largest branch of its own (2 nodes). "b" is a top now.'
        )
    ]


def test_a_file_that_is_nothing_but_a_circle():
    report = read_organization(b"id,manager\na,b\nb,a\n")
    assert managers(report) == {"a": None, "b": "a"}


def test_a_long_circle_is_shortened_in_the_sentence():
    rows = "".join(f"n{number},n{(number + 1) % 1000}\n" for number in range(1000))
    report = read_organization(f"id,manager\n{rows}".encode())
    assert len(report.organization.roots) == 1
    assert "... (1000 in all)" in messages(report, "cycle")[0]


@pytest.mark.parametrize("mark", ["0", "XX", "none"])
def test_a_mark_for_nobody_that_is_an_id_is_the_manager_it_names(mark):
    """Programs number nodes from 0, and all may report to the first."""
    for top in ("", mark):
        report = read_organization(
            f"id,name,manager\n{mark},Ann,{top}\n1,Bob,{mark}\n2,Cyd,{mark}\n".encode()
        )
        assert managers(report) == {mark: None, "1": mark, "2": mark}
    report = read_organization(f"id,name,manager\n5,Ann,{mark}\n1,Bob,5\n".encode())
    assert managers(report) == {"5": None, "1": "5"}


def test_rows_that_name_themselves_are_not_said_to_be_missing():
    report = read_organization(b"id,name,manager\n1,Ann,\n2,Bob,2\n3,Cyd,2\n4,Dan,4\n")
    assert managers(report) == {"1": None, "2": None, "3": "2", "4": None}
    assert messages(report, "manager_column") == [
        'The managers are read from "manager": most rows name themselves there.'
    ]
    assert not messages(report, "managers_not_found")


# ---------------------------------------------------------------------- the parts


def test_primary_nodes_take_the_first_that_makes_no_circle():
    assert primary_nodes(["a", "b", "a"], ["b", "a", ""]) == {"a": 2}
    assert primary_nodes(["a", "b", "a"], ["", "a", "b"]) == {"a": 0}
    assert primary_nodes(["a", "a"], ["a", "a"]) == {"a": 0}  # both do
    assert primary_nodes(["", ""], ["", ""]) == {}


def test_primary_nodes_of_many_duplicates_in_a_long_chain_do_not_hang():
    size = 20_000
    values = [f"n{number}" for number in range(size)] * 2
    references = [f"n{number + 1}" for number in range(size)] * 2
    assert len(primary_nodes(values, references)) == size


def test_a_name_two_others_share_means_neither_of_them():
    columns = [column_of(["1", "2", "3"]), column_of(["Bob", "Bob", "Cyd"])]
    directory = Directory(columns, empty_column(3))
    assert directory.find("Cyd") == (2, "another column")
    assert directory.find("Bob") == (-2, "")
    assert directory.find("none") == (-1, "")
