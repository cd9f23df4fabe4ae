"""The number by which a browser is known again: a cookie of its own, set by a few lines in the page.

Streamlit reads cookies and sets none. The number is random, says nothing about anybody, is sent to this
server only and opens what was kept from this browser; there is no other one.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

import streamlit as st

#: What the cookie is called.
COOKIE: Final = "orgmodel_browser"
_SECRET: Final = re.compile(r"[A-Za-z0-9_-]{43}")
_KEY: Final = "browser-key"
_DAYS: Final = 400  # as long as browsers keep a cookie
_SCRIPT: Final = """
const held = (name) =>  // what is no number of ours, such as the remains of another program, is written over
    document.cookie.split("; ").filter((one) => one.startsWith(name + "="))
        .map((one) => one.slice(name.length + 1)).find((one) => /^[A-Za-z0-9_-]{43}$/.test(one));
export default function ({ data, setStateValue }) {
    const value = held(data.name) || data.value;
    const secure = location.protocol === "https:" ? "; Secure" : "";
    document.cookie = `${data.name}=${value}; Path=/; Max-Age=${data.days * 86400}; SameSite=Strict${secure}`;
    const now = held(data.name) || "";
    if (now !== data.value) setStateValue("found", now);
}
"""


def secret_of_browser() -> str | None:
    """Return the number that this browser brought along; None where it has none yet."""
    secret = st.context.cookies.get(COOKIE)
    return secret if isinstance(secret, str) and _SECRET.fullmatch(secret) else None


def hold_secret(secret: str) -> str | None:
    """Have the browser hold a secret; return another one that it holds already, empty if it holds none.

    None means that it holds this one, as far as is known. Two tabs that are opened at once begin with two
    secrets: the first one that is held stays.
    """
    component = _component()
    component(key=_KEY, data={"name": COOKIE, "value": secret, "days": _DAYS}, on_found_change=lambda: None)
    found = getattr(st.session_state.get(_KEY), "found", None)
    if found is None or found == secret:
        return None
    return found if isinstance(found, str) and _SECRET.fullmatch(found) else ""


@cache
def _component():  # noqa: ANN202  # a type that Streamlit does not export
    return st.components.v2.component("orgmodel_browser_key", js=_SCRIPT)
