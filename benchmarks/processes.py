"""One measurement in a process of its own, so that its peak memory is its own."""

import json
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

_ROOT = Path(__file__).parents[1]
_PATIENCE = 900  # seconds; far more than any measurement takes


def measured_alone(name: str, folder: Path) -> dict[str, Any]:
    """Run one of `benchmarks.measurements` on what lies in a folder and return what it reports."""
    finished = subprocess.run(  # noqa: S603  # our own measurement
        [sys.executable, "-m", "benchmarks.measurements", name, str(folder)],
        cwd=_ROOT,
        stdout=subprocess.PIPE,
        timeout=_PATIENCE,
        check=True,
    )
    return json.loads(finished.stdout)


def peak_memory() -> float:
    """Return the most memory this process has held at once (resident), in MB.

    Linux is asked for the peak of this program alone: in `getrusage` a new process starts with the peak of
    the one that started it.
    """
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) / 1024
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1024**2 if sys.platform == "darwin" else 1024)
