"""One change to the chart: which single one improves the total of customer service most.

Four kinds of change are tried: another boss, a dotted line with some say to somebody customer service needs,
working together with them (a tie), and letting somebody nearer decide for them (a delegation). Each is made
on a copy of the chart, and what is promised is the total of that copy, computed anew.

What is drawn changes what the chart says, not what people do: a tie that nobody lives improves nothing.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, NamedTuple

import numpy as np
from scipy.sparse import csgraph

from orgmodel.assumptions import Assumptions
from orgmodel.criteria import scores_of
from orgmodel.edits import Connect, Move, Operation, Several, operation_to_json
from orgmodel.errors import OrgModelError
from orgmodel.explanations import listed
from orgmodel.functions import FUNCTION_TITLES
from orgmodel.indicators import INDICATORS
from orgmodel.lines import Floats, FurtherManager, Tie
from orgmodel.organization import Organization
from orgmodel.paths import lines_of, network
from orgmodel.ranking import WORST, Ranking, totals
from orgmodel.sweep import Survey
from orgmodel.wording import counted as number_of

MoveKind = Literal["boss", "dotted", "tie", "delegation"]
#: With how much of the authority a dotted line is drawn. Our assumption: enough to be asked.
SAY: Final = 0.2
_MOST_BOSSES: Final = 3
#: Boxes times places of customer service times changes that are tried: some five seconds.
_MOST_WORK: Final = 8_000_000
#: A gain of less, in points of 100, is none: it could not be read from the numbers shown.
_HARDLY: Final = 0.05
_TOLERANCE: Final = 1e-9


@dataclass(frozen=True)
class NextMove:
    """One change, ready to be made.

    Attributes
    ----------
    kind : str
        ``boss``, ``dotted``, ``tie`` or ``delegation``.
    title : str
        What to do, as a sentence would say it; plain text with names from the user's file.
    short : str
        The same in a few words, for a picture.
    operation : Operation or None
        The change of the chart; None for a delegation.
    assumptions : Assumptions or None
        The assumptions after a delegation, with the decision owners it names; None for a change of the chart.
    total_before, total_after : float
        0 best, 100 worst.
    lines : int
        How many lines are drawn or moved: one for each part of customer service that it takes.
    revealed : float
        Points of the gain that are none of the company's: for a number that cannot be told today the total
        counts the worst, and after the change it can be told.
    changed : mapping of str to (float, float)
        The indicators that are different, by name: before and after.

    """

    kind: MoveKind
    title: str
    short: str
    operation: Operation | None
    assumptions: Assumptions | None
    total_before: float
    total_after: float
    lines: int
    revealed: float
    changed: Mapping[str, tuple[float, float]]

    @property
    def gain(self) -> float:
        """By how many points of 100 the total improves."""
        return self.total_before - self.total_after

    @property
    def gain_each(self) -> float:
        """The points that each line gains, without those that only come from knowing more: the order."""
        return (self.gain - self.revealed) / self.lines

    @property
    def brings(self) -> str:
        """The words of a screen: the points in all and for each line."""
        said = f"{self.gain:.1f} points better"
        if self.lines > 1:
            said += f" with {number_of(self.lines, 'line')}, {self.gain / self.lines:.1f} each"
        if self.revealed > _HARDLY:
            said += f"; {self.revealed:.1f} of them only because more can be told then"
        return said

    def to_json(self) -> dict[str, Any]:
        """Return it as data: what to do as an operation, or as decision owners."""
        return {
            "kind": self.kind,
            "title": self.title,
            "operation": None if self.operation is None else operation_to_json(self.operation),
            "owners": None if self.assumptions is None else dict(self.assumptions.owners),
            "total_before": self.total_before,
            "total_after": self.total_after,
            "gain": self.gain,
            "lines": self.lines,
            "revealed": self.revealed,
            "changed": {
                name: [value if math.isfinite(value) else None for value in values]
                for name, values in self.changed.items()
            },
        }


class _Proposal(NamedTuple):
    """A change that may be worth it."""

    kind: MoveKind
    title: str
    short: str
    lines: int = 1
    operation: Operation | None = None
    owners: Mapping[str, tuple[str, ...]] | None = None


def next_moves(survey: Survey, ranking: Ranking) -> tuple[NextMove, ...]:
    """Return the single changes that improve the total, by what each line of them gains, the best first.

    Tried are the three other bosses whose total is best of those that are compared; a dotted line and a tie
    to the head of every needed function; and for each of these the nearest person of the same function below
    them as another who may decide. A unit of several nodes gets the line from each of them; in a very large
    chart with service in many places only the functions needed most are tried. A change that the chart does
    not allow is not tried, and one that gains nothing is not returned: a number that can be told only after
    the change is no gain.

    ``survey`` is as in `orgmodel.ranking.rank`: under the assumptions with what follows from the answers.

    >>> from orgmodel import Organization, decide
    >>> org = Organization.from_columns(
    ...     ["ceo", "sales", "ops", "cs"], [None, "ceo", "ceo", "sales"],
    ...     functions=["executive", "sales", "operations", "customer_service"],
    ... )
    >>> decide(org, "cs").moves[0].title
    'Let customer service report to ops'
    """
    before = survey.judged(None).values
    total_before = _total(before, ranking)
    found = []
    proposals = itertools.chain(_bosses(survey, ranking), _lines(survey), _delegations(survey))
    most = max(1, _MOST_WORK // (len(survey.organization) * len(survey.unit)))
    for proposal in itertools.islice(proposals, most):
        after = _values_after(survey, proposal)
        if after is None:
            continue
        total_after, revealed = _total(after, ranking), _revealed(before, after, ranking)
        if total_before - total_after - revealed <= _HARDLY:
            continue
        found.append(
            NextMove(
                kind=proposal.kind,
                title=proposal.title,
                short=proposal.short,
                operation=proposal.operation,
                assumptions=None if proposal.owners is None else _with_owners(ranking.assumptions, proposal),
                total_before=total_before,
                total_after=total_after,
                lines=proposal.lines,
                revealed=revealed,
                changed={
                    item.name: (before[item.name], after[item.name])
                    for item in INDICATORS
                    if _differ(before[item.name], after[item.name])
                },
            )
        )
    return tuple(sorted(found, key=lambda move: -move.gain_each))


def _total(values: Mapping[str, float], ranking: Ranking) -> float:
    return float(totals(scores_of(values), ranking.weights)[0])


def _revealed(before: Mapping[str, float], after: Mapping[str, float], ranking: Ranking) -> float:
    """Return the points that the total improves only because a number can be told that could not before."""
    hidden, told = scores_of(before)[0], scores_of(after)[0]
    return float(ranking.weights @ np.where(np.isnan(hidden) & ~np.isnan(told), WORST - told, 0.0))


def _values_after(survey: Survey, proposal: _Proposal) -> Mapping[str, float] | None:
    """Return every indicator after a change; None where the chart does not allow it."""
    try:
        if proposal.operation is None:
            return survey.varied(_with_owners(survey.assumptions, proposal)).judged(None).values
        chart = proposal.operation.applied(survey.organization)
        return Survey(chart, survey.unit, survey.assumptions).judged(None).values
    except OrgModelError:
        return None


def _with_owners(assumptions: Assumptions, proposal: _Proposal) -> Assumptions:
    return assumptions.replaced(owners={**assumptions.owners, **(proposal.owners or {})})


def _differ(before: float, after: float) -> bool:
    return not np.isclose(before, after, rtol=0.0, atol=_TOLERANCE, equal_nan=True)


# ---------------------------------------------------------------------- what is tried


def _bosses(survey: Survey, ranking: Ranking) -> Iterator[_Proposal]:
    """Yield the other bosses with the best totals, of those who lead a function."""
    organization = survey.organization
    managers = organization.manager[survey.situation.heads]
    found = []
    for alternative, total in zip(ranking.alternatives, ranking.totals.tolist(), strict=True):
        placement = alternative.placement
        if placement is not None and placement.kind == "under" and not alternative.today:
            row = organization.row(placement.bosses[0][0])
            if moved := int((managers != row).sum()):
                found.append((total, row, moved))
    for _, row, moved in sorted(found)[:_MOST_BOSSES]:
        who = organization.full_label(row)
        title = f"Let {_unit(survey)} report to {who}"
        yield _Proposal(
            "boss", title, f"Report to {who}", moved, Move(survey.unit, str(organization.ids[row]))
        )


def _lines(survey: Survey) -> Iterator[_Proposal]:
    """Yield a dotted line and a tie to the owners of every needed function, the most needed first."""
    organization, needs = survey.organization, survey.assumptions.needs_rescaled
    by_need = sorted(survey.owners, key=lambda function: -needs[function])
    for owner in dict.fromkeys(node for function in by_need for node in survey.owners[function]):
        row = organization.row(owner)
        if survey.situation.inside[row]:
            continue
        who = organization.full_label(row)
        apart = [node for node in survey.unit if not _joined(organization, node, owner)]
        if not apart:
            continue
        dotted = [Connect(FurtherManager(node, owner, "dotted", SAY)) for node in apart]
        ties = [Connect(Tie(node, owner)) for node in apart]
        say = f"with {100 * SAY:.0f} % of the say"
        decides = listed([FUNCTION_TITLES[each] for each in by_need if owner in survey.owners[each]])
        yield _Proposal(
            "dotted",
            f"Draw a dotted line from {_unit(survey)} to {who}, {say}",
            f"Dotted line to {decides} ({organization.label(row)})",
            len(apart),
            _as_one(dotted),
        )
        yield _Proposal(
            "tie",
            f"Let {_unit(survey)} and {who} work together regularly (a tie)",
            f"Work with {decides} ({organization.label(row)})",
            len(apart),
            _as_one(ties),
        )


def _delegations(survey: Survey) -> Iterator[_Proposal]:
    """Yield for every needed function the nearest person below who decides in it."""
    situation, organization = survey.situation, survey.organization
    away = _steps(survey)
    for function, owners in situation.owners.items():
        known = [row for row in owners if not situation.inside[row]]
        if len(known) < len(owners):  # met inside customer service
            continue
        below = np.unique(np.concatenate([organization.subtree(row) for row in known]))
        nearer = away[below] < min(away[known]) - _TOLERANCE
        same = situation.business_functions[below] == function
        rows = below[nearer & same & situation.held[below] & ~situation.inside[below]]
        if not len(rows):
            continue
        nearest = min(rows.tolist(), key=lambda row: (away[row], organization.depth[row], row))
        names = ", ".join(organization.full_label(row) for row in known)
        yield _Proposal(
            "delegation",
            f"Let {organization.full_label(nearest)} decide in {FUNCTION_TITLES[function]} for customer "
            f"service, beside {names}",
            f"{organization.label(nearest)} decides in {FUNCTION_TITLES[function]}",
            owners={function: tuple(str(organization.ids[row]) for row in (*known, nearest))},
        )


def _steps(survey: Survey) -> Floats:
    """Return the steps from customer service to everybody, the mean over its parts by headcount."""
    situation, organization = survey.situation, survey.organization
    lines = lines_of(organization)
    joined = network(lines, lines.measured(survey.assumptions.lengths), len(organization))
    from_heads = csgraph.dijkstra(joined, directed=False, indices=situation.heads)
    led = situation.part_weights > 0
    return np.asarray(situation.part_weights[led] @ from_heads[led])


def _joined(organization: Organization, first: str, second: str) -> bool:
    """Whether a line of any kind joins two nodes."""
    lines, rows = lines_of(organization), (organization.row(first), organization.row(second))
    return bool((lines.touching(rows[0]) & lines.touching(rows[1])).any())


def _as_one(operations: list[Connect]) -> Operation:
    return operations[0] if len(operations) == 1 else Several(tuple(operations))


def _unit(survey: Survey) -> str:
    places = len(survey.unit)
    return "customer service" if places == 1 else f"customer service in its {places} places"
