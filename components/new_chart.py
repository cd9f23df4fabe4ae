"""A chart from nothing: a template, one box, a pasted list; a list also goes below somebody of the chart."""

from __future__ import annotations

from typing import Final

import streamlit as st

from components import session
from components.editing import attempt, say
from components.history import BESIDE
from components.node_choice import choose_node
from components.text import plain
from hosting.limits import LimitError, check_boxes
from orgmodel.edits import Add
from orgmodel.errors import OrgModelError
from orgmodel.importing import read_organization
from orgmodel.importing.writing.kinds import write_organization
from orgmodel.operations import NewNode, add_nodes
from orgmodel.organization import Organization
from orgmodel.outlines import lines_without_names, nodes_from_outline
from orgmodel.templates import TEMPLATES, template
from orgmodel.wording import counted, quoted

_NAMED: Final = 5
_PREVIEWED: Final = 15
_PASTED: Final = "Pasted list"
_EXAMPLE: Final = "Ann Abt, Chief executive\n    Bob Bay, Sales\n        Cem Can\n    Dee Dow, Operations"


def show_new_chart() -> None:
    """Show the ways to begin a chart; the open one is set aside with its changes."""
    if session.document().steps:
        st.caption(
            "When you begin another chart, the open one is kept with its changes; "
            "the sidebar then leads back to it."
        )
    name = st.text_input(
        "Name of the new chart", max_chars=80, placeholder="As what it begins with", key="new-name"
    )
    begin, paste = st.columns(2, gap="large")
    with begin:
        st.markdown("**Begin a chart**")
        _show_templates(name)
    with paste:
        st.markdown("**Paste a list**")
        _show_paste(name)


def _show_templates(name: str) -> None:
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
        on_click=lambda: begin_with(template(wanted), name or TEMPLATES[wanted].title),
        key="begin-template",
    )


def begin_with(chart: Organization, name: str) -> None:
    """Open a chart made here as if it had been read from a file, so that everything else works with it."""
    name = " ".join(name.split()) or _PASTED
    try:
        check_boxes(len(chart))
        session.open_report(read_organization(write_organization(chart, "json"), filename=name), name)
    except LimitError as error:
        say("", [str(error)])
        return
    # What is below would hide the drawing, where the new chart is.
    st.session_state[BESIDE] = None
    say(f"New chart: {name}. It stands above.")


def _show_paste(name: str) -> None:
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
        alone = nodes_from_outline(text, {})
    except OrgModelError as error:
        st.error(plain(str(error)))
        return
    st.markdown(f"{counted(len(pasted), 'person', 'people')}:")
    st.code(_as_tree(alone), language=None, wrap_lines=True)
    if unused := lines_without_names(text):
        st.warning(_in_words(unused))
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
        args=(add_nodes(_EMPTY, alone), name or _PASTED),
        key="paste-begin",
    )


_EMPTY: Final = Organization.from_columns([], [])


def _as_tree(nodes: tuple[NewNode, ...]) -> str:
    """Return the first of some nodes as an indented list, with how many more there are."""
    depth: dict[str, int] = {}
    lines = []
    for node in nodes[:_PREVIEWED]:
        depth[node.id] = depth[node.manager] + 1 if node.manager in depth else 0
        lines.append(f"{'    ' * depth[node.id]}{', '.join(filter(None, (node.name, node.title)))}")
    more = len(nodes) - _PREVIEWED
    return "\n".join([*lines, f"... and {more:,} more"] if more > 0 else lines)


def _in_words(unused: tuple[tuple[int, str], ...]) -> str:
    """Return which lines are left out because they do not look like names."""
    named = ", ".join(f"line {number:,} ({plain(quoted(text))})" for number, text in unused[:_NAMED])
    more = f" and {len(unused) - _NAMED:,} more" if len(unused) > _NAMED else ""
    verbs = ("does", "is") if len(unused) == 1 else ("do", "are")
    return (
        f"{counted(len(unused), 'line')} {verbs[0]} not look like names (no letters in them) and "
        f"{verbs[1]} left out: {named}{more}."
    )


def _add(nodes: tuple[NewNode, ...]) -> None:
    if attempt(Add(nodes)):
        st.session_state[session.key("paste")] = ""
