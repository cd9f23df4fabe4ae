"""Ids that a program made numbers with a point: ``12.0`` on one side, ``12`` on the other."""

from __future__ import annotations

import re
from typing import Final

import numpy as np

from orgmodel.importing.columns.roles import Roles
from orgmodel.importing.files.cells import Column
from orgmodel.importing.files.tables import Table
from orgmodel.importing.managers.directory import is_root_mark
from orgmodel.importing.notices import Findings, Notice
from orgmodel.importing.rows.edited_rows import with_column_at
from orgmodel.importing.wording import listed
from orgmodel.wording import quoted

_POINTED: Final = re.compile(r"(\d+)\.0+")
_SAMPLED_TEXTS: Final = 1000
_MOST: Final = 0.9
_HALF: Final = 0.5


def without_points(table: Table, roles: Roles, notices: Findings) -> Table:
    """Return the table with ids and managers written alike, where only one of them has ``.0`` behind it.

    pandas and spreadsheets make numbers of a column of ids, and of one with an empty cell (the top has no
    manager) numbers with a point: then no manager is found. It is taken away if managers are found by that.
    """
    ids, managers = roles.get("id", [])[:1], roles.get("manager", [])[:1]
    if table.literal or not ids or not managers:
        return table
    for place, other in ((managers[0], ids[0]), (ids[0], managers[0])):
        column, against = table.columns[place], table.columns[other]
        if _is_pointed(column) and not _is_pointed(against) and _meets(column, against):
            return _read_without_points(table, place, other, notices)
    return table


def _is_pointed(column: Column) -> bool:
    """Return whether nearly all of the first texts are such numbers."""
    texts = [text for text in column.texts[:_SAMPLED_TEXTS].tolist() if not is_root_mark(text)]
    pointed = sum(_POINTED.fullmatch(text) is not None for text in texts)
    return pointed > 0 and pointed >= _MOST * len(texts)


def _meets(column: Column, against: Column) -> bool:
    """Return whether half of the first texts that have a point are found in the other column without it."""
    known = against.place_of
    texts = [_plain(text) for text in column.texts[:_SAMPLED_TEXTS].tolist() if not is_root_mark(text)]
    # Of ids only those who manage somebody are named by the others.
    found = sum(text in known for text in texts)
    named = np.count_nonzero([not is_root_mark(text) for text in against.texts[:_SAMPLED_TEXTS].tolist()])
    return found >= _HALF * min(len(texts), int(named)) and found > 0


def _plain(text: str) -> str:
    match = _POINTED.fullmatch(text)
    return match[1] if match else text


def _read_without_points(table: Table, place: int, other: int, notices: Findings) -> Table:
    header, column = table.header[place], table.columns[place]
    plain = column.mapped(_plain)
    shown = [text for text in column.texts.tolist() if _plain(text) != text]
    as_read = f"{quoted(shown[0])} as {quoted(_plain(shown[0]))}"
    options = {"mend": f"Read {as_read}, and so on", "leave": "Leave them as they are"}
    answer = notices.decisions.about("pointed_number", header, options, "mend")
    done = f"read without it, {as_read} and so on" if answer.option == "mend" else "left as they are"
    message = (
        f"{quoted(header)} holds numbers with a point ({listed(shown)}), which a program makes of ids; "
        f"{quoted(table.header[other])} holds them without. They were {done}."
    )
    line = table.lines[int(column.first_rows[column.place_of[shown[0]]])]
    notices.append(Notice("pointed_number", "warning", message, line, header, shown[0], answer.repairs))
    return with_column_at(table, place, plain) if answer.option == "mend" else table
