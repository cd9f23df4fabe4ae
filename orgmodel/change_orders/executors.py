"""Where a study runs: in this process, on the cores of this machine, or on a Dask cluster.

All three are executors (`concurrent.futures`), so that there is one way through. Results are put together by
the place of their task, never by the time they arrive: they are the same bytes wherever they were computed.

loky and distributed are loaded only where they are used.
"""

from __future__ import annotations

import atexit
import hashlib
import os
import pickle
import platform
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, CancelledError, Executor, Future, wait
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from time import monotonic
from typing import Any, Final, NamedTuple, TypeVar

import numpy as np

from orgmodel.errors import StudyError
from orgmodel.wording import quoted

Progress = Callable[[int, int], None]
_Task = TypeVar("_Task")
_Result = TypeVar("_Result")

#: Seconds from one call of progress to the next at the longest, so that a click on Stop is heard.
_HEARD_EVERY: Final = 0.25
#: Seconds that a scheduler has to answer, and a first worker to be there.
_ANSWERS_WITHIN: Final = 5
#: Seconds without any worker after which a cluster is given up.
_WORKER_BACK_WITHIN: Final = 20
#: How often a task is begun whose process died each time.
_TRIES: Final = 4
#: Tasks sent to a process ahead of time: it never waits for one, and a click on Stop leaves few to finish.
_AHEAD: Final = 3
_AHEAD_OF_CLUSTER: Final = 100
#: Tasks that are done here before other processes have begun and have loaded this program.
_FEW: Final = 40
#: Tasks that are done here although they might be done aside: no more than a click may take.
_FEW_ASIDE: Final = 4
#: Seconds after which processes with nothing to do end; until then the next study begins at once.
_IDLE: Final = 120
#: Processes aside at most: each takes 160 MB.
_MOST_ASIDE: Final = 4
#: How far processes aside stand back for all others; 19 is the most.
_BACK: Final = 19


@dataclass(frozen=True)
class _Place:
    """Where tasks run: the executor, one anew for a broken one, and a look after who does the work."""

    executor: Executor
    ahead: int
    again: Callable[[Executor], Executor] = lambda executor: executor
    died: tuple[type[Exception], ...] = (BrokenExecutor,)
    look: Callable[[float], None] = lambda _seconds: None


class _Sent(NamedTuple):
    """A task that is under way."""

    task: int
    executor: Executor


def results(
    function: Callable[[_Task], _Result],
    tasks: Sequence[_Task],
    *,
    workers: int | None = None,
    aside: bool = False,
    dask: str | None = None,
    progress: Progress | None = None,
) -> list[_Result]:
    """Return what a function gives for every task, in the order of the tasks.

    Parameters
    ----------
    function : callable
        Of a module of this library, so that other processes find it by its name.
    tasks : sequence
        Each is sent by pickle.
    workers : int, optional
        Processes of this machine; 1: this one, None: as many as there are cores, or this one for so few tasks
        that it is done before others have begun.
    aside : bool
        In other processes that give way to everything else on this machine, and without ``workers`` leave it
        a core; four at most, and all but what takes no longer than a click. For a server with more to do.
    dask : str, optional
        Address of a Dask scheduler; then its workers do it.
    progress : callable, optional
        Called in this thread with how many tasks are done and how many there are: after every task, and at
        least four times a second where others do the work. An exception in it, of any kind, cancels what has
        not begun and is passed on.

    Raises
    ------
    StudyError
        When nobody is there to do the work, has another version of this program, or dies again and again.

    """
    if workers is not None and workers < 1:
        raise StudyError(f"{workers} workers cannot run a study; give 1 or more, or none for all cores.")
    if dask is not None:
        with _cluster(dask) as place:
            return _collected(place, function, tasks, progress)
    number = workers or (max(1, min(_cores() - 1, _MOST_ASIDE)) if aside else _cores())
    back = _BACK * aside
    few = len(tasks) <= (_FEW_ASIDE if aside else _FEW) and (number, back) not in _pools
    here = (workers is None and few) or (number == 1 and not aside)
    place = _Place(_Here(), ahead=1) if here else _processes(number, back)
    return _collected(place, function, tasks, progress)


@cache
def version() -> str:
    """Return a word for the process, its NumPy and its Python here: equal where results are."""
    here = Path(__file__).parent
    digest = hashlib.sha256()
    for file in sorted(here.glob("*.py")):
        digest.update(file.name.encode() + file.read_bytes())
    *python, _patch = platform.python_version_tuple()
    return f"{digest.hexdigest()[:12]}, NumPy {np.__version__}, Python {'.'.join(python)}"


def _collected(
    place: _Place,
    function: Callable[[_Task], _Result],
    tasks: Sequence[_Task],
    progress: Progress | None,
) -> list[_Result]:
    found: dict[int, _Result] = {}
    missing = deque(range(len(tasks)))
    tries = [0] * len(tasks)
    waiting: dict[Future[_Result], _Sent] = {}
    executor, heard = place.executor, monotonic()
    try:
        while len(found) < len(tasks):
            if progress:
                progress(len(found), len(tasks))
            while missing and len(waiting) < place.ahead:
                index = missing.popleft()
                future = _sent(executor, place.died, function, tasks[index])
                waiting[future] = _Sent(index, executor)
            done, _ = wait(waiting, timeout=_HEARD_EVERY, return_when=FIRST_COMPLETED)
            for future in done:
                sent = waiting.pop(future)
                try:
                    found[sent.task] = future.result()
                except place.died as error:
                    tries[sent.task] += 1
                    if tries[sent.task] == _TRIES:
                        raise StudyError(
                            "The processes that work on the study died again and again, perhaps for want of "
                            "memory; try fewer changes, or fewer workers."
                        ) from error
                    missing.appendleft(sent.task)
                    executor = place.again(sent.executor)
            if done:
                heard = monotonic()
            place.look(monotonic() - heard)
        if progress:
            progress(len(tasks), len(tasks))
    finally:
        for future in waiting:
            future.cancel()
    return [found[index] for index in range(len(tasks))]


def _sent(
    executor: Executor,
    died: tuple[type[Exception], ...],
    function: Callable[[_Task], _Result],
    task: _Task,
) -> Future[_Result]:
    """Send a task; what is broken already gives a future that says so.

    It goes as bytes which do the task when they are read, so that whoever passes them on need not know this
    program, and a worker that lacks it can say so.
    """
    try:
        return executor.submit(pickle.loads, pickle.dumps(_Call(version(), pickle.dumps((function, task)))))
    except died as error:
        future: Future[_Result] = Future()
        future.set_exception(error)
        return future


@dataclass
class _Call:
    """A task in bytes; reading it in another process is doing it there."""

    version: str
    packed: bytes

    def __reduce__(self) -> tuple[Callable[[str, bytes], Any], tuple[str, bytes]]:
        return _done, (self.version, self.packed)


def _done(wanted: str, packed: bytes) -> Any:  # noqa: ANN401  # the result of any function
    if version() != wanted:
        raise StudyError(
            f"A worker has another version of Orgmodel ({version()}) than this process ({wanted}); "
            "bring both to the same version and start both again."
        )
    function, task = pickle.loads(packed)  # noqa: S301  # by the same program, which began this process
    return function(task)


class _Here(Executor):
    """The calling process: a task is done when it is submitted."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:  # noqa: ANN401
        """Do it."""
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001  # as every executor
            future.set_exception(error)
        return future


# ---------------------------------------------------------------------- this machine

_pools: dict[tuple[int, int], Executor] = {}  # by their number, and how far they stand back
_lock = threading.Lock()
atexit.register(_pools.clear)  # while loky is still there to end them


def _cores() -> int:
    import loky  # type: ignore[import-untyped]  # noqa: PLC0415  # takes its time

    return int(loky.cpu_count())


def _processes(number: int, back: int) -> _Place:
    """Return some processes, the same for all threads: loky's own reusable ones are those of one thread."""
    import loky  # noqa: PLC0415  # takes its time

    def pool(broken: Executor | None = None) -> Executor:
        with _lock:
            key = number, back
            if key not in _pools or _pools[key] is broken:
                _pools[key] = loky.ProcessPoolExecutor(
                    number, timeout=_IDLE, initializer=_stand_back, initargs=(back,)
                )
            return _pools[key]

    return _Place(pool(), ahead=_AHEAD * number, again=pool)


def _stand_back(back: int) -> None:
    """Give way to other processes; where the system knows no such thing, do not."""
    if back and hasattr(os, "nice"):
        os.nice(back)


# ---------------------------------------------------------------------- a cluster


@contextmanager
def _cluster(address: str) -> Iterator[_Place]:
    from distributed import Client, KilledWorker  # noqa: PLC0415  # takes its time
    from distributed.client import ClosedClientError  # noqa: PLC0415

    try:
        _knock(address)
        client: Any = Client(  # type: ignore[no-untyped-call]
            # Somebody is there; a scheduler that is still busy with the last study takes longer.
            address,
            timeout=4 * _ANSWERS_WITHIN,
            set_as_default=False,
            name="orgmodel",
        )
    except Exception as error:
        raise StudyError(
            f"No Dask scheduler answers at {quoted(address)}. Start one with `dask scheduler` and give the "
            "address that it prints, such as tcp://127.0.0.1:8786."
        ) from error

    gone = StudyError(f"The scheduler at {quoted(address)} went away; start it and try again.")

    def look(seconds: float) -> None:
        """Give up where nothing has come back for a while and no worker is there."""
        if seconds < _WORKER_BACK_WITHIN:
            return
        try:
            workers = client.nthreads()
        except OSError as error:
            raise gone from error
        if not workers:
            raise StudyError(
                f"All workers of the scheduler at {quoted(address)} are gone; start some and try again."
            )

    try:
        threads = sum(_workers(client, address).values())
        yield _Place(
            client.get_executor(),
            ahead=max(_AHEAD_OF_CLUSTER, _AHEAD * threads),
            died=(KilledWorker,),
            look=look,
        )
    except ImportError as error:
        raise StudyError(
            f"A worker of the scheduler at {quoted(address)} cannot run the study ({error}); start it in the "
            "folder of this program, with the packages of requirements.txt."
        ) from error
    except (CancelledError, ClosedClientError) as error:
        raise gone from error
    finally:
        client.close()


def _workers(client: Any, address: str) -> dict[str, int]:  # noqa: ANN401  # Dask's client has no types
    """Return the workers of a cluster with their threads, at least one."""
    try:
        client.wait_for_workers(1, timeout=_ANSWERS_WITHIN)
    except TimeoutError as error:
        raise StudyError(
            f"The scheduler at {quoted(address)} has no workers; start some with `dask worker {address}`."
        ) from error
    return dict(client.nthreads())


def _knock(address: str) -> None:
    """Raise where nobody who speaks Dask's language answers: a client alone would wait for ever."""
    from distributed.comm.core import connect  # noqa: PLC0415  # takes its time
    from distributed.utils import LoopRunner, sync  # noqa: PLC0415

    runner: Any = LoopRunner(asynchronous=False)
    runner.start()
    try:
        sync(
            runner.loop, connect, address, timeout=_ANSWERS_WITHIN, callback_timeout=_ANSWERS_WITHIN + 1
        ).abort()
    finally:
        runner.stop()
