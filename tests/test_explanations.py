import re

import pytest
from hypothesis import HealthCheck, given, settings

from orgmodel.assumptions import Assumptions
from orgmodel.organization import Organization
from orgmodel.placement import Placement
from orgmodel.sweep import survey
from tests.charts_for_tests import cases, golden


def test_the_reasons_of_the_worked_example():
    """Under Sales: operations are three steps away, and two thirds of what counts is Sales' own."""
    assert survey(golden("Ops"), "CS").assess(Placement.under("Sales")).sentences == (
        "Within 2 steps: Sales, 1 step, 30 % of the need.",
        (
            "Out of reach: Operations (Ops), 3 steps, 40 % of the need; Finance (Fin), 3 steps, 10 % of the "
            "need; and IT, 3 steps, 20 % of the need."
        ),
        "What counts for customer service comes from Sales, 67 %; and CEO, 33 %.",
        (
            "That puts 73 % of the weight on revenue, where customer service is meant to have 10 %, and 13 % "
            "on service quality instead of 60 %."
        ),
        "The longest way, to Operations (Ops), runs CS → Sales → CEO → Ops.",
        "The shortest, to Sales, takes 1 step.",
        "By the assumed days per line that is 2.4 working days on average; 87 % of the content arrives.",
        "A quarrel with operations ends at CEO, 2 levels up.",
    )


@pytest.mark.parametrize(
    ("home", "boss", "sentence"),
    [
        (
            "Sales",
            "Ops",
            "by one of the parties, Ops, 1 level up; the first manager above both is CEO",
        ),
        (
            "Sales",
            "Plant",
            "by one of the parties, Ops, 2 levels up; the first manager above both is CEO",
        ),
        ("Ops", "CEO", "ends at CEO, 1 level up"),
        ("Ops", "SalesEast", "ends at CEO, 3 levels up"),
    ],
)
def test_who_settles_a_quarrel_with_operations(home, boss, sentence):
    assert sentence in survey(golden(home), "CS").assess(Placement.under(boss)).sentences[-1]


def test_a_unit_without_a_boss_and_without_operations():
    alone = Organization.from_columns(["cs"], [None], functions=["customer_service"])
    found = survey(alone, "cs")
    assert found.table.empty
    assert found.current.sentences == (
        "Silo risk cannot be told: the chart has none of the functions that customer service needs.",
        "Customer service reports to nobody here, so nobody's measures weigh on it.",
        "There are no operations outside customer service, so there is no quarrel with them to settle.",
    )
    assert "covers 0 %" in found.notes[0]


def test_what_was_rescaled_left_out_and_met_inside_is_said():
    chart = Organization.from_columns(
        ["ceo", "cs", "agent"], [None, "ceo", "cs"], functions=["executive", "customer_service", "it"]
    )
    notes = survey(chart, "cs", Assumptions(needs={"it": 1, "sales": 1})).notes
    assert notes == (
        "The needs sum to 200 %; they were rescaled to 100 %.",
        (
            "This chart has no Sales: that need is left out for every parent alike. What is shown covers "
            "50 % of the needs."
        ),
        "Met inside customer service, so no way to go: IT.",
        (
            "The chart only knows its reporting lines. Who really works together (ties, dotted lines) would "
            "change the distances."
        ),
    )


def test_named_heads_of_operations_settle_nothing_unless_outside():
    """The arbiter stands above customer service and the owner that the reader named."""
    chart = Organization.from_columns(
        ["ceo", "ops", "o2", "cs", "clerk"],
        [None, "ceo", "ops", "ops", "cs"],
        functions=["executive", "operations", "operations", "customer_service", "operations"],
    )
    found = survey(chart, "cs", Assumptions(needs={"executive": 1}, owners={"operations": ["o2"]}))
    assert found.current.evidence[0].arbitration.operations == "o2"
    inside = survey(chart, "cs", Assumptions(owners={"operations": ["clerk"]}))
    assert "no operations outside customer service" in inside.current.sentences[-1]


def test_equal_ways_are_not_called_longest():
    sentences = survey(golden("Ops"), "CS").assess(Placement.under("CEO")).sentences
    assert "Every way takes 2 steps, such as CS → CEO → Sales." in sentences


def test_a_function_that_no_line_leads_to_is_named():
    chart = Organization.from_columns(
        ["ceo", "cs", "plant"], [None, "ceo", None], functions=["executive", "customer_service", "operations"]
    )
    sentences = survey(chart, "cs").current.sentences
    assert "No line leads to Operations (plant)." in sentences
    assert "No manager stands above both" in sentences[-1]


@settings(max_examples=60, derandomize=True, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(cases(max_size=12))
def test_every_chart_has_reasons_without_gaps(case):
    found = survey(*case)
    for text in (*found.notes, *found.current.sentences):
        assert text.endswith(".")
        assert not re.search(r"\bnan\b|\binf\b|None| ,|  ", text)
