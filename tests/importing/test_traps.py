"""Files over which other importers stumble: the chart without a click, the proposals, the chart after."""

import pytest

from orgmodel.importing import decide, proposed_choices, read_organization, undo
from orgmodel.importing.deciding import decide_all
from tests.report_parts import managers

HEAD = "Whole organization"


def check_every_row_is_somewhere(report, rows):
    """Every row is accounted for, and every node can be reached from a root."""
    organization, account = report.organization, report.rows
    assert account.total == rows
    assert account.total == account.nodes + account.merged + account.lines + account.rejected
    assert len(organization) == account.nodes + len(report.added)
    assert sum(len(level) for level in organization.levels) == len(organization)


def sentences(report, *codes):
    return [notice.message for notice in report.notices if notice.code in codes]


def proposals(report):
    """Return the titles of what the doctor would do and has not done."""
    choices = set(proposed_choices(report))
    return [
        repair.title for notice in report.notices for repair in notice.repairs if repair.choice in choices
    ]


FINDINGS = (
    *("cycle", "several_roots", "missing_manager", "outside_manager", "self_reference", "leading_zeros"),
    *("second_header", "row_rejected", "encoding", "no_manager_column"),
)


# ---------------------------------------------------------------------- a file that holds only a cycle


ONLY_A_CYCLE = b"id,name,manager\na,Ann,c\nb,Bob,a\nc,Cyd,b\nd,Dan,b\n"


def test_a_file_that_holds_only_a_cycle():
    report = read_organization(ONLY_A_CYCLE)
    check_every_row_is_somewhere(report, 4)
    assert managers(report) == {"a": "c", "b": None, "c": "b", "d": "b"}
    assert sentences(report, *FINDINGS) == [
        (
            'The managers of 3 rows run in a circle: "b" (Bob) -> "a" (Ann) -> "c" (Cyd) -> '
            '"b". The line from '
            '"b" (Bob) to "a" (Ann) was left out, because "b" has the largest branch of its own '
            '(1 node). "b" is a top now.'
        )
    ]
    assert proposals(report) == []
    assert decide_all(report) is report
    (cycle,) = [notice for notice in report.notices if notice.code == "cycle"]
    for repair in cycle.repairs:
        after = decide(report, [repair.choice])
        check_every_row_is_somewhere(after, 4)
        assert len(after.organization.roots) == 1


# ---------------------------------------------------------------------- a cycle beside a tree


BESIDE_A_TREE = (
    b"id,name,manager\n1,Ann,\n2,Bob,1\n3,Cyd,1\n4,Dan,2\n5,Eve,2\n6,Fay,3\n7,Gus,3\n"
    b"8,Hal,9\n9,Ida,8\n10,Jon,9\n"
)


def test_a_cycle_beside_a_tree_hides_no_group():
    report = read_organization(BESIDE_A_TREE)
    check_every_row_is_somewhere(report, 10)
    bosses = [None, "1", "1", "2", "2", "3", "3", "9", None, "9"]
    assert managers(report) == {str(number): boss for number, boss in enumerate(bosses, start=1)}
    assert sentences(report, *FINDINGS) == [
        (
            'The managers of 2 rows run in a circle: "9" (Ida) -> "8" (Hal) -> "9". The line '
            'from "9" (Ida) to '
            '"8" (Hal) was left out, because "9" has the largest branch of its own (1 node). "9" is a '
            "top now."
        ),
        (
            'The chart has 2 tops: "1" (Ann) with 7 nodes, "9" (Ida) with 3 nodes. No line joins their '
            "branches, so distances between them cannot be measured. They were left as they are."
        ),
    ]
    assert proposals(report) == ['Put the others under "1" (Ann), the largest with 7 nodes']
    after = decide_all(report)
    check_every_row_is_somewhere(after, 10)
    assert managers(after) == {**managers(report), "9": "1"}
    assert proposals(after) == []
    assert after.steps[-1].changes == "1 node with another manager"
    assert undo(after).organization == report.organization


# ---------------------------------------------------------------------- two header rows


def test_two_header_rows_of_successfactors():
    report = read_organization(
        b"STATUS,USERID,USERNAME,FIRSTNAME,LASTNAME,MANAGER,HR,DEPARTMENT\n"
        b"Status,User ID,Username,First Name,Last Name,Manager,Human Resource,Department\n"
        b"active,u1,ann,Ann,One,NO_MANAGER,NO_HR,Board\nactive,u2,bob,Bob,Two,u1,u9,Sales\n"
        b"inactive,u3,cyd,Cyd,Six,u2,u9,Sales\n"
    )
    check_every_row_is_somewhere(report, 3)
    assert managers(report) == {"u1": None, "u2": "u1", "u3": "u2"}
    assert report.organization.names.tolist() == ["Ann One", "Bob Two", "Cyd Six"]
    assert sentences(report, *FINDINGS) == [
        (
            'A second header line was left out: "Status, User ID, Username, First Name, Last Name, '
            'Manager, Human Resource, Depa…".'
        )
    ]
    assert proposals(report) == []
    assert decide_all(report) is report


# ---------------------------------------------------------------------- UTF-16


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_utf_16(encoding, separator):
    text = "id,name,manager\r\n1,Zoë Müller,\r\n2,Łukasz,1\r\n3,José,2\r\n4,Çelik,9\r\n"
    report = read_organization(text.replace(",", separator).encode(encoding))
    check_every_row_is_somewhere(report, 4)
    assert managers(report) == {"1": None, "2": "1", "3": "2", "4": "9", "9": None}
    assert report.organization.names.tolist()[:4] == ["Zoë Müller", "Łukasz", "José", "Çelik"]
    assert report.encoding == encoding
    assert sentences(report, *FINDINGS) == [
        (
            '"9", the manager of 1 row (row 5), is not in the file; it was added as a placeholder '
            "without a manager."
        ),
        (
            'The chart has 2 tops: "1" (Zoë Müller) with 3 nodes, "9" with 2 nodes. No line joins their '
            "branches, so distances between them cannot be measured. They were left as they are."
        ),
    ]
    after = decide_all(report)
    check_every_row_is_somewhere(after, 4)
    assert managers(after) == {"1": HEAD, "2": "1", "3": "2", "4": "9", "9": HEAD, HEAD: None}


# ---------------------------------------------------------------------- 40 roots


def test_forty_roots():
    rows = "".join(f"r{number},XX\ns{number},r{number}\n" for number in range(40))
    report = read_organization(f"id,Reports to\n{rows}".encode())
    check_every_row_is_somewhere(report, 80)
    assert len(report.organization.roots) == 40
    assert sentences(report, *FINDINGS) == [
        (
            'The chart has 40 tops: "r0" with 2 nodes, "r1" with 2 nodes, "r2" with 2 nodes, '
            '"r3" with 2 nodes, '
            '"r4" with 2 nodes and 35 more. No line joins their branches, so distances between '
            "them cannot be "
            "measured. They were left as they are."
        )
    ]
    assert proposals(report) == ['Add a node "Whole organization" above them all']
    after = decide_all(report)
    check_every_row_is_somewhere(after, 80)
    assert after.added == (HEAD,)
    assert {boss for node, boss in managers(after).items() if node.startswith("r")} == {HEAD}
    assert after.steps[-1].changes == "1 node added, 40 nodes with another manager"
    assert proposals(after) == []


# ---------------------------------------------------------------------- 135 of 136 orphans


def test_135_of_136_orphans_by_lost_leading_zeros():
    """A spreadsheet has made numbers of the ids, but not of the references: 47 and 00000047."""
    ids = [40 + 13 * number for number in range(136)]
    bosses = ["XX", *(f"{ids[number // 4]:08}" for number in range(135))]
    rows = "".join(f"{node},{boss}\n" for node, boss in zip(ids, bosses, strict=True))
    report = read_organization(f"Post Unique Reference,Reports to Senior Post\n{rows}".encode())
    check_every_row_is_somewhere(report, 136)
    assert managers(report) == {
        str(node): str(int(boss)) if boss != "XX" else None for node, boss in zip(ids, bosses, strict=True)
    }
    assert sentences(report, *FINDINGS) == [
        (
            "The managers of 135 rows were found after leading zeros were ignored; no two ids are the same "
            'without them: "00000040", "00000053", "00000066", "00000079", "00000092" and 29 more.'
        )
    ]
    assert proposals(report) == []
    assert decide_all(report) is report
    (notice,) = [notice for notice in report.notices if notice.code == "leading_zeros"]
    kept = decide(report, [notice.repairs[1].choice])
    check_every_row_is_somewhere(kept, 136)
    assert len(kept.added) == 34
    check_every_row_is_somewhere(decide_all(kept), 136)
    assert len(decide_all(kept).organization.roots) == 1
