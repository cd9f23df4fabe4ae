"""A table -> an organization: the order of the work, from columns to nodes to lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from orgmodel.importing.authority import Authority, sound_authority
from orgmodel.importing.cells import Column, column_of
from orgmodel.importing.columns import Roles, joined_names, roles_of
from orgmodel.importing.evidence import evidence_of, mapping_of
from orgmodel.importing.headers import role_of
from orgmodel.importing.identities import FreeNames, IdColumn, Nodes, id_column, nodes_of
from orgmodel.importing.lines import (
    Cells,
    Find,
    FurtherLine,
    cells_of,
    named_lines,
    sound_lines,
    stated_lines,
    ties_of,
)
from orgmodel.importing.manager_columns import ManagerColumn, Target, manager_columns
from orgmodel.importing.managers import Directory
from orgmodel.importing.notices import Findings, Notice, Severity
from orgmodel.importing.posts import Posts, keep_attributes, posts_of
from orgmodel.importing.report import ImportReport, Step
from orgmodel.importing.reporting_lines import Reporting, found_managers
from orgmodel.importing.tables import Reading, Table
from orgmodel.importing.wording import listed, quoted
from orgmodel.lines import Floats, FurtherManager, Texts, Tie, frozen, frozen_texts, further_lines, tie_lines
from orgmodel.organization import Organization

_HALF: Final = 0.5
_PLACEHOLDER: Final = "placeholder"


@dataclass
class _Further:
    """Further managers and ties as an organization takes them, and the columns they come from."""

    managers: list[FurtherManager] = field(default_factory=list)
    ties: list[Tie] = field(default_factory=list)
    columns: dict[int, Cells] = field(default_factory=dict)


def assembled(reading: Reading, steps: Sequence[Step] = ()) -> ImportReport:
    """Return the organization in what was read, with the report of how it came about."""
    table, mapping = reading.table, reading.mapping
    notices = Findings(reading.notices, [choice for step in steps for choice in step.choices])
    roles = roles_of(table, mapping)
    names, places = joined_names(table, roles)
    columns = manager_columns(table, roles, _names_as_target(table, names, places))
    managers = columns[0] if columns else None
    _notice_managers(table, managers, notices)
    if managers and not table.named:  # a guess at another role of that column was wrong
        roles = {role: rest for role, all_of in roles.items() if (rest := _without(all_of, managers.column))}
    posts = posts_of(table, roles, notices)
    identity = id_column(table, roles, managers, names, notices)
    nodes = nodes_of(table, identity, managers, (names, posts.titles, posts.units), posts.vacant, notices)
    reporting = Reporting(table, nodes, managers, identity.values)
    directory = _directory(reporting, roles, identity, names)
    found, several = found_managers(reporting, directory, columns[1:], notices)
    authority = sound_authority(reporting, found, notices)
    ids = _with_placeholders(nodes.ids, authority.placeholders)
    further = _further(reporting, roles, authority, directory, several, ids, notices)
    posts.used.update(further.columns)
    columns_used = (identity.column, managers.column if managers else None)
    posts.used.update(place for place in columns_used if place is not None)
    keep_attributes(table, posts, notices)
    read_as = _columns_read(table, roles, posts, identity, managers)
    return ImportReport(
        organization=_organization(nodes, posts, authority, ids, further),
        notices=notices.closed(),
        columns=read_as,
        rows=nodes.account(table.besides),
        encoding=table.encoding,
        separator=table.separator,
        sheet=table.sheet,
        filename=reading.filename,
        mapping=mapping or mapping_of(table, read_as),
        evidence=evidence_of(table, read_as, managers),
        reading=reading,
        steps=tuple(steps),
    )


def _with_placeholders(ids: Column, placeholders: Sequence[str]) -> Column:
    """Return the ids of the nodes, then those of the placeholders."""
    if not placeholders:
        return ids
    names = FreeNames(ids)
    return column_of([*ids, *map(names.free, placeholders)])


def _without(places: Sequence[int], column: int) -> list[int]:
    return [place for place in places if place != column]


def _names_as_target(table: Table, names: Column, places: Sequence[int]) -> Target | None:
    if not places:
        return None
    label = " + ".join(table.header[place] for place in places)
    return Target(label, names, places[0] if len(places) == 1 else None, rank=2)


def _directory(reporting: Reporting, roles: Roles, identity: IdColumn, names: Column) -> Directory:
    """Return the nodes by what managers refer to: the found target, then ids, e-mail addresses and names."""
    table, nodes, managers = reporting.table, reporting.nodes, reporting.managers
    columns: list[Column] = []
    if managers and managers.found:
        columns.append(managers.target.values)
    if identity.values is not None:
        columns.append(identity.values)
    columns += [table.columns[place] for place in roles.get("email", [])[:1]]
    columns += [names] if any(names.texts) else []
    different = [
        column for place, column in enumerate(columns) if not any(column is one for one in columns[:place])
    ]
    targets = [nodes.of(column) for column in different] or [nodes.ids]
    return Directory(targets, reporting.references)


# ---------------------------------------------------------------------- lines besides the solid ones


def _further(
    reporting: Reporting,
    roles: Roles,
    authority: Authority,
    directory: Directory,
    several: Sequence[FurtherLine],
    ids: Column,
    notices: list[Notice],
) -> _Further:
    """Return the further managers and ties of every column that holds some, and of cells and rows that do."""
    own = len(reporting.nodes.ids)
    placeholders = {text: own + number for number, text in enumerate(authority.placeholders)}

    def find(text: str) -> int:
        node, _way = directory.find(text)
        return node if node >= 0 else placeholders.get(text, node)

    further = _Further()
    roles = {role: roles.get(role, []) for role in ("further_managers", "second_managers", "ties")}
    for place in (*roles["further_managers"][:1], *roles["second_managers"], *roles["ties"][:1]):
        further.columns[place] = cells_of(reporting.table, place, reporting.nodes)
    lines = [*several, *_lines_of_rows(reporting, find, notices)]
    for place in roles["further_managers"][:1]:
        lines += stated_lines(further.columns[place], find, notices)
    for place in roles["second_managers"]:
        lines += named_lines(further.columns[place], find, notices)
    further.managers = sound_lines(lines, authority.bosses, ids, notices)
    for place in roles["ties"][:1]:
        further.ties = ties_of(further.columns[place], find, ids, notices)
    return further


def _lines_of_rows(reporting: Reporting, find: Find, notices: list[Notice]) -> list[FurtherLine]:
    """Return the lines of rows that repeat another one but for the manager."""
    table, managers = reporting.table, reporting.managers
    if managers is None:
        return []
    lines = []
    for node, row in reporting.nodes.lines:
        reference, line = table.columns[managers.column][row], table.lines[row]
        if (manager := find(reference)) >= 0:
            lines.append(FurtherLine(node, manager, "dotted", 0.0, line, reporting.header))
            continue
        message = (
            f"Row {line}: the further manager {quoted(reference)} is not in the file; no line was drawn."
        )
        notices.append(Notice("further_manager", "warning", message, line, reporting.header, reference))
    return lines


# ---------------------------------------------------------------------- the result


def _organization(
    nodes: Nodes, posts: Posts, authority: Authority, ids: Column, further: _Further
) -> Organization:
    added = authority.placeholders
    none = [""] * len(added)

    def of_nodes(column: Texts | Floats) -> Texts | Floats:
        return column if len(nodes.rows) == len(column) else column[nodes.rows]

    def texts(column: Column, of_placeholders: Sequence[str] = none) -> Texts:
        return frozen(np.append(nodes.of(column).cells, frozen_texts(of_placeholders)))

    attributes = {
        name: np.append(of_nodes(column), np.full(len(added), None))
        for name, column in posts.attributes.items()
    }
    for cells in further.columns.values():
        if cells.left_over:
            column = attributes.setdefault(cells.header, np.full(len(ids), None))
            for node, texts_left in cells.left_over.items():
                column[node] = ";".join(texts_left)
    attributes = {
        name: frozen(column)
        for name, column in attributes.items()
        if any(value is not None for value in column)
    }
    manager = frozen(authority.bosses)
    row_of = ids.place_of  # all are different
    organization = Organization(
        ids=frozen(ids.texts),
        names=texts(posts.names, added),
        titles=texts(posts.titles),
        units=texts(posts.units),
        functions=texts(posts.functions),
        headcount=frozen(np.append(of_nodes(posts.headcount), np.zeros(len(added)))),
        locations=texts(posts.locations),
        statuses=texts(posts.statuses, [_PLACEHOLDER] * len(added)),
        manager=manager,
        further=further_lines(further.managers, row_of, manager),
        ties=tie_lines(further.ties, row_of),
        attributes=attributes,
    )
    organization.__dict__["row_of"] = row_of
    return organization


def _columns_read(
    table: Table, roles: Roles, posts: Posts, identity: IdColumn, managers: ManagerColumn | None
) -> dict[str, tuple[str, ...]]:
    """Return role -> headers: first what makes the nodes, then what is kept as attributes but understood."""
    columns: dict[str, tuple[str, ...]] = {}
    if identity.column is not None:
        columns["id"] = (table.header[identity.column],)
    if managers:
        columns["manager"] = (table.header[managers.column],)
    columns |= posts.headers
    for role, places in roles.items():
        if role not in {*columns, "first", "last"}:
            columns[role] = tuple(table.header[place] for place in places)
    return columns


def _notice_managers(table: Table, managers: ManagerColumn | None, notices: list[Notice]) -> None:
    """Say where the managers are read from, or what is missing."""
    if managers is None:
        empty = [header for header in table.header if role_of(header) == "manager"]
        found = (
            f"The column {quoted(empty[0])} names nobody" if empty else "No column says who reports to whom"
        )
        tops = f"all {len(table):,} rows are tops" if len(table) > 1 else "the only row is a top"
        message = (
            f"{found}, so {tops}. Add a column with each person's manager "
            "(their id, e-mail address or name) and read the file again. An export that has it is usually "
            'called "reporting lines", "org chart" or "employees with manager".'
        )
        severity: Severity = "error" if len(table) > 1 else "info"
        notices.append(Notice("no_manager_column", severity, message))
        return
    header, label = table.header[managers.column], managers.target.label
    if managers.given and not managers.found:
        message = f"The managers are read from {quoted(header)}, but none of them is found in the file."
    else:
        message = (
            f"The managers are read from {quoted(header)}: {managers.found:,} of {managers.given:,} found in "
            f"{quoted(label)}."
        )
    guess = "" if managers.recognised else " The column was chosen because its values are found there."
    notices.append(
        Notice("manager_column", "info" if not guess else "warning", message + guess, column=header)
    )
    if managers.given and managers.share < _HALF:
        values = [cell for cell in table.columns[managers.column].texts if cell]
        message = (
            f"Most managers in {quoted(header)} are not in the file ({listed(values)}). Perhaps the export "
            "covers a part of the company, or the column that says what they refer to is missing."
        )
        notices.append(Notice("managers_not_found", "warning", message, column=header))
