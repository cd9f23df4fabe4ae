"""The gate: where people must sign in, nothing behind it answers anybody who has not.

Streamlit asks a page to check who is there; its own addresses (components, downloads, uploads, the connection
of a page) answer everybody who knows them. This middleware stands before all of them.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import json
from html import escape
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote, unquote

from starlette.requests import HTTPConnection, Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from streamlit.auth_util import encode_provider_token, get_cookie_with_chunks
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from hosting.settings import SignIn

SIGN_IN: Final = "/sign-in"
_SIGN_OUT: Final = "/auth/logout"
_OPEN: Final = frozenset({"/_stcore/health", "/auth/login", _SIGN_OUT, "/oauth2callback"})
_WANTED: Final = "orgmodel_wanted"  # the address that was asked for before signing in
_MINUTES: Final = 10
_LONGEST: Final = 2_000
_REFUSED: Final = 1008  # of a websocket: against the policy
_PAGE: Final = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Orgmodel: sign in</title>
<link rel="icon" href="data:,"><meta name="viewport" content="width=device-width, initial-scale=1"><style>
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; margin: 0; }
body { min-height: 100vh; display: grid; place-items: center; }
main { max-width: 26rem; padding: 2rem; }
h1 { font-size: 1.5rem; margin: 0 0 .5rem; }
a { display: inline-block; margin-top: 1rem; padding: .6rem 1.4rem; border-radius: 6px;
    background: #1B5E8C; color: #fff; text-decoration: none; }
a:focus-visible { outline: 3px solid #7DB8E8; outline-offset: 2px; }
</style></head><body><main><h1>Where should customer service report?</h1>
<p>{text}</p><a href="{address}">{act}</a></main></body></html>"""
_SIGN_IN_TEXT: Final = (
    "This dashboard is for people who are signed in. You go to your organization's own sign-in page and come "
    "back here."
)
_NOT_LET_IN: Final = (
    "You are signed in, but your account is not among those that are let in here. Ask whoever runs this "
    "dashboard, or sign out and come back with another account."
)


class Gate:
    """An ASGI middleware that lets signed-in people through.

    Parameters
    ----------
    app : ASGIApp
        What lies behind the gate.
    sign_in : SignIn
        Where people sign in.

    """

    def __init__(self, app: ASGIApp, *, sign_in: SignIn) -> None:
        self._app, self._sign_in = app, sign_in
        self._connections: dict[bytes, set[asyncio.Event]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let through who is signed in; show all others the way to do so."""
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        said = self._said(HTTPConnection(scope).cookies)
        person = _person(said) if said and self._sign_in.lets_in(said) else None
        if scope["type"] == "websocket":
            if person is None:
                await receive()
                await send({"type": "websocket.close", "code": _REFUSED})
            else:
                await self._connected(person, scope, receive, send)
            return
        request, path = Request(scope), scope["path"]
        if path == _SIGN_OUT and person is not None:
            self._sign_out(person)
        answer = None
        if person is None and path not in _OPEN:
            answer = _begin(request) if path == SIGN_IN else _turned_away(request, signed_in=bool(said))
        elif person is not None and path in {"/", SIGN_IN}:
            answer = _wanted(request)
        await (answer or self._app)(scope, receive, send)

    def _said(self, cookies: dict[str, str]) -> dict[str, Any]:
        """Return what the provider has said of a signed-in person; nothing for anybody else."""

        def signed(name: str) -> bytes | None:
            value = cookies.get(name)
            return None if value is None else decode_signed_value(self._sign_in.cookie_secret, name, value)

        with contextlib.suppress(ValueError, TypeError, AttributeError, LookupError):
            said: dict[str, Any] = json.loads(get_cookie_with_chunks(signed, USER_COOKIE_NAME) or b"{}")
            if said["is_logged_in"] is True and said["origin"] == self._sign_in.origin and said["sub"]:
                return said
        return {}

    async def _connected(self, person: bytes, scope: Scope, receive: Receive, send: Send) -> None:
        """Keep the connection of a page until it ends, or the person signs out in any window."""
        ended = asyncio.Event()
        self._connections.setdefault(person, set()).add(ended)

        async def receive_until_ended() -> Message:
            message, over = asyncio.ensure_future(receive()), asyncio.ensure_future(ended.wait())
            done, waiting = await asyncio.wait({message, over}, return_when=asyncio.FIRST_COMPLETED)
            for each in waiting:
                each.cancel()
            return message.result() if message in done else {"type": "websocket.disconnect", "code": _REFUSED}

        try:
            await self._app(scope, receive_until_ended, send)
        finally:
            self._connections[person].discard(ended)
            if not self._connections[person]:
                del self._connections[person]

    def _sign_out(self, person: bytes) -> None:
        for ended in self._connections.get(person, ()):
            ended.set()


def _person(said: dict[str, Any]) -> bytes:
    """Return what somebody is known by here."""
    return hashlib.sha256(json.dumps([said.get("iss"), said["sub"]]).encode()).digest()


def _begin(request: Request) -> Response:
    """Send the browser to the provider, by way of Streamlit's own address for it."""
    return RedirectResponse(f"{request.scope.get('root_path', '')}/auth/login?provider={_token()}", 302)


def _token() -> str:
    return quote(encode_provider_token("default"))


def _turned_away(request: Request, *, signed_in: bool) -> Response:
    """Return the page to sign in on, or for what is no page a plain no."""
    status = 403 if signed_in else 401
    if request.method != "GET" or "text/html" not in request.headers.get("accept", ""):
        return PlainTextResponse("You are not let in here." if signed_in else "Sign in first.", status)
    words = (_NOT_LET_IN, _SIGN_OUT, "Sign out") if signed_in else (_SIGN_IN_TEXT, SIGN_IN, "Sign in")
    page = _PAGE
    for name, text in zip(("{text}", "{address}", "{act}"), words, strict=True):
        page = page.replace(name, escape(text))
    answer = HTMLResponse(page, status, {"Cache-Control": "no-store"})
    address = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    if address != "/" and len(address) <= _LONGEST:
        answer.set_cookie(
            _WANTED, quote(address, safe=""), max_age=60 * _MINUTES, httponly=True, samesite="lax"
        )
    return answer


def _wanted(request: Request) -> Response | None:
    """Send whoever has just signed in to the address that was asked for before."""
    address = unquote(request.cookies.get(_WANTED, ""))
    if request.url.path == "/" and not address:
        return None
    if not address.startswith("/") or address.startswith(("//", "/\\")):
        address = "/"
    answer = RedirectResponse(address, 302)
    answer.delete_cookie(_WANTED, httponly=True, samesite="lax")
    return answer
