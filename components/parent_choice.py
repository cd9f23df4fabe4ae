"""Which manager customer service shall report to: heads of functions first, anybody by searching."""

from __future__ import annotations

import math

import streamlit as st

from components import session
from components.picker import LONGEST_LIST, found_nodes, search_field
from components.text import plain
from orgmodel.explanations import percent
from orgmodel.sweep import Survey


def show_parent_choice(survey: Survey) -> str | None:
    """Show who is the boss today and let the reader choose a parent; return the chosen id."""
    table = survey.table
    bosses = _bosses_today(survey)
    verb = "reports" if len(survey.unit) == 1 else "report"
    today = f"{verb} to {', '.join(bosses) if bosses else 'nobody'} today"
    st.markdown(f"**{plain(session.unit_name())}** {today}.")
    if table.empty:
        st.info("Everybody in this chart belongs to customer service, so there is no other parent to choose.")
        return None
    choose, search = st.columns([3, 2])
    with search:
        words = search_field("Anybody else", session.key("parent-search"))
    titles = {
        str(survey.organization.ids[row]): session.function_title(function)
        for function, row in survey.situation.heads_of_functions.items()
    }
    if words:
        options = found_nodes(survey.organization, words, [str(node) for node in table.index])
    else:
        options = parents_first(survey)[:LONGEST_LIST]
    parent = st.session_state.parent
    if parent is not None and parent not in options:
        options.insert(0, parent)
    texts = session.node_texts(options)
    texts |= {node: f"{titles[node]}: {text}" for node, text in texts.items() if node in titles}
    key = session.key("parent")
    st.session_state[key] = parent
    with choose:
        st.selectbox(
            "Move customer service under",
            options,
            index=None,
            placeholder="Choose a parent" if options else "Nobody found",
            format_func=texts.get,
            key=key,
            on_change=lambda: _choose_in_list(st.session_state[key]),
        )
    return parent


def _bosses_today(survey: Survey) -> list[str]:
    """Return the bosses of all nodes of the unit, with the share of one that has not all the authority."""
    chart, shares = survey.organization, {}
    for part in survey.current.evidence:
        for boss in part.bosses:
            shares[boss.id] = max(boss.share, shares.get(boss.id, 0.0))
    return [
        f"**{plain(chart.full_label(chart.row(boss)))}**"
        + ("" if math.isclose(share, 1.0) else f" ({percent(share)} of the authority)")
        for boss, share in shares.items()
    ]


def _choose_in_list(node: str | None) -> None:
    st.session_state.chosen_elsewhere = st.session_state.get("chosen_elsewhere", 0) + 1
    choose_parent(node)


def parents_first(survey: Survey, *, everyone: bool = False) -> list[str]:
    """Return the ids of possible parents: heads of functions, then those with the most direct reports."""
    table = survey.table if everyone else survey.table[survey.table["shown_first"]]
    heads = [str(survey.organization.ids[row]) for row in survey.situation.heads_of_functions.values()]
    ordered = table.sort_values("direct_reports", ascending=False, kind="stable").index
    return list(dict.fromkeys([*(node for node in heads if node in table.index), *map(str, ordered)]))


def choose_parent(node: str | None) -> None:
    """Make this node the chosen parent."""
    st.session_state.parent = node
