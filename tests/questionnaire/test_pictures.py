"""The pictures of what follows from the answers."""

import pytest
from hypothesis import given, settings

from orgmodel.charts.aims import goals_chart, shares_chart
from orgmodel.questionnaire import GOALS, Answers, goal_weights
from tests.questionnaire.answers_for_tests import all_of, everything


@settings(max_examples=20)
@given(everything)
def test_a_bar_for_every_goal(answers):
    bars = {bar.y[0]: bar.x[0] for bar in goals_chart(answers).data if bar.type == "bar"}
    weights = goal_weights(answers)
    assert bars == pytest.approx({goal.title: 100 * weights[goal.key] for goal in GOALS})


def test_no_range_where_weights_are_set_by_hand():
    assert {trace.type for trace in goals_chart(Answers(goal_weights={"sales": 1})).data} == {"bar"}
    surely = all_of(operations="yes", sales="no", marketing="no")
    assert {trace.type for trace in goals_chart(surely).data} == {"bar"}
    assert {trace.type for trace in goals_chart(Answers()).data} == {"bar", "scatter"}


def test_what_is_elsewhere_without_answers_is_marked():
    figure = shares_chart(
        {"Sales": 0.75, "<b>IT": 0.25, "HR": 0.0}, {"Sales": 0.5, "<b>IT": 0.25, "Legal": 0.25}
    )
    bars, marks = figure.data
    assert list(bars.x) == [75, 25, 0]
    assert dict(zip(marks.y, marks.x, strict=True)) == {"Sales": 50, "Legal": 25}
    assert "&lt;b&gt;IT" in figure.layout.yaxis.ticktext[1]
    assert len(shares_chart({"Sales": 1.0}, {"Sales": 1.0}).data) == 1
