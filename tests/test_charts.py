"""Pictures: bounded at any size, every line between shown boxes, every name harmless."""

import re
from itertools import pairwise

import plotly.graph_objects as go
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orgmodel.assumptions import Assumptions
from orgmodel.charts import (
    candidates_chart,
    emphasis_chart,
    reach_chart,
    route_chart,
    scores_chart,
    tree_chart,
)
from orgmodel.charts.extract import extract
from orgmodel.charts.layout import BOX_HEIGHT, MOST_BOXES, WIDTH, tree_layout
from orgmodel.charts.style import FUNCTION_COLOURS, escaped
from orgmodel.functions import business_functions
from orgmodel.lines import Tie
from orgmodel.organization import BUSINESS_FUNCTIONS, Organization
from orgmodel.placement import Placement
from orgmodel.sweep import survey
from tests.charts_for_tests import cases, golden, organizations

HOSTILE = (
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "$x$",
    "=cmd|' /C calc'!A0",
    "</b><b>&lt;",
)


def tree(size, reports):
    """Return a chart in which every node has so many reports, row by row."""
    ids = [f"n{number}" for number in range(size)]
    return Organization.from_columns(
        ids, [None, *(ids[(number - 1) // reports] for number in range(1, size))], names=ids
    )


def flat(size):
    ids = [f"n{number}" for number in range(size)]
    return Organization.from_columns(ids, [None] * size)


def texts_of(figure):
    """Return every text that plotly would interpret."""
    for trace in figure.data:
        for texts in (trace.text, trace.hovertext):
            yield from [] if texts is None else [texts] if isinstance(texts, str) else texts
        yield trace.name or ""
    yield from (note.text for note in figure.layout.annotations)


def all_charts(org, unit, boss):
    reading = business_functions(org)
    numbers = survey(org, unit)
    after = numbers.assess(Placement.under(boss))
    yield tree_chart(org, reading, unit)
    yield route_chart(after, reading)
    yield reach_chart(numbers, numbers.current, after)
    yield emphasis_chart(numbers.current, after)
    yield candidates_chart(numbers, after)
    yield candidates_chart(numbers, after, everyone=True)
    yield scores_chart(numbers.current, after)


@pytest.mark.parametrize(
    "org",
    [tree(20_000, 6), tree(20_000, 150), tree(20_000, 2), flat(20_000), tree(400, 1), tree(20_000, 19_999)],
    ids=["six each", "150 each", "two each", "all roots", "one chain", "one boss"],
)
@pytest.mark.parametrize("wanted", [[], [-1], [-1, 40, 80, 120, 160, 200]], ids=["none", "one", "six"])
def test_large_charts_are_cut(org, wanted):
    rows = [row % len(org) for row in wanted]
    layout = tree_layout(org, rows)
    assert len(layout.boxes) <= MOST_BOXES
    assert set(rows) <= {box.row for box in layout.boxes}
    assert len(layout.boxes) > 10
    unit = [str(org.ids[row]) for row in rows]
    figure = tree_chart(org, business_functions(org), unit)
    assert len(figure.data) < 40
    assert len(figure.to_json()) < 300_000


@pytest.mark.parametrize("org", [tree(3000, 2999), flat(3000)], ids=["one boss", "all roots"])
def test_thousands_of_wanted_boxes_are_cut_at_once(org):
    assert 10 < len(tree_layout(org, range(1, 3000)).boxes) <= MOST_BOXES


@given(organizations(), st.data())
def test_boxes_and_lines(org, data):
    wanted = data.draw(st.lists(st.integers(0, len(org) - 1), max_size=3))
    layout = tree_layout(org, wanted, limit=data.draw(st.integers(25, 60)))
    boxes = layout.boxes
    nodes = [box.row for box in boxes if box.row >= 0]
    assert len(nodes) == len(set(nodes))
    for position, box in enumerate(boxes):
        assert box.parent < position
        assert box.left >= 0
        assert box.left + box.width <= WIDTH
        assert 0 <= box.top <= layout.height
        if box.parent < 0:
            assert not box.path
            continue
        parent = boxes[box.parent]
        begin, end = box.path[0], box.path[-1]
        assert parent.left <= begin[0] <= parent.left + parent.width
        assert begin[1] == parent.top + BOX_HEIGHT
        assert box.left <= end[0] <= box.left + box.width
        assert end[1] in {box.top, box.top + BOX_HEIGHT / 2}
        if box.row >= 0:
            assert parent.row == org.chain(box.row)[1 + box.skipped]


@given(organizations())
def test_boxes_do_not_cover_each_other(org):
    boxes = tree_layout(org).boxes
    for index, one in enumerate(boxes):
        for other in boxes[:index]:
            apart = abs(one.top - other.top) >= BOX_HEIGHT
            beside = one.left >= other.left + other.width or other.left >= one.left + one.width
            assert apart or beside


@given(organizations(max_size=60), st.integers(20, 40))
def test_every_node_is_shown_or_counted_as_hidden(org, limit):
    boxes = tree_layout(org, limit=limit).boxes
    hidden = [box.hidden for box in boxes if box.row >= 0 or box.parent >= 0]
    more_charts = [box for box in boxes if box.row < 0 and box.parent < 0]
    shown_roots = {box.row for box in boxes if box.parent < 0}
    in_hidden_trees = sum(1 for row in range(len(org)) if int(org.tree[row]) not in shown_roots)
    assert len([box for box in boxes if box.row >= 0]) + sum(hidden) + in_hidden_trees == len(org)
    assert [box.hidden for box in more_charts] == (
        [len(org.roots) - len(shown_roots - {-1})] if more_charts else []
    )


def test_the_smallest_charts():
    assert tree_layout(Organization.from_columns([], [])).boxes == ()
    one = Organization.from_columns(["a"], [None])
    assert [box.row for box in tree_layout(one).boxes] == [0]
    assert isinstance(tree_chart(one, business_functions(one), ["a"]), go.Figure)
    alone = survey(one, "a")
    assert isinstance(candidates_chart(alone), go.Figure)
    assert isinstance(reach_chart(alone, alone.current), go.Figure)
    assert isinstance(emphasis_chart(alone.current), go.Figure)
    assert isinstance(route_chart(alone.current, business_functions(one)), go.Figure)


@pytest.mark.parametrize("name", HOSTILE)
def test_names_are_escaped(name):
    org = golden("Ops")
    hostile = Organization.from_columns(
        org.ids,
        [None if row < 0 else org.ids[row] for row in org.manager.tolist()],
        names=[f"{name} {node}" for node in org.ids],
        titles=[name] * len(org),
        units=[name] * len(org),
        locations=[name] * len(org),
        functions=org.functions,
    )
    for figure in all_charts(hostile, ["CS"], "Sales"):
        for text in texts_of(figure):
            assert not re.sub(r"</?b>|<br>", "", text).count("<")
            assert "$" not in text


def test_escaped_cuts_before_it_escapes():
    assert escaped("<<<<<<", 3) == "&lt;&lt;…"


@pytest.mark.parametrize("home", ["CEO", "Ops", "SalesEast", None])
def test_pictures_are_the_same_each_time(home):
    first, second = (
        [figure.to_json() for figure in all_charts(golden(home), ["CS"], "Fin")] for _ in range(2)
    )
    assert first == second


def test_every_function_has_its_own_colour():
    assert set(FUNCTION_COLOURS) == {*BUSINESS_FUNCTIONS, ""}
    assert len({FUNCTION_COLOURS[function] for function in BUSINESS_FUNCTIONS}) == len(BUSINESS_FUNCTIONS)


def test_unit_and_boss_are_marked():
    org = golden("Ops")
    names = [trace.name for trace in tree_chart(org, business_functions(org), ["CS"]).data]
    assert {"The customer service unit", "Its boss today", "Works together (tie)"} <= set(names)
    plain = tree_chart(org, business_functions(org), ["CS"], further_lines=False)
    assert "Works together (tie)" not in [trace.name for trace in plain.data]


def test_all_possible_parents_are_drawn_or_counted():
    org = golden(None)  # customer service is a tree of its own: today no way leads anywhere
    numbers = survey(org, "CS", Assumptions(needs={"legal": 1.0}))
    figure = candidates_chart(numbers, everyone=True)
    assert any("Not drawn: 12" in note.text for note in figure.layout.annotations)


def test_webgl_for_very_many_points():
    org = tree(3000, 2)
    stated = Organization.from_columns(
        org.ids,
        [None if row < 0 else org.ids[row] for row in org.manager.tolist()],
        functions=[BUSINESS_FUNCTIONS[row % 9] for row in range(len(org))],
    )
    figure = candidates_chart(survey(stated, "n2999"), everyone=True)
    assert figure.data[0].type in {"scatter", "scattergl"}
    assert (figure.data[0].type == "scattergl") == (len(figure.data[0].x) > 1000)


def with_service(managers, functions, ties=()):
    ids = [f"n{number}" for number in range(len(managers))]
    stated = [functions.get(number, "") for number in range(len(managers))]
    bosses = [None if boss is None else ids[boss] for boss in managers]
    return Organization.from_columns(
        ids, bosses, functions=stated, ties=[Tie(ids[a], ids[b]) for a, b in ties]
    )


def rungs(size):
    """Return two chains of managers below one top, with customer service and operations at their ends."""
    managers = [None, 0, 0, *range(1, size - 2)]
    return with_service(managers, {size - 2: "operations", size - 1: "customer_service"})


def drawn_names(figure):
    (trace,) = [trace for trace in figure.data if trace.name == "names"]
    return trace.text


@pytest.mark.parametrize(
    "org",
    [
        with_service([None, *range(2999)], {0: "operations", 2999: "customer_service"}),
        rungs(3000),
        with_service([None, *[0] * 2999], {5: "operations", 7: "sales", 2999: "customer_service"}),
        with_service(
            [None] * 3000, {0: "operations", 2999: "customer_service"}, [(n, n + 1) for n in range(2999)]
        ),
    ],
    ids=["one chain", "two chains", "one boss", "a chain of ties"],
)
def test_pictures_of_very_long_ways(org):
    reading = business_functions(org)
    numbers = survey(org, "n2999")
    figure = route_chart(numbers.current, reading)
    assert len(drawn_names(figure)) <= 40
    assert figure.layout.height < 1100
    assert len(figure.to_json()) < 60_000
    for other in (tree_chart(org, reading, ["n2999"]), reach_chart(numbers, numbers.current)):
        assert len(other.to_json()) < 300_000


def test_what_is_left_out_of_a_way_is_counted():
    org = rungs(3001)
    figure = route_chart(survey(org, "n3000").current, business_functions(org))
    names = drawn_names(figure)
    hidden = [int(name.strip("… more").replace(",", "")) for name in names if "more" in name]
    assert len(hidden) == 2
    assert sum(hidden) + len(names) - len(hidden) == 3001
    ties = with_service(
        [None] * 99, {0: "operations", 98: "customer_service"}, [(n, n + 1) for n in range(98)]
    )
    figure = route_chart(survey(ties, "n98").current, business_functions(ties))
    (note,) = [note.text for note in figure.layout.annotations if "more" in note.text]
    assert note == f"40 %, {99 - len(drawn_names(figure))} more steps"


def test_a_short_way_is_shown_as_a_whole():
    org = with_service([None, *range(8)], {0: "operations", 8: "customer_service"})
    figure = route_chart(survey(org, "n8").current, business_functions(org))
    assert len(drawn_names(figure)) == 9


@given(cases(max_size=60, units=(1, 1, 3)), st.data())
def test_the_extract_is_a_tree_with_all_marked_rows(case, data):
    org, unit, _ = case
    rows = st.integers(0, len(org) - 1)
    marked = [org.row(node) for node in unit]
    ways = (
        data.draw(st.lists(st.lists(rows, min_size=2, max_size=30, unique=True), max_size=3))
        if len(org) > 1
        else []
    )
    ways = [[marked[0], *way] for way in ways]
    found = extract(org, marked, ways)
    assert set(marked) <= set(found.above)
    assert len(found.above) <= 40
    seen = []
    for box, boss in found.above.items():
        assert boss is None or boss in seen
        seen.append(box)
        hidden = found.left_out.get(box, ())
        chain = [~box, *hidden] if box < 0 else [box]
        for report, manager in pairwise(chain):
            assert org.manager[report] == manager
        assert not set(hidden) & set(found.above)
    columns, levels = found.columns(), found.levels()
    assert len({(columns[box], levels[box]) for box in found.above}) == len(found.above)


@settings(max_examples=30)  # plotly makes 150 figures here
@given(organizations())
def test_any_chart_has_its_pictures(org):
    *_, unit = org.ids.tolist()
    numbers = survey(org, unit)
    reading = business_functions(org)
    tree_chart(org, reading, [unit])
    reach_chart(numbers, numbers.current)
    emphasis_chart(numbers.current)
    route_chart(numbers.current, reading)
    candidates_chart(numbers)


def test_today_is_where_customer_service_is_and_not_where_its_boss_would_be():
    """Of two parts under two bosses today's place is the mean, which no single boss has."""
    organization = Organization.from_columns(
        ["ceo", "sales", "ops", "east", "west"],
        [None, "ceo", "ceo", "sales", "ops"],
        functions=["executive", "sales", "operations", "customer_service", "customer_service"],
    )
    found = survey(organization, ["east", "west"])
    (ring,) = (trace for trace in candidates_chart(found).data if trace.name == "Today")
    assert (*ring.x, *ring.y) == (
        found.current.values["feedback_path_length"],
        found.current.values["sales_pressure_conflict"],
    )


def test_scores_are_drawn_from_today_to_afterwards():
    """Under sales the sales pressure of the worked example rises from 4.80 to 84.33; cost pressure is 0."""
    numbers = survey(golden("Ops"), "CS")
    figure = scores_chart(numbers.current, under(numbers, "Sales"))
    traces = {trace.name: trace for trace in figure.data if trace.name}
    places = {name: dict(zip(trace.y, trace.x, strict=True)) for name, trace in traces.items()}
    assert places["Today"]["Sales-pressure conflict"] == pytest.approx(4.80, abs=0.005)
    assert places["Afterwards, worse"]["Sales-pressure conflict"] == pytest.approx(84.33, abs=0.005)
    assert places["Afterwards, better"]["Cost pressure"] == 0
    assert "Boss disagreement" not in places["Afterwards, worse"]


def under(numbers, boss):
    return numbers.assess(Placement.under(boss))


def test_scores_that_are_not_defined_are_noted():
    numbers = survey(golden("Ops"), "CS")
    after = numbers.assess(Placement.outsourced("Ops"))
    for first, second, words in (
        (numbers.current, after, "not defined afterwards"),
        (after, numbers.current, "not defined today"),
        (after, None, "not defined"),
    ):
        notes = [(note.y, note.text) for note in scores_chart(first, second).layout.annotations]
        assert notes == [("Changes that reach the top", words)]


@pytest.mark.parametrize(
    "placement",
    [
        Placement.split(["Sales", "Ops"]),
        Placement.merged("Sales"),
        Placement.outsourced("Ops"),
        Placement.new_department("CEO"),
    ],
    ids=lambda placement: placement.kind,
)
def test_functions_stay_with_their_nodes_after_a_placement(placement):
    """Rows of the chart after a placement are others than those whose functions were read."""
    org = golden("Ops")
    org = Organization.from_columns(  # customer service first: every row moves when it is dissolved
        ["CS", *org.ids[:-1]],
        ["Ops", *(None if row < 0 else org.ids[row] for row in org.manager[:-1].tolist())],
        functions=["customer_service", *org.functions[:-1]],
    )
    after = survey(org, "CS").assess(placement)
    figure = route_chart(after, business_functions(org), org)
    (details,) = [trace for trace in figure.data if trace.name == "details"]
    functions = {"Sales": "Sales", "Ops": "Operations", "Fin": "Finance", "IT": "IT", "CEO": "Executive"}
    found = {node for text in details.hovertext for node in functions if text.startswith(f"<b>{node}</b>")}
    assert {"Sales", "Ops", "Fin", "IT"} <= found
    for text in details.hovertext:
        for node in found:
            if text.startswith(f"<b>{node}</b>"):
                assert f"<br>{functions[node]} (" in text


def test_people_whose_absence_cuts_a_way_are_marked():
    org = golden("Ops")
    after = survey(org, "CS").assess(Placement.under("Sales"))
    names = [trace.name for trace in route_chart(after, business_functions(org)).data]
    assert "Without them a way is cut" in names


def test_very_many_places_are_drawn_as_those_that_a_screen_can_tell_apart():
    """Ties and functions all over the chart put thousands of possible parents on thousands of places."""
    size = 4000
    org = tree(size, 3)
    functions = [BUSINESS_FUNCTIONS[(7 * row) % 9] for row in range(size)]
    ties = [Tie(f"n{row}", f"n{(row * 37) % size}") for row in range(1, size, 5) if row != (row * 37) % size]
    stated = Organization.from_columns(
        org.ids,
        [None if row < 0 else org.ids[row] for row in org.manager.tolist()],
        functions=functions,
        ties=ties,
    )
    needs = {function: 0.1 + 0.017 * at for at, function in enumerate(BUSINESS_FUNCTIONS[:9])}
    numbers = survey(stated, "n3999", Assumptions(needs=needs))
    figure = candidates_chart(numbers, everyone=True)
    columns = ["feedback_path_length", "sales_pressure_conflict", "silo_risk"]
    assert len(numbers.table[columns].round(4).drop_duplicates()) > 3000
    assert len(figure.data[0].x) < 2000
    assert len(figure.to_json()) < 1_000_000
