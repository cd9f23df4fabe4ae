"""Which scenarios are compared: what is open, other places for it, saved ones and one from a file."""

from __future__ import annotations

from dataclasses import replace
from typing import Final, NamedTuple

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from components import keeping, session
from components.limits import largest_file, long_work
from components.text import plain
from hosting.limits import LimitError, check_boxes
from orgmodel.document import Document
from orgmodel.errors import OrgModelError
from orgmodel.scenarios import Scenario, scenario_from_json
from orgmodel.scenarios.comparing import Comparison, compare, under_same

MOST: Final = 6
_AT_FIRST: Final = 3
_MOST_MEGABYTES: Final = 50
_NOW, _OPENED, _FILE = "now", "opened", "file"
_PLACE, _KEPT = "place:", "kept:"


class _Candidate(NamedTuple):
    """One that may be compared: what the list calls it, and what it is; None: still to be fetched."""

    label: str
    scenario: Scenario | None


def choose_comparison() -> Comparison | None:
    """Let the reader choose scenarios and the one the others are compared with; return them side by side."""
    found = _candidates()
    key = session.file_key("compare-chosen")
    _keep_possible(key, found)
    choose, against = st.columns([3, 1.4], vertical_alignment="bottom")
    chosen = choose.multiselect(
        f"Scenarios to compare (2 to {MOST})",
        list(found),
        format_func=lambda one: found[one].label,
        max_selections=MOST,
        key=key,
        persist_state="session",
    )
    with st.expander("A scenario from a file", icon=":material/upload_file:"):
        st.file_uploader(
            "A scenario file (JSON), as the page Scenarios writes it",
            type="json",
            max_upload_size=largest_file(_MOST_MEGABYTES),
            key=session.file_key("compare-file"),
            on_change=_choose_file,
            args=(key,),
        )
    scenarios = [_fetched(one, found[one]) for one in chosen]
    there = [(one, scenario) for one, scenario in zip(chosen, scenarios, strict=True) if scenario is not None]
    if len(there) < 2:  # noqa: PLR2004  # a comparison has two sides
        st.info(
            "Choose at least two scenarios. A saved one appears here once it is saved on the page Scenarios."
        )
        return None
    names = {one: found[one].label for one, _ in there}
    against_key = f"{key}-reference"
    if st.session_state.get(against_key) not in names:
        st.session_state[against_key] = next(iter(names))
    reference = against.selectbox(
        "Compared with (before)",
        list(names),
        format_func=names.get,
        key=against_key,
        persist_state="session",
        help="Better, worse, added and removed are said of the others against this one.",
    )
    return _compared([scenario for _, scenario in there], list(names).index(reference))


def _compared(scenarios: list[Scenario], reference: int) -> Comparison:
    """Return the comparison; where numbers are not like for like, say so and offer what makes them so."""
    now, decision = session.scenario(), session.decision()
    known = () if decision is None else ((now, decision),)

    def compared(made_of: list[Scenario]) -> Comparison:
        with long_work("Comparing …"):
            return compare(made_of, reference, known=known)

    as_they_are = session.kept(
        "compared", (tuple(scenarios), reference, decision), lambda: compared(scenarios)
    )
    differing = {
        name: list(titles) + ["the answers"] * weighed
        for name, titles, weighed in zip(
            as_they_are.names, as_they_are.unlike, as_they_are.weighed_otherwise, strict=True
        )
        if titles or weighed
    }
    if not differing:
        return as_they_are
    name = plain(as_they_are.names[reference])
    lines = [f"- **{plain(other)}**: {plain(_some(titles))}" for other, titles in differing.items()]
    st.warning(
        f"These numbers are not like for like: other than in **{name}** are\n" + "\n".join(lines),
        icon=":material/balance:",
    )
    if not st.toggle(f"Compare all under the answers and assumptions of {name}", key="compare-alike"):
        return as_they_are
    st.caption(
        f"Now all stand under the answers and assumptions of **{name}**; what is kept does not change."
    )
    return session.kept(
        "compared_alike",
        (tuple(scenarios), reference, decision),
        lambda: compared(under_same(scenarios, reference)),
    )


def _some(titles: list[str], most: int = 4) -> str:
    more = [f"and {len(titles) - most:,} more"] if len(titles) > most else []
    return ", ".join([*titles[:most], *more])


# ---------------------------------------------------------------------- what there is


def _candidates() -> dict[str, _Candidate]:
    """Return what may be compared, by a key of its own."""
    # Notes and choices of pages change no number: without them a click elsewhere compares nothing anew.
    now = replace(session.scenario(), name="Now", notes="", settings={})
    opened, decision = session.document().base, session.decision()
    label = "Now: what is open" if now.placement is None else "Now: what is open, with its placement"
    found = {_NOW: _Candidate(label, now)}
    if session.document().steps:
        nodes = tuple(node for node in now.unit if node in opened.row_of)
        first = replace(now, name="As opened", document=Document.of(opened), unit=nodes, placement=None)
        found[_OPENED] = _Candidate("As opened: the chart before your changes", first)
    for item in () if decision is None else decision.now.alternatives:
        if item.placement != now.placement:
            placed = replace(now, name=item.title, placement=item.placement)
            found[_PLACE + item.key] = _Candidate(f"Place: {item.title}{' (today)' * item.today}", placed)
    kept = ()
    if keeping.store() is not None:
        kept = keeping.attempt(lambda store: store.scenarios(keeping.owner())) or ()
    for one in kept:
        found[_KEPT + one.id] = _Candidate(f"Saved: {one.name or 'without a name'}", None)
    if (scenario := _from_file()) is not None:
        found[_FILE] = _Candidate(f"File: {scenario.title}", scenario)
    return found


def _fetched(key: str, candidate: _Candidate) -> Scenario | None:
    """Return a scenario; one that is saved is read from the store, once a version."""
    if candidate.scenario is not None:
        return candidate.scenario
    identity = key.removeprefix(_KEPT)
    content = keeping.attempt(lambda store: store.content(keeping.owner(), identity))
    if content is None:
        return None
    read = st.session_state.setdefault("_compare_read", {})
    if identity not in read or read[identity][0] != content:
        try:
            scenario = keeping.scenario_of(content)
        except OrgModelError as error:
            st.error(plain(str(error)))
            return None
        read[identity] = (
            content,
            replace(scenario, name=scenario.name or content.name, notes="", settings={}),
        )
    return read[identity][1]


def _from_file() -> Scenario | None:
    """Return the scenario of the uploaded file; None where there is none, or after saying why not."""
    upload = st.session_state.get(session.file_key("compare-file"))
    if upload is None:
        return None
    try:
        scenario = session.kept("compare_upload", (upload.file_id,), lambda: _read(upload))
    except OrgModelError as error:
        st.error(plain(str(error)))
        return None
    return replace(scenario, name=scenario.name or upload.name, notes="", settings={})


def _read(upload: UploadedFile) -> Scenario:
    """Return the scenario in a file, if this server takes one so large."""
    if upload.size > largest_file(_MOST_MEGABYTES) << 20:
        raise LimitError(f"A scenario file may have up to {largest_file(_MOST_MEGABYTES):,} MB here.")
    scenario = scenario_from_json(upload.getvalue())
    check_boxes(len(scenario.organization))
    return scenario


def _choose_file(key: str) -> None:
    """Choose a file as soon as it is there, where there is room for one more."""
    chosen = st.session_state.get(key, [])
    if st.session_state.get(session.file_key("compare-file")) and len(chosen) < MOST and _FILE not in chosen:
        st.session_state[key] = [*chosen, _FILE]


def _keep_possible(key: str, found: dict[str, _Candidate]) -> None:
    """Choose something at first; what has gone since is not chosen any more."""
    state = st.session_state
    if key not in state:
        decision = session.decision()
        first = [one for one in (_OPENED, _NOW) if one in found]
        if decision is not None:
            best = [_PLACE + decision.now.alternatives[at].key for at in decision.now.order]
            first += [one for one in best if one in found]
        state[key] = first[:_AT_FIRST]
    elif any(one not in found for one in state[key]):
        state[key] = [one for one in state[key] if one in found]
