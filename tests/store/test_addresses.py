import ssl

import pytest

from orgmodel.errors import StoreError
from orgmodel.store import Store
from orgmodel.store.addresses import VARIABLE, address


def test_without_an_address_it_is_the_file_in_the_project(monkeypatch):
    monkeypatch.delenv(VARIABLE)
    assert address().place.endswith("/.orgmodel/orgmodel.sqlite3")


def test_the_environment_names_the_database(monkeypatch):
    monkeypatch.setenv(VARIABLE, "postgres://me:secret@db.example/plans")
    store = Store.open()
    assert (store.kind, store.place) == ("PostgreSQL", "db.example/plans")
    store.close()


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+pg8000"])
def test_every_form_of_postgresql_means_pg8000(scheme):
    found = address(f"{scheme}://me:se%40cret@db.example:5433/plans")
    assert found.url.drivername == "postgresql+pg8000"
    assert (found.url.password, found.url.port) == ("se@cret", 5433)
    assert "cret" not in found.place


@pytest.mark.parametrize(
    ("mode", "wanted"), [("disable", False), ("allow", "absent"), ("prefer", "absent"), ("require", True)]
)
def test_encryption_as_libpq_calls_it(mode, wanted):
    arguments = address(f"postgres://me@db.example/x?sslmode={mode}&channel_binding=require").arguments
    assert (
        arguments.get("ssl_context", "absent") is wanted or arguments.get("ssl_context", "absent") == wanted
    )


def test_a_server_may_have_to_prove_itself():
    full = address("postgres://me@db.example/x?sslmode=verify-full").arguments["ssl_context"]
    assert full.check_hostname
    assert full.verify_mode == ssl.CERT_REQUIRED
    authority = address("postgres://me@db.example/x?sslmode=verify-ca").arguments["ssl_context"]
    assert not authority.check_hostname
    assert authority.verify_mode == ssl.CERT_REQUIRED


def test_a_socket_in_the_file_system():
    found = address("postgresql://me@/plans?host=/var/run/postgresql")
    assert found.arguments["unix_sock"] == "/var/run/postgresql/.s.PGSQL.5432"


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("mysql://me:secret@db/x", "begins with mysql://"),
        ("sqlite://", "begins with sqlite://"),
        ("no address: secret", "cannot be read"),
        ("postgres://me:secret@db:port/x", "cannot be read"),
        ("postgres://me:secret@db/x?sslmode=perhaps", "sslmode=perhaps"),
        ("postgres://me:secret@db/x?sslkey=a", "says sslkey="),
        ("postgres://me:secret@db/x?sslmode=verify-full&sslrootcert=/nowhere", "cannot be read"),
    ],
)
def test_what_is_no_address_is_told_without_its_password(url, told):
    with pytest.raises(StoreError, match=told) as refused:
        Store.open(url)
    assert "secret" not in str(refused.value)
