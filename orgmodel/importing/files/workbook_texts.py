"""How much text the cells of a packed workbook become: each holds for itself what is written once for all."""

from __future__ import annotations

import re
from typing import Final

import numpy as np

from orgmodel.errors import UnreadableFileError
from orgmodel.importing.limits import Limits
from orgmodel.lines import Ints

_END_OF_TEXT: Final = re.compile(rb"</(?:\w+:)?si\s*>|<(?:\w+:)?si\s*/>")
_TEXT_CELL: Final = re.compile(rb"""t\s*=\s*["']s["']""")
_PLAIN_TEXT_CELL: Final = re.compile(rb"""t=["']s["'][^<>]*><v>(\d{1,9})</v>""")
#: So many times what a workbook may unpack to. A million rows of twelve texts have less.
_TIMES: Final = 8


class SharedTexts:
    """The texts that cells of a workbook share, and what those cells become together."""

    def __init__(self, limits: Limits) -> None:
        """Start without any."""
        self.most = _TIMES * limits.unpacked_bytes
        self.lengths: Ints = np.zeros(0, dtype=np.int64)

    def take_xml(self, content: bytes) -> None:
        """Take the list of texts of an .xlsx file, each with the marks around it."""
        ends = np.array([match.end() for match in _END_OF_TEXT.finditer(content)], dtype=np.int64)
        self.lengths = np.diff(ends, prepend=0)

    def take(self, lengths: list[int]) -> None:
        """Take the lengths of the texts in bytes."""
        self.lengths = np.array(lengths, dtype=np.int64)

    def count_xml(self, content: bytes) -> None:
        """Count the texts of a sheet of an .xlsx file, of which each cell may have the longest."""
        cells = sum(1 for _ in _TEXT_CELL.finditer(content)) if len(self.lengths) else 0
        if cells * self._longest <= self.most:
            return  # one sheet is held at a time
        places = [int(match[1]) for match in _PLAIN_TEXT_CELL.finditer(content)]
        self.count(places, cells - len(places))

    def count(self, places: list[int], unknown: int = 0) -> None:
        """Count the texts of cells with these positions in the list, and of some with any."""
        known = np.array(places, dtype=np.int64)
        known = known[known < len(self.lengths)]  # a reader refuses the others
        if int(self.lengths[known].sum()) + unknown * self._longest > self.most:
            raise UnreadableFileError(
                f"holds long texts in so many cells that they have more than {self.most >> 20:,} MB "
                "together. Leave out the columns with long texts, or save the sheet as CSV and try that."
            )

    @property
    def _longest(self) -> int:
        return int(self.lengths.max(initial=0))
