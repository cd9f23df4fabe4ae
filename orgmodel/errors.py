"""Everything Orgmodel can raise.

An error's message is a sentence for the screen: it names the value at fault and says what to do.
Faults in a user's *file* are not errors but notices (see `orgmodel.importing`); errors are for what
cannot be carried on with.
"""


class OrgModelError(Exception):
    """Parent of every error this library raises on purpose."""


class OrganizationError(OrgModelError, ValueError):
    """The chart contradicts itself: a cycle of authority, a duplicate id, shares above 1."""


class UnknownNodeError(OrganizationError, KeyError):
    """An id that is not in the chart."""

    def __str__(self) -> str:
        """Return the sentence itself (a KeyError would print its repr)."""
        return str(self.args[0])


class PlacementError(OrgModelError, ValueError):
    """A placement that the chart does not allow: a boss below the unit, shares that do not sum to 1."""


class AssumptionError(OrgModelError, ValueError):
    """An assumption out of its bounds: all needs zero, a negative length."""


class PrioritiesError(OrgModelError, ValueError):
    """Values or weights that nothing can be ranked by: a missing number, a negative weight, no draws."""


class AnswersError(OrgModelError, ValueError):
    """Answers to the questionnaire that cannot be: an unknown question, a weight below 0."""


class StudyError(OrgModelError, RuntimeError):
    """A study that cannot be run: a plan that makes no sense, nobody at the address, workers that die."""


class UnreadableFileError(OrgModelError, ValueError):
    """A file in which no table of people or units can be found."""


class ScenarioError(OrgModelError, ValueError):
    """A saved scenario that cannot be read: none at all, cut off, too large, or of a newer program."""


class StoreError(OrgModelError, RuntimeError):
    """What was to be kept could not be kept, or not be found."""


class StoreAwayError(StoreError):
    """The database cannot be reached just now."""


class StoreFullError(StoreError):
    """There is no room left where things are kept."""


class DraftTakenError(StoreError):
    """A draft that was written from another window since it was read here."""


class NotKeptError(StoreError, LookupError):
    """Something that is not among what this reader has kept."""


class NotAllowedError(StoreError):
    """Something that this reader's role in a scenario does not allow."""


class TooMuchKeptError(StoreError):
    """More than one owner may keep, or more links than he may make in an hour."""


class LinkError(OrgModelError, LookupError):
    """A link that leads nowhere: altered, guessed, expired or taken back."""


class ReportError(OrgModelError, RuntimeError):
    """A report or a picture that cannot be made: too large for its format."""
