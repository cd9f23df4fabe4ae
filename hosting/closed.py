"""Addresses of Streamlit's own that no visitor needs: they tell how the server does, and make it work."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from starlette.responses import PlainTextResponse

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

_CLOSED: Final = frozenset({"/_stcore/metrics", "/_stcore/script-health-check"})


class Closed:
    """An ASGI middleware that knows nothing of them."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on everything else."""
        closed = scope["type"] == "http" and scope["path"].rstrip("/") in _CLOSED
        await (PlainTextResponse("Not found", 404) if closed else self._app)(scope, receive, send)
