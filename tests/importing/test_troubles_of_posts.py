"""Troubles of real files, and what the reader reads, word for word: vacancies, units, workbooks."""

import datetime as dt
import re

import pytest

from orgmodel import customer_service_proposals
from orgmodel.errors import UnreadableFileError
from orgmodel.importing import Limits, RowAccount, write_organization
from tests.importing.test_workbooks import SHEET, SMALL, packed, saved, sheet_of, workbook_of
from tests.report_parts import managers, read, said

# ---------------------------------------------------------------------- 10 vacant posts


def test_vacant_posts_in_sixteen_spellings():
    names = [
        *(
            "Vacant",
            "vacant",
            "VACANT",
            "Vacancy",
            "Vacant Post",
            "Vacant - Clerk",
            "VACANT (from May)",
            "Eliminated",
        ),
        *("Not in Post", "Unfilled", "To be hired", "TBC", "N.N.", "Vakant", "Vacante", "Poste vacant"),
    ]
    rows = "".join(f"{number},{name},Clerk,1\n" for number, name in enumerate(names, start=2))
    report = read(f"id,name,title,manager\n1,Ann,CEO,\n{rows}")
    assert said(report) == [
        'The managers are read from "manager": 16 of 16 found in "id".',
        '1 post marked "Vacant": kept as a vacant position.',
        '1 post marked "vacant": kept as a vacant position.',
        '1 post marked "VACANT": kept as a vacant position.',
        '1 post marked "Vacancy": kept as a vacant position.',
        '1 post marked "Vacant Post": kept as a vacant position.',
        '1 post marked "Vacant - Clerk": kept as a vacant position.',
        '1 post marked "VACANT (from May)": kept as a vacant position.',
        '1 post marked "Eliminated": kept as a vacant position.',
        (
            '8 posts marked in other ways ("Not in Post", "Unfilled", "To be hired", "TBC", "N.N." and 3 '
            "more): kept as vacant positions."
        ),
    ]
    assert report.rows == RowAccount(total=17, nodes=17, merged=0, lines=0, rejected=0)
    assert len(names) == 16
    assert report.organization.statuses.tolist() == ["", *["vacant"] * 16]
    assert report.organization.headcount.sum() == 1


def test_vacancies_told_by_title_status_and_fte():
    report = read(
        "id,name,title,status,FTE,manager\n"
        "1,Ann,CEO,Active,1,\n"
        "2,,Not in Post,Active,1,1\n"
        "3,,Clerk,Open,1,1\n"
        "4,Di,Clerk,On leave,0,1\n"
        "5,N/D,Clerk,Active,1,1\n"
    )
    assert said(report) == [
        'The managers are read from "manager": 4 of 4 found in "id".',
        '1 post marked "Open": kept as a vacant position.',
        '1 post marked "Not in Post; Active": kept as a vacant position.',
        '1 post marked "FTE 0; On leave": kept as a vacant position.',
        (
            '1 post with "N/D" as the name: it is not disclosed who holds it. It counts as held and is '
            "shown by its title; if it is vacant, write Vacant."
        ),
    ]
    assert report.rows == RowAccount(total=5, nodes=5, merged=0, lines=0, rejected=0)
    assert managers(report) == {"1": None, "2": "1", "3": "1", "4": "1", "5": "1"}
    assert report.organization.statuses.tolist() == ["Active", "vacant", "vacant", "vacant", "Active"]


# ---------------------------------------------------------------------- 12 workbooks


def test_several_sheets():
    workbook = workbook_of(["Staff of Example Ltd"], ["as of", "May"])
    staff = workbook.create_sheet("Staff")
    for row in (["id", "name", "manager"], ["1", "Ann", None], ["2", "Bob", "1"]):
        staff.append(row)
    report = read(saved(workbook), filename="staff.xlsx")
    assert said(report) == [
        'The sheet "Staff" was read; the workbook also has "Sheet", which was not.',
        'The managers are read from "manager": 1 of 1 found in "id".',
    ]
    assert report.rows == RowAccount(total=2, nodes=2, merged=0, lines=0, rejected=0)
    assert managers(report) == {"1": None, "2": "1"}
    assert report.sheet == "Staff"


def test_dates_and_numbers_that_are_ids():
    workbook = workbook_of(
        ["Employee ID", "Name", "Manager ID", "FTE", "Start date"],
        [1002, "Ann", None, 1, dt.date(2020, 1, 2)],
        [1003, "Bob", 1002.0, 0.6, dt.date(2021, 12, 31)],
    )
    report = read(saved(workbook))
    assert said(report) == [
        'The managers are read from "Manager ID": 1 of 1 found in "Employee ID".',
    ]
    assert report.rows == RowAccount(total=2, nodes=2, merged=0, lines=0, rejected=0)
    assert managers(report) == {"1002": None, "1003": "1002"}
    assert report.organization.attributes["Start date"].tolist() == ["2020-01-02", "2021-12-31"]
    assert report.organization.headcount.tolist() == [1, 0.6]


def test_numbers_stored_as_text_on_one_side():
    report = read(
        saved(
            workbook_of(
                ["id", "name", "manager"], [417, "Ann", None], [418, "Bob", "0417"], ["419", "Cy", 418]
            )
        )
    )
    assert said(report) == [
        'The managers are read from "manager": 1 of 2 found in "id".',
        (
            "The managers of 1 row were found after leading zeros were ignored; no two ids are the same "
            'without them: "0417".'
        ),
    ]
    assert report.rows == RowAccount(total=3, nodes=3, merged=0, lines=0, rejected=0)
    assert managers(report) == {"417": None, "418": "417", "419": "418"}


def test_formulas_with_their_last_values():
    data = saved(workbook_of(["id", "name", "manager"], ["1", "Ann", None], ["2", "Bob", "=A2"]))
    sheet = re.sub(rb"(<f>A2</f>)<v ?/?>(</v>)?", rb"\1<v>1</v>", sheet_of(data))
    report = read(packed(data, **{SHEET: sheet}))
    assert said(report) == [
        'The managers are read from "manager": 1 of 1 found in "id".',
    ]
    assert report.rows == RowAccount(total=2, nodes=2, merged=0, lines=0, rejected=0)
    assert managers(report) == {"1": None, "2": "1"}


def test_a_zip_bomb():
    with pytest.raises(UnreadableFileError) as caught:
        read(
            packed(SMALL, **{"xl/media/zeros": bytes(2 << 20)}),
            filename="bomb.xlsx",
            limits=Limits(unpacked_bytes=1 << 20),
        )
    assert str(caught.value) == (
        'The file "bomb.xlsx" unpacks to more than 1 MB, which no org chart needs. Save the sheet as CSV and '
        "try that."
    )


def test_a_formula_in_a_csv_is_neutralised_on_the_way_out():
    """What a spreadsheet would run stands behind an apostrophe, and comes back without it."""
    organization = read(
        "id,name,title,manager\n1,=cmd|' /C calc'!A0,@SUM(1),\n2,+49 30 1,-2+3,1\n"
    ).organization
    written = write_organization(organization)
    assert written.decode().splitlines()[1:] == [
        "1,'=cmd|' /C calc'!A0,'@SUM(1),,,,,,1.0,,",
        "2,'+49 30 1,'-2+3,,,1,,,1.0,,",
    ]
    assert read(written).organization == organization


# ---------------------------------------------------------------------- unit names that mislead


def proposals(text):
    """Return (title or unit, reason, certainty) of what is proposed as customer service."""
    return [
        (proposal.name, proposal.reason, proposal.certainty)
        for proposal in customer_service_proposals(read(text).organization)
    ]


def test_a_unit_of_corporate_services_is_not_proposed():
    """The Department of Energy and Climate Change: invoices and rooms, no customers."""
    assert not proposals(
        "id,title,unit,manager\n1,Permanent Secretary,,\n2,Director,Finance & Customer Services,1\n"
        "3,Accountant,Finance & Customer Services,2\n4,Clerk,Finance & Customer Services,2\n"
    )


def test_customer_service_comes_before_the_care_of_buildings():
    """The British Library: the customers of the second unit are its own staff."""
    assert proposals(
        "id,title,unit,manager\n1,Chief Executive,,\n2,Chief Operating Officer,,1\n"
        "3,Head of Document Delivery and Customer Services,,2\n4,CFO,Finance,1\n"
        "5,Head of Customer Services - Estates,,4\n"
    ) == [
        (
            "Head of Document Delivery and Customer Services",
            (
                'The title says "Customer Services". It has nobody below and reports to "Chief Operating '
                'Officer".'
            ),
            "high",
        ),
        (
            "Head of Customer Services - Estates",
            (
                'The title says "Customer Services". It has nobody below and reports to "CFO". But it may '
                "look after buildings."
            ),
            "low",
        ),
    ]


def test_a_youth_programme_is_no_service():
    assert not proposals(
        "id,title,unit,manager\n1,Permanent Secretary,Cabinet Office,\n"
        "2,Director,National Citizen Service,1\n3,Adviser,National Citizen Service,2\n"
    )
