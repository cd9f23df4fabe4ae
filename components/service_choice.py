"""Which node or nodes are customer service."""

from __future__ import annotations

from collections import Counter
from typing import Final

import numpy as np
import streamlit as st

from components import session
from components.names import node_texts
from components.picker import LONGEST_LIST, found_nodes, search_field
from components.text import plain
from orgmodel.edits import Add
from orgmodel.functions import why_none_is_proposed
from orgmodel.operations import NewNode, free_ids

_OTHER: Final = "other"
_NONE: Final = "none"
_CERTAINTY: Final = {
    "high": ":blue-badge[sure]",
    "medium": ":gray-badge[likely]",
    "low": ":orange-badge[a guess]",
}


def show_service_choice() -> None:
    """Let the reader choose among the proposals, any other nodes, or none."""
    proposals = {found.ids: found for found in session.proposals()}
    if not proposals:
        st.info(why_none_is_proposed(session.organization()))
    options = [*proposals, _OTHER, _NONE]
    unit = session.unit()
    chosen = unit if unit in proposals else _OTHER if unit else _NONE
    names = Counter(found.name for found in proposals.values())
    titles = {_OTHER: "Another node, or several", _NONE: "No customer service in this chart"}
    for ids, found in proposals.items():
        which = f" :gray[{plain(ids[0])}]" if names[found.name] > 1 else ""
        titles[ids] = f"**{plain(found.name)}**{which} {_CERTAINTY[found.certainty]}"
    # Other proposals are another widget: what it holds of the old ones would come back as their text.
    key = session.key(f"service-{hash(tuple(proposals))}")
    choice = st.radio(
        "Which node is customer service?",
        options,
        index=options.index(chosen),
        format_func=titles.get,
        captions=[plain(found.reason) for found in proposals.values()]
        + ["Search for it by name, title, unit or id", ""],
        key=key,
        on_change=_take,
        args=(key,),
        label_visibility="collapsed",
    )
    if choice == _OTHER:
        _show_search()
    elif choice == _NONE:
        _show_founding()


def _take(key: str) -> None:
    choice = st.session_state[key]
    if choice == _NONE:
        session.choose_unit(())
    elif choice in {found.ids for found in session.proposals()}:
        session.choose_unit(choice)


def _show_founding() -> None:
    """Offer to begin a customer service where there is none: its place is what is asked for then."""
    st.markdown("**This chart has no customer service yet.** Begin one and see where it should report.")
    people = st.number_input("People in it", 1, 10_000, 1, key=session.key("founded-people"), width=160)
    st.button(
        "Put a new customer service under the top",
        icon=":material/add_box:",
        type="primary",
        on_click=_found,
        args=(people,),
        key=session.key("found-service"),
    )
    st.page_link("pages/draw.py", label="Or draw it yourself", icon=":material/edit:")


def _found(people: int) -> None:
    """Add customer service to the chart, a step that can be taken back,, and choose it."""
    chart = session.organization()
    roots = chart.roots
    top = roots[np.argmax(chart.below(chart.headcount)[roots])] if len(roots) else None
    node = NewNode(
        next(free_ids(chart.row_of)),
        None if top is None else str(chart.ids[top]),
        title="Head of Customer Service",
        unit="Customer Service",
        function="customer_service",
        headcount=float(people),
    )
    if why_not := session.edit(Add((node,))):
        st.toast(plain(why_not), icon=":material/block:")
    else:
        session.choose_unit((node.id,))


def _show_search() -> None:
    chart, unit = session.organization(), list(session.unit())
    words = search_field("Search", session.key("service-search"))
    found = (
        found_nodes(chart, words) if words or len(chart) > LONGEST_LIST else [str(node) for node in chart.ids]
    )
    key = session.key("service-nodes")
    kept = [node for node in st.session_state.get(key, unit) if node in chart.row_of]
    options = list(dict.fromkeys([*kept, *found]))
    st.multiselect(
        "Nodes that are customer service, with everybody below them",
        options,
        default=None if key in st.session_state else kept,
        format_func=node_texts(options).get,
        key=key,
        on_change=lambda: session.choose_unit(tuple(st.session_state[key])),
    )
    if words and not found:
        st.caption("Nothing found.")
