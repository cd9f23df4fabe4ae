"""The first part of the sweep: the distances in steps, and what follows from them.

This is the one place of the benchmarks that knows how the library computes; it follows the engine.
"""

from dataclasses import fields

import numpy as np

from orgmodel.context import Context
from orgmodel.indicators import INDICATORS
from orgmodel.lines import Floats
from orgmodel.paths import Surroundings, lines_of
from orgmodel.sweep import Survey

_FROM_STEPS = frozenset(
    {
        *("silo_risk", "efficiency", "worst_distance"),
        *("feedback_path_length", "fidelity", "reachable_path_length", "unreachable_weight"),
    }
)


def values_from_steps(survey: Survey) -> dict[str, Floats]:
    """Return every indicator that reads distances in steps alone, for all candidates, of a unit of one node.

    A new survey finds out for it who decides in each function, searches the chart once for the steps, and
    computes the indicators; days, bosses' measures, arbiters, queues and the table itself are the rest.
    """
    situation = survey.situation
    (head,) = situation.heads
    reached = np.flatnonzero(situation.outside).tolist()
    lines, lengths = lines_of(survey.organization), survey.assumptions.lengths
    around = Surroundings(lines, len(survey.organization), head)
    steps = around.distances(
        lines.chosen(lines.touching(head)),
        situation.candidates,
        [situation.owners[situation.functions[index]] for index in reached],
        lengths,
        lengths,
    ).with_rows(reached, situation.met_inside)
    known = {
        "assumptions": survey.assumptions,
        "functions": situation.functions,
        "weights": situation.weights,
        "present": situation.present,
        "inside": situation.met_inside,
        "steps": steps,
        "measured_by": np.empty((len(situation.candidates), 0)),  # tells their number
    }
    context = Context(**{**dict.fromkeys(field.name for field in fields(Context)), **known})
    values = {item.name: item.function(context) for item in INDICATORS if item.name in _FROM_STEPS}
    assert len(values) == len(_FROM_STEPS)
    return values
