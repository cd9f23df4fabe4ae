"""What was changed in the open chart, step by step: take it back, do it again, see what is different."""

from __future__ import annotations

import csv
import io
from typing import Final

import streamlit as st

from components import session
from components.names import node_name
from components.text import number_text, plain
from orgmodel.differences import differences
from orgmodel.document import Document
from orgmodel.errors import OrgModelError
from orgmodel.importing.own_format import neutralised
from orgmodel.indicators import HEADLINES
from orgmodel.organization import Organization
from orgmodel.sweep import Assessment, Survey
from orgmodel.wording import counted

BESIDE: Final = "beside-drawing"  # the key of what is chosen below the drawing
HISTORY: Final = "History"
_MOST_CHOICES: Final = 200
_MOST_NUMBERED: Final = 20
_MOST_SURVEYED: Final = 20_000  # boxes, in all charts of a history: a second or two
_AS_OPENED: Final = "The chart as it was opened"


def show_changed() -> None:
    """Say that the open chart is not as it was opened, where that is so, with a way to what was changed."""
    steps = len(session.document().steps)
    if not steps:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(
            f":material/edit: This is your chart with **{counted(steps, 'change')}** made here. "
            "“Today” means the chart as it is now.",
            width="content",
        )
        if st.button("See what was changed", icon=":material/history:", type="tertiary", key="see-changes"):
            st.session_state[BESIDE] = HISTORY
            st.switch_page("pages/draw.py")


def show_undo() -> None:
    """Show the buttons for undo and redo, with what they would do."""
    document = session.document()
    with st.container(horizontal=True):
        st.button(
            "Undo",
            icon=":material/undo:",
            disabled=not document.can_undo,
            on_click=session.undo_edit,
            key="undo-edit",
            help=f"Takes back: {plain(document.steps[-1].title)}" if document.can_undo else None,
        )
        st.button(
            "Redo",
            icon=":material/redo:",
            disabled=not document.can_redo,
            on_click=session.redo_edit,
            key="redo-edit",
            help=f"Does again: {plain(document.undone[0].title)}" if document.can_redo else None,
        )


def show_history() -> None:
    """Show all steps, a way back to any of them, and what is different from the chart as it was opened."""
    document = session.document()
    show_undo()
    titles = [step.title for step in (*document.steps, *document.undone)]
    if not titles:
        st.caption("Nothing has been changed since the chart was opened.")
        return
    done = len(document.steps)
    numbers = _numbers_after_steps(document)
    rest = [None] * len(document.undone)
    st.dataframe(
        {
            "Step": range(1, len(titles) + 1),
            "What was done": titles,
            "": ["" if number < done else "taken back" for number in range(len(titles))],
            **{
                item.title: [
                    None if found is None else number_text(item, found.values[item.name]) for found in numbers
                ]
                + rest
                for item in HEADLINES
                if any(numbers)
            },
        },
        hide_index=True,
        alt="What was changed in the chart, the first step at the top",
        column_config={
            "Step": st.column_config.NumberColumn(width="small"),
            "What was done": st.column_config.TextColumn(width="large"),
            "": st.column_config.TextColumn(width="small"),
        },
    )
    if any(numbers):
        known = sum(found is not None for found in numbers)
        st.caption(
            "The three headlines are those of the chart after each step"
            + ("." if known == done else f"; for the last {known:,} steps where there are numbers.")
        )
    _show_way_back(document, titles)
    st.markdown("**Different from the chart as it was opened**")
    depends_on = (document.organization, document.base)
    sentences = session.kept("differences", depends_on, lambda: _sentences(document))
    st.markdown("\n".join(f"- {plain(sentence)}" for sentence in sentences))


def _numbers_after_steps(document: Document) -> list[Assessment | None]:
    """Return the numbers of the chart after each step that is done, for the last ones; None for the others.

    Of a step that is done always the same steps were done before it, so its numbers can be kept with it.
    """
    numbers: list[Assessment | None] = [None] * len(document.steps)
    depends_on = (document.base, session.unit(), session.assumed())
    known = session.kept("numbers_after_steps", depends_on, dict)
    chart = document.organization
    most = min(_MOST_NUMBERED, _MOST_SURVEYED // len(chart))
    for place, step in reversed([*enumerate(document.steps)][-most:] if most else []):
        if id(step) not in known:
            known[id(step)] = (step, assessment_of(chart))
        numbers[place] = known[id(step)][1]
        chart = step.change.inverse.applied(chart)
    return numbers


def _show_way_back(document: Document, titles: list[str]) -> None:
    """Let the reader go to the chart after any step; nothing is lost by it until something else is done."""
    done = len(document.steps)
    steps = range(max(0, done - _MOST_CHOICES), min(len(titles), done + _MOST_CHOICES) + 1)
    choose, button, download = st.columns([4, 2, 1.3], vertical_alignment="bottom")
    wanted = choose.selectbox(
        "Go to",
        [step for step in reversed(steps) if step != done],
        format_func=lambda step: f"After step {step}: {titles[step - 1]}" if step else _AS_OPENED,
        key=session.key(f"history-{document.revision}"),
    )
    button.button(
        "Take back to here" if wanted < done else "Do again to here",
        icon=":material/history:",
        on_click=session.go_to_step,
        args=(wanted,),
        key="go-to-step",
    )
    download.download_button(
        "Steps (CSV)",
        lambda: steps_csv(titles[:done]),
        "steps.csv",
        "text/csv",
        icon=":material/download:",
        on_click="ignore",
        key="steps-csv",
    )


def _sentences(document: Document) -> tuple[str, ...]:
    """Return what is different now, in sentences."""
    base, chart = document.base, document.organization

    def name(node: str) -> str:
        return node_name(chart if node in chart.row_of else base, node)

    return differences(base, chart).sentences(name) or ("Nothing: the steps cancel out.",)


def steps_csv(titles: list[str]) -> bytes:
    """Return the steps as CSV; no cell is run by a spreadsheet."""
    table = io.StringIO(newline="")
    writer = csv.writer(table, lineterminator="\r\n")
    writer.writerow(("step", "what was done"))
    writer.writerows((number, neutralised(title)) for number, title in enumerate(titles, start=1))
    return table.getvalue().encode("utf-8", errors="replace")


# ---------------------------------------------------------------------- numbers of earlier states


def assessment_at_first() -> Assessment | None:
    """Return the numbers of the chart as it was opened; None where customer service was not in it."""
    base = session.document().base
    return session.kept("at_first", (base, session.unit(), session.assumed()), lambda: assessment_of(base))


def assessment_of(chart: Organization) -> Assessment | None:
    """Return the numbers of an earlier state of the chart; None where customer service was not in it."""
    if chart is session.organization():
        now = session.survey()
        return None if now is None else now.current
    nodes = tuple(node for node in session.unit() if node in chart.row_of)
    try:
        return Survey(chart, nodes, session.assumed()).current if nodes else None
    except OrgModelError:
        return None
