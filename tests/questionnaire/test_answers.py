"""Answers as data: there and back, and a sentence for everything that cannot be."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgmodel.criteria import NAMES
from orgmodel.errors import AnswersError
from orgmodel.questionnaire import EFFECTS, GOALS, QUESTIONS, TOPICS, Answers, Reply, questions_of
from tests.questionnaire.answers_for_tests import everything

HUGE = 10**400
DEEP = "[" * 100_000
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
)


def test_the_questions_of_every_goal_and_topic():
    assert [len(questions_of(goal.key)) for goal in GOALS] == [4, 5, 3]
    assert sum(len(questions_of(topic=topic)) for topic in TOPICS) == len(QUESTIONS) - 12
    assert len({question.key for question in QUESTIONS}) == len(QUESTIONS)
    assert all(question.text.endswith("?") for question in QUESTIONS)


def test_every_question_of_context_moves_something():
    assert {effect.question for effect in EFFECTS} == {item.key for item in QUESTIONS if not item.goal}


def test_nothing_answered():
    assert not Answers().answered
    assert Answers().to_json() == {}
    assert Answers.from_json("{}") == Answers()
    assert not Answers({"digital": Reply("dont_know")}).answered


@given(everything)
def test_there_and_back(answers):
    written = json.dumps(answers.to_json())
    for form in (answers.to_json(), written, written.encode()):
        read = Answers.from_json(form)
        assert read == answers
        assert hash(read) == hash(answers)


@pytest.mark.parametrize(
    ("data", "named"),
    [
        ("", "not JSON"),
        (b"\xff\xfe\x00", "not JSON"),
        (DEEP, "not JSON"),
        ([], "a list"),
        (None, "None"),
        ("7", "7"),
        ({"reply": {}}, "reply"),
        ({"replies": []}, "a list"),
        ({"replies": {"colour": "yes"}}, "colour"),
        ({"replies": {"digital": "maybe"}}, "maybe"),
        ({"replies": {"digital": "\ud800"}}, '"?"'),
        ({"replies": {"digital": 1}}, "digital"),
        ({"replies": {"digital": {}}}, "digital"),
        ({"replies": {"digital": {"value": "yes", "sureness": "very"}}}, "very"),
        ({"replies": {"digital": {"value": "yes", "why": "so"}}}, "why"),
        ({"replies": {3: "yes"}}, "3"),
        ({"ranking": "sales"}, "sales"),
        ({"ranking": ["profit"]}, "profit"),
        ({"ranking": [["sales"]]}, "a list"),
        ({"ranking": ["sales", "sales"]}, "sales"),
        ({"goal_weights": {"sales": -1}}, "-1"),
        ({"goal_weights": {"sales": True}}, "True"),
        ({"goal_weights": {"sales": float("nan")}}, "nan"),
        ({"goal_weights": {"sales": "most"}}, "most"),
        ({"goal_weights": {"sales": HUGE}}, "above 1,000"),
        ({"goal_weights": {"sales": 0}}, "weight 0"),
        ({"goal_weights": 1}, "goal"),
        ({"importance": {"colour": 1}}, "colour"),
        ({"importance": {"breadth": {}}}, "an object"),
        ({"importance": dict.fromkeys(NAMES, 0)}, "Nothing counts"),
    ],
)
def test_a_sentence_for_what_cannot_be(data, named):
    with pytest.raises(AnswersError, match=r"\.$") as raised:
        Answers.from_json(data)
    assert named in str(raised.value)
    assert str(raised.value).encode()


def sentence(data):
    """Return what is wrong with answers, empty where nothing is."""
    try:
        Answers.from_json(data)
    except AnswersError as error:
        return str(error)
    return ""


@given(json_values | st.text() | st.binary())
def test_never_another_error(data):
    assert sentence(data).endswith(".") or Answers.from_json(data)


@given(
    st.fixed_dictionaries(
        {},
        optional={
            "replies": json_values | st.dictionaries(st.sampled_from(["digital", "x"]), json_values),
            "ranking": json_values | st.lists(st.sampled_from(["sales", "x"])),
            "goal_weights": json_values | st.dictionaries(st.sampled_from(["sales", "x"]), json_values),
            "importance": json_values | st.dictionaries(st.sampled_from(["breadth", "x"]), json_values),
        },
    )
)
def test_never_another_error_in_a_part(data):
    for form in (data, json.dumps(data)):
        assert sentence(form).endswith(".") or Answers.from_json(form)
