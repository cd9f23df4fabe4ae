"""What is kept of this tab: a draft after every change, what it was saved as, and whose it is.

Every state is a `Content` of the store: the chart as it was opened and the file it was read from (both kept
once, however many versions there are), and the rest as JSON. Drafts are kept in the background; saving under
a name waits for the store.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any, Final, NamedTuple, TypeVar

import streamlit as st

from components import choices, session
from components.browser_key import hold_secret, secret_of_browser
from components.examples import EXAMPLES
from components.limits import let_in
from components.names import unit_name
from components.text import plain
from components.visitor import signed_in
from hosting.limits import check_boxes
from hosting.settings import database_url, settings
from orgmodel.document import Document
from orgmodel.errors import NotKeptError, OrgModelError, StoreAwayError, StoreError
from orgmodel.importing import ImportReport
from orgmodel.importing.keeping import read_report, written_report
from orgmodel.importing.reading import read_organization
from orgmodel.importing.writing.kinds import write_organization
from orgmodel.organization import Organization
from orgmodel.scenarios import (
    Scenario,
    read_chart,
    scenario_and_losses,
    scenario_to_json,
    written_chart,
)
from orgmodel.store import Content, Limits, Store, Version, new_owner
from orgmodel.store.keeper import Draft, Keeper

#: What the address of the page names the draft by.
WORK: Final = "work"
_MOST_ROWS: Final = 200_000  # of a file that is kept beside its chart, so that it can be decided about again
_PATIENCE: Final = 3.0
_NOT_HERE: Final = (
    "This address is that of work kept from another browser, or not kept any more. To show your work to "
    "somebody, make a link on the page *Share*."
)
_NOT_YET: Final = (
    "The database cannot be reached just now, so what was open here cannot be shown yet. It is kept: load "
    "this page anew in a moment."
)
_DEMO: Final = (
    "This is a demo, and it keeps nothing. What you do here is gone when you close this tab. Download on the "
    "pages Scenarios and Report what you want to have."
)
T = TypeVar("T")


# ---------------------------------------------------------------------- the store


@st.cache_resource(show_spinner=False)
def _opened(url: str | None) -> tuple[Store, Keeper]:
    known = settings()
    limits = Limits(kept_bytes=known.kept_mb * 1_000_000, links_per_hour=known.links_per_hour)
    found = Store.open(url, limits=limits)
    return found, Keeper(found)


def _found() -> tuple[Store, Keeper] | None:
    if settings().demo:
        st.session_state.no_store = _DEMO
        return None
    try:
        return _opened(database_url())
    except StoreError as error:
        st.session_state.no_store = str(error)
        return None


def store() -> Store | None:
    """Return where things are kept; None where nothing can be, `why_nothing` says why."""
    found = _found()
    return None if found is None else found[0]


def why_nothing() -> str:
    """Return why nothing is kept, not yet escaped; empty where it is."""
    if st.session_state.get("keep_nothing"):
        return "You have asked that nothing more of this tab is kept."
    return "" if _found() else st.session_state.no_store


def owner() -> str:
    """Return the secret by which this browser is known, or whoever signed in."""
    return st.session_state.owner


def attempt(call: Callable[[Store], T]) -> T | None:
    """Return what a call of the store gives; None where that cannot be, after saying why."""
    found = store()
    if found is None:
        st.error(plain(why_nothing()))
        return None
    try:
        return call(found)
    except OrgModelError as error:
        st.error(plain(str(error)))
        return None


# ---------------------------------------------------------------------- the session


def start() -> None:
    """Begin a session: go on with the draft that the address names, else open the first example."""
    if session.is_begun():
        return
    session.begin()
    state = st.session_state
    state.owner, state.owner_is_new = _who_is_there()
    let_in(state.owner)
    state.draft = None
    # A page that ran without the frame was left for it, and with it went what its address says.
    _page, address = state.get("wanted_page", ("", st.query_params))
    if not _resumed(address.get(WORK, "")):
        session.open_example(next(iter(EXAMPLES)))


def _who_is_there() -> tuple[str, bool]:
    """Return the secret of who is there, and whether nothing can be kept under it yet."""
    person = signed_in()
    if person is None:
        brought = secret_of_browser()
        return brought or new_owner(), brought is None
    attempt(lambda found: found.know(person.owner, person.email))
    return person.owner, False


def _resumed(draft_id: str) -> bool:
    """Open the draft that the address names; return whether that was possible."""
    found = _found()
    if not draft_id or found is None:
        return False
    try:
        _open_draft(found, draft_id)
    except NotKeptError:
        st.session_state.said = _NOT_HERE
        return False
    except StoreAwayError:
        st.session_state.said = _NOT_YET
        return False
    except OrgModelError as error:
        st.session_state.said = f"What was open here cannot be shown: {plain(str(error))}"
        return False
    return True


def _open_draft(found: tuple[Store, Keeper], draft_id: str) -> None:
    """Open a draft and go on with it."""
    state, (kept, keeper) = st.session_state, found
    keeper.flush(draft_id, _PATIENCE)
    at = kept.drafted_at(state.owner, draft_id)
    _open(kept.draft(state.owner, draft_id))
    state.draft = Draft(keeper, state.owner, draft_id, at)
    state.draft_of, state.kept_state = session.document_id(), _state_now()


def continue_draft(draft_id: str) -> bool:
    """Go on with another draft of this browser; what is open now stays as one. Return whether it is there."""
    found = _found()
    if found is None:
        return False
    leave_draft()
    attempt(lambda _store: _open_draft(found, draft_id))
    return draft() is not None


def hold_browser() -> None:
    """Have the browser remember who it is; where another tab was first, go by what that one said.

    Only what a new secret has kept goes along: whoever can plant a cookie in a browser, as a neighbour on the
    same host can, is not to be given all that was kept from it before.
    """
    state = st.session_state
    if signed_in() is not None or settings().demo:
        return
    other = hold_secret(state.owner)
    state.cookie_refused = other == ""
    if other:
        before, state.owner = state.owner, other
        if state.draft is not None:
            state.draft.owner = other
        if state.owner_is_new:
            attempt(lambda found: found.adopt(before, other))


def keep() -> None:
    """Keep a draft of what is open where something has changed since."""
    state, found = st.session_state, _found()
    if found is None or state.get("keep_nothing"):
        return
    now = _state_now()
    if not _is_as("kept_state", now):
        if state.draft is None and session.is_untouched():
            return
        if state.draft is None or state.draft_of != session.document_id():
            state.draft, state.draft_of = Draft(found[1], state.owner), session.document_id()
        state.draft.keep(_maker(session.scenario()))
        state.kept_state = now
    if state.draft is not None and st.query_params.get(WORK) != state.draft.id:
        st.query_params[WORK] = state.draft.id


def draft() -> Draft | None:
    """Return the draft of this tab; None where nothing is to be kept yet."""
    return st.session_state.draft


def is_kept(seconds: float) -> bool:
    """Return whether the draft of this tab is kept, after waiting for it so long at most."""
    found, now = _found(), draft()
    return now is None or (found is not None and found[1].flush(now.id, seconds))


def leave_draft() -> None:
    """Begin a draft of its own with what is opened next.

    The one before stays as it is; where it is a saved version word for word, that one is enough.
    """
    state = st.session_state
    if saved_as() and not changed_since_saved():
        _drop_draft()
    else:
        keep()
        is_kept(_PATIENCE)  # so that lists have it
    state.draft = state.kept_state = None


def keep_nothing(*, really: bool) -> None:
    """Keep nothing more of this tab, and take away what was; or keep drafts again."""
    state = st.session_state
    state.keep_nothing = really
    if really:
        _drop_draft()
        if WORK in st.query_params:
            del st.query_params[WORK]


def _drop_draft() -> None:
    state, before = st.session_state, draft()
    if before is not None:
        before.forget()
        is_kept(_PATIENCE)  # what is just being written is not written afterwards
        state.draft = None
        attempt(lambda found: found.drop_draft(state.owner, before.id))


class _State(NamedTuple):
    """What is compared to tell whether something was changed."""

    document: Document
    report: ImportReport
    said: tuple[Any, ...]
    chosen: Mapping[str, Any]


def _state_now() -> _State:
    now = session.scenario()
    said = (now.name, now.notes, now.unit, now.placement, now.added, now.answers, now.assumptions, saved_as())
    return _State(
        now.document, session.report(), (*said, now.settings["chart_name"]), now.settings["choices"]
    )


def _is_as(which: str, now: _State) -> bool:
    """Return whether nothing was changed since a state that is remembered under that name.

    Charts and files are compared by identity. What was not known of it before is remembered too.
    """
    before: _State | None = st.session_state.get(which)
    same = (
        before is not None
        and before.document is now.document
        and before.report is now.report
        and before.said == now.said
        and choices.is_same(before.chosen, now.chosen)
    )
    if same:
        st.session_state[which] = now
    return same


# ---------------------------------------------------------------------- saving and opening


def saved_as() -> tuple[str, int, str] | None:
    """Return the saved scenario that is open, its version and its name; None where it is not saved."""
    return st.session_state.get("saved")


def changed_since_saved() -> bool:
    """Return whether something is different from the version that was saved or opened."""
    return not _is_as("saved_state", _state_now())


def save(*, as_another: bool = False, note: str = "") -> Version | None:
    """Save what is open under its name, as a new version of what it was saved as before."""
    saved = None if as_another else saved_as()
    content, save_id = content_now(), secrets.token_urlsafe(16)
    version = attempt(
        lambda found: found.save(owner(), content, saved[0] if saved else "", note=note, save_id=save_id)
    )
    if version is not None:
        _note_saved((version.scenario_id, version.number, version.name))
        keep()
    return version


def content_now() -> Content:
    """Return what is open, as it is kept."""
    return _maker(session.scenario())()


def content(scenario: Scenario | None = None) -> Content:
    """Return a scenario as it is kept, without the file it was read from; without one, what is open."""
    if scenario is None:
        return content_now()
    chart = written_chart(scenario.document.base)
    return Content(scenario.title, scenario_to_json(scenario, chart=False), chart, b"", {})


def scenario_of(content: Content) -> Scenario:
    """Return the scenario of what is kept."""
    return scenario_and_losses(content.data, read_chart(content.chart))[0]


def open_content(content: Content, *, scenario_id: str = "", number: int = 0) -> None:
    """Open what is kept; what is open now stays as a draft."""
    leave_draft()
    _open(content)
    _note_saved((scenario_id, number, content.name) if scenario_id else None)


def _note_saved(saved: tuple[str, int, str] | None) -> None:
    st.session_state.saved = saved
    st.session_state.saved_state = _state_now()


def note_renamed(name: str) -> None:
    """Call what is open as the saved scenario it belongs to is called from now on."""
    state, saved = st.session_state, saved_as()
    if saved is not None:
        changed = changed_since_saved()
        state.scenario_name, state.saved = name, (saved[0], saved[1], name)
        if not changed:
            state.saved_state = _state_now()


def open_scenario(scenario: Scenario) -> None:
    """Open a scenario that is not kept here, such as one of a file; what is open now stays as a draft."""
    check_boxes(len(scenario.organization))
    leave_draft()
    session.open_scenario(scenario, _report_of(b"", scenario), aside=bool(why_nothing()))


def _open(content: Content) -> None:
    base = read_chart(content.chart)
    scenario, losses = scenario_and_losses(content.data, base)
    session.open_scenario(scenario, _report_of(content.source, scenario), aside=bool(why_nothing()))
    st.session_state.unfitting = losses
    match scenario.settings.get("saved"):
        case [str(scenario_id), int(number), str(name), bool(changed)]:
            _note_saved((scenario_id, number, name))
            if changed:
                st.session_state.saved_state = None


def _report_of(source: bytes, scenario: Scenario) -> ImportReport:
    """Return how the file was read; the chart as a file where that is not kept, or reads otherwise by now."""
    base = scenario.document.base
    if source:
        try:
            report = read_report(source)
        except OrgModelError:
            pass
        else:
            if report.organization == base:
                return report
    return read_organization(write_organization(base, "json"), filename=scenario.filename or "chart.json")


# ---------------------------------------------------------------------- contents


class _Parts:
    """The large parts of a content, made once for a chart and its file."""

    def __init__(self, base: Organization, report: ImportReport) -> None:
        self.base, self.report = base, report

    @cached_property
    def chart(self) -> bytes:
        return written_chart(self.base)

    @cached_property
    def source(self) -> bytes:
        return written_report(self.report) if self.report.rows.total <= _MOST_ROWS else b""


def _maker(scenario: Scenario) -> Callable[[], Content]:
    """Return what makes the content of what is open; it may be called in another thread."""
    base, report, state = scenario.document.base, session.report(), st.session_state
    parts = state.get("_kept_parts")
    if parts is None or parts.base is not base or parts.report is not report:
        parts = state["_kept_parts"] = _Parts(base, report)
    name, summary = scenario.name or session.chart_name(), summary_now(scenario)
    saved = saved_as() and [*saved_as(), changed_since_saved()]

    def made() -> Content:
        data = scenario_to_json(scenario, chart=False)
        if saved is not None:
            data["settings"] = {**data.get("settings", {}), "saved": saved}
        return Content(name, data, parts.chart, parts.source, summary)

    return made


def summary_now(scenario: Scenario) -> dict[str, Any]:
    """Return what a list shows of what is open."""
    chart = scenario.organization
    return {
        "chart": session.chart_name(),
        "boxes": len(chart),
        "people": round(float(chart.headcount.sum())),
        "unit": unit_name(),
        "under": _under(scenario),
        "changes": len(scenario.document.steps),
        "answers": len(scenario.answers.replies),
    }


def _under(scenario: Scenario) -> str:
    """Return in short where customer service is placed."""
    chart, placed = scenario.organization, scenario.placement
    rows = (
        [chart.row(boss) for boss, _share in placed.bosses if boss in chart.row_of]
        if placed
        else [int(chart.manager[chart.row(node)]) for node in scenario.unit if node in chart.row_of]
    )
    names = ", ".join(dict.fromkeys(chart.label(row) for row in rows if row >= 0))
    return f"{names} (as in the chart)" if names and placed is None else names
