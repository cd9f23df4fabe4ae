"""What an earlier version has written is read for ever."""

from pathlib import Path

import pytest

from orgmodel import Assumptions, Organization, Placement
from orgmodel.criteria import NAMES
from orgmodel.edits import Add, Connect, Disconnect, Edit, Move, Remove, Several
from orgmodel.errors import ScenarioError
from orgmodel.lines import FurtherManager, Tie
from orgmodel.operations import NewNode
from orgmodel.questionnaire import Answers
from orgmodel.questionnaire.answers import Reply
from orgmodel.scenarios import (
    VERSION,
    read_chart,
    scenario_and_losses,
    scenario_from_json,
    scenario_to_json,
    upgrades,
    written_chart,
)

VERSION_1 = Path(__file__).with_name("version_1.json")
CHART = Organization.from_columns(
    ["ceo", "sales", "ops", "cs", "agents", "west"],
    [None, "ceo", "ceo", "sales", "cs", None],
    names=["Ann Lee", "Bo Kim", "", "Zoë Ünal", "Agents 🙂", "West"],
    titles=[
        "CEO",
        "Head of Sales",
        "Head of Operations",
        "Head of Customer Service",
        "Agent",
        "Country head",
    ],
    units=["Board", "Sales", "Operations", "Customer Service", "Customer Service", "West"],
    functions=["executive", "sales", "operations", "customer_service", "", ""],
    headcount=[1, 1, 1, 1, 24.5, 0],
    locations=["Leeds", "Leeds", "Dover", "", "Dover", "Paris"],
    statuses=["", "", "vacant", "", "", "placeholder"],
    further_managers=[
        FurtherManager("cs", "ops", "shared", 0.25),
        FurtherManager("west", "ops", "dotted"),
        FurtherManager("agents", "west", "contract"),
    ],
    ties=[Tie("ops", "agents", 2.0, "tickets"), Tie("sales", "cs")],
    attributes={
        "Salary": [200000, 150000.5, None, "unknown", None, None],
        "E-mail": ["ann@x.example", None, None, "", None, None],
        "Part time": [False, None, True, None, None, None],
    },
)
PLANNER = NewNode(
    *("new-1", "cs", "Cy", "Planner", "Customer Service", "operations", 2.0, "Dover", "vacant"), {"Salary": 1}
)


def test_version_1_is_read_as_it_was_meant():
    """Every part of it, one by one."""
    scenario, losses = scenario_and_losses(VERSION_1.read_bytes())
    assert losses == ()
    assert scenario.name == "Under operations"
    assert scenario.notes == "Two\nlines, “quoted”"
    assert scenario.filename == "company.xlsx, ties.csv"
    assert scenario.document.base == CHART
    assert [type(value) for value in scenario.document.base.attributes["Salary"]][:2] == [int, float]
    assert [step.operation for step in scenario.document.steps] == [
        Move(("cs",), "ops"),
        Add((PLANNER, NewNode("new-2", "new-1"))),
        Edit(("agents", "west"), "title", "Team"),
        Edit(("agents",), "headcount", 30.0),
        Connect(Tie("new-1", "sales", 0.5, "meets")),
        Connect(FurtherManager("new-1", "sales", "shared", 0.5)),
        Disconnect(Tie("sales", "cs")),
        Several((Edit(("cs",), "name", "Zoë"), Move(("agents",), "new-1"))),
        Remove(("new-2",), with_all_below=True),
    ]
    assert [step.operation for step in scenario.document.undone] == [
        Edit(("ceo",), "location", "York"),
        Edit(("ceo",), "location", "Ely"),
    ]
    assert scenario.document.revision == 13
    chart = scenario.organization
    assert chart.ids.tolist() == ["ceo", "sales", "ops", "cs", "agents", "west", "new-1"]
    assert chart.manager.tolist() == [-1, 0, 0, 2, 6, -1, 3]
    assert chart.headcount.tolist() == [1, 1, 1, 1, 30, 0, 2]
    assert scenario.unit == ("cs",)
    assert scenario.placement == Placement.shared({"sales": 0.25, "ceo": 0.75})
    assert scenario.added == (
        Placement.under("ceo"),
        Placement.outsourced("sales", "Näh & Co"),
        Placement.new_department("ceo", "Customers"),
        Placement.split(["sales", "ceo"], "equally"),
        Placement.merged("sales"),
    )
    assert scenario.answers == Answers(
        {"ops_errors": Reply("yes"), "digital": Reply("partly", "guess"), "consumers": Reply("dont_know")},
        ("operations", "sales"),
        {"operations": 2.0, "sales": 1.0},
        {NAMES[0]: 40.0},
    )
    assert scenario.assumptions == Assumptions(
        delta=0.25,
        radius=3,
        needs={"operations": 0.75, "sales": 0.25},
        owners={"sales": ["sales"], "operations": ["ops", "new-1"]},
        value_vector=(0.25, 0.25, 0.5, 0.0),
        metric_vectors={"sales": (1, 0, 0, 0)},
        lengths={"tie": 2},
        latencies={"dotted": 3.5},
        goal_purposes={"sales": (1, 0, 0, 0)},
        goal_needs={"sales": {"sales": 1}},
    )
    assert dict(scenario.settings) == {
        "page": {"shown": ["silo_risk", None, 1, 2.5, True]},
        "from a later page": "kept",
    }


def test_an_earlier_version_is_brought_up_step_by_step(monkeypatch):
    """In a made-up version -1 the notes were called remarks, in version 0 ids were called keys."""

    def from_minus_one(data):
        return {"notes" if key == "remarks" else key: part for key, part in data.items()}

    def from_zero(data):
        chart = data.get("chart")  # a document may be without its chart, or be a chart alone
        return (
            data if chart is None else data | {"chart": {"ids": chart["keys"], "manager": chart["manager"]}}
        )

    monkeypatch.setattr(upgrades, "UPGRADES", {-1: from_minus_one, 0: from_zero})
    old = {
        "format": "orgmodel-scenario",
        "version": -1,
        "remarks": "Old",
        "chart": {"keys": ["a"], "manager": [-1]},
    }
    scenario = scenario_from_json(old)
    assert scenario.notes == "Old"
    assert scenario.organization.ids.tolist() == ["a"]
    assert scenario_to_json(scenario)["version"] == VERSION
    without = {key: part for key, part in old.items() if key != "chart"}
    assert scenario_from_json(without, base=CHART).document.base == CHART
    with pytest.raises(ScenarioError, match="damaged"):
        scenario_from_json(old | {"chart": [1]})


def test_the_next_version_reads_this_one(monkeypatch):
    """In a made-up version 2 the chart has its managers under another name."""
    kept, text = written_chart(CHART), VERSION_1.read_bytes()

    def from_one(data):
        return data | {"chart": {**data["chart"], "units": data["chart"]["titles"]}}

    monkeypatch.setattr(upgrades, "VERSION", 2)
    monkeypatch.setattr(upgrades, "UPGRADES", {1: from_one})
    assert read_chart(kept).units.tolist() == CHART.titles.tolist()
    assert scenario_from_json(text).document.base.units.tolist() == CHART.titles.tolist()


def test_a_newer_version_is_refused():
    with pytest.raises(ScenarioError, match="newer version of this program"):
        scenario_from_json({"format": "orgmodel-scenario", "version": VERSION + 1})
