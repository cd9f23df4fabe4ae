"""The queueing core: who is served when, first come, first served.

The process is a network in which nobody comes back to a station. Each station can then be gone through by
itself, customer after customer in order of arrival, without a calendar of events: the times are those that
an event-by-event simulation gives with the same draws.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from itertools import repeat

import numpy as np

from orgmodel.errors import AssumptionError
from orgmodel.lines import Bools, Floats


@dataclass(frozen=True, eq=False)
class Served:
    """When the service of every customer begins and ends; infinite for those who gave up.

    ``attempted`` says to whom something was to be sold after the service (the server's time for it is not
    part of the service).
    """

    arrivals: Floats
    begins: Floats
    ends: Floats
    attempted: Bools

    @property
    def served(self) -> Bools:
        """Who did not give up."""
        return np.isfinite(self.begins)

    @property
    def waits(self) -> Floats:
        """How long every customer waited before the service; infinite for those who gave up."""
        return self.begins - self.arrivals


def serve(
    arrivals: Floats,
    services: Floats,
    servers: int,
    *,
    patience: Floats | None = None,
    sales: Floats | None = None,
    idle_only: bool = False,
) -> Served:
    """Return when customers are served at a station with some servers.

    Parameters
    ----------
    arrivals : array (N,)
        Times of arrival, not decreasing.
    services : array (N,)
        How long each service takes.
    servers : int
        How many serve at a time.
    patience : array (N,), optional
        Who has to wait longer than this gives up, and takes no server's time. Whoever can be served at the
        very moment is served.
    sales : array (N,), optional
        How long the server is kept by an attempt to sell after the service; 0 for none.
    idle_only : bool
        Whether an attempt is made only when nobody waits at the end of the service. Who arrives at that very
        moment waits already.

    Notes
    -----
    The next customer in the line is served by the server that is free first (Kiefer and Wolfowitz). One
    server without patience and sales is Lindley's recursion, summed for all customers at once.

    >>> serve(np.array([0.0, 1.0, 2.0]), np.array([3.0, 3.0, 1.0]), 2).begins.tolist()
    [0.0, 1.0, 3.0]

    """
    if servers < 1:
        message = f"A station has {servers} servers; it needs one at least."
        raise AssumptionError(message)
    if len(arrivals) == 0:
        return Served(arrivals, arrivals, arrivals, np.zeros(0, dtype=np.bool_))
    if patience is None and sales is None and servers == 1:
        return _one_after_the_other(arrivals, services)
    if sales is not None and idle_only:
        begins, sold = _selling_when_idle(arrivals, services, servers, patience, sales)
    else:
        begins = _in_line(arrivals, services if sales is None else services + sales, servers, patience)
        sold = np.zeros(len(begins), np.bool_) if sales is None else np.isfinite(begins) & (sales > 0.0)
    return Served(arrivals, begins, begins + services, sold)


def _one_after_the_other(arrivals: Floats, services: Floats) -> Served:
    """Return Lindley's recursion: a service ends when all are done that came since the server stood idle."""
    done = np.cumsum(services)
    ends = done + np.maximum.accumulate(arrivals - (done - services))
    begins = np.maximum(arrivals, np.concatenate(([-np.inf], ends[:-1])))
    return Served(arrivals, begins, begins + services, np.zeros(len(arrivals), dtype=np.bool_))


def _in_line(arrivals: Floats, kept: Floats, servers: int, patience: Floats | None) -> Floats:
    """Return when each service begins where every customer keeps a server for some time."""
    replace = heapq.heapreplace
    begins: list[float] = []
    begin_at = begins.append
    free_from = [-np.inf] * servers
    # Two loops, and no function for the larger of two: each would cost a third of the time.
    if patience is None:
        for arrival, service in zip(arrivals.tolist(), kept.tolist(), strict=True):
            free = free_from[0]
            begin = arrival if free < arrival else free  # noqa: FURB136
            begin_at(begin)
            replace(free_from, begin + service)
    else:
        for arrival, service, limit in zip(arrivals.tolist(), kept.tolist(), patience.tolist(), strict=True):
            free = free_from[0]
            if free - arrival > limit:
                begin_at(np.inf)
            else:
                begin = arrival if free < arrival else free  # noqa: FURB136
                begin_at(begin)
                replace(free_from, begin + service)
    return np.array(begins)


def _selling_when_idle(
    arrivals: Floats, services: Floats, servers: int, patience: Floats | None, sales: Floats
) -> tuple[Floats, Bools]:
    """Return when each service begins, and to whom something was to be sold as nobody waited.

    A server is kept as the time it is free from and the customer whose service ended then (-1: nothing to
    sell any more). Whether it sells is found out when its turn comes: until then nobody needs to know.
    """
    begins: list[float] = []
    effort, sold = sales.tolist(), np.zeros(len(arrivals), dtype=np.bool_)
    free_from = [(-np.inf, -1)] * servers
    limits = repeat(np.inf) if patience is None else patience.tolist()
    for customer, (arrival, service, limit) in enumerate(
        zip(arrivals.tolist(), services.tolist(), limits, strict=False)
    ):
        free, last = free_from[0]
        while last >= 0 and free < arrival:
            # Nobody waited when that service ended: all who had come before are served or gone.
            sold[last] = effort[last] > 0.0
            heapq.heapreplace(free_from, (free + effort[last], -1))
            free, last = free_from[0]
        if free - arrival > limit:
            begins.append(np.inf)
        else:
            begins.append(max(free, arrival))
            heapq.heapreplace(free_from, (begins[-1] + service, customer))
    for _, last in free_from:
        if last >= 0:
            sold[last] = effort[last] > 0.0
    return np.array(begins), sold
