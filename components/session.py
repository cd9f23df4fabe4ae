"""What is open in this browser tab: the chart, the customer service unit, the answers, the assumptions.

Widgets forget what they hold when another page is shown, so all that must last is kept here under plain
names. ``generation`` counts the charts shown so far, ``opening`` the files opened: they are parts of the keys
of widgets, so that another chart starts with fresh ones.

The open chart is a document: the chart of the file and what was changed in it here, step by step. It is
changed by `edit` only, so that every change can be taken back.
"""

from __future__ import annotations

import secrets
from pathlib import PurePath
from typing import Final

import streamlit as st

from components import choices
from components.examples import DATA, EXAMPLES
from components.limits import work_on
from components.text import as_file_name, plain
from hosting.limits import check_boxes
from orgmodel.assumptions import DEFAULT_ASSUMPTIONS, Assumptions
from orgmodel.decision import Decision, decision_about
from orgmodel.document import Document
from orgmodel.edits import Operation
from orgmodel.errors import OrgModelError
from orgmodel.functions import (
    FunctionReading,
    Proposal,
    business_functions,
    customer_service_proposals,
)
from orgmodel.health import Health, organization_health
from orgmodel.importing import ImportReport, read_organization
from orgmodel.organization import Organization
from orgmodel.placement import Placement
from orgmodel.questionnaire import Answers, aims
from orgmodel.scenarios import Scenario
from orgmodel.sweep import Assessment, Survey
from orgmodel.uncertainty import Swings

_MOST_PROPOSALS: Final = 6
_MOST_SET_ASIDE: Final = 5
#: What belongs to a whole scenario.
_OF_SCENARIO: Final = ("answers", "assumptions")
#: What belongs to one chart and is kept while another one is open.
_OF_CHART: Final = (
    "report",
    "chart_name",
    "document",
    "unit",
    "wanted_unit",
    "undone",
    "added",
    "saved",
    "scenario_name",
    "scenario_notes",
)


def start() -> None:
    """Open the first example when the session is new."""
    if not is_begun():
        begin()
        open_example(next(iter(EXAMPLES)))


def is_begun() -> bool:
    """Return whether something is open."""
    return "report" in st.session_state


def begin() -> None:
    """Begin with the default assumptions and without answers."""
    state = st.session_state
    state.token = secrets.token_hex(4)
    state.assumptions, state.answers = DEFAULT_ASSUMPTIONS, Answers()
    state.scenario_name = state.scenario_notes = ""
    state.saved = None


def need_frame(page: str) -> None:
    """Send a page that runs without the frame (`app.py`) through it.

    A server that has shown nothing yet takes the folder pages/ for Streamlit's older kind of app and, when
    its first visitor comes by a page's own address, runs that page alone.
    """
    if not is_begun():
        st.session_state.wanted_page = (page, st.query_params.to_dict())
        st.switch_page("app.py")


def open_example(name: str) -> None:
    """Open one of the prepared charts."""
    open_report(read_organization(DATA / name))


def open_report(report: ImportReport, name: str = "") -> None:
    """Open a chart that was read; the one before is set aside if it was changed, else forgotten.

    Without a ``name`` of its own the chart is called as its file.
    """
    state = st.session_state
    _set_aside()
    state.opening = state.get("opening", 0) + 1
    state.undone, state.unfitting, state.wanted_unit, state.unit, state.added = (), (), None, (), ()
    state.report, state.chart_name = report, name
    state.scenario_name, state.scenario_notes, state.saved = "", "", None
    _show(Document.of(report.organization))
    state.wanted_unit = state.unit or None


def open_scenario(scenario: Scenario, report: ImportReport, *, aside: bool = True) -> None:
    """Open a scenario; what was open is set ``aside`` with answers and assumptions, if anything was said."""
    state = st.session_state
    check_boxes(len(scenario.organization))
    if aside:
        _set_aside(whole=True)
    state.opening = state.get("opening", 0) + 1
    state.undone, state.unfitting, state.report, state.saved = (), (), report, None
    state.unit = state.wanted_unit = scenario.unit
    state.chart_name = str(scenario.settings.get("chart_name", ""))
    state.scenario_name, state.scenario_notes = scenario.name, scenario.notes
    state.answers, state.assumptions, state.added = scenario.answers, scenario.assumptions, scenario.added
    _show(scenario.document)
    choices.choose(scenario.settings.get("choices"))
    state.placement = state.placement_to_show = scenario.placement
    state.given_for, state.lens_taken = chart_name(), None
    state.resets = state.get("resets", 0) + 1  # the fields of the page Assumptions begin anew


def scenario() -> Scenario:
    """Return what is open: the chart with what was changed, customer service, answers and assumptions."""
    state = st.session_state
    return Scenario(
        name=state.scenario_name,
        notes=state.scenario_notes,
        document=document(),
        unit=unit(),
        placement=placement(),
        added=added(),
        answers=answers(),
        assumptions=assumptions(),
        settings={"chart_name": state.chart_name, "choices": choices.chosen()},
        filename=report().filename,
    )


def is_untouched() -> bool:
    """Return whether the first example is open, and nothing was done with it."""
    state = st.session_state
    said = _said() or state.scenario_name or state.scenario_notes or placement() is not None
    return state.opening == 1 and not (document().steps or said or added())


def _said() -> bool:
    return answers() != Answers() or bool(assumptions().changed())


def _set_aside(*, whole: bool = False) -> None:
    """Keep the open chart where something was changed in it: nobody loses work by opening another one."""
    state = st.session_state
    if "document" in state and (state.document.steps or (whole and _said())):
        kept = {name: state[name] for name in (*_OF_CHART, *(_OF_SCENARIO if whole else ()))}
        state.set_aside = (kept, *state.get("set_aside", ()))[:_MOST_SET_ASIDE]


def set_aside() -> tuple[tuple[str, int], ...]:
    """Return the charts that were changed and then left for another, the last first: name and changes."""
    kept = st.session_state.get("set_aside", ())
    return tuple(
        (chart["chart_name"] or chart["report"].filename, len(chart["document"].steps)) for chart in kept
    )


def take_up(place: int) -> None:
    """Open a chart again that was set aside."""
    state = st.session_state
    kept = list(state.set_aside)
    chart = kept.pop(place)
    state.set_aside = tuple(kept)
    _set_aside(whole="answers" in chart)
    state.opening += 1
    state.unfitting = ()
    for name, value in chart.items():
        state[name] = value
    _show(chart["document"])


def remake(report: ImportReport) -> None:
    """Show another chart of the open file, with the changes made here as far as they fit it."""
    st.session_state.report = report
    rebased, st.session_state.unfitting = document().rebased(report.organization)
    _show(rebased)


def _show(shown: Document) -> None:
    """Show a document from now on, with fresh widgets."""
    state = st.session_state
    state.document = shown
    state.generation = state.get("generation", 0) + 1
    state.parent = state.placement = None
    _keep_unit(shown.organization)
    _keep_owners(shown.organization)


def _keep_unit(chart: Organization, *, sure: bool = False) -> None:
    """Leave customer service what it was as far as it is there; propose it where nothing is left of it.

    While a chart is being drawn only what is ``sure`` is taken: a title half written is no unit yet.
    """
    state, there = st.session_state, chart.row_of
    for wanted in (state.wanted_unit or (), state.unit):
        if kept := tuple(node for node in wanted if node in there):
            state.unit = kept
            return
    state.unit = ()
    if state.wanted_unit != ():
        found = next(iter(_proposals(chart)), None)
        if found is not None and (not sure or found.certainty == "high"):
            state.unit = found.ids


def _keep_owners(chart: Organization) -> None:
    """Forget decision owners who are not in the chart."""
    state, there = st.session_state, chart.row_of
    owners = {
        function: kept
        for function, nodes in state.assumptions.owners.items()
        if (kept := tuple(node for node in nodes if node in there))
    }
    if owners != dict(state.assumptions.owners):
        changed = state.assumptions.changed() | {"owners": owners}
        if not owners:
            del changed["owners"]
        state.assumptions = Assumptions.from_mapping(changed)


# ---------------------------------------------------------------------- changing the open chart


def document() -> Document:
    """Return the open chart with what was changed in it."""
    return st.session_state.document


def document_id() -> str:
    """Return what tells the open file from all others, of other sessions too; it stays when it is changed."""
    return f"{st.session_state.token}-{st.session_state.opening}"


def edit(operation: Operation) -> str:
    """Change the open chart; return why that cannot be done, else an empty text."""
    try:
        changed = document().do(operation)
        if len(changed.organization) > len(organization()):
            check_boxes(len(changed.organization))
        _change(changed)
    except OrgModelError as error:
        return str(error)
    return ""


def undo_edit() -> None:
    """Take the last change of the open chart back."""
    _change(document().undo())


def redo_edit() -> None:
    """Make the change again that was taken back last."""
    _change(document().redo())


def go_to_step(number: int) -> None:
    """Undo or redo until so many steps are done."""
    changed = document()
    while len(changed.steps) > number and changed.can_undo:
        changed = changed.undo()
    while len(changed.steps) < number and changed.can_redo:
        changed = changed.redo()
    _change(changed)


def _change(changed: Document) -> None:
    """Go on with a changed chart: widgets stay, and what was chosen stays as far as its nodes are there.

    Another click may end a run wherever the session is touched. The chart itself comes last, so that a change
    that was interrupted is not made at all and can be made again.
    """
    state, chart = st.session_state, changed.organization
    if chart.ids is not organization().ids:
        _keep_unit(chart, sure=True)
        _keep_owners(chart)
        if state.parent not in chart.row_of:
            state.parent = None
        placed = state.placement
        if placed is not None and not all(boss in chart.row_of for boss, _share in placed.bosses):
            state.placement = None
    elif not state.unit:
        _keep_unit(chart, sure=True)
    state.document = changed


# ---------------------------------------------------------------------- what is open


def report() -> ImportReport:
    """Return how the open file was read."""
    return st.session_state.report


def chart_name() -> str:
    """Return what the open chart is called: as somebody said, else as its file; not yet escaped."""
    return st.session_state.chart_name or report().filename or "Chart"


def rename_chart(name: str) -> None:
    """Call the open chart something else; an empty name is that of its file."""
    st.session_state.chart_name = " ".join(name.split())


def file_stem() -> str:
    """Return how files made of the open chart are called, without an ending."""
    named = st.session_state.chart_name or PurePath(report().filename.split(", ")[0]).stem
    return as_file_name(named) or "chart"


def organization() -> Organization:
    """Return the open chart as it is now."""
    return document().organization


def unit() -> tuple[str, ...]:
    """Return the ids of the customer service unit; empty where there is none."""
    return st.session_state.unit


def assumptions() -> Assumptions:
    """Return the assumptions as they were set by hand."""
    return st.session_state.assumptions


def answers() -> Answers:
    """Return what was answered to the questions about goals."""
    return st.session_state.answers


def change_answers(changed: Answers) -> None:
    """Go by other answers from now on."""
    st.session_state.answers = changed


def assumed() -> Assumptions:
    """Return the assumptions in use: those set by hand, with what follows from the answers put in."""
    depends_on = (answers(), assumptions())
    return kept("assumed", depends_on, lambda: aims(*depends_on).assumptions)


def added() -> tuple[Placement, ...]:
    """Return the placements that are compared besides those that the chart suggests."""
    return st.session_state.added


def add_placement(placement: Placement) -> None:
    """Compare one placement more."""
    st.session_state.added = tuple(dict.fromkeys([*added(), placement]))


def remove_added(placement: Placement) -> None:
    """Compare one placement less."""
    st.session_state.added = tuple(other for other in added() if other != placement)


def choose_unit(ids: tuple[str, ...]) -> None:
    """Make these nodes customer service; the chosen parent and placement are forgotten."""
    st.session_state.unit = tuple(node for node in ids if node in organization().row_of)
    st.session_state.wanted_unit = st.session_state.unit
    st.session_state.parent = st.session_state.placement = None


def change_assumptions(changed: Assumptions) -> None:
    """Use other assumptions from now on."""
    st.session_state.assumptions = changed


def reading() -> FunctionReading:
    """Return the recognised functions of the open chart."""
    return reading_of(organization())


def reading_of(chart: Organization) -> FunctionReading:
    """Return the recognised functions of the open chart as it is now, or is just becoming."""
    return kept("reading", (chart,), lambda: business_functions(chart))


def health() -> Health:
    """Return the health of the open chart; of 100,000 nodes with many ties it takes a second or two."""
    return kept("health", (organization(),), lambda: organization_health(organization(), reading().functions))


def proposals() -> tuple[Proposal, ...]:
    """Return what customer service may be in the open chart, best first."""
    return _proposals(organization())


def _proposals(chart: Organization) -> tuple[Proposal, ...]:
    return kept("proposals", (chart,), lambda: customer_service_proposals(chart, limit=_MOST_PROPOSALS))


def survey() -> Survey | None:
    """Return every number about the open chart; None where there is no customer service or no sense in it."""
    if not unit():
        return None
    depends_on = (organization(), unit(), assumed())
    try:
        return kept("survey", depends_on, lambda: _survey(*depends_on))
    except OrgModelError as error:
        st.error(plain(str(error)))
        return None


def _survey(chart: Organization, nodes: tuple[str, ...], assumed: Assumptions) -> Survey:
    """Return a new survey; where only assumptions have changed, most of the last one serves again."""
    last = st.session_state.get("_survey")
    if last is not None and last[0][0] is chart and last[0][1] == nodes:
        return last[1].varied(assumed)
    return Survey(chart, nodes, assumed)


def decision() -> Decision | None:
    """Return where customer service should report by the answers; None where that cannot be asked."""
    current = survey()
    if current is None:
        return None
    depends_on = (current, answers(), assumptions(), added())
    try:
        return kept("decision", depends_on, lambda: decision_about(*depends_on))
    except OrgModelError as error:
        st.info(plain(str(error)))
        return None


def placement() -> Placement | None:
    """Return the placement that is compared with today; None where none is chosen."""
    return st.session_state.placement


def choose_placement(chosen: Placement | None) -> None:
    """Compare this placement with today."""
    st.session_state.placement = chosen


def moved(chosen: Placement | None) -> Assessment | None:
    """Return the numbers after a placement; None where none is chosen, or the chart does not allow it."""
    current = survey()
    if current is None or chosen is None:
        return None
    try:
        return kept("moved", (current, chosen), lambda: current.assess(chosen))
    except OrgModelError as error:
        st.error(plain(str(error)))
        return None


def swings(chosen: Placement) -> Swings:
    """Return the numbers of today (column 0) and after a placement (1), each assumption moved by a fifth."""
    current = survey()
    return kept("swings", (current, chosen), lambda: current.swings([None, chosen]))


def key(name: str) -> str:
    """Return the key of a widget that belongs to the open chart."""
    return f"{name}-{st.session_state.generation}"


def file_key(name: str) -> str:
    """Return the key of a widget that belongs to the open file, whatever chart was made of it."""
    return f"{name}-file{st.session_state.opening}"


def kept(name: str, depends_on: tuple[object, ...], make):  # noqa: ANN001, ANN201  # of any type
    """Return a result kept in the session, made anew when something it depends on has changed.

    Another chart is another one, without a look at its cells.
    """
    last = st.session_state.get(f"_{name}")
    if last is None or not all(
        old is new or (not isinstance(new, Organization) and old == new)
        for old, new in zip(last[0], depends_on, strict=True)
    ):
        with work_on(len(organization()) if "document" in st.session_state else 0):
            last = (depends_on, make())
        st.session_state[f"_{name}"] = last
    return last[1]
