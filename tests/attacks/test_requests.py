"""What the program itself must never do: run what it reads, tell secrets to its log, ask other machines."""

import ast
import contextlib
import logging
import re
import time
import tracemalloc
from pathlib import Path

import pytest

from components import keeping
from orgmodel.errors import LinkError, NotKeptError, OrgModelError, StoreError
from orgmodel.scenarios import scenario_from_json, unpack
from orgmodel.store import Store, new_owner
from tests.attacks.hostile import scenario
from tests.pages.conftest import Dashboard
from tests.pages.test_shared import refused, visit

ROOT = Path(__file__).parents[2]
SOURCES = sorted(
    file
    for place in ("app.py", "pages", "components", "orgmodel", "benchmarks")
    for file in ([ROOT / place] if place.endswith(".py") else (ROOT / place).rglob("*.py"))
    if "node_modules" not in file.parts
)
#: Modules that make objects of bytes, or run them.
NEVER_LOADED = {
    "pickle",
    "_pickle",
    "cloudpickle",
    "dill",
    "joblib",
    "marshal",
    "shelve",
    "yaml",
    "ruamel",
    "torch",
    "jsonpickle",
    "code",
    "pty",
    "xmlrpc",
}
#: What runs a text, or makes any object of it; "np.load" is looked at for allow_pickle.
NEVER_CALLED = re.compile(
    r"(eval|exec|compile|__import__|breakpoint|os\.(system|popen|exec\w*|spawn\w*)|(pd|pandas)\.(read_pickle|eval|"
    r"read_html|read_sql\w*)|\w+\.to_pickle|builtins\.\w+|\w+\.read_pickle)"
)
#: Ours to ours: a worker of a study is sent the study by the pool of processes that the same program started
#: (loky) or by the cluster that whoever runs it has named (distributed). Nothing of a user is unpickled.
OF_STUDIES = {"orgmodel/change_orders/executors.py": {"pickle"}}


def name_of(node):
    """Return the dotted name of what is called, as far as it is one."""
    if isinstance(node, ast.Name):
        return node.id
    return f"{name_of(node.value)}.{node.attr}" if isinstance(node, ast.Attribute) else "?"


def imported(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.split(".")[0]


def test_the_scan_sees_everything():
    assert len(SOURCES) > 200
    assert all((ROOT / file).exists() for file in OF_STUDIES)


@pytest.mark.parametrize("folder", ["app.py", "pages", "components", "orgmodel", "benchmarks"])
def test_nothing_that_is_read_is_run(folder):
    found = []
    for file in SOURCES:
        path = file.relative_to(ROOT).as_posix()
        if path.split("/")[0] != folder:
            continue
        tree = ast.parse(file.read_bytes())
        loaded = set(imported(tree)) & NEVER_LOADED - OF_STUDIES.get(path, set())
        found += [(path, name) for name in sorted(loaded)]
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                name = name_of(node.func)
                keywords = {word.arg: word.value for word in node.keywords}
                if NEVER_CALLED.fullmatch(name):
                    found.append((path, node.lineno, name))
                for word in ("allow_pickle", "shell", "unsafe_allow_html"):
                    value = keywords.get(word)
                    if value is not None and not (isinstance(value, ast.Constant) and value.value is False):
                        found.append((path, node.lineno, f"{name}({word})"))
    assert found == []


PICKLES = (
    b"cposix\nsystem\n(S'touch /tmp/orgmodel-was-here'\ntR.",
    b"\x80\x04\x95\x1d\x00\x00\x00\x00\x00\x00\x00\x8c\x05posix\x8c\x06system\x93\x8c\x04true\x85R.",
)
YAMLS = (b"!!python/object/apply:os.system ['touch /tmp/orgmodel-was-here']", b"a: &a [*a, *a]")


@pytest.mark.parametrize("data", [*PICKLES, *YAMLS])
def test_a_pickle_is_refused_wherever_a_file_is_read(data):
    from orgmodel.importing import read_organization  # noqa: PLC0415
    from orgmodel.importing.keeping import read_report  # noqa: PLC0415
    from orgmodel.scenarios import read_chart  # noqa: PLC0415

    for read in (read_chart, scenario_from_json, read_report):
        with pytest.raises(OrgModelError):
            read(data)
    for name in ("x.pkl", "x.pickle", "x.yaml", "x.csv", "x.xlsx", "x.json", "x.npz"):
        with contextlib.suppress(OrgModelError):
            read_organization(data, filename=name)  # as a table of text, if at all
    assert not Path("/tmp/orgmodel-was-here").exists()  # noqa: S108  # what the attack would have made


# ---------------------------------------------------------------------- addresses

NONSENSE = ("x" * 100_000, "\0" * 50, "🎉" * 5_000, "%00%0a", "\ud7ff\ue000", "1" + "A" * 19_999, "../" * 500)


@pytest.fixture(scope="module")
def visitor():
    return Dashboard()


@pytest.mark.parametrize("kind", ["s", "link"])
def test_an_oversized_or_senseless_address_is_refused_soon(visitor, kind):
    for text in NONSENSE:
        start = time.perf_counter()
        sentence = refused(visit(visitor, **{kind: text}))
        assert time.perf_counter() - start < 5
        assert 20 < len(sentence) < 300
        assert text[:20] not in sentence


def test_two_at_once_and_unknown_parameters_change_nothing(visitor):
    assert refused(visit(visitor, link="x", s="1x", owner="me", page="x", embed="true"))
    assert refused(visit(visitor, s="<script>")).find("<script") < 0


def test_a_bomb_in_a_link_takes_little_memory():
    import base64  # noqa: PLC0415
    import zlib  # noqa: PLC0415

    packed = zlib.compress(zlib.compress(b"\0" * 100_000_000, 9), 9)
    inner = zlib.compress(b'{"a":"' + b"0" * 14_000_000, 9)
    tracemalloc.start()
    for body in (packed, inner):
        with pytest.raises(OrgModelError):
            unpack("1" + base64.urlsafe_b64encode(body).decode().rstrip("="))
    assert tracemalloc.get_traced_memory()[1] < 30_000_000
    tracemalloc.stop()


# ---------------------------------------------------------------------- what is told


def sentences(store, path):
    """Yield what a store says of everything that can go wrong with what it is asked for."""
    for ask in (
        lambda: store.draft("me", "'; SELECT 1"),
        lambda: store.content("me", "x", 1),
        lambda: store.opened_link("x"),
        lambda: store.links(""),
        lambda: Store.open("mysql://user:hunter2@host/x"),
        lambda: Store.open("postgresql://user:hunter2@127.0.0.1:1/x").drafts("me"),
    ):
        with pytest.raises((NotKeptError, LinkError, StoreError)) as caught:
            ask()
        yield str(caught.value)
    path.write_bytes(b"no database at all " * 100)
    with pytest.raises(StoreError) as caught:
        Store.open(f"sqlite:///{path}").drafts("me")
    yield str(caught.value)


def test_faults_tell_no_paths_no_passwords_no_sql(tmp_path, caplog):
    store = Store.open(f"sqlite:///{tmp_path}/kept.sqlite3")
    with caplog.at_level(logging.DEBUG, "orgmodel"):
        for sentence in sentences(store, tmp_path / "broken.sqlite3"):
            assert not re.search(
                r"SELECT|INSERT|sqlite3|Traceback|File \"|hunter2|sqlalche", sentence, re.IGNORECASE
            )
            assert str(tmp_path) not in sentence
    assert "hunter2" not in caplog.text
    store.close()


def test_the_log_holds_no_token_no_secret_and_no_name(tmp_path, caplog):
    """Whatever is kept, opened or refused, or fails: names and secrets are in no line of a log."""
    me = new_owner()
    store = Store.open(f"sqlite:///{tmp_path}/kept.sqlite3")
    with caplog.at_level(logging.DEBUG):
        content = keeping.content(scenario(("Wilhelmina Ndiaye-Ober",)))
        store.keep_draft(me, "tab", content)
        kept = store.save(me, content, note="for Wilhelmina", save_id="1")
        link = store.create_link(me, content, copyable=True, expires=None, fields=())
        store.opened_link(link.token)
        for ask in (lambda: store.opened_link(link.token[:-1]), lambda: store.draft(me + "x", "tab")):
            with pytest.raises(OrgModelError):
                ask()
        database = tmp_path / "kept.sqlite3"
        database.chmod(0o400)
        database.rename(tmp_path / "gone")
        with pytest.raises(StoreError):
            store.save(me, content, kept.scenario_id, save_id="2")
    for secret in (me, link.token, "Wilhelmina", "Ndiaye", kept.scenario_id):
        assert secret not in caplog.text
    store.close()
