"""GraphML and GEXF: as networkx, Gephi and yEd write them, our own, and what is a trap."""

import io

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orgmodel import Organization
from orgmodel.errors import UnreadableFileError
from orgmodel.importing import read_organization, write_organization
from orgmodel.importing.limits import Limits
from orgmodel.lines import FurtherManager, Tie
from tests.report_parts import managers

GRAPHML = '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">'
PLAIN = (
    f'{GRAPHML}<key id="d0" for="node" attr.name="title" attr.type="string"/><graph edgedefault="directed">'
    '<node id="007"><data key="d0">CEO</data></node><node id="7"/><node id="c"/>'
    '<edge source="007" target="7"/><edge source="7" target="c"/></graph></graphml>'
)
CHART = Organization.from_columns(
    ["ceo", "b", "cs"],
    [None, "ceo", "ceo"],
    names=["Ann", "", ""],
    further_managers=[FurtherManager("cs", "b", "shared", 0.25), FurtherManager("b", "cs")],
    ties=[Tie("ceo", "cs", 2.0, "e-mail")],
    attributes={"note": [None, "", "x"]},
)


def read(text, **options):
    return read_organization(text if isinstance(text, bytes) else text.encode(), filename="x.xml", **options)


def refused(text, **options):
    with pytest.raises(UnreadableFileError) as caught:
        read(text, **options)
    assert str(caught.value).startswith('The file "x.xml" ')
    return str(caught.value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_nodes_and_edges(encoding):
    report = read(PLAIN.encode(encoding))
    assert managers(report) == {"007": None, "7": "007", "c": "7"}  # 007 is not 7
    assert report.organization.titles.tolist() == ["CEO", "", ""]
    assert (report.rows.total, report.rows.nodes, report.rows.lines) == (5, 3, 2)


def test_what_networkx_writes():
    graph = nx.DiGraph([("a", "b"), ("a", "c")])
    graph.add_node("a", name="Ann", headcount=1, fte=0.5, active=True)
    for text in (
        "\n".join(nx.generate_graphml(graph)),
        "\n".join(nx.generate_gexf(graph)),
    ):
        report = read(text)
        assert managers(report) == {"a": None, "b": "a", "c": "a"}
        assert report.organization.names[0] == "Ann"
        assert report.organization.attributes["fte"][0] == "0.5"


def test_a_chart_written_by_networkx_has_the_same_lines():
    file = io.BytesIO()
    nx.write_graphml_xml(CHART.to_networkx(), file)
    organization = read(file.getvalue()).organization
    assert organization.manager.tolist() == CHART.manager.tolist()
    assert organization.further_managers == CHART.further_managers
    assert [tie[:3] for tie in organization.tie_list] == [tie[:3] for tie in CHART.tie_list]


def test_a_graph_drawn_with_yed_has_its_labels_as_names():
    node = (
        '<node id="{0}"><data key="d6"><y:ShapeNode><y:Geometry x="1" y="2"/>'
        "<y:NodeLabel>{1}</y:NodeLabel></y:ShapeNode></data></node>"
    )
    text = (
        '<?xml version="1.0"?><graphml xmlns="http://graphml.graphdrawing.org/xmlns" '
        'xmlns:y="http://www.yworks.com/xml/graphml"><key for="port" id="d0" yfiles.type="portgraphics"/>'
        '<key for="node" id="d6" yfiles.type="nodegraphics"/><graph edgedefault="directed">'
        + node.format("n0", "Ann")
        + '<node id="n1" yfiles.foldertype="group"><graph edgedefault="directed">'
        + node.format("n1::n0", "Bob")
        + '</graph></node><edge source="n0" target="n1::n0"/></graph></graphml>'
    )
    report = read(text)
    assert report.organization.names.tolist() == ["Ann", "", "Bob"]
    assert managers(report)["n1::n0"] == "n0"


def test_a_tree_of_gephi_in_which_nodes_name_their_parent():
    text = (
        '<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2"><graph defaultedgetype="directed"><nodes>'
        '<node id="1" label="Ann"/><node id="2" label="Bob" pid="1"/></nodes></graph></gexf>'
    )
    report = read(text)
    assert managers(report) == {"1": None, "2": "1"}
    assert report.organization.names.tolist() == ["Ann", "Bob"]


# ---------------------------------------------------------------------- our own format


def test_our_own_graph_is_one_that_networkx_reads():
    graph = nx.read_graphml(io.BytesIO(write_organization(CHART, "graphml")), force_multigraph=True)
    assert graph.graph["format"] == "orgmodel 1"
    assert graph.nodes["ceo"]["name"] == "Ann"
    lines = {(boss, node, data["kind"]) for boss, node, data in graph.edges(data=True)}
    assert lines == {
        *(("ceo", "b", "solid"), ("ceo", "cs", "solid"), ("b", "cs", "shared"), ("cs", "b", "dotted")),
        ("ceo", "cs", "tie"),
    }


@pytest.mark.parametrize("name", ["self", "node_for_adding", "id", "label", "key", "x", "kind", "format"])
def test_attributes_may_have_any_name(name):
    chart = Organization.from_columns(["a", "b"], [None, "a"], attributes={name: ["x", ""]})
    assert read(write_organization(chart, "graphml")).organization == chart


def test_our_own_graph_changed_by_hand():
    text = write_organization(CHART, "graphml").decode()
    second = '<edge source="b" target="cs"><data key="edge_kind">solid</data></edge></graph>'
    text = text.replace("</graph>", second).replace(">0.25<", ">much<").replace(">Ann<", ">_xD800_<")
    report = read(text)
    assert report.organization.manager.tolist() == [-1, 0, 0]
    assert {line.kind for line in report.organization.further_managers} == {"shared", "dotted"}
    assert report.organization.names[0] == "_xD800_"
    assert "further_manager" in {notice.code for notice in report.notices}


# ---------------------------------------------------------------------- traps and limits

LAUGHS = '<!DOCTYPE graphml [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE graphml [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("declared", [LAUGHS, OUTSIDE, '<!DOCTYPE graphml SYSTEM "http://localhost/x.dtd">'])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type_is_refused(declared, encoding):
    text = declared + PLAIN.replace("CEO", "&b;" if declared == LAUGHS else "&a;")
    assert "declares a document type (DOCTYPE)" in refused(text.encode(encoding))


def test_nesting_is_limited():
    depth = 50
    inner = '<node id="{0}" yfiles.foldertype="group"><graph edgedefault="directed">'
    text = f'{GRAPHML}<graph edgedefault="directed">' + "".join(inner.format(n) for n in range(depth))
    text += "</graph></node>" * depth + "</graph></graphml>"
    assert len(read(text).organization) == depth
    assert "nested more than 99 levels deep" in refused(text, limits=Limits(nesting=99))
    assert "nested more than 500 levels deep" in refused("<graphml>" + "<a>" * 100_000)


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        (Limits(rows=2), "has 3 rows, which is more than is read: 2."),
        (Limits(columns=1), "which is more than is read: 1 columns"),
        (Limits(cells=5), "more than 5 elements"),
        (Limits(cell_characters=2), "has a cell of 3 characters"),
    ],
)
def test_limits(limits, words):
    assert words in refused(PLAIN, limits=limits)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (PLAIN[:-10], "is damaged XML in line 1."),
        (PLAIN.replace('key="d0"', 'key="d9"'), "is damaged or unusual GraphML"),
        (f"{GRAPHML}</graphml>", "is damaged or unusual GraphML"),
        (f"{GRAPHML}<graph/></graphml>", "has no rows."),
        ("<gexf/>", "is damaged or unusual GEXF"),
        ("<html><body/></html>", "is a web page or XML, not a table"),
        ('<?xml version="1.0" encoding="no-such"?><graphml/>', "is a web page or XML, not a table"),
    ],
)
def test_what_is_no_graph(text, words):
    assert words in refused(text)


@given(st.data())
@settings(max_examples=200)
def test_a_graph_changed_at_random_is_read_or_refused(data):
    text = data.draw(st.sampled_from([PLAIN.encode(), write_organization(CHART, "graphml")]))
    start = data.draw(st.integers(0, len(text)))
    changed = text[:start] + data.draw(st.binary(max_size=4)) + text[start + data.draw(st.integers(0, 9)) :]
    try:
        report = read(changed)
    except UnreadableFileError as error:
        report, sentence = None, str(error)
    if report is None:
        assert sentence.startswith('The file "x.xml" ')
        return
    rows = report.rows
    assert rows.total == rows.nodes + rows.merged + rows.lines + rows.rejected
