"""Words of the sentences in notices: lists of cells, rows of files."""

from __future__ import annotations

from collections.abc import Sequence

from orgmodel.wording import quoted

_NAMED_AT_MOST = 5


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

    Those of one file name it once.

    >>> numbered([FileLine.of(4, "junior.csv"), FileLine.of(7, "junior.csv")])
    'rows 4, 7 of junior.csv'
    """
    named = lines[:_NAMED_AT_MOST]
    files = {line.file if isinstance(line, FileLine) else "" for line in named}
    if len(files) == 1 and (file := files.pop()):
        shown = f"{', '.join(str(int(line)) for line in named)} of {file}"
    else:
        shown = ", ".join(map(str, named))
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
