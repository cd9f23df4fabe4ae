"""How sure the differences between today and a placement are: ties, and what would turn them."""

from __future__ import annotations

import streamlit as st

from components import session
from components.picture import show_graph
from components.text import plain
from orgmodel.charts import ranges_chart
from orgmodel.indicators import INDICATORS
from orgmodel.placement import Placement
from orgmodel.uncertainty import Swings
from orgmodel.wording import counted

_MOST_NAMED = 2
_TODAY, _AFTERWARDS = 0, 1


def show_certainty(placement: Placement) -> None:
    """Show on demand which differences hold when each assumption is a fifth larger or smaller."""
    if not st.toggle(
        "Move every assumption by 20 % and see what holds", key="certainty", persist_state="session"
    ):
        return
    with st.spinner("Each assumption is moved up and down ..."):
        swings = session.swings(placement)
    differing = [
        item.name
        for item in INDICATORS
        if swings.differs(item.name, _TODAY, _AFTERWARDS) and item.direction != "no good or bad end"
    ]
    ties = [name for name in differing if swings.is_tie(name, _TODAY, _AFTERWARDS)]
    holding = len(differing) - len(ties)
    moved = len({each[:3] for each in swings.variations})
    st.markdown(
        f"**{counted(len(differing), 'number')}** differ from today. {holding} of these differences keep "
        f"their direction whichever of {moved} assumed numbers is 20 % larger or smaller"
        + (f"; **{counted(len(ties), 'tie')}**:" if ties else ".")
    )
    st.markdown("\n".join(f"- {plain(_sentence(swings, name))}" for name in ties))
    show_graph(ranges_chart(swings), "ranges", "Scores with each assumption moved by 20 %")


def _sentence(swings: Swings, name: str) -> str:
    (title,) = (item.title for item in INDICATORS if item.name == name)
    turned = list(dict.fromkeys(each.title for each in swings.turned_by(name, _TODAY, _AFTERWARDS)))
    more = f" and {len(turned) - _MOST_NAMED} more" if len(turned) > _MOST_NAMED else ""
    return f"{title}: vanishes or turns round with: {'; '.join(turned[:_MOST_NAMED])}{more}"
