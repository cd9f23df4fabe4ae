"""What papers, closed forms and other programs print, measured on charts: by the library and by its double.

The double is `tests/reference.py`. Values without a published number say from what they follow.
"""

import math

import pytest

from orgmodel.assumptions import Assumptions
from orgmodel.lines import Tie
from orgmodel.organization import Organization
from orgmodel.placement import Placement
from orgmodel.sweep import assess
from tests import reference
from tests.charts_for_tests import GOLDEN_NODES, golden


def by_the_library(organization, unit, bosses, assumptions):
    return assess(organization, unit, Placement.shared(bosses), assumptions).values


def by_the_reference(organization, unit, bosses, assumptions):
    return reference.shared(organization.to_networkx(), unit, assumptions, bosses)


BOTH = pytest.mark.parametrize("measured", [by_the_library, by_the_reference])


def chart(*nodes, ties=(), **more):
    """Return a chart of (id, manager, function) with ties given as pairs."""
    ids, managers, functions = zip(*nodes, strict=True)
    ties = [Tie(*pair) for pair in ties]
    return Organization.from_columns(ids, managers, functions=functions, ties=ties, **more)


# ------------------------------------------------------------------ separation


@BOTH
def test_ei_index_of_five_places(measured):
    """(E - I)/(E + I) of Krackhardt and Stern (1988): 4 lines inside, ties to sales 2, operations 3, it 1.

    With the line to the boss there are 11. Each branch turns its own ties, and its line, from E to I.
    """
    branches = {"Sales": "sales", "Ops": "operations", "IT": "it", "Mkt": "marketing"}
    organization = chart(
        ("CEO", None, "executive"),
        *((head, "CEO", function) for head, function in branches.items()),
        ("East", "Sales", "sales"),
        ("West", "Sales", "sales"),
        ("Plant", "Ops", "operations"),
        ("Line", "Plant", "operations"),
        ("Dev", "IT", "it"),
        ("CS", "CEO", "customer_service"),
        *((f"desk{number}", "CS", "customer_service") for number in range(4)),
        ties=[
            ("desk0", "East"),
            ("CS", "West"),
            ("desk1", "Line"),
            ("desk1", "Plant"),
            ("CS", "Plant"),
            ("desk3", "Dev"),
        ],
    )
    printed = {
        boss: round(measured(organization, ["CS"], {boss: 1.0}, Assumptions())["ei_index"], 4)
        for boss in ("CEO", *branches)
    }
    assert printed == {"CEO": 0.2727, "Mkt": 0.0909, "IT": -0.0909, "Sales": -0.2727, "Ops": -0.4545}


@BOTH
def test_breadth_is_the_effective_number_of_functions_reached(measured):
    """Ties shared 2 : 1 have the participation 0.4444 (test of bctpy; Guimera and Amaral 2005): 1.8 of 2."""
    organization = chart(
        ("ceo", None, "executive"),
        ("ops", "ceo", "operations"),
        ("plant", "ops", "operations"),
        ("sales", "ceo", "sales"),
        ("cs", "ceo", "customer_service"),
        ("desk", "cs", "customer_service"),
        ties=[("cs", "ops"), ("desk", "plant"), ("desk", "sales")],
    )
    needs = Assumptions(needs={"operations": 0.9, "sales": 0.1})
    values = measured(organization, ["cs"], {"ceo": 1.0}, needs)
    assert values["breadth"] == pytest.approx(1 / (1 - 4 / 9) / 2)
    assert values["worst_distance"] == 2  # cs - desk - sales


# ------------------------------------------------------------------ what arrives


@BOTH
@pytest.mark.parametrize("levels", [1, 2, 5])
def test_control_loss_over_levels(measured, levels):
    """The control loss of Williamson (1975), Markets and Hierarchies: over n levels alpha^(n-1) arrives."""
    chain = [(f"n{level}", f"n{level - 1}" if level else None, "other") for level in range(levels)]
    chain[0] = ("n0", None, "operations")
    organization = chart(*chain, ("cs", None, "customer_service"))
    assumptions = Assumptions(needs={"operations": 1}, alpha=0.9)
    values = measured(organization, ["cs"], {f"n{levels - 1}": 1.0}, assumptions)
    assert values["fidelity"] == pytest.approx(0.9 ** (levels - 1))


@BOTH
@pytest.mark.parametrize("boss", [node for node, _, _ in GOLDEN_NODES])
def test_distortion_is_what_the_best_bonus_loses(measured, boss):
    """Baker (2002): effort b g for a bonus b; the best b earns cos^2 of what could be earned, |f|^2 / 2."""
    assumptions = Assumptions()
    placed = reference.moved(golden().to_networkx(), "CS", boss)
    g, f = reference.measured_by(placed, "CS", assumptions), assumptions.value_vector

    def surplus(bonus):
        effort = [bonus * x for x in g]
        return reference.dot(f, effort) - reference.dot(effort, effort) / 2

    low, high = 0.0, 100.0  # a parabola: cut the third that is too low or too high
    for _ in range(200):
        third = (high - low) / 3
        low, high = (
            (low + third, high) if surplus(low + third) < surplus(high - third) else (low, high - third)
        )
    lost = 1 - surplus(low) / (reference.dot(f, f) / 2)
    values = measured(golden(), ["CS"], {boss: 1.0}, assumptions)
    assert values["incentive_distortion"] == pytest.approx(100 * lost)


# ------------------------------------------------------------------ several bosses


ORTHOGONAL = Assumptions(
    delta=0,
    metric_vectors={
        "sales": (1, 0, 0, 0),
        "operations": (0, 0.3, 0, 0),
        "marketing": (0, 0, 1, 0),
        "legal": (0, 0, 0, 0.5),
    },
)


@BOTH
@pytest.mark.parametrize("number", [1, 2, 4])
def test_bosses_who_want_nothing_alike(measured, number):
    """Rao's quadratic entropy of n equal shares without likeness is 1 - 1/n, the effective number n."""
    functions = ["sales", "operations", "marketing", "legal"][:number]
    organization = chart(
        *((function, None, function) for function in functions), ("cs", None, "customer_service")
    )
    values = measured(organization, ["cs"], dict.fromkeys(functions, 1 / number), ORTHOGONAL)
    assert values["boss_disagreement"] == pytest.approx(100 * (1 - 1 / number))
    assert values["effective_bosses"] == pytest.approx(number)


@BOTH
def test_bosses_who_want_the_same(measured):
    organization = chart(("a", None, "sales"), ("b", None, "sales"), ("cs", None, "customer_service"))
    values = measured(organization, ["cs"], {"a": 0.75, "b": 0.25}, ORTHOGONAL)
    assert values["boss_disagreement"] == pytest.approx(0)
    assert values["effective_bosses"] == pytest.approx(1.6)  # 1 / (9/16 + 1/16): the inverse Herfindahl index


# ------------------------------------------------------------------ customers who wait


def desk(agents, *, parts=1):
    """Return a chart of a desk: so many people below heads who do not answer themselves, and its parts."""
    heads = [f"cs{part}" for part in range(parts)]
    return chart(
        ("ceo", None, "executive"),
        *((head, "ceo", "customer_service") for head in heads),
        *((f"agents of {head}", head, "customer_service") for head in heads),
        headcount=[1, *[0] * parts, *[agents // parts] * parts],
    ), heads


def at_the_desk(measured, agents, load, minutes, *, parts=1, **more):
    organization, heads = desk(agents, parts=parts)
    assumptions = Assumptions(utilisation=load / agents, service_time=minutes, **more)
    return measured(organization, heads, {"ceo": 1.0}, assumptions)


@BOTH
@pytest.mark.parametrize(
    ("agents", "load", "chance"),
    [(1, 1 / 2, 1 / 2), (2, 1, 1 / 3), (3, 2, 4 / 9), (4, 3, 27 / 53), (5, 4, 128 / 231)],
    ids=str,
)
def test_erlang_c_in_fractions(measured, agents, load, chance):
    """Erlang's formula worked out by hand."""
    assert at_the_desk(measured, agents, load, 6)["waiting_probability"] == pytest.approx(100 * chance)


@BOTH
@pytest.mark.parametrize(
    ("agents", "chance", "wait"),
    [
        (1, 0.9, 9),
        (2, 0.852632, 4.263158),
        (5, 0.762493, 1.524986),
        (10, 0.668732, 0.668732),
        (20, 0.550769, 0.275385),
        (50, 0.363864, 0.072773),
    ],
)
def test_erlang_c_at_nine_tenths(measured, agents, chance, wait):
    """A table of M/M/c at the utilisation 0.9, made with Erlang's recursion; waits in service times."""
    values = at_the_desk(measured, agents, 0.9 * agents, 1)
    assert values["waiting_probability"] == pytest.approx(100 * chance, abs=1e-4)
    assert values["waiting_time"] == pytest.approx(60 * wait, abs=1e-4)


@BOTH
@pytest.mark.parametrize(("seconds", "wait"), [(240, 2.243505841), (300, 30.4312286)])
def test_abstract_micro_erlang_library(measured, seconds, wait):
    """The help of AbstractMicro's Erlang Library: 20 agents, 100 calls in 1800 s; seconds of wait."""
    values = at_the_desk(measured, 20, 100 / 1800 * seconds, seconds / 60)
    assert values["waiting_time"] == pytest.approx(wait, rel=1e-7)


@BOTH
@pytest.mark.parametrize(("agents", "chance"), [(14, 17.4), (15, 10.2)])
def test_pyworkforce_erlang_c(measured, agents, chance):
    """A test of pyworkforce: 100 contacts in 30 min, 3 min each."""
    values = at_the_desk(measured, agents, 10, 3)
    assert values["waiting_probability"] == pytest.approx(chance, abs=0.05)


@BOTH
def test_pyworkforce_erlang_a(measured):
    """A test of pyworkforce: the same with 14 agents and customers who wait 5 min on average."""
    values = at_the_desk(measured, 14, 10, 3, patience=5)
    assert values["waiting_probability"] == pytest.approx(14.526, abs=5e-4)
    assert values["waiting_time"] == pytest.approx(60 * 0.069919, abs=6e-5)


@BOTH
def test_fifty_agents_with_and_without_patience(measured):
    """48 calls of 1 min a minute: 20.83 s of wait, 3.71 s (a birth-death chain) with 2 min patience."""
    assert at_the_desk(measured, 50, 48, 1)["waiting_time"] == pytest.approx(20.83, abs=0.005)
    assert at_the_desk(measured, 50, 48, 1, patience=2)["waiting_time"] == pytest.approx(3.71, abs=0.005)


@BOTH
@pytest.mark.parametrize(("parts", "wait"), [(1, 7.84), (2, 29.17), (7, 187.5)])
def test_the_price_of_small_desks(measured, parts, wait):
    """14 agents and the load 10 at one desk, at two of 7, at seven of 2: M/M/c of each."""
    values = at_the_desk(measured, 14, 10, 3, parts=parts)
    assert values["waiting_time"] == pytest.approx(wait, abs=0.01)


@BOTH
@pytest.mark.parametrize(
    ("attempts", "chance", "wait"),
    [
        (0, 0.1741, 7.84),
        (0.25, 0.2781, 17.13),
        (0.5, 0.4163, 37.47),
        (0.75, 0.5910, 88.65),
        (1, 0.8032, 289.16),
        (4, 0.8032, 289.16),  # never more than one attempt a contact
    ],
)
def test_selling_takes_time(measured, attempts, chance, wait):
    """M/M/c with the mean 3 + x minutes: 100 contacts in 30 min, 14 agents, x attempts of 1 min each."""
    organization = chart(
        ("boss", None, "sales"),
        ("cs", None, "customer_service"),
        ("agents", "cs", "other"),
        headcount=[1, 1, 14],
    )
    assumptions = Assumptions(
        metric_vectors={"sales": (1, 0, 0, 0)},
        utilisation=10 / 14,
        service_time=3,
        sales_time=1,
        sales_attempts=attempts,
    )
    values = measured(organization, ["cs"], {"boss": 1.0}, assumptions)
    together = values["waiting_probability"] + values["added_waiting"]
    assert together == pytest.approx(100 * chance, abs=0.006)
    assert values["waiting_time"] + values["added_waiting_time"] == pytest.approx(wait, abs=0.006)


@BOTH
def test_half_the_revenue_is_half_the_selling(measured):
    """Two bosses of one share each, one for revenue and one for cost: the row x = 0.5 above."""
    organization = chart(
        ("a", None, "sales"),
        ("b", None, "operations"),
        ("cs", None, "customer_service"),
        headcount=[1, 1, 14],
    )
    assumptions = Assumptions(
        metric_vectors={"sales": (1, 0, 0, 0), "operations": (0, 1, 0, 0)},
        utilisation=10 / 14,
        service_time=3,
    )
    values = measured(organization, ["cs"], {"a": 0.5, "b": 0.5}, assumptions)
    assert values["added_waiting_time"] == pytest.approx(37.466 - 7.836, abs=0.001)


@BOTH
def test_selling_beyond_what_can_be_done(measured):
    """14 agents with 3 + 2 min for each of 100 contacts in 30 min: the load 16.7 never ends."""
    organization = chart(("boss", None, "sales"), ("cs", None, "customer_service"))
    assumptions = Assumptions(
        metric_vectors={"sales": (1, 0, 0, 0)}, agents=14, utilisation=10 / 14, service_time=3, sales_time=2
    )
    values = measured(organization, ["cs"], {"boss": 1.0}, assumptions)
    assert values["added_waiting"] == pytest.approx(100 - 17.41, abs=0.005)
    assert values["added_waiting_time"] == math.inf


@BOTH
@pytest.mark.parametrize("utilisation", [1.0, 1.5])
def test_a_desk_that_is_overloaded(measured, utilisation):
    organization, heads = desk(14)
    values = measured(organization, heads, {"ceo": 1.0}, Assumptions(utilisation=utilisation))
    assert values["waiting_probability"] == 100
    assert values["waiting_time"] == math.inf
    assert math.isnan(values["added_waiting"])
    assert math.isnan(values["added_waiting_time"])


# ------------------------------------------------------------------ contested changes


@BOTH
def test_chance_of_more_than_twenty_seconds(measured):
    """P(wait > t) = C e^(-(c mu - lambda) t) of M/M/c: 14 planners, load 10, 3 min each, 20 s of slack."""
    assumptions = Assumptions(
        planners=14,
        planning_utilisation=10 / 14,
        planning_time=3 / 60,
        slack=20 / 3600,
        decisions_per_day=300,
    )
    values = measured(golden(), ["CS"], {"Mkt": 1.0}, assumptions)
    assert values["escalation_probability"] == pytest.approx(11.165, abs=5e-4)
    # 8 hours x 200 changes an hour x 11.165 % = 178.64 disputes a day, 300 can be settled; two levels.
    assert values["decision_days"] == pytest.approx(2 / (300 - 178.64), abs=1e-6)


@BOTH
def test_managers_who_cannot_keep_up(measured):
    """1 / (mu - lambda) of M/M/1 ends where the disputes are as many as can be decided."""
    # All changes are contested: 8 hours x 1 an hour = 8 disputes a day.
    assumptions = Assumptions(planners=1, planning_utilisation=1, planning_time=1, decisions_per_day=8)
    values = measured(golden(), ["CS"], {"Mkt": 1.0}, assumptions)
    assert values["escalation_probability"] == 100
    assert values["decision_days"] == math.inf


@BOTH
def test_no_manager_over_both_sides(measured):
    """Harris and Raviv (2002): a manager settles what is within his area; here nobody's area has both."""
    organization = chart(
        ("ceo", None, "executive"),
        ("ops", "ceo", "operations"),
        ("provider", None, "provider"),
        ("cs", "ceo", "customer_service"),
    )
    values = measured(organization, ["cs"], {"provider": 1.0}, Assumptions())
    for column in ("climb", "arbiter_depth", "escalation_probability", "decision_days"):
        assert math.isnan(values[column]), column
