"""What people say about a structure, and what this chart says about it."""

from __future__ import annotations

from typing import Final

from orgmodel.alternatives import Alternative
from orgmodel.claims import HOLDS, UNKNOWN, Judged
from orgmodel.decision import Decision
from orgmodel.reports.content import Block, Paragraph, Section, Table
from orgmodel.reports.sections.compared import Compared

_SIDES: Final = {"helps": "Said to help", "hurts": "Said to hurt", "suits": "Said to suit"}


def claims(decision: Decision, beside: Compared | None) -> Section:
    """Return the claims about the place the numbers point to, and about the one beside today."""
    shown = {decision.best.key: decision.best}
    if beside is not None:
        shown[beside.alternative.key] = beside.alternative
    blocks = tuple(_judged(decision, alternative) for alternative in shown.values())
    return Section("What people say, and what this chart says", blocks, "claims")


def _judged(decision: Decision, alternative: Alternative) -> Block:
    found = decision.claims(alternative)
    if not found:
        return Paragraph(
            f"{alternative.title}: nothing is commonly said about this place, as it is none of the usual "
            "structures."
        )
    rows = [
        (f"{title}: {item.claim.text}", _verdict(item), item.reason)
        for side, title in _SIDES.items()
        for item in found
        if item.claim.side == side
    ]
    told = [item for item in found if item.verdict != UNKNOWN]
    held = sum(item.verdict == HOLDS for item in told)
    note = f"{held} of the {len(told)} that this chart or the answers can tell hold." if told else ""
    header = ("What is said", "On this chart", "Because")
    return Table(alternative.title, header, tuple(rows), note, widths=(36, 24, 40))


def _verdict(item: Judged) -> str:
    return f"{item.verdict}: {item.number}" if item.number else item.verdict
