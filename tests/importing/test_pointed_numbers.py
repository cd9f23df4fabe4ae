"""Ids that a program made numbers with a point."""

import pytest

from orgmodel.importing import RowAccount
from tests.report_parts import managers, read, said


def test_managers_with_a_point():
    report = read("id,name,manager\n1,Ann,\n2,Bob,1.0\n3,Cy,2.0\n")
    assert managers(report) == {"1": None, "2": "1", "3": "2"}
    assert report.rows == RowAccount(total=3, nodes=3, merged=0, lines=0, rejected=0)
    assert report.notices[0].code == "pointed_number"
    assert (report.notices[0].row, report.notices[0].value) == (3, "1.0")


def test_ids_with_a_point():
    report = read("id,name,manager\n1.0,Ann,\n2.0,Bob,1\n3.0,Cy,2\n4.0,Di,2\n")
    assert managers(report) == {"1": None, "2": "1", "3": "2", "4": "2"}
    assert said(report)[0] == (
        '"id" holds numbers with a point ("1.0", "2.0", "3.0", "4.0"), which a program makes of ids; '
        '"manager" holds them without. They were read without it, "1.0" as "1" and so on.'
    )


def test_they_can_be_left():
    report = read("id,name,manager\n1,Ann,\n2,Bob,1.0\n", ("pointed_number", "manager", "leave"))
    assert said(report)[0].endswith('"id" holds them without. They were left as they are.')
    assert [(repair.title, repair.applied, repair.proposed) for repair in report.notices[0].repairs] == [
        ('Read "1.0" as "1", and so on', False, True),
        ("Leave them as they are", True, False),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "id,name,manager\n1.0,Ann,\n2.0,Bob,1.0\n",  # alike on both sides
        "id,name,manager\n1.0,Ann,\n1.1,Bob,1.0\n1.2,Cy,1.1\n2.0,Di,1.0\n",  # numbers of an outline
        "id,name,manager\n1,Ann,\n2,Bob,7.0\n",  # not found without it either
        "id,name,manager\n1.0,Ann,xx\n",
        "id,name,FTE,manager\n1,Ann,1.0,\n2,Bob,1.0,1\n",
    ],
)
def test_numbers_that_stay_as_they_are(text):
    report = read(text)
    assert "pointed_number" not in {notice.code for notice in report.notices}
    assert report.organization.ids[0] in {"1", "1.0"}
