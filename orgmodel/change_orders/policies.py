"""Policies: what can be done about quarrels without moving anybody. Presets: whose numbers to begin with.

>>> from orgmodel.change_orders.parameters import Parameters
>>> POLICIES["rules"].applied(Parameters()).rule_coverage
0.6
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final

from orgmodel.change_orders.parameters import SELLING, Parameters
from orgmodel.errors import StudyError
from orgmodel.wording import quoted


@dataclass(frozen=True)
class Policy:
    """Something to be done, as other values of some numbers of the process.

    Attributes
    ----------
    key, title : str
    changes : mapping
        Values by the names of `Parameters`.
    at_least : bool
        Whether more of it stays where there is more already: who sees 90 % of the schedule loses nothing by
        a system that shows 80 %. For selling, more is more restraint.

    Raises
    ------
    StudyError
        When it changes how busy operations are: that is what a study goes through.
    AssumptionError
        When it changes something unknown, or to a value that is not possible.

    """

    key: str
    title: str
    changes: Mapping[str, Any] = field(hash=False)  # a plain dict, which can be sent to other processes
    at_least: bool = False

    def __post_init__(self) -> None:
        """Check the changes."""
        if "planning_utilisation" in self.changes:
            raise StudyError(
                f"The policy {quoted(self.title)} changes planning_utilisation; leave it out, a study goes "
                "through the utilisations of its plan."
            )
        object.__setattr__(self, "changes", dict(self.changes))
        self.applied(Parameters())

    def applied(self, parameters: Parameters) -> Parameters:
        """Return the numbers under this policy."""
        wanted = parameters.replaced(**self.changes)
        if not self.at_least:
            return wanted
        kept = [name for name in self.changes if _rank(parameters, name) > _rank(wanted, name)]
        return wanted.replaced(**{name: getattr(parameters, name) for name in kept})


def _rank(parameters: Parameters, name: str) -> float:
    value = getattr(parameters, name)
    return list(SELLING).index(value) if name == "selling" else value


@dataclass(frozen=True)
class Preset:
    """Numbers to begin with; what is not named has its default. All of them are assumptions."""

    key: str
    title: str
    describes: str
    changes: Mapping[str, Any] = field(hash=False)


_TRANSPARENCY: Final = {"transparency": 0.8}
_RULES: Final = {"rule_coverage": 0.6}
_DELEGATION: Final = {"delegation": 0.7}

POLICIES: Final[Mapping[str, Policy]] = MappingProxyType(
    {
        policy.key: policy
        for policy in (
            Policy("as_today", "Nothing changed", {}),
            Policy("transparency", "Shared system", _TRANSPARENCY, at_least=True),
            Policy("rules", "Rules", _RULES, at_least=True),
            Policy("delegation", "Delegation", _DELEGATION, at_least=True),
            Policy("all", "All three", {**_TRANSPARENCY, **_RULES, **_DELEGATION}, at_least=True),
            # The same right to decide, but those who have it ask their boss all the same.
            Policy(
                "asking", "Delegation, but people ask", {**_DELEGATION, "communication": 0.7}, at_least=True
            ),
            Policy("selling_idle", "Sell only when nobody waits", {"selling": "idle"}, at_least=True),
        )
    }
)

PRESETS: Final[Mapping[str, Preset]] = MappingProxyType(
    {
        preset.key: preset
        for preset in (
            Preset(
                "make_to_order",
                "Make-to-order plant",
                "Customers change orders that wait for a slot in the production schedule; a change after "
                "production has begun is rework.",
                {},
            ),
            Preset(
                "service_desk",
                "Service desk",
                "Users change requests that wait for a technician; what was begun has to be done again.",
                {
                    "change_share": 0.2,
                    "lead_time": 16.0,
                    "planning_time": 0.5,
                    "slack": 1.0,
                    "service_time": 8.0,
                    "leaving": 0.02,
                },
            ),
            Preset(
                "bank",
                "Bank",
                "Customers change applications that wait in the back office; a change after the papers are "
                "drawn up means drawing them up again.",
                {
                    "change_share": 0.15,
                    "lead_time": 80.0,
                    "planning_time": 1.5,
                    "slack": 4.0,
                    "service_time": 10.0,
                    "granted": 0.3,
                },
            ),
        )
    }
)
