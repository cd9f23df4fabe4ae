"""Changing the open chart from a form or a table: do it, and say what was done and what was refused."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from components import session
from components.text import plain
from orgmodel.edits import Operation, Several
from orgmodel.errors import OrgModelError


def attempt(*operations: Operation, refused: Sequence[str] = ()) -> bool:
    """Do as many of some operations as can be done, as one step; return whether anything was done.

    What is said of it, with sentences of what was ``refused`` before, is shown by `show_outcome`.
    """
    steps, sentences = len(session.document().steps), list(refused)
    if operations and (why_not := session.edit(_one(operations))):
        sentences.append(why_not)
        if len(operations) > 1:
            possible, sentences = _possible(operations)
            sentences = [*refused, *sentences]
            if possible:
                session.edit(_one(possible))
    done = session.document().steps[steps:]
    say(f"Done: {done[-1].title}" if done else "", sentences)
    return bool(done)


def say(done: str, refused: Sequence[str] = ()) -> None:
    """Have it said with the next page what was done and what was refused (`show_outcome`)."""
    st.session_state.outcome = (done, tuple(refused))


def _one(operations: Sequence[Operation]) -> Operation:
    return operations[0] if len(operations) == 1 else Several(tuple(operations))


def _possible(operations: Sequence[Operation]) -> tuple[list[Operation], list[str]]:
    """Return the operations that can be done one after the other, and why the others cannot."""
    document, possible, sentences = session.document(), [], []
    for operation in operations:
        try:
            document = document.do(operation)
        except OrgModelError as error:
            sentences.append(str(error))
        else:
            possible.append(operation)
    return possible, sentences


def show_outcome() -> None:
    """Show, once, what was done last and what was refused."""
    done, refused = st.session_state.pop("outcome", ("", ()))
    for sentence in refused:
        st.error(plain(sentence), icon=":material/block:")
        # The place above may be out of sight.
        st.toast(plain(sentence), icon=":material/block:", duration="long")
    if done:
        # Not on the page: what the reader is at would jump down.
        st.toast(plain(done), icon=":material/check:")


def show_unfitting() -> None:
    """Show, once, which changes made here do not fit what was decided about the file."""
    sentences, st.session_state.unfitting = st.session_state.unfitting, ()
    if sentences:
        st.warning(
            "These changes made here do not fit the chart any more and are left out:\n\n"
            + "\n".join(f"- {plain(sentence)}" for sentence in sentences)
        )
