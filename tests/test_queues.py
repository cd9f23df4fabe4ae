"""Queues against published values, against a second implementation in exact fractions, and their laws."""

import math
from fractions import Fraction
from functools import reduce
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgmodel.errors import AssumptionError
from orgmodel.queues import (
    erlang_b,
    erlang_c,
    pool,
    probability_of_waiting_longer,
    sales_duty,
    split_loss,
)

#: The desk of pyworkforce's documentation and tests: 100 contacts in half an hour of 3 minutes each.
RATE, SERVICE, AGENTS = 100 / 30, 3.0, 14
SECONDS = 60.0
CLOSE = 1 + 1e-12  # rounding

servers = st.integers(1, 60)
utilisations = st.floats(0.01, 0.99)
patiences = st.floats(0.01, 1000.0)


# The same by other means.


def recursion(c, load, one=Fraction(1)):
    """Erlang's B by 1/B_k = 1 + k/(a B_{k-1}), exact if the numbers are."""
    return 1 / reduce(lambda inverse, k: 1 + k / load * inverse, range(1, c + 1), one)


def birth_and_death(c, load, patience=None, longest=80):
    """Return waiting probability, queue, abandonment and occupancy from the states' probabilities.

    In exact fractions, service time 1, at most ``longest`` customers waiting.
    """
    weights = [Fraction(1)]
    for n in range(1, c + longest + 1):
        weights.append(weights[-1] * load / (min(n, c) + (max(n - c, 0) / patience if patience else 0)))
    total = sum(weights)
    queue = sum((n - c) * weight for n, weight in enumerate(weights) if n > c) / total
    return (
        sum(weights[c:]) / total,
        queue / load,
        queue / load / patience if patience else 0,
        sum(min(n, c) * weight for n, weight in enumerate(weights)) / total / c,
    )


def chain(c, rate, service_time, sales_time, threshold, attempts, longest):
    """The chain of `sales_duty`, cut off at ``longest`` customers, by one dense linear system."""
    states = [(n, selling) for n in range(longest + 1) for selling in range(min(n, c) + 1)]
    row = {state: i for i, state in enumerate(states)}
    flow = np.zeros((len(states), len(states)))
    tries = np.zeros(len(states))
    for (n, selling), i in row.items():
        ends = (min(n, c) - selling) / service_time
        tries[i] = ends * attempts * (n < threshold)
        steps = {
            (n + 1, selling): rate,
            (n, selling + 1): tries[i],
            (n - 1, selling): ends - tries[i],
            (n - 1, selling - 1): selling / sales_time,
        }
        for state, speed in steps.items():
            if speed and state in row:
                flow[row[state], i] += speed
                flow[i, i] -= speed
    flow[0] = 1.0
    probability = np.linalg.solve(flow, np.eye(len(states))[0])
    number = np.array([n for n, _ in states])
    return (
        probability[number >= c].sum(),
        probability @ np.maximum(number - c, 0) / rate,
        probability @ tries / rate,
    )


def experience(waiting):
    return [
        float(value)
        for value in (
            waiting.waiting_probability,
            waiting.waiting_time,
            waiting.abandonment,
            waiting.occupancy,
        )
    ]


def test_erlang_b_and_c_as_exact_fractions():
    for c in range(1, 40):
        for load in (
            Fraction(1, 1000),
            Fraction(1, 2),
            Fraction(c, 2),
            Fraction(99 * c, 100),
            Fraction(3 * c),
        ):
            blocked = recursion(c, load)
            waits = blocked / (1 - load / c * (1 - blocked)) if load < c else 1
            assert float(erlang_b(c, float(load))) == pytest.approx(float(blocked), rel=1e-12)
            assert float(erlang_c(c, float(load))) == pytest.approx(float(waits), rel=1e-12)


@pytest.mark.parametrize("c", [1, 2, 15, 16, 17, 100, 1000, 100_000])
def test_erlang_b_and_c_by_the_recursion_from_tiny_to_huge(c):
    """In long double, for loads from 1e-300 to 1e300 and around c, where the result is above 1e-300."""
    loads = np.concatenate([np.geomspace(1e-300, 1e300, 101), c + np.linspace(-0.9, 9, 200) * c**0.5])
    with np.errstate(over="ignore"):
        blocked = recursion(c, loads.astype(np.longdouble), np.ones(len(loads), dtype=np.longdouble))
    spare = np.maximum((c - loads) / c, 0)
    representable = blocked > 1e-300
    for ours, theirs in (
        (erlang_b(c, loads), blocked),
        (erlang_c(c, loads), blocked / (blocked + (1 - blocked) * spare)),
    ):
        assert np.abs(ours[representable] / theirs[representable] - 1).max() < 1e-11


@pytest.mark.parametrize("patience", [Fraction(1, 1000), Fraction(1, 4), Fraction(1), Fraction(3)])
@pytest.mark.parametrize("c", [1, 2, 7])
def test_erlang_a_by_birth_and_death_in_fractions(c, patience):
    for utilisation in (Fraction(1, 100), Fraction(1, 2), Fraction(1), Fraction(3, 2)):
        load = c * utilisation
        ours = pool(c, float(load), 1.0, float(patience))
        theirs = birth_and_death(c, load, patience)
        assert experience(ours) == pytest.approx([float(value) for value in theirs], rel=1e-12)


def test_erlang_c_by_birth_and_death_in_fractions():
    ours = experience(pool(3, 1.5, 1.0))
    theirs = birth_and_death(3, Fraction(3, 2))
    assert ours == pytest.approx([float(value) for value in theirs], rel=1e-12)


@pytest.mark.parametrize("c", [1000, 10_000])
@pytest.mark.parametrize("utilisation", [0.97, 1.0, 1.03, 2.0])
@pytest.mark.parametrize("patience", [0.01, 1.0, 30.0])
def test_erlang_a_of_large_pools_by_summing_states(c, utilisation, patience):
    load = c * utilisation
    below = np.concatenate([[0.0], np.cumsum(np.log(np.arange(c, 0, -1) / load))])
    waiting = np.arange(
        1, int(c * patience * max(utilisation - 1, 0)) + 40 * int(c * max(patience, 1)) ** 0.5
    )
    above = np.cumsum(np.log(load) - np.log(c + waiting / patience))
    top = max(below.max(), above.max())
    idle, queued = np.exp(below - top), np.exp(above - top)
    total = idle.sum() + queued.sum()
    ours = pool(c, load, 1.0, patience)
    assert float(ours.waiting_probability) == pytest.approx((idle[0] + queued.sum()) / total, rel=1e-8)
    assert float(ours.waiting_time) == pytest.approx(queued @ waiting / total / load, rel=1e-8)


@pytest.mark.parametrize("threshold", [0, 1, 2, 3, 4, 5, 9, None])
@pytest.mark.parametrize("attempts", [0.3, 1.0])
def test_sales_duty_by_one_linear_system(threshold, attempts):
    ours = sales_duty(3, 0.5, 3.0, 1.5, threshold, attempts)
    theirs = chain(3, 0.5, 3.0, 1.5, math.inf if threshold is None else threshold, attempts, 170)
    assert (
        float(ours.waiting.waiting_probability),
        float(ours.waiting.waiting_time),
        ours.attempted,
    ) == pytest.approx(theirs, rel=1e-6)


# Published values.


def test_waiting_probabilities_that_are_simple_fractions():
    """The first members of Erlang's formula with one server's worth of slack."""
    given_load = {(1, 0.5): 1 / 2, (2, 1): 1 / 3, (3, 2): 4 / 9, (4, 3): 27 / 53, (5, 4): 128 / 231}
    for (c, load), fraction in given_load.items():
        assert float(erlang_c(c, load)) == pytest.approx(fraction, rel=1e-14)


def test_help_of_abstractmicro_erlang_library():
    """20 agents, 100 calls in 1,800 seconds."""
    waiting = pool(20, 100 / 1800, np.array([240.0, 300.0])).waiting_time
    assert waiting.tolist() == pytest.approx([2.243505841, 30.4312286], rel=5e-8)


def test_erlang_c_of_pyworkforce():
    """Its tests, rounded to three digits; the service level is the share answered within 20 seconds."""
    for agents, expected in ((14, (0.174, 0.888, 0.714)), (15, (0.102, 0.941, 0.667))):
        desk = pool(agents, RATE, SERVICE)
        late = probability_of_waiting_longer(agents, RATE * SERVICE, SERVICE, 0.33)
        values = desk.waiting_probability, 1 - late, desk.occupancy
        assert tuple(round(float(value), 3) for value in values) == expected


def test_erlang_b_of_pyworkforce():
    assert float(erlang_b(1, 1)) == pytest.approx(0.5, rel=1e-14)
    assert float(erlang_b(2, 1)) == pytest.approx(0.2, rel=1e-14)
    assert int(np.argmax(erlang_b(np.arange(1, 30), 10.0) <= 0.02)) + 1 == 17


def test_erlang_a_of_pyworkforce():
    desk = pool(AGENTS, RATE, SERVICE, patience=5.0)
    assert float(desk.waiting_probability) == pytest.approx(0.14526, abs=5e-6)
    assert float(desk.abandonment) == pytest.approx(0.013984, abs=5e-7)
    assert float(desk.occupancy) == pytest.approx(0.704297, abs=5e-7)
    assert float(desk.waiting_time) == pytest.approx(0.069919, abs=5e-7)


def test_fifty_agents_with_and_without_patience():
    """The classical comparison: 48 calls of 1 minute a minute, patience 2 minutes; checked numerically."""
    patient, endless = pool(50, 48.0, 1.0, 2.0), pool(50, 48.0, 1.0)
    assert round(100 * float(patient.abandonment), 2) == 3.09
    assert round(SECONDS * float(patient.waiting_time), 2) == 3.71
    assert round(100 * float(patient.occupancy), 2) == 93.03
    assert round(SECONDS * float(endless.waiting_time), 2) == 20.83
    assert float(endless.occupancy) == 0.96


def test_pools_of_all_sizes_at_ninety_percent():
    """Waiting probability and mean waiting time in service times; checked numerically."""
    table = {
        1: (0.9, 9),
        2: (0.852632, 4.263158),
        5: (0.762493, 1.524986),
        10: (0.668732, 0.668732),
        20: (0.550769, 0.275385),
        50: (0.363864, 0.072773),
    }
    sizes = np.array(list(table))
    waiting = pool(sizes, 0.9 * sizes, 1.0)
    assert waiting.waiting_probability.round(6).tolist() == [row[0] for row in table.values()]
    assert waiting.waiting_time.round(6).tolist() == [row[1] for row in table.values()]


def test_fourteen_agents_split():
    """One pool, two and seven; checked numerically."""
    for pools, seconds in ((1, 7.84), (2, 29.17), (7, 187.5)):
        loss = split_loss([14 // pools] * pools, [1 / pools] * pools, RATE, SERVICE)
        assert round(SECONDS * float(loss.mean.waiting_time), 2) == seconds
        assert round(SECONDS * float(loss.pooled.waiting_time), 2) == 7.84


def test_waiting_longer_than_twenty_seconds():
    """Checked numerically."""
    assert float(probability_of_waiting_longer(14, 10, 3.0, 20 / 60)) == pytest.approx(0.11165, abs=5e-6)


def test_a_longer_service_by_sales_attempts():
    """The same desk where an attempt takes a minute, as one exponential service; checked numerically."""
    table = {
        0: (0.1741, 7.84),
        0.25: (0.2781, 17.13),
        0.5: (0.4163, 37.47),
        0.75: (0.5910, 88.65),
        1: (0.8032, 289.16),
    }
    waiting = pool(AGENTS, RATE, SERVICE + np.array(list(table)))
    assert waiting.waiting_probability.round(4).tolist() == [row[0] for row in table.values()]
    assert (SECONDS * waiting.waiting_time).round(2).tolist() == [row[1] for row in table.values()]


@pytest.mark.parametrize(
    ("threshold", "busy", "seconds", "attempted"),
    [
        (0, 0.1741, 7.84, 0),
        (10, 0.1853, 8.14, 22.7),
        (12, 0.2163, 8.94, 41.2),
        (14, 0.3184, 11.31, 59.3),
        (15, 0.4430, 13.97, 66.4),
        (17, 0.5483, 24.39, 75.1),
        (20, 0.6271, 42.32, 82.7),
        (None, 0.8001, 235.91, 100),
    ],
)
def test_sales_duty_of_fourteen_agents(threshold, busy, seconds, attempted):
    """The same desk, service and attempt two exponential phases; checked numerically by a cut-off chain."""
    duty = sales_duty(AGENTS, RATE, SERVICE, 1.0, threshold)
    assert round(float(duty.waiting.waiting_probability), 4) == busy
    assert round(SECONDS * float(duty.waiting.waiting_time), 2) == seconds
    assert round(100 * duty.attempted, 1) == attempted


# One server.


@given(utilisations)
def test_one_server_waits_as_in_mm1(utilisation):
    desk = pool(1, utilisation, 1.0)
    assert float(erlang_b(1, utilisation)) == pytest.approx(utilisation / (1 + utilisation))
    assert experience(desk) == pytest.approx(
        [utilisation, utilisation / (1 - utilisation), 0.0, utilisation], rel=1e-12
    )


@given(utilisations, st.floats(0.0, 1.0), st.floats(0.1, 10.0))
def test_one_server_that_always_sells_waits_by_pollaczek_and_khinchine(utilisation, attempts, sales_time):
    """M/G/1: mean wait = rate E[S^2] / (2 (1 - utilisation)), S = service and, by chance, an attempt."""
    mean = 1.0 + attempts * sales_time
    square = 2.0 + 2 * attempts * (sales_time + sales_time**2)
    rate = utilisation / mean
    duty = sales_duty(1, rate, 1.0, sales_time, attempts=attempts)
    expected = rate * square / 2 / (1 - utilisation)
    assert experience(duty.waiting) == pytest.approx([utilisation, expected, 0, utilisation], rel=1e-9)
    assert duty.attempted == pytest.approx(attempts, rel=1e-9)


@pytest.mark.parametrize("c", [1, 14])
def test_sales_duty_on_the_verge_of_overload(c):
    """Never selling is M/M/c; one server that always sells is M/G/1."""
    for slack in (1e-3, 1e-6, 1e-9):
        rate = c * (1 - slack)
        endless = pool(c, rate, 1.0)
        never = sales_duty(c, rate, 1.0, 1.0, threshold=0).waiting
        assert float(never.waiting_time) == pytest.approx(float(endless.waiting_time), rel=1e-14 / slack)
    always = sales_duty(1, (1 - 1e-9) / 4, 3.0, 1.0).waiting
    assert float(always.waiting_time) == pytest.approx((9 + 3 + 1) / 4 / 1e-9, rel=1e-5)


# Laws.


@given(servers, utilisations, utilisations)
def test_more_load_means_more_waiting_and_waiting_is_likelier_than_being_turned_away(c, one, other):
    less, more = sorted((c * one, c * other))
    for formula in (erlang_b, erlang_c):
        assert 0 <= formula(c, less) <= formula(c, more) * CLOSE <= CLOSE
    assert erlang_b(c, less) <= erlang_c(c, less) * CLOSE


@given(servers, utilisations)
def test_one_more_server_means_less_waiting(c, utilisation):
    waiting = pool(np.array([c, c + 1]), c * utilisation, 1.0)
    assert waiting.waiting_probability[1] < waiting.waiting_probability[0]
    assert waiting.waiting_time[1] < waiting.waiting_time[0]


@given(servers, utilisations)
def test_endless_patience_is_erlang_c_and_none_is_erlang_b(c, utilisation):
    endless, patient = (experience(pool(c, c * utilisation, 1.0, patience)) for patience in (None, 1e12))
    assert patient == pytest.approx(endless, rel=1e-6, abs=1e-9)
    hasty = pool(c, c * utilisation, 1.0, 1e-12)
    assert float(hasty.abandonment) == pytest.approx(float(erlang_b(c, c * utilisation)), rel=1e-6)


@given(servers, st.floats(0.01, 3.0), patiences)
def test_a_patience_as_long_as_service_leaves_a_poisson_number_in_the_system(c, utilisation, time):
    """With both rates equal customers leave independently of each other, as with servers without end."""
    load = c * utilisation
    weights = [math.exp(n * math.log(load) - load - math.lgamma(n + 1)) for n in range(1000)]
    waiting = pool(c, load / time, time, time)
    assert float(waiting.waiting_probability) == pytest.approx(sum(weights[c:]), rel=1e-9)
    assert float(waiting.abandonment) == pytest.approx(
        sum((n - c) * weight for n, weight in enumerate(weights) if n > c) / load, rel=1e-9
    )


@given(servers, st.floats(0.01, 3.0), patiences)
def test_who_gives_up_is_not_served(c, utilisation, patience):
    """Little's law twice: busy servers are served customers, waiting ones those who may give up."""
    waiting = pool(c, c * utilisation, 1.0, patience)
    assert float(waiting.occupancy) == pytest.approx(utilisation * (1 - float(waiting.abandonment)))
    assert float(waiting.waiting_time) == pytest.approx(float(waiting.abandonment) * patience)


@given(
    st.lists(st.tuples(st.integers(1, 12), st.floats(0.05, 1.0)), min_size=1, max_size=5),
    st.floats(0.05, 1.2),
    st.none() | patiences,
)
def test_splitting_never_helps(pools, utilisation, patience):
    c = [size for size, _ in pools]
    weights = np.array([weight for _, weight in pools])
    loss = split_loss(c, weights / weights.sum(), utilisation * sum(c), 1.0, patience)
    assert loss.pooled.waiting_time <= loss.mean.waiting_time * CLOSE
    assert loss.pooled.abandonment <= loss.mean.abandonment * CLOSE
    assert loss.mean.occupancy <= loss.pooled.occupancy * CLOSE


@given(st.integers(1, 5), utilisations, st.floats(0.1, 5.0), st.floats(0.0, 1.0), st.floats(0.0, 1.0))
def test_more_selling_means_more_waiting(c, utilisation, sales_time, one, other):
    """From row to row more attempts are made, within a row the threshold rises."""
    rows = [
        [
            sales_duty(c, c * utilisation, 1.0, sales_time, threshold, attempts)
            for threshold in (0, 2, c + 1, c + 3, None)
        ]
        for attempts in sorted((one, other))
    ]
    for lower, higher in (*pairwise(rows[0]), *pairwise(rows[1]), *zip(*rows, strict=True)):
        assert lower.waiting.waiting_probability <= higher.waiting.waiting_probability * (1 + 1e-9)
        assert lower.waiting.waiting_time <= higher.waiting.waiting_time * (1 + 1e-9)
    for lower, higher in (*pairwise(rows[0]), *pairwise(rows[1])):
        assert lower.attempted <= higher.attempted + 1e-9


@given(st.integers(1, 30), utilisations, st.floats(0.1, 5.0), st.integers(0, 1))
def test_a_desk_that_never_sells_is_erlang_c(c, utilisation, sales_time, threshold):
    expected = experience(pool(c, c * utilisation, 1.0))
    for duty in (
        sales_duty(c, c * utilisation, 1.0, sales_time, threshold),
        sales_duty(c, c * utilisation, 1.0, sales_time, attempts=0.0),
    ):
        assert duty.attempted == 0
        assert experience(duty.waiting) == pytest.approx(expected, rel=1e-9)


@given(servers, utilisations, st.floats(0.0, 10.0))
def test_waiting_longer_than_a_time_integrates_to_the_mean(c, utilisation, time):
    load = c * utilisation
    assert float(probability_of_waiting_longer(c, load, 2.0, 0.0)) == float(erlang_c(c, load))
    times = np.linspace(0.0, 1.0, 2001) * 80 / (c - load)
    area = np.trapezoid(probability_of_waiting_longer(c, load, 2.0, times), times)
    assert area == pytest.approx(float(pool(c, load / 2, 2.0).waiting_time), rel=1e-3)
    assert probability_of_waiting_longer(c, load, 2.0, time) <= erlang_c(c, load)


# Edges.


def test_all_at_once_is_one_by_one():
    times = np.linspace(0.0, 9.0, 50)
    for patience in (None, 0.3, 40.0):
        together = pool(np.array([[3], [14]]), 2.0, times, patience)
        for row, c in enumerate((3, 14)):
            for column, time in enumerate(times):
                alone = pool(c, 2.0, time, patience)
                assert together.waiting_probability[row, column] == alone.waiting_probability
                assert together.waiting_time[row, column] == alone.waiting_time
                assert together.abandonment[row, column] == alone.abandonment
                assert together.occupancy[row, column] == alone.occupancy


def test_without_load_nobody_waits():
    assert erlang_b(3, 0) == erlang_c(3, 0) == probability_of_waiting_longer(3, 0, 1, 0) == 0
    for rate, time in ((0.0, 1.0), (1.0, 0.0), (0.0, 0.0)):
        for patience in (None, 1.0):
            assert experience(pool(2, rate, time, patience)) == [0.0, 0.0, 0.0, 0.0]


@pytest.mark.parametrize("load", [3.0, 4.0, 1e300])
def test_who_cannot_keep_up_lets_everybody_wait(load):
    assert erlang_c(3, load) == probability_of_waiting_longer(3, load, 1.0, 1e9) == 1
    assert experience(pool(3, load, 1.0)) == [1.0, math.inf, 0.0, 1.0]
    for threshold, attempted in ((None, 1.0), (5, 0.0)):
        duty = sales_duty(3, load, 1.0, 1.0, threshold)
        assert experience(duty.waiting) == [1.0, math.inf, 0.0, 1.0]
        assert duty.attempted == attempted


def test_a_desk_overloaded_by_selling_alone():
    assert experience(sales_duty(3, 2.0, 1.0, 0.5).waiting) == [1.0, math.inf, 0.0, 1.0]
    assert float(sales_duty(3, 2.0, 1.0, 0.5, threshold=4).waiting.waiting_time) < math.inf


def test_the_loss_of_a_split_that_overloads():
    assert split_loss([1, 3], [0.5, 0.5], 3.0, 1.0).added_waiting_time == math.inf
    assert math.isnan(split_loss([1, 3], [0.5, 0.5], 4.0, 1.0).added_waiting_time)
    assert split_loss([4], [1.0], 3.0, 1.0).added_waiting_time == 0


@pytest.mark.parametrize(
    ("attempt", "sentence"),
    [
        (lambda: erlang_b(0, 1), "The number of servers is 0; it must be a whole number from 1 on."),
        (lambda: erlang_c(2.5, 1), "The number of servers is 2.5"),
        (lambda: erlang_c([3, math.nan], 1), "The number of servers is nan"),
        (lambda: erlang_c(3, [1, -1]), "The load is -1; it must be 0 or more and finite."),
        (lambda: erlang_b(3, math.nan), "The load is nan"),
        (lambda: pool(3, -1, 1), "The arrival rate is -1"),
        (lambda: pool(3, 1, math.inf), "The service time is inf"),
        (lambda: pool(3, 1e200, 1e200), "The load is inf"),
        (lambda: pool(3, 1, 1, 0), "The patience is 0; it must be above 0 and finite."),
        (lambda: pool(3, 1e200, 0, 1e200), "The number of arrivals within the patience is inf"),
        (lambda: probability_of_waiting_longer(3, 1, 0, 1), "The service time is 0"),
        (lambda: probability_of_waiting_longer(3, 1, 1, -1), "The time is -1"),
        (lambda: split_loss([1, 1], [0.5, 0.6], 1, 1), "The shares of the arrivals sum to 1.1"),
        (lambda: split_loss([1, 1], [1.5, -0.5], 1, 1), "The share of the arrivals is -0.5"),
        (lambda: sales_duty(3, 0, 1, 1), "The arrival rate is 0"),
        (lambda: sales_duty(3, 1, 1, 0), "The sales time is 0"),
        (lambda: sales_duty(3, 1, 1, 1, -1), "The threshold of selling is -1"),
        (lambda: sales_duty(3, 1, 1, 1, attempts=1.5), "The probability of a sales attempt is 1.5"),
        (lambda: sales_duty(321, 1, 1, 1), "321 servers that sell are too many to compute; at most 320."),
        (lambda: sales_duty(14, 1, 1, 1, 10**6), "With 14 servers the threshold of selling is at most 33743"),
    ],
)
def test_what_is_no_queue_is_refused_in_a_sentence(attempt, sentence):
    with pytest.raises(AssumptionError) as refused:
        attempt()
    assert str(refused.value).startswith(sentence)
