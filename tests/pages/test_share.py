"""Share: what is left out unless ticked, the two kinds of links, and taking one back."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest

from components import keeping
from components.share_links import address
from components.shared_source import CARRIED, STORED
from orgmodel.errors import LinkError
from orgmodel.scenarios import LONGEST_PACKED, scenario_to_json, unpack
from tests.pages.test_scenarios import press

NAME = "Valerie Westphal"


@pytest.fixture
def share(dashboard):
    return dashboard.page("share")


def link_of(dashboard):
    """Return the kind and the value of the link that is shown."""
    query = parse_qs(urlsplit(dashboard.app.code[0].value).query)
    ((kind, (value,)),) = query.items()
    return kind, value


def tick(dashboard, title):
    (box,) = [box for box in dashboard.app.checkbox if box.label == title]
    box.check().run()
    return dashboard.check()


def choose(dashboard, way):
    dashboard.app.radio(key="share-way").set_value(way).run()
    return dashboard.check()


def test_a_small_chart_travels_in_the_link_without_names(share):
    kind, packed = link_of(share)
    assert kind == CARRIED
    assert len(packed) <= LONGEST_PACKED
    carried = unpack(packed)
    assert len(carried.organization) == 152
    assert not any(carried.organization.names)
    assert NAME not in str(scenario_to_json(carried))
    assert carried.decision.best.title


def test_names_are_in_it_when_ticked(share):
    tick(share, "Names of people")
    if share.app.radio:
        choose(share, CARRIED)
        assert NAME in unpack(link_of(share)[1]).organization.names.tolist()
    else:  # too long for a link with all the names
        assert "would have" in share.text


def test_what_is_not_there_cannot_be_ticked(share):
    assert [box.label for box in share.app.checkbox if box.disabled] == [
        "Notes",
        "The changes made to the chart",
    ]


def test_a_preview_says_what_is_left_out(share):
    table = share.app.table[0].value
    assert any(NAME in text for text in table["In your chart"])
    assert not any(NAME in text for text in table["What others see"])
    assert all("left out" in text for text in table["What others see"])


def test_a_stored_link_is_made_listed_and_revoked(share):
    press(choose(share, STORED), "Make the link")
    kind, token = link_of(share)
    assert kind == STORED
    opened = keeping.store().opened_link(token)
    assert not opened.copyable
    assert opened.fields == ()
    assert 29 <= (opened.expires - opened.created).days <= 30
    share.page("share")
    assert "opened 1 time" in share.text
    press(share, "Revoke")
    assert "revoked just now" in share.text
    assert "Revoke" not in [button.label for button in share.app.button]
    with pytest.raises(LinkError, match="taken back"):
        keeping.store().opened_link(token)


def test_the_title_is_what_is_asked_for(share):
    share.app.text_input[0].set_value("  For the\nboard ").run()
    assert unpack(link_of(share.check())[1]).title == "For the board"


def test_a_large_chart_gets_a_stored_link_or_goes_as_a_file(share, monkeypatch):
    share.open_data("bank_1200.csv").page("share")
    assert not share.app.radio
    assert re.search(r"would have [\d,]+ characters", share.text)
    assert "Make the link" in [button.label for button in share.app.button]
    monkeypatch.setattr(keeping, "store", lambda: None)
    monkeypatch.setattr(keeping, "why_nothing", lambda: "No disk.")
    share.page("share")
    assert "No disk." in share.text
    assert "Send the scenario as a file instead." in share.text


def test_without_a_store_a_link_carries_everything(share, monkeypatch):
    monkeypatch.setattr(keeping, "store", lambda: None)
    share.page("share")
    assert link_of(share)[0] == CARRIED
    assert not share.app.radio


@pytest.mark.parametrize(
    ("here", "there"),
    [
        ("http://localhost:8501/share", "http://localhost:8501/shared?link=a-b_c"),
        ("https://example.org/tools/share", "https://example.org/tools/shared?link=a-b_c"),
        ("https://example.org/share/", "https://example.org/shared?link=a-b_c"),
        ("https://example.org/", "https://example.org/shared?link=a-b_c"),
        (None, "/shared?link=a-b_c"),
    ],
)
def test_the_address_is_that_of_the_dashboard(here, there):
    assert address(STORED, "a-b_c", here) == there
