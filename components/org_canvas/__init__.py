"""The drawing of the chart in the browser: its Python face.

``build/index.js`` is the whole component, made from ``frontend/`` by ``make canvas`` and committed, so that a
machine with only Python runs it. What is said in both directions is in `components.drawing`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Final

import streamlit as st
from streamlit.components.v2.get_bidi_component_manager import get_bidi_component_manager
from streamlit.components.v2.manifest_scanner import ComponentConfig, ComponentManifest

#: The file that a browser loads.
BUNDLE: Final = Path(__file__).parent / "build" / "index.js"
_MANIFEST: Final = ComponentManifest("orgmodel", "1", [ComponentConfig("org_canvas", "build")])
_NAME: Final = "orgmodel.org_canvas"


def org_canvas(message: Mapping[str, object], *, key: str, on_said: Callable[[], None]) -> None:
    """Put the drawing on the page, tell it a message, and call ``on_said`` when it has something to say.

    What it says is then ``st.session_state[key].said``.
    """
    # Streamlit knows components of installed packages; ours is run from the checkout. Known as a file and not
    # as text, the bundle is loaded once and does not go along with every message.
    manager = get_bidi_component_manager()
    if manager.get(_NAME) is None:
        manager.register_from_manifest(_MANIFEST, BUNDLE.parents[1])
    _component()(key=key, data=message, on_said_change=on_said)


@cache
def _component():  # noqa: ANN202  # a type that Streamlit does not export
    return st.components.v2.component(_NAME, js=BUNDLE.name)
