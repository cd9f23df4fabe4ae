"""Queues the long way: the states of a birth-death chain, added up one by one.

Nothing here knows a chart. A load is in Erlang: arrivals per time times the mean service time.
"""

import math

NEGLIGIBLE = 1e-18
HUGE = 1e250


def many_servers(servers, load):
    """Chance to wait and mean wait, in service times, of M/M/c; 1 and infinite where the queue never ends.

    The states without a queue are added up one by one; with one the chances fall by load / servers each
    time, so they sum to 1 / (1 - load / servers), and the customers who wait to load / servers of the square.
    """
    if load >= servers:
        return 1.0, math.inf
    if load == 0:
        return 0.0, 0.0
    states = [1.0]
    for busy in range(1, servers + 1):
        states.append(states[-1] * load / busy)
    ratio = load / servers
    all_busy = states.pop() / (1 - ratio)
    waits = all_busy / (math.fsum(states) + all_busy)
    queue = waits * ratio / (1 - ratio)
    return waits, queue / load


def impatient(servers, load, patience):
    """Chance to wait and mean wait, in service times, of M/M/c+M, of all who come, also of those who give up.

    ``patience`` is the mean time until a waiting customer gives up, in service times.
    """
    if load == 0:
        return 0.0, 0.0
    states, largest = [1.0], 1.0
    while True:
        present = len(states)
        leaving = min(present, servers) + max(0, present - servers) / patience
        states.append(states[-1] * load / leaving)
        largest = max(largest, states[-1])
        if largest > HUGE:  # only the ratios count
            states, largest = [state / HUGE for state in states], 1.0
        if present > servers and load < leaving and states[-1] < NEGLIGIBLE * largest:
            break
    total = math.fsum(states)
    queue = math.fsum((present - servers) * state for present, state in enumerate(states[servers:], servers))
    return math.fsum(states[servers:]) / total, queue / total / load


def contest_chance(servers, load, service_time, slack):
    """The chance that the wait in M/M/c is longer than ``slack``: that of those who wait is exponential."""
    waits, _ = many_servers(servers, load)
    return 1.0 if load >= servers else waits * math.exp(-(servers - load) / service_time * slack)
