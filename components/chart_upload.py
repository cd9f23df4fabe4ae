"""The one place where files are opened: the field, what may be kept of people, what happens to the file."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from typing import Final

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from components import opening
from components.limits import forget, largest_file, long_work
from components.privacy_file import show_what_happens
from components.text import plain
from hosting.uploads import LARGEST_HELD
from orgmodel.importing import Privacy
from orgmodel.wording import counted

_TYPES: Final = "csv tsv txt xlsx xlsm xls xlsb ods json graphml gexf xml"
_TOGETHER: Final = ""
_ONE_CHART: Final = "These files are read as one chart. If one of them is another chart, choose it alone."
#: Megabytes from which on a file is read when it is its turn, and not beside all others.
_LONG: Final = 1
_OTHER_SWITCHES: Final = (
    "The open chart was read with other switches. Choose the file again to read it as they say now."
)


def show_upload() -> None:
    """Show the switches and the field; read what is in it, and say so if that cannot be done."""
    pseudonyms = st.toggle(
        "Replace names and e-mail addresses by pseudonyms",
        key="pseudonyms",
        persist_state="session",
        help="The same person always gets the same pseudonym, so the chart stays the same. A name that is "
        "misspelt in one place counts as somebody else, because names can no longer be compared.",
    )
    keep_pay = st.toggle(
        "Keep pay columns",
        key="keep-pay",
        persist_state="session",
        help="Off: columns that look like salaries or other pay are left out, and the page says which.",
    )
    privacy = Privacy(pseudonyms=pseudonyms, keep_pay=keep_pay)
    uploaded = st.file_uploader(
        "Your org chart: one file, or several that belong together",
        type=_TYPES.split(),
        accept_multiple_files=True,
        max_upload_size=largest_file(),
        key=f"upload-{st.session_state.get('uploads', 0)}",
        help="CSV, Excel, OpenDocument, JSON, GraphML or GEXF. One row per person or post. Several files, "
        "such as people and lines, or senior and junior posts, are read together as one chart. A large file "
        "is forgotten once it is read; choose it again to read it otherwise.",
    )
    show_what_happens(pseudonyms=pseudonyms)
    if _megabytes(uploaded) > (most := LARGEST_HELD * largest_file()) / 2:
        st.info(
            f"These files have {_megabytes(uploaded):,.1f} MB; a tab may hold {most:,} MB. Remove some "
            "before you add more.",
            icon=":material/inventory_2:",
        )
    files = _choose_files(uploaded)
    wanted = (tuple(file.file_id for file in files), privacy)
    if files and wanted != st.session_state.get("upload_read"):
        _read(files, privacy)
        st.session_state.upload_read = wanted
        large = _megabytes(uploaded) > largest_file() / 4
        if (pseudonyms or large) and not st.session_state.unreadable:
            forget(uploaded)
            st.session_state.uploads = st.session_state.get("uploads", 0) + 1
            st.rerun()
    if files and (reason := st.session_state.get("unreadable")):
        st.error(f"{plain(reason)} The chart below is still the one opened before.")
    elif not files and opening.privacy_of_open() not in {None, privacy}:
        st.info(_OTHER_SWITCHES, icon=":material/info:")


def _choose_files(files: Sequence[UploadedFile]) -> list[UploadedFile]:
    """Return the files to read: of those with one name the last, and of several what the reader chooses.

    A field for several files adds to what is in it, also when somebody means another chart.
    """
    of_name = {file.name: file for file in files}
    if len(of_name) <= 1:
        return list(of_name.values())
    chosen = st.radio(
        "Which of them to read",
        [_TOGETHER, *of_name],
        format_func=lambda name: "All together, as one chart" if name == _TOGETHER else f"Only {plain(name)}",
        horizontal=True,
        key=f"which-{'-'.join(file.file_id for file in files)}",
    )
    if chosen in of_name:
        return [of_name[chosen]]
    st.info(_ONE_CHART, icon=":material/join:")
    return list(of_name.values())


def _read(files: Sequence[UploadedFile], privacy: Privacy) -> None:
    """Read the files under a bar that says how far it is."""
    size = _megabytes(files)
    what = plain(files[0].name) if len(files) == 1 else counted(len(files), "file")
    with long_work() if size > _LONG else nullcontext():
        bar = st.progress(0.0, f"{what}, {size:.1f} MB")
        st.session_state.unreadable = opening.read(
            [(file.name, file.getvalue()) for file in files],
            privacy,
            lambda share, word: bar.progress(
                min(1.0, max(0.0, share)), f"{what}, {size:.1f} MB: {plain(word)}"
            ),
        )
    bar.empty()


def _megabytes(files: Sequence[UploadedFile]) -> float:
    return sum(file.size for file in files) / (1 << 20)
