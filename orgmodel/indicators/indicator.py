"""What every indicator says about itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from orgmodel.context import Context
from orgmodel.lines import Floats

Measure = Callable[[Context], Floats]


class Indicator(NamedTuple):
    """One indicator: a function of the context and what a screen says beside its values.

    ``score`` turns values into 0 (best) .. 100 (worst), or is None where the value is not a risk.
    ``assumptions`` names those the values rest on. ``undefined`` is the reason to print where the value is
    NaN. The definition (formula, range, limits, source) is the docstring of ``function``.
    """

    name: str
    title: str
    unit: str
    direction: str
    undefined: str
    function: Measure
    assumptions: tuple[str, ...]
    score: Callable[[Floats], Floats] | None = None
    headline: bool = False

    @property
    def definition(self) -> str:
        """The docstring of the function, for the methods page."""
        return self.function.__doc__ or ""
