"""The least that Streamlit itself takes: a field, and a number that follows from it."""

import streamlit as st

chosen = st.selectbox("Move customer service under", [str(number) for number in range(100)])
st.metric("Chosen", chosen)
