"""What is measured in a process of its own: `python -m benchmarks.measurements NAME FOLDER` prints JSON.

The folder holds the chart (`chart.npz`, or `chart.csv` for the readers), and after the first measurement,
`times`, also what the others need to do the same work: the decision owners (`found.json`).
"""

import dataclasses
import io
import json
import statistics
import sys
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import igraph
import networkx as nx
import numpy as np
import pandas as pd
from scipy import sparse
from scipy.sparse import csgraph

from benchmarks.generated import GeneratedChart
from benchmarks.parts import values_from_steps
from benchmarks.peer import Peer
from benchmarks.processes import peak_memory
from orgmodel import Organization, read_organization
from orgmodel.assumptions import Assumptions
from orgmodel.organization import BUSINESS_FUNCTIONS
from orgmodel.sweep import Survey

#: Customer service needs every function alike. It needs other people of customer service too: the chart has
#: a second, smaller part of it under sales, so that each of the twelve functions has an owner outside.
ASSUMPTIONS = Assumptions(needs=dict.fromkeys(BUSINESS_FUNCTIONS, 1.0))
_HEADLINES = ("silo_risk", "sales_pressure_conflict", "feedback_path_length")
_ROUNDS = 5
_SECONDS = 40.0
_PEER_CANDIDATES = 5
_FEW_PEER_CANDIDATES = 2
_LARGE = 500_000
_TURN = 0.01  # seconds


def times(folder: Path) -> dict[str, Any]:
    """Time our sweep, scipy and igraph in turn, so that what else the machine does meets all alike."""
    chart = GeneratedChart.load(folder / "chart.npz")
    organization = chart.organization()
    unit = [str(organization.ids[chart.unit])]
    found = Survey(organization, unit, ASSUMPTIONS)
    owners = np.array([organization.row(node) for nodes in found.owners.values() for node in nodes])
    assert len(owners) == len(set(owners)) == len(found.owners) == len(BUSINESS_FUNCTIONS)
    assert not found.situation.met_inside.any()
    (folder / "found.json").write_text(
        json.dumps({"owners": found.owners, "rows": owners.tolist(), **_sampled_headlines(found)})
    )
    candidates = len(found.table)
    for name, values in values_from_steps(found).items():
        np.testing.assert_array_equal(values, found.table[name], err_msg=name)
    del found

    matrix, building_matrix = _timed(lambda: _matrix(chart))
    graph, building_graph = _timed(lambda: _igraph(chart))
    by_scipy = csgraph.dijkstra(matrix, directed=True, indices=owners, unweighted=True)
    assert np.array_equal(by_scipy, np.array(graph.distances(source=owners.tolist())))
    del by_scipy
    seconds = _in_turn(
        {
            # A new organization of the same columns, of which nothing is known yet.
            "steps": lambda: values_from_steps(Survey(_as_read(organization), unit, ASSUMPTIONS)),
            "sweep": lambda: Survey(_as_read(organization), unit, ASSUMPTIONS).table,
            "scipy": lambda: csgraph.dijkstra(matrix, directed=True, indices=owners, unweighted=True),
            "igraph": lambda: graph.distances(source=owners.tolist()),
        }
    )
    return {
        "candidates": candidates,
        "levels": int(chart.depth.max()) + 1,
        "lines": len(chart.ends()[0]),
        "building scipy": building_matrix,
        "building igraph": building_graph,
        **seconds,
    }


def nothing(_: Path) -> dict[str, Any]:
    """Load all programs and do nothing."""
    return {}


def chart(folder: Path) -> dict[str, Any]:
    """Hold the chart as an organization."""
    return {"people": len(GeneratedChart.load(folder / "chart.npz").organization())}


def sweep(folder: Path) -> dict[str, Any]:
    """Sweep all candidates once."""
    chart = GeneratedChart.load(folder / "chart.npz")
    organization = chart.organization()
    table, seconds = _timed(
        lambda: Survey(organization, [str(organization.ids[chart.unit])], ASSUMPTIONS).table
    )
    return {"rows": len(table), "seconds": seconds}


def scipy(folder: Path) -> dict[str, Any]:
    """Find the steps from the owners to everybody with scipy, once."""
    matrix = _matrix(GeneratedChart.load(folder / "chart.npz"))
    owners = _found(folder)["rows"]
    found = csgraph.dijkstra(matrix, directed=True, indices=owners, unweighted=True)
    return {"numbers": found.size}


def igraph_distances(folder: Path) -> dict[str, Any]:
    """Find the same with igraph, once."""
    graph = _igraph(GeneratedChart.load(folder / "chart.npz"))
    return {"owners": len(graph.distances(source=_found(folder)["rows"]))}


def networkx(folder: Path) -> dict[str, Any]:
    """Find the headlines of a few candidates with networkx, and check that our sweep finds the same."""
    chart, found = GeneratedChart.load(folder / "chart.npz"), _found(folder)
    organization = chart.organization()
    ids = organization.ids
    start, end = (ids[rows].tolist() for rows in chart.ends())
    lines = list(zip(start, end, strict=True))
    begun = time.perf_counter()
    peer = Peer(
        nx.DiGraph(lines[: len(chart) - 1]),
        nx.Graph(lines),
        dict(zip(ids.tolist(), organization.functions.tolist(), strict=True)),
        ASSUMPTIONS,
    )
    building = time.perf_counter() - begun
    spent = []
    for boss, ours in found["headlines"].items():
        theirs, seconds = _timed(lambda boss=boss: peer.headlines(ids[chart.unit], boss, found["owners"]))
        np.testing.assert_allclose(ours, theirs, rtol=1e-9, atol=1e-9, err_msg=boss)
        spent.append(seconds)
    return {"seconds": statistics.median(spent), "measured": len(spent), "building": building}


def read_ours(folder: Path) -> dict[str, Any]:
    """Read the file as a chart."""
    content = (folder / "chart.csv").read_bytes()
    report, seconds = _timed(lambda: read_organization(content, filename="chart.csv"))
    return {"rows": len(report.organization), "seconds": seconds}


def read_beside(folder: Path) -> dict[str, Any]:
    """Read the file while another thread, as another session of the dashboard would, wants its turns."""
    content = (folder / "chart.csv").read_bytes()
    ended = threading.Event()
    waits = []

    def other_session() -> None:
        while not ended.is_set():
            start = time.perf_counter()
            time.sleep(_TURN)
            waits.append(time.perf_counter() - start - _TURN)

    other = threading.Thread(target=other_session)
    other.start()
    told: list[float] = []
    report = read_organization(
        content, filename="chart.csv", progress=lambda share, _word: told.append(share)
    )
    ended.set()
    other.join()
    return {"rows": len(report.organization), "longest": max(waits), "turns": len(waits), "told": len(told)}


def read_pandas(folder: Path) -> dict[str, Any]:
    """Read the file as a table of texts."""
    content = (folder / "chart.csv").read_bytes()
    table, seconds = _timed(lambda: pd.read_csv(io.BytesIO(content), dtype=str))
    return {"rows": len(table), "seconds": seconds}


def _found(folder: Path) -> dict[str, Any]:
    return json.loads((folder / "found.json").read_text())


def _sampled_headlines(found: Survey) -> dict[str, Any]:
    """Return the headlines of a few candidates, evenly through the chart, by id."""
    table = found.table
    wanted = _FEW_PEER_CANDIDATES if len(table) > _LARGE else _PEER_CANDIDATES
    sample = table.iloc[:: len(table) // wanted][list(_HEADLINES)][:wanted]
    return {"headlines": {str(node): list(row) for node, *row in sample.itertuples()}}


def _as_read(organization: Organization) -> Organization:
    """Return a new organization of the same columns, which knows of itself only what a reader tells it."""
    new = dataclasses.replace(organization)
    new.__dict__["row_of"] = organization.row_of
    return new


def _matrix(chart: GeneratedChart) -> sparse.csr_array:
    start, end = chart.ends()
    both = np.concatenate([start, end]), np.concatenate([end, start])
    return sparse.csr_array((np.ones(len(both[0])), both), shape=(len(chart), len(chart)))


def _igraph(chart: GeneratedChart) -> igraph.Graph:
    return igraph.Graph(n=len(chart), edges=np.column_stack(chart.ends()))


def _timed(step: Callable[[], Any]) -> tuple[Any, float]:
    start = time.perf_counter()
    result = step()
    return result, time.perf_counter() - start


def _in_turn(steps: Mapping[str, Callable[[], object]]) -> dict[str, float]:
    """Return the median seconds of every step; large charts get fewer rounds, one at least."""
    spent: dict[str, list[float]] = {name: [] for name in steps}
    start = time.perf_counter()
    for _ in range(_ROUNDS):
        for name, step in steps.items():
            spent[name].append(_timed(step)[1])
        if time.perf_counter() - start > _SECONDS:
            break
    return {name: statistics.median(seconds) for name, seconds in spent.items()}


_MEASUREMENTS = (
    times,
    nothing,
    chart,
    sweep,
    scipy,
    igraph_distances,
    networkx,
    read_ours,
    read_beside,
    read_pandas,
)

if __name__ == "__main__":
    by_name = {measurement.__name__: measurement for measurement in _MEASUREMENTS}
    result = by_name[sys.argv[1]](Path(sys.argv[2]))
    print(json.dumps({**result, "memory": peak_memory()}))
