"""Rows whose cells stand one column too far left or right, and rows left in from a template."""

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from orgmodel.importing import EVERY, PROPOSED, Choice, RowAccount, decide
from tests.report_parts import managers, messages, notices_of, options_of, read

CHART = (
    "id,name,title,department,manager\n1,Ann Lee,CEO,Board,\n2,Bob Fox,Head,Sales,1\n"
    "3,Cy Dill,Clerk,Sales,2\n4,Di Moss,Clerk,Service,1\n5,Ed Ray,Clerk,Service,4\n"
)


# ---------------------------------------------------------------------- rows out of place


@pytest.mark.parametrize(
    ("row", "node", "said"),
    [
        (
            "6,Smith, Fay,Clerk,Service,4",
            ("6", "Smith, Fay", "Clerk", "Service"),
            (
                'Row 7 has a cell too many, because "Smith, Fay" was cut at the comma. It was put right: '
                'name "Smith, Fay", title "Clerk", department "Service", manager "4". In the file: name '
                '"Smith", title "Fay", department "Clerk", manager "Service", column 6 "4".'
            ),
        ),
        (
            "6,Fay Smith,Service,4",
            ("6", "Fay Smith", "", "Service"),
            (
                'Row 7 lacks a cell, so the cells from "title" on stand one column too far to the left. '
                'It was put right: title "", department "Service", manager "4". In the file: title '
                '"Service", department "4", manager "".'
            ),
        ),
        (
            "6,,Fay Smith,Clerk,Service,4",
            ("6", "Fay Smith", "Clerk", "Service"),
            (
                'Row 7 has an empty cell too many, so the cells from "title" on stand one column too far '
                'to the right. It was put right: name "Fay Smith", title "Clerk", department "Service", '
                'manager "4". In the file: name "", title "Fay Smith", department "Clerk", manager '
                '"Service", column 6 "4".'
            ),
        ),
        (
            "Fay Smith,Clerk,Service,4",
            ("row 7", "Fay Smith", "Clerk", "Service"),
            (
                'Row 7 lacks a cell, so the cells from "id" on stand one column too far to the left. It '
                'was put right: id "", name "Fay Smith", title "Clerk", department "Service", manager '
                '"4". In the file: id "Fay Smith", name "Clerk", title "Service", department "4", '
                'manager "".'
            ),
        ),
    ],
)
def test_a_shifted_row_is_put_right(row, node, said):
    report = read(f"{CHART}{row}\n7,Gus Hill,Clerk,Service,5\n")
    organization = report.organization
    assert messages(report, "shifted_row") == [said]
    assert report.rows == RowAccount(7, 7, 0, 0, 0)
    place = organization.row(node[0])
    assert (organization.names[place], organization.titles[place], organization.units[place]) == node[1:]
    assert managers(report)[node[0]] == "4"
    assert not report.added
    assert not {"long_row", "unnamed_column"} & {notice.code for notice in report.notices}


def test_a_shifted_row_can_be_left_as_it_is():
    text = f"{CHART}6,Smith, Fay,Clerk,Service,4\n"
    report = read(text, ("shifted_row", "7", "leave"))
    assert report.added == ("Service",)
    assert messages(report, "shifted_row") == [
        (
            'Row 7 has a cell too many, because "Smith, Fay" was cut at the comma. It was left as it is: '
            'name "Smith", title "Fay", department "Clerk", manager "Service", column 6 "4". Put right it '
            'would say: name "Smith, Fay", title "Clerk", department "Service", manager "4".'
        )
    ]
    assert options_of(report, "shifted_row") == (
        {"shift": "Move the cells of row 7 back by one column", "leave": "Leave row 7 as it is"},
        "leave",
        "shift",
    )
    assert len(messages(report, "long_row")) == 1
    assert managers(decide(report, [Choice("shifted_row", EVERY, PROPOSED)])) == managers(read(text))


def test_weak_signs_of_a_shift_only_propose():
    """Neither id nor manager tells it: phone and start date alone."""
    rows = "".join(
        f"{number},Name {number},{max(number // 2, 1) if number > 1 else ''},+49 {number},2020-01-0{number}\n"
        for number in range(1, 8)
    )
    text = f"id,name,manager,phone,start\n{rows}8,Name 8,1,,0 17,2021-05-05\n"
    report = read(text)
    assert report.rows.nodes == 8
    assert [notice.code for notice in report.notices if notice.code == "shifted_row"] in ([], ["shifted_row"])
    for notice in notices_of(report, "shifted_row"):
        assert [repair.applied for repair in notice.repairs] == [False, True]


@pytest.mark.parametrize(
    "row",
    [
        "6,Fay Smith,Clerk,Service,77",  # the manager has left
        "6,Fay Smith,,Service,",  # another top
        "x6,Fay Smith,Service,Clerk,4",  # cells exchanged, not shifted
        "root,Fay Smith,Clerk,Service,",  # an id of another form
        "6,Fay Smith,Clerk,Service,4,a note beyond the header",
        "6,Smith; Fay,Clerk,Service,4",
    ],
)
def test_rows_that_are_not_shifted(row):
    assert not notices_of(read(f"{CHART}{row}\n7,Gus Hill,Clerk,Service,5\n"), "shifted_row")


def test_a_top_that_names_itself_in_another_column_is_not_shifted():
    """As in the UK government's files of 2015: the only row without parent is "root"."""
    report = read("id,parentId,name\nroot,,All\n1,root,Ann\n2,1,Bob\n3,1,Cy\n4,2,Di\n")
    assert not notices_of(report, "shifted_row")


def test_every_tenth_name_is_cut():
    """So many shifted rows make each other's cells look familiar."""
    people = [
        f"{number},{'Lee, Ann' if number % 10 == 9 else 'Ann Lee'} {number},p{number}@firm.org,2020-01-01,1,"
        f"{number // 7 if number else ''}"
        for number in range(200)
    ]
    report = read("id,name,email,start,fte,manager\n" + "\n".join(people) + "\n")
    assert len(notices_of(report, "shifted_row")) == 20
    assert report.organization.names[19] == "Lee, Ann 19"
    assert report.organization.roots.tolist() == [0]
    assert set(report.organization.attributes) == {"email", "start"}
    assert {notice.code for notice in report.notices} == {"shifted_row", "manager_column"}


@given(st.data())
@settings(max_examples=150)
def test_a_row_cut_anywhere_keeps_its_cells(data):
    """Whatever is moved, no text is lost, and everything adds up."""
    rows = [line.split(",") for line in CHART.splitlines()]
    row = data.draw(st.integers(1, 5))
    place = data.draw(st.integers(0, 4))
    cells = rows[row]
    broken = data.draw(
        st.sampled_from([[*cells[:place], *cells[place + 1 :]], [*cells[:place], "", *cells[place:]]])
    )
    rows[row] = broken
    report = read("\n".join(map(",".join, rows)) + "\n")
    organization = report.organization
    held = " ".join(
        map(str, (*organization.ids, *organization.names, *organization.titles, *organization.units))
    )
    said = " ".join(notice.message for notice in report.notices)  # of a manager outside the file
    kept = held + " ".join(str(value) for column in organization.attributes.values() for value in column)
    assert all(cell in kept + said for cell in broken if cell)
    assert len(organization) == report.rows.nodes + len(report.added)


# ---------------------------------------------------------------------- rows of a template


def with_template(row):
    header, rest = CHART.split("\n", 1)
    return f"{header}\n{row}\n{rest}"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("Example,Pat Kim,e.g. Clerk,Sales,1", None),
        (
            "12345,Jane Doe,Manager,Sales,1",
            'the id "12345" and the name "Jane Doe" are common examples',
        ),
        ("99999,Max Mustermann,Clerk,Sales,1", None),
        ("6,DELETE THIS ROW,Clerk,Sales,1", '"DELETE THIS ROW" tells to delete it'),
        ("[your id],<your name>,{{title}},Sales,1", 'most cells are placeholders such as "[your id]"'),
    ],
)
def test_a_row_of_the_template_is_left_out(row, reason):
    report = read(with_template(row))
    notice = notices_of(report, "template_row")[0]
    if reason is None:
        options = options_of(report, "template_row")
        assert options[2] == "leave out"
    else:
        cells = ", ".join(f'"{cell}"' for cell in row.split(","))
        assert notice.message == (
            f"Row 2 seems to be left in from a template: {reason}. It was not made a node: {cells}."
        )
        assert report.rows == RowAccount(6, 5, 0, 0, 1)
    kept = read(with_template(row), ("template_row", "2", "keep"))
    assert kept.rows.rejected == 0
    assert notices_of(kept, "template_row")[0].message.endswith(
        ("It was kept, as decided.", "if it stands for nobody, leave it out.")
    )


def test_a_single_weak_sign_only_proposes():
    report = read(with_template("e.g. 17,Pat Kim,Manager,Sales,1"))
    assert messages(report, "template_row") == [
        (
            'Row 2 seems to be left in from a template: "e.g. 17" is an example by its words. It was kept; '
            "if it stands for nobody, leave it out."
        )
    ]
    assert options_of(report, "template_row")[1:] == ("keep", "leave out")


def test_a_template_row_that_others_report_to_stays():
    report = read(with_template("12345,Jane Doe,Manager,Sales,1") + "6,Flo Kerr,Clerk,Sales,12345\n")
    assert messages(report, "template_row")[0].endswith("It was kept, because other rows report to it.")
    assert options_of(report, "template_row")[1:] == ("keep", "keep")
    assert managers(report)["6"] == "12345"


def test_rows_of_a_template_that_report_to_each_other_go_together():
    text = with_template("12345,Jane Doe,Manager,Sales,\n99999,John Doe,Clerk,Sales,12345")
    report = read(text)
    assert len(notices_of(report, "template_row")) == 2
    assert report.rows == RowAccount(7, 5, 0, 0, 2)


@pytest.mark.parametrize(
    "row",
    [
        "6,Jane Doe,Clerk,Sales,1",  # people are called so
        "6,Pat Kim,Sample Preparation Analyst,Sales,1",
        "12345,Pat Kim,Clerk,Sales,1",
        "6,Pat Kim,Clerk (vacant),[Sales],1",
        "6,Pat Kim,Head of Examples,Templates,1",
    ],
)
def test_rows_that_are_of_no_template(row):
    assert not notices_of(read(with_template(row)), "template_row")


def test_a_chart_of_examples_is_the_chart():
    rows = "".join(f"{n},P{n},p{n}@example.com,{1 if n > 1 else ''}\n" for n in range(1, 9))
    text = f"id,name,email,manager\n{rows}12345,John Doe,john@example.com,1\n"
    assert not notices_of(read(text), "template_row")


def test_a_file_of_template_rows_only_is_read_all_the_same():
    report = read("id,name,manager\n12345,Jane Doe,\n99999,John Doe,12345\n")
    assert report.rows.nodes + report.rows.rejected == 2
    assert len(report.organization) > 0


def test_a_row_that_adds_the_others_up_is_not_moved():
    report = read("id,name,manager\n1,Ann,\n2,Bob,1\n3,Cyd,1\n4,Dan,2\nTotal,4,\n")
    assert managers(report) == {"1": None, "2": "1", "3": "1", "4": "2", "Total": None}
