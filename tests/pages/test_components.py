"""Parts of the pages that need no page."""

import doctest

import pytest

from components import definitions, function_table, headlines, other_numbers, parent_choice, session, text
from components.examples import DATA
from orgmodel.document import Document
from orgmodel.importing import read_organization
from orgmodel.indicators import HEADLINES, INDICATORS


class State(dict):
    """What `st.session_state` is to the components."""

    __getattr__ = dict.__getitem__
    __setattr__ = dict.__setitem__


@pytest.mark.parametrize(
    "module", [text, definitions, headlines, other_numbers], ids=lambda module: module.__name__
)
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
    report = read_organization(DATA / "golden_with_service.csv")
    edited = {"edited_rows": {1: {"Function": "Marketing"}, 0: {}}}
    monkeypatch.setattr(
        session.st,
        "session_state",
        State(document=Document.of(report.organization), unit=("CS",), table=edited),
    )
    function_table._state("table", ["CEO", "Sales"])  # noqa: SLF001  # what the table calls after an edit
    chart = session.organization()
    assert chart.functions[chart.row("Sales")] == "marketing"
    assert chart.functions[chart.row("CEO")] == "executive"
    session.undo_edit()
    assert session.organization() == report.organization


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("efficiency", 0.534, "53 %"),
        ("worst_distance", float("inf"), "no way"),
        ("decision_days", float("inf"), "without end"),
        ("climb", 1.0, "1 level"),
        ("climb", 1.5, "1.5 levels"),
        ("effective_bosses", 1.0, "1 boss"),
        ("ei_index", -2 / 3, "−0.67"),
        ("waiting_time", 75.0, "1 min 15 s"),
        ("added_waiting", 2.81, "2.8 percentage points"),
    ],
)
def test_values_with_their_units(name, value, words):
    (item,) = [item for item in INDICATORS if item.name == name]
    assert other_numbers.value_text(item, value) == words


def test_every_indicator_is_a_headline_or_in_a_family():
    shown = [item for side in other_numbers._FAMILIES for items in side.values() for item in items]  # noqa: SLF001
    assert sorted(item.name for item in shown) == sorted(item.name for item in INDICATORS)


def test_a_tick_in_the_table_goes_back_to_one_boss(monkeypatch):
    state = State(parent=None, generation=1, **{"structure-1": "split"})
    monkeypatch.setattr(session.st, "session_state", state)
    parent_choice.choose_parent("Ops")
    assert (state["parent"], state["structure-1"]) == ("Ops", "under")
