"""Managers who look wrong: the few rules, what they say, and what they leave alone."""

import pytest

from orgmodel.importing import EVERY, PROPOSED, Choice, read_organization
from tests.report_parts import managers


def implausible(text, *choices):
    """Return the report of a text, and what is said of managers who look wrong."""
    report = read_organization(text.encode(), choices=[Choice(*choice) for choice in choices])
    return report, [notice for notice in report.notices if notice.code == "implausible_manager"]


def test_a_head_under_an_assistant():
    text = "id,title,manager\n1,CEO,\n2,Executive Assistant,1\n3,Head of Sales,2\n4,Clerk,2\n"
    report, (notice,) = implausible(text)
    assert managers(report)["3"] == "2"
    assert notice.message == (
        'Row 4: "3" (Head of Sales) is "Head of Sales" and reports to "2" (Executive Assistant), whose title '
        'is "Executive Assistant". It was left as it is.'
    )
    assert [(repair.title, repair.applied) for repair in notice.repairs] == [
        ("Leave it as it is", True),
        ('Put it under "1" (CEO)', False),
    ]
    report, (notice,) = implausible(text, ("implausible_manager", "3", "above"))
    assert managers(report)["3"] == "1"
    assert notice.message.endswith('It was put under "1" (CEO), as you decided.')


@pytest.mark.parametrize(
    ("title", "boss"),
    [
        ("Director of Finance", "Permanent Secretary"),
        ("Head of Office", "Assistant Director"),
        ("Director", "Secretary General"),
        ("Head of IT", "Assistant Chief Constable"),
        ("Personal Assistant", "Office Assistant"),
        ("Assistant to the Director", "Clerk"),
        ("Director", "Secretary of State"),
        ("Vice President", "Company Secretary"),
        ("Head of Office", "Private Secretary"),
        ("Director", "Clerk of the Parliaments"),
    ],
)
def test_who_is_no_head_or_no_assistant(title, boss):
    assert not implausible(f"id,title,manager\n1,CEO,\n2,{boss},1\n3,{title},2\n")[1]


@pytest.mark.parametrize(
    ("title", "boss"),
    [
        ("Leiter Vertrieb", "Praktikantin"),
        ("Directrice financière", "Stagiaire"),
        ("Jefe de ventas", "Becario"),
        ("Sales Director", "Call Centre Agent"),
        ("CTO", "Intern"),
        ("Vice President Sales", "Secretary to the Sales Director"),
    ],
)
def test_heads_and_assistants_in_several_languages(title, boss):
    assert len(implausible(f"id,title,manager\n1,CEO,\n2,{boss},1\n3,{title},2\n")[1]) == 1


def test_who_reports_to_a_post_that_is_eliminated():
    text = "id,name,manager\n1,Ann,\n2,Eliminated,1\n3,Cyd,2\n4,Eliminated,2\n5,Vacant,1\n6,Fay,5\n"
    _report, (notice,) = implausible(text)
    assert notice.message == (
        'Row 4: "3" (Cyd) reports to "2", a post that is eliminated. It was left as it is.'
    )
    assert [repair.proposed for repair in notice.repairs] == [False, True]
    assert managers(implausible(text, ("implausible_manager", EVERY, PROPOSED))[0])["3"] == "1"


UNIT = (
    "id,title,unit,manager\n1,CEO,Board,\n2,Director of Operations,Operations,1\n3,Head of Training,Staff,1\n"
    "4,Planner,Operations,2\n5,Planner,Operations,2\n6,Planner,Operations,2\n7,Centre Lead,Operations,3\n"
)


def test_the_only_one_of_a_unit_who_reports_past_its_head():
    report, (notice,) = implausible(UNIT)
    assert managers(report)["7"] == "3"
    assert notice.message == (
        'Row 8: "7" (Centre Lead) is in "Operations", whose head is "2" (Director of Operations), but '
        'reports to "3" (Head of Training) in "Staff". It was left as it is.'
    )
    assert notice.severity == "info"
    assert managers(implausible(UNIT, ("implausible_manager", "7", "unit head"))[0])["7"] == "2"
    assert not implausible(UNIT + "8,Planner,Operations,3\n")[1]  # two are no slip
    assert not implausible(UNIT.replace("Lead,Operations,3", "Lead,Operations,1"))[1]  # above the head


def test_customer_service_under_training():
    """As in the Care Quality Commission's chart of 2013."""
    text = UNIT.replace("Centre Lead", "Head of Customer Services").replace("Director of", "Adviser on")
    _report, (notice,) = implausible(text)
    assert notice.message == (
        'Row 8: "7" (Head of Customer Services) works for customers in "Operations", but reports to "3" '
        '(Head of Training), "Head of Training" in "Staff". It was left as it is.'
    )


def test_changes_that_would_make_a_circle_together_are_not_made():
    text = (
        "id,title,unit,manager\nx,Planner,Alpha,q\ny,Planner,Beta,p\n"
        "hb,Head of Beta,Beta,x\nha,Head of Alpha,Alpha,y\nq,Top,Gamma,\np,Top,Delta,\n"
        + "".join(f"a{number},Planner,Alpha,ha\nb{number},Planner,Beta,hb\n" for number in range(4))
    )
    report, notices = implausible(text, ("implausible_manager", EVERY, "unit head"))
    assert len(notices) == 2
    assert all("would make a circle" in notice.message for notice in notices)
    assert managers(report)["x"] == "q"
    assert managers(report)["y"] == "p"


def test_many_heads_of_many_units_do_not_hang():
    rows = ["ceo,CEO,Board,", "x,Adviser,Elsewhere,ceo"]
    for unit in range(3000):
        rows.append(f"h{unit},Head of Unit {unit},Unit {unit},ceo")
        rows += [f"m{unit}-{number},Planner,Unit {unit},h{unit}" for number in range(4)]
        rows.append(f"o{unit},Planner,Unit {unit},x")
    _report, notices = implausible("id,title,unit,manager\n" + "\n".join(rows))
    assert len(notices) == 500
