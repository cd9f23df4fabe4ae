"""Decision analysis on arrays: which alternative is best, by weights that nobody knows exactly.

Knows nothing of organizations. Everywhere A is the number of alternatives, C that of criteria, D that of
draws and M that of scenarios; values are utilities: higher is better.

`weights`
    From an order of importance to weights, and to draws of weights that keep the order or lie about a mean.
`totals`
    From values and weights to one number per alternative, and which alternatives none other beats outright.
`acceptability`
    In how many of the drawn weightings each alternative has each rank (SMAA-2), for whom it is the best,
    and how exact those shares are; `firsts` is the part that is fast for thousands of alternatives.
`sensitivity`
    Which inputs decide a result (Sobol indices).
`thresholds`
    From where on a result turns round.
"""

from orgmodel.priorities.acceptability import Acceptability, smaa
from orgmodel.priorities.sensitivity import SobolIndices, sobol_indices
from orgmodel.priorities.thresholds import smallest_change, weight_flip
from orgmodel.priorities.totals import non_dominated, topsis, weighted_totals
from orgmodel.priorities.weights import dirichlet_about, ordered_dirichlet, rank_order_centroid

__all__ = [
    "Acceptability",
    "SobolIndices",
    "dirichlet_about",
    "non_dominated",
    "ordered_dirichlet",
    "rank_order_centroid",
    "smaa",
    "smallest_change",
    "sobol_indices",
    "topsis",
    "weight_flip",
    "weighted_totals",
]
