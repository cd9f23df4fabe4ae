"""What browsers load for the drawing is what its source builds."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from components.org_canvas import BUNDLE

_FRONTEND = BUNDLE.parents[1] / "frontend"
_NAMESPACES = {
    "http://www.w3.org/1999/xhtml",
    "http://www.w3.org/1999/xlink",
    "http://www.w3.org/2000/svg",
    "http://www.w3.org/2000/xmlns/",
    "http://www.w3.org/XML/1998/namespace",
}
_NODE = shutil.which("node")
_needs_node = pytest.mark.skipif(
    _NODE is None or not (_FRONTEND / "node_modules").is_dir(),
    reason="Node or the packages of the drawing's source are missing: install Node, then make canvas",
)


@_needs_node
def test_the_committed_files_are_what_the_source_builds(tmp_path):
    subprocess.run([_NODE, "build.js", str(tmp_path / "build")], cwd=_FRONTEND, check=True, timeout=120)
    assert _contents(tmp_path / "build") == _contents(BUNDLE.parent), (
        "the source has changed since: make canvas"
    )


def _contents(folder):
    return {file.name: file.read_bytes() for file in folder.iterdir()}


@_needs_node
def test_the_sources_own_tests_pass():
    files = [str(file) for file in sorted(_FRONTEND.glob("test/*.test.js"))]
    assert files
    ran = subprocess.run(
        [_NODE, "--test", *files], cwd=_FRONTEND, capture_output=True, text=True, timeout=240, check=False
    )
    assert ran.returncode == 0, ran.stdout[-6000:]


def test_what_the_drawing_needs_is_small():
    """Everything that a browser loads before the drawing stands; pictures come later."""
    assert sum(file.stat().st_size for file in _loaded_with(BUNDLE)) < 150_000


def _loaded_with(file):
    """Return a file and all that it imports at once."""
    imported = re.findall(r'(?:from|import)"\./([^"]+)"', file.read_text(encoding="utf-8"))
    return {file}.union(*(_loaded_with(file.parent / name) for name in imported))


def test_pictures_are_not_loaded_with_the_drawing():
    assert {"index.js"} < {file.name for file in _loaded_with(BUNDLE)}
    assert "pictures.js" not in {file.name for file in _loaded_with(BUNDLE)}


@pytest.mark.parametrize("file", sorted(BUNDLE.parent.glob("*.js")), ids=lambda file: file.name)
def test_no_other_host_is_named(file):
    addresses = set(re.findall(r"(?:https?|wss?)://[^\s\"'`\\)]+", file.read_text(encoding="utf-8")))
    assert addresses <= _NAMESPACES


@pytest.mark.parametrize("name", ["package.json", "package-lock.json"])
def test_every_package_has_one_exact_version(name):
    text = Path(_FRONTEND / name).read_text(encoding="utf-8")
    assert not re.search(r'"[~^*><]', text.split('"node_modules/')[0])
