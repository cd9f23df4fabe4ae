"""Programs that write into a store: several at once, and one that is killed again and again.

Run as ``python -m tests.store.writers together URL OWNER WRITERS SAVES``, or ``killed URL OWNER KILLS SEED``;
prints as JSON what was acknowledged. Each writer is a process of its own and opens the database itself.
"""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import alembic.command  # noqa: F401  # loaded here, so that the children need not

from orgmodel.errors import StoreError
from orgmodel.store import Store
from tests.store.contents import numbered

_ROOT = Path(__file__).parents[2]
_PATIENCE = 300


def run(*arguments):
    """Run one of the programs and return what it reports."""
    finished = subprocess.run(
        [sys.executable, "-m", "tests.store.writers", *map(str, arguments)],
        cwd=_ROOT,
        stdout=subprocess.PIPE,
        timeout=_PATIENCE,
        check=True,
    )
    return json.loads(finished.stdout)


def together(url, owner, writers, saves):
    """Have several processes save at once, all into an empty database: a draft and a version each time."""
    Store.open(url).close()  # loads the driver, so that the children need not
    begun = time.perf_counter()
    children = [_forked(lambda number=number: _write(url, owner, number, saves)) for number in range(writers)]
    lines = {number: _lines(pipe) for number, (_, pipe) in enumerate(children)}
    codes = [os.waitpid(child, 0)[1] for child, _ in children]
    return {"codes": codes, "seconds": time.perf_counter() - begun, "acknowledged": lines}


def killed(url, owner, kills, seed):
    """Kill a writer in the middle of its saves, start the next one where it was, again and again.

    The next one repeats the save that was not acknowledged, with the same save id, as a page does whose
    answer got lost.
    """
    Store.open(url).close()  # loads the driver, so that the children need not
    chance = random.Random(seed)  # noqa: S311  # when to kill
    acknowledged, seconds = 0, 0.0
    for _ in range(kills):
        begun = time.perf_counter()
        child, pipe = _forked(lambda done=acknowledged: _write(url, owner, 0, 1_000_000, done))
        with os.fdopen(pipe, "rb", buffering=0) as file:
            for _ in range(chance.randint(1, 3)):
                acknowledged += bool(file.readline())
            time.sleep(chance.uniform(0.0, 0.005))
            os.kill(child, signal.SIGKILL)
            acknowledged += file.read().count(b"\n")
        os.waitpid(child, 0)
        seconds += time.perf_counter() - begun
    return {"acknowledged": acknowledged, "seconds": seconds}


def _write(url, owner, writer, saves, done=0):
    store = Store.open(url)
    scenario_id = next((kept.id for kept in store.scenarios(owner) if kept.name.startswith(f"{writer}:")), "")
    for number in range(done + 1, saves + 1):
        content = _named(writer, number)
        version = store.save(owner, content, scenario_id, save_id=f"{writer}:{number}")
        scenario_id = version.scenario_id
        store.keep_draft(owner, f"draft {writer} of {owner}", content)
        os.write(1, f"{version.number}\n".encode())


def _named(writer, number):
    content = numbered(number)
    return content.__class__(f"{writer}: {content.name}", content.data, content.chart, b"", {})


def assert_all_there(store, owner, writer, acknowledged):
    """Assert that every acknowledged save is there once and whole, and at most one that was on its way."""
    (kept,) = (kept for kept in store.scenarios(owner) if kept.name.startswith(f"{writer}:"))
    numbers = [version.number for version in store.versions(owner, kept.id)]
    assert numbers == list(range(kept.versions, 0, -1))
    assert acknowledged <= kept.versions <= acknowledged + 1
    for number in numbers:
        assert store.content(owner, kept.id, number) == _named(writer, number)
    drafted = store.draft(owner, f"draft {writer} of {owner}")
    assert drafted in (_named(writer, kept.versions), _named(writer, kept.versions - 1))


def _forked(work):
    """Return a child process that does some work, and the end of the pipe that it prints into."""
    pipe, end = os.pipe()
    child = os.fork()
    if child:
        os.close(end)
        return child, pipe
    code = 1
    try:
        os.close(pipe)
        os.dup2(end, 1)
        work()
        code = 0
    except StoreError as error:
        os.write(2, f"{error!r} {error.__cause__!r}\n".encode())
    finally:
        os._exit(code)


def _lines(pipe):
    """Return what a child has written to the end."""
    with os.fdopen(pipe, "rb") as file:
        return [int(line) for line in file.read().split(b"\n")[:-1]]


if __name__ == "__main__":
    program, where, whose, *numbers = sys.argv[1:]
    told = {"together": together, "killed": killed}[program](where, whose, *map(int, numbers))
    print(json.dumps(told))  # noqa: T201  # the test reads it
