"""A PostgreSQL server of the tests' own, on the loopback, from the programs that Debian brings."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

import pg8000.dbapi
from sqlalchemy import make_url

VARIABLE = "ORGMODEL_TEST_POSTGRESQL"  # the address of a server that is there already
_PATIENCE = 60.0


def programs():
    """Return the folder of the newest server that is installed, None without one."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda file: int(file.parts[-3]))
    return found[-1].parent if found else None


class Server:
    """A server in a folder of its own; it may be stopped and started again."""

    def __init__(self):
        # In memory where there is room for it: a process that dies loses nothing there either.
        memory = Path("/dev/shm")  # noqa: S108  # a folder of its own is made in it
        where = memory if os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > 500e6 else None
        self._folder = Path(tempfile.mkdtemp(prefix="orgmodel-postgresql-", dir=where))
        self._data = self._folder / "data"
        # The server refuses to be run by root.
        self._as = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}
        if self._as:
            shutil.chown(self._folder, "postgres", "postgres")
        subprocess.run(
            [
                programs() / "initdb",
                "--pgdata",
                self._data,
                "--no-sync",
                "--auth",
                "trust",
                "--username",
                "orgmodel",
                "--encoding",
                "UTF8",
                "--no-locale",
            ],
            cwd=self._folder,
            stdout=subprocess.DEVNULL,
            check=True,
            timeout=60,
            **self._as,
        )
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self._process = None
        self._databases = 0
        self.start()

    def start(self):
        """Start it and wait until it answers."""
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [
                    programs() / "postgres",
                    "-D",
                    self._data,
                    "-p",
                    str(self.port),
                    "-c",
                    "listen_addresses=127.0.0.1",
                    "-c",
                    "unix_socket_directories=",
                ],
                cwd=self._folder,
                stdout=log,
                stderr=log,
                **self._as,
            )
        until = time.monotonic() + _PATIENCE
        while True:
            try:
                self.run("SELECT 1")
            except pg8000.dbapi.Error:
                if time.monotonic() > until or self._process.poll() is not None:
                    raise
                time.sleep(0.02)
            else:
                return

    def stop(self):
        """Stop it as "pg_ctl stop -m immediate" does: at once, whatever it is doing."""
        self._process.send_signal(signal.SIGQUIT)
        self._process.wait(_PATIENCE)

    def close(self):
        """Stop it for good."""
        if self._process.poll() is None:
            self.stop()
        shutil.rmtree(self._folder)

    def run(self, statement):
        """Run one statement in its main database."""
        run(f"postgresql://orgmodel@127.0.0.1:{self.port}/postgres", statement)

    def new_database(self):
        """Return the address of a new, empty database."""
        self._databases += 1
        self.run(f"CREATE DATABASE orgmodel_{self._databases}")
        return f"postgresql://orgmodel@127.0.0.1:{self.port}/orgmodel_{self._databases}"


class GivenServer:
    """A server that is there already and cannot be stopped."""

    def __init__(self, url):
        self._url = url

    def new_database(self):
        """Return the address of a new, empty database."""
        name = f"orgmodel_{time.time_ns()}"
        run(self._url, f"CREATE DATABASE {name}")
        return f"{self._url.rpartition('/')[0]}/{name}"

    def close(self):
        """Leave it running."""


def run(url, statement):
    """Run one statement, outside a transaction; return its rows."""
    parsed = make_url(url)
    connection = pg8000.dbapi.connect(
        parsed.username,
        host=parsed.host,
        port=parsed.port or 5432,
        database=parsed.database,
        password=parsed.password,
        timeout=_PATIENCE,
    )
    try:
        connection.autocommit = True
        cursor = connection.cursor()
        cursor.execute(statement)
        return cursor.fetchall() if cursor.description else []
    finally:
        connection.close()
