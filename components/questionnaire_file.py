"""The answers as a file: saved, opened again, forgotten."""

from __future__ import annotations

import json

import streamlit as st

from components import session
from components.given import keep_given
from components.limits import largest_file, taken
from components.text import plain
from orgmodel.errors import OrgModelError
from orgmodel.questionnaire import Answers

_MOST_MEGABYTES = 1


def show_answers_file() -> None:
    """Show the ways to keep the answers, to take up others, and to begin again."""
    answers = session.answers()
    st.header("Keep your answers", anchor=False)
    with st.container(horizontal=True):
        st.download_button(
            "Save the answers",
            json.dumps(answers.to_json(), indent=1),
            f"{session.file_stem()}-answers.json",
            "application/json",
            icon=":material/download:",
            disabled=not answers.to_json(),
        )
        st.button(
            "Forget all answers",
            icon=":material/delete:",
            on_click=session.change_answers,
            args=(Answers(),),
            disabled=not answers.to_json(),
        )
    number = st.session_state.get("answers_opened", 0)
    st.file_uploader(
        "Open saved answers",
        "json",
        max_upload_size=largest_file(_MOST_MEGABYTES),
        key=f"answers-file-{number}",
        on_change=_open,
        args=(number,),
    )
    if fault := st.session_state.pop("answers_fault", ""):
        st.error(plain(fault))


def _open(number: int) -> None:
    """Take up the answers of a file; the field is empty again afterwards."""
    file = st.session_state[f"answers-file-{number}"]
    if file is None:
        return
    st.session_state.answers_opened = number + 1
    try:
        session.change_answers(Answers.from_json(taken(file, _MOST_MEGABYTES)))
        keep_given()
    except OrgModelError as error:
        st.session_state.answers_fault = f"{file.name}: {error} Your answers are as they were."
