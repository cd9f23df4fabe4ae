"""A change is exact: applied and taken back, on any two charts, also as JSON."""

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orgmodel import Organization, OrganizationError
from orgmodel.changes import Change, change_between, change_from_json
from orgmodel.lines import FurtherManager, Tie
from orgmodel.operations import NewNode, move, remove
from tests.charts_for_tests import golden, organizations
from tests.test_differences import charts

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)


def through_json(change):
    return change_from_json(json.loads(json.dumps(change.to_json())))


def assert_exact(before, after):
    change = change_between(before, after)
    assert change.applied(before) == after
    assert change.inverse.applied(after) == before
    assert change.inverse.inverse == change
    assert through_json(change) == change
    assert bool(change) == (before != after)
    assert change.applied(before).row_of == after.row_of


@given(charts(), charts())
@settings(max_examples=300)
def test_the_change_between_any_two_charts_leads_there_and_back(one, other):
    assert_exact(one, other)
    assert not change_between(one, one)


@given(organizations(max_size=12), organizations(max_size=12))
@settings(max_examples=200)
def test_charts_with_all_kinds_of_lines_too(one, other):
    assert_exact(one, other)


def test_nodes_in_another_order_are_removed_and_added():
    one = Organization.from_columns(["a", "b", "c"], ["", "a", "a"], ties=[Tie("b", "c")])
    two = Organization.from_columns(["a", "c", "b"], ["", "a", "a"], ties=[Tie("b", "c")])
    assert_exact(one, two)
    assert change_between(one, two) == Change(
        removed=((2, NewNode("c", "a")),), added=((1, NewNode("c", "a")),)
    )


def test_a_change_says_what_is_different():
    before = golden("CEO")
    change = change_between(before, move(before, "CS", "Sales"))
    assert change.to_json() == {"cells": [["CS", "manager", "CEO", "Sales"]]}
    change = change_between(before, remove(before, ["Plant"]))
    assert change.to_json() == {
        "removed": [[9, {"id": "Plant", "manager": "Ops", "function": "operations"}]],
        "lines_removed": [
            {"kind": "tie", "a": "Plant", "b": "SalesEast", "weight": 1.0, "relation": "collaboration"}
        ],
    }


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ([1, None], [1.0, None]),
        ([1, None], [True, None]),
        (["1", None], [1, None]),
        ([None, None], ["", None]),
        (["x", None], [None, None]),
        ([None, "x"], ["x", None]),
    ],
)
def test_values_of_further_columns_keep_what_they_are(one, other):
    before, after = (
        Organization.from_columns(["a", "b"], ["", ""], attributes={"grade": values})
        for values in (one, other)
    )
    changed = change_between(before, after).applied(before)
    kinds = [[type(value) for value in chart.attributes.get("grade", ())] for chart in (changed, after)]
    assert kinds[0] == kinds[1]
    change = change_between(before, after)
    assert change
    assert change.inverse.applied(after) == before
    assert through_json(change) == change


def test_what_is_left_alone_is_shared():
    before = golden("CEO")
    after = change_between(before, move(before, "CS", "Sales")).applied(before)
    for key in ("ids", "names", "titles", "functions", "headcount", "further", "ties", "row_of"):
        assert getattr(after, key) is getattr(before, key)
    assert not after.manager.flags.writeable


def test_a_further_column_may_hold_anything():
    one = Organization.from_columns(["a", "b", "c"], [""] * 3, attributes={"tags": [["x"], ["y"], None]})
    change = change_between(one, remove(one, ["a", "b"]))
    assert change.inverse.applied(change.applied(one)) == one
    assert change.to_json()["removed"][0] == [0, {"id": "a", "attributes": {"tags": "['x']"}}]


def test_a_value_that_is_no_number_is_kept():
    nan = float("nan")
    one = Organization.from_columns(["a", "b"], ["", ""], attributes={"pay": [nan, 1.0]})
    two = Organization.from_columns(["a", "b"], ["", "a"], attributes={"pay": one.attributes["pay"]})
    change = change_between(one, two)
    assert change.cells == (("b", "manager", "", "a"),)
    assert change.applied(one) == two


@pytest.mark.parametrize(
    "change",
    [
        Change(removed=((0, NewNode("nobody")),)),
        Change(removed=((0, NewNode("CEO")),)),  # its reports would have nobody
        Change(added=((0, NewNode("CS")),)),
        Change(added=((99, NewNode("new")),)),
        Change(added=((0, NewNode("new", "nobody")),)),
        Change(cells=(("nobody", "title", "", "x"),)),
        Change(cells=(("CS", "manager", "CEO", "nobody"),)),
        Change(lines_removed=(Tie("CS", "CEO"),)),
        Change(lines_added=(Tie("CS", "nobody"),)),
        Change(lines_added=(FurtherManager("CS", "CEO"),)),
        Change(removed=((12, NewNode("CS")), (12, NewNode("CS")))),
    ],
)
def test_a_change_of_another_chart_is_refused(change):
    with pytest.raises(OrganizationError):
        change.applied(golden())


CHANGE_LIKE = st.dictionaries(
    st.sampled_from(["removed", "added", "cells", "lines_removed", "lines_added"]),
    JSON
    | st.lists(st.tuples(st.integers(-1, 9), JSON).map(list), max_size=2)
    | st.lists(
        st.tuples(
            st.sampled_from(["CS", "x"]), st.sampled_from(["title", "headcount", "manager"]), JSON, JSON
        ).map(list),
        max_size=2,
    ),
)


@given(JSON | CHANGE_LIKE)
@settings(max_examples=300)
def test_any_json_is_a_change_or_refused(data):
    try:
        change = change_from_json(data)
    except OrganizationError as error:
        sentence = str(error)
    else:
        sentence = "."
        assert isinstance(change.to_json(), dict)
    assert sentence.endswith(".")


def test_large_charts_change_quickly_where_little_differs():
    """Equal columns are compared whole: one cell of many is found among twenty thousand."""
    size = 20_000
    ids = [f"n{number}" for number in range(size)]
    before = Organization.from_columns(ids, [None, *(ids[number // 5] for number in range(size - 1))])
    after = move(before, "n19999", "n1")
    assert change_between(before, after).cells == (("n19999", "manager", "n3999", "n1"),)
    added = change_between(after, remove(after, ["n7"]))
    assert len(added.removed) == 1
    assert len(added.cells) == 5
    assert np.array_equal(added.inverse.applied(added.applied(after)).manager, after.manager)
