"""TOPSIS and Sobol indices against published values."""

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pymcdm.methods import TOPSIS
from pymcdm.normalizations import vector_normalization

from orgmodel.errors import PrioritiesError
from orgmodel.priorities import sobol_indices, topsis

TABLE = np.array([[5, 8, 4], [7, 6, 8], [8, 8, 6], [7, 4, 6]])
WEIGHTS = np.array([0.3, 0.4, 0.3])


def test_topsis_of_tzeng_and_huang():
    """The example of their book (2011), as scikit-criteria's tests have it."""
    np.testing.assert_allclose(topsis(TABLE, WEIGHTS), [0.5037, 0.6581, 0.7482, 0.3340], atol=5e-5)


@given(st.lists(st.lists(st.integers(0, 9), min_size=3, max_size=3), min_size=2, max_size=6, unique_by=tuple))
def test_topsis_of_another_program(rows):
    values = np.array(rows, dtype=float) + 1  # pymcdm divides by a length of 0
    theirs = TOPSIS(vector_normalization)(values, WEIGHTS, np.ones(3), validation=False)
    np.testing.assert_allclose(topsis(values, WEIGHTS), theirs, atol=1e-12)


def test_topsis_of_alternatives_that_do_not_differ():
    assert topsis([[1, 2], [1, 2]], [1, 1]).tolist() == [1, 1]
    assert topsis([[0, 0]], [1, 1]).tolist() == [1]


def ishigami(inputs):
    """``sin x1 + 7 sin^2 x2 + 0.1 x3^4 sin x1`` for x from -π to π (Ishigami and Homma 1990)."""
    x1, x2, x3 = (np.pi * (2 * inputs - 1)).T
    return np.sin(x1) + 7 * np.sin(x2) ** 2 + 0.1 * x3**4 * np.sin(x1)


def test_sobol_indices_of_the_ishigami_function():
    """Exact values from the formula; within four of the standard errors that come with the estimates."""
    found = sobol_indices(ishigami, {"x1": 1, "x2": 1, "x3": 1}, size=4096, seed=3)
    exact = {"x1": (0.313905, 0.557589), "x2": (0.442411, 0.442411), "x3": (0, 0.243684)}
    for name, (first, total) in exact.items():
        assert abs(found.first[name] - first) < 4 * found.first_error[name]
        assert abs(found.total[name] - total) < 4 * found.total_error[name]
        assert found.first[name] == pytest.approx(first, abs=0.02)
        assert found.total[name] == pytest.approx(total, abs=0.02)


def test_a_group_of_inputs_is_one():
    """x1 and x3 together explain all that x2 does not."""
    found = sobol_indices(
        lambda rows: ishigami(rows[:, [0, 2, 1]]), {"x1 and x3": 2, "x2": 1}, size=2048, seed=0
    )
    assert found.first["x1 and x3"] == pytest.approx(0.557589, abs=0.02)
    assert found.total["x1 and x3"] == pytest.approx(0.557589, abs=0.02)
    assert found.first["x2"] == pytest.approx(0.442411, abs=0.02)


@pytest.mark.parametrize("seed", [0, 1])
def test_the_same_seed_gives_the_same_indices(seed):
    one, other = (sobol_indices(ishigami, {"a": 2, "b": 1}, size=64, seed=seed) for _ in range(2))
    assert one == other


def test_a_single_group_decides_all_and_nothing_decides_a_constant():
    found = sobol_indices(lambda rows: rows[:, 0], {"only": 1}, size=256, seed=1)
    assert found.first["only"] == pytest.approx(1, abs=0.02)
    assert found.total["only"] == pytest.approx(1, abs=0.02)
    constant = sobol_indices(lambda rows: np.zeros(len(rows)), {"only": 1}, size=4, seed=1)
    assert all(np.isnan(part["only"]) for part in constant)


@pytest.mark.parametrize(
    ("groups", "size", "result", "sentence"),
    [
        ({}, 4, 0, "groups"),
        ({"a": 0}, 4, 0, "one input or more"),
        ({"a": 1}, 3, 0, "power of two"),
        ({"a": 1}, 0, 0, "power of two"),
        ({"a": 1}, 4, np.nan, "none missing"),
    ],
    ids=str,
)
def test_what_cannot_be_computed_is_refused(groups, size, result, sentence):
    with pytest.raises(PrioritiesError, match=sentence):
        sobol_indices(lambda rows: np.full(len(rows), result), groups, size=size, seed=1)


def test_the_library_is_loaded_without_what_only_sobol_indices_need():
    program = (
        "import sys, orgmodel.priorities; print([m for m in sys.modules if m in ('SALib', 'matplotlib')])"
    )
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
