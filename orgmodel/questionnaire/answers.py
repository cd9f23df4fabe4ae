"""The answers as data: what was replied, how sure, in which order the goals stand, what was set by hand."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from orgmodel.criteria import NAMES
from orgmodel.errors import AnswersError
from orgmodel.importing.writing.own_rows import sound
from orgmodel.questionnaire.questions import GOAL_NAMES, QUESTION_OF
from orgmodel.wording import quoted

#: What a reply is worth; somebody who does not know has said so, and nothing else.
REPLIES: Final[Mapping[str, float]] = {"yes": 1.0, "partly": 0.5, "no": 0.0}
DONT_KNOW: Final = "dont_know"
#: How far the worth of a reply may be off, by how sure somebody is.
SURENESS: Final[Mapping[str, float]] = {"sure": 0.0, "fairly": 0.25, "guess": 0.5}
_VALUES: Final = (*REPLIES, DONT_KNOW)
_MOST: Final = 1000.0
_KEYS: Final = ("replies", "ranking", "goal_weights", "importance")


class Reply(NamedTuple):
    """What was said to one question."""

    value: str
    sureness: str = "sure"

    @property
    def range(self) -> tuple[float, float]:
        """From the least to the most the reply may be worth; all there is where nobody knows.

        >>> Reply("yes", "fairly").range, Reply("dont_know").range
        ((0.75, 1.0), (0.0, 1.0))
        """
        if self.value == DONT_KNOW:
            return 0.0, 1.0
        worth, off = REPLIES[self.value], SURENESS[self.sureness]
        return max(0.0, worth - off), min(1.0, worth + off)


def _nothing() -> Mapping[str, Any]:
    return MappingProxyType({})


@dataclass(frozen=True)
class Answers:
    """What somebody answered; nothing at all is an answer too.

    Attributes
    ----------
    replies : mapping of str to Reply
        By key of the question.
    ranking : tuple of str
        Keys of goals, the most urgent first; goals may be left out.
    goal_weights : mapping of str to float
        Weights of the goals set by hand; where there are any, they hold whatever is replied.
    importance : mapping of str to float
        Points of criteria set by hand; they hold whatever is replied, the others follow from the replies.

    Raises
    ------
    AnswersError
        Something in it is unknown or no number that can be; the sentence names it.

    >>> answers = Answers({"ops_errors": Reply("yes")}, ranking=("operations",))
    >>> Answers.from_json(answers.to_json()) == answers
    True

    """

    replies: Mapping[str, Reply] = field(default_factory=_nothing)
    ranking: tuple[str, ...] = ()
    goal_weights: Mapping[str, float] = field(default_factory=_nothing)
    importance: Mapping[str, float] = field(default_factory=_nothing)

    def __post_init__(self) -> None:
        """Check everything and make it read-only."""
        replies = {
            _known(key, QUESTION_OF, "question"): _reply(key, reply)
            for key, reply in _object(self.replies, "The replies").items()
        }
        weights = _numbers(self.goal_weights, GOAL_NAMES, "goal")
        if weights and not any(weights.values()):
            raise AnswersError("All goals have the weight 0. Give at least one of them more.")
        points = _numbers(self.importance, NAMES, "criterion")
        if len(points) == len(NAMES) and not any(points.values()):
            raise AnswersError("Nothing counts: all points are 0. Give at least one number more.")
        object.__setattr__(self, "replies", MappingProxyType(replies))
        object.__setattr__(self, "ranking", _ranking(self.ranking))
        object.__setattr__(self, "goal_weights", MappingProxyType(weights))
        object.__setattr__(self, "importance", MappingProxyType(points))

    def __hash__(self) -> int:
        """Let answers be the key of a cache."""
        parts = (self.replies, self.goal_weights, self.importance)
        return hash((self.ranking, *(frozenset(part.items()) for part in parts)))

    @property
    def answered(self) -> bool:
        """Whether anything was said that can make a difference."""
        said = any(reply.value != DONT_KNOW for reply in self.replies.values())
        return said or bool(self.ranking or self.goal_weights or self.importance)

    def worth(self, question: str) -> float:
        """Return what the reply to a question is worth, from 0 to 1; NaN where nothing is known.

        >>> Answers().worth("digital")
        nan
        """
        reply = self.replies.get(question)
        return math.nan if reply is None else REPLIES.get(reply.value, math.nan)

    def with_reply(self, question: str, value: str | None, sureness: str = "sure") -> Answers:
        """Return the answers with one reply changed; None takes it back.

        >>> Answers().with_reply("digital", "partly").with_reply("digital", None) == Answers()
        True
        """
        replies = {key: reply for key, reply in self.replies.items() if key != question}
        if value is not None:
            replies[question] = Reply(value, sureness)
        return replace(self, replies=replies)

    def to_json(self) -> dict[str, Any]:
        """Return the answers as JSON holds them, without what is empty; a sure reply is one word.

        >>> Answers({"digital": Reply("yes"), "consumers": Reply("no", "guess")}).to_json()
        {'replies': {'digital': 'yes', 'consumers': {'value': 'no', 'sureness': 'guess'}}}
        """
        whole: dict[str, Any] = {
            "replies": {
                key: reply.value if reply.sureness == "sure" else reply._asdict()
                for key, reply in self.replies.items()
            },
            "ranking": list(self.ranking),
            "goal_weights": dict(self.goal_weights),
            "importance": dict(self.importance),
        }
        return {key: value for key, value in whole.items() if value}

    @classmethod
    def from_json(cls, data: object) -> Answers:
        """Return the answers that `to_json` was given: a dictionary, or the text or bytes of a file."""
        if isinstance(data, str | bytes | bytearray):
            try:
                data = json.loads(data)
            except (ValueError, RecursionError) as error:
                raise AnswersError("This is no file of answers: it is not JSON.") from error
        whole = _object(data, "The answers")
        for key in whole:
            _known(key, _KEYS, "part of the answers")
        return cls(**whole)


# ---------------------------------------------------------------------- reading, every fault a sentence


def _said(value: object) -> str:
    """Return a value as a sentence can name it, however long, deep or broken it is."""
    if isinstance(value, str):
        return quoted(sound(value))
    if isinstance(value, Mapping):
        return "an object"
    if isinstance(value, Sequence):
        return "a list"
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) > _MOST:
        return f"a number {'above ' if value > 0 else 'below -'}{_MOST:,.0f}"
    return quoted(str(value)) if value is None or isinstance(value, bool | int | float) else "something else"


def _object(value: object, what: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise AnswersError(f"{what} must be named values, not {_said(value)}.")
    return value


def _known(key: object, known: Mapping[str, Any] | Sequence[str], what: str) -> str:
    if not isinstance(key, str) or key not in known:
        raise AnswersError(f"{_said(key)} is no {what}; these are: {', '.join(known)}.")
    return key


def _reply(question: str, value: object) -> Reply:
    """Return a reply made of what `Answers.to_json` writes, or of a `Reply` or its two texts."""
    said: object
    sureness: object
    if isinstance(value, tuple) and len(value) == len(Reply._fields):
        said, sureness = value
    elif isinstance(value, Mapping):
        for key in value:
            _known(key, Reply._fields, f"part of the reply to {question}")
        said, sureness = value.get("value", ""), value.get("sureness", "sure")
    else:
        said, sureness = value, "sure"
    return Reply(
        _known(said, _VALUES, f"reply to {question}"),
        _known(sureness, SURENESS, f"sureness of the reply to {question}"),
    )


def _ranking(value: object) -> tuple[str, ...]:
    if not isinstance(value, list | tuple):
        raise AnswersError(f"The ranking must be a list of goals, not {_said(value)}.")
    ranking = tuple(_known(goal, GOAL_NAMES, "goal") for goal in value)
    if twice := [goal for goal in GOAL_NAMES if ranking.count(goal) > 1]:
        raise AnswersError(f'"{twice[0]}" stands in the ranking more than once.')
    return ranking


def _numbers(value: object, known: Sequence[str], what: str) -> dict[str, float]:
    numbers = {
        _known(key, known, what): number
        for key, number in _object(value, f"What is set by hand for each {what}").items()
    }
    for key, number in numbers.items():
        is_number = isinstance(number, int | float) and not isinstance(number, bool)
        if not (is_number and 0.0 <= number <= _MOST):
            raise AnswersError(f"{key}: {_said(number)} is not possible; it must be from 0 to {_MOST:,.0f}.")
    return {key: float(numbers[key]) for key in known if key in numbers}
