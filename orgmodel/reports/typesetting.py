"""Typst, in a process of its own that ends: what it has set it keeps for as long as its process lives.

Measured in one process: a poster and pages of 3,000 boxes hold 180 MB more each time, and never give it back.

>>> typeset(b"Hello", format="svg")[:4]
b'<svg'
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from orgmodel.errors import ReportError

#: Read by Python with ``-c``: it loads nothing of ours, and gives way to whoever clicks meanwhile.
_PROGRAM: Final = """
import datetime, json, os, sys, typst
if hasattr(os, "nice"):
    os.nice(10)
said = json.load(sys.stdin.buffer)
source = {name: text.encode() for name, text in said["files"].items()}
options = said["options"]
if "timestamp" in options:
    options["timestamp"] = datetime.datetime.fromisoformat(options["timestamp"])
try:
    done = typst.compile(source, **options)
except typst.TypstError as error:
    sys.exit(f"typst: {error}")
sys.stdout.buffer.write(done)
"""


def typeset(source: bytes | Mapping[str, bytes], **options: Any) -> bytes:  # noqa: ANN401  # those of typst.compile
    """Return what typst makes of a program, or of files of which one is called ``main``; all are texts.

    Raises
    ------
    ReportError
        It cannot be set.

    """
    files = {"main": source} if isinstance(source, bytes) else source
    if isinstance(made := options.get("timestamp"), datetime):
        options["timestamp"] = made.isoformat()
    said = json.dumps({"files": {name: text.decode() for name, text in files.items()}, "options": options})
    done = subprocess.run(  # noqa: S603  # this Python, a program that stands above
        [sys.executable, "-P", "-c", _PROGRAM], input=said.encode(), capture_output=True, check=False
    )
    if done.returncode:
        raise ReportError(f"This cannot be set: {done.stderr.decode(errors='replace').strip()[-300:]}")
    return done.stdout
