"""The dashboard on a bare host: requirements.txt alone, no disk to write on, no home, little memory.

So it stands in a container with a read-only disk, and on a free host for demos: Community Cloud promises
690 MB (docs.streamlit.io, "Manage your app", resources and limits).
"""

import os
import re
import subprocess
import sys
import tempfile
import threading
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Dashboard, browser_type_launch_args, own_browser  # noqa: F401  # fixture
from tests.browser.server import free_port, wait_for

pytestmark = pytest.mark.browser

PROJECT = Path(__file__).parents[2]
LARGEST = "A bank with regions, 1,182 people: customer service in seven places at once"
REPORTS = {
    "Web page": b"<!DOC",
    "PDF": b"%PDF-",
    "PowerPoint": b"PK\x03\x04",
    "Excel workbook": b"PK\x03\x04",
    "Tables as CSV": b"PK\x03\x04",
}
MOST_MEMORY = 690e6
PATIENCE = 120_000  # ms
NUMBER = 54_321
NAMED = f"somebody:x:{NUMBER}:{NUMBER}::/nonexistent:/usr/sbin/nologin\n"
AS_ROOT = os.geteuid() == 0
APART = ["unshare", "--mount", *([] if AS_ROOT else ["--map-root-user"])]
# May read everything, as a home folder may hold the interpreter; may write nothing, not even what root may.
AS_NUMBER = ["setpriv", f"--reuid={NUMBER}", f"--regid={NUMBER}", "--clear-groups", "--no-new-privs"]
AS_NUMBER += [f"--{which}=-all,+dac_read_search" for which in ("inh-caps", "ambient-caps", "bounding-set")]
# What lies below /dev is memory, which processes share; every container has some.
READ_ONLY = """
while read -r _ _ _ _ place _; do
    case $place in /proc*|/sys*|/dev*) ;; *) mount -o remount,bind,ro "$place" ;; esac
done < /proc/self/mountinfo
mount --bind "$1" /etc/passwd
shift
exec "$@"
"""


@pytest.fixture(scope="module")
def folder():
    with tempfile.TemporaryDirectory(prefix="orgmodel-bare-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.fixture(scope="module")
def python(folder):
    """Give the Python of a new environment that is made as the container's is."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder / "packages"], check=True)
    python = folder / "packages" / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--only-binary", ":all:"]
    done = subprocess.run(
        [*pip, "--requirement", PROJECT / "requirements.txt"], capture_output=True, text=True, check=False
    )
    if "Failed to establish a new connection" in done.stderr:
        pytest.skip("There is no way to the package index from here.")
    assert done.returncode == 0, done.stderr
    return python


class Peak:
    """The most memory that a process and those it started have held, in bytes.

    ``each`` adds up what each held at most (VmHWM), which counts the libraries of every process anew; ``all``
    is what they held together when it was looked at (Pss), as the limit of a container counts it.
    """

    def __init__(self, pid):
        self.each = self.all = 0
        self._process, self._over = psutil.Process(pid), threading.Event()
        self._watch = threading.Thread(target=self._look)
        self._watch.start()

    def _look(self):
        while not self._over.wait(0.2):
            pids = [each.pid for each in (self._process, *self._process.children(recursive=True))]
            self.each = max(self.each, sum(_bytes(pid, "status", "VmHWM") for pid in pids))
            self.all = max(self.all, sum(_bytes(pid, "smaps_rollup", "Pss") for pid in pids))

    def stop(self):
        self._over.set()
        self._watch.join()


def _bytes(pid, file, name):
    """Return what Linux says about the memory of a process; 0 of one that has ended."""
    try:
        lines = Path(f"/proc/{pid}/{file}").read_text(encoding="ascii").splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith(f"{name}:"))


@contextmanager
def bare_dashboard(python, folder, *, users, environment):
    """Start the dashboard where nothing can be written; give its address and its peak."""
    if subprocess.run([*APART, "true"], capture_output=True, check=False).returncode:
        pytest.skip("Users of this machine cannot have mounts of their own.")
    known = folder / "passwd"
    known.write_text(users, encoding="ascii")
    port = free_port()
    command = [*APART, "sh", "-ec", READ_ONLY, "sh", known, *(AS_NUMBER if AS_ROOT else [])]
    command += [python, "-m", "streamlit", "run", "app.py"]
    command += ["--server.address=127.0.0.1", f"--server.port={port}", "--server.fileWatcherType=none"]
    with tempfile.TemporaryFile() as log:
        server = subprocess.Popen(
            command, cwd=PROJECT, env={"PATH": os.environ["PATH"], **environment}, stdout=log, stderr=log
        )
        peak = Peak(server.pid)
        try:
            wait_for(f"http://127.0.0.1:{port}/_stcore/health", server)
            _check_is_bare(server.pid, users)
            yield f"http://127.0.0.1:{port}", peak
        finally:
            peak.stop()
            server.terminate()
            server.wait(timeout=30)
            log.seek(0)
            said = log.read().decode()
            print(said)  # noqa: T201  # beside a test that failed
    assert not re.search("Traceback|ERROR|CRITICAL", said)


def _check_is_bare(pid, users):
    seen = Path("/proc", str(pid), "root")
    assert (seen / "etc/passwd").read_text(encoding="ascii") == users
    for folder in (PROJECT, tempfile.gettempdir()):
        with pytest.raises(OSError, match="Read-only file system"):
            (seen / str(folder).lstrip("/") / "written").touch()


def test_demo_without_a_home(python, folder, browser):
    with (
        bare_dashboard(python, folder, users=NAMED, environment={"ORGMODEL_DEMO": "1"}) as (address, peak),
        own_browser(browser) as context,
    ):
        dashboard = Dashboard(context.new_page(), address)
        page, main = dashboard.page, dashboard.main
        page.set_default_timeout(PATIENCE)
        print(f"Peak memory of the start: {peak.each / 1e6:.0f} MB")  # noqa: T201  # shown by pytest -rP
        dashboard.go("Start")
        page.get_by_role("combobox", name="Prepared example").click()
        page.get_by_role("option", name=LARGEST).click()
        expect(main).to_contain_text("Open: bank_1200.csv")
        for link in page.get_by_test_id("stSidebarNav").get_by_role("link").all():
            link.click()
            dashboard.rest()
            expect(main.get_by_test_id("stException")).to_have_count(0)
        dashboard.go("Report")
        for button, begins in REPORTS.items():
            assert dashboard.saved(button)[1].startswith(begins)
        print(f"of all pages and reports: {peak.each / 1e6:.0f} MB")  # noqa: T201
        assert peak.each < MOST_MEMORY
        dashboard.go("Change orders")
        main.get_by_role("button", name="Run the study").click()
        stop = main.get_by_role("button", name="Stop")
        stop.wait_for()
        stop.wait_for(state="detached")
        dashboard.rest()
        expect(main.get_by_test_id("stException")).to_have_count(0)
        dashboard.leave()
        print(f"with a study: {peak.all / 1e6:.0f} MB")  # noqa: T201
        assert peak.all < MOST_MEMORY


def test_demo_under_a_number_without_a_name(python, folder, browser):
    # Streamlit looks for a home before it reads our file; what runs containers names "/" where there is none.
    environment = {"ORGMODEL_DEMO": "1", "HOME": "/"}
    with (
        bare_dashboard(python, folder, users="", environment=environment) as (address, _),
        own_browser(browser) as context,
    ):
        dashboard = Dashboard(context.new_page(), address)
        dashboard.go("Placement")
        dashboard.leave()
