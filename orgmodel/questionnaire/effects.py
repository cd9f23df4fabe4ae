"""What each answer moves, by how much, and why: one table for the goals and one for the context.

The factors are our assumptions, moderate on purpose (from a quarter more to twice as much), and all of them
can be overruled by hand. They multiply, so their order plays no role.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final, NamedTuple

from orgmodel.assumptions import METRIC_TITLES
from orgmodel.criteria import CRITERIA
from orgmodel.functions import FUNCTION_TITLES
from orgmodel.questionnaire.answers import Answers


class Emphasis(NamedTuple):
    """How many times as much a criterion counts under a goal, and why."""

    factor: float
    reason: str


class Effect(NamedTuple):
    """What a yes to a question multiplies, by which factor, and why.

    ``moves`` is "importance" (``key`` is a criterion), "need" (a function) or "purpose" (a metric). Partly is
    the square root of the factor, no and don't know move nothing; how sure somebody is plays no role.
    """

    question: str
    moves: str
    key: str
    factor: float
    reason: str

    @property
    def what(self) -> str:
        """What is moved, in the words of a screen."""
        return TITLES[self.moves][self.key]

    def factor_at(self, answers: Answers) -> float:
        """Return the factor that holds for these answers.

        >>> effect = Effect("digital", "need", "it", 1.44, "")
        >>> effect.factor_at(Answers().with_reply("digital", "partly")), effect.factor_at(Answers())
        (1.2, 1.0)
        """
        worth = answers.worth(self.question)
        return 1.0 if math.isnan(worth) else self.factor**worth


#: Words of a screen for what answers move.
TITLES: Final[Mapping[str, Mapping[str, str]]] = {
    "importance": {item.name: item.title for item in CRITERIA},
    "need": FUNCTION_TITLES,
    "purpose": METRIC_TITLES,
}

#: What counts more under each goal.
GOAL_IMPORTANCE: Final[Mapping[str, Mapping[str, Emphasis]]] = {
    "operations": {
        "escalation_probability": Emphasis(2.0, "Orders nobody decides about are late and go wrong."),
        "efficiency": Emphasis(1.25, "A fault is mended only when those who can mend it hear of it."),
        "waiting_probability": Emphasis(1.25, "Waiting customers are part of the way from order to receipt."),
    },
    "sales": {
        "sales_disconnect": Emphasis(2.0, "Service cut off from sales misses what customers would buy next."),
        "service_shortfall": Emphasis(1.25, "Only customers who were served well come back."),
    },
    "marketing": {
        "executive_distance": Emphasis(
            2.0, "Plans are made near the top; there the customer has to be heard."
        ),
        "breadth": Emphasis(1.5, "Planning takes what many departments know."),
        "service_shortfall": Emphasis(1.25, "Customers tell more to people who have time for them."),
    },
}

#: What the answers about the company move.
EFFECTS: Final = (
    Effect("strategy_revenue", "purpose", "revenue", 1.5, "Service shall help the company's first aim."),
    Effect(
        "strategy_revenue",
        "importance",
        "sales_disconnect",
        1.5,
        "Where nobody wants service to help with sales, it will not.",
    ),
    Effect("strategy_efficiency", "purpose", "cost", 1.5, "Service shall help the company's first aim."),
    Effect(
        "strategy_efficiency",
        "importance",
        "waiting_probability",
        1.25,
        "One large team answers more with fewer people than several small ones.",
    ),
    Effect(
        "strategy_experience", "purpose", "quality", 1.5, "Service is what customers shall choose you for."
    ),
    Effect(
        "strategy_experience",
        "importance",
        "service_shortfall",
        1.5,
        "A boss who is not measured by service gives it up first.",
    ),
    Effect(
        "strategy_experience",
        "importance",
        "executive_distance",
        1.5,
        "What sets you apart has to be heard where strategy is made.",
    ),
    Effect("complex_sales", "need", "sales", 1.5, "Who advised the customer knows what was promised."),
    Effect(
        "complex_sales",
        "importance",
        "sales_disconnect",
        1.25,
        "Selling and serving are hardly two things where a sale takes advice.",
    ),
    Effect("repeat_business", "purpose", "revenue", 1.25, "The next order is won by how the last one went."),
    Effect(
        "repeat_business",
        "importance",
        "service_shortfall",
        1.25,
        "Customers come back as long as they are served well.",
    ),
    Effect(
        "similar_contacts",
        "importance",
        "waiting_probability",
        1.5,
        "Many contacts make a queue, and a pooled team has the shortest.",
    ),
    Effect(
        "similar_contacts", "need", "operations", 1.25, "What is asked again and again has a cause to mend."
    ),
    Effect("similar_contacts", "need", "it", 1.25, "Software can answer what is always the same."),
    Effect("made_to_order", "need", "operations", 1.5, "Each order is talked over with those who make it."),
    Effect(
        "made_to_order",
        "importance",
        "escalation_probability",
        1.5,
        "Changes of an order are argued about when the schedule is full.",
    ),
    Effect("subscription", "need", "operations", 1.25, "Serving and delivering go on together, every month."),
    Effect(
        "subscription",
        "importance",
        "service_shortfall",
        1.25,
        "A badly served customer can leave at the next renewal.",
    ),
    Effect(
        "digital", "need", "it", 1.5, "Where business is done online, IT builds what customers complain of."
    ),
    Effect(
        "digital", "importance", "waiting_probability", 1.25, "Online customers expect an answer at once."
    ),
    Effect("regulated_money", "purpose", "risk", 2.0, "Wrong advice about money is an offence, not a fault."),
    Effect("regulated_money", "need", "finance", 2.0, "Finance knows the products and the rules."),
    Effect("regulated_money", "need", "legal", 1.5, "What may be said is decided by those who know the law."),
    Effect(
        "several_countries",
        "importance",
        "waiting_probability",
        1.5,
        "A team split by country answers more slowly than one for all.",
    ),
    Effect(
        "several_countries",
        "importance",
        "breadth",
        1.25,
        "Local service needs lines of its own to local departments.",
    ),
    Effect(
        "many_customers",
        "importance",
        "boss_attention",
        1.5,
        "A large service needs a boss who has time for it.",
    ),
    Effect(
        "many_customers",
        "importance",
        "span_deviation",
        1.5,
        "Under a boss with too many reports a large service is soon handed on.",
    ),
    Effect(
        "many_customers", "importance", "waiting_probability", 1.25, "Many customers at once make a queue."
    ),
    Effect("consumers", "need", "marketing", 1.5, "Marketing has to hear early why consumers leave."),
    Effect("consumers", "importance", "service_shortfall", 1.5, "Consumers leave after one bad experience."),
    Effect("good_terms", "need", "operations", 0.8, "What works already needs less help from the chart."),
    Effect(
        "good_terms",
        "importance",
        "escalation_probability",
        0.8,
        "People on good terms settle most quarrels themselves.",
    ),
    Effect(
        "several_departments", "importance", "breadth", 1.5, "Every detour between departments costs time."
    ),
    Effect(
        "several_departments",
        "importance",
        "effective_bosses",
        1.25,
        "Where many take part, one has to answer for the whole.",
    ),
    Effect(
        "feedback_at_desk",
        "importance",
        "efficiency",
        1.5,
        "Others learn what customers say only from people in customer service.",
    ),
    Effect(
        "feedback_lost", "importance", "efficiency", 1.5, "The fewer hands it goes through, the less is lost."
    ),
    Effect(
        "feedback_lost",
        "importance",
        "executive_distance",
        1.25,
        "Near the top there is somebody who can insist.",
    ),
    Effect(
        "shared_data",
        "importance",
        "efficiency",
        0.8,
        "What everybody can look up nobody has to carry.",
    ),
)
