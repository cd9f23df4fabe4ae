"""All placements side by side, and how sure their order is."""

from __future__ import annotations

from typing import Final

import numpy as np

from orgmodel.charts.alternatives import alike, by_weight, places
from orgmodel.criteria import CRITERIA
from orgmodel.decision import Decision
from orgmodel.explanations import percent
from orgmodel.ranking import Ranking
from orgmodel.recommendation import TWO_SIDED, described, first_share, shown_order
from orgmodel.reports.content import Block, Number, Paragraph, Picture, Points, Section, Table
from orgmodel.reports.drawings import Heat, Shares
from orgmodel.reports.sections.numbers import measured, points

_RANKS: Final = ("first", "second", "third")


def placements(decision: Decision) -> Section:
    """Return all alternatives by what counts, how often each comes first, and what has no place."""
    ranking = decision.now
    blocks: list[Block] = [_table(ranking), _heat(ranking), *_dropped(ranking), _ranks(ranking)]
    later = decision.later.alternatives[decision.later.recommended]
    if later.key != decision.best.key:
        blocks.append(
            Paragraph(
                "If software answered more of the routine contacts, as the assumptions about later say, "
                f"{later.title} would come first. {described(later)}"
            )
        )
    if missing := decision.alternatives.missing:
        found = tuple(f"{item.title}: {item.reason}" for item in missing)
        blocks.append(Points(found, "What this chart has no place for"))
    return Section("All placements side by side", tuple(blocks), "alternatives")


def _names(ranking: Ranking) -> tuple[str, ...]:
    """Return the placements as a screen lists them, with their places."""
    shown = [ranking.alternatives[at] for at in shown_order(ranking)]
    return tuple(
        f"{place} {item.title}{' (today)' * (item.today and item.title != 'As today')}"
        for place, item in zip(places(ranking), shown, strict=True)
    )


def _table(ranking: Ranking) -> Table:
    order = shown_order(ranking).tolist()
    rows = []
    for name, at in zip(_names(ranking), order, strict=True):
        said = (
            "" if ranking.coverage[at] > 1 - 1e-9 else f" A number for {percent(ranking.coverage[at])} only."
        )
        first = 100.0 * float(ranking.acceptability.first[at])
        rows.append(
            (
                name,
                f"{described(ranking.alternatives[at])}{said}".strip(),
                points(float(ranking.totals[at])),
                Number(first, first_share(ranking, at), "%"),
            )
        )
    by_total = ranking.recommended == ranking.order[0]
    note = (
        "The best total first."
        if by_total
        else "Today first because nothing is clearly better, then the best totals."
    )
    if ranking.ties:
        note += " = cannot be told apart from the best total by these numbers."
    today = tuple(row for row, at in enumerate(order) if ranking.alternatives[at].today)
    header = ("Placement", "What it means", "Total: 0 best, 100 worst", "First in so many cases")
    return Table("Placements with their totals", header, tuple(rows), note, today, (26, 44, 12, 18))


def _heat(ranking: Ranking) -> Picture:
    """Return the placements by the criteria, the weightiest first; those that are alike are named below."""
    order, same = shown_order(ranking), alike(ranking)
    shown = [at for at in by_weight(ranking) if at not in same]
    values, texts = [], []
    for at in order.tolist():
        raw = ranking.values.iloc[at]
        values.append((float(ranking.totals[at]), *(float(ranking.scores[at, column]) for column in shown)))
        cells = (measured(CRITERIA[column].indicator, float(raw[CRITERIA[column].name])) for column in shown)
        texts.append((f"{ranking.totals[at]:.1f}", *(_short(cell) for cell in cells)))
    heads = [f"{CRITERIA[at].title} ({percent(float(ranking.weights[at]))})" for at in shown]
    today = tuple(row for row, at in enumerate(order.tolist()) if ranking.alternatives[at].today)
    return Picture(
        "Placements by what counts",
        Heat(
            _names(ranking),
            ("Total", *heads),
            tuple(values),
            tuple(texts),
            framed=today,
        ),
        "All placements by all numbers that count: pale is good and dark is bad.",
        "Pale is good and dark is bad. Percentages in the heads: what a column counts in the total.",
    )


def _short(cell: Number) -> str:
    """Return a number for a narrow cell; "of what" stands in the head."""
    number, sign, _ = cell.text.partition(" %")
    return f"{number}{sign}" if sign else cell.text.removesuffix(" bosses").removesuffix(" boss")


def _dropped(ranking: Ranking) -> list[Block]:
    """Say which criteria have no column, and why."""
    said = [f"{CRITERIA[at].title}: {text}" for at, text in alike(ranking).items()]
    none = [CRITERIA[at].title for at in np.flatnonzero(~ranking.counted).tolist()]
    found: list[Block] = []
    if said:
        found.append(Paragraph(f"Alike (almost) everywhere. {'; '.join(said)}.", "note"))
    if none:
        found.append(Paragraph(f"In no total, because no placement has a number: {', '.join(none)}.", "note"))
    return found


def _ranks(ranking: Ranking) -> Picture:
    """Return in how many cases each placement comes first, second, third."""
    order = shown_order(ranking)
    shares = np.asarray(ranking.acceptability.rank_acceptability)[order]
    series = {
        title: tuple(shares[:, rank].tolist()) for rank, title in enumerate(_RANKS) if rank < shares.shape[1]
    }
    if shares.shape[1] > len(_RANKS):
        series["later"] = tuple(shares[:, len(_RANKS) :].sum(axis=1).tolist())
    error = 100 * TWO_SIDED * float(np.max(ranking.acceptability.standard_error))
    return Picture(
        "How sure is the order?",
        Shares(_names(ranking), series, "share of the cases"),
        "In how many of the cases each placement comes first, second, third or later.",
        f"In {ranking.acceptability.draws:,} cases, what counts how much is varied about the priorities, and "
        f"every uncertain assumption about its value. Every share is exact to {error:.1f} points or better "
        "(95 %).",
    )
