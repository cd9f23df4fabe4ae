"""An organization -> the rows of our own format (`orgmodel.importing.own_format`)."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from orgmodel.importing.own_format import OWN_COLUMNS, neutralised, written_list
from orgmodel.importing.rows.vacancies import protected
from orgmodel.organization import Organization

PLAIN_RELATION = "collaboration"
#: What no file can hold (half of a surrogate pair) is written as a question mark.
_ENCODING = ("utf-8", "replace")


def sound(text: object) -> str:
    r"""Return a text that UTF-8 can hold.

    >>> sound("\ud800!")
    '?!'
    """
    text = str(text)
    return text if text.isascii() else text.encode(*_ENCODING).decode()


def json_value(value: object) -> str | float | bool | None:
    """Return a value as JSON holds it: a text, a number or nothing; what it cannot hold becomes text.

    >>> json_value("x"), json_value(2), json_value(float("nan"))
    ('x', 2, 'nan')
    """
    if value is None or isinstance(value, bool | int) or (isinstance(value, float) and math.isfinite(value)):
        return value
    return sound(value)


def own_rows(organization: Organization) -> Iterator[tuple[str, ...]]:
    """Yield the header, then the row of every node; no cell is run by a spreadsheet."""
    attributes = organization.attributes
    yield (*OWN_COLUMNS, *(neutralised(key) for key in attributes))
    further = {row: written_list(listed) for row, listed in further_entries(organization).items()}
    ties = {row: written_list(listed) for row, listed in tie_entries(organization).items()}
    managers = manager_ids(organization)
    for row, node in enumerate(organization.ids):
        cells = (
            node,
            organization.names[row],
            organization.titles[row],
            organization.units[row],
            organization.functions[row],
            managers[row],
            further.get(row, ""),
            ties.get(row, ""),
            repr(float(organization.headcount[row])),
            organization.locations[row],
            protected(organization.statuses[row]),
        )
        yield (
            *(neutralised(cell) if cell else "" for cell in cells),
            *("" if column[row] is None else neutralised(str(column[row])) for column in attributes.values()),
        )


def manager_ids(organization: Organization) -> list[str]:
    """Return the id of every solid manager, empty for a root."""
    ids = organization.ids
    return [str(ids[boss]) if boss >= 0 else "" for boss in organization.manager.tolist()]


def further_entries(organization: Organization) -> dict[int, list[Sequence[str]]]:
    """Return per row with further managers what is written of each: the id, then share and kind."""
    entries: dict[int, list[Sequence[str]]] = {}
    for row, line in zip(organization.further.report.tolist(), organization.further_managers, strict=True):
        plain = line.kind == "dotted" and line.share == 0
        entry = (line.manager,) if plain else (line.manager, repr(line.share), line.kind)
        entries.setdefault(row, []).append(entry)
    return entries


def tie_entries(organization: Organization) -> dict[int, list[Sequence[str]]]:
    """Return per row with ties what is written of each: the id, then weight and relation; on one side."""
    entries: dict[int, list[Sequence[str]]] = {}
    for row, tie in zip(organization.ties.a.tolist(), organization.tie_list, strict=True):
        entry: tuple[str, ...] = (tie.b,)
        if tie.relation != PLAIN_RELATION:
            entry = (tie.b, repr(tie.weight), tie.relation)
        elif tie.weight != 1:
            entry = (tie.b, repr(tie.weight))
        entries.setdefault(row, []).append(entry)
    return entries
