"""Several tables that belong together -> one table of nodes."""

from __future__ import annotations

from collections.abc import Sequence

from orgmodel.errors import UnreadableFileError
from orgmodel.importing.notices import Notice
from orgmodel.importing.tables import Table


def joined(tables: Sequence[Table], notices: list[Notice]) -> Table:  # noqa: ARG001
    """Return one table of all nodes in some tables."""
    if len(tables) > 1:
        raise UnreadableFileError("cannot be read together with another one yet.")
    return tables[0]
