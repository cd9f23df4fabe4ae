"""The dashboard with a page that tells all it knows: to its log, in warnings, in errors, in threads."""

import contextlib
import logging
import os
import sys
import threading
import warnings

from streamlit.web import cli

from components import session
from tests.hosting.secrets_for_tests import FILE, MAIL, NAME, TOKEN

_OURS = logging.getLogger("orgmodel.leaks")
_THEIRS = logging.getLogger("their.package")


class _Leak:
    def __del__(self):
        raise ValueError(NAME)


def _leak():
    for logger in (_OURS, _THEIRS):
        logger.error(f"{NAME} wrote to {MAIL}")  # noqa: G004
        logger.error("%s wrote to %s about %d", NAME, MAIL, 7)
        logger.error("{'%s': %s}" % (NAME, MAIL))  # noqa: G002, UP031
        logger.error(ValueError(NAME))
        logger.error("A template: %(name)s", {"name": NAME})
        logger.warning("Here is a stack", stack_info=True, extra={"who": NAME})
        try:
            int(NAME)
        except ValueError as error:
            logger.exception("This failed: %s", error)  # noqa: TRY401
            logger.error(error, exc_info=True)  # noqa: G201
    warnings.warn(f"{NAME} is odd", UserWarning, stacklevel=1)
    thread = threading.Thread(target=int, args=(NAME,))
    thread.start()
    thread.join()
    _Leak()
    with contextlib.suppress(FileNotFoundError), open(FILE):  # noqa: PTH123
        pass


def _salary_of(name):
    try:
        return {}[name]
    except KeyError as error:
        raise ValueError(f"{name} <{MAIL}> in {FILE} with {TOKEN}") from error


def _health():
    _leak()
    return _salary_of(NAME)


if __name__ == "__main__":
    session.health = _health
    sys.argv = [
        "streamlit",
        "run",
        "app.py",
        "--server.fileWatcherType=none",
        "--server.address=127.0.0.1",
        f"--server.port={os.environ['PORT']}",
    ]
    cli.main()
