"""Choosing one node of the open chart: a search that takes the first it finds, and a short list of others."""

from __future__ import annotations

import streamlit as st

from components import session
from components.names import node_texts
from components.picker import found_nodes, search_field


def choose_node(label: str, search_label: str, name: str, proposed: str | None = None) -> str | None:
    """Show a search and a list; return the chosen id, at first the proposed one.

    What is chosen is kept under the name while the chart is open, as long as the node is there.
    """
    chart, state = session.organization(), st.session_state
    search, choose = st.columns(2, vertical_alignment="bottom")
    with search:
        words = search_field(search_label, session.key(f"{name}-search"))
    found = session.kept(f"found-{name}", (chart, words), lambda: found_nodes(chart, words))
    if words != state.get(_words(name), ""):
        state[_words(name)] = words
        if words and found:
            set_node(name, found[0])
    chosen = chosen_node(name, proposed)
    options = list(dict.fromkeys([*([] if chosen is None else [chosen]), *found]))
    key = session.key(f"{name}-list")
    state[key] = chosen
    with choose:
        st.selectbox(
            label,
            options,
            index=None,
            placeholder="Choose somebody" if options else "Nobody found",
            format_func=node_texts(options).get,
            key=key,
            on_change=lambda: set_node(name, state[key]),
        )
    if words and not found:
        st.caption("Nothing found.")
    return chosen


def set_node(name: str, node: str | None) -> None:
    """Choose a node under this name."""
    st.session_state[session.key(f"{name}-node")] = node


def chosen_node(name: str, proposed: str | None = None) -> str | None:
    """Return the node chosen under this name, the proposed one where it is not there."""
    node = st.session_state.get(session.key(f"{name}-node"), proposed)
    return node if node in session.organization().row_of else proposed


def _words(name: str) -> str:
    return session.key(f"{name}-words")
