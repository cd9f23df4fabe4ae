"""How long it takes from a file's bytes to every candidate, and what networkx takes for the same."""

import math
import statistics
import time
from collections.abc import Callable

import networkx as nx
import numpy as np

from benchmarks.charts import Chart
from benchmarks.peer import Peer
from orgmodel import business_functions, customer_service_proposals, read_organization
from orgmodel.assumptions import DEFAULT_ASSUMPTIONS
from orgmodel.sweep import Survey

_REPETITIONS = 5
_PEER_CANDIDATES = 5


def computation_table(chart: Chart) -> list[str]:
    """Return the lines of the table for one chart."""
    report = read_organization(chart.content, filename=chart.name)
    organization = report.organization
    unit = customer_service_proposals(organization)[0].ids[:1]
    steps = {
        "read the file": lambda: read_organization(chart.content, filename=chart.name),
        "recognise functions": lambda: business_functions(organization),
        "propose the unit": lambda: customer_service_proposals(organization),
        "sweep all candidates": lambda: Survey(organization, unit, DEFAULT_ASSUMPTIONS).table,
        "today, with reasons": lambda: Survey(organization, unit, DEFAULT_ASSUMPTIONS).current,
    }
    found = Survey(organization, unit, DEFAULT_ASSUMPTIONS)
    lines = [f"{chart.name}: {len(organization):,} nodes, {len(found.table):,} candidates, unit {unit[0]}"]
    seconds = {name: median_seconds(step) for name, step in steps.items()}
    lines += [f"  {name:<34}{1000 * spent:>12,.1f} ms" for name, spent in seconds.items()]

    one = _peer_seconds(found)
    whole = one * len(found.table)
    lines += [
        f"  {'networkx, one candidate':<34}{1000 * one:>12,.1f} ms  (median of {_PEER_CANDIDATES})",
        f"  {'networkx, all candidates':<34}{1000 * whole:>12,.1f} ms  (one times their number)",
        f"  {'networkx / our sweep':<34}{whole / seconds['sweep all candidates']:>12,.0f} times",
    ]
    return lines


def median_seconds(step: Callable[[], object], repetitions: int = _REPETITIONS) -> float:
    """Return the median time of a step."""
    spent = []
    for _ in range(repetitions):
        start = time.perf_counter()
        step()
        spent.append(time.perf_counter() - start)
    return statistics.median(spent)


def _peer_seconds(found: Survey) -> float:
    """Time the peer on a few candidates, and check that it finds what the sweep finds."""
    organization, unit = found.organization, found.unit[0]
    graph = nx.DiGraph(organization.to_networkx())
    # Posts nobody holds are measured by nothing, so they get no function here.
    _, measured = found.situation.metric_vectors
    functions = dict(
        zip(organization.ids, np.where(measured, found.situation.business_functions, ""), strict=True)
    )
    peer = Peer(graph, graph.to_undirected(), functions, found.assumptions)
    spent = []
    for boss in found.table.index[:: max(1, len(found.table) // _PEER_CANDIDATES)][:_PEER_CANDIDATES]:
        start = time.perf_counter()
        theirs = peer.headlines(unit, boss, found.owners)
        spent.append(time.perf_counter() - start)
        row = found.table.loc[boss]
        ours = (row["silo_risk"], row["sales_pressure_conflict"], row["feedback_path_length"])
        assert all(
            math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-9) or (math.isnan(a) and math.isnan(b))
            for a, b in zip(theirs, ours, strict=True)
        ), (boss, theirs, ours)
    return statistics.median(spent)
