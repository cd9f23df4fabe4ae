"""Share: choose what others may see of what is open, make a link, and take links back."""

import streamlit as st

from components import keeping, session
from components.share_choice import choose_fields, show_preview, to_share
from components.share_links import (
    choose_way,
    packed_for_link,
    show_carried,
    show_links,
    show_new_link,
)
from components.shared_source import CARRIED, STORED
from components.text import plain

session.need_frame("pages/share.py")

scenario = session.scenario()
st.title("Share", anchor=False)
st.caption(
    f"A link shows **{plain(scenario.name or session.chart_name())}** as it is now. Opening it changes "
    "nothing, neither yours nor that of whoever opens it."
)
st.subheader("1. What others see", anchor=False)
fields = choose_fields(scenario)
others = to_share(scenario, fields)
show_preview(scenario, others)

st.subheader("2. The link", anchor=False)
ticked = [name for name, chosen in fields._asdict().items() if chosen]
packed = session.kept("packed", (others, ticked), lambda: packed_for_link(others, ticked))
way = choose_way(packed)
if way == CARRIED:
    show_carried(packed)
elif way == STORED:
    show_new_link(others, ticked)
if keeping.store() is not None:
    show_links()
