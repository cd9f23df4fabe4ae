"""What the reader can decide about rows: duplicates, missing ids, footers, vacancies; rows out of place."""

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from orgmodel.errors import UnreadableFileError
from orgmodel.importing import EVERY, Choice, RowAccount, decide, undo
from tests.importing.test_any_bytes import checked_again
from tests.report_parts import managers, messages, notices_of, options_of, read


def named(report):
    return dict(zip(report.organization.ids, report.organization.names, strict=True))


# ---------------------------------------------------------------------- copies, second managers

COPY = "id,name,manager\na,Ann,\nb,Bob,a\nb,Bob,a\nc,Cy,b\n"


def test_a_copy_is_merged_or_kept():
    merged = read(COPY)
    assert merged.rows == RowAccount(total=4, nodes=3, merged=1, lines=0, rejected=0)
    assert options_of(merged, "duplicate_row") == (
        {"merge": "Merge row 4 into row 3", "keep": "Keep both rows as posts of their own"},
        "merge",
        "merge",
    )
    kept = read(COPY, ("duplicate_row", "4", "keep"))
    assert kept.rows == RowAccount(4, 4, 0, 0, 0)
    assert managers(kept) == {"a": None, "b": "a", "b (2)": "a", "c": "b"}
    assert messages(kept, "duplicate_row") == [
        'Row 4 repeats row 3 ("b") in every cell; both are kept as posts of their own.'
    ]
    assert messages(kept, "duplicate_id")[0].startswith('"b" stands for 2 rows (rows 3, 4). All are kept')
    assert options_of(kept, "duplicate_row")[1:] == ("keep", "merge")


SECOND_MANAGER = "id,name,manager\na,Ann,\nb,Bob,a\nc,Cy,a\nc,Cy,b\nd,Di,c\n"


@pytest.mark.parametrize(
    ("option", "account", "further", "said"),
    [
        (
            "line",
            (5, 4, 0, 1, 0),
            [("c", "b", "dotted", 0.0)],
            '; its manager "b" was taken as a further one (dotted line, without authority).',
        ),
        (
            "shared",
            (5, 4, 0, 1, 0),
            [("c", "b", "shared", 0.5)],
            '; its manager "b" was taken as a further one who shares the authority equally.',
        ),
        ("separate", (5, 5, 0, 0, 0), [], "; both are kept as posts of their own."),
        ("leave out", (5, 4, 0, 0, 1), [], ' and was left out, and with it the line to "b".'),
    ],
)
def test_a_row_that_only_names_another_manager(option, account, further, said):
    report = read(SECOND_MANAGER, ("duplicate_line", "5", option))
    assert messages(report, "duplicate_line") == [f"Row 5 repeats row 4 but for the manager{said}"]
    assert report.rows == RowAccount(*account)
    assert report.organization.further_managers == further
    assert options_of(report, "duplicate_line")[1:] == (option, "line")
    assert managers(report)["d"] == "c"


def test_two_further_managers_share_the_authority_with_the_first():
    text = "id,name,manager\na,Ann,\nb,Bob,a\ne,Eve,a\nc,Cy,a\nc,Cy,b\nc,Cy,e\n"
    report = read(text, ("duplicate_line", EVERY, "shared"))
    assert report.organization.further_managers == [
        ("c", "b", "shared", pytest.approx(1 / 3)),
        ("c", "e", "shared", pytest.approx(1 / 3)),
    ]


# ---------------------------------------------------------------------- different rows of one id

SHARED = (
    "id,name,title,manager,FTE,room\n1,Ann,CEO,,1,\n2,Bob,COO,1,1,\n"
    "3,Cy,Clerk,1,0.6,\n3,Di,Clerk,2,0.4,B7\n3,Cy,,1,0.5,\n5,Ed,Porter,3,1,\n"
)


def test_the_ways_to_meet_a_shared_id():
    report = read(SHARED)
    assert options_of(report, "duplicate_id") == (
        {
            "apart": 'Keep all rows; row 4 keeps the id "3"',
            "keeper 5": 'Keep all rows; row 5 keeps the id "3"',
            "keeper 6": 'Keep all rows; row 6 keeps the id "3"',
            "merge": "Merge the 3 rows into one post (a job share)",
        },
        "apart",
        "apart",
    )
    assert messages(report, "duplicate_id") == [
        (
            '"3" stands for 3 different rows (rows 4, 5, 6). All are kept: row 4 keeps the id and whoever '
            'reports to it; the others are now "3 (2)", "3 (3)". If they are one post that several people '
            "share (a job share), merge them; if they are different posts, give each an id of its own."
        )
    ]


def test_another_row_keeps_the_id():
    report = read(SHARED, ("duplicate_id", "3", "keeper 5"))
    assert managers(report) == {"1": None, "2": "1", "3 (2)": "1", "3": "2", "3 (3)": "1", "5": "3"}
    assert named(report)["3"] == "Di"
    assert "row 5 keeps the id and whoever reports to it; the others" in messages(report, "duplicate_id")[0]
    assert read(SHARED, ("duplicate_id", "3", "keeper 99")).organization == read(SHARED).organization


def test_a_job_share_is_one_post():
    report = read(SHARED, ("duplicate_id", "3", "merge"))
    organization = report.organization
    assert report.rows == RowAccount(total=6, nodes=4, merged=2, lines=0, rejected=0)
    assert managers(report) == {"1": None, "2": "1", "3": "1", "5": "3"}
    row = organization.row("3")
    assert organization.names[row] == "Cy / Di"
    assert organization.titles[row] == "Clerk"
    assert organization.headcount[row] == 1.5
    assert organization.attributes["room"][row] == "B7"
    assert organization.further_managers == [("3", "2", "dotted", 0.0)]
    assert messages(report, "duplicate_id") == [
        (
            '"3" stands for 3 different rows (rows 4, 5, 6). They were merged into row 4 as one post that '
            "several people share."
        )
    ]


def test_who_reports_to_either_of_two_who_share_a_post_reports_to_it():
    text = "id,name,manager name\n1,Ann,\n2,Bob,Ann\n2,Cy,Ann\n3,Di,Bob\n4,Ed,Cy\n"
    report = read(text, ("duplicate_id", "2", "merge"))
    assert managers(report) == {"1": None, "2": "1", "3": "2", "4": "2"}
    assert named(report)["2"] == "Bob / Cy"


def test_a_post_shared_with_a_vacancy_is_held():
    text = "id,name,status\n1,,Vacant\n1,Ann,Active\n2,,Vacant\n2,,Open\n"
    organization = read(text, ("duplicate_id", EVERY, "merge")).organization
    assert organization.statuses.tolist() == ["Active", "vacant"]
    assert organization.headcount.tolist() == [1, 0]


def test_vacancies_of_one_number():
    report = read("id,name,title,manager\n1,Ann,CEO,\n0,Vacant,Clerk,1\n0,Vacant,Porter,1\n")
    assert messages(report, "duplicate_id") == [
        (
            '"0" stands for 2 different rows (rows 3, 4). All are kept: row 3 keeps the id and whoever '
            'reports to it; the other is now "0 (2)". Vacancies are often all given one number, so each is '
            "a post of its own."
        )
    ]


def test_a_keeper_that_makes_a_circle_is_met_by_the_doctor_of_lines():
    text = "id,title,manager\n135,Director,29\n29,Operations,135\n135,Permanent Secretary,xx\n7,Finance,135\n"
    report = read(text, ("duplicate_id", "135", "keeper 2"))
    assert len(notices_of(report, "cycle")) == 1
    assert len(report.organization) == 4


def test_who_names_its_own_shared_id_reports_to_itself():
    report = read("id,title,manager\n1,CEO,\n2,Head,1\n2,Deputy,2\n3,Clerk,2\n")
    assert managers(report)["3"] == "2"
    assert messages(report, "self_reference")[0].startswith('Row 4: "2 (2)"')


# ---------------------------------------------------------------------- rows without id, footers


def test_a_row_without_id_is_kept_or_left_out():
    text = "id,name,manager\n1,Ann,\n,Bob,1\n3,Cy,1\n"
    kept = read(text)
    assert messages(kept, "id_missing") == ['Row 3 has no id; it was given "row 3".']
    assert options_of(kept, "id_missing") == (
        {"keep": "Keep the row, under an id made of its number (row 3)", "leave out": "Leave the row out"},
        "keep",
        "keep",
    )
    left_out = read(text, ("id_missing", "3", "leave out"))
    assert messages(left_out, "id_missing") == ["Row 3 has no id and was left out."]
    assert left_out.rows == RowAccount(3, 2, 0, 0, 1)


def test_a_footer_and_an_empty_row_can_be_kept():
    text = "id,name,manager\n1,Ann,\n2,Bob,1\n,,1\nTotal: 2,,\n"
    report = read(text)
    assert report.rows == RowAccount(4, 2, 0, 0, 2)
    assert messages(report, "row_rejected") == [
        'Row 4 was not made a node because it has neither an id nor a name, title or unit: "1".',
        'Row 5 was not made a node because it is a line under the table: "Total: 2".',
    ]
    kept = read(text, ("row_rejected", "5", "keep"))
    assert kept.rows == RowAccount(4, 3, 0, 0, 1)
    assert messages(kept, "row_rejected")[1] == (
        'Row 5 was made a node although it is a line under the table: "Total: 2".'
    )
    assert undo(decide(report, [Choice("row_rejected", "5", "keep")])).rows == report.rows
    both = read(text, ("row_rejected", EVERY, "keep"))
    assert both.organization.ids.tolist() == ["1", "2", "row 4", "Total: 2"]


# ---------------------------------------------------------------------- vacancies

VACANCIES = "id,name,title,manager\n1,Ann,CEO,\n2,Vacant,Clerk,1\n3,N/D,Clerk,1\n4,TBC,Clerk,1\n"


def test_a_mark_of_a_vacancy_can_mean_a_person():
    report = read(VACANCIES)
    assert messages(report, "vacancy") == [
        '1 post marked "Vacant": kept as a vacant position.',
        '1 post marked "TBC": kept as a vacant position.',
    ]
    assert options_of(report, "vacancy") == (
        {
            "vacant": "Keep as vacant positions",
            "held": "Count as held, by somebody of that name",
            "remove": "Leave out; whoever reports to them goes to their managers",
        },
        "vacant",
        "vacant",
    )
    held = read(VACANCIES, ("vacancy", "TBC", "held"))
    assert held.organization.statuses.tolist() == ["", "vacant", "", ""]
    assert held.organization.headcount.tolist() == [1, 0, 1, 1]
    assert named(held) == {"1": "Ann", "2": "", "3": "", "4": "TBC"}
    assert messages(held, "vacancy")[1] == '1 post marked "TBC": counted as held, as decided.'


def test_vacancies_can_be_left_out_and_their_reports_go_up():
    text = (
        "id,name,manager\n1,Ann,\n2,Vacant,1\n3,Vacant,2\n4,Di,3\n5,Ed,2\n6,Vacant,\n7,Flo,6\n8,Vacant,9\n"
        "9,Vacant,8\n10,Gus,9\n"
    )
    report = read(text, ("vacancy", "Vacant", "remove"))
    assert managers(report) == {"1": None, "4": "1", "5": "1", "7": None, "10": None}
    assert report.rows == RowAccount(total=10, nodes=5, merged=0, lines=0, rejected=5)
    assert messages(report, "vacancy") == [
        (
            '5 posts marked "Vacant": left out, as decided (rows 3, 4, 7, 9, 10); whoever reported to them '
            "reports to their managers."
        )
    ]
    nothing_left = read("id,name\n1,Vacant\n2,Vacant\n", ("vacancy", "Vacant", "remove"))
    assert len(nothing_left.organization) == 2


def test_undisclosed_names_can_mean_vacancies():
    report = read(VACANCIES, ("undisclosed_name", "N/D", "vacant"))
    assert report.organization.statuses.tolist() == ["", "vacant", "vacant", "vacant"]
    assert report.organization.headcount.tolist() == [1, 0, 0, 0]
    assert messages(report, "undisclosed_name") == [
        '1 post with "N/D" as the name: counted as a vacant position, as decided.'
    ]
    assert options_of(report, "undisclosed_name")[1:] == ("vacant", "held")


def test_rare_spellings_are_decided_together_or_one_by_one():
    rows = "".join(f"{number},Vacant - post {number}\n" for number in range(12))
    text = f"id,name\n{rows}"
    together = read(text, ("vacancy", "other ways", "held"))
    assert together.organization.statuses.tolist() == ["vacant"] * 8 + [""] * 4
    one = read(text, ("vacancy", "Vacant - post 11", "held"))
    assert one.organization.statuses.tolist() == ["vacant"] * 11 + [""]
    assert not any(read(text, ("vacancy", EVERY, "held")).organization.statuses)


# ---------------------------------------------------------------------- whatever is chosen

IDS = st.sampled_from(["", "1", "2", "3", "04", "4", "Ann", "Total: 3", "12345", "[id]"])
WORDS = st.sampled_from(
    ["", "Ann", "Bob", "Vacant", "N/D", "TBC", "Jane Doe", "Clerk", "e.g. Bob", "Doe, Jane"]
)
MANAGERS = st.sampled_from(["", "1", "2", "3", "4", "1;2", "9", "Ann", "Clerk", "xx"])


@st.composite
def broken_tables(draw):
    """Draw a table with every kind of broken row."""
    row = st.tuples(IDS, WORDS, WORDS, st.sampled_from(["", "1", "0", "0.5", "many"]), MANAGERS)
    rows = draw(st.lists(row.map(list), min_size=1, max_size=8))
    rows += draw(st.lists(st.sampled_from(rows), max_size=3))  # copies
    for place in draw(st.lists(st.integers(0, len(rows) - 1), max_size=2, unique=True)):
        cell = draw(st.integers(0, 4))
        rows[place] = draw(
            st.sampled_from([rows[place][:cell] + rows[place][cell + 1 :], [*rows[place], "x"]])
            | st.just([*rows[place][:cell], "", *rows[place][cell:]])
        )
    return "id,name,title,FTE,manager\n" + "\n".join(map(",".join, rows)) + "\n"


@given(broken_tables(), st.data())
@settings(max_examples=200)
def test_whatever_is_chosen_every_row_is_accounted_for(text, data):
    try:
        report = read(text)
    except UnreadableFileError:  # no row has a cell
        return
    for _ in range(3):
        repairs = [repair for notice in report.notices for repair in notice.repairs]
        if not repairs:
            return
        total = report.rows.total
        choice = data.draw(st.sampled_from(repairs)).choice
        choice = data.draw(st.sampled_from([choice, Choice(choice.code, EVERY, choice.option)]))
        report = decide(report, [choice])
        organization = report.organization
        assert report.rows.total == total
        assert len(organization) == report.rows.nodes + len(report.added) > 0
        assert checked_again(organization) == organization
        assert choice.code in {notice.code for notice in report.notices}
    assert undo(report).rows.total == report.rows.total
