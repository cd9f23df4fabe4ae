"""The columns of the open file: what each was taken for, why, and the table in which that can be changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import streamlit as st

from components import opening, session
from components.limits import largest_file
from components.text import plain
from orgmodel.errors import OrgModelError
from orgmodel.importing import ROLE_TITLES, ColumnEvidence, ColumnMapping, ImportReport
from orgmodel.wording import counted

_ROLES: Final = {title: role for role, title in ROLE_TITLES.items()}
_READ_AS: Final = "Read as"
_TALLEST: Final = 15  # rows, before the table scrolls
_ROW_HEIGHT: Final = 35


def show_columns(report: ImportReport) -> None:
    """Show every column with its role and the evidence; let the reader say other roles."""
    stated = report.reading.mapping is not None
    if opening.is_mapping_reused():
        st.info(
            "The columns are read as you said for an earlier file with the same headers.",
            icon=":material/history:",
        )
    edited = _show_table(report.evidence)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        wanted = edited_mapping(report.mapping, edited, _choose_refers_to(report.mapping))
        st.button(
            "Use these columns",
            icon=":material/check:",
            disabled=wanted == report.mapping,
            on_click=opening.use_columns,
            args=(wanted,),
            key="use-columns",
        )
        if stated:
            st.button(
                "Back to what was told from the file",
                icon=":material/undo:",
                on_click=opening.forget_columns,
                key="told-columns",
            )
    _show_file(report)


def _choose_refers_to(mapping: ColumnMapping) -> str | None:
    """Let the reader say in which column the managers are found; None: told from the cells."""
    names = list(mapping.shape)
    if mapping.refers_to is not None and mapping.refers_to not in names:
        names.append(mapping.refers_to)  # several columns read as one, such as "First name + Last name"
    options = dict(enumerate(names)) | {-1: None}
    chosen = st.selectbox(
        "Managers are found in the column",
        sorted(options),
        index=1 + next((place for place, name in options.items() if name == mapping.refers_to), -1),
        format_func=lambda place: "Told from the cells" if place < 0 else options[place],
        key=_key("refers-to"),
        help="Ids, e-mail addresses or names: whichever column holds what the manager column says.",
        width=320,
    )
    return options[chosen]


def edited_mapping(
    mapping: ColumnMapping, edited: Mapping[int, Mapping[str, Any]], refers_to: str | None
) -> ColumnMapping:
    """Return the mapping after edits in the table: row -> changed cells."""
    columns = tuple(
        (header, _ROLES.get(edited.get(place, {}).get(_READ_AS), role))
        for place, (header, role) in enumerate(mapping.columns)
    )
    return ColumnMapping(columns, refers_to)


def _key(name: str) -> str:
    return session.file_key(f"{name}-{st.session_state.get('remaps', 0)}")


def _show_table(evidence: Sequence[ColumnEvidence]) -> Mapping[int, Mapping[str, Any]]:
    """Show the table and return the edits: row -> changed cells."""
    key = _key("columns")
    st.data_editor(
        {
            "Column": [found.header for found in evidence],
            _READ_AS: [ROLE_TITLES.get(found.role, ROLE_TITLES["keep"]) for found in evidence],
            "For example": ["  ·  ".join(found.samples) for found in evidence],
            "Because": [found.reason for found in evidence],
            "Filled": [round(100 * found.filled) for found in evidence],
        },
        key=key,
        hide_index=True,
        height=_ROW_HEIGHT * (1 + min(_TALLEST, len(evidence))) + 3,
        disabled=["Column", "Because", "For example", "Filled"],
        column_config={
            "Column": st.column_config.TextColumn(pinned=True),
            _READ_AS: st.column_config.SelectboxColumn(
                options=list(_ROLES), required=True, help="Choose in this column what a column holds."
            ),
            "For example": st.column_config.TextColumn(width="medium"),
            "Because": st.column_config.TextColumn(width="large"),
            "Filled": st.column_config.NumberColumn(format="%d %%", width="small"),
        },
        alt="The columns of the file: header, what it is read as, why, some cells, share of rows filled",
    )
    return st.session_state.get(key, {}).get("edited_rows", {})


def _show_file(report: ImportReport) -> None:
    """Let the reader keep what is said about the columns in a file, and load it again."""
    section = st.expander(
        "Keep these columns for the next time", icon=":material/save:", key="column-file", on_change="rerun"
    )
    if not section.open:
        return
    with section:
        st.caption(
            "What you say about the columns holds for this visit: the next file with the same headers is "
            "read so by itself. To keep it longer, save it and load it next time."
        )
        st.download_button(
            "Save as a file",
            report.mapping.to_json(),
            "columns.json",
            "application/json",
            icon=":material/download:",
            on_click="ignore",
        )
        loaded = st.file_uploader(
            "Load a saved file", type=["json"], max_upload_size=largest_file(1), key=_key("load-columns")
        )
        if loaded is not None and loaded.file_id != st.session_state.get("columns_loaded"):
            st.session_state.columns_loaded = loaded.file_id
            _load(loaded.getvalue(), report)


def _load(content: bytes, report: ImportReport) -> None:
    try:
        mapping = ColumnMapping.from_json(content)
    except OrgModelError as error:
        st.error(f"Save the columns of a file here first, and load that. {plain(str(error))}")
        return
    if mapping.shape == report.mapping.shape:
        opening.use_columns(mapping)
        st.rerun()
    opening.keep_mapping(mapping)
    st.info(
        f"These are the columns of another file ({counted(len(mapping.columns), 'column')}). They are kept "
        "for the next file with those headers."
    )
