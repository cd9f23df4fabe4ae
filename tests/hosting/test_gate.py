"""The gate: whatever is asked for, who has not signed in gets the page to do so, or a plain no."""

import asyncio
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from hosting.gate import Gate
from hosting.settings import SignIn
from tests.coroutines import run

SECRET = "s" * 40
ORIGIN = "http://localhost"
USER = "_streamlit_user"
SAID = {"origin": ORIGIN, "is_logged_in": True, "sub": "anna", "iss": "https://login.example.org"}
PROVIDER = SignIn(
    "https://login.example.org", "id", "secret", f"{ORIGIN}/oauth2callback", SECRET, trust_email=False
)
BEHIND = "what lies behind the gate"


async def _socket(websocket):
    await websocket.accept()
    await websocket.send_text(BEHIND)
    try:
        while True:
            await websocket.send_text(await websocket.receive_text())
    except WebSocketDisconnect:
        pass


def client(cookie=None, people=()):
    def page(_request):
        return PlainTextResponse(BEHIND)

    app = Starlette(
        routes=[
            WebSocketRoute("/_stcore/stream", _socket),
            Route("/{path:path}", page, methods=["GET", "PUT"]),
        ],
        middleware=[Middleware(Gate, sign_in=PROVIDER._replace(people=people))],
    )
    cookies = {} if cookie is None else {USER: cookie}
    return TestClient(app, base_url=ORIGIN, cookies=cookies, follow_redirects=False)


def signed(said=SAID, secret=SECRET, name=USER):
    return create_signed_value(secret, name, json.dumps(said)).decode()


FORGED = {
    "none": None,
    "empty": "",
    "no cookie of ours": "anna",
    "signed with another secret": signed(secret="t" * 40),
    "signed for another purpose": signed(name="_streamlit_user_tokens"),
    "of another address": signed(SAID | {"origin": "https://evil.example.org"}),
    "not signed in": signed(SAID | {"is_logged_in": False}),
    "signed in, in words": signed(SAID | {"is_logged_in": "True"}),
    "nobody": signed({name: value for name, value in SAID.items() if name != "sub"}),
    "a list": create_signed_value(SECRET, USER, "[1]").decode(),
    "no JSON": create_signed_value(SECRET, USER, "{").decode(),
    "cut off": signed()[:-1],
}
PATHS = (
    "/",
    "/placement",
    "/shared",
    "/static/js/index.js",
    "/_stcore/bidi-components/orgmodel.org_canvas/index.js",
    "/media/0123456789abcdef.pdf",
    "/_stcore/upload_file/session/file",
    "/_stcore/host-config",
    "/_stcore/metrics",
    "/_stcore/health/",
    "/_stcore/health/../stream",
    "//",
    "/auth/login/",
    "/AUTH/LOGIN",
    "/oauth2callback/x",
)


@pytest.mark.parametrize("cookie", FORGED.values(), ids=FORGED)
@pytest.mark.parametrize("path", PATHS)
def test_nothing_is_reachable_without_a_session(path, cookie):
    for accept in ("text/html", "*/*"):
        answer = client(cookie).get(path, headers={"accept": accept})
        assert answer.status_code == 401
        assert BEHIND not in answer.text
    assert client(cookie).put(path).status_code == 401


@given(st.text())
def test_no_address_gets_around_it(path):
    reached = []

    async def behind(scope, _receive, _send):
        reached.append(scope["path"])

    async def nothing(*_message):
        pass

    scope = {
        "type": "http",
        "path": path,
        "method": "GET",
        "query_string": b"",
        "scheme": "http",
        "headers": [],
    }
    run(Gate(behind, sign_in=PROVIDER)(scope, nothing, nothing))
    assert set(reached) <= {"/_stcore/health", "/auth/login", "/auth/logout", "/oauth2callback"}


@pytest.mark.parametrize("cookie", FORGED.values(), ids=FORGED)
def test_no_connection_is_opened_without_a_session(cookie):
    with (
        pytest.raises(WebSocketDisconnect) as refused,
        client(cookie).websocket_connect("/_stcore/stream"),
    ):
        pass
    assert refused.value.code == 1008


@pytest.mark.parametrize("path", ["/_stcore/health", "/oauth2callback?code=1", "/auth/login?provider=x"])
def test_what_signing_in_needs_is_open(path):
    assert client().get(path).text == BEHIND


@pytest.mark.parametrize("path", PATHS)
def test_who_is_signed_in_passes(path):
    assert client(signed()).get(path).text == BEHIND


def test_a_cookie_in_parts_is_put_together():
    """A person of many groups has a cookie above 4,096 bytes, which Streamlit cuts into parts."""
    said = json.dumps(SAID | {"groups": ["a" * 100] * 60})
    half = len(said) // 2
    parts = {USER: "chunks-2", f"{USER}_1": said[:half], f"{USER}_2": said[half:]}
    cookies = {name: create_signed_value(SECRET, name, value).decode() for name, value in parts.items()}
    known = client()
    known.cookies.update(cookies)
    assert known.get("/placement").text == BEHIND


@pytest.mark.parametrize(
    ("asked", "brought_to"),
    [
        ("/placement?x=1&y=%20", "/placement?x=1&y=%20"),
        ("/shared?token=abc", "/shared?token=abc"),
        ("/" + "x" * 3000, None),
    ],
)
def test_after_signing_in_one_gets_what_one_asked_for(asked, brought_to):
    page = client().get(asked, headers={"accept": "text/html"})
    wanted = page.cookies.get("orgmodel_wanted")
    back = client(signed())
    if wanted:
        back.cookies.set("orgmodel_wanted", wanted)
    answer = back.get("/")
    if brought_to is None:
        assert answer.text == BEHIND
    else:
        assert answer.status_code == 302
        assert answer.headers["location"] == brought_to
        assert 'orgmodel_wanted=""' in answer.headers["set-cookie"]


@pytest.mark.parametrize("planted", ["https://evil.example.org", "//evil.example.org", "/\\evil.example.org"])
def test_nobody_is_sent_elsewhere_by_a_planted_cookie(planted):
    victim = client(signed())
    victim.cookies.set("orgmodel_wanted", planted.replace("/", "%2F"))
    assert victim.get("/").headers["location"] == "/"


def test_signing_out_in_one_window_ends_the_connections_of_all():
    ended = {}

    async def behind(scope, receive, _send):
        if scope["type"] == "websocket":
            ended[scope["who"]] = (await receive())["type"]

    async def nothing_comes():
        await asyncio.Event().wait()

    async def nowhere(_message):
        pass

    def scope(kind, path, who):
        cookie = f"{USER}={signed(SAID | {'sub': who})}".encode()
        said = {"type": kind, "path": path, "method": "GET", "query_string": b"", "scheme": "http"}
        return said | {"headers": [(b"host", b"localhost"), (b"cookie", cookie)], "who": who}

    async def windows():
        gate = Gate(behind, sign_in=PROVIDER)
        connections = [
            asyncio.ensure_future(gate(scope("websocket", "/_stcore/stream", who), nothing_comes, nowhere))
            for who in ("anna", "anna", "ben")
        ]
        await asyncio.sleep(0.01)
        await gate(scope("http", "/auth/logout", "anna"), nothing_comes, nowhere)
        over, left = await asyncio.wait(connections, timeout=0.2)
        assert [len(over), len(left)] == [2, 1]
        for connection in left:
            connection.cancel()

    run(windows())
    assert ended == {"anna": "websocket.disconnect"}


@pytest.mark.parametrize(
    ("email", "verified", "people", "lets_in"),
    [
        ("anna@example.org", True, (), True),
        ("anna@example.org", True, ("anna@example.org",), True),
        ("Anna@Example.ORG", True, ("anna@example.org",), True),
        ("anna@example.org", True, ("@example.org",), True),
        ("anna@example.org", True, ("ben@example.org", "@example.com"), False),
        ("anna@example.org.evil.com", True, ("@example.org",), False),
        ("anna@sub.example.org", True, ("@example.org",), False),
        ("anna@example.org", False, ("@example.org",), False),
        ("anna@example.org", "true", ("@example.org",), False),
        ("example.org", True, ("example.org", "@example.org"), False),
        (None, True, ("@example.org",), False),
        ("", True, ("@",), False),
    ],
)
def test_only_people_of_the_list_are_let_in(email, verified, people, lets_in):
    cookie = signed(SAID | {"email": email, "email_verified": verified})
    answer = client(cookie, people).get("/placement", headers={"accept": "text/html"})
    assert (answer.text == BEHIND) == lets_in
    if not lets_in:
        assert answer.status_code == 403
        assert 'href="/auth/logout"' in answer.text
        with pytest.raises(WebSocketDisconnect), client(cookie, people).websocket_connect("/_stcore/stream"):
            pass
