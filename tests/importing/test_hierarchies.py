"""Managers told from paths and from columns of levels; SQL Server's hierarchyid."""

import pytest

from orgmodel.importing import ColumnMapping, read_organization, write_organization
from orgmodel.importing.columns.hierarchyids import path_of_hierarchyid
from tests.report_parts import managers, messages


def read(*lines, **options):
    report = read_organization("\n".join(lines).encode(), **options)
    organization = report.organization
    assert len(organization) == report.rows.nodes + len(report.added)
    assert read_organization(write_organization(organization)).organization == organization
    return report


# ---------------------------------------------------------------------- hierarchyid


@pytest.mark.parametrize(
    ("text", "path"),
    [
        # Adam Milazzo, "How the SQL Server hierarchyid data type works (kind of)", 2011.
        ("", ()),
        ("0x", ()),
        ("48", ("0",)),
        ("58", ("1",)),
        ("78", ("3",)),
        ("84", ("4",)),
        ("9C", ("7",)),
        ("A2", ("8",)),
        ("BE", ("15",)),
        ("C110", ("16",)),
        ("C130", ("17",)),
        # A question on Stack Overflow (70595567): 0x58 is /1/, and the bits of /98/ are 111000000010010101.
        ("E02540", ("98",)),
        ("5AC0", ("1", "1")),
        ("62C0", ("1.1",)),
        ("5", None),
        ("Ann", None),
        ("FFFF", None),
    ],
)
def test_hierarchyid_is_decoded(text, path):
    assert path_of_hierarchyid(text) == path


def test_a_column_of_hierarchyids_gives_the_managers():
    """As SQL Server writes them with bcp: hexadecimal, the root is empty."""
    report = read("id,name,node", "1,Ann,", "2,Bob,58", "3,Cyd,5AC0", "4,Dan,68", "5,Eve,5AD6")
    assert managers(report) == {"1": None, "2": "1", "3": "2", "4": "1", "5": "3"}
    assert report.columns["path"] == ("node",)


# ---------------------------------------------------------------------- paths


@pytest.mark.parametrize(
    ("top", "left", "below", "right"),
    [
        ("/1/", "/1/2/", "/1/2/4/", "/1/3/"),
        ("1", "1.1", "1.1.1", "1.2"),
        ("CEO", "CEO > COO", "CEO > COO > CS", "CEO > CFO"),
        (r"\Top", r"\Top\A", r"\Top\A\B", r"\Top\C"),
        ("A|", "A|B|", "A|B|C|", "A|D|"),
    ],
)
def test_a_path_of_its_own_reports_to_the_path_above(top, left, below, right):
    report = read("id,name,place", f"a,Ann,{top}", f"d,Dan,{below}", f"b,Bob,{left}", f"c,Cyd,{right}")
    assert managers(report) == {"a": None, "b": "a", "c": "a", "d": "b"}
    assert not report.added
    assert report.columns["path"] == ("place",)
    assert messages(report, "path") == [
        (
            'No column names managers; they were told from the paths from the top in "place": 3 of 4 rows '
            "have one."
        )
    ]


def test_without_ids_the_paths_are_the_ids():
    report = read("path,title", "CEO,Chief", "CEO > COO,Operations", "CEO > COO > CS,Head of Service")
    assert managers(report) == {"CEO": None, "CEO > COO": "CEO", "CEO > COO > CS": "CEO > COO"}
    assert report.columns["id"] == ("path",)


def test_a_step_that_no_row_describes_is_added_where_it_belongs():
    rows = [f"1.1.{number},Clerk" for number in range(1, 11)]
    report = read("code,title", "1,Chief", "1.1,Head", *rows, "1.2.1,Lost")
    assert report.added == ("1.2",)
    assert managers(report)["1.2.1"] == "1.2"
    assert managers(report)["1.2"] == "1"
    assert report.organization.headcount[-1] == 0
    assert report.rows.nodes == 13


def test_rows_that_share_a_path_are_people_of_the_unit_at_its_end():
    """Google Workspace exports an org unit path."""
    report = read(
        "name,org unit path",
        *("Ann,Company", "Bob,Company/Operations", "Cyd,Company/Operations/Service"),
        *("Dan,Company/Operations/Service", "Eve,Company/Sales"),
    )
    found = managers(report)
    assert found["Cyd"] == found["Dan"] == "Company/Operations/Service"
    assert found["Company/Operations/Service"] == "Company/Operations"
    assert found["Company/Operations"] == "Company"
    assert found["Company"] is None
    organization = report.organization
    assert organization.names[organization.row("Company/Operations/Service")] == "Service"
    assert organization.headcount.sum() == 5
    assert organization.units[organization.row("Cyd")] == "Company/Operations/Service"


@pytest.mark.parametrize(
    "column",
    [
        ["2020/01/02", "2020/02/03", "2020/03/04"],
        ["10.5", "11.5", "12.25"],
        ["https://a.org/x/1", "https://a.org/x/2", "https://a.org/x/2/3"],
        ["IT/Support", "Finance", "Sales/Service"],
        ["1", "1.5", "2", "2.5"],
    ],
)
def test_what_only_has_separators_is_no_path(column):
    report = read("id,name,thing", *(f"{at},N{at},{cell}" for at, cell in enumerate(column)))
    assert not messages(report, "path")
    assert len(report.organization.roots) == len(column)


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("unit", ["R/D", "R/D", "Sales/Marketing", "HR"]),
        ("department", ["Sales", "Sales/Marketing", "R/D", "HR"]),
        ("department", ["Production / Logistics"] * 4),
        ("photo", ["img", "img/a", "img/b", "img/b/c"]),
        ("version", ["1", "1.2", "1.2.3", "1.3"]),
    ],
)
def test_a_column_that_says_what_it_is_is_no_path_by_its_separators(header, cells):
    report = read(f"id,name,{header}", *(f"{at},N{at},{cell}" for at, cell in enumerate(cells)))
    assert not messages(report, "path")
    assert len(report.organization.roots) == len(cells)


def test_units_that_branch_are_paths_under_a_plain_header():
    report = read("id,name,department", "1,Ann,IT/Ops", "2,Bob,IT/Dev", "3,Cyd,Sales", "4,Dan,Sales/EMEA")
    assert managers(report)["1"] == "IT/Ops"
    assert managers(report)["IT/Dev"] == "IT"


def test_an_outline_of_two_steps_is_a_path_if_its_header_says_numbers():
    report = read("WBS,title", "1,Board", "1.1,Sales", "1.2,IT")
    assert managers(report) == {"1": None, "1.1": "1", "1.2": "1"}


def test_a_manager_column_comes_before_a_path():
    report = read("id,manager,path", "1,,/1/", "2,1,/1/2/", "3,1,/1/2/3/")
    assert managers(report) == {"1": None, "2": "1", "3": "1"}


def test_who_says_that_a_column_is_a_path_is_believed():
    mapping = ColumnMapping((("id", "id"), ("manager", "keep"), ("way", "path")))
    report = read("id,manager,way", "1,,A/B", "2,1,A/B", "3,1,A/C", mapping=mapping)
    assert managers(report) == {"1": "A/B", "2": "A/B", "3": "A/C", "A/B": "A", "A/C": "A", "A": None}
    assert report.mapping == mapping


# ---------------------------------------------------------------------- levels


@pytest.mark.parametrize("word", ["Level ", "L", "Ebene ", "Niveau ", "Nivel ", "Livello ", "Manager level "])
def test_levels_with_rows_for_all(word):
    report = read(
        f"name,title,{word}1,{word}2,{word}3",
        *("Ann,CEO,Ann,,", "Cyd,Clerk,Ann,Bob,Cyd", "Bob,COO,Ann,Bob,", "Dan,Clerk,Ann,Bob,Dan"),
    )
    assert managers(report) == {"Ann": None, "Bob": "Ann", "Cyd": "Bob", "Dan": "Bob"}
    assert report.columns["level"] == (f"{word}1", f"{word}2", f"{word}3")


def test_levels_name_the_managers_above_a_row():
    report = read("name,title,L1,L2", "Ann,CEO,,", "Bob,COO,Ann,", "Cyd,Clerk,Ann,Bob")
    assert managers(report) == {"Ann": None, "Bob": "Ann", "Cyd": "Bob"}


def test_levels_without_rows_of_managers_become_nodes():
    report = read("Name,Level 1,Level 2", "Ann,Board,", "Bob,Board,Sales", "Cyd,Board,Sales")
    assert managers(report) == {
        "Ann": "Board",
        "Bob": "Sales",
        "Cyd": "Sales",
        "Board": None,
        "Sales": "Board",
    }
    assert report.added == ("Board", "Sales")
    assert messages(report, "path") == [
        (
            'No column names managers; they were told from the columns of levels "Level 1", "Level 2": 3 of '
            "3 rows have one. Added as nodes without people: 2 steps on the way that no row describes "
            '("Board", "Sales").'
        )
    ]


def test_a_unit_of_one_name_in_two_places_is_two_nodes():
    report = read("Name,L1,L2,L3", "Ann,Group,East,Sales", "Bob,Group,West,Sales", "Cyd,Group,West,Sales")
    found = managers(report)
    assert found["Bob"] == found["Cyd"] != found["Ann"]
    assert {found[found["Ann"]], found[found["Bob"]]} == {"East", "West"}


def test_a_table_of_levels_only_has_a_node_per_row():
    report = read("Level 1,Level 2,Level 3", "CEO,,", "CEO,COO,", "CEO,COO,Service", "CEO,CFO,Accounts")
    assert managers(report) == {
        "CEO": None,
        "COO": "CEO",
        "Service": "COO",
        "Accounts": "CFO",
        "CFO": "CEO",
    }
    assert report.added == ("CFO",)
    assert report.organization.names.tolist()[:3] == ["CEO", "COO", "Service"]


def test_a_level_repeated_to_the_right_counts_once():
    report = read("name,L1,L2,L3", "Ann,Ann,Ann,Ann", "Bob,Ann,Bob,Bob", "Cyd,Ann,Bob,Cyd")
    assert managers(report) == {"Ann": None, "Bob": "Ann", "Cyd": "Bob"}


@pytest.mark.parametrize(
    "rows",
    [
        ["Board,,", ",Sales,", ",,East", ",,West", ",IT,", ",,Ops"],
        ["Board,Sales,East", ",,West", ",IT,Ops"],
    ],
)
def test_an_outline_writes_every_step_once(rows):
    report = read("Level 1,Level 2,Level 3", *rows)
    assert managers(report) == {
        "Board": None,
        "Sales": "Board",
        "East": "Sales",
        "West": "Sales",
        "IT": "Board",
        "Ops": "IT",
    }


def test_a_level_that_is_left_out_is_no_outline():
    report = read("L1,L2,L3", "Board,,", "Board,,Office", "Board,Sales,", "Board,Sales,East")
    assert managers(report) == {"Board": None, "Office": "Board", "Sales": "Board", "East": "Sales"}


def test_one_level_is_no_hierarchy():
    report = read("name,level 1", "Ann,x", "Bob,y")
    assert not messages(report, "path")


def test_one_row_with_levels():
    report = read("name,L1,L2", "Ann,Ann,")
    assert managers(report) == {"Ann": None}


def test_a_path_that_is_to_be_kept_as_it_is_says_nothing():
    lines = ("id,name,path", "1,Ann,/1/", "2,Bob,/1/2/", "3,Cyd,/1/3/")
    report = read(*lines)
    assert read(*lines, mapping=report.mapping).organization == report.organization
    kept = ColumnMapping((("id", "id"), ("name", "name"), ("path", "keep")))
    assert len(read(*lines, mapping=kept).organization.roots) == 3


def test_units_are_called_as_the_paths_are_written():
    report = read("name,org unit path", "Ann,/Co", "Bob,/Co/Sales", "Cyd,/Co/Sales")
    assert report.added == ("/Co", "/Co/Sales")
    assert set(report.organization.units) == {"/Co", "/Co/Sales"}
