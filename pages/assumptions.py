"""Assumptions: every number that the results rest on, to look at and to change."""

import streamlit as st

from components import session
from components.assumption_inputs import (
    GROUPS,
    goal_needs_inputs,
    goal_purposes_inputs,
    line_inputs,
    metric_inputs,
    needs_inputs,
    number_group,
    owner_inputs,
    reset_assumptions,
    show_heading,
    vector_inputs,
)
from components.headlines import show_headlines_beside
from components.text import plain
from orgmodel.assumptions import Assumptions
from orgmodel.errors import AssumptionError
from orgmodel.wording import counted

session.need_frame("pages/assumptions.py")

st.title("Assumptions")
st.markdown(
    "All numbers are ours, not measured facts. Change what you know better: every result follows at once."
)
message = st.container()

current = session.assumptions()
changed = current.changed()
values = {}
with st.container(border=True):
    show_heading("needs", changed)
    values["needs"] = needs_inputs(current)
with st.container(border=True):
    show_heading("value_vector", changed)
    values["value_vector"] = vector_inputs(current)
with st.container(border=True):
    show_heading("metric_vectors", changed)
    values["metric_vectors"] = metric_inputs(current)
values |= number_group(current, ("radius", "alpha", "delta"))
with st.container(border=True):
    show_heading("lengths", changed)
    show_heading("latencies", changed)
    values["lengths"], values["latencies"] = line_inputs(current)
values |= number_group(current, ("contract_alpha",))
with st.container(border=True):
    show_heading("owners", changed)
    survey = session.survey()
    values["owners"] = owner_inputs(current, survey.owners if survey else {})

st.header("Goals of the questionnaire")
for name, inputs in (("goal_purposes", goal_purposes_inputs), ("goal_needs", goal_needs_inputs)):
    with st.container(border=True):
        show_heading(name, changed)
        values[name] = inputs(current)

for title, names in GROUPS.items():
    st.header(title)
    values |= number_group(current, names)

with message:
    try:
        wanted = Assumptions(**values)
    except AssumptionError as error:
        st.error(f"{plain(str(error))} Until that is mended, the last good numbers stay in use.")
        st.toast(plain(str(error)), icon=":material/error:")  # the field may be far from the top
    else:
        if wanted != current:
            session.change_assumptions(wanted)
            st.rerun()
    if survey is not None:
        show_headlines_beside(survey.current, session.moved(session.placement()))
    st.button(
        f"Reset all ({counted(len(changed), 'assumption')} changed)" if changed else "Nothing is changed",
        icon=":material/undo:",
        on_click=reset_assumptions,
        disabled=not changed,
    )
