"""The queueing core against simpy and Ciw customer by customer, and against exact formulas on average."""

import math

import ciw
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orgmodel.change_orders.stations import serve
from orgmodel.change_orders.summary import interval
from orgmodel.errors import AssumptionError
from orgmodel.queues import erlang_c, pool, sales_duty
from tests.change_orders.event_by_event import station

SERVERS, SERVICE, PATIENCE, SALE, ATTEMPTS = 5, 3.0, 4.0, 1.5, 0.4
REPLICATIONS, CUSTOMERS, WARM_UP = 20, 30_000, 3_000
CERTAINTY, WIDEST = 0.99, 0.2


def times(*values):
    return np.array(values, dtype=float)


def same(served, begins, ends, attempted):
    np.testing.assert_allclose(served.begins, begins, rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(served.ends, ends, rtol=1e-9, atol=1e-9)
    np.testing.assert_array_equal(served.attempted, attempted)
    np.testing.assert_array_equal(served.served, np.isfinite(begins))


# Beside simpy and Ciw, with the same draws: the same times.


@settings(max_examples=150, deadline=None)
@given(
    seed=st.integers(0, 2**32),
    customers=st.integers(1, 200),
    servers=st.integers(1, 12),
    utilisation=st.floats(0.05, 3.0),
    patience=st.none() | st.floats(0.0, 10.0),
    sale=st.none() | st.floats(0.0, 5.0),
    idle_only=st.booleans(),
)
def test_every_customer_is_served_when_simpy_serves_them(
    seed, customers, servers, utilisation, patience, sale, idle_only
):
    rng = np.random.default_rng(seed)
    arrivals = np.cumsum(rng.exponential(1 / servers / utilisation, customers))
    services = rng.exponential(1.0, customers)
    options = {
        "patience": None if patience is None else rng.exponential(patience, customers),
        "sales": None if sale is None else rng.exponential(sale, customers) * (rng.random(customers) < 0.6),
        "idle_only": idle_only,
    }
    ours = serve(arrivals, services, servers, **options)
    same(ours, *station(arrivals, services, servers, **options))


@settings(max_examples=100, deadline=None)
@given(
    customers=st.lists(st.tuples(st.integers(0, 3), st.integers(0, 4)), min_size=1, max_size=30),
    servers=st.integers(1, 4),
)
def test_customers_who_come_and_go_at_the_same_moments(customers, servers):
    """Whole hours; with equal services and arrivals the order of a tie makes no difference to the times."""
    gaps, services = np.array(customers, dtype=float).T
    arrivals = np.cumsum(gaps)
    ours = serve(arrivals, services, servers)
    same(ours, *station(arrivals, services, servers))


class EachTheirOwn(ciw.dists.Distribution):
    """A time for every customer of Ciw, whenever and wherever it asks for it."""

    def __init__(self, values):
        self.values = values

    def sample(self, t=None, ind=None):  # noqa: ARG002  # what Ciw calls it with
        return self.values[ind.id_number - 1]


def in_ciw(gaps, *nodes, patience=None):
    """Begins at every node of a line of stations (services, servers), by customer; infinite for lost ones."""
    after = np.eye(len(nodes), k=1).tolist()
    network = ciw.create_network(
        arrival_distributions=[ciw.dists.Sequential([*gaps, math.inf]), *[None] * (len(nodes) - 1)],
        service_distributions=[EachTheirOwn(services) for services, _ in nodes],
        number_of_servers=[servers for _, servers in nodes],
        routing=after,
        reneging_time_distributions=None if patience is None else [EachTheirOwn(patience)],
    )
    simulation = ciw.Simulation(network)
    simulation.simulate_until_max_customers(len(gaps), method="Finish")
    begins = np.full((len(nodes), len(gaps)), math.inf)
    for record in simulation.get_all_records():
        if record.record_type == "service":
            begins[record.node - 1, record.id_number - 1] = record.service_start_date
    return begins


@pytest.mark.parametrize("servers", [1, 4])
@pytest.mark.parametrize("patience", [None, 3.0])
def test_every_customer_is_served_when_ciw_serves_them(servers, patience):
    """M/M/c and M/M/c+M at a utilisation of 0.95."""
    rng = np.random.default_rng(servers)
    gaps, services = rng.exponential(1 / 0.95 / servers, 3000), rng.exponential(1.0, 3000)
    limits = None if patience is None else rng.exponential(patience, 3000)
    ours = serve(np.cumsum(gaps), services, servers, patience=limits)
    np.testing.assert_allclose(ours.begins, in_ciw(gaps, (services, servers), patience=limits)[0], rtol=1e-9)
    assert ours.served.all() == (patience is None)


def test_a_desk_planners_and_a_manager_in_a_line_as_in_ciw():
    """Station after station gives the times of the event calendar that sees all three at once."""
    rng = np.random.default_rng(3)
    nodes = [(rng.exponential(mean, 2000), servers) for mean, servers in ((2.7, 3), (4.5, 5), (0.9, 1))]
    gaps = rng.exponential(1.0, 2000)
    coming, who = np.cumsum(gaps), np.arange(2000)
    for (services, servers), theirs in zip(nodes, in_ciw(gaps, *nodes), strict=True):
        ours = serve(coming, services[who], servers)
        np.testing.assert_allclose(ours.begins, theirs[who], rtol=1e-9)
        order = np.argsort(ours.ends)
        coming, who = ours.ends[order], who[order]


# Beside exact formulas, on average.


def replications(load, **options):
    """Run replications of one station, each without its first customers."""
    for seed in range(REPLICATIONS):
        rng = np.random.default_rng([seed, int(100 * load)])
        arrivals = np.cumsum(rng.exponential(SERVICE / load, CUSTOMERS))
        drawn = {
            "patience": lambda rng=rng: rng.exponential(PATIENCE, CUSTOMERS),
            "sales": lambda rng=rng: rng.exponential(SALE, CUSTOMERS) * (rng.random(CUSTOMERS) < ATTEMPTS),
        }
        services = rng.exponential(SERVICE, CUSTOMERS)
        given = {name: drawn[name]() if name in drawn else value for name, value in options.items()}
        served = serve(arrivals, services, SERVERS, **given)
        waits = np.where(served.served, served.waits, given.get("patience", math.inf))[WARM_UP:]
        yield (waits > 0).mean(), waits.mean(), 1 - served.served[WARM_UP:].mean(), served.attempted.mean()


def within(values, exact):
    """Whether the confidence interval of the replications holds the exact value, and is narrow enough."""
    found = interval(values, CERTAINTY)
    return found.low <= exact <= found.high < found.low + WIDEST * exact


@pytest.mark.parametrize("utilisation", [0.5, 0.8, 0.9])
def test_waiting_is_erlang_c(utilisation):
    load = utilisation * SERVERS
    waited, waits, _, _ = zip(*replications(load), strict=True)
    expected = pool(SERVERS, load / SERVICE, SERVICE)
    assert within(waited, float(erlang_c(SERVERS, load)))
    assert within(waits, float(expected.waiting_time))


@pytest.mark.parametrize("utilisation", [0.5, 0.9, 1.3])
def test_waiting_and_giving_up_are_erlang_a(utilisation):
    load = utilisation * SERVERS
    waited, waits, lost, _ = zip(*replications(load, patience=True), strict=True)
    expected = pool(SERVERS, load / SERVICE, SERVICE, PATIENCE)
    assert within(waited, float(expected.waiting_probability))
    assert within(waits, float(expected.waiting_time))
    assert within(lost, float(expected.abandonment))


@pytest.mark.parametrize("utilisation", [0.4, 0.6, 0.75])
@pytest.mark.parametrize("idle_only", [False, True])
def test_selling_after_the_service_is_the_chain_of_the_sales_duty(utilisation, idle_only):
    load = utilisation * SERVERS
    waited, waits, _, attempted = zip(*replications(load, sales=True, idle_only=idle_only), strict=True)
    threshold = SERVERS + 1 if idle_only else None
    expected = sales_duty(SERVERS, load / SERVICE, SERVICE, SALE, threshold, ATTEMPTS)
    assert within(waited, float(expected.waiting.waiting_probability))
    assert within(waits, float(expected.waiting.waiting_time))
    assert within(attempted, expected.attempted)


# The smallest cases, and ties.


@pytest.mark.parametrize("servers", [1, 3])
def test_nobody_comes(servers):
    nobody = times()
    for options in ({}, {"patience": nobody}, {"sales": nobody, "idle_only": True}):
        same(serve(nobody, nobody, servers, **options), nobody, nobody, [])


def test_one_customer_never_waits_and_is_always_sold_to():
    for idle_only in (False, True):
        served = serve(times(7), times(2), 1, patience=times(0), sales=times(5), idle_only=idle_only)
        same(served, [7], [9], [True])


def test_with_a_server_for_everybody_nobody_waits():
    arrivals, services = times(0, 0, 0, 1), times(9, 8, 7, 6)
    same(serve(arrivals, services, 4), arrivals, arrivals + services, [False] * 4)
    same(serve(arrivals, services, 100, patience=np.zeros(4)), arrivals, arrivals + services, [False] * 4)


def test_who_comes_when_a_server_gets_free_does_not_wait():
    same(serve(times(0, 2, 4), times(2, 2, 2), 1, patience=np.zeros(3)), [0, 2, 4], [2, 4, 6], [False] * 3)


def test_who_comes_at_the_same_moment_is_served_in_turn():
    same(serve(times(1, 1, 1), times(3, 2, 1), 1), [1, 4, 6], [4, 6, 7], [False] * 3)
    same(serve(times(1, 1, 1), times(3, 2, 1), 2), [1, 1, 3], [4, 3, 4], [False] * 3)


def test_without_patience_whoever_finds_all_busy_is_lost():
    """Erlang's loss system: the second of three comes in vain, and takes nobody's time."""
    served = serve(times(0, 1, 3), times(2, 9, 1), 1, patience=np.zeros(3))
    same(served, [0, math.inf, 3], [2, math.inf, 4], [False] * 3)
    assert served.waits.tolist() == [0, math.inf, 0]


@pytest.mark.parametrize(
    "options", [{}, {"sales": np.zeros(3), "idle_only": True}], ids=["serving", "selling"]
)
def test_patience_that_ends_when_the_turn_comes_is_patience_enough(options):
    served = serve(times(0, 1, 1), times(3, 1, 1), 1, patience=times(0, 2, 2.9), **options)
    same(served, [0, 3, math.inf], [3, 4, math.inf], [False] * 3)


def test_selling_keeps_the_next_customer_waiting_unless_they_wait_already():
    arrivals, services, sales = times(0, 3, 4), times(2, 2, 2), times(2, 2, 2)
    same(serve(arrivals, services, 1, sales=sales), [0, 4, 8], [2, 6, 10], [True] * 3)
    # At 2 nobody waits, at 6 the third customer does.
    same(serve(arrivals, services, 1, sales=sales, idle_only=True), [0, 4, 6], [2, 6, 8], [True, False, True])


def test_nobody_is_sold_to_when_somebody_comes_at_that_moment():
    same(serve(times(0, 2), times(2, 2), 1, sales=times(5, 0), idle_only=True), [0, 2], [2, 4], [False] * 2)


def test_who_has_given_up_does_not_wait_any_more():
    """The second gives up at 1.5; at 2 nobody waits, so the first is sold to until 5."""
    served = serve(
        times(0, 1, 3), times(2, 1, 1), 1, patience=times(9, 0.5, 9), sales=times(3, 0, 0), idle_only=True
    )
    same(served, [0, math.inf, 5], [2, math.inf, 6], [True, False, False])


def test_a_sale_of_no_time_is_none():
    arrivals, services = times(0, 1, 2), times(2, 2, 2)
    for idle_only in (False, True):
        same(
            serve(arrivals, services, 1, sales=np.zeros(3), idle_only=idle_only),
            [0, 2, 4],
            [2, 4, 6],
            [False] * 3,
        )


@pytest.mark.parametrize("servers", [0, -1])
def test_no_servers_are_said_in_a_sentence(servers):
    with pytest.raises(AssumptionError, match=f"A station has {servers} servers"):
        serve(times(1), times(1), servers)


def test_long_after_the_start_one_server_loses_no_digits():
    """Lindley's recursion is summed for all at once; here beside the customers one by one."""
    rng = np.random.default_rng(1)
    arrivals, services = np.cumsum(rng.exponential(1.0, 300_000)), rng.exponential(0.98, 300_000)
    at_once = serve(arrivals, services, 1)
    one_by_one = serve(arrivals, services, 1, patience=np.full(300_000, math.inf))
    np.testing.assert_allclose(at_once.waits, one_by_one.waits, rtol=1e-6, atol=1e-8)
