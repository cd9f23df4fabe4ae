"""Rows left in from a vendor's template: example people, placeholders in brackets, "delete this row"."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from orgmodel.importing.columns.manager_columns import ManagerColumn
from orgmodel.importing.columns.roles import Roles
from orgmodel.importing.files.cells import Column
from orgmodel.importing.files.tables import Table
from orgmodel.importing.managers.directory import folded
from orgmodel.importing.notices import Findings, Notice
from orgmodel.importing.rows.edited_rows import without_rows
from orgmodel.importing.rows.misplaced_rows import rows_at_fault
from orgmodel.importing.wording import listed
from orgmodel.wording import quoted

_ROWS_NEAR_THE_TOP: Final = 5
_HALF: Final = 0.5
_ASKED: Final = 1
_SURE: Final = 1.5
_HALF_SURE: Final = 0.75
_SAMPLED_ROWS: Final = 1000
_FEW: Final = 2
_LONGEST: Final = 200  # longer texts are no examples
_FEW_SHARE: Final = 0.1
_BRACKETED: Final = re.compile(r"<[^<>]+>|\[[^\[\]]+\]|\{+[^{}]+\}+")
_INSTRUCTION: Final = re.compile(
    r"(please )?(delete|remove|overwrite|replace|do not (edit|change|delete)) (this|these|the)\b.*"
    r"\b(row|rows|line|lines|example|examples|sample|samples|template|entries|entry)\b.*"
    r"|(diese|bitte diese) (zeile|beispielzeile) (bitte )?(löschen|entfernen|überschreiben).*",
    re.IGNORECASE | re.DOTALL,
)
_EXAMPLE: Final = re.compile(
    r"(example|sample|beispiel|exemple|ejemplo|esempio|voorbeeld)"
    r"( ?-?(row|record|employee|person|data|entry|line|name|user|position|only|zeile|mitarbeiter))?[ \d]*"
    r"|(e\.g\.|eg:|ex\.|example:|sample:|z\. ?b\.|p\. ?ej\.|bijv\.).*",
    re.IGNORECASE | re.DOTALL,
)
#: People of templates. Some people are called so: another sign has to come with it.
_PEOPLE: Final = frozenset(
    {
        *("john doe", "jane doe", "doe, john", "doe, jane", "max mustermann", "erika mustermann"),
        *("mustermann, max", "mustermann, erika", "john q. public", "joe bloggs", "jan jansen", "juan perez"),
        *("jean dupont", "mario rossi", "jan modaal", "first last", "firstname lastname", "your name"),
    }
)
_ADDRESS: Final = re.compile(
    r".*@(example\.|(your|my)?-?(company|domain|email|organi[sz]ation)\.)[a-z.]+", re.IGNORECASE
)
_NUMBER: Final = re.compile(r"0?123456?7?8?9?0?|9{3,}|x{3,}\d*|abc-?123(45)?", re.IGNORECASE)


@dataclass(frozen=True)
class _Sign:
    """What speaks for a row of a template, in which cell, and how much: 1 to ask about it, 2 to be sure."""

    said: str
    value: str
    weight: float


def without_template_rows(
    table: Table, roles: Roles, managers: ManagerColumn | None, notices: Findings
) -> Table:
    """Return the table without the rows left in from a template.

    They are looked for at the top, and among the rows whose manager is not in the file: most of their cells
    are placeholders in brackets, one says to delete the row, or is an example by its words. A name like
    John Doe is a sign together with another one only. A row is left out if the signs are sure and nobody
    else reports to it.
    """
    if not table.named or table.literal:
        return table
    ids = roles.get("id", [])[:1]
    rows = list(range(min(len(table), _ROWS_NEAR_THE_TOP)))
    if managers:
        rows += [row for row in rows_at_fault(table, roles, managers) if row >= len(rows)]
    signs = {row: found for row in rows if (found := _signs(table, row, ids))}
    sure = {row for row, found in signs.items() if _weight(found) >= _SURE}
    left_out = set()
    for row, found in signs.items():
        needed = _has_other_reports(table, row, managers, sure)
        if _is_left_out(table, row, found, notices, sure=row in sure, needed=needed):
            left_out.add(row)
    return without_rows(table, left_out if len(left_out) < len(table) else ())


def _signs(table: Table, row: int, ids: Sequence[int]) -> list[_Sign]:
    """Return what speaks for a row of a template; nothing if it is not enough to ask about."""
    filled = [cell for cell in _cells(table, row) if 0 < len(cell) <= _LONGEST]
    signs = [_Sign("{} tells to delete it", cell, 2) for cell in filled if _INSTRUCTION.fullmatch(cell)]
    bracketed = [cell for cell in filled if _BRACKETED.fullmatch(cell)]
    if len(bracketed) > max(1, _HALF * len(filled)):
        signs.append(_Sign("most cells are placeholders such as {}", bracketed[0], 2))
    if row < _ROWS_NEAR_THE_TOP:
        signs += _signs_at_the_top(table, row, ids)
    return signs if _weight(signs) >= _ASKED else []


def _signs_at_the_top(table: Table, row: int, ids: Sequence[int]) -> list[_Sign]:
    cells = [cell if len(cell) <= _LONGEST else "" for cell in _cells(table, row)]
    signs = [_Sign("{} is an example by its words", cell, 1) for cell in cells if _EXAMPLE.fullmatch(cell)]
    names = [*cells, *map(" ".join, pairwise(cells))]
    signs += [_Sign("the name {}", name, _HALF_SURE) for name in names if folded(name) in _PEOPLE]
    signs += [
        _Sign("the address {}", cell, _HALF_SURE)
        for place, cell in enumerate(cells)
        if _ADDRESS.fullmatch(cell) and _are_few(table.columns[place], _ADDRESS)
    ]
    signs += [
        _Sign("the id {}", cells[place], _HALF_SURE) for place in ids if _NUMBER.fullmatch(cells[place])
    ]
    return signs


def _weight(signs: Sequence[_Sign]) -> float:
    """Return how much some signs say; several of one kind say what one says."""
    return sum({sign.said: sign.weight for sign in signs}.values())


def _cells(table: Table, row: int) -> list[str]:
    return [column[row] for column in table.columns]


def _are_few(column: Column, form: re.Pattern[str]) -> bool:
    """Return whether few cells of a column look so; else these are data of an example, which is the chart."""
    cells = column.texts[column.index[:_SAMPLED_ROWS]].tolist()
    number = sum(form.fullmatch(cell) is not None for cell in cells)
    return number <= max(_FEW, _FEW_SHARE * len(cells))


def _has_other_reports(
    table: Table, row: int, managers: ManagerColumn | None, templates: Collection[int]
) -> bool:
    """Return whether a row that is none of a template names this one as its manager."""
    if managers is None:
        return False
    target = managers.target.values
    name = folded(target[row]) if len(target) else ""
    references = table.columns[managers.column]
    named = references.places(lambda text: bool(name) and folded(text) == name)
    return bool(set(np.flatnonzero(references.where(named)).tolist()) - {*templates, row})


def _is_left_out(
    table: Table, row: int, signs: Sequence[_Sign], notices: Findings, *, sure: bool, needed: bool
) -> bool:
    """Return whether a row is to be left out, and say so."""
    line = table.lines[row]
    options = {"leave out": f"Leave row {line} out", "keep": f"Keep row {line}"}
    default = "leave out" if sure and not needed else "keep"
    proposed = "keep" if needed else "leave out"
    answer = notices.decisions.about("template_row", str(line), options, default, proposed)
    message = f"Row {line} seems to be left in from a template: {_reasons(signs)}. "
    if answer.option == "leave out":
        message += f"It was not made a node: {listed([cell for cell in _cells(table, row) if cell])}."
    elif default == "leave out":
        message += "It was kept, as decided."
    elif needed:
        message += "It was kept, because other rows report to it."
    else:
        message += "It was kept; if it stands for nobody, leave it out."
    notices.append(Notice("template_row", "warning", message, line, None, signs[0].value, answer.repairs))
    return answer.option == "leave out"


def _reasons(signs: Sequence[_Sign]) -> str:
    """Return what speaks for a row of a template in words, several cells of one kind once."""
    kinds = {sign.said: sign for sign in reversed(signs)}.values()
    whole = [sign.said.format(quoted(sign.value)) for sign in kinds if sign.weight != _HALF_SURE]
    common = [sign.said.format(quoted(sign.value)) for sign in kinds if sign.weight == _HALF_SURE]
    if len(common) == 1:
        whole.append(f"{common[0]} is a common example")
    elif common:
        whole.append(f"{', '.join(common[:-1])} and {common[-1]} are common examples")
    return ", and ".join(whole)
