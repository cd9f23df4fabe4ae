"""What one tab may send: Streamlit holds its files in memory until then, and bounds each file alone."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final, cast

from starlette.responses import PlainTextResponse
from streamlit import runtime

from hosting.settings import settings

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send
    from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager

#: Files of the largest size that one tab may hold: the one that is open, and the next one.
LARGEST_HELD: Final = 2
_MEGABYTE: Final = 1 << 20

_log = logging.getLogger(__name__)


class UploadRoom:
    """An ASGI middleware that bounds the files of a tab in all.

    Streamlit itself refuses a single one that is too large, whatever its header says.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._coming: dict[str, int] = {}  # session -> bytes that are just arriving

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what there is room for."""
        session_id = _uploading(scope)
        if session_id is None:
            await self._app(scope, receive, send)
            return
        largest = settings().upload_mb * _MEGABYTE
        # What does not say how large it is may be as large as can be.
        size = min(_length(scope), largest)
        coming = self._coming.get(session_id, 0)
        if _held(session_id) + coming + size > LARGEST_HELD * largest:
            _log.warning("An upload was refused: the tab holds as much as it may.")
            answer = PlainTextResponse(
                f"This tab holds as many files as it may ({LARGEST_HELD * settings().upload_mb:,} MB). "
                "Remove some of them, or load the page anew.",
                413,
            )
            await answer(scope, receive, send)
            return
        self._coming[session_id] = coming + size
        try:
            await self._app(scope, receive, send)
        finally:
            self._coming[session_id] -= size
            if not self._coming[session_id]:
                del self._coming[session_id]


def _uploading(scope: Scope) -> str | None:
    """Return the session that a request uploads to; None for all other requests."""
    if scope["type"] != "http" or scope["method"] != "PUT":
        return None
    _before, found, rest = scope["path"].partition("/_stcore/upload_file/")
    return rest.split("/")[0] if found else None


def _length(scope: Scope) -> int:
    said = dict(scope["headers"]).get(b"content-length", b"")
    return int(said) if said.isdigit() else settings().upload_mb * _MEGABYTE


def _held(session_id: str) -> int:
    """Return the bytes of all files that a tab holds."""
    if not runtime.exists():
        return 0
    manager = cast("MemoryUploadedFileManager", runtime.get_instance().uploaded_file_mgr)
    return sum(len(file.data) for file in list(manager.file_storage.get(session_id, {}).values()))
