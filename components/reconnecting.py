"""A page that has lost its server: as soon as there is one again, it runs there.

Streamlit connects a page again by itself, but lets it stand until the next click. Where it has come to
another replica, or to the same one begun anew, that click would be lost: what it is about is not open there.
"""

from __future__ import annotations

from functools import cache
from typing import Final

import streamlit as st

_KEY: Final = "reconnecting"
_SCRIPT: Final = """
const watched = new WeakSet();
export default function ({ parentElement, setTriggerValue }) {
    const app = document.querySelector("[data-testid=stApp]");
    if (!app || watched.has(parentElement)) return;
    watched.add(parentElement);
    let away = false;
    const watch = new MutationObserver(() => {
        const connected = app.dataset.testConnectionState === "CONNECTED";
        if (connected && away) setTriggerValue("back", true);
        away = !connected;
    });
    watch.observe(app, { attributeFilter: ["data-test-connection-state"] });
    return () => { watch.disconnect(); watched.delete(parentElement); };
}
"""


def run_when_back() -> None:
    """Have the page run again when it has lost its server and found one."""
    _component()(key=_KEY, on_back_change=lambda: None)


@cache
def _component():  # noqa: ANN202  # a type that Streamlit does not export
    return st.components.v2.component("orgmodel_reconnecting", js=_SCRIPT)
