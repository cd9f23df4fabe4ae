"""An organization -> a file in our own format, of one of five kinds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

import networkx as nx

from orgmodel.errors import OrganizationError
from orgmodel.importing.writing.graph_writing import written_graphml
from orgmodel.importing.writing.node_link import written_node_link
from orgmodel.importing.writing.own_json import written_json
from orgmodel.importing.writing.text_writing import write_findings, written_csv
from orgmodel.importing.writing.workbook_writing import written_xlsx
from orgmodel.organization import Organization, as_organization

__all__ = ["KINDS", "Kind", "write_findings", "write_organization"]


class Kind(NamedTuple):
    """A kind of file: what a reader and what a browser calls it, and how its name ends."""

    title: str
    mime_type: str
    ending: str


#: The kinds of files an organization can be written to, the usual one first.
KINDS: Final[Mapping[str, Kind]] = {
    "csv": Kind("CSV", "text/csv", "csv"),
    "xlsx": Kind(
        "Excel workbook", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"
    ),
    "graphml": Kind("GraphML", "application/graphml+xml", "graphml"),
    "json": Kind("JSON", "application/json", "json"),
    "networkx": Kind("networkx graph", "application/json", "node-link.json"),
}
_WRITERS: Final[Mapping[str, Callable[[Organization], bytes]]] = {
    "csv": written_csv,
    "xlsx": written_xlsx,
    "graphml": written_graphml,
    "json": written_json,
    "networkx": written_node_link,
}


def write_organization(chart: Organization | nx.Graph[Any], kind: str = "csv") -> bytes:
    r"""Return an organization as a file in our own format (`orgmodel.importing.own_format`).

    ``kind`` is a key of `KINDS`. `read_organization` makes an equal organization of each. Cells a
    spreadsheet could run as formulas are neutralised. Attributes are written as text: one that is a number
    comes back as text. A character no file can hold (half of a surrogate pair) is written as a question
    mark.

    Raises
    ------
    OrganizationError
        The kind is not known, or a workbook is too small for the chart.

    >>> org = Organization.from_columns(["ceo", "cs"], ["", "ceo"], titles=["CEO", "=1+1"])
    >>> print(*write_organization(org).decode().splitlines(), sep="\n")
    id,name,title,unit,function,manager_id,further_managers,ties,headcount,location,status
    ceo,,CEO,,,,,,1.0,,
    cs,,'=1+1,,,ceo,,,1.0,,
    """
    if kind not in _WRITERS:
        raise OrganizationError(
            f'"{kind}" is no kind of file a chart is written to; these are: {", ".join(KINDS)}.'
        )
    return _WRITERS[kind](as_organization(chart))
