"""Troubles of real files, and what the reader reads, word for word: shared ids, missing managers, circles."""

from orgmodel.importing import RowAccount
from tests.report_parts import managers, read, said

# ---------------------------------------------------------------------- 5 one id on several rows


def test_a_job_share_under_one_id():
    report = read(
        "id,name,title,manager,FTE\n"
        "1,Ann,CEO,,1\n"
        "2,Bob,Head of Sales,1,0.5\n"
        "2,Cy,Head of Sales,1,0.5\n"
        "3,Di,Clerk,2,1\n"
    )
    assert said(report) == [
        'The managers are read from "manager": 3 of 3 found in "id".',
        (
            '"2" stands for 2 different rows (rows 3, 4). All are kept: row 3 keeps the id and whoever '
            'reports to it; the other is now "2 (2)". If they are one post that several people share (a '
            "job share), merge them; if they are different posts, give each an id of its own."
        ),
    ]
    assert report.rows == RowAccount(total=4, nodes=4, merged=0, lines=0, rejected=0)
    assert managers(report) == {"1": None, "2": "1", "2 (2)": "1", "3": "2"}


def test_a_job_share_merged():
    text = (
        "id,name,title,manager,FTE\n"
        "1,Ann,CEO,,1\n"
        "2,Bob,Head of Sales,1,0.5\n"
        "2,Cy,Head of Sales,1,0.5\n"
        "3,Di,Clerk,2,1\n"
    )
    report = read(text, ("duplicate_id", "2", "merge"))
    assert said(report) == [
        'The managers are read from "manager": 3 of 3 found in "id".',
        (
            '"2" stands for 2 different rows (rows 3, 4). They were merged into row 3 as one post that '
            "several people share."
        ),
    ]
    assert report.rows == RowAccount(total=4, nodes=3, merged=1, lines=0, rejected=0)
    assert managers(report) == {"1": None, "2": "1", "3": "2"}
    assert report.organization.names[1] == "Bob / Cy"
    assert report.organization.headcount.tolist() == [1, 1, 1]


def test_vacancies_all_numbered_0():
    """HM Revenue & Customs in 2013."""
    report = read("id,name,title,manager\n1,Ann,CEO,XX\n2,Bob,COO,1\n0,Vacant,Clerk,1\n0,Vacant,Porter,2\n")
    assert said(report) == [
        'The managers are read from "manager": 3 of 3 found in "id".',
        '2 posts marked "Vacant": kept as vacant positions.',
        (
            '"0" stands for 2 different rows (rows 4, 5). All are kept: row 4 keeps the id and whoever '
            'reports to it; the other is now "0 (2)". Vacancies are often all given one number, so each '
            "is a post of its own."
        ),
    ]
    assert report.rows == RowAccount(total=4, nodes=4, merged=0, lines=0, rejected=0)
    assert managers(report) == {"1": None, "2": "1", "0": "1", "0 (2)": "2"}


def test_two_different_posts_with_one_number():
    """The Department for Work and Pensions in 2013: keeping the first row loses 225 posts in a circle."""
    report = read(
        "id,title,manager\n135,Director,29\n29,Operations,135\n135,Permanent Secretary,xx\n7,Finance,135\n"
    )
    assert said(report) == [
        'The managers are read from "manager": 3 of 3 found in "id".',
        (
            '"135" stands for 2 different rows (rows 2, 4). All are kept: row 4 keeps the id and whoever '
            "reports to it, because with another row the managers would run in a circle; the other is "
            'now "135 (2)". If they are one post that several people share (a job share), merge them; if '
            "they are different posts, give each an id of its own."
        ),
    ]
    assert report.rows == RowAccount(total=4, nodes=4, merged=0, lines=0, rejected=0)
    assert managers(report) == {"135 (2)": "29", "29": "135", "135": None, "7": "135"}


# ---------------------------------------------------------------------- 6 managers and tops


def test_the_manager_comes_after_the_employee():
    report = read("id,name,manager\n3,Cy,2\n2,Bob,1\n1,Ann,\n")
    assert said(report) == [
        'The managers are read from "manager": 2 of 2 found in "id".',
    ]
    assert report.rows == RowAccount(total=3, nodes=3, merged=0, lines=0, rejected=0)
    assert managers(report) == {"3": "2", "2": "1", "1": None}


def test_a_manager_who_is_not_in_the_file():
    report = read("id,name,manager\n1,Ann,\n2,Bob,1\n3,Cy,9\n4,Di,9\n")
    assert said(report) == [
        'The managers are read from "manager": 1 of 3 found in "id".',
        (
            'Most managers in "manager" are not in the file ("9"). Perhaps the export covers a part '
            "of the company, or the column that says what they refer to is missing."
        ),
        (
            '"9", the manager of 2 rows (rows 4, 5), is not in the file; it was added as a placeholder '
            "without a manager."
        ),
        (
            'The chart has 2 tops: "9" with 3 nodes, "1" (Ann) with 2 nodes. No line joins their '
            "branches, so distances between them cannot be measured. They were left as they are."
        ),
    ]
    assert report.rows == RowAccount(total=4, nodes=4, merged=0, lines=0, rejected=0)
    assert managers(report) == {"1": None, "2": "1", "3": "9", "4": "9", "9": None}


def test_several_roots():
    report = read("id,name,manager\n1,Ann,\n2,Bob,1\n3,Cy,1\n4,Di,\n5,Ed,4\n6,Flo,\n")
    assert said(report) == [
        'The managers are read from "manager": 3 of 3 found in "id".',
        (
            'The chart has 3 tops: "1" (Ann) with 3 nodes, "4" (Di) with 2 nodes, "6" (Flo) with 1 node. '
            "No line joins their branches, so distances between them cannot be measured. They were left "
            "as they are."
        ),
    ]
    assert report.rows == RowAccount(total=6, nodes=6, merged=0, lines=0, rejected=0)
    assert managers(report) == {"1": None, "2": "1", "3": "1", "4": None, "5": "4", "6": None}


def test_a_cycle_beside_a_tree():
    """Other tools leave out everybody in it and below it, in silence."""
    report = read("id,name,manager\n1,Ann,\n2,Bob,1\n3,Cy,5\n4,Di,3\n5,Ed,4\n6,Flo,5\n")
    assert said(report) == [
        'The managers are read from "manager": 5 of 5 found in "id".',
        (
            'The managers of 3 rows run in a circle: "5" (Ed) -> "4" (Di) -> "3" (Cy) -> "5". The line '
            'from "5" (Ed) to "4" (Di) was left out, because "5" has the largest branch of its own '
            '(1 node). "5" is a top now.'
        ),
        (
            'The chart has 2 tops: "5" (Ed) with 4 nodes, "1" (Ann) with 2 nodes. No line joins their '
            "branches, so distances between them cannot be measured. They were left as they are."
        ),
    ]
    assert report.rows == RowAccount(total=6, nodes=6, merged=0, lines=0, rejected=0)
    assert managers(report) == {"1": None, "2": "1", "3": "5", "4": "3", "5": None, "6": "5"}


def test_nothing_but_a_cycle():
    report = read("id,name,manager\n1,Ann,2\n2,Bob,3\n3,Cy,1\n")
    assert said(report) == [
        'The managers are read from "manager": 3 of 3 found in "id".',
        (
            'The managers of 3 rows run in a circle: "1" (Ann) -> "2" (Bob) -> "3" (Cy) -> "1". The line '
            'from "1" (Ann) to "2" (Bob) was left out, because no branch is larger than another and '
            '"1" comes first. "1" is a top now.'
        ),
    ]
    assert report.rows == RowAccount(total=3, nodes=3, merged=0, lines=0, rejected=0)
    assert managers(report) == {"1": None, "2": "3", "3": "1"}


# ---------------------------------------------------------------------- 7 who reports to themselves


def test_a_self_reference_that_marks_the_top():
    report = read("id,name,manager\n1,Ann,1\n2,Bob,1\n3,Cy,2\n")
    assert said(report) == [
        'The managers are read from "manager": 3 of 3 found in "id".',
        'Row 2: "1" (Ann) reports to itself and was taken as a top.',
    ]
    assert report.rows == RowAccount(total=3, nodes=3, merged=0, lines=0, rejected=0)
    assert managers(report) == {"1": None, "2": "1", "3": "2"}


def test_a_self_reference_that_is_a_mistake():
    """The Home Office: the row that reports to itself is the customer unit."""
    report = read(
        "id,name,title,manager\n"
        "1,Ann,Permanent Secretary,XX\n"
        '2,Bob,"Director, Customers & Change",2\n'
        "3,Cy,Clerk,2\n"
    )
    assert said(report) == [
        'The managers are read from "manager": 2 of 2 found in "id".',
        (
            'Row 3: "2" (Bob) reports to itself. Other rows are marked as tops in another way, so this '
            "may be a mistake; it is a top of its own with 1 node below it, apart from all others until "
            "its manager is given."
        ),
        (
            'The chart has 2 tops: "2" (Bob) with 2 nodes, "1" (Ann) with 1 node. No line joins their '
            "branches, so distances between them cannot be measured. They were left as they are."
        ),
    ]
    assert report.rows == RowAccount(total=3, nodes=3, merged=0, lines=0, rejected=0)
    assert managers(report) == {"1": None, "2": None, "3": "2"}
