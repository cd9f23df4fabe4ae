"""A figure in the making."""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go


class Sketch:
    """What a figure will consist of, under the names that plotly has for it.

    Plotly checks all of a figure again with everything that is added to it: nine labels took half of the time
    of a picture. Here it checks once, in `figure`.
    """

    def __init__(self) -> None:
        self._traces: list[dict[str, Any]] = []
        self._layout: dict[str, Any] = {"annotations": [], "shapes": [], "xaxis": {}, "yaxis": {}}

    def add_scatter(self, **trace: Any) -> None:  # noqa: ANN401  # whatever plotly takes
        """Add points or lines."""
        self._traces.append({"type": "scatter", **trace})

    def add_bar(self, **trace: Any) -> None:  # noqa: ANN401
        """Add bars."""
        self._traces.append({"type": "bar", **trace})

    def add_annotation(self, **annotation: Any) -> None:  # noqa: ANN401
        """Add a text."""
        self._layout["annotations"].append(annotation)

    def add_shape(self, **shape: Any) -> None:  # noqa: ANN401
        """Add a line or an area."""
        self._layout["shapes"].append(shape)

    def update_xaxes(self, **axis: Any) -> None:  # noqa: ANN401
        """Say more of the horizontal axis."""
        self._layout["xaxis"] |= axis

    def update_yaxes(self, **axis: Any) -> None:  # noqa: ANN401
        """Say more of the vertical axis."""
        self._layout["yaxis"] |= axis

    def update_layout(self, **layout: Any) -> None:  # noqa: ANN401
        """Say more of the rest."""
        self._layout |= layout

    def figure(self) -> go.Figure:
        """Return the figure."""
        return go.Figure(self._traces, {name: value for name, value in self._layout.items() if value != []})
