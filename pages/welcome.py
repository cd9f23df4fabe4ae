"""Welcome: a finished comparison on an example, and three ways on."""

import streamlit as st

from components import session
from components.tour import show_begin
from components.welcome_comparison import (
    finished,
    place_of_picture,
    show_answer,
    show_numbers,
    show_places,
    show_trades,
)
from components.welcome_file import ANCHOR, show_own_file

session.need_frame("pages/welcome.py")

st.title("Where should customer service report?", anchor=False)
found = finished()
answer, picture = st.columns([5, 6], gap="large")
with answer:
    show_answer(found)
    show_begin("Take the tour: five steps, two minutes")
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f":material/upload_file: [Try your own file](#{ANCHOR})", width="content")
        st.page_link("pages/start.py", label="Look around yourself", icon=":material/account_tree:")
with picture:
    spot = place_of_picture(found)
show_trades(found)
show_numbers(found)
show_own_file()
show_places(found, *spot)
