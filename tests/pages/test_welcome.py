"""Welcome: a finished comparison on an example, what happens to a file, and the tour."""

import pytest
from streamlit.testing.v1 import AppTest

from components import tour
from components.examples import DATA
from components.text import number_text, plain
from components.visitor import Person
from components.welcome_comparison import EXAMPLE, finished, trades
from components.welcome_file import SAMPLE
from hosting.settings import read_settings, settings
from orgmodel import Placement, assess, customer_service_proposals, decide, read_organization
from orgmodel.indicators import HEADLINES
from tests.pages.conftest import Dashboard

SALES, CHIEF = "Vice President, Sales", "President & Chief Executive Officer"


@pytest.fixture
def welcome(dashboard):
    return dashboard.page("welcome")


@pytest.fixture
def set_up(monkeypatch):
    """Give what starts a dashboard with some settings."""

    def start(**variables):
        for name, value in variables.items():
            monkeypatch.setenv(f"ORGMODEL_{name}", value)
        settings.cache_clear()
        return Dashboard()

    yield start
    monkeypatch.undo()
    settings.cache_clear()


@pytest.fixture(scope="module")
def example():
    chart = read_organization(DATA / EXAMPLE).organization
    return chart, customer_service_proposals(chart)[0].ids


def press(dashboard, label):
    (button,) = [button for button in dashboard.app.button if button.label.startswith(label)]
    button.click().run()
    return dashboard.check()


def bars(dashboard):
    return [(bar.proto.text, bar.proto.value) for bar in dashboard.app.get("progress")]


# ---------------------------------------------------------------------- the comparison


def test_the_numbers_are_those_of_the_library(welcome, example):
    chart, unit = example
    titles = chart.titles.tolist()
    places = {
        "Today": None,
        "Sales": Placement.under(str(chart.ids[titles.index(SALES)])),
        "Chief executive": Placement.under(str(chart.ids[titles.index(CHIEF)])),
    }
    shown = bars(welcome)
    for name, placement in places.items():
        found = assess(chart, unit, placement)
        for item in HEADLINES:
            said = f"{name} **{number_text(item, found.values[item.name])}**"
            values = [value for text, value in shown if text.startswith(said)]
            assert int(found.scores[item.name]) in values, (name, item.name)


def test_the_answer_is_that_of_the_library(welcome, example):
    answer = decide(*example).recommendation
    assert welcome.app.header[0].value == plain(answer.headline)
    assert plain(answer.without_moving) in welcome.text
    for trade in trades(finished()):
        assert f"{trade.name}: {plain(trade.text)}" in welcome.text
        assert trade.gain.points > 0 > trade.cost.points


def test_what_a_move_brings_and_costs_has_the_numbers_of_both_places(example):
    chart, unit = example
    (conflict,) = [trade.text.partition(", but ")[2] for trade in trades(finished()) if trade.name == "Sales"]
    sales = str(chart.ids[chart.titles.tolist().index(SALES)])
    values = [assess(chart, unit, place).values for place in (None, Placement.under(sales))]
    today, there = (f"{value['sales_pressure_conflict']:.0f} %" for value in values)
    assert conflict == f"sales-pressure conflict {there} instead of {today}."


def test_it_is_computed_once_for_everybody(monkeypatch, welcome):
    monkeypatch.setattr("components.welcome_comparison.compare", None)
    assert bars(Dashboard().page("welcome")) == bars(welcome)


def test_looking_changes_nothing(welcome):
    state = welcome.app.session_state
    assert (state.opening, state.report.filename, state.draft) == (1, EXAMPLE, None)
    assert not state.document.steps
    assert "is open" not in welcome.text


def test_the_example_is_opened_again_with_one_click(dashboard):
    dashboard.open_data("golden_12.csv").page("welcome")
    assert "**golden\\_12.csv** is open: 12 boxes" in dashboard.text
    press(dashboard, "Open the example again")
    assert dashboard.app.session_state.report.filename == EXAMPLE


# ---------------------------------------------------------------------- one's own file


def test_a_file_opened_here_is_said_to_be_open(welcome):
    welcome.app.file_uploader[0].set_value([(SAMPLE, (DATA / SAMPLE).read_bytes(), "text/csv")]).run()
    assert "**startup\\_12.csv** is open: 12 boxes" in welcome.check().text
    assert len(welcome.app.session_state.document.organization) == 12


def test_the_file_to_practise_with_is_read_without_a_question():
    report = read_organization(DATA / SAMPLE)
    assert len(report.organization) == 12
    assert customer_service_proposals(report.organization)
    assert not [notice for notice in report.notices if notice.severity == "error"]


def test_where_something_is_kept_the_field_says_what_and_how_long(welcome):
    assert "kept there as a draft" in welcome.text
    assert "30 days" in welcome.text
    assert "in this browser, until you share it" in welcome.text
    assert "Up to 200 MB." in welcome.text


def test_who_keeps_nothing_of_a_tab_is_told_so(dashboard):
    dashboard.app.session_state.keep_nothing = True
    assert "It is not kept. You have asked" in dashboard.page("welcome").text


def test_who_signed_in_is_told_by_name(dashboard, monkeypatch):
    monkeypatch.setattr("components.privacy_file.signed_in", lambda: Person("Ada", "ada@example.org", "o"))
    assert plain("ada@example.org") in dashboard.page("welcome").text


def test_in_a_demo_nothing_is_kept_and_the_first_screen_says_so(set_up):
    demo = set_up(DEMO="1")
    assert demo.app.title[0].value == "Where should customer service report?"
    assert len(bars(demo)) == 4 * len(HEADLINES)
    assert "never written to its disk" in demo.text
    assert "2 minutes later at most" in demo.text
    assert "Up to 20 MB and 2,000 boxes." in demo.text
    assert "draft" not in demo.text
    demo.upload({"chart.csv": "id,name,manager_id\n1,Ann,\n2,Bob,1\n"}).page("privacy")
    assert "keeps nothing" in demo.text
    assert "No cookie of ours" in demo.text
    assert demo.app.session_state.draft is None


def test_where_people_sign_in_the_account_and_the_roles_are_told(dashboard, monkeypatch):
    with_sign_in = read_settings(
        {
            "ORGMODEL_OIDC_METADATA_URL": "https://id.example/.well-known/openid-configuration",
            "ORGMODEL_OIDC_CLIENT_ID": "orgmodel",
            "ORGMODEL_OIDC_CLIENT_SECRET": "secret",
            "ORGMODEL_OIDC_REDIRECT_URI": "https://orgmodel.example/oauth2callback",
            "ORGMODEL_COOKIE_SECRET": "x" * 32,
            "ORGMODEL_TABS": "7",
        }
    )
    monkeypatch.setattr("components.privacy_facts.settings", lambda: with_sign_in)
    dashboard.page("privacy")
    (table,) = dashboard.app.table
    rows = {row[0].strip("*"): " ".join(map(str, row[1:])) for row in table.value.itertuples(index=False)}
    assert "e-mail address" in rows["Account"]
    assert "viewers see it, editors save versions too" in rows["Saved scenario"]
    assert "signed in" in rows["Stored link"]
    assert "_streamlit_user" in dashboard.text
    assert "One cookie" not in dashboard.text
    assert "**7 tabs** open at once" in dashboard.text


# ---------------------------------------------------------------------- the tour


def _page_with_tour():
    """Be a page under the bar; which one, is said from outside (AppTest runs pages without their frame)."""
    from types import SimpleNamespace  # noqa: PLC0415  # a script has its own imports

    import streamlit as st  # noqa: PLC0415

    from components.tour import show_tour  # noqa: PLC0415

    show_tour(SimpleNamespace(title=st.session_state.page_title))


@pytest.fixture
def on_tour():
    """Give what shows the bar above a page, by the page's title, at a step."""

    def shown(title, step=0):
        app = AppTest.from_function(_page_with_tour)
        app.session_state["tour_step"], app.session_state["page_title"] = step, title
        app.run()
        assert not app.exception
        return app

    return shown


def said(app):
    return "\n".join(html.proto.body for html in app.get("html"))


@pytest.mark.parametrize("number", range(len(tour.STEPS)))
def test_each_page_of_the_tour_says_its_step(on_tour, number):
    step = tour.STEPS[number]
    app = on_tour(step.page_title)
    assert f"Step {number + 1} of {len(tour.STEPS)} · {step.title}" in said(app)
    assert step.text in said(app)
    labels = [button.label for button in app.button]
    assert labels[-1] == "Leave the tour"
    assert ("Back" in labels) == (number > 0)
    assert labels[0] == (
        "Try your own file" if step is tour.STEPS[-1] else f"Next: {tour.STEPS[number + 1].title}"
    )


@pytest.mark.parametrize("title", [*(step.page_title for step in tour.STEPS), "Methods"])
def test_it_can_be_left_anywhere_and_leaves_nothing_behind(on_tour, title):
    app = on_tour(title, 2)
    app.button(key="tour-leave").click().run()
    assert said(app) == ""
    assert not app.button
    assert {*app.session_state} == {"page_title"}


def test_whoever_walks_off_is_shown_the_way_back(on_tour):
    app = on_tour("Methods", 2)
    assert "The tour waits at step 3 of 5" in said(app)
    assert [button.label for button in app.button] == ["Back to step 3", "Leave the tour"]


def test_walking_to_another_step_goes_on_from_there(on_tour):
    app = on_tour("Decide", 0)
    assert "Step 4 of 5" in said(app)
    app.session_state["page_title"] = "Methods"
    assert "The tour waits at step 4 of 5" in said(app.run())


def test_nobody_is_led_who_has_not_asked(dashboard):
    assert "Tour" not in said(dashboard.app)
    assert [button.label for button in dashboard.app.button if "tour" in button.label] == ["Take the tour"]
