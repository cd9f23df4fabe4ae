"""What is asked: three goals with their questions, and the questions about the company around them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple


class Goal(NamedTuple):
    """Something customer service can be wanted for, and the function that wants it most."""

    key: str
    title: str
    function: str
    describes: str


class Question(NamedTuple):
    """One question; ``goal`` is the key of the goal it belongs to, empty for a question of context."""

    key: str
    text: str
    goal: str
    topic: str
    help: str = ""


#: The goals, in the order of every array of goal weights.
GOALS: Final = (
    Goal("operations", "Fix operations", "operations", "Orders go right the first time, and smoothly."),
    Goal("sales", "Grow sales", "sales", "The customers you have stay, come back and buy more."),
    Goal("marketing", "Plan the future", "marketing", "What customers say shows what to offer next."),
)
#: Their keys, in order.
GOAL_NAMES: Final = tuple(goal.key for goal in GOALS)
#: Goals by key.
GOAL_OF: Final[Mapping[str, Goal]] = {goal.key: goal for goal in GOALS}

_OF_GOALS: Final[Mapping[str, tuple[tuple[str, str], ...]]] = {
    "operations": (
        ("ops_feedback", "Does operations need to hear more about what goes wrong inside?"),
        ("ops_errors", "Are deliveries, or the way orders are taken down, too slow or not accurate?"),
        ("ops_smooth", "Should the way from order to receipt be smoother?"),
        ("ops_confirm", "Must an order be confirmed as correct before it is made or shipped?"),
    ),
    "sales": (
        ("sales_relationship", "Should an order become a longer relationship?"),
        ("sales_return", "Should customers come back, or those who went quiet be won back?"),
        ("sales_larger", "Should customers spend more per order?"),
        ("sales_bracket", "Should customers move up to better, dearer products?"),
        ("sales_again", "Should people who bought once buy again?"),
    ),
    "marketing": (
        ("plan_information", "Shall customer service gather information for planning?"),
        ("plan_range", "Do you want to learn what to offer, and what to drop?"),
        ("plan_fit", "Do you want to learn which customers fit which products, and how to find more?"),
    ),
}
_OF_CONTEXT: Final[Mapping[str, tuple[tuple[str, str, str], ...]]] = {
    "Strategy": (
        ("strategy_revenue", "Is more revenue what the company wants first?", ""),
        ("strategy_efficiency", "Are low costs what the company wants first?", ""),
        ("strategy_experience", "Do you want to be chosen for how customers are treated?", ""),
    ),
    "Nature of the business": (
        ("complex_sales", "Does a sale take advice and several talks?", ""),
        ("repeat_business", "Do most of your sales come from customers who bought before?", ""),
        ("similar_contacts", "Do you get many contacts that are much alike?", "Where is my parcel?"),
        ("made_to_order", "Is what you sell made or set up for each order?", ""),
        ("subscription", "Do customers pay for a subscription or a contract that goes on?", ""),
        ("digital", "Is most of your business done online?", "A shop on the web, software as a service"),
        ("regulated_money", "Are contacts often about money under strict rules?", "Banking, insurance"),
        ("several_countries", "Do you serve customers in several countries or languages?", ""),
    ),
    "Customers": (
        ("many_customers", "Do you have more customers than anybody knows by name?", ""),
        ("consumers", "Do you sell to consumers who can easily go elsewhere?", ""),
    ),
    "Working together": (
        ("good_terms", "Do customer service and operations work well together already?", ""),
        ("several_departments", "Does a customer's matter often need several departments?", ""),
    ),
    "Feedback": (
        ("feedback_at_desk", "Does only customer service hear what customers say?", "No surveys, no reviews"),
        ("feedback_lost", "Does what customers say often get lost before anybody acts on it?", ""),
    ),
    "Systems": (
        (
            "shared_data",
            "Do all departments see the same data about a customer?",
            "A customer relationship system (CRM) that sales, service and operations all use",
        ),
    ),
}
#: Every question in the order in which it is asked.
QUESTIONS: Final = (
    *(
        Question(key, text, goal, GOAL_OF[goal].title)
        for goal, questions in _OF_GOALS.items()
        for key, text in questions
    ),
    *(
        Question(key, text, "", topic, hint)
        for topic, questions in _OF_CONTEXT.items()
        for key, text, hint in questions
    ),
)
#: Questions by key.
QUESTION_OF: Final[Mapping[str, Question]] = {question.key: question for question in QUESTIONS}
#: The topics of the questions of context, in order.
TOPICS: Final = tuple(_OF_CONTEXT)


def questions_of(goal: str = "", topic: str = "") -> tuple[Question, ...]:
    """Return the questions of a goal, or those of context about a topic.

    >>> [question.key for question in questions_of("marketing")]
    ['plan_information', 'plan_range', 'plan_fit']
    >>> [question.key for question in questions_of(topic="Systems")]
    ['shared_data']
    """
    return tuple(item for item in QUESTIONS if item.goal == goal and (goal or item.topic == topic))
