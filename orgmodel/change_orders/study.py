"""A study: placements x policies x utilisations, each simulated a number of times with the same customers.

>>> from orgmodel import Organization, Placement, survey
>>> from orgmodel.change_orders.policies import POLICIES
>>> from orgmodel.change_orders.process import process_of
>>> org = Organization.from_columns(
...     ["ceo", "sales", "ops", "cs"], [None, "ceo", "ceo", "ops"],
...     functions=["executive", "sales", "operations", "customer_service"],
... )
>>> found = survey(org, "cs")
>>> placements = tuple(
...     process_of(found, placement, title)
...     for title, placement in [("Operations", None), ("Sales", Placement.under("sales"))]
... )
>>> plan = Plan(placements, (POLICIES["as_today"],), Parameters(), (0.9,), replications=2, changes=50)
>>> study = run(plan, workers=1)
>>> study.samples["escalations"].shape, study.difference("disputes", (1, 0, 0), (0, 0, 0)).mean > 0
((2, 1, 1, 2), True)
"""

from __future__ import annotations

import itertools
import math
import numbers
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from orgmodel.change_orders.closed_form import Expected, expected
from orgmodel.change_orders.executors import Progress, results
from orgmodel.change_orders.outcomes import OUTCOME_NAMES, OUTCOME_TABLE
from orgmodel.change_orders.parameters import Parameters
from orgmodel.change_orders.policies import Policy
from orgmodel.change_orders.process import Process
from orgmodel.change_orders.simulation import FULLEST, simulate
from orgmodel.change_orders.summary import QUANTILES, Interval, interval, summarise
from orgmodel.errors import StudyError
from orgmodel.lines import Floats
from orgmodel.wording import counted, quoted

#: How busy operations are in a study that says nothing else.
UTILISATIONS: Final = (0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 0.99)
#: Place of a placement, a policy and a utilisation in a plan.
Cell = tuple[int, int, int]

_MOST_CHANGES: Final = 500_000_000
#: A replication takes the time of so many changes at least.
_LEAST_EFFORT: Final = 1_000
#: Changes of one task: about a tenth of a second, long beside sending it and short beside a click on Stop.
_CHANGES_OF_A_TASK: Final = 25_000
_MOST_WARM_UP: Final = 0.9
_LEAST_UTILISATION: Final = 0.001


@dataclass(frozen=True)
class Plan:
    """What a study compares.

    Attributes
    ----------
    placements : tuple of Process
        With different titles.
    policies : tuple of Policy
    parameters : Parameters
        What holds unless a policy says otherwise; how busy operations are is that of ``utilisations``.
    utilisations : tuple of float
        From 0.001 to 0.9999.
    replications : int
        How often each is simulated, with other customers each time, but the same for all.
    changes : int
        How many changes count in a replication.
    warm_up : float
        The share of all changes, the first ones, that does not count.
    seed : int
        The same seed gives the same study.

    Raises
    ------
    StudyError
        When something of this is not possible; the sentence names it and says what to do.

    """

    placements: tuple[Process, ...]
    policies: tuple[Policy, ...]
    parameters: Parameters
    utilisations: tuple[float, ...] = UTILISATIONS
    replications: int = 8
    changes: int = 500
    warm_up: float = 0.2
    seed: int = 1

    def __post_init__(self) -> None:
        """Check everything."""
        for name, noun in (
            ("placements", "placement"),
            ("policies", "policy"),
            ("utilisations", "utilisation"),
        ):
            listed = tuple(getattr(self, name))
            if not listed:
                raise StudyError(f"The plan names no {noun}; give one or more {name}.")
            object.__setattr__(self, name, listed)
        for utilisation in self.utilisations:
            _check_utilisation(utilisation)
        object.__setattr__(self, "utilisations", tuple(float(value) for value in self.utilisations))
        _check_different("placement", [process.title for process in self.placements])
        _check_different("policy", [policy.title for policy in self.policies])
        _check_different("utilisation", [f"{value:g}" for value in self.utilisations])
        for process in self.placements:
            _check_desks(process)
        for name, least in (("replications", 1), ("changes", 1), ("seed", 0)):
            _check_whole(name, getattr(self, name), least)
        if not _is_number(self.warm_up) or not 0 <= self.warm_up <= _MOST_WARM_UP:
            raise StudyError(
                f"warm_up {self.warm_up!r} is not possible; give the share of the changes that does not "
                f"count, from 0 to {_MOST_WARM_UP:g}."
            )
        for policy, utilisation in itertools.product(self.policies, self.utilisations):
            self.under(policy, utilisation)
        self._check_size()

    def _check_size(self) -> None:
        effort = self.simulations * max(self.simulated_changes, _LEAST_EFFORT)
        if effort > _MOST_CHANGES:
            raise StudyError(
                f"The plan asks for {counted(self.simulations, 'simulation')} of "
                f"{counted(self.simulated_changes, 'change')} each, {effort / _MOST_CHANGES:.1f} times what "
                f"a study may take ({_MOST_CHANGES:,} changes, {_LEAST_EFFORT:,} a simulation at least). "
                "Give fewer placements, policies, utilisations, replications or changes."
            )

    @property
    def simulations(self) -> int:
        """Simulations if every queue is stable."""
        return len(self.placements) * len(self.policies) * len(self.utilisations) * self.replications

    @property
    def simulated_changes(self) -> int:
        """Changes of one simulation, those that do not count among them."""
        return math.ceil(self.changes / (1.0 - self.warm_up))

    def under(self, policy: Policy, utilisation: float) -> Parameters:
        """Return the numbers of the process under a policy when operations are so busy."""
        return policy.applied(self.parameters).replaced(planning_utilisation=utilisation)

    def changed_by(self, policy: Policy) -> dict[str, Any]:
        """Return the numbers that a policy names as they are under it, which may be those of before."""
        applied = policy.applied(self.parameters)
        return {name: getattr(applied, name) for name in policy.changes}


def _check_utilisation(value: Any) -> None:  # noqa: ANN401  # of any type
    if not _is_number(value) or not -math.inf <= value <= math.inf:
        why = "it is no number"
    elif value < _LEAST_UTILISATION:
        why = "operations have nothing to do then"
    elif value > FULLEST:
        why = "the schedule of operations would never come to rest"
    else:
        return
    raise StudyError(
        f"The utilisation {value!r} is not possible: {why}. Give the share of their time that operations are "
        f"busy, from {_LEAST_UTILISATION:g} to {FULLEST:g}, such as 0.9."
    )


def _check_different(noun: str, titles: list[str]) -> None:
    if twice := [title for title in titles if titles.count(title) > 1]:
        raise StudyError(f"The {noun} {quoted(twice[0])} is in the plan twice; name it once.")


def _check_desks(process: Process) -> None:
    if not process.parts:
        raise StudyError(f"Nobody answers customers in {quoted(process.title)}; choose another placement.")
    for part in process.parts:
        if part.agents < 1:
            raise StudyError(
                f"{quoted(part.name)} has {part.agents} people at the desk in {quoted(process.title)}; say "
                "how many answer customers, 1 or more."
            )
        if not (part.load >= 0 and part.share >= 0 and math.isfinite(part.load)):
            raise StudyError(
                f"{quoted(part.name)} in {quoted(process.title)} has the load {part.load!r} and the share "
                f"{part.share!r} of all changes; both must be 0 or more."
            )


def _check_whole(name: str, value: object, least: int) -> None:
    if not isinstance(value, int) or isinstance(value, bool) or value < least:
        raise StudyError(f"{name} {value!r} is not possible; give a whole number of {least} or more.")


def _is_number(value: object) -> bool:
    return isinstance(value, numbers.Real) and not isinstance(value, bool)


@dataclass(frozen=True, eq=False)
class Study:
    """What a plan has given.

    Attributes
    ----------
    plan : Plan
    samples : mapping of str to array (placements, policies, utilisations, replications)
        By outcome; NaN where a queue is unstable, or where there is nothing to count.
    by_level : array (placements, policies, utilisations, replications, levels)
        Quarrels decided on each level per 1,000 changes, the head of customer service first; 0 above the
        longest route of a placement.
    hours : tuple of arrays (policies, utilisations, replications, managers)
        For each placement, what each of its managers is asked for, in hours a week.
    decision_times : array (placements, policies, utilisations, replications, quantiles)
        Working days in which each of `orgmodel.change_orders.summary.QUANTILES` of the quarrels are settled
        that no rule settles.
    expected : tuple of tuples of tuples of Expected
        By placement, policy and utilisation: the closed form.
    unstable : mapping of (int, int, int) to str
        By place of placement, policy and utilisation: why it was not simulated.

    """

    plan: Plan
    samples: Mapping[str, Floats]
    by_level: Floats
    hours: tuple[Floats, ...]
    decision_times: Floats
    expected: tuple[tuple[tuple[Expected, ...], ...], ...]
    unstable: Mapping[Cell, str]

    def interval(self, outcome: str, placement: int, policy: int, utilisation: int) -> Interval:
        """Return an outcome with its confidence interval."""
        return level_interval(self.samples[outcome][placement, policy, utilisation])

    def difference(self, outcome: str, cell: Cell, other: Cell) -> Interval:
        """Return how much more of an outcome the first has, paired by replication: the same customers."""
        samples = self.samples[outcome]
        return interval(samples[cell] - samples[other])

    def by_contract(self, cell: Cell) -> Floats:
        """Return, by replication, the quarrels per 1,000 changes that a contract or the board decides."""
        return np.asarray(self.samples["escalations"][cell] - self.by_level[cell][:, 1:].sum(axis=1))

    @property
    def cells(self) -> list[Cell]:
        """All (placement, policy, utilisation), as places in the plan."""
        return _cells(self.plan)

    def frame(self) -> pd.DataFrame:
        """Return a row for every placement, policy, utilisation and replication, and a column per outcome."""
        plan = self.plan
        rows = pd.MultiIndex.from_product(
            [
                [process.title for process in plan.placements],
                [policy.title for policy in plan.policies],
                plan.utilisations,
                range(plan.replications),
            ],
            names=["placement", "policy", "utilisation", "replication"],
        )
        return pd.DataFrame(
            {name: array.ravel() for name, array in self.samples.items()}, index=rows
        ).reset_index()

    def to_json(self) -> dict[str, Any]:
        """Return everything with its intervals, as data for JSON; NaN and infinity are left as they are."""
        plan = self.plan
        return {
            "plan": {
                "placements": [process.title for process in plan.placements],
                "policies": [
                    {"key": policy.key, "title": policy.title, "changes": plan.changed_by(policy)}
                    for policy in plan.policies
                ],
                "parameters": asdict(plan.parameters),
                "utilisations": list(plan.utilisations),
                "replications": plan.replications,
                "changes": plan.changes,
                "warm_up": plan.warm_up,
                "seed": plan.seed,
            },
            "outcomes": [outcome._asdict() for outcome in OUTCOME_TABLE],
            "cells": [self._cell(cell) for cell in self.cells],
        }

    def _cell(self, cell: Cell) -> dict[str, Any]:
        place, policy, utilisation = cell
        process, closed = self.plan.placements[place], self.expected[place][policy][utilisation]
        levels, hours = self.by_level[cell], self.hours[place][policy, utilisation]
        return {
            "placement": process.title,
            "policy": self.plan.policies[policy].key,
            "utilisation": self.plan.utilisations[utilisation],
            "unstable": self.unstable.get(cell),
            "outcomes": {
                name: {**self.interval(name, *cell)._asdict(), "expected": closed.values.get(name)}
                for name in OUTCOME_NAMES
            },
            "decided_by_level": [
                level_interval(levels[:, step])._asdict() for step in range(process.levels + 1)
            ],
            "decision_times": [
                {"share": share, **level_interval(days)._asdict()}
                for share, days in zip(QUANTILES, self.decision_times[cell].T, strict=True)
            ],
            "hours": [
                {"id": manager.id, "name": manager.name, **level_interval(weekly)._asdict()}
                for manager, weekly in zip(process.managers, hours.T, strict=True)
            ],
        }


def level_interval(values: npt.ArrayLike) -> Interval:
    """Return the mean with its confidence interval of what is never below 0, so that its interval is not.

    >>> level_interval([0.0, 0.0, 3.0]).low, interval([0.0, 0.0, 3.0]).low < 0
    (0.0, True)
    """
    found = interval(values)
    return found._replace(low=max(found.low, 0.0))  # NaN stays: it comes first


class _Batch(NamedTuple):
    """Some simulations, done one after another: placement, numbers and replication of each."""

    simulations: tuple[tuple[Process, Parameters, int], ...]
    changes: int
    warm_up: float
    seed: int


class _Outcome(NamedTuple):
    """What is kept of one simulation."""

    values: list[float]
    by_level: list[float]
    hours: Floats
    decision_times: Floats


def run(
    plan: Plan,
    *,
    workers: int | None = None,
    aside: bool = False,
    dask: str | None = None,
    progress: Progress | None = None,
) -> Study:
    """Return the study of a plan: the same bytes wherever it is computed.

    Parameters
    ----------
    plan : Plan
        Where the closed form finds a queue that would grow for ever, nothing is simulated.
    workers, aside, dask, progress
        Where it runs and who is told: `orgmodel.change_orders.executors.results`. The two numbers that
        progress is called with are simulations.

    Raises
    ------
    StudyError
        When nobody is there to do the work, or dies again and again.

    """
    parameters = [[plan.under(policy, busy) for busy in plan.utilisations] for policy in plan.policies]
    closed = tuple(
        tuple(tuple(expected(process, numbers_) for numbers_ in row) for row in parameters)
        for process in plan.placements
    )
    unstable = {
        (place, policy, busy): found.sentence
        for place, policy, busy in _cells(plan)
        if not (found := closed[place][policy][busy]).stable
    }
    replications = range(plan.replications)
    todo = [(cell, turn) for cell in _cells(plan) if cell not in unstable for turn in replications]
    simulations = [(plan.placements[p], parameters[q][u], turn) for (p, q, u), turn in todo]
    size = max(1, _CHANGES_OF_A_TASK // plan.simulated_changes)
    batches = [
        _Batch(tuple(simulations[first : first + size]), plan.simulated_changes, plan.warm_up, plan.seed)
        for first in range(0, len(simulations), size)
    ]
    heard = progress and _in_simulations(progress, size, len(simulations))
    done = results(_simulated, batches, workers=workers, aside=aside, dask=dask, progress=heard)
    return _study(plan, closed, unstable, dict(zip(todo, itertools.chain(*done), strict=True)))


def _cells(plan: Plan) -> list[Cell]:
    lengths = (len(plan.placements), len(plan.policies), len(plan.utilisations))
    return list(itertools.product(*map(range, lengths)))  # type: ignore[arg-type]  # three lengths


def _in_simulations(progress: Progress, size: int, simulations: int) -> Progress:
    return lambda done, _all: progress(min(done * size, simulations), simulations)


def _simulated(batch: _Batch) -> list[_Outcome]:
    found = []
    for process, parameters, replication in batch.simulations:
        records = simulate(
            process, parameters, changes=batch.changes, seed=batch.seed, replication=replication
        )
        summary = summarise(records, batch.warm_up)
        found.append(
            _Outcome(
                [summary.values[name] for name in OUTCOME_NAMES],
                [summary.by_level[level] for level in range(process.levels + 1)],
                summary.hours,
                summary.decision_times,
            )
        )
    return found


def _study(
    plan: Plan,
    closed: tuple[tuple[tuple[Expected, ...], ...], ...],
    unstable: dict[Cell, str],
    done: dict[tuple[Cell, int], _Outcome],
) -> Study:
    """Put every outcome in its place."""
    policies, utilisations = len(plan.policies), len(plan.utilisations)
    shape = (len(plan.placements), policies, utilisations, plan.replications)
    values = np.full((len(OUTCOME_NAMES), *shape), np.nan)
    by_level = np.zeros((*shape, 1 + max(process.levels for process in plan.placements)))
    decision_times = np.full((*shape, len(QUANTILES)), np.nan)
    hours = tuple(np.full((*shape[1:], len(process.managers)), np.nan) for process in plan.placements)
    for (cell, turn), outcome in done.items():
        values[:, *cell, turn] = outcome.values
        by_level[*cell, turn, : len(outcome.by_level)] = outcome.by_level
        decision_times[*cell, turn] = outcome.decision_times
        hours[cell[0]][*cell[1:], turn] = outcome.hours
    for cell in unstable:
        by_level[cell] = np.nan
    return Study(
        plan, dict(zip(OUTCOME_NAMES, values, strict=True)), by_level, hours, decision_times, closed, unstable
    )
