"""The change-order process a second time, event by event, in simpy: one calendar, every customer a process.

It takes the draws of `orgmodel.change_orders.draws` and shares nothing else with the program: no station is
gone through by itself, lines are kept by simpy, and planners tell a wait by looking at what lies before them.
"""

import heapq
import math
from collections import defaultdict

import numpy as np
import simpy

from orgmodel.change_orders.draws import CONTACTS_PER_CHANGE, draws

MINUTES = 60.0
HOURS_A_DAY = 8.0
NOBODY = -1


def station(arrivals, services, servers, *, patience=None, sales=None, idle_only=False):
    """When services begin and end (infinite for who gave up), and to whom something was to be sold."""
    env = simpy.Environment()
    desk = simpy.Resource(env, servers)
    count = len(arrivals)
    begins, ends, attempted = np.full(count, math.inf), np.full(count, math.inf), np.zeros(count, bool)

    def customer(place):
        with desk.request() as turn:
            if patience is None:
                yield turn
            else:
                yield turn | env.timeout(patience[place])
                if not turn.triggered:
                    return
            begins[place] = env.now
            yield env.timeout(services[place])
            ends[place] = env.now
            if sales is not None and sales[place] > 0 and not (idle_only and desk.queue):
                attempted[place] = True
                yield env.timeout(sales[place])

    def come():
        for place, arrival in enumerate(arrivals):
            yield env.timeout(arrival - env.now)
            env.process(customer(place))

    env.process(come())
    env.run()
    return begins, ends, attempted


class Plant:
    """Desks, planners and managers on one calendar, in working hours; `tables` are what came of it."""

    def __init__(self, process, parameters, changes, seed, replication):
        self.process, self.parameters = process, parameters
        self.draws = draws(process, parameters, changes, seed, replication)
        self.env = simpy.Environment()
        self.planners = simpy.Resource(self.env, parameters.planners)
        self.in_line, self.free_at = [], []
        self.managers = [simpy.Resource(self.env) for _ in process.managers]
        self.standing, self.orders = [], []
        self.changes = [defaultdict(lambda: False) for _ in range(changes)]
        self.visits = [[] for _ in range(changes)]
        self.desks = [list(zip(*self._desk(place), strict=True)) for place in range(len(process.parts))]
        for place in range(len(self.draws.waiting_planning)):
            self.env.process(self._planned(("before", place)))
        self.env.process(self._work_comes())
        self.env.run()
        for change in self.changes:
            if change["rework"] and change["order"] != NOBODY:
                self.orders[change["order"]]["reworked"] = True
        for order in self.orders:
            order["late"] = order["reworked"] or order["planned"] > order["production_start"]

    @property
    def tables(self):
        """Rows of changes, of orders, and of visits in the order of changes."""
        return self.changes, self.orders, [visit for visits in self.visits for visit in visits]

    def _desk(self, place):
        """Minutes in the line and until the answer (infinite for who gave up) of every change of a part."""
        part, contacts, p = self.process.parts[place], self.draws.contacts[place], self.parameters
        met = slice(CONTACTS_PER_CHANGE - 1, None, CONTACTS_PER_CHANGE)
        if part.load == 0:  # software answers everybody else
            return np.zeros(len(contacts.gaps[met])), contacts.services[met] * p.service_time
        arrivals = np.cumsum(contacts.gaps * (p.service_time / part.load))
        patience = contacts.patience * p.patience if p.patience > 0 else np.full(len(arrivals), math.inf)
        tries = (contacts.attempts < part.sales_attempts) & (p.selling != "never")
        begins, ends, _ = station(
            arrivals,
            contacts.services * p.service_time,
            part.agents,
            patience=patience if p.patience > 0 else None,
            sales=contacts.sales * p.sales_time * tries,
            idle_only=p.selling == "idle",
        )
        return np.minimum(begins - arrivals, patience)[met], (ends - arrivals)[met]

    def _work_comes(self):
        pieces = {int(piece): change for change, piece in enumerate(self.draws.pieces)}
        for piece, gap in enumerate(self.draws.gaps):
            yield self.env.timeout(gap / self.parameters.work_rate)
            self.env.process(
                self._change(pieces[piece], piece)
                if piece in pieces
                else self._order(len(self.orders), piece)
            )

    def _order(self, place, piece):
        start = self.env.now + self.parameters.lead_time
        order = {"entered": self.env.now, "production_start": start, "reworked": False}
        self.orders.append(order)
        self.env.process(self._stands(place))
        yield from self._planned(piece)
        order["planned"] = self.env.now

    def _stands(self, place):
        self.standing.append(place)
        yield self.env.timeout(self.parameters.lead_time)
        self.standing.remove(place)

    def _wait_ahead(self):
        """How long who comes now will wait for a planner, by what lies before."""
        free = [*self.free_at, *[self.env.now] * (self.parameters.planners - len(self.free_at))]
        heapq.heapify(free)
        for piece in self.in_line:
            heapq.heapreplace(free, free[0] + self._planning(piece))
        return free[0] - self.env.now

    def _planning(self, piece):
        if isinstance(piece, tuple):  # there before the start
            return self.draws.waiting_planning[piece[1]] * self.parameters.planning_time
        return self.draws.planning[piece] * self.parameters.planning_time

    def _planned(self, piece):
        arrived, ahead = self.env.now, self._wait_ahead()
        self.in_line.append(piece)
        with self.planners.request() as turn:
            yield turn
            assert abs(self.env.now - arrived - ahead) < 1e-9  # the schedule holds what it says
            self.in_line.remove(piece)
            end = self.env.now + self._planning(piece)
            self.free_at.append(end)
            yield self.env.timeout(self._planning(piece))
            self.free_at.remove(end)

    def _change(self, number, piece):
        change, p, env = self.changes[number], self.parameters, self.env
        change["part"] = place = int(self.draws.part[number])
        part = self.process.parts[place]
        change |= {"asked": env.now, "answered": math.inf, "decided": math.inf, "schedule_wait": math.nan}
        change |= {"planned": math.nan, "outcome": "gave_up", "decided_by": NOBODY, "level": NOBODY}
        left = self.draws.order[number] * p.lead_time
        change |= {"order": NOBODY, "production_start": env.now + left}
        before = max(p.lead_time - env.now, 0.0)  # orders with less of it left were entered before the start
        if self.standing and left >= before:
            turn = (left - before) / (p.lead_time - before) * len(self.standing)
            change["order"] = self.standing[min(int(turn), len(self.standing) - 1)]
            change["production_start"] = self.orders[change["order"]]["production_start"]
        change["desk_wait"], until_answer = self.desks[place].pop(0)
        if until_answer == math.inf:
            return
        yield env.timeout(until_answer / MINUTES)
        change["answered"] = change["decided"] = env.now
        change["schedule_wait"] = self._wait_ahead()
        change["contested"] = change["schedule_wait"] > p.slack
        see = p.transparency * (p.contract_alpha if part.provider else 1.0)
        change["seen"] = self.draws.seen[number] < see
        change["false_promise"] = change["contested"] and not change["seen"]
        if change["false_promise"]:
            env.process(self._promised(number))
        yield from self._planned(piece)
        change["planned"] = env.now
        if not change["false_promise"]:
            in_time = env.now <= change["production_start"]
            change["outcome"] = "told" if change["contested"] else "absorbed"
            change["done"] = in_time or not change["seen"]
            change["rework"] = change["billing_correction"] = change["done"] and not in_time

    def _promised(self, number):
        """What becomes of a promise that cannot be kept."""
        change, p, drawn = self.changes[number], self.parameters, self.draws
        part = self.process.parts[change["part"]]
        unlike = (1 - p.quarrel_floor) * part.disagreement * p.planning_utilisation
        change["disputed"] = drawn.disputed[number] < p.quarrel_floor + unlike
        if not change["disputed"]:
            change["outcome"] = "given_in"
        elif drawn.rule[number] < p.rule_coverage:
            change["outcome"] = "rule"
        elif drawn.delegated[number] < p.delegation * (1 - p.communication):
            change["outcome"] = "head"
            yield from self._decision(number, 0, part.head)
        elif part.route:
            for level, manager in enumerate(part.route, 1):
                yield from self._decision(number, level, manager)
            change["outcome"] = "manager"
        else:
            change["outcome"] = "contract"
            yield self.env.timeout(drawn.contract[number] * p.contract_days * HOURS_A_DAY)
        change["decided"] = self.env.now
        change["granted"] = change["disputed"] and drawn.granted[number] < p.granted
        change["done"] = change["granted"]
        change["rework"] = change["granted"] and self.env.now > change["production_start"]
        change["left"] = not change["granted"] and drawn.left[number] < p.leaving
        change["billing_correction"] = change["rework"] or not change["granted"]

    def _decision(self, number, level, manager):
        visit = {"change": number, "manager": manager, "level": level, "arrived": self.env.now}
        self.visits[number].append(visit)
        with self.managers[manager].request() as turn:
            yield turn
            visit["begun"] = self.env.now
            yield self.env.timeout(
                self.draws.decisions[level][number] * HOURS_A_DAY / self.parameters.decisions_per_day
            )
            visit["ended"] = self.env.now
        self.changes[number] |= {"decided_by": manager, "level": level}
