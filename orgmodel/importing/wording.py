"""Words of the sentences in notices."""

from __future__ import annotations

from collections.abc import Sequence

_NAMED_AT_MOST = 5
_SHOWN_OF_A_CELL = 80


def counted(number: int, noun: str, plural: str = "") -> str:
    """Return a number with its noun.

    >>> counted(1, "row"), counted(1234, "row"), counted(2, "person", "people")
    ('1 row', '1,234 rows', '2 people')
    """
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def quoted(text: str) -> str:
    r"""Return a cell in quotation marks, on one line and cut to what can be read.

    >>> quoted("two\nlines")
    '"two lines"'
    """
    line = " ".join(text.split())
    return f'"{line}"' if len(line) <= _SHOWN_OF_A_CELL else f'"{line[: _SHOWN_OF_A_CELL - 1]}…"'


def listed(texts: Sequence[str]) -> str:
    """Return texts in quotation marks, the first few by name.

    >>> listed(["a", "b"]), listed("abcdefg")
    ('"a", "b"', '"a", "b", "c", "d", "e" and 2 more')
    """
    shown = ", ".join(quoted(text) for text in texts[:_NAMED_AT_MOST])
    return shown if len(texts) <= _NAMED_AT_MOST else f"{shown} and {len(texts) - _NAMED_AT_MOST} more"


def numbered(lines: Sequence[int]) -> str:
    """Return row numbers as a reader writes them.

    >>> numbered([4]), numbered([4, 7]), numbered([1, 2, 3, 4, 5, 6, 7])
    ('row 4', 'rows 4, 7', 'rows 1, 2, 3, 4, 5 and 2 more')
    """
    shown = ", ".join(str(line) for line in lines[:_NAMED_AT_MOST])
    more = f" and {len(lines) - _NAMED_AT_MOST} more" if len(lines) > _NAMED_AT_MOST else ""
    return f"{'row' if len(lines) == 1 else 'rows'} {shown}{more}"


class FileLine(int):
    """A line number that knows its file, for rows of several files read together.

    >>> line = FileLine.of(12, "junior.csv")
    >>> f"Row {line}", numbered([line]), line + 1
    ('Row 12 of junior.csv', 'row 12 of junior.csv', 13)
    """

    file: str

    @classmethod
    def of(cls, line: int, file: str) -> FileLine:
        """Return a line of a file."""
        made = cls(line)
        made.file = file
        return made

    def __str__(self) -> str:
        """Return the line with its file."""
        return f"{int(self)} of {self.file}"

    def __format__(self, specification: str) -> str:
        """Return the line with its file, unless it is asked for as a number."""
        return format(int(self), specification) if specification else str(self)
