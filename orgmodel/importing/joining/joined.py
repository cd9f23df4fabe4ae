"""Several tables that belong together -> one table of nodes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from orgmodel.importing.files.tables import Table
from orgmodel.importing.joining.additions import LinesOfFiles
from orgmodel.importing.joining.drawings import shapes_and_lines
from orgmodel.importing.joining.edges import edge_columns, edges_beside
from orgmodel.importing.joining.folding import folded
from orgmodel.importing.joining.stacking import put_together
from orgmodel.importing.notices import Notice
from orgmodel.importing.rows.identities import FreeNames


def joined(tables: Sequence[Table], notices: list[Notice]) -> Table:
    """Return one table of all nodes in some tables.

    A drawing is taken apart (`orgmodel.importing.joining.drawings`), and tables of edges are told. Of the
    others one is the table of nodes; the rest are put below it or looked up in it
    (`orgmodel.importing.joining.stacking`). Then the edges are folded in
    (`orgmodel.importing.joining.folding`).
    """
    tables = shapes_and_lines(tables, notices)
    if len(tables) > 1:
        names = FreeNames([])  # rows are told apart by their file
        tables = [
            replace(table, name=names.free(table.name or f"file {number}"))
            for number, table in enumerate(tables, start=1)
        ]
    edges = [(table, edge_columns(table)) for table in tables]
    nodes = [table for table, columns in edges if columns is None]
    if len(nodes) > 1:
        edges = [(table, columns or edges_beside(table, nodes)) for table, columns in edges]
        nodes = [table for table, columns in edges if columns is None]
    base = None
    if len(nodes) > 1:
        base = put_together(nodes, notices)
    elif nodes:
        base = nodes[0]
        if len(tables) > 1:
            base = replace(base, lines=LinesOfFiles([(base.lines, base.name)]))
    found = [columns for _table, columns in edges if columns is not None]
    if found:
        return folded(base, found, notices)
    return base if base is not None else tables[0]
