"""The operations lens: contacts by cause, the step at which they arise, and the function that can act."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

import plotly.graph_objects as go

from orgmodel.charts.style import FUNCTION_COLOURS, TODAY_COLOUR, escaped, laid_out, with_opacity
from orgmodel.explanations import percent
from orgmodel.functions import FUNCTION_TITLES
from orgmodel.touchpoints import STEPS, Contact
from orgmodel.wording import counted

#: Causes that are shown by name; the others are one.
MOST_CAUSES: Final = 12
_LONGEST_LABEL: Final = 34
_SHOWN, _PALE, _CHOSEN = 0.45, 0.14, 0.6
_LEAST_HEIGHT: Final = 320
_HEIGHT_OF_NODE: Final = 34
_NOT_ASSIGNED: Final = "Not assigned"


class _Flow(NamedTuple):
    """Contacts of a cause, as it is shown, at a step and for a function; both empty where not assigned."""

    cause: str
    step: str
    function: str


def contacts_chart(contacts: Sequence[Contact], chosen: str = "") -> go.Figure:
    """Return the contacts as a Sankey diagram: cause, step, function that can act.

    The flows of the ``chosen`` function stand out. Causes in more than twelve different words are shown as
    the known causes they were read as, and what is rarer than the first twelve of these as one.
    """
    flows = _flows(contacts)
    total = sum(flows.values()) or 1.0
    nodes: dict[tuple[str, str], float] = {}
    for flow, number in flows.items():
        for node in _ways(flow):
            nodes[node] = nodes.get(node, 0.0) + number
    ordered = sorted(nodes, key=lambda node: (_order(node), -nodes[node]))
    place = {node: at for at, node in enumerate(ordered)}
    hops: dict[tuple[int, int, str], float] = {}
    for flow, number in flows.items():
        cause, step, function = (place[node] for node in _ways(flow))
        for start, end in ((cause, step), (step, function)):
            hop = (start, end, flow.function)
            hops[hop] = hops.get(hop, 0.0) + number
    titles = [_title(node) for node in ordered]
    shares = [percent(nodes[node] / total) for node in ordered]
    figure = go.Figure(
        go.Sankey(
            arrangement="fixed",
            node={
                "label": [
                    f"{escaped(title, _LONGEST_LABEL)} {share}"
                    for title, share in zip(titles, shares, strict=True)
                ],
                "customdata": [
                    f"{escaped(title)}: {share} of contacts"
                    for title, share in zip(titles, shares, strict=True)
                ],
                "hovertemplate": "%{customdata}<extra></extra>",
                "color": [_colour(node, chosen) for node in ordered],
                "line": {"width": 0},
                "pad": 14,
                "thickness": 12,
            },
            link={
                "source": [start for start, _, _ in hops],
                "target": [end for _, end, _ in hops],
                "value": list(hops.values()),
                "color": [_flow_colour(function, chosen) for _, _, function in hops],
                "customdata": [
                    f"{escaped(titles[start])} → {escaped(titles[end])}<br>"
                    f"{percent(number / total)} of contacts, {_function_title(function)} can act"
                    if function
                    else f"{escaped(titles[start])}<br>{percent(number / total)} of contacts, not assigned"
                    for (start, end, function), number in hops.items()
                ],
                "hovertemplate": "%{customdata}<extra></extra>",
            },
        )
    )
    most = max([sum(kind == shown for kind, _ in ordered) for shown in _KINDS], default=0)
    return laid_out(figure, max(_LEAST_HEIGHT, _HEIGHT_OF_NODE * most), top=12)


_KINDS: Final = ("cause", "step", "function")


def _flows(contacts: Iterable[Contact]) -> Mapping[_Flow, float]:
    """Return the number of contacts of every flow, with the rarer causes as one."""
    present = [contact for contact in contacts if contact.number > 0]
    in_own_words = len({contact.cause for contact in present}) <= MOST_CAUSES
    flows: dict[_Flow, float] = {}
    sums: dict[str, float] = {}
    for contact in present:
        shown = contact.cause if in_own_words else contact.kind
        flow = _Flow(shown, contact.step, contact.function)
        flows[flow] = flows.get(flow, 0.0) + contact.number
        sums[shown] = sums.get(shown, 0.0) + contact.number
    if len(sums) <= MOST_CAUSES:
        return flows
    kept = set(sorted(sums, key=lambda cause: -sums[cause])[:MOST_CAUSES])
    others = counted(len(sums) - len(kept), "other cause")
    cut: dict[_Flow, float] = {}
    for flow, number in flows.items():
        shown_flow = flow if flow.cause in kept else flow._replace(cause=others)
        cut[shown_flow] = cut.get(shown_flow, 0.0) + number
    return cut


def _ways(flow: _Flow) -> tuple[tuple[str, str], ...]:
    return tuple(zip(_KINDS, flow, strict=True))


def _order(node: tuple[str, str]) -> tuple[int, int]:
    """Return causes first, then the steps in their order, then functions; what is not assigned last."""
    kind, name = node
    steps = [*STEPS, ""]
    return _KINDS.index(kind), steps.index(name) if kind == "step" else int(kind == "function" and not name)


def _title(node: tuple[str, str]) -> str:
    kind, name = node
    if kind == "cause":
        return name
    return STEPS.get(name, _NOT_ASSIGNED) if kind == "step" else _function_title(name)


def _function_title(function: str) -> str:
    return FUNCTION_TITLES.get(function, _NOT_ASSIGNED)


def _colour(node: tuple[str, str], chosen: str) -> str:
    kind, name = node
    if kind != "function":
        return TODAY_COLOUR
    return FUNCTION_COLOURS[name] if chosen in {"", name} else with_opacity(FUNCTION_COLOURS[name], 0.4)


def _flow_colour(function: str, chosen: str) -> str:
    if chosen:
        colour = FUNCTION_COLOURS[function] if function == chosen else TODAY_COLOUR
        return with_opacity(colour, _CHOSEN if function == chosen else _PALE)
    return with_opacity(FUNCTION_COLOURS[function], _SHOWN)
