"""How sure the ranking is: ranks over all weightings, who would choose what, what decides, what turns it."""

from __future__ import annotations

import numpy as np
import streamlit as st

from components.picture import show_graph, show_wide
from components.text import plain
from orgmodel.charts import acceptability_chart, central_weights_chart, flips_chart, sobol_chart
from orgmodel.charts.certainty import chosen_by_some
from orgmodel.criteria import CRITERIA
from orgmodel.decision import Decision
from orgmodel.ranking import Ranking
from orgmodel.recommendation import TWO_SIDED, first_share, probability_text

_MOST_NAMED = 2
_APART = 0.01
_NARROWEST = 620


def show_how_sure(decision: Decision) -> None:
    """Show how often each placement comes first."""
    ranking = decision.now
    st.subheader("How sure is that?", anchor=False)
    bars = acceptability_chart(ranking)
    show_wide(bars, "ranks", "Share of the weightings in which each place is reached", _NARROWEST)
    error = 100 * TWO_SIDED * float(np.max(ranking.acceptability.standard_error))
    st.caption(
        f"In {ranking.acceptability.draws:,} cases, what counts how much is varied about your priorities, "
        "and every uncertain assumption about its value. The bars say in how many of them a place comes "
        f"first, second and so on. Every share is exact to {error:.1f} points or better (95 %)."
    )


def show_what_turns_it(decision: Decision) -> None:
    """Show on demand who would choose what, what matters most, and what would turn the order."""
    title = "Who would choose another place"
    with st.expander(title, icon=":material/groups:", key="who", on_change="rerun") as who:
        if who.open:
            _show_who(decision.now)
    _show_deciders(decision)
    _show_flips(decision)


def _show_who(ranking: Ranking) -> None:
    chosen = chosen_by_some(ranking)
    lines = []
    for at in chosen:
        title = plain(ranking.alternatives[at].title)
        confidence = probability_text(
            float(ranking.acceptability.confidence[at]),
            TWO_SIDED * float(ranking.acceptability.confidence_error[at]),
        )
        lines.append(
            f"- **{title}**, first in {first_share(ranking, at)} of the cases: the choice of those for "
            f"whom {_priorities(ranking, at)}. With just these priorities it is first in {confidence} of the "
            "cases."
        )
    st.markdown("\n".join(lines))
    show_graph(
        central_weights_chart(ranking), "central-weights", "Weights with which each placement comes first"
    )


def _priorities(ranking: Ranking, at: int) -> str:
    """Return what somebody who would choose a placement gives more and less weight than the user does."""
    weights = np.asarray(ranking.acceptability.central_weights)[at]
    more = np.where(ranking.counted, weights - ranking.weights, 0.0)
    order = np.argsort(-more)
    said = [
        f"{CRITERIA[column].title.lower()} counts {100 * weights[column]:.0f} % instead of "
        f"{100 * ranking.weights[column]:.0f} %"
        for column in order[:_MOST_NAMED]
        if more[column] >= _APART
    ]
    return " and ".join(said) if said else "everything counts about as it does for you"


@st.fragment
def _show_deciders(decision: Decision) -> None:
    opened = st.expander(
        "Which input matters most", icon=":material/balance:", key="deciders", on_change="rerun"
    )
    if not opened.open:
        return
    with opened:
        with st.spinner("Everything that is assumed is varied ..."):
            found = decision.deciders
        if found is None:
            st.caption("There is nothing to compare with.")
            return
        first, second = _first_two(decision)
        titles = list(found.total)
        st.markdown(
            f"Which of your inputs matters most for the choice between **{first}** and **{second}**, the two "
            "with the best totals? The longer the bar, the more."
        )
        show_graph(
            sobol_chart(
                titles,
                [found.total[title] for title in titles],
                [TWO_SIDED * found.total_error[title] for title in titles],
            ),
            "deciders-chart",
            "What decides between the first and the second",
        )
        st.caption(
            "The lines at the ends of the bars are 95 % intervals. What acts together is counted for each, "
            "so that all may sum to more than 100 %. What is not shown hardly matters. How it is computed is "
            "on the page Methods."
        )


@st.fragment
def _show_flips(decision: Decision) -> None:
    opened = st.expander("What would turn it", icon=":material/flip:", key="flips", on_change="rerun")
    if not opened.open:
        return
    with opened:
        with st.spinner("Every answer and every assumption is changed alone ..."):
            flips = decision.flips
        if len(flips):
            first, second = _first_two(decision)
            st.markdown(
                f"**{first}** and **{second}** have the best totals. These changes, each made alone, put the "
                "second before the first: the shorter a bar, the less it takes."
            )
            show_graph(flips_chart(flips), "flips-chart", "The smallest changes that turn the order")
            with st.popover(f"All {len(flips)} in words"):
                st.markdown("\n".join(f"- {plain(flip.sentence)}" for flip in flips))
        if flips.sentence:
            st.caption(plain(flips.sentence))


def _first_two(decision: Decision) -> list[str]:
    return [plain(decision.now.alternatives[at].title) for at in decision.now.order[:2]]
