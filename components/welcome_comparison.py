"""A finished comparison: customer service of the first example, where it is and where it could go."""

from __future__ import annotations

import math
import time
from dataclasses import replace
from typing import Final, NamedTuple

import plotly.graph_objects as go
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from components.definitions import sections_of
from components.examples import DATA, EXAMPLES
from components.picture import show_graph
from components.text import change_text, number_text, plain
from orgmodel.charts import places_chart
from orgmodel.decision import Decision, decide
from orgmodel.document import Document
from orgmodel.functions import FunctionReading, business_functions, customer_service_proposals
from orgmodel.importing import read_organization
from orgmodel.indicators import HEADLINES, Indicator
from orgmodel.recommendation import NO_FORECAST, Reason, differences, instead
from orgmodel.scenarios import Scenario
from orgmodel.scenarios.comparing import Comparison, compare

#: The example that every session opens first.
EXAMPLE: Final = next(iter(EXAMPLES))
_PLACES: Final = ("sales", "own_department", "chief_executive")
_AROUND: Final = 16  # pixels
_TO_DRAW: Final = 0.3  # seconds


class Finished(NamedTuple):
    """What is shown: places side by side, the decision they are from, and the functions in the chart."""

    comparison: Comparison
    decision: Decision
    reading: FunctionReading


class Trade(NamedTuple):
    """What counts most of that which a move to a place would bring, and of what it would cost."""

    name: str
    gain: Reason
    cost: Reason

    @property
    def text(self) -> str:
        """Both with their numbers; what is brought and what is paid says which end is good."""
        gain, cost = (instead(reason).rpartition(" (")[0] for reason in (self.gain, self.cost))
        return f"{gain}, but {cost}."


@st.cache_resource(show_spinner="Comparing four places for customer service …")
def finished() -> Finished:
    """Return the comparison.

    The same for everybody and never changed, so a process computes it once: it takes about a second, and it
    is the first thing that every stranger waits for.
    """
    chart = read_organization(DATA / EXAMPLE).organization
    decision = decide(chart, customer_service_proposals(chart)[0].ids)
    _ = decision.recommendation  # computed when first asked for: now, not in each visitor's run
    place_of = {item.key: item for item in decision.now.alternatives}
    today = Scenario("Today", document=Document.of(chart), unit=decision.survey.unit)
    others = [replace(today, name=place_of[key].title, placement=place_of[key].placement) for key in _PLACES]
    comparison = compare([today, *others], known=[(today, decision)])
    return Finished(comparison, decision, business_functions(chart))


def show_answer(found: Finished) -> None:
    """Show what was asked, and what the numbers point to."""
    st.markdown(f":small[A finished example]  \n{plain(EXAMPLES[EXAMPLE])}")
    st.header(plain(found.decision.recommendation.headline), anchor=False)


def show_trades(found: Finished) -> None:
    """Say of each other place what counts most of that which a move would bring, and would cost."""
    said = trades(found)
    criteria = dict.fromkeys(reason.criterion for trade in said for reason in (trade.gain, trade.cost))
    st.markdown(
        "  \n".join(
            [
                "**What a move would bring, and what it would cost**",
                *(f"{plain(trade.name)}: {plain(trade.text)}" for trade in said),
            ]
        ),
        help="  \n".join(f"**{item.title}**: {item.says}" for item in criteria),
    )


def trades(found: Finished) -> list[Trade]:
    """Return what a move to each other place would bring and cost."""
    ranking = found.decision.now
    titles = [item.title for item in ranking.alternatives]
    today = next(at for at, item in enumerate(ranking.alternatives) if item.today)
    said = []
    for name in found.comparison.names[1:]:
        gain, *_, cost = differences(ranking, titles.index(name), today)
        said.append(Trade(name, gain, cost))
    return said


def place_of_picture(found: Finished) -> tuple[DeltaGenerator, go.Figure]:
    """Return the picture of all places, and the spot that is kept for it until `show_places` shows it."""
    figure = places_chart(found.comparison, found.reading)
    return st.container(height=figure.layout.height + _AROUND, border=False), figure


def show_places(found: Finished, spot: DeltaGenerator, figure: go.Figure) -> None:
    """Show where customer service is and where it could go.

    To be called last, and with a pause the first time: while a browser loads what draws pictures, it shows
    nothing else, seconds on a slow machine.
    """
    if not st.session_state.get("welcome_drawn"):
        st.session_state.welcome_drawn = True
        time.sleep(_TO_DRAW)
    titles = ", ".join(found.comparison.names[1:])
    alt = f"Customer service today, below its boss, and in three other places: {titles}"
    with spot:
        show_graph(figure, "welcome-places", alt)


def show_numbers(found: Finished) -> None:
    """Show the three headlines, each with its value in every place and the change in words."""
    comparison = found.comparison
    for column, item in zip(st.columns(len(HEADLINES)), HEADLINES, strict=True):
        with column, st.container(border=True, height="stretch", gap="small"):
            st.markdown(
                f"**{item.title}**  \n:small[{sections_of(item.definition)[0]} "
                f"{item.direction.capitalize()}.]"
            )
            for place in range(len(comparison.names)):
                _show_number(comparison, item, place)
    st.markdown(f":material/lightbulb: {plain(found.decision.recommendation.without_moving)}")
    st.caption(NO_FORECAST)


def _show_number(comparison: Comparison, item: Indicator, place: int) -> None:
    value, before = comparison.value(item, place), comparison.value(item, comparison.reference)
    change = ""
    if place != comparison.reference:
        is_other = comparison.verdict(item, place) or math.isnan(before + value)
        change = f" :small[{change_text(item, before, value if is_other else before)}]"
    score = comparison.scores.loc[item.name, comparison.names[place]]
    st.progress(
        min(1.0, max(0.0, score / 100)),
        text=f"{plain(comparison.names[place])} **{number_text(item, value)}**{change}",
    )
