"""What the drawing says is done once or refused, and what it is told brings it to the chart that is open."""

import base64
import json
import math
import random
import zlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as hst

from components import canvas_messages as messages
from components import drawing, session
from components.history import assessment_at_first
from components.names import node_texts
from components.text import number_text
from orgmodel import FurtherManager, Organization, Placement, Survey, Tie, business_functions
from orgmodel.assumptions import Assumptions
from orgmodel.edits import Add, Connect, Edit, Move, Remove
from orgmodel.errors import OrgModelError
from orgmodel.functions import customer_service_proposals
from orgmodel.health import organization_health
from orgmodel.importing.writing.kinds import KINDS, write_organization
from orgmodel.indicators import HEADLINES, INDICATORS
from orgmodel.operations import NewNode
from tests.charts_for_tests import assumptions_for, golden, organizations
from tests.drawing_for_tests import Interrupted, State, chart_of, hear, new_session, report_of, told


def assert_it_knows_the_chart(browser):
    """Compare what the browser has with what is open, all of it computed anew."""
    chart = session.organization()
    data = browser.listen()
    assert messages.columns(browser.chart) == messages.columns(chart)
    assert list(browser.codes) == chart.ids.tolist()
    assert list(browser.codes.values()) == messages.codes(business_functions(chart).functions).tolist()
    assert_numbers_are_those_of_now(data, chart)
    assert_the_rest_is_of_now(chart)


def assert_numbers_are_those_of_now(data, chart):
    assert tuple(data["unit"]) == session.unit()
    try:
        survey = Survey(chart, session.unit(), session.assumptions()) if session.unit() else None
    except OrgModelError:
        survey = None
    if survey is None:
        assert not {"headlines", "values", "routes", "heads"} & set(data)
        return
    current, placement = survey.current, session.placement()
    assert [one["text"] for one in data["headlines"]] == [
        number_text(item, current.values[item.name]) for item in HEADLINES
    ]
    try:
        shown = survey.assess(placement) if placement else current
    except OrgModelError:
        shown = current
    moved = session.moved(placement)
    assert moved is None or moved.values == pytest.approx(shown.values, abs=0, rel=0, nan_ok=True)
    assert data["routes"]["arbiter"] == shown.evidence[0].arbitration.arbiter
    assert data["routes"]["unit"] == shown.evidence[0].unit
    told = {way["function"]: (way["nodes"], way["steps"], way["days"]) for way in data["routes"]["ways"]}
    assert told == {
        way.function: (list(way.nodes), way.steps, way.days)
        for way in shown.evidence[0].routes
        if way.nodes and math.isfinite(way.steps + way.days)
    }
    for name, texts in printed(data, chart).items():
        item = next(item for item in INDICATORS if item.name == name)
        found = {
            node: number_text(item, value).replace("-0.0 ", "0.0 ")
            for node, value in survey.table[name].items()
        }
        assert {node: text for node, text in texts.items() if text != "not possible"} == found


def assert_the_rest_is_of_now(chart):
    """Compare what other pages ask the session for."""
    base = session.document().base
    nodes = [node for node in session.unit() if node in base.row_of]
    first = assessment_at_first()
    if first is not None:
        values = Survey(base, nodes, session.assumptions()).current.values
        assert first.values == pytest.approx(values, abs=0, rel=0, nan_ok=True)
    assert repr(session.health()) == repr(organization_health(chart, business_functions(chart).functions))
    assert session.proposals() == customer_service_proposals(chart, limit=6)
    ids = chart.ids.tolist()
    assert [text.split(" · ")[0].removesuffix(f" ({node})") for node, text in node_texts(ids).items()] == [
        chart.label(row) for row in range(len(ids))
    ]


def printed(data, chart):
    """Return the values told, as the browser shows them: texts by ids, by names of indicators."""
    nodes = [str(chart.ids[row]) for root in chart.roots for row in _branch(chart, root)]
    found = {}
    for name, column in data.get("values", {"columns": {}})["columns"].items():
        size = len(column["numbers"])
        which = np.frombuffer(
            zlib.decompress(base64.b64decode(column["which"])), dtype=np.uint8 if size <= 256 else "<u2"
        )
        texts = [_text(column, number) for number in column["numbers"]]
        found[name] = {node: texts[at] for node, at in zip(nodes, which.tolist(), strict=True)}
    return found


def _text(column, number):
    words = {
        messages.UNKNOWN: "cannot be told",
        messages.NO_WAY: "no complete way",
        messages.NOT_A_CANDIDATE: "not possible",
    }
    digits = column["digits"]
    return words.get(number) or f"{number / 10**digits:.{digits}f} {column['suffix']}".strip()


def _branch(chart, row):
    return [row, *(other for report in chart.direct_reports(row) for other in _branch(chart, report))]


# ---------------------------------------------------------------------- what is done, and what it is told


class Reader:
    """Somebody who does anything in any order: draws, uses the form, opens charts, decides about the file."""

    def __init__(self, browser, seed):
        self.browser, self.draw, self.number = browser, random.Random(seed), 0  # noqa: S311  # the same always
        self.charts = 0

    def act(self):
        often = (self.form, self.drawing)
        seldom = (
            self.several,
            self.history,
            self.unit,
            self.assume,
            self.place,
            self.decide,
            self.open,
            self.back,
        )
        act = self.draw.choice((*often, *often, *seldom, self.browser.listen))
        act()

    def form(self):
        session.edit(self.operation())

    def drawing(self):
        self.browser.say(self.operation(), **self.wanted())

    def several(self):
        self.browser.say(*(self.operation() for _ in range(3)), {"do": "undo"}, **self.wanted())

    def history(self):
        self.draw.choice([session.undo_edit, session.undo_edit, session.redo_edit])()
        if self.draw.random() < 0.3:
            session.go_to_step(self.draw.randrange(4))

    def unit(self):
        nodes = self.draw.sample(self.ids, min(len(self.ids), self.draw.choice([0, 1, 1, 2, 3])))
        self.browser.say({"do": "unit", "nodes": nodes}, **self.wanted())

    def assume(self):
        changed = [{}, {"delta": 0.3}, {"owners": {"sales": [self.draw.choice(self.ids)]}}, {"radius": 3}]
        session.change_assumptions(Assumptions.from_mapping(self.draw.choice(changed)))

    def place(self):
        boss = self.draw.choice(self.ids)
        session.choose_placement(self.draw.choice([None, Placement.under(boss)]))

    def decide(self):
        """Another chart of the same file: some of its nodes are left out."""
        session.remake(report_of(smaller(session.document().base, self.draw)))

    def open(self):
        self.charts += 1
        session.open_report(
            report_of(self.draw.choice([golden(), golden("Ops"), smaller(golden(), self.draw)]))
        )

    def back(self):
        if kept := session.set_aside():
            session.take_up(self.draw.randrange(len(kept)))

    def wanted(self):
        return {"want": {"values": [self.draw.choice(INDICATORS).name]}} if self.draw.random() < 0.7 else {}

    @property
    def ids(self):
        return session.organization().ids.tolist()

    def operation(self):
        self.number += 1
        one, other = self.draw.choice(self.ids), self.draw.choice(self.ids)
        share = self.draw.choice([0.0, 0.5])
        return self.draw.choice(
            [
                Move((one,), other),
                Move((one,), ""),
                Add((NewNode(f"x{self.number}", one, title="Customer service agent"),)),
                Remove((one,), self.draw.random() < 0.2),
                Edit((one,), "title", self.draw.choice(["Sales", "Head of finance", "Customer service", ""])),
                Edit((one, other), "function", self.draw.choice(["sales", "", "customer_service"])),
                Edit((one,), "headcount", float(self.draw.randrange(3))),
                Connect(FurtherManager(one, other, "shared" if share else "dotted", share)),
                Connect(Tie(one, other)),
            ]
        )


def smaller(chart, draw):
    """Return a chart without some of its nodes."""
    gone = [node for node in chart.ids.tolist()[1:] if draw.random() < 0.2]
    return Remove(tuple(gone)).applied(chart) if gone else chart


@pytest.mark.parametrize("seed", range(40))
def test_whatever_is_done_in_any_order_the_drawing_tells_the_chart_and_its_numbers(seed):
    with new_session(golden()) as browser:
        reader = Reader(browser, seed)
        browser.listen()
        for _ in range(25):
            reader.act()
            if reader.draw.random() < 0.6:
                assert_it_knows_the_chart(browser)
        assert_it_knows_the_chart(browser)


@settings(max_examples=20)
@given(hst.data())
def test_the_numbers_of_any_chart_and_unit_are_those_of_the_library(data):
    chart = data.draw(organizations(max_size=20))
    nodes = data.draw(hst.lists(hst.sampled_from(chart.ids.tolist()), min_size=1, max_size=4, unique=True))
    with new_session(chart) as browser:
        browser.listen()
        session.change_assumptions(data.draw(assumptions_for(chart)))
        boss = data.draw(hst.sampled_from([None, *chart.ids.tolist()]))
        names = [item.name for item in INDICATORS]
        browser.say({"do": "unit", "nodes": nodes}, want={"values": names})
        session.choose_placement(None if boss is None else Placement.under(boss))
        assert_it_knows_the_chart(browser)
        session.edit(Move((nodes[0],), ""))
        session.edit(Edit((nodes[-1],), "headcount", 3.0))
        assert_it_knows_the_chart(browser)
        session.undo_edit()
        assert_it_knows_the_chart(browser)


# ---------------------------------------------------------------------- each once, or why not


def test_operations_are_done_once_however_often_they_are_said():
    with new_session(golden()) as browser:
        browser.listen()
        browser.say(Add((NewNode("x", "CEO"),)))
        browser.number = 0
        browser.say(Add((NewNode("x", "CEO"),)), Move(("CS",), "Ops"))
        browser.number = 0
        browser.say(Add((NewNode("x", "CEO"),)), Move(("CS",), "Ops"), Move(("CEO",), "CS"))
        assert [step.title for step in session.document().steps] == [
            "A new box is added under CEO",
            "CS moves under Ops",
        ]
        assert browser.listen()["heard"] == ["b", 3, 3]
        assert browser.refused == {3: '"CEO" cannot report to "CS", who is part of it or reports to it.'}


def test_all_that_is_refused_is_told_until_more_is_said():
    with new_session(golden()) as browser:
        browser.listen()
        browser.say(*[Move(("CEO",), "CS")] * 100)
        browser.listen()
        assert list(browser.refused) == list(range(1, 101))
        browser.say(Move(("CS",), "Ops"))
        assert len(browser.listen()["refused"]) == 30


def test_what_was_said_of_another_chart_is_not_done_to_this_one():
    with new_session(golden()) as browser:
        browser.listen()
        session.open_report(report_of(golden("Ops")))
        browser.say(Move(("CS",), "Sales"))
        assert not session.document().steps
        data = browser.listen()
        assert "chart" in data
        assert data["heard"] == ["b", 0, 1]
        browser.say(Move(("CS",), "Sales"))
        assert len(session.document().steps) == 1


def test_an_interrupted_run_does_everything_once_when_it_is_said_again():
    """Streamlit may end a run wherever the session is touched, in the middle of what the browser says too."""
    operations = [
        Add((NewNode("x", "CEO"),)),
        Move(("x",), "Ops"),
        Remove(("CS",)),
        {"do": "undo"},
        {"do": "unit", "nodes": ["x"]},
        Move(("CEO",), "x"),
        Edit(("x",), "headcount", 4.0),
    ]
    for ends_after in range(10_000):
        with new_session(golden()) as browser:
            browser.listen()
            State.ends_after = ends_after
            try:
                browser.say(*operations)
            except Interrupted:
                assert browser.listen()["heard"][2] < 1, "an answer would count as heard"
            else:
                State.ends_after = math.inf
                break
            browser.number = 0
            browser.say(*operations)
            assert_it_knows_the_chart(browser)
            assert [step.title for step in session.document().steps] == [
                "A new box is added under CEO",
                "x moves under Ops",
                "The headcount of x becomes 4",
            ], ends_after
            assert session.unit() == ("x",)
            assert list(browser.refused) == [6]
    assert ends_after > 30


# ---------------------------------------------------------------------- what makes no sense


JSON = hst.recursive(
    hst.none()
    | hst.booleans()
    | hst.integers()
    | hst.floats()
    | hst.sampled_from(
        [10**400, -1, 10**18, "", "x" * 5000, "\ud800", "b", "silo_risk", "csv", "undo", "CS", "CEO"]
    )
    | hst.text(max_size=5),
    lambda values: (
        hst.lists(values, max_size=4)
        | hst.dictionaries(
            hst.sampled_from(
                ["do", "nodes", "manager", "values", "file", "selected", "chart", "line", "id", "operations"]
            ),
            values,
            max_size=4,
        )
    ),
    max_leaves=12,
)
PARTS = ("client", "message", "document", "revision", "operations", "want")


@settings(max_examples=80)
@given(hst.data())
def test_what_makes_no_sense_does_no_harm(data):
    with new_session(golden()) as browser:
        browser.listen()
        document, wrong = session.document(), {}
        for part in data.draw(hst.sets(hst.sampled_from(PARTS), min_size=1, max_size=3)):
            wrong[part] = data.draw(JSON)
        hear({**_good(browser), **wrong})
        told()
        drawing.selected()
        if "operations" not in wrong:
            assert session.document() is document
        operations = data.draw(hst.lists(hst.tuples(hst.integers(1, 9), JSON | _almost()), max_size=4))
        hear({**_good(browser), "client": "another", "operations": operations})
        told()
        assert_it_is_sound(session.organization())


def _good(browser):
    return {
        "client": "b",
        "message": 1,
        "document": browser.document,
        "revision": browser.revision,
        "operations": [],
        "want": {},
    }


def _almost():
    """Operations of which a part makes no sense."""
    return hst.fixed_dictionaries(
        {
            "do": hst.sampled_from(
                ["move", "add", "remove", "edit", "connect", "disconnect", "several", "unit"]
            )
        },
        optional={
            "nodes": JSON | hst.just(["CS"]),
            "manager": JSON | hst.just("Ops"),
            "column": JSON | hst.sampled_from(["title", "headcount"]),
            "value": JSON,
            "line": JSON | hst.just({"kind": "tie", "a": "CS", "b": "Ops"}),
            "operations": JSON,
            "with_all_below": JSON,
        },
    )


def assert_it_is_sound(chart):
    assert chart_of(json.loads(json.dumps(messages.columns(chart)))).ids.tolist() == chart.ids.tolist()


@pytest.mark.parametrize("said", [None, 3, "x", [], {}, {"client": "b"}])
def test_nothing_at_all_is_ignored(said):
    with new_session(golden()) as browser:
        browser.listen()
        hear(said)
        assert browser.listen()["heard"] == ["", 0, 0]


def test_only_files_and_indicators_that_exist_are_made():
    with new_session(golden()) as browser:
        browser.listen()
        browser.say(want={"values": ["silo_risk", "<b>", "ids"], "file": "exe"})
        data = browser.listen()
        assert list(data["values"]["columns"]) == ["silo_risk"]
        assert "file" not in data
        for kind in KINDS:
            browser.say(want={"file": kind})
            file = browser.listen()["file"]
            assert base64.b64decode(file["base64"]) == write_organization(session.organization(), kind)
            assert file["name"].isascii()


# ---------------------------------------------------------------------- sizes


def large(size):
    ids = [f"n{row}" for row in range(size)]
    managers = [None if row == 0 else f"n{(row - 1) // 6}" for row in range(size)]
    functions = [("sales", "operations", "it")[row % 3] if row else "executive" for row in range(size)]
    return Organization.from_columns(ids, managers, functions=functions)


def test_a_move_in_a_large_chart_is_told_in_few_bytes():
    with new_session(large(20_000)) as browser:
        told()
        browser.document, browser.revision = session.document_id(), 0
        browser.say({"do": "unit", "nodes": ["n3"]})
        told()
        browser.say(Move(("n700",), "n1"))
        assert 500 < len(told()) < 6000


def test_a_long_list_of_operations_is_dealt_with_in_parts():
    operations = [Move(("CS",), boss) for boss in ("Ops", "Sales")] * 600
    with new_session(golden()) as browser:
        browser.listen()
        browser.say(*operations)
        assert browser.listen()["heard"] == ["b", 1000, 1]
        browser.number = 1000
        browser.say(*operations[1000:])
        assert browser.listen()["heard"] == ["b", 1200, 2]
        assert len(session.document().steps) == 1200


@pytest.mark.parametrize(
    "operation",
    [
        {"do": "add", "nodes": [{"id": "x" * 1_000_000}]},
        {"do": "add", "nodes": [{"id": f"x{number}"} for number in range(100_001)]},
        {"do": "move", "nodes": ["y" * 30_000], "manager": "CEO"},
        {"do": "edit", "nodes": ["CS"], "column": "title", "value": "x" * 40_000},
        {"do": "edit", "nodes": ["CS"], "column": "headcount", "value": 1e19},
    ],
)
def test_what_is_too_large_is_refused_with_a_short_sentence(operation):
    with new_session(golden()) as browser:
        browser.listen()
        browser.say(operation)
        browser.listen()
        assert not session.document().steps
        assert 10 < len(browser.refused[1]) <= 500
