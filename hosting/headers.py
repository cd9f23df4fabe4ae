"""What is said with every answer, so that browsers refuse what this dashboard never does."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import streamlit
from starlette.datastructures import Headers, MutableHeaders

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_A_YEAR: Final = 365 * 86_400
#: What a page may load and do; nothing comes from elsewhere. Streamlit loads small components from a blob,
#: writes styles into the page, and reads tables with WebAssembly.
_POLICY: Final = (
    "default-src 'self'",
    "script-src 'self' 'wasm-unsafe-eval' blob: {own}",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "connect-src 'self' blob: data:",
    "media-src 'self' blob:",
    "worker-src 'self' blob:",
    "frame-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
)
_UNUSED: Final = ("camera", "microphone", "geolocation", "payment", "usb", "serial", "hid")


class SecurityHeaders:
    """An ASGI middleware that adds them.

    Parameters
    ----------
    app : ASGIApp
        What answers.
    frame_ancestors : str
        Who may show the dashboard in a frame.

    """

    def __init__(self, app: ASGIApp, *, frame_ancestors: str) -> None:
        self._app = app
        self._headers = {
            "Content-Security-Policy": "; ".join((*_POLICY, f"frame-ancestors {frame_ancestors}")).format(
                own=_scripts_in_page()
            ),
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "same-origin",  # addresses of links are secrets
            "Permissions-Policy": ", ".join(f"{feature}=()" for feature in _UNUSED),
            "Cross-Origin-Opener-Policy": "same-origin",
            "X-Robots-Tag": "noindex",
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with the headers added."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        is_secret = _is_https(scope)

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
                if is_secret:
                    headers["Strict-Transport-Security"] = f"max-age={_A_YEAR}"
                    message["headers"] = [_only_encrypted(header) for header in message["headers"]]
            await send(message)

        await self._app(scope, receive, send_with_headers)


@cache
def _scripts_in_page() -> str:
    """Return the sources of the scripts that stand in Streamlit's page itself; no other such script runs."""
    page = (Path(streamlit.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
    scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    digests = (base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts)
    return " ".join(f"'sha256-{digest}'" for digest in digests)


def _is_https(scope: Scope) -> bool:
    """Return whether the browser came over https, to this server or to the proxy before it."""
    return scope["scheme"] == "https" or Headers(scope=scope).get("x-forwarded-proto") == "https"


def _only_encrypted(header: tuple[bytes, bytes]) -> tuple[bytes, bytes]:
    """Return a header; where it sets a cookie, one that is never sent in the clear."""
    name, value = header
    if name.lower() == b"set-cookie" and b"secure" not in value.lower().replace(b" ", b"").split(b";"):
        return name, value + b"; Secure"
    return header
