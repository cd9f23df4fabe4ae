"""JSON: lists, wrapped lists, nested trees, nodes with edges, lines; and what is no chart or a trap."""

import json

import hypothesis.strategies as st
import pytest
from hypothesis import given

from orgmodel import Organization
from orgmodel.errors import UnreadableFileError
from orgmodel.importing import read_organization, write_organization
from orgmodel.importing.limits import Limits
from orgmodel.lines import FurtherManager, Tie


def read(value, **options):
    text = value if isinstance(value, str) else json.dumps(value)
    return read_organization(text.encode(), filename="chart.json", **options)


def chart(value):
    """Return id -> id of the manager."""
    organization = read(value).organization
    return {
        node: str(organization.ids[boss]) if boss >= 0 else None
        for node, boss in zip(organization.ids.tolist(), organization.manager.tolist(), strict=True)
    }


def refused(value, **options):
    with pytest.raises(UnreadableFileError) as caught:
        read(value, **options)
    return str(caught.value)


THREE = {"1": None, "2": "1", "3": "1"}


# ---------------------------------------------------------------------- lists


@pytest.mark.parametrize(
    ("boss", "nothing"), [("parentId", ""), ("parentId", None), ("pid", None), ("managerId", "")]
)
def test_a_list_as_d3_and_balkan_write_it(boss, nothing):
    rows = [{"id": 1, "name": "Ann", boss: nothing}, {"id": 2, boss: 1}, {"id": 3, boss: 1, "title": "COO"}]
    assert chart(rows) == THREE
    assert read(rows).organization.titles.tolist() == ["", "", "COO"]


@pytest.mark.parametrize(
    "wrapped",
    [
        lambda rows: {"data": rows},
        lambda rows: {"@odata.context": "x", "value": rows, "count": 3},
        lambda rows: {"meta": {"pages": 1}, "employees": rows, "errors": []},
        lambda rows: {"data": {"employees": {"edges": [{"node": row} for row in rows]}}},  # GraphQL
        lambda rows: {"data": [{"type": "employee", "attributes": row} for row in rows]},  # JSON:API
        lambda rows: {"elements": {"nodes": [{"data": row} for row in rows]}},  # Cytoscape
    ],
    ids=["data", "OData", "among other keys", "GraphQL", "JSON:API", "Cytoscape"],
)
def test_a_list_under_a_key(wrapped):
    assert chart(wrapped([{"id": 1}, {"id": 2, "managerId": 1}, {"id": 3, "managerId": 1}])) == THREE


def test_rows_as_lists():
    assert chart([["id", "name", "manager_id"], [1, "Ann", None], [2, "Bob", 1], [3, "Cyd", 1]]) == THREE


def test_json_lines():
    text = '{"id": 1, "name": "A"}\n\n{"id": 2, "manager_id": 1}\r\n{"id": 3, "manager_id": 1}\n'
    assert chart(text) == THREE


def test_cells_are_texts_as_they_are_written():
    text = (
        '[{"id": "007", "pid": null, "n": 12345678901234567890123, "x": 1.50, "y": 1.0, "z": true, '
        '"l": [1, "a"],'
        ' "name": {"first": "Ann", "last": {"a": 1}}, "o": [{"k": NaN}]},'
        ' {"id": "7", "pid": "007", "n": -Infinity, "x": 1e400, "name": "\\ud800!"}]'
    )
    organization = read(text).organization
    assert organization.ids.tolist() == ["007", "7"]
    assert organization.manager.tolist() == [-1, 0]
    first, second = (
        {key: column[row] for key, column in organization.attributes.items()} for row in range(2)
    )
    assert (first["n"], first["x"], first["y"], first["z"]) == (
        "12345678901234567890123",
        "1.50",
        "1",
        "true",
    )
    assert (first["l"], first["name.last"], first["o"]) == ("1;a", '{"a":"1"}', '[{"k":"NaN"}]')
    assert first["name.first"] == "Ann"
    assert (second["n"], second["x"]) == ("-Infinity", "1e400")
    assert organization.names[1] == "?!"  # half of a surrogate pair


def test_a_list_of_second_managers_is_joined_as_its_system_does():
    rows = [{"id": 1}, {"id": 2, "managerId": 1}, {"id": 3, "managerId": 1, "dottedIds": [2]}]
    rows.append({"id": 4, "managerId": 1, "dottedIds": [2, 3]})
    further = read(rows).organization.further_managers
    assert [(line.report, line.manager) for line in further] == [("3", "2"), ("4", "2"), ("4", "3")]


def test_a_key_written_twice_loses_no_value():
    organization = read('[{"id": 1, "note": "a", "note": "b"}, {"id": 2, "managerId": 1}]').organization
    assert organization.attributes["note"].tolist() == ["a", None]
    assert organization.attributes["note (2)"].tolist() == ["b", None]


def test_rows_are_counted_by_objects():
    report = read([{"id": 1, "name": "Ann"}, {}, {"id": 2, "managerId": "gone", "name": "Bob"}])
    assert report.rows.total == 2
    assert [notice.row for notice in report.notices if notice.code == "missing_manager"] == [3]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings(encoding):
    text = '[{"id": 1, "name": "Zoë"}, {"id": 2, "managerId": 1}]'
    report = read_organization(text.encode(encoding))
    assert report.organization.names[0] == "Zoë"
    assert report.encoding == encoding


# ---------------------------------------------------------------------- trees


@pytest.mark.parametrize("key", ["children", "subordinates", "directReports", "reports", "items", "Kollegen"])
def test_a_tree_under_any_key(key):
    tree = {"id": 1, "name": "Ann", key: [{"id": 2, "name": "B", key: []}, {"id": 3, "name": "C"}]}
    assert chart(tree) == THREE
    assert chart([tree]) == THREE
    assert chart({"chart": [tree], "version": 2}) == THREE
    assert read(tree).organization.names.tolist() == ["Ann", "B", "C"]
    assert not read(tree).organization.attributes


def test_a_tree_without_ids_is_numbered_by_place():
    tree = {"name": "Ann", "children": [{"name": "Bob", "children": [{"name": "Cyd"}]}, {"name": "Bob"}]}
    report = read(tree)
    assert chart(tree) == {"1": None, "1.1": "1", "1.1.1": "1.1", "1.2": "1"}
    assert report.organization.names.tolist() == ["Ann", "Bob", "Cyd", "Bob"]
    assert report.rows.total == report.rows.nodes == 4


def test_ids_that_come_again_in_a_tree_are_kept_beside_its_places():
    tree = {"id": 1, "name": "A", "children": [{"id": 1, "name": "B"}, {"id": 2, "name": "C"}]}
    assert chart(tree) == {"1": None, "1.1": "1", "1.2": "1"}
    assert read(tree).organization.attributes["id (file)"].tolist() == ["1", "1", "2"]


def test_levels_of_a_tree_may_have_different_keys():
    tree = {
        "name": "Ltd",
        "divisions": [{"name": "D", "departments": [{"name": "E", "teams": [{"name": "T"}]}]}, {"name": "F"}],
    }
    assert chart(tree) == {"1": None, "1.1": "1", "1.1.1": "1.1", "1.1.1.1": "1.1.1", "1.2": "1"}


def test_a_list_of_other_things_in_a_person_is_no_list_of_reports():
    rows = [
        {"id": 1, "name": "A", "managerId": None, "skills": [{"id": 9, "name": "SQL"}]},
        {"id": 2, "name": "B", "managerId": 1, "skills": []},
        {"id": 3, "name": "C", "managerId": 1},
    ]
    assert chart(rows) == THREE


def test_a_list_in_an_object_that_has_a_name_is_no_tree_if_each_names_its_manager():
    rows = [{"name": "Ann", "manager": ""}, {"name": "Bob", "manager": "Ann"}]
    assert chart({"name": "Ltd", "employees": rows}) == {"Ann": None, "Bob": "Ann"}


TREES = st.recursive(
    st.just([]),
    lambda trees: st.lists(trees.map(lambda below: {"children": below}), max_size=3),
    max_leaves=9,
)


@given(TREES)
def test_every_tree_comes_out_as_it_is(below):
    tree = {"name": "top", "children": below}
    expected = {}

    def number(node, place, boss):
        node["name"] = f"n{place}"
        expected[place] = boss
        for count, child in enumerate(node["children"], start=1):
            number(child, f"{place}.{count}", place)

    number(tree, "1", None)
    assert chart(tree) == (expected if below else {"n1": None})  # somebody alone is no tree


# ---------------------------------------------------------------------- nodes and edges


@pytest.mark.parametrize("name", ["edges", "links"])
@pytest.mark.parametrize(("first", "second"), [("source", "target"), ("from", "to"), ("parent", "child")])
def test_nodes_and_edges(name, first, second):
    nodes = [{"id": "a", "name": "Ann"}, {"id": "b", "name": "Bob"}, {"id": "c", "name": "Cyd"}]
    edges = [{first: "a", second: "b"}, {first: "a", second: "c"}]
    report = read({"nodes": nodes, name: edges})
    assert chart({"nodes": nodes, name: edges}) == {"a": None, "b": "a", "c": "a"}
    assert (report.rows.total, report.rows.nodes, report.rows.lines) == (5, 3, 2)


def test_edges_that_mean_nodes_by_their_number_as_in_d3():
    nodes = [{"name": "Ann"}, {"name": "Bob"}, {"name": "Cyd"}]
    edges = [{"source": 0, "target": 1}, {"source": 1, "target": 2}]
    assert chart({"nodes": nodes, "links": edges}) == {"0": None, "1": "0", "2": "1"}


# ---------------------------------------------------------------------- our own format


def test_the_file_of_the_smallest_organization():
    data = write_organization(Organization.from_columns(["a"], [None]), "json")
    assert data.decode() == (
        '{"format": "orgmodel", "version": 1, "nodes": [\n  {"id": "a", "headcount": 1.0}\n]}\n'
    )


def test_our_own_json_is_readable():
    organization = Organization.from_columns(
        ["ceo", "b", "cs"],
        [None, "ceo", "ceo"],
        further_managers=[FurtherManager("cs", "b", "shared", 0.25), FurtherManager("b", "cs")],
        ties=[Tie("b", "cs", 2.0), Tie("ceo", "cs", 1.0, "e-mail")],
        attributes={"pay": [None, "=1", ""]},
    )
    nodes = json.loads(write_organization(organization, "json"))["nodes"]
    assert nodes[1]["further_managers"] == [{"id": "cs"}]
    assert nodes[2]["further_managers"] == [{"id": "b", "share": 0.25, "kind": "shared"}]
    assert nodes[0]["ties"] == [{"id": "cs", "weight": 1.0, "relation": "e-mail"}]
    assert nodes[1]["ties"] == [{"id": "cs", "weight": 2.0}]
    assert [node.get("attributes") for node in nodes] == [None, {"pay": "=1"}, {"pay": ""}]


def test_our_own_json_changed_by_hand():
    text = (
        '{"format": "orgmodel", "version": 1, "nodes": [{"id": 1, "name": null, "note": [1]}, '
        '{"id": "b", "manager_id": 1, "headcount": "two", "ties": "1", '
        '"further_managers": ["1", {"id": 1}, {}]}]}'
    )
    report = read(text)
    assert report.organization.ids.tolist() == ["1", "b"]
    assert report.organization.attributes["note"].tolist() == ['["1"]', None]
    assert {"headcount", "further_manager"} <= {notice.code for notice in report.notices}
    assert report.organization.tie_list == [Tie("1", "b")]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ({"format": "orgmodel", "version": 2, "nodes": []}, "in a version of our own format"),
        ({"format": "orgmodel", "version": 1, "nodes": [7]}, "its node 1 is no object"),
        ({"format": "orgmodel", "version": 1, "nodes": []}, "has no rows"),
    ],
)
def test_our_own_json_that_is_no_chart(value, words):
    assert words in refused(value)


# ---------------------------------------------------------------------- faults and limits


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('[{"id": 1},\n {"id": }]', "is no valid JSON: in line 2, column 9 (expecting value)."),
        ('[{"id": 1}', "is no valid JSON: in line 1, column 11 (expecting ',' delimiter)."),
        ('{"id": 1}\n{"id": x}\n', "is no valid JSON: in line 2, column 8 (expecting value)."),
        ("[]", "is JSON, but holds no list"),
        ("{}", "is JSON, but holds no list"),
        ('{"a": [1, 2], "b": {"c": "d"}}', "is JSON, but holds no list"),
    ],
)
def test_what_is_no_chart(text, sentence):
    assert refused(text).startswith(f'The file "chart.json" {sentence}')


@pytest.mark.parametrize("depth", [501, 100_000])
@pytest.mark.parametrize("begin", ['{"children": [', "[", '{"a":', '[{"\\\\\\"": '])
def test_nesting_is_limited_before_anything_is_parsed(depth, begin):
    assert refused(begin * depth).endswith(
        "is JSON nested more than 500 levels deep, the most that is read. Give the nodes as a list in which "
        "each names its manager."
    )


def test_a_tree_as_deep_as_is_read():
    depth = 100
    text = '{"name": "x", "children": [' * depth + '{"name": "y"}' + "]}" * depth
    organization = read(text, limits=Limits(nesting=2 * depth + 1)).organization
    assert len(organization) == depth + 1
    assert len(organization.roots) == 1
    assert "nested more than 200 levels" in refused(text, limits=Limits(nesting=2 * depth))


def test_brackets_in_texts_are_no_nesting():
    rows = [{"id": 1, "name": "[{" * 600 + '\\"[['}, {"id": 2, "managerId": 1}]
    assert read(rows).organization.names[0] == "[{" * 600 + '\\"[['


def test_a_text_longer_than_is_looked_at_at_once():
    rows = [{"id": 1, "name": "é" * (1 << 20) + "[" * 9}, {"id": 2, "managerId": 1}]
    assert len(read(rows, limits=Limits(nesting=2)).organization) == 2


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        (Limits(rows=2), "has 3 rows, which is more than is read: 2."),
        (Limits(columns=1), "3 objects, which is more than is read: 1 columns"),
        (Limits(cells=5), "5 cells in all"),
        (Limits(cell_characters=3), "has a cell of 4 characters in row 2, which is more than is read: 3."),
    ],
)
def test_limits(limits, words):
    rows = [{"id": 1, "name": "Ann"}, {"id": 2, "name": "Bobb"}, {"id": 3, "name": "C"}]
    assert words in refused(rows, limits=limits)


def test_objects_that_have_no_key_in_common():
    rows = [{f"k{number}": 1} for number in range(1001)]
    assert "1,001 objects, which is more than is read: 1,000 columns" in refused(rows)


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=4)),
    lambda values: st.one_of(
        st.lists(values, max_size=4),
        st.dictionaries(
            st.sampled_from(
                ["id", "name", "parentId", "children", "data", "edges", "nodes", "source", "target"]
            ),
            values,
            max_size=4,
        ),
    ),
    max_leaves=20,
)


@given(JSON, st.integers(0, 3))
def test_any_json_is_read_or_refused_in_a_sentence(value, cut):
    text = json.dumps(value)
    try:
        report = read(text[: len(text) - cut])
    except UnreadableFileError as error:
        report, sentence = None, str(error)
    if report is None:
        assert sentence.startswith('The file "chart.json" ')
        assert sentence.endswith(".")
        return
    rows = report.rows
    assert rows.total == rows.nodes + rows.merged + rows.lines + rows.rejected
