"""Visitors of the dashboard without a browser: what a tab says over its websocket, and what it hears.

A browser takes a processor to itself; these are cheap enough that fifty of them leave the server the machine.
They speak the protocol of the Streamlit that is installed (its protobuf messages), hear every message to the
end as a browser does, and remember the elements of their page.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable
from time import perf_counter
from types import TracebackType
from typing import Any, Final, NamedTuple, Self

import requests
import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Delta_pb2 import Delta
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

_STREAM: Final = "/_stcore/stream"
_XSRF: Final = "_streamlit_xsrf"
_DONE: Final = ForwardMsg.ScriptFinishedStatus.FINISHED_SUCCESSFULLY


class Waited(NamedTuple):
    """Seconds until what was waited for had come (0 if nothing was), and until all of the page had."""

    first: float
    all: float


class Visitor:
    """One tab of one visitor.

    Parameters
    ----------
    address : str
        Where the dashboard is, such as ``http://127.0.0.1:8501``.
    page : str
        The page, as it stands in the address; "" is the first one.
    query : str
        What stands behind the question mark.
    browser : str | None
        The number by which the browser is known; a new one without it.
    """

    def __init__(self, address: str, page: str = "", query: str = "", browser: str | None = None) -> None:
        self.address, self.page, self.query = address.rstrip("/"), page, query
        self.cookies = {"orgmodel_browser": browser or secrets.token_urlsafe(32)}
        self.session = ""
        self._elements: dict[tuple[int, ...], Element] = {}
        self._said: dict[str, WidgetState] = {}
        self._page_hash = ""
        self._large: dict[str, ForwardMsg] = {}

    async def __aenter__(self) -> Self:
        """Open the page."""
        await self.connect()
        await self.run()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        await self.close()

    async def close(self) -> None:
        """Close the tab."""
        await self._socket.close()

    async def connect(self) -> None:
        """Open the connection; a visitor who was here before says so, as a browser does."""
        before = ["PLACEHOLDER_AUTH_TOKEN", self.session] if self.session else []
        self._socket = await websockets.connect(
            self.address.replace("http", "ws", 1) + _STREAM,
            subprotocols=["streamlit", *before],  # type: ignore[list-item]
            additional_headers={"Cookie": "; ".join(f"{name}={it}" for name, it in self.cookies.items())},
            origin=self.address,  # type: ignore[arg-type]
            max_size=None,
            ping_timeout=None,
        )

    async def run(self, until: Callable[[Element], bool] | None = None) -> Waited:
        """Have the page run with all that was said; return what that took."""
        begun, seen = perf_counter(), 0.0
        await self._send_run()
        while True:
            message = await self._heard()
            kind = message.WhichOneof("type")
            if kind == "delta" and not seen and until is not None:
                delta: Delta = message.delta
                if delta.HasField("new_element") and until(delta.new_element):
                    seen = perf_counter() - begun
            elif kind == "script_finished" and message.script_finished == _DONE:
                for name in [name for name, state in self._said.items() if state.trigger_value]:
                    del self._said[name]
                return Waited(seen, perf_counter() - begun)

    async def go(self, page: str) -> Waited:
        """Go to another page."""
        self.page, self._page_hash = page, ""
        return await self.run()

    async def choose(self, label: str, option: str, until: Callable[[Element], bool] | None = None) -> Waited:
        """Choose an option of a field."""
        field = self.element("selectbox", label)
        self._said[field.id] = WidgetState(id=field.id, string_value=option)
        return await self.run(until)

    async def click(self, label: str) -> Waited:
        """Click a button."""
        button = self.element("button", label)
        self._said[button.id] = WidgetState(id=button.id, trigger_value=True)
        return await self.run()

    async def upload(self, label: str, name: str, content: bytes) -> int:
        """Put a file into a field, run the page if the server took it; return the status of its answer."""
        field = self.element("file_uploader", label)
        asked = BackMsg()
        asked.file_urls_request.request_id = "1"
        asked.file_urls_request.file_names.append(name)
        asked.file_urls_request.session_id = self.session
        await self._socket.send(asked.SerializeToString())
        while (message := await self._heard()).WhichOneof("type") != "file_urls_response":
            pass
        urls = message.file_urls_response.file_urls[0]
        status = await asyncio.to_thread(self._put, urls.upload_url, name, content)
        if status < 300:
            state = WidgetState(id=field.id)
            info = state.file_uploader_state_value.uploaded_file_info.add()
            info.file_id, info.name, info.size = urls.file_id, name, len(content)
            info.file_urls.CopyFrom(urls)
            self._said[field.id] = state
            await self.run()
        return status

    def _put(self, address: str, name: str, content: bytes) -> int:
        with requests.Session() as browser:
            browser.cookies.update(self.cookies)
            token = browser.get(f"{self.address}/_stcore/health", timeout=60).cookies.get(_XSRF, "")
            answer = browser.put(
                self.address + address,
                files={name: (name, content)},
                headers={"X-Xsrftoken": token, "Origin": self.address},
                timeout=600,
            )
        return answer.status_code

    def element(self, kind: str, label: str) -> Any:  # noqa: ANN401  # a message of Streamlit's
        """Return an element of the page by its label."""
        for each in self._elements.values():
            if each.WhichOneof("type") == kind and getattr(each, kind).label == label:
                return getattr(each, kind)
        message = f'There is no {kind} "{label}" on the page {self.page or "Start"}: {self.texts()[:5]}'
        raise LookupError(message)

    def texts(self) -> list[str]:
        """Return what is written on the page."""
        kinds = {"markdown": "body", "alert": "body", "heading": "body", "exception": "message"}
        return [
            str(getattr(getattr(each, kind), kinds[kind]))
            for each in self._elements.values()
            if (kind := each.WhichOneof("type")) in kinds
        ]

    def faults(self) -> list[str]:
        """Return the faults that the page shows."""
        return [
            each.exception.type for each in self._elements.values() if each.WhichOneof("type") == "exception"
        ]

    async def _send_run(self) -> None:
        said = BackMsg()
        run = said.rerun_script
        run.query_string = self.query
        if self._page_hash:
            run.page_script_hash = self._page_hash
        else:
            run.page_name = self.page
        run.context_info.url = f"{self.address}/{self.page}"
        run.context_info.timezone = "UTC"
        run.widget_states.widgets.extend(self._said.values())
        await self._socket.send(said.SerializeToString())

    async def _heard(self) -> ForwardMsg:
        """Return the next message, after noting what it says of the page."""
        data = await self._socket.recv()
        message = ForwardMsg.FromString(data)  # type: ignore[arg-type]
        if message.WhichOneof("type") == "ref_hash":  # said before: the browser has kept it
            meant = ForwardMsg()
            meant.CopyFrom(self._large[message.ref_hash])
            meant.metadata.CopyFrom(message.metadata)
            message = meant
        elif message.hash and message.metadata.cacheable:
            self._large[message.hash] = message
        match message.WhichOneof("type"):
            case "new_session":
                self.session = message.new_session.initialize.session_id or self.session
                if not message.metadata.run.fragment_ids:
                    self._elements.clear()
            case "navigation":
                self._page_hash = message.navigation.page_script_hash
            case "page_info_changed":
                self.query = message.page_info_changed.query_string
            case "delta" if message.delta.HasField("new_element"):
                self._elements[tuple(message.metadata.delta_path)] = message.delta.new_element
        return message
