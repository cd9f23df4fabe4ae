"""Keeping: what a save takes beside plain SQLite, writers at once, kills, a server stopped and started."""

import os
import sqlite3
import statistics
import time
import zlib
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from orgmodel.store import Content, Store, new_owner
from tests.store import writers
from tests.store.contents import PLAN, assert_whole
from tests.store.postgresql import Server, programs

_SIZES = {150: 10_000, 100_000: 2_000_000}  # boxes, bytes of the compressed chart
_SAVES, _WRITERS, _EACH, _KILLS = 100, 8, 25, 50


def store_table() -> list[str]:
    """Return the lines of the table."""
    server = Server() if programs() else None
    try:
        with TemporaryDirectory() as folder:
            file = Path(folder) / "orgmodel.sqlite3"
            urls = [f"sqlite:///{file}"] + ([server.new_database()] if server else [])
            lines = ["Keeping drafts and versions", f"  {'':<46}{'SQLite':>12}{'PostgreSQL':>12}"]
            lines += _speed(urls, Path(folder))
            lines += _disturbances([f"sqlite:///{file}2"] + ([server.new_database()] if server else []))
            if server:
                lines.append(_restarts(server))
            else:
                lines.append("  PostgreSQL was not measured: it is not installed.")
            return lines
    finally:
        if server:
            server.close()


def _speed(urls: list[str], folder: Path) -> list[str]:
    lines = []
    for boxes, size in _SIZES.items():
        chart = os.urandom(size)
        content = Content("Plan", {"steps": [{"kind": "move", "id": f"n{i}"} for i in range(100)]}, chart)
        plain = _plain(folder / f"plain{boxes}.sqlite3", content)
        taken = []
        for url in urls:
            store, me = Store.open(url), new_owner()
            store.keep_draft(me, me, content)
            taken.append(
                _median(lambda store=store, me=me, content=content: store.keep_draft(me, me, content))
            )
            store.close()
        title = f"a draft of {boxes:,} boxes ({size / 1e3:,.0f} KB chart), ms"
        lines.append(f"  {title:<46}" + "".join(f"{seconds * 1e3:>12.2f}" for seconds in taken))
        lines.append(
            f"  {f'  beside plain sqlite3 ({plain * 1e3:.2f} ms), times':<46}"
            + "".join(f"{seconds / plain:>12.2f}" for seconds in taken)
        )
    return lines


def _plain(file: Path, content: Content) -> float:
    """Return what the same costs with sqlite3 alone: data and chart in one row, replaced, safe on disk."""
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("CREATE TABLE drafts (id TEXT PRIMARY KEY, data BLOB, chart BLOB)")
    data = zlib.compress(repr(content.data).encode())
    taken = _median(
        lambda: connection.execute("INSERT OR REPLACE INTO drafts VALUES ('1', ?, ?)", (data, content.chart))
    )
    connection.close()
    return taken


def _disturbances(urls: list[str]) -> list[str]:
    together, killed = [], []
    for url in urls:
        me = new_owner()
        told = writers.run("together", url, me, _WRITERS, _EACH)
        store = Store.open(url)
        for writer in range(_WRITERS):
            assert told["acknowledged"][str(writer)] == list(range(1, _EACH + 1))
            writers.assert_all_there(store, me, writer, _EACH)
        together.append(_WRITERS * _EACH * 2 / told["seconds"])
        alone = new_owner()
        told = writers.run("killed", url, alone, _KILLS, 1)
        writers.assert_all_there(store, alone, 0, told["acknowledged"])
        assert_whole(store)
        killed.append(told["acknowledged"])
        store.close()
    return [
        f"  {f'{_WRITERS} processes at once, saves a second':<46}"
        + "".join(f"{n:>12,.0f}" for n in together),
        f"  {f'killed {_KILLS} times while saving: saves acknowledged':<46}"
        + "".join(f"{n:>12,}" for n in killed),
        "    of these lost, twice, damaged: none",
    ]


def _restarts(server: Server) -> str:
    store, me = Store.open(server.new_database()), new_owner()
    store.keep_draft(me, me, PLAN)
    waits = []
    for _ in range(3):
        server.stop()
        server.start()
        begun = time.perf_counter()
        assert store.draft(me, me) == PLAN
        waits.append(time.perf_counter() - begun)
    store.close()
    wait = statistics.median(waits) * 1e3
    return f"  server stopped at once and started 3 times: the first answer after {wait:.0f} ms, nothing lost"


def _median(work: Callable[[], object]) -> float:
    taken = []
    for _ in range(_SAVES):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken)


if __name__ == "__main__":
    print("\n".join(store_table()))
