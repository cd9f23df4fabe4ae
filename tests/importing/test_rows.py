"""What becomes of every row: node, copy, line or nothing; and posts nobody holds."""

import pytest

from orgmodel.importing import NOTICE_CODES, Notice, RowAccount, read_organization
from orgmodel.importing.rows.vacancies import is_vacant_name, is_vacant_status, is_vacant_title
from tests.report_parts import managers, messages


def test_an_account_must_add_up():
    assert RowAccount(5, 2, 1, 1, 1).total == 5
    with pytest.raises(ValueError, match="5 rows, but 4 are accounted for"):
        RowAccount(5, 2, 1, 1, 0)


def test_one_row():
    report = read_organization(b"id\na\n")
    assert report.rows == RowAccount(1, 1, 0, 0, 0)
    assert report.organization.ids.tolist() == ["a"]


def test_every_row_is_accounted_for():
    report = read_organization(
        b"id,name,title,manager\n"
        b"a,Ann,CEO,\n"
        b"b,Bob,COO,a\n"
        b"b,Bob,COO,a\n"  # a copy
        b"c,Cyd,Clerk,b\n"
        b"c,Cyd,Clerk,a\n"  # a second manager
        b"d,Dan,Clerk,b\n"
        b"d,Dora,Clerk,b\n"  # somebody else
        b",,,b\n"  # nobody
        b",Eve,Clerk,b\n"  # somebody without an id
        b"Total: 9,,,\n"
    )
    assert report.rows == RowAccount(total=10, nodes=6, merged=1, lines=1, rejected=2)
    assert managers(report) == {"a": None, "b": "a", "c": "b", "d": "b", "d (2)": "b", "row 10": "b"}
    assert report.organization.further_managers == [("c", "a", "dotted", 0.0)]
    assert messages(report, "duplicate_row") == [
        'Row 4 repeats row 3 ("b") in every cell and was merged into it.'
    ]
    assert messages(report, "duplicate_line") == [
        (
            'Row 6 repeats row 5 but for the manager; its manager "a" was taken as a further one (dotted '
            "line, without authority)."
        )
    ]
    assert messages(report, "duplicate_id") == [
        (
            '"d" stands for 2 different rows (rows 7, 8). All are kept: row 7 keeps the id and whoever '
            'reports to it; the other is now "d (2)". If they are one post that several people share (a job '
            "share), merge them; if they are different posts, give each an id of its own."
        )
    ]
    assert messages(report, "row_rejected") == [
        'Row 9 was not made a node because it has neither an id nor a name, title or unit: "b".',
        'Row 11 was not made a node because it is a line under the table: "Total: 9".',
    ]
    assert messages(report, "id_missing") == ['Row 10 has no id; it was given "row 10".']


def test_an_index_column_does_not_hide_a_copy():
    report = read_organization(b",id,name\n0,a,Ann\n1,a,Ann\n2,b,Bob\n")
    assert report.rows.merged == 1


def test_keeping_the_first_of_two_rows_would_make_a_circle():
    # As in DWP's chart of 2013: a director and the permanent secretary have one number.
    report = read_organization(
        b"id,title,manager\n135,Director,29\n29,Operations,135\n135,Permanent Secretary,xx\n7,Finance,135\n"
    )
    assert managers(report) == {"135 (2)": "29", "29": "135", "135": None, "7": "135"}
    assert messages(report, "duplicate_id") == [
        (
            '"135" stands for 2 different rows (rows 2, 4). All are kept: row 4 keeps the id and whoever '
            "reports to it, because with another row the managers would run in a circle; the other is now "
            '"135 (2)". If they are one post that several people share (a job share), merge them; if they '
            "are different posts, give each an id of its own."
        )
    ]
    assert not messages(report, "cycle")


def test_vacancies_that_are_all_numbered_0_are_posts_of_their_own():
    report = read_organization(
        b"id,name,title,manager\n1,Ann,CEO,XX\n2,Bob,COO,1\n"
        b"0,N/D,Not in Post,1\n0,N/D,Not in Post,2\n0,N/D,Not in Post,2\n"
    )
    assert managers(report) == {"1": None, "2": "1", "0": "1", "0 (2)": "2"}
    assert report.rows == RowAccount(5, 4, 1, 0, 0)


def test_a_new_id_does_not_take_one_that_is_there():
    report = read_organization(b"id,name\na,Ann\na,Bob\na (2),Cyd\na,Dan\n")
    assert report.organization.ids.tolist() == ["a", "a (3)", "a (2)", "a (4)"]


def test_thousands_of_rows_of_one_id():
    rows = "".join(f"x,Name {number}\n" for number in range(5000))
    report = read_organization(f"id,name\n{rows}".encode())
    assert report.organization.ids[-1] == "x (5000)"
    assert len(messages(report, "duplicate_id")) == 1


# ---------------------------------------------------------------------- posts nobody holds


@pytest.mark.parametrize(
    "word",
    [
        *(
            "Vacant",
            "Vacant ",
            "VACANT",
            "vacant",
            '"Vacant"',
            "Vacancy",
            "Eliminated",
            "ELIMINATED",
        ),
        *(
            "Not in Post",
            "Not In Post",
            "Unfilled",
            "To be hired",
            "TBC",
            "Vakant",
            "unbesetzt",
            "N.N.",
            "Vacante",
        ),
        *("Vacature", "Poste vacant", "Vacant - Head of IT", "VACANT (from May)"),
    ],
)
def test_names_of_vacancies(word):
    rows = 'id,name,title,manager\na,Ann,CEO,\nb,"{}",Clerk,a\nc,Cyd,Clerk,b\n'.format(
        word.replace('"', '""')
    )
    report = read_organization(rows.encode())
    organization = report.organization
    assert organization.statuses.tolist() == ["", "vacant", ""]
    assert organization.headcount.tolist() == [1, 0, 1]
    if word != "vacant":  # which is the status itself
        assert organization.attributes["vacancy"].tolist() == [None, word.strip(), None]
    assert organization.names[1] in {"", word}
    assert len(messages(report, "vacancy")) == 1


@pytest.mark.parametrize(
    "name", ["Vacant, Ann", "Ann Vacante", "Nd Ovu", "Otto N. N. Open", "Elimi Nated", "None"]
)
def test_names_that_are_none(name):
    assert not is_vacant_name(name)


def test_statuses_titles_kinds_and_empty_posts():
    report = read_organization(
        b"id,name,title,status,kind,FTE\n"
        b"a,Ann,CEO,Active,person,1\n"
        b"b,,COO,Open,person,1\n"
        b"c,,Not in Post,Active,person,1\n"
        b"d,,Clerk,,vacancy,1\n"
        b"e,Eve,Clerk,On leave,person,0.0\n"
        b"f,Fay,Vacancy Manager,Active,person,1\n"
        b"g,,Clerk,vacant,person,1\n"
    )
    organization = report.organization
    assert organization.statuses.tolist() == ["Active", *["vacant"] * 4, "Active", "vacant"]
    assert organization.attributes["vacancy"].tolist() == [
        *(None, "Open", "Not in Post; Active", "vacancy", "FTE 0.0; On leave", None, "vacant"),
    ]
    assert organization.names[4] == "Eve"
    assert organization.titles[2] == "Not in Post"


def test_a_name_that_is_not_disclosed_leaves_the_post_held():
    """What "N/D" means: schema of the UK government's organograms, senior staff."""
    report = read_organization(b"id,name,title\n1,N/D,Head\n2,N/D,Clerk\n3,Eliminated,Porter\n")
    organization = report.organization
    assert organization.statuses.tolist() == ["", "", "vacant"]
    assert organization.names.tolist() == ["", "", ""]
    assert organization.headcount.tolist() == [1, 1, 0]
    assert messages(report, "undisclosed_name") == [
        (
            '2 posts with "N/D" as the name: it is not disclosed who holds them. They count as held and are '
            "shown by their titles; where one is vacant, write Vacant."
        )
    ]


def test_hundreds_of_spellings_are_told_together():
    rows = "".join(f"{number},Vacant - post {number}\n" for number in range(100))
    report = read_organization(f"id,name\n{rows}".encode())
    assert len(messages(report, "vacancy")) == 9
    assert messages(report, "vacancy")[-1].startswith("92 posts marked in other ways (")


def test_a_column_called_vacancy_is_not_lost():
    report = read_organization(b"id,name,vacancy\n1,Vacant,since May\n")
    assert report.organization.attributes["vacancy"].tolist() == ["since May"]
    assert report.organization.attributes["vacancy'"].tolist() == ["Vacant"]


def test_words_of_a_status_or_title():
    assert is_vacant_status("Open")
    assert not is_vacant_status("Open-ended")
    assert not is_vacant_name("Open")
    assert is_vacant_title("Clerk [vacant]")
    assert not is_vacant_title("Head of Vacant Property")


# ---------------------------------------------------------------------- notices


def test_notices_know_their_place():
    report = read_organization(b"id,headcount\na,1\nb,many\n")
    assert report.notices[-1] == Notice(
        "headcount",
        "warning",
        'Row 3: the headcount "many" is no number of 0 or more; 1 was taken.',
        row=3,
        column="headcount",
        value="many",
    )
    assert {notice.code for notice in report.notices} <= NOTICE_CODES.keys()
