"""The open scenario as a file, and scenarios out of files."""

from __future__ import annotations

import streamlit as st

from components import keeping, session
from components.limits import largest_file, taken
from components.text import as_file_name, plain
from orgmodel.errors import OrgModelError
from orgmodel.scenarios import scenario_from_json, written_scenario

#: How files of scenarios end.
ENDING = "scenario.json"
_MOST_MEGABYTES = 50


def show_scenario_file() -> None:
    """Show the ways to take the open scenario along, and to open one that was taken along."""
    scenario = session.scenario()
    st.download_button(
        "Download the scenario",
        lambda: written_scenario(scenario),
        f"{file_name()}.{ENDING}",
        "application/json",
        icon=":material/download:",
        on_click="ignore",
        key="download-scenario",
        help="All of it in one file: chart, changes, placement, answers, assumptions, notes. Any later "
        "version of this program reads it.",
    )
    number = st.session_state.get("scenario_files_opened", 0)
    st.file_uploader(
        "Open a scenario file",
        "json",
        max_upload_size=largest_file(_MOST_MEGABYTES),
        key=f"scenario-file-{number}",
        on_change=_open,
        args=(number,),
        help="What is open now is kept among the older drafts.",
    )
    if fault := st.session_state.pop("scenario_file_fault", ""):
        st.error(plain(fault))


def file_name() -> str:
    """Return how files of the open scenario are called: as it is, without what no file name may have."""
    return as_file_name(st.session_state.scenario_name) or session.file_stem()


def _open(number: int) -> None:
    """Open a file's scenario, unsaved; the field is empty again afterwards."""
    state = st.session_state
    file = state[f"scenario-file-{number}"]
    if file is None:
        return
    state.scenario_files_opened = number + 1
    try:
        keeping.open_scenario(scenario_from_json(taken(file, _MOST_MEGABYTES)))
    except OrgModelError as error:
        state.scenario_file_fault = f"{file.name}: {error} What is open is as it was."
    else:
        state.scenario_said = (
            f"**{plain(file.name)}** is open now, not saved yet. What was open before is kept among the "
            "older drafts."
        )
