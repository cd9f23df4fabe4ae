"""A plan as a file: TOML that names placements by their structures, so that it fits any chart.

>>> print(plan_text(["today", {"00341": 1.0}], ["as_today"], utilisations=[0.8]).splitlines()[0])
placements = ["today", { "00341" = 1.0 }]
"""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final

from orgmodel.alternatives import FUNCTION_OF, Alternative, Alternatives, alternatives
from orgmodel.change_orders.parameters import NAMES, Parameters
from orgmodel.change_orders.policies import POLICIES, PRESETS, Policy
from orgmodel.change_orders.process import process_of
from orgmodel.change_orders.study import Plan
from orgmodel.errors import StudyError
from orgmodel.placement import Placement
from orgmodel.sweep import Survey
from orgmodel.wording import quoted

_TODAY: Final = "today"
#: A structure or an id; several ids with equal shares; ids with their shares.
NamedPlacement = str | Sequence[str] | Mapping[str, float]
_NUMBERS: Final = ("utilisations", "replications", "changes", "warm_up", "seed")
_KEYS: Final = ("preset", "placements", "policies", "parameters", *_NUMBERS)


@dataclass(frozen=True)
class StudyFile:
    """A plan that knows no chart yet. What it does not say has the default of a `Plan`.

    Attributes
    ----------
    placements : tuple
        As they are named in the file.
    policies : tuple of Policy
    parameters : mapping
        What differs from the assumptions.
    numbers : mapping
        Further fields of a `Plan`.

    """

    placements: tuple[NamedPlacement, ...]
    policies: tuple[Policy, ...] = (POLICIES["as_today"],)
    parameters: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    numbers: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))

    def on(self, survey: Survey) -> Plan:
        """Return the plan on a chart.

        Two names of one place, such as "today" and "operations", are one placement.

        Raises
        ------
        StudyError
            When the chart has no such place, and when the plan is not possible.
        PlacementError
            When a placement is not possible on this chart, or the chart has no operations.

        """
        known = alternatives(survey)
        named = (_alternative(name, known, survey) for name in self.placements)
        found = {item.key: item for item in named}
        titles = titles_of(found.values())
        processes = tuple(process_of(survey, item.placement, titles[key]) for key, item in found.items())
        return Plan(
            processes, self.policies, Parameters.of(survey.assumptions, **self.parameters), **self.numbers
        )


def titles_of(found: Iterable[Alternative]) -> dict[str, str]:
    """Return what placements are called by key, today's so that everybody sees it is, all differently."""
    titles: dict[str, str] = {}
    often: Counter[str] = Counter()
    for item in found:
        title = f"{item.title} (today)" if item.today and item.key != _TODAY else item.title
        often[title] += 1
        titles[item.key] = title if often[title] == 1 else f"{title} ({often[title]})"
    return titles


def read_plan(text: str) -> StudyFile:
    """Return the plan in a TOML file.

    Raises
    ------
    StudyError
        When it is not TOML or says something unknown.

    >>> read_plan('placements = ["today", "sales"]').placements
    ('today', 'sales')

    """
    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise StudyError(f"The plan is not TOML: {error}.") from None
    if unknown := [key for key in said if key not in _KEYS]:
        raise StudyError(f"{quoted(unknown[0])} is nothing a plan can say; it can say {', '.join(_KEYS)}.")
    preset, parameters = said.get("preset"), said.get("parameters", {})
    if preset is not None and (not isinstance(preset, str) or preset not in PRESETS):
        raise StudyError(f"{quoted(str(preset))} is no preset; known are {', '.join(PRESETS)}.")
    if not isinstance(parameters, dict):
        raise StudyError(f"parameters is {parameters!r}; write its numbers under a line [parameters].")
    if "planning_utilisation" in parameters:
        raise StudyError("planning_utilisation is not a parameter of a study; list it under utilisations.")
    placements = _listed(said, "placements", [])
    if not placements:
        raise StudyError('The plan names no placement; write such as placements = ["today", "sales"].')
    return StudyFile(
        tuple(_placement(item) for item in placements),
        tuple(_policy(item) for item in _listed(said, "policies", ["as_today"])),
        {**(PRESETS[preset].changes if preset else {}), **parameters},
        {
            key: _listed(said, key, []) if key == "utilisations" else said[key]
            for key in _NUMBERS
            if key in said
        },
    )


def plan_text(
    placements: Sequence[NamedPlacement],
    policies: Sequence[str | Policy],
    parameters: Parameters | None = None,
    **numbers: Any,  # noqa: ANN401  # fields of a Plan
) -> str:
    """Return the TOML that `read_plan` reads: what a page offers to keep.

    ``parameters`` are written in full. What the process has from the assumptions otherwise, such as how many
    people are at the desk and how often they sell, is not: the same study needs the same assumptions.

    >>> text = plan_text(["today"], ["rules"], Parameters(slack=3.0), replications=4)
    >>> read_plan(text).parameters["slack"], read_plan(text).numbers
    (3.0, {'replications': 4})

    """
    lines = [
        f"placements = {_toml(list(placements))}",
        f"policies = {_toml([_policy_as_data(item) for item in policies])}",
        *(f"{key} = {_toml(value)}" for key, value in numbers.items()),
    ]
    if parameters is not None:
        lines += ["", "# The desks come from the assumptions: --assumptions FILE.toml.", "[parameters]"]
        lines += [
            f"{name} = {_toml(getattr(parameters, name))}" for name in NAMES if name != "planning_utilisation"
        ]
    return "\n".join(lines) + "\n"


# ---------------------------------------------------------------------- from data


def _listed(said: Mapping[str, Any], key: str, default: list[Any]) -> list[Any]:
    value = said.get(key, default)
    if not isinstance(value, list):
        raise StudyError(f"{key} is {value!r}; write a list in brackets.")
    return value


def _placement(item: object) -> NamedPlacement:
    if isinstance(item, str):
        return item
    if isinstance(item, list) and item and all(isinstance(boss, str) for boss in item):
        return tuple(item)
    if isinstance(item, dict) and item:
        return item
    raise StudyError(
        f"The placement {item!r} is not possible; name a structure, an id, ids in brackets, or ids with "
        'shares such as { "00341" = 0.5, "00090" = 0.5 }.'
    )


def _policy(item: object) -> Policy:
    if isinstance(item, str) and item in POLICIES:
        return POLICIES[item]
    if isinstance(item, dict) and isinstance(title := item.get("title"), str) and title.strip():
        return Policy(title, title, {key: value for key, value in item.items() if key != "title"})
    name = quoted(item) if isinstance(item, str) else repr(item)
    raise StudyError(
        f"The policy {name} is not known; known are {', '.join(POLICIES)}, or describe your own such as "
        '{ title = "Half the rules", rule_coverage = 0.3 }.'
    )


def _alternative(name: NamedPlacement, known: Alternatives, survey: Survey) -> Alternative:
    """Return the place on the chart that a plan names."""
    if isinstance(name, str) and (found := _by_key(name, known)):
        return found
    if isinstance(name, str):
        return _added(Placement.under(_boss(name, known, survey)), survey)
    shares = name if isinstance(name, Mapping) else dict.fromkeys(name, 1 / len(name))
    return _added(
        Placement.shared({_boss(boss, known, survey): share for boss, share in shares.items()}), survey
    )


def _by_key(name: str, known: Alternatives) -> Alternative | None:
    for item in known.kept:
        if name == item.key or (name == _TODAY and item.today):
            return item
    return None


def _added(placement: Placement, survey: Survey) -> Alternative:
    """Return a placement of one's own; one that is there already counts as that."""
    found = alternatives(survey, [placement])
    place = placement.kind, set(placement.bosses)
    for item in found.kept:
        there = item.placement
        if item.key.startswith("added:") or (there and (there.kind, set(there.bosses)) == place):
            return item
    if gone := [item for item in found.missing if not item.structure]:
        raise StudyError(f"{gone[0].title}: {gone[0].reason} Choose another placement.")
    return next(item for item in found.kept if item.today)


def _boss(name: str, known: Alternatives, survey: Survey) -> str:
    """Return the id of a boss: named by it, or as the head of a function."""
    if name in survey.organization.row_of:
        return name
    if name in FUNCTION_OF and (found := _by_key(name, known)):
        if found.placement is not None:
            return found.placement.bosses[0][0]
        heads = survey.situation.heads
        return str(survey.organization.ids[survey.organization.manager[heads[0]]])
    if missing := [item for item in known.missing if item.structure == name]:
        raise StudyError(f"{missing[0].reason} Leave {quoted(name)} out of the plan, or name somebody by id.")
    keys = ", ".join(dict.fromkeys([_TODAY, *(item.key for item in known.kept)]))
    raise StudyError(f"{quoted(name)} is no placement on this chart: neither an id nor one of {keys}.")


# ---------------------------------------------------------------------- to TOML


def _policy_as_data(policy: str | Policy) -> object:
    if isinstance(policy, Policy) and policy != POLICIES.get(policy.key):
        return {"title": policy.title, **policy.changes}
    return policy.key if isinstance(policy, Policy) else policy


def _toml(value: object) -> str:
    """Return a value as TOML writes it."""
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_toml(str(key))} = {_toml(item)}" for key, item in value.items()) + " }"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_toml, value))}]"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return str(value).lower()
