"""Solid lines made sound: self references, managers outside the file, circles."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

import numpy as np

from orgmodel.importing.managers import ROOT, UNKNOWN
from orgmodel.importing.notices import Notice, Severity
from orgmodel.importing.reporting_lines import Reporting
from orgmodel.importing.wording import counted, numbered, quoted
from orgmodel.lines import Ints, manager_cycles

_SHOWN_OF_A_CIRCLE: Final = 25


@dataclass
class Authority:
    """The solid manager of every node, then of every placeholder: a node or `ROOT`.

    ``placeholders`` are the references to managers who are not in the file, in the order of their nodes,
    which follow those of the rows.
    """

    bosses: Ints
    placeholders: list[str] = field(default_factory=list)


def sound_authority(reporting: Reporting, found: Ints, notices: list[Notice]) -> Authority:
    """Return solid lines that make a forest.

    ``found`` holds for every node its manager's node, `ROOT` or `UNKNOWN`.

    * Who reports to themselves becomes a root.
    * A manager who is not in the file becomes a *placeholder*: a node nobody holds, which keeps the people
      who report to it together. But if the file has no other top and one row only reports to somebody
      outside, that row is the top: its manager is the board, the minister, the parent company.
    * Of a circle the line above the node with the largest branch of its own is left out, because then the
      fewest people end up under somebody who is below them.
    """
    authority = Authority(found.copy())
    _cut_self_references(reporting, authority.bosses, notices)
    _add_placeholders(reporting, authority, notices)
    _cut_cycles(reporting, authority.bosses, notices)
    return authority


def _cut_self_references(reporting: Reporting, bosses: Ints, notices: list[Notice]) -> None:
    tops = bool((bosses == ROOT).any())
    for node in np.flatnonzero(bosses == np.arange(len(bosses))).tolist():
        bosses[node] = ROOT
        name = quoted(reporting.nodes.ids[node])
        if tops:
            message = (
                f"Row {reporting.line(node)}: {name} reports to itself. Other rows are marked as tops in "
                "another way, so this may be a mistake; it is a top of its own until its manager is given."
            )
        else:
            message = f"Row {reporting.line(node)}: {name} reports to itself and was taken as a top."
        severity: Severity = "warning" if tops else "info"
        notices.append(reporting.notice("self_reference", severity, message, node))


def _add_placeholders(reporting: Reporting, authority: Authority, notices: list[Notice]) -> None:
    bosses = authority.bosses
    reports: dict[str, list[int]] = {}
    for node in np.flatnonzero(bosses == UNKNOWN).tolist():
        reports.setdefault(reporting.reference(node), []).append(node)
    if not reports:
        return
    first = next(iter(reports))
    if (
        len(reports) == 1
        and len(reports[first]) == 1
        and not (bosses == ROOT).any()
        and not manager_cycles(np.maximum(bosses, ROOT))
    ):
        node = reports[first][0]
        bosses[node] = ROOT
        message = (
            f"Row {reporting.line(node)}: {quoted(reporting.nodes.ids[node])} reports to {quoted(first)}, "
            "which is not in the file; as there is no other top, this row is the top."
        )
        notices.append(reporting.notice("outside_manager", "info", message, node))
        return
    for reference, nodes in reports.items():
        bosses[nodes] = len(reporting.nodes.ids) + len(authority.placeholders)
        authority.placeholders.append(reference)
        lines = [reporting.line(node) for node in nodes]
        message = (
            f"{quoted(reference)}, the manager of {counted(len(nodes), 'row')} ({numbered(lines)}), is not "
            "in the file; it was added as a placeholder without a manager."
        )
        notices.append(reporting.notice("missing_manager", "warning", message, nodes[0]))
    authority.bosses = np.append(bosses, np.full(len(reports), ROOT))


def _cut_cycles(reporting: Reporting, bosses: Ints, notices: list[Notice]) -> None:
    cycles = manager_cycles(bosses)
    if not cycles:
        return
    branch = _branches(bosses, {node for cycle in cycles for node in cycle})
    for cycle in cycles:
        top = max(cycle, key=lambda node: (branch[node], -node))
        ids = reporting.nodes.ids
        start = cycle.index(top)
        ring = [ids[node] for node in (*cycle[start:], *cycle[:start])]
        name, above = quoted(ids[top]), quoted(ids[bosses[top]])
        bosses[top] = ROOT
        way = " -> ".join(quoted(name) for name in ring[:_SHOWN_OF_A_CIRCLE])
        if len(ring) > _SHOWN_OF_A_CIRCLE:
            way += f" -> ... ({len(ring)} in all)"
        size = branch[top] - 1
        reason = (
            f"because {name} has the largest branch of its own ({counted(size, 'node')})"
            if size
            else f"because {name} comes first"
        )
        message = (
            f"The managers of {counted(len(ring), 'row')} run in a circle: {way} -> {name}. The line from "
            f"{name} to {above} was left out, {reason}; it is a top now."
        )
        notices.append(reporting.notice("cycle", "error", message, top))


def _branches(manager: Ints, on_cycles: set[int]) -> list[int]:
    """Return the size of every node's branch, itself included, without what hangs on its circle."""
    reports = np.bincount(manager[manager >= 0], minlength=len(manager)).tolist()
    bosses = manager.tolist()
    sizes = [1] * len(bosses)
    leaves = [node for node, number in enumerate(reports) if not number]
    while leaves:
        node = leaves.pop()
        boss = bosses[node]
        if boss < 0 or node in on_cycles:
            continue
        sizes[boss] += sizes[node]
        reports[boss] -= 1
        if not reports[boss]:
            leaves.append(boss)
    return sizes
