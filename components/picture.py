"""The chart and other wide drawings: in a narrow window they scroll sideways instead of shrinking."""

from __future__ import annotations

import plotly.graph_objects as go
import streamlit as st

_NARROWEST = 780
_TEXT_COLOURS = {"light": "#0F1A24", "dark": "#E9EEF3"}  # as in .streamlit/config.toml


def show_wide(figure: go.Figure, key: str, alt: str, narrowest: int = _NARROWEST) -> None:
    """Show a drawing that must not become narrower than its texts."""
    with st.container(key=key):
        st.html(
            f"<style>.st-key-{key} {{ overflow-x: auto; overflow-y: hidden; }}"
            f" .st-key-{key} > div {{ min-width: {narrowest}px; }}</style>"
        )
        show_graph(figure, key, alt)


def show_graph(figure: go.Figure, key: str, alt: str) -> None:
    """Show a graph that may take any width, with texts as dark or light as the page's own."""
    figure.update_layout(font={"color": _TEXT_COLOURS.get(st.context.theme.type or "light")})
    st.plotly_chart(figure, key=f"{key}-figure", alt=alt, config={"displayModeBar": False})
