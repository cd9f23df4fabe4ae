"""The smallest change of one answer, one assumption or one weight that turns the order of two placements."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Final, NamedTuple, overload

import numpy as np

from orgmodel.assumptions import ASSUMPTIONS, METRIC_TITLES, Assumptions
from orgmodel.criteria import CRITERIA
from orgmodel.explanations import in_sentence, listed
from orgmodel.functions import FUNCTION_TITLES
from orgmodel.organization import BUSINESS_FUNCTIONS
from orgmodel.priorities import smallest_change, weight_flip
from orgmodel.questionnaire import GOAL_OF, QUESTIONS, REPLIES, REPLY_TITLES, Answers, aims, goal_weights
from orgmodel.ranking import COUNTING, Ranking, later_assumptions, totals
from orgmodel.uncertainty import Number, numbers_of, with_numbers
from orgmodel.wording import counted

# Totals closer than this are the same.
_TIE: Final = 1e-9
# Nobody believes an assumption ten times as large, or a need above this share.
_TIMES: Final = 10.0
_MOST_NEED: Final = 0.95
_PROBES: Final = 6
_EXACT: Final = 1e-4
_STEP: Final = 0.5  # from one reply, or place in the ranking, to the next
_FINEST: Final = 4  # digits more than usual, where fewer do not tell a number from the present one
_KINDS: Final = {"weight": "weight", "answer": "answer", "assumption": "assumption"}

# Whose title says little without what stands beside it on the screen.
_CALLED: Final = {
    "planning_utilisation": "the time that planners in operations spend on customers' changes",
}

_UNITS: Final = {info.name: info.unit for info in ASSUMPTIONS}


class FlipPoint(NamedTuple):
    """One change that turns the order, everything else as it is.

    Attributes
    ----------
    kind : str
        "weight", "answer" or "assumption".
    key : str
        The criterion; the question, or "ranking"; the name of the assumption, and after dots the function
        and what it is measured by, where it has such parts.
    title, before, after : str
        What changes, from what to what, in the words of a screen. ``after`` is rounded away from ``before``,
        so that it turns the order as it stands there.
    value : float or str
        ``after`` to compute with: the share of the weight, the reply (for a ranking the goals, by commas),
        the number (for a need its share of all needs).
    size : float
        How large the change is, 0..1. Numbers: the difference in shares of the larger of the two. Answers:
        a half for one reply further (or from none), or for two goals swapped; 1 from yes to no.
    sentence : str
        All of it for the screen.
    """

    kind: str
    key: str
    title: str
    before: str
    after: str
    value: float | str
    size: float
    sentence: str


@dataclass(frozen=True)
class FlipPoints(Sequence[FlipPoint]):
    """The flip points, smallest change first, and by kind how many changes were tried that turn nothing."""

    points: tuple[FlipPoint, ...]
    in_vain: Mapping[str, int]

    @overload
    def __getitem__(self, index: int) -> FlipPoint: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[FlipPoint, ...]: ...
    def __getitem__(self, index: int | slice) -> FlipPoint | tuple[FlipPoint, ...]:
        """Return one of the points, or some."""
        return self.points[index]

    def __len__(self) -> int:
        """Return how many turn the order."""
        return len(self.points)

    @property
    def sentence(self) -> str:
        """What was tried in vain, for the screen.

        >>> FlipPoints((), {"weight": 9, "answer": 1}).sentence
        '9 weights and 1 answer were tried one by one as far as they go: none was found to turn the order.'
        """
        tried = [counted(number, noun) for kind, noun in _KINDS.items() if (number := self.in_vain.get(kind))]
        if not tried:
            return ""
        # Found: the search may miss an order that turns and turns back.
        return f"{listed(tried)} were tried one by one as far as they go: none was found to turn the order."


def flip_points(
    ranking: Ranking, answers: Answers, assumptions: Assumptions, first: int, second: int
) -> FlipPoints:
    """Return what, changed alone and as little as possible, turns the order of two alternatives.

    Parameters
    ----------
    ranking : Ranking
    answers, assumptions
        What the ranking follows from.
    first, second : int
        Indices of two of its alternatives, in any order.

    Returns
    -------
    FlipPoints
        At most one for each weight, question and number of the assumptions. Empty where the two tie.

    Notes
    -----
    Weights: that of one criterion, the others rescaled in proportion; exact (`weight_flip`).

    Answers: another reply to one question, and what follows from it; of several that turn the order the
    nearest. If the goals were ranked, two neighbours swapped; if not, one of them ranked first.

    Assumptions: each continuous number, within its bounds and to no more than ten times its value; of the
    needs, which are rescaled, the share, up to 95 %. Searched with six probes on each side
    (`smallest_change`): an order that turns and turns back between two of them is missed. A number on which
    neither total rests is not counted as tried.
    """
    ahead = ranking.totals[second] - ranking.totals[first]
    if abs(ahead) <= _TIE:
        return FlipPoints((), {})
    pair = _Pair(ranking, *((first, second) if ahead > 0 else (second, first)))
    tried = {
        "weight": list(_weights(pair)),
        "answer": list(_answers(pair, answers, assumptions)),
        "assumption": list(_assumptions(pair)),
    }
    found = [point for points in tried.values() for point in points if point is not None]
    return FlipPoints(
        tuple(sorted(found, key=lambda point: point.size)),
        {kind: points.count(None) for kind, points in tried.items()},
    )


class _Pair(NamedTuple):
    """Two alternatives of a ranking, the better one first."""

    ranking: Ranking
    better: int
    worse: int

    def lead(self, ranking: Ranking) -> float:
        """Return by how much the better one is ahead: 0 or less where the order is turned, not a tie."""
        return float(ranking.totals[self.worse] - ranking.totals[self.better]) + _TIE

    def under(self, assumptions: Assumptions) -> Ranking:
        """Return the ranking under other assumptions, and the same importance."""
        wanted = replace(self.ranking.aims, assumptions=assumptions)
        return replace(self.ranking, aims=wanted, scores=self.ranking.scoring.scores(assumptions))

    def answered(self, answers: Answers, assumptions: Assumptions) -> Ranking:
        """Return the ranking under what follows from other answers."""
        wanted = aims(answers, assumptions)
        if self.ranking.later:
            wanted = replace(wanted, assumptions=later_assumptions(wanted.assumptions))
        scores = self.ranking.scoring.scores(wanted.assumptions)
        return replace(self.ranking, answers=answers, aims=wanted, scores=scores)

    def sentence(self, change: str) -> str:
        better, worse = (self.ranking.alternatives[at].title for at in (self.better, self.worse))
        return f"“{worse}” would come before “{better}” if {change}."


def _weights(pair: _Pair) -> Iterator[FlipPoint | None]:
    """Yield for the weight of every criterion its flip point, if it has one."""
    weights = pair.ranking.weights
    by_criterion = totals(pair.ranking.scores[[pair.worse, pair.better]], np.eye(len(CRITERIA)))
    difference = by_criterion[0] - by_criterion[1]
    flips = weight_flip(difference, weights)

    def lead(column: int, weight: float) -> float:
        others = np.where(np.arange(len(weights)) == column, 0.0, weights)
        return float(weight * difference[column] + (1 - weight) * (others / others.sum()) @ difference) + _TIE

    for column in np.flatnonzero(pair.ranking.counted).tolist():
        before, item = float(weights[column]), CRITERIA[column]
        shown = None
        if not math.isnan(flips[column]):
            shown = _shown(before, float(flips[column]), 0.0, 1.0, "share", partial(lead, column))
        if shown is None:
            yield None
            continue
        sentence = pair.sentence(f"{in_sentence(item.indicator)} counted {shown.change}")
        yield _numeric("weight", item.name, item.title, shown, sentence)


def _answers(pair: _Pair, answers: Answers, assumptions: Assumptions) -> Iterator[FlipPoint | None]:
    """Yield for every question, and every other ranking that is tried, its flip point, if it has one."""

    def turned(changed: Answers) -> bool:
        return pair.lead(pair.answered(changed, assumptions)) <= 0

    for question in QUESTIONS:
        said = answers.replies.get(question.key)
        before = REPLY_TITLES[said.value] if said else "Not answered"
        worth = answers.worth(question.key)
        steps = {
            reply: _STEP if math.isnan(worth) else abs(value - worth)
            for reply, value in REPLIES.items()
            if value != worth
        }
        reply = next(
            (
                reply
                for reply in sorted(steps, key=steps.__getitem__)
                if turned(answers.with_reply(question.key, reply))
            ),
            None,
        )
        if reply is None:
            yield None
            continue
        after = REPLY_TITLES[reply]
        change = f"the reply to “{question.text}” were “{after}”" + (
            f" instead of “{before}”" if said else ""
        )
        yield FlipPoint(
            "answer",
            question.key,
            question.text,
            before,
            after,
            reply,
            steps[reply],
            pair.sentence(change),
        )
    for ranking, goal, other in _rankings(answers):
        if not turned(replace(answers, ranking=ranking)):
            yield None
            continue
        title = GOAL_OF[goal].title
        than = f"more urgent than “{GOAL_OF[other].title}”" if other else "the most urgent goal"
        yield FlipPoint(
            "answer",
            "ranking",
            "The order of the goals",
            _goals(answers.ranking) or "Not ranked",
            _goals(ranking),
            ",".join(ranking),
            _STEP,
            pair.sentence(f"“{title}” were {than}"),
        )


def _rankings(answers: Answers) -> Iterator[tuple[tuple[str, ...], str, str]]:
    """Yield rankings one step away, with the goal that rises and the one it passes, if only one."""
    if answers.goal_weights:
        return  # they hold, whatever the ranking
    order = answers.ranking
    for place, (goal, other) in enumerate(zip(order[1:], order[:-1], strict=True)):
        yield (*order[:place], goal, other, *order[place + 2 :]), goal, other
    if not order:
        weights = goal_weights(answers)
        most = max(weights.values())
        for goal, weight in weights.items():
            if weight < most or list(weights.values()).count(most) > 1:
                yield (goal,), goal, ""


def _goals(ranking: Sequence[str]) -> str:
    return ", ".join(GOAL_OF[goal].title for goal in ranking)


def _assumptions(pair: _Pair) -> Iterator[FlipPoint | None]:
    """Yield for every number on which one of the totals rests its flip point, if it has one."""
    assumed = pair.ranking.aims.assumptions
    together = {"needs": sum(assumed.needs.values()), "value_vector": sum(assumed.value_vector)}
    for number in numbers_of(assumed, BUSINESS_FUNCTIONS):
        if number.name not in COUNTING:
            continue
        before, low, high = number.value, number.low, number.high
        others = together.get(number.name, math.inf) - before
        if others <= _TIE:
            continue  # only how they compare with each other counts, and there is but this one
        if number.name == "needs":
            before, low, high = before / (before + others), 0.0, _MOST_NEED
        elif high > 1 and before > 0:
            high = min(high, _TIMES * before)
        moved = partial(_moved, pair, number, others)
        ends = np.array([moved(end).totals[[pair.better, pair.worse]] for end in (low, high)])
        if (np.abs(ends - pair.ranking.totals[[pair.better, pair.worse]]) <= _TIE).all():
            continue

        def lead(value: float, moved: Callable[[float], Ranking] = moved) -> float:
            return pair.lead(moved(value))

        flip = smallest_change(lead, before, low, high, probes=_PROBES, tolerance=_EXACT)
        unit = _UNITS[number.name]
        shown = None if flip is None else _shown(before, flip, low, high, unit, lead)
        if shown is None:
            yield None
            continue
        key = ".".join(filter(None, (number.name, number.key, number.metric)))
        sentence = pair.sentence(f"{_called(number)} were {shown.change}")
        yield _numeric("assumption", key, number.title, shown, sentence)


def _numeric(kind: str, key: str, title: str, shown: _Shown, sentence: str) -> FlipPoint:
    return FlipPoint(kind, key, title, shown.before, shown.after, shown.value, shown.size, sentence)


def _moved(pair: _Pair, number: Number, others: float, value: float) -> Ranking:
    """Return the ranking with one number changed; a need is given as its share beside the others."""
    raw = value * others / (1 - value) if number.name == "needs" else value
    return pair.under(with_numbers(pair.ranking.aims.assumptions, [(number, raw)]))


def _called(number: Number) -> str:
    """Return what a number is called within a sentence."""
    function, metric = FUNCTION_TITLES.get(number.key, ""), METRIC_TITLES.get(number.metric, "").lower()
    if number.name == "metric_vectors":
        return f"the weight of {metric} in what {function} is measured by"
    if number.name == "value_vector":
        return f"the weight of {metric} in what customer service is for"
    if number.name == "needs":
        return f"the need for {function}"
    return _CALLED.get(number.name, f"“{number.title}”")


class _Shown(NamedTuple):
    """A value beyond the flip with few digits, and the change in the words of a screen."""

    value: float
    before: str
    after: str
    change: str
    size: float


def _shown(
    before: float, flip: float, low: float, high: float, unit: str, lead: Callable[[float], float]
) -> _Shown | None:
    """Return a value beyond the flip with few digits; None where none turns the order.

    Rounded away from the present value, so that what the screen says turns the order.
    """
    is_share = unit.startswith("share") or unit == "weight"
    scale, percent = (100, " %") if is_share else (1, "")
    of = "" if unit == "weight" else unit.removeprefix("share") if is_share else f" {unit}"
    largest = scale * max(abs(before), abs(flip))
    usual = 0 if is_share else max(0, 1 - math.floor(math.log10(largest)))
    outwards = math.ceil if flip > before else math.floor
    for digits in range(usual, usual + _FINEST + 1):
        value = min(max(outwards(flip * scale * 10**digits) / 10**digits / scale, low), high)
        now, then = (f"{round(number * scale, digits):.15g}{percent}" for number in (before, value))
        if now != then and lead(value) <= 0:
            size = abs(value - before) / max(abs(before), abs(value))
            # "1 hour", "1 attempt per contact"
            of_now, of_then = (of.replace("s", "", 1) if text == "1" else of for text in (now, then))
            return _Shown(value, now + of_now, then + of_then, f"{then} instead of {now}{of_now}", size)
    return None
