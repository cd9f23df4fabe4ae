"""The container files agree with each other and with the program; they hold no secret and leave nothing out.

No container is started here: what is checked is what a change elsewhere would silently break.
"""

import json
import re
import subprocess
import sys
import tomllib
from ipaddress import ip_address, ip_network
from pathlib import Path, PurePosixPath

import pytest
import yaml

from hosting.settings import TABLE
from tests.browser.server import free_port, wait_for

PROJECT = Path(__file__).parents[2]
PORT, HEALTH, PUBLISHED = "8501", "/_stcore/health", "8080"
NEVER = (
    ".git",
    ".venv",
    ".orgmodel",
    ".ci",
    "tests",
    "benchmarks",
    "docs",
    "deploy",
    "secrets",
    "orgmodel.env",
)
NEVER += (
    ".env",
    ".streamlit/secrets.toml",
    "components/org_canvas/frontend/node_modules",
    "requirements-dev.txt",
)


def read(name):
    return (PROJECT / name).read_text(encoding="utf-8")


def instructions(word):
    """Return what stands behind a word of the Dockerfile, in the last of its stages."""
    stage = re.split(r"^FROM ", read("Dockerfile"), flags=re.MULTILINE)[-1].replace("\\\n", " ")
    return [line.split(maxsplit=1)[1] for line in stage.splitlines() if line.startswith(f"{word} ")]


@pytest.fixture(scope="module")
def compose():
    return yaml.safe_load(read("compose.yaml"))


# ---------------------------------------------------------------------- the image


def _is_sent(path):
    """Return whether a file reaches the builder of an image; the last rule that fits decides."""
    sent = True
    places = [PurePosixPath("/", path), *PurePosixPath("/", path).parents]
    for line in read(".dockerignore").splitlines():
        rule = line.removeprefix("!")
        pattern = rule.removeprefix("**/") if rule.startswith("**/") else f"/{rule}"
        if rule and not rule.startswith("#") and any(place.match(pattern) for place in places):
            sent = line.startswith("!")
    return sent


@pytest.mark.parametrize("name", NEVER)
def test_what_is_no_part_of_the_program_stays_outside(name):
    assert not _is_sent(name)
    assert not _is_sent(f"{name}/anything")


def test_the_image_holds_all_that_the_program_needs(tmp_path):
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],  # noqa: S607  # of whoever tests
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split("\0")
    for name in filter(_is_sent, filter(None, listed)):
        copy = tmp_path / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes((PROJECT / name).read_bytes())
    told = dict(pair.split("=", 1) for pair in " ".join(instructions("ENV")).split()[1:]) | {
        "ORGMODEL_DEMO": "1"
    }
    port = str(free_port())
    command = json.loads(instructions("CMD")[0])
    health = json.loads(instructions("HEALTHCHECK")[0].partition(" CMD ")[2])
    health = [sys.executable, *(word.replace(PORT, port) for word in health[1:])]
    assert (command[0], HEALTH in health[-1], port in health[-1]) == ("streamlit", True, True)
    server = subprocess.Popen(
        [sys.executable, "-m", *command, "--server.address", "127.0.0.1", "--server.port", port],
        cwd=tmp_path,
        env=told,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(f"http://127.0.0.1:{port}{HEALTH}", server)
        # A proxy that is set for a whole machine is not asked for the machine itself.
        proxied = {"http_proxy": "http://127.0.0.1:9"}
        assert subprocess.run(health, env=proxied, check=False).returncode == 0
    finally:
        server.terminate()
        server.wait(timeout=30)
    assert subprocess.run(health, stderr=subprocess.DEVNULL, check=False).returncode == 1
    shown = subprocess.run(
        [sys.executable, "-c", EVERY_PAGE],
        cwd=tmp_path,
        env=told,
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
    assert shown.returncode == 0, shown.stderr


#: What a page reads must have been copied.
EVERY_PAGE = """
from pathlib import Path
from streamlit.testing.v1 import AppTest
import app
for page in sorted(Path("pages").glob("*.py")):
    test = AppTest.from_file("app.py", default_timeout=60).run()
    test.switch_page(str(page)).run()
    assert not test.exception, (page, test.exception)
"""


def test_the_image_is_run_by_a_number_that_may_do_nothing():
    (user,) = instructions("USER")
    assert re.fullmatch(r"[1-9]\d{3,}:[1-9]\d{3,}", user)
    assert instructions("EXPOSE") == [PORT]
    assert json.loads(instructions("CMD")[0])[-2:] == ["--server.address", "0.0.0.0"]  # noqa: S104  # the proxy's way
    assert not [line for line in instructions("ENV") if re.search("(?i)password|secret|token|key", line)]


def test_the_image_has_the_python_of_the_tests():
    bases = re.findall(r"^FROM (\S+)", read("Dockerfile"), flags=re.MULTILINE)
    assert len(set(bases)) == 1
    version = re.fullmatch(r"python:(\d+)\.(\d+)\.\d+-slim-\w+", bases[0])
    target = tomllib.loads(read("pyproject.toml"))["tool"]["ruff"]["target-version"]
    assert "py" + "".join(version.groups()) == target


# ---------------------------------------------------------------------- the services


def test_every_service_is_confined(compose):
    for name, service in compose["services"].items():
        assert service["read_only"] is True, name
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert service["mem_limit"], name
        assert service["restart"], name
        assert any(place.startswith("/tmp") for place in service["tmpfs"]), name  # noqa: S108  # in the container
        assert "build" in service or re.search(r":\d+\.\d+", service["image"]), name
        assert not service.get("privileged"), name


def test_no_secret_stands_in_a_file(compose):
    for service in compose["services"].values():
        for name, value in service.get("environment", {}).items():
            if name.endswith("_FILE"):
                assert value.removeprefix("/run/secrets/") in service["secrets"]
            else:
                assert not re.search("PASSWORD|SECRET|KEY|URL", name)
    for secret in compose["secrets"].values():
        ignored = subprocess.run(
            ["git", "check-ignore", "--quiet", "--no-index", secret["file"]],  # noqa: S607
            cwd=PROJECT,
            check=False,
        )
        assert ignored.returncode == 0, f"{secret['file']} could be committed"


def test_the_proxy_knows_the_replicas(compose):
    services, proxy = compose["services"], compose["services"]["proxy"]
    replicas = [name for name, service in services.items() if "build" in service]
    assert len(replicas) == 2
    nginx = read("deploy/nginx.conf")
    assert set(re.findall(r"^\s*server ([\w-]+):(\d+)", nginx, flags=re.MULTILINE)) == {
        (name, PORT) for name in replicas
    }
    addresses = {f"{name}:{services[name]['networks']['inside']['ipv4_address']}" for name in replicas}
    assert addresses == set(proxy["extra_hosts"])
    subnet = ip_network(compose["networks"]["inside"]["ipam"]["config"][0]["subnet"])
    assert all(ip_address(address.rpartition(":")[2]) in subnet for address in addresses)
    assert re.findall(r"^\s*listen\s+(\d+)", nginx, flags=re.MULTILINE) == [PUBLISHED]
    assert proxy["ports"] == [f"127.0.0.1:{PUBLISHED}:{PUBLISHED}"]
    (mounted,) = proxy["volumes"]
    source, target, how = mounted.split(":")
    assert (PROJECT / source).is_file()
    assert target in proxy["entrypoint"]
    assert how == "ro"


def test_the_database_cannot_be_reached_from_outside(compose):
    database = compose["services"]["database"]
    assert database["networks"] == ["inside"]
    assert compose["networks"]["inside"]["internal"] is True
    assert "ports" not in database
    for name in ("replica-1", "replica-2"):
        replica = compose["services"][name]
        assert replica["depends_on"] == {"database": {"condition": "service_healthy"}}
        assert "ports" not in replica


@pytest.mark.parametrize("name", ["Dockerfile", "compose.yaml", "deploy/nginx.conf", "docs/hosting.md"])
def test_only_settings_that_there_are(name):
    known = {row.variable for row in TABLE}
    known |= {f"{variable}_FILE" for variable in known}
    assert set(re.findall(r"\bORGMODEL_[A-Z_]*[A-Z]\b", read(name))) <= known
