"""What is left out or replaced before anything is kept: names, e-mail addresses, pay."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from orgmodel.importing.columns.manager_columns import understood
from orgmodel.importing.columns.mapping import ROLE_TITLES, ColumnMapping
from orgmodel.importing.columns.roles import role_by_header, roles_of, with_columns
from orgmodel.importing.decisions import EVERY, Choice
from orgmodel.importing.files.tables import Table
from orgmodel.importing.notices import Findings, Notice
from orgmodel.importing.privacy.people import People
from orgmodel.importing.privacy.pseudonyms import personal_columns, pseudonymised
from orgmodel.importing.privacy.sensitive_headers import speaks_of_pay
from orgmodel.importing.rows.misplaced_rows import rows_in_place
from orgmodel.importing.wording import listed, numbered
from orgmodel.wording import counted

_LIST: Final = re.compile(r'\("[^()]*\)')
_QUOTED: Final = re.compile('"([^"]*)"')


@dataclass(frozen=True, slots=True)
class Privacy:
    """What may be kept of the people in a file.

    Attributes
    ----------
    pseudonyms
        Names and e-mail addresses are replaced, wherever they stand.
    keep_pay
        Columns of salaries and other pay are kept; else they are left out.

    """

    pseudonyms: bool = False
    keep_pay: bool = False


DEFAULT_PRIVACY: Final = Privacy()


def private(table: Table, privacy: Privacy, mapping: ColumnMapping | None, notices: list[Notice]) -> Table:
    """Return the table without what may not be kept.

    **Pay.** Columns are left out whose header has a word for pay in one of six languages ("Actual Pay Floor
    (£)", "Jahresgehalt"), grades of pay among them. A column that plays a role in the chart stays, and so
    does everything in our own format: whoever wrote it wanted it. A table without headers, and an amount in
    a text, tell nothing.

    **Pseudonyms.** Every person becomes "Person 0001" and person0001@example.invalid, numbered in the order
    of the rows: one pseudonym for one name in any spelling, so namesakes share it. Names in ids, in columns
    of managers and inside other texts are replaced too, and columns of phones, photos, birth dates,
    addresses, notes and the like are left out. The chart is the same but for the names.

    It is no more than that. Titles stay, and so do ids that are no names, units, places and dates: whoever
    knows the company knows its chief executive by the title, and finds the others by their place in the
    chart. Rows that have slipped by a column are put right first. Not found are persons in a slipped row
    that was not noticed; who are in no column of names and look like none; a first name or a nickname alone
    in a text; names in the header or in the name of the file; and a name that is the name of a unit too
    where its row has no e-mail address. The order of the rows is kept, so a list in alphabetical order stays
    one.
    """
    if not privacy.keep_pay and table.named and not table.literal:
        table = _without_pay(table, mapping, notices)
    return _under_pseudonyms(table, mapping, notices) if privacy.pseudonyms else table


def _without_pay(table: Table, mapping: ColumnMapping | None, notices: list[Notice]) -> Table:
    pay = [place for place, header in enumerate(table.header) if speaks_of_pay(header)]
    if not pay:
        return table
    role_of = role_by_header(table, roles_of(table, mapping))
    pay = [place for place in pay if role_of.get(table.header[place]) not in ROLE_TITLES]
    reason = "what people earn is not needed for the chart"
    way = "To have them, say that pay columns are to be kept, and read the file again."
    return _without(table, pay, "pay_dropped", reason, way, notices)


def _without(
    table: Table, places: Sequence[int], code: str, reason: str, way: str, notices: list[Notice]
) -> Table:
    """Return the table without some columns, and say so."""
    if not places:
        return table
    headers = [table.header[place] for place in places]
    columns = "Column" if len(headers) == 1 else "Columns"
    message = f"{columns} left out, because {reason}: {listed(headers)}. {way}"
    notices.append(Notice(code, "info", message, column=headers[0]))
    return with_columns(table, [place for place in range(len(table.header)) if place not in set(places)])


def _rows_in_place(table: Table, mapping: ColumnMapping | None, notices: list[Notice]) -> Table:
    """Return the table with slipped rows put right: a name in another column would not be known as one."""
    roles, _names, managers = understood(table, mapping)
    slipped = Findings((), [Choice("shifted_row", EVERY, "shift")])
    mended = rows_in_place(table, roles, managers[0] if managers else None, slipped)
    if lines := [notice.row for notice in slipped if notice.row is not None]:
        message = (
            f"The cells of {counted(len(lines), 'row')} stood one column off ({numbered(lines)}). They were "
            "put in place before names were replaced, because a name in another column is not found."
        )
        notices.append(Notice("shifted_row", "warning", message, lines[0]))
    return mended


def _said(notice: Notice, people: People) -> str:
    """Return what a notice said, without names: who is listed of rows that are not used is in no column."""
    if notice.code == "lines_above_header":  # they may say by whom and for whom
        return notice.message.partition(":")[0] + "."
    if notice.code != "row_rejected":
        return people.within(notice.message)

    def renamed(match: re.Match[str]) -> str:
        text = match[1]
        words = any(map(str.isalpha, text)) and not any(map(str.isdigit, text))
        return f'"{people.name(text)}"' if words and not people.keeps(text) else match[0]

    message = _LIST.sub(lambda match: _QUOTED.sub(renamed, match[0]), notice.message)
    return people.within(message)


def _quoted(notice: Notice, people: People) -> str | None:
    return None if notice.code == "lines_above_header" else notice.value and people.within(notice.value)


def _under_pseudonyms(table: Table, mapping: ColumnMapping | None, notices: list[Notice]) -> Table:
    table = _rows_in_place(table, mapping, notices)
    personal = personal_columns(table, mapping)
    way = "Without pseudonyms they are kept."
    reason = "pseudonyms were asked for and this tells who somebody is"
    table = _without(table, personal, "personal_dropped", reason, way, notices)
    hidden, people = pseudonymised(table, mapping)
    # What was said so far may quote cells.
    notices[:] = [
        replace(notice, message=_said(notice, people), value=_quoted(notice, people)) for notice in notices
    ]
    hidden = replace(hidden, sheet=hidden.sheet and people.within(hidden.sheet))
    changed = [
        header
        for header, old, new in zip(table.header, table.columns, hidden.columns, strict=True)
        if old is not new
    ]
    message = (
        f"Names and e-mail addresses were replaced by pseudonyms before anything was kept: {listed(changed)}."
        if changed
        else "Pseudonyms were asked for, but no name and no e-mail address was found in the file."
    )
    stays = " Titles, units and ids that are no names stay as they are: a title can tell who somebody is."
    notices.append(Notice("pseudonyms", "info", message + stays))
    return hidden
