"""Results as pictures: plotly figures, small enough for any chart, readable on light and dark grounds.

* `orgmodel.charts.layout`: which boxes of a chart a screen can show, and where they stand;
* `orgmodel.charts.trees`: `tree_chart`, the chart;
* `orgmodel.charts.extract`: the part of a chart that ways run through, long ways cut;
* `orgmodel.charts.routes`: `route_chart`, the way of feedback;
* `orgmodel.charts.graphs`: the numbers;
* `orgmodel.charts.scores`, `orgmodel.charts.ranges`: everything that has a score, and how far it moves;
* `orgmodel.charts.health_charts`: the shape of a whole chart;
* `orgmodel.charts.style`, `orgmodel.charts.boxes`: colours, names, boxes and lines.
"""

from orgmodel.charts.graphs import candidates_chart, emphasis_chart, reach_chart
from orgmodel.charts.health_charts import layers_chart, span_chart
from orgmodel.charts.ranges import ranges_chart
from orgmodel.charts.routes import route_chart
from orgmodel.charts.scores import scores_chart
from orgmodel.charts.trees import tree_chart

__all__ = [
    "candidates_chart",
    "emphasis_chart",
    "layers_chart",
    "ranges_chart",
    "reach_chart",
    "route_chart",
    "scores_chart",
    "span_chart",
    "tree_chart",
]
