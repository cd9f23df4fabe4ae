"""An organization -> a file in our own format."""

from __future__ import annotations

import csv
import io
from typing import Any

import networkx as nx

from orgmodel.importing.own_format import OWN_COLUMNS, neutralised, written_list
from orgmodel.importing.vacancies import protected
from orgmodel.organization import Organization, as_organization

_PLAIN_RELATION = "collaboration"


def write_organization(chart: Organization | nx.Graph[Any]) -> bytes:
    r"""Return an organization as a CSV file in our own format (`orgmodel.importing.own_format`).

    `read_organization` makes an equal organization of it. Cells a spreadsheet could run as formulas are
    neutralised. Attributes are written as text: one that is a number comes back as text. A character no file
    can hold (half of a surrogate pair) is written as a question mark.

    >>> org = Organization.from_columns(["ceo", "cs"], ["", "ceo"], titles=["CEO", "=1+1"])
    >>> print(*write_organization(org).decode().splitlines(), sep="\n")
    id,name,title,unit,function,manager_id,further_managers,ties,headcount,location,status
    ceo,,CEO,,,,,,1.0,,
    cs,,'=1+1,,,ceo,,,1.0,,
    """
    organization = as_organization(chart)
    table = io.StringIO(newline="")
    # With another end of line, Python's writer leaves a cell with a carriage return unquoted.
    writer = csv.writer(table, lineterminator="\r\n")
    attributes = organization.attributes
    writer.writerow((*OWN_COLUMNS, *(neutralised(key) for key in attributes)))
    further, ties = _further_cells(organization), _tie_cells(organization)
    for row, node in enumerate(organization.ids):
        boss = organization.manager[row]
        cells = (
            node,
            organization.names[row],
            organization.titles[row],
            organization.units[row],
            organization.functions[row],
            organization.ids[boss] if boss >= 0 else "",
            further.get(row, ""),
            ties.get(row, ""),
            repr(float(organization.headcount[row])),
            organization.locations[row],
            protected(organization.statuses[row]),
        )
        writer.writerow(
            (
                *(neutralised(cell) if cell else "" for cell in cells),
                *(
                    "" if column[row] is None else neutralised(str(column[row]))
                    for column in attributes.values()
                ),
            )
        )
    return table.getvalue().encode("utf-8", errors="replace")


def _further_cells(organization: Organization) -> dict[int, str]:
    """Return the cell ``further_managers`` of every node that has some."""
    entries: dict[int, list[tuple[str, ...]]] = {}
    for row, line in zip(organization.further.report.tolist(), organization.further_managers, strict=True):
        plain = line.kind == "dotted" and line.share == 0
        entry = (line.manager,) if plain else (line.manager, repr(line.share), line.kind)
        entries.setdefault(row, []).append(entry)
    return {row: written_list(listed) for row, listed in entries.items()}


def _tie_cells(organization: Organization) -> dict[int, str]:
    """Return the cell ``ties`` of every node that has some; a tie is written on one side."""
    entries: dict[int, list[tuple[str, ...]]] = {}
    for row, tie in zip(organization.ties.a.tolist(), organization.tie_list, strict=True):
        entry: tuple[str, ...] = (tie.b,)
        if tie.relation != _PLAIN_RELATION:
            entry = (tie.b, repr(tie.weight), tie.relation)
        elif tie.weight != 1:
            entry = (tie.b, repr(tie.weight))
        entries.setdefault(row, []).append(entry)
    return {row: written_list(listed) for row, listed in entries.items()}
