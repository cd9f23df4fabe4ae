"""Bytes of a ticket export -> contacts by cause, every row accounted for.

The table is read by the importer (encodings, separators, workbooks, JSON, limits); here are found the column
of causes and, where the rows are already counted, that of the numbers.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from orgmodel.errors import UnreadableFileError
from orgmodel.importing.columns.headers import normalised
from orgmodel.importing.files.cells import Column
from orgmodel.importing.files.sources import Content, Source, content_of, tables_of
from orgmodel.importing.files.tables import Table, table_of_records
from orgmodel.importing.files.texts import decoded
from orgmodel.importing.limits import DEFAULT_LIMITS, Limits
from orgmodel.importing.notices import Notice
from orgmodel.touchpoints.contacts import Contact
from orgmodel.touchpoints.recognising import LONGEST_CAUSE, CauseReader
from orgmodel.wording import counted, quoted

#: Headers of causes in help desk exports, the one that tells most first.
CAUSE_COLUMNS: Final = (
    "contact reason, reason for contact, case reason, cause, cause of contact, root cause, reason, issue",
    "request type, customer request type, ticket reason, complaint reason, call reason, disposition, intent",
    "ticket category, category, case category, categories, subcategory, topic, conversation topic",
    "ticket topic, product area, business service, service, about, classification, ticket type, case type",
    "issue type, type, tags, ticket tags, conversation tags, labels, components, component/s, group, team",
    "assignment group, assigned group, department, queue, subject, ticket subject, title, summary",
    "short description, description, Grund, Kontaktgrund, Anliegen, Ursache, Kategorie, Unterkategorie",
    "Thema, Betreff, Art, Typ, motif, motif de contact, raison, raison du contact, cause, catégorie, sujet",
    "objet, motivo, motivo de contacto, causa, razón, categoría, asunto, tema, tipo",
)
#: Headers of numbers, where a row stands for several contacts.
COUNT_COLUMNS: Final = (
    "count, contacts, number of contacts, no of contacts, # contacts, tickets, number of tickets, # tickets",
    "ticket count, cases, number of cases, case count, record count, volume, frequency, quantity, calls",
    "total tickets, tickets created, solved tickets, Anzahl, Anzahl Tickets, Menge, Häufigkeit",
    "nombre, nombre de tickets, nombre de contacts, quantité, cantidad, número de tickets, frecuencia",
)
_NO_CAUSE: Final = frozenset(
    {"", "-", "--", "?", ".", "n/a", "na", "none", "null", "nan", "nil", "undefined", "not set", "unset"}
    | {"unknown", "(blank)", "(none)", "(empty)", "<none>", "no value", "no category", "uncategorized"}
    | {
        "uncategorised",
        "unassigned",
        "unbekannt",
        "keine",
        "ohne",
        "inconnu",
        "aucun",
        "ninguno",
        "sin motivo",
    }
)
# Cells that tell whether a column holds causes, and the share of them that must be understood.
_SAMPLE: Final = 500
_UNDERSTOOD: Final = 0.3
# Of the cells of a column that must be numbers.
_NUMBERS: Final = 0.9
_MOST_IN_A_ROW: Final = 1e9
# With one mark between the thousands and another one before the decimals, where there are any.
_THOUSANDS: Final = re.compile(r"([1-9]\d{0,2}(?:([,.'\u00a0\u202f ])\d{3})(?:\2\d{3})*)(?:(?!\2)[.,](\d+))?")
# Control characters, and marks that turn the direction of what stands beside them.
_UNSEEN: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+")
#: What the importer says of a text that is no table of people; one of contacts may still be a list.
_NO_TABLE: Final = "does not contain a table"
_TOLD: Final = frozenset({"encoding", "quotes", "sheets", "lines_above_header", "blank_rows"})


@dataclass(frozen=True)
class TicketReport:
    """How a ticket file was read.

    Every row is exactly one of ``used``, ``unknown`` (its cause is known to no word of the vocabulary: a
    contact without a function), ``without_cause`` and ``without_number``.

    Attributes
    ----------
    columns
        All columns of the file.
    cause_column, count_column
        Where causes and numbers are read; None where no header names them. Without a number every row is one
        contact.
    reason
        Why these columns, in a sentence.
    contacts
        By cause, the most frequent first.
    notices
        What else was found in the file, in sentences.

    """

    columns: tuple[str, ...]
    cause_column: str | None
    count_column: str | None
    reason: str
    rows: int
    used: int
    unknown: int
    without_cause: int
    without_number: int
    contacts: tuple[Contact, ...]
    notices: tuple[str, ...]


class Tickets(NamedTuple):
    """The table of a ticket file, and what the importer says of it."""

    table: Table
    notices: tuple[str, ...]


def read_tickets(
    source: Source,
    filename: str | None = None,
    *,
    cause_column: str | None = None,
    count_column: str | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> TicketReport:
    r"""Read a ticket export: contacts by cause, with the function that can act on each.

    The columns are told from their headers where none is named; without any, the report has no contacts and
    ``cause_column`` is None: a reader chooses.

    >>> report = read_tickets(b"Ticket;Reason\n1;Late delivery\n2;Late delivery\n3;Blue moon\n")
    >>> [(contact.cause, contact.function, contact.number) for contact in report.contacts]
    [('Late delivery', 'operations', 2.0), ('Blue moon', '', 1.0)]

    Raises
    ------
    UnreadableFileError
        There is no table in the file, or no such column; the message is one sentence that names it.

    """
    tickets = ticket_table(source, filename, limits)
    return ticket_report(tickets, cause_column=cause_column, count_column=count_column)


def ticket_table(source: Source, filename: str | None = None, limits: Limits = DEFAULT_LIMITS) -> Tickets:
    """Return the table of a ticket file, of which `ticket_report` reads the columns that are wanted."""
    content = content_of(source, filename)
    notices: list[Notice] = []
    try:
        (table, *_) = tables_of(content, limits, notices)
    except UnreadableFileError as error:
        if _NO_TABLE not in str(error):
            raise
        table = _list_of_causes(content, limits)
    told = [notice.message for notice in notices if notice.code in _TOLD]
    if not table.named:
        told.append("The first line is already data; a first line that names the columns makes it certain.")
    return Tickets(table, tuple(told))


def _list_of_causes(content: Content, limits: Limits) -> Table:
    """Return a text of one column under its header, which is too little for a chart."""
    text, encoding = decoded(content.data, [])
    header, *cells = (line.strip() for line in text.splitlines() if line.strip())
    if normalised(header) not in _ranks(CAUSE_COLUMNS) or not cells:
        subject = f'The file "{content.name}"' if content.name else "The file"
        message = (
            f"{subject} does not contain a table of contacts. The first row should name the columns, for "
            "example: date, cause, number."
        )
        raise UnreadableFileError(message)
    del encoding
    return table_of_records([{header: cell} for cell in cells], "{rows} rows", [], limits)


def ticket_report(
    tickets: Tickets, *, cause_column: str | None = None, count_column: str | None = None
) -> TicketReport:
    """Return contacts by cause from the columns named, else from those whose headers say so.

    An empty ``count_column`` says that every row is one contact, whatever the headers say.
    """
    table = tickets.table
    reader = CauseReader()
    for name in (cause_column, count_column):
        if name and name not in table.header:
            message = f"The file has no column {quoted(name)}; it has {_listed(table.header)}."
            raise UnreadableFileError(message)
    reason = "Chosen by hand." if cause_column else ""
    if cause_column is None:
        cause_column, reason = _found_cause_column(table, reader)
    notices = tickets.notices
    if count_column is None:
        count_column, doubtful = _found_count_column(table, but=cause_column)
        if doubtful:
            notices = (
                *notices,
                f"{quoted(doubtful)} is not used: too few of its cells are numbers. Every row is a contact.",
            )
    rows = len(table)
    if cause_column is None:
        return TicketReport(
            table.header, None, count_column or None, reason, rows, 0, 0, rows, 0, (), notices
        )
    causes = _column(table, cause_column)
    numbers = _numbers(_column(table, count_column)) if count_column else None
    counted_rows = _counted_rows(causes, numbers)
    contacts, unknown = [], 0
    for text, (number_of_rows, number) in counted_rows.by_cause.items():
        read = reader.read(text)
        unknown += 0 if read.function else number_of_rows
        contacts.append(Contact(text, read.title, read.function, read.step, number, read.reason))
    contacts.sort(key=lambda contact: (-contact.number, contact.cause))
    without = counted_rows.without_cause, counted_rows.without_number
    return TicketReport(
        table.header,
        cause_column,
        count_column or None,
        reason,
        rows,
        rows - unknown - sum(without),
        unknown,
        *without,
        tuple(contacts),
        notices,
    )


class _CountedRows(NamedTuple):
    by_cause: dict[str, tuple[int, float]]
    without_cause: int
    without_number: int


def _counted_rows(causes: Column, numbers: Sequence[float] | None) -> _CountedRows:
    """Return rows and contacts of every cause; spellings that differ in case and blanks are one."""
    spelling: dict[str, str] = {}
    shown: list[str | None] = []  # per different text
    for text in causes.texts.tolist():
        seen = _UNSEEN.sub(" ", text[: 4 * LONGEST_CAUSE])
        line = " ".join(seen.split())[:LONGEST_CAUSE].strip()
        folded = line.casefold()
        shown.append(None if folded in _NO_CAUSE else spelling.setdefault(folded, line))
    by_cause: dict[str, tuple[int, float]] = {}
    without_cause = without_number = 0
    for row, place in enumerate(causes.index.tolist()):
        cause, number = shown[place], 1.0 if numbers is None else numbers[row]
        if cause is None:
            without_cause += 1
        elif math.isnan(number):
            without_number += 1
        else:
            rows, contacts = by_cause.get(cause, (0, 0.0))
            by_cause[cause] = (rows + 1, contacts + number)
    return _CountedRows(by_cause, without_cause, without_number)


# ---------------------------------------------------------------------- which columns


def _found_cause_column(table: Table, reader: CauseReader) -> tuple[str | None, str]:
    """Return the column of causes: of those whose header says so, the first that is understood."""
    ranks = _ranks(CAUSE_COLUMNS)
    known = [name for name in table.header if normalised(name) in ranks]
    known.sort(key=lambda name: ranks[normalised(name)])
    shares = {name: _understood(_column(table, name), reader) for name in known}
    good = [name for name in known if shares[name] >= _UNDERSTOOD]
    if not known:
        return None, "No column is called cause, reason, category, type or the like."
    column = good[0] if good else max(known, key=lambda name: shares[name])
    return column, f"{quoted(column)} names causes; {100 * shares[column]:.0f} % of its cells are understood."


def _understood(column: Column, reader: CauseReader) -> float:
    """Return the share of the first cells that name a known cause or function."""
    cells = [str(text) for text in column.texts[column.index[:_SAMPLE]].tolist()]
    filled = [cell for cell in cells if cell.strip().casefold() not in _NO_CAUSE]
    return sum(bool(reader.read(cell).function) for cell in filled) / len(cells) if cells else 0.0


def _found_count_column(table: Table, but: str | None) -> tuple[str | None, str]:
    """Return the column of numbers, and where there is none one that should be but holds too few."""
    ranks = _ranks(COUNT_COLUMNS)
    known = [name for name in table.header if normalised(name) in ranks and name != but]
    known.sort(key=lambda name: ranks[normalised(name)])
    for name in known:
        numbers = _numbers(_column(table, name))
        if sum(not math.isnan(number) for number in numbers) >= _NUMBERS * len(numbers):
            return name, ""
    return None, known[0] if known else ""


def _ranks(lines: Iterable[str]) -> Mapping[str, int]:
    headers = [header.strip() for line in lines for header in line.split(",")]
    return {normalised(header): rank for rank, header in reversed(list(enumerate(headers)))}


def _column(table: Table, name: str) -> Column:
    return table.columns[table.header.index(name)]


def _numbers(column: Column) -> Sequence[float]:
    """Return the number in every cell; NaN where there is none of 0 to a thousand million."""
    numbers = [_number(text) for text in column.texts.tolist()]
    return [numbers[place] for place in column.index.tolist()]


def _number(text: str) -> float:
    """Return the number a cell holds.

    >>> _number("1,234"), _number("12,5"), _number("1.234,5"), _number("1,234.5"), _number("many")
    (1234.0, 12.5, 1234.5, 1234.5, nan)
    """
    text = text.strip()
    if found := _THOUSANDS.fullmatch(text):
        text = f"{re.sub(r'[^0-9]', '', found[1])}.{found[3] or 0}"
    try:
        number = float(text.replace(",", "."))
    except ValueError:
        return math.nan
    return number if 0 <= number <= _MOST_IN_A_ROW else math.nan


def _listed(header: Sequence[str]) -> str:
    most = 8
    more = f" and {counted(len(header) - most, 'other')}" if len(header) > most else ""
    return ", ".join(map(quoted, header[:most])) + more
