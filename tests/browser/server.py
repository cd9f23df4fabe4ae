"""The running dashboard and a browser to look at it, on this machine only."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

_ROOT = Path(__file__).parents[2]
HOW_TO_GET_A_BROWSER = (
    "No Chromium found: apt install chromium, or .venv/bin/python -m playwright install chromium"
)


def browser_path(playwright) -> str | None:
    """Return the path of a Chromium or Chrome, None where there is none."""
    found = (shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome"))
    candidates = ("/usr/bin/chromium", *found, playwright.chromium.executable_path)
    return next((path for path in candidates if path and Path(path).exists()), None)


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@contextmanager
def running_dashboard(
    script: str = "app.py", *, port: int | None = None, environment: Mapping[str, str] | None = None
) -> Iterator[str]:
    """Start the dashboard, or another page, on a free port, give its address, and end it.

    ``environment`` holds settings beside those of the tests.
    """
    port = port or free_port()
    options = {"address": "127.0.0.1", "port": port, "fileWatcherType": "none"}
    server = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", script]
        + [f"--server.{name}={value}" for name, value in options.items()],
        cwd=_ROOT,
        env={**os.environ, **(environment or {})},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(f"{address}/_stcore/health", server)
        yield address
    finally:
        server.terminate()
        try:
            server.wait(timeout=10)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def wait_for(address: str, server: subprocess.Popen[bytes], seconds: float = 60) -> None:
    """Wait until a server answers."""
    until = time.monotonic() + seconds
    while True:
        try:
            with urllib.request.urlopen(address, timeout=5):  # noqa: S310  # our own server
                return
        except OSError:
            assert server.poll() is None, "the server has ended"
            assert time.monotonic() < until, "the server does not answer"
            time.sleep(0.2)
