"""Several scenarios side by side, where a report is about more than one."""

from __future__ import annotations

from orgmodel.indicators import INDICATORS
from orgmodel.reports.content import Block, Cell, Points, Section, Table
from orgmodel.reports.sections.numbers import measured
from orgmodel.scenarios.comparing import Comparison


def side_by_side(comparison: Comparison) -> Section:
    """Return the numbers of all scenarios in a table, and what of each differs from the reference."""
    names, reference = comparison.names, comparison.reference
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (item.title, *(measured(item, comparison.value(item, at)) for at in range(len(names))))
        for item in INDICATORS
    )
    note = f"Each after its placement. The others are compared with {names[reference]}."
    blocks: list[Block] = [Table("Every number in every scenario", ("Number", *names), rows, note)]
    blocks += [
        Points((*sentences, *filter(None, (fault,))), f"What differs in {name}")
        for at, (name, sentences, fault) in enumerate(
            zip(names, comparison.said, comparison.faults, strict=True)
        )
        if at != reference and (sentences or fault)
    ]
    return Section("Scenarios side by side", tuple(blocks), "scenarios")
