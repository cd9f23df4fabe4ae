"""Results as pictures: plotly figures, small enough for any chart, readable on light and dark grounds.

* `orgmodel.charts.layout`: which boxes of a chart a screen can show, and where they stand;
* `orgmodel.charts.trees`: `tree_chart`, the chart;
* `orgmodel.charts.extract`: the part of a chart that ways run through, long ways cut;
* `orgmodel.charts.routes`: `route_chart`, the way of feedback;
* `orgmodel.charts.graphs`: the numbers;
* `orgmodel.charts.scores`, `orgmodel.charts.ranges`: everything that has a score, and how far it moves;
* `orgmodel.charts.health_charts`: the shape of a whole chart;
* `orgmodel.charts.aims`: what the answers of the questionnaire come to;
* `orgmodel.charts.alternatives`: placements side by side;
* `orgmodel.charts.certainty`: how sure their order is, and what decides it;
* `orgmodel.charts.gains`, `orgmodel.charts.timeline`: what single changes gain, a plan over time;
* `orgmodel.charts.places`: where customer service is and could go, on an outline;
* `orgmodel.charts.contacts`, `orgmodel.charts.ways`: the operations lens and the structure lens;
* `orgmodel.charts.change_orders`, `orgmodel.charts.quarrels`: a study of the change-order process, and its
  quarrels on the chart;
* `orgmodel.charts.marked`, `orgmodel.charts.compared`: what is different between two charts, and the numbers
  of several scenarios;
* `orgmodel.charts.style`, `orgmodel.charts.boxes`: colours, names, boxes and lines.
"""

from orgmodel.charts.aims import goals_chart, shares_chart
from orgmodel.charts.alternatives import alternatives_scatter, differences_chart, heat_map
from orgmodel.charts.certainty import (
    acceptability_chart,
    central_weights_chart,
    flips_chart,
    sobol_chart,
)
from orgmodel.charts.change_orders import (
    curves,
    levels_chart,
    policies_chart,
    small_curves,
    times_chart,
)
from orgmodel.charts.compared import compared_chart
from orgmodel.charts.contacts import contacts_chart
from orgmodel.charts.gains import gains_chart
from orgmodel.charts.graphs import candidates_chart, emphasis_chart, reach_chart
from orgmodel.charts.health_charts import layers_chart, span_chart
from orgmodel.charts.marked import marked_chart
from orgmodel.charts.places import places_chart
from orgmodel.charts.quarrels import load_chart, replay_chart
from orgmodel.charts.ranges import ranges_chart
from orgmodel.charts.routes import route_chart
from orgmodel.charts.scores import scores_chart
from orgmodel.charts.timeline import timeline_chart
from orgmodel.charts.trees import tree_chart
from orgmodel.charts.ways import way_chart

__all__ = [
    "acceptability_chart",
    "alternatives_scatter",
    "candidates_chart",
    "central_weights_chart",
    "compared_chart",
    "contacts_chart",
    "curves",
    "differences_chart",
    "emphasis_chart",
    "flips_chart",
    "gains_chart",
    "goals_chart",
    "heat_map",
    "layers_chart",
    "levels_chart",
    "load_chart",
    "marked_chart",
    "places_chart",
    "policies_chart",
    "ranges_chart",
    "reach_chart",
    "replay_chart",
    "route_chart",
    "scores_chart",
    "shares_chart",
    "small_curves",
    "sobol_chart",
    "span_chart",
    "timeline_chart",
    "times_chart",
    "tree_chart",
    "way_chart",
]
