"""What can be done about a finding, what was done, and what the reader decided instead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

#: As a subject: every finding of that code. As an option: what is proposed for each.
EVERY: Final = "*"
PROPOSED: Final = "proposed"


@dataclass(frozen=True, slots=True)
class Choice:
    """One decision about a file: of all findings of a code the one about ``subject`` is met by ``option``.

    Attributes
    ----------
    code
        The code of the notice.
    subject
        What the finding is about: an id, a cell, a line of the file; `EVERY` for all of that code.
    option
        One of the options of its `Repair`, or `PROPOSED`.

    """

    code: str
    subject: str
    option: str


@dataclass(frozen=True, slots=True)
class Repair:
    """One way to meet a finding.

    Attributes
    ----------
    choice
        What to decide for it.
    title
        What it does, as a reader reads it on a button: ``Cut "B" -> "A"``.
    applied
        Whether the chart shown has it.
    proposed
        Whether it is what the doctor would do; one of the ways of a finding at most.

    """

    choice: Choice
    title: str
    applied: bool = False
    proposed: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """The option that holds for a finding, and all ways to meet it."""

    option: str
    repairs: tuple[Repair, ...]


class Decisions:
    """The choices made so far, which every room of the import asks before it does what it does by default.

    >>> decisions = Decisions([Choice("cycle", "a", "cut b")])
    >>> answer = decisions.about("cycle", "a", {"cut a": "Cut a -> b", "cut b": "Cut b -> a"}, "cut a")
    >>> answer.option, [repair.applied for repair in answer.repairs]
    ('cut b', [False, True])
    """

    def __init__(self, choices: Sequence[Choice] = ()) -> None:
        """Take choices in the order they were made: a later one counts more."""
        self._latest: dict[tuple[str, str], tuple[int, str]] = {
            (choice.code, choice.subject): (place, choice.option) for place, choice in enumerate(choices)
        }

    def of(self, code: str) -> dict[str, str]:
        """Return the option chosen last for every subject of a code, where any text may be an option.

        A choice for all of the code, which can only mean that nothing is decided any more, ends those before.

        >>> Decisions([Choice("manager", "a", "b"), Choice("manager", "c", "")]).of("manager")
        {'a': 'b', 'c': ''}
        """
        ended, _option = self._latest.get((code, EVERY), (-1, ""))
        return {
            subject: option
            for (of_code, subject), (place, option) in self._latest.items()
            if of_code == code and subject != EVERY and place > ended
        }

    def about(
        self, code: str, subject: str, options: Mapping[str, str], default: str, proposed: str | None = None
    ) -> Answer:
        """Return which option holds for a finding: the one chosen last, else the default.

        ``options`` are the ways to meet it with their titles. ``proposed`` is what the doctor would do, the
        default unless said. A choice that is no option here (the file has changed) counts as none.
        """
        proposed = default if proposed is None else proposed
        option = default
        own, of_all = self._latest.get((code, subject)), self._latest.get((code, EVERY))
        for _place, chosen in sorted(filter(None, (own, of_all))):
            wanted = proposed if chosen == PROPOSED else chosen
            option = wanted if wanted in options else option
        repairs = tuple(
            Repair(Choice(code, subject, name), title, name == option, name == proposed)
            for name, title in options.items()
        )
        return Answer(option, repairs)
