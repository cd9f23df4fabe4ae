"""What reading takes at most: a multiple of the file that `limits` states, each in a process of its own."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from orgmodel.importing.limits import LEAST_OF_A_ROW, MEMORY_MULTIPLE, NESTED_MEMORY_MULTIPLE

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/status").exists(), reason="the peak of a process is told by Linux only"
)

ROOT = Path(__file__).parents[2]
MEASURED = """
import json, sys
from pathlib import Path
from benchmarks.processes import peak_memory
from orgmodel import Organization, read_organization, write_organization
read_organization(b"id,manager\\n1,\\n2,1\\n")
data = Path(sys.argv[1]).read_bytes()
before = peak_memory()
report = read_organization(data)
print(json.dumps({"megabytes": peak_memory() - before, "rows": report.rows.total}))
"""
SHAPES = {
    "people": b"id,name,title,unit,manager id\n"
    + b"".join(b"%06d,Name %d,Title %d,Unit,%06d\n" % (n, n, n % 99, n // 8) for n in range(150_000)),
    "two short columns": b"id,m\n" + b"".join(b"%d,%d\n" % (n, n // 8) for n in range(300_000)),
    "equal rows": b"id,m\n" + b"1,2\n" * 300_000,
    "wide and empty": b"id,"
    + b",".join(b"c%d" % n for n in range(300))
    + b"\n"
    + b"x"
    + b"," * 300
    + b"\n"
    # one row is x, the others differ in their number
    + b"".join(b"%d" % n + b"," * 300 + b"\n" for n in range(30_000)),
    "one long cell a row": b"id,m,note\n"
    + b"".join(b"%d,%d,%s\n" % (n, n // 8, b"x" * 2000) for n in range(5_000)),
}
NESTED_SHAPES = {
    "JSON of two numbers each": b"["
    + b",".join(b'{"id":%d,"pid":%d}' % (n, n // 8) for n in range(100_000))
    + b"]",
    "GraphML without attributes": b'<graphml xmlns="http://graphml.graphdrawing.org/xmlns"><graph '
    b'edgedefault="directed">'
    + b"".join(b'<node id="%d"/>' % n for n in range(60_000))
    + b"".join(b'<edge source="%d" target="%d"/>' % (n // 8, n) for n in range(1, 60_000))
    + b"</graph></graphml>",
}


@pytest.mark.parametrize("shape", [*SHAPES, *NESTED_SHAPES])
def test_memory_stays_below_the_stated_multiple_of_the_file(shape, tmp_path):
    data = SHAPES.get(shape) or NESTED_SHAPES[shape]
    multiple = MEMORY_MULTIPLE if shape in SHAPES else NESTED_MEMORY_MULTIPLE
    file = tmp_path / "chart.csv"
    file.write_bytes(data)
    finished = subprocess.run(
        [sys.executable, "-c", MEASURED, str(file)], cwd=ROOT, capture_output=True, check=True
    )
    measured = json.loads(finished.stdout)
    counted = max(len(data), measured["rows"] * LEAST_OF_A_ROW)
    assert measured["megabytes"] * 2**20 < multiple * counted
