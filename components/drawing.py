"""The drawing on the page: what it says is done to the open chart, what has changed since is told to it.

The chart in the session is the only true one. The browser draws what its reader does at once and says which
operations that were, each with a number; they are done in that order, each once. The answer is what has
changed since the revision that the browser says it has, and why what was refused was refused.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

import streamlit as st

from components import canvas_messages as messages
from components import session
from components.org_canvas import org_canvas
from components.structure_choice import after_label
from orgmodel.changes import Change
from orgmodel.edits import operation_from_json
from orgmodel.errors import OrgModelError
from orgmodel.importing.writing.kinds import KINDS, write_organization
from orgmodel.indicators import INDICATORS
from orgmodel.sweep import Survey

_KEY: Final = "org-canvas"
_MOST_REMEMBERED: Final = 30
_LONGEST_CLIENT: Final = 20
_MOST_AT_ONCE: Final = 1_000
_LONGEST_REFUSAL: Final = 500
_INDICATORS: Final = frozenset(item.name for item in INDICATORS)
#: A chart that changed so much is sent as a whole.
_MOST_CELLS: Final = 5_000


@dataclass
class _Talk:
    """What was said about one document: what the browser has, what it was answered.

    ``held`` is the revision that the browser has; None when it has none. ``dealt_with`` is the last operation
    of each browser that was done or refused, ``codes`` the functions as they were at the revisions told.
    ``surveys`` counts the surveys so far: values belong to one chart, one customer service, one set of
    assumptions.
    """

    document: str
    held: int | None = None
    client: str = ""
    message: int = 0
    dealt_with: dict[str, int] = field(default_factory=dict)
    refused: list[tuple[int, str]] = field(default_factory=list)
    wanted: Mapping[str, Any] = field(default_factory=dict)
    codes: dict[int, messages.Codes] = field(default_factory=dict)
    survey: Survey | None = None
    surveys: int = 0


class _Said(NamedTuple):
    """What the browser says: which one it is, what it has, what was done in it, what it wants."""

    client: str
    message: int
    document: str
    revision: int
    operations: list[tuple[int, object]]
    wanted: dict[str, Any]

    @classmethod
    def read(cls, said: Mapping[str, Any]) -> _Said:
        """Return it checked; what makes no sense is one of the usual errors."""
        want = said["want"]
        wanted: dict[str, Any] = {"chart": bool(want.get("chart"))}
        if "values" in want:
            wanted["values"] = [name for name in map(str, want["values"]) if name in _INDICATORS]
        if str(want.get("file")) in KINDS:
            wanted["file"] = str(want["file"])
        if "selected" in want:
            wanted["selected"] = tuple(map(str, want["selected"]))
        return cls(
            client=str(said["client"])[:_LONGEST_CLIENT],
            message=int(said["message"]),
            document=str(said["document"]),
            revision=int(said["revision"]),
            # The others are said again with the next message.
            operations=[(int(number), data) for number, data in said["operations"][:_MOST_AT_ONCE]],
            wanted=wanted,
        )


def show_canvas(*, follows: bool = False) -> None:
    """Show the open chart as a drawing; ``follows`` says that the page wants to know who is selected."""
    org_canvas({**_message(_talk()), "follows": follows}, key=_KEY, on_said=_hear)


def selected() -> tuple[str, ...]:
    """Return the ids of the nodes that are selected in the drawing, as far as they are there."""
    chart = session.organization()
    return tuple(node for node in st.session_state.get("drawn_selection", ()) if node in chart.row_of)


def _talk() -> _Talk:
    talk = st.session_state.get("_canvas_talk")
    if talk is None or talk.document != session.document_id():
        # What was dealt with before another chart was opened is not done to this one.
        known = {} if talk is None else {"client": talk.client, "message": talk.message}
        dealt = {} if talk is None else {"dealt_with": talk.dealt_with, "refused": talk.refused}
        talk = _Talk(session.document_id(), **known, **dealt)
        st.session_state["_canvas_talk"] = talk
    return talk


# ---------------------------------------------------------------------- hearing


def _hear() -> None:
    """Do what the browser says; whatever it is, it cannot do more than refuse or be ignored."""
    talk = _talk()
    try:
        said = _Said.read(st.session_state[_KEY].said)
    except (TypeError, ValueError, KeyError, AttributeError, OverflowError):
        return
    if said.document == talk.document:
        talk.held, talk.wanted = (None if said.wanted.get("chart") else said.revision), said.wanted
        talk.refused = talk.refused[-_MOST_REMEMBERED:]
        if "selected" in said.wanted:
            st.session_state.drawn_selection = said.wanted["selected"]
        for number, data in said.operations:
            if number > talk.dealt_with.get(said.client, 0):
                refused = _done(data)
                # Another click may end the run at any time before: what is not done is said again.
                talk.dealt_with[said.client] = number
                if refused:
                    talk.refused.append((number, refused[:_LONGEST_REFUSAL]))
    else:
        # Meant for a chart that is not open any more; the answer brings the one that is.
        talk.held, talk.wanted = None, {}
    talk.client, talk.message = said.client, said.message


def _done(data: object) -> str:
    """Do one operation as the browser says it; return why not, else an empty text."""
    what = data.get("do") if isinstance(data, dict) else None
    if what == "undo":
        session.undo_edit()
    elif what == "redo":
        session.redo_edit()
    elif what == "unit":
        nodes = data.get("nodes")
        session.choose_unit(tuple(map(str, nodes)) if isinstance(nodes, list) else ())
    else:
        try:
            return session.edit(operation_from_json(data))
        except OrgModelError as error:
            return str(error)
    return ""


# ---------------------------------------------------------------------- telling


def _message(talk: _Talk) -> dict[str, Any]:
    document, chart, survey = session.document(), session.organization(), session.survey()
    if survey is not talk.survey:
        talk.survey, talk.surveys = survey, talk.surveys + 1
    found: dict[str, Any] = {
        "survey": talk.surveys,
        "name": session.chart_name(),
        "stem": session.file_stem(),
        "document": talk.document,
        "revision": document.revision,
        "heard": [talk.client, talk.dealt_with.get(talk.client, 0), talk.message],
        "refused": talk.refused,
        "can_undo": document.can_undo,
        "can_redo": document.can_redo,
        "undo_title": document.steps[-1].title if document.can_undo else "",
        "redo_title": document.undone[0].title if document.can_redo else "",
        "unit": list(session.unit()),
        **_news(talk),
    }
    if survey is not None:
        chosen, label = session.moved(session.placement()), "Today"
        if chosen is not None:
            label = after_label(survey, session.placement())
        found["heads"] = messages.heads(survey)
        found["headlines"] = messages.headlines(survey.current)
        found["routes"] = messages.routes(chosen or survey.current, label)
        if names := talk.wanted.get("values"):
            found["values"] = messages.values(survey, talk.surveys, names)
    if kind := talk.wanted.get("file"):
        found["file"] = {
            "name": f"{session.file_stem()}.{KINDS[kind].ending}",
            "mime": KINDS[kind].mime_type,
            "base64": base64.b64encode(write_organization(chart, kind)).decode(),
            "token": f"{talk.client}-{talk.message}",
        }
    return found


def _news(talk: _Talk) -> dict[str, Any]:
    """Return what the browser does not have yet: some changes, or the whole chart."""
    document, chart = session.document(), session.organization()
    now = messages.codes(session.reading().functions)
    changes = None if talk.held is None else document.changes_since(talk.held)
    told = talk.codes
    talk.codes = {**told, document.revision: now}
    while len(talk.codes) > _MOST_REMEMBERED:
        del talk.codes[next(iter(talk.codes))]
    if changes is None or sum(map(_size, changes)) > _MOST_CELLS:
        return {
            "settings": messages.SETTINGS,
            "chart": messages.columns(chart),
            "functions": messages.all_codes(now),
        }
    return {
        "base": talk.held,
        "changes": [change.to_json() for change in changes],
        "functions": _functions(told, talk.held, now),
    }


def _functions(
    told: Mapping[int, messages.Codes], held: int | None, now: messages.Codes
) -> Mapping[str, Any]:
    """Return the functions that the browser may not have.

    It says which revision it has only when it has something to say, so it may be at any that was told since.
    """
    document = session.document()
    since = {revision: document.changes_since(revision) for revision in told if revision >= held}
    if held not in since or any(changes is None for changes in since.values()):
        return messages.all_codes(now)
    found = [
        messages.changed_codes(told[revision], changes, now, document.organization)
        for revision, changes in since.items()
    ]
    if any("all" in one for one in found):
        return messages.all_codes(now)
    return {"changed": list(dict.fromkeys(one for each in found for one in each["changed"]))}


def _size(change: Change) -> int:
    return len(change.cells) + 5 * (len(change.added) + len(change.removed))
