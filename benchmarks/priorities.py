"""Ranking under uncertain weights: ours beside a plain NumPy loop over the draws, and beside pymcdm."""

import statistics
import time
import tracemalloc
from collections.abc import Callable

import numpy as np
from pymcdm.methods import TOPSIS, WSM
from pymcdm.normalizations import vector_normalization

from orgmodel.priorities import dirichlet_about, smaa, topsis, weighted_totals

_ALTERNATIVES, _CRITERIA, _DRAWS, _TOP = 10_000, 15, 100_000, 20
_LOOP_DRAWS = 1_000
_GOAL = 2.0  # seconds
_ROUNDS = 3
_SCREEN, _SCREEN_CRITERIA, _SCENARIOS = 15, 12, 256


def priorities_table() -> list[str]:
    """Return the lines of the table."""
    rng = np.random.default_rng(1)
    unrelated = rng.random((_ALTERNATIVES, _CRITERIA))
    related = unrelated + 5 * rng.random((_ALTERNATIVES, 1))
    weights = rng.dirichlet(np.ones(_CRITERIA), _DRAWS)
    return [
        f"{_ALTERNATIVES:,} alternatives, {_CRITERIA} criteria, {_DRAWS:,} draws of weights: who is first",
        f"most often, and all ranks of the top {_TOP}; the loop takes {_LOOP_DRAWS:,} draws (scaled);",
        "on these both find the same; memory is what they take beyond the tables",
        f"  {'':<44}{'unrelated':>12}{'related':>12}",
        *_beside_loop([unrelated, related], weights),
        *_on_screen(rng),
        *_beside_pymcdm(unrelated, weights[0]),
    ]


def _beside_loop(tables: list[np.ndarray], weights: np.ndarray) -> list[str]:
    few = weights[:_LOOP_DRAWS]
    ours, theirs, memory, loop_memory = [], [], [], []
    for values in tables:
        chosen = _check(values, few)
        ours.append(_seconds(lambda values=values: smaa(values, weights, top=_TOP)))
        loop = _seconds(lambda values=values, chosen=chosen: _loop(values, few, chosen), rounds=1)
        theirs.append(loop * _DRAWS / _LOOP_DRAWS)
        memory.append(_peak(lambda values=values: smaa(values, weights, top=_TOP)))
        loop_memory.append(_peak(lambda values=values, chosen=chosen: _loop(values, few, chosen)))
    ratios = [loop / own for loop, own in zip(theirs, ours, strict=True)]
    return [
        _line("ours", ours, ",.2f", f"s   goal: at most {_GOAL:g}"),
        _line("plain NumPy loop", theirs, ",.2f", "s"),
        _line("loop / ours", ratios, ",.1f", "times"),
        _line("memory of ours", memory, ",.1f", "MB"),
        _line("memory of the loop", loop_memory, ",.1f", "MB"),
    ]


def _check(values: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Assert that both find the same, and return whose ranks are told."""
    found = smaa(values, weights, top=_TOP)
    first, ranks = _loop(values, weights, found.chosen)
    np.testing.assert_allclose(found.first, first, atol=1e-12)
    np.testing.assert_allclose(found.rank_acceptability, ranks, atol=1e-12)
    return found.chosen


def _loop(values: np.ndarray, weights: np.ndarray, chosen: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return first-rank shares of all and rank shares of the chosen, one draw after the other."""
    first, ranks = np.zeros(len(values)), np.zeros((len(chosen), len(chosen)))
    for draw in weights:
        totals = values @ draw
        first[np.argmax(totals)] += 1
        ranks[np.argsort(-totals[chosen]), np.arange(len(chosen))] += 1
    return first / len(weights), ranks / len(weights)


def _on_screen(rng: np.random.Generator) -> list[str]:
    """As a screen asks: few alternatives whose values are uncertain too, all ranks of all."""
    values = rng.random((_SCENARIOS, _SCREEN, _SCREEN_CRITERIA))
    means = rng.dirichlet(np.ones(_SCREEN_CRITERIA), _SCENARIOS)
    drawing = _seconds(lambda: dirichlet_about(means, _DRAWS, np.random.default_rng(1)))
    weights = dirichlet_about(means, _DRAWS, rng)
    ranking = _seconds(lambda: smaa(values, weights))
    return [
        f"{_SCREEN} alternatives, {_SCREEN_CRITERIA} criteria, {_DRAWS:,} draws, {_SCENARIOS} scenarios",
        _line("drawing the weights", [1000 * drawing], ",.0f", "ms"),
        _line("ranking", [1000 * ranking], ",.0f", "ms"),
    ]


def _beside_pymcdm(values: np.ndarray, weights: np.ndarray) -> list[str]:
    """One weighting: the same order of all alternatives from both."""
    kinds = np.ones(values.shape[1])
    as_they_are = WSM(lambda column, cost: column)  # noqa: ARG005  # its normalizations take both
    closeness = TOPSIS(vector_normalization)
    pairs = {
        "weighted totals": (
            lambda: weighted_totals(values, weights),
            lambda: as_they_are(values, weights, kinds, validation=False),
        ),
        "TOPSIS": (
            lambda: topsis(values, weights),
            lambda: closeness(values, weights, kinds, validation=False),
        ),
    }
    lines = [
        f"{len(values):,} alternatives, one weighting: ours beside pymcdm (without its checks), same order",
        f"  {'':<44}{'ours':>12}{'pymcdm':>12}",
    ]
    for name, (ours, theirs) in pairs.items():
        np.testing.assert_array_equal(np.argsort(-ours()), np.argsort(-theirs()))
        spent = [1000 * _seconds(ours, 20), 1000 * _seconds(theirs, 20)]
        lines.append(_line(name, spent, ",.2f", f"ms  pymcdm / ours: {spent[1] / spent[0]:.1f}"))
    return lines


def _seconds(step: Callable[[], object], rounds: int = _ROUNDS) -> float:
    """Return the median time."""
    spent = []
    for _ in range(rounds):
        start = time.perf_counter()
        step()
        spent.append(time.perf_counter() - start)
    return statistics.median(spent)


def _peak(step: Callable[[], object]) -> float:
    """Return the most memory that a step holds at once, in MB."""
    tracemalloc.start()
    step()
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most / 1e6


def _line(name: str, values: list[float], form: str, unit: str) -> str:
    return f"  {name:<44}" + "".join(f"{value:>12{form}}" for value in values) + f"  {unit}"
