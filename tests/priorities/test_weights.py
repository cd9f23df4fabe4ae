"""Weights from an order: the published tables, the mean of the draws, and laws that hold for any order."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgmodel.errors import PrioritiesError
from orgmodel.priorities import dirichlet_about, ordered_dirichlet, rank_order_centroid

# Barron and Barrett (1996).
TABLES = [
    (1.0,),
    (0.75, 0.25),
    (0.611111, 0.277778, 0.111111),
    (0.520833, 0.270833, 0.145833, 0.0625),
    (0.456667, 0.256667, 0.156667, 0.09, 0.04),
    (0.408333, 0.241667, 0.158333, 0.102778, 0.061111, 0.027778),
]
DRAWS = 100_000

orders = st.lists(st.one_of(st.integers(1, 5), st.none()), min_size=1, max_size=7)


def seeded():
    return np.random.default_rng(7)


@pytest.mark.parametrize("table", TABLES, ids=len)
def test_published_tables_of_rank_order_centroids(table):
    np.testing.assert_allclose(rank_order_centroid(range(1, len(table) + 1)), table, atol=5e-7)
    backwards = rank_order_centroid(range(len(table), 0, -1))
    np.testing.assert_allclose(backwards, table[::-1], atol=5e-7)


@pytest.mark.parametrize(
    ("ranks", "weights"),
    [
        ([1, 1], [1 / 2, 1 / 2]),
        ([1, 1, 2], [(11 + 5) / 36, (11 + 5) / 36, 2 / 18]),  # of 11/18, 5/18 and 2/18
        ([1, 2, 2], [11 / 18, 7 / 36, 7 / 36]),
        ([3, 3, 3], [1 / 3, 1 / 3, 1 / 3]),
        ([2, None, 1], [1 / 4, 0, 3 / 4]),
        ([np.nan, 10.5], [0, 1]),
        ([None], [0]),
        ([], []),
    ],
    ids=str,
)
def test_tied_ranks_share_the_mean_and_what_is_not_ranked_has_none(ranks, weights):
    np.testing.assert_allclose(rank_order_centroid(ranks), weights, rtol=1e-15)


@given(orders)
def test_centroids_sum_to_one_and_keep_the_order(ranks):
    weights = rank_order_centroid(ranks)
    ranked = [(rank, weight) for rank, weight in zip(ranks, weights, strict=True) if rank is not None]
    assert weights.sum() == pytest.approx(1 if ranked else 0)
    for rank, weight in ranked:
        assert weight > 0
        assert all((weight > other) == (rank < place) for place, other in ranked)


@given(orders)
def test_ordered_draws_keep_the_order_and_sum_to_one(ranks):
    draws = ordered_dirichlet(np.array(ranks, dtype=float), 50, seeded())
    assert draws.shape == (50, len(ranks))
    if any(rank is not None for rank in ranks):
        np.testing.assert_allclose(draws.sum(axis=1), 1)
    for i, rank in enumerate(ranks):
        if rank is None:
            assert not draws[:, i].any()
        for j, other in enumerate(ranks):
            if None not in (rank, other) and rank < other:
                assert (draws[:, i] >= draws[:, j]).all()


@pytest.mark.parametrize(
    "ranks", [(1, 2), (1, 2, 3), (3, 1, 2, 4), (1, 1, 2), (2, None, 1), (1, 1, 1)], ids=str
)
def test_the_mean_of_ordered_draws_is_the_rank_order_centroid(ranks):
    """Within four standard errors; a weight's standard deviation is below 0.25 here."""
    draws = ordered_dirichlet(np.array(ranks, dtype=float), DRAWS, seeded())
    np.testing.assert_allclose(draws.mean(axis=0), rank_order_centroid(ranks), atol=4 * 0.25 / DRAWS**0.5)


def test_every_draw_can_have_an_order_of_its_own():
    draws = ordered_dirichlet([[1, 2, 3], [3, 2, 1], [np.nan, 1, np.nan], [np.nan] * 3], 4, seeded())
    assert draws[0, 0] > draws[0, 1] > draws[0, 2]
    assert draws[1, 2] > draws[1, 1] > draws[1, 0]
    assert draws[2:].tolist() == [[0, 1, 0], [0, 0, 0]]


@pytest.mark.parametrize("means", [(0.5, 0.3, 0.2), (0.9, 0.1, 0), (1, 1, 1), (0, 1)], ids=str)
def test_draws_about_a_mean_have_that_mean(means):
    draws = dirichlet_about(means, DRAWS, seeded())
    np.testing.assert_allclose(draws.sum(axis=1), 1)
    np.testing.assert_allclose(draws.mean(axis=0), np.array(means) / sum(means), atol=4 * 0.35 / DRAWS**0.5)
    assert not draws[:, [mean == 0 for mean in means]].any()


def test_equal_means_give_every_weighting_alike():
    """Dirichlet(1, 1, 1): each weight is below x with probability 1 - (1 - x)^2."""
    draws = dirichlet_about([2, 2, 2, 0], DRAWS, seeded())
    for x in (0.1, 0.3, 0.5, 0.9):
        share = (draws[:, :3] < x).mean(axis=0)
        np.testing.assert_allclose(share, 1 - (1 - x) ** 2, atol=4 * 0.5 / DRAWS**0.5)


def test_draws_are_dealt_to_the_means_in_blocks():
    draws = dirichlet_about([[1, 0, 0], [0, 1, 0], [0, 0, 1]], 10, seeded())
    assert draws.argmax(axis=1).tolist() == [0, 0, 0, 1, 1, 1, 2, 2, 2, 2]


@pytest.mark.parametrize("means", [(0, 0), (-1, 2), (np.nan, 1), (np.inf, 1)], ids=str)
def test_means_of_no_weights_are_refused(means):
    with pytest.raises(PrioritiesError, match="from 0 on"):
        dirichlet_about(means, 5, seeded())


def test_the_same_seed_draws_the_same():
    assert (dirichlet_about([1, 2], 5, seeded()) == dirichlet_about([1, 2], 5, seeded())).all()
    assert (ordered_dirichlet([1, 2], 5, seeded()) == ordered_dirichlet([1, 2], 5, seeded())).all()
    assert ordered_dirichlet([1, 2], 0, seeded()).shape == (0, 2)
