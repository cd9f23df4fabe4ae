from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgmodel import Assumptions, Organization, read_organization, survey
from orgmodel.change_orders.parameters import Parameters
from orgmodel.change_orders.plan import plan_text, read_plan
from orgmodel.change_orders.policies import POLICIES, Policy
from orgmodel.change_orders.study import UTILISATIONS
from orgmodel.errors import AssumptionError, OrgModelError, PlacementError, StudyError

DATA = Path(__file__).parents[2] / "data"


@pytest.fixture(scope="module")
def manufacturer():
    return survey(read_organization(DATA / "manufacturer_150.csv").organization, "00565")


def on(survey_, text):
    return read_plan(text).on(survey_)


def titles(survey_, placements):
    return [process.title for process in on(survey_, f"placements = {placements}").placements]


def test_the_sample_is_the_study_of_a_make_to_order_plant(manufacturer):
    plan = on(manufacturer, (DATA / "study.toml").read_text(encoding="utf-8"))
    assert [process.title for process in plan.placements] == [
        "Operations (today)",
        "Sales",
        "Sales and Operations together",
        "Department of its own",
    ]
    assert [policy.key for policy in plan.policies] == [
        "as_today",
        "transparency",
        "rules",
        "delegation",
        "all",
    ]
    assert plan.utilisations == UTILISATIONS
    assert plan.parameters == Parameters.of(manufacturer.assumptions)


def test_the_ways_to_name_a_placement(manufacturer):
    assert titles(manufacturer, '["today"]') == ["Operations (today)"]
    assert titles(manufacturer, '["operations"]') == ["Operations (today)"]
    assert titles(manufacturer, '["00090"]') == ["Operations (today)"]
    assert titles(manufacturer, '["00341"]') == ["Sales"]
    assert titles(manufacturer, '[["00341", "00090"]]') == ["Sales and Operations together"]
    assert titles(manufacturer, '[{ "00341" = 0.5, operations = 0.5 }]') == ["Sales and Operations together"]
    third = 1 / 3
    assert titles(manufacturer, f"[{{ sales = {third}, marketing = {third}, operations = {third} }}]") == (
        titles(manufacturer, '["cross_functional"]')
    )


def test_a_place_with_two_names_is_one(manufacturer):
    assert len(titles(manufacturer, '["today", "operations", "00090", ["operations"]]')) == 1


def test_shares_make_two_placements_of_the_same_bosses(manufacturer):
    both = "[{ sales = 0.5, operations = 0.5 }, { sales = 0.7, operations = 0.3 }]"
    assert titles(manufacturer, both) == [
        "Sales and Operations together",
        "Sales and Operations together (2)",
    ]


def test_the_order_is_that_of_the_file(manufacturer):
    assert titles(manufacturer, '["sales", "today"]') == ["Sales", "Operations (today)"]


def test_parameters_come_from_the_assumptions_then_the_preset_then_the_file(manufacturer):
    other = manufacturer.varied(Assumptions(slack=7.0, patience=3.0))
    text = 'placements = ["today"]\npreset = "service_desk"\n[parameters]\nlead_time = 5'
    parameters = on(other, text).parameters
    assert (parameters.patience, parameters.slack, parameters.lead_time) == (3.0, 1.0, 5.0)


@given(
    placements=st.lists(
        st.text()
        | st.lists(st.text(), min_size=1).map(tuple)
        | st.dictionaries(st.text(), st.floats(allow_nan=False), min_size=1),
        min_size=1,
    ),
    policies=st.lists(st.sampled_from(sorted(POLICIES)), unique=True),
    slack=st.floats(0, 1000),
    utilisations=st.lists(st.floats(0.01, 0.99)),
    seed=st.integers(0, 10**9),
)
def test_what_is_written_reads_back(placements, policies, slack, utilisations, seed):
    parameters = Parameters(slack=slack, selling="idle")
    text = plan_text(placements, policies, parameters, utilisations=utilisations, seed=seed)
    file = read_plan(text)
    assert list(file.placements) == placements
    assert [policy.key for policy in file.policies] == policies
    assert Parameters(**file.parameters) == parameters
    assert file.numbers == {"utilisations": utilisations, "seed": seed}


def test_a_policy_of_ones_own_reads_back(manufacturer):
    mine = Policy("mine", 'Half "the" rules', {"rule_coverage": 0.3, "selling": "never"})
    (policy,) = on(manufacturer, plan_text(["today"], [mine])).policies
    assert (policy.title, policy.changes) == (mine.title, mine.changes)


def test_what_is_written_says_that_it_needs_the_assumptions_too():
    text = plan_text(["today"], ["as_today"], Parameters())
    assert "--assumptions" in text
    assert read_plan(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("placements", "not TOML"),
        ("", "no placement"),
        ("placements = []", "no placement"),
        ('placements = "sales"', "list in brackets"),
        ("placements = [3]", "placement 3"),
        ("placements = [[]]", r"placement \[\]"),
        ('placements = ["today"]\ncolour = "red"', "colour"),
        ('placements = ["today"]\npreset = "circus"', "circus"),
        ('placements = ["today"]\nparameters = 3', "parameters"),
        ('placements = ["today"]\npolicies = ["magic"]', "magic"),
        ('placements = ["today"]\npolicies = [{ rule_coverage = 0.3 }]', "rule_coverage"),
        ('placements = ["today"]\n[parameters]\nplanning_utilisation = 0.5', "utilisations"),
        ('placements = ["nowhere"]', "nowhere"),
        ('placements = ["today"]\npolicies = []', "no policy"),
        ('placements = ["today"]\nutilisations = []', "no utilisation"),
        ('placements = ["today"]\nutilisations = 0.5', "list in brackets"),
        ('placements = ["today"]\nutilisations = [1.2]', "1.2"),
        ('placements = ["today"]\nutilisations = ["busy"]', "busy"),
        ('placements = ["today"]\nchanges = "many"', "many"),
    ],
)
def test_a_plan_that_makes_no_sense_gets_a_sentence(manufacturer, text, words):
    with pytest.raises(StudyError, match=words):
        on(manufacturer, text)


@pytest.mark.parametrize(
    "text",
    [
        "[parameters]\nmagic = 1",
        "[parameters]\ncontract_days = -1",
        '[parameters]\nslack = "long"',
        'policies = [{ title = "Mine", rule_coverage = 2 }]',
    ],
)
def test_numbers_that_are_not_possible_are_named(manufacturer, text):
    with pytest.raises(AssumptionError):
        on(manufacturer, f'placements = ["today"]\n{text}')


@pytest.mark.parametrize(
    "placement", ['["00565"]', '[{ "00341" = 0.7 }]', '[{ "00341" = 0.7, "00090" = 0.7 }]']
)
def test_placements_that_are_not_possible(manufacturer, placement):
    with pytest.raises(OrgModelError) as refused:
        titles(manufacturer, placement)
    assert str(refused.value).endswith(".")


def test_customer_service_that_is_operations():
    organization = Organization.from_columns(
        ["ceo", "ops", "desk"], [None, "ceo", "ops"], functions=["executive", "operations", "operations"]
    )
    with pytest.raises(PlacementError, match="no operations outside customer service"):
        on(survey(organization, "ops"), 'placements = ["today"]')


def test_a_structure_that_the_chart_has_no_place_for():
    organization = Organization.from_columns(
        ["ceo", "ops", "cs"], [None, "ceo", "ops"], functions=["executive", "operations", "customer_service"]
    )
    with pytest.raises(StudyError, match="No head of sales was found"):
        on(survey(organization, "cs"), 'placements = ["today", "sales"]')
