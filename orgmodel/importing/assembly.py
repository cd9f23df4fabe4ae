"""A table -> an organization: the order of the work, from columns to nodes to lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from orgmodel.importing.columns.evidence import column_evidence, proposed_mapping
from orgmodel.importing.columns.headers import role_of
from orgmodel.importing.columns.hierarchies import with_managers
from orgmodel.importing.columns.manager_columns import ManagerColumn, understood
from orgmodel.importing.columns.mapping import ColumnMapping
from orgmodel.importing.columns.pointed_numbers import without_points
from orgmodel.importing.columns.roles import Roles, as_mapped, roles_of
from orgmodel.importing.files.cells import Column
from orgmodel.importing.files.tables import Table
from orgmodel.importing.managers.authority import sound_authority
from orgmodel.importing.managers.directory import Directory, is_root_mark
from orgmodel.importing.managers.forest import Authority
from orgmodel.importing.managers.lines import (
    Cells,
    Find,
    FurtherLine,
    cells_of,
    named_lines,
    sound_lines,
    stated_lines,
    ties_of,
)
from orgmodel.importing.managers.outsiders import names_of_placeholders
from orgmodel.importing.managers.reporting_lines import Reporting, found_managers
from orgmodel.importing.notices import Findings, Notice, Severity
from orgmodel.importing.report import ImportReport, Reading, Step
from orgmodel.importing.rows.edited_rows import with_cells
from orgmodel.importing.rows.identities import IdColumn, Nodes, id_column, nodes_of
from orgmodel.importing.rows.misplaced_rows import rows_in_place
from orgmodel.importing.rows.posts import Posts, keep_attributes, merge_posts, posts_of
from orgmodel.importing.rows.template_rows import without_template_rows
from orgmodel.importing.wording import listed
from orgmodel.lines import Floats, FurtherManager, Texts, Tie, frozen, frozen_texts, further_lines, tie_lines
from orgmodel.organization import Organization
from orgmodel.wording import quoted

_HALF: Final = 0.5
_PLACEHOLDER: Final = "placeholder"


@dataclass
class _Further:
    """Further managers and ties as an organization takes them, and the columns they come from."""

    managers: list[FurtherManager] = field(default_factory=list)
    ties: list[Tie] = field(default_factory=list)
    columns: dict[int, Cells] = field(default_factory=dict)


def assembled(
    reading: Reading, steps: Sequence[Step] = (), told: Callable[[float, str], object] | None = None
) -> ImportReport:
    """Return the organization in what was read, with the report of how it came about.

    ``told`` hears which share of the time of a large file has passed, reading it included.
    """
    told = told or (lambda _share, _word: None)
    told(0.75, "Understanding the columns")
    table, mapping = reading.table, reading.mapping
    notices = Findings(reading.notices, [choice for step in steps for choice in step.choices])
    table, mapping = with_managers(as_mapped(table, mapping, notices), mapping, notices)
    table = without_points(table, roles_of(table, mapping), notices)
    roles, names, columns = understood(table, mapping)
    mended = _mended(table, roles, columns, mapping, notices)
    if mended is not table:
        table = mended
        roles, names, columns = understood(table, mapping)
    managers = columns[0] if columns else None
    _notice_managers(table, managers, notices)
    if managers and not table.named:  # a guess at another role of that column was wrong
        roles = {role: rest for role, all_of in roles.items() if (rest := _without(all_of, managers.column))}
    told(0.87, "Making nodes of the rows")
    posts = posts_of(table, roles, notices)
    identity = id_column(table, roles, managers, names, notices)
    nodes = nodes_of(table, identity, managers, names, posts, notices)
    table = merge_posts(table, posts, nodes.shared_posts)
    reporting = Reporting(table, nodes, managers, identity.values, posts)
    directory = _directory(reporting, roles, identity, names)
    told(0.93, "Finding the managers")
    found, several = found_managers(reporting, directory, columns[1:], notices)
    authority = sound_authority(reporting, found, directory, notices)
    ids = authority.ids
    further = _further(reporting, roles, authority, directory, several, notices)
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
        mapping=reading.mapping or proposed_mapping(reading.table, table, roles, managers),
        evidence=column_evidence(reading.table, table, roles, managers, reading.mapping),
        reading=reading,
        steps=tuple(steps),
    )


def _mended(
    table: Table,
    roles: Roles,
    columns: Sequence[ManagerColumn],
    mapping: ColumnMapping | None,
    notices: Findings,
) -> Table:
    """Return the table with its shifted rows moved back and without the rows of a template."""
    in_place = rows_in_place(table, roles, columns[0] if columns else None, notices)
    if in_place is not table:  # a column that only held what had slipped is gone
        roles, _, columns = understood(in_place, mapping)
    return without_template_rows(in_place, roles, columns[0] if columns else None, notices)


def _without(places: Sequence[int], column: int) -> list[int]:
    return [place for place in places if place != column]


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
    references = reporting.references
    if managers and managers.found:
        meant = nodes.meant_texts(managers.target.values, table.columns[managers.column])
        references = references.mapped(lambda text: meant.get(text, text)) if meant else references
    if not nodes.renamed:
        return Directory([nodes.of(column) for column in different] or [nodes.ids], references)
    # Of several rows with one id one keeps it; the others still mean themselves by it.
    targets = [nodes.ids if column is identity.values else nodes.of(column) for column in different]
    selves = {node: nodes.ids[node] for node, value in nodes.renamed.items() if references[node] == value}
    return Directory(targets, with_cells(references, selves))


# ---------------------------------------------------------------------- lines besides the solid ones


def _further(
    reporting: Reporting,
    roles: Roles,
    authority: Authority,
    directory: Directory,
    several: Sequence[FurtherLine],
    notices: list[Notice],
) -> _Further:
    """Return the further managers and ties of every column that holds some, and of cells and rows that do."""
    ids = authority.ids

    def find(text: str) -> int:
        node, _way = directory.find(text)
        return node if node >= 0 else authority.meant.get(text, node)

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
    sharing = Counter(one.base for one in reporting.nodes.lines if one.shared)
    for one in reporting.nodes.lines:
        reference, line = table.columns[managers.column][one.row], table.lines[one.row]
        if (manager := find(reference)) >= 0:
            kind, share = ("shared", 1 / (1 + sharing[one.base])) if one.shared else ("dotted", 0.0)
            node = reporting.nodes.node(one.base)
            lines.append(FurtherLine(node, manager, kind, share, line, reporting.header))
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
        names=texts(posts.names, names_of_placeholders(authority)),
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
        stated = [place for place, header in enumerate(table.header) if role_of(header) == "manager"]
        found = "No column says who reports to whom"
        if stated:
            header = quoted(table.header[stated[0]])
            named = table.columns[stated[0]].filled.any()
            found = f"The column {header} {'is not read as managers' if named else 'names nobody'}"
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
    known = managers.target.values.place_of
    asked = table.columns[managers.column].texts if managers.share < _HALF else ()
    values = [cell for cell in asked if cell not in known and not is_root_mark(cell)]
    if managers.given and not managers.found and not values:
        message = f"The managers are read from {quoted(header)}: most rows name themselves there."
    elif managers.given and not managers.found:
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
    if values:
        message = (
            f"Most managers in {quoted(header)} are not in the file ({listed(values)}). Perhaps the export "
            "covers a part of the company, or the column that says what they refer to is missing."
        )
        notices.append(Notice("managers_not_found", "warning", message, column=header))
