"""The random draws of a replication: the same for every placement, policy and utilisation.

Every change has draws of its own, one stream for each kind of draw, so that two placements differ by what
they do with the same customers (common random numbers).

The schedule begins as it is in the long run: near full operations it would otherwise take years of orders
to fill up.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from scipy import special

from orgmodel.change_orders.parameters import Parameters
from orgmodel.change_orders.process import Process
from orgmodel.lines import Floats, Ints
from orgmodel.queues import erlang_c

#: Contacts of the desk from one change to the next on the path on which a change meets the desk.
CONTACTS_PER_CHANGE: Final = 8
#: A stream for each; never reordered, so that a seed keeps its records.
_STREAMS: Final = (
    "orders_before",
    "gaps",
    "planning",
    "part",
    "order",
    "seen",
    "disputed",
    "rule",
    "delegated",
    "granted",
    "left",
    "contract",
    "decisions",
    "contact_gaps",
    "contact_services",
    "contact_patience",
    "contact_attempts",
    "contact_sales",
    "waiting_work",
    "waiting_planning",
)
_Law = Literal["uniform", "exponential"]


@dataclass(frozen=True, eq=False)
class Contacts:
    """The contacts of one desk: unit exponentials, and for attempts to sell uniforms; arrays (C,).

    The k-th change of the part (from 0) is contact number ``CONTACTS_PER_CHANGE * (k + 1) - 1``.
    """

    gaps: Floats
    services: Floats
    patience: Floats
    attempts: Floats
    sales: Floats


@dataclass(frozen=True, eq=False)
class Draws:
    """The draws of one replication with M changes and N pieces of planning work in order of arrival.

    Exponentials have mean 1, uniforms are in [0, 1).

    Attributes
    ----------
    pieces : array of int (M,)
        Place of each change among the pieces of work; all others are orders.
    gaps, planning : arrays (N,)
        Exponentials: time since the piece before, time to plan it.
    waiting_planning : array
        Exponentials: what it still takes to plan the pieces that lie with the planners at the start.
    part : array of int (M,)
        Place of the part where the change is asked for, drawn by the parts' shares.
    order, seen, disputed, rule, delegated, granted, left : arrays (M,)
        Uniforms: which standing order (and, without one, how much of the lead time is left); each other one
        is a yes where it is below its probability.
    contract : array (M,)
        Exponentials: time to agree over a contract.
    decisions : array (levels + 1, M)
        Exponentials: time for a decision by the head of customer service (row 0), the boss (1), and so on.
    contacts : tuple of Contacts
        The desk of each part.

    """

    pieces: Ints
    gaps: Floats
    planning: Floats
    waiting_planning: Floats
    part: Ints
    order: Floats
    seen: Floats
    disputed: Floats
    rule: Floats
    delegated: Floats
    granted: Floats
    left: Floats
    contract: Floats
    decisions: Floats
    contacts: tuple[Contacts, ...]


def draws(process: Process, parameters: Parameters, changes: int, seed: int, replication: int) -> Draws:
    """Return the draws of one replication."""

    def stream(name: str, *further: int) -> np.random.Generator:
        key = (replication, _STREAMS.index(name), *further)
        return np.random.Generator(np.random.PCG64(np.random.SeedSequence(seed, spawn_key=key)))

    def drawn(law: _Law, name: str, size: int, *further: int) -> Floats:
        generator = stream(name, *further)
        return generator.random(size) if law == "uniform" else generator.standard_exponential(size)

    def contacts(place: int, size: int) -> Contacts:
        return Contacts(
            gaps=drawn("exponential", "contact_gaps", size, place),
            services=drawn("exponential", "contact_services", size, place),
            patience=drawn("exponential", "contact_patience", size, place),
            attempts=drawn("uniform", "contact_attempts", size, place),
            sales=drawn("exponential", "contact_sales", size, place),
        )

    orders_before = stream("orders_before").geometric(parameters.change_share, changes) - 1
    pieces = np.cumsum(orders_before) + np.arange(changes)
    work = int(pieces[-1]) + 1
    until = np.cumsum([part.share for part in process.parts])
    part = np.searchsorted(until[:-1], drawn("uniform", "part", changes) * until[-1], side="right")
    asked = np.bincount(part, minlength=len(process.parts))
    uniforms = {
        name: drawn("uniform", name, changes)
        for name in ("order", "seen", "disputed", "rule", "delegated", "granted", "left")
    }
    return Draws(
        pieces=pieces,
        gaps=drawn("exponential", "gaps", work),
        planning=drawn("exponential", "planning", work),
        waiting_planning=drawn(
            "exponential",
            "waiting_planning",
            work_in_the_long_run(
                parameters.planners, parameters.planning_utilisation, stream("waiting_work").random()
            ),
        ),
        part=part,
        **uniforms,
        contract=drawn("exponential", "contract", changes),
        decisions=np.array(
            [drawn("exponential", "decisions", changes, level) for level in range(process.levels + 1)]
        ),
        contacts=tuple(
            contacts(place, CONTACTS_PER_CHANGE * int(count)) for place, count in enumerate(asked)
        ),
    )


def work_in_the_long_run(planners: int, utilisation: float, uniform: float) -> int:
    """Return how many pieces of work lie with the planners, those in work included, in the long run (M/M/c).

    The inverse of the distribution at a uniform in [0, 1): up to c - 1 pieces it is that of Poisson, cut
    off; all planners are busy with probability C of Erlang, and then the number that waits is geometric. Of
    a piece in work the rest takes as long as a whole one: exponentials have no memory.

    >>> [work_in_the_long_run(1, 0.5, uniform) for uniform in (0.49, 0.51, 0.76)]
    [0, 1, 2]
    """
    load = planners * utilisation
    all_busy = float(erlang_c(planners, load))
    if uniform >= 1.0 - all_busy:
        return planners + int(math.log((1.0 - uniform) / all_busy) / math.log(utilisation))
    few = np.arange(planners)
    until = np.cumsum(np.exp(special.xlogy(few, load) - special.gammaln(few + 1.0) - load))
    return int(np.searchsorted(until, uniform / (1.0 - all_busy) * until[-1], side="right"))
