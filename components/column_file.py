"""What the columns of a file are, as a small JSON file to keep and to load again."""

from __future__ import annotations

import json
from typing import Final

from orgmodel.importing import ROLE_TITLES, ColumnMapping

_LARGEST: Final = 1 << 20
_NO_COLUMNS: Final = "This is no file with columns: save one here first, and load that."


def columns_to_file(mapping: ColumnMapping) -> bytes:
    """Return the file.

    >>> columns_from_file(columns_to_file(ColumnMapping((("Nr", "id"),), "Nr")))
    ColumnMapping(columns=(('Nr', 'id'),), refers_to='Nr')
    """
    columns = [{"header": header, "role": role} for header, role in mapping.columns]
    content = {"columns": columns, "refers_to": mapping.refers_to}
    return json.dumps(content, indent=2).encode()


def columns_from_file(content: bytes) -> ColumnMapping:
    """Return what is in a file; a `ValueError` says why it cannot be used."""
    if len(content) > _LARGEST:
        raise ValueError(_NO_COLUMNS)
    try:
        read = json.loads(content)
        columns = tuple((column["header"], column["role"]) for column in read["columns"])
        refers_to = read.get("refers_to")
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise ValueError(_NO_COLUMNS) from None
    headers = [header for header, _role in columns]
    if not columns or not all(isinstance(header, str) for header in headers):
        raise ValueError(_NO_COLUMNS)
    unknown = [role for _header, role in columns if not isinstance(role, str) or role not in ROLE_TITLES]
    if unknown:
        message = f'"{unknown[0]}" is nothing a column can be; known are {", ".join(ROLE_TITLES)}.'
        raise ValueError(message)
    return ColumnMapping(columns, refers_to if refers_to in headers else None)
