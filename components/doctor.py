"""What is wrong with the open file, and what is proposed: look, try, apply, take back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import streamlit as st

from components import opening, session
from components.chart_files import show_findings_download
from components.findings import (
    Kind,
    applied,
    is_as_proposed,
    kinds_of,
    matching,
    needs_a_look,
    place_text,
    sentence,
)
from components.names import node_name
from components.text import plain
from orgmodel.importing import (
    EVERY,
    PROPOSED,
    Choice,
    ImportReport,
    Notice,
    Repair,
)
from orgmodel.wording import counted

_BADGES: Final = {
    "error": ":red-badge[:material/error: contradiction]",
    "warning": ":orange-badge[:material/warning: please look]",
    "info": ":gray-badge[:material/info: for information]",
}
_WAITING: Final = ":blue-badge[:material/lightbulb: a proposal]"
_A_PAGE: Final = 10
_IN_FULL: Final = 10
_MOST_ROWS: Final = 500
_LONG_LIST: Final = 8
_SIDE_BY_SIDE: Final = 80  # characters of all ways together; longer ones stand below each other
_AS_PROPOSED: Final = "What is proposed for each"


def show_doctor(report: ImportReport) -> None:
    """Show what was found, kind by kind, what can be done about it, and what has been decided so far."""
    kinds = session.kept("kinds", (report.notices,), lambda: kinds_of(report.notices))
    to_look_at = [kind for kind in kinds if kind.decidable or kind.severity != "info"]
    _show_actions(report, to_look_at)
    _show_steps(report)
    for place, kind in enumerate(to_look_at):
        _show_kind(kind, expanded=place == 0 and (kind.waiting or kind.severity == "error"))
    _show_information([kind for kind in kinds if kind not in to_look_at])


def _show_actions(report: ImportReport, kinds: Sequence[Kind]) -> None:
    found = sum(needs_a_look(notice) for kind in kinds for notice in kind.found)
    waiting = sum(not is_as_proposed(notice) for kind in kinds for notice in kind.found)
    if not found:
        st.markdown(":green-badge[:material/check: nothing] Nothing in this file needs a decision.")
    elif waiting:
        st.markdown(
            f"{counted(found, 'finding')} to look at. For **{waiting:,}** of them I propose something "
            "else than what the chart has now."
        )
    else:
        st.markdown(f"{counted(found, 'finding')} to look at. {_standing(kinds)}")
    undone = st.session_state.undone
    with st.container(horizontal=True):
        if waiting:
            st.button(
                f"Do everything that is proposed ({waiting:,})",
                type="primary",
                icon=":material/done_all:",
                on_click=opening.apply_all,
                key="all-proposed",
            )
        st.button(
            "Undo",
            icon=":material/undo:",
            disabled=not report.steps,
            on_click=opening.undo_step,
            key="undo",
            help="Takes the last decision back.",
        )
        st.button(
            "Redo",
            icon=":material/redo:",
            disabled=not undone,
            on_click=opening.redo_step,
            key="redo",
            help="Decides again what was taken back last.",
        )
        show_findings_download(report)


def _standing(kinds: Sequence[Kind]) -> str:
    """Return how the chart stands where nothing waits: what can be chosen, what only the file can mend."""
    unmendable = sum(
        notice.severity == "error" and not notice.repairs for kind in kinds for notice in kind.found
    )
    if unmendable:
        return (
            f"{'It' if unmendable == 1 else f'{unmendable:,} of them'} cannot be decided here: say above "
            "what the columns hold, or mend the file and read it again."
        )
    if any(kind.decidable for kind in kinds):
        return "The chart has what I propose; where there is a choice, you can choose otherwise."
    return "There is nothing to choose."


def _show_steps(report: ImportReport) -> None:
    """Show what has been decided, in order."""
    if report.steps:
        st.markdown(
            "**Decided so far**\n\n"
            + "\n".join(
                f"{number}. {plain(step.title or 'A decision')} ({plain(step.changes)})"
                for number, step in enumerate(report.steps, start=1)
            )
        )


# ---------------------------------------------------------------------- one kind


def _show_kind(kind: Kind, *, expanded: bool) -> None:
    if len(kind.found) == 1 and not kind.decidable:
        with st.container(border=True):
            st.markdown(f"{_BADGES[kind.severity]} {kind.title}")
        return
    key = session.file_key(f"kind-{kind.code}")
    if key in st.session_state:
        # Streamlit takes a section under another title for another one, which would be folded again.
        st.session_state[key] = st.session_state[key]
    section = st.expander(
        f"{_BADGES[kind.severity]}{f' {_WAITING}' if kind.waiting else ''} {kind.title}",
        expanded=expanded,
        key=key,
        on_change="rerun",
    )
    if not section.open:
        return
    with section:
        if not kind.decidable:
            _show_plainly(kind.found)
            return
        if len(kind.found) > 1:
            _show_all_at_once(kind)
        for place, notice in enumerate(_page_of(kind)):
            _show_finding(kind, notice, place)


def _show_all_at_once(kind: Kind) -> None:
    """Let the reader meet all findings of a kind in the same way."""
    ways = kind.ways_for_all()
    options = [PROPOSED, *ways]
    chosen = st.selectbox(
        f"For all {len(kind.found):,} at once",
        options,
        index=None,
        placeholder="Choose what to do about all of them",
        format_func=lambda option: _AS_PROPOSED if option == PROPOSED else ways[option],
        key=session.key(f"all-{kind.code}"),
    )
    if chosen is not None:
        title = f"All {len(kind.found):,}: {_AS_PROPOSED if chosen == PROPOSED else ways[chosen]}"
        _show_plan((Choice(kind.code, EVERY, chosen),), title, f"all-{kind.code}")


def _page_of(kind: Kind) -> list[Notice]:
    """Return the findings to show: all of a few, else a page of those with the words searched for."""
    if len(kind.found) <= _A_PAGE:
        return kind.found
    search, pages = st.columns([2, 3], vertical_alignment="bottom")
    words = search.text_input(
        f"Find among {len(kind.found):,}",
        key=session.file_key(f"find-{kind.code}"),
        placeholder="A name, an id, a row",
        icon=":material/search:",
    )
    found = matching(kind.found, words)
    if not found:
        st.caption("Nothing found.")
    last = max(1, -(-len(found) // _A_PAGE))
    page = 1
    if last > 1:
        with pages:
            page = st.pagination(last, key=session.file_key(f"page-{kind.code}-{words}"))
    return found[_A_PAGE * (page - 1) : _A_PAGE * page]


def _show_finding(kind: Kind, notice: Notice, place: int) -> None:
    with st.container(border=len(kind.found) > 1, gap="small"):
        mark = "" if is_as_proposed(notice) else f" {_WAITING}"
        where = f" :small[:gray[{text}]]" if (text := place_text(notice)) else ""
        if len(kind.found) > 1:  # a single one is said by the title above
            st.markdown(f"{plain(sentence(notice))}{where}{mark}")
        elif where:
            st.markdown(where)
        if not notice.repairs:
            return
        now = applied(notice)
        # Another way in the chart is another widget, so that it starts with what the chart has.
        key = session.key(f"way-{kind.code}-{place}-{notice.repairs[0].choice.subject}")
        chosen = _choose_way(notice.repairs, now, key)
        if chosen is not None and chosen != now:
            _show_plan((chosen.choice,), chosen.title, key)


def _choose_way(repairs: Sequence[Repair], now: Repair | None, key: str) -> Repair | None:
    """Let the reader choose among the ways to meet a finding."""
    of_option = {repair.choice.option: repair for repair in repairs}
    index = None if now is None else list(of_option).index(now.choice.option)
    if len(of_option) > _LONG_LIST:
        chosen = st.selectbox(
            "What to do",
            list(of_option),
            index=index,
            format_func=lambda option: (
                f"{of_option[option].title}{_marks(of_option[option], '', ' (in the chart)', ' (proposed)')}"
            ),
            key=key,
        )
    else:
        chosen = st.radio(
            "What to do",
            list(of_option),
            index=index,
            format_func=lambda option: (
                plain(of_option[option].title)
                + _marks(of_option[option], " ", ":gray-badge[in the chart]", ":blue-badge[proposed]")
            ),
            key=key,
            horizontal=sum(len(repair.title) for repair in repairs) <= _SIDE_BY_SIDE,
            label_visibility="collapsed",
        )
    return of_option.get(chosen)


def _marks(repair: Repair, between: str, in_chart: str, proposed: str) -> str:
    marks = [in_chart] * repair.applied + [proposed] * repair.proposed
    return "".join(f"{between}{mark}" for mark in marks)


def _show_plan(choices: tuple[Choice, ...], title: str, key: str) -> None:
    """Show what choices would change, with a button to decide so."""
    before = session.report().organization
    with st.spinner("Trying it"):
        after, changes = opening.planned(choices)

    def name(node: str) -> str:
        chart = after.organization if node in after.organization.row_of else before
        return node_name(chart, node)

    lines = changes.sentences(name) or ("Nothing in the chart.",)
    st.markdown("This would change:\n\n" + "\n".join(f"- {plain(line)}" for line in lines))
    st.button(
        "Apply",
        type="primary",
        icon=":material/check:",
        on_click=opening.apply,
        args=(choices, title),
        key=f"apply-{key}",
    )


# ---------------------------------------------------------------------- nothing to decide


def _show_information(kinds: Sequence[Kind]) -> None:
    """Show what was assumed and needs no decision, folded."""
    if not kinds:
        return
    number = sum(len(kind.found) for kind in kinds)
    with st.expander(
        f"{_BADGES['info']} {counted(number, 'note')} on how the file was read", key="information"
    ):
        for kind in kinds:
            if len(kinds) > 1 and len(kind.found) > 1:
                st.markdown(f"**{kind.about}**")
            _show_plainly(kind.found)


def _show_plainly(notices: Sequence[Notice]) -> None:
    st.markdown("\n".join(f"- {plain(sentence(notice))}" for notice in notices[:_IN_FULL]))
    if len(notices) <= _IN_FULL:
        return
    st.dataframe(
        [
            {
                "Row": None if notice.row is None else str(notice.row),
                "Column": notice.column,
                "Cell": notice.value,
                "What was found": notice.message,
            }
            for notice in notices[:_MOST_ROWS]
        ],
        hide_index=True,
        alt="Findings of one kind, row by row",
        column_config={
            "Row": st.column_config.TextColumn(width="small"),
            "What was found": st.column_config.TextColumn(width="large"),
        },
    )
    if len(notices) > _MOST_ROWS:
        st.caption(f"The first {_MOST_ROWS} of {len(notices):,}; all of them are in the download.")
