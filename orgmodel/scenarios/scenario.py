"""A scenario: everything that leads to a result, as one thing that can be kept, sent and compared.

The chart as it was opened and every step since, where customer service is and goes, the answers, the
assumptions, notes, and what was chosen on pages. As JSON it is one document with a version
(`orgmodel.scenarios.upgrades`).

>>> org = Organization.from_columns(["ceo", "ops", "cs"], [None, "ceo", "ceo"])
>>> scenario = Scenario("Under operations", document=Document.of(org), unit=("cs",),
...                     placement=Placement.under("ops"))
>>> scenario_from_json(scenario_to_json(scenario)) == scenario
True
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass, field
from functools import cached_property
from pathlib import PurePath
from types import MappingProxyType
from typing import Any, Final

from orgmodel.assumptions import DEFAULT_ASSUMPTIONS, Assumptions
from orgmodel.decision import Decision, decision_about
from orgmodel.document import Document
from orgmodel.errors import AnswersError, AssumptionError, OrgModelError, PlacementError, ScenarioError
from orgmodel.organization import Organization
from orgmodel.placement import Placed, Placement, place
from orgmodel.questionnaire import Answers, aims
from orgmodel.scenarios.chart_forms import chart_to_json, checked_chart, cut
from orgmodel.scenarios.parsing import check_values, parsed, said
from orgmodel.scenarios.upgrades import FORMAT, VERSION, upgraded
from orgmodel.sweep import Survey
from orgmodel.wording import counted, quoted

_TEXTS: Final = ("name", "notes", "filename")
_KEYS: Final = frozenset(
    {"format", "version", *_TEXTS, "chart", "document", "unit", "placement", "added"}
    | {"answers", "assumptions", "settings"}
)
_LONGEST_TEXT: Final = 100_000  # characters: notes are read by people
_MOST_STEPS: Final = 20_000
_MOST_ADDED: Final = 1_000
_MOST_LISTED: Final = 1_000_000


@dataclass(frozen=True)
class Scenario:
    """A chart, what is done with customer service in it, and everything the result rests on.

    Attributes
    ----------
    name, notes : str
        As somebody wrote them; they may be empty.
    document : Document
        The chart as it was opened, the steps since, and those taken back.
    unit : tuple of str
        The ids that are customer service; empty where nobody is.
    placement : Placement or None
        Where customer service goes; None: it stays.
    added : tuple of Placement
        Compared besides those that the chart suggests.
    answers : Answers
    assumptions : Assumptions
        As they were set by hand.
    settings : mapping
        What was chosen on pages, as values of JSON.
    filename : str
        The file the chart was opened from.

    """

    name: str = ""
    notes: str = ""
    _: KW_ONLY
    document: Document
    unit: tuple[str, ...] = ()
    placement: Placement | None = None
    added: tuple[Placement, ...] = ()
    answers: Answers = field(default_factory=Answers)
    assumptions: Assumptions = DEFAULT_ASSUMPTIONS
    settings: Mapping[str, Any] = field(default_factory=dict)
    filename: str = ""

    def __post_init__(self) -> None:
        """Take a copy of the settings, as JSON holds them; what it cannot hold is a `ScenarioError`."""
        try:
            settings = json.loads(json.dumps(dict(self.settings), allow_nan=False))
        except (TypeError, ValueError, RecursionError) as error:
            raise ScenarioError(f"The settings of a page cannot be kept: {cut(error)}.") from error
        check_values(settings)
        object.__setattr__(self, "settings", MappingProxyType(settings))

    @property
    def organization(self) -> Organization:
        """The chart as it is now, before the placement."""
        return self.document.organization

    @property
    def title(self) -> str:
        """What it is called on a screen: its name, else the file, else that it has none."""
        return self.name.strip() or PurePath(self.filename.split(", ")[0]).stem or "Without a name"

    @cached_property
    def assumed(self) -> Assumptions:
        """The assumptions in use: those set by hand, with what follows from the answers put in."""
        return aims(self.answers, self.assumptions).assumptions

    @cached_property
    def survey(self) -> Survey | None:
        """Every number about the chart; None where nobody is customer service."""
        return Survey(self.organization, self.unit, self.assumed) if self.unit else None

    @cached_property
    def decision(self) -> Decision | None:
        """Where customer service should report; None where nobody, or everybody, is customer service."""
        if self.survey is None or self.survey.table.empty:
            return None
        return decision_about(self.survey, self.answers, self.assumptions, self.added)

    @cached_property
    def placed(self) -> Placed | None:
        """The chart after the placement; None where customer service stays."""
        if self.placement is None or not self.unit:
            return None
        return place(self.organization, self.unit, self.placement)


# ---------------------------------------------------------------------- to JSON


def scenario_to_json(scenario: Scenario, *, chart: bool = True) -> dict[str, Any]:
    """Return a scenario as JSON without what is empty; ``chart`` says whether the chart as opened is in it.

    >>> org = Organization.from_columns(["ceo", "cs"], [None, "ceo"])
    >>> scenario_to_json(Scenario("Now", document=Document.of(org), unit=("cs",)), chart=False)
    {'format': 'orgmodel-scenario', 'version': 1, 'name': 'Now', 'unit': ['cs']}
    """
    document = scenario.document
    parts = {
        "name": scenario.name,
        "notes": scenario.notes,
        "filename": scenario.filename,
        "chart": chart_to_json(document.base) if chart else None,
        "document": document.to_json() if document.revision else None,
        "unit": list(scenario.unit),
        "placement": None if scenario.placement is None else scenario.placement.to_json(),
        "added": [placement.to_json() for placement in scenario.added],
        "answers": scenario.answers.to_json(),
        "assumptions": json.loads(json.dumps(scenario.assumptions.changed())),  # lists for tuples
        "settings": dict(scenario.settings),
    }
    return {"format": FORMAT, "version": VERSION, **{key: part for key, part in parts.items() if part}}


def written_scenario(scenario: Scenario) -> bytes:
    """Return a scenario as a file of JSON that people can read: a line for every column of the chart."""
    parts = scenario_to_json(scenario)
    columns = ",\n".join(f"  {_dumped(key)}: {_dumped(column)}" for key, column in parts["chart"].items())
    texts = {key: f"{{\n{columns}\n }}" if key == "chart" else _dumped(part) for key, part in parts.items()}
    lines = ",\n".join(f" {_dumped(key)}: {text}" for key, text in texts.items())
    return f"{{\n{lines}\n}}\n".encode("utf-8", errors="replace")


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


# ---------------------------------------------------------------------- from JSON


def scenario_from_json(
    data: Mapping[str, Any] | str | bytes, *, base: Organization | None = None
) -> Scenario:
    """Return the scenario that a document holds; what names boxes that are not there is left out of it.

    Parameters
    ----------
    data
        What `scenario_to_json` or `written_scenario` has written, of this version or an earlier one.
    base
        The chart as it was opened, where the document is without it.

    Raises
    ------
    ScenarioError
        Whatever else it is, and wherever it came from; the sentence names the fault.

    """
    return scenario_and_losses(data, base)[0]


def scenario_and_losses(
    data: Mapping[str, Any] | str | bytes, base: Organization | None = None
) -> tuple[Scenario, tuple[str, ...]]:
    """Return what `scenario_from_json` does, and a sentence for everything that had to be left out."""
    whole = upgraded(parsed(data))
    if unknown := sorted(whole.keys() - _KEYS):
        raise ScenarioError(f"This scenario holds {quoted(unknown[0])}, which this program does not know.")
    document = _document(whole, base)
    there = document.organization.row_of
    losses: list[str] = []
    try:
        answers = Answers.from_json(whole.get("answers", {}))
        assumptions = _assumptions(whole.get("assumptions", {}), there, losses)
        placements = [Placement.from_json(placement) for placement in _list(whole, "added", _MOST_ADDED)]
        placement = Placement.from_json(whole["placement"]) if "placement" in whole else None
    except (AnswersError, AssumptionError, PlacementError) as error:
        raise ScenarioError(f"This scenario cannot be read. {cut(error)}") from error
    unit = _unit(whole, there, losses)
    settings = whole.get("settings", {})
    if not isinstance(settings, Mapping):
        raise ScenarioError(f"The settings of a scenario are named values, not {said(settings)}.")
    scenario = Scenario(
        **{key: _text(whole, key) for key in _TEXTS},
        document=document,
        unit=unit,
        placement=_possible(placement, document.organization, unit, losses),
        added=tuple(item for item in placements if _is_there(item, there, losses)),
        answers=answers,
        assumptions=assumptions,
        settings=settings,
    )
    return scenario, tuple(losses)


def _text(whole: Mapping[str, Any], key: str) -> str:
    text = whole.get(key, "")
    if not isinstance(text, str):
        raise ScenarioError(f"The {key} of a scenario is a text, not {said(text)}.")
    if len(text) > _LONGEST_TEXT:
        raise ScenarioError(
            f"The {key} of this scenario has {len(text):,} characters; at most {_LONGEST_TEXT:,} are read."
        )
    return text


def _list(whole: Mapping[str, Any], key: str, most: int = _MOST_LISTED) -> list[Any]:
    values = whole.get(key, [])
    if not isinstance(values, list):
        raise ScenarioError(f"{quoted(key)} in a scenario is a list, not {said(values)}.")
    if len(values) > most:
        raise ScenarioError(
            f"{quoted(key)} in this scenario has {len(values):,} entries; at most {most:,} are read."
        )
    return values


def _document(whole: Mapping[str, Any], base: Organization | None) -> Document:
    """Return the chart with its steps done again."""
    if base is None and "chart" not in whole:
        raise ScenarioError("This scenario is without its chart, so it cannot be opened.")
    chart = checked_chart(whole["chart"]) if base is None else base
    log = whole.get("document", {})
    if not isinstance(log, Mapping):
        raise ScenarioError(f"The steps of a scenario are named values, not {said(log)}.")
    if unknown := sorted(log.keys() - {"steps", "undone", "revision"}):
        raise ScenarioError(f"The steps of this scenario hold {quoted(unknown[0])}, which is not known.")
    if (steps := operations_in(whole)) > _MOST_STEPS:
        raise ScenarioError(f"This scenario has {steps:,} steps; at most {_MOST_STEPS:,} are done again.")
    try:
        return Document.from_json(chart, log)
    except OrgModelError as error:
        raise ScenarioError(cut(error)) from error


def operations_in(whole: Mapping[str, Any]) -> int:
    """Return how many operations the document of a scenario holds, those done together each counted."""
    log = whole.get("document", {})
    steps = [*_list(log, "steps"), *_list(log, "undone")] if isinstance(log, Mapping) else []
    together = [step["operations"] for step in steps if isinstance(step, dict) and "operations" in step]
    return len(steps) + sum(len(operations) for operations in together if isinstance(operations, list))


# ---------------------------------------------------------------------- what is no longer there


def _assumptions(data: object, there: Mapping[str, int], losses: list[str]) -> Assumptions:
    """Return the assumptions without owners who are not in the chart."""
    if not isinstance(data, Mapping):
        raise ScenarioError(f"The assumptions of a scenario are named values, not {said(data)}.")
    assumptions = Assumptions.from_mapping(data)
    owners = {
        function: kept
        for function, nodes in assumptions.owners.items()
        if (kept := tuple(node for node in nodes if node in there))
    }
    gone = sum(map(len, assumptions.owners.values())) - sum(map(len, owners.values()))
    if gone:
        losses.append(f"{counted(gone, 'decision owner')} of this scenario are not in the chart any more.")
        assumptions = assumptions.replaced(owners=owners)
    return assumptions


def _unit(whole: Mapping[str, Any], there: Mapping[str, int], losses: list[str]) -> tuple[str, ...]:
    nodes = _list(whole, "unit")
    if other := [node for node in nodes if not isinstance(node, str)]:
        raise ScenarioError(f"Customer service is a list of ids, which are texts; {said(other[0])} is none.")
    kept = tuple(dict.fromkeys(node for node in nodes if node in there))
    if gone := [node for node in nodes if node not in there]:
        losses.append(
            f"{counted(len(gone), 'box', 'boxes')} of customer service, such as {quoted(gone[0])}, "
            "are not in the chart any more."
        )
    return kept


def _is_there(placement: Placement, there: Mapping[str, int], losses: list[str]) -> bool:
    if gone := [boss for boss, _ in placement.bosses if boss not in there]:
        losses.append(f"A placement is left out: {quoted(gone[0])} is not in the chart any more.")
    return not gone


def _possible(
    placement: Placement | None, chart: Organization, unit: tuple[str, ...], losses: list[str]
) -> Placement | None:
    """Return a placement that the chart allows, else none."""
    if placement is None or not _is_there(placement, chart.row_of, losses):
        return None
    if unit:
        try:
            place(chart, unit, placement)
        except OrgModelError as error:
            losses.append(f"Customer service stays where it is: {cut(error)}")
            return None
    return placement
