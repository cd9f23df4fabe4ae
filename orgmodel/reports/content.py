"""What a report says, whatever file it becomes: sections of paragraphs, points, tables and pictures.

All texts are plain: names in them come from the user's file, and every writer escapes them in its own way. A
report makes them printable and cuts what nobody would read (`printable`).

>>> from datetime import date
>>> answer = Section("The answer", (Paragraph("Stay.", "headline"), Points(("It is near.",))), "answer")
>>> Report("Bikes", "Where customer service should report", date(2026, 11, 22), (answer,)).tables
()
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

if TYPE_CHECKING:  # what draws starts slowly
    from orgmodel.reports.drawings import Drawing

#: The longest text of a report, and the longest of a cell or a heading, in characters.
LONGEST: Final = 4_000
LONGEST_CELL: Final = 600
# What prints nothing, halves of surrogate pairs, and what would turn the direction of the text around it.
_UNPRINTABLE: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]+")
_BROKEN: Final = re.compile("[\ud800-\udfff]")
_TURNING: Final = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


class Number(NamedTuple):
    """A number in a table: as a spreadsheet counts with it, and as it is read, with its unit.

    ``unit`` is what a spreadsheet writes behind the value: ``%``, ``steps``; empty where the header says it.
    ``value`` is NaN or infinite where there is no number, and ``text`` says so in words.
    """

    value: float
    text: str
    unit: str = ""

    def __str__(self) -> str:
        """Return it as it is read."""
        return self.text


Cell = str | Number


class Paragraph(NamedTuple):
    """Some sentences: the headline of the whole report, what is said, or a note in small print below it."""

    text: str
    kind: Literal["headline", "said", "note"] = "said"


class Points(NamedTuple):
    """A list of sentences, under a title where there is one."""

    texts: tuple[str, ...]
    title: str = ""
    numbered: bool = False


class Table(NamedTuple):
    """A table; its first column says what a row is about. A row in ``marked`` (0 the first) stands out.

    ``widths`` says how much room each column takes beside the others; alike where there are none.
    """

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""
    marked: tuple[int, ...] = ()
    widths: tuple[int, ...] = ()


class Picture(NamedTuple):
    """A drawing with a title, the sentence that says what is to be seen in it, and a note."""

    title: str
    drawing: Drawing
    alt: str
    note: str = ""


Block = Paragraph | Points | Table | Picture


class Section(NamedTuple):
    """A part of a report under a heading; ``key`` names it for anchors: letters and hyphens."""

    heading: str
    blocks: tuple[Block, ...]
    key: str


@dataclass(frozen=True, eq=False)
class Report:
    """A report: what it is about, of which day, and what it says, the answer first."""

    title: str
    subtitle: str
    made: date
    sections: tuple[Section, ...]

    def __post_init__(self) -> None:
        """Make all texts printable."""
        object.__setattr__(self, "title", printable(self.title, LONGEST_CELL))
        object.__setattr__(self, "subtitle", printable(self.subtitle, LONGEST_CELL))
        sections = tuple(
            Section(printable(heading, LONGEST_CELL), tuple(map(_printable_block, blocks)), key)
            for heading, blocks, key in self.sections
        )
        object.__setattr__(self, "sections", sections)

    @property
    def tables(self) -> tuple[Table, ...]:
        """All its tables, in order."""
        blocks = (block for section in self.sections for block in section.blocks)
        return tuple(block for block in blocks if isinstance(block, Table))

    @property
    def day(self) -> str:
        """The day it was made, in words."""
        return f"{self.made.day} {self.made:%B %Y}"

    @property
    def texts(self) -> tuple[str, ...]:
        """Everything that is written in it, pictures apart."""
        found = [self.title, self.subtitle]
        for section in self.sections:
            found.append(section.heading)
            found += [text for block in section.blocks for text in _texts(block)]
        return tuple(found)


def printable(text: str, most: int = LONGEST) -> str:
    r"""Return a text on one line that every format can hold, cut where it is longer than anybody reads.

    Line breaks become spaces; control characters, halves of characters and marks that would turn the
    direction of the text around them are left out or replaced.

    >>> printable("a\r\nb\x00c \u202e\u05d0"), printable("x" * 9, 4)
    ('a b c א', 'xxx…')
    """
    line = _TURNING.sub("", _BROKEN.sub("\ufffd", _UNPRINTABLE.sub(" ", text[: 2 * most])))
    line = " ".join(line.split())
    cut = len(line) > most or (len(text) > 2 * most and len(line) >= most)
    return f"{line[: most - 1].rstrip()}…" if cut else line


def _printable_block(block: Block) -> Block:
    if isinstance(block, Paragraph):
        return block._replace(text=printable(block.text))
    if isinstance(block, Points):
        return block._replace(texts=_all(block.texts, LONGEST), title=printable(block.title, LONGEST_CELL))
    if isinstance(block, Table):
        rows = tuple(tuple(map(_printable_cell, row)) for row in block.rows)
        return block._replace(
            title=printable(block.title, LONGEST_CELL),
            header=_all(block.header, LONGEST_CELL),
            rows=rows,
            note=printable(block.note),
        )
    title, alt, note = printable(block.title, LONGEST_CELL), printable(block.alt), printable(block.note)
    return block._replace(title=title, alt=alt, note=note)


def _printable_cell(cell: Cell) -> Cell:
    if isinstance(cell, Number):
        return cell._replace(text=printable(cell.text, LONGEST_CELL))
    return printable(cell, LONGEST_CELL)


def _all(texts: Iterable[str], most: int) -> tuple[str, ...]:
    return tuple(printable(text, most) for text in texts)


def _texts(block: Block) -> Iterable[str]:
    if isinstance(block, Paragraph):
        return [block.text]
    if isinstance(block, Points):
        return [block.title, *block.texts]
    if isinstance(block, Table):
        return [block.title, block.note, *block.header, *(str(cell) for row in block.rows for cell in row)]
    return [block.title, block.alt, block.note]
