"""What customers wait at the desk, what selling adds, and what separate desks cost."""

from __future__ import annotations

import math
from typing import Final

import streamlit as st

from components.other_numbers import duration_text
from components.text import plain
from orgmodel.errors import OrgModelError
from orgmodel.evidence import Evidence
from orgmodel.explanations import percent
from orgmodel.queues import sales_duty
from orgmodel.sweep import Assessment, Survey
from orgmodel.wording import counted

_MINUTE: Final = 60
_UNKNOWN: Final = "cannot be told"


def show_waiting(before: Assessment, after: Assessment | None, label: str) -> None:
    """Show the people at the desk, how busy they are, and what customers wait, today and afterwards."""
    shown = {"Today": before} if after is None else {"Today": before, "Afterwards": after}
    columns = {name: _at_the_desk(assessment) for name, assessment in shown.items()}
    st.table(
        {"At the desk": list(columns["Today"])}
        | {name: list(column.values()) for name, column in columns.items()},
        border="horizontal",
        hide_index=True,
    )
    for name, assessment in zip(("Today", label), shown.values(), strict=False):
        if assessment.split is not None:
            st.markdown(f"**{name}**: {_split_words(assessment)}")


def _at_the_desk(assessment: Assessment) -> dict[str, str]:
    """Return what there is to say about the desks of all parts, in words."""
    desks, values = [part.desk for part in assessment.evidence], assessment.values
    people = sum(desk.agents for desk in desks)
    unknown = math.isnan(values["added_waiting"])
    return {
        "People who answer customers": f"{people:,}",
        "Busy with contacts": percent(math.fsum(desk.load for desk in desks) / people),
        "Customers who wait": _share(values["waiting_probability"]),
        "Mean wait of all": duration_text(values["waiting_time"]),
        "Customers who wait because of selling": _UNKNOWN
        if unknown
        else f"{values['added_waiting']:.1f} points more",
        "Mean wait because of selling": _UNKNOWN
        if unknown
        else f"{duration_text(values['added_waiting_time'])} more",
    }


def _share(value: float) -> str:
    return _UNKNOWN if math.isnan(value) else f"{value:.0f} %"


def _split_words(assessment: Assessment) -> str:
    """Return what it costs that the parts answer separately."""
    split = assessment.split
    desks = counted(len(assessment.evidence), "separate desk")
    added = split.added_waiting_time
    if math.isnan(added):
        return f"{desks}; even one desk for all could not keep up."
    if math.isinf(added):
        return f"{desks}, and some of them cannot keep up; one desk for all could."
    return (
        f"at {desks} {percent(float(split.mean.waiting_probability))} of the customers wait, "
        f"{duration_text(_MINUTE * float(split.mean.waiting_time))} on average; one desk for all would make "
        f"{percent(float(split.pooled.waiting_probability))} wait, "
        f"{duration_text(_MINUTE * float(split.pooled.waiting_time))}. "
        f"Answering separately adds **{duration_text(_MINUTE * added)}**."
    )


def show_sales_rules(survey: Survey, assessment: Assessment) -> None:
    """Show what customers wait where people never sell, only when nobody waits, or always.

    Computed when it is opened, for the desk of the largest part.
    """
    opened = st.expander("Sell only when nobody waits", key="sales-rules", on_change="rerun")
    if not opened.open:
        return
    with opened:
        part = assessment.evidence[0]
        if reason := _nothing_to_compute(part):
            st.caption(reason)
            return
        assumptions = survey.assumptions
        try:
            found = _rules(
                part.desk.agents,
                part.desk.load / assumptions.service_time,
                assumptions.service_time,
                assumptions.sales_time,
                part.sales_attempts,
            )
        except OrgModelError as error:
            st.error(plain(str(error)))
            return
        rules = {"Never": found[0], "Only when nobody waits": found[1], "Always": found[2]}
        st.table(
            {
                "People try to sell": list(rules),
                "tried, of all contacts": [percent(tried) for tried, _, _ in rules.values()],
                "customers who wait": [percent(waiting) for _, waiting, _ in rules.values()],
                "mean wait": [duration_text(seconds) for _, _, seconds in rules.values()],
            },
            border="horizontal",
            hide_index=True,
        )
        st.caption(_reading(survey, assessment))


def _nothing_to_compute(part: Evidence) -> str:
    if math.isnan(part.sales_attempts):
        return (
            "What the bosses are measured by is not known, so nobody can tell how often people try to sell."
        )
    if part.sales_attempts == 0:
        return "Revenue counts nothing here, so nobody tries to sell."
    return "" if part.desk.load > 0 else "No contact reaches the desk."


@st.cache_data(max_entries=200, show_spinner="Computing the queue")
def _rules(
    agents: int, arrivals: float, service_time: float, sales_time: float, attempts: float
) -> list[tuple[float, float, float]]:
    """Return for each rule the share of contacts in which selling is tried, who waits, and seconds."""
    found = [
        sales_duty(agents, arrivals, service_time, sales_time, threshold, attempts)
        for threshold in (0, agents + 1, None)
    ]
    return [
        (
            float(duty.attempted),
            float(duty.waiting.waiting_probability),
            _MINUTE * float(duty.waiting.waiting_time),
        )
        for duty in found
    ]


def _reading(survey: Survey, assessment: Assessment) -> str:
    part, assumptions = assessment.evidence[0], survey.assumptions
    wanted = percent(part.sales_attempts)
    where = " at the largest desk" if len(assessment.evidence) > 1 else ""
    patience = " Counted as if nobody gave up." if assumptions.patience else ""
    return (
        f"By what the bosses are measured by, people{where} would try to sell in {wanted} of the contacts, "
        f"{assumptions.sales_time:g} min each; random arrivals, exponential times.{patience}"
    )
