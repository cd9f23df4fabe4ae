"""The manager of every node, as far as the file tells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from orgmodel.importing.cells import Column, empty_column
from orgmodel.importing.identities import Nodes
from orgmodel.importing.lines import FurtherLine, split_managers
from orgmodel.importing.manager_columns import ManagerColumn
from orgmodel.importing.managers import ROOT, UNKNOWN, Directory
from orgmodel.importing.notices import Notice, Severity
from orgmodel.importing.tables import Table
from orgmodel.importing.wording import counted, listed, numbered, quoted
from orgmodel.lines import Ints


@dataclass(frozen=True)
class Reporting:
    """What is known of the nodes when their lines are drawn: for sentences."""

    table: Table
    nodes: Nodes
    managers: ManagerColumn | None
    id_values: Column | None

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

    def notice(self, code: str, severity: Severity, message: str, node: int) -> Notice:
        """Return a notice about a node and its manager."""
        return Notice(code, severity, message, self.line(node), self.header, self.reference(node) or None)


def found_managers(
    reporting: Reporting, directory: Directory, others: Sequence[ManagerColumn], notices: list[Notice]
) -> tuple[Ints, list[FurtherLine]]:
    """Return every node's manager (or `ROOT`, `UNKNOWN`), and the further ones of cells that name several.

    ``others`` are columns that hold managers too: where they disagree, a notice says so.
    """
    nodes, managers = reporting.nodes, reporting.managers
    if managers is None:
        return np.full(len(nodes.ids), ROOT), []
    found, ways = directory.managers()
    _notice_ways(reporting, ways, notices)
    _notice_shared_names(reporting, directory, notices)
    several = _split(reporting, found, directory, notices)
    for other in others:
        _notice_disagreement(reporting, found, other, notices)
    return found, several


def _split(
    reporting: Reporting, found: Ints, directory: Directory, notices: list[Notice]
) -> list[FurtherLine]:
    """Take cells that name several managers: the first becomes the solid one, the others are returned."""
    parts_of: dict[str, list[int]] = {}
    lines = []
    for node in np.flatnonzero(found == UNKNOWN).tolist():
        reference = reporting.reference(node)
        if reference not in parts_of:
            parts_of[reference] = split_managers(reference, lambda text: directory.find(text)[0])
        if not (parts := parts_of[reference]):
            continue
        found[node], *others = parts
        line = reporting.line(node)
        lines += [FurtherLine(node, other, "dotted", 0.0, line, reporting.header) for other in others]
        names = listed([reporting.nodes.ids[part] for part in parts])
        message = (
            f"Row {line} names several managers ({names}). The first is the manager; the others have dotted "
            "lines without authority."
        )
        notices.append(reporting.notice("several_managers", "warning", message, node))
    return lines


def _notice_disagreement(
    reporting: Reporting, found: Ints, other: ManagerColumn, notices: list[Notice]
) -> None:
    """Note the rows for which another column names another manager."""
    table, nodes = reporting.table, reporting.nodes
    header = table.header[other.column]
    named, target = nodes.of(table.columns[other.column]), nodes.of(other.target.values)
    own = np.where(target.counts == 1, target.first_rows, UNKNOWN)  # per text the only node that has it
    places = target.places_of(named.texts)
    second = np.where(places >= 0, own[places], UNKNOWN)[named.index]
    differ = named.filled & (second >= 0) & (found >= 0) & (second != found)
    for node in np.flatnonzero(differ).tolist():
        line, text = reporting.line(node), named[node]
        message = (
            f"Row {line}: {quoted(reporting.header or '')} names {quoted(reporting.reference(node))} as the "
            f"manager, but {quoted(header)} names {quoted(text)}; the first was taken."
        )
        notices.append(Notice("manager_columns_disagree", "warning", message, line, header, text))


def _notice_shared_names(reporting: Reporting, directory: Directory, notices: list[Notice]) -> None:
    """Note the managers whose name several nodes have, unless ids are shared: that is noted already."""
    managers = reporting.managers
    if managers is None or managers.target.values is reporting.id_values:
        return
    asked: dict[str, int] = {}
    if directory.shared:
        references = reporting.references
        asked = dict(zip(references.texts.tolist(), references.first_rows.tolist(), strict=True))
    for value, chosen in directory.shared.items():
        if value not in asked:
            continue
        node = asked[value]
        lines = [reporting.line(other) for other in directory.sharing[value]]
        message = (
            f"{quoted(value)} is the name of {len(lines)} rows ({numbered(lines)}). Whoever reports to this "
            f"name was put under row {reporting.line(chosen)}; a column of ids would make it certain."
        )
        notices.append(reporting.notice("ambiguous_manager", "warning", message, node))


def _notice_ways(reporting: Reporting, ways: Mapping[str, list[int]], notices: list[Notice]) -> None:
    """Say in which other ways managers were found, with the number of rows and the first of them."""
    sentences = {
        "leading zeros": "found after leading zeros were ignored; no two ids are the same without them",
        "another spelling": "found under another spelling (case, accents, blanks)",
        "another column": "found in another column than the others",
        "last name first": 'found after "Last, First" was turned round',
        "brackets": "found by the part before or within the brackets",
    }
    for way, nodes in ways.items():
        references = list(dict.fromkeys(reporting.reference(node) for node in nodes))
        message = f"The managers of {counted(len(nodes), 'row')} were {sentences[way]}: {listed(references)}."
        code = "leading_zeros" if way == "leading zeros" else "loose_match"
        notices.append(reporting.notice(code, "info", message, nodes[0]))
