"""Compare: scenarios side by side, what is different between them, and what each points to."""

import streamlit as st

from components import session
from components.compare_charts import show_differences
from components.compare_choice import choose_comparison
from components.compare_numbers import (
    show_all_numbers_compared,
    show_headlines_compared,
    show_recommended,
)

session.need_frame("pages/compare.py")


def show() -> None:
    """Show the page, as far as there is something to show."""
    st.title("Compare", anchor=False)
    comparison = choose_comparison()
    if comparison is None:
        return
    show_headlines_compared(comparison)
    show_differences(comparison)
    show_all_numbers_compared(comparison)
    show_recommended(comparison)


show()
