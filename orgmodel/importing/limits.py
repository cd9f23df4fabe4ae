"""How large a file may be: the first thing that is asked of it, and of what it unpacks to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

#: Reading a file takes at most this many times its size in memory (of a packed one: its unpacked size), if a
#: row counts as so many bytes at least. Charts with names and titles take 8 to 12 times.
MEMORY_MULTIPLE: Final = 32
#: The same of JSON, GraphML and GEXF, of which every value is an object of its own while it is read.
NESTED_MEMORY_MULTIPLE: Final = 64
LEAST_OF_A_ROW: Final = 20


@dataclass(frozen=True, slots=True)
class Limits:
    """What is read at most. A host may lower it; each refusal names the limit.

    Attributes
    ----------
    bytes
        Of one file; a chart of a million people in twelve columns has about 150 MB.
    nested_bytes
        Of one file of JSON, GraphML or GEXF, which takes more memory.
    rows
        Of one table, without the header.
    columns
        Of one table; exports of whole personnel systems have some hundred.
    cells
        Of one table, the missing ones of short rows included: a million rows of fifty columns.
    cell_characters
        Of one cell; a photograph as text is longer than a page.
    nesting
        Levels of a nested tree (JSON) or of XML.
    unpacked_bytes
        What a workbook may unpack to: 256 MB are about a million rows of twelve columns.
    workbook_cells
        Cells of a sheet from A1 to its last cell. The reader reserves memory for all of them, so that two
        cells in opposite corners, a file of 5 KB, would end the process.
    files
        Read together as one chart.

    """

    bytes: int = 512 << 20
    nested_bytes: int = 128 << 20
    rows: int = 2_000_000
    columns: int = 1000
    cells: int = 50_000_000
    cell_characters: int = 10_000_000
    nesting: int = 500
    unpacked_bytes: int = 256 << 20
    workbook_cells: int = 20_000_000
    files: int = 20


DEFAULT_LIMITS: Final = Limits()
