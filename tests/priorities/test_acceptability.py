"""SMAA-2: known exact cases, the definition in fractions on small cases, and laws."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgmodel.errors import PrioritiesError
from orgmodel.priorities import dirichlet_about, non_dominated, smaa, weighted_totals
from tests.priorities import smaa_by_hand

DRAWS = 100_000
ERROR = 4 * 0.5 / DRAWS**0.5  # four standard errors of a share, at most


def uniform(criteria, size=DRAWS, seed=11):
    return np.random.default_rng(seed).dirichlet(np.ones(criteria), size)


def tables(least=1, most=6):
    """Whole numbers, so that ties occur, and are ties in fractions too."""
    return st.integers(1, 4).flatmap(
        lambda criteria: st.tuples(
            st.lists(
                st.lists(st.integers(0, 3), min_size=criteria, max_size=criteria),
                min_size=least,
                max_size=most,
            ),
            st.lists(
                st.lists(st.integers(0, 3), min_size=criteria, max_size=criteria).filter(any),
                min_size=1,
                max_size=6,
            ),
        )
    )


# ------------------------------------------------------------------ exact cases


@pytest.mark.parametrize(
    ("size", "own", "other"), [(2, 3 / 4, 1 / 4), (3, 11 / 18, 7 / 36)], ids=["two", "three"]
)
def test_each_best_in_one_criterion(size, own, other):
    """The identity matrix, all weightings alike: first is whose criterion weighs most, so 1/n each."""
    found = smaa(np.eye(size), uniform(size))
    np.testing.assert_allclose(found.first, 1 / size, atol=ERROR)
    np.testing.assert_allclose(found.rank_acceptability, 1 / size, atol=ERROR)
    expected = np.where(np.eye(size, dtype=bool), own, other)
    np.testing.assert_allclose(found.central_weights, expected, atol=ERROR)
    assert found.confidence.tolist() == [1] * size
    np.testing.assert_allclose(found.beaten, 1 / 2, atol=ERROR)


def test_dominated_is_never_first():
    found = smaa([[2, 2], [1, 1], [3, 0]], uniform(2))
    assert found.first[1] == 0
    assert np.isnan(found.central_weights[1]).all()
    assert np.isnan([found.confidence[1], found.confidence_error[1]]).all()
    assert found.beaten[0, 1] == 1
    assert found.standard_error[1, 0] == 0


def test_identical_alternatives_share_their_ranks():
    found = smaa([[1, 0], [1, 0], [0, 0]], uniform(2))
    assert found.rank_acceptability.tolist() == [[0.5, 0.5, 0], [0.5, 0.5, 0], [0, 0, 1]]
    assert found.first.tolist() == [0.5, 0.5, 0]
    assert found.beaten.tolist() == [[0.5, 0.5, 1], [0.5, 0.5, 1], [0, 0, 0.5]]
    assert (found.central_weights[0] == found.central_weights[1]).all()
    assert found.confidence[:2].tolist() == [0.5, 0.5]


def test_one_alternative_one_criterion_one_draw():
    found = smaa([[5]], [[1]])
    assert (found.first, found.rank_acceptability, found.beaten) == ([1], [[1]], [[0.5]])
    assert (found.central_weights, found.confidence, found.draws) == ([[1]], [1], 1)
    assert (found.first_error, found.standard_error, found.confidence_error) == ([0], [[0]], [0])


def test_equal_totals_of_different_values_are_a_tie_whatever_rounding_says():
    found = smaa([[100, 0, 50], [0, 50, 100], [50, 100, 0]], np.full((10, 3), 1 / 3))
    np.testing.assert_allclose(found.rank_acceptability, 1 / 3)
    assert found.first.tolist() == pytest.approx([1 / 3] * 3)


# ------------------------------------------------------------------ against the definition


@given(tables())
def test_shares_are_those_of_the_definition(case):
    values, weights = case
    found = smaa(values, weights)
    ranks, beaten = smaa_by_hand.rank_acceptability(values, weights)
    every = range(len(values))
    np.testing.assert_allclose(
        found.rank_acceptability, [[float(ranks[a, r]) for r in every] for a in every], atol=1e-12
    )
    np.testing.assert_allclose(
        found.beaten, [[float(beaten[a, b]) for b in every] for a in every], atol=1e-12
    )
    np.testing.assert_allclose(found.first, found.rank_acceptability[:, 0], atol=1e-12)
    for mine, theirs in zip(
        found.central_weights, smaa_by_hand.central_weights(values, weights), strict=True
    ):
        np.testing.assert_allclose(mine, [np.nan] * len(mine) if theirs is None else [*map(float, theirs)])


@given(tables(least=2), st.integers(1, 3))
def test_the_top_few_are_those_first_most_often_against_all(case, top):
    values, weights = case
    whole, found = smaa(values, weights), smaa(values, weights, top=top)
    np.testing.assert_array_equal(found.first, whole.first)
    top = min(top, len(values))
    assert len(found.chosen) == top
    assert set(found.first[found.chosen].round(12)) <= set(np.sort(whole.first)[-top:].round(12))
    among = smaa(np.array(values)[found.chosen], weights)
    np.testing.assert_array_equal(found.rank_acceptability, among.rank_acceptability)
    np.testing.assert_array_equal(found.beaten, among.beaten)
    np.testing.assert_array_equal(found.central_weights, whole.central_weights[found.chosen])
    np.testing.assert_array_equal(found.confidence, whole.confidence[found.chosen])


@pytest.mark.parametrize("closeness", [1, 1e-3, 1e-6, 1e-9])
def test_many_alternatives_are_compared_in_double_precision(closeness):
    """Values closer than single precision can tell: as a plain loop over the draws finds it."""
    rng = np.random.default_rng(5)
    values = 0.3 + closeness * rng.random((700, 6))
    weights = uniform(6, 3000)
    first = np.bincount([np.argmax(values @ draw) for draw in weights], minlength=700) / len(weights)
    np.testing.assert_allclose(smaa(values, weights, top=5).first, first, atol=1e-12)


# ------------------------------------------------------------------ laws


@given(tables())
def test_rows_and_columns_sum_to_one(case):
    found = smaa(*case)
    np.testing.assert_allclose(found.rank_acceptability.sum(axis=0), 1)
    np.testing.assert_allclose(found.rank_acceptability.sum(axis=1), 1)
    np.testing.assert_allclose(found.beaten + found.beaten.T, 1)
    assert found.first.sum() == pytest.approx(1)


@given(tables(), st.randoms(use_true_random=False))
def test_the_order_of_the_alternatives_does_not_matter(case, random):
    values, weights = case
    order = list(range(len(values)))
    random.shuffle(order)
    whole, found = smaa(values, weights), smaa([values[a] for a in order], weights)
    np.testing.assert_allclose(found.rank_acceptability, whole.rank_acceptability[order])
    np.testing.assert_allclose(found.beaten, whole.beaten[order][:, order])
    np.testing.assert_allclose(found.central_weights, whole.central_weights[order])
    np.testing.assert_allclose(found.confidence, whole.confidence[order])


@given(
    tables(), st.lists(st.integers(-1000, 1000), min_size=4, max_size=4), st.sampled_from([1, 3, 1e-30, 1e30])
)
def test_a_constant_added_to_a_criterion_or_another_unit_changes_nothing(case, constants, unit):
    values, weights = case
    whole = smaa(values, weights)
    found = smaa((np.array(values) + constants[: len(weights[0])]) * unit, weights)
    np.testing.assert_allclose(found.rank_acceptability, whole.rank_acceptability)
    np.testing.assert_allclose(found.central_weights, whole.central_weights)


@given(tables())
def test_the_dominated_is_never_before_its_dominator(case):
    values, weights = case
    found = smaa(values, weights)
    numbers = np.array(values)
    for a, mine in enumerate(numbers):
        for b, other in enumerate(numbers):
            if (mine >= other).all() and (mine > other).any():
                assert found.first[a] >= found.first[b] - 1e-12
                assert found.beaten[a, b] >= 0.5
                assert (np.cumsum(found.rank_acceptability[a] - found.rank_acceptability[b]) > -1e-12).all()


@given(tables())
def test_somebody_who_is_ever_first_under_positive_weights_is_not_dominated(case):
    values, _ = case
    first = smaa(values, uniform(len(values[0]), 200)).first > 0
    assert non_dominated(values)[first].all()


@given(tables(least=2))
def test_non_dominated_by_its_definition(case):
    numbers = np.array(case[0])
    expected = [not any((o >= v).all() and (o > v).any() for o in numbers) for v in numbers]
    assert non_dominated(numbers).tolist() == expected


def test_the_same_draws_give_the_same():
    values = np.random.default_rng(2).random((300, 5))
    one, other = (smaa(values, uniform(5, 2000), top=10) for _ in range(2))
    for mine, theirs in zip(vars(one).values(), vars(other).values(), strict=True):
        np.testing.assert_array_equal(mine, theirs)


# ------------------------------------------------------------------ scenarios and errors


def test_values_that_are_uncertain_too():
    """In one of two scenarios the first is better, in the other the second."""
    layers = [[[1, 1], [0, 0]], [[0, 0], [1, 1]]]
    found = smaa(layers, uniform(2, 1001))
    np.testing.assert_allclose(found.rank_acceptability, 1 / 2)
    np.testing.assert_allclose(found.confidence, 1 / 2)
    np.testing.assert_allclose(found.standard_error, 1 / 2)  # two scenarios say 0 and 1
    np.testing.assert_allclose(found.confidence_error, 1 / 2)
    once = smaa(np.repeat(layers[:1], 4, axis=0), uniform(2, 1001))
    assert once.first.tolist() == [1, 0]
    assert not once.standard_error.any()


@given(tables(least=2), st.integers(1, 3))
def test_equal_scenarios_are_like_one(case, scenarios):
    values, weights = case
    weights = weights * scenarios  # each scenario gets all of them
    one, several = smaa(values, weights), smaa([values] * scenarios, weights)
    np.testing.assert_allclose(several.rank_acceptability, one.rank_acceptability)
    np.testing.assert_allclose(several.central_weights, one.central_weights)
    np.testing.assert_allclose(several.confidence, one.confidence)


def test_the_error_tells_how_far_another_seed_leads():
    """Of 200 runs about 95 % lie within two errors of the truth, which is 1/3 for all."""
    weights = uniform(3, 200 * 400).reshape(200, 400, 3)
    runs = [smaa(np.eye(3), draws) for draws in weights]
    inside = np.mean([np.abs(run.first - 1 / 3) <= 2 * run.first_error for run in runs])
    assert 0.92 < inside < 0.98
    layers = np.repeat(np.eye(3)[None], 40, axis=0)
    runs = [smaa(layers, draws) for draws in weights]
    inside = np.mean([np.abs(run.rank_acceptability - 1 / 3) <= 2 * run.standard_error for run in runs])
    assert 0.92 < inside < 0.98


def test_weights_about_several_means_are_dealt_to_their_scenarios():
    means = [[1, 0], [0, 1]]
    found = smaa([[[0, 1], [1, 0]]] * 2, dirichlet_about(means, 101, np.random.default_rng(1)))
    np.testing.assert_allclose(found.first, 1 / 2)
    np.testing.assert_allclose(found.central_weights, [[0, 1], [1, 0]])


@pytest.mark.parametrize(
    ("values", "weights", "sentence"),
    [
        ([[1, np.nan]], [[1, 1]], "alternative 1 for criterion 2 is nan"),
        ([[1, 2], [np.inf, 2]], [[1, 1]], "alternative 2 for criterion 1 is inf"),
        (np.empty((0, 2)), [[1, 1]], "at least one alternative"),
        (np.empty((2, 0)), [[]], "at least one alternative"),
        ([1, 2], [[1, 1]], "at least one alternative"),
        ([[1, 2]], np.empty((0, 2)), "0 draws of weights"),
        ([[[1, 2]]] * 3, [[1, 1]] * 2, "2 draws of weights are too few for 3 scenarios"),
        ([[1, 2]], [[1, 1, 1]], "one column for each of 2 criteria"),
        ([[1, 2]], [1, 1], "one column for each of 2 criteria"),
        ([[1, 2]], [[2, -1]], "from 0 on"),
        ([[1, 2]], [[1, 1], [0, 0]], "more than 0"),
        ([[1, 2]], [[1, np.nan]], "from 0 on"),
    ],
)
def test_what_nothing_can_be_ranked_by_is_refused_with_a_sentence(values, weights, sentence):
    with pytest.raises(PrioritiesError, match=sentence):
        smaa(values, weights)


def test_the_top_none_is_refused():
    with pytest.raises(PrioritiesError, match="top 0"):
        smaa([[1, 2]], [[1, 1]], top=0)


def test_totals_are_weighted_sums():
    values = [[1, 2], [3, 5], [0, 0]]
    assert weighted_totals(values, [0.5, 0.5]).tolist() == [1.5, 4, 0]
    assert weighted_totals(values, [[1, 0], [0, 1]]).tolist() == [[1, 3, 0], [2, 5, 0]]
    with pytest.raises(PrioritiesError, match="criterion 2 is nan"):
        weighted_totals([[1, np.nan]], [1, 1])
