"""Definitions of the indicators, from the docstrings of the code that computes them."""

from __future__ import annotations

import inspect
import re
from collections.abc import Mapping
from typing import Final

import streamlit as st

from orgmodel.assumptions import ASSUMPTIONS
from orgmodel.indicators import INDICATORS, Indicator

_TITLES: Final[Mapping[str, str]] = {item.name: item.title for item in INDICATORS}
_ASSUMPTIONS: Final[Mapping[str, str]] = {info.name: info.title for info in ASSUMPTIONS}
_REFERENCE: Final = re.compile(r"(?<!`)`([^`]+)`(?!`)")


def show_definition(item: Indicator) -> None:
    """Show the summary and the sections of one indicator's docstring."""
    summary, sections = sections_of(item.definition)
    if unit_on_screen(item) != item.unit:
        sections["Unit, range"] += " On the other pages in per cent: 1 is 100 %."
    st.markdown(f"**{summary}**")
    for title, text in sections.items():
        left, right = st.columns([1, 5])
        left.markdown(f":gray[{title}]")
        right.markdown(text)
    if item.assumptions:
        left, right = st.columns([1, 5])
        left.markdown(":gray[Rests on]")
        right.markdown("; ".join(_ASSUMPTIONS[name] for name in item.assumptions))


def unit_on_screen(item: Indicator) -> str:
    """Return the unit in which the pages show a number: shares are per cent."""
    return "%" if item.unit == "0 to 1" else item.unit


def sections_of(docstring: str) -> tuple[str, dict[str, str]]:
    r"""Return the summary and the indented blocks by their titles, as markdown.

    >>> sections_of("Steps.\n\nFormula\n    ``L = 1``, see `fidelity`.\n")
    ('Steps.', {'Formula': '`L = 1`, see *Content kept*.'})
    """
    lines = inspect.cleandoc(docstring).splitlines()
    summary = " ".join(_until_empty(lines))
    sections: dict[str, str] = {}
    title = ""
    for line in lines[1:]:
        if line and not line.startswith(" "):
            title = line.strip()
            sections[title] = ""
        elif title:
            sections[title] += f"{line.strip()}\n"
    return _markdown(summary), {
        title: _markdown(text.strip()) for title, text in sections.items() if text.strip()
    }


def _until_empty(lines: list[str]) -> list[str]:
    return lines[: lines.index("")] if "" in lines else lines


def _markdown(text: str) -> str:
    r"""Return a docstring's text as markdown: ``code`` as code, `name` as the title of that indicator."""
    text = _REFERENCE.sub(lambda found: f"*{_TITLES.get(found[1], found[1])}*", text)
    return text.replace("``", "`")
