"""What the browser is told about a chart says what the library says."""

import base64
import random
import zlib

import numpy as np
import pytest
from hypothesis import given, settings

from components import canvas_messages as messages
from components.session import DATA
from components.text import number_text
from orgmodel import (
    FurtherManager,
    Organization,
    Placement,
    Survey,
    Tie,
    business_functions,
    read_organization,
)
from orgmodel.changes import change_between
from orgmodel.document import Document
from orgmodel.edits import Add, Edit, Move, Remove
from orgmodel.indicators import HEADLINES, INDICATORS
from orgmodel.operations import NewNode
from tests.charts_for_tests import organizations


@pytest.fixture(scope="module")
def survey():
    chart = read_organization(DATA / "golden_with_service.csv").organization
    return Survey(chart, ["cs"] if "cs" in chart.row_of else [_service(chart)])


def _service(chart):
    functions = business_functions(chart).functions.tolist()
    return str(chart.ids[functions.index("customer_service")])


def _column(survey, name):
    """Return a column of values as the browser unpacks it: numbers and scores by id."""
    column = messages.values(survey, 3, [name])["columns"][name]
    size = len(column["numbers"])
    kind = np.uint8 if size <= 256 else np.dtype("<u2")
    which = np.frombuffer(zlib.decompress(base64.b64decode(column["which"])), dtype=kind)
    chart = survey.organization
    nodes = [str(chart.ids[row]) for root in chart.roots for row in _branch(chart, root)]
    numbers = {node: column["numbers"][at] for node, at in zip(nodes, which, strict=True)}
    scores = {node: column["scores"][at] for node, at in zip(nodes, which, strict=True)}
    return column, numbers, scores


def _branch(chart, row):
    """Return everybody right below their boss, by the plainest way."""
    return [row, *(other for report in chart.direct_reports(row) for other in _branch(chart, report))]


def _printed(column, number):
    words = {messages.UNKNOWN: "cannot be told", messages.NO_WAY: "no complete way"}
    return words.get(number) or f"{number / 10 ** column['digits']:.{column['digits']}f} {column['suffix']}"


@pytest.mark.parametrize("item", INDICATORS, ids=lambda item: item.name)
def test_every_value_is_printed_as_the_pages_print_it(survey, item):
    column, numbers, _ = _column(survey, item.name)
    for node, value in survey.table[item.name].items():
        assert _printed(column, numbers[node]) == number_text(item, value)


def test_who_cannot_be_the_boss_has_no_value(survey):
    _, numbers, _ = _column(survey, "silo_risk")
    for node, number in numbers.items():
        assert (number == messages.NOT_A_CANDIDATE) == (node not in survey.table.index)


@pytest.mark.parametrize("item", HEADLINES, ids=lambda item: item.name)
def test_scores_are_those_of_the_indicator(survey, item):
    _, _, scores = _column(survey, item.name)
    expected = item.score(survey.table[item.name].to_numpy())
    found = [scores[node] for node in survey.table.index]
    np.testing.assert_allclose(found, np.clip(expected, 0, 100), atol=0.5)


@settings(max_examples=60)
@given(organizations())
def test_everybody_stands_right_below_their_boss(chart):
    expected = [row for root in chart.roots for row in _branch(chart, root)]
    assert messages.top_down(chart).tolist() == expected


def test_only_indicators_that_exist_are_sent(survey):
    assert messages.values(survey, 0, ["ids", "", "<b>"])["columns"] == {}


def test_a_chart_in_columns_is_the_chart():
    chart = Organization.from_columns(
        ["a", "b", "c"],
        [None, "a", "a"],
        names=["Ana", "", ""],
        headcount=[1, 2.5, 0],
        further_managers=[FurtherManager("b", "c", "shared", 0.5)],
        ties=[Tie("a", "c", 2.0, "project")],
    )
    assert messages.columns(chart) == {
        "ids": ["a", "b", "c"],
        "manager": [-1, 0, 0],
        "name": ["Ana", "", ""],
        "headcount": [1.0, 2.5, 0.0],
        "further": [(1, 2, "shared", 0.5)],
        "ties": [(0, 2, 2.0, "project")],
    }


def test_the_smallest_chart_has_two_columns():
    chart = Organization.from_columns(["a"], [None])
    assert messages.columns(chart) == {"ids": ["a"], "manager": [-1], "further": [], "ties": []}


@pytest.mark.parametrize("seed", range(40))
def test_changed_codes_bring_the_old_ones_up_to_date(seed):
    """Taken up as the browser takes them: by id, a new node has none before."""
    draw = random.Random(seed)  # noqa: S311  # the same at every run
    chart = read_organization(DATA / "manufacturer_150.csv").organization
    document = Document.of(chart)
    held = dict(zip(chart.ids, messages.codes(business_functions(chart).functions), strict=True))
    before = messages.codes(business_functions(chart).functions)
    for number in range(draw.randint(1, 6)):
        ids = document.organization.ids.tolist()
        one, other = draw.sample(ids, 2)
        operation = draw.choice(
            [
                Remove((one,), with_all_below=draw.random() < 0.3),
                Add((NewNode(f"x{number}", one, title=draw.choice(["Sales agent", "Buyer"])),)),
                Edit((one, other), "title", draw.choice(["Head of finance", "Sales manager"])),
                Move((ids[-1],), ids[0]),
            ]
        )
        document = document.do(operation)
    after = messages.codes(business_functions(document.organization).functions)
    told = messages.changed_codes(before, document.changes_since(0), after, document.organization)
    if "all" in told:
        assert base64.b64decode(told["all"]) == after.tobytes()
        return
    found = {node: held.get(node) for node in document.organization.ids} | dict(told["changed"])
    assert list(found.values()) == after.tolist()


def test_nothing_is_told_of_functions_that_stay():
    chart = read_organization(DATA / "golden_12.csv").organization
    same = messages.codes(business_functions(chart).functions)
    assert messages.changed_codes(same, [change_between(chart, chart)], same, chart) == {"changed": []}


def test_routes_name_their_nodes_and_the_arbiter(survey):
    parent = str(survey.table.index[0])
    shown = survey.assess(Placement.under(parent))
    routes = messages.routes(shown, "Under <b>")
    evidence = shown.evidence[0]
    assert routes["arbiter"] == evidence.arbitration.arbiter
    assert routes["unit"] == evidence.unit
    told = {way["function"]: way["nodes"] for way in routes["ways"]}
    assert told == {way.function: list(way.nodes) for way in evidence.routes if way.nodes}
    assert all(len(way["kinds"]) == len(way["nodes"]) - 1 for way in routes["ways"])
