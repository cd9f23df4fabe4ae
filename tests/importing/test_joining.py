"""Several tables read as one chart: edges, tables below one another, lookups."""

import itertools
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orgmodel.errors import UnreadableFileError
from orgmodel.importing import read_organization, write_organization
from orgmodel.lines import FurtherManager, Tie
from tests.report_parts import managers, messages

NODES = "id,name\na,Ann\nb,Bob\nc,Cyd\nd,Dan\n"


def read(*texts, names=None):
    names = names or [f"table {number}.csv" for number in range(1, len(texts) + 1)]
    report = read_organization([text.encode() for text in texts], filename=names)
    organization = report.organization
    assert report.rows.total == sum(len(text.strip().split("\n")) - 1 for text in texts)
    assert len(organization) == report.rows.nodes + len(report.added)
    assert tuple(organization.ids[report.rows.nodes :]) == report.added
    assert read_organization(write_organization(organization)).organization == organization
    return report


def account(report):
    rows = report.rows
    return rows.nodes, rows.merged, rows.lines, rows.rejected


# ---------------------------------------------------------------------- edges: who reports to whom


@pytest.mark.parametrize(
    "edges",
    [
        "parent,child\na,b\na,c\nb,d\n",
        "manager,report\na,b\na,c\nb,d\n",
        "Child ID,Parent ID\nb,a\nc,a\nd,b\n",
        "from,to\na,b\na,c\nb,d\n",
        "from,to\nb,a\nc,a\nd,b\n",
        "source,target,type\na,b,Directed\na,c,Directed\nb,d,Directed\n",
        "Employee,Manager\nAnn,\nBob,Ann\nCyd,Ann\nDan,Bob\n".replace("Ann,\n", "").replace(
            "Employee", "Report"
        ),
    ],
)
@pytest.mark.parametrize("order", [1, -1])
def test_edges_give_the_managers_either_way_and_in_either_order(edges, order):
    report = read(*[NODES, edges][::order])
    assert managers(report) == {"a": None, "b": "a", "c": "a", "d": "b"}
    assert account(report) == (4, 0, 3, 0)
    assert not report.added


@pytest.mark.parametrize(
    "edges",
    [
        "employee,manager\nb,a\nc,a\nd,b\n",
        "Employee ID,Supervisor ID\nb,a\nc,a\nd,b\n",
        "id,manager\nb,a\nc,a\nd,b\n",
        "Mitarbeiter,Vorgesetzter\nb,a\nc,a\nd,b\n",
        "employee,manager,type\nb,a,solid\nc,a,solid\nd,b,solid\n",
        "employee,manager\nBob,Ann\nCyd,Ann\nDan,Bob\n",
    ],
)
@pytest.mark.parametrize("order", [1, -1])
def test_managers_in_a_file_of_their_own_lose_no_head(edges, order):
    """Each employee comes once in it, but the head has no row there: the other file holds the nodes."""
    report = read(*[NODES, edges][::order])
    assert managers(report) == {"a": None, "b": "a", "c": "a", "d": "b"}
    assert account(report) == (4, 0, 3, 0)
    assert report.organization.names.tolist() == ["Ann", "Bob", "Cyd", "Dan"]


def test_managers_in_a_file_of_their_own_that_names_everybody_are_looked_up():
    report = read(NODES, "id,manager\na,\nb,a\nc,a\nd,b\n")
    assert managers(report) == {"a": None, "b": "a", "c": "a", "d": "b"}
    assert account(report) == (4, 4, 0, 0)


def test_nodes_that_are_numbered_from_0_may_all_report_to_the_first():
    report = read("id,name\n0,Ann\n1,Bob\n2,Cyd\n", "source,target\n0,1\n0,2\n")
    assert managers(report) == {"0": None, "1": "0", "2": "0"}


def test_the_direction_is_said_with_the_reason():
    report = read(NODES, "from,to\nb,a\nc,a\nd,b\n", names=["people.csv", "lines.csv"])
    assert messages(report, "edges") == [
        (
            '3 rows of "lines.csv" read as lines: "from" reports to "to", because nearly every node is once '
            'at most in "from". They became: 3 managers.'
        )
    ]


def test_a_chain_is_read_as_is_the_custom_and_the_reader_is_told():
    report = read(NODES, "from,to\na,b\nb,c\nc,d\n")
    assert managers(report) == {"a": None, "b": "a", "c": "b", "d": "c"}
    notice = next(notice for notice in report.notices if notice.code == "edges")
    assert notice.severity == "warning"
    assert "by custom the first end is above the second" in notice.message


def test_several_parents_of_typed_edges():
    """As in the Korean ministries' charts: affiliated, structural, assistant, advisor."""
    edges = "parent,child,type\na,b,affiliated\na,d,assistant\nb,d,structural\na,c,advisor\nb,c,advisor\n"
    report = read(NODES, edges)
    assert managers(report) == {"a": None, "b": "a", "c": "a", "d": "b"}
    assert report.organization.further_managers == [
        FurtherManager("c", "b", "dotted", 0.0),
        FurtherManager("d", "a", "dotted", 0.0),
    ]
    assert account(report) == (4, 0, 5, 0)
    assert messages(report, "several_managers") == [
        (
            'Further managers of "table 2.csv": 2 lines for 2 nodes ("d", "c"): 1 "assistant" as dotted, 1 '
            '"advisor" as dotted. Of several managers the one whose kind of line suits best, of equals the '
            "first, is the manager; the others have only the share of the authority that is stated."
        )
    ]


def test_kinds_and_shares_are_kept():
    edges = (
        "manager,report,kind,share\na,b,solid,\na,c,solid,\nb,c,shared,0.25\na,d,solid,\nc,d,contract,0.1\n"
        "b,d,Matrix,\n"
    )
    organization = read(NODES, edges).organization
    assert sorted(organization.further_managers) == [
        FurtherManager("c", "b", "shared", 0.25),
        FurtherManager("d", "b", "dotted", 0.0),
        FurtherManager("d", "c", "contract", 0.1),
    ]


def test_dotted_lines_beside_a_manager_column_never_become_the_manager():
    report = read("id,manager\na,\nb,a\nc,a\n", "from,to,type\nb,a,solid\nb,c,dotted\na,c,dotted\n")
    assert managers(report) == {"a": None, "b": "a", "c": "a"}
    assert account(report)[0] == 3
    assert sum(account(report)) == 6


def test_a_chart_drawn_as_edges_comes_back():
    """Any tree, its edges in any order and direction: the managers are found again."""
    chance = random.Random(4)  # noqa: S311  # trees, no secrets
    for size in (2, 3, 10, 40):
        parents = {f"n{child}": f"n{chance.randrange(child)}" for child in range(1, size)}
        pairs = [f"{child},{parent}" for child, parent in parents.items()]
        chance.shuffle(pairs)
        nodes = "id,name\n" + "".join(f"n{at},Name {at}\n" for at in range(size))
        report = read(nodes, "child,parent\n" + "\n".join(pairs) + "\n")
        assert managers(report) == {"n0": None, **parents}


# ---------------------------------------------------------------------- edges: ties


def test_edges_that_are_no_hierarchy_become_ties():
    nodes = "id,manager\na,\nb,a\nc,a\nd,b\n"
    mails = "Sender,Recipient,Date\na,b,1\nb,a,2\nb,a,3\nc,d,4\nc,c,5\nx,a,6\nc,,7\n"
    report = read(nodes, mails, names=["staff.csv", "mails.csv"])
    assert report.organization.tie_list == [Tie("a", "b", 3.0, "mails"), Tie("c", "d", 1.0, "mails")]
    assert account(report) == (4, 2, 2, 3)
    assert messages(report, "row_rejected") == [
        '1 row of "mails.csv" not made a line, because both ends are the same node.',
        '1 row of "mails.csv" not made a line, because an end is missing.',
        '1 row of "mails.csv" not made a line, because an end is in no table of nodes ("x").',
    ]


def test_two_networks_are_one_tie_with_both_relations():
    nodes = "id,manager\na,\nb,a\nc,a\nd,b\n"
    report = read(
        nodes, "from,to\na,b\nc,d\n", "from,to\nb,a\n", names=["n.csv", "advice.csv", "friends.csv"]
    )
    assert report.organization.tie_list == [
        Tie("a", "b", 2.0, "advice + friends"),
        Tie("c", "d", 1.0, "advice"),
    ]
    assert account(report) == (4, 1, 2, 0)


def test_several_relations_of_a_pair_are_named_in_the_order_of_the_file():
    edges = (
        "source,target,kind,relation\nb,c,tie,post\na,b,tie,mail\nb,a,tie,chat\na,b,tie,mail\nc,b,tie,post\n"
    )
    assert read("id,name\na,Ann\nb,Bob\nc,Cyd\n", edges).organization.tie_list == [
        Tie("a", "b", 3.0, "mail + chat"),
        Tie("b", "c", 2.0, "post"),
    ]


def test_weights_and_relations_are_those_of_the_table():
    nodes = "id,manager\na,\nb,a\nc,a\nd,b\n"
    report = read(nodes, "source,target,type,weight,relation\na,b,tie,2.5,works with\nb,c,tie,1,\n")
    assert report.organization.tie_list == [
        Tie("a", "b", 2.5, "works with"),
        Tie("b", "c", 1.0, "collaboration"),
    ]


# ---------------------------------------------------------------------- edges: ends without a row


def test_ends_without_a_row_are_added_and_listed():
    report = read(NODES, "manager,report\na,b\na,c\na,d\nb,x\nx,y\nz,a\n")
    assert managers(report) == {"a": "z", "b": "a", "c": "a", "d": "a", "x": "b", "y": "x", "z": None}
    assert set(report.added) == {"x", "y", "z"}
    assert 'Added: 3 nodes that only lines name ("x", "z", "y").' in messages(report, "edges")[0]
    organization = report.organization
    assert organization.headcount.sum() == 4
    assert organization.statuses[4:].tolist() == ["placeholder"] * 3


@pytest.mark.parametrize("header", ["parent,child", "source,target", "from,to"])
def test_edges_alone_are_a_chart_of_people(header):
    """Nobody has a row; everybody is somebody, so counts as one and is no placeholder."""
    report = read(f"{header}\nAnn,Bob\nAnn,Cyd\nBob,Dan\n")
    assert managers(report) == {"Ann": None, "Bob": "Ann", "Cyd": "Ann", "Dan": "Bob"}
    assert account(report) == (0, 0, 3, 0)
    assert set(report.added) == {"Ann", "Bob", "Cyd", "Dan"}
    organization = report.organization
    assert organization.headcount.tolist() == [1, 1, 1, 1]
    assert organization.statuses.tolist() == [""] * 4
    assert organization.names.tolist() == ["Ann", "Bob", "Cyd", "Dan"]


def test_a_node_called_0_is_a_node():
    report = read("parent,child\n0,1\n0,2\n1,3\n")
    assert managers(report) == {"0": None, "1": "0", "2": "0", "3": "1"}
    report = read("id,name\n1,Ann\n2,Bob\n", "parent,child\n0,1\n1,2\n")
    assert managers(report) == {"1": "0", "2": "1", "0": None}


def test_one_edge():
    report = read("manager,report\na,b\n")
    assert managers(report) == {"a": None, "b": "a"}


def test_a_circle_of_edges_is_a_finding_like_any_other():
    report = read(NODES, "parent,child\na,b\nb,c\nc,a\nb,d\n")
    assert [notice.code for notice in report.notices].count("cycle") == 1
    assert len(report.organization.roots) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Employee,Manager\nAnn,\nBob,Ann\nCyd,Ann\n",  # everyone once: people, not edges
        "name,from,to\nAnn,2020-01-01,2021-01-01\nBob,2020-01-01,\n",  # periods
        "id,from,to\n1,2020-01-01,2021-01-01\n2,2020-01-01,2021-01-01\n",
        "id,parent,child\n1,,x\n2,1,y\n",
    ],
)
def test_a_table_of_people_is_none_of_edges(text):
    report = read(text)
    assert report.rows.lines == 0
    assert report.rows.nodes == report.rows.total


@pytest.mark.parametrize("header", ["AltReportsTo", "Dottedids", "MATRIX_MANAGER", "refs"])
def test_second_managers_go_out_and_come_in_unchanged(header):
    report = read(f"id,manager,{header}\na,,\nb,a,\nc,a,b\n")
    lines = [FurtherManager("c", "b", "dotted", 0.0)]
    assert report.organization.further_managers == lines
    written = write_organization(report.organization)
    assert read_organization(written).organization.further_managers == lines


# ---------------------------------------------------------------------- tables below one another

SENIOR = (
    "Post Unique Reference,Name,Job Title,Unit,Reports to Senior Post,FTE\n"
    "001,Ann,Chief,Board,XX,1\n002,Bob,Director,Service,001,1\n003,Cyd,Director,IT,001,0.5\n"
)
JUNIOR = (
    "Unit,Reporting Senior Post,Generic Job Title,Number of Posts in FTE\n"
    "Service,002,Agent,12.5\nService,002,Team leader,2\nIT,003,Developer,4\n"
)


@pytest.mark.parametrize("order", [1, -1])
def test_junior_posts_without_ids_stand_below_their_senior_post(order):
    """The two files of a UK organogram."""
    report = read(*[SENIOR, JUNIOR][::order], names=["senior.csv", "junior.csv"][::order])
    organization = report.organization
    assert managers(report) == {
        "001": None,
        "002": "001",
        "003": "001",
        "002/Service/1": "002",
        "002/Service/2": "002",
        "003/IT/1": "003",
    }
    assert organization.titles.tolist()[3:] == ["Agent", "Team leader", "Developer"]
    assert organization.headcount.sum() == 21
    assert organization.units.tolist()[3:] == ["Service", "Service", "IT"]
    assert account(report) == (6, 0, 0, 0)
    assert messages(report, "tables_joined") == [
        '"senior.csv" holds the nodes (3 rows); the other tables were put to it.',
        (
            'The 3 rows of "junior.csv" were put below the nodes, where "Reporting Senior Post" says whom '
            'they report to: 3 of them are found in "Post Unique Reference". They have no ids, so they are '
            "called by their manager, their unit and a number."
        ),
    ]


def test_leading_zeros_lost_in_one_of_the_files():
    report = read(SENIOR.replace("00", ""), JUNIOR)
    assert managers(report)["2/Service/2"] == "2"
    assert not report.added
    report = read(SENIOR, JUNIOR.replace("00", ""))
    assert managers(report)["002/Service/2"] == "002"
    assert not report.added


def test_junior_posts_without_a_senior_post_hang_on_one_node_per_unit():
    report = read(SENIOR, JUNIOR + "IT,,Tester,3\nIT,,Analyst,1\n")
    assert report.added == ("IT (no manager given)",)
    assert len(report.organization.roots) == 2
    assert (
        "2 rows without a manager hang on one added node for each unit."
        in messages(report, "tables_joined")[1]
    )


def test_a_sentence_names_the_file_of_a_row():
    report = read(SENIOR, JUNIOR.replace("003,Developer", "999,Developer"), names=["s.csv", "j.csv"])
    notice = next(notice for notice in report.notices if notice.code == "missing_manager")
    assert notice.file == "j.csv"
    assert "row 4 of j.csv" in notice.message


def test_exports_of_several_regions_are_one_chart():
    head = "id,name,manager_id\n"
    texts = [head + "1,Ann,\n2,Bob,1\n", head + "3,Cyd,1\n4,Dan,3\n", head + "5,Eve,4\n"]
    for order in itertools.permutations(texts):
        assert managers(read(*order)) == {"1": None, "2": "1", "3": "1", "4": "3", "5": "4"}


def test_posts_stand_below_the_organization_they_name_by_its_code():
    """Workday: positions name the organization by its code, organizations each other by id."""
    organizations = "id,name,organization_code,superior_organization_id\no1,Group,G,\no2,Service,S,o1\n"
    positions = "id,job title,supervisory_organization_id\np1,Head,S\np2,Agent,S\n"
    report = read(organizations, positions)
    assert managers(report) == {"o1": None, "o2": "o1", "p1": "o2", "p2": "o2"}


# ---------------------------------------------------------------------- lookups

STAFF = "id,name,manager_id,dept_id\n1,Ann,,1\n2,Bob,1,2\n3,Cyd,1,2\n4,Dan,2,1\n"


def test_a_table_about_the_same_ids_adds_its_columns():
    report = read(STAFF, "employee id,job title\n1,CEO\n2,COO\n3,CFO\n9,Gone\n")
    assert report.organization.titles.tolist() == ["CEO", "COO", "CFO", ""]
    assert account(report) == (4, 3, 0, 1)
    assert messages(report, "row_rejected") == [
        '1 row of "table 2.csv" not used because no node has their key.'
    ]


def test_a_table_of_departments_gives_the_units():
    report = read(STAFF, "id,department\n1,Board\n2,Sales\n")
    assert report.organization.units.tolist() == ["Board", "Sales", "Sales", "Board"]
    assert account(report) == (4, 2, 0, 0)


def test_names_of_others_become_attributes():
    """Workday: the owner of an organization is named by a worker id."""
    nodes = "id,name,superior_organization_id,owner_id\no1,Group,,w-00001\no2,Service,o1,w-00002\n"
    report = read(nodes, "worker id,first name,last name\nw-00001,Ann,Bell\nw-00002,Bob,Cox\nw-00003,C,D\n")
    organization = report.organization
    assert organization.names.tolist() == ["Group", "Service"]
    assert organization.attributes["last name (owner_id)"].tolist() == ["Bell", "Cox"]
    assert account(report) == (2, 2, 0, 1)


def test_of_a_history_the_last_row_counts():
    report = read(STAFF, "id,job title\n1,Clerk\n2,Agent\n3,CFO\n4,Agent\n1,CEO\n")
    assert report.organization.titles.tolist() == ["CEO", "Agent", "CFO", "Agent"]
    assert account(report) == (4, 5, 0, 0)


def test_a_chain_of_lookups():
    """AdventureWorks: employee -> department history -> department."""
    history = "id,department_id\n1,7\n2,8\n3,8\n4,8\n"
    for order in itertools.permutations([STAFF, history, "department_id,department\n7,Board\n8,Sales\n"]):
        report = read(*order)
        assert report.organization.units.tolist() == ["Board", "Sales", "Sales", "Sales"]


@pytest.mark.parametrize(
    "other",
    ["foo,bar\nq,x\nr,y\n", "employee id,skill\n1,x\n1,y\n2,z\n2,u\n", "a,b,c\n1,1,1\n"],
)
def test_a_table_that_fits_nothing_is_not_used_and_that_is_said(other):
    report = read(STAFF, other, names=["staff.csv", "other.csv"])
    rows = other.count("\n") - 1
    assert account(report) == (4, 0, 0, rows)
    assert len(report.organization) == 4
    assert len(messages(report, "row_rejected")) == 1


def test_a_placeholder_is_called_what_stands_beside_its_id():
    """The Canary Islands' units name their superior unit by id and by name; unit 1 is not among them."""
    report = read(
        "id;nombre;unidad_superior_id;unidad_superior_nombre\n"
        "6;Sanidad;1;Gobierno\n7;Hacienda;1;Gobierno\n8;Hospital;6;Sanidad\n9;Clínica;6;Sanidad\n"
    )
    organization = report.organization
    assert report.added == ("1",)
    assert organization.names[organization.row("1")] == "Gobierno"


def test_a_placeholder_is_called_so_only_if_all_rows_that_name_it_agree():
    report = read("id,name,manager_id,manager_name\n1,A,7,Zoe\n2,B,7,\n3,C,8,Yan\n4,D,8,Yen\n5,E,9,\n6,F,,\n")
    names = report.organization.names.tolist()
    assert dict(zip(report.added, names[6:], strict=True)) == {"7": "Zoe", "8": "8", "9": "9"}


# ---------------------------------------------------------------------- any tables

HEADERS = [
    *("id", "name", "manager", "parent", "child", "from", "to", "source", "target", "type", "kind", "share"),
    *("weight", "level 1", "level 2", "path", "org unit path", "unit", "department", "title", "fte", "x"),
    *("employee id", "dept_id", "email", "first name", "last name", "Reports to", "report", "sender"),
]
CELLS = [
    *("", "a", "b", "c", "d", "1", "2", "01", "1.1", "1.1.1", "A/B", "A/B/C", "A", "0", "-1", "x y", "58"),
    *(
        "solid",
        "dotted",
        "tie",
        "shared",
        "none",
        "Total: 3",
        "0.5",
        "A > B",
        "a@b.c",
        "é",
        "=1+1",
        "|",
        "\\",
    ),
]


@st.composite
def some_table(draw):
    header = draw(st.lists(st.sampled_from(HEADERS), min_size=2, max_size=5, unique=True))
    cells = draw(st.lists(st.sampled_from(CELLS), min_size=2, max_size=8))
    row = st.lists(st.sampled_from(cells), min_size=len(header), max_size=len(header))
    rows = draw(st.lists(row, min_size=1, max_size=9))
    return "\n".join(";".join(cells) for cells in (header, *rows)).encode()


@given(st.lists(some_table(), min_size=1, max_size=3))
@settings(max_examples=150, deadline=None)
def test_any_tables_make_a_chart_in_which_every_row_is_somewhere(tables):
    try:
        report = read_organization(tables)
    except UnreadableFileError:
        return  # the header and one row of nothing
    rows, organization = report.rows, report.organization
    assert min(rows.nodes, rows.merged, rows.lines, rows.rejected) >= 0
    assert rows.total == rows.nodes + rows.merged + rows.lines + rows.rejected
    assert len(organization) == rows.nodes + len(report.added)
    assert read_organization(write_organization(organization)).organization == organization
