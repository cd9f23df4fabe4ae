"""The operations lens and the structure lens side by side, and the way to the chosen function."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Final

import streamlit as st

from components import session
from components.lenses_contacts import FILE, keep_for_needs
from components.names import function_title
from components.picture import show_graph, show_wide
from components.reasons import show_routes
from components.text import plain
from orgmodel.assumptions import Assumptions
from orgmodel.charts.contacts import contacts_chart
from orgmodel.charts.ways import way_chart
from orgmodel.errors import AssumptionError
from orgmodel.evidence import Route
from orgmodel.explanations import percent, way
from orgmodel.organization import Organization
from orgmodel.sweep import Assessment, Survey
from orgmodel.touchpoints import (
    OWN,
    TOUCHPOINTS,
    Contact,
    function_shares,
    left_out,
    needs_from_contacts,
)
from orgmodel.wording import counted

_NARROWEST: Final = 460
# Of fewer contacts a share of a tenth may as well be a twentieth or two (standard error of 3 points).
_FEW: Final = 100
# Needs are taken over in tenths of a per cent.
_ALIKE: Final = 0.001


def choose_function(contacts: Sequence[Contact]) -> str:
    """Ask which function to look at; return it, empty for all."""
    shares = function_shares(contacts)
    options = [function for function in shares if function]
    first = next((function for function in options if function != OWN), "")
    chosen = st.session_state.get("lens_function", first)
    chosen = chosen if chosen in {*options, ""} else first
    # Other options are another widget: what it holds of the old ones may be none of the new.
    key = session.key(f"lens-function-{'-'.join(options)}")
    st.pills(
        "Which function to follow, with the share of contacts on which it can act",
        options,
        default=chosen or None,
        format_func=lambda function: f"{function_title(function)} {percent(shares[function])}",
        key=key,
        on_change=_choose,
        args=(key,),
        help="Click the chosen one again to see all of them.",
    )
    return chosen


def _choose(key: str) -> None:
    st.session_state.lens_function = st.session_state[key] or ""


def needs_of(contacts: Sequence[Contact]) -> Mapping[str, float] | None:
    """Return whom customer service needs by these contacts; where nobody, say so."""
    try:
        return needs_from_contacts(contacts)
    except AssumptionError as error:
        st.info(plain(str(error)))
        return None


def show_lenses(
    survey: Survey, contacts: Sequence[Contact], needs: Mapping[str, float] | None, chosen: str
) -> None:
    """Show contacts by cause beside the ways on the chart, both of the chosen function or of all."""
    looked_at = _assessment(survey, needs)
    operations, structure = st.columns(2, gap="large")
    with operations:
        st.subheader("Operations lens: why customers call")
        alt = "Contacts by cause, step and function that can act"
        show_wide(contacts_chart(contacts, chosen), "contacts", alt, _NARROWEST)
        not_assigned, own = left_out(contacts)
        notes = []
        if not_assigned:
            notes.append(f"Not assigned to any function: {percent(not_assigned)} of the contacts.")
        if own:
            notes.append(f"Settled by customer service itself: {percent(own)}.")
        if notes:
            notes.append("These are left out of whom customer service needs.")
        st.caption(" ".join([*notes, "Where the picture is cut, push it to the left to see who can act."]))
    with structure:
        st.subheader("Structure lens: the way on the chart")
        if not any(route.nodes for route in _routes(looked_at, chosen)):
            st.info(_no_way(looked_at, chosen))
            return
        figure = way_chart(looked_at, session.reading(), chosen)
        show_graph(figure, "lens-way", "The way from customer service to whoever can act")
        notes = ["Shares are of the contacts that others can act on."] if not_assigned or own else []
        if len(looked_at.evidence) > 1:
            notes.append("Customer service is in several places: shown is the largest.")
        st.caption(" ".join(notes))


def _assessment(survey: Survey, needs: Mapping[str, float] | None) -> Assessment:
    """Return the chart as it is, with the ways to every function that customers make contact about."""
    if needs is None:
        return survey.current
    assumed = survey.assumptions.replaced(needs=dict(needs))
    return session.kept("lens_survey", (survey, assumed), lambda: survey.varied(assumed)).current


def _routes(assessment: Assessment, function: str) -> tuple[Route, ...]:
    """Return the ways to one function, or to all."""
    return tuple(route for route in assessment.evidence[0].routes if function in {"", route.function})


def _no_way(assessment: Assessment, chosen: str) -> str:
    if chosen == OWN:
        return "Customer service settles these contacts by itself: there is no way to go."
    title = function_title(chosen) if chosen else "Whoever can act"
    steps = [route.steps for route in _routes(assessment, chosen)]
    if all(map(math.isnan, steps)):
        return f"{title}: nobody on this chart."
    if 0 in steps:
        return f"{title} is inside customer service here: there is no way to go."
    return f"{title}: no line of this chart leads there."


def show_way(survey: Survey, needs: Mapping[str, float] | None, chosen: str) -> None:
    """Show who can act and the way there, name by name: in words for one function, else as a table."""
    looked_at = _assessment(survey, needs)
    routes = _routes(looked_at, chosen)
    if not chosen:
        if routes:
            show_routes(looked_at)
        return
    touched = [point.reason for point in TOUCHPOINTS if point.function == chosen]
    told = [_told(looked_at.organization, route) for route in routes if route.nodes]
    st.markdown("\n".join(f"- {text}" for text in [*told, *map(plain, touched)]))


def _told(chart: Organization, route: Route) -> str:
    """Return a way in words: who can act, how far away, over whom."""
    steps, days = counted(round(route.steps), "step"), f"{route.days:.1f} working days"
    owner = plain(chart.full_label(chart.row(route.nodes[-1])))
    return f"**{owner}** can act, **{steps}** and about **{days}** away: {plain(way(chart, route.nodes))}."


def show_use(source: str, contacts: Sequence[Contact], needs: Mapping[str, float] | None) -> None:
    """Offer to take the shares of contacts as whom customer service needs, and to take that back."""
    current, state = session.assumed(), st.session_state
    taken = state.get("lens_taken")
    if taken is not None and _are_alike(current.needs, taken[1]):
        done, back = st.columns([3, 1], vertical_alignment="center")
        done.success("All pages now count with these contacts as whom customer service needs.")
        back.button("Take that back", icon=":material/undo:", on_click=_take_back, args=(taken[0],))
    if needs is None or _are_alike(needs, current.needs_rescaled):
        return
    number = sum(contact.number for contact in contacts)
    if source == FILE and number < _FEW:
        st.caption(f"{counted(round(number), 'contact')} are few: those of a month would tell more.")
    st.button(
        "Use these as whom customer service needs",
        icon=":material/check:",
        type="primary",
        on_click=_use,
        args=(needs, tuple(contacts)),
        help="Silo risk, ways and recommendations of all pages then count with these shares.",
    )


def _are_alike(needs: Mapping[str, float], others: Mapping[str, float]) -> bool:
    return all(abs(needs.get(name, 0.0) - others.get(name, 0.0)) < _ALIKE for name in {*needs, *others})


def _rounded(needs: Mapping[str, float]) -> dict[str, float]:
    """Return needs in tenths of a per cent that sum to 1, as the sliders of the page Assumptions keep them.

    What is lost by rounding down goes to those who lost most (the method of largest remainders).
    """
    parts = {function: int(1000 * need) for function, need in needs.items()}
    lost = sorted(parts, key=lambda function: parts[function] - 1000 * needs[function])
    for function in lost[: 1000 - sum(parts.values())]:
        parts[function] += 1
    return {function: part / 1000 for function, part in parts.items() if part}


def _use(needs: Mapping[str, float], contacts: tuple[Contact, ...]) -> None:
    """Take over the needs that were made from some contacts."""
    before, taken = dict(session.assumptions().needs), _rounded(needs)
    st.session_state.lens_taken = (before, taken)
    _change_needs(taken)
    keep_for_needs(contacts, taken)


def _take_back(before: Mapping[str, float]) -> None:
    st.session_state.lens_taken = None
    _change_needs(before)


def _change_needs(needs: Mapping[str, float]) -> None:
    changed = session.assumptions().changed() | {"needs": dict(needs)}
    session.change_assumptions(Assumptions.from_mapping(changed))
    # The sliders of the page Assumptions keep what was typed as long as they have the same key.
    st.session_state.resets = st.session_state.get("resets", 0) + 1
