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
from orgmodel.lines import Floats
from orgmodel.ranking import Ranking

_REASONS: Final = 2
_WITHIN: Final = {
    "chief_executive": "the chief executive",
    "merged_with_sales": "merging it with sales",
    "outsourced": "an outside provider",
    "own_department": "a department of its own",
}
#: Less of the total than anybody would call a reason, in points of 100.
_HARDLY: Final = 0.05
#: Half the width of a 95 % interval, in standard errors.
TWO_SIDED: Final = 1.96
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


class Lacks(Protocol):
    """A structure that this chart has no place for."""

    @property
    def title(self) -> str:
        """What it is called."""


@dataclass(frozen=True)
class Recommendation:
    """What the numbers point to, how sure that is, why, what speaks against it, and what is not known."""

    headline: str
    how_sure: tuple[str, ...]
    reasons: tuple[str, ...]
    objection: str
    flip: str
    lacks: tuple[str, ...]

    @property
    def text(self) -> str:
        """All of it as one paragraph, and below it what the chart lacks."""
        said = (self.headline, *self.how_sure, *self.reasons, self.objection, self.flip)
        return "\n\n".join(filter(None, (" ".join(filter(None, said)), " ".join(self.lacks), NO_FORECAST)))


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
        What would turn the order, smallest change first; None where nobody has looked.

    """
    first = int(ranking.order[0])
    today = next((at for at, each in enumerate(ranking.alternatives) if each.today), None)
    against = None if today == first else today
    found = differences(ranking, first, against)
    advantages = [reason for reason in found if reason.points > _HARDLY][:_REASONS]
    return Recommendation(
        headline=_headline(ranking, first),
        how_sure=tuple(_how_sure(ranking, first)),
        reasons=_reasons(advantages, today_is_other=against is not None),
        objection=_objection(ranking, first, found, today_is_other=against is not None),
        flip=_flip(flips),
        lacks=(*_coverage(ranking, first), *notes, *_not_compared(missing)),
    )


def _headline(ranking: Ranking, first: int) -> str:
    alternative = ranking.alternatives[first]
    if len(ranking.alternatives) == 1:
        return "There is only one place for customer service in this chart, so there is nothing to choose."
    staying = "staying with " if alternative.today and alternative.structure else ""
    where = alternative.describes[:1].lower() + alternative.describes[1:].rstrip(".")
    return f"These numbers point to {staying}{named(alternative)}{f': {where}' if where else ''}."


def named(alternative: Alternative) -> str:
    """Return what a placement is called within a sentence."""
    if alternative.today and not alternative.structure:
        return "the place it has today"
    return _WITHIN.get(alternative.structure, alternative.title)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _how_sure(ranking: Ranking, first: int) -> list[str]:
    if len(ranking.alternatives) == 1:
        return []
    shares, draws = ranking.acceptability.first, ranking.acceptability.draws
    most = int(np.argmax(shares))
    often = np.argsort(-shares, kind="stable")
    next_one = int(next(at for at in often if at != first))
    then = f"; next comes {named(ranking.alternatives[next_one])} with {first_share(ranking, next_one)}"
    sentence = (
        f"It comes first in {first_share(ranking, first)} of {draws:,} weightings, in which all that is "
        f"assumed varies too{then if most == first else ''}."
    )
    found = [sentence]
    ties = [named(ranking.alternatives[at]) for at in ranking.ties if at != first]
    if ties:
        found.append(f"It is a close call: by these numbers it cannot be told apart from {listed(ties)}.")
        if any(ranking.alternatives[at].today for at in ranking.ties):
            found.append("Today's place is among these: by the numbers alone there is no need to move.")
    if shares[most] > shares[first] + error_of(ranking, most):
        found.append(
            f"{_capital(named(ranking.alternatives[most]))} comes first in more of them, "
            f"{first_share(ranking, most)}, though its total is worse: {ranking.totals[most]:.1f} against "
            f"{ranking.totals[first]:.1f} (0 is best)."
        )
    return found


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


def _reasons(advantages: Sequence[Reason], *, today_is_other: bool) -> tuple[str, ...]:
    if not advantages:
        where = "today" if today_is_other else "the others on average"
        return (f"By no criterion alone is it clearly better than {where}.",)
    said = listed([instead(reason) for reason in advantages])
    return (f"What speaks for it most: {said}{_where(today_is_other=today_is_other)}.",)


def _objection(ranking: Ranking, first: int, found: Sequence[Reason], *, today_is_other: bool) -> str:
    where = _where(today_is_other=today_is_other)
    if found and found[-1].points < -_HARDLY:
        return f"What speaks against it most: {instead(found[-1])}{where}."
    others = [at for at in range(len(ranking.alternatives)) if at != first]
    worst = [(differences(ranking, first, at)[-1:], at) for at in others]
    behind = min(((each[0].points, at, each[0]) for each, at in worst if each), default=None)
    nothing = f"Nothing that counts is worse than{where}."
    if behind is None or behind[0] > -_HARDLY:
        return nothing
    _, at, reason = behind
    item = reason.criterion.indicator
    return (
        f"{nothing} The most that another has ahead of it: {in_sentence(item)} at "
        f"{value_text(item, reason.other)} with {named(ranking.alternatives[at])} instead of "
        f"{value_text(item, reason.value)}."
    )


def _where(*, today_is_other: bool) -> str:
    return " today" if today_is_other else " elsewhere on average"


def instead(reason: Reason) -> str:
    """Return the values of two placements by one criterion: ``nearness at 60 % instead of 40 %``."""
    item = reason.criterion.indicator
    value, other = value_text(item, reason.value), value_text(item, reason.other)
    if item.unit.startswith("%"):
        other = percent(reason.other / 100)  # the unit has just been said
    return f"{in_sentence(item)} at {value} instead of {other}"


def _flip(flips: Flips | None) -> str:
    if flips is None:
        return ""
    return f"The smallest change that would turn this: {flips[0].sentence}" if len(flips) else flips.sentence


def _not_compared(missing: Sequence[Lacks]) -> list[str]:
    titles = list(dict.fromkeys(each.title for each in missing))
    return [f"Not compared, because this chart shows no place for them: {listed(titles)}."] if titles else []


def _coverage(ranking: Ranking, first: int) -> list[str]:
    covered = float(ranking.coverage[first])
    if covered > 1.0 - 1e-9:  # rounding
        return []
    return [
        f"For {percent(1.0 - covered)} of the weight this placement has no number; that counts against it."
    ]
