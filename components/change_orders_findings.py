"""What a study shows: sentences, pictures, files, and whether it is of what is set now."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import asdict
from typing import Final, NamedTuple

import numpy as np
import streamlit as st

from components import session
from components.change_orders_choice import TODAY, Setting
from components.picture import show_graph, show_wide
from components.text import plain
from orgmodel.alternatives import Alternative
from orgmodel.change_orders.findings import findings
from orgmodel.change_orders.outcomes import OUTCOME_TABLE
from orgmodel.change_orders.parameters import PARAMETERS
from orgmodel.change_orders.plan import NamedPlacement, plan_text
from orgmodel.change_orders.study import Plan, Study
from orgmodel.charts import (
    curves,
    levels_chart,
    load_chart,
    policies_chart,
    small_curves,
    times_chart,
)
from orgmodel.explanations import percent
from orgmodel.importing.own_format import neutralised

_OUTCOMES: Final = {outcome.name: outcome for outcome in OUTCOME_TABLE}
_AT_FIRST: Final = "escalations"
_NARROWEST: Final = 330
_AT_A_GLANCE: Final = (
    "Lines that lie on each other are the same for these placements. The fuller operations are, the fewer "
    "promises made without the schedule can be kept: near 100 % hardly any. Rework then falls because fewer "
    "changes are made at all, and orders become late because planning itself takes longer than there is time."
)
_MOST_SAID: Final = 4
_ON_THE_COMMAND_LINE: Final = (
    "For python -m orgmodel study FILE --unit ID --plan study.toml. Where you have changed assumptions or "
    "answered questions, add --assumptions with a file of them: desks and bosses follow from them too."
)


class Done(NamedTuple):
    """A study that was run: the how many-th, what was set then, of which chart, and how long it took."""

    number: int
    study: Study
    setting: Setting
    chart_name: str
    seconds: float

    def key(self, name: str) -> str:
        """Return the key of a widget about this study."""
        return f"change-orders-{name}-{self.number}"


def show_findings(done: Done, setting: Setting, plan: Plan) -> None:
    """Show what a study says, in words and pictures, and offer its files."""
    changed = list(_changed(done, setting, plan))
    if changed:
        st.warning(
            "\n".join(["This study is of other settings:", "", *(f"- {plain(text)}" for text in changed)])
        )
    said = [
        f":material/{'check_circle' if finding.sure else 'help'}: {plain(finding.sentence)}"
        for finding in findings(done.study, done.setting.utilisation)
    ]
    with st.container(border=True):
        for sentence in said[:_MOST_SAID]:
            st.markdown(sentence)
        st.caption(":material/check_circle: more than chance, :material/help: may be chance.")
    if more := said[_MOST_SAID:]:
        with st.expander("What else it shows", icon=":material/more_horiz:"):
            for sentence in more:
                st.markdown(sentence)
    _show_pictures(done)
    _show_unstable(done.study)
    _show_files(done)


def _changed(done: Done, setting: Setting, plan: Plan) -> Iterator[str]:
    """Yield what was otherwise when a study was run."""
    then, before, now = done.study.plan, asdict(done.study.plan.parameters), asdict(plan.parameters)
    if done.chart_name != session.chart_name():
        yield f"the chart was {done.chart_name}"
    titles = [process.title for process in then.placements]
    if titles != [process.title for process in plan.placements]:
        yield f"the placements were {', '.join(titles)}"
    elif then.placements != plan.placements:
        yield "the chart, or what is assumed of it, was otherwise"
    if then.policies != plan.policies:
        yield f"the ways of working were {', '.join(policy.title for policy in then.policies)}"
    for info in PARAMETERS:
        if before[info.name] != now[info.name]:
            yield f"{info.title}: {before[info.name]:g} then, {now[info.name]:g} now ({info.unit})"
    if before["selling"] != now["selling"]:
        yield "another rule held for selling"
    if setting.utilisation not in then.utilisations:
        yield f"no run with operations {percent(setting.utilisation)} full is in it"
    if (then.replications, then.changes, then.seed) != (plan.replications, plan.changes, plan.seed):
        yield f"{then.replications} repetitions of {then.changes:,} changes, seed {then.seed}"


@st.fragment
def _show_pictures(done: Done) -> None:
    """Show the pictures of one outcome, one way of working and one utilisation."""
    study, plan = done.study, done.study.plan
    left, middle, right = st.columns(3)
    name = left.selectbox(
        "What to look at",
        list(_OUTCOMES),
        index=list(_OUTCOMES).index(_AT_FIRST),
        format_func=lambda name: _OUTCOMES[name].title,
        key="change-orders-outcome",
        persist_state="session",
    )
    policy = middle.selectbox(
        "Way of working",
        range(len(plan.policies)),
        format_func=lambda at: plan.policies[at].title,
        key=done.key("policy"),
        persist_state="session",
    )
    nearest = int(np.argmin(np.abs(np.array(plan.utilisations) - done.setting.utilisation)))
    busy = right.selectbox(
        "How full operations are",
        range(len(plan.utilisations)),
        index=nearest,
        format_func=lambda at: percent(plan.utilisations[at]),
        key=done.key("utilisation"),
        persist_state="session",
    )
    way, full = plan.policies[policy].title, f"{percent(plan.utilisations[busy])} full"
    title = _OUTCOMES[name].title
    st.caption(f"{title}, {_OUTCOMES[name].unit}: {_OUTCOMES[name].meaning}")
    st.markdown(f"**The fuller operations are ({way})**")
    show_wide(
        curves(study, name, policy), "change-orders-curves", f"{title} by how full operations are", _NARROWEST
    )
    st.markdown(f"**What helps (operations {full})**")
    show_wide(
        policies_chart(study, name, busy), "change-orders-bars", f"{title} by way of working", _NARROWEST
    )
    glance = st.expander(
        f"Everything at a glance ({way})",
        icon=":material/grid_view:",
        key=done.key("glance"),
        on_change="rerun",
    )
    if glance.open:
        with glance:
            figure = small_curves(study, list(_OUTCOMES), policy)
            show_wide(figure, "change-orders-glance", "All outcomes by how full operations are", _NARROWEST)
            st.caption(_AT_A_GLANCE)
    settled, lasting = st.columns(2, gap="large")
    with settled:
        st.markdown(f"**Who settles quarrels ({way}, {full})**")
        show_wide(
            levels_chart(study, policy, busy), "change-orders-levels", "Who settles quarrels", _NARROWEST
        )
    with lasting:
        st.markdown(f"**How long it takes where no rule does ({way}, {full})**")
        show_wide(
            times_chart(study, policy, busy), "change-orders-times", "Days to settle quarrels", _NARROWEST
        )
    st.caption(
        f"Means of {plan.replications} repetitions; thin lines at points and bars: the range in which the "
        "mean of very many would lie (95 %). Dashed: by formula."
    )
    _show_load(done, policy, busy)


def _show_load(done: Done, policy: int, busy: int) -> None:
    """Show on the chart whose time the quarrels take."""
    plan = done.study.plan
    heading, choice = st.columns([2, 1], vertical_alignment="bottom")
    heading.markdown(
        f"**Whose time it takes ({plan.policies[policy].title}, {percent(plan.utilisations[busy])} full)**"
    )
    place = choice.selectbox(
        "Placement on the chart",
        range(len(plan.placements)),
        format_func=lambda at: plan.placements[at].title,
        key=done.key("placement"),
        persist_state="session",
    )
    if sentence := done.study.unstable.get((place, policy, busy)):
        st.info(plain(sentence))
        return
    hours = done.study.hours[place][policy, busy].mean(axis=0)
    figure = load_chart(done.setting.chart(place), plan.placements[place], hours)
    show_graph(
        figure, "change-orders-load", "The chart with the hours a week that quarrels take of every manager"
    )


def _show_unstable(study: Study) -> None:
    """Say what was not simulated because a line would grow for ever."""
    if not study.unstable:
        return
    plan, said = study.plan, []
    for (place, policy, busy), sentence in study.unstable.items():
        way, full = plan.policies[policy].title, percent(plan.utilisations[busy])
        said.append(f"- **{plain(plan.placements[place].title)}, {way}, {full} full**: {plain(sentence)}")
    with st.expander(f"{len(said)} not simulated: a line would grow without end", icon=":material/warning:"):
        st.markdown("\n".join(said))


def _show_files(done: Done) -> None:
    plan, sizes = done.study.plan, done.setting.sizes
    with st.container(horizontal=True, vertical_alignment="center"):
        st.download_button(
            "All runs (CSV)",
            lambda: study_csv(done.study),
            f"{session.file_stem()} change orders.csv",
            "text/csv",
            icon=":material/download:",
            on_click="ignore",
            key="change-orders-csv",
        )
        named = [name for item in done.setting.placed if (name := _named(item))]
        st.download_button(
            "The plan (TOML)",
            lambda: plan_text(named, plan.policies, plan.parameters, utilisations=plan.utilisations, **sizes),
            "study.toml",
            "application/toml",
            icon=":material/download:",
            on_click="ignore",
            key="change-orders-plan",
            help=_ON_THE_COMMAND_LINE,
            disabled=not named,
        )
        st.caption(f"{plan.simulations:,} runs in {done.seconds:.1f} seconds.", width="content")


def _named(item: Alternative) -> NamedPlacement | None:
    """Return what a plan calls a placement; None for one added by hand that it has no name for."""
    if item.today:
        return TODAY
    if not item.key.startswith("added:"):
        return item.key
    if item.placement.kind not in {"under", "shared"}:
        return None
    bosses = dict(item.placement.bosses)
    return bosses if len(bosses) > 1 else next(iter(bosses))


def study_csv(study: Study) -> bytes:
    """Return all runs of a study as CSV; no cell is run by a spreadsheet."""
    frame, table = study.frame(), io.StringIO(newline="")
    writer = csv.writer(table, lineterminator="\r\n")
    writer.writerow(frame.columns)
    writer.writerows(
        [neutralised(cell) if isinstance(cell, str) else cell for cell in row]
        for row in frame.itertuples(index=False)
    )
    return table.getvalue().encode("utf-8", errors="replace")
