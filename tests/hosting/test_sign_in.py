"""Sign-in at a real provider: without a session nothing answers, with one all does, on each replica."""

import json
import re
from contextlib import suppress
from time import time
from unittest.mock import patch
from urllib.parse import urlsplit

import pytest
import requests
from playwright.sync_api import expect
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from tests.browser.canvas import Canvas
from tests.browser.conftest import Dashboard, browser_type_launch_args, own_browser  # noqa: F401  # fixture
from tests.browser.server import free_port, running_dashboard
from tests.hosting.sign_in import (
    SECRET,
    USER,
    person,
    running_provider,
    settings_of,
    sign_in,
    sign_out,
    signed_in,
)

PAGES = (
    "",
    "your_chart",
    "draw",
    "health",
    "goals",
    "decide",
    "plan",
    "placement",
    "change_orders",
    "lenses",
    "scenarios",
    "compare",
    "report",
    "share",
    "assumptions",
    "methods",
    "privacy",
)
ADDRESSES = (
    *PAGES,
    "shared?link=0123456789abcdefghij",
    "?work=0123456789",
    "_stcore/host-config",
    "_stcore/metrics",
    "_stcore/message?hash=0",
    "_stcore/script-health-check",
    "_stcore/stream",
    "_stcore/bidi-components/orgmodel-canvas.canvas/index.js",
    "_stcore/upload_file/session/file",
    "media/0123456789.pdf",
    "component/orgmodel/index.html",
    "app/static/icon.png",
    "static/js/index.js",
    "index.html",
    "healthz",
    "auth/nothing",
)
ANNA = person("anna", "Anna Abel", "anna@example.org")
BEN = person("ben", "Ben Born", "ben@example.org")


@pytest.fixture(scope="module")
def provider():
    with running_provider([ANNA, BEN]) as address:
        yield address


@pytest.fixture(scope="module")
def address(provider):
    port = free_port()
    with running_dashboard(port=port, environment=settings_of(provider, port)) as address:
        yield address


def _signed(said, secret=SECRET):
    return create_signed_value(secret, USER, json.dumps(said)).decode()


def _said(address, **more):
    return {"origin": address, "is_logged_in": True, "sub": "anna", "iss": "x", "email": "a@b.org", **more}


def _signed_long_ago(address):
    with patch("itsdangerous.timed.time.time", lambda: time() - 40 * 86_400):
        return _signed(_said(address))


def _strangers(address):
    """Return the cookies of browsers that nobody has signed in with, by what is wrong with them."""
    return {
        "no cookie": {},
        "a browser's secret only": {"orgmodel_browser": "A" * 43},
        "forged": {USER: "eyJzdWIiOiAiYW5uYSJ9.aaaa.bbbb"},
        "signed with another secret": {USER: _signed(_said(address), "t" * 40)},
        "signed 40 days ago": {USER: _signed_long_ago(address)},
        "of another server of the same secret": {USER: _signed(_said("https://other.example.org"))},
        "signed out": {USER: _signed(_said(address, is_logged_in=False))},
    }


def _is_closed(answer):
    """Return whether an answer is that of the gate and holds nothing from behind it."""
    is_page = "Sign in</a>" in answer.text and len(answer.text) < 2_000
    return answer.status_code == 401 and (is_page or answer.text == "Sign in first.")


def _socket(address, cookies, *, origin=None, xsrf=""):
    """Open the connection of a page."""
    held = "; ".join(f"{name}={value}" for name, value in cookies.items())
    return connect(
        f"{address.replace('http', 'ws')}/_stcore/stream",
        origin=origin,
        subprotocols=["streamlit", *([xsrf] if xsrf else [])],
        additional_headers={"Cookie": held},
        proxy=None,
        max_size=None,
    )


def _shown(socket, page):
    """Return all that the server sends for a page."""
    wish = BackMsg()
    wish.rerun_script.page_name = page
    socket.send(wish.SerializeToString())
    sent = []
    with suppress(ConnectionClosed, TimeoutError):
        while not sent or sent[-1].WhichOneof("type") != "script_finished":
            sent.append(ForwardMsg.FromString(socket.recv(timeout=30)))
    return "\n".join(str(message) for message in sent)


@pytest.mark.parametrize("accepted", ["text/html", "*/*"])
def test_without_a_session_no_address_answers(address, accepted):
    for cookies in _strangers(address).values():
        for asked in ADDRESSES:
            answer = requests.get(
                f"{address}/{asked}", cookies=cookies, headers={"Accept": accepted}, timeout=30
            )
            assert _is_closed(answer), (asked, answer.status_code, answer.text[:200])


def test_without_a_session_nothing_is_taken(address):
    upload = f"{address}/_stcore/upload_file/session/file"
    for method, asked in (("PUT", upload), ("POST", upload), ("DELETE", upload), ("POST", address)):
        answer = requests.request(method, asked, files={"file": b"id,manager\n1,\n"}, timeout=30)
        assert _is_closed(answer), (method, asked)


def test_without_a_session_no_page_is_connected(address):
    for cookies in _strangers(address).values():
        with pytest.raises(InvalidStatus) as refused, _socket(address, cookies, origin=address):
            pass
        assert refused.value.response.status_code == 403  # what a connection that is refused gets


def test_health_is_open_and_says_nothing_else(address):
    """A proxy and a container ask for it."""
    answer = requests.get(f"{address}/_stcore/health", timeout=30)
    assert (answer.status_code, answer.text) == (200, "ok")


def test_who_signed_in_is_let_through(address):
    client = signed_in(address, "anna")
    for page in PAGES:
        answer = client.get(f"{address}/{page}", timeout=30)
        assert answer.status_code == 200
        assert 'id="root"' in answer.text
    assert "allowedOrigins" in client.get(f"{address}/_stcore/host-config", timeout=30).json()


def test_a_link_leads_there_after_signing_in(address):
    signed_in(address, "ben", "/shared?link=0123456789abcdefghij")


def test_a_cookie_of_the_right_kind_is_let_through(address):
    """What is wrong with each of the others is what its name says, and nothing else."""
    cookies = {USER: _signed(_said(address))}
    assert requests.get(f"{address}/placement", cookies=cookies, timeout=30).status_code == 200


def test_one_who_signed_in_cannot_pose_as_another(address):
    """Without an Origin, Streamlit tells a page nothing of who is there; then nothing may be shown.

    Issuer and subject of others are no secrets, so what is kept under them must not be reachable by them.
    """
    cookies = dict(signed_in(address, "ben").cookies)
    with _socket(address, cookies) as socket:
        shown = _shown(socket, "scenarios")
    assert "What is open" not in shown
    assert "manufacturer_150.csv" not in shown


def test_two_replicas_take_the_same_session(provider, address):
    """Behind a proxy both are one address, which is what the cookie is made for."""
    port = int(address.rpartition(":")[2])
    with running_dashboard(environment=settings_of(provider, port)) as other:
        client = signed_in(address, "anna")
        assert _is_closed(requests.get(f"{other}/placement", timeout=30))
        assert 'id="root"' in client.get(f"{other}/placement", timeout=30).text
    elsewhere = settings_of(provider, port, ORGMODEL_COOKIE_SECRET="another-" + SECRET)
    with running_dashboard(environment=elsewhere) as other:
        assert _is_closed(client.get(f"{other}/placement", timeout=30))


@pytest.fixture
def anna(browser, address):
    """Give a browser with the page to sign in on, after a page was asked for."""
    with own_browser(browser) as context:
        page = context.new_page()
        page.goto(f"{address}/placement?work=nothing")
        yield page


@pytest.mark.browser
def test_signed_in_one_gets_what_one_asked_for_and_nothing_afterwards(anna, address):
    """Also not by the addresses of downloads and components that a signed-in browser has used."""
    asked = set()
    anna.on("request", lambda request: asked.add(request.url))
    expect(anna.get_by_role("heading")).to_have_text("Where should customer service report?")
    sign_in(anna, "anna")
    expect(anna.get_by_role("heading", name="Placement", exact=True)).to_be_visible()
    assert urlsplit(anna.url).path == "/placement"
    opened = Dashboard(anna, f"{address}/scenarios")
    name, content = opened.saved("Download the scenario")
    assert name.endswith(".scenario.json")
    Canvas(opened).open()
    behind = {url for url in asked if url.startswith(address)}
    for part in ("/media/", "/_stcore/bidi-components/", "/static/", "/_stcore/host-config"):
        assert any(part in url for url in behind), part
    held = {cookie["name"]: cookie["value"] for cookie in anna.context.cookies()}
    (download,) = [url for url in behind if re.search("/media/[^/]+[.]json", url)]
    assert requests.get(download, cookies=held, timeout=30).content == content
    for url in behind:
        path = urlsplit(url).path
        if path not in {"/auth/login", "/oauth2callback", "/_stcore/health", "/sign-in"}:
            assert _is_closed(requests.get(url, timeout=30)), url
    another = anna.context.new_page()
    also_open = Dashboard(another, f"{address}/assumptions")
    assert opened.elsewhere == []  # later it shows a page of the provider
    sign_out(opened)
    assert not [cookie for cookie in anna.context.cookies() if cookie["name"].startswith(USER)]
    for url in (f"{address}/placement", download):
        anna.goto(url)
        expect(anna.get_by_role("link", name="Sign in", exact=True)).to_be_visible()
    link = another.get_by_test_id("stSidebarNav").get_by_role("link", name="Scenarios")
    expect(link).to_have_attribute("disabled", "")
    another.reload()
    expect(another.get_by_role("link", name="Sign in", exact=True)).to_be_visible()
    assert also_open.elsewhere == []


@pytest.mark.browser
def test_a_refusal_at_the_provider_leads_back_to_the_door(anna):
    anna.get_by_role("link", name="Sign in", exact=True).click()
    anna.get_by_role("button", name="Deny").click()
    expect(anna.get_by_role("link", name="Sign in", exact=True)).to_be_visible()
    assert not [cookie for cookie in anna.context.cookies() if cookie["name"] == USER]
