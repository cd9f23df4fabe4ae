"""An OpenID Connect provider, a dashboard where people sign in there, and people who do, on this machine."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

import requests

from tests.browser.server import free_port, wait_for

SECRET = "of-the-tests-only-and-long-enough-to-sign-a-cookie"  # noqa: S105
USER = "_streamlit_user"


def person(sub: str, name: str, email: str, *, verified: bool | None = True) -> dict[str, object]:
    """Return what a provider says of somebody; ``verified`` None where it says nothing of the address."""
    said = {} if verified is None else {"email_verified": verified}
    return {"sub": sub, "name": name, "email": email, **said}


@contextmanager
def running_provider(people: Iterable[Mapping[str, object]]) -> Iterator[str]:
    """Start a provider that knows some people, give its address, and end it.

    It runs in a process of its own: two of its packages warn of their own age when they are loaded.
    """
    port = free_port()
    known = [word for each in people for word in ("--user-claims", json.dumps(each))]
    provider = subprocess.Popen(
        [sys.executable, "-m", "oidc_provider_mock", "--port", str(port), *known],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(f"{address}/jwks", provider)
        yield address
    finally:
        provider.kill()
        provider.wait()


def settings_of(provider: str, port: int, **more: str) -> dict[str, str]:
    """Return the settings of a dashboard where people sign in at a provider."""
    return {
        "ORGMODEL_OIDC_METADATA_URL": f"{provider}/.well-known/openid-configuration",
        "ORGMODEL_OIDC_CLIENT_ID": "orgmodel",
        "ORGMODEL_OIDC_CLIENT_SECRET": "known to both",
        "ORGMODEL_OIDC_REDIRECT_URI": f"http://127.0.0.1:{port}/oauth2callback",
        "ORGMODEL_COOKIE_SECRET": SECRET,
        "ORGMODEL_DATABASE_URL": os.environ["ORGMODEL_DATABASE_URL"],
        **more,
    }


def signed_in(address: str, sub: str, asked: str = "/") -> requests.Session:
    """Return a client without a screen that asked for a page and signed in, the way a browser does."""
    client = requests.Session()
    client.get(f"{address}{asked}", headers={"Accept": "text/html"}, timeout=30)
    form = client.get(f"{address}/sign-in", timeout=30)
    assert "Authorize Client" in form.text, form.text
    back = client.post(form.url, data={"sub": sub}, timeout=30)
    assert back.url == f"{address}{asked}", back.url
    assert USER in client.cookies
    return client


def sign_in(page, sub: str) -> None:
    """Sign in, in a browser that shows the page to do so."""
    page.get_by_role("link", name="Sign in", exact=True).click()
    page.get_by_role("button", name=sub, exact=True).click()
    page.wait_for_url(re.compile(r"^http://[^/]+/(?!oauth2)"))


def sign_out(dashboard) -> None:
    """Sign out, here and at the provider."""
    dashboard.sidebar.get_by_role("button", name="Sign out", exact=True).click()
    dashboard.page.get_by_role("button", name="End session", exact=True).click()
    dashboard.page.get_by_role("link", name="Sign in", exact=True).wait_for()
