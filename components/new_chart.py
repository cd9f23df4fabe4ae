"""A chart from nothing: a template, one box, a pasted list; a list also goes below somebody of the chart."""

from __future__ import annotations

from typing import Final

import streamlit as st

from components import session
from components.editing import attempt, show_outcome
from components.node_choice import choose_node
from components.text import plain
from orgmodel.edits import Add
from orgmodel.errors import OrgModelError
from orgmodel.importing import read_organization
from orgmodel.importing.writing.kinds import write_organization
from orgmodel.operations import NewNode, add_nodes
from orgmodel.organization import Organization
from orgmodel.outlines import nodes_from_outline
from orgmodel.templates import TEMPLATES, template
from orgmodel.wording import counted

_NAMED: Final = 5
_PASTED: Final = "Pasted list"
_EXAMPLE: Final = "Ann Abt, Chief executive\n    Bob Bay, Sales\n        Cem Can\n    Dee Dow, Operations"


def show_new_chart() -> None:
    """Show the ways to begin a chart; the open one is set aside with its changes."""
    show_outcome()
    if steps := len(session.document().steps):
        st.caption(
            f"The {counted(steps, 'change')} in the open chart {'is' if steps == 1 else 'are'} kept: "
            "the sidebar leads back to it."
        )
    begin, paste = st.columns(2, gap="large")
    with begin:
        st.markdown("**Begin a chart**")
        _show_templates()
    with paste:
        st.markdown("**Paste a list**")
        _show_paste()


def _show_templates() -> None:
    wanted = st.radio(
        "What to begin with",
        list(TEMPLATES),
        format_func=lambda name: TEMPLATES[name].title,
        captions=[TEMPLATES[name].describes for name in TEMPLATES],
        key="template",
        label_visibility="collapsed",
    )
    st.button(
        "Begin",
        icon=":material/add_box:",
        type="primary",
        on_click=lambda: begin_with(template(wanted), TEMPLATES[wanted].title),
        key="begin-template",
    )


def begin_with(chart: Organization, name: str) -> None:
    """Open a chart made here as if it had been read from a file, so that everything else works with it."""
    session.open_report(read_organization(write_organization(chart, "json"), filename=f"{name}.json"))


def _show_paste() -> None:
    """Show a field for a list, what it would become, and buttons for where it goes."""
    text = st.text_area(
        "Indented names, or two columns from a spreadsheet: person and manager",
        height=180,
        placeholder=_EXAMPLE,
        key=session.key("paste"),
        help="One person a line. Whoever is indented more reports to the one above. Write a title after a "
        "comma, or in brackets.",
    )
    if not text.strip():
        return
    chart = session.organization()
    below = choose_node("Below", "Find a manager", "paste-below")
    try:
        pasted = nodes_from_outline(text, chart.row_of, below or "")
        alone = add_nodes(_EMPTY, nodes_from_outline(text, {}))
    except OrgModelError as error:
        st.error(plain(str(error)))
        return
    st.markdown(_in_words(pasted))
    st.button(
        "Add below the one chosen",
        icon=":material/group_add:",
        disabled=below is None,
        on_click=_add,
        args=(pasted,),
        key="paste-add",
    )
    st.button(
        "Make it a new chart",
        icon=":material/add_box:",
        on_click=begin_with,
        args=(alone, _PASTED),
        key="paste-begin",
    )


_EMPTY: Final = Organization.from_columns([], [])


def _in_words(nodes: tuple[NewNode, ...]) -> str:
    named = ", ".join(plain(node.name or node.title) for node in nodes[:_NAMED])
    more = f" and {len(nodes) - _NAMED:,} more" if len(nodes) > _NAMED else ""
    return f"{counted(len(nodes), 'person', 'people')}: {named}{more}."


def _add(nodes: tuple[NewNode, ...]) -> None:
    if attempt(Add(nodes)):
        st.session_state[session.key("paste")] = ""
