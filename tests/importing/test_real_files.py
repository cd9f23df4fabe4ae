"""Files nobody on this project wrote: every one is read, every row accounted for, every manager found.

What is expected is counted here from the same file by Python's csv module and the file's own column
names; other numbers name their source.
"""

import csv
from collections import Counter

import pytest

from orgmodel.importing import read_organization, write_organization
from tests.real_data import REAL_DATA, needs_real_data

pytestmark = needs_real_data

UK_2013 = [
    *("acas", "british_library", "cabinet_office", "care_quality_commission", "dclg", "decc", "dwp"),
    *("environment_agency", "hmrc", "land_registry", "mhra", "mod_head_office", "nhs_blood_transplant"),
    "olympic_delivery_authority",
]
UK_2015 = ["decc", "dwp", "hmrc", "moj"]
SOURCEGRAPH = ["2022-02-28", "2022-08-31", "2022-12-30", "2024-05-22"]
WORKDAY_TABLE = "companies/workday/workday_{}_data"
WITHOUT_HEADER = {"Department": "\t", "Employee": "\t", "EmployeeDepartmentHistory": "\t"}
# File -> (id, manager) columns, where both are in the file.
HIERARCHIES = {
    **{f"uk_2013/{body}-senior": ("Post Unique Reference", "Reports to Senior Post") for body in UK_2013},
    **{f"uk_2015/{body}": ("id", "parentId") for body in UK_2015},
    "companies/gitlab_2022-11": ("id", "reports_to"),
    "companies/chinook_employee": ("EmployeeId", "ReportsTo"),
    "companies/classicmodels_employees": ("employeeNumber", "reportsTo"),
    "companies/northwind_employees": ("employeeID", "reportsTo"),
    "companies/d3_org_chart_org": ("id", "parentId"),
    "companies/eajay_org_chart": ("Unique_Identifier", "Reports_To"),
    "companies/phac_shape_org_chart": ("id", "parentId"),
}
WORKDAY = [
    *("organization", "organization_role_worker", "person_name", "position", "position_organization"),
    *("worker_history", "worker_position_history"),
]
OTHERS = [
    *(f"sourcegraph/team_{date}" for date in SOURCEGRAPH),
    *(f"companies/adventureworks_{table}" for table in WITHOUT_HEADER),
    "companies/adventureworksdw_DimEmployee",
    *(f"companies/workday/workday_{table}_data" for table in WORKDAY),
]


def path_of(name):
    return REAL_DATA / f"{name}.csv"


def rows_of(name):
    """Return the rows of a file with a header in UTF-8, as Python reads them; cells trimmed."""
    with path_of(name).open(encoding="utf-8-sig", newline="") as file:
        return [{key: cell.strip() for key, cell in row.items()} for row in csv.DictReader(file)]


def codes(report):
    return Counter(notice.code for notice in report.notices)


@pytest.mark.parametrize("name", [*HIERARCHIES, *OTHERS])
def test_every_row_is_accounted_for(name):
    report = read_organization(path_of(name))
    with path_of(name).open(encoding="utf-8-sig", newline="") as file:
        separator = "\t" if name.removeprefix("companies/adventureworks_") in WITHOUT_HEADER else ","
        separator = "|" if "DimEmployee" in name else separator
        lines = sum(any(row) for row in csv.reader(file, delimiter=separator))
    assert report.separator == separator
    assert report.rows.total == lines - (separator == ",")
    assert report.rows.rejected == 0
    assert len(report.organization) == report.rows.nodes + len(report.added)
    assert read_organization(write_organization(report.organization)).organization == report.organization


@pytest.mark.parametrize("name", HIERARCHIES)
def test_nodes_and_managers_are_those_of_the_file(name):
    id_column, manager_column = HIERARCHIES[name]
    report = read_organization(path_of(name))
    organization = report.organization
    rows = rows_of(name)
    assert report.columns["id"] == (id_column,)
    assert report.columns["manager"] == (manager_column,)
    # Rows that are equal in every cell but the unnamed count are one node.
    different = {(*tuple(cell for key, cell in row.items() if key), row[id_column]) for row in rows}
    assert report.rows.nodes == len(different)
    ids = {row[id_column].lstrip("0") or "0" for row in rows}
    marks = {"", "xx", "null"}
    outside = {
        row[manager_column]
        for row in rows
        if row[manager_column].lstrip("0") not in ids and row[manager_column].casefold() not in marks
    }
    assert set(report.added) == outside
    tops = [
        row
        for row in rows
        if row[manager_column].casefold() in marks or row[manager_column] == row[id_column]
    ]
    assert len(organization.roots) == len({row[id_column] for row in tops}) + len(outside)
    assert codes(report)["cycle"] == 0


def test_dwp_keeps_its_subtree():
    """Whoever keeps the first of the two DWP135 builds a circle and loses 225 posts."""
    organization = read_organization(path_of("uk_2013/dwp-senior")).organization
    secretary = organization.row("DWP135")
    assert organization.titles[secretary] == "Permanent Secretary"
    assert organization.roots.tolist() == [secretary]
    assert len(organization.subtree(secretary)) == len(organization) == 228
    assert organization.titles[organization.row("DWP135 (2)")] == "Work Services Director, North West"


def test_hmrc_keeps_six_vacancies_numbered_0():
    organization = read_organization(path_of("uk_2013/hmrc-senior")).organization
    vacancies = ["0", *(f"0 ({number})" for number in range(2, 7))]
    rows = [organization.row(node) for node in vacancies]
    assert {organization.titles[row] for row in rows} == {"Not in Post"}
    assert {organization.statuses[row] for row in rows} == {"vacant"}
    bosses = {organization.ids[organization.manager[row]] for row in rows}
    assert bosses == {"OD373", "OD185", "OD275", "OD103", "OD369", "OD273"}
    assert len(organization.subtree(int(organization.roots[0]))) == len(organization) == 353


def test_mod_finds_managers_whose_leading_zeros_are_lost():
    name = "uk_2013/mod_head_office-senior"
    report = read_organization(path_of(name))
    rows = rows_of(name)
    lost = [row for row in rows if row["Reports to Senior Post"].startswith("0")]
    ids = {row["Post Unique Reference"] for row in rows}
    assert len(lost) == 84
    assert not any(row["Reports to Senior Post"] in ids for row in lost)
    assert not report.added
    assert codes(report)["leading_zeros"] == 1
    assert report.organization.roots.tolist() == [
        report.organization.row(node) for node in ("155792", "5654", "110709")
    ]
    assert (
        codes(report)["self_reference"] == 1
    )  # 110709, "Chief Executive Service Personnel & Veterans Agency"


def test_gitlab_has_139_managers_outside_the_file():
    """README of the data: 450 of 1,368 rows point to managers who are not in the file."""
    report = read_organization(path_of("companies/gitlab_2022-11"))
    organization = report.organization
    assert report.rows.total == report.rows.nodes == 1368
    assert len(report.added) == codes(report)["missing_manager"] == 139
    added = [organization.row(node) for node in report.added]
    assert int(organization.span_of_control[added].sum()) == 450
    assert organization.roots.tolist() == added
    assert organization.statuses.tolist().count("vacant") == 32


@pytest.mark.parametrize("date", SOURCEGRAPH)
def test_sourcegraph_managers_are_slugs_of_roles(date):
    name = f"sourcegraph/team_{date}"
    report = read_organization(path_of(name))
    organization = report.organization
    rows = rows_of(name)
    id_of = {row["manager_role_slug"]: row["id"] for row in rows if row["manager_role_slug"]}
    expected = [id_of[row["reports_to"]] if row["reports_to"] != "none" else None for row in rows]
    assert report.columns["manager"] == ("reports_to",)
    assert [
        organization.ids[boss] if boss >= 0 else None for boss in organization.manager.tolist()
    ] == expected
    assert [organization.ids[row] for row in organization.roots] == [id_of["ceo"]]


@pytest.mark.parametrize(
    ("name", "nodes", "root"),
    [
        ("companies/d3_org_chart_org", 1516, "O-6066"),
        ("companies/phac_shape_org_chart", 776, "646d2f34-88cc-4c39-9cdf-1b4b9514731c"),
        ("companies/classicmodels_employees", 23, "1002"),
        ("companies/chinook_employee", 8, "1"),
        ("companies/northwind_employees", 9, "2"),
    ],
)
def test_one_root_and_no_parent_lost(name, nodes, root):
    organization = read_organization(path_of(name)).organization
    assert len(organization) == nodes
    assert [organization.ids[row] for row in organization.roots] == [root]


def test_eajay_has_a_byte_order_mark_and_three_orphans():
    report = read_organization(path_of("companies/eajay_org_chart"))
    assert report.encoding == "utf-8-sig"
    assert report.columns["id"] == ("Unique_Identifier",)
    assert report.added == ("72_Kendra_Johnson", "73_Lisa_Peters", "206_Abid_Baloch")


def test_phac_has_an_unnamed_column_of_row_numbers():
    report = read_organization(path_of("companies/phac_shape_org_chart"))
    assert codes(report)["index_column"] == 1
    assert not any(name.startswith("column") for name in report.organization.attributes)


def test_dimemployee_has_no_header_but_a_hierarchy():
    """AdventureWorks DW: the second column is EmployeeKey, the third ParentEmployeeKey."""
    report = read_organization(path_of("companies/adventureworksdw_DimEmployee"))
    assert report.columns["id"] == ("column 2",)
    assert report.columns["manager"] == ("column 3",)
    assert len(report.organization.roots) == 1


@pytest.mark.parametrize("table", ["Department", "EmployeeDepartmentHistory"])
def test_adventureworks_departments_have_neither_header_nor_manager(table):
    """Levels and department numbers are no managers."""
    report = read_organization(path_of(f"companies/adventureworks_{table}"))
    assert {"no_header", "no_manager_column"} <= codes(report).keys()


def test_adventureworks_employees_are_a_tree_by_hierarchyid():
    """The fourth column is a hierarchyid; the fifth, OrganizationLevel, is its depth."""
    report = read_organization(path_of("companies/adventureworks_Employee"))
    organization = report.organization
    with path_of("companies/adventureworks_Employee").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, delimiter="\t"))
    assert report.columns["path"] == ("column 4",)
    assert [organization.ids[row] for row in organization.roots] == ["1"]
    assert int((organization.manager >= 0).sum()) == 289
    depth = [int(organization.depth[organization.row(row[0])]) for row in rows]
    assert depth == [int(row[4] or 0) for row in rows]


@pytest.mark.parametrize("body", UK_2013)
def test_the_marked_vacancies_are_vacant(body):
    name = f"uk_2013/{body}-senior"
    organization = read_organization(path_of(name)).organization
    words = {"eliminated", "vacant", '"vacant"', "vacancy"}
    rows = {tuple(cell for key, cell in row.items() if key): row for row in rows_of(name)}.values()
    marked = sum(
        row["Name"].casefold() in words or row["Job Title"].casefold() == "not in post" for row in rows
    )
    assert organization.statuses.tolist().count("vacant") == marked


# ---------------------------------------------------------------------- files that belong together

NETWORKS = ["ht_reports_nodes", "ht_reports_edges", "ht_advice_edges", "ht_friends_edges"]
MINISTRIES = ["employment_and_labour", "interior_and_safety"]
SETS = {
    **{f"uk_2013/{body}": [f"uk_2013/{body}-senior", f"uk_2013/{body}-junior"] for body in UK_2013},
    **{
        f"government/korea_{ministry}": [f"government/korea_{ministry}_{part}" for part in ("nodes", "edges")]
        for ministry in MINISTRIES
    },
    "networks/ht": [f"networks/{table}" for table in NETWORKS],
    "networks/manufacturing": ["networks/manufacturing_reportsto", "networks/manufacturing_communication"],
    "companies/workday": [f"companies/workday/workday_{table}_data" for table in WORKDAY],
    "companies/adventureworks": [f"companies/adventureworks_{table}" for table in WITHOUT_HEADER],
}


def read_set(name):
    return read_organization([path_of(file) for file in SETS[name]])


@pytest.mark.parametrize("body", UK_2013)
def test_uk_junior_posts_stand_below_their_senior_posts(body):
    name = f"uk_2013/{body}"
    organization = read_set(name).organization
    senior = read_organization(path_of(f"{name}-senior")).organization
    junior = rows_of(f"{name}-junior")
    assert read_organization([path_of(file) for file in SETS[name][::-1]]).organization == organization
    fte = sum(float(row["Number of Posts in FTE"]) for row in junior)
    assert organization.headcount.sum() == pytest.approx(senior.headcount.sum() + fte)
    without = {row["Unit"] for row in junior if not row["Reporting Senior Post"]}
    assert len(organization.roots) == len(senior.roots) + len(without)  # 12 units of MHRA
    assert len(organization) == len(senior) + len(junior) + len(without)
    assert organization.ids[: len(senior)].tolist() == senior.ids.tolist()
    for row, post in enumerate(junior, start=len(senior)):
        if post["Reporting Senior Post"]:
            above = organization.ids[organization.manager[row]]
            assert above.lstrip("0") == post["Reporting Senior Post"].lstrip("0")
        assert organization.titles[row] == post["Generic Job Title"]


@pytest.mark.parametrize("ministry", MINISTRIES)
def test_korean_edges_are_all_lines(ministry):
    report = read_set(f"government/korea_{ministry}")
    organization = report.organization
    edges = {(row["parent"], row["child"]) for row in rows_of(f"government/korea_{ministry}_edges")}
    solid = {
        (organization.ids[boss], organization.ids[row])
        for row, boss in enumerate(organization.manager.tolist())
        if boss >= 0
    }
    further = {(line.manager, line.report) for line in organization.further_managers}
    assert not solid & further
    assert solid | further == edges
    assert len(organization.roots) == 1
    assert report.rows.lines == len(edges) == len(solid) + len(further)
    assert codes(report)["several_managers"] == 1


def test_krackhardts_managers():
    report = read_set("networks/ht")
    organization = report.organization
    bosses = {row["from"]: row["to"] for row in rows_of("networks/ht_reports_edges")}
    found = dict(zip(organization.ids.tolist(), organization.manager.tolist(), strict=True))
    assert {node: organization.ids[boss] for node, boss in found.items() if boss >= 0} == bosses
    pairs = Counter(
        frozenset((row["from"], row["to"]))
        for table in ("advice", "friends")
        for row in rows_of(f"networks/ht_{table}_edges")
    )
    assert {frozenset(tie[:2]): tie.weight for tie in organization.tie_list} == pairs


def test_the_mails_of_the_manufacturer_are_ties():
    report = read_set("networks/manufacturing")
    with path_of("networks/manufacturing_communication").open(encoding="utf-8", newline="") as file:
        mails = [row[:2] for row in csv.reader(file, delimiter=";")][1:]
    staff = {row["ID"] for row in rows_of("networks/manufacturing_reportsto")}
    inside = Counter(frozenset(ends) for ends in mails if ends[0] != ends[1] and staff.issuperset(ends))
    ties = report.organization.tie_list
    assert {frozenset(tie[:2]): tie.weight for tie in ties} == inside
    assert report.rows.lines == len(inside)
    assert report.rows.rejected == len(mails) - inside.total()
    assert len(report.organization.roots) == 1


def test_workday_positions_stand_beside_their_organizations():
    """Superior organizations are outside the extract; of positions and names what belongs to a node."""
    report = read_set("companies/workday")
    organization = report.organization
    names = [row["name"] for row in rows_of(WORKDAY_TABLE.format("organization"))]
    assert organization.names.tolist()[:5] == names
    titles = {
        row["position_id"]: row["business_title"]
        for row in rows_of(WORKDAY_TABLE.format("worker_position_history"))
    }
    positions = [row["id"] for row in rows_of(WORKDAY_TABLE.format("position"))]
    assert organization.ids.tolist()[5:10] == positions
    assert organization.titles.tolist()[5:10] == [titles[position] for position in positions]
    assert organization.attributes["last_name (organization_owner_id)"].tolist()[:5] == ["Simpson"] * 5
    assert report.columns["manager"] == ("superior_organization_id",)
    superiors = {row["superior_organization_id"] for row in rows_of(WORKDAY_TABLE.format("organization"))}
    named = {row["supervisory_organization_id"] for row in rows_of(WORKDAY_TABLE.format("position"))}
    assert set(report.added) == superiors | named


def test_adventureworks_departments_are_looked_up():
    report = read_set("companies/adventureworks")
    assert (report.rows.nodes, report.rows.merged, report.rows.rejected) == (290, 16 + 296, 0)
    assert len(report.organization.roots) == 1


def test_canarias_has_an_absent_unit_with_a_name():
    report = read_organization(path_of("government/canarias_organigrama_2025-07-12"))
    organization = report.organization
    assert report.added == ("1",)
    assert [organization.names[row] for row in organization.roots] == ["Gobierno de Canarias"]
    assert report.rows.nodes == report.rows.total == 149


# ---------------------------------------------------------------------- all of them


def rows_counted(path):
    """Return the rows of data as Python's csv module counts them, cells or not."""
    text = path.read_text(encoding="utf-8-sig")
    first = text.partition("\n")[0]
    separator = max(",;\t|", key=first.count)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = sum(any(map(str.strip, row)) for row in csv.reader(file, delimiter=separator))
    without_header = path.stem.removeprefix("adventureworks_") in WITHOUT_HEADER or "DimEmployee" in path.stem
    return rows - (not without_header)


def test_all_rows_of_all_files_are_accounted_for(capsys):
    """Edge lists, measures, units of government: not all are org charts, but none is lost or refused."""
    single = {str(path.relative_to(REAL_DATA)): [path] for path in sorted(REAL_DATA.rglob("*.csv"))}
    several = {f"{name} (together)": [path_of(file) for file in files] for name, files in SETS.items()}
    lines = []
    for name, paths in (single | several).items():
        report = read_organization(paths if len(paths) > 1 else paths[0])
        rows, organization = report.rows, report.organization
        assert rows.total == sum(map(rows_counted, paths)), name
        assert rows.total == rows.nodes + rows.merged + rows.lines + rows.rejected
        assert len(organization) == rows.nodes + len(report.added) > 0
        counts = (rows.total, rows.nodes, rows.merged, rows.lines, rows.rejected, len(report.added))
        found = (len(organization.roots), len(organization.further_managers), len(organization.tie_list))
        told = " ".join(f"{code}:{number}" for code, number in sorted(codes(report).items()))
        lines.append(f"{name:58}" + "".join(f"{count:8,}" for count in (*counts, *found)) + f"  {told}")
    with capsys.disabled():
        heads = ["rows", "nodes", "merged", "lines", "reject.", "added", "roots", "further", "ties"]
        print("\n" + f"{'file or files':58}" + "".join(f"{head:>8}" for head in heads) + "  notices")  # noqa: T201
        print("\n".join(lines))  # noqa: T201  # the table is what the test shows
