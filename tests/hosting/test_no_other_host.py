"""No request leaves the browser or the server for another host: none is tried.

Both run where there is no network but the machine's own (a network namespace of Linux, where one can be
made). The browser writes down what its network stack is asked for (Chromium's own log), the server what its
processes open: Python tells of every connection and every look-up of a name (audit hooks, PEP 578), and the
kernel of every address that any process of it says (strace, where it is installed).
"""

import ipaddress
import json
import os
import re
import shutil
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DATA, Dashboard
from tests.browser.server import HOW_TO_GET_A_BROWSER, browser_path, free_port

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
_PATIENCE = 120_000  # ms; a report is made when it is asked for
QUIET = [
    f"--{switch}"
    for switch in (
        "no-first-run",
        "disable-background-networking",
        "disable-component-update",
        "disable-sync",
        "disable-quic",
        "disable-domain-reliability",
        "disable-client-side-phishing-detection",
        "no-pings",
    )
]
NOWHERE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
#: Told to every Python of the server, its helper processes too, before anything else runs in it.
WATCH = """
import os, sys
_told = os.open({file!r}, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
_EVENTS = ("socket.connect", "socket.sendto", "socket.sendmsg")
_NAMES = ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "socket.getnameinfo")
def _watch(event, args):
    if event in _EVENTS or event in _NAMES:
        what = args[1] if event in _EVENTS else args[0]
        os.write(_told, (event + " " + repr(what) + "\\n").encode())
sys.addaudithook(_watch)
os.write(_told, ("begun " + str(os.getpid()) + "\\n").encode())
"""
STRACE = ["strace", "-D", "-f", "--seccomp-bpf", "-qq", "-s0", "-esignal=none"]
STRACE += ["-etrace=connect,sendto,sendmsg,sendmmsg", "-o"]
HERE = {"127.0.0.1", "::1", "localhost", "None", "", "b''"}
#: The browser looks whether there is a way to IPv6; nothing is sent (net/dns/host_resolver_manager.cc).
IS_THERE_IPV6 = "2001:4860:4860::8888"
SAID = re.compile(r'inet_addr\("([^"]+)"\)|inet_pton\(AF_INET6, "([^"]+)"')


def _apart():
    """Return what puts a program where there is no network; nothing where that may not be done."""
    as_root = [] if os.geteuid() == 0 else ["--map-root-user", "--user"]
    apart = ["unshare", *as_root, "--net", "sh", "-c", 'ip link set lo up && exec "$@"', "sh"]
    tools = all(map(shutil.which, ("unshare", "nsenter", "ip")))
    works = tools and subprocess.run([*apart, "true"], capture_output=True, check=False).returncode == 0
    return apart if works else []


class Watched:
    """A server that is watched, and where it is."""

    def __init__(self, folder):
        self.folder, self.port = folder, free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.told, self.kernel = folder / "told.txt", folder / "kernel.txt"
        (folder / "sitecustomize.py").write_text(WATCH.format(file=str(self.told)))
        self.apart = _apart()
        self.traced = [*STRACE, str(self.kernel)] if shutil.which("strace") else []

    @contextmanager
    def running(self):
        options = {"address": "127.0.0.1", "port": self.port, "fileWatcherType": "none"}
        server = subprocess.Popen(
            [*self.apart, *self.traced, sys.executable, "-m", "streamlit", "run", "app.py"]
            + [f"--server.{name}={value}" for name, value in options.items()],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(self.folder)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.pid = server.pid
        try:
            yield self
        finally:
            server.terminate()
            server.wait(20)

    def beside(self):
        """Return what starts a program in the same place."""
        if not self.apart:
            return []
        user = [] if os.geteuid() == 0 else ["--user", "--preserve-credentials"]
        return ["nsenter", f"--target={self.pid}", *user, "--net"]

    def run_beside(self, *program):
        return subprocess.run(
            [*self.beside(), *program],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            check=True,
            timeout=60,
        )

    def wait(self):
        until = time.monotonic() + 60
        asked = f"import urllib.request; urllib.request.urlopen('{self.address}/_stcore/health', timeout=5)"
        while True:
            try:
                subprocess.run([*self.beside(), sys.executable, "-c", asked], capture_output=True, check=True)
            except subprocess.CalledProcessError:
                assert time.monotonic() < until, "the server does not answer"
                time.sleep(0.3)
            else:
                return

    def asked_for(self):
        """Return the lines about other hosts: of every process, as Python and as the kernel saw them."""
        lines = self.told.read_text().splitlines()
        assert sum(line.startswith("begun") for line in lines) >= 1
        found = [line for line in lines if not line.startswith("begun") and not _is_here(line)]
        if self.traced:
            seen = self.kernel.read_text()
            assert "sendto(" in seen
            for line in seen.splitlines():
                said = SAID.search(line)
                if said and not ipaddress.ip_address(said[1] or said[2]).is_loopback:
                    found.append(line)
        return found


def _is_here(line):
    """Return whether Python was asked for this machine: its own addresses, or a file (AF_UNIX)."""
    _event, what = line.split(" ", 1)
    target = re.match(r"\('([^']*)'", what) or re.match(r"'([^']*)'", what)
    name = target[1] if target else what
    return name in HERE or name.startswith("/")


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with Watched(tmp_path_factory.mktemp("watched")).running() as server:
        server.wait()
        yield server


@contextmanager
def _watched_browser(playwright, server):
    """Give a browser where the server is, and at its end read what its network was asked for."""
    path = browser_path(playwright)
    if path is None:
        pytest.skip(HOW_TO_GET_A_BROWSER)
    started, log = server.folder / "browser", server.folder / "network.json"
    started.write_text(f'#!/bin/sh\nexec {" ".join(server.beside())} {path} "$@"\n')
    started.chmod(0o755)
    options = [*QUIET, f"--log-net-log={log}", *([] if server.apart else [NOWHERE])]
    browser = playwright.chromium.launch(
        executable_path=started, args=["--no-sandbox", "--disable-gpu", *options]
    )
    asked = []
    try:
        yield browser, asked
    finally:
        browser.close()
    asked += _hosts_of(log)


def _hosts_of(log):
    """Return every host that pages made the network stack of the browser ask for, in whatever way.

    What the browser asks for itself, whatever is open in it (updates, kinds of form fields), has no page for
    its initiator.
    """
    found = json.loads(log.read_text())
    kinds = {number: kind for kind, number in found["constants"]["logEventTypes"].items()}
    hosts, looked_up, of_browser = set(), set(), {IS_THERE_IPV6, "~notfound", None, *_name_servers()}
    for event in found["events"]:
        said, kind = event.get("params", {}), kinds[event["type"]]
        if kind == "URL_REQUEST_START_JOB" and "url" in said:
            own = said.get("initiator") == "not an origin"
            (of_browser if own else hosts).add(urlsplit(said["url"]).hostname)
        elif kind == "HOST_RESOLVER_MANAGER_REQUEST" and said.get("network_anonymization_key") != "null":
            name = said.get("host", "")
            looked_up.add(urlsplit(name if "//" in name else f"//{name}").hostname)
        elif kind in {"TCP_CONNECT_ATTEMPT", "UDP_CONNECT", "UDP_BYTES_SENT"} and "address" in said:
            looked_up.add(urlsplit(f"//{said['address']}").hostname)
    return hosts | (looked_up - of_browser)


def _name_servers():
    """Return who is asked for names; that somebody asks is seen by the name."""
    known = Path("/etc/resolv.conf")
    return re.findall(r"^nameserver\s+(\S+)", known.read_text(), re.MULTILINE) if known.exists() else []


class Visit(Dashboard):
    """A tab whose sockets are listened to as well."""

    def __init__(self, page, address):
        self.sockets = []
        page.on("websocket", lambda socket: self.sockets.append(socket.url))
        super().__init__(page, address)

    def titles(self):
        links = self.page.get_by_test_id("stSidebarNavLink")
        return [" ".join(link.inner_text().split("\n")[-1:]) for link in links.all()]

    def open_all(self):
        """Unfold what is folded, show what is beneath tabs, and look at what opens above the page."""
        for closed in ("details:not([open]) > summary", "[role=tab]"):
            self.main.locator(closed).evaluate_all("found => found.forEach((each) => each.click())")
            self.rest()
        for above in self.main.get_by_test_id("stPopover").get_by_role("button").all()[:2]:
            above.click()
            expect(self.page.get_by_test_id("stPopoverBody")).to_be_visible()
            self.page.keyboard.press("Escape")
        self.rest()

    def take_all(self):
        """Press everything that saves a file; return how many there were."""
        buttons = self.main.get_by_test_id("stDownloadButton").get_by_role("button").all()
        for button in buttons:
            if button.is_visible() and button.is_enabled():
                with self.page.expect_download(timeout=_PATIENCE) as download:
                    button.click()
                self.rest()
                assert Path(download.value.path()).stat().st_size
        return len(buttons)


@pytest.mark.flaky(reruns=1)
def test_nothing_is_asked_of_another_host(playwright, server):
    saved = seen = 0
    with _watched_browser(playwright, server) as (browser, asked):
        for theme in ("light", "dark"):
            with browser.new_context(color_scheme=theme, viewport={"width": 1280, "height": 1000}) as context:
                visit = Visit(context.new_page(), server.address)
                titles = visit.titles()
                assert len(titles) > 14
                for title in titles:
                    visit.go(title)
                    seen += 1
                    if theme == "light":
                        visit.open_all()
                        saved += visit.take_all()
                for hidden in ("welcome", "operator", "shared"):
                    visit.page.goto(f"{server.address}/{hidden}")
                    visit.rest()
                    seen += 1
                visit.page.goto(server.address)
                visit.rest()
                if theme == "light":
                    _study(visit)
                    saved += visit.take_all()
                    visit.upload(DATA / "golden_with_service.csv", "golden_with_service.csv")
                assert visit.sockets
                assert {urlsplit(socket).hostname for socket in visit.sockets} == {"127.0.0.1"}
                visit.leave()
    assert saved >= 12
    assert seen == 2 * (len(titles) + 3)
    assert asked == ["127.0.0.1"]
    assert server.asked_for() == []


def _study(visit):
    visit.go("Change orders")
    numbers = visit.unfold("All numbers of the process")
    for label in ("Changes in each", "Repetitions"):
        field = numbers.get_by_role("spinbutton", name=label)
        field.fill("50" if label == "Changes in each" else "2")
        field.press("Enter")
        visit.rest()
    visit.main.get_by_role("button", name="Run the study").click()
    expect(visit.main).to_contain_text(re.compile(r"runs in [\d.]+ seconds"))


FOREIGN = """
import asyncio, websockets
async def knock():
    for origin in ("https://elsewhere.example", "http://10.1.2.3"):
        try:
            await websockets.connect("ws://127.0.0.1:{port}/_stcore/stream", origin=origin)
        except websockets.InvalidStatus as refused:
            assert refused.response.status_code == 403
        else:
            raise SystemExit("let in")
asyncio.run(knock())
"""


def test_a_page_of_somebody_else_cannot_make_it_ask(server):
    """For a connection from elsewhere Streamlit itself asks a web service for the address of this machine."""
    server.run_beside(sys.executable, "-c", FOREIGN.format(port=server.port))
    assert server.asked_for() == []


def test_what_watches_sees(server):
    """One that does ask is found out: the watch is not blind."""
    script = "import socket\ntry: socket.create_connection(('192.0.2.1', 80), 0.2)\nexcept OSError: pass"
    before = server.told.read_text()
    environment = {**os.environ, "PYTHONPATH": str(server.folder)}
    subprocess.run([*server.beside(), sys.executable, "-c", script], env=environment, check=True)
    assert any("192.0.2.1" in line for line in server.asked_for())
    server.told.write_text(before)


def test_what_reads_the_browsers_log_sees(tmp_path):
    """Requests, look-ups and datagrams of a page are found; what the browser does for itself is not."""
    ours, update = "http://127.0.0.1:1", "https://update.example/x"
    events = [
        {"type": 1, "params": {"url": f"{ours}/", "initiator": "not an origin"}},
        {"type": 1, "params": {"url": f"{ours}/script.js", "initiator": ours}},
        {"type": 1, "params": {"url": "https://cdn.example/x", "initiator": "null"}},
        {"type": 1, "params": {"url": update, "initiator": "not an origin"}},
        {"type": 1},
        {"type": 2, "params": {"host": "update.example:443", "network_anonymization_key": ours}},
        {"type": 2, "params": {"host": "https://early.example", "network_anonymization_key": ours}},
        {"type": 3, "params": {"address": f"[{IS_THERE_IPV6}]:443"}},
        {"type": 3, "params": {"address": "192.0.2.9:3478"}},
    ]
    kinds = {"URL_REQUEST_START_JOB": 1, "HOST_RESOLVER_MANAGER_REQUEST": 2, "UDP_CONNECT": 3}
    log = tmp_path / "network.json"
    log.write_text(json.dumps({"constants": {"logEventTypes": kinds}, "events": events}))
    assert _hosts_of(log) == {"127.0.0.1", "cdn.example", "early.example", "192.0.2.9"}
