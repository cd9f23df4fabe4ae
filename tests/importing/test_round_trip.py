"""What `write_organization` writes, `read_organization` reads back equal, whatever the cells hold."""

import csv
import io
import json
import re
from dataclasses import replace

import hypothesis.strategies as st
import networkx as nx
import openpyxl
import pytest
from hypothesis import given, settings

from orgmodel import Organization
from orgmodel.errors import OrganizationError, UnreadableFileError
from orgmodel.importing import decide, proposed_choices, read_organization, write_organization
from orgmodel.importing.own_format import OWN_COLUMNS, neutralised, read_list, restored, written_list
from orgmodel.importing.rows.posts import RESERVED
from orgmodel.importing.writing.kinds import KINDS, write_findings
from orgmodel.lines import FurtherManager, Tie

HOSTILE = (
    *("=1+1", "'=1+1", "''", "'", "+49 30", "-1", "@x", "\tx", "\rx", "\nx", "\N{FULLWIDTH EQUALS SIGN}1"),
    *("0", "00417", "1e5", "NA", "None", "nan", "xx", "no_manager", "manager_id", "id", "Total: 3"),
    *("N/D", "Vacant", "'Vacant", "Not in Post", "eliminated", "*vacant*", "-vacant-"),
    *("a;b", "a|b", "a\\", "\\;|", ";", "|", "\\", ",", "a,b", "a\r\nb", "sep=;", "#id"),
    *("a_x0041_b", "_x005F_", "_x005f_x000D_", "_xFFFE_", "_xD800_", "\ufffe", "\uffff", "\x10", "\x10e"),
    *("<r>a</r>", "<r><t>a</t></r>", "</data>", "&lt;", "&#10;", "<!-- -->", "]]>", "\x1f\x7f\x85", "\r\n"),
    *('say "hi"', '"', '""', "\x00", " ", " a ", "\u00a0", "\u2028", "\ufeff", "名前", "é", "e\u0301", "🙂"),
)
WORDS = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=6))
TEXTS = st.one_of(st.just(""), WORDS)
FUNCTIONS = st.sampled_from(["", "sales", "customer_service", "it"])
HEADCOUNTS = st.floats(min_value=0, allow_nan=False, allow_infinity=False)
ATTRIBUTE_NAMES = st.one_of(
    WORDS, st.sampled_from([*OWN_COLUMNS, "vacancy", "function (file)", "Manager", ""])
).filter(lambda name: name not in RESERVED)


@st.composite
def organizations(draw):
    """Draw an organization with hostile texts in every place."""
    ids = draw(st.lists(WORDS.filter(bool), min_size=1, max_size=8, unique=True))
    size = len(ids)
    managers = [None, *(draw(st.one_of(st.none(), st.integers(0, row - 1))) for row in range(1, size))]
    # Authority runs to earlier nodes only, so that it makes no circle; the shares of a node are 1 at most.
    further = []
    for row in range(1, size):
        bosses = draw(st.lists(st.integers(0, row - 1), max_size=2, unique=True))
        for boss in bosses:
            if boss != managers[row]:
                kind = draw(st.sampled_from(["shared", "dotted", "contract"]))
                further.append(FurtherManager(ids[row], ids[boss], kind, draw(st.floats(0, 0.5))))
    pairs = draw(st.lists(st.tuples(st.sampled_from(ids), st.sampled_from(ids)), max_size=4))
    weights = st.floats(min_value=1e-300, allow_infinity=False)
    ties = {frozenset(pair): Tie(*pair, draw(weights), draw(TEXTS)) for pair in pairs if pair[0] != pair[1]}

    def column(values):
        return draw(st.lists(values, min_size=size, max_size=size))

    return Organization.from_columns(
        ids,
        [None if boss is None else ids[boss] for boss in managers],
        names=column(TEXTS),
        titles=column(TEXTS),
        units=column(TEXTS),
        functions=column(FUNCTIONS),
        headcount=column(HEADCOUNTS),
        locations=column(TEXTS),
        statuses=column(TEXTS),
        further_managers=further,
        ties=ties.values(),
        attributes={
            name: column(st.one_of(st.none(), TEXTS)) for name in draw(st.sets(ATTRIBUTE_NAMES, max_size=3))
        },
    )


@pytest.mark.parametrize("kind", KINDS)
@given(organization=organizations())
@settings(max_examples=300)
def test_written_and_read_back_is_equal(kind, organization):
    report = read_organization(write_organization(organization, kind))
    assert report.organization == organization
    assert report.rows.total == report.rows.nodes == len(organization)
    assert not report.added


@given(organizations())
@settings(max_examples=60)
def test_networkx_reads_the_graph_itself(organization):
    data = json.loads(write_organization(organization, "networkx"))
    graph = nx.node_link_graph(data, name="id", edges="edges")
    renamed = {key: "_" * bool(re.fullmatch("_*id", key)) + key for key in organization.attributes}
    read = Organization.from_networkx(graph)
    assert read.attributes.keys() == set(renamed.values())
    columns = {key: read.attributes[name] for key, name in renamed.items()}
    assert replace(read, attributes=columns) == organization


def test_the_graph_keeps_numbers_and_takes_lines_added_by_hand():
    organization = Organization.from_columns(["a", "b"], ["", "a"], attributes={"grade": [1, float("nan")]})
    data = json.loads(write_organization(organization, "networkx"))
    assert [node["grade"] for node in data["nodes"]] == [1, "nan"]
    data["edges"] += [{"source": "c", "target": "b"}, {"source": "a", "target": "c"}]
    data["edges"] += [{"source": "a", "target": "c", "kind": "tie"}]
    read = read_organization(json.dumps(data).encode()).organization
    assert read.ids.tolist() == ["a", "b", "c"]
    assert read.further_managers == [FurtherManager("b", "c")]
    assert read.tie_list == [Tie("a", "c", 1.0, "")]
    data["edges"].append("c")
    with pytest.raises(UnreadableFileError, match="its edge 5 is no object"):
        read_organization(json.dumps(data).encode())


@given(organizations())
@settings(max_examples=20)
def test_no_cell_of_a_workbook_is_a_formula_a_link_or_a_number(organization):
    workbook = openpyxl.load_workbook(io.BytesIO(write_organization(organization, "xlsx")))
    cells = [cell for row in workbook.active.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s"}
    assert not any(cell.hyperlink for cell in cells)
    assert not [cell.value for cell in cells if cell.value.startswith(("=", "+", "-", "@", "\t"))]


@given(organizations())
@settings(max_examples=60)
def test_no_written_cell_is_run_by_a_spreadsheet(organization):
    text = write_organization(organization).decode()
    cells = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))]


def test_the_file_of_the_smallest_organization():
    assert write_organization(Organization.from_columns(["a"], [None])).decode() == (
        "id,name,title,unit,function,manager_id,further_managers,ties,headcount,location,status\r\n"
        "a,,,,,,,,1.0,,\r\n"
    )


def test_lines_are_written_as_the_format_says():
    organization = Organization.from_columns(
        ["ceo", "a;b", "cs"],
        [None, "ceo", "ceo"],
        further_managers=[FurtherManager("cs", "a;b", "shared", 0.25), FurtherManager("a;b", "cs")],
        ties=[Tie("a;b", "cs", 2.0), Tie("ceo", "cs", 1.0, "e-mail")],
    )
    rows = list(csv.DictReader(io.StringIO(write_organization(organization).decode())))
    assert [row["further_managers"] for row in rows] == ["", "cs", r"a\;b|0.25|shared"]
    assert [row["ties"] for row in rows] == ["cs|1.0|e-mail", "cs|2.0", ""]


@pytest.mark.parametrize("separator", [";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_our_own_file_saved_again_by_a_spreadsheet_is_still_our_own(separator, encoding):
    organization = Organization.from_columns(
        ["00417", "É"],
        [None, "00417"],
        names=["=A", " b "],
        statuses=["Vacant", "vacant"],
        attributes={"x": ["", None]},
    )
    rows = csv.reader(io.StringIO(write_organization(organization).decode(), newline=""))
    saved = io.StringIO(newline="")
    csv.writer(saved, delimiter=separator).writerows(rows)
    report = read_organization(saved.getvalue().encode(encoding))
    assert report.organization == organization
    assert report.separator == separator


def test_faults_put_into_our_own_file_by_hand_are_found_as_in_any_other():
    report = read_organization(
        b"id,name,title,unit,function,manager_id,further_managers,ties,headcount,location,status,Note\n"
        b"ceo,Ann,,,Executive,none,,,,,,\n"
        b"cs,,,,Customer Service,CEO ,x|0.5,ops|heavy,two,,Eliminated,new\n"
        b"ops,,,,Dreams,gone,cs|0.4|contract;cs|0.4|contract,cs,,,,\n"
    )
    organization = report.organization
    assert organization.ids.tolist() == ["ceo", "cs", "ops", "gone"]
    assert organization.manager.tolist() == [-1, 0, 3, -1]
    assert organization.functions.tolist() == ["executive", "customer_service", "", ""]
    assert organization.statuses.tolist() == ["", "vacant", "", "placeholder"]
    assert organization.attributes["vacancy"].tolist() == [None, "Eliminated", None, None]
    assert organization.headcount.tolist() == [1, 0, 1, 0]
    assert organization.further_managers == [FurtherManager("ops", "cs", "contract", 0.4)]
    assert organization.tie_list == [Tie("cs", "ops")]
    assert organization.attributes["function (file)"].tolist() == [None, None, "Dreams", None]
    assert organization.attributes["further_managers"].tolist() == [None, "x", None, None]
    codes = [notice.code for notice in report.notices]
    assert sorted(set(codes)) == [
        *(
            "function",
            "further_manager",
            "headcount",
            "loose_match",
            "manager_column",
            "missing_manager",
            "several_roots",
            "tie",
        ),
        "vacancy",
    ]


def test_a_column_added_to_our_own_file_under_a_name_it_has_already():
    report = read_organization(
        b"id,name,title,unit,function,manager_id,further_managers,ties,headcount,location,status,name\n"
        b"ceo,Ann,,,,,,,,,,Annie\n"
    )
    assert report.organization.names.tolist() == ["Ann"]
    assert report.organization.attributes["name (file)"].tolist() == ["Annie"]
    assert "renamed_column" in [notice.code for notice in report.notices]


@pytest.mark.parametrize("name", sorted(RESERVED))
def test_reserved_names_are_those_an_organization_refuses(name):
    with pytest.raises(OrganizationError):
        Organization.from_columns(["a"], [None], attributes={name: ["x"]})


@given(st.lists(st.lists(WORDS.filter(bool), min_size=1, max_size=3), max_size=4))
def test_lists_in_cells_come_back(entries):
    assert read_list(written_list(entries)) == entries


@given(TEXTS)
def test_neutralised_cells_come_back(cell):
    assert restored(neutralised(cell)) == cell


# ---------------------------------------------------------------------- findings

FAULTY = b"id,name,manager\n=cmd|calc,Ann,\n2,Bob,=cmd|calc\n3,Cyd,gone\n4,Dan,5\n5,Eve,4\n5,Eva,2\n"


def findings(report):
    return list(csv.DictReader(io.StringIO(write_findings(report).decode(), newline="")))


def test_the_findings_of_a_file_are_a_table_of_its_notices():
    report = read_organization(FAULTY, filename="chart.csv")
    rows = findings(report)
    assert list(rows[0]) == [
        *("code", "severity", "file", "row", "column", "value", "sentence", "done", "proposed", "other ways")
    ]
    assert [row["code"] for row in rows] == [notice.code for notice in report.notices]
    assert [restored(row["sentence"]) for row in rows] == [notice.message for notice in report.notices]
    assert {row["file"] for row in rows} == {"chart.csv"}
    missing = next(row for row in rows if row["code"] == "missing_manager")
    assert (missing["row"], missing["column"], missing["value"]) == ("4", "manager", "gone")
    for row, notice in zip(rows, report.notices, strict=True):
        assert row["done"] == "; ".join(way.title for way in notice.repairs if way.applied)


def test_the_findings_end_with_what_was_decided():
    report = read_organization(FAULTY)
    decided = decide(report, proposed_choices(report), "All proposals")
    assert decided.steps
    assert [row["sentence"] for row in findings(decided) if row["code"] == "decided"] == ["All proposals"]


def test_no_cell_of_the_findings_is_run_by_a_spreadsheet():
    cells = [cell for row in findings(read_organization(FAULTY)) for cell in row.values()]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))]
