"""Organization health: what a whole chart is like, as context without weight.

None of this ranks the places of customer service: moving one unit changes one line among thousands, so every
possible parent shows nearly the same number. It says what kind of structure the unit moves in.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from orgmodel.authority import branches
from orgmodel.krackhardt import krackhardt
from orgmodel.lines import Floats, Ints, Texts
from orgmodel.mixing import modularity
from orgmodel.organization import BUSINESS_FUNCTIONS, Organization

#: Bands of the span of control, first and last number of direct reports in each.
SPAN_BANDS: Final[tuple[tuple[int, float], ...]] = (
    (1, 1),
    (2, 3),
    (4, 7),
    (8, 12),
    (13, 16),
    (17, math.inf),
)
# Work that belongs to none of the functions is no function.
_KNOWN_FUNCTIONS: Final = tuple(name for name in BUSINESS_FUNCTIONS if name != "other")


@dataclass(frozen=True, eq=False)
class Health:
    """What one chart is like. Undefined numbers are NaN, with the reason in ``undefined`` by their name.

    Attributes
    ----------
    connectedness, hierarchy, efficiency, least_upper_bound : float
        Krackhardt's four dimensions, 0 to 1 (see `orgmodel.krackhardt.krackhardt`): 1 in all four is a pure
        hierarchy with one top. Arcs run from manager to report over **all** lines, solid and further
        (shared, dotted, contract, whatever their share); a tie is an arc in each direction. Several lines
        between the same two nodes in the same direction are one arc.
    modularity_by_function, modularity_by_branch : float
        How much more of the lines stay inside business functions, or inside branches, than chance would have
        it (see `orgmodel.mixing.modularity`; -0.5 to below 1). Each pair of nodes with any line between
        them counts once, with weight 1. A branch is a node directly below a root with everything below it
        over solid lines; a root is a branch of its own. A chart of reporting lines alone is high by
        construction: only ties and further managers cross branches.
    function_coverage : float
        Share of those pairs of which the functions of both nodes are known and not ``other``; the others
        are left out of ``modularity_by_function``. NaN without lines.
    managers : int
        Nodes with at least one direct report over solid lines.
    span_shares : array (6,)
        Share of the managers in each band of `SPAN_BANDS`; NaN without managers.
    mean_span, median_span : float
        Direct reports over solid lines per manager; NaN without managers.
    layer_nodes, layer_people : array
        Nodes, and headcount, in every layer: the roots first, then their direct reports, and so on. Trees
        stand side by side, each with its root in the first layer.
    one_to_one : array of int
        Rows of the managers with exactly one direct report, in the order of the chart.
    undefined : mapping of str to str

    """

    connectedness: float
    hierarchy: float
    efficiency: float
    least_upper_bound: float
    modularity_by_function: float
    modularity_by_branch: float
    function_coverage: float
    managers: int
    span_shares: Floats
    mean_span: float
    median_span: float
    layer_nodes: Ints
    layer_people: Floats
    one_to_one: Ints
    undefined: Mapping[str, str]

    @property
    def layers(self) -> int:
        """Number of layers: the longest way up over solid lines in steps, and one for the node itself."""
        return len(self.layer_nodes)


def organization_health(organization: Organization, functions: Texts) -> Health:
    """Return what a chart is like.

    Parameters
    ----------
    organization : Organization
    functions : array of str
        The business function of every node, as `orgmodel.business_functions` tells it; empty where unknown.

    >>> chart = Organization.from_columns(["ceo", "ops", "cs"], [None, "ceo", "ops"])
    >>> health = organization_health(chart, chart.functions)
    >>> health.layers, health.mean_span, chart.ids[health.one_to_one].tolist()
    (3, 1.0, ['ceo', 'ops'])

    """
    boss, report = _arcs(organization)
    dimensions = krackhardt(len(organization), boss, report)
    undefined = dict(dimensions.undefined)

    a, b = _joined_pairs(boss, report, len(organization))
    branch = branches(organization)
    branch[organization.roots] = organization.roots  # the top is a branch of its own here
    by_branch = modularity(a, b, 1.0, branch)
    codes = _function_codes(functions)
    told = (codes[a] >= 0) & (codes[b] >= 0)
    by_function = modularity(a[told], b[told], 1.0, codes)
    if not len(a):
        undefined["modularity_by_branch"] = "No lines join the nodes of this chart."
    if not told.any():
        undefined["modularity_by_function"] = "No line joins two nodes whose business functions are known."

    spans = organization.span_of_control
    spans_of_managers = spans[spans > 0]
    if not len(spans_of_managers):
        undefined["span"] = "Nobody has direct reports in this chart."
    return Health(
        connectedness=dimensions.connectedness,
        hierarchy=dimensions.hierarchy,
        efficiency=dimensions.efficiency,
        least_upper_bound=dimensions.least_upper_bound,
        modularity_by_function=by_function,
        modularity_by_branch=by_branch,
        function_coverage=float(told.mean()) if len(a) else math.nan,
        managers=len(spans_of_managers),
        span_shares=_shares_of_bands(spans_of_managers),
        mean_span=float(spans_of_managers.mean()) if len(spans_of_managers) else math.nan,
        median_span=float(np.median(spans_of_managers)) if len(spans_of_managers) else math.nan,
        layer_nodes=np.bincount(organization.depth),
        layer_people=np.bincount(organization.depth, organization.headcount).astype(np.float64),
        one_to_one=np.flatnonzero(spans == 1),
        undefined=undefined,
    )


def _arcs(organization: Organization) -> tuple[Ints, Ints]:
    """Return the arcs manager -> report of all lines; a tie is one in each direction."""
    reports = np.flatnonzero(organization.manager >= 0)
    further, ties = organization.further, organization.ties
    return (
        np.concatenate([organization.manager[reports], further.manager, ties.a, ties.b]),
        np.concatenate([reports, further.report, ties.b, ties.a]),
    )


def _joined_pairs(boss: Ints, report: Ints, size: int) -> tuple[Ints, Ints]:
    """Return every pair of nodes that have a line between them, once."""
    low, high = np.minimum(boss, report), np.maximum(boss, report)
    pairs = np.sort(low * size + high)
    first = np.ones(len(pairs), dtype=np.bool_)
    first[1:] = pairs[1:] != pairs[:-1]
    return np.divmod(pairs[first], max(size, 1))


def _function_codes(functions: Texts) -> Ints:
    """Return the number of every node's function, -1 where it is not known or ``other``."""
    codes = np.full(len(functions), -1, dtype=np.int64)
    for position, name in enumerate(_KNOWN_FUNCTIONS):
        codes[functions == name] = position
    return codes


def _shares_of_bands(spans: Ints) -> Floats:
    if not len(spans):
        return np.full(len(SPAN_BANDS), np.nan)
    return np.array([float(((spans >= low) & (spans <= high)).mean()) for low, high in SPAN_BANDS])
