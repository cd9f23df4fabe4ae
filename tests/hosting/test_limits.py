"""What a page says at each limit, exactly at its edge; and that what was open before stays open."""

import re
import threading
import time

import pytest

from hosting import limits
from hosting.settings import settings
from orgmodel.errors import OrgModelError
from orgmodel.importing import read_organization
from orgmodel.scenarios import pack, scenario_from_json
from tests.change_orders.test_study import Cluster
from tests.pages.conftest import Dashboard
from tests.pages.test_draw import find, press, show
from tests.pages.test_scenarios import written_of
from tests.pages.test_shared import refused, visit

HEADER = "id,name,title,function,manager_id\n"
FOUR = HEADER + (
    "1,Top,CEO,executive,\n2,Sally,Head,sales,1\n3,Ops,Head,operations,1\n"
    "4,Care,Head of Customer Service,customer_service,3\n"
)
FIVE = FOUR + "5,Another,Agent,customer_service,4\n"
OWN_MACHINE = "on your own machine: there is no limit there"


@pytest.fixture
def dashboard():
    return Dashboard()


@pytest.fixture
def set_up(monkeypatch):
    """Return what sets settings: without ORGMODEL_ before them."""

    def changed(**variables):
        for name, value in variables.items():
            monkeypatch.setenv(f"ORGMODEL_{name}", str(value))
        settings.cache_clear()

    yield changed
    settings.cache_clear()


def field(kind, label):
    (found,) = [item for item in kind if label in item.label]
    return found


def ids(dashboard):
    return tuple(dashboard.app.session_state.document.organization.ids)


# ---------------------------------------------------------------------- charts


def test_boxes_at_the_edge(set_up):
    limits.check_boxes(10_000_000)
    set_up(BOXES=4)
    limits.check_boxes(4)
    with pytest.raises(limits.LimitError, match=r"has 5 boxes; this server takes up to 4\..*own machine"):
        limits.check_boxes(5)


def test_a_file_with_a_box_too_many_leaves_open_what_is_open(set_up, dashboard):
    set_up(BOXES=4)
    dashboard.upload({"four.csv": FOUR})
    assert ids(dashboard) == ("1", "2", "3", "4")
    dashboard.upload({"five.csv": FIVE})
    assert "This chart has 5 boxes; this server takes up to 4." in dashboard.text
    assert OWN_MACHINE in dashboard.text
    assert "The chart below is still the one opened before." in dashboard.text
    assert ids(dashboard) == ("1", "2", "3", "4")


def test_far_too_many_rows_are_no_chart_at_all(set_up):
    set_up(BOXES=4)
    rows = "".join(f"{number},Somebody,,,1\n" for number in range(5, 20))
    read_organization(FOUR.encode() + rows[: rows.index("13,")].encode(), limits=limits.of_charts())
    with pytest.raises(OrgModelError, match="19 rows, which is more than is read: 12"):
        read_organization(FOUR.encode() + rows.encode(), limits=limits.of_charts())


def test_nothing_is_drawn_beyond_the_limit(set_up, dashboard):
    show(dashboard.upload({"four.csv": FOUR}).page("draw"), "New chart")
    set_up(BOXES=4)
    dashboard.app.text_area[0].set_value("Fay\n  Gus").run()
    find(dashboard, "paste-below", "ops")
    press(dashboard, "Add below the one chosen")
    assert "This chart has 6 boxes; this server takes up to 4." in dashboard.text
    assert ids(dashboard) == ("1", "2", "3", "4")
    dashboard.app.text_area[0].set_value("A\n  B\n  C\n  D\n  E").run()
    press(dashboard, "Make it a new chart")
    assert "This chart has 5 boxes" in dashboard.text
    assert ids(dashboard) == ("1", "2", "3", "4")
    dashboard.app.text_area[0].set_value("A\n  B\n  C\n  D").run()
    press(dashboard, "Make it a new chart")
    assert len(ids(dashboard)) == 4


def test_scenario_files_at_the_edge(set_up, dashboard):
    dashboard.upload({"five.csv": FIVE})
    written = written_of(dashboard)
    fresh = Dashboard()
    set_up(BOXES=4)
    before = ids(fresh)
    fresh.page("scenarios").app.file_uploader[0].upload("a.json", written, "application/json").run()
    assert "a.json: This chart has 5 boxes; this server takes up to 4." in fresh.check().text
    assert ids(fresh) == before
    fresh.page("compare")
    field(fresh.app.file_uploader, "A scenario file").upload("a.json", written, "application/json").run()
    assert "This chart has 5 boxes" in fresh.check().text
    set_up(BOXES=5)
    fresh.page("scenarios").app.file_uploader[0].upload("a.json", written, "application/json").run()
    assert ids(fresh.check()) == ("1", "2", "3", "4", "5")


def test_a_link_with_a_box_too_many_is_not_shown(set_up, dashboard):
    before = ids(dashboard)
    five = scenario_from_json(written_of(Dashboard().upload({"five.csv": FIVE})))
    set_up(BOXES=4)
    assert "This chart has 5 boxes; this server takes up to 4." in refused(visit(dashboard, s=pack(five)))
    assert ids(dashboard) == before
    set_up(BOXES=5)
    assert "Work on a copy" in [button.label for button in visit(dashboard, s=pack(five)).app.button]


def test_our_own_example_opens_on_every_server(set_up):
    set_up(BOXES=3)
    assert len(ids(Dashboard())) > 100


# ---------------------------------------------------------------------- uploads


def test_each_field_names_its_limit(set_up, dashboard):
    set_up(UPLOAD_MB=20)
    for page, label, most in (
        ("your_chart", "Your org chart", 20),
        ("scenarios", "Open a scenario file", 20),
        ("goals", "Open saved answers", 1),
    ):
        dashboard.page(page)
        assert field(dashboard.app.file_uploader, label).proto.max_upload_size_mb == most


def test_a_file_that_was_forced_into_a_field_is_refused_and_forgotten(dashboard):
    dashboard.page("goals")
    large = b'{"replies": {}, "x": "' + b"x" * (1 << 20) + b'"}'
    dashboard.app.file_uploader[0].upload("a.json", large, "application/json").run()
    assert "a.json: The file has 1.0 MB; here it may have up to 1 MB." in dashboard.check().text
    assert "Your answers are as they were." in dashboard.text


def test_a_large_file_is_forgotten_once_it_is_read(set_up, dashboard):
    set_up(UPLOAD_MB=1)
    dashboard.upload({"small.csv": FOUR})
    assert dashboard.app.file_uploader[0].value
    notes = "x" * 300_000
    dashboard.upload({"large.csv": FOUR.replace("Head of", f"Head of {notes}")})
    assert ids(dashboard) == ("1", "2", "3", "4")
    assert not dashboard.app.file_uploader[0].value


def test_files_that_fill_a_tab_are_named(set_up, dashboard):
    set_up(UPLOAD_MB=1)
    blank = " " * 600_000
    dashboard.upload({"a.csv": blank})
    assert "a tab may hold" not in dashboard.text
    dashboard.upload({"a.csv": blank, "b.csv": blank})
    assert "These files have 1.1 MB; a tab may hold 2 MB. Remove some before you add more." in dashboard.text


# ---------------------------------------------------------------------- studies


def runs_of(dashboard):
    """Return how many runs the study that is set has."""
    return int(re.search(r"changes: ([\d,]+) runs", dashboard.text)[1].replace(",", ""))


@pytest.fixture
def orders(dashboard):
    dashboard.upload({"four.csv": FOUR}).page("change_orders")
    field(dashboard.app.number_input, "Repetitions").set_value(2).run()
    field(dashboard.app.number_input, "Changes in each").set_value(50).run()
    return dashboard.check()


def run_study(dashboard):
    field(dashboard.app.button, "Run the study").click().run(timeout=120)
    return dashboard.check()


def test_a_study_at_the_edge(set_up, orders):
    runs = runs_of(orders)
    set_up(STUDY_RUNS=runs - 1)
    orders.app.run()
    assert f"would take {runs} runs; this server makes up to {runs - 1} at a time." in orders.text
    assert OWN_MACHINE in orders.text
    assert field(orders.app.button, "Run the study").disabled
    orders.app.session_state["change_orders_wanted"] = True  # as by a browser that presses it all the same
    orders.app.run()
    assert "change_orders_study" not in orders.check().app.session_state
    set_up(STUDY_RUNS=runs)
    orders.app.run()
    assert f"{runs} runs in" in run_study(orders).text
    assert "Run on this server." in orders.text


def test_a_second_study_waits_for_its_turn_and_then_runs(orders):
    other = limits.studies.enter("somebody else")
    assert limits.studies.place(other) == 0
    seen = []
    leave = threading.Timer(1.0, lambda: (seen.append(limits.studies.waiting()), limits.studies.leave(other)))
    leave.start()
    begun = time.monotonic()
    assert "Run on this server." in run_study(orders).text
    assert time.monotonic() - begun > 0.9
    assert seen == [1]
    assert limits.studies.running() == limits.studies.waiting() == 0


def test_without_a_cluster_at_the_address_it_runs_here_and_says_so(set_up, orders):
    set_up(DASK="tcp://127.0.0.1:9")
    run_study(orders)
    assert "The cluster for long studies could not be used just now" in orders.text
    assert "127.0.0.1" not in orders.text
    assert orders.app.session_state.change_orders_study.study.plan.replications == 2


def test_with_a_cluster_it_runs_there_and_nobody_waits(set_up, orders, tmp_path):
    here = run_study(orders).app.session_state.change_orders_study.study
    other = limits.studies.enter("somebody else")
    cluster = Cluster(tmp_path)
    try:
        assert limits.studies.place(other) == 0
        cluster.work(1)
        set_up(DASK=cluster.address)
        run_study(orders)
        assert "Run on the cluster of this server." in orders.text
        assert orders.app.session_state.change_orders_study.study.frame().equals(here.frame())
    finally:
        limits.studies.leave(other)
        cluster.end()


# ---------------------------------------------------------------------- tabs


@pytest.fixture
def open_tabs(monkeypatch):
    """Return the tabs that are connected; at first there are none."""
    connected = set()
    monkeypatch.setattr(limits, "_tabs", {})
    monkeypatch.setattr(limits, "_is_open", connected.__contains__)

    def come(owner, session_id):
        connected.add(session_id)
        return limits.admit(owner, session_id)

    come.closed = connected.discard
    return come


def test_eleven_tabs(set_up, open_tabs):
    set_up(TABS=10)
    assert [open_tabs("Ann", f"{number}") for number in range(10)] == [""] * 10
    assert open_tabs("Ann", "3") == ""  # it runs again
    refused = open_tabs("Ann", "10")
    assert refused == (
        "You have 10 tabs of this dashboard open; this server allows 10 to each visitor. Close one, then "
        "load this page anew."
    )
    assert open_tabs("Bob", "11") == ""
    open_tabs.closed("4")
    assert open_tabs("Ann", "10") == ""


def test_a_full_server(set_up, open_tabs):
    set_up(SESSIONS=2)
    assert open_tabs("Ann", "1") == open_tabs("Bob", "2") == ""
    assert open_tabs("Cem", "3").startswith("This server is full: 2 tabs of all visitors are open")
    open_tabs.closed("1")
    assert open_tabs("Cem", "3") == ""


def test_whoever_is_over_sees_one_sentence_and_nothing_is_computed(monkeypatch):
    from streamlit.testing.v1 import AppTest  # noqa: PLC0415

    from components import limits as shown  # noqa: PLC0415
    from tests.pages.conftest import ROOT  # noqa: PLC0415

    monkeypatch.setattr(shown, "admit", lambda _owner, _session: "This server is full.")
    app = AppTest.from_file(ROOT / "app.py", default_timeout=60).run()
    assert [each.value for each in app.warning] == ["This server is full."]
    assert not app.exception
    assert "report" not in app.session_state
    assert len(app.main.children) == 2
