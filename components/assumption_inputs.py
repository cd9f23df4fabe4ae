"""Input fields for the assumptions; each group returns what the fields hold, checked by nobody yet."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, Final

import streamlit as st

from components import session
from components.given import needs_from_contacts
from components.names import function_title, node_texts
from components.picker import LONGEST_LIST, found_nodes, search_field
from components.text import plain
from orgmodel.assumptions import (
    ASSUMPTIONS,
    DEFAULTS,
    METRIC_TITLES,
    METRICS,
    AssumptionInfo,
    Assumptions,
    Vector,
)
from orgmodel.explanations import percent
from orgmodel.lines import LINE_KINDS, LINE_TITLES
from orgmodel.organization import BUSINESS_FUNCTIONS
from orgmodel.questionnaire import GOALS

INFO: Final[Mapping[str, AssumptionInfo]] = {info.name: info for info in ASSUMPTIONS}
#: The numbers that stand in groups: the desk, its quarrels, its boss, and what comes later.
GROUPS: Final[Mapping[str, tuple[str, ...]]] = {
    "Customers who wait": ("agents", "utilisation", "service_time", "automation", "patience"),
    "Selling at the desk": ("sales_attempts", "sales_time"),
    "Quarrels with operations": (
        "planners",
        "planning_utilisation",
        "planning_time",
        "slack",
        "transparency",
        "rule_coverage",
        "decisions_per_day",
        "top_depth",
    ),
    "A boss's time": ("span_least", "span_most", "service_span_most"),
    "With more automation": ("later_automation", "later_service_time", "later_it_need"),
    "Moving again": ("horizon", "overlap", "move_cost"),
}
_SIDE_BY_SIDE: Final = 3
_SMALL: Final = 2.0


def show_heading(name: str, changed: Mapping[str, Any]) -> None:
    """Show what an assumption means, where it comes from, whether it was changed, and a way back."""
    info = INFO[name]
    mark = " :orange-badge[:material/edit: changed]" if name in changed else ""
    title, reset = st.columns([5, 1], vertical_alignment="center")
    title.subheader(f"{info.title}{mark}", anchor=name)
    if name in changed:
        reset.button(
            "Reset", key=f"reset-{name}", icon=":material/undo:", on_click=reset_assumptions, args=(name,)
        )
    st.markdown(info.meaning)
    bounds = (
        ""
        if name in {"owners", "needs", "goal_needs", "value_vector"}
        else f" Unit: {info.unit}. From {info.low:g} to {info.high:g}."
    )
    st.caption(f"{info.source}{bounds}")


def reset_assumptions(*names: str) -> None:
    """Take the default of these assumptions again, of all where none is named."""
    kept = session.assumptions().changed() if names else {}
    session.change_assumptions(
        Assumptions.from_mapping({name: value for name, value in kept.items() if name not in names})
    )
    # Fields keep what was typed as long as they have the same key.
    st.session_state.resets = st.session_state.get("resets", 0) + 1


def _key(name: str) -> str:
    return f"assumption-{name}-{st.session_state.get('resets', 0)}"


def _begun(name: str, current: Assumptions) -> tuple[Any, str]:
    """Return what the fields of an assumption begin with, and what is added to their keys.

    It is what is in use: what follows from the answers, until it is set by hand. Other answers make fresh
    fields; a field that is touched stays the same one.
    """
    state = st.session_state
    if name in current.changed():
        return getattr(current, name), state.get(f"begun-{name}", "")
    begun = getattr(session.assumed(), name)
    state[f"begun-{name}"] = f"{name}-{hash(str(begun))}"
    return begun, state[f"begun-{name}"]


def needs_inputs(current: Assumptions) -> Mapping[str, float]:
    """Show a slider for every function in percent."""
    begun, key = _begun("needs", current)
    shown = {
        function: round(100 * begun.get(function, 0.0), 6)
        for function in BUSINESS_FUNCTIONS
        if function not in {"customer_service", "provider"} or function in begun
    }
    _show_from_answers("needs")
    columns = st.columns(3, gap="large")
    values = {
        function: columns[index % 3].slider(
            function_title(function),
            0.0,
            max(100.0, need),
            need,
            step=1.0,
            format="%.0f %%",
            key=_key(f"needs-{function}-{key}"),
        )
        for index, (function, need) in enumerate(shown.items())
    }
    needs = {
        # What was not touched stays to the last digit.
        function: begun[function] if function in begun and value == shown[function] else value / 100
        for function, value in values.items()
        if value or function in begun
    }
    total = math.fsum(needs.values())
    if math.isclose(total, 1.0):
        st.caption("Together 100 %.")
    elif total:
        parts = [
            f"{plain(function_title(name))} {percent(value / total)}"
            for name, value in needs.items()
            if value
        ]
        st.caption(f"Together **{percent(total)}**. They are rescaled to 100 %: {', '.join(parts)}.")
    return current.needs if values == shown else needs


def _show_from_answers(name: str) -> None:
    """Say where the numbers shown come from, if not from here."""
    by_hand = session.assumptions()
    if name == "needs" and needs_from_contacts():
        st.info("Taken from your contacts, on the page Two lenses.", icon=":material/join_inner:")
    elif name not in by_hand.changed() and getattr(session.assumed(), name) != getattr(by_hand, name):
        st.info(
            "These follow from your answers on the page Goals. Change one here, and all of them stay as "
            "you see them, whatever you answer.",
            icon=":material/flag:",
        )


def vector_inputs(current: Assumptions) -> tuple[float, ...]:
    """Show a slider in percent for every metric of what customer service is for."""
    info = INFO["value_vector"]
    begun, key = _begun("value_vector", current)
    shown = tuple(round(100 * value, 6) for value in begun)
    _show_from_answers("value_vector")
    values = tuple(
        column.slider(
            METRIC_TITLES[metric],
            100 * info.low,
            100 * info.high,
            value,
            step=1.0,
            format="%.0f %%",
            key=_key(f"value-{metric}-{key}"),
        )
        for column, metric, value in zip(st.columns(len(METRICS), gap="large"), METRICS, shown, strict=True)
    )
    if values == shown:
        return current.value_vector
    return tuple(
        old if value == before else value / 100
        for old, before, value in zip(begun, shown, values, strict=True)
    )


def metric_inputs(current: Assumptions) -> dict[str, tuple[float, ...]]:
    """Show a table: what the managers of each function are measured by."""
    titles = {function: function_title(function) for function in current.metric_vectors}
    return _vectors_table("metrics", "Function", titles, current.metric_vectors)


def goal_purposes_inputs(current: Assumptions) -> dict[str, tuple[float, ...]]:
    """Show a table: what customer service is for under each goal of the questionnaire."""
    titles = {goal.key: goal.title for goal in GOALS}
    return _vectors_table("goal-purposes", "Goal", titles, current.goal_purposes)


def _vectors_table(
    name: str, header: str, titles: Mapping[str, str], vectors: Mapping[str, Vector]
) -> dict[str, tuple[float, ...]]:
    """Show a table of weights, a row for each title and a column for each metric; return what is in it."""
    edited = st.data_editor(
        {header: list(titles.values())}
        | {METRIC_TITLES[metric]: [vectors[row][at] for row in titles] for at, metric in enumerate(METRICS)},
        key=_key(name),
        hide_index=True,
        disabled=[header],
        column_config={
            title: st.column_config.NumberColumn(step=0.01, format="%.2f", required=True)
            for title in METRIC_TITLES.values()
        },
    )
    return {
        row: tuple(_number(edited[title][at]) for title in METRIC_TITLES.values())
        for at, row in enumerate(titles)
    }


def goal_needs_inputs(current: Assumptions) -> dict[str, dict[str, float]]:
    """Show a table in percent: whom customer service needs under each goal of the questionnaire."""
    functions = [
        function
        for function in BUSINESS_FUNCTIONS
        if function not in {"customer_service", "provider"}
        or any(function in current.goal_needs[goal.key] for goal in GOALS)
    ]
    edited = st.data_editor(
        {"Function": [function_title(function) for function in functions]}
        | {
            goal.title: [
                round(100 * current.goal_needs[goal.key].get(function, 0.0), 6) for function in functions
            ]
            for goal in GOALS
        },
        key=_key("goal-needs"),
        hide_index=True,
        disabled=["Function"],
        column_config={
            goal.title: st.column_config.NumberColumn(step=1.0, format="%.0f %%", required=True)
            for goal in GOALS
        },
    )
    needs: dict[str, dict[str, float]] = {}
    for goal in GOALS:
        shares = {function: _number(edited[goal.title][at]) / 100 for at, function in enumerate(functions)}
        kept = current.goal_needs[goal.key]
        needs[goal.key] = {
            # What was not touched stays to the last digit.
            function: kept[function] if math.isclose(share, kept.get(function, -1.0)) else share
            for function, share in shares.items()
            if share or function in kept
        }
        sum_of_all = math.fsum(needs[goal.key].values())
        if sum_of_all and not math.isclose(sum_of_all, 1.0):
            st.caption(f"{goal.title}: together **{percent(sum_of_all)}**, rescaled to 100 %.")
    return needs


def line_inputs(current: Assumptions) -> tuple[dict[str, Any], dict[str, float]]:
    """Show a table of the kinds of lines: steps and working days."""
    edited = st.data_editor(
        {
            "Kind of line": [LINE_TITLES[kind] for kind in LINE_KINDS],
            "Steps": [current.lengths[kind] for kind in LINE_KINDS],
            "Working days": [current.latencies[kind] for kind in LINE_KINDS],
        },
        key=_key("lines"),
        hide_index=True,
        disabled=["Kind of line"],
        column_config={
            "Steps": st.column_config.SelectboxColumn(options=list(range(1, 11)), required=True),
            "Working days": st.column_config.NumberColumn(step=0.25, format="%.2f", required=True),
        },
    )
    steps = {kind: edited["Steps"][at] for at, kind in enumerate(LINE_KINDS)}
    return steps, {kind: _number(edited["Working days"][at]) for at, kind in enumerate(LINE_KINDS)}


def _number(value: float | None) -> float:
    return math.nan if value is None else float(value)


def number_group(current: Assumptions, names: Sequence[str]) -> dict[str, float]:
    """Show the fields of some numbers side by side, three in a row."""
    values: dict[str, float] = {}
    changed = current.changed()
    for first in range(0, len(names), _SIDE_BY_SIDE):
        for column, name in zip(
            st.columns(_SIDE_BY_SIDE), names[first : first + _SIDE_BY_SIDE], strict=False
        ):
            with column, st.container(border=True, height="stretch"):
                show_heading(name, changed)
                values[name] = _number_input(current, name)
    return values


def _number_input(current: Assumptions, name: str) -> float:
    info = INFO[name]
    whole = isinstance(DEFAULTS[name], int)
    kind = int if whole else float
    return st.number_input(
        f"{info.title} ({info.unit})",
        kind(info.low) if whole else info.low,
        kind(info.high),
        kind(getattr(current, name)),
        step=1 if whole else 0.05 if info.high <= _SMALL else 1.0,
        key=_key(name),
        label_visibility="collapsed",
    )


def owner_inputs(current: Assumptions, suggested: Mapping[str, tuple[str, ...]]) -> dict[str, list[str]]:
    """Show a list of nodes for every needed function; empty means the head that the chart suggests."""
    chart = session.organization()
    words = search_field("Find people for the lists below", session.key("owner-search"))
    found = (
        found_nodes(chart, words) if words or len(chart) > LONGEST_LIST else [str(node) for node in chart.ids]
    )
    # A function that is not needed now has no list, but keeps who was named for it.
    owners = {function: list(nodes) for function, nodes in current.owners.items()}
    for function in session.assumed().needs_rescaled:
        named = [node for node in current.owners.get(function, ()) if node in chart.row_of]
        key = f"{session.key(f'owners-{function}')}-{st.session_state.get('resets', 0)}"
        kept = st.session_state.get(key, named)
        heads = [chart.label(chart.row(node)) for node in suggested.get(function, ())]
        options = list(dict.fromkeys([*kept, *found]))
        owners[function] = st.multiselect(
            function_title(function),
            options,
            default=None if key in st.session_state else named,
            format_func=node_texts(options).get,
            placeholder=f"The chart suggests {', '.join(heads)}"
            if heads
            else "This chart has nobody of this function",
            key=key,
        )
    return {function: nodes for function, nodes in owners.items() if nodes}
