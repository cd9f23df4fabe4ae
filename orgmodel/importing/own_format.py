r"""The product's own format: what `write_organization` writes and the reader takes literally.

UTF-8 text, separated by commas, one row per node::

    id,name,title,unit,function,manager_id,further_managers,ties,headcount,location,status

and after these the further attributes under their own names.

* ``further_managers`` is ``id|share|kind;...``. An id alone is a dotted line without authority; a share
  without a kind is ``shared``.
* ``ties`` is ``id|weight|relation;...``, undirected, written on one side or both. A weight of 1 and the
  relation ``collaboration`` may be left out.
* ``\`` escapes ``;``, ``|`` and itself in both.

A file whose header starts with these eleven words in this order, under any separator, is taken
literally: nothing is trimmed, names and titles are not searched for vacancies, further columns stay
what they are.

**Cells a spreadsheet would run.** A cell that starts with ``=``, ``+``, ``-``, ``@``, a tab or a line
break could be run as a formula when the file is opened in a spreadsheet. It is written with an
apostrophe before it (``'=1+1``), which spreadsheets show as text. Reading takes exactly one such
apostrophe away again: where it stands before one of those characters, before further apostrophes that
do, or alone (``'`` is an empty text, where an empty cell is no value). A status such as ``Vacant``,
which reading would turn into ``vacant``, is protected in the same way.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

#: The columns of the format, in order.
OWN_COLUMNS: Final = (
    "id",
    "name",
    "title",
    "unit",
    "function",
    "manager_id",
    "further_managers",
    "ties",
    "headcount",
    "location",
    "status",
)
#: How a cell starts that a spreadsheet may run as a formula (the full-width signs run in Excel too).
_FORMULA_START: Final = "=+-@\t\r\n＝＋－＠"  # noqa: RUF001  # the full-width signs are meant
_NEUTRAL: Final = re.compile(f"'+(?:\\Z|[{re.escape(_FORMULA_START)}])", re.DOTALL)
_RUNNABLE: Final = re.compile(f"'*[{re.escape(_FORMULA_START)}]|'*\\Z", re.DOTALL)
_TO_ESCAPE: Final = re.compile(r"[\\;|]")
_PIECES: Final = re.compile(r"\\(.)|([;|])", re.DOTALL)


def is_own_header(cells: Sequence[str]) -> bool:
    """Return whether a row is the header of our own format."""
    return tuple(cells[: len(OWN_COLUMNS)]) == OWN_COLUMNS


def neutralised(cell: str) -> str:
    """Return a cell that no spreadsheet runs; an empty text becomes a lone apostrophe.

    >>> neutralised("=1+1"), neutralised("'=1+1"), neutralised(""), neutralised("'t Hooft")
    ("'=1+1", "''=1+1", "'", "'t Hooft")
    """
    return f"'{cell}" if _RUNNABLE.match(cell) else cell


def restored(cell: str) -> str:
    """Return what `neutralised` was given.

    >>> restored("'=1+1"), restored("''=1+1"), restored("'"), restored("'t Hooft")
    ('=1+1', "'=1+1", '', "'t Hooft")
    """
    return cell[1:] if cell.startswith("'") and _NEUTRAL.match(cell) else cell


def written_list(entries: Iterable[Sequence[str]]) -> str:
    r"""Return entries of several fields as one cell.

    >>> print(written_list([("a;b", "0.5", "shared"), ("c",)]))
    a\;b|0.5|shared;c
    """
    return ";".join("|".join(_TO_ESCAPE.sub(r"\\\g<0>", field) for field in entry) for entry in entries)


def read_list(cell: str) -> list[list[str]]:
    r"""Return the entries of a cell, each as its fields; the reverse of `written_list`.

    Empty entries are left out.

    >>> read_list(r"a\;b|0.5|shared;c;")
    [['a;b', '0.5', 'shared'], ['c']]
    """
    if "\\" not in cell:
        return [entry.split("|") for entry in cell.split(";") if entry]
    entries: list[list[str]] = [[]]
    pieces: list[str] = []
    end = 0
    for piece in _PIECES.finditer(cell):
        pieces += (cell[end : piece.start()], piece[1] or "")
        end = piece.end()
        if piece[2]:
            entries[-1].append("".join(pieces))
            pieces.clear()
        if piece[2] == ";":
            entries.append([])
    entries[-1].append("".join(pieces) + cell[end:])
    return [entry for entry in entries if entry != [""]]
