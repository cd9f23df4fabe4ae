"""The log of a server whose visitors bring names, addresses, files and tokens, and whose pages fail."""

import asyncio
import contextlib
import os
import re
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest
import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg

from benchmarks.visitors import Visitor
from hosting.logs import described, note_error
from tests.browser.server import free_port, wait_for
from tests.coroutines import run
from tests.hosting.secrets_for_tests import ADDRESS, ALL, FILE, MAIL, NAME, TOKEN

ROOT = Path(__file__).parents[2]
UPLOAD = "Your org chart: one file, or several that belong together"
LINE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ (INFO|WARNING|ERROR|CRITICAL) \S+ replica-1 .+")
BROKEN = (
    (f"{FILE}.xlsx", b"PK\x03\x04" + NAME.encode()),
    (FILE, f"id,name,manager\n1,{NAME},2\n2,{MAIL},1\n".encode()),
    (f"{FILE}.json", f'{{"name": "{NAME}"'.encode()),
)


@pytest.fixture(scope="module")
def log(tmp_path_factory):
    """Give what a server has logged after all that, on standard error and standard output."""
    port, place = free_port(), tmp_path_factory.mktemp("log")
    address = f"http://127.0.0.1:{port}"
    environment = {**os.environ, "PORT": str(port), "ORGMODEL_REPLICA": "replica-1", "PYTHONPATH": str(ROOT)}
    with (place / "err").open("wb") as err, (place / "out").open("wb") as out:
        server = subprocess.Popen(
            [sys.executable, "-m", "tests.hosting.leaking_server"],
            cwd=ROOT,
            env=environment,
            stdout=out,
            stderr=err,
        )
        try:
            wait_for(f"{address}/_stcore/health", server)
            run(_visit(address))
            _ask(address)
        finally:
            server.terminate()
            server.wait(20)
    return (place / "err").read_text(), (place / "out").read_text()


async def _visit(address):
    async with Visitor(address, query=f"link={TOKEN}") as visitor:
        await visitor.go("your_chart")
        for name, content in BROKEN:
            await visitor.upload(UPLOAD, name, content)
        await visitor.go("health")
    async with Visitor(address) as visitor:
        await visitor.go("your_chart")
        await visitor.upload(UPLOAD, f"{FILE}.{NAME}", b"of a kind that is not taken")
    said = BackMsg()
    said.rerun_script.query_string = TOKEN
    said.rerun_script.page_script_hash = NAME
    for frame in (NAME, b"\xff" + NAME.encode(), said.SerializeToString(), b"\x08" * 9_999):
        await _send(address, frame)
    for refused in ({"origin": f"http://{MAIL}"}, {"subprotocols": [TOKEN]}):
        with contextlib.suppress(websockets.WebSocketException):
            await _send(address, b"", **refused)


async def _send(address, frame, **options):
    """Say something that no page says, and wait for what comes of it."""
    usual = {"subprotocols": ["streamlit", TOKEN, TOKEN], "origin": address}
    headers = {"X-Forwarded-For": ADDRESS, "Cookie": f"_streamlit_user={TOKEN}"}
    stream = address.replace("http", "ws", 1) + f"/_stcore/stream?token={TOKEN}"
    async with websockets.connect(stream, additional_headers=headers, **(usual | options)) as it:
        await it.send(frame)
        with contextlib.suppress(TimeoutError, websockets.WebSocketException):
            async with asyncio.timeout(0.5):
                await it.recv()


def _ask(address):
    """Ask for what is not there, with all that an address can carry."""
    paths = (
        "nowhere",
        f"media/{FILE}",
        f"component/{TOKEN}/x",
        f"_stcore/bidi-components/{TOKEN}/../x",
        "//%00",
    )
    for path in paths:
        for method in ("GET", "PUT", "DELETE"):
            request = urllib.request.Request(  # noqa: S310  # our own server
                f"{address}/{path}?token={TOKEN}",
                method=method,
                headers={"X-Forwarded-For": ADDRESS, "Referer": TOKEN, "Cookie": f"_streamlit_user={TOKEN}"},
            )
            with contextlib.suppress(urllib.error.HTTPError), urllib.request.urlopen(request, timeout=20):  # noqa: S310
                pass


def test_nothing_of_a_visitor_stands_in_it(log):
    for text in log:
        assert [secret for secret in ALL if secret.lower() in text.lower()] == []
    err, _ = log
    assert re.findall(r"\d+\.\d+\.\d+\.\d+", err) == []
    assert re.findall(r"\S+@\S+|https?:\S+|/home/\S+|/root/\S+", err) == []


def test_every_line_has_the_same_form(log):
    err, _ = log
    assert [line for line in err.splitlines() if not LINE.fullmatch(line)] == []


def test_the_places_stand_in_it(log):
    err, _ = log
    here = r"tests/hosting/leaking_server\.py:\d+"
    way = rf"{here} in _health > {here} in _salary_of; caused by KeyError {here} in _salary_of"
    assert re.search(rf"\[fault [0-9A-F]{{4}}\] ValueError .*pages/health\.py:\d+ in module > {way}", err)


def test_what_the_program_itself_says_stands_in_it(log):
    err, _ = log
    for text in (
        "orgmodel.leaks replica-1 … wrote to … about 7",
        "their.package replica-1 %s wrote to %s about %d",
        "their.package replica-1 … (tests/hosting/leaking_server.py:",
        "orgmodel.leaks replica-1 This failed: ValueError",
        "UserWarning at tests/hosting/leaking_server.py:",
        "Nobody caught this [fault ",
    ):
        assert text in err, text


def _fails(depth):
    if depth:
        _fails(depth - 1)
    raise ValueError(NAME)


def _failure(depth):
    with pytest.raises(ValueError, match=NAME) as caught:
        _fails(depth)
    return caught.value


def test_a_fault_has_the_same_number_whatever_it_says_and_however_deep():
    assert note_error(_failure(0)) == note_error(_failure(0))
    assert note_error(ValueError()) != note_error(_failure(0))


def test_a_recursion_is_said_once():
    text = described(_failure(200))
    assert len(text) < 500
    assert text.count("_fails") == 2  # the call and the raise


def test_errors_of_errors_are_said_whatever_they_are():
    first, second = ValueError(NAME), KeyError(MAIL)
    first.__cause__, second.__context__ = second, first
    assert described(first) == "ValueError; caused by KeyError"
    assert described(ExceptionGroup(NAME, [OSError(28, NAME), second])) == (
        "ExceptionGroup; caused by OSError ENOSPC; caused by KeyError; caused by ValueError"
    )
