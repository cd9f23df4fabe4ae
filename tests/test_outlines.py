"""Pasted lists and columns become nodes."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from orgmodel import Organization, OrganizationError
from orgmodel.operations import add_nodes
from orgmodel.outlines import lines_without_names, nodes_from_outline

TREE = [("Ann", ""), ("Bob", "Ann"), ("Cyd", "Bob"), ("Dan", "Ann")]


def tree(text, **options):
    """Return (name, name of the manager) for each node."""
    nodes = nodes_from_outline(text, [], **options)
    name_of = {node.id: node.name for node in nodes}
    return [(node.name, name_of.get(node.manager, node.manager or "")) for node in nodes]


@pytest.mark.parametrize(
    "text",
    [
        "Ann\n\tBob\n\t\tCyd\n\tDan",
        "Ann\n  Bob\n    Cyd\n  Dan\n",
        "Ann\r\n\r\n Bob\r\n  Cyd\r\n Dan",
        "- Ann\n  - Bob\n    * Cyd\n  • Dan",
        "    Ann\n        Bob\n            Cyd\n        Dan",
        "1. Ann\n1.1 Bob\n1.1.1. Cyd\n1.2 Dan",
        "1) Ann\n   1) Bob\n      1) Cyd\n   2) Dan",
        "•\tAnn\n\t•\tBob\n\t\t•\tCyd\n\t•\tDan",
        "1.\tAnn\n1.1.\tBob\n1.1.1.\tCyd\n1.2.\tDan",
        "Ann\n   Bob\n      Cyd\n  Dan",  # stands between two depths
        "Ann\t\nBob\tAnn\nCyd\tBob\nDan\tAnn",
        "Name\tManager\nAnn\t\nBob\tAnn\nCyd\tBob\nDan\tAnn",
        "Manager\tEmployee\n\tAnn\nAnn\tBob\nBob\tCyd\nAnn\tDan",
        "Ann\tBob\nBob\tCyd\nAnn\tDan",
        "Cyd\tBob\nBob\tAnn\nDan\tann\n",
        "Ann (CEO)\t\nBob, COO\tAnn\nCyd\tBob\nDan\tAnn (CEO)",
    ],
)
def test_one_chart_pasted_in_many_ways(text):
    assert sorted(tree(text)) == sorted(TREE)


def test_managers_come_first_and_new_nodes_hang_below_somebody():
    chart = Organization.from_columns(["new-2", "top"], ["", ""])
    nodes = nodes_from_outline("Cyd\tBob\nBob\tAnn", chart.ids, "top")
    assert [(node.id, node.manager, node.name) for node in nodes] == [
        ("new-1", "top", "Ann"),
        ("new-3", "new-1", "Bob"),
        ("new-4", "new-3", "Cyd"),
    ]
    assert len(add_nodes(chart, nodes)) == 5


@pytest.mark.parametrize(
    ("text", "name", "title"),
    [
        ("Ann Lee, CEO", "Ann Lee", "CEO"),
        ("Ann-Marie Lee - Head of sales, EMEA", "Ann-Marie Lee", "Head of sales, EMEA"),
        ("Ann Lee – CEO", "Ann Lee", "CEO"),  # the dash of word processors
        ("Ann Lee (CEO)", "Ann Lee", "CEO"),
        ("Ann Lee (CEO", "Ann Lee (CEO", ""),
        ("24/7 desk", "24/7 desk", ""),
        ("3 agents", "3 agents", ""),
        ("2nd level support", "2nd level support", ""),
        ("- Ann, CEO", "Ann", "CEO"),
        ("Smith,", "Smith,", ""),
        ("Ann\ud800", "Ann?", ""),
    ],
)
def test_names_and_titles_are_taken_apart(text, name, title):
    (node,) = nodes_from_outline(text, [])
    assert (node.name, node.title) == (name, title)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "There is no text to make boxes of. Paste one line per person or unit."),
        (" \n\t\n", "There is no text to make boxes of. Paste one line per person or unit."),
        ("-\n1.\n,,,, 24", "No line looks like a name: there is no letter in any of them."),
        (
            "a\tb\tc",
            "Line 1 has more than two columns. Paste two: who it is, and who that reports to.",
        ),
        (
            "Bob\tAnn\nCyd\tAnn\nBob\tCyd",
            'Line 3: "Bob" stands in line 1 already. Everybody has one line.',
        ),
        ("Name\tManager\n\tAnn", 'Line 2 names a manager ("Ann"), but nobody below.'),
        ("Bob\tAnn\nAnn\tBob", 'Line 1 closes a circle: "Bob" reports to "Ann" reports to "Bob".'),
        ("Ann\nX\tX", 'Line 2 closes a circle: "X" reports to "X".'),
        ("Ann\n" + "x" * 1001, "Line 2 is longer than 1,000 characters; that is no name."),
    ],
)
def test_faults_name_the_line(text, sentence):
    with pytest.raises(OrganizationError) as caught:
        nodes_from_outline(text, [])
    assert str(caught.value) == sentence


def test_lines_that_cannot_be_names_are_left_out_and_named():
    pasted = "Ann\n,,,,\n  Bob\n  -\n    24\n    Cyd\n1."
    assert tree(pasted) == [("Ann", ""), ("Bob", "Ann"), ("Cyd", "Bob")]
    assert lines_without_names(pasted) == ((2, ",,,,"), (4, "-"), (5, "24"), (7, "1."))
    assert lines_without_names("Ann\n  Bób\n王") == ()
    in_columns = "Id\tManager\n1001\t\n1002\t1001\n--\t--"  # ids may stand for people there
    assert tree(in_columns) == [("1001", ""), ("1002", "1001")]
    assert lines_without_names(in_columns) == ((4, "--\t--"),)


@given(
    st.lists(
        st.sampled_from(["Ann", "Bob", ",", " ", "\t", "\n", "-", "1.", "(", ")", "•"]), max_size=30
    ).map("".join)
)
@example("Name\tManager")
@example("Manager\tName\n")
def test_any_text_is_a_chart_or_refused(text):
    try:
        nodes = nodes_from_outline(text, ["new-1"])
    except OrganizationError as error:
        sentence = str(error)
    else:
        sentence = "."
        assert len(add_nodes(Organization.from_columns([], []), nodes)) == len(nodes)
    assert sentence.endswith(".")


def test_a_deep_list_is_read():
    assert len(tree("\n".join(" " * depth + f"n{depth}" for depth in range(900)))) == 900
    rows = "\n".join(f"n{row}\tn{row + 1}" for row in range(5000))
    assert tree(rows)[0] == ("n5000", "")
