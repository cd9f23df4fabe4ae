"""Charts that several tests share: the worked example, and Hypothesis strategies for any chart."""

from hypothesis import strategies as st

from orgmodel.assumptions import DEFAULT_ASSUMPTIONS, Assumptions
from orgmodel.lines import FURTHER_KINDS, LINE_KINDS, FurtherManager, Tie
from orgmodel.organization import BUSINESS_FUNCTIONS, UNHELD_STATUSES, Organization

#: The worked example without customer service: (id, manager, function).
GOLDEN_NODES = (
    ("CEO", None, "executive"),
    ("Sales", "CEO", "sales"),
    ("Ops", "CEO", "operations"),
    ("Mkt", "CEO", "marketing"),
    ("Fin", "CEO", "finance"),
    ("IT", "CEO", "it"),
    ("HR", "CEO", "hr"),
    ("SalesEast", "Sales", "sales"),
    ("SalesWest", "Sales", "sales"),
    ("Plant", "Ops", "operations"),
    ("Logistics", "Ops", "operations"),
    ("Dev", "IT", "it"),
)


def golden(home="CEO"):
    """Return the worked example with the unit CS under ``home`` (None: a tree of its own)."""
    ids, managers, functions = zip(*GOLDEN_NODES, ("CS", home, "customer_service"), strict=True)
    return Organization.from_columns(ids, managers, functions=functions, ties=[Tie("Plant", "SalesEast")])


# Shares are binary fractions: whether they sum to 1 is then no question of rounding.
SHARES = (0.0, 0.0, 0.125, 0.25, 0.5, 1.0)
STATUSES = ("", "", "", *UNHELD_STATUSES)
# The functions that are needed by default come up more often.
FUNCTIONS = (*BUSINESS_FUNCTIONS, *DEFAULT_ASSUMPTIONS.needs)


def column(size, values):
    return st.lists(st.sampled_from(values), min_size=size, max_size=size)


@st.composite
def organizations(draw, max_size=40):
    """Forests in any order of rows, with further managers, ties, empty posts and people of any number.

    Some are of one tree, some of many; some have contract lines alone, as where providers do the work.
    """
    size = draw(st.integers(1, max_size))
    roots = draw(st.sampled_from((60, 60, 300)))  # of 1000 nodes
    kinds = draw(st.sampled_from((FURTHER_KINDS, FURTHER_KINDS, ("contract",))))
    ids = [f"n{number}" for number in range(size)]
    drawn = draw(st.lists(st.integers(0, 999), min_size=size, max_size=size))
    managers = {
        node: None if number == 0 or pick < roots else ids[pick % number]
        for number, (node, pick) in enumerate(zip(ids, drawn, strict=True))
    }
    pairs = st.tuples(st.sampled_from(ids), st.sampled_from(ids))
    lines, taken = {}, dict.fromkeys(ids, 0.0)
    candidates = st.tuples(pairs, st.sampled_from(kinds), st.sampled_from(SHARES))
    for (report, boss), kind, share in draw(st.lists(candidates, max_size=30 // len(kinds))):
        # Authority runs from the smaller number to the larger, so there is no circle of it.
        circle = share > 0 and ids.index(boss) > ids.index(report)
        if boss == report or managers[report] == boss or circle or taken[report] + share > 1:
            continue
        if (report, boss, kind) not in lines:
            lines[report, boss, kind] = share
            taken[report] += share
    ties = {tuple(sorted(pair)) for pair in draw(st.lists(pairs, max_size=8)) if pair[0] != pair[1]}
    ordered = draw(st.permutations(ids))
    return Organization.from_columns(
        ordered,
        [managers[node] for node in ordered],
        functions=draw(column(size, FUNCTIONS)),
        headcount=draw(column(size, (1, 1, 1, 0, 2, 7))),
        statuses=draw(column(size, STATUSES)),
        further_managers=[FurtherManager(*line, share) for line, share in lines.items()],
        ties=[Tie(*pair) for pair in sorted(ties)],
    )


# What fills a queue: nothing, much, more than can be done. No combination comes within rounding of exactly
# as much as can be done.
QUEUES = {
    "agents": st.sampled_from((1, 9, 60)),
    "utilisation": st.sampled_from((0.0, 0.5, 0.95, 1.3)),
    "service_time": st.sampled_from((0.5, 30.0)),
    "automation": st.sampled_from((0.25, 1.0)),
    "patience": st.sampled_from((0.1, 4.0, 90.0)),
    "sales_attempts": st.sampled_from((0.0, 0.3, 4.0)),
    "sales_time": st.sampled_from((0.0, 0.7, 7.0)),
    "planners": st.sampled_from((1, 12)),
    "planning_utilisation": st.sampled_from((0.0, 0.5, 0.99, 1.0, 1.5)),
    "planning_time": st.sampled_from((0.1, 5.0)),
    "slack": st.sampled_from((0.0, 0.3, 40.0)),
    "transparency": st.sampled_from((0.5, 1.0)),
    "rule_coverage": st.sampled_from((0.2, 1.0)),
    "top_depth": st.sampled_from((1, 2, 3)),
    "decisions_per_day": st.sampled_from((0.07, 2.3, 900.0)),
}


@st.composite
def assumptions_for(draw, organization):
    """Assumptions within their bounds: the defaults, or some of them changed."""
    functions = st.sampled_from(BUSINESS_FUNCTIONS)
    weights = st.sampled_from((0.0, 0.1, 0.25, 1.0, 2.0))
    owners = st.lists(st.sampled_from(organization.ids.tolist()), min_size=1, max_size=2, unique=True)
    options = {
        "needs": st.dictionaries(functions, weights, min_size=1, max_size=5).filter(
            lambda needs: any(needs.values())
        ),
        "owners": st.dictionaries(functions, owners, max_size=2),
        "value_vector": st.sampled_from(((0.5, 0.0, 0.5, 0.0), (0.0, 0.0, 0.0, 1.0))),
        "delta": st.sampled_from((0.0, 0.25, 1.0)),
        "alpha": st.sampled_from((0.5, 1.0)),
        "radius": st.sampled_from((1, 3)),
        "lengths": st.dictionaries(st.sampled_from(LINE_KINDS), st.integers(1, 3)),
        "latencies": st.dictionaries(st.sampled_from(LINE_KINDS), st.sampled_from((0.25, 1.0, 10.0))),
        "metric_vectors": st.just({"sales": (1.0, 0.0, 0.0, 0.0), "hr": (0.0, 0.0, 0.0, 0.0)}),
        "contract_alpha": st.sampled_from((0.01, 0.95, 1.0)),
        **QUEUES,
    }
    return Assumptions(**draw(st.fixed_dictionaries({}, optional=options)))


@st.composite
def cases(draw, max_size=40, units=(1, 1, 1, 3)):
    """A chart, the ids of the unit (at most one of the given numbers) and assumptions."""
    organization = draw(organizations(max_size))
    nodes = st.sampled_from(organization.ids.tolist())
    most = draw(st.sampled_from(units))
    unit = draw(st.lists(nodes, min_size=min(most, 2, len(organization)), max_size=most, unique=True))
    return organization, unit, draw(assumptions_for(organization))
