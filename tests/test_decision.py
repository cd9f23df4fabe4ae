"""The whole question answered, as the pages and the command line take it."""

import json

import pytest
from hypothesis import given, settings

from orgmodel.__main__ import main
from orgmodel.assumptions import ASSUMPTIONS, DEFAULT_ASSUMPTIONS
from orgmodel.decision import decide
from orgmodel.errors import PlacementError
from orgmodel.organization import Organization
from orgmodel.placement import Placement
from orgmodel.questionnaire import Answers, Reply
from orgmodel.sweep import survey
from tests.charts_for_tests import cases, golden

FEW = settings(max_examples=8, report_multiple_bugs=False)
GOLDEN = "data/golden_with_service.csv"
SALES = Answers({"sales_again": Reply("yes")})


@pytest.fixture(scope="module")
def decision():
    return decide(golden("Ops"), "CS", SALES)


def test_all_parts_agree_on_the_first(decision):
    assert decision.best is decision.now.alternatives[decision.now.recommended]
    assert decision.to_json()["recommendation"]["placement"] == decision.best.key
    (found,) = [each for each in decision.to_json()["now"] if each["key"] == decision.best.key]
    assert found["tie_with_the_first"] or found == decision.to_json()["now"][0]
    assert {claim["structure"] for claim in decision.to_json()["claims"]} == {decision.best.structure}


def test_the_numbers_are_those_of_the_answers(decision):
    """Needs and purpose of the goal are what every number rests on, here as in a survey of one's own."""
    assumed = decision.aims.assumptions
    assert assumed != DEFAULT_ASSUMPTIONS
    alone = survey(golden("Ops"), "CS", assumed)
    for row, alternative in enumerate(decision.now.alternatives):
        placement = alternative.placement
        expected = alone.assess(placement) if placement else alone.current
        assert decision.now.values.loc[row].to_dict() == pytest.approx(expected.values, nan_ok=True)


def test_without_answers_the_assumptions_alone_count():
    assert decide(golden("Ops"), "CS").aims.assumptions == DEFAULT_ASSUMPTIONS


def test_what_the_user_adds_is_compared(decision):
    placement = Placement.shared({"Sales": 0.5, "Ops": 0.5})
    more = decide(golden("Ops"), "CS", SALES, added=[placement])
    assert placement in [each.placement for each in more.now.alternatives]
    assert len(more.now.alternatives) == len(decision.now.alternatives) + 1


def test_heads_and_managers_are_ranked_by_how_often_they_are_first(decision):
    found = decision.possible_bosses
    assert found["first"].is_monotonic_decreasing
    assert found["first"].sum() == pytest.approx(1)
    table = decision.survey.table
    assert set(found.index) == set(table.index[table["shown_first"]])


def test_everybody_belonging_to_customer_service_is_said():
    alone = Organization.from_columns(["cs", "a"], [None, "cs"])
    with pytest.raises(PlacementError, match="nothing to decide"):
        decide(alone, "cs")


def test_one_other_node():
    """A chief and customer service: nothing else to choose, and nothing breaks."""
    two = Organization.from_columns(["ceo", "cs"], [None, "ceo"], functions=["executive", "customer_service"])
    found = decide(two, "cs")
    json.dumps(found.to_json(), default=float)
    assert any(alternative.today for alternative in found.now.alternatives)


@FEW
@given(cases(9, units=(1, 1, 3)))
def test_any_chart_has_an_answer(case):
    organization, unit, assumptions = case
    if survey(organization, unit, assumptions).table.empty:
        return
    found = decide(organization, unit, SALES, assumptions)
    assert found.recommendation.text
    assert found.rotation.sentence
    assert len(found.moves) >= 0
    assert len(found.flips) >= 0


def test_what_is_set_by_hand_is_said():
    """Whoever reads the answer shall know which numbers are nobody's answer."""
    answers = Answers({"sales_again": Reply("yes")}, importance={"efficiency": 0.0})
    assumptions = DEFAULT_ASSUMPTIONS.replaced(automation=0.1)
    lacks = decide(golden("Ops"), "CS", answers, assumptions).recommendation.lacks
    title = next(info.title for info in ASSUMPTIONS if info.name == "automation")
    said = f"Set by hand, so it holds whatever the answers say: nearness counts 0 % and “{title}”."
    assert said in lacks
    assert not [each for each in decide(golden("Ops"), "CS").recommendation.lacks if "by hand" in each]


# ------------------------------------------------------------------ the command line


def test_decide_in_text(capsys):
    assert main(["decide", GOLDEN, "--unit", "CS"]) == 0
    said = capsys.readouterr().out
    for words in ("Stay in Operations", "first in", "What would turn it:", "Over time:", "(today"):
        assert words in said


def test_decide_as_json_with_answers(tmp_path, capsys):
    answers = tmp_path / "answers.json"
    answers.write_text(json.dumps(SALES.to_json()))
    assert main(["decide", GOLDEN, "--unit", "CS", "--answers", str(answers), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["questionnaire"]["functions"] == ["sales"]
    assert found["goals"]["sales"] > found["goals"]["operations"]
    assert len(found["now"]) == len(found["later"]) > 8
    assert sum(each["first"] for each in found["now"]) == pytest.approx(1)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "cannot be read"),
        ("[", "answers"),
        ('{"replies": {"sales_again": "perhaps"}}', "perhaps"),
        ('{"replies": {"who": "yes"}}', "who"),
    ],
)
def test_answers_that_cannot_be_are_refused_with_a_sentence(tmp_path, capsys, content, words):
    file = tmp_path / "answers.json"
    if content is not None:
        file.write_text(content)
    assert main(["decide", GOLDEN, "--unit", "CS", "--answers", str(file)]) == 2
    said = capsys.readouterr().err
    assert words in said
    assert "Traceback" not in said
