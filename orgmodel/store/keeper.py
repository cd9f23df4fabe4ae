"""Drafts kept in the background: nobody waits for the database, and what could not be kept is tried again."""

from __future__ import annotations

import atexit
import logging
import secrets
import threading
import time
from collections.abc import Callable
from datetime import datetime
from typing import Final, Protocol

from orgmodel.errors import DraftTakenError, NotKeptError, StoreError, TooMuchKeptError
from orgmodel.store.content import Content

_LOG: Final = logging.getLogger(__name__)
_AGAIN: Final = 3.0
_AT_THE_END: Final = 5.0
_WRONG: Final = "Something went wrong while this was kept. Download the scenario as a file to be safe."


class _Store(Protocol):
    """What of a store is needed here."""

    def keep_draft(
        self, owner: str, draft_id: str, content: Content, *, after: datetime | None = None
    ) -> datetime:
        """Keep a draft."""


class Draft:
    """The draft of one tab of a browser.

    Attributes
    ----------
    owner, id
        Whose it is and what it is called. The id changes when another tab has written the same draft (a tab
        was duplicated): each goes on with one of its own.
    kept_at
        When it was kept last; None where it never was.
    fault
        Why what was done last is not kept yet; None where nothing failed.

    """

    def __init__(
        self, keeper: Keeper, owner: str, draft_id: str = "", kept_at: datetime | None = None
    ) -> None:
        self.owner, self.id, self.kept_at = owner, draft_id or secrets.token_urlsafe(12), kept_at
        self.fault: StoreError | None = None
        self._keeper = keeper
        self._next: Callable[[], Content] | None = None

    @property
    def waiting(self) -> bool:
        """Whether something newer is not kept yet."""
        return self._next is not None

    def keep(self, make: Callable[[], Content]) -> None:
        """Keep what ``make`` returns, soon; what was to be kept before and is not yet is left out.

        It is called in another thread, so it may only look at what does not change any more.
        """
        self._next = make
        self._keeper.wake(self)

    def forget(self) -> None:
        """Keep nothing of what is still waiting."""
        self._next = None

    def try_to_keep(self, store: _Store) -> bool:
        """Keep what is waiting; return whether it need not be tried again."""
        make = self._next
        if make is None:
            return True
        try:
            content = make()
            try:
                self.kept_at = store.keep_draft(self.owner, self.id, content, after=self.kept_at)
            except (DraftTakenError, NotKeptError):
                self.id = secrets.token_urlsafe(12)
                self.kept_at = store.keep_draft(self.owner, self.id, content)
        except TooMuchKeptError as error:
            self.fault = error  # tried again with the next change: until then it only costs others time
        except StoreError as error:
            self.fault = error
            return False
        except Exception:  # noqa: BLE001  # whatever it is, the drafts of others are kept
            _LOG.exception("A draft could not be made")
            self.fault = StoreError(_WRONG)
        else:
            self.fault = None
        if self._next is make:
            self._next = None
        return True


class Keeper:
    """One thread that keeps the drafts of all tabs."""

    def __init__(self, store: _Store, again: float = _AGAIN) -> None:
        self._store, self._again = store, again
        self._changed = threading.Condition()
        self._waiting: dict[int, Draft] = {}
        self._thread: threading.Thread | None = None
        atexit.register(self.flush)

    def wake(self, draft: Draft) -> None:
        """Have a draft kept."""
        with self._changed:
            self._waiting[id(draft)] = draft
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="drafts", daemon=True)
                self._thread.start()
            self._changed.notify_all()

    def flush(self, draft_id: str = "", timeout: float = _AT_THE_END) -> bool:
        """Wait until a draft, or every one, is kept; return whether it is."""
        until = time.monotonic() + timeout
        with self._changed:
            while any(draft_id in {"", draft.id} for draft in self._waiting.values()):
                rest = until - time.monotonic()
                if rest <= 0 or self._thread is None:
                    return False
                self._changed.wait(rest)
        return True

    def _work(self) -> None:
        while True:
            with self._changed:
                while not self._waiting:
                    self._changed.wait()
                drafts = list(self._waiting.values())
            done = [draft for draft in drafts if draft.try_to_keep(self._store)]
            with self._changed:
                for draft in done:
                    if not draft.waiting:
                        self._waiting.pop(id(draft), None)
                self._changed.notify_all()
                if len(done) < len(drafts):
                    self._changed.wait(self._again)
