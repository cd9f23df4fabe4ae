"""What a placement or a policy is judged by in the change-order process."""

from __future__ import annotations

from typing import Final, NamedTuple


class Outcome(NamedTuple):
    """What a screen says about one outcome."""

    name: str
    title: str
    unit: str
    direction: str
    meaning: str


_LOWER: Final = "lower is better"
_CHANGES: Final = "per 1,000 changes"
#: All outcomes, in the order of tables.
OUTCOME_TABLE: Final = (
    Outcome(
        "decision_time",
        "From the wish to a decision",
        "working hours",
        _LOWER,
        "From when a customer asks for a change until it is settled, on average over all who were answered.",
    ),
    Outcome(
        "dispute_time",
        "Time to settle a quarrel",
        "working days",
        _LOWER,
        "From the quarrel to its decision, on average over the quarrels that no rule settles on the spot.",
    ),
    Outcome(
        "desk_wait",
        "Customers wait",
        "minutes",
        _LOWER,
        "Until somebody at the desk has time for them or they give up, on average.",
    ),
    Outcome(
        "disputes",
        "Quarrels",
        _CHANGES,
        _LOWER,
        "Customer service insists on what it promised, and operations say no.",
    ),
    Outcome(
        "escalations",
        "Quarrels that climb",
        _CHANGES,
        _LOWER,
        "Neither a rule nor the head of customer service settles them, but a manager above or a contract.",
    ),
    Outcome(
        "top",
        "Quarrels that the top decides",
        _CHANGES,
        _LOWER,
        "They climb, and the manager who decides in the end is one of the top executives.",
    ),
    Outcome(
        "false_promises",
        "False promises",
        _CHANGES,
        _LOWER,
        "Promised without having seen the schedule, in which there was no room in time.",
    ),
    Outcome(
        "rework",
        "Rework",
        _CHANGES,
        _LOWER,
        "Changes made after production of the order had started.",
    ),
    Outcome(
        "late_orders",
        "Late orders",
        "per 1,000 orders",
        _LOWER,
        "Planned only after their production was to start, or changed after it had started.",
    ),
    Outcome(
        "customers_lost",
        "Customers lost",
        _CHANGES,
        _LOWER,
        "Those who give up waiting at the desk, and those who leave after a promise was broken.",
    ),
    Outcome(
        "billing_corrections",
        "Corrected bills",
        _CHANGES,
        _LOWER,
        "What was confirmed is not what was made: rework, or a promise that was not kept.",
    ),
    Outcome(
        "manager_hours",
        "Managers' time for quarrels",
        "hours a week",
        _LOWER,
        "Decisions asked of all managers together, the head of customer service included.",
    ),
)
OUTCOME_NAMES: Final = tuple(outcome.name for outcome in OUTCOME_TABLE)
