"""The manager of every node, as far as the file tells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from orgmodel.importing.columns.manager_columns import ManagerColumn
from orgmodel.importing.decisions import Repair
from orgmodel.importing.files.cells import Column, empty_column
from orgmodel.importing.files.tables import Table
from orgmodel.importing.managers.directory import ROOT, UNKNOWN, Directory
from orgmodel.importing.managers.lines import FurtherLine, split_managers
from orgmodel.importing.notices import Findings, Notice, Severity
from orgmodel.importing.rows.identities import Nodes
from orgmodel.importing.rows.posts import Posts
from orgmodel.importing.wording import listed, numbered
from orgmodel.lines import Ints
from orgmodel.wording import counted, quoted

_OTHERS_OFFERED: Final = 5
# The options of columns that disagree, by the place of the column among them.
_ORDINALS: Final = ("first", "second", "third", "fourth", "fifth", "sixth")
_WAYS: Final = {
    "leading zeros": "found after leading zeros were ignored; no two ids are the same without them",
    "another spelling": "found under another spelling (case, accents, blanks)",
    "another column": "found in another column than the others",
    "last name first": 'found after "Last, First" was turned round',
    "brackets": "found by the part before or within the brackets",
}


@dataclass(frozen=True)
class Reporting:
    """What is known of the nodes when their lines are drawn: for sentences."""

    table: Table
    nodes: Nodes
    managers: ManagerColumn | None
    id_values: Column | None
    posts: Posts

    def line(self, node: int) -> int:
        """Return the line of the file a node comes from."""
        return self.nodes.line(self.table, node)

    @cached_property
    def references(self) -> Column:
        """What the manager column says of every node."""
        if self.managers is None:
            return empty_column(len(self.nodes.rows))
        return self.nodes.of(self.table.columns[self.managers.column])

    def reference(self, node: int) -> str:
        """Return what the manager column says of a node."""
        return self.references[node]

    @property
    def header(self) -> str | None:
        """Header of the manager column."""
        return self.table.header[self.managers.column] if self.managers else None

    def called(self, node: int) -> str:
        """Return a node as a sentence names it: its id, and its name or title if that says more."""
        own = self.nodes.ids[node]
        row = int(self.nodes.rows[node])
        texts = (self.posts.names[row], self.posts.titles[row])
        name = next((text for text in texts if text and text != own), "")
        return f"{quoted(own)} ({quoted(name)[1:-1]})" if name else quoted(own)

    def notice(
        self, code: str, severity: Severity, message: str, node: int, repairs: tuple[Repair, ...] = ()
    ) -> Notice:
        """Return a notice about a node and its manager."""
        value = self.reference(node) or None
        return Notice(code, severity, message, self.line(node), self.header, value, repairs)


def found_managers(
    reporting: Reporting, directory: Directory, others: Sequence[ManagerColumn], notices: Findings
) -> tuple[Ints, list[FurtherLine]]:
    """Return every node's manager (or `ROOT`, `UNKNOWN`), and the further ones of cells that name several.

    ``others`` are columns that hold managers too: where they disagree, a notice says so.
    """
    nodes, managers = reporting.nodes, reporting.managers
    if managers is None:
        return np.full(len(nodes.ids), ROOT), []
    _settle_shared_names(reporting, directory, notices)
    found, ways = directory.managers()
    _settle_ways(reporting, directory, found, ways, notices)
    several = _split(reporting, found, directory, notices)
    _settle_columns(reporting, found, others, notices)
    return found, several


# ---------------------------------------------------------------------- several managers in one cell


def _split(reporting: Reporting, found: Ints, directory: Directory, notices: Findings) -> list[FurtherLine]:
    """Take cells that name several managers: one becomes the solid one, the others are returned."""
    parts_of: dict[str, list[int]] = {}
    lines: list[FurtherLine] = []
    for node in np.flatnonzero(found == UNKNOWN).tolist():
        reference = reporting.reference(node)
        if reference not in parts_of:
            parts_of[reference] = split_managers(reference, lambda text: directory.find(text)[0])
        if parts := parts_of[reference]:
            lines += _several(reporting, found, node, parts, notices)
    return lines


def _several(
    reporting: Reporting, found: Ints, node: int, parts: Sequence[int], notices: Findings
) -> list[FurtherLine]:
    """Decide about one cell with several managers; return its further lines."""
    others = dict(enumerate(parts[1 : 1 + _OTHERS_OFFERED], start=2))
    first = reporting.called(parts[0])
    options = {
        "first": f"{first} is the manager, the others have dotted lines",
        "first only": f"{first} is the manager, the others are left out",
        **{
            f"manager {number}": f"{reporting.called(part)} is the manager, the others have dotted lines"
            for number, part in others.items()
        },
        "shared equally": f"All {len(parts)} share the authority equally",
    }
    answer = notices.decisions.about("several_managers", reporting.nodes.ids[node], options, "first")
    place = int(answer.option.removeprefix("manager ")) - 1 if answer.option.startswith("manager ") else 0
    found[node] = solid = parts[place]
    kind, share = ("shared", 1 / len(parts)) if answer.option == "shared equally" else ("dotted", 0.0)
    done = {
        "first": "The first is the manager; the others have dotted lines without authority.",
        "first only": "The first is the manager; the others were left out, as you decided.",
        "shared equally": "They share the authority equally, as you decided.",
    }.get(
        answer.option,
        f"{reporting.called(solid)} is the manager, as you decided; the others have dotted lines.",
    )
    line, names = reporting.line(node), listed([reporting.nodes.ids[part] for part in parts])
    message = f"Row {line} names several managers ({names}). {done}"
    notices.append(reporting.notice("several_managers", "warning", message, node, answer.repairs))
    if answer.option == "first only":
        return []
    further = [part for part in parts if part != solid]
    return [FurtherLine(node, other, kind, share, line, reporting.header) for other in further]


# ---------------------------------------------------------------------- several columns of managers


def _settle_columns(
    reporting: Reporting, found: Ints, others: Sequence[ManagerColumn], notices: Findings
) -> None:
    """Decide about the rows for which another column names another manager."""
    named: dict[int, list[tuple[str, str, str, int]]] = {}  # node -> option, header, cell, manager
    first = found.copy()
    for option, other in zip(_ORDINALS[1:], others, strict=False):
        cells, second = _managers_in(reporting, other)
        differ = cells.filled & (second >= 0) & (first >= 0) & (second != first)
        header = reporting.table.header[other.column]
        for node in np.flatnonzero(differ).tolist():
            named.setdefault(node, []).append((option, header, cells[node], int(second[node])))
    for node, alternatives in sorted(named.items()):
        _disagreement(reporting, found, node, alternatives, notices)


def _managers_in(reporting: Reporting, other: ManagerColumn) -> tuple[Column, Ints]:
    """Return the cells of another column of managers, and the nodes that are surely meant (or `UNKNOWN`)."""
    nodes = reporting.nodes
    cells, target = nodes.of(reporting.table.columns[other.column]), nodes.of(other.target.values)
    own = np.where(target.counts == 1, target.first_rows, UNKNOWN)  # per text the only node that has it
    places = target.places_of(cells.texts)
    return cells, np.where(places >= 0, own[places], UNKNOWN)[cells.index]


def _disagreement(
    reporting: Reporting,
    found: Ints,
    node: int,
    alternatives: Sequence[tuple[str, str, str, int]],
    notices: Findings,
) -> None:
    own_header = reporting.header or ""
    options = {"first": f"Take {reporting.called(int(found[node]))} from {quoted(own_header)}"}
    for option, header, _cell, manager in alternatives:
        options[option] = f"Take {reporting.called(manager)} from {quoted(header)}"
    subject = reporting.nodes.ids[node]
    answer = notices.decisions.about("manager_columns_disagree", subject, options, "first")
    for option, _header, _cell, manager in alternatives:
        if option == answer.option:
            found[node] = manager
    line = reporting.line(node)
    say = " and ".join(f"{quoted(header)} names {quoted(cell)}" for _, header, cell, _ in alternatives)
    decided = "" if answer.option == "first" else ", as you decided"
    message = (
        f"Row {line}: {quoted(own_header)} names {quoted(reporting.reference(node))} as the "
        f"manager, but {say}; the {answer.option} was taken{decided}."
    )
    _, header, cell, _ = alternatives[0]
    notices.append(Notice("manager_columns_disagree", "warning", message, line, header, cell, answer.repairs))


# ---------------------------------------------------------------------- names, spellings


def _settle_shared_names(reporting: Reporting, directory: Directory, notices: Findings) -> None:
    """Decide who is meant by a name several nodes have, unless ids are shared: that is decided already."""
    managers = reporting.managers
    if managers is None or managers.target.values is reporting.id_values:
        return
    asked: dict[str, int] = {}
    if directory.shared:
        references = reporting.references
        asked = dict(zip(references.texts.tolist(), references.first_rows.tolist(), strict=True))
    for value, usual in list(directory.shared.items()):
        if value not in asked:
            continue
        node, sharing = asked[value], directory.sharing[value]
        others = [other for other in sharing if other != usual][:_OTHERS_OFFERED]
        options = {
            reporting.nodes.ids[other]: f"Row {reporting.line(other)}: {reporting.called(other)}"
            for other in (usual, *others)
        }
        answer = notices.decisions.about("ambiguous_manager", value, options, reporting.nodes.ids[usual])
        chosen = next(other for other in (usual, *others) if reporting.nodes.ids[other] == answer.option)
        directory.choose(value, chosen)
        lines = [reporting.line(other) for other in sharing]
        decided = "" if chosen == usual else ", as you decided"
        message = (
            f"{quoted(value)} is the name of {len(lines)} rows ({numbered(lines)}). Whoever reports to this "
            f"name was put under row {reporting.line(chosen)}{decided}; a column of ids would make it "
            "certain."
        )
        notices.append(reporting.notice("ambiguous_manager", "warning", message, node, answer.repairs))


def _settle_ways(
    reporting: Reporting,
    directory: Directory,
    found: Ints,
    ways: Mapping[str, list[int]],
    notices: Findings,
) -> None:
    """Say in which other ways managers were found, and leave those unknown whom the reader refuses so."""
    for way, nodes in ways.items():
        references = list(dict.fromkeys(reporting.reference(node) for node in nodes))
        zeros = way == "leading zeros"
        code, subject = ("leading_zeros", "") if zeros else ("loose_match", way)
        take, refuse = ("ignore", "keep") if zeros else ("accept", "refuse")
        options = {
            take: "Ignore leading zeros" if zeros else f"Take managers {_WAYS[way]}",
            refuse: "Keep leading zeros: these managers are missing" if zeros else "Count them as missing",
        }
        answer = notices.decisions.about(code, subject, options, take)
        rows = counted(len(nodes), "row")
        message = f"The managers of {rows} were {_WAYS[way]}: {listed(references)}."
        if answer.option == refuse:
            directory.refused.add(way)
            found[nodes] = UNKNOWN
            message = (
                f"The managers of {rows} could be {_WAYS[way]}: {listed(references)}. You decided against it."
            )
        notices.append(reporting.notice(code, "info", message, nodes[0], answer.repairs))
