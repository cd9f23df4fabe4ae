"""Who is first under each of many weightings: fast for thousands of alternatives, and exact.

All totals are computed once in single precision, block by block in one piece of memory that stays in the
processor's cache, and of each block only the largest total is kept. Wherever that largest total comes so
near to the best of all that single precision cannot tell them apart, the block is computed again in double
precision. So the result is that of double precision throughout, at a quarter of the cost.
"""

from __future__ import annotations

from typing import Final, NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
_Float = TypeVar("_Float", np.float32, np.float64)

#: Totals that differ by less are a tie; values are at most 1. Double precision is exact to about 1e-15 here.
TIE: Final = 1e-12
# Alternatives and draws of a block: its totals take half a megabyte. Measured: fastest among ten shapes.
_ALTERNATIVES: Final = 64
_DRAWS: Final = 2048
# Matrix products of at most so many multiplications OpenBLAS does in the thread that asks. It shares larger
# ones among threads of its own, which wait for each other: with another program on the same two processors
# that took ten times as long as one thread alone (with none, 0.7 times).
_MULTIPLICATIONS: Final = 262_144


class Firsts(NamedTuple):
    """Pairs of a draw and an alternative that is first in it, alone (share 1) or with others.

    The shares of a draw sum to 1 over the alternatives, each counted as often as it is there.
    """

    draw: Ints
    alternative: Ints
    share: Floats


def firsts(values: Floats, weights: Floats, copies: Ints) -> Firsts:
    """Return who is first under each weighting.

    ``values`` (A, C) within -1 and 1, ``weights`` (D, C) of row sums 1; alternative a is there ``copies[a]``
    times, which all share.
    """
    blocks = [_block(values, weights[start : start + _DRAWS]) for start in range(0, len(weights), _DRAWS)]
    draw = np.concatenate([found[0] + block * _DRAWS for block, found in enumerate(blocks)])
    alternative = np.concatenate([found[1] for found in blocks])
    return Firsts(draw, alternative, 1 / np.bincount(draw, copies[alternative])[draw])


def totals(values: Floats, weights: Floats) -> Floats:
    """Return the totals (A, D) of few alternatives under many weightings, in the thread that asks."""
    pieces = _pieces(weights, len(values))
    return (values @ pieces).transpose(1, 0, 2).reshape(len(values), -1)[:, : len(weights)]


def _block(values: Floats, weights: Floats) -> tuple[Ints, Ints]:
    """Return the pairs of a draw and an alternative that is first in it."""
    single = values.astype(np.float32)
    starts = range(0, len(values), _ALTERNATIVES)
    pieces = _pieces(weights.astype(np.float32), min(_ALTERNATIVES, len(values)))
    largest = np.empty((len(starts), len(pieces), pieces.shape[2]), dtype=np.float32)
    block = np.empty((len(pieces), min(_ALTERNATIVES, len(values)), pieces.shape[2]), dtype=np.float32)
    for row, start in enumerate(starts):
        part = single[start : start + _ALTERNATIVES]
        np.matmul(part, pieces, out=block[:, : len(part)]).max(axis=1, out=largest[row])
    largest = largest.reshape(len(starts), -1)[:, : len(weights)]

    # Values, weights, products and sums are each rounded once, so a total is wrong by at most C + 2 roundings
    # (of at most half an epsilon each); two totals, and a margin.
    near = largest.max(axis=0) - 2 * (values.shape[1] + 4) * np.finfo(np.float32).eps
    found: list[tuple[Ints, Ints, Floats]] = []
    for row, start in enumerate(starts):
        draws = np.flatnonzero(largest[row] >= near)
        if len(draws):
            exact = totals(values[start : start + _ALTERNATIVES], weights[draws])
            alternative, place = np.nonzero(exact >= near[draws])
            found.append((draws[place], alternative + start, exact[alternative, place]))
    draw, alternative, total = (np.concatenate(parts) for parts in zip(*found, strict=True))
    best = np.full(len(weights), -np.inf)
    np.maximum.at(best, draw, total)
    first = total >= best[draw] - TIE
    return draw[first], alternative[first]


def _pieces(weights: npt.NDArray[_Float], rows: int) -> npt.NDArray[_Float]:
    """Return the weights (D, C) as pieces (P, C, width), filled up with zeros, for so many rows."""
    draws, criteria = weights.shape
    width = min(draws, max(1, _MULTIPLICATIONS // (rows * criteria)))
    count = -(-draws // width)
    width = -(-draws // count)
    filled = np.zeros((count * width, criteria), dtype=weights.dtype)
    filled[:draws] = weights
    return np.ascontiguousarray(filled.reshape(count, width, criteria).transpose(0, 2, 1))
