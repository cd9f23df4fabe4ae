"""The manager of every node, as far as the file tells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from orgmodel.importing.identities import Nodes
from orgmodel.importing.lines import FurtherLine, split_managers
from orgmodel.importing.manager_columns import ManagerColumn
from orgmodel.importing.managers import ROOT, UNKNOWN, Directory
from orgmodel.importing.report import Notice, Severity
from orgmodel.importing.tables import Table
from orgmodel.importing.wording import counted, listed, numbered, quoted


@dataclass(frozen=True)
class Reporting:
    """What is known of the nodes when their lines are drawn: for sentences."""

    table: Table
    nodes: Nodes
    managers: ManagerColumn | None
    id_values: Sequence[str] | None

    def line(self, node: int) -> int:
        """Return the line of the file a node comes from."""
        return self.table.lines[self.nodes.rows[node]]

    @cached_property
    def references(self) -> Sequence[str]:
        """What the manager column says of every node."""
        if self.managers is None:
            return [""] * len(self.nodes.rows)
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
) -> tuple[list[int], list[FurtherLine]]:
    """Return every node's manager (or `ROOT`, `UNKNOWN`), and the further ones of cells that name several.

    ``others`` are columns that hold managers too: where they disagree, a notice says so.
    """
    nodes, managers = reporting.nodes, reporting.managers
    if managers is None:
        return [ROOT] * len(nodes.ids), []
    references = reporting.references
    found, ways = directory.managers()
    _notice_ways(reporting, ways, notices)
    _notice_shared_names(reporting, directory, notices)
    several = _split(reporting, references, found, directory, notices)
    for other in others:
        _notice_disagreement(reporting, found, other, notices)
    return found, several


def _split(
    reporting: Reporting,
    references: Sequence[str],
    found: list[int],
    directory: Directory,
    notices: list[Notice],
) -> list[FurtherLine]:
    """Take cells that name several managers: the first becomes the solid one, the others are returned."""
    parts_of: dict[str, list[int]] = {}
    lines = []
    for node, reference in enumerate(references):
        if found[node] != UNKNOWN:
            continue
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
    reporting: Reporting, found: Sequence[int], other: ManagerColumn, notices: list[Notice]
) -> None:
    """Note the rows for which another column names another manager."""
    table, nodes = reporting.table, reporting.nodes
    header = table.header[other.column]
    own: dict[str, int] = {}
    for node, row in enumerate(nodes.rows):
        value = other.target.values[row]
        own[value] = UNKNOWN if value in own else node
    for node, row in enumerate(nodes.rows):
        text = table.columns[other.column][row]
        second = own.get(text, UNKNOWN)
        if text and second >= 0 and found[node] >= 0 and second != found[node]:
            message = (
                f"Row {table.lines[row]}: {quoted(reporting.header or '')} names "
                f"{quoted(reporting.reference(node))} as the manager, but {quoted(header)} names "
                f"{quoted(text)}; the first was taken."
            )
            notices.append(
                Notice("manager_columns_disagree", "warning", message, table.lines[row], header, text)
            )


def _notice_shared_names(reporting: Reporting, directory: Directory, notices: list[Notice]) -> None:
    """Note the managers whose name several nodes have, unless ids are shared: that is noted already."""
    managers, nodes = reporting.managers, reporting.nodes
    if managers is None or managers.target.values is reporting.id_values:
        return
    asked: dict[str, int] = {}
    for node, reference in enumerate(reporting.references if directory.shared else ()):
        asked.setdefault(reference, node)
    for value, chosen in directory.shared.items():
        if value not in asked:
            continue
        node = asked[value]
        same = [nodes.rows[other] for other in directory.sharing[value]]
        lines = [reporting.table.lines[row] for row in same]
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
