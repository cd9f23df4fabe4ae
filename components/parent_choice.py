"""Whom customer service shall report to: heads of functions first, anybody by searching."""

from __future__ import annotations

import math

import numpy as np
import streamlit as st

from components import session
from components.names import function_title, node_texts, unit_name
from components.picker import LONGEST_LIST, found_nodes, search_field
from components.text import plain
from orgmodel.explanations import percent
from orgmodel.lines import Ints
from orgmodel.sweep import Survey


def show_today(survey: Survey) -> None:
    """Show who is the boss today."""
    bosses = _bosses_today(survey)
    verb = "reports" if len(survey.unit) == 1 else "report"
    today = f"{verb} to {', '.join(bosses) if bosses else 'nobody'} today"
    st.markdown(f"**{plain(unit_name())}** {today}.")


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


def show_parent_choice(survey: Survey) -> str | None:
    """Let the reader choose one parent; return the chosen id."""
    choose, words = _with_search("parent")
    parent = st.session_state.parent
    options = boss_options(survey, words, [] if parent is None else [parent])
    key = session.key("parent")
    st.session_state[key] = parent
    with choose:
        st.selectbox(
            "Move customer service under",
            options,
            index=None,
            placeholder="Choose a parent" if options else "Nobody found",
            format_func=_texts(survey, options).get,
            key=key,
            on_change=lambda: _choose_in_list(st.session_state[key]),
        )
    return parent


def boss_field(survey: Survey, name: str, label: str, proposed: str | None) -> str | None:
    """Show a field for one node that may be a boss, at first the proposed one; return its id."""
    choose, words = _with_search(name)
    key = draft_key(survey, name)
    if (known := st.session_state.get(key)) is not None and known not in survey.organization.row_of:
        del st.session_state[key]  # taken out of the chart meanwhile
    chosen = st.session_state.get(key, proposed)
    options = boss_options(survey, words, [] if chosen is None else [chosen])
    with choose:
        return st.selectbox(
            label,
            options,
            index=options.index(chosen) if chosen is not None else None,
            placeholder="Choose somebody" if options else "Nobody found",
            format_func=_texts(survey, options).get,
            key=key,
            persist_state="session",
        )


def bosses_field(survey: Survey, name: str, label: str, most: int) -> list[str]:
    """Show a field for several nodes that may be bosses; return their ids."""
    choose, words = _with_search(name)
    key = draft_key(survey, name)
    if known := st.session_state.get(key):  # as far as they are still in the chart
        st.session_state[key] = [node for node in known if node in survey.organization.row_of]
    options = boss_options(survey, words, st.session_state.get(key, []))
    with choose:
        return st.multiselect(
            label,
            options,
            max_selections=most,
            placeholder="Choose somebody" if options else "Nobody found",
            format_func=_texts(survey, options).get,
            key=key,
            select_all=False,
            wrap=True,
            persist_state="session",
        )


def _with_search(name: str) -> tuple[st.delta_generator.DeltaGenerator, str]:
    """Return the place for a field, and what is typed into the search beside it."""
    choose, search = st.columns([3, 2])
    with search:
        return choose, search_field("Anybody else", session.key(f"{name}-search"))


def draft_key(survey: Survey, name: str) -> str:
    """Return the key of a field that belongs to the open chart and to what customer service is there."""
    return session.key(f"{name}-{hash(survey.unit)}")


def boss_options(survey: Survey, words: str, chosen: list[str]) -> list[str]:
    """Return the ids that a list offers: those chosen already, then what is searched for or who is first."""
    found = (
        _parents_found(survey, words)
        if words
        else survey.table.index[parents_first(survey)[:LONGEST_LIST]].tolist()
    )
    return list(dict.fromkeys([*(node for node in chosen if node not in found), *found]))


def _parents_found(survey: Survey, words: str) -> list[str]:
    """Return the ids of possible parents in whose name, title, unit or id all these words are."""
    # Every node is looked at, and what was found is asked for again at every click.
    return session.kept(
        "parents_found",
        (survey, words),
        lambda: found_nodes(survey.organization, words, [str(node) for node in survey.table.index]),
    )


def _texts(survey: Survey, options: list[str]) -> dict[str, str]:
    texts = node_texts(options)
    ids = survey.organization.ids
    for function, row in survey.situation.heads_of_functions.items():
        if (node := str(ids[row])) in texts:
            texts[node] = f"{function_title(function)}: {texts[node]}"
    return texts


def _choose_in_list(node: str | None) -> None:
    st.session_state.chosen_elsewhere = st.session_state.get("chosen_elsewhere", 0) + 1
    st.session_state.parent = node


def parents_first(survey: Survey, *, everyone: bool = False, by: str = "") -> Ints:
    """Return places in the table: heads of functions, bosses today, then those with the most direct reports.

    With ``by`` the parents with the least value of that column come first.
    """
    table = survey.table
    places = np.arange(len(table)) if everyone else np.flatnonzero(table["shown_first"].to_numpy())
    if by:
        return places[np.argsort(table[by].to_numpy()[places], kind="stable")]
    rank = -table["direct_reports"].to_numpy().astype(np.float64)
    rank[table["current"].to_numpy()] = -np.inf
    heads = [row for row in survey.situation.heads_of_functions.values() if row in table_rows(survey, places)]
    ordered = places[np.argsort(rank[places], kind="stable")]
    first = np.searchsorted(survey.situation.candidates, heads)
    return np.concatenate([first, ordered[~np.isin(ordered, first)]]).astype(np.int64)


def table_rows(survey: Survey, places: Ints) -> Ints:
    """Return the rows of the chart at some places in the table."""
    return survey.situation.candidates[places]


def choose_parent(node: str | None) -> None:
    """Make this node the one chosen parent, whatever structure was looked at."""
    st.session_state.parent = node
    st.session_state[session.key("structure")] = "under"
