"""What is done to the open file: read it, decide about it, say what its columns are; undo and redo.

Nothing here is shown. The report of the open file, and the chart that is made of it, are in `session`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import streamlit as st

from components import session
from hosting.limits import LimitError, check_boxes, of_charts
from orgmodel.differences import Differences, differences
from orgmodel.errors import UnreadableFileError
from orgmodel.importing import (
    Choice,
    ColumnMapping,
    ImportReport,
    Privacy,
    decide,
    decide_all,
    read_organization,
    remap,
    undo,
)

_MOST_KEPT_MAPPINGS: Final = 20


# ---------------------------------------------------------------------- reading files


def read(
    files: Sequence[tuple[str, bytes]], privacy: Privacy, progress: Callable[[float, str], object]
) -> str:
    """Open one file, or several as one chart; return why that cannot be done, else an empty text.

    Files of which the reader has said once what the columns are, in this session, are read so again.
    """
    contents, names = [content for _name, content in files], [name for name, _content in files]
    try:
        found = read_organization(
            contents, filename=names, privacy=privacy, limits=of_charts(), progress=progress
        )
        kept = kept_mapping(found)
        if kept is not None:
            # Read again, not only remapped: what is private is told from the columns.
            found = read_organization(
                contents,
                filename=names,
                mapping=kept,
                privacy=privacy,
                limits=of_charts(),
                progress=progress,
            )
        check_boxes(len(found.organization))
    except (UnreadableFileError, LimitError) as error:
        return str(error)
    session.open_report(found)
    st.session_state.read_with = (st.session_state.opening, privacy, kept is not None)
    return ""


def privacy_of_open() -> Privacy | None:
    """Return what was said about privacy when the open file was read; None for a prepared example."""
    opening, privacy, _reused = st.session_state.get("read_with", (None, None, False))
    return privacy if opening == st.session_state.opening else None


def is_mapping_reused() -> bool:
    """Return whether the columns of the open file were told by what was said about an earlier file."""
    opening, _privacy, reused = st.session_state.get("read_with", (None, None, False))
    return reused and opening == st.session_state.opening and session.report().reading.mapping is not None


# ---------------------------------------------------------------------- columns


def kept_mapping(report: ImportReport) -> ColumnMapping | None:
    """Return what the reader has said about a file with these headers, in this session."""
    return st.session_state.get("mappings", {}).get(report.mapping.shape)


def keep_mapping(mapping: ColumnMapping) -> None:
    """Use these columns for every file with these headers from now on."""
    kept = {**st.session_state.get("mappings", {}), mapping.shape: mapping}
    while len(kept) > _MOST_KEPT_MAPPINGS:
        del kept[next(iter(kept))]
    st.session_state.mappings = kept


def use_columns(mapping: ColumnMapping) -> None:
    """Read the open file with these columns, and the next ones with the same headers too."""
    keep_mapping(mapping)
    _make_anew(mapping)


def forget_columns() -> None:
    """Go back to what is told from headers and cells."""
    st.session_state.get("mappings", {}).pop(session.report().mapping.shape, None)
    _make_anew(None)


def _make_anew(mapping: ColumnMapping | None) -> None:
    session.remake(remap(session.report(), mapping))
    st.session_state.remaps = st.session_state.get("remaps", 0) + 1


# ---------------------------------------------------------------------- decisions


def planned(choices: tuple[Choice, ...]) -> tuple[ImportReport, Differences]:
    """Return what the open file would be with these choices too, and what would be different."""
    report = session.report()
    before, of_choices, plan = st.session_state.get("_planned", (None, (), None))
    if before is not report or of_choices != choices:
        after = decide(report, choices)
        plan = (after, differences(report.organization, after.organization))
        st.session_state["_planned"] = (report, choices, plan)
    return plan


def apply(choices: tuple[Choice, ...], title: str) -> None:
    """Decide so about the open file."""
    session.remake(decide(session.report(), choices, title))
    st.session_state.undone = ()


def apply_all() -> None:
    """Decide everything as it is proposed."""
    session.remake(decide_all(session.report(), "Everything that was proposed"))
    st.session_state.undone = ()


def undo_step() -> None:
    """Take the last decision back."""
    report = session.report()
    if report.steps:
        st.session_state.undone = (*st.session_state.undone, report.steps[-1])
        session.remake(undo(report))


def redo_step() -> None:
    """Decide again what was taken back last."""
    if undone := st.session_state.undone:
        session.remake(decide(session.report(), undone[-1].choices, undone[-1].title))
        st.session_state.undone = undone[:-1]
