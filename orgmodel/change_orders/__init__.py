"""The change-order process of a make-to-order plant, simulated on a chart.

* `orgmodel.change_orders.parameters`: every number of the process, with unit, bounds and meaning;
* `orgmodel.change_orders.process`: one placement on a chart, as desks, managers and the ways of quarrels;
* `orgmodel.change_orders.draws`, `orgmodel.change_orders.stations`, `orgmodel.change_orders.simulation`:
  from a seed, over queues, to `orgmodel.change_orders.records`, one per change, order and manager visited;
* `orgmodel.change_orders.story`: what happened to one change, moment by moment;
* `orgmodel.change_orders.outcomes`, `orgmodel.change_orders.summary`: what counts, what records come to;
* `orgmodel.change_orders.closed_form`: what theory says, without simulation;
* `orgmodel.change_orders.policies`, `orgmodel.change_orders.plan`, `orgmodel.change_orders.study`,
  `orgmodel.change_orders.executors`: many placements, policies and utilisations, on one machine or several;
* `orgmodel.change_orders.comparison`, `orgmodel.change_orders.agreement`, `orgmodel.change_orders.phrases`,
  `orgmodel.change_orders.findings`: what a study says, in sentences.
"""

from orgmodel.change_orders.closed_form import Expected, expected
from orgmodel.change_orders.findings import Finding, findings
from orgmodel.change_orders.outcomes import OUTCOME_TABLE
from orgmodel.change_orders.parameters import Parameters
from orgmodel.change_orders.plan import read_plan
from orgmodel.change_orders.policies import POLICIES, PRESETS, Policy
from orgmodel.change_orders.process import Process, process_of
from orgmodel.change_orders.records import Records
from orgmodel.change_orders.simulation import simulate
from orgmodel.change_orders.story import story
from orgmodel.change_orders.study import Plan, Study, run
from orgmodel.change_orders.summary import Summary, interval, summarise

__all__ = [
    "OUTCOME_TABLE",
    "POLICIES",
    "PRESETS",
    "Expected",
    "Finding",
    "Parameters",
    "Plan",
    "Policy",
    "Process",
    "Records",
    "Study",
    "Summary",
    "expected",
    "findings",
    "interval",
    "process_of",
    "read_plan",
    "run",
    "simulate",
    "story",
    "summarise",
]
