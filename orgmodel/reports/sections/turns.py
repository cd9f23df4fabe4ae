"""What would turn the answer, and which input matters most."""

from __future__ import annotations

from typing import Final

from orgmodel.decision import Decision
from orgmodel.recommendation import TWO_SIDED
from orgmodel.reports.content import Block, Paragraph, Picture, Points, Section
from orgmodel.reports.drawings import Bars

_MOST_FLIPS: Final = 12
_MOST_DECIDERS: Final = 8
_NO_PART: Final = 0.005


def turns(decision: Decision) -> Section:
    """Return the smallest changes that turn the order of the two best totals, and what they hang on."""
    if len(decision.now.order) < 2:  # noqa: PLR2004  # a first and a second
        only = Paragraph("There is nothing to compare with.")
        return Section("What would turn it", (only,), "turns")
    first, second = (decision.now.alternatives[at].title for at in decision.now.order[:2])
    flips = decision.flips
    blocks: list[Block] = []
    if len(flips):
        blocks += [
            Paragraph(
                f"{first} and {second} have the best totals. These changes, each made alone, put the second "
                "before the first; the smallest change comes first."
            ),
            Points(tuple(flip.sentence for flip in flips[:_MOST_FLIPS]), numbered=True),
        ]
    else:
        blocks.append(Paragraph(f"{first} and {second} have the best totals."))
    more = len(flips) - _MOST_FLIPS
    notes = [f"{more} more would." if more > 0 else "", flips.sentence]
    if note := " ".join(filter(None, notes)):
        blocks.append(Paragraph(note, "note"))
    return Section("What would turn it", (*blocks, *_deciders(decision, first, second)), "turns")


def _deciders(decision: Decision, first: str, second: str) -> list[Block]:
    found = decision.deciders
    if found is None:
        return []
    titles = sorted(found.total, key=lambda title: -found.total[title])[:_MOST_DECIDERS]
    titles = [title for title in titles if found.total[title] >= _NO_PART]
    if not titles:
        return []
    bars = Bars(
        tuple(titles),
        {"Part": tuple(found.total[title] for title in titles)},
        "part it has in how far they are apart",
        errors={"Part": tuple(TWO_SIDED * found.total_error[title] for title in titles)},
        percent=True,
    )
    alt = (
        f"Which input matters most for the choice between {first} and {second}: the longer the bar, the more."
    )
    note = (
        "The lines at the ends of the bars are 95 % intervals. What acts together is counted for each, so "
        "that all may sum to more than 100 %. What is not shown hardly matters."
    )
    return [Picture("Which input matters most", bars, alt, note)]
