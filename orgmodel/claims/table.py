"""What is said about every reporting structure, and how a chart or an answer can tell whether it is so.

The thresholds are natural ones where there are any: the reach is that of silo risk, the band of direct
reports that of the assumptions; a quarter is the equal share of the four things a post can be measured by;
one step is a line to the head itself, two lines are more than the one to the boss. Small and large firms are
those of the European Commission (Recommendation 2003/361/EC: fewer than 50 people, 250 and more). "median" is
that of all heads and managers who could be the boss. The others are our assumptions: no study says from where
on a claim is true.

Nearness to the boss's function is the structure itself: it holds where customer service is under the head,
and fails under a lower manager of the same function.
"""

from __future__ import annotations

from typing import Final, NamedTuple

_EQUAL_SHARE: Final = 25.0
_HALF: Final = 50.0
_SMALL, _LARGE = 50.0, 250.0


class Claim(NamedTuple):
    """One claim about a structure.

    Attributes
    ----------
    structure : str
        A key of `orgmodel.alternatives.STRUCTURES`.
    side : str
        What the structure is said to do: "helps", "hurts" or "suits".
    text : str
    measure : str
        A key of `orgmodel.claims.measures.MEASURES`; empty where no chart can tell.
    sense : str
        The claim holds where the measure is "at most", "at least", "below" or "above" the threshold.
    threshold : float or str
        A number, or one that depends on the case: "reach", "band", "top_band" or "median".
    cannot : str
        Why no chart can tell, in a sentence.
    questions : tuple of str
        Keys of the questions that answer it; one yes is enough.

    """

    structure: str
    side: str
    text: str
    measure: str = ""
    sense: str = ""
    threshold: float | str = 0.0
    cannot: str = ""
    questions: tuple[str, ...] = ()


def _asked(structure: str, text: str, *questions: str) -> Claim:
    return Claim(structure, "suits", text, questions=questions)


_ROTATION: Final = "A rotation is a plan over time: it is compared with staying where the plan is made."

#: Every claim, by structure; helps, hurts, suits.
CLAIMS: Final = (
    Claim("sales", "helps", "Alignment with revenue goals", "revenue_weight", "at least", _EQUAL_SHARE),
    Claim("sales", "helps", "One approach to selling and serving", "lines_to_sales", "at least", 2.0),
    Claim("sales", "helps", "Customer insight reaches sales at once", "steps_to_sales", "at most", 1.0),
    Claim(
        "sales",
        "hurts",
        "Conflict of interest: targets before satisfaction",
        "sales_pressure_conflict",
        "at least",
        _EQUAL_SHARE,
    ),
    Claim(
        "sales",
        "hurts",
        "Quota pressure on people whose job is to resolve issues",
        "sales_attempts",
        "at least",
        0.5,
    ),
    _asked("sales", "Complex sales", "complex_sales"),
    _asked("sales", "Repeat business", "repeat_business"),
    _asked(
        "sales",
        "Growth through existing customers",
        *("sales_relationship", "sales_return", "sales_larger", "sales_bracket", "sales_again"),
    ),
    Claim("operations", "helps", "Efficiency", "cost_weight", "at least", _EQUAL_SHARE),
    Claim("operations", "helps", "Quicker resolution", "desk_to_operations", "at most", "reach"),
    Claim("operations", "helps", "Process improvement", "lines_to_operations", "at least", 2.0),
    Claim("operations", "helps", "Fewer errors", "fidelity", "at least", "median"),
    Claim("operations", "helps", "Balance of efficiency and quality", "service_shortfall", "at most", _HALF),
    Claim("operations", "hurts", "Disconnect from sales goals", "steps_to_sales", "above", "reach"),
    Claim("operations", "hurts", "Missed upselling", "sales_attempts", "at most", 0.25),
    Claim("operations", "hurts", "Silo between service and sales", "lines_to_sales", "below", 1.0),
    _asked("operations", "High-volume, consistent service", "similar_contacts"),
    _asked("operations", "Make-to-order", "made_to_order"),
    _asked("operations", "Subscriptions that integrate service with delivery", "subscription"),
    Claim(
        "marketing",
        "helps",
        "Customer experience as differentiator",
        "quality_weight",
        "at least",
        _EQUAL_SHARE,
    ),
    Claim("marketing", "helps", "Feedback refines strategy", "executive_distance", "at most", "reach"),
    Claim(
        "marketing",
        "helps",
        "Loyalty and retention",
        cannot="Whether customers stay is in the sales figures, not in a chart.",
    ),
    Claim("marketing", "helps", "Research for planning", "lines_to_marketing", "at least", 2.0),
    Claim(
        "marketing", "hurts", "Far from the people who fix a case", "steps_to_operations", "above", "reach"
    ),
    _asked("marketing", "Competitive consumer markets", "consumers"),
    _asked("marketing", "Planning future products", "plan_information", "plan_range", "plan_fit"),
    Claim("chief_executive", "helps", "Top-level commitment", "executive_distance", "at most", 1.0),
    Claim("chief_executive", "helps", "Issues escalate to the top", "arbiter_depth", "at most", 0.0),
    Claim(
        "chief_executive",
        "helps",
        "The customer's voice is heard in strategy",
        "quality_weight",
        "at least",
        _EQUAL_SHARE,
    ),
    Claim("chief_executive", "hurts", "It takes the CEO's time", "escalation_probability", "at least", 1.0),
    Claim(
        "chief_executive", "hurts", "In larger firms it gets delegated again", "boss_span", "above", "band"
    ),
    _asked("chief_executive", "Customer-centric strategy", "strategy_experience"),
    Claim("chief_executive", "suits", "Small firms", "people", "below", _SMALL),
    Claim("cross_functional", "helps", "Collaboration", "breadth", "at least", 0.5),
    Claim("cross_functional", "helps", "An overall view of the customer", "silo_risk", "at most", 0.0),
    Claim(
        "cross_functional",
        "hurts",
        "Several bosses who want different things",
        "boss_disagreement",
        "at least",
        10.0,
    ),
    Claim("cross_functional", "hurts", "Nobody accountable", "effective_bosses", "at least", 2.0),
    Claim("cross_functional", "suits", "Complex organizations", "people", "at least", _LARGE),
    Claim("merged_with_sales", "helps", "One contact for the customer", "led_by_sales", "at least", _HALF),
    Claim(
        "merged_with_sales", "hurts", "The conflict sits inside each job", "sales_attempts", "at least", 0.5
    ),
    Claim("merged_with_sales", "hurts", "Operations has no counterpart", "parts", "at least", 2.0),
    Claim("merged_with_sales", "suits", "Small firms", "people", "below", _SMALL),
    Claim(
        "merged_with_sales",
        "suits",
        "Business-to-business firms",
        cannot="Whom a company sells to is not in a chart.",
    ),
    Claim("outsourced", "helps", "Lower cost", "cost_weight", "at least", _HALF),
    Claim(
        "outsourced",
        "helps",
        "Specialised skill",
        cannot="What people of a provider can do is not in a chart; ask for references.",
    ),
    Claim("outsourced", "hurts", "Brand and values drift", "incentive_distortion", "at least", _HALF),
    Claim("outsourced", "hurts", "It needs strong channels", "feedback_days", "above", "median"),
    _asked("outsourced", "Standard, high-volume contacts", "similar_contacts"),
    Claim("it", "helps", "Chatbots, analytics, tools for all channels", "steps_to_it", "at most", 1.0),
    Claim(
        "it",
        "helps",
        "Staff who know the tool",
        cannot="What people know is not in a chart; ask the team, or look at its training.",
    ),
    Claim("it", "hurts", "Service seen as a cost", "cost_pressure", "at least", _EQUAL_SHARE),
    _asked("it", "E-commerce", "digital"),
    _asked("it", "Software as a service", "subscription"),
    Claim(
        "human_resources",
        "helps",
        "Engagement",
        cannot="How engaged people are is not in a chart; a survey of the staff says it.",
    ),
    Claim("human_resources", "helps", "Training", "steps_to_hr", "at most", 1.0),
    Claim("human_resources", "helps", "A culture of service", "quality_weight", "at least", _EQUAL_SHARE),
    Claim(
        "human_resources",
        "hurts",
        "Distance from customers' problems",
        "steps_to_operations",
        "above",
        "reach",
    ),
    Claim(
        "human_resources",
        "suits",
        "Cultures that see service as people development",
        cannot="What a culture values is not in a chart.",
    ),
    Claim(
        "finance", "helps", "Knowledge of financial products and rules", "lines_to_finance", "at least", 2.0
    ),
    Claim("finance", "helps", "Compliant advice", "risk_weight", "at least", _EQUAL_SHARE),
    Claim("finance", "hurts", "Distance from delivery", "steps_to_operations", "above", "reach"),
    _asked("finance", "Banking, insurance, contacts about money", "regulated_money"),
    Claim("regional", "helps", "Local adaptation", "local_people", "at least", _HALF),
    Claim(
        "regional",
        "helps",
        "Coordination with local sales, marketing, operations",
        "local_functions",
        "at least",
        2.0,
    ),
    Claim("regional", "hurts", "One brand, many services", "parts", "at least", 2.0),
    Claim(
        "regional",
        "hurts",
        "Small teams answer more slowly than a pooled one",
        "pooling_loss",
        "at least",
        1.0,
    ),
    _asked("regional", "Multinationals", "several_countries"),
    Claim("agile", "helps", "Flexibility", "local_functions", "at least", 2.0),
    Claim("agile", "helps", "Quick decisions", "climb", "at most", 1.0),
    Claim("agile", "helps", "Innovation", "steps_to_product", "at most", "reach"),
    Claim(
        "agile", "hurts", "Small teams answer more slowly than a pooled one", "pooling_loss", "at least", 1.0
    ),
    Claim("agile", "hurts", "No home for the profession", "steps_between_parts", "above", "reach"),
    Claim(
        "agile",
        "suits",
        "Agile organizations",
        cannot="How teams work day by day is not in a chart.",
    ),
    Claim("own_department", "helps", "Focus", "led_by_service", "at least", _HALF),
    Claim("own_department", "helps", "A peer of the other functions", "executive_distance", "at most", 2.0),
    Claim("own_department", "hurts", "One more head at the top table", "reports_at_top", "above", "top_band"),
    _asked("own_department", "Larger customer bases", "many_customers"),
    Claim("rotation", "helps", "It serves the most urgent goal first", cannot=_ROTATION),
    Claim("rotation", "hurts", "Each move costs", cannot=_ROTATION),
    Claim("rotation", "suits", "Several goals at once", cannot=_ROTATION),
)
