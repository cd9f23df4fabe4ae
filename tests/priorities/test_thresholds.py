"""Where a result turns round: against looking everywhere."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgmodel.priorities import smallest_change, weight_flip

differences = st.lists(st.integers(-9, 9), min_size=1, max_size=5)


@given(st.floats(-10, 10), st.floats(-10, 10), st.integers(1, 20))
def test_the_root_of_a_straight_line_is_found_from_anywhere(root, start, probes):
    found = smallest_change(lambda x: x - root, start, -10, 10, probes=probes)
    if start == root:
        assert found is None
    else:
        assert found == pytest.approx(root, abs=2e-5)
        assert (found - root) * (start - root) <= 0  # the sign is lost there


@given(st.floats(-10, -0.1), st.floats(0.1, 10))
def test_the_nearer_of_two_turns_is_taken(below, above):
    found = smallest_change(lambda x: (x - below) * (above - x), 0, -10, 10, probes=200)
    assert abs(found) == pytest.approx(min(-below, above), abs=1e-4)


def test_no_turn_is_none():
    assert smallest_change(lambda x: 1 + x * x, 0, -5, 5) is None
    assert smallest_change(lambda _: math.nan, 0, -5, 5) is None
    assert smallest_change(lambda x: 1 if x == 0 else math.nan, 0, -5, 5) is None
    assert smallest_change(lambda x: x - 1, 0, 0, 0) is None
    assert smallest_change(lambda x: x, 0, -5, 5) is None  # a tie to begin with


def test_a_step_and_a_turn_at_the_bound_are_found():
    assert smallest_change(lambda x: -1 if x >= 3 else 1, 0, -5, 5) == pytest.approx(3, abs=1e-5)
    assert smallest_change(lambda x: 5 - x, 0, 0, 5) == 5
    assert smallest_change(lambda x: x - 2, 2.5, 2, 3) == 2


def test_a_turn_between_two_probes_needs_more_of_them():
    def dip(x):
        return -1 if 4.4 < x < 4.6 else 1

    assert smallest_change(dip, 0, 0, 10, probes=4) is None
    assert smallest_change(dip, 0, 0, 10, probes=60) == pytest.approx(4.4, abs=1e-4)


def test_the_difference_is_asked_for_only_within_the_bounds():
    asked = []
    smallest_change(lambda x: asked.append(x) or 1, 2, -1, 3)
    assert len(asked) == 1 + 2 * 8
    assert (min(asked), max(asked)) == (-1, 3)


@given(differences, st.data())
def test_weight_flips_by_trying_every_weight(d, data):
    counts = data.draw(st.lists(st.integers(0, 4), min_size=len(d), max_size=len(d)).filter(any))
    weights = np.array(counts) / sum(counts)
    flips = weight_flip(d, counts)
    for c, flip in enumerate(flips):
        others = np.delete(weights, c)

        def total(x, c=c, others=others):
            return x * d[c] + (1 - x) * (others / others.sum()) @ np.delete(d, c)

        if not others.sum():
            assert math.isnan(flip)
        elif math.isnan(flip):
            signs = {np.sign(round(total(x), 12)) for x in np.linspace(0, 1, 11)}
            assert len(signs) == 1  # it never turns, or it is a tie all along
        else:
            assert 0 <= flip <= 1
            assert total(flip) == pytest.approx(0, abs=1e-12)
            assert abs(total(0)) + abs(total(1)) > 0


def test_the_weight_at_which_a_published_pair_ties():
    """Two criteria, 10 better in one, 30 worse in the other: they tie at 3 : 1."""
    assert weight_flip([10, -30], [0.9, 0.1]).tolist() == pytest.approx([0.75, 0.25])
    assert np.isnan(weight_flip([10, 30], [0.9, 0.1])).all()
    assert np.isnan(weight_flip([5], [1])).all()
    assert weight_flip([0, 1], [0.5, 0.5]).tolist() == [1, 0]
