"""What stands around the dashboard where it is served: settings, sign-in, headers, logs."""

from __future__ import annotations

import sys
import tempfile
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import streamlit as st
from starlette.formparsers import MultiPartParser
from starlette.middleware import Middleware
from streamlit import config, net_util
from streamlit.runtime.secrets import secrets_singleton

from hosting import facts, logs
from hosting.closed import Closed
from hosting.gate import Gate
from hosting.headers import SecurityHeaders
from hosting.settings import SettingError, Settings, settings
from hosting.uploads import UploadRoom

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Mapping


def middleware() -> list[Middleware]:
    """Return what every request goes through, the outermost first; tell Streamlit its own settings."""
    known = _settings()
    logs.set_up()
    _have_temporary_folder()
    # Streamlit asks another machine for this one's address, whenever a page of somebody else knocks.
    net_util.get_external_ip = net_util.get_internal_ip = lambda: None
    config.set_option("server.maxUploadSize", known.upload_mb)
    # A file that is uploaded stays in memory while it is received; the default writes all above 1 MB to disk.
    MultiPartParser.spool_max_size = (known.upload_mb + 1) << 20
    around = [Middleware(SecurityHeaders, frame_ancestors=known.frame_ancestors)]
    if known.sign_in is not None:
        config.set_option("server.cookieSecret", known.sign_in.cookie_secret)
        around.append(Middleware(Gate, sign_in=known.sign_in))
    return [*around, Middleware(Closed), Middleware(UploadRoom)]


def secrets() -> Mapping[str, Any] | None:
    """Return what Streamlit's sign-in is told; None where nobody signs in."""
    sign_in = _settings().sign_in
    if sign_in is None:
        return None
    return {
        "auth": {
            "redirect_uri": sign_in.redirect_uri,
            "cookie_secret": sign_in.cookie_secret,
            "client_id": sign_in.client_id,
            "client_secret": sign_in.client_secret,
            "server_metadata_url": sign_in.metadata_url,
        }
    }


@asynccontextmanager
async def lifespan(_app: object) -> AsyncGenerator[None, None]:
    """Serve, and note once a minute how the server does."""
    with facts.watched():
        yield


def note_error(error: Exception) -> bool:
    """Note a fault of a page and tell its visitor under which number."""
    number = logs.note_error(error)
    st.error(
        f"Something went wrong here; it is our fault, not yours (fault {number}). What you have done is not "
        "lost: go to another page and come back. If it stays, tell whoever runs this server that number.",
        icon=":material/error:",
    )
    return True


def _have_temporary_folder() -> None:
    """Where no disk can be written on, temporary files go to memory: libraries want a folder for them."""
    try:
        tempfile.gettempdir()
    except FileNotFoundError:
        tempfile.tempdir = "/dev/shm"  # noqa: S108  # names of files in it are drawn by tempfile


def _settings() -> Settings:
    """Return the settings; without good ones there is no server."""
    secrets_singleton.load_if_toml_exists()  # hosts without an environment of their own write them there
    try:
        return settings()
    except SettingError as error:
        sys.exit(f"Orgmodel was not started: {error}")
