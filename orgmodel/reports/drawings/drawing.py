"""What a picture in a report says, as plain data: an SVG, a slide and a table are made of the same.

Numbers are floats, NaN is "not defined". Texts are as they came from the user; whoever draws escapes them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from orgmodel.charts.layout import MOST_BOXES
from orgmodel.functions import FunctionReading
from orgmodel.organization import Organization

#: What can have happened to a node: its sign, its word, its colour (sign and frame tell them apart without
#: colours too).
MARKS: Final[Mapping[str, tuple[str, str, str]]] = {
    "added": ("+", "Added", "#1A7F37"),
    "changed": ("~", "Changed", "#B58900"),
    "removed": ("−", "Removed", "#B3261E"),
}


@dataclass(frozen=True, eq=False)
class OrgChart:
    """A chart, cut to at most ``most`` boxes: those near the top, the unit, its boss and who is marked first.

    Attributes
    ----------
    organization : Organization
    reading : FunctionReading
        The business function of every row, which colours its box.
    unit : tuple of str
        Ids of the customer service unit; framed, and its boss with a dotted frame.
    marks : tuple of str
        "", "added", "changed" or "removed" for every row, or nothing at all.
    rows : tuple of int
        Only these rows, all of them, whatever ``most`` says; empty for the cut. A row whose manager is not
        among them stands on top.
    references : mapping of int to str
        What a box says at its right end, such as "page 7", where more of it is shown elsewhere.

    """

    organization: Organization
    reading: FunctionReading
    unit: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    rows: tuple[int, ...] = ()
    references: Mapping[int, str] = field(default_factory=dict)
    most: int = MOST_BOXES


@dataclass(frozen=True)
class Bars:
    """Horizontal bars, one group a category, one bar a series.

    Attributes
    ----------
    categories : tuple of str
    series : mapping of str to tuple of float
        The values of every series, in the order of the categories; at most four series.
    unit : str
        What the axis counts, such as "points of the total" or "working days".
    errors : mapping of str to tuple of float
        Half the length of the whiskers, for the series that have some.
    texts : mapping of str to tuple of str
        What stands at the end of a bar instead of its value.
    percent : bool
        Values are parts of 1, written as percentages.
    direction : str
        Said with the unit, such as "lower is better".

    """

    categories: tuple[str, ...]
    series: Mapping[str, tuple[float, ...]]
    unit: str
    errors: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    texts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    percent: bool = False
    direction: str = ""


@dataclass(frozen=True)
class Shares:
    """Bars of parts that sum to 1 at most, such as the ranks a placement has over all weightings.

    The series come best first: the first is the darkest, the last may be faint.
    """

    categories: tuple[str, ...]
    series: Mapping[str, tuple[float, ...]]
    unit: str
    texts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Dots:
    """Before and after, one row a category: a ring, an arrow, a dot, and the word that says which is better.

    Attributes
    ----------
    categories : tuple of str
    before, after : tuple of float
    unit : str
        Of all values, such as "score: 0 best, 100 worst".
    names : tuple of str
        What the two are called.
    lower_is_better : bool or None
        None where neither is.
    texts : tuple of str
        What stands at the right of a row, such as "12.0 → 7.5 days"; the two values where empty.
    limits : tuple of float or None
        Ends of the axis, such as (0, 100).

    """

    categories: tuple[str, ...]
    before: tuple[float, ...]
    after: tuple[float, ...]
    unit: str
    names: tuple[str, str] = ("Today", "Afterwards")
    lower_is_better: bool | None = True
    texts: tuple[str, ...] = ()
    limits: tuple[float, float] | None = None


@dataclass(frozen=True)
class Spans:
    """Ranges with a point, one row a category and one range a series: (low, middle, high)."""

    categories: tuple[str, ...]
    series: Mapping[str, tuple[tuple[float, float, float], ...]]
    unit: str
    percent: bool = False
    direction: str = ""
    limits: tuple[float, float] | None = None


@dataclass(frozen=True)
class Heat:
    """A table whose cells are the darker the higher (the worse) their value.

    Attributes
    ----------
    rows, columns : tuple of str
    values : tuple of tuple of float
        By row; what colours a cell.
    texts : tuple of tuple of str
        What stands in it; the value where empty.
    limits : tuple of float
        Values of the palest and of the darkest colour.
    framed : tuple of int
        Rows with a frame, and ``framed_as`` what that says in the legend.

    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    values: tuple[tuple[float, ...], ...]
    texts: tuple[tuple[str, ...], ...] = ()
    unit: str = "score: 0 best, 100 worst"
    limits: tuple[float, float] = (0.0, 100.0)
    framed: tuple[int, ...] = ()
    framed_as: str = "Today"


@dataclass(frozen=True)
class Phase:
    """A piece of time in a `Plan`: in which row, from when to when, what is written on it."""

    row: int
    start: float
    end: float
    text: str = ""
    shared: bool = False


@dataclass(frozen=True)
class Plan:
    """What happens when: one row a boss, one bar a phase; ``shared`` phases (an overlap) are hatched."""

    rows: tuple[str, ...]
    phases: tuple[Phase, ...]
    unit: str = "quarter"
    moves: tuple[float, ...] = ()


Drawing: TypeAlias = OrgChart | Bars | Shares | Dots | Spans | Heat | Plan


@dataclass(frozen=True, eq=False)
class ChartPage:
    """One page of a chart that is too large for one: its title, and what it shows."""

    title: str
    drawing: OrgChart


def marks_of(marks: Sequence[str]) -> tuple[str, ...]:
    """Return the kinds of marks that occur, in the order of the legend."""
    return tuple(kind for kind in MARKS if kind in marks)
