"""Which inputs decide a result: Sobol indices."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import special

from orgmodel.errors import PrioritiesError

Floats = npt.NDArray[np.float64]

_CONFIDENCE = 0.95


class SobolIndices(NamedTuple):
    """Shares of the variance of a result, by name of the group of inputs.

    ``first`` (0..1): what vanishes on average where this group alone is known, ``Var E(Y | X_g) / Var Y``.
    ``total`` (0..1): what is left on average where all others are known, ``E Var(Y | others) / Var Y``;
    larger than ``first`` by what the group does together with others. Estimates may lie a little outside.
    The errors are standard errors, by bootstrap. All are NaN where the result does not vary at all.
    """

    first: Mapping[str, float]
    total: Mapping[str, float]
    first_error: Mapping[str, float]
    total_error: Mapping[str, float]


def sobol_indices(
    evaluate: Callable[[Floats], Floats], groups: Mapping[str, int], size: int, seed: int
) -> SobolIndices:
    """First-order and total Sobol indices of groups of inputs.

    Parameters
    ----------
    evaluate : function of an array (rows, inputs) that returns an array (rows,)
        The result for each row of inputs. Inputs are independent and uniform from 0 to 1; they stand in the
        order of ``groups``. Called once.
    groups : mapping of str to int
        Number of inputs of each group, 1 or more.
    size : int
        Power of two; ``size * (len(groups) + 2)`` rows are evaluated.
    seed : int
        The same seed gives the same indices.

    Raises
    ------
    PrioritiesError
        No group, a group without inputs, a size that is no power of two, a result that is no number.

    Notes
    -----
    Sampled and estimated by SALib: Sobol's sequence, scrambled; Saltelli's design and estimators. SALib is
    loaded here, not with the library, since with the part of scipy it needs it takes 0.4 s and 34 MB.

    References
    ----------
    Saltelli, Annoni, Azzini, Campolongo, Ratto and Tarantola (2010), Variance based sensitivity analysis of
    model output, Computer Physics Communications 181(2), 259-270; Sobol' (2001), Mathematics and Computers
    in Simulation 55, 271-280.

    >>> found = sobol_indices(lambda x: 3 * x[:, 0] + x[:, 1], {"a": 1, "b": 1}, size=1024, seed=1)
    >>> round(found.first["a"], 2), round(found.first["b"], 2)
    (0.9, 0.1)

    """
    # Late, see Notes; SALib has no types.
    from SALib.analyze import sobol as analysis  # type: ignore[import-untyped]  # noqa: PLC0415
    from SALib.sample import sobol as sampling  # type: ignore[import-untyped]  # noqa: PLC0415

    if size < 1 or size & (size - 1) or not groups or min(groups.values()) < 1:
        raise PrioritiesError(
            "Sobol indices need groups of one input or more, and a size that is a power of two."
        )
    inputs = [name for name, number in groups.items() for _ in range(number)]
    problem = {
        "num_vars": len(inputs),
        "names": [f"{name} {place}" for place, name in enumerate(inputs)],
        "groups": inputs,
        "bounds": [[0.0, 1.0]] * len(inputs),
    }
    rows = sampling.sample(problem, size, calc_second_order=False, seed=np.random.default_rng(seed))
    results = np.asarray(evaluate(rows), dtype=float)
    if results.shape != (len(rows),) or not np.isfinite(results).all():
        raise PrioritiesError("The result of every row of inputs is one number, none missing or infinite.")
    if np.ptp(results) == 0:
        unknown = dict.fromkeys(groups, np.nan)
        return SobolIndices(unknown, unknown, unknown, unknown)
    # SALib takes a seed of 0 for none.
    found = analysis.analyze(problem, results, calc_second_order=False, conf_level=_CONFIDENCE, seed=seed + 1)
    deviations = special.ndtri(0.5 + _CONFIDENCE / 2)
    return SobolIndices(
        *(dict(zip(groups, map(float, found[key]), strict=True)) for key in ("S1", "ST")),
        *(
            dict(zip(groups, map(float, found[key] / deviations), strict=True))
            for key in ("S1_conf", "ST_conf")
        ),
    )
