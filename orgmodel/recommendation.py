"""What the numbers point to, in sentences that can be read aloud.

The sentences are plain text: names in them come from the user's file, so a page escapes them. They say what
the numbers of a structure are and never what a move would cause: nobody has measured that.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple, Protocol

import numpy as np

from orgmodel.alternatives import Alternative
from orgmodel.criteria import CRITERIA, Criterion
from orgmodel.explanations import in_sentence, listed, percent, value_text
from orgmodel.functions import FUNCTION_TITLES
from orgmodel.lines import Floats, Ints
from orgmodel.ranking import Ranking
from orgmodel.wording import counted

_REASONS: Final = 2
_MOST_NAMED: Final = 2
_FEW_PEOPLE: Final = 5
_EACH: Final = {2: "half", 3: "a third", 4: "a quarter"}
# What the title alone does not say within a sentence.
_CALLED: Final = {"efficiency": "nearness to those it needs"}
_WITHIN: Final = {
    "chief_executive": "the chief executive",
    "merged_with_sales": "merging it with sales",
    "outsourced": "an outside provider",
    "own_department": "a department of its own",
}
_ON_AVERAGE: Final = "the others on average"
#: Less of the total than anybody would call a reason, in points of 100.
_HARDLY: Final = 0.05
#: Half the width of a 95 % interval, in standard errors.
TWO_SIDED: Final = 1.96
CLOSE: Final = (
    "Too close to tell: one assumption a fifth larger or smaller turns the order; if today's place is among "
    "these, it is kept. Or another comes first in as many of the cases."
)
NO_FORECAST: Final = (
    "These numbers say what a structure makes likely, not what will happen: no study measures what a "
    "change of the reporting line causes. Resources, budgets and people are not in a chart."
)


class Reason(NamedTuple):
    """How two placements differ by one criterion.

    ``points`` is what that is worth in the total, of 100: above 0 it speaks for the first.
    """

    criterion: Criterion
    points: float
    value: float
    other: float


class Turns(Protocol):
    """Something that would turn the order, with a sentence that says so."""

    @property
    def sentence(self) -> str:
        """What would turn it."""


class Flips(Protocol):
    """What would turn the order, the smallest change first; ``sentence`` says what was tried in vain."""

    @property
    def sentence(self) -> str:
        """What was tried in vain."""

    def __len__(self) -> int:
        """Return how many turn the order."""

    def __getitem__(self, index: int, /) -> Turns:
        """Return one of them."""


class Change(Protocol):
    """One change to the chart, with the totals without and with it."""

    @property
    def kind(self) -> str:
        """``boss`` for one that moves customer service."""

    @property
    def title(self) -> str:
        """What to do."""

    @property
    def total_before(self) -> float:
        """Total of the chart as it is."""

    @property
    def total_after(self) -> float:
        """Total of the changed chart."""


class Lacks(Protocol):
    """A structure that this chart has no place for."""

    @property
    def title(self) -> str:
        """What it is called."""


@dataclass(frozen=True)
class Recommendation:
    """What the numbers point to, how sure that is, why, what speaks against it, and what is not known.

    ``without_moving`` is the change that moves nobody and gains more than any placement, if there is one.
    """

    headline: str
    how_sure: tuple[str, ...]
    reasons: tuple[str, ...]
    objection: str
    without_moving: str
    flip: str
    lacks: tuple[str, ...]

    @property
    def sentences(self) -> tuple[str, ...]:
        """What follows the headline, in steps: how sure, for and against it, without moving, the flip."""
        why = " ".join(filter(None, (*self.reasons, self.objection)))
        return tuple(filter(None, (" ".join(self.how_sure), why, self.without_moving, self.flip)))

    @property
    def text(self) -> str:
        """All of it as one paragraph, and below it what the chart lacks."""
        said = " ".join((self.headline, *self.sentences))
        return "\n\n".join(filter(None, (said, " ".join(self.lacks), NO_FORECAST)))


def shown_order(ranking: Ranking) -> Ints:
    """Return the alternatives as a screen lists them: the recommended one, then the best totals first."""
    return np.array(sorted(ranking.order.tolist(), key=lambda row: row != ranking.recommended))


def differences(ranking: Ranking, first: int, second: int | None = None) -> tuple[Reason, ...]:
    """Return how a placement differs from another one by every criterion that counts, its advantages first.

    Without a ``second`` it is compared with the mean of all others. A criterion by which one of the two has
    no number is left out: what is missing is no reason.
    """
    others = [at for at in range(len(ranking.alternatives)) if at != first] if second is None else [second]
    found = []
    for column in np.flatnonzero(ranking.counted):
        scores = ranking.scores[:, column]
        known = [at for at in others if not math.isnan(scores[at])]
        if math.isnan(scores[first]) or not known:
            continue
        values: Floats = ranking.values[CRITERIA[column].name].to_numpy(dtype=np.float64)
        found.append(
            Reason(
                CRITERIA[column],
                float(ranking.weights[column] * (np.mean(scores[known]) - scores[first])),
                float(values[first]),
                float(np.mean(values[known])),
            )
        )
    return tuple(sorted(found, key=lambda reason: -reason.points))


def recommendation(
    ranking: Ranking,
    notes: Sequence[str] = (),
    missing: Sequence[Lacks] = (),
    flips: Flips | None = None,
    moves: Sequence[Change] = (),
    people: float = math.inf,
) -> Recommendation:
    """Return what a ranking points to.

    Parameters
    ----------
    ranking
        The placements with their totals and ranks.
    notes
        What the chart lacks and what was assumed, in sentences (``survey.notes``).
    missing
        Structures that this chart does not allow.
    flips
        What would turn the order of the first two by total, smallest change first; None where nobody has
        looked.
    moves
        Single changes to the chart as it is, the best first.
    people
        How many customer service has.

    """
    best, first = ranking.recommended, int(ranking.order[0])
    today = next((at for at, each in enumerate(ranking.alternatives) if each.today), None)
    if best != today:
        against, other = today, "today" if today is not None else _ON_AVERAGE
    elif best != first:
        against, other = first, named(ranking.alternatives[first])
    else:
        against, other = None, _ON_AVERAGE
    found = differences(ranking, best, against)
    advantages = [reason for reason in found if reason.points > _HARDLY][:_REASONS]
    return Recommendation(
        headline=_headline(ranking, best),
        how_sure=tuple(_how_sure(ranking, best)),
        reasons=_reasons(advantages, other),
        objection=" ".join(
            filter(None, (_shared(ranking, best, people), _objection(ranking, best, found, other)))
        ),
        without_moving=_without_moving(ranking, moves),
        flip=_flip(flips),
        lacks=(*_coverage(ranking, best, today), *notes, *_not_compared(missing)),
    )


def _headline(ranking: Ranking, best: int) -> str:
    alternative = ranking.alternatives[best]
    if len(ranking.alternatives) == 1:
        return "There is only one place for customer service in this chart, so there is nothing to choose."
    where = described(alternative)
    where = where[:1].lower() + where[1:].rstrip(".")
    if alternative.today:
        stay = f"in {alternative.title}" if alternative.structure in FUNCTION_TITLES else "where it is"
        clearly = "clearly " if ranking.ties else ""
        return f"Stay {stay}{f', {where}' if where else ''}: no other place is {clearly}better."
    if (rival := as_often(ranking)) is not None:
        other = ranking.alternatives[rival]
        stay = "staying with " if other.today else ""
        return f"These numbers point to {named(alternative)}, or to {stay}{named(other)}: too close to tell."
    return f"These numbers point to {named(alternative)}{f': {where}' if where else ''}."


def as_often(ranking: Ranking) -> int | None:
    """Return what comes first in as many cases as the recommended one; None where today's place is kept."""
    shares, best = ranking.acceptability.first, ranking.recommended
    most = int(np.argmax(shares))
    is_rival = most != best and shares[most] >= shares[best] and not ranking.alternatives[best].today
    return most if is_rival else None


def described(alternative: Alternative) -> str:
    """Return what an alternative means; bosses who share it equally have their share said once, in words."""
    placement, text = alternative.placement, alternative.describes
    shares = {share for _, share in placement.bosses} if placement else set()
    many = len(placement.bosses) if placement else 0
    if many not in _EACH or max(shares) - min(shares) > _HARDLY / 100:
        return text
    said = f", {percent(max(shares))}"
    return text.replace(said, "").replace(".", f", {_EACH[many]} each.", 1) if said in text else text


def named(alternative: Alternative) -> str:
    """Return what a placement is called within a sentence."""
    if alternative.today and not alternative.structure:
        return "the place it has today"
    return _WITHIN.get(alternative.structure, alternative.title)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _how_sure(ranking: Ranking, best: int) -> list[str]:
    if len(ranking.alternatives) == 1:
        return []
    shares, draws = ranking.acceptability.first, ranking.acceptability.draws
    often = np.argsort(-shares, kind="stable")
    most, next_one = int(often[0]), int(next(at for at in often if at != best))
    it = "today's place" if ranking.alternatives[best].today else "it"
    sentence = (
        f"If priorities and assumptions are varied {draws:,} times, {it} comes first in "
        f"{first_share(ranking, best)} of the cases"
    )
    if most == best:
        then = named(ranking.alternatives[next_one])
        sentence += f"; next comes {then} with {first_share(ranking, next_one)}"
    elif shares[most] > shares[best] + error_of(ranking, most):
        sentence += f"; {named(ranking.alternatives[most])} does in more, {first_share(ranking, most)}"
        if ranking.totals[most] > ranking.totals[best]:
            sentence += (
                f", though its total is worse: {ranking.totals[most]:.1f} against "
                f"{ranking.totals[best]:.1f} (0 is best)"
            )
    return [f"{sentence}.", *_close_call(ranking, best)]


def _close_call(ranking: Ranking, best: int) -> list[str]:
    """Say what cannot be told apart from the best total; where that is not today's, by how much it leads."""
    close = [at for at in (int(ranking.order[0]), *ranking.ties) if at != best]
    if not close:
        return []
    if not ranking.alternatives[best].today:
        names = _few([named(ranking.alternatives[at]) for at in close])
        return [f"It is a close call: by these numbers it cannot be told apart from {names}."]
    rival, *others = close
    ahead = ranking.totals[best] - ranking.totals[rival]
    better = f"{abs(ahead):.1f} of 100 points {'better' if ahead > 0 else 'worse'}"
    why = (
        "some of its numbers are not known"
        if rival in ranking.unknown
        else "one assumption a fifth larger or smaller turns it"
    )
    names = _few([named(ranking.alternatives[at]) for at in others])
    return [
        f"Nearest rival: {named(ranking.alternatives[rival])}, {better}, too little to tell: {why}.",
        *([f"Nor can it be told apart from {names}."] if others else []),
    ]


def _few(names: Sequence[str]) -> str:
    """Return some names, the first two of them and how many more.

    >>> _few(["IT", "Sales", "Finance"])
    'IT, Sales and 1 other'
    """
    more = len(names) - _MOST_NAMED
    return listed([*names[:_MOST_NAMED], *([counted(more, "other")] if more > 0 else [])])


def first_share(ranking: Ranking, at: int) -> str:
    """Return in how many weightings a placement comes first, with the error of the simulation."""
    return probability_text(float(ranking.acceptability.first[at]), error_of(ranking, at))


def error_of(ranking: Ranking, at: int) -> float:
    """Return the half width of the 95 % interval of how often a placement comes first."""
    return TWO_SIDED * float(ranking.acceptability.first_error[at])


def probability_text(share: float, error: float) -> str:
    """Return a share found by simulation, with its error.

    >>> probability_text(0.6204, 0.003), probability_text(0.6204, 0.0001)
    ('62 % (± 0.3 points)', '62 % (± under 0.1 points)')
    """
    points = 100.0 * error
    shown = f"{points:.1f}" if points >= _HARDLY else "under 0.1"
    return f"{percent(share)} (± {shown} points)"


def _reasons(advantages: Sequence[Reason], other: str) -> tuple[str, ...]:
    if not advantages:
        return (f"By no number alone is it clearly better than {other}.",)
    said = listed([instead(reason) for reason in advantages])
    return (f"What speaks for it most, compared with {other}: {said}.",)


def _objection(ranking: Ranking, best: int, found: Sequence[Reason], other: str) -> str:
    if found and found[-1].points < -_HARDLY:
        return f"What speaks against it most: {instead(found[-1])}."
    others = [at for at in range(len(ranking.alternatives)) if at != best]
    worst = [(differences(ranking, best, at)[-1:], at) for at in others]
    behind = min(((each[0].points, at, each[0]) for each, at in worst if each), default=None)
    nothing = f"Nothing that counts is worse than {'with ' * (other != 'today')}{other}."
    if behind is None or behind[0] > -_HARDLY:
        return nothing
    _, at, reason = behind
    turned = reason._replace(value=reason.other, other=reason.value)
    return (
        f"{nothing} The most that another has ahead of it: with {named(ranking.alternatives[at])}, "
        f"{instead(turned)}."
    )


def _shared(ranking: Ranking, best: int, people: float) -> str:
    """Say that nobody is accountable alone where several bosses share customer service."""
    alternative = ranking.alternatives[best]
    placement = alternative.placement
    if alternative.today or placement is None or placement.kind != "shared" or len(placement.bosses) == 1:
        return ""
    if people >= _FEW_PEOPLE:
        return "Nobody would be accountable alone."
    few = counted(round(people), "person", "people")
    return f"Nobody would be accountable alone, and {few} would have {len(placement.bosses)} bosses."


def _without_moving(ranking: Ranking, moves: Sequence[Change]) -> str:
    """Say which change that moves nobody gains more than the best placement."""
    best, change = float(ranking.totals.min()), next((each for each in moves if each.kind != "boss"), None)
    if change is None or change.total_after >= best:
        return ""
    return (
        "Without moving anybody, one change brings more than any of these places: "
        f"{change.title[:1].lower()}{change.title[1:]}. That takes the total from {change.total_before:.1f} "
        f"to {change.total_after:.1f}, the best place only to {best:.1f} (0 is best); it counts only if "
        "people really do it."
    )


def instead(reason: Reason) -> str:
    """Return the values of two placements by one criterion, and which is better.

    ``nearness to those it needs 60 % instead of 40 % (higher is better)``
    """
    item = reason.criterion.indicator
    value, other = value_text(item, reason.value), value_text(item, reason.other)
    if item.unit.startswith("%"):  # of what, the title says
        value, other = percent(reason.value / 100), percent(reason.other / 100)
    if item.unit == "bosses":
        return f"{value} instead of {other.partition(' ')[0]} (fewer is better)"
    return f"{_CALLED.get(item.name, in_sentence(item))} {value} instead of {other} ({item.direction})"


def _flip(flips: Flips | None) -> str:
    if flips is None:
        return ""
    if not len(flips):
        return flips.sentence
    return f"The smallest single change that turns the first two by total: {flips[0].sentence}"


def _not_compared(missing: Sequence[Lacks]) -> list[str]:
    titles = list(dict.fromkeys(each.title for each in missing))
    return [f"Not compared, because this chart shows no place for them: {listed(titles)}."] if titles else []


def _coverage(ranking: Ranking, best: int, today: int | None) -> list[str]:
    """Say what has no number, and who could be ahead if theirs were known."""
    found = []
    for at, what in {best: "this placement", today: "today's place"}.items():
        if at is not None and ranking.coverage[at] < 1.0 - 1e-9:  # rounding
            share = percent(1.0 - float(ranking.coverage[at]))
            found.append(f"For {share} of the weight {what} has no number; that counts against it.")
    if ahead := [named(ranking.alternatives[at]) for at in ranking.unknown if at != best]:
        found.append(f"Could be ahead if all its numbers were known: {_few(ahead)}.")
    return found
