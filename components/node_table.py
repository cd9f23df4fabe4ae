"""The chart as a table: what is typed into it becomes changes of the open chart; what is refused is said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import pandas as pd
import streamlit as st

from components import session
from components.editing import attempt
from components.names import function_title
from components.picker import found_nodes, search_field
from components.text import plain
from orgmodel.edits import Add, Edit, Move, Operation, Remove
from orgmodel.errors import OrganizationError, OrgModelError
from orgmodel.lines import Texts
from orgmodel.operations import NewNode, free_ids
from orgmodel.organization import BUSINESS_FUNCTIONS, Organization
from orgmodel.wording import counted, quoted

#: Rows on a page: more would make the page slow, and nobody scrolls through them.
A_PAGE: Final = 200
_NOBODY: Final = "-"
_TALLEST: Final = 15  # rows, before the table scrolls
_ROW_HEIGHT: Final = 35
_BOSS: Final = "Reports to"
#: What a column is called -> the column of the chart.
_COLUMNS: Final = {
    "Name": "name",
    "Title": "title",
    "Unit": "unit",
    "Function": "function",
    "People": "headcount",
    "Location": "location",
    "Status": "status",
}
_TEXTS: Final = ("Name", "Title", "Unit", "Location", "Status")
_FUNCTIONS: Final = {function_title(function): function for function in BUSINESS_FUNCTIONS}
#: How a function is shown that nobody has stated.
_TOLD_OF: Final = {function: f"({title})" for title, function in _FUNCTIONS.items()}
_TOLD: Final = tuple(_TOLD_OF.values())
_HOW: Final = (
    f"*{_BOSS}* takes an id or a name, and {_NOBODY} for nobody. A row at the end becomes a new person as "
    "soon as it has a name or a title and says whom they report to. Whoever reports to a row that is deleted "
    "goes up to its manager."
)
_NO_CHANGES: Final[Mapping[str, Any]] = {"edited_rows": {}, "added_rows": [], "deleted_rows": []}

Cells = dict[str, list[Any]]


@dataclass(frozen=True)
class Shown:
    """What stands in the editor.

    Attributes
    ----------
    number
        Counts the tables shown, for the key: another table must not take over what was typed into the last.
    nodes, cells
        The rows as they were handed to the editor, and whose they are.
    taken
        What the editor says was typed, as far as it has been dealt with.

    """

    number: int
    nodes: tuple[str, ...]
    cells: Cells
    taken: Mapping[str, Any]

    def as_typed(self) -> Cells:
        """Return the cells as the reader sees them: those handed over, and what was typed over them."""
        cells = {title: list(column) for title, column in self.cells.items()}
        for row, typed in self.taken["edited_rows"].items():
            for title, value in typed.items():
                cells[title][row] = "" if value is None and title in _TEXTS else value
        return cells


def show_table() -> None:
    """Show a page of the chart in an editor."""
    chart = session.organization()
    search, pages = st.columns([2, 3], vertical_alignment="bottom")
    with search:
        words = search_field("Find boxes", session.key("table-search"))
    found = session.kept("table_found", (chart, words), lambda: _found(chart, words))
    last = max(1, -(-len(found) // A_PAGE))
    page = 1
    if last > 1:
        with pages:
            page = st.pagination(last, key=session.key(f"table-page-{last}-{words}"))
    place = (words, page)
    shown = _shown(chart, (*_added_here(chart, place), *found[A_PAGE * (page - 1) : A_PAGE * page]))
    key = session.key(f"table-{shown.number}")
    # Of columns without a row the editor would not know that they hold texts.
    kinds = {title: float if title == "People" else object for title in shown.cells}
    st.data_editor(
        pd.DataFrame(shown.cells).astype(kinds),
        key=key,
        hide_index=True,
        num_rows="dynamic",
        disabled=["Id"],
        placeholder="",
        height=_ROW_HEIGHT * (4 + min(_TALLEST, len(shown.nodes))) + 3,
        on_change=_take,
        args=(key, place),
        alt="The boxes of the chart, one a row, to be changed",
        column_config=_column_config(),
    )
    which = f"{counted(len(found), 'box', 'boxes')}{f' with {plain(quoted(words))}' if words else ''}"
    st.caption(f"{which}{f', {A_PAGE} on a page' if last > 1 else ''}. {_HOW}")


def _column_config() -> dict[str, Any]:
    text = st.column_config.TextColumn
    return {
        "Id": text(pinned=True, width=50),
        "Name": text(width=110),
        "Title": text(width=140),
        _BOSS: text(width=108, help="An id, or a name that only one has. - stands for nobody."),
        "Unit": text(width=80),
        "Function": st.column_config.SelectboxColumn(
            options=[*_FUNCTIONS, *_TOLD],
            help="In brackets: told from title and unit. Choose one without brackets to state it.",
            width=105,
        ),
        "People": st.column_config.NumberColumn(min_value=0, format="%g", width=60),
        "Location": text(width=70),
        "Status": text(help="Empty, vacant or placeholder", width=55),
    }


def _found(chart: Organization, words: str) -> list[str]:
    return found_nodes(chart, words, most=len(chart)) if words else chart.ids.tolist()


def _added_here(chart: Organization, place: tuple[str, int]) -> list[str]:
    """Return the nodes added on this page, which stand elsewhere in the chart but stay in sight."""
    of_place, nodes = st.session_state.get("table_added", (None, ()))
    return [node for node in nodes if node in chart.row_of] if of_place == place else []


def _shown(chart: Organization, nodes: Sequence[str]) -> Shown:
    """Return what the editor holds if that is true still, else another table of the same nodes."""
    state, nodes = st.session_state, tuple(dict.fromkeys(nodes))
    cells = cells_of(chart, nodes)
    last: Shown | None = state.get("table_shown")
    if last is None or last.nodes != nodes or last.as_typed() != cells:
        state.tables = state.get("tables", 0) + 1
        last = state.table_shown = Shown(state.tables, nodes, cells, _NO_CHANGES)
    return last


def cells_of(chart: Organization, nodes: Sequence[str]) -> Cells:
    """Return the cells of some nodes, column by column."""
    rows = [chart.row(node) for node in nodes]
    bosses = chart.manager[rows].tolist() if rows else []
    often = Counter(chart.labels.tolist())

    def texts(column: Texts) -> list[str]:
        return [str(column[row]) for row in rows]

    told = session.reading_of(chart).functions
    return {
        "Id": list(nodes),
        "Name": texts(chart.names),
        "Title": texts(chart.titles),
        _BOSS: [_boss_text(chart, boss, often) if boss >= 0 else _NOBODY for boss in bosses],
        "Unit": texts(chart.units),
        "Function": [
            function_title(str(chart.functions[row])) if chart.functions[row] else _TOLD_OF.get(told[row])
            for row in rows
        ],
        "People": [float(chart.headcount[row]) for row in rows],
        "Location": texts(chart.locations),
        "Status": texts(chart.statuses),
    }


def _boss_text(chart: Organization, row: int, often: Mapping[str, int]) -> str:
    """Return what a manager is called, with the id where others are called the same."""
    label = chart.label(row)
    return label if often[label] == 1 else f"{label} ({chart.ids[row]})"


# ---------------------------------------------------------------------- what was typed


def _take(key: str, place: tuple[str, int]) -> None:
    """Make changes of what has been typed since the last time."""
    shown: Shown = st.session_state.table_shown
    typed = {name: st.session_state[key].get(name, none) for name, none in _NO_CHANGES.items()}
    chart = session.organization()
    operations, refused = typed_operations(chart, shown, typed)
    if not operations and not refused:
        return  # a new row that is not whole yet
    attempt(*operations, refused=refused)
    if refused or any(isinstance(operation, Add | Remove) for operation in operations):
        # What is refused, and a row more or less, is another table, which shows the truth again.
        st.session_state.table_shown = None
        after = session.organization()
        new = [str(node) for node in after.ids if node not in chart.row_of] if len(after) > len(chart) else []
        st.session_state.table_added = (place, (*_added_here(after, place), *new))
    else:
        edited = {row: dict(cells) for row, cells in typed["edited_rows"].items()}
        st.session_state.table_shown = replace(shown, taken={**typed, "edited_rows": edited})


def typed_operations(
    chart: Organization, shown: Shown, typed: Mapping[str, Any]
) -> tuple[list[Operation], list[str]]:
    """Return the operations that make of the chart what was typed, and sentences for what makes no sense.

    ``typed`` is what the editor holds; what was ``taken`` before is left out. Rows are added first, so that
    others can report to them, and deleted last.
    """
    operations: list[Operation] = []
    refused: list[str] = []
    new_ids: dict[str, str] = {}
    whole = [row for row in typed["added_rows"] if _is_whole(row)]
    for row, node in zip(whole, free_ids(chart.row_of), strict=False):
        try:
            operations.append(Add((_new_node(chart, node, row, new_ids),)))
        except OrgModelError as error:
            refused.append(str(error))
        else:
            new_ids[_text(row.get("Name")) or _text(row.get("Title"))] = node
    for place, cells in typed["edited_rows"].items():
        taken = shown.taken["edited_rows"].get(place, {})
        for title, value in cells.items():
            if title in taken and taken[title] == value:
                continue
            try:
                operations.append(_edited(chart, shown.nodes[place], title, value, new_ids))
            except OrgModelError as error:
                refused.append(str(error))
    gone = tuple(shown.nodes[place] for place in typed["deleted_rows"])
    if gone:
        operations.append(Remove(gone, with_all_below=False))
    return operations, refused


def _is_whole(row: Mapping[str, Any]) -> bool:
    """Return whether a new row says enough to be a person of the chart."""
    return bool((_text(row.get("Name")) or _text(row.get("Title"))) and _text(row.get(_BOSS)))


def _new_node(chart: Organization, node: str, row: Mapping[str, Any], new_ids: Mapping[str, str]) -> NewNode:
    people = row.get("People")
    return NewNode(
        node,
        _manager_meant(chart, row[_BOSS], new_ids) or None,
        headcount=1.0 if people is None else float(people),
        **{
            column: _value(title, row.get(title))
            for title, column in _COLUMNS.items()
            if column != "headcount"
        },
    )


def _edited(
    chart: Organization, node: str, title: str, value: object, new_ids: Mapping[str, str]
) -> Operation:
    if title == _BOSS:
        return Move((node,), _manager_meant(chart, value, new_ids))
    return Edit((node,), _COLUMNS[title], _value(title, value))


def _value(title: str, value: object) -> str | float:
    """Return what a cell means in the chart."""
    if title == "People":
        if value is None:
            raise OrganizationError("Say how many people a box stands for; 0 for none.")
        return float(value)
    text = _text(value)
    if title == "Function":
        return "" if text in _TOLD else _FUNCTIONS.get(text, text)
    return text


def _text(value: object) -> str:
    return "" if value is None else str(value).strip()


def _manager_meant(chart: Organization, value: object, new_ids: Mapping[str, str]) -> str:
    """Return the id that a cell means: an id, a name, a name with its id in brackets; empty for nobody."""
    text = _text(value)
    if text in chart.row_of:
        return text
    if text in {"", _NOBODY}:
        return ""
    if text in new_ids:
        return new_ids[text]
    wanted = text.casefold()
    rows = [
        row
        for row, (label, node) in enumerate(zip(chart.labels.tolist(), chart.ids.tolist(), strict=True))
        if label.casefold() == wanted or f"{label} ({node})" == text
    ]
    if not rows:
        raise OrganizationError(f"There is nobody called {quoted(text)} in this chart.")
    if len(rows) > 1:
        ids = ", ".join(str(chart.ids[row]) for row in rows[:3])
        raise OrganizationError(
            f"{counted(len(rows), 'box', 'boxes')} are called {quoted(text)}. "
            f"Write the id of the one you mean, such as {ids}."
        )
    return str(chart.ids[rows[0]])
