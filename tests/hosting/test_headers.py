"""What is said with every answer; that pages live with it is seen in a browser."""

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from hosting.headers import SecurityHeaders


def _answer(_request):
    answer = PlainTextResponse("here")
    answer.set_cookie("one", "1")
    answer.set_cookie("two", "2", secure=True)
    return answer


@pytest.fixture
def client():
    around = [Middleware(SecurityHeaders, frame_ancestors="'self' https://intranet.example.org")]
    app = Starlette(routes=[Route("/", _answer)], middleware=around)
    return TestClient(app, base_url="http://localhost")


@pytest.mark.parametrize("path", ["/", "/nowhere"])
def test_every_answer_has_them(client, path):
    headers = client.get(path).headers
    policy = dict(part.strip().split(" ", 1) for part in headers["content-security-policy"].split(";"))
    assert policy["default-src"] == "'self'"
    assert policy["object-src"] == "'none'"
    assert "'unsafe-inline'" not in policy["script-src"]
    assert policy["frame-ancestors"] == "'self' https://intranet.example.org"
    assert not any("*" in sources or "http:" in sources for sources in policy.values())
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert "strict-transport-security" not in headers


def test_over_https_cookies_are_never_sent_in_the_clear(client):
    behind_a_proxy = client.get("/", headers={"X-Forwarded-Proto": "https"})
    assert behind_a_proxy.headers["strict-transport-security"] == "max-age=31536000"
    for cookie in behind_a_proxy.headers.get_list("set-cookie"):
        assert cookie.lower().count("secure") == 1, cookie
    assert "secure" not in client.get("/").headers.get_list("set-cookie")[0].lower()
