"""What the browser is told about a chart: whole columns once, afterwards only what has changed.

Rows of the chart are *places* here.
"""

from __future__ import annotations

import base64
import math
import zlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from components.text import number_text
from orgmodel.changes import Change
from orgmodel.charts.style import BETTER_COLOUR, FUNCTION_COLOURS, TIE, UNIT_COLOUR, WORSE_COLOUR
from orgmodel.functions import FUNCTION_TITLES
from orgmodel.importing.writing.kinds import KINDS
from orgmodel.indicators import HEADLINES, INDICATORS, Indicator
from orgmodel.lines import LINE_TITLES
from orgmodel.organization import UNHELD_STATUSES, Organization
from orgmodel.sweep import Assessment, Survey

Codes = npt.NDArray[np.uint8]

#: Numbers that are none: it cannot be told, the node cannot be the boss, there is no way.
UNKNOWN: Final = -(2**31)
NOT_A_CANDIDATE: Final = UNKNOWN + 1
NO_WAY: Final = 2**31 - 1
_NO_SCORE: Final = 255
_NOT_TOLD: Final = 255
_FUNCTIONS: Final = tuple(FUNCTION_COLOURS)
_CODES: Final = {name: code for code, name in enumerate(_FUNCTIONS)}
_TEXTS: Final = {
    "name": "names",
    "title": "titles",
    "unit": "units",
    "function": "functions",
    "location": "locations",
    "status": "statuses",
}

SETTINGS: Final[Mapping[str, Any]] = {
    "functions": [
        {"name": name, "title": FUNCTION_TITLES.get(name, "Not recognised"), "colour": colour}
        for name, colour in FUNCTION_COLOURS.items()
    ],
    "lines": dict(LINE_TITLES),
    "statuses": list(UNHELD_STATUSES),
    "indicators": [
        {
            "name": item.name,
            "title": item.title,
            "unit": item.unit,
            "lower_is_better": item.direction == "lower is better",
            "headline": item.headline,
        }
        for item in INDICATORS
    ],
    "files": [{"kind": name, "title": kind.title} for name, kind in KINDS.items()],
    "colours": {"unit": UNIT_COLOUR, "better": BETTER_COLOUR, "worse": WORSE_COLOUR, "tie": TIE},
}


def columns(chart: Organization) -> dict[str, Any]:
    """Return the whole chart in columns; one in which nothing stands is left out."""
    found: dict[str, Any] = {"ids": chart.ids.tolist(), "manager": chart.manager.tolist()}
    for name, column in _TEXTS.items():
        texts = getattr(chart, column)
        if texts.astype(np.bool_).any():
            found[name] = texts.tolist()
    if (chart.headcount != 1).any():
        found["headcount"] = chart.headcount.tolist()
    further, ties = chart.further, chart.ties
    found["further"] = list(
        zip(
            further.report.tolist(),
            further.manager.tolist(),
            further.kind.tolist(),
            further.share.tolist(),
            strict=True,
        )
    )
    found["ties"] = list(
        zip(ties.a.tolist(), ties.b.tolist(), ties.weight.tolist(), ties.relation.tolist(), strict=True)
    )
    return found


def codes(functions: npt.NDArray[np.object_]) -> Codes:
    """Return the functions of all nodes as places in ``SETTINGS["functions"]``."""
    return np.fromiter(map(_CODES.__getitem__, functions.tolist()), dtype=np.uint8, count=len(functions))


def changed_codes(
    before: Codes, changes: Iterable[Change], after: Codes, chart: Organization
) -> dict[str, Any]:
    """Return the codes that the browser does not have, given those it had before some changes."""
    for change in changes:
        before = np.delete(before, [place for place, _ in change.removed])
        added = np.array([place for place, _ in change.added], dtype=np.int64)
        if len(added):
            grown = np.full(len(before) + len(added), _NOT_TOLD, dtype=np.uint8)
            grown[np.setdiff1d(np.arange(len(grown)), added)] = before
            before = grown
    differ = np.flatnonzero(before != after)
    if len(differ) * 4 > len(after):
        return {"all": _base64(after)}
    return {"changed": list(zip(chart.ids[differ].tolist(), after[differ].tolist(), strict=True))}


def all_codes(found: Codes) -> dict[str, Any]:
    """Return the codes of all nodes."""
    return {"all": _base64(found)}


def values(survey: Survey, number: int, names: Sequence[str]) -> dict[str, Any]:
    """Return some indicators for every node as the boss of customer service, in the survey of this number.

    Few numbers are distinct, and neighbours have the same: a column is its distinct numbers and scores, and
    for every node, from the top down, which of them it has, packed (zlib).
    """
    rows, table = survey.situation.candidates, survey.table
    order = top_down(survey.organization)
    return {
        "survey": number,
        "columns": {
            item.name: _column(item, table[item.name].to_numpy(), rows, order)
            for item in INDICATORS
            if item.name in names
        },
    }


def _column(
    item: Indicator, found: npt.NDArray[np.float64], rows: npt.NDArray[np.int64], order: npt.NDArray[np.int64]
) -> dict[str, Any]:
    digits, factor, suffix = _printed(item)
    values, of_row = np.unique(found, return_inverse=True)
    # Rounded as the page prints them, so that a number under the pointer is the number on the card.
    numbers = [_integer(value * factor, digits) for value in values.tolist()]
    pairs = np.array([numbers, _scores(item, values)], dtype=np.int64)
    distinct, of_value = np.unique(pairs, axis=1, return_inverse=True)
    # The last one is that of nodes that cannot be the boss.
    numbers, scores = np.append(distinct, [[NOT_A_CANDIDATE], [_NO_SCORE]], axis=1).tolist()
    places = np.full(len(order), len(numbers) - 1, dtype=_smallest(len(numbers)))
    places[rows] = of_value[of_row]
    return {
        "digits": digits,
        "suffix": suffix,
        "numbers": numbers,
        "scores": scores,
        "relative": item.score is None,
        "which": base64.b64encode(zlib.compress(places[order].tobytes(), 9)).decode(),
    }


def _smallest(numbers: int) -> str:
    """Return the smallest type of integers that tells so many apart."""
    return next(kind for kind in ("<u1", "<u2", "<u4") if numbers <= 1 << (8 * int(kind[-1])))


def _scores(item: Indicator, distinct: npt.NDArray[np.float64]) -> list[int]:
    """Return scores, 0 best to 100 worst; without any of its own, from the best of these to the worst."""
    measured = distinct if item.score is None else item.score(distinct)
    scores = np.full(len(distinct), _NO_SCORE)
    finite = np.isfinite(measured)
    shown = measured[finite]
    if item.score is None and len(shown):
        best, worst = (shown.min(), shown.max())[:: 1 if item.direction == "lower is better" else -1]
        shown = (shown - best) / (worst - best) * 100 if worst != best else np.zeros(len(shown))
    scores[finite] = np.clip(np.rint(shown), 0, 100)
    # No way at all is as bad as it gets.
    scores[np.isposinf(distinct)] = 100
    return scores.tolist()


def top_down(chart: Organization) -> npt.NDArray[np.int64]:
    """Return all rows so that everybody stands right below their boss, reports in the order of the chart."""
    size = (chart.below(np.ones(len(chart))) + 1).astype(np.int64)
    place = np.zeros(len(chart), dtype=np.int64)
    place[chart.roots] = np.cumsum(size[chart.roots]) - size[chart.roots]
    start, reports = chart.children
    # Of the reports of one boss, each stands behind the branches of those before.
    before = np.cumsum(size[reports]) - size[reports]
    behind = np.zeros(len(chart), dtype=np.int64)
    behind[reports] = before - before[start[chart.manager[reports]]]
    for level in chart.levels[1:]:
        boss = chart.manager[level]
        place[level] = place[boss] + 1 + behind[level]
    return np.argsort(place)


def _printed(item: Indicator) -> tuple[int, float, str]:
    """Return with how many digits `number_text` prints an indicator, times what, and with what unit."""
    if item.unit.startswith("%"):
        return 0, 1.0, item.unit
    if item.unit == "0 to 1":
        return 0, 100.0, "%"
    return 1, 1.0, item.unit


def _integer(value: float, digits: int) -> int:
    if math.isnan(value):
        return UNKNOWN
    if math.isinf(value):
        return NO_WAY
    return max(UNKNOWN + 2, min(NO_WAY - 1, round(float(f"{value:.{digits}f}") * 10**digits)))


def headlines(current: Assessment) -> list[dict[str, Any]]:
    """Return the headlines of the chart as it is."""
    return [
        {
            "name": item.name,
            "title": item.title,
            "text": number_text(item, current.values[item.name]),
            "score": None if math.isnan(score := current.scores[item.name]) else min(100.0, score),
        }
        for item in HEADLINES
    ]


def routes(shown: Assessment, label: str) -> dict[str, Any]:
    """Return the ways from the largest part of customer service to its owners, and who settles quarrels."""
    part = shown.evidence[0]
    return {
        "label": label,
        "unit": part.unit,
        "arbiter": part.arbitration.arbiter,
        "ways": [
            {
                "function": way.function,
                "title": FUNCTION_TITLES.get(way.function, way.function),
                "nodes": list(way.nodes),
                "kinds": list(way.kinds),
                "steps": way.steps,
                "days": way.days,
                "weight": way.weight,
            }
            for way in part.routes
            if way.nodes and math.isfinite(way.steps) and math.isfinite(way.days)
        ],
    }


def heads(survey: Survey) -> dict[str, str]:
    """Return the head of every function."""
    ids = survey.organization.ids
    return {
        name: str(ids[row]) for name, row in survey.situation.heads_of_functions.items() if name != "other"
    }


def _base64(array: npt.NDArray[Any]) -> str:
    return base64.b64encode(array.tobytes()).decode()
