"""The setting of the change-order process: preset, placements, policies, sliders and all other numbers."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any, Final, NamedTuple

import streamlit as st

from components import session
from components.text import plain
from orgmodel.alternatives import Alternative, alternatives
from orgmodel.assumptions import AssumptionInfo
from orgmodel.change_orders.parameters import PARAMETERS, SELLING, Parameters
from orgmodel.change_orders.plan import titles_of
from orgmodel.change_orders.policies import POLICIES, PRESETS, Policy, Preset
from orgmodel.change_orders.process import Process, process_of
from orgmodel.change_orders.study import UTILISATIONS, Plan
from orgmodel.errors import OrgModelError
from orgmodel.explanations import percent
from orgmodel.organization import Organization
from orgmodel.sweep import Survey
from orgmodel.wording import counted

AS_TODAY: Final = "as_today"
TODAY: Final = "today"
#: Placements that are compared at first, besides today's.
_AT_FIRST: Final = ("sales", "operations", "cross_functional", "own_department")
_MOST_PLACEMENTS: Final = 8
_TRIED_AT_FIRST: Final = ("transparency", "rules", "delegation", "all")
_SLIDERS: Final = {
    "planning_utilisation": "**How full** operations are",
    "transparency": "**Transparency**: the desk sees the schedule",
    "rule_coverage": "**Rules** settle it at once",
    "delegation": "**Delegation**: the head of service may settle it",
    "communication": "**Communication**: the boss is asked all the same",
}
_SHORT: Final = {
    "transparency": "transparency",
    "rule_coverage": "rules",
    "delegation": "delegation",
    "communication": "communication",
}
_FULLEST: Final = 99.0
_INFO: Final[Mapping[str, AssumptionInfo]] = {info.name: info for info in PARAMETERS}
_SIDE_BY_SIDE: Final = 3
_SMALL: Final = 2.0
#: How much is simulated: default, least, most, what it means.
_SIZES: Final = {
    "replications": ("Repetitions", 8, 2, 100, "More make the shown ranges narrower."),
    "changes": (
        "Changes in each",
        500,
        50,
        20_000,
        "The first ones, before lines have built up, come on top.",
    ),
    "seed": ("Seed", 1, 0, 1_000_000, "The same seed gives the same result; another one other customers."),
}


class Setting(NamedTuple):
    """What was chosen; ``placed`` are the alternatives whose ``processes`` are compared."""

    survey: Survey
    placed: tuple[Alternative, ...]
    processes: tuple[Process, ...]
    policies: tuple[Policy, ...]
    parameters: Parameters
    sizes: Mapping[str, int]

    @property
    def utilisation(self) -> float:
        """How full operations are; next to a number that every study has it is that."""
        chosen = self.parameters.planning_utilisation
        return next((busy for busy in UTILISATIONS if math.isclose(busy, chosen, rel_tol=1e-4)), chosen)

    def chart(self, place: int) -> Organization:
        """Return the chart with customer service in one of its places."""
        placement = self.placed[place].placement
        return (self.survey.current if placement is None else self.survey.assess(placement)).organization

    @property
    def plan(self) -> Plan:
        """The study of all of it: operations from half full to nearly full, and as full as was chosen."""
        chosen = [self.utilisation] if 0 < self.utilisation < 1 else []
        return Plan(
            self.processes,
            self.policies,
            # A study goes through how full operations are: another value makes no other study.
            self.parameters.replaced(planning_utilisation=UTILISATIONS[0]),
            tuple(sorted({*UTILISATIONS, *chosen})),
            **self.sizes,
        )


def show_setting(survey: Survey) -> Setting | None:
    """Show the fields of the setting; return it, or None where the process cannot be."""
    found = session.kept(
        "change_orders_alternatives",
        (survey, session.added()),
        lambda: alternatives(survey, session.added()).kept,
    )
    with st.container(border=True):
        preset = _show_presets()
        placed = _show_placements(found)
        policies = _show_policies()
        try:
            begun = Parameters.of(session.assumed()).replaced(**preset.changes)
            shown = _show_sliders(begun, preset)
            with st.expander("All numbers of the process", icon=":material/tune:"):
                others, sizes = _show_numbers(begun, preset)
            parameters = begun.replaced(**shown, **others)
            _show_by_hand(begun, parameters)
            processes, reasons = session.kept(
                "change_orders_processes",
                (survey, placed),
                lambda: _processes(survey, placed, titles_of(found)),
            )
        except OrgModelError as error:
            st.error(plain(str(error)))
            return None
    for reason in reasons:
        st.warning(plain(reason))
    if not placed:
        st.info("Choose at least one placement.")
    if not processes:
        return None
    kept = tuple(item for item in placed if item.key in processes)
    return Setting(survey, kept, tuple(processes.values()), policies, parameters, sizes)


def _show_presets() -> Preset:
    key = st.segmented_control(
        "What kind of process",
        list(PRESETS),
        default=next(iter(PRESETS)),
        required=True,
        format_func=lambda key: PRESETS[key].title,
        key="change-orders-preset",
        persist_state="session",
        wrap=True,
    )
    st.caption(PRESETS[key].describes)
    return PRESETS[key]


def _show_placements(found: Iterable[Alternative]) -> tuple[Alternative, ...]:
    by_key = {item.key: item for item in found}
    names = titles_of(found)
    first = [key for key, item in by_key.items() if item.today or key in _AT_FIRST]
    chosen = st.multiselect(
        "Where customer service may report",
        list(by_key),
        default=first,
        format_func=lambda key: names.get(key, key),
        # Other placements to choose from are another field: what it holds may be none of these.
        key=session.key(f"change-orders-placements-{hash(tuple(by_key))}"),
        max_selections=_MOST_PLACEMENTS,
        placeholder="Choose one or more",
        persist_state="session",
    )
    # Today's first: the others are compared with it.
    return tuple(sorted((by_key[key] for key in by_key if key in chosen), key=lambda item: not item.today))


def _show_policies() -> tuple[Policy, ...]:
    chosen = st.pills(
        "What may be done about it",
        [key for key in POLICIES if key != AS_TODAY],
        selection_mode="multi",
        default=_TRIED_AT_FIRST,
        format_func=lambda key: POLICIES[key].title,
        key="change-orders-policies",
        persist_state="session",
        help="Each is compared with the process as it is set below.",
    )
    meant = [f"*{policy.title}*: {_meaning(policy)}" for key, policy in POLICIES.items() if key in chosen]
    st.caption(
        f"{'; '.join(meant)}. The percentages are our assumption: with others the order may change."
        if meant
        else "Nothing is tried: placements are compared as things are."
    )
    return tuple(policy for key, policy in POLICIES.items() if key == AS_TODAY or key in chosen)


def _meaning(policy: Policy) -> str:
    """Return what a policy changes, in words."""
    return ", ".join(
        f"people at the desk try to sell {SELLING[value]}"
        if name == "selling"
        else f"{_SHORT.get(name, name)} {percent(value)}"
        for name, value in policy.changes.items()
    )


def _key(name: str, preset: Preset, begun: object) -> str:
    """Return the key of a field; it is a fresh one where it begins with something else."""
    return f"change-orders-{name}-{preset.key}-{begun}-{st.session_state.get('change_orders_resets', 0)}"


def _show_sliders(begun: Parameters, preset: Preset) -> dict[str, float]:
    """Show the numbers that matter most as sliders in percent."""
    values = {}
    columns = st.columns(len(_SLIDERS), gap="medium", vertical_alignment="bottom")
    for column, (name, title) in zip(columns, _SLIDERS.items(), strict=True):
        number = getattr(begun, name)
        shown = round(100 * number, 6)
        most = max(_FULLEST, shown) if name == "planning_utilisation" else 100.0
        value = column.slider(
            title,
            1.0 if name == "planning_utilisation" and shown >= 1 else 0.0,
            most,
            shown,
            step=1.0,
            format="%.0f %%",
            key=_key(name, preset, number),
            help=_INFO[name].meaning,
            persist_state="session",
        )
        # What was not touched stays to the last digit.
        values[name] = number if value == shown else value / 100
    return values


def _show_numbers(begun: Parameters, preset: Preset) -> tuple[dict[str, Any], dict[str, int]]:
    """Show all other numbers three in a row, and how much is simulated."""
    names = [info.name for info in PARAMETERS if info.name not in _SLIDERS]
    values: dict[str, Any] = {}
    for first in range(0, len(names), _SIDE_BY_SIDE):
        row = names[first : first + _SIDE_BY_SIDE]
        for column, name in zip(st.columns(_SIDE_BY_SIDE), row, strict=False):
            with column, st.container(border=True, height="stretch"):
                values[name] = _number_input(_INFO[name], getattr(begun, name), preset)
    values["selling"] = st.selectbox(
        "People at the desk try to sell",
        list(SELLING),
        index=list(SELLING).index(begun.selling),
        format_func=SELLING.get,
        key=_key("selling", preset, begun.selling),
        persist_state="session",
    )
    st.markdown("**How much is simulated**")
    sizes = {}
    for column, (name, (title, default, least, most, meaning)) in zip(
        st.columns(len(_SIZES)), _SIZES.items(), strict=True
    ):
        key = f"change-orders-{name}"
        sizes[name] = column.number_input(
            title,
            least,
            most,
            default,
            key=key,
            help=f"From {least:,} to {most:,}. {meaning}",
            persist_state="session",
            required=True,
        )
    return values, sizes


def _number_input(info: AssumptionInfo, begun: float, preset: Preset) -> float:
    kind = type(begun)
    st.markdown(f"**{info.title}**  \n:small[{info.meaning}]")
    value = st.number_input(
        f"{info.title} ({info.unit})",
        kind(info.low),
        kind(info.high),
        begun,
        step=1 if kind is int else 0.05 if info.high <= _SMALL else 1.0,
        key=_key(info.name, preset, begun),
        label_visibility="collapsed",
        persist_state="session",
        required=True,
    )
    st.caption(f"{info.unit}, from {info.low:g} to {info.high:g}. {info.source}")
    return value


def _show_by_hand(begun: Parameters, parameters: Parameters) -> None:
    """Say how many numbers were set here, and offer the way back."""
    before, now = asdict(begun), asdict(parameters)
    by_hand = sum(before[name] != now[name] for name in before)
    with st.container(horizontal=True, vertical_alignment="center"):
        if by_hand:
            st.caption(f"{counted(by_hand, 'number')} set here by hand.", width="content")
            st.button("Back to the preset", icon=":material/undo:", type="tertiary", on_click=_reset)
        else:
            st.caption("Numbers that other pages use too begin with what is assumed there.", width="content")
            st.page_link("pages/assumptions.py", label="Assumptions", icon=":material/tune:")


def _reset() -> None:
    st.session_state.change_orders_resets = st.session_state.get("change_orders_resets", 0) + 1


def _processes(
    survey: Survey, placed: Sequence[Alternative], titles: Mapping[str, str]
) -> tuple[dict[str, Process], tuple[str, ...]]:
    """Return the process of every placement by key, and why those that are left out have none."""
    found: dict[str, Process] = {}
    reasons: dict[str, list[str]] = {}
    for item in placed:
        try:
            found[item.key] = process_of(survey, item.placement, titles[item.key])
        except OrgModelError as error:
            reasons.setdefault(str(error), []).append(titles[item.key])
    if not found:
        return found, tuple(reasons)
    return found, tuple(f"Left out: {', '.join(named)}. {reason}" for reason, named in reasons.items())
