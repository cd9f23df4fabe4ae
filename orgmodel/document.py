"""A chart that is worked on: what it was opened as, the operations done to it, undo and redo."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any, Final, NamedTuple

from orgmodel.changes import Change, change_between
from orgmodel.edits import Operation, operation_from_json, operation_to_json
from orgmodel.errors import OrganizationError, OrgModelError
from orgmodel.json_forms import list_in, object_from_json
from orgmodel.organization import Organization

_CHANGES_KEPT: Final = 100


class Step(NamedTuple):
    """One operation that was done, what it changed, and how the history calls it."""

    operation: Operation
    change: Change
    title: str


@dataclass(frozen=True)
class Document:
    """A chart and its history. Every operation gives a new document; make the first one with `of`.

    Attributes
    ----------
    base : Organization
        The chart as it was opened.
    organization : Organization
        The chart as it is now: the base after all steps.
    steps, undone : tuple of Step
        In the order in which they were done; the first of ``undone`` is redone next.
    revision : int
        Grows by one whenever the chart changes.

    """

    base: Organization
    organization: Organization
    steps: tuple[Step, ...] = ()
    undone: tuple[Step, ...] = ()
    revision: int = 0
    _recent: tuple[Change, ...] = field(default=(), repr=False, compare=False)

    @classmethod
    def of(cls, organization: Organization) -> Document:
        """Return the document of a chart to which nothing is done yet."""
        return cls(organization, organization)

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return bool(self.steps)

    @property
    def can_redo(self) -> bool:
        """Whether there is a step to do again."""
        return bool(self.undone)

    def do(self, operation: Operation) -> Document:
        """Return the document after an operation; the same one where it changes nothing.

        What the chart does not allow is an `OrgModelError`, and nothing is done.

        >>> from orgmodel.edits import Move
        >>> org = Organization.from_columns(["ceo", "ops", "cs"], [None, "ceo", "ceo"])
        >>> document = Document.of(org).do(Move(("cs",), "ops"))
        >>> document.steps[0].title, document.undo().organization == org
        ('cs moves under ops', True)

        """
        step, organization = _done(self.organization, operation)
        if not step.change:
            return self
        return _after(self, organization, step.change, (*self.steps, step), ())

    def undo(self) -> Document:
        """Return the document without its last step; the same one where there is none."""
        if not self.steps:
            return self
        *steps, step = self.steps
        change = step.change.inverse
        organization = change.applied(self.organization)
        return _after(self, organization, change, tuple(steps), (step, *self.undone))

    def redo(self) -> Document:
        """Return the document after the step that was undone last; the same one where there is none."""
        if not self.undone:
            return self
        step, *undone = self.undone
        organization = step.change.applied(self.organization)
        return _after(self, organization, step.change, (*self.steps, step), tuple(undone))

    def rebased(self, base: Organization) -> tuple[Document, tuple[str, ...]]:
        """Return the document with its steps done to another base, and a sentence for each that does not fit.

        Steps that change nothing any more are dropped without a word, as are undone ones that do not fit.
        """
        steps, organization, refused = _replayed(base, self.steps)
        undone, _, _ = _replayed(organization, self.undone)
        rebased = replace(self, base=base, steps=steps, undone=undone)
        if change := change_between(self.organization, organization):
            rebased = _after(rebased, organization, change, steps, undone)
        return rebased, refused

    def changes_since(self, revision: int) -> tuple[Change, ...] | None:
        """Return what happened from a revision to this one, in order; None if it is too long ago."""
        missing = self.revision - revision
        if not 0 <= missing <= len(self._recent):
            return None
        return self._recent[len(self._recent) - missing :]

    def to_json(self) -> dict[str, Any]:
        """Return the log: with the base it gives the same document (`from_json`)."""
        return {
            "steps": [operation_to_json(step.operation) for step in self.steps],
            "undone": [operation_to_json(step.operation) for step in self.undone],
            "revision": self.revision,
        }

    @classmethod
    def from_json(cls, base: Organization, data: object) -> Document:
        """Return the document whose log this is.

        Raises
        ------
        OrganizationError
            The log is malformed or is that of another base.

        """
        log = object_from_json(data)
        document, done = cls.of(base), 0
        for key in ("steps", "undone"):
            done = len(document.steps)
            for number, operation in enumerate(list_in(log, key), start=done + 1):
                try:
                    document = document.do(operation_from_json(operation))
                except OrgModelError as error:
                    message = f"Step {number:,} of what was saved does not fit this chart: {error}"
                    raise OrganizationError(message) from error
        while len(document.steps) > done:
            document = document.undo()
        revision = log.get("revision", document.revision)
        if not isinstance(revision, int) or revision < 0:
            raise OrganizationError("What was saved cannot be read: its revision is no number.")
        return replace(document, revision=revision, _recent=())


def _after(
    document: Document,
    organization: Organization,
    change: Change,
    steps: tuple[Step, ...],
    undone: tuple[Step, ...],
) -> Document:
    """Return the document in its next revision."""
    return replace(
        document,
        organization=organization,
        steps=steps,
        undone=undone,
        revision=document.revision + 1,
        _recent=(*document._recent, change)[-_CHANGES_KEPT:],  # noqa: SLF001  # its own
    )


def _done(organization: Organization, operation: Operation) -> tuple[Step, Organization]:
    after = operation.applied(organization)
    change = change_between(organization, after)
    return Step(operation, change, operation.title(organization) if change else ""), after


def _replayed(
    organization: Organization, steps: Iterable[Step]
) -> tuple[tuple[Step, ...], Organization, tuple[str, ...]]:
    """Do steps again one after the other; those that are refused are left out, each with a sentence."""
    done, refused = [], []
    for step in steps:
        try:
            again, organization = _done(organization, step.operation)
        except OrgModelError as error:
            refused.append(f"No longer fits: {step.title}. {error}")
        else:
            if again.change:
                done.append(again)
    return tuple(done), organization, tuple(refused)
