"""Answer patterns of all kinds."""

from dataclasses import replace

from hypothesis import strategies as st

from orgmodel.criteria import NAMES
from orgmodel.questionnaire import DONT_KNOW, GOAL_NAMES, QUESTIONS, REPLIES, SURENESS, Answers, Reply

replies = st.builds(Reply, st.sampled_from([*REPLIES, DONT_KNOW]), st.sampled_from(list(SURENESS)))
replied = st.builds(
    Answers,
    replies=st.dictionaries(st.sampled_from([question.key for question in QUESTIONS]), replies),
)
rankings = st.permutations(GOAL_NAMES).flatmap(
    lambda order: st.integers(0, 3).map(lambda many: tuple(order[:many]))
)
ranked = st.builds(lambda answers, ranking: replace(answers, ranking=ranking), replied, rankings)
numbers = st.floats(0.5, 1000)
everything = st.builds(
    lambda answers, weights, points: replace(answers, goal_weights=weights, importance=points),
    ranked,
    st.dictionaries(st.sampled_from(GOAL_NAMES), numbers),
    st.dictionaries(st.sampled_from(NAMES), numbers),
)
goals = st.sampled_from(GOAL_NAMES)


def all_of(**replies_of_goals):
    """Return answers with the same reply to every question of a goal."""
    return Answers(
        {
            question.key: Reply(replies_of_goals[question.goal])
            for question in QUESTIONS
            if question.goal in replies_of_goals
        }
    )
