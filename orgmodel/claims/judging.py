"""Whether what is said about a structure is so on one chart."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from orgmodel.alternatives import Alternative
from orgmodel.claims.measures import MEASURES, Case
from orgmodel.claims.table import CLAIMS, Claim
from orgmodel.questionnaire import DONT_KNOW, QUESTION_OF, REPLIES, REPLY_TITLES, Answers
from orgmodel.sweep import Assessment, Survey

HOLDS, FAILS, UNKNOWN = "holds", "does not hold", "cannot be told"
_TOLERANCE: Final = 1e-9
_HALF: Final = 0.5


class Judged(NamedTuple):
    """A claim, whether it "holds", "does not hold" or "cannot be told", the number in words, and why."""

    claim: Claim
    verdict: str
    number: str
    reason: str


class _Threshold(NamedTuple):
    """A threshold that depends on the case, and what it is in words."""

    of: Callable[[Case, str], float]
    words: str


def _band(case: Case, _measure: str) -> float:
    """Return the most direct reports that are normal for the bosses."""
    return case.mean(lambda part: max((float(boss.normal_span[1]) for boss in part.bosses), default=math.nan))


def _median(case: Case, measure: str) -> float:
    """Return the median of an indicator over all heads and managers who could be the boss."""
    table = case.survey.table
    return float(table.loc[table["shown_first"], measure].median())


_THRESHOLDS: Final[Mapping[str, _Threshold]] = MappingProxyType(
    {
        "reach": _Threshold(lambda case, _: float(case.survey.assumptions.radius), "the assumed reach"),
        "band": _Threshold(_band, "the most that is assumed to be normal"),
        "top_band": _Threshold(
            lambda case, _: float(case.survey.assumptions.span_most), "the most that is assumed to be normal"
        ),
        "median": _Threshold(_median, "the median of all managers who could be the boss"),
    }
)
_SENSES: Final[Mapping[str, tuple[Callable[[float, float], bool], str]]] = MappingProxyType(
    {
        "at most": (lambda value, threshold: value <= threshold + _TOLERANCE, "at no more than"),
        "at least": (lambda value, threshold: value >= threshold - _TOLERANCE, "at no less than"),
        "below": (lambda value, threshold: value < threshold - _TOLERANCE, "below"),
        "above": (lambda value, threshold: value > threshold + _TOLERANCE, "above"),
    }
)


def judged_claims(
    survey: Survey, alternative: Alternative, assessment: Assessment, answers: Answers | None = None
) -> tuple[Judged, ...]:
    """Return what is said about the structure of an alternative, each claim with what this chart says.

    ``assessment`` is that of the alternative's placement (`Survey.current` for today's). An alternative
    that is no structure has no claims.

    >>> from orgmodel import Organization, survey
    >>> from orgmodel.alternatives import alternatives
    >>> org = Organization.from_columns(
    ...     ["ceo", "sales", "ops", "cs"], [None, "ceo", "ceo", "ops"],
    ...     functions=["executive", "sales", "operations", "customer_service"],
    ... )
    >>> chart = survey(org, "cs")
    >>> sales = alternatives(chart).kept[0]
    >>> found = judged_claims(chart, sales, chart.assess(sales.placement))[2]
    >>> found.claim.text, found.number, found.verdict
    ('Customer insight reaches sales at once', '1 step to the head of sales', 'holds')

    """
    case = Case(survey, assessment)
    return tuple(judged(claim, case, answers) for claim in CLAIMS if claim.structure == alternative.structure)


def judged(claim: Claim, case: Case, answers: Answers | None = None) -> Judged:
    """Return one claim with what a chart or the answers say about it."""
    if claim.measure:
        return _measured(claim, case)
    if claim.questions:
        return _answered(claim, answers)
    return Judged(claim, UNKNOWN, "", claim.cannot)


def holds(claim: Claim, value: float, threshold: float) -> bool:
    """Return whether a measured claim holds at a value of its measure."""
    return _SENSES[claim.sense][0](value, threshold)


def _measured(claim: Claim, case: Case) -> Judged:
    measure = MEASURES[claim.measure]
    value = measure.of(case)
    if math.isnan(value):
        return Judged(claim, UNKNOWN, "", measure.unknown)
    limit, why = _limit(claim, case)
    number = measure.text(value)
    if math.isnan(limit):
        return Judged(claim, UNKNOWN, number, "There is nothing to compare the number with.")
    bound = "at" if claim.sense == "at most" and limit == 0 else _SENSES[claim.sense][1]
    # 24.8 % is shown as 25 %, and yet below 25 %.
    alike = measure.amount(value) == measure.amount(limit) and abs(value - limit) > _TOLERANCE
    near = f" The number is a little {'above' if value > limit else 'below'} that." if alike else ""
    reason = f"It holds {bound} {measure.amount(limit)}{why}.{near}"
    return Judged(claim, HOLDS if holds(claim, value, limit) else FAILS, number, reason)


def _limit(claim: Claim, case: Case) -> tuple[float, str]:
    """Return the threshold of a measured claim, and what it is where it depends on the case."""
    if isinstance(claim.threshold, str):
        named = _THRESHOLDS[claim.threshold]
        return named.of(case, claim.measure), f", {named.words}"
    return claim.threshold, ""


def _answered(claim: Claim, answers: Answers | None) -> Judged:
    """Return a claim by the reply that speaks most for it."""
    replies = answers.replies if answers else {}
    known = [key for key in claim.questions if key in replies and replies[key].value != DONT_KNOW]
    if not known:
        texts = " ".join(QUESTION_OF[key].text for key in claim.questions[:1])
        return Judged(claim, UNKNOWN, "", f"It depends on an answer that is not given: {texts}")
    best = max(known, key=lambda key: REPLIES[replies[key].value])
    value = replies[best].value
    verdict = HOLDS if REPLIES[value] >= _HALF else FAILS
    return Judged(claim, verdict, f"your answer: {REPLY_TITLES[value].lower()}", QUESTION_OF[best].text)
