"""Scenarios: a chart with everything a result rests on, kept, sent, shared and compared.

* `orgmodel.scenarios.scenario`: `Scenario`, and the document of JSON that holds it;
* `orgmodel.scenarios.chart_forms`: a chart as JSON and as bytes;
* `orgmodel.scenarios.parsing`: text from anywhere, made safe to look at;
* `orgmodel.scenarios.upgrades`: versions of the format;
* `orgmodel.scenarios.packing`: a scenario as a text that fits into a link;
* `orgmodel.scenarios.sharing`: what others get to see of it;
* `orgmodel.scenarios.anonymous_texts`: texts without the names of persons;
* `orgmodel.scenarios.comparing`: several side by side;
* `orgmodel.scenarios.marking`: two charts as one, each box marked;
* `orgmodel.scenarios.wording`: what differs, in sentences.
"""

from orgmodel.scenarios.chart_forms import chart_from_json, chart_to_json, read_chart, written_chart
from orgmodel.scenarios.packing import LONGEST_PACKED, pack, unpack
from orgmodel.scenarios.scenario import (
    Scenario,
    scenario_and_losses,
    scenario_from_json,
    scenario_to_json,
    written_scenario,
)
from orgmodel.scenarios.sharing import FIELD_TITLES, Fields, shared
from orgmodel.scenarios.upgrades import FORMAT, VERSION

__all__ = [
    "FIELD_TITLES",
    "FORMAT",
    "LONGEST_PACKED",
    "VERSION",
    "Fields",
    "Scenario",
    "chart_from_json",
    "chart_to_json",
    "pack",
    "read_chart",
    "scenario_and_losses",
    "scenario_from_json",
    "scenario_to_json",
    "shared",
    "unpack",
    "written_chart",
    "written_scenario",
]
