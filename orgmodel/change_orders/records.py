"""What a simulation leaves behind: one record per change, per order, and per manager a quarrel came to."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Final

import numpy as np
import pandas as pd

from orgmodel.change_orders.parameters import Parameters
from orgmodel.change_orders.process import Process
from orgmodel.lines import Bools, Floats, Ints

#: What can become of a change; its place is the code in the records.
OUTCOMES: Final = ("gave_up", "absorbed", "told", "given_in", "rule", "head", "manager", "contract")
GAVE_UP, ABSORBED, TOLD, GIVEN_IN, RULE, HEAD, MANAGER, CONTRACT = range(len(OUTCOMES))


class _Table:
    def frame(self) -> pd.DataFrame:
        """Return the records as a table, one row each."""
        return pd.DataFrame({item.name: getattr(self, item.name) for item in fields(self)})  # type: ignore[arg-type]


@dataclass(frozen=True, eq=False)
class Changes(_Table):
    """One record per change that was asked for; times in working hours.

    Attributes
    ----------
    asked, answered : arrays
        When the customer came to the desk, and when the desk had heard the wish; infinite for who gave up.
    desk_wait : array
        Minutes in the line; for those who gave up until they did.
    part : array of int
        Place of the part of customer service.
    order : array of int
        Place of the order that is to be changed; -1: none was standing.
    production_start : array
        When the production of that order is to start.
    schedule_wait : array
        How long the change would wait for a planner; NaN where it was never asked.
    planned : array
        When a planner would have fitted it in; NaN likewise.
    contested, seen, false_promise, disputed : arrays of bool
        Whether operations cannot take it in within the slack; whether the desk saw the schedule; whether it
        promised in vain; whether that became a quarrel.
    outcome : array of int
        Place in `OUTCOMES`.
    decided_by : array of int
        Place of the manager who decided; -1: nobody of the chart had to.
    level : array of int
        0 for the head of customer service, 1 for the boss, 2 for theirs, and so on; -1 for nobody.
    decided : array
        When it was decided: at once (``answered``) where nobody had to; infinite for who gave up.
    granted : array of bool
        Whether the decision of a quarrel was a yes.
    done, rework : arrays of bool
        Whether the change was made, and whether production had started by then.
    left : array of bool
        Whether the customer left because of a broken promise.
    billing_correction : array of bool
        Whether what was confirmed is not what was made: rework, or a promise that was not kept.

    """

    asked: Floats
    answered: Floats
    desk_wait: Floats
    part: Ints
    order: Ints
    production_start: Floats
    schedule_wait: Floats
    planned: Floats
    contested: Bools
    seen: Bools
    false_promise: Bools
    disputed: Bools
    outcome: Ints
    decided_by: Ints
    level: Ints
    decided: Floats
    granted: Bools
    done: Bools
    rework: Bools
    left: Bools
    billing_correction: Bools


@dataclass(frozen=True, eq=False)
class Orders(_Table):
    """One record per order: entered, planned, due to start production; late by its planning or by rework."""

    entered: Floats
    planned: Floats
    production_start: Floats
    late: Bools
    reworked: Bools


@dataclass(frozen=True, eq=False)
class Visits(_Table):
    """One record per manager whom a quarrel came to, in the order of changes and levels."""

    change: Ints
    manager: Ints
    level: Ints
    arrived: Floats
    begun: Floats
    ended: Floats


@dataclass(frozen=True, eq=False)
class Records:
    """All records of one replication."""

    process: Process
    parameters: Parameters
    changes: Changes
    orders: Orders
    visits: Visits

    @property
    def events(self) -> int:
        """Events of the changes: arrival, begin and end at every station; giving up is one."""
        gave_up = int(np.count_nonzero(self.changes.outcome == GAVE_UP))
        at_desk_and_plan = 6 * (len(self.changes.asked) - gave_up) + 2 * gave_up
        contracts = int(np.count_nonzero(self.changes.outcome == CONTRACT))
        return at_desk_and_plan + 3 * len(self.visits.change) + 2 * contracts
