"""What is said about the structures: every claim has a judge, and every judge can say yes and no."""

import math
import re
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from orgmodel import (
    Assumptions,
    Organization,
    Placement,
    customer_service_proposals,
    read_organization,
    survey,
)
from orgmodel.alternatives import STRUCTURES, Alternative, alternatives
from orgmodel.claims import CLAIMS, FAILS, HOLDS, MEASURES, UNKNOWN, Case, holds, judged, judged_claims
from orgmodel.lines import Tie
from orgmodel.questionnaire import QUESTION_OF, Answers, Reply
from orgmodel.sweep import Survey
from tests.charts_for_tests import cases, golden

DATA = Path(__file__).parents[1] / "data"
MEASURED = [claim for claim in CLAIMS if claim.measure]
ASKED = [claim for claim in CLAIMS if claim.questions]


def named(claim):
    return f"{claim.structure}: {claim.text}"


def claim_of(structure, text):
    (found,) = (claim for claim in CLAIMS if (claim.structure, claim.text) == (structure, text))
    return found


@cache
def survey_of(file, assumptions=None):
    chart = read_organization(DATA / file).organization
    return survey(chart, customer_service_proposals(chart)[0].ids, assumptions)


def judged_everywhere(asked, answers=None):
    """Return the judged claims of every alternative on a chart."""
    found = {}
    for item in alternatives(asked).kept:
        assessment = asked.current if item.placement is None else asked.assess(item.placement)
        found[item.key] = judged_claims(asked, item, assessment, answers)
    return found


def value_of(measure, asked, placement):
    assessment = asked.current if placement is None else asked.assess(placement)
    return MEASURES[measure].of(Case(asked, assessment))


# ---------------------------------------------------------------------- the table


def test_every_structure_is_said_to_help_to_hurt_and_to_suit():
    said = {(claim.structure, claim.side) for claim in CLAIMS}
    assert said == {(structure, side) for structure in STRUCTURES for side in ("helps", "hurts", "suits")}


@pytest.mark.parametrize("claim", CLAIMS, ids=named)
def test_a_claim_is_told_by_one_thing_that_exists(claim):
    ways = [bool(claim.measure), bool(claim.questions), bool(claim.cannot)]
    assert sum(ways) == 1
    assert not claim.measure or claim.measure in MEASURES
    assert set(claim.questions) <= QUESTION_OF.keys()
    assert not claim.cannot or claim.cannot.endswith(".")


def test_no_claim_is_there_twice():
    assert len({(claim.structure, claim.text) for claim in CLAIMS}) == len(CLAIMS)


# ---------------------------------------------------------------------- any chart


@settings(max_examples=40, deadline=None)
@given(cases(max_size=12))
def test_any_chart_gets_a_verdict_on_every_claim(case):
    organization, unit, assumptions = case
    asked = Survey(organization, unit, assumptions)
    for claims in judged_everywhere(asked).values():
        for item in claims:
            assert item.verdict in {HOLDS, FAILS, UNKNOWN}
            assert item.reason
            assert not re.search(r"\b(nan|inf)\b", f"{item.number} {item.reason}")
            assert bool(item.number) or item.verdict == UNKNOWN


@settings(max_examples=60, deadline=None)
@given(cases(max_size=15))
def test_steps_are_those_of_the_evidence_where_one_node_moves(case):
    organization, unit, assumptions = case
    asked = Survey(organization, unit[:1], assumptions)
    measured = Case(asked, asked.current)
    for route in asked.current.evidence[0].routes:
        steps = measured.steps_to(route.function)
        if not math.isnan(route.steps) and route.steps and steps:
            assert steps == pytest.approx(route.steps)


# ---------------------------------------------------------------------- each claim, both ways


@pytest.mark.parametrize("claim", MEASURED, ids=named)
@given(limit=st.floats(0, 100), step=st.floats(0.01, 100))
def test_the_verdict_turns_at_the_threshold(claim, limit, step):
    assert holds(claim, limit, limit) == (claim.sense in {"at most", "at least"})
    lower, higher = holds(claim, limit - step, limit), holds(claim, limit + step, limit)
    assert lower != higher
    assert higher == (claim.sense in {"at least", "above"})


@pytest.mark.parametrize(("off", "said"), [(-0.01, "above"), (0.01, "below"), (0.0, ""), (5.0, "")])
def test_a_number_that_looks_like_its_threshold_says_on_which_side_it_is(off, said):
    asked = survey_of("golden_with_service.csv")
    claim, case = claim_of("it", "Service seen as a cost"), Case(asked, asked.current)
    threshold = MEASURES[claim.measure].of(case) + off
    found = judged(claim._replace(threshold=threshold), case)
    assert found.verdict == (HOLDS if off <= 0 else FAILS)
    assert ("a little" in found.reason) == bool(said)
    assert found.reason.endswith(f"The number is a little {said} that." if said else " %.")


#: The charts on which each measured claim is looked for both ways: the samples, and other assumptions.
_SALES_SAVES = {"sales": (0.0, 0.7, 0.3, 0.0)}
_CARING = {"executive": (0.0, 0.0, 1.0, 0.0), "provider": (0.0, 0.2, 0.8, 0.0), "it": (0.5, 0.0, 0.5, 0.0)}
_SELLING = {
    "executive": (1.0, 0.0, 0.0, 0.0),
    "operations": (1.0, 0.0, 0.0, 0.0),
    "marketing": (1.0, 0.0, 0.0, 0.0),
    "hr": (1.0, 0.0, 0.0, 0.0),
    "finance": (0.0, 0.0, 0.0, 1.0),
}
_ASSUMED = (
    {},
    {"metric_vectors": _SALES_SAVES, "delta": 0.0, "span_most": 3, "service_span_most": 3, "radius": 1},
    {"metric_vectors": _CARING, "transparency": 1.0, "radius": 5, "utilisation": 0.0},
    {"metric_vectors": _SELLING, "latencies": {"contract": 50.0}},
)
_FILES = (
    "golden_with_service.csv",
    "manufacturer_150.csv",
    "software_400.csv",
    "templates/regional.csv",
)


def researching():
    """Return a chart in which customer service works with somebody in marketing: no sample has that."""
    return Organization.from_columns(
        ["ceo", "mkt", "research", "cs"],
        [None, "ceo", "mkt", "mkt"],
        functions=["executive", "marketing", "marketing", "customer_service"],
        ties=[Tie("cs", "research")],
    )


@cache
def verdicts():
    """Return for every claim what was said of it on some chart: each placement judged as any structure.

    A claim is about a structure, but its measure is one of any place: what holds under the head of sales can
    fail under the head of operations.
    """
    found = {claim: set() for claim in MEASURED}
    samples = [(survey_of(file).organization, survey_of(file).unit) for file in _FILES]
    for chart, unit in (*samples, (researching(), ["cs"])):
        for assumed in _ASSUMED:
            asked = Survey(chart, unit, Assumptions(**assumed))
            for item in alternatives(asked).kept:
                case = Case(asked, asked.current if item.placement is None else asked.assess(item.placement))
                for claim in MEASURED:
                    found[claim].add(judged(claim, case).verdict)
    return found


@pytest.mark.parametrize("claim", MEASURED, ids=named)
def test_some_chart_says_yes_and_another_no(claim):
    assert {HOLDS, FAILS} <= verdicts()[claim]


@pytest.mark.parametrize("claim", ASKED, ids=named)
def test_an_answer_decides(claim):
    case = Case(survey_of("golden_with_service.csv"), survey_of("golden_with_service.csv").current)
    first = claim.questions[0]
    replies = {key: Reply("no") for key in claim.questions}
    assert judged(claim, case, Answers({first: Reply("yes")})).verdict == HOLDS
    assert judged(claim, case, Answers({**replies, first: Reply("partly")})).verdict == HOLDS
    assert judged(claim, case, Answers(replies)).verdict == FAILS
    assert judged(claim, case, Answers({first: Reply("dont_know")})).verdict == UNKNOWN
    assert judged(claim, case).verdict == UNKNOWN
    assert QUESTION_OF[first].text in judged(claim, case).reason


@pytest.mark.parametrize("claim", [claim for claim in CLAIMS if claim.cannot], ids=named)
def test_what_no_chart_can_tell_says_why(claim):
    asked = survey_of("golden_with_service.csv")
    assert judged(claim, Case(asked, asked.current))[1:] == (UNKNOWN, "", claim.cannot)


# ---------------------------------------------------------------------- what was asked of the samples


@pytest.mark.parametrize("file", ["golden_with_service.csv", "manufacturer_150.csv"])
def test_at_least_half_of_what_helps_and_hurts_is_decided_everywhere(file):
    failing = 0
    for key, claims in judged_everywhere(survey_of(file)).items():
        sided = [item.verdict for item in claims if item.claim.side != "suits"]
        assert 2 * sided.count(UNKNOWN) <= len(sided), key
        failing += sided.count(FAILS)
    assert failing


def test_insight_reaches_sales_at_once_under_sales():
    asked = survey_of("golden_with_service.csv")
    claim = claim_of("sales", "Customer insight reaches sales at once")
    under_sales = judged(claim, Case(asked, asked.assess(Placement.under("Sales"))))
    assert (under_sales.number, under_sales.verdict) == ("1 step to the head of sales", HOLDS)
    under_hr = judged(claim, Case(asked, asked.assess(Placement.under("HR"))))
    assert (under_hr.number, under_hr.verdict) == ("3 steps to the head of sales", FAILS)
    assert under_hr.reason == "It holds at no more than 1 step."


def test_the_median_is_that_of_heads_and_managers():
    asked = survey_of("golden_with_service.csv")
    found = judged(claim_of("operations", "Fewer errors"), Case(asked, asked.current))
    # Of CEO .9, Ops .886, Sales .867, IT .848, Fin .829, HR and Mkt .81.
    assert found.reason == "It holds at no less than 85 %, the median of all managers who could be the boss."


@pytest.mark.parametrize(("reports", "verdict"), [(12, FAILS), (13, HOLDS)])
def test_a_boss_above_the_band_delegates_again(reports, verdict):
    ids = ["ceo", *(f"n{number}" for number in range(reports - 1)), "cs"]
    asked = survey(Organization.from_columns(ids, [None, *["ceo"] * reports]), "cs")
    claim = claim_of("chief_executive", "In larger firms it gets delegated again")
    assert judged(claim, Case(asked, asked.current)).verdict == verdict


def test_a_place_that_is_no_structure_has_no_claims():
    asked = survey_of("golden_with_service.csv")
    assert judged_claims(asked, Alternative("today", "As today", None, today=True), asked.current) == ()


# ---------------------------------------------------------------------- the measures, one by one


@pytest.mark.parametrize(
    ("measure", "boss", "expected"),
    [
        # The worked example: S = .9 + .5 * .4 of Z = 1.5 is revenue under sales, and so on.
        ("revenue_weight", "Sales", 100 * 1.1 / 1.5),
        ("cost_weight", "Ops", 100 * 0.85 / 1.5),
        ("quality_weight", "CEO", 20.0),
        ("risk_weight", "Fin", 100 * 0.35 / 1.5),
        ("sales_attempts", "Sales", 1.1 / 1.5),
        ("sales_pressure_conflict", "CEO", 39.73),
        ("cost_pressure", "IT", 29.88),
        ("service_shortfall", "Ops", 65.94),
        ("incentive_distortion", "IT", 40.14),
        ("silo_risk", "Sales", 70.0),
        ("fidelity", "Ops", 0.886),
        ("executive_distance", "SalesEast", 3.0),
        ("climb", "Sales", 2.0),
        ("arbiter_depth", "Ops", 1.0),
        ("boss_span", "CEO", 7.0),
        ("effective_bosses", "CEO", 1.0),
        ("steps_to_operations", "SalesEast", 3.0),
        ("steps_to_marketing", "Mkt", 1.0),
        ("steps_to_hr", "Fin", 3.0),
        ("steps_to_it", "IT", 1.0),
        ("steps_to_finance", "CEO", 2.0),
        ("lines_to_sales", "Sales", 1.0),
        ("lines_to_operations", "Sales", 0.0),
        ("desk_to_operations", "Ops", 1.0),
        ("steps_between_parts", "Ops", 0.0),
        ("led_by_sales", "Plant", 0.0),
        ("led_by_sales", "SalesWest", 100.0),
        ("local_functions", "CEO", 3.0),
        ("local_functions", "Sales", 1.0),
        ("parts", "CEO", 1.0),
        ("pooling_loss", "CEO", 0.0),
        ("reports_at_top", "CEO", 7.0),
        ("reports_at_top", "Sales", 6.0),
        ("people", "CEO", 13.0),
    ],
)
def test_measures_of_the_worked_example(measure, boss, expected):
    asked = Survey(golden("Ops"), ["CS"])
    assert value_of(measure, asked, Placement.under(boss)) == pytest.approx(expected, abs=0.006)


def test_a_function_that_nobody_has_is_no_distance():
    asked = survey(Organization.from_columns(["a", "cs"], [None, "a"]), "cs")
    found = judged(claim_of("it", "Chatbots, analytics, tools for all channels"), Case(asked, asked.current))
    assert found[1:] == (UNKNOWN, "", "This chart has no head of IT.")


def test_a_function_inside_customer_service_is_no_step_away():
    chart = Organization.from_columns(
        ["ceo", "cs", "dev"], [None, "ceo", "cs"], functions=["executive", "customer_service", "it"]
    )
    assert value_of("steps_to_it", survey(chart, "cs"), None) == 0


def test_people_of_customer_service_are_not_beside_it():
    chart = Organization.from_columns(
        ["ceo", "ops", "cs", "seller"],
        [None, "ceo", "ops", "cs"],
        functions=["executive", "operations", "customer_service", "sales"],
    )
    assert value_of("local_functions", survey(chart, "cs"), None) == 1


def test_a_new_head_of_customer_service_leads_its_own_department():
    asked = Survey(golden("Ops"), ["CS"])
    department = Placement.new_department("CEO")
    assert value_of("led_by_service", asked, department) == 100
    assert value_of("executive_distance", asked, department) == 2
    assert value_of("reports_at_top", asked, department) == 7


def chart_with_ties(*ties):
    """Return the worked example under sales with these ties and no others."""
    chart = golden("Sales")
    return Organization.from_columns(
        chart.ids,
        [None if row < 0 else chart.ids[row] for row in chart.manager],
        functions=chart.functions,
        ties=[Tie(*tie) for tie in ties],
    )


def test_a_tie_is_a_line_of_its_own():
    asked = Survey(chart_with_ties(("CS", "SalesEast"), ("CS", "Plant")), ["CS"])
    assert value_of("lines_to_sales", asked, None) == 2
    assert value_of("lines_to_operations", asked, None) == 1


def test_the_way_from_the_desk_begins_below_the_head():
    chart = chart_with_ties()
    deeper = Organization.from_columns(
        [*chart.ids, "a", "b", "c"],
        [*(None if row < 0 else chart.ids[row] for row in chart.manager), "CS", "a", "a"],
        functions=[*chart.functions, "", "", ""],
    )
    steps = value_of("desk_to_operations", Survey(deeper, ["CS"]), Placement.under("Ops"))
    assert steps == pytest.approx(1 + (1 + 2 + 2) / 3)


def test_parts_that_share_a_standard_are_near_each_other():
    asked = survey_of("templates/regional.csv")
    apart = Survey(
        Organization.from_columns(
            asked.organization.ids,
            [None if row < 0 else asked.organization.ids[row] for row in asked.organization.manager],
        ),
        asked.unit,
    )
    assert value_of("steps_between_parts", asked, None) < value_of("steps_between_parts", apart, None)


def test_people_and_bosses_at_one_place_are_local():
    ids = ["ceo", "north", "south", "cs", "a", "b", "c"]
    managers = [None, "ceo", "ceo", "ceo", "cs", "cs", "cs"]
    places = ["", "Leeds", "Dover", "", "Dover", "Leeds", "Lyon"]
    asked = survey(Organization.from_columns(ids, managers, locations=places), "cs")
    split = Placement.split(["north", "south"])
    # North has its head, b of Leeds and c of Lyon, south its head and a of Dover: 1/2 of 3 people, all of 2.
    assert value_of("local_people", asked, split) == pytest.approx(70.0)
    assert value_of("parts", asked, split) == 2
    assert value_of("pooling_loss", asked, split) > 0
    nowhere = survey(Organization.from_columns(ids, managers), "cs")
    assert math.isnan(value_of("local_people", nowhere, split))


@pytest.mark.parametrize("name", sorted(MEASURES))
def test_a_measure_writes_any_number(name):
    texts = [MEASURES[name].text(value) for value in (0.0, 1.0, 2.5, 100.0)]
    assert all("{" not in text and text for text in texts)
    assert MEASURES[name].unknown.endswith(".")


# ---------------------------------------------------------------------- on the screen


def _page():
    """Show the claims about service under operations, as a page does."""
    from components.claims_panel import show_claims  # noqa: PLC0415  # a page of its own, run by Streamlit
    from orgmodel.alternatives import alternatives  # noqa: PLC0415
    from orgmodel.claims import judged_claims  # noqa: PLC0415
    from orgmodel.sweep import Survey  # noqa: PLC0415
    from tests.charts_for_tests import golden  # noqa: PLC0415

    asked = Survey(golden("Ops"), ["CS"])
    (today,) = (item for item in alternatives(asked).kept if item.today)
    show_claims(judged_claims(asked, today, asked.current))
    show_claims(())


def test_the_panel_says_every_verdict_in_words():
    app = AppTest.from_function(_page).run(timeout=30)
    assert not app.exception
    lines = [item.value for item in app.markdown]
    assert "**Said to help** :gray[· 3 of 5 hold]" in lines
    assert ":material/check_circle: Efficiency :gray[– holds: 57 % of what its bosses count is cost]" in lines
    assert any(line.startswith(":material/cancel: ") and "– does not hold: " in line for line in lines)
    assert ":material/radio_button_unchecked: Make-to-order :gray[– cannot be told]" in lines
    assert app.caption[0].value.startswith("Nothing is commonly said")
