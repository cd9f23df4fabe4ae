"""Every test of the store runs on both databases."""

import os

import pytest

from orgmodel.store import Store, new_owner
from tests.store.postgresql import VARIABLE, GivenServer, Server, programs


@pytest.fixture(scope="session")
def server():
    if os.environ.get(VARIABLE):
        server = GivenServer(os.environ[VARIABLE])
    elif programs() is None:
        pytest.skip(f"no PostgreSQL: install Debian's package, or name a server in {VARIABLE}")
    else:
        server = Server()
    yield server
    server.close()


def new_database(request, tmp_path_factory):
    """Return the address of a new database of the kind that the test was given."""
    if request.param == "postgresql":
        return request.getfixturevalue("server").new_database()
    return f"sqlite:///{tmp_path_factory.mktemp('kept') / 'orgmodel.sqlite3'}"


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request, tmp_path_factory):
    """Return the address of an empty database."""
    return new_database(request, tmp_path_factory)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def used(request, tmp_path_factory):
    """Return a store that all tests of a file use, each as owners of its own."""
    store = Store.open(new_database(request, tmp_path_factory))
    yield store
    store.close()


@pytest.fixture
def store(url):
    """Return a store on an empty database."""
    store = Store.open(url)
    yield store
    store.close()


@pytest.fixture
def me():
    return new_owner()


@pytest.fixture
def other():
    return new_owner()
