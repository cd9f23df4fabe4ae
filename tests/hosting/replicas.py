"""Two replicas with PostgreSQL behind nginx, as `deploy/nginx.conf` has it, all on the loopback."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final

from tests.browser.server import free_port, wait_for
from tests.store.postgresql import Server, programs

ROOT: Final = Path(__file__).parents[2]
CONFIGURATION: Final = ROOT / "deploy" / "nginx.conf"
#: Where `compose.yaml` has the replicas.
ADDRESSES: Final = {"replica-1": "198.18.85.11", "replica-2": "198.18.85.12"}
HEALTH: Final = "/_stcore/health"
_PATIENCE: Final = 20


def nginx() -> str | None:
    """Return the program, None where it is not installed."""
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")


class Replica:
    """One process of the dashboard, which may die and come back."""

    def __init__(self, name: str, environment: Mapping[str, str]) -> None:
        self.name, self.port = name, free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self._environment = {**os.environ, **environment, "ORGMODEL_REPLICA": name}
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def is_alive(self) -> bool:
        """Whether it runs."""
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        """Start it and wait until it answers."""
        options = {"address": "127.0.0.1", "port": self.port, "fileWatcherType": "none"}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", "app.py"]
            + [f"--server.{name}={value}" for name, value in options.items()],
            cwd=ROOT,
            env=self._environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        wait_for(self.address + HEALTH, self._process)

    def kill(self) -> None:
        """End it in the middle of whatever it is doing (SIGKILL)."""
        if self._process is not None:
            self._process.kill()
            self._process.wait(_PATIENCE)


class Hosted:
    """The whole: replicas, the proxy's address, and what the proxy wrote of requests."""

    def __init__(self, address: str, replicas: list[Replica], log: Path) -> None:
        self.address, self.replicas, self._log = address, replicas, log

    def log(self) -> str:
        """Return what the proxy has written."""
        return self._log.read_text(encoding="utf-8")


def configured(text: str, port: int, replicas: list[Replica], folder: Path) -> str:
    """Return the configuration for other ports and another folder; nothing else is changed."""
    for replica in replicas:
        address = ADDRESSES[replica.name].replace(".", r"\.")
        assert f"~{address}:8501$" in text, f"{replica.name} is known by another address"
        text = text.replace(f"~{address}:8501$", rf"~127\.0\.0\.1:{replica.port}$")
        text = text.replace(f"{replica.name}:8501", f"127.0.0.1:{replica.port}")
    text = text.replace("listen 8080;", f"listen 127.0.0.1:{port};")
    return text.replace(" /tmp/", f" {folder}/")


@contextmanager
def running_replicas(environment: Mapping[str, str] | None = None, *, started: int = 2) -> Iterator[Hosted]:
    """Start PostgreSQL, two replicas and the proxy, and end them; ``started`` replicas are there at first."""
    with ExitStack() as ending:
        database = Server()
        ending.callback(database.close)
        known = {**(environment or {}), "ORGMODEL_DATABASE_URL": database.new_database()}
        replicas = [Replica(name, known) for name in ADDRESSES]
        for replica in replicas:
            ending.callback(replica.kill)
        for replica in replicas[:started]:
            replica.start()
        yield ending.enter_context(_running_proxy(replicas))


@contextmanager
def _running_proxy(replicas: list[Replica]) -> Iterator[Hosted]:
    """Start the proxy as somebody without rights, as in its container."""
    program = nginx()
    assert program is not None
    folder, port = Path(tempfile.mkdtemp(prefix="orgmodel-nginx-")), free_port()
    file, log = folder / "nginx.conf", folder / "log"
    file.write_text(configured(CONFIGURATION.read_text(encoding="utf-8"), port, replicas, folder))
    log.touch(0o600)
    weak = {"user": "nobody", "group": "nogroup", "extra_groups": []} if os.geteuid() == 0 else {}
    if weak:
        shutil.chown(folder, "nobody", "nogroup")
        shutil.chown(log, "nobody", "nogroup")
    with log.open("ab") as written:
        proxy = subprocess.Popen(
            [program, "-e", "stderr", "-p", folder, "-c", file, "-g", "daemon off;"],
            stdout=written,
            stderr=written,
            **weak,
        )
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(f"{address}/_proxy/health", proxy)
        yield Hosted(address, replicas, log)
    finally:
        proxy.terminate()
        proxy.wait(_PATIENCE)
        shutil.rmtree(folder)


def why_not() -> str:
    """Return why the replicas cannot be run here; empty where they can."""
    missing = [name for name, there in {"nginx": nginx(), "PostgreSQL": programs()}.items() if there is None]
    return f"{' and '.join(missing)} not found: apt install nginx postgresql" if missing else ""
