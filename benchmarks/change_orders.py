"""The change-order process: our queueing core beside Ciw and simpy, and a study on one core and on two."""

import math
import statistics
import time
import tracemalloc
from collections.abc import Callable, Generator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import ciw
import numpy as np
import simpy

from orgmodel import survey
from orgmodel.change_orders.plan import read_plan
from orgmodel.change_orders.simulation import simulate
from orgmodel.change_orders.stations import serve
from orgmodel.change_orders.study import Plan, run
from orgmodel.importing import read_organization
from tests.change_orders.event_by_event import Plant

_DATA = Path(__file__).parents[1] / "data"
_UNIT = "00565"  # customer service of the manufacturer
_ROUNDS = 3
_TIMES_CIW, _STUDY_SECONDS = 5.0, 5.0
_EVENTS_OF_A_VISIT = 3  # arrival, begin and end
_CHANGES = 5_000


class _Station(NamedTuple):
    """How long each customer is served there, in the order of service, and by how many."""

    services: np.ndarray
    servers: int


class _Line(NamedTuple):
    """Stations that every customer goes through one after the other."""

    title: str
    gaps: np.ndarray
    stations: tuple[_Station, ...]


class _Measured(NamedTuple):
    seconds: float
    memory: float  # most that is held at once, in MB


def change_orders_table() -> list[str]:
    """Return the lines of the table."""
    rng = np.random.default_rng(1)
    chart = read_organization((_DATA / "manufacturer_150.csv").read_bytes()).organization
    # As often as the page does by default.
    plan = replace(
        read_plan((_DATA / "study.toml").read_text()).on(survey(chart, _UNIT)), replications=Plan.replications
    )
    return [
        "Queueing core: the same customers with the same draws, all three find the same times; median time",
        f"of the processor in {_ROUNDS} rounds in turn; events are arrival, begin and end at a station;",
        "memory is what they take beyond the draws; ours is plain Python and NumPy, nothing is compiled",
        *_beside_peers(_line(rng, "M/M/10, 90 % busy", 20_000, 10)),
        *_beside_peers(_line(rng, "desk, planners and two managers, 90 % busy", 5_000, 5, 3, 1, 1)),
        *_whole_model(plan),
        *_default_study(plan),
    ]


def _line(rng: np.random.Generator, title: str, customers: int, *servers: int) -> _Line:
    """Draw a line in which a customer comes in every unit of time and every server is busy for 0.9 of it."""
    stations = (_Station(rng.exponential(0.9 * number, customers), number) for number in servers)
    return _Line(title, rng.exponential(1.0, customers), tuple(stations))


def _beside_peers(line: _Line) -> list[str]:
    programs = {"ours": _ours, "simpy": _in_simpy, "Ciw": _in_ciw}
    found = [program(line) for program in programs.values()]
    np.testing.assert_allclose(found[1], found[0], rtol=1e-9)
    np.testing.assert_allclose(found[2], found[0], rtol=1e-9)
    measured = _in_turn({name: lambda run=run: run(line) for name, run in programs.items()})
    customers = len(line.gaps)
    theirs = measured["Ciw"].seconds
    return [
        f"{line.title}: {customers:,} customers",
        f"  {'':<12}{'customers/s':>14}{'events/s':>14}{'times Ciw':>12}{'peak MB':>12}",
        *(
            f"  {name:<12}{customers / one.seconds:>14,.0f}"
            f"{customers * len(line.stations) * _EVENTS_OF_A_VISIT / one.seconds:>14,.0f}"
            f"{theirs / one.seconds:>12,.1f}{one.memory:>12,.1f}"
            + (f"   goal: at least {_TIMES_CIW:g} times Ciw" if name == "ours" else "")
            for name, one in measured.items()
        ),
    ]


def _ours(line: _Line) -> np.ndarray:
    """Return when services begin, station by station, in the order of service."""
    coming, begins = np.cumsum(line.gaps), []
    for services, servers in line.stations:
        served = serve(coming, services, servers)
        begins.append(served.begins)
        coming = np.sort(served.ends)
    return np.array(begins)


def _in_simpy(line: _Line) -> np.ndarray:
    env = simpy.Environment()
    desks = [simpy.Resource(env, servers) for _, servers in line.stations]
    services = [iter(services.tolist()) for services, _ in line.stations]
    begins: list[list[float]] = [[] for _ in desks]

    def customer() -> Generator[simpy.Event]:
        for desk, service, begun in zip(desks, services, begins, strict=True):
            with desk.request() as turn:
                yield turn
                begun.append(env.now)
                yield env.timeout(next(service))

    def come() -> Generator[simpy.Event]:
        for gap in line.gaps.tolist():
            yield env.timeout(gap)
            env.process(customer())

    env.process(come())
    env.run()
    return np.array(begins)


def _in_ciw(line: _Line) -> np.ndarray:
    later = [None] * (len(line.stations) - 1)
    simulation = ciw.Simulation(
        ciw.create_network(
            arrival_distributions=[ciw.dists.Sequential([*line.gaps.tolist(), math.inf]), *later],
            service_distributions=[ciw.dists.Sequential(item.services.tolist()) for item in line.stations],
            number_of_servers=[item.servers for item in line.stations],
            routing=np.eye(len(line.stations), k=1).tolist(),
        )
    )
    simulation.simulate_until_max_customers(len(line.gaps), method="Finish")
    begins: list[list[float]] = [[] for _ in line.stations]
    for record in simulation.get_all_records():
        begins[record.node - 1].append(record.service_start_date)
    return np.sort(np.array(begins))


def _whole_model(plan: Plan) -> list[str]:
    """The whole process on the manufacturer's chart, beside its second implementation in simpy."""
    process, parameters = plan.placements[0], plan.under(plan.policies[0], 0.9)
    records = simulate(process, parameters, changes=_CHANGES)
    twin = Plant(process, parameters, _CHANGES, 0, 0)
    np.testing.assert_allclose(
        records.changes.decided, [change["decided"] for change in twin.changes], rtol=1e-9
    )
    measured = _in_turn(
        {
            "ours": lambda: simulate(process, parameters, changes=_CHANGES),
            "simpy": lambda: Plant(process, parameters, _CHANGES, 0, 0),
        }
    )
    each = records.events / _CHANGES
    return [
        f"The process on the manufacturer, customer service as it is, operations 90 % busy: {_CHANGES:,}",
        f"changes with {each:.1f} events each (contacts at the desk and orders come on top); beside its",
        "second implementation, which finds the same",
        f"  {'':<12}{'changes/s':>14}{'events/s':>14}{'times simpy':>12}{'peak MB':>12}",
        *(
            f"  {name:<12}{_CHANGES / one.seconds:>14,.0f}{records.events / one.seconds:>14,.0f}"
            f"{measured['simpy'].seconds / one.seconds:>12,.1f}{one.memory:>12,.1f}"
            for name, one in measured.items()
        ),
    ]


def _default_study(plan: Plan) -> list[str]:
    alone, first, again = (_seconds(lambda cores=cores: run(plan, workers=cores)) for cores in (1, 2, 2))
    placements, policies, utilisations = map(len, (plan.placements, plan.policies, plan.utilisations))
    warming_up = plan.simulated_changes - plan.changes
    return [
        f"The study of data/study.toml: {placements} placements, {policies} policies, {utilisations} loads,",
        (
            f"{plan.replications} replications of {plan.changes:,} changes, {warming_up:,} to warm up: "
            f"{plan.simulations:,} simulations"
        ),
        f"  {'one core':<34}{alone:>8,.2f}  s",
        f"  {'two cores, processes begin first':<34}{first:>8,.2f}  s   goal: at most {_STUDY_SECONDS:g}",
        f"  {'two cores, another study':<34}{again:>8,.2f}  s",
        f"  {'peak memory on one core':<34}{_peak(lambda: run(plan, workers=1)):>8,.1f}  MB",
    ]


def _in_turn(steps: dict[str, Callable[[], object]]) -> dict[str, _Measured]:
    """Measure steps round after round by the time of the processor: what else runs does not count."""
    rounds = [
        {name: _seconds(step, time.process_time) for name, step in steps.items()} for _ in range(_ROUNDS)
    ]
    return {
        name: _Measured(statistics.median(spent[name] for spent in rounds), _peak(step))
        for name, step in steps.items()
    }


def _seconds(step: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    start = clock()
    step()
    return clock() - start


def _peak(step: Callable[[], object]) -> float:
    """Return the most memory that a step holds at once, in MB."""
    tracemalloc.start()
    step()
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most / 1e6


if __name__ == "__main__":
    print("\n".join(change_orders_table()))
