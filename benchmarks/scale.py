"""The sweep of generated charts up to a million people, beside scipy, networkx and igraph in the same run."""

import math
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.generated import generated_chart
from benchmarks.processes import measured_alone

_SIZES = (10_000, 100_000, 1_000_000)
_MEASUREMENTS = ("times", "nothing", "chart", "sweep", "scipy", "networkx", "igraph_distances")
_PEER_TIMES, _STEPS_OF_SCIPY, _SWEEP_OF_SCIPY, _GROWTH = 100_000, 0.25, 1.0, 1.5


def scale_table(sizes: Sequence[int] = _SIZES) -> list[str]:
    """Return the lines of one table, a column for every size; goals are for the largest."""
    charts = [_measured(size) for size in sizes]
    times = [chart["times"] for chart in charts]
    alone = [chart["networkx"]["seconds"] for chart in charts]
    peer = [one * found["candidates"] for one, found in zip(alone, times, strict=True)]
    each = [1e6 * found["sweep"] / size for found, size in zip(times, sizes, strict=True)]
    growth = [math.nan, *(later / earlier for earlier, later in pairwise(each))]

    def ratio(above: str, below: str) -> list[float]:
        return [found[above] / found[below] for found in times]

    few = " or ".join(map(str, sorted({chart["networkx"]["measured"] for chart in charts})))
    return [
        "Generated charts: every candidate, all indicators, 12 needed functions (customer service needs its",
        "colleagues elsewhere too); rows in the order of employee numbers, as HR exports are, not sorted by",
        "hierarchy; median times, (a), (b) and (d) in turn in one process; (c) is checked to find what (a)",
        "finds, (d) what (b) finds",
        _line("people", sizes, "", ",.0f"),
        _line("levels", [found["levels"] for found in times], "", ",.0f"),
        _line("lines (reporting lines, ties)", [found["lines"] for found in times], "", ",.0f"),
        _line("candidates", [found["candidates"] for found in times], "", ",.0f"),
        _line("(a) our sweep: what rests on steps", [found["steps"] for found in times], "s"),
        _line("(a) our sweep: all, working days too", [found["sweep"] for found in times], "s"),
        _line("(b) scipy dijkstra from 12 owners", [found["scipy"] for found in times], "s"),
        _line("    its matrix (not counted)", [found["building scipy"] for found in times], "s"),
        _line(f"(c) networkx, one candidate (of {few})", alone, "s"),
        _line("    times the candidates", peer, "s", ",.0f"),
        _line("    its graph (not counted)", [chart["networkx"]["building"] for chart in charts], "s"),
        _line("(d) igraph distances from 12 owners", [found["igraph"] for found in times], "s"),
        _line("    its graph (not counted)", [found["building igraph"] for found in times], "s"),
        _line("steps (a) / (b)", ratio("steps", "scipy"), f"goal: at most {_STEPS_OF_SCIPY}", ".2f"),
        _line("all (a) / (b)", ratio("sweep", "scipy"), f"goal: at most {_SWEEP_OF_SCIPY:g}", ".2f"),
        _line("steps (a) / (d)", ratio("steps", "igraph"), "", ".2f"),
        _line("all (a) / (d)", ratio("sweep", "igraph"), "", ".2f"),
        _line(
            "(c) / all (a)",
            [theirs / found["sweep"] for theirs, found in zip(peer, times, strict=True)],
            f"goal: at least {_PEER_TIMES:,}",
            ",.0f",
        ),
        _line("all (a), time per person", each, "µs", ",.2f"),
        _line("    beside the size before", growth, f"goal: at most {_GROWTH:g}", ".2f"),
        "Peak memory, each in a process of its own, the programs themselves included",
        *(
            _line(name, [chart[measurement]["memory"] for chart in charts], "MB", ",.0f")
            for name, measurement in (
                ("programs alone", "nothing"),
                ("the chart alone", "chart"),
                ("(a) our sweep", "sweep"),
                ("(b) scipy", "scipy"),
                ("(c) networkx", "networkx"),
                ("(d) igraph", "igraph_distances"),
            )
        ),
    ]


def _measured(size: int) -> dict[str, dict[str, Any]]:
    """Return what every measurement reports about the chart of a size."""
    with TemporaryDirectory() as folder:
        generated_chart(size).save(Path(folder) / "chart.npz")
        return {name: measured_alone(name, Path(folder)) for name in _MEASUREMENTS}


def _line(name: str, values: Sequence[float], unit: str, form: str = ",.3f") -> str:
    numbers = "".join(f"{'' if math.isnan(value) else format(value, form):>16}" for value in values)
    return f"  {name:<40}{numbers}  {unit}".rstrip()
