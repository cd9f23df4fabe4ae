"""The dashboard. Start it with `make run`.

Streamlit reads this file twice: once to serve `app`, and again as a script, for each click of each visitor.
"""

import streamlit as st

from components.frame import show_frame
from hosting import server

if __name__ == "__main__":
    show_frame()
else:
    app = st.App(
        __file__,
        middleware=server.middleware(),
        secrets=server.secrets(),
        lifespan=server.lifespan,
        on_script_error=server.note_error,
    )
