"""The form: everything that can be done to one person of the chart, without a mouse."""

from __future__ import annotations

from typing import Final

import streamlit as st

from components import session
from components.drawing import selected
from components.editing import attempt
from components.line_form import show_lines
from components.names import function_title
from components.node_choice import choose_node, set_node
from components.text import plain
from orgmodel.edits import Add, Edit, Move, Remove
from orgmodel.operations import NewNode, free_ids
from orgmodel.organization import BUSINESS_FUNCTIONS, Organization
from orgmodel.wording import counted

_PERSON: Final = "form"
_BOSS: Final = "form-boss"
_UNHELD: Final = {"": "Held by somebody", "vacant": "Vacant", "placeholder": "Placeholder"}
_WHERE: Final = {"report": "Reports to them", "colleague": "Stands beside them, under the same manager"}


def show_form() -> None:
    """Show whom the form is about, and what can be done to them."""
    chart = session.organization()
    _follow_drawing()
    node = choose_node("Who", "Find whom to change", _PERSON, _proposed(chart))
    _show_unit(node)
    fields, place = st.columns(2, gap="large")
    with fields:
        st.markdown("**What is said of them**")
        _show_fields(chart, node)
        st.markdown("**Add somebody**")
        _show_adding(node)
    with place:
        st.markdown("**Where they stand**")
        _show_moving(chart, node)
        st.markdown("**Lines beside the reporting line**")
        show_lines(chart, node)
        st.markdown("**Delete**")
        _show_deleting(chart, node)


def _follow_drawing() -> None:
    """Take the person selected in the drawing, when that is another one than before."""
    drawn = selected()
    if drawn != st.session_state.get("followed_selection", ()):
        st.session_state.followed_selection = drawn
        if drawn:
            set_node(_PERSON, drawn[0])


def _proposed(chart: Organization) -> str:
    return next(iter(session.unit()), str(chart.ids[chart.roots[0]]))


# ---------------------------------------------------------------------- fields


def _show_fields(chart: Organization, node: str) -> None:
    """Show what is said of a node, to be changed."""
    row = chart.row(node)
    before = {
        "name": str(chart.names[row]),
        "title": str(chart.titles[row]),
        "unit": str(chart.units[row]),
        "function": str(chart.functions[row]),
        "headcount": float(chart.headcount[row]),
        "location": str(chart.locations[row]),
        "status": str(chart.statuses[row]),
    }
    told = function_title(session.reading().functions[row])
    # Other values are another form, so that it shows what is true now.
    form = session.key(f"fields-{hash((node, told, *before.values()))}")
    statuses = list(dict.fromkeys([*_UNHELD, before["status"]]))
    keys = {column: f"{form}-{column}" for column in before}
    with st.form(form):
        # Row by row: columns from top to bottom would be gone through one after the other by keyboard.
        left, right = st.columns(2)
        left.text_input("Name", before["name"], key=keys["name"])
        right.text_input("Title", before["title"], key=keys["title"])
        left, right = st.columns(2)
        left.text_input("Unit", before["unit"], key=keys["unit"])
        right.text_input("Location", before["location"], key=keys["location"])
        left, right = st.columns(2)
        left.number_input("People", 0.0, None, before["headcount"], 1.0, format="%g", key=keys["headcount"])
        right.selectbox(
            "Status",
            statuses,
            statuses.index(before["status"]),
            format_func=lambda status: _UNHELD.get(status, status),
            key=keys["status"],
        )
        st.selectbox(
            "Function",
            ["", *BUSINESS_FUNCTIONS],
            ["", *BUSINESS_FUNCTIONS].index(before["function"]),
            format_func=lambda function: (
                function_title(function)
                if function
                else "As title and unit say"
                if before["function"]
                else f"{told} (as title and unit say)"
            ),
            key=keys["function"],
        )
        st.form_submit_button(
            "Save", icon=":material/check:", on_click=_save, args=(node, before, keys), key=f"{form}-save"
        )


def _save(node: str, before: dict[str, str | float], keys: dict[str, str]) -> None:
    wanted = {column: st.session_state[key] for column, key in keys.items()}
    attempt(*(Edit((node,), column, wanted[column]) for column in before if wanted[column] != before[column]))


# ---------------------------------------------------------------------- adding, moving, deleting


def _show_adding(node: str) -> None:
    """Show fields for a new person; they are empty again after each, for the next one."""
    with st.form(session.key("add"), clear_on_submit=True):
        left, right = st.columns(2)
        left.text_input("Name", key=session.key("add-name"))
        right.text_input("Title", key=session.key("add-title"))
        st.radio(
            "Where",
            list(_WHERE),
            format_func=_WHERE.get,
            key=session.key("add-where"),
            label_visibility="collapsed",
        )
        st.form_submit_button(
            "Add", icon=":material/person_add:", on_click=_add, args=(node,), key=session.key("add-submit")
        )


def _add(node: str) -> None:
    chart, state = session.organization(), st.session_state
    name, title = (state[session.key(f"add-{field}")].strip() for field in ("name", "title"))
    if not name and not title:
        attempt(refused=["Say a name or a title of the new person."])
        return
    manager = node
    if state[session.key("add-where")] == "colleague":
        manager = manager_of(chart, node)
    attempt(Add((NewNode(next(free_ids(chart.row_of)), manager, name=name, title=title),)))


def manager_of(chart: Organization, node: str) -> str | None:
    """Return the id of the solid manager; None at the top."""
    boss = int(chart.manager[chart.row(node)])
    return str(chart.ids[boss]) if boss >= 0 else None


def _show_moving(chart: Organization, node: str) -> None:
    boss = manager_of(chart, node)
    below = len(chart.subtree(chart.row(node))) - 1
    now = "stands at the top" if boss is None else f"reports to **{plain(chart.label(chart.row(boss)))}**"
    st.markdown(
        f"{plain(chart.label(chart.row(node)))} {now}"
        + (f", with {counted(below, 'box', 'boxes')} below." if below else ".")
    )
    wanted = choose_node("Their new manager", "Find their new manager", _BOSS)
    with st.container(horizontal=True):
        st.button(
            "Move",
            icon=":material/move_down:",
            disabled=wanted is None,
            on_click=attempt,
            args=(Move((node,), wanted or ""),),
            key=session.key("form-move"),
            help="Everything below goes along.",
        )
        st.button(
            "Put at the top",
            icon=":material/vertical_align_top:",
            disabled=boss is None,
            on_click=attempt,
            args=(Move((node,), ""),),
            key=session.key("form-to-top"),
        )


def _show_deleting(chart: Organization, node: str) -> None:
    boss = manager_of(chart, node)
    reports = len(chart.direct_reports(chart.row(node)))
    with_all_below = False
    if reports:
        below = len(chart.subtree(chart.row(node))) - 1
        verbs = ("has", "reports") if reports == 1 else ("have", "report")
        then = (
            f"{verbs[0]} no boss" if boss is None else f"{verbs[1]} to {plain(chart.label(chart.row(boss)))}"
        )
        with_all_below = st.radio(
            "What becomes of those below",
            [False, True],
            format_func=lambda gone: (
                f"Everybody below ({counted(below, 'box', 'boxes')}) goes too"
                if gone
                else f"{counted(reports, 'direct report')} then {then}"
            ),
            # Options in other words are another field: what it held would not be found among them.
            key=session.key(f"form-below-{hash((node, then, reports, below))}"),
        )
    st.button(
        f"Delete {plain(chart.label(chart.row(node)))}",
        icon=":material/delete:",
        on_click=_delete,
        args=(node, boss, with_all_below),
        key=session.key("form-delete"),
    )


def _delete(node: str, boss: str | None, with_all_below: bool) -> None:  # noqa: FBT001  # args of a button
    if attempt(Remove((node,), with_all_below)):
        set_node(_PERSON, boss)


def _show_unit(node: str) -> None:
    st.button(
        "This is customer service" if session.unit() == (node,) else "Make this customer service",
        icon=":material/support_agent:",
        disabled=session.unit() == (node,),
        on_click=session.choose_unit,
        args=((node,),),
        key=session.key("form-unit"),
    )
