"""What each number of a placement rests on: which nodes, which lines, which assumptions.

A page says it in words, and draws the nodes and lines on the chart.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import pairwise
from types import MappingProxyType
from typing import Final, NamedTuple

import numpy as np

from orgmodel.evidence import Evidence
from orgmodel.indicators import INDICATORS
from orgmodel.lines import LINE_KINDS, marked
from orgmodel.organization import Organization
from orgmodel.paths import Lines, lines_of

#: Two ids and the kind of the line between them.
Line = tuple[str, str, str]


class Grounds(NamedTuple):
    """The nodes (ids), the lines and the assumptions (names) behind one number."""

    nodes: tuple[str, ...]
    lines: tuple[Line, ...]
    assumptions: tuple[str, ...]


def grounds(chart: Organization, found: Evidence) -> dict[str, Grounds]:
    """Return what every indicator of one part of the unit rests on, by its name.

    ``chart`` is the one after the placement. The part's own head comes first among the nodes; a number that
    hangs on nobody else, as the waiting at the desk, has it alone.
    """
    lines = {source: source(chart, found) for source in dict.fromkeys(_SOURCES.values())}
    return {
        item.name: Grounds(
            _nodes(found.unit, lines[_SOURCES[item.name]]), lines[_SOURCES[item.name]], item.assumptions
        )
        for item in INDICATORS
    }


def _nodes(unit: str, lines: tuple[Line, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([unit, *(end for line in lines for end in line[:2])]))


def _routes(_: Organization, found: Evidence) -> tuple[Line, ...]:
    """Return the hops of the ways to every needed function."""
    hops = [
        (start, end, kind)
        for route in found.routes
        for (start, end), kind in zip(pairwise(route.nodes), route.kinds, strict=True)
    ]
    return tuple(dict.fromkeys(hops))


def _to_bosses(chart: Organization, found: Evidence) -> tuple[Line, ...]:
    """Return the lines of authority above the part's head."""
    return _above(chart, [found.unit])


def _to_measuring(chart: Organization, found: Evidence) -> tuple[Line, ...]:
    """Return the lines over which the measures of managers come down."""
    return _above(chart, [found.unit, *_managers(chart, found.unit)])


def _to_arbiter(chart: Organization, found: Evidence) -> tuple[Line, ...]:
    """Return the reporting lines that a quarrel climbs from both sides."""
    quarrel = found.arbitration
    if quarrel.arbiter is None or quarrel.operations is None:
        return ()
    stop = chart.row(quarrel.arbiter)
    for boss in found.bosses:
        ours = chart.chain(chart.row(boss.id))
        if stop in ours and ours.index(stop) + 1 == quarrel.climb:
            first = [line for line in _to_bosses(chart, found) if line[1] == boss.id]
            theirs = chart.chain(chart.row(quarrel.operations))
            return (*first[:1], *_up(chart, ours, stop), *_up(chart, theirs, stop))
    return ()


def _to_top(chart: Organization, found: Evidence) -> tuple[Line, ...]:
    """Return the lines of authority that lead upwards inside the part's own tree."""
    tree = chart.tree
    return tuple(
        line
        for line in _to_measuring(chart, found)
        if tree[chart.row(line[0])] == tree[chart.row(line[1])] == tree[chart.row(found.unit)]
    )


def _contacts(chart: Organization, found: Evidence) -> tuple[Line, ...]:
    """Return the lines between the part and others."""
    inside = marked(len(chart), chart.subtree(chart.row(found.unit)))
    lines = lines_of(chart)
    return _as_ids(chart, lines.chosen(inside[lines.boss] != inside[lines.report]))


def _nobody(_: Organization, __: Evidence) -> tuple[Line, ...]:
    return ()


def _above(chart: Organization, nodes: list[str]) -> tuple[Line, ...]:
    lines = lines_of(chart)
    rows = np.array([chart.row(node) for node in nodes], dtype=np.int64)
    return _as_ids(chart, lines.chosen(np.isin(lines.report, rows) & (lines.share > 0)))


def _managers(chart: Organization, node: str) -> list[str]:
    """Return everybody above a node over lines of authority."""
    lines = lines_of(chart)
    lines = lines.chosen(lines.share > 0)
    frontier, found = np.array([chart.row(node)]), dict[int, None]()
    while len(frontier):
        above = np.unique(lines.boss[np.isin(lines.report, frontier)]).tolist()
        frontier = np.array([row for row in above if row not in found], dtype=np.int64)
        found |= dict.fromkeys(frontier.tolist())
    return [str(chart.ids[row]) for row in found]


def _up(chart: Organization, chain: list[int], stop: int) -> tuple[Line, ...]:
    return tuple(
        (str(chart.ids[row]), str(chart.ids[boss]), LINE_KINDS[0])
        for row, boss in pairwise(chain[: chain.index(stop) + 1])
    )


def _as_ids(chart: Organization, lines: Lines) -> tuple[Line, ...]:
    """Return lines as ids, report first."""
    return tuple(
        (str(chart.ids[report]), str(chart.ids[boss]), LINE_KINDS[kind])
        for report, boss, kind in zip(
            lines.report.tolist(), lines.boss.tolist(), lines.kind.tolist(), strict=True
        )
    )


_Source = Callable[[Organization, Evidence], tuple[Line, ...]]
#: Where the lines behind each indicator come from.
_SOURCES: Final[Mapping[str, _Source]] = MappingProxyType(
    {
        "silo_risk": _routes,
        "efficiency": _routes,
        "worst_distance": _routes,
        "feedback_path_length": _routes,
        "feedback_days": _routes,
        "fidelity": _routes,
        "reachable_path_length": _routes,
        "unreachable_weight": _routes,
        "breadth": _contacts,
        "ei_index": _contacts,
        "sales_pressure_conflict": _to_measuring,
        "incentive_distortion": _to_measuring,
        "cost_pressure": _to_measuring,
        "sales_disconnect": _to_measuring,
        "service_shortfall": _to_measuring,
        "boss_disagreement": _to_measuring,
        "added_waiting": _to_measuring,
        "added_waiting_time": _to_measuring,
        "effective_bosses": _to_bosses,
        "boss_attention": _to_bosses,
        "boss_span": _to_bosses,
        "span_deviation": _to_bosses,
        "climb": _to_arbiter,
        "arbiter_depth": _to_arbiter,
        "escalation_probability": _to_arbiter,
        "decision_days": _to_arbiter,
        "executive_distance": _to_top,
        "waiting_probability": _nobody,
        "waiting_time": _nobody,
    }
)
