"""SMAA-2 by its definition: one draw after the other, in exact fractions."""

from collections import defaultdict
from fractions import Fraction


def rank_acceptability(values, weights):
    """Return {(alternative, rank): share} and {(better, worse): share}; those that tie share their ranks."""
    ranks, beaten = defaultdict(Fraction), defaultdict(Fraction)
    count = len(values)
    for draw in weights:
        totals = [exact_total(row, draw) for row in values]
        for a, mine in enumerate(totals):
            better = sum(other > mine for other in totals)
            tied = totals.count(mine)
            for rank in range(better, better + tied):
                ranks[a, rank] += Fraction(1, tied * len(weights))
            for b in range(count):
                beaten[a, b] += (Fraction(mine > totals[b]) + Fraction(mine == totals[b]) / 2) / len(weights)
    return ranks, beaten


def first_places(values, weights):
    """Return for every alternative {draw: share of the first place}."""
    places = [{} for _ in values]
    for index, draw in enumerate(weights):
        totals = [exact_total(row, draw) for row in values]
        winners = [a for a, total in enumerate(totals) if total == max(totals)]
        for a in winners:
            places[a][index] = Fraction(1, len(winners))
    return places


def central_weights(values, weights):
    """Return for every alternative its central weights, None where it is never first."""
    found = []
    for shares in first_places(values, weights):
        whole = sum(shares.values())
        criteria = range(len(weights[0]))
        mean = [
            sum(share * Fraction(weights[draw][c], sum(weights[draw])) for draw, share in shares.items())
            for c in criteria
        ]
        found.append([part / whole for part in mean] if whole else None)
    return found


def exact_total(row, draw):
    """Return the weighted total of whole numbers."""
    return sum(Fraction(value) * weight for value, weight in zip(row, draw, strict=True)) / sum(draw)
