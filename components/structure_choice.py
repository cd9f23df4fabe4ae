"""Which structure to compare with today: one boss, several, parts, a provider, a department, sales."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

import streamlit as st

from components import session
from components.parent_choice import boss_field, bosses_field, draft_key, show_parent_choice, show_today
from components.text import plain
from orgmodel.errors import OrgModelError
from orgmodel.explanations import percent
from orgmodel.placement import SPLITS, Placement
from orgmodel.sweep import Survey

_MOST_BOSSES: Final = 12
_MOST_PARTS: Final = 24
_SIDE_BY_SIDE: Final = 4
_SPLIT_TITLES: Final = {
    "location": "By location, the others equally",
    "equally": "Equally, one after another",
}
_SEVERAL: Final = ("shared", "split")
#: The fields for the boss and for the name of what is new.
_FIELDS: Final = {
    "outsourced": ("outsourced", "provider"),
    "new_department": ("department", "department-name"),
    "merged": ("merged", ""),
}


class _Structure(NamedTuple):
    """A kind of placement: its title, what it means, its fields, and what a card calls the numbers."""

    title: str
    meaning: str
    fields: Callable[[Survey], Placement | None]
    after: str


def show_structure_choice(survey: Survey) -> Placement | None:
    """Show who is the boss today, and the fields for another placement; return it if there is a whole one."""
    show_today(survey)
    if survey.table.empty:
        st.info("Everybody in this chart belongs to customer service, so there is no other parent to choose.")
        session.choose_placement(None)
        return None
    _fill_in(survey)
    kind = st.segmented_control(
        "Compare today with",
        list(_STRUCTURES),
        default="under",
        required=True,
        format_func=lambda name: _STRUCTURES[name].title,
        key=session.key("structure"),
        persist_state="session",
    )
    structure = _STRUCTURES[kind]
    if structure.meaning:
        st.caption(structure.meaning)
    try:
        placement = structure.fields(survey)
    except OrgModelError as error:
        st.error(plain(str(error)))
        placement = None
    session.choose_placement(placement)
    return placement


def _fill_in(survey: Survey) -> None:
    """Fill the fields in with the placement of a scenario that was opened, once."""
    state = st.session_state
    placed: Placement | None = state.pop("placement_to_show", None)
    if placed is None:
        return
    bosses = [boss for boss, _share in placed.bosses]
    state[session.key("structure")] = placed.kind
    if placed.kind == "under":
        state.parent = bosses[0]
    elif placed.kind in _SEVERAL:
        state[draft_key(survey, placed.kind)] = bosses
        if placed.by:
            state[draft_key(survey, "split-by")] = placed.by
        for boss, share in placed.bosses if placed.kind == "shared" else ():
            state[draft_key(survey, f"share-{len(bosses)}-{boss}")] = 100 * share
    else:
        field, name = _FIELDS[placed.kind]
        state[draft_key(survey, field)] = bosses[0]
        if name:
            state[draft_key(survey, name)] = placed.name


def after_label(survey: Survey, placement: Placement) -> str:
    """Return what the numbers after a placement are called, harmless."""
    if placement.kind != "under":
        return _STRUCTURES[placement.kind].after
    return f"Under {plain(survey.organization.label(survey.organization.row(placement.bosses[0][0])))}"


def _under(survey: Survey) -> Placement | None:
    parent = show_parent_choice(survey)
    return None if parent is None else Placement.under(parent)


def _shared(survey: Survey) -> Placement | None:
    bosses = bosses_field(survey, "shared", "Bosses of customer service", _MOST_BOSSES)
    if not bosses:
        st.caption("Choose two bosses or more. At first all have the same share of the authority.")
        return None
    chart, shares = survey.organization, {}
    for first in range(0, len(bosses), _SIDE_BY_SIDE):
        for column, boss in zip(
            st.columns(_SIDE_BY_SIDE), bosses[first : first + _SIDE_BY_SIDE], strict=False
        ):
            shares[boss] = column.number_input(
                f"Share of {plain(chart.label(chart.row(boss)))} in %",
                1.0,
                100.0,
                100.0 / len(bosses),
                step=5.0,
                format="%.0f",
                # Another boss more or less: all have the same share again.
                key=draft_key(survey, f"share-{len(bosses)}-{boss}"),
                persist_state="session",
            )
    total = math.fsum(shares.values())
    rescaled = {boss: share / total for boss, share in shares.items()}
    if round(total, 1) == 100:  # noqa: PLR2004  # percent
        st.caption("Together 100 %.")
    else:
        parts = [f"{plain(chart.label(chart.row(boss)))} {percent(part)}" for boss, part in rescaled.items()]
        st.caption(f"Together **{total:.0f} %**. They are rescaled to 100 %: {', '.join(parts)}.")
    return Placement.shared(rescaled)


def _split(survey: Survey) -> Placement | None:
    bosses = bosses_field(survey, "split", "Bosses of the parts", _MOST_PARTS)
    has_locations = bool((survey.organization.locations != "").any())
    by = st.radio(
        "Who goes to which part",
        SPLITS,
        index=0 if has_locations else 1,
        format_func=_SPLIT_TITLES.get,
        horizontal=True,
        key=draft_key(survey, "split-by"),
        persist_state="session",
    )
    if not has_locations:
        st.caption("This chart has no locations.")
    if not bosses:
        st.caption("Choose the boss of every part, such as the heads of regions or of product teams.")
        return None
    return Placement.split(bosses, by)


def _outsourced(survey: Survey) -> Placement | None:
    overseer = boss_field(survey, "outsourced", "Who oversees the contract", _boss_today(survey))
    name = _name_field(survey, "provider", "Name of the provider", "Provider")
    return None if overseer is None else Placement.outsourced(overseer, name)


def _new_department(survey: Survey) -> Placement | None:
    boss = boss_field(survey, "department", "Boss of the new department", _head_of(survey, "executive"))
    name = _name_field(survey, "department-name", "Name of the department", "Customer experience")
    return None if boss is None else Placement.new_department(boss, name)


def _merged(survey: Survey) -> Placement | None:
    proposed = _head_of(survey, "sales")
    head = boss_field(survey, "merged", "Head of sales", proposed)
    if proposed is None:
        st.caption("This chart has no sales. Choose who leads those who sell.")
    return None if head is None else Placement.merged(head)


def _name_field(survey: Survey, name: str, label: str, proposed: str) -> str:
    key = draft_key(survey, name)
    return st.text_input(label, proposed, max_chars=80, key=key, persist_state="session")


def _head_of(survey: Survey, function: str) -> str | None:
    row = survey.situation.heads_of_functions.get(function)
    return (
        None if row is None or row not in survey.situation.candidates else str(survey.organization.ids[row])
    )


def _boss_today(survey: Survey) -> str | None:
    """Return who oversees customer service today, the top where that is nobody."""
    for boss in survey.current.evidence[0].bosses:
        if survey.organization.row(boss.id) in survey.situation.candidates:
            return boss.id
    return _head_of(survey, "executive")


_STRUCTURES: Final[Mapping[str, _Structure]] = {
    "under": _Structure("Under one boss", "", _under, ""),
    "shared": _Structure(
        "Several bosses",
        "Cross-functional: several bosses share the authority over customer service, which stays together.",
        _shared,
        "Under several bosses",
    ),
    "split": _Structure(
        "In parts",
        "Regional or agile: every boss gets a part of customer service, and its people answer only their own "
        "customers.",
        _split,
        "In parts",
    ),
    "outsourced": _Structure(
        "Outsourced",
        "An outside provider does the work, and somebody here oversees the contract.",
        _outsourced,
        "Outsourced",
    ),
    "new_department": _Structure(
        "New department",
        "Customer service gets a department of its own, with a new head.",
        _new_department,
        "In the new department",
    ),
    "merged": _Structure(
        "Merged with sales",
        "Nobody of its own: the sales teams serve their customers themselves, and get the people for it.",
        _merged,
        "Merged with sales",
    ),
}
