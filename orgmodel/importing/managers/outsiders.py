"""What managers who are not in the file are called: often the row that names one by id also has the name."""

from __future__ import annotations

import re
from typing import Final

import numpy as np

from orgmodel.importing.columns.headers import normalised
from orgmodel.importing.files.cells import Column
from orgmodel.importing.managers.forest import Authority
from orgmodel.importing.managers.reporting_lines import Reporting

_ID_WORD: Final = re.compile(r"(?<=..)(id|code|codigo|number|nummer|nr|no|key|email)$")
_NAME_WORDS: Final = ("name", "fullname", "nombre", "nom", "nome", "naam", "bezeichnung", "")


def names_of_placeholders(authority: Authority) -> list[str]:
    """Return the name of every added node: what stands beside the reference to it, else the reference.

    The column is told by its header: ``manager_name`` beside ``manager_id``, ``unidad_superior_nombre``
    beside ``unidad_superior_id``. It counts where all rows that name the manager agree.
    """
    names = list(authority.placeholders)
    column = _names_beside(authority.reporting) if names else None
    if column is None:
        return names
    told = _agreed_texts(authority.reporting.references, column)
    return [told.get(reference, reference) for reference in names]


def _agreed_texts(references: Column, column: Column) -> dict[str, str]:
    """Return the text beside each reference, where all rows that have one beside it agree."""
    rows = column.filled
    pairs = np.unique(references.index[rows] * len(column.texts) + column.index[rows])
    places, texts = np.divmod(pairs, max(1, len(column.texts)))
    places, first, number = np.unique(places, return_index=True, return_counts=True)
    agreed = number == 1
    beside = column.texts[texts[first[agreed]]]
    return dict(zip(references.texts[places[agreed]].tolist(), beside.tolist(), strict=True))


def _names_beside(reporting: Reporting) -> Column | None:
    """Return the names of the managers, by node, if a column is called so."""
    if reporting.header is None:
        return None
    stem = _ID_WORD.sub("", normalised(reporting.header))
    header = reporting.table.header
    place_of = {normalised(name): place for place, name in enumerate(header) if name != reporting.header}
    found = (place_of[stem + word] for word in _NAME_WORDS if stem + word in place_of)
    place = next(found, None)
    return None if place is None else reporting.nodes.of(reporting.table.columns[place])
