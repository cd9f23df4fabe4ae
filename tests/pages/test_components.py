"""Parts of the pages that need no page."""

import doctest

import pytest

from components import definitions, function_table, session, text
from orgmodel.importing import read_organization
from orgmodel.indicators import HEADLINES


class State(dict):
    """What `st.session_state` is to the components."""

    __getattr__ = dict.__getitem__
    __setattr__ = dict.__setitem__


@pytest.mark.parametrize("module", [text, definitions], ids=lambda module: module.__name__)
def test_examples_in_docstrings(module):
    assert doctest.testmod(module).failed == 0


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (60.0, 70.0, ":orange[**▲ 10 points more: worse**]"),
        (60.0, 59.5, ":blue[**▼ 0.5 points less: better**]"),
        (60.0, 60.0, ":gray[**= no change**]"),
        (60.0, float("nan"), ":gray[**cannot be compared**]"),
        (float("inf"), float("inf"), ":gray[**= no change**]"),
        (2.0, float("inf"), ":orange[**▲ worse: a way is missing now**]"),
        (float("inf"), 2.0, ":blue[**▼ better: every way is there now**]"),
    ],
)
def test_changes_in_words(before, after, words):
    assert text.change_text(HEADLINES[0], before, after) == words


def test_an_edit_states_the_function(monkeypatch):
    report = read_organization(session.DATA / "golden_with_service.csv")
    edited = {"edited_rows": {1: {"Function": "Marketing"}, 0: {}}}
    monkeypatch.setattr(session.st, "session_state", State(organization=report.organization, table=edited))
    function_table._state("table", ["CEO", "Sales"])  # noqa: SLF001  # what the table calls after an edit
    chart = session.organization()
    assert chart.functions[chart.row("Sales")] == "marketing"
    assert chart.functions[chart.row("CEO")] == "executive"
