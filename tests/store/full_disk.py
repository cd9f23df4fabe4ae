"""Saves until there is no room left, makes room, and saves again; prints how many were kept, and whose."""

import os
import resource
import sys

from orgmodel.errors import StoreFullError
from orgmodel.store import Content, Store, new_owner


def fill(url):
    """Return how many saves were acknowledged before the one that was refused, and the owner."""
    store, me, kept = Store.open(url), new_owner(), 0
    try:
        while True:
            store.save(me, Content(f"{kept}", {}, os.urandom(20_000)), save_id=f"{kept}")
            kept += 1
    except StoreFullError:
        assert len(store.scenarios(me)) == kept
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    store.save(me, Content("room again", {}, os.urandom(20_000)), save_id=f"{kept}")
    return kept, me


if __name__ == "__main__":
    print(*fill(sys.argv[1]))  # noqa: T201  # the test reads it
