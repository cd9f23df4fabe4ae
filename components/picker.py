"""Choosing a node: a short list and a search, never a list of twenty thousand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import streamlit as st

from orgmodel.organization import Organization

#: A list longer than this is not sent to the browser; the search finds the rest.
LONGEST_LIST: Final = 200
_MOST_FOUND: Final = 50


def found_nodes(
    organization: Organization, words: str, among: Sequence[str] | None = None, most: int = _MOST_FOUND
) -> list[str]:
    """Return ids whose id, name, title or unit holds every one of the words, at most so many."""
    wanted = words.casefold().split()
    rows = range(len(organization)) if among is None else [organization.row(node) for node in among]
    columns = (organization.ids, organization.names, organization.titles, organization.units)
    found = []
    for row in rows:
        text = " ".join(column[row] for column in columns).casefold()
        if all(word in text for word in wanted):
            found.append(str(organization.ids[row]))
            if len(found) == most:
                break
    return found


def search_field(label: str, key: str) -> str:
    """Show a search field and return what was typed."""
    return st.text_input(label, key=key, placeholder="Name, title, unit or id", icon=":material/search:")
