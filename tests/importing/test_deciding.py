"""Decisions one after the other: undone, taken together, and never without an end."""

import hypothesis.strategies as st
import numpy as np
from hypothesis import given, settings

from orgmodel.differences import differences
from orgmodel.importing import EVERY, PROPOSED, Choice, decide, proposed_choices, read_organization, undo
from orgmodel.importing.deciding import decide_all
from orgmodel.importing.notices import LISTED_OF_A_CODE
from orgmodel.lines import manager_cycles

NAMES = ["Ann Lee", "Ann Lea", "Bob Ray", "Rob Ray", "Cyd Fox", "Cid Fox", "Dan"]
REFERENCES = [
    *("", "", "n0", "n1", "n2", "n3", "N4", "n05", "n6;n1", "n7", "n8 (acting)", "X-1", "boss"),
    *("Ann Lee", "Lee, Ann", "Ana Lee", "Bob Rai", "Cyd Foxx", "Whole organization", "-1"),
]
TITLES = ["", "CEO", "Head of Sales", "Sales Director", "Executive Assistant", "Intern", "Customer Service"]
UNITS = ["", "Sales", "Training", "Sales and more"]
STATUSES = ["", "Eliminated", "vacant"]


@st.composite
def broken_files(draw):
    """Draw a file whose managers are wrong in every way there is."""
    size = draw(st.integers(1, 14))
    rows = [
        (
            draw(st.sampled_from([f"n{number}", f"n{number}", f"n{max(0, number - 1)}"])),
            *(draw(st.sampled_from(values)) for values in (NAMES, TITLES, UNITS, STATUSES, REFERENCES)),
            draw(st.sampled_from(["", "n1", "n2", "Ann Lee"])),
        )
        for number in range(size)
    ]
    lines = ["id,name,title,unit,status,manager,Reports To", *(",".join(map(cell, row)) for row in rows)]
    return "\n".join(lines).encode()


def cell(text):
    return f'"{text}"'


def check_sound(report, rows):
    organization, account = report.organization, report.rows
    assert account.total == account.nodes + account.merged + account.lines + account.rejected == rows
    assert len(organization) == account.nodes + len(report.added)
    assert not manager_cycles(organization.manager)
    assert sum(len(organization.subtree(int(root))) for root in organization.roots) == len(organization)


@given(broken_files())
@settings(max_examples=300, deadline=None)
def test_all_proposals_end_within_three_rounds(data):
    report = read_organization(data)
    rows = data.count(b"\n")
    check_sound(report, rows)
    decided = report
    for _round in range(3):
        if not (choices := proposed_choices(decided)):
            break
        decided = decide(decided, choices)
        check_sound(decided, rows)
    assert not proposed_choices(decided)
    at_once = decide_all(report)
    check_sound(at_once, rows)
    assert len(at_once.steps) <= 1
    assert not proposed_choices(at_once)


def test_what_was_decided_by_hand_is_not_overruled_by_the_proposals():
    report = read_organization(b"id,name,manager\n1,Ann Archer,\n2,Bob Baker,Ann Archr\n3,Cy Cole,Cy Cole\n")
    by_hand = decide(report, [Choice("missing_manager", "Ann Archr", "placeholder")])
    assert Choice("missing_manager", "Ann Archr", "nearest") in proposed_choices(report)
    assert "missing_manager" not in {choice.code for choice in proposed_choices(by_hand)}
    assert decide_all(by_hand).organization.row_of.keys() >= {"Ann Archr"}
    assert "Ann Archr" not in decide_all(report).organization.row_of


@given(broken_files(), st.randoms(use_true_random=False))
@settings(max_examples=100, deadline=None)
def test_any_decision_is_sound_counted_and_undone(data, random):
    report = read_organization(data)
    offered = [repair.choice for notice in report.notices for repair in notice.repairs]
    ids = report.organization.ids.tolist()
    offered.append(Choice("manager", random.choice(ids), random.choice([*ids, "", "nobody"])))
    choices = random.sample(offered, min(3, len(offered)))
    after = decide(report, choices)
    check_sound(after, data.count(b"\n"))
    assert after.steps[-1].choices == tuple(choices)
    assert after.steps[-1].changes == differences(report.organization, after.organization).summary
    assert undo(after).organization == report.organization
    assert undo(after).notices == report.notices


@given(broken_files())
@settings(max_examples=100, deadline=None)
def test_a_finding_is_there_whatever_is_chosen(data):
    """Otherwise it could not be chosen otherwise again."""
    report = read_organization(data)
    for notice in report.notices:
        for repair in notice.repairs:
            after = decide(report, [repair.choice])
            ways = [way for one in after.notices for way in one.repairs if way.choice == repair.choice]
            assert [way.applied for way in ways] == [True]


@given(broken_files())
@settings(max_examples=100, deadline=None)
def test_of_the_ways_to_meet_a_finding_one_holds_and_one_is_proposed(data):
    for notice in decide_all(read_organization(data)).notices:
        if notice.repairs:
            assert sum(repair.applied for repair in notice.repairs) == 1
            assert sum(repair.proposed for repair in notice.repairs) == 1
            assert len({repair.choice for repair in notice.repairs}) == len(notice.repairs)
            assert len({repair.title for repair in notice.repairs}) == len(notice.repairs)


def test_a_step_says_what_was_done():
    report = read_organization(b"id,manager\na,\nb,x\nc,y\n")
    report = decide(report, [Choice("missing_manager", "x", "top")])
    report = decide(report, [Choice("missing_manager", EVERY, PROPOSED)])
    report = decide(report, [Choice("manager", "b", "a")])
    report = decide(report, proposed_choices(report), title="The rest")
    assert [(step.title, step.changes) for step in report.steps] == [
        ("Make the row a top", "1 node removed, 1 node with another manager"),
        (
            "All of a kind, as proposed: A manager is not in the file and was added as a placeholder.",
            "1 node added, 1 node with another manager",
        ),
        ('Put "b" under "a"', "1 node removed, 1 node with another manager"),
        ("The rest", "1 node added, 2 nodes with another manager"),
    ]


def test_a_report_without_a_step_has_nothing_to_undo():
    report = read_organization(b"id,manager\na,\nb,a\n")
    assert undo(report) is report
    assert proposed_choices(report) == ()
    assert decide_all(report) is report


def test_more_findings_than_are_listed_are_met_all_the_same():
    size = LISTED_OF_A_CODE + 10
    rows = "".join(f"{number},Person {number},Persn {number}\n" for number in range(size))
    # So many names are not compared; the second columns disagree instead.
    columns = "".join(f"{number},n{number},{number // 2},n{number // 3}\n" for number in range(1, size))
    report = read_organization(f"Job Id,Name,Reporting To Job Id,Reporting to\n0,n0,,\n{columns}".encode())
    after = decide(report, [Choice("manager_columns_disagree", EVERY, "second")])
    assert after.organization.manager.tolist() == [-1, *np.arange(1, size) // 3]
    report = read_organization(f"id,name,manager\n{rows}".encode())
    assert len(proposed_choices(report)) <= 2
    assert len(decide_all(report).organization.roots) == 1
