"""Facts for the operator: right where another source says the same, bounded, and about nobody."""

import math
import os
import resource
import threading
import time
from types import SimpleNamespace

import numpy as np
import psutil
import pytest

from hosting import facts
from hosting.facts import Facts, store_answer, watched
from orgmodel.store import Store


@pytest.fixture(autouse=True)
def _fresh(monkeypatch):
    monkeypatch.setattr(facts, "ledger", facts.Ledger())


def test_a_server_that_has_shown_nothing():
    found = facts.facts()
    assert isinstance(found, Facts)
    assert (found.tabs, found.most_tabs, found.boxes, found.faults, found.pages) == (0, 0, (), (), ())
    assert found.all_pages.runs == 0
    assert math.isnan(found.all_pages.p95)
    assert len(found.faults_by_hour) == 24


def test_memory_is_what_the_system_says():
    found = facts.facts()
    assert found.memory_mb == pytest.approx(psutil.Process().memory_info().rss / 1e6, rel=0.05)
    assert found.peak_mb == pytest.approx(
        resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6, rel=0.05
    )
    assert found.peak_mb >= found.memory_mb * 0.999
    assert found.started.timestamp() == pytest.approx(psutil.Process(os.getpid()).create_time())


def test_times_of_pages_are_numpys_percentiles_of_the_last_thousand():
    took = np.random.default_rng(1).exponential(size=1_500)
    for number, seconds in enumerate(took):
        facts.note_run(float(seconds), f"Page {number % 3}", boxes=10)
    found = facts.facts()
    assert found.all_pages[1:] == (1_000, *np.percentile(took[500:], [50, 95]))
    assert sum(page.runs for page in found.pages) == 1_000
    assert [page.p95 for page in found.pages] == sorted((page.p95 for page in found.pages), reverse=True)


def test_errors_are_counted_by_kind_and_place():
    for _ in range(3):
        facts.note_fault("3F2A", "ValueError", "pages/a.py:1 in module")
    facts.note_fault("0001", "KeyError", "pages/b.py:2 in module")
    found = facts.facts()
    assert [(fault.number, fault.times) for fault in found.faults] == [("0001", 1), ("3F2A", 3)]
    assert found.faults_by_hour[-1] + found.faults_by_hour[-2] == 4


def test_errors_are_forgotten_after_a_day(monkeypatch):
    facts.note_fault("3F2A", "ValueError", "pages/a.py:1 in module")
    monkeypatch.setattr(facts.time, "time", lambda now=time.time(): now + 25 * 3_600)  # noqa: B008
    assert facts.facts().faults == ()
    assert sum(facts.facts().faults_by_hour) == 0


def test_the_memory_of_facts_is_bounded():
    for number in range(500):
        facts.note_fault(f"{number:04X}", "ValueError", f"pages/a.py:{number} in module")
        facts.ledger.note_minute()
    found = facts.facts()
    assert (len(found.faults), len(found.minutes)) == (100, 60)
    assert found.faults[0].number == f"{499:04X}"


def test_closed_tabs_are_forgotten(monkeypatch):
    is_open = {"one": True, "two": True}
    stats = SimpleNamespace(
        get_stats=lambda names: {names[0]: [SimpleNamespace(value=sum(is_open.values()))]}
    )
    server = SimpleNamespace(is_active_session=is_open.get, stats_mgr=stats)
    monkeypatch.setattr(facts.runtime, "exists", lambda: True)
    monkeypatch.setattr(facts.runtime, "get_instance", lambda: server)
    for name, boxes in (("one", 7), ("two", 1_000)):
        facts.ledger.note_run(0.1, "Start", name, boxes)
    assert (facts.facts().boxes, facts.facts().tabs) == ((1_000, 7), 2)
    is_open["two"] = False
    found = facts.facts()
    assert (found.boxes, found.tabs, found.most_tabs) == ((7,), 1, 2)


def test_the_processor_is_what_was_used(monkeypatch):
    spent = iter([0.0, 1.5])
    monkeypatch.setattr(facts.Ledger, "_used", lambda _self: next(spent))
    monkeypatch.setattr(facts.time, "monotonic", iter([100.0, 102.0]).__next__)
    ledger = facts.Ledger()
    ledger.note_minute()
    assert ledger.minutes[0].processor == 0.75


def test_minutes_are_noted_while_it_serves():
    with watched(0.01):
        until = time.monotonic() + 10
        while len(facts.facts().minutes) < 3 and time.monotonic() < until:
            time.sleep(0.01)
    assert len(facts.facts().minutes) >= 3


def test_many_threads_note_at_once():
    def note():
        for _ in range(200):
            facts.note_run(0.1, "Start")
            facts.note_fault("3F2A", "ValueError", "here")

    threads = [threading.Thread(target=note) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert facts.facts().faults[0].times == 1_600


def test_how_the_store_answers(tmp_path):
    store = Store.open(f"sqlite:///{tmp_path}/kept.sqlite3")
    answer = store_answer(store)
    assert (answer.kind, answer.reachable) == ("SQLite", True)
    assert 0 < answer.milliseconds < 60_000
    assert not store_answer(None).reachable
    away = store_answer(Store.open("postgresql://nobody@127.0.0.1:1/nothing"))
    assert (away.kind, away.reachable) == ("PostgreSQL", False)


def test_the_program_has_one_word_for_itself():
    assert facts.version() == facts.version.__wrapped__()
