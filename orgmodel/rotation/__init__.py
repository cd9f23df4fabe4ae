"""Customer service under one boss after another: the goals in order of priority, over some quarters.

Each goal that applies gets a phase in the department that wants it most, the first goal first. The plan is
laid beside two that move less: staying where customer service is, and moving once to the best single
placement. All three are judged quarter by quarter by the goal of that quarter alone (what customer service is
for under it, whom it needs, what counts), so the plan has to win on its own terms, and pays for its moves.

* `orgmodel.rotation.schedule`: weights made into quarters;
* `orgmodel.rotation.plan`: what a plan says;
* `orgmodel.rotation.planning`: `rotation_plan`, the plan for one chart.
"""

from orgmodel.rotation.plan import Course, LeftOut, Phase, RotationPlan, Target
from orgmodel.rotation.planning import OUTCOMES, rotation_plan
from orgmodel.rotation.schedule import phase_lengths, states

__all__ = [
    "OUTCOMES",
    "Course",
    "LeftOut",
    "Phase",
    "RotationPlan",
    "Target",
    "phase_lengths",
    "rotation_plan",
    "states",
]
