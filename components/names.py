"""What nodes, units and functions of the open chart are called, not yet escaped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from components import session
from orgmodel.functions import FUNCTION_TITLES
from orgmodel.organization import Organization
from orgmodel.wording import counted


def unit_name() -> str:
    """Return the name of the customer service unit, not yet escaped."""
    if not session.unit():
        return "none chosen"
    # A node below another one is part of it.
    found, chart = session.survey(), session.organization()
    nodes = session.unit() if found is None else found.unit
    if len(nodes) == 1:
        return chart.full_label(chart.row(nodes[0]))
    named = (proposal.name for proposal in session.proposals() if proposal.ids == nodes)
    return next(named, f"{chart.label(chart.row(nodes[0]))} and {counted(len(nodes) - 1, 'other node')}")


def node_texts(nodes: Iterable[str]) -> dict[str, str]:
    """Return nodes as a list shows them: name, title, unit, and the id where these fit several nodes."""
    chart = session.organization()
    texts = session.kept("texts", (chart,), lambda: _texts(chart))
    often = session.kept("texts_counted", (chart,), lambda: Counter(texts))
    of_nodes = {node: texts[chart.row(node)] for node in nodes}
    return {node: f"{text} ({node})" if often[text] > 1 else text for node, text in of_nodes.items()}


def _texts(chart: Organization) -> list[str]:
    columns = (chart.labels.tolist(), chart.titles.tolist(), chart.units.tolist())
    return [" · ".join(dict.fromkeys(filter(None, texts))) for texts in zip(*columns, strict=True)]


def function_title(function: str) -> str:
    """Return the words for a business function."""
    return FUNCTION_TITLES.get(function, "Not recognised")


def node_name(chart: Organization, node: str) -> str:
    """Return what a node is called, with its id where that is something else."""
    label = chart.label(chart.row(node))
    return label if label == node else f"{label} ({node})"
