"""Questions about what customer service shall achieve, and what follows from the answers.

* `questions`: the three goals with their questions, and those about the company;
* `answers`: `Answers`, as data, both ways with JSON;
* `goals`: how strongly each goal is asked for, its weight, and the department the answers lead to;
* `effects`: the table of what each answer moves, by how much, and why;
* `mixtures`: purpose, needs and importance under any weights of the goals;
* `aims`: what customer service is for, whom it needs and what counts, with every step on the way.
"""

from orgmodel.questionnaire.aims import REPLY_TITLES, Aims, Influence, aims, aims_of_goal
from orgmodel.questionnaire.answers import DONT_KNOW, REPLIES, SURENESS, Answers, Reply
from orgmodel.questionnaire.effects import EFFECTS, GOAL_IMPORTANCE, Effect, Emphasis
from orgmodel.questionnaire.goals import (
    Home,
    Strength,
    goal_strengths,
    goal_weight_draws,
    goal_weight_ranges,
    goal_weights,
    goals_chosen,
    home,
)
from orgmodel.questionnaire.mixtures import Mixtures, criterion_points, mixtures
from orgmodel.questionnaire.questions import (
    GOAL_NAMES,
    GOAL_OF,
    GOALS,
    QUESTION_OF,
    QUESTIONS,
    TOPICS,
    Goal,
    Question,
    questions_of,
)

__all__ = [
    "DONT_KNOW",
    "EFFECTS",
    "GOALS",
    "GOAL_IMPORTANCE",
    "GOAL_NAMES",
    "GOAL_OF",
    "QUESTIONS",
    "QUESTION_OF",
    "REPLIES",
    "REPLY_TITLES",
    "SURENESS",
    "TOPICS",
    "Aims",
    "Answers",
    "Effect",
    "Emphasis",
    "Goal",
    "Home",
    "Influence",
    "Mixtures",
    "Question",
    "Reply",
    "Strength",
    "aims",
    "aims_of_goal",
    "criterion_points",
    "goal_strengths",
    "goal_weight_draws",
    "goal_weight_ranges",
    "goal_weights",
    "goals_chosen",
    "home",
    "mixtures",
    "questions_of",
]
