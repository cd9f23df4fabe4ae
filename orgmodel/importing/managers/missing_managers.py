"""Managers who are not in the file: placeholders for them, or whom they may mean."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Final

import numpy as np

from orgmodel.importing.decisions import Answer
from orgmodel.importing.managers.directory import ROOT, UNKNOWN, Directory
from orgmodel.importing.managers.forest import Authority, branch_sizes, leads_up_to
from orgmodel.importing.managers.nearest import Near, near_nodes
from orgmodel.importing.notices import Findings
from orgmodel.importing.wording import numbered
from orgmodel.lines import Ints, manager_cycles
from orgmodel.wording import counted, quoted

# Levels that are looked through for a circle before a near name is given up.
_LEVELS: Final = 200
# Missing ids of one form above which they are no errors, but people the file does not cover.
_OF_ONE_FORM: Final = 5


@dataclass(frozen=True)
class _Missing:
    """A manager who is not in the file: the reference, who reports to them, and whom they may mean."""

    reference: str
    nodes: list[int]
    near: Near | None
    alike: int  # missing managers written in the same form


def settle_missing_managers(authority: Authority, directory: Directory, notices: Findings) -> None:
    """Give everybody a manager whose manager is not in the file (`UNKNOWN`), or make them roots."""
    reports: dict[str, list[int]] = {}
    for node in np.flatnonzero(authority.bosses == UNKNOWN).tolist():
        reports.setdefault(authority.reporting.reference(node), []).append(node)
    if not reports or _is_outside(authority, reports, notices):
        return
    head = _head(authority.bosses)
    placeholders = []
    settled = authority.bosses.copy()
    for missing in _missing_managers(authority, directory, reports):
        option = _settle(authority, missing, head, notices)
        if option == "placeholder":
            placeholders.append(missing)
        else:
            targets = {"nearest": missing.near.node if missing.near else ROOT, "head": head, "top": ROOT}
            settled[missing.nodes] = authority.meant[missing.reference] = targets[option]
    authority.bosses = settled
    added = authority.add([missing.reference for missing in placeholders])
    for node, missing in zip(added, placeholders, strict=True):
        authority.bosses[missing.nodes] = authority.meant[missing.reference] = node


def _is_outside(authority: Authority, reports: dict[str, list[int]], notices: Findings) -> bool:
    """Take the only one who reports to somebody outside as the top, if there is no other."""
    reference, nodes = next(iter(reports.items()))
    bosses, reporting = authority.bosses, authority.reporting
    if len(reports) > 1 or len(nodes) > 1 or (bosses == ROOT).any():
        return False
    if manager_cycles(np.maximum(bosses, ROOT)):
        return False
    node = nodes[0]
    options = {
        "top": f"Make {reporting.called(node)} the top",
        "placeholder": f"Add {quoted(reference)} above it as a placeholder",
    }
    answer = notices.decisions.about("outside_manager", reference, options, "top")
    if answer.option == "top":
        bosses[node] = authority.meant[reference] = ROOT
        done = "as there is no other top, this row is the top"
    else:
        (placeholder,) = authority.add([reference])
        authority.bosses[node] = authority.meant[reference] = placeholder
        done = "it was added above it as a placeholder, as you decided"
    message = (
        f"Row {reporting.line(node)}: {quoted(reporting.nodes.ids[node])} reports to {quoted(reference)}, "
        f"which is not in the file; {done}."
    )
    notices.append(reporting.notice("outside_manager", "info", message, node, answer.repairs))
    return True


def _head(bosses: Ints) -> int:
    """Return the root of the largest tree, -1 if there is none."""
    sizes = np.where(bosses == ROOT, branch_sizes(bosses), 0)
    head = int(sizes.argmax())
    return head if sizes[head] else ROOT


def _missing_managers(
    authority: Authority, directory: Directory, reports: dict[str, list[int]]
) -> list[_Missing]:
    near = near_nodes(list(reports), directory.spellings)
    forms = Counter(map(_form, reports))
    missing = []
    for reference, nodes in reports.items():
        found = near.get(reference)
        # Whoever is below the people who would report to them is not meant.
        if found and leads_up_to(authority.bosses, found.node, set(nodes), _LEVELS) is not False:
            found = None
        missing.append(_Missing(reference, nodes, found, forms[_form(reference)]))
    return missing


def _form(reference: str) -> str:
    """Return what a reference looks like: its letters and numbers as one sign each.

    >>> _form("G0760"), _form("Ann Smith"), _form("ann@x.org")
    ('a9', '', '')
    """
    if not re.search(r"\d", reference):
        return ""
    return re.sub(r"\d+", "9", re.sub(r"[^\W\d_]+", "a", reference[:100]))


def _settle(authority: Authority, missing: _Missing, head: int, notices: Findings) -> str:
    """Return how a missing manager is met; the notice says it."""
    answer = _answer(authority, missing, head, notices)
    reporting, nodes, near = authority.reporting, missing.nodes, missing.near
    quoted_reference = quoted(missing.reference)
    lines = [reporting.line(node) for node in nodes]
    message = (
        f"{quoted_reference}, the manager of {counted(len(nodes), 'row')} ({numbered(lines)}), is not in the "
        f"file{_reason(authority, missing)}"
    )
    rows, were = ("this row", "was") if len(nodes) == 1 else ("these rows", "were")
    done = {
        "placeholder": "it was added as a placeholder without a manager",
        "nearest": f"{rows} {were} put under {authority.called(near.node)}" if near else "",
        "head": f"{rows} {were} put under {authority.called(head)}, as you decided" if head >= 0 else "",
        "top": f"{rows} {were} made {'a top' if len(nodes) == 1 else 'tops'}, as you decided",
    }[answer.option]
    message += f"; {done}."
    notices.append(reporting.notice("missing_manager", "warning", message, nodes[0], answer.repairs))
    return answer.option


def _answer(authority: Authority, missing: _Missing, head: int, notices: Findings) -> Answer:
    near = missing.near
    them = "the row" if len(missing.nodes) == 1 else "the rows"
    options = {"placeholder": f"Add {quoted(missing.reference)} as a placeholder"}
    if near:
        options["nearest"] = f"Put {them} under {authority.called(near.node)}, {near.likeness} % alike"
    options["top"] = "Make the row a top" if len(missing.nodes) == 1 else "Make the rows tops"
    if head >= 0:
        options["head"] = f"Put {them} under {authority.called(head)}, the largest top"
    proposed = "nearest" if near and near.clear else "placeholder"
    return notices.decisions.about("missing_manager", missing.reference, options, "placeholder", proposed)


def _reason(authority: Authority, missing: _Missing) -> str:
    """Return why the manager may be missing, as far as it can be told."""
    if missing.near:
        near = missing.near
        perhaps = "perhaps it is a typing error" if near.clear else "perhaps that one is meant"
        return f", but {authority.called(near.node)} is ({near.likeness} % alike): {perhaps}"
    if missing.alike >= _OF_ONE_FORM:
        return (
            f" and neither are {missing.alike - 1:,} others of the same form, so the file may cover only a "
            "part of the organization"
        )
    return ""
