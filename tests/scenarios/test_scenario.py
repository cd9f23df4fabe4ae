"""A scenario as JSON, as a file and as a text for a link: there and back is the same one."""

import json
import time
from dataclasses import replace

import pytest
from hypothesis import given, settings

from orgmodel import Assumptions, Organization, Placement
from orgmodel.document import Document
from orgmodel.edits import Edit, Move
from orgmodel.errors import ScenarioError
from orgmodel.scenarios import (
    LONGEST_PACKED,
    Scenario,
    chart_from_json,
    chart_to_json,
    pack,
    read_chart,
    scenario_and_losses,
    scenario_from_json,
    scenario_to_json,
    unpack,
    written_chart,
    written_scenario,
)
from tests.charts_for_tests import golden
from tests.scenarios.scenarios_for_tests import charts, placements, scenarios


def same_types(one, other):
    """Whether values of further columns are of the same kinds: 1, 1.0 and True are equal and are not."""
    return all(
        [type(value) for value in one.attributes[key]] == [type(value) for value in other.attributes[key]]
        for key in one.attributes
    )


@given(charts())
@settings(max_examples=60)
def test_a_chart_there_and_back(chart):
    sent = chart_from_json(json.loads(json.dumps(chart_to_json(chart))))
    kept = read_chart(written_chart(chart))
    assert sent == kept == chart
    assert same_types(sent, chart)
    assert list(sent.attributes) == list(chart.attributes)
    assert written_chart(sent) == written_chart(chart)


def possible(scenario):
    """Return the scenario without a placement that its chart does not allow: that is left out when read."""
    again = scenario_from_json(scenario_to_json(scenario))
    return scenario if again.placement else replace(scenario, placement=None)


@given(scenarios())
@settings(max_examples=40, deadline=None)
def test_a_scenario_there_and_back(scenario):
    scenario = possible(scenario)
    data = scenario_to_json(scenario)
    assert scenario_from_json(data) == scenario
    assert scenario_from_json(json.dumps(data)) == scenario
    assert scenario_from_json(written_scenario(scenario)) == scenario
    assert unpack(pack(scenario)) == scenario
    without = scenario_to_json(scenario, chart=False)
    assert "chart" not in without
    assert scenario_from_json(json.dumps(without).encode(), base=scenario.document.base) == scenario
    assert scenario_to_json(scenario_from_json(data)) == json.loads(json.dumps(data))


def test_the_smallest_scenario():
    """One box, nothing chosen."""
    scenario = Scenario(document=Document.of(Organization.from_columns(["only"], [None])))
    assert unpack(pack(scenario)) == scenario
    assert scenario.title == "Without a name"
    assert scenario.survey is scenario.decision is scenario.placed is None
    everybody = replace(scenario, unit=("only",))
    assert everybody.decision is None


def test_what_follows_from_a_scenario():
    scenario = Scenario(document=Document.of(golden()), unit=("CS",), placement=Placement.under("Ops"))
    assert scenario.placed.organization.manager[scenario.organization.row("CS")] == scenario.organization.row(
        "Ops"
    )
    assert scenario.survey is scenario.survey
    assert scenario.decision.survey is scenario.survey
    assert scenario.assumed == Assumptions()


def test_what_is_not_there_any_more_is_left_out_with_a_sentence():
    scenario = Scenario(
        document=Document.of(golden()),
        unit=("CS", "HR"),
        placement=Placement.under("Ops"),
        added=(Placement.under("HR"), Placement.under("IT")),
        assumptions=Assumptions(owners={"hr": ["HR"], "it": ["IT", "HR"]}),
    )
    base = Organization.from_columns(["CEO", "CS", "IT"], [None, "CEO", "CEO"])
    again, losses = scenario_and_losses(scenario_to_json(scenario, chart=False), base)
    assert again.unit == ("CS",)
    assert again.placement is None
    assert again.added == (Placement.under("IT"),)
    assert dict(again.assumptions.owners) == {"it": ("IT",)}
    assert len(losses) == 4
    assert scenario_and_losses(scenario_to_json(scenario))[1] == ()


def test_a_placement_that_cannot_be_is_left_out_with_its_reason():
    scenario = Scenario(document=Document.of(golden()), unit=("Ops",), placement=Placement.under("Plant"))
    again, losses = scenario_and_losses(scenario_to_json(scenario))
    assert again.placement is None
    assert "Plant" in losses[0]


def test_settings_are_those_of_json():
    document = Document.of(golden())
    assert Scenario(document=document, settings={"shown": (1, 2)}).settings["shown"] == [1, 2]
    for odd in (float("nan"), {1, 2}, b"bytes", "\ud800"):
        with pytest.raises(ScenarioError):
            Scenario(document=document, settings={"odd": odd})


def test_the_file_can_be_read_by_people():
    lines = (
        written_scenario(Scenario("Now", document=Document.of(golden()), unit=("CS",))).decode().splitlines()
    )
    assert lines[1:4] == [' "format": "orgmodel-scenario",', ' "version": 1,', ' "name": "Now",']
    assert any(line.startswith('  "ids": ["CEO", "Sales"') for line in lines)


def test_a_scenario_of_a_young_company_fits_into_a_link():
    assert len(pack(Scenario(document=Document.of(golden()), unit=("CS",)))) < LONGEST_PACKED / 10


def test_drafts_are_kept_in_milliseconds_and_large_charts_in_seconds():
    size = 100_000
    chart = Organization.from_columns(
        [f"E{row}" for row in range(size)],
        [None, *(f"E{(row - 1) // 8}" for row in range(1, size))],
        names=[f"Name {row}" for row in range(size)],
        titles=["Engineer"] * size,
    )
    start = time.perf_counter()
    assert read_chart(written_chart(chart)) == chart
    assert time.perf_counter() - start < 10
    document = Document.of(golden())
    for row in range(200):
        document = document.do(Edit(("CS",), "name", f"Name {row}"))
    document = document.do(Move(("CS",), "Ops"))
    scenario = Scenario(document=document)
    start = time.perf_counter()
    scenario_to_json(scenario, chart=False)
    assert time.perf_counter() - start < 0.1


@given(placements(["a", "b", "c"]))
def test_a_placement_there_and_back(placement):
    assert Placement.from_json(json.loads(json.dumps(placement.to_json()))) == placement
