"""Logs without personal data: one line each on standard error, and nothing in them that a visitor brought.

Names out of charts, files, addresses and links stand in messages of exceptions and in what other packages
log. So a line is made of what the program itself says: texts that stand in its source, numbers of our own,
the types of exceptions and the places where they arose. It is made where Python makes a record, before any
handler of any package sees it.
"""

from __future__ import annotations

import errno
import hashlib
import logging
import sys
import threading
import time
import traceback
import warnings
from collections.abc import Iterator
from pathlib import Path
from types import FrameType, TracebackType
from typing import Any, Final, NamedTuple, TextIO

from streamlit import config
from streamlit.logger import update_formatter

from hosting import facts
from hosting.settings import settings

_ROOT: Final = Path(__file__).parents[1]
_OURS: Final = ("app", "benchmarks", "components", "hosting", "orgmodel", "pages", "py")
_FORMAT: Final = "%(utc)s %(levelname)s %(name)s %(replica)s %(message)s"
_LEFT_OUT: Final = "…"
_DEEPEST: Final = 12  # frames of a call that logs: through wrappers to the line that holds the text
_MOST_PLACES: Final = 25
_MOST_CAUSES: Final = 5
_LOG: Final = logging.getLogger(__name__)


class _Safe(str):
    """A text made here, of types and places."""

    __slots__ = ()


def set_up() -> None:
    """Have all that this process logs, whoever logs it, written this way from now on."""
    logging.setLogRecordFactory(_record)
    config.set_option("logger.enableRich", False)  # noqa: FBT003  # it prints messages and lines of files
    config.set_option("logger.messageFormat", _FORMAT)
    update_formatter()  # of Streamlit's own loggers, each of which has a handler of its own
    for name in ("uvicorn", "uvicorn.error", "uvicorn.asgi"):
        of_server = logging.getLogger(name)
        of_server.handlers[:], of_server.propagate = [], True
        of_server.setLevel(logging.WARNING)  # below it tells of every connection
    logging.getLogger("uvicorn.access").disabled = True  # is nothing but addresses
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter(_FORMAT))
    root = logging.getLogger()
    root.handlers[:] = [*(each for each in root.handlers if type(each) is not logging.StreamHandler), handler]
    for name in _OURS:
        logging.getLogger(name).setLevel(logging.INFO)
    warnings.showwarning = _note_warning
    sys.excepthook = _note_uncaught
    threading.excepthook = lambda gone: _note_uncaught(gone.exc_type, gone.exc_value, gone.exc_traceback)
    sys.unraisablehook = lambda gone: _note_uncaught(gone.exc_type, gone.exc_value, gone.exc_traceback)
    _LOG.info("Orgmodel %s begins", _Safe(facts.version()))


def note_error(error: BaseException) -> str:
    """Count a fault for the operator, once; return its number, alike for the same fault in the same place.

    Examples
    --------
    >>> fault = ValueError("Ann Example earns 1")
    >>> len(note_error(fault)), note_error(fault) == note_error(ValueError())
    (4, True)

    """
    kind, place = type(error).__qualname__, _innermost(error)
    number = hashlib.sha256(f"{kind} {place}".encode()).hexdigest()[:4].upper()
    if not getattr(error, "_orgmodel_noted", False):
        facts.note_fault(number, kind, place)
        error._orgmodel_noted = True  # type: ignore[attr-defined]  # noqa: SLF001  # it goes with the error
    return number


def described(error: BaseException) -> str:
    """Return what may be said of an exception and of what caused it: types, codes and places.

    Examples
    --------
    >>> described(FileNotFoundError(2, "No such file", "/home/ann/salaries.csv"))
    'FileNotFoundError ENOENT'

    """
    parts = [" ".join(filter(None, (_kind(each), " > ".join(_places(each))))) for each in _chain(error)]
    return _Safe("; caused by ".join(parts))


# ---------------------------------------------------------------------- records


def _record(  # noqa: PLR0913, PLR0917  # as logging calls it
    name: str,
    level: int,
    path: str,
    line: int,
    message: object,
    args: Any,  # noqa: ANN401  # whatever is logged
    exc_info: tuple[type[BaseException], BaseException, TracebackType | None] | None,
    function: str | None = None,
    _stack: str | None = None,
    **_: object,
) -> logging.LogRecord:
    """Return a record that holds nothing but what may be logged, whatever it was made of."""
    text = _text(name, path, line, message, args)
    error = exc_info[1] if exc_info else None
    if error is not None:
        fault = f"[fault {note_error(error)}] " if level >= logging.ERROR else ""
        text = f"{text} {fault}{described(error)}"
    found = logging.LogRecord(name, level, path, line, " ".join(text.split()), (), None, function)
    utc = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(found.created))
    vars(found).update(utc=utc, replica=settings().replica)
    return found


def _text(name: str, path: str, line: int, message: object, args: Any) -> str:  # noqa: ANN401
    """Return the text of a message if it stands in the source; values in it only where they are known."""
    if isinstance(message, _Safe):
        return message
    if not (isinstance(message, str) and _stands_in_source(message)):
        return f"{_LEFT_OUT} ({_short(path)}:{line})"
    if not isinstance(args, tuple) or not args:
        return message
    ours = name.split(".", maxsplit=1)[0] in _OURS
    try:
        return message % tuple(_value(each, ours=ours) for each in args)
    except (TypeError, ValueError):
        return message


def _stands_in_source(message: str) -> bool:
    """Return whether a text is a constant of the code that logs it, not one put together at run time."""
    frame: FrameType | None = sys._getframe(3)  # noqa: SLF001  # as logging itself finds its caller
    for _ in range(_DEEPEST):
        if frame is None:
            return False
        if message in frame.f_code.co_consts:
            return True
        frame = frame.f_back
    return False


def _value(value: object, *, ours: bool) -> object:
    if isinstance(value, _Safe) or (ours and type(value) in {int, float, bool}):
        return value
    return _kind(value) if isinstance(value, BaseException) else _LEFT_OUT


def _note_warning(
    message: Warning | str,  # noqa: ARG001  # what is warned of may be anybody's
    category: type[Warning],
    filename: str,
    lineno: int,
    file: TextIO | None = None,  # noqa: ARG001
    line: str | None = None,  # noqa: ARG001
) -> None:
    _LOG.warning("%s at %s", _Safe(category.__name__), _Safe(f"{_short(filename)}:{lineno}"))


def _note_uncaught(
    kind: type[BaseException], error: BaseException | None, places: TracebackType | None
) -> None:
    if issubclass(kind, KeyboardInterrupt | SystemExit):
        return
    _LOG.critical("Nobody caught this", exc_info=(kind, error or kind(), places))


# ---------------------------------------------------------------------- exceptions


def _chain(error: BaseException) -> list[BaseException]:
    """Return an exception and what it came from, each once."""
    found: list[BaseException] = []
    waiting = [error]
    while waiting and len(found) < _MOST_CAUSES:
        each = waiting.pop(0)
        if any(each is other for other in found):
            continue
        found.append(each)
        if isinstance(each, BaseExceptionGroup):
            waiting += each.exceptions
        cause = each.__cause__ or (None if each.__suppress_context__ else each.__context__)
        waiting += [cause] if cause is not None else []
    return found


def _kind(error: BaseException) -> str:
    """Return the type of an exception, with the code that systems and databases give, which is no text."""
    code = ""
    if isinstance(error, OSError) and error.errno is not None:
        code = errno.errorcode.get(error.errno, "")
    name = getattr(error, "sqlite_errorname", "")
    return f"{type(error).__qualname__} {name if isinstance(name, str) else ''}{code}".strip()


def _places(error: BaseException) -> list[str]:
    """Return where an exception went through, from our first line on; of a recursion every place once."""
    found = list(dict.fromkeys(_frames(error)))
    begin = next((row for row, frame in enumerate(found) if frame.ours), 0)
    places = [frame.place for frame in found[begin:]]
    if len(places) > _MOST_PLACES:
        places = [*places[:5], _LEFT_OUT, *places[5 - _MOST_PLACES :]]
    return places


def _innermost(error: BaseException) -> str:
    """Return our last line on the way of an exception, and the line where it arose if that is another's."""
    found = list(_frames(error))
    last_of_ours = [frame for frame in found if frame.ours][-1:]
    return " > ".join(dict.fromkeys(frame.place for frame in (*last_of_ours, *found[-1:])))


class _Frame(NamedTuple):
    """A place in a program, and whether it is this one."""

    place: str
    ours: bool


def _frames(error: BaseException) -> Iterator[_Frame]:
    for frame, line in traceback.walk_tb(error.__traceback__):
        code = frame.f_code
        path = Path(code.co_filename)
        ours = path.is_relative_to(_ROOT) and "site-packages" not in path.parts
        yield _Frame(f"{_short(code.co_filename)}:{line} in {code.co_name.strip('<>')}", ours)


def _short(path: str) -> str:
    """Return a path from this program's folder on, or from a package's: folders of people are left out."""
    parts = Path(path).parts
    if "site-packages" in parts:
        return "/".join(parts[len(parts) - parts[::-1].index("site-packages") :])
    if Path(path).is_relative_to(_ROOT):
        return Path(path).relative_to(_ROOT).as_posix()
    return Path(path).name
