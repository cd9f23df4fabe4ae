"""Names, titles, notes and file names that are markup: on every page they are shown as they were written."""

import contextlib
import json
import re
from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest, element_tree

from components import keeping, session
from orgmodel.edits import Edit
from orgmodel.placement import Placement
from orgmodel.questionnaire import Answers, Reply
from orgmodel.scenarios import pack, written_scenario
from tests.attacks.hostile import MARKUP, read, scenario, table
from tests.attacks.test_links import frame
from tests.pages.conftest import ROOT, Dashboard
from tests.pages.test_scenarios import field, press, save

PAGES = sorted(page.stem for page in (ROOT / "pages").glob("*.py"))
#: Fields of Streamlit's elements that are shown letter by letter: of inputs, tables and code.
SHOWN_AS_TEXT = re.compile(
    r"(MultiSelect|Selectbox)\.(options|placeholder|default|raw_values?|set_value)"
    r"|(TextInput|TextArea)\.(default|placeholder|value)"
    r"|(Dataframe|ArrowData)\.(arrow_data\.data|columns)"
    r"|Code\.code_text"
    r"|BidiComponent\.(json|mixed\.json)"  # the drawing: tests/browser/test_draw_strange_names
    r"|\w+\.(id|form_id)|\w+\.url"
)
#: What of the markup would be followed if it stood in markdown.
FOLLOWED = re.compile(
    r"(?<!\\)<(b>bold|img|script|svg)|(?<!\\)\[x(?!\\)\]|(?<!\\)\$x|(?<!\\)`cc`|:red\[|:material/home"
    r"|javascript:a|://evil|www\.evil|(?<!\\)~~s|(?<!\\)\*i\*"
)
#: plotly follows a few elements of HTML and nothing of markdown.
ELEMENTS = re.compile(r"<(b>bold|img|script|svg|a\s)")
_MOST_SWITCHES = 4


def strings(message, path):
    """Yield every text of a message to the browser, with the name of its field."""
    for described, value in message.ListFields():
        here = f"{path}.{described.name}"
        if described.message_type and described.message_type.GetOptions().map_entry:
            parts = [*value, *value.values()]
        else:
            parts = value if described.is_repeated else [value]
        for part in parts:
            if hasattr(part, "ListFields"):
                yield from strings(part, here)
            elif isinstance(part, str | bytes):
                yield here, part if isinstance(part, str) else part.decode("utf-8", "replace")


def shown(dashboard):
    """Yield every text of a page and the sidebar."""
    for node in dashboard.app._tree:  # noqa: SLF001  # AppTest names some kinds of elements only
        proto = getattr(node, "proto", None)
        if hasattr(proto, "ListFields"):
            yield from strings(proto, type(proto).__name__)


def texts_of(value):
    """Yield every text in a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from texts_of(part)
    elif isinstance(value, list):
        for part in value:
            yield from texts_of(part)


def amiss(dashboard):
    """Return where a hostile text would be followed, after seeing that there is one."""
    found = []
    for path, text in shown(dashboard):
        if path.endswith(".srcdoc"):  # looked at as HTML in test_files
            assert "default-src 'none'" in text
            followed = re.search(r"<(b>bold|img|script|svg onload)|href=\"(?!#)", text)
        elif path == "PlotlyChart.spec":
            followed = next(filter(None, map(ELEMENTS.search, texts_of(json.loads(text)))), None)
        else:
            followed = not SHOWN_AS_TEXT.fullmatch(path) and FOLLOWED.search(text)
        if followed:
            found.append((path, text[max(0, followed.start() - 80) : followed.end() + 80]))
    return found


def choices(dashboard):
    """Yield a page in all the states that its switches give it."""
    yield
    app = dashboard.app
    if toggles := [toggle for toggle in app.toggle if "keep nothing" not in toggle.label.lower()]:
        for toggle in toggles:
            toggle.set_value(not toggle.value)
        app.run()
        yield
    for at, found in enumerate(controls(app)):
        for option in found.options[:_MOST_SWITCHES]:
            if at < len(now := controls(app)) and option in now[at].options:
                now[at].set_value(option).run()
                yield


def controls(app):
    return [*app.segmented_control, *app.radio][:_MOST_SWITCHES]


@pytest.fixture(autouse=True)
def _switches_know_their_labels(monkeypatch):
    """Let AppTest give labels back as the browser does; it takes them for options where it can."""

    def label_of(name, value):
        with contextlib.suppress(Exception):
            return label if isinstance(label := name(value), str) else value
        return value

    monkeypatch.setattr(element_tree, "_format_value_for_widget", label_of)


@pytest.fixture(scope="module")
def dashboard():
    """Give a dashboard in which everything that can be named is named so."""
    opened = Dashboard().upload({f"{MARKUP}.csv": table()})
    state = opened.app.session_state
    state.document = state.document.do(Edit(("6",), "title", f"Planning {MARKUP}")).do(
        Edit(("6",), "location", MARKUP)
    )
    state.unit = state.wanted_unit = ("4",)
    state.answers = Answers({"ops_errors": Reply("yes"), "sales_again": Reply("partly")})
    state.added = (Placement.new_department("1", f"New {MARKUP}"),)
    state.placement = state.placement_to_show = Placement.under("3")
    state.scenario_notes = f"{MARKUP}\n\n# {MARKUP}\n- {MARKUP}"
    opened.page("scenarios")
    save(opened, MARKUP[:80])
    field(opened, "Notes").set_value(f"{MARKUP}, again").run()
    save(opened)
    press(opened, "Duplicate")
    press(opened, "Delete")
    press(opened, "Duplicate")
    link = keeping.store().create_link(
        state.owner, keeping.content(scenario()), copyable=True, expires=None, fields=("names", MARKUP)
    )
    opened.link = link
    return opened


@pytest.mark.parametrize("name", PAGES)
def test_markup_is_text_on_every_page(dashboard, name):
    dashboard.app.query_params.clear()
    if name == "shared":
        dashboard.app.query_params["link"] = dashboard.link.token
    dashboard.page(name)
    for _ in choices(dashboard):
        dashboard.check()
        assert amiss(dashboard) == []


def test_markup_is_text_beside_every_page(monkeypatch):
    """The sidebar: what is open, what was set aside, what it was saved as, and what is to be said once."""
    beside = AppTest.from_function(frame, default_timeout=60).run()
    state = beside.session_state
    state.report, state.chart_name = read(filename=f"{MARKUP}.csv"), MARKUP
    state.document, state.unit, state.scenario_name = scenario().document, ("4",), MARKUP
    kept = {name: state[name] for name in session._OF_CHART}  # noqa: SLF001  # as opening another chart does
    state.set_aside = (kept, {**kept, "chart_name": ""})
    state.saved = ("x", 1, MARKUP)
    monkeypatch.setattr(keeping, "why_nothing", lambda: MARKUP)
    beside.run()
    assert not beside.exception
    assert amiss(SimpleNamespace(app=beside)) == []
    assert sum("bold" in text for _, text in shown(SimpleNamespace(app=beside))) > 2


def test_a_link_that_carries_markup(dashboard):
    dashboard.app.query_params.clear()
    dashboard.app.query_params["s"] = pack(scenario())
    dashboard.page("shared")
    assert "bold" in dashboard.app.title[0].value
    for _ in choices(dashboard):
        assert amiss(dashboard) == []


def test_a_hostile_file_of_a_scenario_takes_nothing_over():
    """Settings of a file cannot say whose things are shown, nor what was saved."""
    opened = Dashboard().page("scenarios")
    state = opened.app.session_state
    owner, saved = state.owner, "saved" in state and state.saved
    (upload,) = [one for one in opened.app.file_uploader if one.label == "Open a scenario file"]
    upload.set_value((f"{MARKUP}.json", written_scenario(scenario()), "application/json")).run()
    opened.check()
    assert "is open now" in opened.app.success[0].value
    assert amiss(opened) == []
    assert state.scenario_name == MARKUP
    assert (state.owner, state.saved) == (owner, saved)
    assert MARKUP not in state
