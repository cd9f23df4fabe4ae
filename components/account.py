"""What was read from the file: rows, columns, and everything that was assumed or left out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import streamlit as st

from components.text import counted, plain
from orgmodel.importing import NOTICE_CODES, ImportReport, Notice

_BADGES: Final = {
    "error": ":red-badge[:material/error: contradiction]",
    "warning": ":orange-badge[:material/warning: please look]",
    "info": ":gray-badge[:material/info: for information]",
}
_MOST_IN_FULL: Final = 10
_MOST_ROWS: Final = 500


def show_account(report: ImportReport) -> None:
    """Show what became of the rows, how the columns were understood, and the notices by kind."""
    rows = report.rows
    parts = [counted(rows.nodes, "node")]
    parts += [
        f"{number:,} {words}"
        for number, words in (
            (rows.merged, "merged into another"),
            (rows.lines, "read as further lines"),
            (rows.rejected, "not used"),
        )
        if number
    ]
    st.markdown(f"{counted(rows.total, 'row')} → **{', '.join(parts)}**")
    if added := len(report.placeholders):
        managers = counted(added, "manager is", "managers are")
        st.caption(f"{managers} not in the file: added to the chart as placeholders.")
    understood = " · ".join(
        f"{plain(role.replace('_', ' '))}: **{plain(', '.join(headers))}**"
        for role, headers in report.columns.items()
    )
    if understood:
        st.caption(f"Columns understood: {understood}")
    _show_notices(report.notices)


def _show_notices(notices: Sequence[Notice]) -> None:
    kinds: dict[tuple[str, str], list[Notice]] = {}
    for notice in notices:
        kinds.setdefault((notice.severity, notice.code), []).append(notice)
    order = list(_BADGES)
    for (severity, code), found in sorted(kinds.items(), key=lambda kind: order.index(kind[0][0])):
        several = f"{NOTICE_CODES[code]} **{counted(len(found), 'notice')}**"
        label = several if len(found) > 1 else plain(_where(found[0]) + found[0].message)
        with st.expander(f"{_BADGES[severity]} {label}", key=f"notices-{severity}-{code}"):
            st.markdown("\n".join(f"- {plain(_where(one) + one.message)}" for one in found[:_MOST_IN_FULL]))
            if len(found) > _MOST_IN_FULL:
                _show_table(found)


def _where(notice: Notice) -> str:
    return (
        "" if notice.row is None or f"row {notice.row}" in notice.message.lower() else f"Line {notice.row}: "
    )


def _show_table(notices: Sequence[Notice]) -> None:
    st.dataframe(
        [
            {
                "Line": notice.row,
                "Column": notice.column,
                "Value": notice.value,
                "What was found": notice.message,
            }
            for notice in notices[:_MOST_ROWS]
        ],
        hide_index=True,
        alt="Notices of one kind, line by line",
        column_config={
            "Line": st.column_config.NumberColumn(width="small"),
            "What was found": st.column_config.TextColumn(width="large"),
        },
    )
    if len(notices) > _MOST_ROWS:
        st.caption(f"The first {_MOST_ROWS} of {len(notices):,}.")
