"""The peer: a chart that is changed by dragging, as one builds it on streamlit-flow-component today.

A Streamlit page, `?size=1000` says of how many people. The component tells where every node lies and nothing
else, so that Python finds out who was dropped on whom; the numbers are those of our own library.
"""

import math
from collections.abc import Mapping
from typing import Any, Final, NamedTuple

import streamlit as st
from streamlit_flow import streamlit_flow
from streamlit_flow.elements import StreamlitFlowEdge, StreamlitFlowNode
from streamlit_flow.state import StreamlitFlowState

from benchmarks.generated import generated_chart
from components.text import number_text
from orgmodel import Organization, customer_service_proposals, read_organization
from orgmodel.assumptions import DEFAULT_ASSUMPTIONS
from orgmodel.edits import Move
from orgmodel.indicators import HEADLINES
from orgmodel.sweep import Survey

_KEY: Final = "flow"
_WIDTH, _HEIGHT, _ROW, _INDENT, _COLUMN = 150, 40, 60, 20, 260
_MOVED: Final = 20


class _Chart(NamedTuple):
    organization: Organization
    unit: tuple[str, ...]


def _opened() -> _Chart:
    size = int(st.query_params["size"])
    organization = read_organization(generated_chart(size).csv(), filename="generated.csv").organization
    return _Chart(organization, customer_service_proposals(organization)[0].ids)


def _drawn(chart: Organization) -> StreamlitFlowState:
    """Return the chart as nodes and edges: a column for every report of the top, all below them indented."""
    below: dict[int, list[int]] = {row: [] for row in range(-1, len(chart))}
    for row, boss in enumerate(chart.manager.tolist()):
        below[boss].append(row)
    places = {}

    def place(row: int, x: float, y: float) -> float:
        """Put a node here and all below it under it; return where the next one can be."""
        places[row] = (x, y)
        y += _ROW
        for kid in below[row]:
            y = place(kid, x + _INDENT, y)
        return y

    for top in below[-1]:
        places[top] = (len(below[top]) * _COLUMN / 2, 0)
        for number, head in enumerate(below[top]):
            place(head, number * _COLUMN, 3 * _ROW)
    ids = chart.ids.tolist()
    style = {"width": f"{_WIDTH}px", "height": f"{_HEIGHT}px"}
    return StreamlitFlowState(
        [
            StreamlitFlowNode(node, places[row], {"content": chart.label(row)}, style=style)
            for row, node in enumerate(ids)
        ],
        [
            StreamlitFlowEdge(f"{ids[boss]}-{ids[row]}", ids[boss], ids[row])
            for row, boss in enumerate(chart.manager.tolist())
            if boss >= 0
        ],
    )


def _dropped(found: Mapping[str, Any]) -> tuple[str, str] | None:
    """Return who was dropped on whom since the component told its places last; None where nobody was."""
    before = st.session_state.get("places", {})
    places = {node["id"]: (node["position"]["x"], node["position"]["y"]) for node in found["nodes"]}
    st.session_state.places = places
    moved = [node for node, place in places.items() if math.dist(place, before.get(node, place)) > _MOVED]
    if len(moved) != 1:
        return None
    (node,) = moved
    away, boss = min((math.dist(place, places[node]), one) for one, place in places.items() if one != node)
    return (node, boss) if away < _HEIGHT else None


state = st.session_state
if "chart" not in state:
    state.chart = _opened()
    state.drawn = _drawn(state.chart.organization)
# Known before the component is shown: so one run is enough.
if (told := state.get(_KEY)) is not None and (drop := _dropped(told)) is not None:
    node, boss = drop
    state.chart = state.chart._replace(organization=Move((node,), boss).applied(state.chart.organization))
    state.drawn = _drawn(state.chart.organization)
st.set_page_config(layout="wide")
numbers = Survey(*state.chart, DEFAULT_ASSUMPTIONS).current
st.markdown(
    " · ".join(f"{item.title} **{number_text(item, numbers.values[item.name])}**" for item in HEADLINES)
)
streamlit_flow(_KEY, state.drawn, height=640, fit_view=True, min_zoom=0.005, hide_watermark=True)
