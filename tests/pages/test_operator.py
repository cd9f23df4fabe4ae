"""The operator's page: facts for whoever has the key, a sentence and no fact for everybody else."""

import pytest

from components import operator_key
from hosting.settings import settings

KEY = "a long key of the operator, 40 characters"


@pytest.fixture(autouse=True)
def _settings_are_read_anew():
    settings.cache_clear()
    operator_key._wrong.clear()  # noqa: SLF001  # of the process, which all tests share
    yield
    settings.cache_clear()


@pytest.fixture
def _with_key(monkeypatch):
    monkeypatch.setenv("ORGMODEL_OPERATOR_KEY", KEY)


def shows_facts(dashboard):
    return bool(dashboard.app.metric) or bool(dashboard.app.dataframe)


def say(dashboard, key):
    dashboard.app.text_input[0].set_value(key)
    next(button for button in dashboard.app.button if button.label == "Open").click().run()
    return dashboard.check()


def test_without_a_key_nobody_sees_it(dashboard):
    dashboard.page("operator")
    assert "for whoever runs this server" in dashboard.text
    assert not shows_facts(dashboard)
    assert not dashboard.app.text_input


def test_an_empty_key_opens_nothing():
    assert not operator_key.is_key("")


@pytest.mark.usefixtures("_with_key")
def test_the_key_opens_it(dashboard):
    dashboard.page("operator")
    assert not shows_facts(dashboard)
    say(dashboard, "not the key")
    assert "That is not the key." in dashboard.text
    assert not shows_facts(dashboard)
    say(dashboard, KEY)
    assert {metric.label for metric in dashboard.app.metric} >= {"Tabs open", "Memory", "Store"}
    assert KEY not in str(dashboard.app.session_state)
    dashboard.page("start")
    assert shows_facts(dashboard.page("operator"))


@pytest.mark.usefixtures("_with_key")
def test_whoever_tries_many_keys_waits(dashboard, monkeypatch):
    dashboard.page("operator")
    for number in range(5):
        say(dashboard, f"key {number}")
    say(dashboard, KEY)
    assert "Too many wrong keys" in dashboard.text
    assert not shows_facts(dashboard)
    now = operator_key.time.monotonic()
    monkeypatch.setattr(operator_key.time, "monotonic", lambda: now + 61)
    say(dashboard, KEY)
    assert shows_facts(dashboard)


@pytest.mark.usefixtures("_with_key")
def test_what_it_tells_is_about_the_program(dashboard):
    dashboard.open("id,name,manager\n1,Ottilie Geheimrat,\n2,Bob,1\n", "ottilie.csv")
    dashboard.page("operator")
    say(dashboard, KEY)
    told = [*dashboard.texts, *(str(metric.value) for metric in dashboard.app.metric)]
    told += [str(table.value) for table in (*dashboard.app.dataframe, *dashboard.app.table)]
    assert not any("Ottilie" in text or "Geheimrat" in text for text in told)
