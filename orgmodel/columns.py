"""The columns of a chart as they are given: made into arrays, and checked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

import numpy as np

from orgmodel.errors import OrganizationError
from orgmodel.lines import (
    Floats,
    Ints,
    Texts,
    frozen,
    frozen_floats,
    frozen_ints,
    frozen_texts,
    list_of_names,
)


def text_of(value: object) -> str:
    """Return a value as text; None and NaN (what pandas writes for nothing) are empty."""
    return "" if value is None or value != value else str(value)  # noqa: PLR0124  # only NaN differs from itself


def _column_of(key: str, values: Iterable[object], size: int) -> Texts:
    column = frozen_texts(values)
    if len(column) != size:
        message = f"The column {key} has {len(column)} values for {size} nodes."
        raise OrganizationError(message)
    return column


def attribute_columns(
    given: Mapping[str, Iterable[object]], size: int, own: Collection[str]
) -> dict[str, Texts]:
    """Return the further columns; one without any value says nothing and is left out.

    ``own`` are the names that mean a column of the chart itself.
    """
    columns = {str(key): _column_of(key, values, size) for key, values in given.items()}
    if taken := columns.keys() & set(own):
        message = f'The attribute "{min(taken)}" has a column of its own; give it another name.'
        raise OrganizationError(message)
    return {key: column for key, column in columns.items() if any(value is not None for value in column)}


def text_column(key: str, values: Iterable[str] | None, size: int) -> Texts:
    """Return a column of texts; without values all of it is empty."""
    texts = [""] * size if values is None else list(values)
    if set(map(type, texts)) - {str}:
        texts = [text_of(value) for value in texts]
    return _column_of(key, texts, size)


def headcount_column(ids: Texts, values: Iterable[float] | None) -> Floats:
    """Return the column of headcounts, each checked; without values everybody is one person."""
    if values is None:
        return frozen(np.ones(len(ids)))
    try:
        column = frozen_floats(values)
    except (TypeError, ValueError) as error:
        message = f"A headcount is not a number: {error}."
        raise OrganizationError(message) from None
    if len(column) != len(ids):
        message = f"The column headcount has {len(column)} values for {len(ids)} nodes."
        raise OrganizationError(message)
    wrong = np.flatnonzero(~np.isfinite(column) | (column < 0))
    if len(wrong):
        message = f'The headcount of "{ids[wrong[0]]}" is {column[wrong[0]]}; it must be 0 or more.'
        raise OrganizationError(message)
    return column


def check_ids(ids: Texts, row_of: Mapping[str, int]) -> None:
    """Check that every node has an id of its own."""
    if "" in row_of:
        message = f"Row {row_of[''] + 1} has no id. Every node needs one."
        raise OrganizationError(message)
    if len(row_of) < len(ids):
        twice = sorted({str(node) for row, node in enumerate(ids) if row_of[node] != row})
        message = f"Every id must be unique; given more than once: {list_of_names(twice)}."
        raise OrganizationError(message)


def check_functions(ids: Texts, functions: Texts, known: Sequence[str]) -> None:
    """Check that every stated function is a known word, or empty."""
    if unknown := set(functions) - {"", *known}:
        row = next(row for row, function in enumerate(functions) if function in unknown)
        message = (
            f'"{ids[row]}" has the function "{functions[row]}", which is not one of: '
            f"{', '.join(known)}. Leave it empty to have it recognised from the title."
        )
        raise OrganizationError(message)


def rows_of_managers(ids: Texts, manager_ids: Sequence[str | None], row_of: Mapping[str, int]) -> Ints:
    """Return the row of every manager, -1 where there is none; each is checked."""
    if len(manager_ids) != len(ids):
        message = f"There are {len(manager_ids)} managers for {len(ids)} nodes."
        raise OrganizationError(message)
    manager = frozen_ints(-1 if boss in {None, ""} else row_of.get(str(boss), -2) for boss in manager_ids)
    unknown = np.flatnonzero(manager == -2)  # noqa: PLR2004  # the mark of the line above
    if len(unknown):
        boss = manager_ids[int(unknown[0])]
        names = list_of_names([str(ids[row]) for row in unknown])
        message = f'The manager "{boss}" is not in the chart. Nodes with an unknown manager: {names}.'
        raise OrganizationError(message)
    own = np.flatnonzero(manager == np.arange(len(ids)))
    if len(own):
        message = f"A node cannot report to itself: {list_of_names([str(ids[row]) for row in own])}."
        raise OrganizationError(message)
    return manager
