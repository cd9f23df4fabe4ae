r"""The product's own format: what `write_organization` writes and the reader takes literally.

As CSV it is UTF-8 text, separated by commas, one row per node::

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

**As a workbook** (XLSX) it is the same table on one sheet, every cell a text. What XML cannot hold is
written as Excel writes it: ``_x000D_`` is the character with the number 000D (hexadecimal). What Excel
cannot hold, or would take for that, is written as the control character 10 (hexadecimal) and a letter:
``e`` for U+FFFE, ``f`` for U+FFFF, ``u`` for the underscore of a cell that itself holds ``_x000D_``; that
control character itself is written twice.

**As JSON** it is an object ``{"format": "orgmodel", "version": 1, "nodes": [...]}``. A node has the
columns above as its keys, where they are not empty; ``further_managers`` is a list of objects (``id``,
``share``, ``kind``), ``ties`` another (``id``, ``weight``, ``relation``), ``attributes`` an object of texts.

**As GraphML** it is a directed graph whose attribute ``format`` is ``orgmodel 1``. A node has the columns
from ``name`` to ``unit``, ``function``, ``headcount``, ``location`` and ``status`` and the further
attributes as its data. An edge runs from manager to report; it has a ``kind`` (``solid``, ``shared``,
``dotted``, ``contract``, ``tie``), a ``share``, or the ``weight`` and ``relation`` of a tie. Texts are
escaped with ``_xHHHH_`` as in a workbook.

No cell is neutralised in JSON and GraphML: no spreadsheet runs them.
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
_ESCAPED: Final = re.compile(r"_x(?![Dd][89A-Fa-f])([0-9A-Fa-f]{4})_")  # no half of a surrogate pair
_NOT_IN_XML: Final = re.compile("_(?=x[0-9A-Fa-f]{4}_)|[\x00-\x08\x0b-\x1f\ufffe\uffff]")
_NOT_IN_EXCEL: Final = {"\x10": "\x10\x10", "\ufffe": "\x10e", "\uffff": "\x10f", "_": "\x10u"}
_OF_EXCEL: Final = re.compile("[\x10\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}[_\x00-\x1f\ufffe\uffff])")
_IN_EXCEL: Final = {written: sign for sign, written in _NOT_IN_EXCEL.items()}
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


def escaped_for_xml(text: str) -> str:
    r"""Return a text without what XML cannot hold or would change: each such sign as ``_xHHHH_``.

    >>> escaped_for_xml("a\rb"), escaped_for_xml("_x0041_")
    ('a_x000D_b', '_x005F_x0041_')
    """
    return _NOT_IN_XML.sub(lambda sign: f"_x{ord(sign[0]):04X}_", text)


def unescaped_from_xml(text: str) -> str:
    """Return what `escaped_for_xml` was given.

    >>> unescaped_from_xml("_x005F_x0041_"), unescaped_from_xml("_x00e9_")
    ('_x0041_', 'é')
    """
    return _ESCAPED.sub(lambda sign: chr(int(sign[1], 16)), text) if "_x" in text else text


def escaped_for_excel(text: str) -> str:
    r"""Return a text without what Excel cannot hold or would take for an escape of its own.

    >>> escaped_for_excel("\uffff\x10")
    '\x10f\x10\x10'
    """
    return _OF_EXCEL.sub(lambda sign: _NOT_IN_EXCEL[sign[0]], text)


def unescaped_from_excel(text: str) -> str:
    """Return what `escaped_for_excel` was given."""
    return re.sub("\x10[\x10efu]", lambda signs: _IN_EXCEL[signs[0]], text) if "\x10" in text else text


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
