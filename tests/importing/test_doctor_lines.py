"""The doctor for lines: every finding about managers can be met in several ways, and says what was done."""

import pytest

from orgmodel.importing import EVERY, PROPOSED
from orgmodel.lines import FurtherManager
from tests.report_parts import managers, read


def found(report, code):
    """Return the only finding of a code."""
    (notice,) = [notice for notice in report.notices if notice.code == code]
    return notice


def options(report, code):
    """Return option -> title; the applied one has a star, the proposed one an exclamation mark."""
    return {
        repair.choice.option: repair.title + "*" * repair.applied + "!" * repair.proposed
        for repair in found(report, code).repairs
    }


# ---------------------------------------------------------------------- spellings


ZEROS = "id,manager\n47,\n163901,00000047\n9,00163901\n"


def test_leading_zeros_can_be_kept():
    assert options(read(ZEROS), "leading_zeros") == {
        "ignore": "Ignore leading zeros*!",
        "keep": "Keep leading zeros: these managers are missing",
    }
    report = read(ZEROS, ("leading_zeros", "", "keep"))
    assert managers(report) == {
        "47": None,
        "163901": "00000047",
        "9": "00163901",
        "00000047": None,
        "00163901": None,
    }
    assert found(report, "leading_zeros").message == (
        "The managers of 2 rows could be found after leading zeros were ignored; no two ids are the same "
        'without them: "00000047", "00163901". You decided against it.'
    )
    assert [repair.applied for repair in found(report, "leading_zeros").repairs] == [False, True]


@pytest.mark.parametrize(
    ("reference", "way"),
    [
        ("ANN ONE", "another spelling"),
        ("One, Ann", "last name first"),
        ("Ann One (acting)", "brackets"),
        ("a@x.org", "another column"),
    ],
)
def test_another_way_of_writing_can_be_refused(reference, way):
    text = (
        "id,Name,Email,Manager\n1,Ann One,a@x.org,\n2,Bob Two,b@x.org,Ann One\n"
        f'4,Dan Six,d@x.org,Ann One\n3,Cyd,c@x.org,"{reference}"\n'
    )
    assert managers(read(text)) == {"1": None, "2": "1", "4": "1", "3": "1"}
    for subject in (way, EVERY):
        report = read(text, ("loose_match", subject, "refuse"))
        assert managers(report) == {"1": None, "2": "1", "4": "1", "3": reference, reference: None}
        assert found(report, "loose_match").message.endswith("You decided against it.")
    again = read(text, ("loose_match", way, "refuse"), ("loose_match", EVERY, PROPOSED))
    assert managers(again) == managers(read(text))


def test_a_refused_way_holds_for_further_managers_too():
    text = "id,Name,manager,matrix manager\n1,Ann,,\n2,Bob,1,\n3,Cyd,01,02\n"
    assert read(text).organization.further_managers == [FurtherManager("3", "2")]
    assert read(text, ("leading_zeros", "", "keep")).organization.further_managers == []


# ---------------------------------------------------------------------- managers who are not in the file


STAFF = (
    "id,name,manager\n1,Ann Lee,\n2,John Smith,Ann Lee\n3,Cyd Ray,Ann Lee\n"
    "4,Dan Fox,Jon Smith\n5,Eve Kay,Jon Smith\n"
)


def test_a_typing_error_is_told_and_put_right():
    report = read(STAFF)
    assert managers(report)["4"] == "Jon Smith"
    assert found(report, "missing_manager").message == (
        '"Jon Smith", the manager of 2 rows (rows 5, 6), is not in the file, but "2" (John Smith) is (95 % '
        "alike): perhaps it is a typing error; it was added as a placeholder without a manager."
    )
    assert options(report, "missing_manager") == {
        "placeholder": 'Add "Jon Smith" as a placeholder*',
        "nearest": 'Put the rows under "2" (John Smith), 95 % alike!',
        "top": "Make the rows tops",
        "head": 'Put the rows under "1" (Ann Lee), the largest top',
    }


@pytest.mark.parametrize(
    ("option", "manager", "done"),
    [
        ("nearest", "2", 'these rows were put under "2" (John Smith).'),
        ("top", None, "these rows were made tops, as you decided."),
        ("head", "1", 'these rows were put under "1" (Ann Lee), as you decided.'),
        ("no such option", "Jon Smith", "it was added as a placeholder without a manager."),
    ],
)
def test_a_missing_manager_met_otherwise(option, manager, done):
    report = read(STAFF, ("missing_manager", "Jon Smith", option))
    lines = managers(report)
    assert lines["4"] == lines["5"] == manager
    assert ("Jon Smith" in lines) == (manager == "Jon Smith")
    assert found(report, "missing_manager").message.endswith(f"perhaps it is a typing error; {done}")


@pytest.mark.parametrize(
    "rows",
    [
        "2,John Smith,Ann Lee\n3,Joan Smith,Ann Lee\n4,Dan Fox,Jon Smith",  # both are near
        "2,John Smith,Jon Smith\n3,Cyd,Ann Lee\n4,Dan Fox,Ann Lee",  # it is themselves
        "2,John Smith,Dan Fox\n3,Cyd,Ann Lee\n4,Dan Fox,Jon Smith",  # it is somebody below
    ],
)
def test_a_near_name_is_not_proposed_where_it_may_be_wrong(rows):
    report = read(f"id,name,manager\n1,Ann Lee,\n{rows}\n5,Eve,Ann Lee\n")
    assert options(report, "missing_manager")["placeholder"].endswith("*!")


def test_ids_that_differ_in_a_digit_are_two_people():
    rows = "".join(f"K{number},K100\n" for number in range(101, 120))
    report = read(f"id,manager\nK100,\n{rows}K120,K999\nK121,k-101\n")
    near = {
        n.value: [r.choice.option for r in n.repairs] for n in report.notices if n.code == "missing_manager"
    }
    assert near == {
        "K999": ["placeholder", "top", "head"],
        "k-101": ["placeholder", "nearest", "top", "head"],
    }


def test_an_export_of_a_part_is_told_from_a_typing_error():
    rows = "".join(f"E{number},M{number}\n" for number in range(6))
    report = read(f"id,manager\nM0,\n{rows}")
    messages = [notice.message for notice in report.notices if notice.code == "missing_manager"]
    assert len(messages) == 5
    assert messages[0] == (
        '"M1", the manager of 1 row (row 4), is not in the file and neither are 4 others of the same form, '
        "so the file may cover only a part of the organization; it was added as a placeholder without a "
        "manager."
    )


def test_further_managers_follow_what_a_missing_manager_was_taken_for():
    text = STAFF.replace("manager\n", "manager,matrix manager\n", 1).replace(
        "Ann Lee\n", "Ann Lee,Jon Smith\n"
    )
    lines = read(text).organization.further_managers
    assert FurtherManager("3", "Jon Smith") in lines
    lines = read(text, ("missing_manager", EVERY, PROPOSED)).organization.further_managers
    assert FurtherManager("3", "2") in lines


def test_many_missing_managers_beside_many_names_do_not_hang():
    rows = "".join(f"{number},Name {number * 7919 % 10007} Smith,Boss {number}\n" for number in range(8000))
    report = read(f"id,name,manager\n{rows}0x,Top,\n")
    assert len(report.added) == 8000
    assert {r.choice.option for n in report.notices for r in n.repairs if n.code == "missing_manager"} == {
        "placeholder",
        "top",
        "head",
    }


def test_the_manager_of_the_only_top_can_be_added():
    text = "id,manager\na,The Board\nb,a\nc,b\n"
    assert options(read(text), "outside_manager") == {
        "top": 'Make "a" the top*!',
        "placeholder": 'Add "The Board" above it as a placeholder',
    }
    report = read(text, ("outside_manager", "The Board", "placeholder"))
    assert managers(report) == {"a": "The Board", "b": "a", "c": "b", "The Board": None}
    assert found(report, "outside_manager").message == (
        'Row 2: "a" reports to "The Board", which is not in the file; it was added above it as a '
        "placeholder, as you decided."
    )


# ---------------------------------------------------------------------- self references, circles


SELF = "id,title,manager\na,CEO,XX\nb,Director Customers,b\nc,Clerk,b\nd,CFO,a\n"


def test_who_reports_to_themselves_can_be_put_under_the_head():
    assert options(read(SELF), "self_reference") == {
        "top": 'Make "b" (Director Customers) a top*',
        "head": 'Put it under "a" (CEO), the largest top!',
    }
    report = read(SELF, ("self_reference", "b", "head"))
    assert managers(report) == {"a": None, "b": "a", "c": "b", "d": "a"}
    assert found(report, "self_reference").message == (
        'Row 3: "b" (Director Customers) reports to itself and was put under "a" (CEO), as you decided.'
    )


def test_several_who_report_to_themselves_are_never_put_below_each_other():
    text = "id,manager\na,a\nb,b\nc,b\nd,d\n"
    report = read(text, ("self_reference", EVERY, "head"))
    assert managers(report) == {"a": "b", "b": None, "c": "b", "d": "b"}


RING = "id,name,manager\ntop,,\na,Ann,c\nb,Bob,a\nc,Cyd,b\nd,,b\ne,,d\nf,,c\n"


def test_a_circle_can_be_cut_elsewhere():
    assert options(read(RING), "cycle") == {
        "cut b": 'Cut "b" (Bob) -> "a" (Ann)*!',
        "cut c": 'Cut "c" (Cyd) -> "b" (Bob)',
        "cut a": 'Cut "a" (Ann) -> "c" (Cyd)',
    }
    report = read(RING, ("cycle", "a", "cut c"))
    assert managers(report) == {"top": None, "a": "c", "b": "a", "c": None, "d": "b", "e": "d", "f": "c"}
    assert found(report, "cycle").message == (
        'The managers of 3 rows run in a circle: "c" (Cyd) -> "b" (Bob) -> "a" (Ann) -> "c". The line from '
        '"c" (Cyd) to "b" (Bob) was left out, as you decided. "c" is a top now.'
    )


def test_of_a_long_circle_25_are_named_and_13_lines_can_be_cut():
    rows = "".join(f"n{number},n{(number + 1) % 40}\n" for number in range(40))
    notice = found(read(f"id,manager\n{rows}"), "cycle")
    assert len(notice.repairs) == 13
    assert '"n24" -> ... (40 in all) -> "n0"' in notice.message
    assert 'because no branch is larger than another and "n0" comes first.' in notice.message


# ---------------------------------------------------------------------- several managers


SEVERAL = "id,manager\n1,\n2,1\n3,1\n4,3;1;2\n"


def test_several_managers_in_a_cell_have_several_readings():
    assert options(read(SEVERAL), "several_managers") == {
        "first": '"3" is the manager, the others have dotted lines*!',
        "first only": '"3" is the manager, the others are left out',
        "manager 2": '"1" is the manager, the others have dotted lines',
        "manager 3": '"2" is the manager, the others have dotted lines',
        "shared equally": "All 3 share the authority equally",
    }


@pytest.mark.parametrize(
    ("option", "manager", "further", "done"),
    [
        ("first only", "3", [], "The first is the manager; the others were left out, as you decided."),
        (
            "manager 3",
            "2",
            [FurtherManager("4", "1"), FurtherManager("4", "3")],
            '"2" is the manager, as you decided; the others have dotted lines.',
        ),
        (
            "shared equally",
            "3",
            [FurtherManager("4", "1", "shared", 1 / 3), FurtherManager("4", "2", "shared", 1 / 3)],
            "They share the authority equally, as you decided.",
        ),
    ],
)
def test_several_managers_met_otherwise(option, manager, further, done):
    for subject in ("4", EVERY):
        report = read(SEVERAL, ("several_managers", subject, option))
        assert managers(report)["4"] == manager
        assert report.organization.further_managers == further
        assert found(report, "several_managers").message == (
            f'Row 5 names several managers ("3", "1", "2"). {done}'
        )


COLUMNS = (
    "Job Id,Employee Name,Reporting To Job Id,Reporting to\n"
    "1,Ann,,\n2,Bob,1,Ann\n3,Cyd,1,Ann\n4,Dan,3,Bob\n5,Eve,3,Cyd\n6,Fay,2,Cyd\n"
)


def test_of_two_columns_the_second_can_be_taken_for_one_row_or_for_all():
    report = read(COLUMNS)
    repairs = [notice.repairs for notice in report.notices if notice.code == "manager_columns_disagree"]
    assert [[repair.title for repair in ways] for ways in repairs] == [
        ['Take "3" (Cyd) from "Reporting To Job Id"', 'Take "2" (Bob) from "Reporting to"'],
        ['Take "2" (Bob) from "Reporting To Job Id"', 'Take "3" (Cyd) from "Reporting to"'],
    ]
    lines = managers(read(COLUMNS, ("manager_columns_disagree", "4", "second")))
    assert (lines["4"], lines["6"]) == ("2", "2")
    report = read(COLUMNS, ("manager_columns_disagree", EVERY, "second"))
    assert (managers(report)["4"], managers(report)["6"]) == ("2", "3")
    messages = [notice.message for notice in report.notices if notice.code == "manager_columns_disagree"]
    assert messages[0].endswith('but "Reporting to" names "Bob"; the second was taken, as you decided.')


def test_of_a_name_several_have_another_one_can_be_meant():
    text = "id,Name,Manager\n1,Ann,\n2,Bob,Ann\n3,Bob,Cyd\n4,Cyd,Ann\n5,Dan,Bob\n"
    assert options(read(text), "ambiguous_manager") == {
        "2": 'Row 3: "2" (Bob)*!',
        "3": 'Row 4: "3" (Bob)',
    }
    report = read(text, ("ambiguous_manager", "Bob", "3"))
    assert managers(report)["5"] == "3"
    assert (
        "was put under row 4, as you decided; a column of ids" in found(report, "ambiguous_manager").message
    )


# ---------------------------------------------------------------------- what the reader says


def test_a_manager_the_reader_says_is_the_last_word():
    report = read(RING, ("manager", "a", "top"), ("several_roots", "", "head"))
    assert managers(report)["a"] == "top"
    assert not [notice for notice in report.notices if notice.code == "cycle"]
    assert found(report, "manager").message == 'Row 3: "a" (Ann) was put under "top", as you decided.'
    back = read(RING, ("manager", "a", "top"), ("manager", "a", PROPOSED))
    assert managers(back) == managers(read(RING))


def test_a_manager_the_reader_says_is_no_line_a_circle_is_cut_at():
    report = read(RING, ("manager", "b", "c"), ("manager", "c", "d"))
    lines = managers(report)
    assert (lines["b"], lines["c"], lines["d"]) == ("c", "d", None)


def test_a_top_the_reader_says_stays_one():
    text = "id,manager\na,\nb,a\nc,b\nd,\n"
    report = read(text, ("manager", "b", ""), ("several_roots", "", "common"))
    assert managers(report) == {
        "a": "Whole organization",
        "b": None,
        "c": "b",
        "d": "Whole organization",
        "Whole organization": None,
    }


def test_a_manager_the_reader_says_settles_what_was_found_about_the_node():
    for text in (
        "id,manager\na,\nb,b\n",
        "id,manager\na,\nb,x\n",
        "id,manager\na,\nb,c\nc,b\n",
        "id\na\nb\n",
    ):
        report = read(text, ("manager", "b", "a"))
        assert managers(report)["b"] == "a"
        assert not report.added
        codes = {notice.code for notice in report.notices}
        assert not codes & {"self_reference", "missing_manager", "cycle", "several_roots"}


def test_a_placeholder_can_be_given_a_manager_and_a_node_a_head_that_was_added():
    text = "id,manager\na,\nb,x\nc,x\nd,a\n"
    assert managers(read(text, ("manager", "x", "a")))["x"] == "a"
    head = "Whole organization"
    report = read(text, ("several_roots", "", "common"), ("manager", "d", head))
    assert managers(report) == {"a": head, "b": "x", "c": "x", "d": head, "x": head, head: None}


@pytest.mark.parametrize(
    ("node", "manager", "reason"),
    [
        ("b", "zz", '"zz" is not in this chart'),
        ("zz", "a", '"zz" is not in this chart'),
        ("b", "b", '"b" is the node itself'),
    ],
)
def test_a_manager_that_cannot_be_is_said_and_changes_nothing(node, manager, reason):
    text = "id,manager\na,\nb,a\n"
    report = read(text, ("manager", node, manager))
    assert managers(report) == {"a": None, "b": "a"}
    assert found(report, "manager").message == (
        f'"{manager}" was to be the manager of "{node}", but {reason}; nothing was changed.'
    )


# ---------------------------------------------------------------------- several tops


TOPS = "id,name,manager\na,Ann,\nb,,a\nc,,a\nd,,a\ne,,b\nf,Fay,\ng,,f\n"


def test_several_tops_are_named_with_what_they_mean():
    report = read(TOPS)
    assert found(report, "several_roots").message == (
        'The chart has 2 tops: "a" (Ann) with 5 nodes, "f" (Fay) with 2 nodes. No line joins their branches, '
        "so distances between them cannot be measured. They were left as they are."
    )
    assert found(report, "several_roots").severity == "warning"
    assert options(report, "several_roots") == {
        "leave": "Leave them as they are*",
        "head": 'Put the others under "a" (Ann), the largest with 5 nodes!',
        "common": 'Add a node "Whole organization" above them all',
    }


def test_the_largest_top_becomes_the_head():
    report = read(TOPS, ("several_roots", "", PROPOSED))
    assert managers(report)["f"] == "a"
    assert report.organization.roots.tolist() == [0]
    assert found(report, "several_roots").message.endswith(
        'The others were put under "a" (Ann), as you decided.'
    )


def test_a_common_head_is_a_listed_node_nobody_holds():
    report = read(TOPS.replace("g,,f", "Whole organization,,f"), ("several_roots", "", "common"))
    organization = report.organization
    assert report.added == ("Whole organization (2)",)
    assert organization.names[-1] == "Whole organization"
    assert organization.statuses[-1] == "placeholder"
    assert organization.headcount[-1] == 0
    assert organization.roots.tolist() == [len(organization) - 1]
    assert report.rows.nodes == report.rows.total == 7


@pytest.mark.parametrize(
    "text",
    [
        "id,status,manager\na,vacant,\nb,,a\nc,,a\nd,,a\ne,,b\nf,,\n",  # nobody holds the largest
        "id,manager\na,\nb,a\nc,\nd,c\n",  # none has most of the nodes
        "id,manager\na,x\nb,x\nc,x\nd,x\ne,y\n",  # placeholders
        "id,manager\na,a\nb,a\nc,a\nd,a\ne,XX\n",  # the chair, beside who reports to themselves
    ],
)
def test_where_no_top_is_the_head_a_common_one_is_proposed(text):
    assert options(read(text), "several_roots")["common"].endswith("!")


def test_in_our_own_format_several_tops_are_as_they_were_left():
    header = "id,name,title,unit,function,manager_id,further_managers,ties,headcount,location,status\n"
    report = read(f"{header}a,,,,,,,,1,,\nb,,,,,,,,1,,\n")
    assert found(report, "several_roots").severity == "info"
    assert options(report, "several_roots")["leave"].endswith("*!")


@pytest.mark.parametrize("text", ["id,manager\na,\nb,a\n", "id,name\na,Ann\nb,Bob\n", "id,manager\na,\n"])
def test_one_top_or_no_managers_at_all_are_no_finding(text):
    assert not [notice for notice in read(text).notices if notice.code == "several_roots"]
