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
    references = authority.reporting.references
    for number, reference in enumerate(names):
        place = references.place_of.get(reference, -1)
        texts = column.of(np.flatnonzero(references.index == place)).texts
        told = [text for text in texts.tolist() if text]
        if place >= 0 and len(told) == 1:
            names[number] = told[0]
    return names


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
