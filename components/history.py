"""What was changed in the open chart, step by step: take it back, do it again, see what is different."""

from __future__ import annotations

import csv
import io
from typing import Final

import streamlit as st

from components import session
from components.text import plain
from orgmodel.differences import differences
from orgmodel.document import Document
from orgmodel.importing.own_format import neutralised

_MOST_CHOICES: Final = 200
_AS_OPENED: Final = "The chart as it was opened"


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
            help=plain(document.steps[-1].title) if document.can_undo else None,
        )
        st.button(
            "Redo",
            icon=":material/redo:",
            disabled=not document.can_redo,
            on_click=session.redo_edit,
            key="redo-edit",
            help=plain(document.undone[0].title) if document.can_redo else None,
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
    st.dataframe(
        {
            "Step": range(1, len(titles) + 1),
            "What was done": titles,
            "": ["" if number < done else "taken back" for number in range(len(titles))],
        },
        hide_index=True,
        alt="What was changed in the chart, the first step at the top",
        column_config={
            "Step": st.column_config.NumberColumn(width="small"),
            "What was done": st.column_config.TextColumn(width="large"),
            "": st.column_config.TextColumn(width="small"),
        },
    )
    _show_way_back(document, titles)
    st.markdown("**Different from the chart as it was opened**")
    depends_on = (document.organization, document.base)
    sentences = session.kept("differences", depends_on, lambda: _sentences(document))
    st.markdown("\n".join(f"- {plain(sentence)}" for sentence in sentences))


def _show_way_back(document: Document, titles: list[str]) -> None:
    """Let the reader go to the chart after any step; nothing is lost by it until something else is done."""
    done = len(document.steps)
    steps = range(max(0, done - _MOST_CHOICES), min(len(titles), done + _MOST_CHOICES) + 1)
    choose, button, download = st.columns([4, 1, 1], vertical_alignment="bottom")
    wanted = choose.selectbox(
        "Go to",
        [step for step in reversed(steps) if step != done],
        format_func=lambda step: f"After step {step}: {titles[step - 1]}" if step else _AS_OPENED,
        key=session.key(f"history-{document.revision}"),
    )
    button.button(
        "Back to here" if wanted < done else "Forward to here",
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
        return session.node_name(chart if node in chart.row_of else base, node)

    return differences(base, chart).sentences(name) or ("Nothing: the steps cancel out.",)


def steps_csv(titles: list[str]) -> bytes:
    """Return the steps as CSV; no cell is run by a spreadsheet."""
    table = io.StringIO(newline="")
    writer = csv.writer(table, lineterminator="\r\n")
    writer.writerow(("step", "what was done"))
    writer.writerows((number, neutralised(title)) for number, title in enumerate(titles, start=1))
    return table.getvalue().encode("utf-8", errors="replace")
