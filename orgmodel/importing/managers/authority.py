"""Solid lines made sound: self references, managers outside the file, circles, several tops."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np

from orgmodel.importing.decisions import PROPOSED, Choice, Repair
from orgmodel.importing.managers.directory import ROOT, Directory
from orgmodel.importing.managers.forest import Authority, branch_sizes
from orgmodel.importing.managers.missing_managers import settle_missing_managers
from orgmodel.importing.managers.plausibility import settle_implausible_managers
from orgmodel.importing.managers.reporting_lines import Reporting
from orgmodel.importing.managers.roots import COMMON_ROOT, settle_roots
from orgmodel.importing.notices import Findings, Notice, Severity
from orgmodel.lines import Ints, manager_cycles
from orgmodel.wording import counted, quoted

_SHOWN_OF_A_CIRCLE: Final = 25
_OTHER_CUTS: Final = 12


def sound_authority(reporting: Reporting, found: Ints, directory: Directory, notices: Findings) -> Authority:
    """Return solid lines that make a forest.

    ``found`` holds for every node its manager's node, `ROOT` or `UNKNOWN`. Unless the reader decides
    otherwise

    * who reports to themselves becomes a root;
    * a manager who is not in the file becomes a *placeholder*: a node nobody holds, which keeps the people
      who report to it together. But if the file has no other top and one row only reports to somebody
      outside, that row is the top: its manager is the board, the minister, the parent company;
    * of a circle the line above the node with the largest branch of its own is left out, because then the
      fewest people end up under somebody who is below them;
    * managers who look wrong, and several roots, are left as they are.

    What the reader has said of one node's manager takes the place of what the file says. A circle is not cut
    there as long as it has another line.
    """
    authority = Authority(reporting, found.copy(), reporting.nodes.ids)
    open_choices = _take_decided_managers(authority, notices.decisions.of("manager"), notices)
    _settle_self_references(authority, notices)
    settle_missing_managers(authority, directory, notices)
    open_choices = _take_decided_managers(authority, open_choices, notices)  # placeholders are there now
    _cut_cycles(authority, notices)
    settle_implausible_managers(authority, notices)
    settle_roots(authority, notices)
    _take_the_rest(authority, open_choices, notices)
    return authority


def _settle_self_references(authority: Authority, notices: Findings) -> None:
    bosses, reporting = authority.bosses, authority.reporting
    own = np.flatnonzero(bosses == np.arange(len(bosses)))
    if not len(own):
        return
    tops = bosses == ROOT
    others = bool(tops.any())
    bosses[own] = ROOT
    if others:
        authority.doubtful.update(own.tolist())
    else:
        tops[own] = True
    sizes = branch_sizes(bosses)
    head = int(np.where(tops, sizes, 0).argmax())
    for node in own.tolist():
        options = {"top": f"Make {reporting.called(node)} a top"}
        if node != head:
            options["head"] = f"Put it under {reporting.called(head)}, the largest top"
        # Where tops are marked in another way, this is no mark but a mistake; not of the head of most.
        proposed = "head" if others and sizes[node] <= sizes[head] else "top"
        subject = reporting.nodes.ids[node]
        answer = notices.decisions.about("self_reference", subject, options, "top", proposed)
        message = f"Row {reporting.line(node)}: {reporting.called(node)} reports to itself"
        if answer.option == "head":
            bosses[node] = head
            message += f" and was put under {reporting.called(head)}, as you decided."
        elif others:
            below = int(sizes[node]) - 1
            apart = f" with {counted(below, 'node')} below it, apart from all others" if below else ""
            message += (
                ". Other rows are marked as tops in another way, so this may be a mistake; it is a top of "
                f"its own{apart} until its manager is given."
            )
        else:
            message += " and was taken as a top."
        severity: Severity = "warning" if others else "info"
        notices.append(reporting.notice("self_reference", severity, message, node, answer.repairs))


# ---------------------------------------------------------------------- what the reader has said


def _take_decided_managers(
    authority: Authority, choices: Mapping[str, str], notices: Findings
) -> dict[str, str]:
    """Give nodes the managers the reader has said, an id or the empty text; return what could not be done."""
    rest = {}
    for subject, option in choices.items():
        node = authority.ids.place_of.get(subject, -1)
        boss = authority.ids.place_of.get(option, -1) if option else ROOT
        if option == PROPOSED and boss < 0:
            continue  # as the file says, again
        if node < 0 or node == boss or (option and boss < 0):
            rest[subject] = option
            continue
        authority.bosses[node] = boss
        authority.decided.add(node)
        _notice_decided(authority, node, option, notices)
    return rest


def _take_the_rest(authority: Authority, choices: Mapping[str, str], notices: Findings) -> None:
    """Put nodes under the head that was added at last, and say what no node was found for."""
    top = len(authority.ids) - 1
    added = authority.placeholders and authority.placeholders[-1] == COMMON_ROOT
    possible = {
        subject: option
        for subject, option in choices.items()
        if added and option == authority.ids[top] and subject != option
    }
    rest = _take_decided_managers(authority, possible, notices)
    rest |= {subject: option for subject, option in choices.items() if subject not in possible}
    for subject, option in rest.items():
        known = subject in authority.ids.place_of
        who = option if known else subject
        reason = "is the node itself" if known and subject == option else "is not in this chart"
        message = (
            f"{quoted(option)} was to be the manager of {quoted(subject)}, but {quoted(who)} {reason}; "
            "nothing was changed."
        )
        notices.append(Notice("manager", "warning", message, value=who))


def _notice_decided(authority: Authority, node: int, option: str, notices: Findings) -> None:
    boss = int(authority.bosses[node])
    title = "Make it a top" if boss < 0 else f"Put it under {authority.called(boss)}"
    repairs = (
        Repair(Choice("manager", authority.ids[node], option), title, applied=True),
        Repair(Choice("manager", authority.ids[node], PROPOSED), "Take the manager the file gives"),
    )
    done = "made a top" if boss < 0 else f"put under {authority.called(boss)}"
    message = f"{authority.called(node)} was {done}, as you decided."
    reporting = authority.reporting
    if node < len(reporting.nodes.rows):
        message = f"Row {reporting.line(node)}: {message}"
        notices.append(reporting.notice("manager", "info", message, node, repairs))
    else:
        notices.append(Notice("manager", "info", message, value=authority.ids[node], repairs=repairs))


# ---------------------------------------------------------------------- circles


def _cut_cycles(authority: Authority, notices: Findings) -> None:
    cycles = manager_cycles(authority.bosses)
    if not cycles:
        return
    branch = _branches(authority.bosses, {node for cycle in cycles for node in cycle})
    for cycle in cycles:
        _cut_cycle(authority, cycle, branch, notices)


def _cut_cycle(authority: Authority, cycle: list[int], branch: list[int], notices: Findings) -> None:
    bosses, ids = authority.bosses, authority.ids
    cuttable = [node for node in cycle if node not in authority.decided] or cycle
    cheapest = sorted(cuttable, key=lambda node: (-branch[node], node))[: 1 + _OTHER_CUTS]
    options = {
        f"cut {ids[node]}": f"Cut {authority.called(node)} -> {authority.called(int(bosses[node]))}"
        for node in cheapest
    }
    subject = min(ids[node] for node in cycle)
    answer = notices.decisions.about("cycle", subject, options, f"cut {ids[cheapest[0]]}")
    top = next(node for node in cheapest if f"cut {ids[node]}" == answer.option)
    above = int(bosses[top])
    bosses[top] = ROOT
    why = "as you decided"
    if top == cheapest[0]:
        why = f"because {_reason(authority, top, branch)}"
    message = (
        f"The managers of {counted(len(cycle), 'row')} run in a circle: {_ring(authority, cycle, top)}. "
        f"The line from {authority.called(top)} to {authority.called(above)} was left out, {why}. "
        f"{quoted(ids[top])} is a top now."
    )
    notices.append(_notice_of_cycle(authority, top, message, answer.repairs))


def _reason(authority: Authority, top: int, branch: list[int]) -> str:
    """Return why the line above a node is cut: so the fewest end up under somebody who was below them."""
    if size := branch[top] - 1:
        return f"{quoted(authority.ids[top])} has the largest branch of its own ({counted(size, 'node')})"
    return f"no branch is larger than another and {quoted(authority.ids[top])} comes first"


def _ring(authority: Authority, cycle: list[int], top: int) -> str:
    """Return the way round a circle, with the names of all who are on it as far as a reader follows."""
    start = cycle.index(top)
    ring = [*cycle[start:], *cycle[:start]]
    way = " -> ".join(authority.called(node) for node in ring[:_SHOWN_OF_A_CIRCLE])
    if len(ring) > _SHOWN_OF_A_CIRCLE:
        way += f" -> ... ({len(ring)} in all)"
    return f"{way} -> {quoted(authority.ids[top])}"


def _notice_of_cycle(authority: Authority, top: int, message: str, repairs: tuple[Repair, ...]) -> Notice:
    if top < len(authority.reporting.nodes.rows):
        return authority.reporting.notice("cycle", "error", message, top, repairs)
    return Notice("cycle", "error", message, value=authority.ids[top], repairs=repairs)


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
