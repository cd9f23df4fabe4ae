"""Rankings made by hand: any scores, any names, with what the pictures and sentences read of a ranking."""

from types import SimpleNamespace

import numpy as np
import pandas as pd

from orgmodel.alternatives import Alternative
from orgmodel.criteria import CRITERIA, NAMES
from orgmodel.indicators import INDICATORS
from orgmodel.priorities import dirichlet_about, smaa

DRAWS = 2000


def ranking_of(scores, weights=None, today=0, ties=(), titles=None):
    """Return placements with these scores, a row for each; columns that are not given cannot be told."""
    given = np.asarray(scores, dtype=np.float64)
    full = np.full((len(given), len(CRITERIA)), np.nan)
    full[:, : given.shape[1]] = given
    counted = ~np.isnan(full).all(axis=0)
    points = np.where(counted, 1.0, 0.0)
    points[: given.shape[1]] *= 1.0 if weights is None else np.asarray(weights)
    shares = points / points.sum()
    worst = np.where(np.isnan(full), 100.0, full)
    titles = titles or [f"P{row}" for row in range(len(given))]
    values = pd.DataFrame(np.nan, index=range(len(given)), columns=[item.name for item in INDICATORS])
    for column, item in enumerate(CRITERIA):
        good = 1.0 - full[:, column] / 100.0
        values[item.name] = good if item.indicator.unit == "0 to 1" else full[:, column]
    totals = worst @ shares
    order = np.argsort(totals, kind="stable")
    close = {int(order[0]), *ties}
    drawn = dirichlet_about(shares[None, :], DRAWS, np.random.default_rng(1))
    return SimpleNamespace(
        alternatives=tuple(
            Alternative(f"p{row}", title, None, f"Under {title}.", "", row == today)
            for row, title in enumerate(titles)
        ),
        scores=full,
        counted=counted,
        weights=shares,
        coverage=~np.isnan(full) @ shares,
        totals=totals,
        order=order,
        ties=tuple(ties),
        unknown=tuple(row for row in ties if np.isnan(full[row, counted]).any()),
        recommended=today if today in close else int(order[0]),
        values=values,
        acceptability=smaa(-worst, drawn),
    )


def scores_of(*rows, **columns):
    """Return rows of scores that are zero but for some columns, by the name of the criterion."""
    found = np.zeros((len(rows) or len(next(iter(columns.values()))), len(NAMES)))
    for name, column in columns.items():
        found[:, NAMES.index(name)] = column
    return found
