"""Words of sentences: numbers with their nouns, texts in quotation marks."""

from typing import Final

_LONGEST_QUOTE: Final = 80


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
    return f'"{line}"' if len(line) <= _LONGEST_QUOTE else f'"{line[: _LONGEST_QUOTE - 1]}…"'
