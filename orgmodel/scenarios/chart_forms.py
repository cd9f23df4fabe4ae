"""A chart as JSON and as compressed bytes, there and back without loss.

A chart is written by columns, each a list of a value per node; what is empty is left out::

    {"ids": ["ceo", "ops"], "manager": [-1, 0], "titles": ["CEO", "COO"]}

``manager`` holds positions in the list of ids (-1: nobody), as do ``further`` (report, manager, kind, share)
and ``ties`` (one end, the other, weight, relation). Where the ids are the numbers 1, 2, 3 ..., ``ids`` is how
many. ``headcount`` is left out where everybody is one person. ``attributes`` are the further columns by name.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from orgmodel.differences import CELLS
from orgmodel.errors import OrganizationError, ScenarioError
from orgmodel.importing.writing.own_rows import json_value
from orgmodel.lines import FurtherManager, Tie
from orgmodel.organization import Organization
from orgmodel.scenarios.parsing import MOST_BYTES, inflated, parsed, said
from orgmodel.scenarios.upgrades import FORMAT, VERSION, upgraded
from orgmodel.wording import quoted

_TEXTS: Final = tuple(key for key in CELLS.values() if key != "headcount")
_KEYS: Final = ("ids", "manager", *_TEXTS, "headcount", "further", "ties", "attributes")
_ENDS: Final = 4
_EXACT: Final = 2**53  # whole numbers up to here are written without a point
_LONGEST: Final = 400


def chart_to_json(organization: Organization) -> dict[str, Any]:
    """Return a chart as JSON; `chart_from_json` makes an equal one of it.

    What JSON has no word for in further columns (dates, lists, infinity) becomes text.

    >>> org = Organization.from_columns(["ceo", "ops"], [None, "ceo"], titles=["CEO", "COO"])
    >>> chart_to_json(org)
    {'ids': ['ceo', 'ops'], 'manager': [-1, 0], 'titles': ['CEO', 'COO']}
    """
    ids, further, ties = organization.ids.tolist(), organization.further, organization.ties
    data: dict[str, Any] = {
        "ids": len(ids) if _are_numbers(ids) else ids,
        "manager": organization.manager.tolist(),
    }
    data |= {key: column for key in _TEXTS if any(column := getattr(organization, key).tolist())}
    if (organization.headcount != 1).any():
        data["headcount"] = [
            int(people) if people.is_integer() and people < _EXACT else people
            for people in organization.headcount.tolist()
        ]
    if len(further.report):
        data["further"] = _rows(further.report, further.manager, further.kind, further.share)
    if len(ties.a):
        data["ties"] = _rows(ties.a, ties.b, ties.weight, ties.relation)
    if organization.attributes:
        data["attributes"] = {
            key: [json_value(value) for value in column] for key, column in organization.attributes.items()
        }
    return data


def _are_numbers(ids: Sequence[str]) -> bool:
    return all(node == str(number) for number, node in enumerate(ids, start=1))


def _rows(*columns: Any) -> list[list[Any]]:  # noqa: ANN401  # arrays of numbers and texts
    return [list(row) for row in zip(*(column.tolist() for column in columns), strict=True)]


def chart_from_json(data: object) -> Organization:
    """Return the chart that `chart_to_json` was given.

    Raises
    ------
    ScenarioError
        It is malformed; the sentence names what and where.

    """
    return checked_chart(parsed(data))


def checked_chart(chart: object) -> Organization:
    """Return the chart that a value holds which `orgmodel.scenarios.parsing` has let through."""
    if not isinstance(chart, Mapping):
        raise ScenarioError(f"The chart of a scenario is a group of columns, not {said(chart)}.")
    if unknown := [key for key in chart if key not in _KEYS]:
        raise ScenarioError(f"The chart holds {quoted(unknown[0])}, which is no column of a chart.")
    rows = _list(chart.get("manager"), "manager")
    ids = _ids(chart.get("ids"), len(rows))
    try:
        return Organization.from_columns(
            ids,
            [None if boss == -1 else _named(ids, boss) for boss in rows],
            **{key: _texts(chart[key], key) for key in _TEXTS if key in chart},
            headcount=_headcount(chart),
            further_managers=[
                FurtherManager(_named(ids, report), _named(ids, boss), _text(kind), _number(share))
                for report, boss, kind, share in _lines(chart, "further")
            ],
            ties=[
                Tie(_named(ids, a), _named(ids, b), _number(weight), _text(relation))
                for a, b, weight, relation in _lines(chart, "ties")
            ],
            attributes=_attributes(chart.get("attributes", {})),
        )
    except OrganizationError as error:
        raise ScenarioError(f"The chart of this scenario cannot be read. {cut(error)}") from error


def _ids(value: object, nodes: int) -> list[str]:
    if isinstance(value, int) and not isinstance(value, bool):
        if value != nodes:
            raise ScenarioError(f"The chart has {nodes:,} managers for another number of ids.")
        return [str(number) for number in range(1, nodes + 1)]
    return _texts(value, "ids")


def _list(value: object, key: str) -> list[Any]:
    if not isinstance(value, list):
        raise ScenarioError(f"The column {quoted(key)} of the chart is a list of values, not {said(value)}.")
    return value


def _texts(value: object, key: str) -> list[str]:
    texts = _list(value, key)
    if other := [text for text in texts if not isinstance(text, str)]:
        raise ScenarioError(f"The column {quoted(key)} of the chart holds texts, not {said(other[0])}.")
    return texts


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ScenarioError(f"The kind of a line is a text, not {said(value)}.")
    return value


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ScenarioError(f"A headcount, share or weight is a number, not {said(value)}.")
    return float(value)


def _headcount(chart: Mapping[str, Any]) -> Iterable[float] | None:
    return (
        [_number(people) for people in _list(chart["headcount"], "headcount")]
        if "headcount" in chart
        else None
    )


def _named(ids: Sequence[str], place: object) -> str:
    if type(place) is not int or not 0 <= place < len(ids):
        what = f"{place:,}" if type(place) is int and abs(place) <= _EXACT else said(place)
        raise ScenarioError(
            f"A line of the chart leads to the box {what}; it has boxes 0 to {len(ids) - 1:,}."
        )
    return ids[place]


def _lines(chart: Mapping[str, Any], key: str) -> list[list[Any]]:
    lines = _list(chart.get(key, []), key)
    if not all(isinstance(line, list) and len(line) == _ENDS for line in lines):
        raise ScenarioError(f"Every one of the {quoted(key)} of the chart is a list of four values.")
    return lines


def _attributes(value: object) -> dict[str, list[Any]]:
    if not isinstance(value, Mapping):
        raise ScenarioError(f"The further columns of a chart are a group of lists, not {said(value)}.")
    for key, column in value.items():
        if any(isinstance(cell, list | Mapping) for cell in _list(column, key)):
            raise ScenarioError(f"The column {quoted(key)} of the chart holds texts and numbers, not lists.")
    return dict(value)


def cut(error: object) -> str:
    """Return the sentence of an error, cut where somebody's texts make it too long to read."""
    text = str(error)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


# ---------------------------------------------------------------------- bytes


def compact(data: Mapping[str, Any]) -> bytes:
    """Return JSON in as few bytes as it takes, always the same for the same."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.encode("utf-8", errors="replace")


def written_chart(organization: Organization) -> bytes:
    """Return a chart as compressed bytes, the same for equal charts; `read_chart` makes an equal one."""
    return zlib.compress(
        compact({"format": FORMAT, "version": VERSION, "chart": chart_to_json(organization)}), level=6
    )


def read_chart(data: bytes, most: int = MOST_BYTES) -> Organization:
    """Return the chart that `written_chart` was given, of this version or an earlier one.

    Raises
    ------
    ScenarioError
        It is damaged, or unpacks to more than ``most`` bytes.

    """
    return checked_chart(upgraded(parsed(inflated(data, most), most)).get("chart"))
